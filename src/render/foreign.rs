//! A credential that somebody else issued, in words: what it says, and the four answers about it.

pub(super) mod brief;

use super::answers::known_as;
use super::escape::{quoted, visible};
use super::headline::Symbol;
use super::naming::{claim, day, issuer_known_as};
use super::page::{Next, Page, Row};
use crate::credential::foreign::{Foreign, Kind};
use crate::verifier::foreign::{Answer, ForeignCode, ForeignFinding, ForeignReport, Known};
use crate::verifier::{Failure, Outcome};

/// The page below the sentence.
pub(super) fn page(report: &ForeignReport, with_next_step: bool) -> Page {
    let open = matches!(report.outcome, Outcome::Holds | Outcome::SignerUnknown | Outcome::StatusUnknown);
    let cannot_show =
        "that the statement is true, that it is about the sender, or when it was really signed.";
    Page {
        about: report.credential.as_ref().map(|credential| about(credential, report)),
        rows: four(report).into_iter().chain(unmet(report)).collect(),
        cannot_show: (open && report.key.is_some()).then(|| cannot_show.to_owned()),
        next: with_next_step.then(|| next(report)).flatten(),
        ..Page::default()
    }
}

/// The four answers.
pub(super) fn four(report: &ForeignReport) -> Vec<Row> {
    vec![unchanged(report), signed(report), signer(report), in_force(report)]
}

/// What it says: in quotes unless it stands as a signer that the reader knows made it.
pub(super) fn about(credential: &Foreign, report: &ForeignReport) -> String {
    let plain = report.known.is_some();
    let title = credential.achievement.as_ref().and_then(|achievement| achievement.name.as_ref());
    let subject = credential.subjects.first().and_then(|subject| subject.name.as_ref());
    let parts = [subject, title.or(credential.name.as_ref()), credential.issuer.name.as_ref()];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| claim(part, plain)).collect();
    let kind = match credential.kind {
        Kind::OpenBadge => "a badge",
        Kind::LearnerRecord => "a learner record",
        Kind::Endorsement => "a statement about another",
        Kind::StatusList => "a list of what was taken back",
        Kind::Other => "a statement",
    };
    if parts.is_empty() { kind.to_owned() } else { format!("{kind}: {}", parts.join(", ")) }
}

fn unchanged(report: &ForeignReport) -> Row {
    match report.unchanged {
        Answer::Yes => Row::new(Symbol::Good, "Unchanged", "it is exactly as signed"),
        Answer::No => {
            let told = first(
                report,
                |outcome| matches!(outcome, Outcome::Failed(failure) if failure != Failure::Constraints),
            );
            Row::new(
                Symbol::Bad,
                "Unchanged",
                told.map_or_else(|| "no".to_owned(), |told| format!("no: {told}")),
            )
        }
        Answer::CannotTell => {
            let told = first(report, |_| true).unwrap_or_default();
            Row::new(Symbol::Silent, "Unchanged", format!("not checked: {told}"))
        }
    }
}

/// The first finding that led to such an outcome: what was found, and the fact itself.
fn first(report: &ForeignReport, wanted: fn(Outcome) -> bool) -> Option<String> {
    let mut findings = report.findings.iter();
    findings.find(|finding| finding.code.outcome().is_some_and(wanted)).map(told)
}

/// What was found, and the fact itself.
fn told(found: &ForeignFinding) -> String {
    let meaning = found.code.explain().split(['.', ':']).next().unwrap_or_default();
    let mut letters = meaning.chars();
    let lower = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    let meaning = format!("{lower}{}", letters.as_str());
    if meaning == found.detail { meaning } else { format!("{meaning} ({})", visible(&found.detail)) }
}

fn signed(report: &ForeignReport) -> Row {
    let Some(key) = brief::key(report) else { return Row::new(Symbol::Silent, "Signed", "not answered") };
    Row::new(Symbol::Good, "Signed", format!("by key {key}"))
}

