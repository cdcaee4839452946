//! Every file the program writes, and every example, is as its JSON Schema says, and every schema says something.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/journey.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod journey;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;
#[path = "support/rezip.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod rezip;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use journey::{ALEX, Journey, PRIYA, RECRUITER};
use program::files_below;
use serde_json::Value;

fn package(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The schemas by name: `sign-off` for `schemas/sign-off.schema.json`.
fn schemas() -> BTreeMap<String, Value> {
    files_below(&package("schemas"))
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let name = name.strip_suffix(".schema.json").unwrap_or_else(|| panic!("{name} is no schema"));
            (name.to_owned(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        })
        .collect()
}

/// The schema with every object closed: what it does not name is refused. Readers skip unknown members, but the
/// program itself writes none that its schema leaves out.
fn closed(schema: &Value) -> Value {
    let mut schema = schema.clone();
    close(&mut schema);
    schema
}

fn close(node: &mut Value) {
    match node {
        Value::Object(map) => {
            map.values_mut().for_each(close);
            if map.get("properties").is_some_and(Value::is_object)
                && !map.contains_key("additionalProperties")
            {
                map.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

/// Which schema a JSON document answers to, by its own `type` or by its name.
fn schema_of(path: &str, document: &Value) -> &'static str {
    let kind = match &document["type"] {
        Value::String(kind) => kind.as_str(),
        Value::Array(kinds) => kinds.last().and_then(Value::as_str).unwrap_or_default(),
        _ => "",
    };
    match (kind, path.rsplit('/').next().unwrap()) {
        ("OpenBadgeCredential", _) => "sign-off",
        ("EndorsementCredential", _) => "voucher",
        ("VerifiablePresentation", _) => "presentation",
        ("SignOffRequest", _) => "request",
        ("Decline", _) => "decline",
        ("Withdrawal", _) => "withdrawal",
        ("KeyNotice", _) => "key-notice",
        ("VerificationReport", _) => "verify-report",
        ("Status", _) => "status",
        ("CheckReport", _) => "check-report",
        ("SkillList", _) => "skill-list",
        ("MoveList", _) => "move-list",
        ("OutcomeList", _) => "outcome-list",
        ("StoryList", _) => "story-list",
        ("Worth", _) => "worth",
        ("Inventory", _) => "inventory",
        ("Log", _) => "log",
        ("Checklist", _) => "checklist",
        ("", _) if path.contains("/moves/") => "move",
        ("", _) if path.contains("/outcomes/") => "outcome",
        ("BagReport", _) => "bag-report",
        ("", "record.json") => "request-record",
        ("", "signer.json") => "signer",
        ("", "portfolio.json") => "portfolio",
        ("", "placement.json") => "placement",
        ("", "artifact.json") => "artifact",
        ("", "offer.json") => "offer",
        ("", name) if name.starts_with("permission-") => "permission",
        ("", _) if path.contains("/checkpoints/") => "checkpoint",
        ("", _) if path.contains("/briefs/") => "brief",
        (
            "Offer" | "OfferList" | "OfferComparison" | "Placement" | "PlacementList" | "Terms" | "BriefDiff"
            | "CheckpointList",
            _,
        ) => "listing",
        ("", "deposit.json") => "deposit",
        ("", "trust.json" | "list-of-trust.json") => "trust",
        (kind, _) => panic!("{path}: no schema for type {kind:?}"),
    }
}

/// What is wrong with a document, by its closed schema.
fn faults(schemas: &BTreeMap<String, Value>, path: &str, document: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&closed(&schemas[schema_of(path, document)])).unwrap();
    validator.iter_errors(document).map(|error| format!("{path}{}: {error}", error.instance_path())).collect()
}

/// Every JSON document below a folder, those inside archives included, with its path.
fn documents_below(folder: &Path) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for path in files_below(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        if name.ends_with(".json") {
            found.push((name, bytes));
        } else if name.ends_with(".zip") && bytes.windows(13).any(|window| window == b"/manifest-sha") {
            let inside = rezip::read(&bytes).into_iter().filter(|(inner, _)| inner.ends_with(".json"));
            found.extend(inside.map(|(inner, body)| (format!("{name}/{inner}"), body)));
        }
    }
    found.into_iter().map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap())).collect()
}

