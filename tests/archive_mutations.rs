//! Random mutations of a good archive, random bytes and random names: nothing altered is accepted, nothing panics.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "support/bag.rs"]
mod bag;
#[path = "support/judge.rs"]
mod judge;

use std::sync::LazyLock;

use bag::{archive_of, sample};
use judge::{Fault, judged};
use portfolio::bundle::{ArchiveFault, BUNDLE, Input, open};
use portfolio::path::RelPath;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(sample);

/// One thing that can happen to a file on its way.
#[derive(Debug, Clone)]
enum Mutation {
    Flip { at: usize, mask: u8 },
    Cut { at: usize, len: usize },
    Insert { at: usize, bytes: Vec<u8> },
    Copy { from: usize, len: usize, to: usize },
    Overwrite { from: usize, len: usize, to: usize },
    Swap { one: usize, other: usize, len: usize },
    Field { at: usize, value: u32 },
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || 0..GOOD.len();
    prop_oneof![
        (at(), 1..=255_u8).prop_map(|(at, mask)| Mutation::Flip { at, mask }),
        (at(), 1..400_usize).prop_map(|(at, len)| Mutation::Cut { at, len }),
        (at(), vec(any::<u8>(), 1..64)).prop_map(|(at, bytes)| Mutation::Insert { at, bytes }),
        (at(), 1..400_usize, at()).prop_map(|(from, len, to)| Mutation::Copy { from, len, to }),
        (at(), 1..400_usize, at()).prop_map(|(from, len, to)| Mutation::Overwrite { from, len, to }),
        (at(), at(), 1..200_usize).prop_map(|(one, other, len)| Mutation::Swap { one, other, len }),
        (at(), prop_oneof![Just(0), Just(1), Just(u32::MAX), any::<u32>()])
            .prop_map(|(at, value)| Mutation::Field { at, value }),
    ]
}

fn apply(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let end = bytes.len();
    let piece = |bytes: &[u8], from: usize, len: usize| {
        let from = from.min(end);
        bytes[from..(from + len).min(end)].to_vec()
    };
    match mutation {
        Mutation::Flip { at, mask } if *at < end => bytes[*at] ^= mask,
        Mutation::Cut { at, len } => drop(bytes.drain((*at).min(end)..(at + len).min(end))),
        Mutation::Insert { at, bytes: new } => {
            drop(bytes.splice((*at).min(end)..(*at).min(end), new.clone()))
        }
        Mutation::Copy { from, len, to } => {
            let copy = piece(bytes, *from, *len);
            drop(bytes.splice((*to).min(end)..(*to).min(end), copy));
        }
        Mutation::Overwrite { from, len, to } => {
            let copy = piece(bytes, *from, *len);
            let to = (*to).min(end);
            let most = copy.len().min(end - to);
            bytes[to..to + most].copy_from_slice(&copy[..most]);
        }
        Mutation::Swap { one, other, len } => {
            let (low, high) = ((*one).min(*other), (*one).max(*other));
            let most = (*len).min(high - low).min(end.saturating_sub(high));
            for step in 0..most {
                bytes.swap(low + step, high + step);
            }
        }
        Mutation::Field { at, value } if at + 4 <= end => {
            bytes[*at..at + 4].copy_from_slice(&value.to_le_bytes())
        }
        Mutation::Flip { .. } | Mutation::Field { .. } => {}
    }
}

/// A name of any characters that a path may hold.
fn name() -> impl Strategy<Value = String> {
    let part = || prop_oneof!["[a-zA-Z0-9 ._-]{1,8}", "[À-ɏΑ-ωА-я一-丐ｱ-ﾝ！-～]{1,6}", "\\PC{1,4}"];
    vec(part(), 1..4).prop_map(|parts| format!("data/{}", parts.join("/")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutated_archive_is_accepted_unless_nothing_changed(mutations in vec(mutation(), 1..4)) {
        let mut bytes = GOOD.clone();
        for mutation in &mutations {
            apply(&mut bytes, mutation);
        }
        assert_eq!(judged(&bytes).is_ok(), bytes == *GOOD);
    }

    #[test]
    fn random_bytes_are_no_archive_and_nothing_panics(bytes in vec(any::<u8>(), 0..600)) {
        let fault = open(Input::Archive(&bytes)).err();
        if !bytes.starts_with(b"PK") {
            assert_eq!(fault, Some(ArchiveFault::NotAnArchive));
        }
        // With a good end behind, the same bytes are read as entries and lists.
        let end = GOOD.len() - 22;
        let framed = [&bytes, &GOOD[end..]].concat();
        assert!(judged(&framed).is_err());
        let listed = [&bytes, &GOOD[..]].concat();
        assert_eq!(judged(&listed).is_ok(), bytes.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_come_back_as_they_went_in(names in vec((name(), vec(any::<u8>(), 0..40)), 1..12)) {
        let files: Vec<(String, Vec<u8>)> =
            names.into_iter().filter(|(name, _)| RelPath::parse(name).is_ok()).collect();
        if !files.is_empty() && distinct(&files) {
            let archive = archive_of(&files, BUNDLE);
            let opened = open(Input::Archive(&archive)).unwrap();
            for (name, bytes) in &files {
                assert_eq!(opened.read(&RelPath::parse(name).unwrap(), 100).as_ref(), Ok(bytes));
            }
            assert_eq!(judged(&archive).map(|report| report.manifest.len()), Ok::<_, Fault>(files.len()));
        }
    }
}

/// Whether all paths, and all folders they imply, are apart under folding.
fn distinct(files: &[(String, Vec<u8>)]) -> bool {
    let mut spellings = std::collections::BTreeMap::new();
    files.iter().all(|(name, _)| {
        let parts: Vec<&str> = name.split('/').collect();
        (1..=parts.len()).all(|count| {
            let spelling = (parts[..count].join("/"), count == parts.len());
            let earlier = spellings.insert(RelPath::fold(&spelling.0), spelling.clone());
            earlier.is_none_or(|earlier| earlier == spelling && !spelling.1)
        })
    })
}
