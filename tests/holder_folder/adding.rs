//! Adding work: what is kept, what is refused, and that a refusal writes nothing.

use std::fs;

use portfolio::disk::{DiskFault, Kind};
use portfolio::holder::{Confidential, HolderFault, NewArtifact, Role};
use portfolio::path::PathFault;

use crate::desk::{DID, Desk, PDF, at, day, document, slug};

const PLACEMENT: &str = "acme-forecasting";

fn with_role(role: Role, media_type: &str, deliverable: u32) -> NewArtifact {
    NewArtifact { role, media_type: media_type.into(), ..document(PLACEMENT, deliverable) }
}

#[test]
fn a_pdf_is_kept_as_it_is() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("forecast-report.pdf", PDF);
    let new = NewArtifact { result: Some("9.8 %, was 14.2 %".into()), ..document(PLACEMENT, 1) };
    let added = desk.add(&path, new).unwrap();
    assert_eq!((added.id.as_str(), added.version), ("forecast-report", 1));
    let files = desk.files();
    assert_eq!(files["artifacts/forecast-report/forecast-report.pdf"], PDF);
    let record = r#"{
  "formatVersion": 1,
  "title": "Forecast report",
  "placement": "acme-forecasting",
  "deliverable": 1,
  "result": "9.8 %, was 14.2 %",
  "document": "forecast-report.pdf",
  "files": [
    {
      "name": "forecast-report.pdf",
      "mediaType": "application/pdf",
      "size": 16,
      "sha256": "DIGEST",
      "role": "document"
    }
  ],
  "added": "2026-07-20T10:00:00Z"
}
"#;
    let digest = portfolio::digest::Digest::of(PDF).hex();
    let record = record.replace("DIGEST", &digest);
    assert_eq!(String::from_utf8_lossy(&files["artifacts/forecast-report/artifact.json"]), record);
    assert_eq!(desk.names(".portfolio"), [] as [&str; 0]);
}

#[test]
fn a_source_and_an_attachment_get_a_document_beside_them() {
    let desk = Desk::with_placement(DID);
    let notes = desk.put("hand-over.md", b"# Hand-over\n");
    desk.add(&notes, with_role(Role::Source, "text/markdown", 2)).unwrap();
    let code = desk.put("model-code.zip", b"PK stand-in");
    let until = Confidential { until: Some(day("2027-07-24")), ..Confidential::default() };
    let new = NewArtifact { confidential: Some(until), ..with_role(Role::Attachment, "application/zip", 3) };
    let added = desk.add(&code, new).unwrap();
    let roles: Vec<_> = added.artifact.files.iter().map(|f| (f.name.as_str(), f.role)).collect();
    assert_eq!(roles, [("model-code.pdf", Role::Document), ("model-code.zip", Role::Attachment)]);
    assert_eq!(
        desk.names("artifacts"),
        [
            "artifacts/hand-over-notes/artifact.json",
            "artifacts/hand-over-notes/hand-over.md",
            "artifacts/hand-over-notes/hand-over.pdf",
            "artifacts/model-code/artifact.json",
            "artifacts/model-code/model-code.pdf",
            "artifacts/model-code/model-code.zip",
        ]
    );
    let made = String::from_utf8(desk.files()["artifacts/model-code/model-code.pdf"].clone()).unwrap();
    let digest = portfolio::digest::Digest::of(b"PK stand-in");
    assert_eq!(made, format!("%PDF-1.7 made from model-code.zip {digest}\n"));
}

#[test]
fn an_attachment_named_pdf_keeps_its_name_and_gets_a_cover() {
    let desk = Desk::with_placement(DID);
    let page = desk.put("Report.PDF", b"<!DOCTYPE html>");
    let added = desk.add(&page, with_role(Role::Attachment, "text/html", 1)).unwrap();
    let names: Vec<_> = added.artifact.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["Report.cover.pdf", "Report.PDF"]);
}

