//! `check --privacy` and `check --pdf`: what files tell beside the work, and what they do not say.

use portfolio::render::pdf::{Facts, from_text};
use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

fn pdf(author: &str, text: &str) -> Vec<u8> {
    let facts = Facts { title: "T", author, language: "en", date: None };
    from_text(text, &facts, &mut |_| ()).unwrap().bytes
}

/// Codes and paths of everything found, and the exit code.
fn found(desk: &Desk, how: &str) -> (Vec<String>, i32) {
    let shown = desk.run(&["check", how, "--plain"]);
    let short = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        format!("{} {}", fields[0], fields[2])
    };
    (shown.out.lines().map(short).collect(), shown.code)
}

#[test]
fn what_the_program_makes_itself_tells_nothing_beside_the_work() {
    let desk = Desk::with_work();
    assert_data_eq!(
        desk.run(&["check", "--privacy"]).page(),
        str![[r#"
✓ Nothing is told beside the work: 0 records and 5 files.
--- exit 0

"#]]
    );
}

#[test]
fn names_paths_addresses_and_places_are_listed() {
    let desk = Desk::with_work();
    desk.put("../report.pdf", pdf("Priya Nair", "Made in /home/priya/work by priya.nair@acme.example\n"));
    desk.put("../notes.md", "# Notes\n\nSee C:\\Users\\Alex\\data.csv or mail lab@acme.example.\n");
    let exif = [
        b"II*\0\x08\0\0\0\x02\0".as_slice(),
        &[0x10, 0x01, 2, 0, 6, 0, 0, 0, 38, 0, 0, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        b"Phone\0",
    ]
    .concat();
    let length = u16::try_from(exif.len() + 8).unwrap().to_be_bytes();
    let photo = [&[0xFF, 0xD8, 0xFF, 0xE1], &length[..], b"Exif\0\0", &exif, &[0xFF, 0xD9]].concat();
    for name in ["report.pdf", "notes.md"] {
        desk.done(&["add", "acme-forecasting", &format!("../{name}")]);
    }
    let record = serde_json::json!({
        "formatVersion": 1, "title": "Photograph", "kind": "capture",
        "files": [{ "name": "photo.jpg", "mediaType": "image/jpeg", "size": photo.len(),
                    "sha256": portfolio::digest::Digest::of(&photo).hex(), "role": "original" }],
        "captured": { "at": "2026-07-10T09:00:00Z", "how": "taken" },
        "canBeChecked": ["bytes"], "onlyMyWord": ["/captured/at"],
    });
    desk.put("deposits/photo/deposit.json", serde_json::to_string_pretty(&record).unwrap());
    desk.put("deposits/photo/photo.jpg", photo);
    assert_data_eq!(
        desk.run(&["check", "--privacy"]).page(),
        str![[r#"
! artifacts/notes/notes.pdf: holds a path of a computer: C:/Users/Alex/data.csv.
! artifacts/notes/notes.pdf: holds an e-mail address: lab@acme.example.
! artifacts/notes/notes.md, line 3, column 5: holds a path of a computer:
  C:/Users/Alex/data.csv.
! artifacts/notes/notes.md, line 3, column 36: holds an e-mail address:
  lab@acme.example.
! artifacts/report/report.pdf: names its author: Priya Nair.
! artifacts/report/report.pdf: holds a path of a computer: /home/priya/work.
! artifacts/report/report.pdf: holds an e-mail address: priya.nair@acme.example.
! deposits/photo/photo.jpg: says where it comes from: camera: Phone.
! deposits/photo/photo.jpg: says where it was taken.

Looked at 0 records and 11 files: 9 told beside the work.
--- exit 1

"#]]
    );
    let (all, code) = found(&desk, "--privacy");
    assert_eq!(code, 1);
    for expected in [
        "pdf-author artifacts/report/report.pdf",
        "path-in-text artifacts/report/report.pdf",
        "email-in-text artifacts/report/report.pdf",
        "path-in-text artifacts/notes/notes.md",
        "email-in-text artifacts/notes/notes.md",
        "picture-origin deposits/photo/photo.jpg",
        "picture-place deposits/photo/photo.jpg",
    ] {
        assert!(all.iter().any(|line| line == expected), "{expected}: {all:?}");
    }
}

#[test]
fn programs_and_authors_of_documents_made_elsewhere_are_named() {
    let desk = Desk::with_work();
    let made = pdf("Alex Rivera", "Nothing.\n");
    let producer = made.windows(9).position(|nine| nine == b"portfolio").unwrap();
    let mut elsewhere = made;
    elsewhere[producer..producer + 9].copy_from_slice(b"Word 2024");
    desk.put("../elsewhere.pdf", elsewhere);
    desk.done(&["add", "acme-forecasting", "../elsewhere.pdf"]);
    let core = "<cp:coreProperties><dc:creator>Priya Nair</dc:creator></cp:coreProperties>";
    desk.put("../table.xlsx", stored_archive("docProps/core.xml", core));
    desk.done(&["add", "acme-forecasting", "../table.xlsx"]);
    let (all, code) = found(&desk, "--privacy");
    let expected =
        ["pdf-program artifacts/elsewhere/elsewhere.pdf", "document-author artifacts/table/table.xlsx"];
    assert_eq!((all, code), (expected.map(str::to_owned).to_vec(), 1));
}

/// An archive of one file as it is.
fn stored_archive(name: &str, text: &str) -> Vec<u8> {
    let (size, length) =
        (u32::try_from(text.len()).unwrap().to_le_bytes(), u16::try_from(name.len()).unwrap().to_le_bytes());
    let local = [
        b"PK\x03\x04\x14\0\0\0\0\0".as_slice(),
        &[0; 8],
        &size,
        &size,
        &length,
        &[0, 0],
        name.as_bytes(),
        text.as_bytes(),
    ]
    .concat();
    let central = [
        b"PK\x01\x02\x14\0\x14\0\0\0\0\0".as_slice(),
        &[0; 8],
        &size,
        &size,
        &length,
        &[0; 16],
        name.as_bytes(),
    ]
    .concat();
    let (count, at) = (
        u32::try_from(central.len()).unwrap().to_le_bytes(),
        u32::try_from(local.len()).unwrap().to_le_bytes(),
    );
    [local, central, [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &count, &at, &[0, 0]].concat()].concat()
}

#[test]
fn what_a_record_says_and_its_document_does_not_is_listed() {
    let desk = Desk::with_work();
    desk.put(
        "../second.pdf",
        pdf(
            "Alex Rivera",
            "Shift planner by Alex Rivera, Acme Retail Ltd\n4 hours, now 10 min, since 24 July 2026\n",
        ),
    );
    let facts =
        ["--title", "Shift planner", "--result", "10 min, was 4 h on 2026-07-24", "--description", "5 wards"];
    desk.done(&[&["add", "acme-forecasting", "../second.pdf"], &facts[..]].concat());
    assert_data_eq!(
        desk.run(&["check", "--pdf"]).page(),
        str![[r#"
? artifacts/forecast-report/artifact.json, line 4, column 16: gives “Acme
  Retail”, which forecast-report.pdf does not say.
? artifacts/hand-over-notes/artifact.json, line 3, column 12: gives “Hand-over
  notes”, which hand-over.pdf does not say.
? artifacts/hand-over-notes/artifact.json, line 4, column 16: gives “Acme
  Retail”, which hand-over.pdf does not say.
? artifacts/shift-planner/artifact.json, line 4, column 18: gives “5”, which
  second.pdf does not say.

Looked at 3 records and 3 files: 4 not in the PDF.
--- exit 1

"#]]
    );
    desk.put("../third.pdf", pdf("Alex Rivera", "Title and name are missing here.\n"));
    desk.done(&["add", "acme-forecasting", "../third.pdf", "--title", "A plan of 2026-08-01"]);
    let (all, code) = found(&desk, "--pdf");
    for code in ["title-not-in-pdf", "name-not-in-pdf", "date-not-in-pdf"] {
        let expected = format!("{code} artifacts/a-plan-of-2026-08-01/artifact.json");
        assert!(all.contains(&expected), "{expected}: {all:?}");
    }
    assert_eq!(code, 1);
    assert!(all.contains(&"number-not-in-pdf artifacts/shift-planner/artifact.json".to_owned()), "{all:?}");
}

#[test]
fn a_document_without_text_is_not_called_silent() {
    let desk = Desk::with_brief();
    desk.put("../report.pdf", b"%PDF-1.7\nxref\n0 0\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n");
    desk.done(&["add", "../report.pdf"]);
    let expected = "pdf-not-read artifacts/report/report.pdf".to_owned();
    assert_eq!(found(&desk, "--pdf"), (vec![expected], 0));
}
