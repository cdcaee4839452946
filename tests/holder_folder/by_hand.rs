//! What people do to the folder by hand, what goes into a bundle as it is, and where a bundle may go.

use std::fs;

use portfolio::digest::Digest;
use portfolio::holder::{CheckWeight, Finding, HolderFault, LeftOut, Noticed, Pack, WhyLeftOut};
use portfolio::path::PathFault;

use crate::desk::{Desk, at, slug};
use crate::journey::{answer, ask, bundle, collect, plain, student, with_work};

fn noticed(desk: &Desk) -> Vec<Noticed> {
    desk.open().status(at("2026-07-25T00:00:00Z")).unwrap().noticed
}

#[test]
fn renaming_and_dropping_by_hand_is_noticed() {
    let desk = with_work();
    ask(&desk, "2026-07-22T09:00:00Z").unwrap();
    assert_eq!(noticed(&desk), []);
    let at = |path: &str| desk.root().join(path);
    fs::rename(at("artifacts/model-code"), at("artifacts/code")).unwrap();
    fs::write(at("artifacts/forecast-report/draft.txt"), b"x").unwrap();
    fs::write(at("artifacts/.DS_Store"), b"litter").unwrap();
    fs::create_dir(at("artifacts/My Work")).unwrap();
    fs::write(at("placements/todo.txt"), b"x").unwrap();
    assert_eq!(
        noticed(&desk),
        [
            Noticed::NoRecord("artifacts/My Work".into()),
            Noticed::NotRecorded("artifacts/forecast-report/draft.txt".into()),
            Noticed::NotRecorded("placements/todo.txt".into()),
            Noticed::NoSuchArtifact {
                request: slug("acme-forecasting-for-priya-nair"),
                artifact: slug("model-code"),
            },
        ]
    );
    fs::rename(at("placements/acme-forecasting"), at("placements/acme")).unwrap();
    let lost = Noticed::NoSuchPlacement { artifact: slug("code"), placement: slug("acme-forecasting") };
    assert!(noticed(&desk).contains(&lost));
}

#[test]
fn a_shorter_brief_and_a_lost_sign_off_are_noticed() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), None));
    desk.lock().set_brief(&slug("acme-forecasting"), vec![("Forecast report".into(), None)]).unwrap();
    fs::remove_file(desk.root().join("credentials/acme-forecasting-priya-nair.json")).unwrap();
    let gone = |artifact, deliverable| Noticed::NoSuchDeliverable { artifact: slug(artifact), deliverable };
    assert_eq!(
        noticed(&desk),
        [
            gone("hand-over-notes", 2),
            gone("model-code", 3),
            Noticed::SignOffGone {
                request: slug("acme-forecasting-for-priya-nair"),
                credential: slug("acme-forecasting-priya-nair"),
            },
        ]
    );
}

#[test]
fn stories_and_notices_travel_as_they_are_and_strays_do_not() {
    let desk = with_work();
    let at = |path: &str| desk.root().join(path);
    for (path, bytes) in [
        ("deposits/badge/badge.png", "no record says how it came here"),
        ("stories/first.md", "# Story"),
        ("stories/.DS_Store", "litter"),
        ("stories/50%.txt", "x"),
        ("notices/withdrawn.json", "{}"),
        ("private/offer.txt", "salary"),
        ("artifacts/forecast-report/draft.txt", "x"),
    ] {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), bytes).unwrap();
    }
    let (contents, _) = bundle(&desk, "2027-08-01T12:00:00Z").unwrap();
    assert_eq!(
        contents.others,
        ["placements/acme-forecasting/placement.json", "stories/first.md", "notices/withdrawn.json",]
    );
    let left_out = [
        ("artifacts/forecast-report/draft.txt", WhyLeftOut::NotRecorded),
        ("deposits/badge", WhyLeftOut::NotRecorded),
        ("stories/50%.txt", WhyLeftOut::BadName(PathFault::Reserved('%'))),
        ("private", WhyLeftOut::Private),
    ];
    assert_eq!(contents.left_out, left_out.map(|(name, why)| LeftOut { name: name.into(), why }));
    let bytes = fs::read(desk.room.path().join("elsewhere/alex-rivera.zip")).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"salary"));
}

#[test]
fn a_bundle_is_not_written_among_the_records_nor_over_a_file_unasked() {
    let desk = with_work();
    let locked = desk.lock();
    let refused = |path: &str| {
        let output = desk.root().join(path);
        locked.plan_bundle(&plain(&output, at("2026-08-01T12:00:00Z"))).map(|_| ()).unwrap_err()
    };
    for own in ["artifacts/b.zip", "placements/acme-forecasting/b.zip", "portfolio.json", ".portfolio/b.zip"]
    {
        fs::create_dir_all(desk.root().join(own).parent().unwrap()).unwrap();
        assert!(matches!(refused(own), HolderFault::OutputInside(_)), "{own}");
    }
    let output = desk.root().join("alex-rivera.zip");
    fs::write(&output, b"mine").unwrap();
    let plan = locked.plan_bundle(&plain(&output, at("2026-08-01T12:00:00Z"))).unwrap();
    let taken = plan.write(&student()).unwrap().commit(false);
    assert!(matches!(taken, Err(HolderFault::Disk(portfolio::disk::DiskFault::Exists(_)))), "{taken:?}");
    assert_eq!(fs::read(&output).unwrap(), b"mine");
    let left: Vec<_> = desk.names("").into_iter().filter(|name| name.ends_with(".tmp")).collect();
    assert_eq!(left, [] as [&str; 0]);
}

