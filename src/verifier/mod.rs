//! Everything about a bundle that can be checked without asking anybody: a source of bytes and a policy in, a report out.
//!
//! The steps, one file each, in the order in which they are taken. Each arrow is a value that only the step before
//! can make, so no step can be skipped on the way to *holds*:
//!
//! ```text
//! source → opened → complete → intact → presented                    the bag
//!            └→ conforming → authentic → evidence → signer → in_time → in_force    each sign-off
//!                                                      └ binding: presented, by its subject
//! ```
//!
//! A credential that somebody else issued goes its own way, [`foreign`], to the same four answers: alone, or as one of the
//! deposits that a bundle carries.
//!
//! After a step that did not pass, what leans on it is not answered; everything else goes on, so that all faults are
//! seen at once. [`verify`] is total: whatever the bytes are, the answer is a [`Report`].

mod answer;
mod authentic;
mod binding;
mod check;
pub mod code;
mod complete;
mod conforming;
mod deposit_report;
mod deposits;
mod evidence;
pub mod finding;
pub mod foreign;
mod in_force;
mod in_time;
mod intact;
pub mod issuers;
mod judging;
pub mod limits;
mod news;
pub mod notices;
mod opened;
pub mod outcome;
pub mod policy;
mod presented;
mod records;
pub mod report;
pub mod request;
mod signed_statement;
mod signer;
pub mod step;
pub mod trust;
mod vouched;
pub mod vouchers;

pub use code::{Code, Severity, Weight};
pub use deposit_report::DepositReport;
pub use finding::Finding;
pub use issuers::{IssuerEntry, IssuerEntryFault, KeptKeys};
pub use notices::{Notice, NoticeFault, StatusFile};
pub use outcome::{Failure, Indication, Outcome, SubIndication, Unread};
pub use policy::{Clock, Policy};
pub use report::{
    CheckState, Checks, Claimed, CredentialReport, FileReport, FileState, HolderReport, KeyLostReport,
    NewsFrom, Report, SourceFacts, VouchedReport, WithdrawnReport, exit_code,
};
pub use request::{CheckedRequest, RequestedFile};
pub use signed_statement::SSH_SIGNATURE;
pub use step::{Step, StepState};
pub use trust::{TrustEntry, TrustFault, TrustList};
pub use vouchers::{CheckedVoucher, VoucherFault};

pub use crate::proof::{ProofOutcome, ProofState};

use crate::bundle::Input;

/// What is to be checked.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// A bundle, packed or unpacked.
    Bundle(Input<'a>),
    /// The bytes of a lone sign-off.
    Credential(&'a [u8]),
    /// A lone statement and the SSH signature on it.
    Statement {
        /// The bytes of the statement.
        text: &'a [u8],
        /// The bytes of the signature file.
        signature: &'a [u8],
    },
}

/// Checks `subject`; `name` is only repeated in the report.
pub fn verify(name: &str, subject: Subject<'_>, policy: &Policy<'_>) -> Report {
    match subject {
        Subject::Bundle(input) => check::bundle(name, input, policy),
        Subject::Credential(bytes) => check::credential(name, bytes, policy),
        Subject::Statement { text, signature } => check::statement(name, text, signature, policy),
    }
}
