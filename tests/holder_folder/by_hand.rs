//! What people do to the folder by hand, what goes into a bundle as it is, and where a bundle may go.

use std::fs;

use portfolio::holder::{HolderFault, LeftOut, Noticed, Pack, WhyLeftOut};
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
            Noticed::NotRecorded("placements/todo.txt".into()),
            Noticed::NotRecorded("artifacts/forecast-report/draft.txt".into()),
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
fn deposits_stories_and_notices_travel_as_they_are_and_strays_do_not() {
    let desk = with_work();
    let at = |path: &str| desk.root().join(path);
    for (path, bytes) in [
        ("deposits/badge/deposit.json", "{}"),
        ("deposits/badge/badge.png", "png"),
        ("deposits/badge/.DS_Store", "litter"),
        ("deposits/badge/50%.txt", "x"),
        ("stories/first.md", "# Story"),
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
        [
            "placements/acme-forecasting/placement.json",
            "deposits/badge/badge.png",
            "deposits/badge/deposit.json",
            "stories/first.md",
            "notices/withdrawn.json",
        ]
    );
    let left_out = [
        ("artifacts/forecast-report/draft.txt", WhyLeftOut::NotRecorded),
        ("deposits/badge/50%.txt", WhyLeftOut::BadName(PathFault::Reserved('%'))),
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

#[test]
fn a_file_that_was_not_touched_is_not_read_again_and_the_cache_can_go() {
    let desk = with_work();
    let later = at("2190-01-01T00:00:00Z");
    let noticed = || desk.open().status(later).unwrap().noticed.len();
    assert_eq!(noticed(), 0);
    let path = desk.root().join("artifacts/forecast-report/forecast-report.pdf");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let other: Vec<u8> = fs::read(&path).unwrap().iter().map(|byte| byte ^ 1).collect();
    fs::write(&path, other).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    assert_eq!(noticed(), 0);
    let cache = desk.root().join(".portfolio/digests.json");
    for broken in [None, Some("{"), Some("{\"files\": 1}")] {
        match broken {
            None => fs::remove_file(&cache).unwrap(),
            Some(text) => fs::write(&cache, text).unwrap(),
        }
        assert_eq!(noticed(), 1);
    }
}
