//! A withdrawal: the signer takes a sign-off back, by the same key. It travels as a file and cannot be undone.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Survey};
use crate::digest::Digest;
use crate::time::Timestamp;

/// The newest `formatVersion` of a withdrawal that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// A withdrawal as read. It counts only if the key that signed the sign-off signed it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The signer's key as `did:key`.
    pub issuer: String,
    /// Identifier of the sign-off.
    pub credential: String,
    /// Digest of the sign-off in canonical form, proofs included.
    pub credential_digest: Digest,
    /// Why, in the signer's words.
    pub reason: Option<String>,
    /// Identifier of the sign-off that takes its place, if one does.
    pub replaced_by: Option<String>,
    /// When, by the signer's clock.
    pub created: Timestamp,
}

/// The withdrawal as JSON, without its proof.
#[must_use]
pub fn build(withdrawal: &Withdrawal) -> Value {
    let mut value = json!({
        "type": "Withdrawal",
        "formatVersion": FORMAT,
        "issuer": withdrawal.issuer,
        "credential": withdrawal.credential,
        "credentialDigest": withdrawal.credential_digest.multibase(),
    });
    if let Some(reason) = &withdrawal.reason {
        value["reason"] = reason.as_str().into();
    }
    if let Some(id) = &withdrawal.replaced_by {
        value["replacedBy"] = id.as_str().into();
    }
    value["created"] = withdrawal.created.to_string().into();
    value
}

/// Reads a withdrawal.
pub fn read(document: &Value) -> Result<Withdrawal, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed("type", "Withdrawal");
        top.format_version(FORMAT);
        top.raw("proof");
        let (issuer, credential) = (top.did("issuer"), top.urn_uuid("credential"));
        let digest = top.digest("credentialDigest");
        let reason = top.optional_text("reason").map(str::to_owned);
        let replaced_by =
            top.has("replacedBy").then(|| top.urn_uuid("replacedBy")).flatten().map(str::to_owned);
        let created = top.moment("created");
        Some(Withdrawal {
            issuer: issuer?.to_owned(),
            credential: credential?.to_owned(),
            credential_digest: digest?,
            reason,
            replaced_by,
            created: created?,
        })
    });
    survey.finish()?;
    found.ok_or_else(|| vec![CredentialFault { path: String::new(), fact: Fact::NotA("a withdrawal") }])
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_built_is_read_back_with_and_without_a_successor() {
        for replaced_by in [None, Some("urn:uuid:6f1a3c0e-5b7d-4a41-9a55-0e2f6f0c7c12".to_owned())] {
            let withdrawal = Withdrawal {
                issuer: sample::MENTOR.into(),
                credential: "urn:uuid:6f1a3c0e-5b7d-4a41-9a55-0e2f6f0c7c11".into(),
                credential_digest: Digest::of(b"credential"),
                reason: Some("later version exists".into()),
                replaced_by,
                created: sample::moment("2026-10-02T08:00:00Z"),
            };
            assert_eq!(read(&build(&withdrawal)), Ok(withdrawal));
        }
    }
}
