//! When a deposit decides what a bundle comes to, and how that is said: the sign-offs keep a sentence of their own.

use crate::verifier::{DepositReport, Outcome, Report, Unread};

/// The sentence for a bundle that holds and has nothing but deposits.
pub(super) const ONLY_DEPOSITS: &str = "What others issued holds. There is no sign-off by a mentor in it.";

/// Whether a bundle holds by its deposits alone.
pub(super) fn is_only_deposits(report: &Report) -> bool {
    report.outcome == Outcome::Holds
        && report.sign_offs().next().is_none()
        && report.deposits.iter().any(|deposit| deposit.outcome().is_some())
}

/// The deposit whose news decided the whole, if one did: then the sign-offs say something better.
pub(super) fn decisive(report: &Report) -> Option<Outcome> {
    let worst = report.deposits.iter().filter_map(DepositReport::outcome).min()?;
    let own = report.sign_offs().map(|credential| credential.outcome).min();
    (report.outcome == worst && worst != Outcome::Holds && own.is_none_or(|own| own > worst)).then_some(worst)
}

/// The news of a deposit behind "something that others issued".
pub(super) fn clause(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Failed(_) => "is not as it was made",
        Outcome::Withdrawn | Outcome::Superseded => "was taken back",
        Outcome::Expired => "has ended",
        Outcome::NotYetValid => "has not begun",
        Outcome::KeyRevoked => "is signed with a key that is no longer its issuer's",
        Outcome::SignerUnknown => "is by an issuer you do not know",
        Outcome::StatusUnknown | Outcome::Incomplete => "may or may not stand",
        Outcome::Unreadable(Unread::TooNew) => "was not checked",
        Outcome::Unreadable(_) => "could not be read",
        Outcome::Holds => "holds",
    }
}
