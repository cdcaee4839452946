//! The whole road on real files: add, ask, sign, collect, bundle, check.

use std::fs;

use portfolio::bundle::Input;
use portfolio::credential::Mark;
use portfolio::credential::decline::{self, Decline};
use portfolio::credential::request::Person;
use portfolio::disk::{FileSource, Links};
use portfolio::holder::{
    Answer, Ask, Confidential, Contents, HolderFault, LeftOut, NewArtifact, Pack, Requested, Role,
    SignOffState, WhyLeftOut,
};
use portfolio::issuer::{Marking, propose};
use portfolio::proof::{SecretKey, Signer};
use portfolio::time::Timestamp;
use portfolio::verifier::{self, FileState, Outcome, Policy, Report, Subject, TrustList};

use crate::desk::{Desk, PDF, at, day, document, slug};

const ACME: &str = "acme-forecasting";

pub fn student() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn mentor() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

/// A placement with a report, notes and confidential code.
pub fn with_work() -> Desk {
    let desk = Desk::with_placement(&student().public_key().did());
    let new = NewArtifact { result: Some("9.8 %, was 14.2 %".into()), ..document(ACME, 1) };
    desk.add(&desk.put("forecast-report.pdf", PDF), new).unwrap();
    let new = NewArtifact { role: Role::Source, media_type: "text/markdown".into(), ..document(ACME, 2) };
    desk.add(&desk.put("hand-over.md", b"# Hand-over\n"), new).unwrap();
    let until = Confidential { until: Some(day("2027-07-24")), ..Confidential::default() };
    let new = NewArtifact {
        role: Role::Attachment,
        media_type: "application/zip".into(),
        description: Some("the secret sauce".into()),
        confidential: Some(until),
        ..document(ACME, 3)
    };
    desk.add(&desk.put("model-code.zip", b"PK stand-in"), new).unwrap();
    desk
}

pub fn ask(desk: &Desk, created: &str) -> Result<Requested, HolderFault> {
    let placement = slug(ACME);
    let ask = Ask {
        placement: &placement,
        to: None,
        message: Some("Thank you!"),
        statement: None,
        salt: "c2FsdA",
        created: at(created),
    };
    desk.lock().plan_request(&ask)?.write(&student())
}

/// The mentor's answer to a request, by way of the reader that the mentor's program uses.
pub fn answer(requested: &Requested, good_until: Option<&str>) -> Vec<u8> {
    let source = FileSource::open(&requested.archive, Links::Refuse).unwrap();
    let checked = verifier::request::check(Input::Archive(&source), 1, &|_| {}).unwrap();
    let marking = Marking {
        marks: vec![Mark::Met, Mark::Met, Mark::PartlyMet],
        signer_name: "Priya Nair, Data Lead, Acme Retail Ltd".into(),
        statement: None,
        results: Vec::new(),
        good_until: good_until.map(day),
        at: at("2026-07-24T15:02:40Z"),
    };
    propose(checked.request(), &marking, &mentor().public_key()).unwrap().sign(&mentor()).unwrap()
}

pub fn collect(desk: &Desk, bytes: &[u8]) {
    match desk.open().read_answer(bytes, false).unwrap() {
        Answer::SignOff(collected) => desk.lock().keep(&collected).unwrap(),
        other => panic!("{other:?}"),
    };
}

pub fn bundle(desk: &Desk, now: &str) -> Result<(Contents, Report), HolderFault> {
    let output = desk.room.path().join("elsewhere/alex-rivera.zip");
    bundle_with(desk, &plain(&output, at(now)))
}

pub fn plain(output: &std::path::Path, created: Timestamp) -> Pack<'_> {
    Pack {
        output,
        placements: None,
        include: &[],
        deposits: true,
        leave_out: &[],
        permitted: false,
        audience: None,
        challenge: None,
        created,
    }
}

fn bundle_with(desk: &Desk, pack: &Pack<'_>) -> Result<(Contents, Report), HolderFault> {
    let locked = desk.lock();
    let plan = locked.plan_bundle(pack)?;
    let (contents, most) = (plan.contents().clone(), plan.size());
    let pending = plan.write(&student())?;
    assert!(pending.len() <= most, "{} is over {most}", pending.len());
    let source = pending.source()?;
    let trust = TrustList::default();
    let report =
        verifier::verify("b", Subject::Bundle(Input::Archive(&source)), &Policy::new(pack.created, &trust));
    if let (Outcome::Failed(_), Some(changed)) = (report.outcome, pending.what_changed()) {
        return Err(changed);
    }
    pending.commit(true)?;
    Ok((contents, report))
}

