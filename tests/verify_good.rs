//! What a bundle that holds, and a lone sign-off, are reported as: the whole report, not its headline.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]

#[path = "support/memory_folder.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the folder")]
mod memory_folder;
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use memory_folder::MemoryFolder;
use portfolio::bundle::Input;
use portfolio::proof::Signer;
use portfolio::verifier::{
    Code, FileState, Indication, Outcome, Step, StepState, Subject, exit_code, verify,
};
use world::{World, codes, moment};

#[test]
fn a_good_bundle_holds_and_every_step_passed() {
    let world = World::good();
    let report = world.report();
    assert_eq!(codes(&report), [Code::EvidenceWithheld]);
    assert_eq!(report.outcome, Outcome::Holds);
    assert_eq!(report.reasons, []);
    assert!(report.steps.iter().all(|(_, state)| *state == StepState::Passed), "{:?}", report.steps);
    assert_eq!(report.exit_code(&world.policy()), 0);
    assert_eq!(exit_code(&[report], &world.policy()), 0);
}

#[test]
fn the_report_says_who_what_and_which_files() {
    let world = World::good();
    let report = world.report();
    let holder = report.holder.unwrap();
    assert_eq!(holder.did, world.student.public_key().did());
    assert_eq!((holder.name.as_str(), holder.created), ("Alex Rivera", moment(world::MADE)));
    let [credential] = report.credentials.as_slice() else { panic!("one sign-off") };
    assert_eq!(credential.path.as_deref(), Some(world::SIGN_OFF));
    assert_eq!(credential.key, Some(world.mentor.public_key()));
    assert_eq!(credential.trust.as_ref().unwrap().name, "Priya Nair, Acme Retail Ltd");
    assert_eq!(credential.sign_off.as_ref().unwrap().claims.title, "Demand forecasting co-lab");
    assert_eq!(credential.status_as_of, Some(moment(world::MADE)));
    let files: Vec<_> = credential.files.iter().map(|file| (file.name.as_str(), file.state)).collect();
    assert_eq!(
        files,
        [
            ("forecast-report.pdf", FileState::Match),
            ("hand-over.md", FileState::Match),
            ("model-code.zip", FileState::Withheld)
        ]
    );
    assert_eq!(credential.files[0].path.as_deref(), Some(world::REPORT));
    assert_eq!(report.not_signed, Vec::<String>::new());
    assert_eq!(report.source.len, Some(world.pack().len() as u64));
    let checks = credential.checks;
    for check in [checks.integrity, checks.proof, checks.trust, checks.status] {
        assert_eq!((check.indication, check.sub), (Indication::Passed, None));
    }
}

#[test]
fn an_unpacked_bundle_is_the_same_bundle() {
    let world = World::good();
    let files = world.entries().into_iter().collect();
    let folder = MemoryFolder { files, others: Vec::new() };
    let report = verify("alex-rivera", Subject::Bundle(Input::Folder(&folder)), &world.policy());
    assert_eq!(report.outcome, Outcome::Holds);
    assert_eq!(report.source.media_type, "inode/directory");
    assert!(report.source.len.is_some_and(|len| len > 1000));
}

#[test]
fn a_lone_sign_off_holds_without_a_bag_or_files() {
    let world = World::good();
    let bytes = &world.files[world::SIGN_OFF];
    let report = world.report_on_sign_off(bytes);
    assert_eq!(codes(&report), []);
    assert_eq!(report.outcome, Outcome::Holds);
    for step in [Step::Complete, Step::Intact, Step::Presented, Step::Evidence] {
        assert_eq!(report.step(step), StepState::NotApplicable, "{step:?}");
    }
    for step in [Step::Conforming, Step::Authentic, Step::Trust, Step::Time, Step::Status] {
        assert_eq!(report.step(step), StepState::Passed, "{step:?}");
    }
    assert!(report.credentials[0].files.iter().all(|file| file.state == FileState::NotHere));
    assert_eq!(report.holder, None);
    assert_eq!(report.source.digest, Some(portfolio::digest::Digest::of(bytes)));
}

#[test]
fn a_stranger_s_name_never_comes_from_the_bundle() {
    let mut world = World::good();
    world.resign(|document| document["issuer"]["name"] = "MIT".into());
    let report = world.report();
    assert_eq!(report.outcome, Outcome::Holds);
    assert_eq!(report.credentials[0].trust.as_ref().unwrap().name, "Priya Nair, Acme Retail Ltd");
}

#[test]
fn other_bytes_with_the_same_canonical_form_are_the_same_sign_off() {
    let mut world = World::good();
    let document = world.sign_off();
    let mut compact = serde_json::to_vec(&document).unwrap();
    compact.extend(b"\n\n");
    world.files.insert(world::SIGN_OFF.to_owned(), compact);
    assert_eq!(world.report().outcome, Outcome::Holds);
}

#[test]
fn an_older_bundle_of_the_same_holder_is_still_a_bundle_with_its_own_date() {
    let mut world = World::good();
    world.at = moment("2027-06-01T00:00:00Z");
    let report = world.report();
    assert_eq!(report.outcome, Outcome::Holds);
    assert_eq!(report.credentials[0].status_as_of, Some(moment(world::MADE)));
}

#[test]
fn what_was_asked_for_is_answered() {
    let mut world = World::good();
    world.presenting.options = world::addressed(Some("acme.example"), Some("q-17"));
    world.audience = Some("acme.example");
    world.challenge = Some("q-17");
    world.about = Some("ALEX@rivera.example");
    world.max_status_age_days = Some(200);
    let report = world.report();
    assert_eq!(codes(&report), [Code::EvidenceWithheld]);
    assert_eq!(report.outcome, Outcome::Holds);
    assert_eq!(report.holder.unwrap().audience.as_deref(), Some("acme.example"));
}
