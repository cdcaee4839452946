//! The sentence about what somebody else issued, where the one for sign-offs would say too much or too little.

use crate::verifier::foreign::{ForeignCode, ForeignReport, Known};
use crate::verifier::{Failure, Outcome, Unread};

/// The sentence, where the one for sign-offs would say too much.
pub(super) fn sentence(report: &ForeignReport) -> Option<&'static str> {
    let found = |code| report.findings.iter().any(|finding| finding.code == code);
    match report.outcome {
        Outcome::Holds if report.known == Some(Known::Pinned) => {
            Some("Signed by an issuer whose keys you keep, and unchanged since.")
        }
        Outcome::SignerUnknown if report.key.is_none() => {
            Some("Not checked: the keys of its issuer are not here. That is neither good nor bad.")
        }
        Outcome::Failed(Failure::Signature) if found(ForeignCode::Unsigned) => {
            Some("Nobody signed it. Do not rely on it.")
        }
        Outcome::Unreadable(Unread::TooNew) => {
            Some("Signed in a way that this program does not check. That is neither good nor bad.")
        }
        Outcome::Unreadable(Unread::NothingToCheck) | Outcome::Failed(Failure::Constraints)
            if report.key.is_none() =>
        {
            Some("Nothing in it is signed: there is nothing to check.")
        }
        Outcome::KeyRevoked => Some("Signed with a key that is no longer its issuer's."),
        Outcome::Withdrawn => Some("Taken back by its issuer."),
        _ => None,
    }
}
