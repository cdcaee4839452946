//! A portfolio as JSON Resume 1.0: where somebody worked, what they made, and which sign-offs they have.
//!
//! It is the student's own account and carries no signature. What is confidential today is not in it. Dates are days;
//! a certificate has no `url`, since a sign-off lies in a file and at no address.

use serde_json::{Map, Value, json};

use crate::time::{Date, Timestamp};

/// Where the schema of JSON Resume 1.0 is published; nothing is fetched from there.
const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// What a résumé is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resume {
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The placements.
    pub placements: Vec<Placement>,
    /// The pieces of work, those that may be shown.
    pub works: Vec<Work>,
    /// The sign-offs.
    pub sign_offs: Vec<SignedFor>,
    /// When it is written.
    pub written: Option<Timestamp>,
}

/// One placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its title.
    pub title: String,
    /// The organisation.
    pub organisation: Option<String>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// What came out, a line each.
    pub results: Vec<String>,
}

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its title.
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// What came out.
    pub result: Option<String>,
    /// The organisation it was made at.
    pub organisation: Option<String>,
    /// The first and the last day of its placement.
    pub days: (Option<Date>, Option<Date>),
}

/// One sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedFor {
    /// What was signed for.
    pub title: String,
    /// What the signer's key calls itself.
    pub signer: String,
    /// When it was signed, by the signer's clock, if it says so.
    pub signed: Option<Date>,
}

/// The résumé as JSON.
#[must_use]
pub fn json_resume(resume: &Resume) -> Value {
    let mut document = Map::new();
    document.insert("$schema".into(), SCHEMA.into());
    document.insert("basics".into(), object([("name", text(&resume.name)), ("email", text(&resume.email))]));
    document.insert("work".into(), resume.placements.iter().map(work).collect());
    document.insert("projects".into(), resume.works.iter().map(project).collect());
    document.insert("certificates".into(), resume.sign_offs.iter().map(certificate).collect());
    let written = resume.written.map(|moment| moment.to_string().trim_end_matches('Z').into());
    document.insert("meta".into(), object([("version", Some("v1.0.0".into())), ("lastModified", written)]));
    Value::Object(document)
}

fn work(placement: &Placement) -> Value {
    object([
        ("name", placement.organisation.as_deref().and_then(text)),
        ("position", text(&placement.title)),
        ("startDate", day(placement.starts)),
        ("endDate", day(placement.ends)),
        ("highlights", lines(&placement.results)),
    ])
}

fn project(work: &Work) -> Value {
    object([
        ("name", text(&work.title)),
        ("description", work.description.as_deref().and_then(text)),
        ("highlights", lines(work.result.as_slice())),
        ("startDate", day(work.days.0)),
        ("endDate", day(work.days.1)),
        ("entity", work.organisation.as_deref().and_then(text)),
    ])
}

fn certificate(signed: &SignedFor) -> Value {
    object([("name", text(&signed.title)), ("date", day(signed.signed)), ("issuer", text(&signed.signer))])
}

/// The members that say something, in this order.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let said = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(said.collect())
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| json!(text))
}

fn day(date: Option<Date>) -> Option<Value> {
    date.map(|date| json!(date.to_string()))
}

fn lines(lines: &[String]) -> Option<Value> {
    (!lines.is_empty()).then(|| json!(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_said() {
        let bare = Placement {
            title: "Co-lab".into(),
            organisation: None,
            starts: None,
            ends: None,
            results: Vec::new(),
        };
        let resume = Resume { name: "Alex Rivera".into(), placements: vec![bare], ..Resume::default() };
        assert_eq!(
            json_resume(&resume),
            json!({
                "$schema": SCHEMA,
                "basics": { "name": "Alex Rivera" },
                "work": [{ "position": "Co-lab" }],
                "projects": [],
                "certificates": [],
                "meta": { "version": "v1.0.0" },
            })
        );
    }
}
