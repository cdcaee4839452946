//! The one place where an outcome becomes a sentence: for the screen, for `--quiet`, for the JSON message and for pages.
//!
//! The words *verified*, *valid* and *authentic* do not appear: a check compares bytes and keys, and says so.
//! Good news needs a signer on the reader's own list; bad news does not.

use super::deposit_headline;
use crate::time::Date;
use crate::verifier::{Code, CredentialReport, Failure, Outcome, Report, Unread};

/// What a headline depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it came to.
    pub outcome: Outcome,
    /// Whether the reader knows the key that signed.
    pub signer_known: bool,
    /// Whether the reader knows it by somebody's word alone.
    pub vouched: bool,
    /// Whether the reader trusts the key for what it signed earlier, and not for this.
    pub trust_ended: bool,
    /// The day that the outcome speaks of: of the end, the beginning, the withdrawal.
    pub date: Option<Date>,
}

impl Facts {
    /// The facts of one sign-off.
    pub fn of(credential: &CredentialReport) -> Facts {
        Facts::with(credential, credential.outcome)
    }

    /// The facts of a whole report, told by the sign-off that decided it.
    pub fn of_report(report: &Report) -> Facts {
        match worst(report) {
            Some(credential) => Facts {
                trust_ended: report.findings.iter().any(|finding| finding.code == Code::TrustEnded),
                ..Facts::with(credential, report.outcome)
            },
            None => Facts::elsewhere(report),
        }
    }

    /// The facts of what somebody else issued, or of nothing at all.
    fn elsewhere(report: &Report) -> Facts {
        let foreign = report.foreign.as_deref();
        let said = foreign.and_then(|foreign| foreign.credential.as_ref());
        let moment = match report.outcome {
            Outcome::Expired => said.and_then(|said| said.valid_until),
            Outcome::NotYetValid => said.and_then(|said| said.valid_from),
            _ => None,
        };
        let signer_known = foreign.is_some_and(|foreign| foreign.known.is_some());
        Facts {
            outcome: report.outcome,
            signer_known,
            vouched: false,
            trust_ended: false,
            date: moment.map(|moment| moment.date()),
        }
    }

    fn with(credential: &CredentialReport, outcome: Outcome) -> Facts {
        let signed = credential.sign_off.as_ref();
        let moment = match outcome {
            Outcome::Expired => signed.and_then(|signed| signed.valid_until),
            Outcome::NotYetValid => signed.map(|signed| signed.valid_from),
            Outcome::Withdrawn | Outcome::Superseded => credential.withdrawn.as_ref().map(|news| news.on),
            _ => None,
        };
        Facts {
            outcome,
            signer_known: credential.signer_is_known(),
            vouched: credential.vouched.is_some(),
            trust_ended: false,
            date: moment.map(|moment| moment.date()),
        }
    }
}

/// The sign-off with the most important news: of equals the first.
pub fn worst(report: &Report) -> Option<&CredentialReport> {
    report.sign_offs().min_by_key(|credential| credential.outcome).or(report.credentials.first())
}

/// The sentence for a whole report, of one sign-off or several.
pub fn of_report(report: &Report) -> String {
    if let Some(sentence) = report.foreign.as_deref().and_then(super::foreign_headline::sentence) {
        return sentence.to_owned();
    }
    let outcomes: Vec<Outcome> = report.sign_offs().map(|credential| credential.outcome).collect();
    if deposit_headline::is_only_deposits(report) {
        return deposit_headline::ONLY_DEPOSITS.to_owned();
    }
    if let Some(outcome) = deposit_headline::decisive(report) {
        return with_deposit(report, &outcomes, deposit_headline::clause(outcome));
    }
    let decided_by_one = outcomes.iter().min() == Some(&report.outcome);
    if outcomes.len() > 1 && decided_by_one {
        of_several(&outcomes)
    } else {
        sentence(&Facts::of_report(report))
    }
}

/// What the sign-offs come to, and the news of the deposit that decided the whole.
fn with_deposit(report: &Report, outcomes: &[Outcome], told: &str) -> String {
    let own = match outcomes {
        [] => return format!("No sign-off is in it, and something that others issued {told}."),
        [_] => worst(report).map(|worst| sentence(&Facts::of(worst))).unwrap_or_default(),
        several => of_several(several),
    };
    let but = if outcomes.iter().all(|outcome| *outcome == Outcome::Holds) { "but" } else { "and" };
    format!("{}; {but} something that others issued {told}.", own.trim_end_matches('.'))
}

