//! The bounds of a check, on both sides of each line.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]

#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use portfolio::credential::key_notice::{self, KeyEvent, KeyNotice};
use portfolio::proof::{EddsaJcs2022, Options, Signer, sign};
use portfolio::verifier::limits::{CREDENTIAL_BYTES, CREDENTIALS, NOTICES, SUCCESSIONS};
use portfolio::verifier::{Code, Outcome};
use world::{World, codes, key, moment};

fn too_many(world: &World) -> bool {
    codes(&world.report()).contains(&Code::TooManyCredentials)
}

#[test]
fn sign_offs_in_a_bundle() {
    let mut world = World::good();
    for number in 1..CREDENTIALS {
        world.files.insert(format!("data/credentials/{number:04}.json"), b"{}".to_vec());
    }
    assert!(!too_many(&world));
    assert_eq!(world.report().credentials.len(), CREDENTIALS);
    world.files.insert("data/credentials/one-more.json".to_owned(), b"{}".to_vec());
    assert!(too_many(&world));
    assert_eq!(world.report().outcome.exit_code(), 1);
}

#[test]
fn bytes_of_sign_offs_in_a_bundle() {
    let mut world = World::good();
    let signed = world.files[world::SIGN_OFF].len();
    let rest = usize::try_from(CREDENTIAL_BYTES).unwrap() - signed;
    world.files.insert("data/credentials/long.json".to_owned(), vec![b' '; rest]);
    assert!(!too_many(&world));
    world.files.insert("data/credentials/long.json".to_owned(), vec![b' '; rest + 1]);
    assert!(too_many(&world));
}

#[test]
fn notices_in_a_bundle() {
    let mut world = World::good();
    for number in 0..NOTICES {
        world.files.insert(format!("data/notices/{number:04}.json"), b"{}".to_vec());
    }
    assert!(!too_many(&world));
    assert_eq!(world.report().outcome, Outcome::Holds);
    world.files.insert("data/notices/one-more.json".to_owned(), b"{}".to_vec());
    assert!(too_many(&world));
}

#[test]
fn successions_from_key_to_key() {
    let steps_hold = |steps: usize| {
        let mut world = World::good();
        for step in 0..steps {
            let (old, new) = (key_of(step), key_of(step + 1));
            let event = KeyEvent::Succeeded { by: new.public_key().did() };
            let created = moment(world::MADE);
            let mut notice = key_notice::build(&KeyNotice { key: old.public_key().did(), event, created });
            for signer in [&old, &new] {
                sign(&mut notice, &Options::assertion(created), &[&EddsaJcs2022], signer).unwrap();
            }
            world.put(&format!("data/notices/{step}.json"), &notice);
        }
        world.student = key_of(steps);
        world.report().outcome == Outcome::Holds
    };
    assert!(steps_hold(0));
    assert!(steps_hold(1));
    assert!(steps_hold(SUCCESSIONS));
    assert!(!steps_hold(SUCCESSIONS + 1));
}

/// The student's keys, the first of them the one that the sign-off is about.
fn key_of(step: usize) -> portfolio::proof::SecretKey {
    key(if step == 0 { 1 } else { 100 + u8::try_from(step).unwrap() })
}

/// A thousand files of one name against a thousand that were signed under it: each pair is not compared.
#[test]
fn many_files_of_one_name_are_told_apart_in_one_look_each() {
    let mut world = World::good();
    let signed: Vec<_> = (0..900_u32)
        .map(|number| world::file("a.pdf", &number.to_le_bytes(), "application/pdf", "Forecast report", None))
        .collect();
    let mut document = world.statement(&signed);
    world::sign_at(&mut document, world::SIGNED, &world.mentor);
    world.put(world::SIGN_OFF, &document);
    for number in 0..900_u32 {
        world.files.insert(format!("data/artifacts/{number:04}/a.pdf"), number.to_le_bytes().to_vec());
    }
    let report = world.report();
    assert_eq!(report.outcome, Outcome::Holds);
    let paths: Vec<_> = report.credentials[0].files.iter().map(|file| file.path.clone().unwrap()).collect();
    assert!(paths.is_sorted() && paths.len() == 900);
}
