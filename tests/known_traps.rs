//! Every trap of the standards (T1 to T25) and every input that is correctly signed and still hostile (380 to 434), row by
//! row: made on the spot, each with everything that is found and what it comes to.
//!
//! The rows are those of the project's design. Where a row goes into hundreds of cases, other tests have them, and the
//! row names those tests.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]
#![cfg(feature = "jwt")]

#[path = "known_traps/bindings.rs"]
mod bindings;
#[path = "known_traps/dates.rs"]
mod dates;
#[path = "known_traps/forgeries.rs"]
mod forgeries;
#[path = "known_traps/keys.rs"]
mod keys;
#[path = "known_traps/models.rs"]
mod models;
#[path = "known_traps/proofs.rs"]
mod proofs;
#[path = "known_traps/reader.rs"]
mod reader;
#[path = "support/school.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the school")]
mod school;
#[path = "support/sheet.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the sheet")]
mod sheet;
#[path = "known_traps/status.rs"]
mod status;
#[path = "support/vectors.rs"]
mod vectors;
#[path = "known_traps/weak_keys.rs"]
mod weak_keys;
#[path = "known_traps/words.rs"]
mod words;
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use portfolio::verifier::{Code, Report};
use serde_json::Value;
use world::World;

/// One row, and everything that shows that it is kept.
pub struct Row {
    /// `T1` to `T25`, `380` to `434`.
    pub id: &'static str,
    /// Its cases.
    pub cases: fn() -> Vec<Case>,
    /// Tests elsewhere that go further: file and function.
    pub elsewhere: &'static [(&'static str, &'static str)],
}

/// One input with what it must come to and what it came to.
pub struct Case {
    /// What was made.
    pub made: String,
    /// What must be found.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// A case.
pub fn case(made: &str, expected: &str, found: impl Into<String>) -> Case {
    Case { made: made.to_owned(), expected: expected.to_owned(), found: found.into() }
}

/// The outcome and the names of everything found, each once: `failed: proof-misfit`, `holds`.
pub fn told(report: &Report) -> String {
    let ours = report.findings.iter().map(|finding| finding.code);
    // the good world has this note too
    let ours = ours.filter(|code| *code != Code::EvidenceWithheld).map(Code::as_str);
    let theirs = report.foreign.iter().flat_map(|foreign| &foreign.findings);
    let codes: BTreeSet<&str> = ours.chain(theirs.map(|finding| finding.code.as_str())).collect();
    let outcome = report.outcome.as_str();
    match codes.is_empty() {
        true => outcome.to_owned(),
        false => format!("{outcome}: {}", codes.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

/// A bundle with a sign-off that is changed before the mentor signs it.
pub fn sign_off(change: impl FnOnce(&mut Value)) -> String {
    bundle(|world| world.resign(change))
}

/// A bundle with a sign-off that is changed after the mentor signed it.
pub fn altered(change: impl FnOnce(&mut Value)) -> String {
    bundle(|world| world.alter(change))
}

/// A bundle with a sign-off whose signature's own members are changed before they are signed.
pub fn proof_of(change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> String {
    bundle(|world| {
        let mut document = world.statement(&world.evidence());
        world::sign_as(&mut document, world::SIGNED, &world.mentor, change);
        world.put(world::SIGN_OFF, &document);
    })
}

/// A bundle of a world with one thing changed.
pub fn bundle(change: impl FnOnce(&mut World)) -> String {
    let mut world = World::good();
    change(&mut world);
    told(&world.report())
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [
        proofs::ROWS,
        forgeries::ROWS,
        models::ROWS,
        keys::ROWS,
        weak_keys::ROWS,
        bindings::ROWS,
        dates::ROWS,
        status::ROWS,
        words::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// Every case, made once.
fn cases() -> &'static [(&'static Row, Vec<Case>)] {
    static CASES: OnceLock<Vec<(&'static Row, Vec<Case>)>> = OnceLock::new();
    CASES.get_or_init(|| rows().map(|row| (row, (row.cases)())).collect())
}

#[test]
fn every_case_comes_to_what_its_row_says() {
    let mut wrong = Vec::new();
    for (row, cases) in cases() {
        for case in cases {
            if case.found != case.expected {
                wrong.push(format!("{} {}\n    {}\n    {}", row.id, case.made, case.expected, case.found));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: expected, then found\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_row_has_a_case_and_none_stands_twice() {
    let expected: Vec<String> = (1..=25)
        .map(|number| format!("T{number}"))
        .chain((380..=434).map(|number| number.to_string()))
        .collect();
    let mut found: Vec<&str> = rows().map(|row| row.id).collect();
    found.sort_by_key(|id| (!id.starts_with('T'), id.trim_start_matches('T').parse::<u32>().unwrap()));
    assert_eq!(found, expected);
    for (row, cases) in cases() {
        let of_vectors = row.id == "391" && vectors::folder("ed25519-edge").is_none();
        assert!(of_vectors || !cases.is_empty(), "{} has no case", row.id);
    }
}

#[test]
fn the_tests_that_rows_point_at_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, name) in rows().flat_map(|row| row.elsewhere) {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        let place = text.find(&format!("fn {name}()"));
        let place = place.unwrap_or_else(|| panic!("{file} has no test {name}"));
        assert!(text[..place].trim_end().ends_with("#[test]"), "{file}: {name} is no test");
    }
}
