//! Every record that the folder writes is as its schema says, and the bounds of the formats hold.

use std::fs;
use std::path::Path;

use portfolio::bundle::{self, Input, bounds};
use portfolio::disk::{FileSource, Links};
use portfolio::holder::{FILE_BYTES, HolderFault, NewArtifact, Role};
use portfolio::path::RelPath;
use serde_json::Value;

use crate::desk::{Desk, at, document, slug};
use crate::journey::{answer, ask, bundle, collect, plain, with_work};

fn check(schema: &str, path: &str, bytes: &[u8]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{schema}.schema.json"));
    let schema: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let value: Value = serde_json::from_slice(bytes).unwrap();
    let faults: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{path}: {faults:?}");
}

fn schema_of(path: &str) -> Option<&'static str> {
    let by_name = [
        ("portfolio.json", "portfolio"),
        ("placement.json", "placement"),
        ("artifact.json", "artifact"),
        ("record.json", "request-record"),
        ("request.json", "request"),
        ("presentation.json", "presentation"),
    ];
    let name = path.rsplit('/').next()?;
    by_name.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
}

#[test]
fn every_record_is_as_its_schema_says() {
    let desk = with_work();
    collect(&desk, &answer(&ask(&desk, "2026-07-22T09:00:00Z").unwrap(), Some("2029-07-24")));
    let empty = Some(String::new());
    let new = NewArtifact {
        replaces: Some(slug("forecast-report")),
        result: empty.clone(),
        description: empty,
        ..document("acme-forecasting", 1)
    };
    desk.add(&desk.put("forecast-report.pdf", b"%PDF-1.7 second\n"), new).unwrap();
    let mut seen = Vec::new();
    for (path, bytes) in desk.files() {
        if let Some(schema) = schema_of(&path) {
            check(schema, &path, &bytes);
            seen.push(schema);
        }
    }
    bundle(&desk, "2026-08-01T12:00:00Z").unwrap();
    let source =
        FileSource::open(&desk.room.path().join("elsewhere/alex-rivera.zip"), Links::Refuse).unwrap();
    let opened = bundle::open(Input::Archive(&source)).unwrap();
    for entry in opened.entries() {
        if let Some(schema) = schema_of(entry.path.as_str()) {
            check(schema, entry.path.as_str(), &opened.read(&entry.path, 1 << 20).unwrap());
            seen.push(schema);
        }
    }
    seen.sort_unstable();
    seen.dedup();
    let all = ["artifact", "placement", "portfolio", "presentation", "request", "request-record"];
    assert_eq!(seen, all);
    let place = RelPath::parse("data/placements/acme-forecasting/placement.json").unwrap();
    let public: Value = serde_json::from_slice(&opened.read(&place, 1 << 20).unwrap()).unwrap();
    let members: Vec<&String> = public.as_object().unwrap().keys().collect();
    assert_eq!(members, ["formatVersion", "title", "organisation", "starts", "ends", "brief", "created"]);
}

#[test]
fn a_file_that_no_bundle_could_hold_is_refused_by_its_length() {
    let desk = Desk::with_placement(crate::desk::DID);
    let path = desk.put("disk.img", b"");
    fs::File::options().write(true).open(&path).unwrap().set_len(FILE_BYTES + 1).unwrap();
    let new = NewArtifact { role: Role::Attachment, ..document("acme-forecasting", 1) };
    match desk.add(&path, new) {
        Err(HolderFault::OverLimit { found, limit, .. }) => {
            assert_eq!((found, limit), (FILE_BYTES + 1, FILE_BYTES))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn more_bytes_or_files_than_a_bundle_holds_are_refused_before_anybody_signs() {
    let desk = with_work();
    let output = desk.room.path().join("elsewhere/b.zip");
    let refused =
        || desk.lock().plan_bundle(&plain(&output, at("2026-08-01T12:00:00Z"))).map(|_| ()).unwrap_err();
    // Three files of two gigabytes each, none of them there but in length.
    let two: u64 = 2 << 30;
    for (id, name) in [("forecast-report", "forecast-report.pdf"), ("hand-over-notes", "hand-over.md")] {
        let folder = desk.root().join("artifacts").join(id);
        let size = fs::metadata(folder.join(name)).unwrap().len();
        let record = fs::read_to_string(folder.join("artifact.json")).unwrap();
        let changed = record.replace(&format!("\"size\": {size},"), &format!("\"size\": {two},"));
        assert_ne!(changed, record);
        fs::write(folder.join("artifact.json"), changed).unwrap();
        fs::File::options().write(true).open(folder.join(name)).unwrap().set_len(two).unwrap();
    }
    match refused() {
        HolderFault::OverLimit { found, limit, .. } => {
            assert!(found > 2 * two && limit == bounds::ARCHIVE_BYTES, "{found} {limit}");
        }
        other => panic!("{other:?}"),
    }

    let desk = with_work();
    fs::create_dir_all(desk.root().join("stories/many")).unwrap();
    for number in 0..bounds::ENTRIES {
        fs::write(desk.root().join(format!("stories/many/{number}")), b"").unwrap();
    }
    let output = desk.room.path().join("elsewhere/b.zip");
    match desk.lock().plan_bundle(&plain(&output, at("2026-08-01T12:00:00Z"))).map(|_| ()).unwrap_err() {
        HolderFault::OverLimit { found, limit, .. } => {
            // Three files, two records, a placement, and six beside the payload.
            assert_eq!((found, limit), (bounds::ENTRIES as u64 + 12, bounds::ENTRIES as u64));
        }
        other => panic!("{other:?}"),
    }
    assert!(!output.exists());
}

#[test]
fn a_draft_that_no_mentor_could_read_is_not_sent() {
    let desk = with_work();
    let many = (0..101).map(|number| (format!("Item {number}"), None)).collect();
    desk.lock().set_brief(&slug("acme-forecasting"), many).unwrap();
    let refused = ask(&desk, "2026-07-22T09:00:00Z");
    assert!(matches!(&refused, Err(HolderFault::NotADraft(faults)) if !faults.is_empty()), "{refused:?}");
    assert_eq!(desk.names("requests"), [] as [&str; 0]);
}