#[test]
fn every_schema_is_one_says_what_it_is_and_resolves() {
    let mut ids = BTreeSet::new();
    for (name, schema) in schemas() {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(schema["$id"], format!("tag:portfolio,2026:schema:{name}-1"));
        assert!(ids.insert(schema["$id"].to_string()));
        assert!(schema["title"].is_string() && schema["description"].is_string(), "{name}");
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::draft202012::new(&schema).unwrap();
        let text = schema.to_string();
        for used in text.split("\"#/$defs/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(schema["$defs"].get(used).is_some(), "{name}: {used}");
        }
        for defined in schema["$defs"].as_object().into_iter().flat_map(serde_json::Map::keys) {
            assert!(text.contains(&format!("\"#/$defs/{defined}\"")), "{name}: {defined} is never used");
        }
    }
}

/// Every document that the whole journey writes, with its path; played once.
fn written() -> &'static [(String, Value)] {
    static WRITTEN: OnceLock<Vec<(String, Value)>> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let journey = Journey::new();
        let bundle = journey.whole();
        let (bundle, request) = (bundle.to_str().unwrap(), journey.ask_again());
        // A second request is declined, and the first answer withdrawn.
        let request = request.to_str().unwrap();
        let decline =
            ["sign", request, "--decline", "not mine to judge", "--as", "Priya Nair", "-o", "no.json"];
        journey.run(PRIYA, 28, &decline, 0);
        journey.run(ALEX, 28, &["collect", "../priya/no.json", "--yes"], 0);
        // What others issued comes along in a second bundle.
        std::fs::write(journey.place.join("alex/course.html"), "<!DOCTYPE html><title>Course</title>")
            .unwrap();
        let deposit = ["deposit", "course.html", "--for", "acme-forecasting", "--url", "https://a.example/c"];
        journey.run(
            ALEX,
            28,
            &[&deposit[..], &["--expires", "2027-01-03", "--note", "the course"]].concat(),
            0,
        );
        journey.run(ALEX, 28, &["bundle", "-o", "../deposits.zip", "--passphrase-file", "../passphrase"], 0);
        let withdraw = [
            "withdraw",
            "answer.json",
            "--reason",
            "a later version exists",
            "--yes",
            "-o",
            "withdrawn.json",
        ];
        journey.run(PRIYA, 29, &[&withdraw[..], &["--passphrase-file", "../passphrase"]].concat(), 0);
        // An organisation vouches for the mentor's key, and the recruiter lets it.
        let shown = |person, name: &str| -> Value {
            serde_json::from_str(&journey.run(person, 29, &["key", "show", name, "--json"], 0)).unwrap()
        };
        journey.run(RECRUITER, 29, &["key", "new", "acme", "--passphrase-file", "../passphrase"], 0);
        let (priya, acme) = (shown(PRIYA, "priya"), shown(RECRUITER, "acme"));
        let (did, words) = (priya["did"].as_str().unwrap(), priya["words"].as_str().unwrap());
        let vouch =
            ["vouch", did, "--as", "Priya Nair, Data Lead", "--from", "Acme Retail Ltd", "--words", words];
        let vouch = [&vouch[..], &["--until", "2027-06-30", "--passphrase-file", "../passphrase"]].concat();
        journey.run(RECRUITER, 29, &vouch, 0);
        let voucher = "priya-nair.voucher.json";
        let add = [
            "trust",
            "add",
            voucher,
            "--as",
            "Acme Retail Ltd",
            "--basis",
            "own firm",
            "--may-vouch",
            "--words",
        ];
        journey.run(RECRUITER, 29, &[&add[..], &[acme["words"].as_str().unwrap()]].concat(), 0);
        let voucher = format!("../{}/{voucher}", RECRUITER.folder);
        journey.run(ALEX, 29, &["collect", &voucher, "--yes"], 0);
        journey.run(ALEX, 29, &["bundle", "-o", "vouched.zip", "--passphrase-file", "../passphrase"], 0);
        journey.run(RECRUITER, 29, &["trust", "remove", "Priya Nair, Acme Retail Ltd"], 0);
        let vouched =
            journey.run(RECRUITER, 29, &["verify", "--json", &format!("../{}/vouched.zip", ALEX.folder)], 0);
        let words =
            ["trust", "add", bundle, "--as", "Priya Nair, Acme Retail Ltd", "--basis", "x", "--words", words];
        journey.run(RECRUITER, 29, &words, 0);
        let lost = ["key", "lost", "priya", "--yes", "-o", "lost.json", "--passphrase-file", "../passphrase"];
        journey.run(PRIYA, 30, &lost, 0);
        let rotate =
            ["key", "rotate", "acme", "--yes", "-o", "rotated.json", "--passphrase-file", "../passphrase"];
        journey.run(RECRUITER, 30, &rotate, 0);
        journey.run(RECRUITER, 30, &["trust", "export", "list-of-trust.json"], 0);
        offers(&journey);
        look_ahead(&journey);
        std::fs::create_dir_all(journey.place.join("sample-bag")).unwrap();
        let mut documents = documents_below(journey.place.path());
        for line in [
            vec!["offer", "show", "lumen-data"],
            vec!["offer", "list"],
            vec!["offer", "compare", "lumen-data", "riverside-shifts"],
            vec!["placement", "show", "shifts"],
            vec!["placement", "list"],
            vec!["placement", "terms", "shifts"],
            vec!["placement", "brief", "diff", "shifts"],
            vec!["placement", "checkpoint", "list", "shifts"],
        ] {
            let printed = journey.run(ALEX, 28, &[&line[..], &["--json"]].concat(), 0);
            documents.push((format!("listing {}", line.join(" ")), serde_json::from_str(&printed).unwrap()));
        }
        for (name, line, code) in [
            ("holds", vec!["verify", "--json", bundle], 0),
            ("withdrawn", vec!["verify", "--json", bundle, "--status", "../priya/withdrawn.json"], 4),
            ("lone", vec!["verify", "--json", "../priya/answer.json"], 0),
            ("deposits", vec!["verify", "--json", "../deposits.zip"], 0),
            ("bag", vec!["verify", "--bag", "--json", "../sample-bag"], 1),
            ("nothing", vec!["verify", "--json", "list-of-trust.json", "missing.zip"], 7),
        ] {
            let report = journey.run(RECRUITER, 30, &line, code);
            documents.push((format!("report {name}"), serde_json::from_str(&report).unwrap()));
        }
        documents.push(("report vouched".to_owned(), serde_json::from_str(&vouched).unwrap()));
        documents.extend(listings(&journey));
        documents
    })
}

