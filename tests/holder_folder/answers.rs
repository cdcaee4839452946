//! Answers that do not fit, and files that are not as they were.

use std::fs;

use portfolio::digest::Digest;
use portfolio::holder::{Answer, Differing, HolderFault, NewArtifact, Noticed, SignOffState};
use portfolio::proof::{SecretKey, Signer};
use serde_json::Value;

use crate::desk::{Desk, PDF, at, document, slug};
use crate::journey::{answer, ask, bundle, collect, with_work};

const ACME: &str = "acme-forecasting";

fn refused(desk: &Desk, bytes: &[u8]) -> HolderFault {
    let before = desk.files();
    let fault = desk.open().read_answer(bytes, false).unwrap_err();
    assert_eq!(desk.files(), before);
    fault
}

#[test]
fn the_same_answer_twice_changes_nothing_and_another_under_its_id_is_refused() {
    let desk = with_work();
    let bytes = answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None);
    collect(&desk, &bytes);
    let before = desk.files();
    match desk.open().read_answer(&bytes, false).unwrap() {
        Answer::AlreadyKept(name) => assert_eq!(name, "credentials/acme-forecasting-priya-nair.json"),
        other => panic!("{other:?}"),
    }
    let mut other = bytes.clone();
    other.push(b'\n');
    let fault = refused(&desk, &other);
    assert!(
        matches!(fault, HolderFault::IdTaken { credential, .. } if credential == slug("acme-forecasting-priya-nair"))
    );
    assert_eq!(desk.files(), before);
}

#[test]
fn keeping_after_a_crash_in_between_ends_the_same() {
    let desk = with_work();
    let bytes = answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None);
    let Answer::SignOff(collected) = desk.open().read_answer(&bytes, false).unwrap() else { panic!() };
    let record = desk.root().join("requests/acme-forecasting-for-priya-nair/record.json");
    let open = fs::read(&record).unwrap();
    desk.lock().keep(&collected).unwrap();
    let after = desk.files();
    // As if the process had died behind the first of the two files.
    fs::write(&record, &open).unwrap();
    let state = desk.open().status(at("2026-07-25T00:00:00Z")).unwrap().placements[0].sign_off.clone();
    assert_eq!(state, SignOffState::Signed);
    desk.lock().keep(&collected).unwrap();
    assert_eq!(desk.files(), after);
}

#[test]
fn what_is_no_answer_says_why() {
    let desk = with_work();
    let bytes = answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None);
    assert!(matches!(refused(&desk, b"{\"a\":1,\"a\":2}"), HolderFault::AnswerJson(_)));
    assert!(matches!(refused(&desk, b"{}"), HolderFault::NotAnAnswer(_)));
    let text = String::from_utf8(bytes.clone()).unwrap();
    let altered = text.replace("9.8 %", "0.8 %");
    assert!(matches!(refused(&desk, altered.as_bytes()), HolderFault::AnswerNotSigned(Some(_))));
    let mut unsigned: Value = serde_json::from_slice(&bytes).unwrap();
    unsigned["proof"] = Value::Array(Vec::new());
    let unsigned = serde_json::to_vec(&unsigned).unwrap();
    assert!(matches!(refused(&desk, &unsigned), HolderFault::AnswerNotSigned(Some(_))));

    let stranger = Desk::with_placement(&SecretKey::from_seed(&[3; 32]).public_key().did());
    assert!(matches!(refused(&stranger, &bytes), HolderFault::AboutSomebodyElse { .. }));
    fs::remove_dir_all(desk.root().join("requests")).unwrap();
    assert!(matches!(refused(&desk, &bytes), HolderFault::NoSuchRequest));
}

