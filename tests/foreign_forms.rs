//! Credentials of others as they read: the W3C's good and bad inputs, and every signed sample.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use portfolio::credential::foreign::{Kind, Model, read};
use portfolio::proof::EddsaRdfc2022;
use serde_json::{Value, json};

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn json_of(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).unwrap()).ok()
}

/// Bad inputs that are wrong only as linked data: reading them as linked data finds the fault.
const WRONG_AS_LINKED_DATA: [&str; 4] = [
    "credential-redef-type-fail",
    "credential-redef-type2-fail",
    "credential-type-mapped-nonurl-fail",
    "credential-type-unmapped-fail",
];

/// Its dates are written by the suite when it runs.
const MADE_WHEN_RUN: [&str; 1] = ["credential-validUntil-validFrom-ok"];

#[test]
fn the_good_inputs_of_w3c_read_and_the_bad_ones_do_not() {
    let Some(folder) = vectors::folder("vc-data-model-2.0/input") else { return };
    let (mut good, mut bad, mut as_linked_data, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for path in files_below(&folder) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("presentation") {
            continue;
        }
        let mut document = json_of(&path).unwrap();
        // they are inputs for issuing, where the suite's issuer puts its own name in
        if document.get("issuer").is_none() && name != "credential-no-issuer-fail" {
            document["issuer"] = "https://issuer.example".into();
        }
        if let Some(issuer) = document["issuer"].as_object_mut()
            && !name.ends_with("-fail")
        {
            issuer.entry("id").or_insert("https://issuer.example".into());
        }
        let found = read(&document);
        if MADE_WHEN_RUN.contains(&name.as_str()) {
            assert!(found.is_err());
            continue;
        }
        if name.ends_with("-ok") {
            if found.is_err() {
                eprintln!("{name}: {found:?}");
                wrong.push(name);
            }
            good += 1;
        } else if found.is_ok() {
            if EddsaRdfc2022::canonical(&document).is_ok() {
                wrong.push(name.clone());
            }
            as_linked_data.push(name);
        } else {
            bad += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(as_linked_data, WRONG_AS_LINKED_DATA);
    assert_eq!((good, bad), (53, 37));
}

#[test]
fn every_signed_sample_reads() {
    let Some(folder) = vectors::folder("dcc-vc-test-fixtures/verifiableCredentials") else { return };
    let (mut read_well, mut first, mut second) = (0, 0, 0);
    for path in files_below(&folder) {
        let Some(document) = json_of(&path) else { continue };
        let found = read(&document).unwrap_or_else(|faults| panic!("{path:?}: {faults:?}"));
        read_well += 1;
        first += usize::from(found.model == Model::Vc1);
        second += usize::from(found.model == Model::Vc2);
        assert!(found.issuer.id.is_some(), "{path:?}");
    }
    assert_eq!((read_well, first, second), (90, 44, 46));
}

#[test]
fn a_badge_tells_who_gave_what_to_whom() {
    let Some(folder) = vectors::folder("ob3/impl-guide-signed") else { return };
    let documents: Vec<Value> = files_below(&folder).iter().filter_map(|path| json_of(path)).collect();
    let kinds: Vec<Kind> =
        documents.iter().filter_map(|document| read(document).ok()).map(|it| it.kind).collect();
    assert!(kinds.contains(&Kind::OpenBadge) && kinds.contains(&Kind::LearnerRecord), "{kinds:?}");
    for document in documents {
        let Ok(found) = read(&document) else { continue };
        if found.kind == Kind::OpenBadge {
            assert!(found.achievement.unwrap().name.is_some());
        }
    }
}

#[test]
fn a_badge_of_the_old_kind_is_read_too() {
    let old = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
        "badge": { "name": "Welding", "criteria": { "narrative": "Weld." } }, "issuedOn": "2020-01-01T00:00:00Z",
        "verification": { "type": "hosted" }, "recipient": { "type": "email", "identity": "a@b.example" },
    });
    let found = read(&old).unwrap();
    assert_eq!((found.model, found.kind), (Model::OpenBadges2, Kind::OpenBadge));
    let achievement = found.achievement.unwrap();
    assert_eq!(achievement.name.as_deref(), Some("Welding"));
    assert_eq!(achievement.criteria.as_deref(), Some("Weld."));
    assert!(read(&json!({ "@context": "https://w3id.org/openbadges/v2" })).is_err());
    assert!(read(&json!([])).is_err());
}
