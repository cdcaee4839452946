//! One good world, one thing broken in it: for each finding the exact names, the outcome and the exit code.
//!
//! The cases together meet every name that a check can give, so none is a promise that nothing keeps.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]

#[path = "support/badges.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the badges")]
mod badges;
#[path = "one_fault/bag.rs"]
mod bag;
#[path = "one_fault/deposits.rs"]
mod deposits;
#[path = "one_fault/evidence.rs"]
mod evidence;
#[path = "one_fault/later_news.rs"]
mod later_news;
#[path = "support/memory_folder.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the folder")]
mod memory_folder;
#[path = "one_fault/presented.rs"]
mod presented;
#[path = "one_fault/request.rs"]
mod request;
#[path = "support/sheet.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the sheet")]
mod sheet;
#[path = "one_fault/sign_offs.rs"]
mod sign_offs;
#[path = "one_fault/signatures.rs"]
mod signatures;
#[path = "one_fault/statements.rs"]
mod statements;
#[path = "one_fault/time_and_trust.rs"]
mod time_and_trust;
#[path = "one_fault/vouchers.rs"]
mod vouchers;
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use portfolio::verifier::{Code, Failure, Indication, Outcome, Report, StepState, Unread};
use world::{World, codes};

/// One world with one fault.
struct Case {
    /// What is wrong, in a sentence.
    fault: &'static str,
    /// Every name that is found besides the file that was left out by agreement.
    codes: &'static [Code],
    /// What it comes to.
    outcome: Outcome,
    /// The exit code.
    exit: u8,
    /// Breaks the good world and checks it.
    check: fn(&mut World) -> Report,
}

const CHANGED: Outcome = Outcome::Failed(Failure::Hash);
const MISFIT: Outcome = Outcome::Failed(Failure::Signature);
const FORM: Outcome = Outcome::Failed(Failure::Format);
const UNMET: Outcome = Outcome::Failed(Failure::Constraints);
const DAMAGED: Outcome = Outcome::Unreadable(Unread::Damaged);
const TOO_NEW: Outcome = Outcome::Unreadable(Unread::TooNew);
const NOTHING: Outcome = Outcome::Unreadable(Unread::NothingToCheck);

const LAYERS: &[&[Case]] = &[
    bag::CASES,
    presented::CASES,
    sign_offs::CASES,
    signatures::CASES,
    statements::CASES,
    evidence::CASES,
    time_and_trust::CASES,
    later_news::CASES,
    vouchers::CASES,
    deposits::CASES,
];

fn cases() -> impl Iterator<Item = &'static Case> {
    LAYERS.iter().copied().flatten()
}

/// What a case found, without the one note that the good world has too.
fn found(report: &Report) -> Vec<Code> {
    codes(report).into_iter().filter(|code| *code != Code::EvidenceWithheld).collect()
}

/// Replaces one of the bag's own files and makes the tag manifest list what is there now.
fn swap_in(files: &mut [(String, Vec<u8>)], name: &str, bytes: Vec<u8>) {
    let at = |wanted: &str| {
        let position = files.iter().position(|(path, _)| path.ends_with(&format!("/{wanted}")));
        position.unwrap()
    };
    let (changed, listing) = (at(name), at("tagmanifest-sha256.txt"));
    let line = format!("{}  {name}", portfolio::digest::Digest::of(&bytes));
    files[changed].1 = bytes;
    let text = String::from_utf8(files[listing].1.clone()).unwrap();
    let ending = format!("  {name}");
    let lines: Vec<&str> = text.lines().map(|old| if old.ends_with(&ending) { &line } else { old }).collect();
    files[listing].1 = (lines.join("\n") + "\n").into_bytes();
}

/// Each case once: its report and exit code.
fn reports() -> &'static [(&'static Case, Report, u8)] {
    static REPORTS: OnceLock<Vec<(&'static Case, Report, u8)>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let checked = |case: &'static Case| {
            let mut world = World::good();
            let report = (case.check)(&mut world);
            let exit = report.exit_code(&world.policy());
            (case, report, exit)
        };
        cases().map(checked).collect()
    })
}

#[test]
fn each_fault_is_found_by_its_name_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for (case, report, exit) in reports() {
        let expected: BTreeSet<Code> =
            case.codes.iter().copied().filter(|code| *code != Code::EvidenceWithheld).collect();
        let expected: Vec<Code> = expected.into_iter().collect();
        if (found(report), report.outcome, *exit) != (expected.clone(), case.outcome, case.exit) {
            let all: Vec<String> = report
                .findings
                .iter()
                .map(|f| format!("{}: {:?} {}", f.code.as_str(), f.about, f.detail))
                .collect();
            wrong.push(format!(
                "{}\n  expected {expected:?} {:?} {}\n  found    {:?} {:?} {exit}\n    {}",
                case.fault,
                case.outcome,
                case.exit,
                found(report),
                report.outcome,
                all.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_name_is_met_by_a_case() {
    let met: BTreeSet<Code> = cases()
        .flat_map(|case| case.codes)
        .chain(request::CASES.iter().flat_map(|case| case.codes))
        .copied()
        .collect();
    let missed: Vec<&str> =
        Code::ALL.iter().filter(|code| !met.contains(code)).map(|code| code.as_str()).collect();
    assert_eq!(missed, Vec::<&str>::new());
}

#[test]
fn words_and_exit_code_agree_in_every_case() {
    for (case, report, _) in reports() {
        assert_eq!(report.outcome == Outcome::Holds, report.reasons.is_empty(), "{}", case.fault);
        let is_good = |state: &StepState| matches!(state, StepState::Passed | StepState::NotApplicable);
        let all_good = report.steps.iter().all(|(_, state)| is_good(state));
        assert_eq!(report.outcome == Outcome::Holds, all_good, "{}: {:?}", case.fault, report.steps);
    }
}

#[test]
fn nothing_of_a_sign_off_is_shown_unless_its_signature_fits() {
    for (case, report, _) in reports() {
        for credential in &report.credentials {
            let passed = credential.checks.proof.indication == Indication::Passed;
            assert_eq!(credential.sign_off.is_some(), passed, "{}", case.fault);
            assert_eq!(credential.key.is_some(), passed, "{}", case.fault);
            assert!(passed || credential.files.is_empty(), "{}", case.fault);
            assert!(passed || credential.trust.is_none(), "{}", case.fault);
        }
    }
}

#[test]
fn after_a_change_the_later_questions_are_not_answered() {
    for (case, report, _) in reports().iter().filter(|(case, ..)| case.outcome == CHANGED) {
        for credential in &report.credentials {
            assert_eq!(credential.checks.trust.indication, Indication::NotEvaluated, "{}", case.fault);
            assert_eq!(credential.checks.status.indication, Indication::NotEvaluated, "{}", case.fault);
            assert_eq!(credential.trust, None, "{}", case.fault);
        }
    }
}
