//! Other people's software on our sign-offs, and ours on theirs: each calls the good one good and the changed one bad.
//!
//! `tests/peers` has the verifiers (npm: `@digitalbazaar/vc`, `@digitalcredentials/verifier-core`), which run only where
//! `npm ci` was run there, and an issuer in Python's standard library. Nothing is fetched while they run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not do"
)]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;
#[path = "support/sample.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod sample;
#[path = "support/vectors.rs"]
mod vectors;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use data_encoding::BASE64URL_NOPAD;
use portfolio::proof::key::seal;
use portfolio::render::resume::{Placement, Resume, SignedFor, Work, json_resume};
use portfolio::time::{Date, Timestamp};
use program::{Place, shown};
use sample::Sample;
use serde_json::{Value, json};

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers")
}

/// A place with Priya's sign-off handed on in each form.
fn handed_on() -> Place {
    let place = Place::new();
    let sample = Sample { with_background: true, ..Sample::alex() };
    std::fs::write(place.join("reply.json"), sample.sign_off()).unwrap();
    let key = seal(&sample.mentor_key(), "priya", b"kettle orchard marble", [1; 16], 2, 64).unwrap();
    for (name, secret) in [("key", key.as_str()), ("pass", "kettle orchard marble")] {
        std::fs::write(place.join(name), secret).unwrap();
        std::fs::set_permissions(place.join(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let forms = ["open-badge badge.json", "baked-png badge.png", "baked-svg badge.svg", "vc-jwt badge.jwt"];
    for (form, file) in forms.map(|form| form.split_once(' ').unwrap()) {
        let mut words = vec!["credential", "export", "reply.json", "--as", form, "-o", file];
        if form == "vc-jwt" {
            words.extend(["--key", "key", "--passphrase-file", "pass"]);
        }
        let output = place.portfolio(words);
        assert!(output.status.success(), "{}", shown(&output));
    }
    assert!(std::fs::read(place.join("badge.json")).unwrap() == sample.sign_off());
    place
}

fn text(place: &Place, file: &str) -> String {
    std::fs::read_to_string(place.join(file)).unwrap()
}

/// What the verifiers say of each file; nothing where they are not installed.
fn judged(place: &Place, files: &[&str]) -> Option<Vec<Value>> {
    let contexts = vectors::folder("contexts")?;
    let schema = vectors::folder("ob3")?.join("schema/ob_v3p0_achievementcredential_schema.json");
    let node = outside::tool("node", &["--version"])?;
    if !peers().join("node_modules").is_dir() {
        assert!(std::env::var_os("CI").is_none(), "run `npm ci` in tests/peers first");
        eprintln!("\n*** NOT CHECKED: other verifiers are not installed; run `npm ci` in tests/peers ***\n");
        return None;
    }
    let output = place
        .command(node)
        .arg(peers().join("judge.mjs"))
        .args([contexts, schema])
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn other_verifiers_call_our_sign_off_good_and_a_changed_one_bad() {
    let place = handed_on();
    let good = text(&place, "badge.json");
    let changed = good.replace("Acme Retail Ltd: Demand", "Acme Retail Ltd: Supply");
    assert_ne!(good, changed);
    std::fs::write(place.join("changed.json"), changed).unwrap();
    // A member that no context defines would not be covered by the first proof: it must be refused and not dropped.
    std::fs::write(place.join("more.json"), good.replacen("\"name\":", "\"unheardOf\": 1,\n  \"name\":", 1))
        .unwrap();
    let Some(verdicts) = judged(&place, &["badge.json", "changed.json", "more.json"]) else { return };
    for verdict in &verdicts {
        eprintln!("{verdict}");
        assert_eq!(verdict["asked"], json!([]), "they wanted something from the network");
    }
    assert_eq!(verdicts[0]["digitalbazaar"], json!({ "good": true, "says": "verified" }));
    // Nobody's registry lists a mentor: that step is about trust, which is the reader's here.
    let says = "valid_signature true, expiration true, registered_issuer false";
    assert_eq!(verdicts[0]["digitalcredentials"], json!({ "good": true, "says": says, "schema": [true] }));
    for verdict in &verdicts[1..] {
        assert_eq!(verdict["digitalbazaar"]["good"], false, "{verdict}");
        assert_eq!(verdict["digitalcredentials"]["good"], false, "{verdict}");
    }
    assert_eq!(verdicts[1]["digitalcredentials"]["says"], "invalid_signature");
}

#[test]
fn node_finds_the_signature_of_our_jwt_fitting_and_of_a_changed_one_not() {
    let place = handed_on();
    let good = text(&place, "badge.jwt");
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let claims = String::from_utf8(BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap()).unwrap();
    let other = BASE64URL_NOPAD.encode(claims.replace("Demand", "Supply").as_bytes());
    assert_ne!(payload, other);
    std::fs::write(place.join("changed.jwt"), format!("{header}.{other}.{signature}")).unwrap();
    let Some(verdicts) = judged(&place, &["badge.jwt", "changed.jwt"]) else { return };
    assert_eq!(verdicts[0]["node"], json!({ "good": true, "says": "EdDSA, true" }));
    assert_eq!(verdicts[1]["node"]["good"], false);
}

#[test]
fn the_resume_is_one_by_the_schema_of_json_resume() {
    let place = Place::new();
    let day = |text| Some(Date::parse(text).unwrap());
    let placement = Placement {
        title: "Demand forecasting co-lab".to_owned(),
        organisation: Some("Acme Retail Ltd".to_owned()),
        starts: day("2026-06-01"),
        ends: day("2026-07-24"),
        results: vec!["Forecast report: 9.8 %, was 14.2 %".to_owned()],
    };
    let work = Work {
        title: "Forecast report".to_owned(),
        description: Some("What sells next month".to_owned()),
        result: Some("9.8 %, was 14.2 %".to_owned()),
        organisation: placement.organisation.clone(),
        days: (placement.starts, placement.ends),
    };
    let signed = SignedFor {
        title: placement.title.clone(),
        signer: "Priya Nair".to_owned(),
        signed: Date::parse("2026-07-24").ok(),
    };
    let full = Resume {
        name: "Alex Rivera".to_owned(),
        email: "alex@rivera.example".to_owned(),
        placements: vec![placement],
        works: vec![work],
        sign_offs: vec![signed],
        written: Some(Timestamp::from_unix(1_784_905_360)),
    };
    let bare = Resume { name: "Zoë".to_owned(), ..Resume::default() };
    let mut wrong = json_resume(&full);
    wrong["work"][0]["startDate"] = "June 2026".into();
    for (file, document) in [("full", json_resume(&full)), ("bare", json_resume(&bare)), ("wrong", wrong)] {
        std::fs::write(place.join(file), portfolio::json::pretty(&document)).unwrap();
    }
    let Some(verdicts) = judged(&place, &["full", "bare", "wrong"]) else { return };
    assert_eq!(verdicts[0]["jsonresume"], json!({ "good": true, "says": "" }));
    assert_eq!(verdicts[1]["jsonresume"], json!({ "good": true, "says": "" }));
    assert_eq!(verdicts[2]["jsonresume"]["good"], false, "{}", verdicts[2]);
}

/// Takes a credential out of a picture by the letter of the standard, with nothing of ours.
const TAKE_OUT: &str = r#"
import sys, zlib, xml.etree.ElementTree as tree
data = open(sys.argv[1], "rb").read()
if data.startswith(b"\x89PNG"):
    at, found = 8, []
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        name, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        assert zlib.crc32(name + body) == int.from_bytes(data[at + 8 + length:at + 12 + length], "big")
        if name == b"iTXt" and body.startswith(b"openbadgecredential\0"):
            found.append(body[len(b"openbadgecredential\0\0\0\0\0"):])
        at += 12 + length
else:
    root = tree.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    found = [element.text.encode() for element in root.iter("{https://purl.imsglobal.org/ob/v3p0}credential")]
assert len(found) == 1
sys.stdout.buffer.write(found[0])
"#;

#[test]
fn python_takes_the_very_sign_off_out_of_both_pictures() {
    let Some(python) = outside::tool("python3", &["--version"]) else { return };
    let place = handed_on();
    for picture in ["badge.png", "badge.svg"] {
        let output = place.command(&python).args(["-I", "-c", TAKE_OUT, picture]).output().unwrap();
        assert!(output.status.success(), "{}", shown(&output));
        assert!(output.stdout == text(&place, "badge.json").as_bytes(), "{picture}");
    }
}

/// The outcome and the exit code of `verify --plain`.
fn verified(place: &Place, file: &str) -> (String, i32) {
    let output = place.portfolio(["verify", "--plain", file]);
    let line = String::from_utf8(output.stdout.clone()).unwrap();
    (line.split('\t').next().unwrap().trim().to_owned(), output.status.code().unwrap())
}

#[test]
fn a_python_issuer_is_read_by_us() {
    let Some(python) = outside::tool("python3", &["--version"]) else { return };
    let place = Place::new();
    let output =
        place.command(&python).args(["-B", "-I"]).arg(peers().join("issue.py")).arg("issued.json").output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    let issued = text(&place, "issued.json");
    assert_eq!(verified(&place, "issued.json"), ("signer-unknown".to_owned(), 3));
    let key = String::from_utf8(output.stdout).unwrap();
    let shown = place.portfolio(["verify", "issued.json"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains(key.trim()), "{key}");

    let changed = issued.replace("Kept the greenhouse", "Built the greenhouse");
    assert_ne!(issued, changed);
    std::fs::write(place.join("changed.json"), changed).unwrap();
    assert_eq!(verified(&place, "changed.json"), ("failed".to_owned(), 1));
}
