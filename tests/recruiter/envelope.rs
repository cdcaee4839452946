//! `verify --json`: one envelope, as its schema says, whatever is looked at.

use serde_json::Value;

use crate::sample::{Sample, bundle_of};
use crate::terminal::Desk;
use crate::{desk, trust};

/// Runs with `--json` and holds the envelope against the schema that the program prints itself.
#[track_caller]
pub fn envelope(desk: &Desk, words: &[&str]) -> (Value, i32) {
    let shown = desk.run(&[&["verify", "--json"], words].concat());
    assert_eq!(shown.err, "", "{words:?}");
    let envelope: Value =
        serde_json::from_str(&shown.out).unwrap_or_else(|fault| panic!("{fault}: {}", shown.out));
    let schema: Value = serde_json::from_str(&desk.run(&["verify", "--json-schema"]).out).unwrap();
    let schema = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let faults: Vec<String> =
        schema.iter_errors(&envelope).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{words:?}: {faults:?}\n{}", shown.out);
    assert_eq!(envelope["exitCode"], shown.code);
    (envelope, shown.code)
}

fn outcomes(envelope: &Value) -> Vec<&str> {
    envelope["results"].as_array().unwrap().iter().map(|result| result["outcome"].as_str().unwrap()).collect()
}

#[test]
fn a_bundle_by_an_unknown_signer_and_then_a_known_one() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    let (unknown, code) = envelope(&desk, &["alex-rivera.zip"]);
    assert_eq!((outcomes(&unknown), code), (vec!["signer-unknown"], 3));
    let result = &unknown["results"][0];
    assert_eq!(result["indication"], "INDETERMINATE");
    assert_eq!(result["subIndication"], "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(result["message"], "Unchanged and signed, but by a key you do not know.");
    assert_eq!(result["warnings"][1]["type"], "tag:portfolio,2026:signer-unknown");
    let signed = &result["credentials"][0];
    assert_eq!(signed["verified"], true);
    assert_eq!(signed["proof"][0]["fingerprint"], sample.fingerprint());
    assert_eq!(signed["trust"]["trusted"], false);
    assert_eq!(signed["checks"]["trust"]["indication"], "INDETERMINATE");
    let kinds: Vec<&str> = signed["relatedResource"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["result"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["match", "match", "withheld"]);
    let (accepted, code) = envelope(&desk, &["alex-rivera.zip", "--accept-unknown-signer"]);
    assert_eq!((outcomes(&accepted), code), (vec!["signer-unknown"], 0));
    assert_eq!(accepted["policy"]["signer"], "any");
    trust(&desk, &sample);
    let (known, code) = envelope(&desk, &["alex-rivera.zip"]);
    assert_eq!((outcomes(&known), code), (vec!["holds"], 0));
    assert_eq!(known["summary"]["holds"], 1);
    assert_eq!(known["results"][0]["credentials"][0]["trust"]["basis"], "phoned the Acme switchboard");
}

#[test]
fn bad_news_and_many_inputs_have_the_same_shape() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let mut edited = sample.clone();
    edited.files[0].bytes = b"another report\n".to_vec();
    desk.put("changed.zip", bundle_of(&edited, &[sample.sign_off()]));
    desk.put("withdrawn.json", sample.withdrawal("later version exists", "2026-10-02T08:00:00Z"));
    desk.put("answer.json", sample.sign_off());
    desk.put("notes.txt", "hello");
    let mut misfit = sample.sign_off();
    let place = misfit.windows(5).position(|window| window == b"9.8 %").unwrap();
    misfit[place] = b'8';
    desk.put("misfit.json", &misfit);
    let (many, code) = envelope(
        &desk,
        &["alex-rivera.zip", "changed.zip", "answer.json", "misfit.json", "notes.txt", "nowhere.zip"],
    );
    assert_eq!(outcomes(&many), ["holds", "failed", "holds", "failed", "unreadable", "unreadable"]);
    assert_eq!(code, 7);
    let summary = &many["summary"];
    assert_eq!(
        (&summary["total"], &summary["failed"], &summary["unreadable"]),
        (&6.into(), &2.into(), &2.into())
    );
    let changed = &many["results"][1];
    assert_eq!(changed["subIndication"], "HASH_FAILURE");
    assert_eq!(changed["errors"][0]["code"], "evidence-differs");
    assert_eq!(changed["credentials"][0]["relatedResource"][0]["result"], "mismatch");
    let misfit = &many["results"][3];
    assert_eq!(misfit["subIndication"], "SIG_CRYPTO_FAILURE");
    assert!(misfit["credentials"][0].get("name").is_none(), "nothing from inside is shown as fact");
    assert_eq!(misfit["credentials"][0]["verified"], false);
    let (withdrawn, code) = envelope(&desk, &["alex-rivera.zip", "--status", "withdrawn.json"]);
    assert_eq!((outcomes(&withdrawn), code), (vec!["withdrawn"], 4));
    let status = &withdrawn["results"][0]["credentials"][0]["credentialStatus"][0];
    assert_eq!((&status["valid"], &status["source"]), (&false.into(), &"file".into()));
    let (ended, code) = envelope(&desk, &["alex-rivera.zip", "--at", "2030-01-15"]);
    assert_eq!((outcomes(&ended), code), (vec!["expired"], 4));
    assert_eq!(ended["results"][0]["credentials"][0]["validUntil"]["verified"], false);
}

#[test]
fn a_fault_in_the_command_line_is_told_in_the_envelope_too() {
    let desk = desk(&Sample::alex());
    let (usage, code) = envelope(&desk, &["--at", "tomorrow", "alex-rivera.zip"]);
    assert_eq!((outcomes(&usage), code), (vec!["unreadable"], 2));
    assert_eq!(usage["results"][0]["errors"][0]["type"], "tag:portfolio,2026:usage");
    let (nothing, code) = envelope(&desk, &[]);
    assert_eq!((outcomes(&nothing), code), (vec!["unreadable"], 2));
    desk.put("broken.json", "{}");
    let (list, code) = envelope(&desk, &["--trust", "broken.json", "alex-rivera.zip"]);
    assert_eq!((outcomes(&list), code), (vec!["unreadable"], 1));
    assert_eq!(desk.run(&["verify", "--json=1", "alex-rivera.zip"]).code, 3);
    assert_eq!(desk.run(&["verify", "--json=2", "alex-rivera.zip"]).code, 8);
}
