//! A student's draft: the claims a mentor is asked to sign, as a credential without issuer, dates or proof.

use serde_json::{Value, json};

use super::claims::{Claims, Evidence, HashedEmail, Item, Skill};
use super::course::Course;
use super::fields::{CredentialFault, Survey};
use super::id::urn_uuid;
use super::{results, signoff};
use crate::time::{Date, Timestamp};

/// The statement that a request proposes unless the student writes another; `{name}` stands for the student.
pub const STATEMENT: &str = "I supervised this placement. {name} delivered the items listed, and I marked each one \
                             against the brief as shown.";

/// What a draft is made from.
#[derive(Debug, Clone)]
pub struct DraftFacts<'a> {
    /// The student's key as `did:key`.
    pub holder: &'a str,
    /// The student's name.
    pub name: &'a str,
    /// The student's e-mail address; only its hash goes into the draft.
    pub email: &'a str,
    /// Salt for that hash, from a source of randomness.
    pub salt: &'a str,
    /// Title of the placement.
    pub title: &'a str,
    /// The organisation.
    pub organisation: &'a str,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// The statement proposed, word for word.
    pub statement: &'a str,
    /// The deliverables of the brief; marks are ignored.
    pub items: &'a [Item],
    /// The files. Of two with the same digest the first is kept: the digest binds both.
    pub evidence: &'a [Evidence],
    /// When the request is made.
    pub created: Timestamp,
}

/// What a draft can say beyond that; nothing of it has to be there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Background<'a> {
    /// What the student was there.
    pub role: Option<&'a str>,
    /// Hours of work in all, for the statement.
    pub hours: Option<u32>,
    /// What the work shows that the student can do.
    pub skills: &'a [Skill],
    /// How the placement went: the check-ins for the statement, the frozen brief for the criteria.
    pub course: Option<&'a Course>,
}

/// The draft as JSON, members in the order of the format.
#[must_use]
pub fn build(facts: &DraftFacts<'_>) -> Value {
    build_with(facts, &Background::default())
}

/// The same with what else there is to say.
#[must_use]
pub fn build_with(facts: &DraftFacts<'_>, background: &Background<'_>) -> Value {
    let created = facts.created.to_string();
    let id = urn_uuid("achievement", &[facts.holder.as_bytes(), facts.title.as_bytes(), created.as_bytes()]);
    let unmarked: Vec<Item> = facts.items.iter().map(|item| Item { mark: None, ..item.clone() }).collect();
    let mut subject = json!({
        "id": facts.holder,
        "type": ["AchievementSubject"],
        "identifier": identifiers(facts),
    });
    if let Some(role) = background.role {
        subject["role"] = role.into();
    }
    if let Some(day) = facts.starts {
        subject["activityStartDate"] = day.start().to_string().into();
    }
    if let Some(day) = facts.ends {
        subject["activityEndDate"] = day.start().to_string().into();
    }
    subject["narrative"] = statement(facts.statement, background).into();
    subject["achievement"] = achievement(facts, background, &id, &unmarked);
    if !unmarked.is_empty() {
        subject["result"] = results::results(&id, &unmarked).into();
    }
    let mut draft = json!({
        "@context": signoff::CONTEXT,
        "type": signoff::TYPE,
        "name": facts.title,
        "credentialSubject": subject,
    });
    let evidence = evidence(facts.evidence);
    if !evidence.is_empty() {
        draft["evidence"] = evidence.into();
    }
    draft
}

/// Reads the claims of a draft; anything it does not know is a fault, since a mentor is asked to sign all of it.
pub fn read(draft: &Value) -> Result<Claims, Vec<CredentialFault>> {
    let survey = Survey::default();
    let claims = survey.document(draft).and_then(|top| {
        top.fixed_list("@context", &signoff::CONTEXT);
        top.fixed_list("type", &signoff::TYPE);
        Claims::read(&top, &survey)
    });
    let unknown = survey.finish()?;
    match claims {
        Some(claims) if unknown.is_empty() => Ok(claims),
        _ => Err(unknown.into_iter().map(CredentialFault::not_understood).collect()),
    }
}

/// The `evidence` list for these files, each digest once.
fn evidence(files: &[Evidence]) -> Vec<Value> {
    let mut list: Vec<Value> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        if files[..index].iter().any(|earlier| earlier.digest == file.digest) {
            continue;
        }
        let mut entry = json!({
            "id": file.digest.ni(),
            "type": ["Evidence"],
            "name": file.name,
        });
        if let Some(item) = &file.item {
            entry["description"] = item.as_str().into();
        }
        entry["genre"] = file.genre.as_str().into();
        entry["digestMultibase"] = file.digest.multibase().into();
        entry["mediaType"] = file.media_type.as_str().into();
        if let Some(audience) = &file.audience {
            entry["audience"] = audience.as_str().into();
        }
        list.push(entry);
    }
    list
}

