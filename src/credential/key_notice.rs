//! News about a key: its owner reports it lost, or names the key that follows it.
//!
//! A report of loss is signed by the key itself: whoever holds it may put an end to it, which is the safe side. A
//! succession is signed by both keys.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Survey};
use crate::time::Timestamp;

/// The newest `formatVersion` of a key notice that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// A key notice as read. It counts only with the signatures that its event asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyNotice {
    /// The key it is about, as `did:key`.
    pub key: String,
    /// What happened.
    pub event: KeyEvent,
    /// When the notice was made, by its maker's clock.
    pub created: Timestamp,
}

/// What happened to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyEvent {
    /// It may be in other hands since then.
    Lost {
        /// Since when, by its owner's word.
        since: Timestamp,
    },
    /// Another key takes its place.
    Succeeded {
        /// The key that follows, as `did:key`.
        by: String,
    },
}

/// The notice as JSON, without its proof.
#[must_use]
pub fn build(notice: &KeyNotice) -> Value {
    let mut value = json!({ "type": "KeyNotice", "formatVersion": FORMAT, "key": notice.key });
    match &notice.event {
        KeyEvent::Lost { since } => value["lostSince"] = since.to_string().into(),
        KeyEvent::Succeeded { by } => value["succeededBy"] = by.as_str().into(),
    }
    value["created"] = notice.created.to_string().into();
    value
}

/// Reads a key notice: exactly one of `lostSince` and `succeededBy`.
pub fn read(document: &Value) -> Result<KeyNotice, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed("type", "KeyNotice");
        top.format_version(FORMAT);
        top.raw("proof");
        let (key, created) = (top.did("key"), top.moment("created"));
        let event = match (top.has("lostSince"), top.has("succeededBy")) {
            (true, false) => top.moment("lostSince").map(|since| KeyEvent::Lost { since }),
            (false, true) => top.did("succeededBy").map(|by| KeyEvent::Succeeded { by: by.to_owned() }),
            (true, true) => {
                top.fault("succeededBy", Fact::Contradicts("/lostSince"));
                None
            }
            (false, false) => {
                top.fault("lostSince", Fact::Missing);
                None
            }
        };
        Some(KeyNotice { key: key?.to_owned(), event: event?, created: created? })
    });
    survey.finish()?;
    found.ok_or_else(|| vec![CredentialFault { path: String::new(), fact: Fact::NotA("a key notice") }])
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn notice(event: KeyEvent) -> KeyNotice {
        KeyNotice { key: sample::MENTOR.into(), event, created: sample::moment("2026-09-02T08:00:00Z") }
    }

    #[test]
    fn both_events_are_read_back() {
        let since = sample::moment("2026-09-01T00:00:00Z");
        for event in [KeyEvent::Lost { since }, KeyEvent::Succeeded { by: sample::STUDENT.into() }] {
            assert_eq!(read(&build(&notice(event.clone()))), Ok(notice(event)));
        }
    }

    #[test]
    fn a_notice_of_two_events_or_none_is_refused() {
        let mut document = build(&notice(KeyEvent::Succeeded { by: sample::STUDENT.into() }));
        document["lostSince"] = "2026-09-01T00:00:00Z".into();
        assert_eq!(read(&document).unwrap_err()[0].fact, Fact::Contradicts("/lostSince"));
        let members = document.as_object_mut().unwrap();
        members.remove("lostSince");
        members.remove("succeededBy");
        assert_eq!(read(&document).unwrap_err()[0].fact, Fact::Missing);
    }
}
