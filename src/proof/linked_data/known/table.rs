//! A context written as a table: one term a line, its scoped context indented below it.
//!
//! `alignment ob:alignment @set` is a term, its IRI, and its container or type. `ob:` and the other prefixes are
//! those of [`PREFIXES`]. Every term is protected, and every scoped context also defines `id` and `type`.

use serde_json::{Map, Value, json};

const PREFIXES: [(&str, &str); 3] = [
    ("ob:", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"),
    ("schema:", "https://schema.org/"),
    // Open Badges spells the schema namespace with https, and that spelling is what gets signed. One term of it has
    // the datatype `xsd:dateTime` with no such prefix defined, so it stays as it stands.
    ("xsds:", "https://www.w3.org/2001/XMLSchema#"),
];

/// The value of `@context` for a table.
pub(super) fn context(table: &str) -> Value {
    let mut context = empty();
    let mut owner = "";
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let term = words.next().unwrap_or_default();
        let definition = definition(words);
        if line.starts_with(' ') {
            let scoped =
                context[owner].as_object_mut().map(|owner| owner.entry("@context").or_insert_with(empty));
            if let Some(Value::Object(scoped)) = scoped {
                scoped.insert(term.to_owned(), definition);
            }
        } else {
            context[term] = definition;
            owner = term;
        }
    }
    context
}

fn empty() -> Value {
    json!({ "@protected": true, "id": "@id", "type": "@type" })
}

fn definition<'a>(mut words: impl Iterator<Item = &'a str>) -> Value {
    let mut definition = Map::new();
    definition.insert("@id".into(), full(words.next().unwrap_or_default()).into());
    for word in words {
        let part = if matches!(word, "@set" | "@list") { "@container" } else { "@type" };
        definition.insert(part.into(), full(word).into());
    }
    Value::Object(definition)
}

fn full(word: &str) -> String {
    let known = PREFIXES.iter().find_map(|(prefix, iri)| word.strip_prefix(prefix).map(|rest| (iri, rest)));
    known.map_or_else(|| word.to_owned(), |(iri, rest)| format!("{iri}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_line_belongs_to_the_term_above_it() {
        let found = context("Result ob:Result\n  value schema:value\n  level ob:level @set xsds:float\n");
        let expected = json!({
            "@protected": true, "id": "@id", "type": "@type",
            "Result": {
                "@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result",
                "@context": {
                    "@protected": true, "id": "@id", "type": "@type",
                    "value": { "@id": "https://schema.org/value" },
                    "level": {
                        "@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#level",
                        "@container": "@set",
                        "@type": "https://www.w3.org/2001/XMLSchema#float",
                    },
                },
            },
        });
        assert_eq!(found, expected);
    }
}