/// Two offers with every kind of answer: one open, one that became a placement and was closed.
fn offers(journey: &Journey) {
    let answers = [
        "hours=120",
        "pay=2400 GBP per placement; it is in the letter; contract page 1",
        "narrative=mentor",
        "ownership=them once paid; ours once we have paid; contract page 3",
        "naming=no until 2027-01-01; not before the launch; said by Dana 2026-07-20",
        "confidentiality=partly until 2027-07-24; the model; e-mail from Dana 2026-07-21",
        "room=no",
    ];
    let answers = answers.iter().flat_map(|answer| ["--answer", answer]);
    let facts = ["--organisation", "Lumen Data", "--title", "Data intern", "--role", "analyst"];
    let days = ["--from", "2026-09-01", "--to", "2026-10-30", "--mentor", "Dana Okafor <dana@lumen.example>"];
    let line: Vec<&str> =
        ["offer", "new", "lumen-data"].into_iter().chain(facts).chain(days).chain(answers).collect();
    journey.run(ALEX, 27, &line, 0);
    let riverside = ["offer", "new", "riverside-shifts", "--title", "Shifts", "--answer", "report=yes"];
    journey.run(ALEX, 27, &riverside, 0);
    journey.run(ALEX, 27, &["offer", "accept", "riverside-shifts"], 0);
    let terms = ["placement", "terms", "riverside-shifts", "--reuse", "yes", "--source", "contract page 2"];
    journey.run(ALEX, 27, &terms, 0);
    let closed = ["placement", "terms", "shifts", "--naming", "no", "--source", "contract page 1"];
    journey.run(ALEX, 28, &closed, 0);
    std::fs::write(journey.place.join("alex/leave.txt"), "You may name us.\n").unwrap();
    let resume = ["credential", "export", "--as", "json-resume", "-o", "../resume-of-alex"];
    journey.run(ALEX, 28, &resume, 1);
    journey.run(ALEX, 28, &[&resume[..], &["--i-have-permission", "leave.txt"]].concat(), 0);
    journey.run(
        ALEX,
        28,
        &["placement", "close", "riverside-shifts", "--export-on", "2026-07-28", "--yes"],
        0,
    );
}

