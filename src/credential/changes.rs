//! What a signer changed in a draft before signing, so that the student can see it and decide.

use super::basis;
use super::claims::Claims;
use super::signoff::SignOff;

/// One difference between what was asked for and what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about: `Statement`, `Result of item 2`, `Good until`.
    pub about: String,
    /// The words before; nothing if there were none.
    pub before: Option<String>,
    /// The words now; nothing if they are gone.
    pub now: Option<String>,
}

/// The differences, in the order of the text.
#[must_use]
pub fn between(draft: &Claims, signed: &SignOff) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut compare = |about: String, before: Option<String>, now: Option<String>| {
        if before != now {
            changes.push(Change { about, before, now });
        }
    };
    let claims = &signed.claims;
    match basis::added(&draft.statement, &claims.statement) {
        Some(sentence) => compare("How they know".into(), None, Some(sentence.to_owned())),
        None => compare("Statement".into(), Some(draft.statement.clone()), Some(claims.statement.clone())),
    }
    compare("Title".into(), Some(draft.title.clone()), Some(claims.title.clone()));
    compare("Organisation".into(), draft.organisation.clone(), claims.organisation.clone());
    compare("Name".into(), draft.subject.name.clone(), claims.subject.name.clone());
    compare("Role".into(), draft.role.clone(), claims.role.clone());
    compare("First day".into(), people(draft.subject.starts), people(claims.subject.starts));
    compare("Last day".into(), people(draft.subject.ends), people(claims.subject.ends));
    for index in 0..draft.items.len().max(claims.items.len()) {
        let (before, now) = (draft.items.get(index), claims.items.get(index));
        let number = index + 1;
        compare(format!("Item {number}"), before.map(|i| i.title.clone()), now.map(|i| i.title.clone()));
        compare(
            format!("Asked of item {number}"),
            before.map(|i| i.asked.clone()),
            now.map(|i| i.asked.clone()),
        );
        compare(
            format!("Result of item {number}"),
            before.and_then(|i| i.result.clone()),
            now.and_then(|i| i.result.clone()),
        );
    }
    compare("Good until".into(), None, signed.valid_until.map(|until| until.date().people_long()));
    changes
}

fn people(day: Option<crate::time::Date>) -> Option<String> {
    day.map(crate::time::Date::people_long)
}

#[cfg(test)]
mod tests {
    use super::super::{draft, sample, signoff};
    use super::*;

    #[test]
    fn an_end_date_and_a_reworded_statement_are_changes_and_marks_are_not() {
        let asked = draft::read(&sample::draft()).unwrap();
        let mut signed = signoff::read(&sample::sign_off()).unwrap();
        let end = Change { about: "Good until".into(), before: None, now: Some("24 July 2029".into()) };
        assert_eq!(between(&asked, &signed), std::slice::from_ref(&end));
        signed.claims.statement = basis::added_to(&asked.statement, &[basis::Basis::Output]);
        let how = Change {
            about: "How they know".into(),
            before: None,
            now: Some("I know this because I reviewed the output.".into()),
        };
        assert_eq!(between(&asked, &signed), [how, end.clone()]);
        signed.claims.statement = "I saw some of it.".into();
        let statement = Change {
            about: "Statement".into(),
            before: Some(asked.statement.clone()),
            now: Some("I saw some of it.".into()),
        };
        assert_eq!(between(&asked, &signed), [statement, end]);
    }
}
