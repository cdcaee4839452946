//! Files that are not what was signed for: changed, missing, left out, renamed, never signed.

use portfolio::digest::Digest;
use portfolio::proof::Signer;
use portfolio::verifier::{Code, FileState, Outcome};
use serde_json::json;

use super::world::{CODE_BYTES, NOTES, RECORD, REPORT, SIGN_OFF, SIGNED, World, key, sign_at};
use super::{CHANGED, Case};

pub const CASES: &[Case] = &[
    Case {
        fault: "the holder packed another PDF",
        codes: &[Code::EvidenceDiffers],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            world.files.insert(REPORT.into(), b"%PDF-1.7 a better report".to_vec());
            let report = world.report();
            let file = &report.credentials[0].files[0];
            assert_eq!(file.state, FileState::Mismatch);
            assert_eq!(file.found, Some(Digest::of(b"%PDF-1.7 a better report")));
            report
        },
    },
    Case {
        fault: "the confidential file swapped for another",
        codes: &[Code::EvidenceDiffers],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            world.files.insert("data/artifacts/code/model-code.zip".into(), b"PK other code".to_vec());
            world.report()
        },
    },
    Case {
        fault: "a new version of a signed file, as the holder's own record says",
        codes: &[Code::EvidenceDiffers, Code::EarlierVersion],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            let old = Digest::of(&world.files[REPORT]).hex();
            let record = json!({ "formatVersion": 1, "versions": [{ "files": [{ "sha256": old }] }] });
            world.put(RECORD, &record);
            world.files.insert(REPORT.into(), b"%PDF-1.7 second version".to_vec());
            world.report()
        },
    },
    Case {
        fault: "a signed file left out without leave",
        codes: &[Code::EvidenceMissing],
        outcome: Outcome::Incomplete,
        exit: 3,
        check: |world| {
            world.files.remove(NOTES);
            let report = world.report();
            assert_eq!(report.credentials[0].files[1].state, FileState::Missing);
            report
        },
    },
    Case {
        fault: "a signed file left out without leave, by an unknown signer",
        codes: &[Code::EvidenceMissing, Code::SignerUnknown],
        outcome: Outcome::Incomplete,
        exit: 3,
        check: |world| {
            world.files.remove(NOTES);
            world.trust = Default::default();
            world.accept_unknown_signer = true;
            world.report()
        },
    },
    Case {
        fault: "a file left out by agreement",
        codes: &[Code::EvidenceWithheld],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let report = world.report();
            assert!(report.findings.iter().any(|finding| finding.code == Code::EvidenceWithheld));
            report
        },
    },
    Case {
        fault: "a file left out by agreement, and all are asked for",
        codes: &[Code::EvidenceRequired],
        outcome: Outcome::Incomplete,
        exit: 3,
        check: |world| {
            world.require_all_files = true;
            world.report()
        },
    },
    Case {
        fault: "a lone sign-off, and all files are asked for",
        codes: &[Code::EvidenceRequired],
        outcome: Outcome::Incomplete,
        exit: 3,
        check: |world| {
            world.require_all_files = true;
            world.report_on_sign_off(&world.files[SIGN_OFF])
        },
    },
    Case {
        fault: "a signed file under another name",
        codes: &[Code::EvidenceRenamed],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let bytes = world.files.remove(NOTES).unwrap();
            world.files.insert("data/artifacts/hand-over/thesis.md".into(), bytes);
            world.report()
        },
    },
    Case {
        fault: "the confidential file brought along after all",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert("data/artifacts/code/model-code.zip".into(), CODE_BYTES.to_vec());
            let report = world.report();
            assert_eq!(report.credentials[0].files[2].state, FileState::Match);
            report
        },
    },
    Case {
        fault: "a sign-off that names no file",
        codes: &[Code::SignsNoFile, Code::NotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.resign(|document| drop(document.as_object_mut().unwrap().shift_remove("evidence")));
            let report = world.report();
            assert_eq!(report.not_signed, [REPORT, NOTES]);
            report
        },
    },
    Case {
        fault: "a file that looks official and is not signed",
        codes: &[Code::NotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert("data/artifacts/cv/cv.pdf".into(), b"%PDF-1.7 cv".to_vec());
            let report = world.report();
            assert_eq!(report.not_signed, ["data/artifacts/cv/cv.pdf"]);
            report
        },
    },
    Case {
        fault: "a file of a signed one's name that another sign-off covers",
        codes: &[Code::EvidenceMissing],
        outcome: Outcome::Incomplete,
        exit: 3,
        check: |world| {
            // the first sign-off is about the first version, which is not here; the second about the second
            world.files.insert(REPORT.into(), b"%PDF-1.7 second version".to_vec());
            let second =
                world.signed(|document| document["credentialSubject"]["narrative"] = json!("Version two."));
            world.put("data/credentials/second.json", &second);
            let report = world.report();
            assert_eq!(report.credentials[0].files[0].state, FileState::Missing);
            assert_eq!(report.credentials[1].outcome, Outcome::Holds);
            report
        },
    },
    Case {
        fault: "an empty file, signed as such",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert(NOTES.into(), Vec::new());
            world.resign(|_| ());
            world.report()
        },
    },
    Case {
        fault: "a file covered by nothing but the holder's own statement",
        codes: &[Code::SelfSigned, Code::NotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert("data/artifacts/cv/cv.pdf".into(), b"%PDF-1.7 cv".to_vec());
            let own = own_statement_about_cv(world);
            world.put("data/credentials/own.json", &own);
            world.report()
        },
    },
    Case {
        fault: "a file covered by nothing but a forged sign-off",
        codes: &[Code::ProofByAnother, Code::NotSigned],
        outcome: super::MISFIT,
        exit: 1,
        check: |world| {
            world.files.insert("data/artifacts/cv/cv.pdf".into(), b"%PDF-1.7 cv".to_vec());
            let mut forged = own_statement_about_cv(world);
            forged["issuer"]["id"] = json!(world.mentor.public_key().did());
            sign_at(&mut forged, SIGNED, &key(6));
            world.put("data/credentials/own.json", &forged);
            world.report()
        },
    },
];

fn own_statement_about_cv(world: &World) -> serde_json::Value {
    let cv = super::world::file("cv.pdf", b"%PDF-1.7 cv", "application/pdf", "Forecast report", None);
    let mut own = world.statement(&[cv]);
    own["issuer"]["id"] = json!(world.student.public_key().did());
    sign_at(&mut own, SIGNED, &world.student);
    own
}
