//! A voucher: somebody says whose key it is that signs, as an Open Badges 3.0 `EndorsementCredential` about that key.
//!
//! It is about a key and about nothing that the key signed. Whether it counts is the reader's choice of whom to let
//! vouch.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Survey};
use super::id::urn_uuid;
use super::signoff::CONTEXT;
use crate::json;
use crate::time::Timestamp;

/// The one `type` of a voucher.
pub const TYPE: [&str; 2] = ["VerifiableCredential", "EndorsementCredential"];

/// The one `name` of a voucher.
pub const NAME: &str = "Whose key this is";

/// A voucher as read. Whether anybody signed it is for `proof` to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// `urn:uuid:…`
    pub id: String,
    /// The key that vouches, as `did:key`.
    pub issuer_id: String,
    /// What that key calls itself.
    pub issuer_name: String,
    /// From when, by the clock of whoever vouches.
    pub valid_from: Timestamp,
    /// Until when.
    pub valid_until: Option<Timestamp>,
    /// The key that is vouched for, as `did:key`.
    pub key: String,
    /// Whose it is, in the words of whoever vouches: a name, a role.
    pub words: String,
}

/// Whether a document calls itself one.
#[must_use]
pub fn is_one(document: &Value) -> bool {
    let kinds = document.get("type").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == TYPE[1]))
}

/// The voucher as JSON, its `id` derived from everything else, without its proof.
#[must_use]
pub fn build(voucher: &Voucher) -> Value {
    let mut document = json!({
        "@context": CONTEXT,
        "id": null,
        "type": TYPE,
        "name": NAME,
        "issuer": { "id": voucher.issuer_id, "type": ["Profile"], "name": voucher.issuer_name },
        "validFrom": voucher.valid_from.to_string(),
    });
    if let Some(until) = voucher.valid_until {
        document["validUntil"] = until.to_string().into();
    }
    document["credentialSubject"] =
        json!({ "id": voucher.key, "type": ["EndorsementSubject"], "endorsementComment": voucher.words });
    let content = json::canonical(&document).unwrap_or_default();
    document["id"] = urn_uuid("voucher", &[&content]).into();
    document
}

/// Reads a voucher; anything it does not know is a fault, since somebody is believed for all of it.
pub fn read(document: &Value) -> Result<Voucher, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed_list("@context", &CONTEXT);
        top.fixed_list("type", &TYPE);
        top.fixed("name", NAME);
        top.raw("proof");
        let (id, from, until) =
            (top.urn_uuid("id"), top.moment("validFrom"), top.optional_moment("validUntil"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            top.fault("validUntil", Fact::Contradicts("validFrom"));
        }
        let (issuer, subject) = (top.object("issuer")?, top.object("credentialSubject")?);
        issuer.fixed_list("type", &["Profile"]);
        subject.fixed_list("type", &["EndorsementSubject"]);
        let (issuer_id, issuer_name) = (issuer.did("id"), issuer.text("name"));
        let (key, words) = (subject.did("id"), subject.text("endorsementComment"));
        if issuer_id.is_some() && issuer_id == key {
            subject.fault("id", Fact::Contradicts("/issuer/id"));
        }
        Some(Voucher {
            id: id?.to_owned(),
            issuer_id: issuer_id?.to_owned(),
            issuer_name: issuer_name?.to_owned(),
            valid_from: from?,
            valid_until: until,
            key: key?.to_owned(),
            words: words?.to_owned(),
        })
    });
    let unknown = survey.finish()?;
    match found {
        Some(voucher) if unknown.is_empty() => Ok(voucher),
        Some(_) => Err(unknown.into_iter().map(CredentialFault::not_understood).collect()),
        None => Err(vec![CredentialFault { path: String::new(), fact: Fact::NotA("a voucher") }]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn voucher() -> Voucher {
        Voucher {
            id: String::new(),
            issuer_id: sample::STUDENT.into(),
            issuer_name: "Acme Retail Ltd".into(),
            valid_from: sample::moment("2026-07-01T09:00:00Z"),
            valid_until: Some(sample::moment("2027-07-01T23:59:59Z")),
            key: sample::MENTOR.into(),
            words: "Priya Nair, Data Lead".into(),
        }
    }

    #[test]
    fn what_is_built_is_read_back_with_and_without_an_end() {
        for valid_until in [None, voucher().valid_until] {
            let document = build(&Voucher { valid_until, ..voucher() });
            let read = read(&document).unwrap();
            assert_eq!(read, Voucher { id: read.id.clone(), valid_until, ..voucher() });
            assert!(is_one(&document));
        }
    }

    #[test]
    fn nobody_vouches_for_themselves_or_says_more_than_the_format() {
        let said = |change: fn(&mut Value)| {
            let mut document = build(&voucher());
            change(&mut document);
            read(&document).unwrap_err().remove(0)
        };
        let own = said(|document| document["issuer"]["id"] = sample::MENTOR.into());
        assert_eq!(own.fact, Fact::Contradicts("/issuer/id"));
        let more = said(|document| document["mayVouch"] = true.into());
        assert_eq!(more, CredentialFault::not_understood("/mayVouch".into()));
        let early = said(|document| document["validUntil"] = "2026-01-01T00:00:00Z".into());
        assert_eq!(early.fact, Fact::Contradicts("validFrom"));
    }
}
