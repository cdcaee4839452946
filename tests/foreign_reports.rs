//! A lone credential of somebody else's through the one door of every check, and sign-offs kept from going that way.

#![allow(
    clippy::unwrap_used,
    clippy::ptr_arg,
    reason = "tests stop at the first surprise, and a slice is no sized source"
)]

#[path = "support/school.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the school")]
mod school;
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use portfolio::proof::EddsaJcs2022;
use portfolio::proof::others::PinnedBy;
use portfolio::time::Timestamp;
use portfolio::verifier::foreign::{Answer, ForeignCode, Snapshot};
use portfolio::verifier::{
    Clock, Code, Failure, Outcome, Policy, Report, Step, StepState, Subject, Unread, verify,
};
use school::{
    LIST, WEB, at_place, badge, badge_token, bits, edited, list, options, pinned, school, sealed, signed,
    trust,
};
use serde_json::{Value, json};
use world::World;

fn ours() -> Value {
    signed(badge())
}

fn look(document: &Value, policy: &Policy<'_>) -> Report {
    verify("badge.json", Subject::Credential(document.to_string().as_bytes()), policy)
}

fn codes(report: &Report) -> Vec<ForeignCode> {
    report.foreign.as_ref().unwrap().findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_badge_of_a_stranger_is_answered_by_the_four_questions() {
    let world = World::good();
    let report = look(&ours(), &world.policy());
    let foreign = report.foreign.as_ref().unwrap();
    assert_eq!((report.outcome, report.exit_code(&world.policy())), (Outcome::SignerUnknown, 3));
    assert_eq!((foreign.unchanged, foreign.in_force), (Answer::Yes, Answer::Yes));
    assert_eq!(report.step(Step::Authentic), StepState::Passed);
    assert_eq!(report.step(Step::Trust), StepState::Undecided);
    let open = Policy { accept_unknown_signer: true, ..world.policy() };
    assert_eq!(look(&ours(), &open).exit_code(&open), 0);
}

#[test]
fn an_issuer_that_the_reader_pinned_holds_and_one_that_the_student_pinned_does_not() {
    let world = World::good();
    let document = edited(|document| document["issuer"]["id"] = WEB.into());
    let mut options = options(&EddsaJcs2022, &document);
    options["verificationMethod"] = format!("{WEB}#1").into();
    let signed = sealed(document, options, &EddsaJcs2022, &school());
    let by = |by| {
        let pins = pinned(by, |_| ());
        let report = look(&signed, &Policy { pins: &pins, ..world.policy() });
        (report.outcome, codes(&report))
    };
    assert_eq!(by(PinnedBy::Recruiter), (Outcome::Holds, vec![]));
    assert_eq!(by(PinnedBy::Student), (Outcome::SignerUnknown, vec![ForeignCode::KeyFromStudent]));
    let none = look(&signed, &world.policy());
    assert_eq!((none.outcome, codes(&none)), (Outcome::SignerUnknown, vec![ForeignCode::KeyNotKnown]));
}

#[test]
fn what_a_policy_asks_is_asked_of_badges_too() {
    let world = World::good();
    let with = |policy: Policy<'_>| {
        let report = look(&ours(), &policy);
        (report.outcome, codes(&report))
    };
    let known = World { trust: trust(), ..World::good() };
    let asked = with(Policy { challenge: Some("42"), trust: &known.trust, ..world.policy() });
    assert_eq!(asked, (Outcome::Failed(Failure::Constraints), vec![ForeignCode::NotAsAsked]));
    let asked = with(Policy { audience: Some("a firm"), trust: &known.trust, ..world.policy() });
    assert_eq!(asked, (Outcome::Failed(Failure::Constraints), vec![ForeignCode::NotAsAsked]));
    let unset = Policy { clock: Clock::Running, at: Timestamp::from_unix(0), ..world.policy() };
    let report = look(&ours(), &unset);
    assert!(report.findings.iter().any(|finding| finding.code == Code::ClockUnusable));
    assert_ne!(report.outcome, Outcome::Holds);
}

