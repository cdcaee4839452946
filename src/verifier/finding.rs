//! One fact found by one step: its name, what it is about, and the two digests that were compared.
//!
//! What a finding means for the answer is its code's [`Weight`](super::code::Weight): an error always fails the
//! whole, and no number of notes ever makes a pass.

use crate::digest::Digest;

use super::code::{Code, Severity};
use super::step::Step;

/// One fact found by one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its name.
    pub code: Code,
    /// What it is about: a path below the bundle's top folder, a credential's id, a file's name; as the bundle
    /// spells it, so it must be escaped before it is shown.
    pub about: Option<String>,
    /// The fact in plain words, a stranger's text possibly within; it must be escaped before it is shown.
    pub detail: String,
    /// The digest that was listed or signed, then the digest found here, where two were compared.
    pub compared: Option<(Digest, Digest)>,
}

impl Finding {
    /// A finding about nothing in particular.
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Finding {
        Finding { code, about: None, detail: detail.into(), compared: None }
    }

    /// The same finding, about this path, id or name.
    pub(crate) fn about(mut self, about: impl Into<String>) -> Finding {
        self.about = Some(about.into());
        self
    }

    /// The same finding, with what was listed or signed and what was found.
    pub(crate) fn comparing(mut self, listed: Digest, found: Digest) -> Finding {
        self.compared = Some((listed, found));
        self
    }

    /// The step that found it.
    pub fn step(&self) -> Step {
        self.code.step()
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
