//! A reader who knows the school, and what that reader finds.

use portfolio::proof::others::{PinnedBy, Pins};
use portfolio::time::Timestamp;
use portfolio::verifier::foreign::Snapshot;
use portfolio::verifier::{Policy, Subject, TrustList, verify};
use serde_json::Value;

use crate::school::{LIST, pinned, trust};
use crate::{told, world};

/// What a reader has at hand.
pub struct Reader {
    pub pins: Pins,
    pub lists: Vec<(Vec<u8>, PinnedBy)>,
    pub trust: TrustList,
    pub max_status_age_days: Option<u32>,
}

impl Reader {
    /// One who knows the school.
    pub fn of_the_school() -> Reader {
        Reader { pins: Pins::default(), lists: Vec::new(), trust: trust(), max_status_age_days: None }
    }

    pub fn with_list(bytes: Vec<u8>, by: PinnedBy) -> Reader {
        Reader { lists: vec![(bytes, by)], ..Reader::of_the_school() }
    }

    /// One who has the school's document from `by`.
    pub fn with_document(by: PinnedBy, edit: impl FnOnce(&mut Value)) -> Reader {
        Reader { pins: pinned(by, edit), ..Reader::of_the_school() }
    }

    pub fn told(&self, bytes: impl AsRef<[u8]>) -> String {
        let lists: Vec<_> = self
            .lists
            .iter()
            .map(|(bytes, by)| Snapshot { url: LIST, bytes, by: *by, taken: None })
            .collect();
        let at = Timestamp::parse_ours(world::CHECKED).unwrap();
        let policy = Policy {
            pins: &self.pins,
            lists: &lists,
            max_status_age_days: self.max_status_age_days,
            ..Policy::new(at, &self.trust)
        };
        told(&verify("badge.json", Subject::Credential(bytes.as_ref()), &policy))
    }
}

/// What the reader who knows the school finds in a document.
pub fn theirs(document: &Value) -> String {
    Reader::of_the_school().told(document.to_string())
}
