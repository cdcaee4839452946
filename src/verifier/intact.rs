//! Step 3, complete bag to intact bag: every file has the digest that is listed for it.

use super::complete::{self, CompleteBag, Examined};
use super::finding::Finding;
use super::judging::Steps;
use super::step::{Step, StepState};

/// A complete bag in which every byte is as listed.
pub(super) struct IntactBag<'e> {
    _complete: CompleteBag<'e>,
}

/// What was changed is said even when the bag is not complete; intact is only a complete bag.
pub(super) fn check<'e>(
    examined: &'e Examined,
    complete: Option<CompleteBag<'e>>,
    steps: &mut Steps,
    findings: &mut Vec<Finding>,
) -> Option<IntactBag<'e>> {
    let faults = examined.report().faults.iter();
    let changed: Vec<Finding> =
        faults.map(complete::finding).filter(|found| found.step() == Step::Intact).collect();
    let is_unchanged = changed.is_empty();
    findings.extend(changed);
    steps.set(
        Step::Intact,
        match (is_unchanged, &complete) {
            (false, _) => StepState::Failed,
            (true, Some(_)) => StepState::Passed,
            (true, None) => StepState::NotAnswered,
        },
    );
    complete.filter(|_| is_unchanged).map(|complete| IntactBag { _complete: complete })
}