#[test]
fn a_badge_is_about_an_address_when_it_names_it() {
    let known = World { trust: trust(), ..World::good() };
    let about = |identifier: Value, email: &'static str| {
        let document =
            signed(edited(|document| document["credentialSubject"]["identifier"] = json!([identifier])));
        let report = look(&document, &Policy { about: Some(email), ..known.policy() });
        (report.outcome, codes(&report))
    };
    let hashed = json!({
        "type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "salt": "Kosher",
        "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
    });
    let unmet = Outcome::Failed(Failure::Constraints);
    assert_eq!(about(hashed.clone(), "a@example.com"), (Outcome::Holds, vec![]));
    assert_eq!(about(hashed.clone(), "b@example.com"), (unmet, vec![ForeignCode::OtherAddress]));
    let mut plain = hashed.clone();
    plain["hashed"] = false.into();
    plain["identityHash"] = "a@example.com".into();
    assert_eq!(about(plain, "A@example.com"), (Outcome::Holds, vec![]));
    let mut weak = hashed;
    weak["identityHash"] = "md5$6b1b36cbb04b41490bfc0ab2bfa26f86".into();
    assert_eq!(about(weak, "a@example.com"), (unmet, vec![ForeignCode::WeakAddress]));
    // a badge that is not signed can only speak against itself
    let old = |email: &'static str| {
        let badge = json!({
            "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "badge": "urn:b",
            "recipient": { "type": "email", "hashed": false, "identity": "a@example.com" },
        });
        let report = look(&badge, &Policy { about: Some(email), ..known.policy() });
        (report.outcome, codes(&report))
    };
    let nothing = Outcome::Unreadable(Unread::NothingToCheck);
    assert_eq!(old("a@example.com"), (nothing, vec![ForeignCode::NotSigned]));
    assert_eq!(old("b@example.com"), (unmet, vec![ForeignCode::NotSigned, ForeignCode::OtherAddress]));
}

#[test]
fn a_token_goes_the_same_way_and_other_text_does_not() {
    let world = World::good();
    let token = format!("{}\n", badge_token(|_, _| ()));
    let check = |bytes: &[u8]| verify("badge.jwt", Subject::Credential(bytes), &world.policy());
    let report = check(token.as_bytes());
    assert_eq!((report.outcome, codes(&report)), (Outcome::SignerUnknown, vec![ForeignCode::SignerNotKnown]));
    for other in [&b"eyes are not tokens"[..], b"a.b.c", b"hello"] {
        let report = check(other);
        assert!(report.foreign.is_none(), "{other:?}");
        assert_eq!(report.findings[0].code, Code::NotABundle);
    }
}

/// News about sign-offs is heeded on the strict way only, so a sign-off must never leave it: not by another context,
/// not without a member, not with one more.
#[test]
fn a_sign_off_never_goes_the_way_of_others() {
    let world = World::good();
    let sign_off = world.sign_off();
    let edits: [fn(&mut Value); 6] = [
        |document| {
            document["@context"]
                .as_array_mut()
                .unwrap()
                .push("https://www.w3.org/ns/credentials/examples/v2".into())
        },
        |document| drop(document.as_object_mut().unwrap().remove("evidence")),
        |document| document["type"] = json!(["VerifiableCredential"]),
        |document| document["extra"] = json!(1.5),
        |document| document["credentialSubject"]["type"] = "AchievementSubject".into(),
        |document| document["proof"] = document["proof"][0].clone(),
    ];
    for (place, edit) in edits.into_iter().enumerate() {
        let mut edited = sign_off.clone();
        edit(&mut edited);
        let report = look(&edited, &world.policy());
        assert!(report.foreign.is_none(), "{place}: {:?}", report.outcome);
    }
    // without its name it leaves the strict way, and then nothing in it is covered
    let mut nameless = sign_off;
    nameless.as_object_mut().unwrap().remove("id");
    let report = look(&nameless, &world.policy());
    assert!(matches!(report.outcome, Outcome::Failed(_)), "{:?}", report.outcome);
}

#[test]
fn a_list_that_is_older_than_asked_leaves_it_open() {
    let world = World::good();
    let document: Value = serde_json::from_str(&at_place("1")).unwrap();
    let list = list(&bits(0), |document| document["validFrom"] = "2026-01-01T00:00:00Z".into());
    let lists = [Snapshot { url: LIST, bytes: &list, by: PinnedBy::Student, taken: None }];
    let fresh = look(&document, &Policy { lists: &lists, ..world.policy() });
    assert_eq!(codes(&fresh), [ForeignCode::SignerNotKnown]);
    let asked = Policy { lists: &lists, max_status_age_days: Some(1), ..world.policy() };
    let old = look(&document, &asked);
    assert_eq!(
        (old.outcome, codes(&old)),
        (Outcome::SignerUnknown, vec![ForeignCode::SignerNotKnown, ForeignCode::StatusUnusable])
    );
}
