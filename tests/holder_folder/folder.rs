//! Making, finding and locking the folder; placements.

use std::fs;

use portfolio::disk::DiskFault;
use portfolio::holder::{HolderFault, NewPlacement, NewPortfolio, Portfolio};

use crate::desk::{DID, Desk, at, day, slug};

#[test]
fn a_new_portfolio_is_these_files() {
    let desk = Desk::with_placement(DID);
    let files = desk.files();
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        [".gitattributes", ".gitignore", "placements/acme-forecasting/placement.json", "portfolio.json"]
    );
    assert_eq!(files[".gitattributes"], b"* -text\n*.json diff=json\n");
    assert_eq!(files[".gitignore"], b"private/\n.portfolio/\n");
    let about = r#"{
  "formatVersion": 1,
  "name": "Alex Rivera",
  "email": "alex@rivera.example",
  "did": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
  "created": "2026-05-20T09:00:00Z"
}
"#;
    assert_eq!(String::from_utf8_lossy(&files["portfolio.json"]), about);
}

#[test]
fn git_files_that_are_there_only_gain_lines() {
    let desk = Desk::empty();
    fs::create_dir(desk.root()).unwrap();
    fs::write(desk.root().join(".gitignore"), "target\nprivate/\r\nlast").unwrap();
    let new = NewPortfolio { name: "A", email: "a@b.example", did: DID, created: at("2026-05-20T09:00:00Z") };
    Portfolio::init(&desk.root(), &new).unwrap();
    assert_eq!(desk.files()[".gitignore"], b"target\nprivate/\r\nlast\n.portfolio/\n");
}

#[test]
fn a_portfolio_is_found_from_below_and_never_made_twice() {
    let desk = Desk::with_placement(DID);
    let below = desk.root().join("placements/acme-forecasting");
    let found = Portfolio::find(&below).unwrap();
    assert_eq!(found.root(), fs::canonicalize(desk.root()).unwrap());
    let elsewhere = desk.room.path().join("elsewhere");
    match Portfolio::find(&elsewhere) {
        Err(HolderFault::NoPortfolio { looked }) => assert_eq!(looked, fs::canonicalize(&elsewhere).unwrap()),
        other => panic!("{other:?}"),
    }
    let before = desk.files();
    let new = NewPortfolio { name: "B", email: "b@b.example", did: DID, created: at("2026-05-20T09:00:00Z") };
    for place in [desk.root(), below] {
        assert!(matches!(Portfolio::init(&place, &new), Err(HolderFault::PortfolioExists(_))));
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_record_that_is_no_file_is_refused() {
    let desk = Desk::empty();
    fs::create_dir_all(desk.root().join("portfolio.json")).unwrap();
    let refused = Portfolio::find(&desk.root());
    assert!(matches!(refused, Err(HolderFault::Disk(DiskFault::NotAFile { .. }))), "{refused:?}");
}

#[test]
fn a_locked_folder_says_who_is_at_work() {
    let desk = Desk::with_portfolio(DID);
    let held = desk.open().lock("portfolio bundle", at("2026-07-01T00:00:00Z"), None).unwrap();
    match desk.open().lock("portfolio add", at("2026-07-01T00:00:20Z"), None) {
        Err(HolderFault::Disk(DiskFault::Busy { by, .. })) if cfg!(unix) => {
            let by = by.unwrap();
            let since = at("2026-07-01T00:00:00Z").unix();
            assert_eq!(
                (by.command.as_str(), by.process, by.since),
                ("portfolio bundle", std::process::id(), since)
            );
        }
        Err(HolderFault::Disk(DiskFault::Busy { .. })) => {}
        other => panic!("{other:?}"),
    }
    drop(held);
    desk.lock();
}

#[test]
fn what_a_crash_left_behind_is_swept_under_the_lock() {
    let desk = Desk::with_portfolio(DID);
    let own = desk.root().join(".portfolio");
    for folder in ["staging/new-abc", "replaced/report", "replaced/notes"] {
        fs::create_dir_all(own.join(folder)).unwrap();
        fs::write(own.join(folder).join("x"), folder).unwrap();
    }
    fs::create_dir_all(desk.root().join("artifacts/notes")).unwrap();
    drop(desk.lock());
    // The artifact that had lost its place is back; what was replaced for good is gone.
    assert_eq!(desk.names("artifacts"), ["artifacts/report/x"]);
    assert_eq!(desk.names(".portfolio"), [] as [&str; 0]);
}

#[test]
fn placements_get_ids_of_their_own_and_keep_what_they_do_not_know() {
    let desk = Desk::with_placement(DID);
    let path = desk.root().join("placements/acme-forecasting/placement.json");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, written.replace("\"title\": \"Demand", "\"colour\": \"blue\",\n  \"title\": \"Demand"))
        .unwrap();
    let locked = desk.lock();
    let new = |id: Option<&str>| NewPlacement {
        id: id.map(slug),
        title: "Acme Forecasting".into(),
        organisation: None,
        starts: None,
        ends: None,
        mentor: None,
        role: None,
        hours: None,
        evidence_promised: Vec::new(),
        created: at("2026-05-20T09:00:00Z"),
    };
    assert_eq!(locked.new_placement(new(None)).unwrap().0, slug("acme-forecasting-2"));
    let taken = locked.new_placement(new(Some("acme-forecasting")));
    assert!(matches!(taken, Err(HolderFault::PlacementExists(id)) if id == slug("acme-forecasting")));
    locked
        .change_placement(&slug("acme-forecasting"), |placement| placement.ends = Some(day("2026-07-31")))
        .unwrap();
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.contains("\"ends\": \"2026-07-31\"") && after.contains("\"colour\": \"blue\""), "{after}");
    assert_eq!(locked.placement(&slug("acme-forecasting")).unwrap().brief.deliverables.len(), 3);
    assert!(matches!(locked.placement(&slug("none")), Err(HolderFault::NoSuchPlacement(_))));
}

#[test]
fn an_offer_is_filed_in_private_and_a_second_one_beside_it() {
    let desk = Desk::with_placement(DID);
    let offer = desk.put("Offer (final).pdf", b"%PDF-1.7 offer");
    let locked = desk.lock();
    let id = slug("acme-forecasting");
    assert!(locked.file_offer(&id, &offer).unwrap().ends_with("private/acme-forecasting/offer.pdf"));
    assert!(locked.file_offer(&id, &offer).unwrap().ends_with("private/acme-forecasting/offer-2.pdf"));
    drop(locked);
    assert_eq!(desk.files()["private/acme-forecasting/offer.pdf"], b"%PDF-1.7 offer");
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let mode = |path: &str| fs::metadata(desk.root().join(path)).unwrap().mode() & 0o777;
        assert_eq!((mode("private"), mode("private/acme-forecasting/offer.pdf")), (0o700, 0o600));
    }
}