#[test]
fn a_file_changed_after_asking_is_named_and_may_be_taken_all_the_same() {
    let desk = with_work();
    let bytes = answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None);
    let path = desk.root().join("artifacts/hand-over-notes/hand-over.md");
    fs::write(&path, b"# Hand-over, better\n").unwrap();
    let touched = fs::File::options().write(true).open(&path).unwrap();
    let when = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_784_800_000);
    touched.set_modified(when).unwrap();
    match refused(&desk, &bytes) {
        HolderFault::OtherFiles { request, files, added } => {
            let hand_over = Differing {
                name: "hand-over.md".into(),
                wanted: Digest::of(b"# Hand-over\n"),
                here: Some(Digest::of(b"# Hand-over, better\n")),
                changed: Some(portfolio::time::Date::parse("2026-07-23").unwrap()),
            };
            assert_eq!(
                (request, files, added),
                (slug("acme-forecasting-for-priya-nair"), vec![hand_over], vec![])
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(desk.open().read_answer(&bytes, true), Ok(Answer::SignOff(_))));
}

#[test]
fn an_answer_about_other_files_than_asked_is_refused() {
    let desk = with_work();
    let first = ask(&desk, "2026-07-22T09:00:00Z").unwrap();
    let bytes = answer(&first, None);
    // The record of what was asked now names another report, as after a mix-up of two requests.
    let path = desk.root().join("requests/acme-forecasting-for-priya-nair/request.json");
    let text = fs::read_to_string(&path).unwrap();
    let (was, other) = (Digest::of(PDF), Digest::of(b"other"));
    let text = text.replace(&was.multibase(), &other.multibase()).replace(&was.ni(), &other.ni());
    fs::write(&path, text).unwrap();
    match refused(&desk, &bytes) {
        HolderFault::OtherFiles { files, added, .. } => {
            assert_eq!(
                (files[0].name.as_str(), files[0].wanted, files[0].here),
                ("forecast-report.pdf", was, Some(other))
            );
            assert_eq!((files.len(), added), (1, vec![]));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_version_makes_the_sign_off_one_about_an_earlier_version() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    let new = NewArtifact { replaces: Some(slug("forecast-report")), ..document(ACME, 1) };
    desk.add(&desk.put("forecast-report.pdf", b"%PDF-1.7 second\n"), new).unwrap();
    let status = desk.open().status(at("2026-07-25T00:00:00Z")).unwrap();
    assert_eq!(status.placements[0].sign_off, SignOffState::SignedEarlierVersion);
    assert_eq!(status.placements[0].kept[0].earlier, ["forecast-report.pdf"]);
    assert_eq!(status.noticed, []);
    let (contents, report) = bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    assert_eq!(contents.missing, [("forecast-report.pdf".to_owned(), slug("acme-forecasting-priya-nair"))]);
    assert_eq!(report.outcome.exit_code(), 1, "{:?}", report.outcome);
}

#[test]
fn files_that_are_not_as_recorded_stop_asking_and_bundling_and_are_noticed() {
    let desk = with_work();
    let path = desk.root().join("artifacts/forecast-report/forecast-report.pdf");
    let same_length: Vec<u8> = PDF.iter().map(|byte| byte ^ 1).collect();
    for (bytes, here) in [(Some(&same_length[..]), true), (Some(b"%PDF".as_slice()), true), (None, false)] {
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        for fault in [
            ask(&desk, "2026-07-22T09:00:00Z").unwrap_err(),
            bundle(&desk, "2026-08-01T12:00:00Z").unwrap_err(),
        ] {
            match fault {
                HolderFault::FilesDiffer { artifact, files } => {
                    assert_eq!((artifact, files.len()), (slug("forecast-report"), 1));
                    assert_eq!((files[0].wanted, files[0].here.is_some()), (Digest::of(PDF), here));
                }
                other => panic!("{other:?}"),
            }
        }
        let status = desk.open().status(at("2026-07-25T00:00:00Z")).unwrap();
        match &status.noticed[..] {
            [Noticed::FileDiffers { artifact, file }] => {
                assert_eq!((artifact, file.here.is_some()), (&slug("forecast-report"), here));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(desk.names("requests"), [] as [&str; 0]);
    assert!(!desk.room.path().join("elsewhere/alex-rivera.zip").exists());
}
