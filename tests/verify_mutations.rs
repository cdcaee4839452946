//! A bundle altered in any single byte, cut anywhere or spliced never holds, and no bytes at all make a check panic.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]

#[path = "support/sheet.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the sheet")]
mod sheet;
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use std::collections::BTreeMap;

use portfolio::bundle::{Input, Threads};
use portfolio::verifier::{Clock, Code, Outcome, Policy, Subject, TrustList, request, verify};
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::{collection, prop_assert, prop_assert_ne};
use sheet::Sheet;
use world::World;

/// Every byte is altered when optimised (`cargo test --release`); without, a check takes over a millisecond, so every
/// eleventh is: enough to meet each header field and each document, and all eight bits.
const STRIDE: usize = if cfg!(debug_assertions) { 11 } else { 1 };

#[test]
fn an_archive_altered_in_one_byte_never_holds() {
    let world = World::good();
    let good = world.pack();
    assert_eq!(world.report_on(&good).outcome, Outcome::Holds);
    let mut bad = good.clone();
    for at in (0..good.len()).step_by(STRIDE) {
        bad[at] ^= 1 << (at % 8);
        let report = world.report_on(&bad);
        assert_ne!(report.outcome, Outcome::Holds, "byte {at}");
        bad[at] = good[at];
    }
}

/// The archive's own checksums put right again, as whoever means harm would.
#[test]
fn a_file_altered_in_one_byte_and_packed_as_if_nothing_were_never_holds() {
    let world = World::good();
    let files = world.entries();
    for (number, (path, bytes)) in files.iter().enumerate() {
        for at in (0..bytes.len()).step_by(STRIDE) {
            let mut altered = files.clone();
            altered[number].1[at] ^= 1 << (at % 7);
            let report = world.report_on(&Sheet::new(&altered).build());
            assert_ne!(report.outcome, Outcome::Holds, "{path} byte {at}");
        }
    }
}

/// Whatever hand it was: a sign-off altered in one byte either does not hold or says the very same.
#[test]
fn a_sign_off_altered_in_one_byte_says_nothing_else() {
    let mut world = World::good();
    let good = world.files[world::SIGN_OFF].clone();
    let said = world.report().credentials[0].sign_off.clone();
    let mut held = 0;
    for at in 0..good.len() {
        for byte in [good[at] ^ (1 << (at % 7)), b' '] {
            if byte == good[at] || (good[at] != b'\n' && at % STRIDE != 0) {
                continue;
            }
            let mut bad = good.clone();
            bad[at] = byte;
            let report = world.report_on_sign_off(&bad);
            if report.outcome == Outcome::Holds {
                held += 1;
                assert_eq!(report.credentials[0].sign_off, said, "byte {at}");
            }
        }
    }
    // a line's end may become a space: white space between members is nobody's statement
    let lines = good.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(held, lines);
    world.files.insert(world::SIGN_OFF.to_owned(), good);
    assert_eq!(world.report().outcome, Outcome::Holds);
}

#[test]
fn an_archive_cut_anywhere_is_never_a_bundle() {
    let world = World::good();
    let good = world.pack();
    for len in (0..good.len()).step_by(STRIDE) {
        let report = world.report_on(&good[..len].to_vec());
        assert!(matches!(report.outcome, Outcome::Unreadable(_)), "{len}: {:?}", report.outcome);
    }
}

#[test]
fn one_thread_and_many_say_the_same() {
    let mut world = World::good();
    for number in 0..40 {
        let title = format!("Statement {number}.");
        let more = world.signed(|document| document["credentialSubject"]["narrative"] = title.into());
        world.put(&format!("data/credentials/{number:02}.json"), &more);
    }
    let archive = world.pack();
    let said = |threads| {
        let policy = Policy { threads: Threads::Exactly(threads), ..world.policy() };
        format!("{:?}", verify("b.zip", Subject::Bundle(Input::Archive(&archive)), &policy))
    };
    let alone = said(1);
    for threads in [0, 2, 7, 64] {
        assert_eq!(said(threads), alone, "{threads} threads");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in collection::vec(any::<u8>(), 0..600)) {
        let world = World::good();
        let subjects = [Subject::Bundle(Input::Archive(&bytes)), Subject::Credential(&bytes)];
        for subject in subjects {
            let report = verify("b", subject, &world.policy());
            prop_assert!(matches!(report.outcome, Outcome::Unreadable(_) | Outcome::Failed(_)));
            prop_assert!(!report.findings.is_empty());
        }
        prop_assert!(request::check(Input::Archive(&bytes), 1, &|_| ()).is_err());
    }

    #[test]
    fn any_files_in_a_sound_archive_are_answered(
        files in collection::btree_map("data/(credentials|notices|artifacts/a)/[a-c]\\.json", any::<Vec<u8>>(), 1..5)
    ) {
        let mut world = World::good();
        world.files = files;
        let report = world.report();
        prop_assert_ne!(report.outcome, Outcome::Holds);
    }

    #[test]
    fn splices_of_a_bundle_never_hold(from in any::<usize>(), to in any::<usize>(), len in 1_usize..400) {
        let world = World::good();
        let good = world.pack();
        let (from, to) = (from % good.len(), to % good.len());
        let piece: Vec<u8> = good[from..].iter().copied().take(len).collect();
        let mut bad = good.clone();
        let end = (to + piece.len()).min(bad.len());
        bad[to..end].copy_from_slice(&piece[..end - to]);
        let report = world.report_on(&bad);
        prop_assert!(bad == good || report.outcome != Outcome::Holds);
    }

    /// Whatever is asked for: only what was asked for can keep a good bundle from holding, and a clock never panics.
    #[test]
    fn any_day_is_answered(seconds in any::<i64>(), chosen in any::<bool>()) {
        let mut world = World::good();
        world.at = portfolio::time::Timestamp::from_unix(seconds);
        world.clock = if chosen { Clock::Chosen } else { Clock::Running };
        let report = world.report();
        let dated = [Code::ClockUnusable, Code::SignedInFuture, Code::NotYetValid, Code::Expired];
        let is_dated = world::codes(&report).iter().any(|code| dated.contains(code));
        prop_assert!(is_dated != (report.outcome == Outcome::Holds));
    }
}

#[test]
fn nobody_on_the_list_means_nothing_holds() {
    let mut world = World::good();
    world.trust = TrustList::default();
    assert_eq!(world.report().outcome, Outcome::SignerUnknown);
    world.files = BTreeMap::from([("data/artifacts/a/a.pdf".to_owned(), b"%PDF".to_vec())]);
    assert_eq!(world.report().exit_code(&world.policy()), 1);
}
