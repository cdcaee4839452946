//! What the terms of a placement forbid on a day, clause by clause, with the words and the source of each.

use super::agreement::{Answer, Clause, Condition, Owner, State, Terms};
use crate::time::Date;

/// What is to be done with a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is named, as on a page or in a résumé.
    Naming,
    /// A sign-off about it is handed on, which names it and says what was done.
    HandingOn,
    /// The work is shown.
    ShowingWork,
    /// Work that is marked confidential is shown.
    ShowingConfidential,
}

/// One clause that forbids a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbidden {
    /// The clause.
    pub clause: Clause,
    /// The answer that forbids it, with words and source.
    pub answer: Answer,
}

impl Terms {
    /// The clauses that forbid a use on `today`; an unknown one forbids nothing, and one with a day opens by itself
    /// on that day.
    ///
    /// Showing work is naming the placement too. Work that is the organisation's by now may be shown only where
    /// `reuse` says so.
    #[must_use]
    pub fn forbids(&self, what: Use, today: Date) -> Vec<Forbidden> {
        let clauses: &[Clause] = match what {
            Use::Naming => &[Clause::Naming],
            Use::HandingOn => &[Clause::Naming, Clause::Confidentiality],
            Use::ShowingWork | Use::ShowingConfidential => {
                &[Clause::Ownership, Clause::Naming, Clause::Confidentiality, Clause::Reuse]
            }
        };
        let forbidding = |clause: &Clause| {
            let answer = self.answer(*clause)?;
            let forbids = match clause {
                Clause::Ownership => self.is_theirs(today),
                Clause::Confidentiality if what == Use::ShowingConfidential => {
                    matches!(answer.state, State::Yes | State::Partly)
                }
                Clause::Confidentiality => answer.state == State::Yes,
                _ => answer.state == State::No,
            };
            let opened = answer.until.is_some_and(|until| until <= today);
            (forbids && !opened).then(|| Forbidden { clause: *clause, answer: answer.clone() })
        };
        clauses.iter().filter_map(forbidding).collect()
    }

    /// Whether the work is the organisation's alone by `today`, and nothing says that it may be used again.
    fn is_theirs(&self, today: Date) -> bool {
        let Some(ownership) = &self.ownership else { return false };
        let is_met = match ownership.depends_on {
            None | Some(Condition::Nothing) => true,
            Some(Condition::Payment | Condition::Credential) => ownership.met.is_some_and(|day| day <= today),
        };
        ownership.owner == Some(Owner::Them) && is_met && self.state(Clause::Reuse) == State::Unknown
    }

    /// Until when work that is marked confidential stays so by these terms.
    #[must_use]
    pub fn confidential_until(&self) -> Option<Date> {
        self.confidentiality
            .as_ref()
            .filter(|answer| answer.state != State::No)
            .and_then(|answer| answer.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn answer(state: State, until: Option<&str>) -> Option<Answer> {
        Some(Answer { state, until: until.map(day), ..Answer::default() })
    }

    fn clauses(terms: &Terms, what: Use, today: &str) -> Vec<Clause> {
        terms.forbids(what, day(today)).into_iter().map(|forbidden| forbidden.clause).collect()
    }

    #[test]
    fn nothing_written_down_forbids_nothing() {
        assert!(clauses(&Terms::default(), Use::ShowingConfidential, "2026-07-24").is_empty());
    }

    #[test]
    fn a_prohibition_opens_by_itself_on_its_day() {
        let terms = Terms { naming: answer(State::No, Some("2027-01-01")), ..Terms::default() };
        assert_eq!(clauses(&terms, Use::Naming, "2026-12-31"), [Clause::Naming]);
        assert!(clauses(&terms, Use::Naming, "2027-01-01").is_empty());
    }

    #[test]
    fn confidential_in_part_closes_only_what_is_marked() {
        let partly = Terms { confidentiality: answer(State::Partly, None), ..Terms::default() };
        assert!(clauses(&partly, Use::ShowingWork, "2026-07-24").is_empty());
        assert_eq!(clauses(&partly, Use::ShowingConfidential, "2026-07-24"), [Clause::Confidentiality]);
        let all = Terms { confidentiality: answer(State::Yes, None), ..Terms::default() };
        assert!(clauses(&partly, Use::HandingOn, "2026-07-24").is_empty());
        assert_eq!(clauses(&all, Use::HandingOn, "2026-07-24"), [Clause::Confidentiality]);
        assert!(clauses(&all, Use::Naming, "2026-07-24").is_empty());
        assert_eq!(clauses(&all, Use::ShowingWork, "2026-07-24"), [Clause::Confidentiality]);
    }

    #[test]
    fn their_work_is_shown_only_with_leave_and_a_condition_has_to_be_met_first() {
        let owned = |depends_on, met: Option<&str>, reuse| Terms {
            ownership: Some(Answer {
                state: State::Yes,
                owner: Some(Owner::Them),
                depends_on,
                met: met.map(day),
                ..Answer::default()
            }),
            reuse: answer(reuse, None),
            ..Terms::default()
        };
        let today = "2026-08-01";
        let theirs = owned(Some(Condition::Nothing), None, State::Unknown);
        assert_eq!(clauses(&theirs, Use::ShowingWork, today), [Clause::Ownership]);
        assert!(clauses(&owned(None, None, State::Yes), Use::ShowingWork, today).is_empty());
        assert_eq!(clauses(&owned(None, None, State::No), Use::ShowingWork, today), [Clause::Reuse]);
        let unpaid = owned(Some(Condition::Payment), None, State::Unknown);
        assert!(clauses(&unpaid, Use::ShowingWork, today).is_empty());
        let paid = owned(Some(Condition::Payment), Some("2026-07-31"), State::Unknown);
        assert_eq!(clauses(&paid, Use::ShowingWork, today), [Clause::Ownership]);
        assert!(clauses(&paid, Use::ShowingWork, "2026-07-30").is_empty());
    }
}
