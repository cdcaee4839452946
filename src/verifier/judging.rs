//! One sign-off on its way through the steps: its report, its findings and what became of each step so far.

use super::finding::Finding;
use super::outcome::{Indication, Outcome};
use super::report::{CheckState, Checks, Claimed, CredentialReport};
use super::step::{Step, StepState};

/// What became of every step; a step that nobody recorded is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Steps([StepState; Step::ALL.len()]);

impl Steps {
    pub(super) fn unanswered() -> Steps {
        Steps([StepState::NotAnswered; Step::ALL.len()])
    }

    pub(super) fn set(&mut self, step: Step, state: StepState) {
        self.0[step as usize] = state;
    }

    pub(super) fn get(&self, step: Step) -> StepState {
        self.0[step as usize]
    }

    pub(super) fn into_list(self) -> Vec<(Step, StepState)> {
        Step::ALL.into_iter().zip(self.0).collect()
    }
}

/// One sign-off on its way.
#[derive(Debug)]
pub(super) struct Judging {
    pub(super) report: CredentialReport,
    pub(super) steps: Steps,
    pub(super) findings: Vec<Finding>,
}

impl Judging {
    /// At the start nothing is answered.
    pub(super) fn start(path: Option<&str>) -> Judging {
        let unanswered = CheckState::NOT_EVALUATED;
        Judging {
            report: CredentialReport {
                path: path.map(str::to_owned),
                claimed: Claimed::default(),
                sign_off: None,
                proofs: Vec::new(),
                key: None,
                counts: true,
                checks: Checks {
                    integrity: unanswered,
                    proof: unanswered,
                    trust: unanswered,
                    status: unanswered,
                },
                trust: None,
                vouched: None,
                files: Vec::new(),
                withdrawn: None,
                key_lost: None,
                ends: None,
                status_as_of: None,
                outcome: Outcome::StatusUnknown,
                reasons: Vec::new(),
            },
            steps: Steps::unanswered(),
            findings: Vec::new(),
        }
    }

    /// Records a finding about this sign-off.
    pub(super) fn found(&mut self, finding: Finding) {
        let about = self.report.path.clone().or_else(|| self.report.claimed.id.clone());
        self.findings.push(match (finding.about.is_some(), about) {
            (false, Some(about)) => finding.about(about),
            _ => finding,
        });
    }

    /// Records a reason not to rely on it.
    pub(super) fn reason(&mut self, reason: Outcome) {
        self.report.reasons.push(reason);
    }

    /// Whether its own statement and signature have been found to fit.
    pub(super) fn proof_passed(&self) -> bool {
        self.report.checks.proof.indication == Indication::Passed
    }
}
