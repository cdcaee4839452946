//! The rules that a credential of somebody else's must keep to be read at all (VC Data Model 2.0 section 4, and 1.1).

use serde_json::Value;

use super::super::fields::{CredentialFault, Fact};
use super::{Model, list, texts};
use crate::time::{TimeFault, Timestamp};

/// Every rule that a document breaks, of those that a reader must not overlook.
pub fn faults(document: &Value, model: Model) -> Vec<CredentialFault> {
    let mut found = Faults(Vec::new());
    match model {
        Model::OpenBadges2 => {
            found.require(texts(document.get("type")).contains(&"Assertion".into()), "/type", "an Assertion");
            found.require(document.get("badge").is_some(), "/badge", "a badge");
        }
        Model::Vc1 | Model::Vc2 => found.credential(document, model),
    }
    found.0
}

struct Faults(Vec<CredentialFault>);

impl Faults {
    fn add(&mut self, path: &str, fact: Fact) {
        self.0.push(CredentialFault { path: path.to_owned(), fact });
    }

    fn require(&mut self, holds: bool, path: &str, what: &'static str) {
        if !holds {
            self.add(path, Fact::NotA(what));
        }
    }

    fn credential(&mut self, document: &Value, model: Model) {
        let contexts = document.get("@context").and_then(Value::as_array);
        let known = |context: &Value| context.is_object() || context.as_str().is_some_and(is_address);
        let contexts = contexts.is_some_and(|contexts| contexts.iter().all(known));
        self.require(contexts, "/@context", "a list of contexts");
        let types = document.get("type");
        let named = list(types).iter().all(|kind| kind.is_string());
        self.require(named && texts(types).contains(&"VerifiableCredential".into()), "/type", "a credential");
        self.optional_address(document, "id", "/id");
        self.words(document, "");
        self.issuer(document.get("issuer"));
        self.subjects(document.get("credentialSubject"));
        let (from, until) = match model {
            Model::Vc1 => ("issuanceDate", "expirationDate"),
            Model::Vc2 | Model::OpenBadges2 => ("validFrom", "validUntil"),
        };
        let first = self.moment(document, from);
        let last = self.moment(document, until);
        if model == Model::Vc1 && document.get(from).is_none() {
            self.add("/issuanceDate", Fact::Missing);
        }
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            self.add(&format!("/{until}"), Fact::Contradicts(from));
        }
        self.typed(document);
    }

    fn issuer(&mut self, issuer: Option<&Value>) {
        let id = match issuer {
            None => return self.add("/issuer", Fact::Missing),
            Some(Value::String(id)) => Some(id.as_str()),
            Some(object) => {
                self.words(object, "/issuer");
                object.get("id").and_then(Value::as_str)
            }
        };
        self.require(id.is_some_and(is_address), "/issuer", "an address or a DID");
    }

    fn subjects(&mut self, subject: Option<&Value>) {
        let subjects = list(subject);
        if subjects.is_empty() {
            return self.add("/credentialSubject", Fact::Missing);
        }
        for subject in subjects {
            let claims = subject.as_object().is_some_and(|members| !members.is_empty());
            self.require(claims, "/credentialSubject", "a claim");
            self.optional_address(subject, "id", "/credentialSubject/id");
        }
    }

    /// The members whose entries must say what they are.
    fn typed(&mut self, document: &Value) {
        for name in
            ["proof", "credentialStatus", "credentialSchema", "evidence", "termsOfUse", "refreshService"]
        {
            for entry in list(document.get(name)) {
                let path = format!("/{name}");
                let kinds = list(entry.get("type"));
                let named = !kinds.is_empty() && kinds.iter().all(|kind| kind.is_string());
                self.require(named, &path, "an entry with a type");
                if name == "credentialSchema" {
                    let id = entry.get("id").and_then(Value::as_str);
                    self.require(id.is_some_and(is_address), &path, "an entry with an address");
                } else if name != "evidence" && name != "refreshService" {
                    self.optional_address(entry, "id", &path);
                }
            }
        }
    }

    /// `name` and `description`: text, or text with its language, or several of those.
    fn words(&mut self, object: &Value, below: &str) {
        for name in ["name", "description"] {
            let plain = |value: &Value| match value {
                Value::String(_) => true,
                Value::Object(members) => {
                    members.get("@value").is_some_and(Value::is_string)
                        && members
                            .keys()
                            .all(|key| matches!(key.as_str(), "@value" | "@language" | "@direction"))
                }
                _ => false,
            };
            let fits = list(object.get(name)).into_iter().all(plain);
            self.require(fits, &format!("{below}/{name}"), "text");
        }
    }

    fn optional_address(&mut self, object: &Value, name: &str, path: &str) {
        let fits = object.get(name).is_none_or(|id| id.as_str().is_some_and(is_address));
        self.require(fits, path, "one address");
    }

    fn moment(&mut self, document: &Value, name: &str) -> Option<Timestamp> {
        let value = document.get(name)?;
        let moment = value.as_str().and_then(|text| Timestamp::parse_rfc3339(text).ok());
        if moment.is_none() {
            self.add(&format!("/{name}"), Fact::BadDate(TimeFault::NotATimestamp));
        }
        moment
    }
}

/// An absolute address or another absolute identifier: a scheme, a colon, and no blank.
fn is_address(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let first = scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        first && scheme.bytes().all(letters) && !rest.is_empty() && !text.contains(char::is_whitespace)
    })
}
