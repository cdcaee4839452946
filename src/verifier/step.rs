//! The steps of a check, in their one order, and what became of each.

/// A step. Each can be taken only with what the step before it made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The archive or the folder is read, and every byte of it is accounted for.
    Opened,
    /// Every file that is listed is here, and every file that is here is listed.
    Complete,
    /// Every file has the digest that is listed.
    Intact,
    /// The holder signed this very list, for this audience.
    Presented,
    /// Each sign-off has the form of a sign-off, and is about the holder.
    Conforming,
    /// Each sign-off is signed by the key that it names.
    Authentic,
    /// Each file that was signed for is the file here, or may be left out.
    Evidence,
    /// The key is on the trust list.
    Trust,
    /// It has begun and not ended.
    Time,
    /// It was not withdrawn, and its key not reported lost, as far as is known here.
    Status,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Taken, and passed.
    Passed,
    /// Taken, and it cannot decide: an unknown signer, a missing file, a date that cannot be judged.
    Undecided,
    /// Taken, and the answer is no.
    Failed,
    /// Not taken, because a step that it leans on did not pass. Never a pass.
    NotAnswered,
    /// Not taken, because there is nothing for it here: a lone sign-off has no bag. Never a pass.
    NotApplicable,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 10] = [
        Step::Opened,
        Step::Complete,
        Step::Intact,
        Step::Presented,
        Step::Conforming,
        Step::Authentic,
        Step::Evidence,
        Step::Trust,
        Step::Time,
        Step::Status,
    ];

    /// The stable name in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Opened => "opened",
            Step::Complete => "complete",
            Step::Intact => "intact",
            Step::Presented => "presented",
            Step::Conforming => "conforming",
            Step::Authentic => "authentic",
            Step::Evidence => "evidence",
            Step::Trust => "trust",
            Step::Time => "time",
            Step::Status => "status",
        }
    }
}

impl StepState {
    /// The stable name in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            StepState::Passed => "passed",
            StepState::Undecided => "undecided",
            StepState::Failed => "failed",
            StepState::NotAnswered => "not-answered",
            StepState::NotApplicable => "not-applicable",
        }
    }

    /// The less good of two: what a step came to for several sign-offs together.
    #[must_use]
    pub(crate) fn and(self, other: StepState) -> StepState {
        let rank = |state| match state {
            StepState::Failed => 0,
            StepState::Undecided => 1,
            StepState::NotAnswered => 2,
            StepState::Passed => 3,
            StepState::NotApplicable => 4,
        };
        if rank(self) <= rank(other) { self } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_not_taken_never_becomes_a_pass() {
        assert_eq!(StepState::NotAnswered.and(StepState::Passed), StepState::NotAnswered);
        assert_eq!(StepState::Passed.and(StepState::NotAnswered), StepState::NotAnswered);
        assert_eq!(StepState::Failed.and(StepState::Undecided), StepState::Failed);
        assert_eq!(StepState::NotApplicable.and(StepState::Passed), StepState::Passed);
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(Step::ALL.is_sorted());
    }
}
