//! The whole text that a signer signs, as lines for a person, made from the very value that is signed.
//!
//! The lines hold what strangers wrote, as it stands: whoever prints them escapes each value.

use super::claims::Claims;
use super::draft;
use super::signoff::SignOff;
use crate::digest::Digest;
use crate::proof;
use crate::time;

/// One line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An empty line.
    Blank,
    /// A paragraph, to be wrapped.
    Text(String),
    /// The heading of a deliverable, such as `1. Forecast report: met`.
    Item(String),
    /// A named value below a deliverable, such as `asked` and what was asked.
    Field {
        /// `asked`, `result`, `file` or `sha256`.
        label: &'static str,
        /// The value.
        value: String,
    },
}

/// How much of the text to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Words only, the files by name.
    Brief,
    /// The fingerprint of each file beside its name.
    WithFingerprints,
}

/// The text of a sign-off. An `email` is shown only if the signed hash is the hash of it.
#[must_use]
pub fn lines(sign_off: &SignOff, detail: Detail, email: Option<&str>) -> Vec<Line> {
    let mut lines = claims_lines(&sign_off.claims, detail, email);
    lines.push(Line::Blank);
    if let Some(until) = sign_off.valid_until {
        lines.push(Line::Text(format!("Good until {}.", until.date().people_long())));
    }
    lines.push(Line::Text(sign_off.issuer_name.clone()));
    let key = proof::did::parse(&sign_off.issuer_id).map(|key| key.fingerprint());
    lines.push(Line::Text(format!("Key {}", key.unwrap_or_else(|_| sign_off.issuer_id.clone()))));
    lines
}

/// The part of the text that a draft already has.
#[must_use]
pub fn claims_lines(claims: &Claims, detail: Detail, email: Option<&str>) -> Vec<Line> {
    let mut lines = vec![Line::Text(claims.statement.clone()), Line::Blank];
    lines.push(Line::Text(subject_line(claims, email)));
    lines.push(Line::Text(placement_line(claims)));
    if let Some(role) = &claims.role {
        lines.push(Line::Text(format!("Role: {role}")));
    }
    if !claims.skills.is_empty() {
        lines.push(Line::Text(format!("Skills: {}", skills(claims))));
    }
    lines.extend(beyond_the_items(claims).map(Line::Text));
    for (index, item) in claims.items.iter().enumerate() {
        if index == 0 {
            lines.push(Line::Blank);
        }
        let mark = item.mark.map(|mark| format!(": {}", mark.words())).unwrap_or_default();
        lines.push(Line::Item(format!("{}. {}{mark}", index + 1, item.title)));
        if !item.asked.is_empty() {
            lines.push(Line::Field { label: "asked", value: item.asked.clone() });
        }
        if let Some(result) = &item.result {
            lines.push(Line::Field { label: "result", value: result.clone() });
        }
        push_files(&mut lines, claims, Some(&item.title), detail);
    }
    let loose = claims.evidence.iter().any(|file| !belongs_to_an_item(claims, file.item.as_deref()));
    if loose {
        lines.push(Line::Blank);
        lines.push(Line::Item("Other files".to_owned()));
        push_files(&mut lines, claims, None, detail);
    }
    lines
}

/// The text as one string, one line each: what `--expect` fingerprints.
#[must_use]
pub fn plain(lines: &[Line]) -> String {
    let text = |line: &Line| match line {
        Line::Blank => String::new(),
        Line::Text(text) | Line::Item(text) => text.clone(),
        Line::Field { label, value } => format!("   {label:<9}{value}"),
    };
    lines.iter().map(|line| text(line) + "\n").collect()
}

/// The fingerprint of the whole text, files' fingerprints included.
#[must_use]
pub fn digest(sign_off: &SignOff, email: Option<&str>) -> Digest {
    Digest::of(plain(&lines(sign_off, Detail::WithFingerprints, email)).as_bytes())
}

fn subject_line(claims: &Claims, email: Option<&str>) -> String {
    let name = claims.subject.name.as_deref().unwrap_or("A person without a name");
    match email.filter(|email| claims.subject.has_email(email)) {
        Some(email) => format!("{name}, {email}"),
        None => name.to_owned(),
    }
}

