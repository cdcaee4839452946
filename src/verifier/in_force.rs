//! Step 10, status: not withdrawn and not signed with a lost key, as far as the news on this computer goes.
//!
//! Without news there is only *not withdrawn as of* the newest word, never *not withdrawn*.

use crate::time::Timestamp;

use super::code::Code;
use super::finding::Finding;
use super::in_time::Dated;
use super::judging::Judging;
use super::limits::CLOCK_SKEW;
use super::news::News;
use super::outcome::{Indication, Outcome, SubIndication};
use super::policy::{Clock, Policy};
use super::report::{CheckState, HolderReport, KeyLostReport, WithdrawnReport};
use super::step::{Step, StepState};

/// A sign-off of which everything that was asked holds. Only this step makes one.
pub(super) struct InForce(());

/// Looks for later news.
pub(super) fn judge(
    judging: &mut Judging,
    dated: &Dated<'_>,
    news: &News<'_>,
    holder: Option<&HolderReport>,
    policy: &Policy<'_>,
) -> Option<InForce> {
    let looked_up = dated.looked_up();
    let authentic = looked_up.evidenced().authentic();
    let sign_off = authentic.sign_off();
    let issuer = &sign_off.issuer_id;
    let before = judging.report.reasons.len();
    if let Some((withdrawal, from)) = news.withdrawal(&sign_off.id, issuer) {
        let (code, reason) = match withdrawal.replaced_by {
            Some(_) => (Code::Superseded, Outcome::Superseded),
            None => (Code::Withdrawn, Outcome::Withdrawn),
        };
        judging
            .found(Finding::new(code, format!("on {}, word from the {}", withdrawal.created, from.as_str())));
        judging.reason(reason);
        judging.report.withdrawn = Some(WithdrawnReport {
            on: withdrawal.created,
            reason: withdrawal.reason.clone(),
            replaced_by: withdrawal.replaced_by.clone(),
            from: from.clone(),
        });
    }
    if let Some((since, from)) = news.lost(issuer) {
        judging.found(Finding::new(Code::KeyLost, format!("since {since}, word from the {}", from.as_str())));
        judging.reason(Outcome::KeyRevoked);
        judging.report.key_lost = Some(KeyLostReport { since, from: from.clone() });
    } else if let Some(by) = news.successor(issuer) {
        judging.found(Finding::new(Code::KeySucceeded, format!("followed by {by}")));
    }
    let as_of = newest_word(authentic.signed_at(), news.newest_from(issuer), holder, policy);
    judging.report.status_as_of = as_of;
    if let Some(days) = policy.max_status_age_days
        && as_of.is_none_or(|as_of| as_of.date().days_until(policy.at.date()) > i64::from(days))
    {
        judging.found(Finding::new(Code::StatusTooOld, format!("older than {days} days")));
        judging.reason(Outcome::StatusUnknown);
    }
    if sign_off.has_status_list {
        judging.found(Finding::new(Code::StatusNotSupported, "names a list that is kept elsewhere"));
        judging.reason(Outcome::StatusUnknown);
    }
    let news_state = match judging.report.reasons[before..].iter().min() {
        Some(Outcome::Withdrawn | Outcome::Superseded) => StepState::Failed,
        Some(_) => StepState::Undecided,
        None if looked_up.is_known() => StepState::Passed,
        None => StepState::NotAnswered,
    };
    judging.steps.set(Step::Status, news_state);
    judging.report.checks.status = check(judging, looked_up.is_known());
    let holds = judging.report.reasons.is_empty()
        && looked_up.is_known()
        && looked_up.evidenced().all_here()
        && dated.is_in_time()
        && judging.report.checks.status.indication == Indication::Passed;
    holds.then_some(InForce(()))
}

/// The newest date on which anybody who would know spoke: the signer, or the holder who presents it. A date ahead
/// of a running clock says nothing.
fn newest_word(
    signed: Timestamp,
    spoken: Option<Timestamp>,
    holder: Option<&HolderReport>,
    policy: &Policy<'_>,
) -> Option<Timestamp> {
    let words = [Some(signed), spoken, holder.map(|holder| holder.created)];
    let latest = policy.at.plus_seconds(CLOCK_SKEW);
    words.into_iter().flatten().filter(|word| policy.clock == Clock::Chosen || *word <= latest).max()
}

/// The fourth question, over dates and news together.
fn check(judging: &Judging, is_known: bool) -> CheckState {
    let ours = |reason: &&Outcome| !matches!(reason, Outcome::Incomplete | Outcome::SignerUnknown);
    match judging.report.reasons.iter().filter(ours).min() {
        None if is_known => CheckState::PASSED,
        None => CheckState::NOT_EVALUATED,
        Some(Outcome::KeyRevoked) => CheckState::undecided(SubIndication::RevokedNoPoe),
        Some(Outcome::StatusUnknown) => CheckState::undecided(SubIndication::TryLater),
        Some(_) => CheckState { indication: Indication::Failed, sub: None },
    }
}