/// The statement with the hours and the check-ins, so that the signer signs those too.
fn statement(words: &str, background: &Background<'_>) -> String {
    let hours = background.hours.map(|hours| match hours {
        1 => "It took 1 hour.".to_owned(),
        hours => format!("It took {hours} hours."),
    });
    let met = background.course.and_then(Course::check_in_words);
    [Some(words.to_owned()), hours, met].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn achievement(facts: &DraftFacts<'_>, background: &Background<'_>, id: &str, items: &[Item]) -> Value {
    let frozen = background.course.and_then(Course::brief_words);
    let criteria = [frozen, Some(criteria(items))].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let mut achievement = json!({
        "id": id,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": facts.title,
        "description": description(facts),
        "criteria": { "narrative": criteria },
    });
    let alignment = |skill: &Skill| {
        let url = skill.url.as_deref()?;
        Some(json!({ "type": ["Alignment"], "targetName": skill.name, "targetUrl": url }))
    };
    let alignments: Vec<Value> = background.skills.iter().filter_map(alignment).collect();
    let by_name = background.skills.iter().filter(|skill| skill.url.is_none());
    let tags: Vec<&str> = by_name.map(|skill| skill.name.as_str()).collect();
    if !alignments.is_empty() {
        achievement["alignment"] = alignments.into();
    }
    if !tags.is_empty() {
        achievement["tag"] = tags.into();
    }
    if !facts.organisation.is_empty() {
        achievement["creator"] = json!({
            "id": urn_uuid("organisation", &[id.as_bytes(), facts.organisation.as_bytes()]),
            "type": ["Profile"],
            "name": facts.organisation,
        });
    }
    if !items.is_empty() {
        achievement["resultDescription"] = results::descriptions(id, items).into();
    }
    achievement
}

fn identifiers(facts: &DraftFacts<'_>) -> Value {
    let email = HashedEmail::of(facts.email, facts.salt);
    json!([
        { "type": "IdentityObject", "hashed": false, "identityHash": facts.name, "identityType": "name" },
        { "type": "IdentityObject", "hashed": true, "salt": email.salt, "identityHash": email.hash,
          "identityType": "emailAddress" },
    ])
}

fn description(facts: &DraftFacts<'_>) -> String {
    match facts.organisation {
        "" => format!("A placement: {}.", facts.title),
        organisation => format!("A placement at {organisation}: {}.", facts.title),
    }
}

/// The brief as Markdown: a numbered list of what was to be delivered and when it was to be accepted.
pub(super) fn criteria(items: &[Item]) -> String {
    if items.is_empty() {
        return "The placement was completed; it had no written brief.".to_owned();
    }
    let line = |(index, item): (usize, &Item)| match item.asked.as_str() {
        "" => format!("{}. {}", index + 1, item.title),
        asked => format!("{}. {}: {asked}", index + 1, item.title),
    };
    items.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// What the criteria say before the list of deliverables: nothing, or words such as the day the brief was frozen;
/// `None` for criteria of another shape.
pub(super) fn before_the_list<'a>(text: &'a str, items: &[Item]) -> Option<&'a str> {
    let list = criteria(items);
    if text.is_empty() || text == list { Some("") } else { text.strip_suffix(&list)?.strip_suffix("\n\n") }
}

#[cfg(test)]
mod tests {
    use super::super::fields::Fact;
    use super::super::sample;
    use super::*;

    #[test]
    fn a_draft_is_read_back_without_marks_and_without_the_address() {
        let draft = sample::draft();
        let claims = read(&draft).unwrap();
        assert!(claims.items.iter().all(|item| item.mark.is_none()));
        assert!(claims.subject.has_email("Alex@Rivera.example"));
        assert!(!draft.to_string().contains("alex@rivera"));
        assert_eq!(
            claims.criteria,
            "1. Forecast report: error under 12 % on the held-out month\n2. Model code"
        );
    }

    #[test]
    fn whatever_a_draft_says_beyond_the_format_is_refused() {
        let mut draft = sample::draft();
        draft["issuer"] = sample::MENTOR.into();
        let faults = read(&draft).unwrap_err();
        assert_eq!(faults, [CredentialFault { path: "/issuer".into(), fact: Fact::NotUnderstood }]);
    }

    #[test]
    fn two_files_with_the_same_bytes_are_bound_once() {
        let twice = [sample::file("a.pdf", b"same", "x", None), sample::file("b.pdf", b"same", "x", None)];
        assert_eq!(evidence(&twice).len(), 1);
    }
}