fn skills(claims: &Claims) -> String {
    let named = claims.skills.iter().map(|skill| match &skill.url {
        Some(url) => format!("{} ({url})", skill.name),
        None => skill.name.clone(),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// What the criteria say that the deliverables below do not: paragraphs such as the day the brief was frozen.
///
/// Criteria of another shape are given whole: nothing that is signed may go unseen.
fn beyond_the_items(claims: &Claims) -> impl Iterator<Item = String> + '_ {
    let rest = draft::before_the_list(&claims.criteria, &claims.items).unwrap_or(&claims.criteria);
    let lines: Vec<String> = rest.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    lines.into_iter()
}

fn placement_line(claims: &Claims) -> String {
    let mut parts = vec![claims.title.clone()];
    parts.extend(claims.organisation.clone());
    match (claims.subject.starts, claims.subject.ends) {
        (Some(from), Some(to)) => parts.push(time::span(from, to)),
        (Some(from), None) => parts.push(format!("from {}", from.people_long())),
        (None, Some(to)) => parts.push(format!("until {}", to.people_long())),
        (None, None) => {}
    }
    parts.join(", ")
}

fn push_files(lines: &mut Vec<Line>, claims: &Claims, item: Option<&str>, detail: Detail) {
    for file in &claims.evidence {
        let here = match item {
            Some(title) => file.item.as_deref() == Some(title),
            None => !belongs_to_an_item(claims, file.item.as_deref()),
        };
        if !here {
            continue;
        }
        let leave = if file.may_be_withheld() { ", may be withheld" } else { "" };
        lines.push(Line::Field { label: "file", value: format!("{}{leave}", file.name) });
        if detail == Detail::WithFingerprints {
            lines.push(Line::Field { label: "sha256", value: file.digest.hex() });
        }
    }
}

fn belongs_to_an_item(claims: &Claims, title: Option<&str>) -> bool {
    title.is_some_and(|title| claims.items.iter().any(|item| item.title == title))
}

#[cfg(test)]
mod tests {
    use super::super::{sample, signoff};
    use super::*;

    #[test]
    fn the_text_is_the_whole_of_what_is_signed() {
        let sign_off = signoff::read(&sample::sign_off()).unwrap();
        let text = plain(&lines(&sign_off, Detail::WithFingerprints, Some("alex@rivera.example")));
        let expected = format!(
            "I supervised this placement. Alex Rivera delivered the items listed, and I marked each one against the \
             brief as shown.\n\n\
             Alex Rivera, alex@rivera.example\n\
             Demand forecasting co-lab, Acme Retail Ltd, 1 June to 24 July 2026\n\n\
             1. Forecast report: met\n\
             \x20  asked    error under 12 % on the held-out month\n\
             \x20  result   9.8 %, was 14.2 %\n\
             \x20  file     forecast-report.pdf\n\
             \x20  sha256   {}\n\
             2. Model code: partly met\n\
             \x20  result   61 of 64 tests\n\
             \x20  file     model-code.zip, may be withheld\n\
             \x20  sha256   {}\n\n\
             Good until 24 July 2029.\n\
             Priya Nair, Data Lead, Acme Retail Ltd\n\
             Key {}\n",
            Digest::of(b"report"),
            Digest::of(b"code"),
            proof::did::parse(sample::MENTOR).unwrap().fingerprint(),
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn an_address_that_was_not_signed_is_not_shown() {
        let sign_off = signoff::read(&sample::sign_off()).unwrap();
        let text = plain(&lines(&sign_off, Detail::Brief, Some("someone@else.example")));
        assert!(!text.contains("someone@else.example"), "{text}");
    }

    #[test]
    fn a_file_of_no_deliverable_is_listed_all_the_same() {
        let mut claims = sample::claims();
        claims.evidence[0].item = None;
        let text = plain(&claims_lines(&claims, Detail::Brief, None));
        assert!(text.ends_with("\nOther files\n   file     forecast-report.pdf\n"), "{text}");
    }
}
