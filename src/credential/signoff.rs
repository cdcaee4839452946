//! A sign-off: an Open Badges 3.0 `OpenBadgeCredential` on the VC Data Model 2.0, read strictly.
//!
//! Reading never repairs: what is missing, of another shape or contradictory is a fault with its place. A signed
//! member that this version does not understand is kept as a pointer, so that it can be counted and never shown.

use serde_json::{Map, Value, json};

use super::claims::Claims;
use super::fields::{CredentialFault, Fact, Survey};
use super::id::urn_uuid;
use super::results;
use crate::digest::Digest;
use crate::json;
use crate::time::Timestamp;

/// The one `@context` of a sign-off (Open Badges 3.0, section on JSON-LD); an appended one is refused.
pub const CONTEXT: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The one `type` of a sign-off.
pub const TYPE: [&str; 2] = ["VerifiableCredential", "OpenBadgeCredential"];

/// In which form a sign-off was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// An Open Badge, with marks and with the signer's own dates.
    Badge,
    /// A plain text under an SSH signature: no marks, and no date of signing.
    Statement,
}

impl Form {
    /// The word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Form::Badge => "badge",
            Form::Statement => "statement",
        }
    }
}

/// A sign-off as read. Whether anybody signed it is for `proof` to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// In which form it was signed.
    pub form: Form,
    /// `urn:uuid:…`
    pub id: String,
    /// The signer's key as `did:key`.
    pub issuer_id: String,
    /// What the signer's key calls itself: anybody can write a name here.
    pub issuer_name: String,
    /// When it was signed, by the signer's clock; of a statement when it was asked for, by the student's clock.
    pub valid_from: Timestamp,
    /// Until when the signer wants it to hold.
    pub valid_until: Option<Timestamp>,
    /// What is claimed about whom and which files.
    pub claims: Claims,
    /// Whether it names a status list that somebody would have to look up.
    pub has_status_list: bool,
    /// JSON pointers of signed members that this version does not understand.
    pub not_understood: Vec<String>,
}

/// What the signer adds to a draft.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    /// The signer's key as `did:key`.
    pub issuer_id: &'a str,
    /// The name the signer signs with.
    pub issuer_name: &'a str,
    /// When it is signed.
    pub valid_from: Timestamp,
    /// Until when it shall hold.
    pub valid_until: Option<Timestamp>,
    /// The claims with marks, and with whatever wording the signer changed.
    pub claims: &'a Claims,
}

/// Reads a sign-off. The `proof` is not looked at.
pub fn read(document: &Value) -> Result<SignOff, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed_list("@context", &CONTEXT);
        top.fixed_list("type", &TYPE);
        top.raw("proof");
        let id = top.urn_uuid("id");
        let issuer = top.object("issuer");
        let from = top.moment("validFrom");
        let until = top.optional_moment("validUntil");
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            top.fault("validUntil", Fact::Contradicts("validFrom"));
        }
        let has_status_list = top.has("credentialStatus");
        let claims = Claims::read(&top, &survey);
        let issuer = issuer?;
        issuer.fixed_list("type", &["Profile"]);
        let (issuer_id, issuer_name) = (issuer.did("id"), issuer.text("name"));
        Some(SignOff {
            form: Form::Badge,
            id: id?.to_owned(),
            issuer_id: issuer_id?.to_owned(),
            issuer_name: issuer_name?.to_owned(),
            valid_from: from?,
            valid_until: until,
            claims: claims?,
            has_status_list,
            not_understood: Vec::new(),
        })
    });
    let not_understood = survey.finish()?;
    match found {
        Some(sign_off) => Ok(SignOff { not_understood, ..sign_off }),
        None => Err(vec![CredentialFault { path: String::new(), fact: Fact::NotA("a sign-off") }]),
    }
}

/// The credential that a signer is about to sign: the draft with what the signer adds, members in the order of the
/// format, its `id` derived from everything else. No proof yet.
#[must_use]
pub fn build(draft: &Value, signing: &Signing<'_>) -> Value {
    let member = |name: &str| draft.get(name).cloned().unwrap_or_default();
    let mut subject = member("credentialSubject");
    subject["narrative"] = signing.claims.statement.as_str().into();
    if !signing.claims.items.is_empty() {
        subject["result"] = results::results(&signing.claims.achievement_id, &signing.claims.items).into();
    }
    let mut document = Map::new();
    document.insert("@context".into(), member("@context"));
    document.insert("id".into(), Value::Null);
    document.insert("type".into(), member("type"));
    document.insert("name".into(), member("name"));
    document.insert(
        "issuer".into(),
        json!({ "id": signing.issuer_id, "type": ["Profile"], "name": signing.issuer_name }),
    );
    document.insert("validFrom".into(), signing.valid_from.to_string().into());
    if let Some(until) = signing.valid_until {
        document.insert("validUntil".into(), until.to_string().into());
    }
    document.insert("credentialSubject".into(), subject);
    if let Some(evidence) = draft.get("evidence") {
        document.insert("evidence".into(), evidence.clone());
    }
    let mut document = Value::Object(document);
    let content = json::canonical(&document).unwrap_or_default();
    document["id"] = urn_uuid("credential", &[&content]).into();
    document
}