/// How a headline looks before anyone reads it. Always printed with words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// It holds.
    Good,
    /// Not established.
    Ask,
    /// Not in force.
    Alert,
    /// Changed, withdrawn, or a no.
    Bad,
    /// Not answered.
    Silent,
}

/// The symbol in front of an outcome's sentence.
pub fn symbol(outcome: Outcome) -> Symbol {
    match outcome {
        Outcome::Holds => Symbol::Good,
        Outcome::SignerUnknown | Outcome::Incomplete | Outcome::StatusUnknown => Symbol::Ask,
        Outcome::KeyRevoked | Outcome::Expired | Outcome::NotYetValid | Outcome::Superseded => Symbol::Alert,
        Outcome::Failed(_) | Outcome::Withdrawn => Symbol::Bad,
        Outcome::Unreadable(_) => Symbol::Silent,
    }
}

/// The sentence for one sign-off, or for a bundle with one.
pub fn sentence(facts: &Facts) -> String {
    let known = facts.signer_known;
    let signed = match facts.vouched {
        true => "Signed by someone whom a signer you trust vouches for",
        false => "Signed by someone you trust",
    };
    let and_unknown = if known { "" } else { ", and signed by a key you do not know" };
    match facts.outcome {
        Outcome::Holds => format!("{signed}, and unchanged since."),
        Outcome::SignerUnknown if facts.trust_ended => {
            "Unchanged and signed, but by a key you trust for earlier sign-offs alone.".to_owned()
        }
        Outcome::SignerUnknown => "Unchanged and signed, but by a key you do not know.".to_owned(),
        Outcome::Incomplete if known => format!("{signed}, but a file is missing."),
        Outcome::Incomplete => "Signed by a key you do not know, and a file is missing.".to_owned(),
        Outcome::KeyRevoked if known => {
            "Signed with a key that its owner has since reported lost.".to_owned()
        }
        Outcome::KeyRevoked => {
            "Signed with a key you do not know, since reported lost by its owner.".to_owned()
        }
        Outcome::StatusUnknown if known => {
            format!("{signed}; whether it still stands is not known.")
        }
        Outcome::StatusUnknown => {
            "Signed by a key you do not know; whether it still stands is not known either.".to_owned()
        }
        Outcome::Expired if known => format!("{signed}, but it ended{}.", on(facts.date)),
        Outcome::Expired => format!("Ended{}{and_unknown}.", on(facts.date)),
        Outcome::NotYetValid if known => {
            format!("{signed}, but it begins{}.", on(facts.date))
        }
        Outcome::NotYetValid => format!("Begins{}{and_unknown}.", on(facts.date)),
        Outcome::Withdrawn if known => format!("Withdrawn by the signer{}.", on(facts.date)),
        Outcome::Withdrawn => format!("Withdrawn by the signer{}{and_unknown}.", on(facts.date)),
        Outcome::Superseded if known => {
            format!("Replaced by the signer{} with a newer statement.", on(facts.date))
        }
        Outcome::Superseded => {
            format!("Replaced by the signer{} with a newer statement{and_unknown}.", on(facts.date))
        }
        Outcome::Failed(failure) => failed(failure).to_owned(),
        Outcome::Unreadable(unread) => unread_sentence(unread).to_owned(),
    }
}

fn failed(failure: Failure) -> &'static str {
    match failure {
        Failure::Hash => "Changed after it was signed. Do not rely on it.",
        Failure::Signature => "The signature does not fit. Do not rely on it.",
        Failure::Format => "Not in the form that it promises. Do not rely on it.",
        Failure::Constraints => "Signed, but not for what you asked. Do not rely on it for that.",
    }
}

fn unread_sentence(unread: Unread) -> &'static str {
    match unread {
        Unread::TooNew => "Newer than this program, so it has not been checked.",
        Unread::Damaged => "Could not be read; not checked.",
        Unread::NothingToCheck => "There is nothing to check in it.",
    }
}

