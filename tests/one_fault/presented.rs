//! Faults of the holder's presentation: made by whoever packed the bundle.

use portfolio::digest::Digest;
use portfolio::verifier::{Code, Outcome};
use serde_json::json;

use super::later_news::lost;
use super::sheet::Sheet;
use super::world::{MADE, SIGN_OFF, World, addressed, json_bytes, sign_as, sign_at};
use super::{CHANGED, Case, FORM, MISFIT, TOO_NEW, UNMET, swap_in};

pub const CASES: &[Case] = &[
    Case {
        fault: "a member twice",
        codes: &[Code::PresentationJson],
        outcome: FORM,
        exit: 1,
        check: |world| {
            // a number that two readers may read as two numbers is refused like a member twice
            world.presenting.after = |document| document["extra"] = json!(1.5);
            world.report()
        },
    },
    Case {
        fault: "no holder",
        codes: &[Code::PresentationForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.presenting.before =
                |document| drop(document.as_object_mut().unwrap().shift_remove("holder"));
            world.report()
        },
    },
    Case {
        fault: "an empty list of signatures",
        codes: &[Code::PresentationUnsigned],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.presenting.after = |document| document["proof"] = json!([]);
            world.report()
        },
    },
    Case {
        fault: "the holder's name changed after signing",
        codes: &[Code::PresentationMisfit],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.presenting.after = |document| {
                document["verifiableCredential"][0]["credentialSubject"]["name"] = json!("Alex Riviera");
            };
            let report = world.report();
            assert_eq!(report.holder, None);
            report
        },
    },
    Case {
        fault: "signed by another key than the holder's",
        codes: &[Code::PresentationByAnother],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.presenting.seed = Some(9);
            world.report()
        },
    },
    Case {
        fault: "signed with a kind of signature from the future",
        codes: &[Code::PresentationNotSupported],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            world.presenting.after = |document| document["proof"][0]["cryptosuite"] = json!("mldsa-jcs-2031");
            world.report()
        },
    },
    Case {
        fault: "a presentation of another list of files",
        codes: &[Code::PresentationOfOther],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            world.presenting.manifest = Some(Digest::of(b"another manifest"));
            world.report()
        },
    },
    Case {
        fault: "made for somebody else",
        codes: &[Code::OtherAudience],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.presenting.options = addressed(Some("lumen.example"), None);
            world.audience = Some("acme.example");
            world.report()
        },
    },
    Case {
        fault: "made for nobody in particular, where an audience is asked for",
        codes: &[Code::OtherAudience],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.audience = Some("acme.example");
            world.report()
        },
    },
    Case {
        fault: "answers another challenge",
        codes: &[Code::OtherChallenge],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.presenting.options = addressed(Some("acme.example"), Some("q-16"));
            world.audience = Some("acme.example");
            world.challenge = Some("q-17");
            world.report()
        },
    },
    Case {
        fault: "answers no challenge",
        codes: &[Code::OtherChallenge],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.challenge = Some("q-17");
            world.report()
        },
    },
    Case {
        fault: "a lone sign-off, where an audience is asked for",
        codes: &[Code::OtherAudience],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.audience = Some("acme.example");
            world.report_on_sign_off(&world.files[SIGN_OFF])
        },
    },
    Case {
        fault: "a lone sign-off, where an answer is asked for",
        codes: &[Code::OtherChallenge],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.challenge = Some("q-17");
            world.report_on_sign_off(&world.files[SIGN_OFF])
        },
    },
    Case {
        fault: "made for somebody, and nobody asked for whom",
        codes: &[Code::AudienceNamed],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.presenting.options = addressed(Some("lumen.example"), None);
            world.report()
        },
    },
    Case {
        fault: "packed before it was signed, by their own clocks",
        codes: &[Code::PresentedBeforeSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut document = world.signed(|document| document["validFrom"] = json!("2026-08-01T00:00:00Z"));
            sign_at(&mut document, "2026-08-01T00:00:00Z", &world.mentor);
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "the holder's signature has ended",
        codes: &[Code::PresentationEnded],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            // an end date in a signature is signed with it, so it is put there by hand and signed anew
            let signed = ended_presentation(world);
            let mut files = world.entries();
            swap_in(&mut files, "presentation.json", signed);
            world.report_on(&Sheet::new(&files).build())
        },
    },
    Case {
        fault: "the holder's key was reported lost",
        codes: &[Code::HolderKeyLost],
        outcome: Outcome::KeyRevoked,
        exit: 3,
        check: |world| {
            let notice = lost(&world.student, "2026-09-01T00:00:00Z");
            world.bring(&notice);
            world.report()
        },
    },
];

/// The holder's presentation with a signature that ends before the bundle is checked.
fn ended_presentation(world: &World) -> Vec<u8> {
    let files = world.entries();
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with("/presentation.json")).unwrap();
    let mut document: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    sign_as(&mut document, MADE, &world.student, |proof| {
        proof.insert("expires".into(), json!("2026-10-01T00:00:00Z"));
    });
    json_bytes(&document)
}
