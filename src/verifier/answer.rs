//! The answer: all findings and states gathered, and one outcome from them.
//!
//! *Holds* takes two things: no reason against it, and a value that only the last step makes. Either alone is not
//! enough, so a step that is forgotten cannot turn into good news.

use super::code::{Code, Weight};
use super::deposit_report::DepositReport;
use super::deposits;
use super::finding::Finding;
use super::foreign;
use super::in_force::InForce;
use super::judging::{Judging, Steps};
use super::news::News;
use super::outcome::{Outcome, Unread};
use super::policy::Policy;
use super::report::{HolderReport, Report, SourceFacts};
use super::step::{Step, StepState};

/// Sign-offs in force, at least one and all that count; or, where there is no sign-off, deposits that all hold.
pub(super) struct AllInForce {
    _each: Vec<InForce>,
}

impl AllInForce {
    pub(super) fn of(each: Vec<InForce>) -> Option<AllInForce> {
        (!each.is_empty()).then_some(AllInForce { _each: each })
    }

    pub(super) fn of_deposits(reports: &[DepositReport]) -> Option<AllInForce> {
        deposits::all_hold(reports).then_some(AllInForce { _each: Vec::new() })
    }
}

/// A report in the making.
pub(super) struct Answer {
    pub(super) report: Report,
    pub(super) steps: Steps,
}

impl Answer {
    /// At the start nothing is answered.
    pub(super) fn new(name: &str, media_type: &'static str, policy: &Policy<'_>) -> Answer {
        let source =
            SourceFacts { name: name.to_owned(), len: None, digest: None, manifest_digest: None, media_type };
        let report = Report {
            source,
            at: policy.at,
            outcome: Outcome::StatusUnknown,
            reasons: Vec::new(),
            steps: Vec::new(),
            holder: None,
            credentials: Vec::new(),
            foreign: None,
            deposits: Vec::new(),
            not_signed: Vec::new(),
            findings: Vec::new(),
            format_found: None,
        };
        Answer { report, steps: Steps::unanswered() }
    }

    /// Takes in what is known of the holder's key and signature besides whether it fits.
    pub(super) fn hear_of_holder(&mut self, holder: &HolderReport, news: &News<'_>, policy: &Policy<'_>) {
        let mut doubt = |code, detail: String, reason| {
            self.report.findings.push(Finding::new(code, detail));
            self.report.reasons.push(reason);
            if self.steps.get(Step::Presented) == StepState::Passed {
                self.steps.set(Step::Presented, StepState::Undecided);
            }
        };
        if let Some((since, from)) = news.lost(&holder.did) {
            let detail = format!("since {since}, word from the {}", from.as_str());
            doubt(Code::HolderKeyLost, detail, Outcome::KeyRevoked);
        }
        if let Some(ended) = holder.expires.filter(|ended| *ended < policy.at && !policy.clock_is_unset()) {
            doubt(Code::PresentationEnded, format!("ended {ended}"), Outcome::Expired);
        }
    }

    /// Takes in what became of the sign-offs.
    pub(super) fn take_in(&mut self, judged: impl Iterator<Item = Judging>) {
        let mut folded: Option<Vec<StepState>> = None;
        for judging in judged {
            let Judging { report, steps, findings } = judging;
            let states: Vec<StepState> = OF_SIGN_OFFS.iter().map(|step| steps.get(*step)).collect();
            // a statement about oneself cannot leave a question open, but it can be false
            let is_unread = matches!(report.outcome, Outcome::Unreadable(Unread::TooNew | Unread::Damaged));
            if report.counts || is_unread || states.contains(&StepState::Failed) {
                folded = Some(match folded {
                    Some(before) => {
                        before.into_iter().zip(states).map(|(one, other)| one.and(other)).collect()
                    }
                    None => states,
                });
            }
            if report.counts {
                self.report.reasons.extend(&report.reasons);
            }
            self.report.findings.extend(findings);
            self.report.credentials.push(report);
        }
        for (step, state) in OF_SIGN_OFFS.into_iter().zip(folded.into_iter().flatten()) {
            self.steps.set(step, state);
        }
    }

    /// Takes in what became of the deposits: one that counts is a reason like a sign-off, and the others are not.
    pub(super) fn take_in_deposits(&mut self, reports: Vec<DepositReport>, policy: &Policy<'_>) {
        let carries_sign_offs = self.report.sign_offs().next().is_some();
        let mut is_first = !carries_sign_offs;
        for check in reports.iter().filter(|one| one.counts).filter_map(|one| one.check.as_ref()) {
            for (step, state) in foreign::states(check).into_iter().filter(|(step, _)| *step != Step::Opened)
            {
                let before = if is_first { StepState::NotApplicable } else { self.steps.get(step) };
                self.steps.set(step, before.and(state));
            }
            is_first = false;
            self.report.reasons.extend(&check.reasons);
            if check.outcome != Outcome::Holds {
                self.report.reasons.push(check.outcome);
            }
            let is_told = self.report.findings.iter().any(|finding| finding.code == Code::ClockUnusable);
            if policy.clock_is_unset() && !is_told {
                self.report.findings.push(Finding::new(Code::ClockUnusable, "no clock to judge dates by"));
                self.report.reasons.push(Outcome::StatusUnknown);
            }
        }
        for finding in &self.report.findings {
            let state = match finding.code {
                Code::DepositUnreadable | Code::TooManyDeposits => StepState::Failed,
                Code::DepositTooNew => StepState::Undecided,
                _ => continue,
            };
            self.steps.set(Step::Conforming, self.steps.get(Step::Conforming).and(state));
        }
        self.report.deposits = reports;
    }

    /// One outcome from everything that was found.
    pub(super) fn conclude(self, held: Option<AllInForce>) -> Report {
        let Answer { mut report, steps } = self;
        let has_opened = steps.get(Step::Opened) == StepState::Passed;
        let carries_one = report.sign_offs().next().is_some()
            || report.deposits.iter().any(|deposit| deposit.outcome().is_some());
        let is_open =
            report.findings.iter().any(|finding| matches!(finding.code.weight(), Weight::Unread(_)));
        if has_opened && !carries_one && !is_open {
            report.findings.push(Finding::new(Code::NothingToCheck, "no sign-off is here"));
        }
        for finding in &report.findings {
            match finding.code.weight() {
                Weight::Fails(failure) => report.reasons.push(Outcome::Failed(failure)),
                Weight::Unread(unread) => report.reasons.push(Outcome::Unreadable(unread)),
                Weight::Warns | Weight::Notes => {}
            }
        }
        if report.reasons.is_empty() && held.is_none() {
            report.reasons.push(Outcome::Unreadable(Unread::NothingToCheck));
        }
        report.reasons.sort_unstable();
        report.reasons.dedup();
        report.outcome = report.reasons.first().copied().unwrap_or(Outcome::Holds);
        report.findings.sort_by_key(Finding::step);
        report.steps = steps.into_list();
        report
    }
}

const OF_SIGN_OFFS: [Step; 6] =
    [Step::Conforming, Step::Authentic, Step::Evidence, Step::Trust, Step::Time, Step::Status];
