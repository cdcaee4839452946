//! Everything a check can find has a name that is explained, that stands in the report's schema, and that a test hits.

use super::source_text::read_below;
use portfolio::holder::CheckCode;
use portfolio::verifier::Code;
use portfolio::verifier::foreign::ForeignCode;

#[test]
fn every_finding_is_explained() {
    for code in Code::ALL {
        let text = code.explain();
        assert!(text.split(' ').count() >= 3 && text.ends_with('.'), "{}: {text:?}", code.as_str());
    }
}

#[test]
fn every_finding_stands_in_the_schema_of_the_report() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/verify-report.schema.json");
    let schema: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut listed = Vec::new();
    texts(&schema, &mut listed);
    let ours = Code::ALL.iter().map(|code| code.as_str());
    let absent: Vec<_> = ours
        .chain(ForeignCode::ALL.iter().map(|code| code.as_str()))
        .filter(|code| !listed.iter().any(|text| text == code))
        .collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn every_finding_of_a_check_stands_in_its_schema_and_no_other() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/check-report.schema.json");
    let schema: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut listed = Vec::new();
    texts(&schema["$defs"]["code"], &mut listed);
    assert_eq!(listed, CheckCode::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
}

fn texts(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| texts(value, into)),
        serde_json::Value::Object(map) => map.values().for_each(|value| texts(value, into)),
        _ => {}
    }
}

#[test]
fn every_finding_is_hit_by_a_test() {
    let tests = all_tests();
    let is_hit = |code: &&Code| {
        let path = format!("Code::{code:?}");
        let named = tests
            .match_indices(&path)
            .any(|(at, _)| !tests[at + path.len()..].starts_with(char::is_alphanumeric));
        named || tests.contains(&format!("\"{}\"", code.as_str()))
    };
    let missed: Vec<_> = Code::ALL.iter().filter(|code| !is_hit(code)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

/// The listing of a check begins each line with its code.
#[test]
fn every_finding_of_a_check_is_hit_by_a_test() {
    let tests = all_tests();
    let begins = |code: &&CheckCode| {
        let word = code.as_str();
        [format!("\"{word} "), format!("\"{word}\""), format!("\"{word}\\t")]
            .iter()
            .any(|begun| tests.contains(begun))
    };
    let missed: Vec<_> = CheckCode::ALL.iter().filter(|code| !begins(code)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

fn all_tests() -> String {
    let unit_tests = read_below("src").into_iter().filter_map(|file| {
        let (_, tests) = file.text.split_once("#[cfg(test)]\nmod tests")?;
        (file.name != "src/verifier/code.rs").then(|| tests.to_owned())
    });
    let others = read_below("tests").into_iter().filter(|file| !file.name.contains("/tidy"));
    unit_tests.chain(others.map(|file| file.text)).collect()
}