#[test]
fn from_work_to_a_bundle_that_a_stranger_can_check() {
    let desk = with_work();
    let requested = ask(&desk, "2026-07-22T09:00:00Z").unwrap();
    assert_eq!(requested.id, slug("acme-forecasting-for-priya-nair"));
    let sent = "requests/acme-forecasting-for-priya-nair";
    assert_eq!(
        desk.names("requests"),
        [
            format!("{sent}/acme-forecasting-for-priya-nair.request.zip"),
            format!("{sent}/acme-forecasting-for-priya-nair.txt"),
            format!("{sent}/record.json"),
            format!("{sent}/request.json"),
            format!("{sent}/statement.txt"),
        ]
    );
    let state =
        |desk: &Desk| desk.open().status(at("2026-07-25T00:00:00Z")).unwrap().placements[0].sign_off.clone();
    assert_eq!(state(&desk), SignOffState::Asked { of: "Priya Nair".into(), on: day("2026-07-22") });

    let bytes = answer(&requested, Some("2029-07-24"));
    let Answer::SignOff(collected) = desk.open().read_answer(&bytes, false).unwrap() else { panic!() };
    let changes: Vec<_> = collected.changes.iter().map(|c| (c.about.as_str(), c.now.as_deref())).collect();
    assert_eq!(changes, [("Good until", Some("24 July 2029"))]);
    let kept = desk.lock().keep(&collected).unwrap();
    assert_eq!(kept.id, slug("acme-forecasting-priya-nair"));
    assert_eq!(fs::read(&kept.path).unwrap(), bytes);
    assert_eq!(state(&desk), SignOffState::Signed);

    let (contents, report) = bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    let files: Vec<_> = contents.files.iter().map(|f| (f.name.as_str(), f.signed)).collect();
    assert_eq!(files, [("forecast-report.pdf", true), ("hand-over.pdf", true), ("hand-over.md", true)]);
    let confidential = WhyLeftOut::Confidential(Some(day("2027-07-24")));
    let left_out = ["model-code.pdf", "model-code.zip"]
        .map(|name| LeftOut { name: name.into(), why: confidential.clone() });
    assert_eq!(contents.left_out, left_out);
    assert_eq!(contents.missing, []);
    assert_eq!(report.outcome, Outcome::SignerUnknown, "{:?}", report.findings);
    let states: Vec<_> = report.credentials[0].files.iter().map(|file| file.state).collect();
    use FileState::{Match, Withheld};
    assert_eq!(states, [Match, Match, Match, Withheld, Withheld]);
    assert_eq!(report.not_signed, [] as [&str; 0]);
}

#[test]
fn the_same_folder_key_and_time_give_the_same_bytes() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    let path = desk.room.path().join("elsewhere/alex-rivera.zip");
    bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    let first = fs::read(&path).unwrap();
    bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    assert!(first == fs::read(&path).unwrap());
}

#[test]
fn nothing_about_a_confidential_artifact_but_its_signed_name_leaves() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    let bytes = fs::read(desk.room.path().join("elsewhere/alex-rivera.zip")).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    for private in ["secret sauce", "PK stand-in", "data/artifacts/model-code", "priya.nair@acme.example"] {
        assert!(!holds(private), "{private}");
    }
    assert!(holds("forecast-report.pdf") && holds("\"name\": \"model-code.zip\""));
}

#[test]
fn a_confidential_artifact_goes_in_when_its_day_has_passed_or_when_told() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    let (contents, report) = bundle(&desk, "2027-07-25T00:00:00Z").unwrap();
    assert_eq!((contents.files.len(), contents.left_out), (5, Vec::new()));
    assert_eq!(report.outcome, Outcome::SignerUnknown);
    let output = desk.room.path().join("elsewhere/told.zip");
    let include = [slug("model-code")];
    let pack = Pack { include: &include, ..plain(&output, at("2026-08-01T12:00:00Z")) };
    assert_eq!(bundle_with(&desk, &pack).unwrap().0.files.len(), 5);
    let unknown = [slug("nothing")];
    let pack = Pack { include: &unknown, ..pack };
    assert!(matches!(bundle_with(&desk, &pack), Err(HolderFault::NoSuchArtifact(_))));
}

