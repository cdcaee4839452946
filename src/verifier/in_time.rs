//! Step 9, time: whether it has begun and not ended, by the day that the reader judges by.
//!
//! Good news needs a signer that is known; a date that has passed is news from any signer.

use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::limits::{CLOCK_DOUBT, CLOCK_SKEW};
use super::outcome::Outcome;
use super::policy::{Clock, Policy};
use super::signer::LookedUp;
use super::step::{Step, StepState};

/// A sign-off whose dates were judged.
pub(super) struct Dated<'a> {
    looked_up: LookedUp<'a>,
    is_in_time: bool,
}

impl<'a> Dated<'a> {
    /// The sign-off with its signer.
    pub(super) fn looked_up(&self) -> &LookedUp<'a> {
        &self.looked_up
    }

    /// Whether it has begun, has not ended, and both can be told.
    pub(super) fn is_in_time(&self) -> bool {
        self.is_in_time
    }
}

/// Judges the dates.
pub(super) fn judge<'a>(judging: &mut Judging, looked_up: LookedUp<'a>, policy: &Policy<'_>) -> Dated<'a> {
    let authentic = looked_up.evidenced().authentic();
    let (at, begins, signed) = (policy.at, authentic.sign_off().valid_from, authentic.signed_at());
    let is_chosen = policy.clock == Clock::Chosen;
    if signed < begins {
        let detail = format!("signed {signed}, begins {begins}");
        judging.found(Finding::new(Code::SignedBeforeStart, detail));
    }
    let found = if policy.clock_is_unset() {
        Some((Code::ClockUnusable, format!("the clock says {at}"), Outcome::StatusUnknown))
    } else if !is_chosen && signed > at.plus_seconds(CLOCK_DOUBT) {
        Some((
            Code::SignedInFuture,
            format!("signed {signed}, and the clock says {at}"),
            Outcome::StatusUnknown,
        ))
    } else if let Some(ended) = authentic.ends_at().filter(|ends| *ends < at) {
        Some((Code::Expired, format!("ended {ended}"), Outcome::Expired))
    } else {
        // whoever chooses an earlier day asks about a day on which it was not signed
        let begins = if is_chosen { begins.max(signed) } else { begins };
        let is_early = begins > at.plus_seconds(CLOCK_SKEW);
        is_early.then(|| (Code::NotYetValid, format!("begins {begins}"), Outcome::NotYetValid))
    };
    let is_in_time = found.is_none();
    let state = match &found {
        Some((_, _, Outcome::StatusUnknown)) => StepState::Undecided,
        Some(_) => StepState::Failed,
        None if looked_up.is_known() => StepState::Passed,
        None => StepState::NotAnswered,
    };
    judging.steps.set(Step::Time, state);
    if let Some((code, detail, reason)) = found {
        judging.found(Finding::new(code, detail));
        judging.reason(reason);
    }
    Dated { looked_up, is_in_time }
}
