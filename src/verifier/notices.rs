//! Later news about sign-offs and keys: withdrawals and key notices, read and heeded only when properly signed.
//!
//! A withdrawal counts when the key that it names as issuer signed it; whether that is the key of the sign-off is
//! asked where the two meet. A lost key is reported by itself. A succession is signed by both keys.

use serde_json::Value;

use crate::credential::CredentialFault;
use crate::credential::key_notice::{self, KeyEvent};
use crate::credential::withdrawal::{self, Withdrawal};
use crate::json::{self, JsonFault};
use crate::proof::{self, Expected, ProofFault};
use crate::time::Timestamp;

/// A notice whose signatures fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A sign-off taken back by `issuer`.
    Withdrawal(Withdrawal),
    /// A key reported lost, by itself.
    Lost {
        /// The key as `did:key`.
        key: String,
        /// Since when, by its owner's word.
        since: Timestamp,
        /// When the notice was made.
        created: Timestamp,
    },
    /// A key followed by another; both signed.
    Succession {
        /// The key before, as `did:key`.
        key: String,
        /// The key after, as `did:key`.
        by: String,
        /// When the notice was made.
        created: Timestamp,
    },
}

/// A notice that the reader brings, read once for any number of bundles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusFile {
    /// The name that the reader gave it.
    pub name: String,
    /// What it says.
    pub notice: Notice,
}

/// Why a notice is not heeded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeFault {
    /// Not JSON as our formats allow it.
    #[error("{0}")]
    Json(JsonFault),
    /// Neither a withdrawal nor a key notice.
    #[error("is neither a withdrawal nor a key notice")]
    NotANotice,
    /// The form is broken.
    #[error("{} {}", .0.path, .0.fact)]
    Form(CredentialFault),
    /// No signature by this key.
    #[error("carries no signature by {0}")]
    NotSignedBy(String),
    /// A signature does not fit.
    #[error("{0}")]
    Misfit(ProofFault),
    /// The list that would keep it is full.
    #[error("the list has no room for more")]
    NoRoom,
}

impl NoticeFault {
    /// Whether the notice is of a newer format, and so neither good nor bad.
    pub fn is_too_new(&self) -> bool {
        matches!(self, NoticeFault::Form(fault) if fault.is_too_new())
    }
}

impl StatusFile {
    /// Reads the bytes of one file.
    pub fn read(name: &str, bytes: &[u8]) -> Result<StatusFile, NoticeFault> {
        Ok(StatusFile { name: name.to_owned(), notice: Notice::read(bytes)? })
    }
}

impl Notice {
    /// Reads one notice and checks its signatures.
    pub fn read(bytes: &[u8]) -> Result<Notice, NoticeFault> {
        let document = json::parse(bytes, &json::OURS).map_err(NoticeFault::Json)?;
        Notice::from_document(&document)
    }

    /// The same from a document already parsed.
    pub(crate) fn from_document(document: &Value) -> Result<Notice, NoticeFault> {
        match document.get("type").and_then(Value::as_str) {
            Some("Withdrawal") => {
                let withdrawal = withdrawal::read(document).map_err(first_fault)?;
                signed_by(document, &withdrawal.issuer)?;
                Ok(Notice::Withdrawal(withdrawal))
            }
            Some("KeyNotice") => {
                let notice = key_notice::read(document).map_err(first_fault)?;
                let (key, created) = (notice.key, notice.created);
                match notice.event {
                    KeyEvent::Lost { since } => {
                        signed_by(document, &key)?;
                        Ok(Notice::Lost { key, since, created })
                    }
                    KeyEvent::Succeeded { by } => {
                        signed_by_both(document, &key, &by)?;
                        Ok(Notice::Succession { key, by, created })
                    }
                }
            }
            _ => Err(NoticeFault::NotANotice),
        }
    }

    /// When it was made, by its maker's clock.
    pub fn created(&self) -> Timestamp {
        match self {
            Notice::Withdrawal(withdrawal) => withdrawal.created,
            Notice::Lost { created, .. } | Notice::Succession { created, .. } => *created,
        }
    }

    /// The key whose owner speaks.
    pub fn speaker(&self) -> &str {
        match self {
            Notice::Withdrawal(withdrawal) => &withdrawal.issuer,
            Notice::Lost { key, .. } | Notice::Succession { key, .. } => key,
        }
    }
}

fn first_fault(faults: Vec<CredentialFault>) -> NoticeFault {
    faults.into_iter().next().map_or(NoticeFault::NotANotice, NoticeFault::Form)
}

fn signed_by(document: &Value, key: &str) -> Result<(), NoticeFault> {
    signed(document, &Expected::assertion_by(key))
}

fn signed_by_both(document: &Value, key: &str, by: &str) -> Result<(), NoticeFault> {
    signed(document, &Expected { also: &[by], ..Expected::assertion_by(key) })
}

fn signed(document: &Value, expected: &Expected<'_>) -> Result<(), NoticeFault> {
    let set = proof::check(document, expected);
    match set.first_fault() {
        _ if set.holds() => Ok(()),
        Some(fault) => Err(NoticeFault::Misfit(fault.clone())),
        None => Err(NoticeFault::NotSignedBy(expected.controller.to_owned())),
    }
}