/// The digest that a withdrawal names: SHA-256 of the whole credential, proofs included, in canonical form.
#[must_use]
pub fn digest(document: &Value) -> Option<Digest> {
    json::canonical(document).ok().map(|bytes| Digest::of(&bytes))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn fault(break_one_thing: impl FnOnce(&mut Value)) -> Vec<(String, Fact)> {
        let mut document = sample::sign_off();
        break_one_thing(&mut document);
        read(&document).unwrap_err().into_iter().map(|fault| (fault.path, fault.fact)).collect()
    }

    fn one(path: &str, fact: Fact) -> Vec<(String, Fact)> {
        vec![(path.to_owned(), fact)]
    }

    #[test]
    fn what_is_built_is_read_back() {
        let sign_off = read(&sample::sign_off()).unwrap();
        assert_eq!(sign_off.claims, sample::claims());
        assert_eq!(sign_off.issuer_id, sample::MENTOR);
        assert_eq!(sign_off.valid_until, Some(sample::moment("2029-07-24T23:59:59Z")));
        assert!(sign_off.not_understood.is_empty() && !sign_off.has_status_list);
    }

    #[test]
    fn members_stand_in_the_order_of_the_format() {
        let document = sample::sign_off();
        let names: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "@context",
            "id",
            "type",
            "name",
            "issuer",
            "validFrom",
            "validUntil",
            "credentialSubject",
            "evidence",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn the_id_changes_with_the_content() {
        let mut claims = sample::claims();
        claims.statement.push('!');
        let signing = Signing {
            issuer_id: sample::MENTOR,
            issuer_name: "Priya Nair, Data Lead, Acme Retail Ltd",
            valid_from: sample::moment("2026-07-24T15:02:40Z"),
            valid_until: None,
            claims: &claims,
        };
        assert_ne!(build(&sample::draft(), &signing)["id"], sample::sign_off()["id"]);
    }

    #[test]
    fn each_thing_broken_is_named_with_its_place() {
        let list = Fact::NotA("the list that this format fixes");
        assert_eq!(
            fault(|d| d["@context"].as_array_mut().unwrap().push("https://example.org/more".into())),
            one("/@context", list.clone())
        );
        assert_eq!(fault(|d| d["type"] = "OpenBadgeCredential".into()), one("/type", list));
        let missing = vec![("/issuer/name".to_owned(), Fact::Missing)];
        assert_eq!(fault(|d| drop(d["issuer"].as_object_mut().unwrap().remove("name"))), missing);
        assert_eq!(fault(|d| d["issuer"] = sample::MENTOR.into()), one("/issuer", Fact::NotA("an object")));
        assert_eq!(
            fault(|d| d["validUntil"] = "2026-01-01T00:00:00Z".into()),
            one("/validUntil", Fact::Contradicts("validFrom"))
        );
        assert_eq!(
            fault(|d| d["validFrom"] = "2026-07-24".into()),
            one("/validFrom", Fact::BadDate(crate::time::TimeFault::NotATimestamp))
        );
        let hex = "0000000000000000000000000000000000000000000000000000000000000000";
        assert_eq!(
            fault(|d| d["evidence"][0]["digestMultibase"] = hex.into()),
            one("/evidence/0/digestMultibase", Fact::BadDigest)
        );
        assert_eq!(
            fault(|d| d["evidence"][1] = d["evidence"][0].clone()).last().unwrap().1,
            Fact::Duplicate(sample::sign_off()["evidence"][0]["id"].as_str().unwrap().to_owned())
        );
        assert_eq!(
            fault(|d| d["evidence"] = Value::Array(Vec::new())),
            one("/evidence", Fact::NotA("a list that holds something"))
        );
        assert_eq!(
            fault(|d| d["credentialSubject"]["result"][0]["achievedLevel"] = "urn:uuid:none".into()),
            one("/credentialSubject/result/0/achievedLevel", Fact::Dangling("urn:uuid:none".into()))
        );
        assert_eq!(
            fault(|d| d["credentialSubject"]["id"] = "did:web:example.org".into()),
            one("/credentialSubject/id", Fact::BadIdentifier { form: "did:key:z6Mk…" })
        );
        assert_eq!(fault(|d| *d = Value::Null), one("", Fact::NotA("an object")));
    }

    #[test]
    fn the_bound_on_evidence_holds_on_both_sides() {
        let many = |count: usize| {
            let mut document = sample::sign_off();
            let entry = document["evidence"][0].clone();
            let entries = (0..count).map(|index| {
                let digest = Digest::of(&index.to_be_bytes());
                let mut entry = entry.clone();
                entry["id"] = digest.ni().into();
                entry["digestMultibase"] = digest.multibase().into();
                entry
            });
            document["evidence"] = entries.collect();
            read(&document)
        };
        let limit = super::super::claims::EVIDENCE_LIMIT;
        assert_eq!(many(limit).unwrap().claims.evidence.len(), limit);
        assert_eq!(many(limit + 1).unwrap_err()[0].fact, Fact::TooMany { found: limit + 1, limit });
    }

    #[test]
    fn a_signed_member_from_the_future_is_counted_and_not_refused() {
        let mut document = sample::sign_off();
        document["credentialSubject"]["mood/today"] = "sunny".into();
        assert_eq!(read(&document).unwrap().not_understood, ["/credentialSubject/mood~1today"]);
    }
}