#[test]
fn only_what_belongs_to_the_placements_asked_for_goes_in() {
    let desk = with_work();
    let output = desk.room.path().join("elsewhere/b.zip");
    let none = [slug("acme-forecasting-2")];
    let locked = desk.lock();
    let pack = Pack { placements: Some(&none), ..plain(&output, at("2026-08-01T12:00:00Z")) };
    assert!(matches!(locked.plan_bundle(&pack).map(|_| ()), Err(HolderFault::NoSuchPlacement(_))));
    let acme = [slug("acme-forecasting")];
    let pack = Pack { placements: Some(&acme), ..pack };
    assert_eq!(locked.plan_bundle(&pack).unwrap().contents().files.len(), 3);
}

#[test]
fn an_empty_portfolio_has_nothing_to_bundle() {
    let desk = Desk::with_placement(crate::desk::DID);
    assert!(matches!(bundle(&desk, "2026-08-01T12:00:00Z"), Err(HolderFault::NothingToBundle)));
}

/// Files written a moment ago are read again at every look; these are let grow old enough to be remembered.
fn settle(desk: &Desk) {
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(desk.open().status(at("2026-08-01T12:00:00Z")).unwrap().noticed, []);
}

#[test]
fn a_file_that_was_not_touched_is_not_read_again_and_the_memory_can_go() {
    let desk = with_work();
    let noticed = || desk.open().status(at("2026-08-01T12:00:00Z")).unwrap().noticed.len();
    settle(&desk);
    let memory = desk.root().join(".portfolio/status.txt");
    let before = fs::read_to_string(&memory).unwrap();
    let digest = Digest::of(&desk.files()["artifacts/forecast-report/forecast-report.pdf"]).hex();
    assert_eq!(before.matches(&digest).count(), 2, "as recorded and as found");
    // Only what is not read can be misremembered.
    let place = before.rfind(&digest).unwrap();
    fs::write(&memory, format!("{}{}{}", &before[..place], "0".repeat(64), &before[place + 64..])).unwrap();
    assert_eq!(noticed(), 1);
    // Whoever hands something on, or checks, reads the bytes.
    let wrong = |finding: &Finding| finding.code.weight() != CheckWeight::Note;
    let checked = desk.open().check(self::at("2026-08-01T12:00:00Z")).unwrap();
    assert_eq!(checked.findings.into_iter().filter(wrong).collect::<Vec<_>>(), []);
    assert_eq!(bundle(&desk, "2026-08-01T12:00:00Z").unwrap().0.files.len(), 3);
    for broken in
        [None, Some("{"), Some("portfolio status 1\nforecast-report\t{"), Some("portfolio status 2\n")]
    {
        match broken {
            None => fs::remove_file(&memory).unwrap(),
            Some(text) => fs::write(&memory, text).unwrap(),
        }
        assert_eq!(noticed(), 0);
        assert_eq!(fs::read_to_string(&memory).unwrap(), before);
    }
}

#[cfg(unix)]
#[test]
fn another_content_of_the_same_length_and_time_is_noticed() {
    let desk = with_work();
    settle(&desk);
    let path = desk.root().join("artifacts/forecast-report/forecast-report.pdf");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let other: Vec<u8> = fs::read(&path).unwrap().iter().map(|byte| byte ^ 1).collect();
    fs::write(&path, other).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    let noticed = desk.open().status(at("2026-08-01T12:00:00Z")).unwrap().noticed;
    assert!(
        matches!(&noticed[..], [Noticed::FileDiffers { artifact, .. }] if *artifact == slug("forecast-report"))
    );
}

#[test]
fn many_artifacts_are_looked_at_in_their_order() {
    let desk = with_work();
    let of = |number: usize| desk.root().join(format!("artifacts/copy-{number:04}"));
    let from = desk.root().join("artifacts/forecast-report");
    for number in 0..600 {
        fs::create_dir(of(number)).unwrap();
        for name in ["artifact.json", "forecast-report.pdf"] {
            fs::copy(from.join(name), of(number).join(name)).unwrap();
        }
    }
    fs::write(of(7).join("forecast-report.pdf"), b"x").unwrap();
    fs::remove_file(of(599).join("forecast-report.pdf")).unwrap();
    for _ in 0..2 {
        let status = desk.open().status(at("2026-08-01T12:00:00Z")).unwrap();
        let differing = status.noticed.iter().map(|noticed| match noticed {
            Noticed::FileDiffers { artifact, file } => (artifact.to_string(), file.here.is_some()),
            other => panic!("{other:?}"),
        });
        let differing: Vec<_> = differing.collect();
        assert_eq!(differing, [("copy-0007".to_owned(), true), ("copy-0599".to_owned(), false)]);
        assert_eq!(status.placements[0].deliverables[0].artifacts.len(), 601);
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
}