/// The news of a whole report without its subject, for one line among many.
pub fn clause_of(report: &Report) -> String {
    match deposit_headline::decisive(report) {
        Some(outcome) => format!("something that others issued {}", deposit_headline::clause(outcome)),
        None => clause(&Facts::of_report(report)),
    }
}

/// Whether it is a deposit that decided what a whole report comes to.
pub fn is_by_deposit(report: &Report) -> bool {
    deposit_headline::decisive(report).is_some()
}

/// One or two words for a whole report, for a table's last column.
pub fn word_of(report: &Report) -> &'static str {
    if is_by_deposit(report) { "see deposits" } else { word(report.outcome) }
}

/// The same news without its subject, for one line among many: `changed after it was signed`.
pub fn clause(facts: &Facts) -> String {
    let unknown = if facts.signer_known { "" } else { ", signed by a key you do not know" };
    match facts.outcome {
        Outcome::Holds if facts.vouched => "signed by someone vouched for, and unchanged since".to_owned(),
        Outcome::Holds => "signed by someone you trust, and unchanged since".to_owned(),
        Outcome::SignerUnknown if facts.trust_ended => {
            "signed by a key you trust for earlier sign-offs alone".to_owned()
        }
        Outcome::SignerUnknown => "signed by a key you do not know".to_owned(),
        Outcome::Incomplete => format!("a file is missing{unknown}"),
        Outcome::KeyRevoked => "signed with a key since reported lost".to_owned(),
        Outcome::StatusUnknown => format!("whether it still stands is not known{unknown}"),
        Outcome::Expired => format!("ended{}{unknown}", on(facts.date)),
        Outcome::NotYetValid => format!("begins{}{unknown}", on(facts.date)),
        Outcome::Withdrawn => format!("withdrawn by the signer{}{unknown}", on(facts.date)),
        Outcome::Superseded => format!("replaced by the signer{}{unknown}", on(facts.date)),
        Outcome::Failed(Failure::Hash) => "changed after it was signed".to_owned(),
        Outcome::Failed(Failure::Signature) => "the signature does not fit".to_owned(),
        Outcome::Failed(Failure::Format) => "not in the form it promises".to_owned(),
        Outcome::Failed(Failure::Constraints) => "not for what you asked".to_owned(),
        Outcome::Unreadable(Unread::TooNew) => "newer than this program, not checked".to_owned(),
        Outcome::Unreadable(Unread::Damaged) => "could not be read, not checked".to_owned(),
        Outcome::Unreadable(Unread::NothingToCheck) => "there is nothing to check in it".to_owned(),
    }
}

/// One or two words for a table's last column.
pub fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Holds => "holds",
        Outcome::SignerUnknown => "unknown signer",
        Outcome::Incomplete => "file missing",
        Outcome::KeyRevoked => "key lost",
        Outcome::StatusUnknown => "not known",
        Outcome::Expired => "ended",
        Outcome::NotYetValid => "not yet",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Superseded => "replaced",
        Outcome::Failed(Failure::Hash) => "changed",
        Outcome::Failed(Failure::Signature) => "does not fit",
        Outcome::Failed(Failure::Format) => "broken form",
        Outcome::Failed(Failure::Constraints) => "not as asked",
        Outcome::Unreadable(Unread::TooNew) => "too new",
        Outcome::Unreadable(Unread::Damaged) => "not readable",
        Outcome::Unreadable(Unread::NothingToCheck) => "nothing there",
    }
}

/// `2 placements. 1 holds, 1 is signed by a key you do not know.`
pub fn of_several(outcomes: &[Outcome]) -> String {
    let mut counted: Vec<(&'static str, &'static str, usize)> = Vec::new();
    let mut sorted = outcomes.to_vec();
    sorted.sort_by(|one, other| other.cmp(one));
    for outcome in sorted {
        let (one, many) = verb(outcome);
        match counted.iter_mut().find(|(known, _, _)| *known == one) {
            Some((_, _, count)) => *count += 1,
            None => counted.push((one, many, 1)),
        }
    }
    let parts: Vec<String> = counted
        .iter()
        .map(|(one, many, count)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    format!("{} placements. {}.", outcomes.len(), parts.join(", "))
}

fn verb(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Holds => ("holds", "hold"),
        Outcome::SignerUnknown => {
            ("is signed by a key you do not know", "are signed by keys you do not know")
        }
        Outcome::Incomplete => ("lacks a file", "lack a file"),
        Outcome::KeyRevoked => ("is signed with a key reported lost", "are signed with keys reported lost"),
        Outcome::StatusUnknown => ("may or may not stand", "may or may not stand"),
        Outcome::Expired => ("has ended", "have ended"),
        Outcome::NotYetValid => ("has not begun", "have not begun"),
        Outcome::Withdrawn => ("was withdrawn", "were withdrawn"),
        Outcome::Superseded => ("was replaced", "were replaced"),
        Outcome::Failed(Failure::Hash) => ("was changed", "were changed"),
        Outcome::Failed(Failure::Signature) => {
            ("has a signature that does not fit", "have signatures that do not fit")
        }
        Outcome::Failed(Failure::Format) => ("is broken in form", "are broken in form"),
        Outcome::Failed(Failure::Constraints) => ("is not for what you asked", "are not for what you asked"),
        Outcome::Unreadable(_) => ("was not checked", "were not checked"),
    }
}