#[test]
fn replacing_makes_a_version_and_keeps_what_else_lies_there() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("forecast-report.pdf", PDF);
    let first = desk.add(&path, document(PLACEMENT, 1)).unwrap();
    fs::write(desk.root().join("artifacts/forecast-report/remarks.txt"), b"mine").unwrap();
    let path = desk.put("forecast-report.pdf", b"%PDF-1.7 second\n");
    let bare = NewArtifact { placement: None, deliverable: None, ..document(PLACEMENT, 1) };
    let later = NewArtifact { replaces: Some(first.id.clone()), added: at("2026-07-21T10:00:00Z"), ..bare };
    let second = desk.add(&path, later.clone()).unwrap();
    assert_eq!((&second.id, second.version), (&first.id, 2));
    assert_eq!(second.artifact.title, "Forecast report");
    assert_eq!(second.artifact.deliverable, Some(1));
    assert_eq!(second.artifact.versions[0].files, first.artifact.files);
    assert_eq!(second.artifact.versions[0].added, at("2026-07-20T10:00:00Z"));
    let files = desk.files();
    assert_eq!(files["artifacts/forecast-report/forecast-report.pdf"], b"%PDF-1.7 second\n");
    assert_eq!(files["artifacts/forecast-report/remarks.txt"], b"mine");
    assert_eq!(desk.names(".portfolio"), [] as [&str; 0]);
    assert!(matches!(desk.add(&path, later), Err(HolderFault::AlreadyAdded { .. })));
    assert_eq!(desk.files(), files);
}

#[test]
fn the_same_file_again_is_no_second_artifact_and_the_same_title_is() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("forecast-report.pdf", PDF);
    desk.add(&path, document(PLACEMENT, 1)).unwrap();
    let again = desk.add(&path, document(PLACEMENT, 1));
    assert!(
        matches!(again, Err(HolderFault::AlreadyAdded { artifact }) if artifact == slug("forecast-report"))
    );
    let other = desk.put("annex.pdf", b"%PDF-1.7 annex\n");
    assert_eq!(desk.add(&other, document(PLACEMENT, 1)).unwrap().id, slug("forecast-report-2"));
}

#[test]
fn refusals_name_the_fact_and_write_nothing() {
    let desk = Desk::with_placement(DID);
    let before = desk.files();
    let refused = |name: &str, bytes: &[u8], new: NewArtifact| {
        let path = desk.put(name, bytes);
        let fault = desk.add(&path, new).unwrap_err();
        fs::remove_file(path).unwrap();
        fault
    };
    let name_fault = |name: &str| match refused(name, PDF, document(PLACEMENT, 1)) {
        HolderFault::BadName { fault, .. } => fault,
        other => panic!("{name}: {other:?}"),
    };
    if cfg!(unix) {
        assert_eq!(name_fault("con.pdf"), PathFault::WindowsDevice("con".into()));
        assert_eq!(name_fault("a\u{202e}fdp.exe"), PathFault::Hidden('\u{202e}'));
        assert_eq!(name_fault("a\u{1b}[2J.pdf"), PathFault::Control('\u{1b}'));
        assert_eq!(name_fault("a\nb.pdf"), PathFault::Control('\n'));
        assert_eq!(name_fault("50%.pdf"), PathFault::Reserved('%'));
        assert_eq!(name_fault("a:b.pdf"), PathFault::Reserved(':'));
        assert_eq!(name_fault("x."), PathFault::TrailingDotOrSpace);
    }
    let key = concat!("-----BEGIN OPENSSH ", "PRIVATE KEY-----\nAAAA\n");
    for (name, bytes) in
        [("notes.txt", key.as_bytes()), ("id_ed25519", b"x".as_slice()), (".env", b"A=b"), ("k.kdbx", b"x")]
    {
        let fault = refused(name, bytes, with_role(Role::Attachment, "text/plain", 1));
        assert!(matches!(fault, HolderFault::LooksSecret { .. }), "{name}: {fault:?}");
    }
    let fault = refused("a.pdf", PDF, document(PLACEMENT, 4));
    assert!(matches!(fault, HolderFault::NoSuchDeliverable { asked: 4, have: 3, .. }), "{fault:?}");
    let fault = refused("a.pdf", PDF, document("nowhere", 1));
    assert!(matches!(fault, HolderFault::NoSuchPlacement(_)), "{fault:?}");
    let fault = refused("a.pdf", PDF, NewArtifact { placement: None, ..document(PLACEMENT, 2) });
    assert!(matches!(fault, HolderFault::DeliverableOfNothing(2)), "{fault:?}");
    let fault = refused("Artifact.JSON", b"{}", with_role(Role::Attachment, "application/json", 1));
    assert!(matches!(fault, HolderFault::NameTaken(_)), "{fault:?}");
    assert_eq!(desk.files(), before);
}

