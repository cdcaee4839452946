//! What a schema asks for and what was found, as parts of a sentence.

use serde_json::Value;

/// What a definition of the schemas is called in a sentence.
const WORDS: [(&str, &str); 8] = [
    ("instant", "a moment such as 2026-07-24T15:02:40Z"),
    ("day", "a day such as 2026-07-24"),
    ("hex", "a SHA-256 digest in lower-case hexadecimal"),
    ("words", "a text that is not empty"),
    ("slug", "an id of lower-case letters, digits and dashes"),
    ("fileName", "a file name that travels"),
    ("mediaType", "a media type such as application/pdf"),
    ("did", "a key as did:key:z6Mk…"),
];

pub(super) fn named_words(named: &str) -> Option<&'static str> {
    WORDS.iter().find(|(name, _)| *name == named).map(|(_, words)| *words)
}

pub(super) fn type_words(wanted: &Value) -> String {
    let one = |name: &str| match name {
        "object" => "an object { }",
        "array" => "a list [ ]",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "null",
    };
    match wanted {
        Value::Array(any) => any.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" or "),
        other => one(other.as_str().unwrap_or_default()).to_owned(),
    }
}

/// The value in a sentence: the start of a text, and no more than the kind of what is large.
pub(super) fn shown(value: &Value) -> String {
    const MOST: usize = 40;
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) if text.chars().count() > MOST => {
            format!("“{}…”", text.chars().take(MOST).collect::<String>())
        }
        Value::String(text) => format!("“{text}”"),
        other => other.to_string(),
    }
}
