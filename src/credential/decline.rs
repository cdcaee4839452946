//! An answer that signs nothing: it says that the mentor declined, and why. It carries no signature.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Survey};
use crate::time::Timestamp;

/// The newest `formatVersion` of a decline that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// A decline as read. Nobody signed it, so it is only a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// Identifier of the request it answers.
    pub request: String,
    /// Who says so, in their own words.
    pub by: String,
    /// Why, if they said.
    pub reason: Option<String>,
    /// When, by their clock.
    pub created: Timestamp,
}

/// The decline as JSON.
#[must_use]
pub fn build(decline: &Decline) -> Value {
    let mut value = json!({
        "type": "Decline",
        "formatVersion": FORMAT,
        "request": decline.request,
        "by": decline.by,
    });
    if let Some(reason) = &decline.reason {
        value["reason"] = reason.as_str().into();
    }
    value["created"] = decline.created.to_string().into();
    value
}

/// Reads a decline.
pub fn read(document: &Value) -> Result<Decline, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed("type", "Decline");
        top.format_version(FORMAT);
        let reason = top.optional_text("reason").map(str::to_owned);
        let (request, by, created) = (top.urn_uuid("request"), top.text("by"), top.moment("created"));
        Some(Decline { request: request?.to_owned(), by: by?.to_owned(), reason, created: created? })
    });
    survey.finish()?;
    found.ok_or_else(|| vec![CredentialFault { path: String::new(), fact: Fact::NotA("a decline") }])
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_built_is_read_back_with_and_without_a_reason() {
        for reason in [None, Some("item 3 needs its tests fixed".to_owned())] {
            let decline = Decline {
                request: "urn:uuid:6f1a3c0e-5b7d-4a41-9a55-0e2f6f0c7c11".into(),
                by: "Priya Nair".into(),
                reason,
                created: sample::moment("2026-07-24T15:02:40Z"),
            };
            assert_eq!(read(&build(&decline)), Ok(decline));
        }
    }
}
