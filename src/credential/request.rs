//! A request: a draft, whom it asks, a message, and the digest of the list of files, signed by the student.
//!
//! It travels as `request.json` in a bag, so the mentor sees exactly the files that the draft names, and knows that
//! whoever asks controls the key that the sign-off will be about.

use serde_json::{Value, json};

use super::claims::Claims;
use super::course::Course;
use super::draft;
use super::fields::{CredentialFault, Fact, Survey};
use super::id::urn_uuid;
use crate::digest::Digest;
use crate::json;
use crate::time::Timestamp;

/// The newest `formatVersion` of a request that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// A request as read. Whether the student signed it is for `proof` to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `urn:uuid:…`
    pub id: String,
    /// When it was made, by the student's clock.
    pub created: Timestamp,
    /// Who asks.
    pub from: Person,
    /// The student's key as `did:key`; the draft is about the same key.
    pub holder: String,
    /// Who is asked.
    pub asked: Person,
    /// A message, in the student's words.
    pub message: Option<String>,
    /// Digest of `manifest-sha256.txt`, which lists every file of the request.
    pub manifest_digest: Digest,
    /// The draft as it stands.
    pub draft: Value,
    /// The draft as read.
    pub claims: Claims,
    /// How the placement went: frozen briefs and check-ins.
    pub course: Course,
}

/// A person, in somebody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The e-mail address, if known.
    pub email: Option<String>,
}

/// What a request is made from.
#[derive(Debug, Clone)]
pub struct RequestFacts<'a> {
    /// When it is made.
    pub created: Timestamp,
    /// Who asks.
    pub from: &'a Person,
    /// The student's key as `did:key`.
    pub holder: &'a str,
    /// Who is asked.
    pub asked: &'a Person,
    /// A message, if there is one.
    pub message: Option<&'a str>,
    /// Digest of `manifest-sha256.txt`.
    pub manifest_digest: Digest,
    /// The draft from [`draft::build`].
    pub draft: &'a Value,
}

/// The records that a request shows beside the draft, as they lie in the student's folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Records<'a> {
    /// The frozen briefs, the oldest revision first.
    pub briefs: &'a [Value],
    /// The check-ins, the oldest first.
    pub checkpoints: &'a [Value],
}

/// The request as JSON, without its proof.
#[must_use]
pub fn build(facts: &RequestFacts<'_>) -> Value {
    build_with(facts, Records::default())
}

/// The same with the records of how the placement went.
#[must_use]
pub fn build_with(facts: &RequestFacts<'_>, records: Records<'_>) -> Value {
    let mut from = person(facts.from);
    from["id"] = facts.holder.into();
    let mut request = json!({
        "type": "SignOffRequest",
        "formatVersion": FORMAT,
        "id": null,
        "created": facts.created.to_string(),
        "from": from,
        "asked": person(facts.asked),
    });
    if let Some(message) = facts.message {
        request["message"] = message.into();
    }
    request["manifest"] =
        json!({ "name": "manifest-sha256.txt", "digestMultibase": facts.manifest_digest.multibase() });
    for (name, list) in [("briefs", records.briefs), ("checkpoints", records.checkpoints)] {
        if !list.is_empty() {
            request[name] = list.into();
        }
    }
    request["draft"] = facts.draft.clone();
    let content = json::canonical(&request).unwrap_or_default();
    request["id"] = urn_uuid("request", &[&content]).into();
    request
}

/// Reads a request; anything it does not know is a fault, since a mentor is asked to act on all of it.
pub fn read(document: &Value) -> Result<Request, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed("type", "SignOffRequest");
        top.format_version(FORMAT);
        top.raw("proof");
        let (id, created) = (top.urn_uuid("id"), top.moment("created"));
        let message = top.optional_text("message").map(str::to_owned);
        let asked = top.object("asked").and_then(|asked| read_person(&asked));
        let manifest = top.object("manifest").and_then(|manifest| {
            manifest.fixed("name", "manifest-sha256.txt");
            manifest.digest("digestMultibase")
        });
        let draft = top.raw("draft").cloned();
        if draft.is_none() {
            top.fault("draft", Fact::Missing);
        }
        let course = Course::read(&top, &survey);
        let from = top.object("from")?;
        let holder = from.did("id").map(str::to_owned);
        let person = read_person(&from)?;
        Some((id?.to_owned(), created?, person, holder?, asked?, message, manifest?, draft?, course))
    });
    let unknown = survey.finish()?;
    if !unknown.is_empty() {
        return Err(unknown.into_iter().map(CredentialFault::not_understood).collect());
    }
    let Some((id, created, from, holder, asked, message, manifest_digest, draft, course)) = found else {
        return Err(vec![CredentialFault { path: String::new(), fact: Fact::NotA("a request") }]);
    };
    let claims =
        draft::read(&draft).map_err(|faults| faults.into_iter().map(below_draft).collect::<Vec<_>>())?;
    if claims.subject.id != holder {
        let path = "/draft/credentialSubject/id".to_owned();
        return Err(vec![CredentialFault { path, fact: Fact::Contradicts("/from/id") }]);
    }
    Ok(Request { id, created, from, holder, asked, message, manifest_digest, draft, claims, course })
}

fn below_draft(fault: CredentialFault) -> CredentialFault {
    CredentialFault { path: format!("/draft{}", fault.path), ..fault }
}

fn person(person: &Person) -> Value {
    let mut value = json!({ "name": person.name });
    if let Some(email) = &person.email {
        value["email"] = email.as_str().into();
    }
    value
}

fn read_person(members: &super::fields::Members<'_>) -> Option<Person> {
    let email = members.optional_text("email").map(str::to_owned);
    Some(Person { name: members.text("name")?.to_owned(), email })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn sample_request() -> Value {
        build(&RequestFacts {
            created: sample::moment("2026-07-22T09:00:00Z"),
            from: &Person { name: "Alex Rivera".into(), email: Some("alex@rivera.example".into()) },
            holder: sample::STUDENT,
            asked: &Person { name: "Priya Nair".into(), email: None },
            message: Some("Thank you"),
            manifest_digest: Digest::of(b"manifest"),
            draft: &sample::draft(),
        })
    }

    #[test]
    fn what_is_built_is_read_back() {
        let request = read(&sample_request()).unwrap();
        assert_eq!(request.manifest_digest, Digest::of(b"manifest"));
        assert_eq!(request.claims, super::super::draft::read(&sample::draft()).unwrap());
        assert_eq!((request.asked.name.as_str(), request.asked.email), ("Priya Nair", None));
    }

    #[test]
    fn a_draft_about_another_key_than_the_askers_is_refused() {
        let mut request = sample_request();
        request["from"]["id"] = sample::MENTOR.into();
        let fault = CredentialFault {
            path: "/draft/credentialSubject/id".into(),
            fact: Fact::Contradicts("/from/id"),
        };
        assert_eq!(read(&request).unwrap_err(), [fault]);
    }

    #[test]
    fn bytes_to_sign_blindly_are_not_understood() {
        let mut request = sample_request();
        request["toSign"] = "00ff".into();
        assert_eq!(read(&request).unwrap_err(), [CredentialFault::not_understood("/toSign".into())]);
    }

    #[test]
    fn a_newer_format_is_neither_good_nor_bad() {
        let mut request = sample_request();
        request["formatVersion"] = 2.into();
        assert!(read(&request).unwrap_err()[0].is_too_new());
    }
}