fn on(date: Option<Date>) -> String {
    date.map(|date| format!(" on {}", date.people())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(outcome: Outcome, signer_known: bool) -> Facts {
        Facts {
            outcome,
            signer_known,
            vouched: false,
            trust_ended: false,
            date: Date::parse("2029-07-24").ok(),
        }
    }

    #[test]
    fn every_outcome_has_its_sentence() {
        let known = |outcome| sentence(&facts(outcome, true));
        assert_eq!(known(Outcome::Holds), "Signed by someone you trust, and unchanged since.");
        assert_eq!(known(Outcome::Incomplete), "Signed by someone you trust, but a file is missing.");
        assert_eq!(known(Outcome::KeyRevoked), "Signed with a key that its owner has since reported lost.");
        assert_eq!(
            known(Outcome::StatusUnknown),
            "Signed by someone you trust; whether it still stands is not known."
        );
        assert_eq!(known(Outcome::Expired), "Signed by someone you trust, but it ended on 24 Jul 2029.");
        assert_eq!(known(Outcome::NotYetValid), "Signed by someone you trust, but it begins on 24 Jul 2029.");
        assert_eq!(known(Outcome::Withdrawn), "Withdrawn by the signer on 24 Jul 2029.");
        assert_eq!(
            known(Outcome::Superseded),
            "Replaced by the signer on 24 Jul 2029 with a newer statement."
        );
        assert_eq!(known(Outcome::Failed(Failure::Hash)), "Changed after it was signed. Do not rely on it.");
        assert_eq!(
            known(Outcome::Failed(Failure::Signature)),
            "The signature does not fit. Do not rely on it."
        );
        assert_eq!(known(Outcome::Unreadable(Unread::Damaged)), "Could not be read; not checked.");
    }

    #[test]
    fn bad_news_is_told_whoever_signed() {
        let unknown = |outcome| sentence(&facts(outcome, false));
        assert_eq!(unknown(Outcome::SignerUnknown), "Unchanged and signed, but by a key you do not know.");
        assert_eq!(unknown(Outcome::Expired), "Ended on 24 Jul 2029, and signed by a key you do not know.");
        assert_eq!(
            unknown(Outcome::Withdrawn),
            "Withdrawn by the signer on 24 Jul 2029, and signed by a key you do not know."
        );
        assert_eq!(unknown(Outcome::Incomplete), "Signed by a key you do not know, and a file is missing.");
    }

    #[test]
    fn somebody_elses_word_is_told_as_that() {
        let vouched = |outcome| sentence(&Facts { vouched: true, ..facts(outcome, true) });
        assert_eq!(
            vouched(Outcome::Holds),
            "Signed by someone whom a signer you trust vouches for, and unchanged since."
        );
        assert_eq!(
            vouched(Outcome::Expired),
            "Signed by someone whom a signer you trust vouches for, but it ended on 24 Jul 2029."
        );
    }

    #[test]
    fn several_are_counted_best_first() {
        assert_eq!(
            of_several(&[Outcome::SignerUnknown, Outcome::Holds]),
            "2 placements. 1 holds, 1 is signed by a key you do not know."
        );
        assert_eq!(
            of_several(&[Outcome::Failed(Failure::Hash), Outcome::Holds, Outcome::Holds]),
            "3 placements. 2 hold, 1 was changed."
        );
    }
}