/// The student writes down skills, a move, an outcome and a story.
fn look_ahead(journey: &Journey) {
    for line in [
        &["skills", "add", "hand-over-notes", "Technical writing", "--url", "https://esco.example/1"][..],
        &["skills", "add", "acme-forecasting", "Forecasting"],
        &["moves", "add", "Junior analyst", "--needs", "Technical writing", "--needs", "SQL"],
        &[
            "outcome",
            "add",
            "acme-forecasting",
            "offer",
            "--words",
            "by phone",
            "--evidence",
            "hand-over-notes",
        ],
        &["outcome", "add", "acme-forecasting", "citation", "--evidence", "a letter"],
        &["story", "new", "reflection", "--on", "hand-over-notes"],
    ] {
        journey.run(ALEX, 30, line, 0);
    }
}

/// Every listing of the student's, as JSON.
fn listings(journey: &Journey) -> Vec<(String, Value)> {
    let lines: [&[&str]; 10] = [
        &["status"],
        &["check"],
        &["skills"],
        &["moves"],
        &["outcome", "list"],
        &["story", "list"],
        &["roi"],
        &["inventory"],
        &["log"],
        &["checklist"],
    ];
    let run = |line: &[&str]| journey.run(ALEX, 30, &[line, &["--json"]].concat(), 0);
    lines.iter().map(|line| (line.join(" "), serde_json::from_str(&run(line)).unwrap())).collect()
}

#[test]
fn everything_the_journey_writes_is_as_its_schema_says() {
    let schemas = schemas();
    let wrong: Vec<String> =
        written().iter().flat_map(|(path, document)| faults(&schemas, path, document)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let met: BTreeSet<&str> = written().iter().map(|(path, document)| schema_of(path, document)).collect();
    let known: BTreeSet<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(met, known, "the journey writes every format");
}

#[test]
fn a_document_without_a_required_member_is_refused() {
    let schemas = schemas();
    let mut looked_at = 0;
    for (path, document) in written() {
        let schema = &schemas[schema_of(path, document)];
        let validator = jsonschema::draft202012::new(schema).unwrap();
        for required in schema["required"].as_array().unwrap() {
            let mut without = document.clone();
            without.as_object_mut().unwrap().remove(required.as_str().unwrap());
            assert!(!validator.is_valid(&without), "{path} without {required}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

#[test]
fn every_example_is_as_its_schema_says() {
    let schemas = schemas();
    let documents = documents_below(&package("examples"));
    assert!(!documents.is_empty(), "no examples");
    let wrong: Vec<String> =
        documents.iter().flat_map(|(path, document)| faults(&schemas, path, document)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
