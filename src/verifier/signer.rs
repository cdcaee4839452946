//! Step 8, trust: whether the reader knows the key, or lets somebody vouch for it. An unknown key is not success, and it is not a fault either.

use crate::credential::Form;

use super::binding::Standing;
use super::code::Code;
use super::evidence::Evidenced;
use super::finding::Finding;
use super::judging::Judging;
use super::news::News;
use super::outcome::{Outcome, SubIndication};
use super::policy::Policy;
use super::report::CheckState;
use super::step::{Step, StepState};
use super::vouched;

/// A sign-off whose signer was looked up.
pub(super) struct LookedUp<'a> {
    evidenced: Evidenced<'a>,
    is_known: bool,
}

impl<'a> LookedUp<'a> {
    /// The sign-off with its files.
    pub(super) fn evidenced(&self) -> &Evidenced<'a> {
        &self.evidenced
    }

    /// Whether the reader knows the key.
    pub(super) fn is_known(&self) -> bool {
        self.is_known
    }
}

/// Looks the key up; only for a sign-off that stands on something.
pub(super) fn look_up<'a>(
    judging: &mut Judging,
    evidenced: Evidenced<'a>,
    _standing: &Standing<'_>,
    news: &News<'_>,
    policy: &Policy<'_>,
) -> LookedUp<'a> {
    let authentic = evidenced.authentic();
    let entry = policy.trust.by_key(authentic.key());
    let signed_on = authentic.signed_at().date();
    // a statement does not say when it was signed, so it may have been later
    let is_dated = authentic.sign_off().form == Form::Badge;
    let ended = entry.and_then(|entry| entry.not_after).filter(|last| !is_dated || signed_on > *last);
    if let Some(last) = ended {
        judging.found(Finding::new(Code::TrustEnded, format!("trusted for what was signed until {last}")));
    } else if entry.is_none() {
        judging.report.vouched = vouched::look_for(judging, authentic, news, policy);
        if judging.report.vouched.is_none() {
            judging.found(Finding::new(Code::SignerUnknown, authentic.key().fingerprint()));
        }
    }
    judging.report.trust = entry.filter(|_| ended.is_none()).cloned();
    let is_known = judging.report.signer_is_known();
    if is_known {
        judging.report.checks.trust = CheckState::PASSED;
        judging.steps.set(Step::Trust, StepState::Passed);
    } else {
        judging.report.checks.trust = CheckState::undecided(SubIndication::NoCertificateChainFound);
        judging.steps.set(Step::Trust, StepState::Undecided);
        judging.reason(Outcome::SignerUnknown);
    }
    LookedUp { evidenced, is_known }
}