fn signer(report: &ForeignReport) -> Row {
    let Some(key) = &report.key else { return Row::new(Symbol::Silent, "Signer", "not answered") };
    let issuer = quoted(&key.controller);
    match &report.known {
        Some(Known::Listed(entry)) => {
            let text = format!("{}. You added this key on {}", known_as(entry), day(entry.added));
            Row::new(Symbol::Good, "Signer", text)
        }
        Some(Known::Issuer(entry)) => {
            let name = issuer_known_as(entry);
            let is_old = report.findings.iter().any(|finding| finding.code == ForeignCode::PinOld);
            let age = if is_old { ", more than a year ago; it may have others since" } else { "" };
            let text = match &entry.kept {
                Some(kept) => format!("{name}, by its keys as you had them on {}{age}", day(kept.retrieved)),
                None => format!("{name}. You added it on {}", day(entry.added)),
            };
            Row::new(if is_old { Symbol::Alert } else { Symbol::Good }, "Signer", text)
        }
        Some(Known::Pinned) => {
            Row::new(Symbol::Good, "Signer", format!("{issuer}, by the keys that you keep"))
        }
        None if report.findings.iter().any(|finding| finding.code == ForeignCode::KeyFromStudent) => {
            let text = format!("says it is {issuer}; its keys were pinned by the student, not by you");
            Row::new(Symbol::Ask, "Signer", text)
        }
        None => {
            let name = report.credential.as_ref().and_then(|credential| credential.issuer.name.as_deref());
            let calls = name.map(|name| format!(". It calls itself {}, as any key could", quoted(name)));
            Row::new(Symbol::Ask, "Signer", format!("not on your trust list{}", calls.unwrap_or_default()))
        }
    }
}

fn in_force(report: &ForeignReport) -> Row {
    let ended = |outcome| matches!(outcome, Outcome::Expired | Outcome::NotYetValid | Outcome::Withdrawn);
    match report.in_force {
        Answer::Yes => {
            let until = report.credential.as_ref().and_then(|credential| credential.valid_until);
            let until = until
                .map_or_else(|| "it names no end".to_owned(), |until| format!("until {}", day(until.date())));
            let list =
                report.status_as_of.map(|as_of| format!("; not taken back as of {}", day(as_of.date())));
            Row::new(Symbol::Good, "In force", format!("{until}{}", list.unwrap_or_default()))
        }
        Answer::No => {
            let symbol = if report.outcome == Outcome::Withdrawn { Symbol::Bad } else { Symbol::Alert };
            Row::new(symbol, "In force", format!("no: {}", first(report, ended).unwrap_or_default()))
        }
        Answer::CannotTell if report.key.is_some() => {
            let told = first(report, |outcome| outcome == Outcome::StatusUnknown).unwrap_or_default();
            Row::new(Symbol::Ask, "In force", format!("not known: {told}"))
        }
        Answer::CannotTell => Row::new(Symbol::Silent, "In force", "not answered"),
    }
}

/// What the reader asked for and it does not give.
fn unmet(report: &ForeignReport) -> Vec<Row> {
    let is_unmet = |code: ForeignCode| code.outcome() == Some(Outcome::Failed(Failure::Constraints));
    let findings = report.findings.iter().filter(|finding| is_unmet(finding.code));
    findings.map(|finding| Row::new(Symbol::Bad, "Asked for", format!("no: {}", told(finding)))).collect()
}

fn next(report: &ForeignReport) -> Option<Next> {
    let say = |text: &str| Some(Next { text: text.to_owned(), command: None, inline: false });
    match report.outcome {
        Outcome::SignerUnknown if report.key.is_some() => {
            say("Reach the issuer in a way you find yourself, and ask whether that key is theirs.")
        }
        Outcome::SignerUnknown => say("Reach the issuer in a way you find yourself, and ask for its keys."),
        Outcome::StatusUnknown => say("Ask the issuer, in a way you find yourself, whether it still stands."),
        Outcome::Failed(Failure::Constraints) => None,
        Outcome::Failed(_) => say("Ask for a fresh copy from whoever issued it."),
        _ => None,
    }
}
