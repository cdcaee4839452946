//! Every file the program writes, and every example, is as its JSON Schema says, and every schema says something.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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