#[test]
fn what_the_signer_did_not_allow_to_be_withheld_stops_the_bundle() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    let path = desk.root().join("artifacts/hand-over-notes/artifact.json");
    let record = fs::read_to_string(&path).unwrap();
    fs::write(&path, record.replace("  \"document\"", "  \"confidential\": {},\n  \"document\"")).unwrap();
    match bundle(&desk, "2026-08-01T12:00:00Z") {
        Err(HolderFault::MayNotBeWithheld { artifact, credential }) => {
            assert_eq!(
                (artifact, credential),
                (slug("hand-over-notes"), slug("acme-forecasting-priya-nair"))
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(!desk.room.path().join("elsewhere/alex-rivera.zip").exists());
}

#[test]
fn a_second_request_stands_beside_the_first_and_two_files_of_one_name_both_travel() {
    let desk = with_work();
    let again = NewArtifact { title: Some("Annex".into()), deliverable: None, ..document(ACME, 1) };
    desk.add(&desk.put("Forecast-Report.pdf", b"%PDF-1.7 annex\n"), again).unwrap();
    ask(&desk, "2026-07-22T09:00:00Z").unwrap();
    let second = ask(&desk, "2026-07-23T09:00:00Z").unwrap();
    assert_eq!(second.id, slug("acme-forecasting-for-priya-nair-2"));
    let source = FileSource::open(&second.archive, Links::Refuse).unwrap();
    let checked = verifier::request::check(Input::Archive(&source), 1, &|_| {}).unwrap();
    let paths: Vec<_> = checked.files().iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "data/files/forecast-report.pdf",
            "data/files/hand-over.pdf",
            "data/files/hand-over.md",
            "data/files/model-code.pdf",
            "data/files/model-code.zip",
            "data/files/annex/Forecast-Report.pdf",
        ]
    );
}

#[test]
fn a_decline_is_noted_once_and_a_later_question_outweighs_it() {
    let desk = with_work();
    ask(&desk, "2026-07-22T09:00:00Z").unwrap();
    let request = desk.open().requests().unwrap().remove(0).request.id;
    let decline = Decline {
        request,
        by: "Priya Nair".into(),
        reason: Some("item 3 needs its tests fixed".into()),
        created: at("2026-07-24T10:00:00Z"),
    };
    let bytes = portfolio::json::pretty(&decline::build(&decline)).into_bytes();
    for known in [false, true] {
        let Answer::Declined(declined) = desk.open().read_answer(&bytes, false).unwrap() else { panic!() };
        assert_eq!(declined.known, known);
        desk.lock().note_decline(&declined).unwrap();
    }
    let state = || desk.open().status(at("2026-07-25T00:00:00Z")).unwrap().placements[0].sign_off.clone();
    let no = SignOffState::Declined {
        by: "Priya Nair".into(),
        reason: Some("item 3 needs its tests fixed".into()),
        on: day("2026-07-24"),
    };
    assert_eq!(state(), no);
    ask(&desk, "2026-07-25T09:00:00Z").unwrap();
    assert_eq!(state(), SignOffState::Asked { of: "Priya Nair".into(), on: day("2026-07-25") });
}

#[test]
fn asking_needs_work_and_somebody_and_the_portfolios_own_key() {
    let desk = Desk::with_placement(&student().public_key().did());
    assert!(matches!(ask(&desk, "2026-07-22T09:00:00Z"), Err(HolderFault::NothingToAsk(_))));
    let desk = with_work();
    desk.lock().change_placement(&slug(ACME), |placement| placement.mentor = None).unwrap();
    assert!(matches!(ask(&desk, "2026-07-22T09:00:00Z"), Err(HolderFault::NobodyToAsk(_))));
    let before = desk.files();
    let placement = slug(ACME);
    let somebody = Person { name: "Tom Okafor".into(), email: None };
    let ask = Ask {
        placement: &placement,
        to: Some(somebody),
        message: None,
        statement: None,
        salt: "c2FsdA",
        created: at("2026-07-22T09:00:00Z"),
    };
    let locked = desk.lock();
    let other = locked.plan_request(&ask).unwrap().write(&mentor());
    assert!(matches!(&other, Err(HolderFault::OtherKey { .. })), "{other:?}");
    assert_eq!(desk.files(), before);
    assert_eq!(locked.plan_request(&ask).unwrap().id(), &slug("acme-forecasting-for-tom-okafor"));
}
