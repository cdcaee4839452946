//! What one deposit of a bundle came to, as data for a screen and for `--json`.

use super::foreign::ForeignReport;
use super::outcome::{Outcome, Unread};
use crate::credential::deposit::Deposit;
use crate::credential::recognise::What;
use crate::digest::Digest;

/// What one deposit came to. All text in it comes from strangers.
#[derive(Debug, Clone)]
pub struct DepositReport {
    /// Its folder below the bundle's top folder, without a slash at the end.
    pub folder: String,
    /// Where its original lies, or the first of them.
    pub path: String,
    /// How many originals there are: a bag given as a folder has several.
    pub files: usize,
    /// Length of the originals in bytes.
    pub len: u64,
    /// SHA-256 of the original, where there is one.
    pub digest: Option<Digest>,
    /// What it is, by its bytes.
    pub what: What,
    /// Its first bytes; none of one that is too large to be looked into.
    pub head: Vec<u8>,
    /// The holder's own words about it.
    pub record: Option<Deposit>,
    /// The four answers; `None` for what carries no signature.
    pub check: Option<Box<ForeignReport>>,
    /// Whether it counts: nothing signed, the same again and a statement by the holder do not.
    pub counts: bool,
    /// The path of what it is the same as.
    pub same_as: Option<String>,
    /// Of the credential in it, whatever holds that.
    pub(super) content: Option<Digest>,
}

impl DepositReport {
    /// What it comes to, if it counts.
    pub fn outcome(&self) -> Option<Outcome> {
        let spoilt = matches!(self.what, What::Spoilt(_)).then_some(Outcome::Unreadable(Unread::Damaged));
        self.check.as_ref().map(|check| check.outcome).or(spoilt).filter(|_| self.counts)
    }
}