#[test]
fn the_portfolios_own_files_are_not_added_but_loose_and_private_ones_are() {
    let desk = Desk::with_placement(DID);
    for own in ["portfolio.json", "placements/acme-forecasting/placement.json", ".gitignore"] {
        let fault = desk.add(&desk.root().join(own), document(PLACEMENT, 1)).unwrap_err();
        assert!(matches!(fault, HolderFault::OwnFile(_)), "{own}: {fault:?}");
    }
    for (number, name) in [(1, "loose.pdf"), (2, "private/note.pdf")] {
        fs::write(desk.root().join(name), PDF).unwrap();
        desk.add(&desk.root().join(name), document(PLACEMENT, number)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_are_refused_without_waiting() {
    let desk = Desk::with_placement(DID);
    let target = desk.put("real.pdf", PDF);
    let elsewhere = desk.room.path().join("elsewhere");
    std::os::unix::fs::symlink(&target, elsewhere.join("link.pdf")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(elsewhere.join("pipe.pdf")).status().unwrap();
    assert!(made.success());
    let what = |name: &str| match desk.add(&elsewhere.join(name), document(PLACEMENT, 1)) {
        Err(HolderFault::Disk(DiskFault::NotAFile { what, .. })) => what,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!((what("link.pdf"), what("pipe.pdf"), what(".")), (Kind::Link, Kind::Pipe, Kind::Folder));
}

#[cfg(unix)]
#[test]
fn a_room_that_is_a_link_is_not_written_through() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("report.pdf", PDF);
    let target = desk.room.path().join("target");
    fs::create_dir(&target).unwrap();
    let is_link = |fault: HolderFault| {
        matches!(fault, HolderFault::Disk(DiskFault::NotAFolder { what: Kind::Link, .. }))
    };
    std::os::unix::fs::symlink(&target, desk.root().join("artifacts")).unwrap();
    assert!(is_link(desk.add(&path, document(PLACEMENT, 1)).unwrap_err()));
    fs::remove_file(desk.root().join("artifacts")).unwrap();
    // What is swept and what is put together is in here, so the folder is not even locked.
    fs::remove_dir_all(desk.root().join(".portfolio/staging")).unwrap();
    std::os::unix::fs::symlink(&target, desk.root().join(".portfolio/staging")).unwrap();
    assert!(is_link(desk.open().lock("portfolio test", at("2026-07-01T00:00:00Z"), None).unwrap_err()));
    assert_eq!(fs::read_dir(target).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_in_pieces_is_kept_composed_and_one_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::with_placement(DID);
    let added = desk.add(&desk.put("re\u{301}sume\u{301}.pdf", PDF), document(PLACEMENT, 1)).unwrap();
    assert_eq!(added.artifact.document.as_str(), "r\u{e9}sum\u{e9}.pdf");
    let path = desk.room.path().join("elsewhere").join(std::ffi::OsStr::from_bytes(b"a\xff.pdf"));
    fs::write(&path, PDF).unwrap();
    match desk.add(&path, document(PLACEMENT, 2)) {
        Err(HolderFault::BadName { name, fault }) => {
            assert_eq!((name.as_str(), fault), ("a\u{fffd}.pdf", PathFault::NotUtf8));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_written_to_meanwhile_is_refused_and_nothing_stays() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("forecast-report.pdf", PDF);
    let before = desk.files();
    let locked = desk.lock();
    let incoming = locked.incoming(&path).unwrap();
    fs::write(&path, b"%PDF-1.7 longer than before\n").unwrap();
    let refused = locked.add(&incoming, document(PLACEMENT, 1), &mut |_| Ok(Vec::new()));
    assert!(matches!(refused, Err(HolderFault::Disk(DiskFault::ChangedWhileRead(_)))), "{refused:?}");
    fs::write(&path, b"%PDF").unwrap();
    let refused = locked.add(&incoming, document(PLACEMENT, 1), &mut |_| Ok(Vec::new()));
    assert!(matches!(refused, Err(HolderFault::Disk(DiskFault::ChangedWhileRead(_)))), "{refused:?}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_document_that_cannot_be_made_leaves_nothing() {
    let desk = Desk::with_placement(DID);
    let path = desk.put("notes.md", b"# x");
    let before = desk.files();
    let locked = desk.lock();
    let incoming = locked.incoming(&path).unwrap();
    let refused =
        locked.add(&incoming, with_role(Role::Source, "text/markdown", 2), &mut |_| Err("no font".into()));
    assert!(
        matches!(&refused, Err(HolderFault::Document(why)) if why.to_string() == "no font"),
        "{refused:?}"
    );
    assert_eq!(desk.files(), before);
}
