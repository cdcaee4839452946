//! Third parties that the folder names: what each holds about the student, and until when.

use std::collections::BTreeMap;

use super::super::{HolderFault, Portfolio, Question};
use crate::path::Slug;
use crate::time::Date;

/// Somebody who holds something about the student, or was sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name as written down: a person, a firm, or the host of an address.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// The e-mail addresses written down for it.
    pub emails: Vec<String>,
    /// What it holds, in the order it was found.
    pub holds: Vec<Holding>,
}

/// What kind of third party it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyKind {
    /// A firm or another organisation.
    Organisation,
    /// A person.
    Person,
    /// Who issued something that was deposited.
    Issuer,
    /// Where something was said to live.
    Host,
}

/// One thing that a third party holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// What, in words. Strangers' text in it is raw.
    pub what: String,
    /// Since when.
    pub since: Option<Date>,
    /// Until when, if anybody said.
    pub until: Option<Date>,
    /// Where in the folder that is written, from the portfolio's own folder.
    pub source: String,
}

impl PartyKind {
    /// The stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PartyKind::Organisation => "organisation",
            PartyKind::Person => "person",
            PartyKind::Issuer => "issuer",
            PartyKind::Host => "host",
        }
    }
}

/// Parties by kind and folded name, in the making.
#[derive(Default)]
struct Found(BTreeMap<(PartyKind, String), Party>);

impl Found {
    fn note(&mut self, kind: PartyKind, name: &str, email: Option<&str>, holding: Option<Holding>) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let new = || Party { name: name.to_owned(), kind, emails: Vec::new(), holds: Vec::new() };
        let party = self.0.entry((kind, name.to_lowercase())).or_insert_with(new);
        if let Some(email) = email.filter(|email| !party.emails.iter().any(|known| known == email)) {
            party.emails.push(email.to_owned());
        }
        if let Some(holding) = holding.filter(|holding| !party.holds.contains(holding)) {
            party.holds.push(holding);
        }
    }
}

impl Portfolio {
    /// Every third party that the folder names, by kind and name.
    pub fn parties(&self) -> Result<Vec<Party>, HolderFault> {
        let mut found = Found::default();
        self.placement_parties(&mut found)?;
        self.asked_parties(&mut found)?;
        self.deposit_parties(&mut found)?;
        Ok(found.0.into_values().collect())
    }

    fn placement_parties(&self, found: &mut Found) -> Result<(), HolderFault> {
        for (id, placement) in self.placements()? {
            let source = format!("placements/{id}/placement.json");
            let works = self.works_of(&id)?;
            let delivered = match works.len() {
                0 => "your name and the days of the placement".to_owned(),
                _ => format!(
                    "your name, the days of the placement, and what you made there: {}",
                    works.join(", ")
                ),
            };
            if let Some(organisation) = &placement.organisation {
                let holding =
                    Holding { what: delivered, since: placement.starts, until: None, source: source.clone() };
                let email = placement.mentor.as_ref().and_then(|mentor| mentor.email.as_deref());
                found.note(PartyKind::Organisation, organisation, email, Some(holding));
            }
            if let Some(mentor) = &placement.mentor {
                found.note(PartyKind::Person, &mentor.name, mentor.email.as_deref(), None);
            }
        }
        for (id, offer) in self.offers()? {
            let Some(organisation) = &offer.organisation else { continue };
            let email = offer.mentor.as_ref().and_then(|mentor| mentor.email.as_deref());
            let kept = offer.answer(Question::Retention);
            let words = kept.and_then(|answer| answer.words.as_deref());
            let what = words.map_or_else(
                || "what you sent to apply; what is kept of it nobody has said".to_owned(),
                |words| format!("about you, in its own words: {words}"),
            );
            let until = kept.and_then(|answer| answer.until);
            let source = format!("private/{id}/offer.json");
            let holding = Holding { what, since: Some(offer.created.date()), until, source };
            found.note(PartyKind::Organisation, organisation, email, Some(holding));
        }
        Ok(())
    }

    fn works_of(&self, placement: &Slug) -> Result<Vec<String>, HolderFault> {
        let all = self.artifacts()?.into_iter();
        Ok(all.filter(|(_, a)| a.placement.as_ref() == Some(placement)).map(|(_, a)| a.title).collect())
    }

    fn asked_parties(&self, found: &mut Found) -> Result<(), HolderFault> {
        for stored in self.requests()? {
            let asked = &stored.request.asked;
            let count = stored.record.files.len();
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let holding = Holding {
                what: format!("the request {}: {files}, your name and your key", stored.id),
                since: Some(stored.request.created.date()),
                until: None,
                source: format!("requests/{}/record.json", stored.id),
            };
            found.note(PartyKind::Person, &asked.name, asked.email.as_deref(), Some(holding));
        }
        Ok(())
    }

    fn deposit_parties(&self, found: &mut Found) -> Result<(), HolderFault> {
        for deposit in self.deposited()? {
            let (record, source) = (&deposit.record, format!("deposits/{}/deposit.json", deposit.id));
            let since = Some(record.captured.at.date());
            if let Some(issuer) = &record.says.issuer {
                let what = format!("the record behind {}", record.title);
                let holding = Holding { what, since: None, until: None, source: source.clone() };
                found.note(PartyKind::Issuer, issuer, None, Some(holding));
            }
            if let Some(host) = record.captured.url.as_deref().and_then(host_of) {
                let what =
                    format!("{} at {}", record.title, record.captured.url.as_deref().unwrap_or_default());
                let holding = Holding { what, since, until: record.captured.expires, source };
                found.note(PartyKind::Host, &host, None, Some(holding));
            }
        }
        Ok(())
    }
}

/// The host of an address of the web.
fn host_of(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn an_address_has_a_host() {
        assert_eq!(host_of("https://Badges.acme.example:8443/a?b").as_deref(), Some("badges.acme.example"));
        assert_eq!(host_of("http://me@acme.example#x").as_deref(), Some("acme.example"));
        assert_eq!(host_of("mailto:a@acme.example"), None);
        assert_eq!(host_of("https:///x"), None);
    }
}
