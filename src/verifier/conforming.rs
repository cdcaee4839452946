//! Step 5, bytes to conforming sign-off: the form of a sign-off, strictly, and nothing repaired.

use serde_json::Value;

use crate::credential::{SignOff, signoff};
use crate::digest::Digest;
use crate::json::{self, JsonFault};

use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::outcome::{Failure, Outcome, SubIndication, Unread};
use super::report::{CheckState, Claimed};
use super::step::{Step, StepState};

/// A document with the form of a sign-off; whether anybody signed it is the next step's question.
pub(super) struct Conforming {
    document: Value,
    sign_off: SignOff,
    content: Digest,
}

impl Conforming {
    /// Reads one record, parsed under [`json::OURS`].
    pub(super) fn read(judging: &mut Judging, parsed: Result<Value, JsonFault>) -> Option<Conforming> {
        judging.steps.set(Step::Conforming, StepState::Failed);
        let document = match parsed {
            Ok(document) => document,
            Err(fault) => {
                judging.found(Finding::new(Code::CredentialJson, fault.to_string()));
                return malformed(judging);
            }
        };
        judging.report.claimed = claimed(&document);
        if !is_sign_off(&document) {
            let kind = kind_of(&document);
            judging.found(Finding::new(Code::CredentialNotSupported, format!("a record of the kind {kind}")));
            judging.steps.set(Step::Conforming, StepState::NotAnswered);
            judging.report.counts = false;
            judging.reason(Outcome::Unreadable(Unread::TooNew));
            return None;
        }
        let sign_off = match signoff::read(&document) {
            Ok(sign_off) => sign_off,
            Err(faults) => {
                for fault in faults {
                    judging.found(Finding::new(Code::CredentialForm, fault.to_string()));
                }
                return malformed(judging);
            }
        };
        let content = document.as_object().and_then(|members| json::canonical_without(members, "proof").ok());
        let Some(content) = content.map(|bytes| Digest::of(&bytes)) else {
            judging.found(Finding::new(Code::CredentialForm, "has no canonical form"));
            return malformed(judging);
        };
        judging.steps.set(Step::Conforming, StepState::Passed);
        Some(Conforming { document, sign_off, content })
    }

    /// The parsed document, as it is hashed.
    pub(super) fn document(&self) -> &Value {
        &self.document
    }

    /// What it would say, were it signed.
    pub(super) fn unsigned(&self) -> &SignOff {
        &self.sign_off
    }

    /// What it says, with the digest of everything in it but its signatures: what makes two sign-offs one.
    pub(super) fn into_parts(self) -> (SignOff, Digest) {
        (self.sign_off, self.content)
    }
}

fn malformed(judging: &mut Judging) -> Option<Conforming> {
    judging.report.checks.integrity = CheckState::failed(SubIndication::FormatFailure);
    judging.reason(Outcome::Failed(Failure::Format));
    None
}

/// Whether it says that it is an Open Badge; only then is it held to the form of one.
fn is_sign_off(document: &Value) -> bool {
    let kinds = document.get("type").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "OpenBadgeCredential"))
}

/// Whether a document calls itself a credential of any kind.
pub(super) fn is_credential(document: &Value) -> bool {
    match document.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "VerifiableCredential"),
        Some(kind) => kind == "VerifiableCredential",
        None => false,
    }
}

fn kind_of(document: &Value) -> String {
    match document.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => "that is not named".to_owned(),
    }
}

/// What any document says of itself.
fn claimed(document: &Value) -> Claimed {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let id_of = |value: Option<&Value>| match value {
        Some(Value::Object(members)) => text(members.get("id")),
        other => text(other),
    };
    Claimed {
        id: text(document.get("id")),
        issuer: id_of(document.get("issuer")),
        subject: id_of(document.get("credentialSubject")),
    }
}
