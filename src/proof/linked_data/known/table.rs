//! A context written as a table: one term a line, its scoped context indented below it.
//!
//! `alignment ob:alignment @set` is a term, its IRI, and its container or type. `=ob:x` is a term that is its IRI and
//! nothing else, and `^ob:x` one that is read backwards. `ob:` and the other prefixes are those of [`PREFIXES`].

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::proof::linked_data::contexts::{Definition, Known, Member, Parts};

const PREFIXES: [(&str, &str); 11] = [
    ("ob:", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"),
    ("clr:", "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"),
    ("schema:", "https://schema.org/"),
    ("schemah:", "http://schema.org/"),
    ("sec:", "https://w3id.org/security#"),
    ("status:", "https://www.w3.org/ns/credentials/status#"),
    ("dcc:", "https://w3id.org/dcc/v1#"),
    ("ctz:", "https://w3id.org/citizenship#"),
    ("dct:", "http://purl.org/dc/terms/"),
    // Open Badges spells the schema namespace with https, and that spelling is what gets signed. One term of it has
    // the datatype `xsd:dateTime` with no such prefix defined, so it stays as it stands.
    ("xsds:", "https://www.w3.org/2001/XMLSchema#"),
    ("xsdh:", "http://www.w3.org/2001/XMLSchema#"),
];

/// What every context of a table begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Protected terms, and `id` and `type` in every scoped context too.
    Protected,
    /// Protected terms, and nothing else that the table does not say.
    ProtectedTerms,
    /// `id` and `type` at the top, and nothing that the table does not say.
    Bare,
}

/// The value of `@context` for a table.
pub(super) fn context(table: &str, style: Style) -> Value {
    let mut context = match style {
        Style::Protected | Style::ProtectedTerms => protected(style),
        Style::Bare => Map::from_iter([("id".into(), json!("@id")), ("type".into(), json!("@type"))]),
    };
    fill(&mut context, &lines(table), style);
    Value::Object(context)
}

/// The same for a table in the style [`Style::Protected`], term by term.
pub(super) fn parts(table: &'static str) -> Parts {
    Parts::of(members(table))
}

fn members(table: &'static str) -> BTreeMap<&'static str, Member> {
    let first = [("@protected", "true"), ("id", "\"@id\""), ("type", "\"@type\"")];
    let json = |text| Definition { own: serde_json::from_str(text).unwrap_or_default(), scoped: None };
    let first = first.map(|(name, text)| (name, Member::of(text, json)));
    first.into_iter().chain(terms(table).map(|(name, text)| (name, Member::of(text, term)))).collect()
}

/// Each term of a table, with its line and the deeper ones that follow it.
fn terms(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = table.trim_start_matches('\n');
    std::iter::from_fn(move || {
        let (text, after) = rest.split_at(block_end(rest));
        rest = after;
        Some((text.split_whitespace().next()?, text))
    })
}

/// Where the first line and the deeper ones that follow it end.
fn block_end(text: &str) -> usize {
    let line_end = |line: &str| line.bytes().position(|byte| byte == b'\n').map_or(line.len(), |end| end + 1);
    let depth = |line: &str| line.bytes().take_while(|byte| *byte == b' ').count();
    let mut end = line_end(text);
    while end < text.len() && (text[end..].starts_with('\n') || depth(&text[end..]) > depth(text)) {
        end += line_end(&text[end..]);
    }
    end
}

/// The definition that a term's line makes, and the deeper lines as the context inside it.
fn term(text: &'static str) -> Definition {
    let (line, deeper) = text.split_once('\n').unwrap_or((text, ""));
    let (_, words) = line.trim_start().split_once(' ').unwrap_or_default();
    let own = definition(words);
    let has_context = own.is_object() && !deeper.trim().is_empty();
    let scoped = has_context.then(|| Known::parts(members(deeper)));
    Definition { own, scoped }
}

/// The lines that say something, each with its depth.
fn lines(table: &str) -> Vec<(usize, &str)> {
    let lines = table.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| (line.len() - line.trim_start().len(), line.trim_start())).collect()
}

fn protected(style: Style) -> Map<String, Value> {
    let names = [("@protected", json!(true)), ("id", json!("@id")), ("type", json!("@type"))];
    let count = if style == Style::ProtectedTerms { 1 } else { names.len() };
    names.into_iter().take(count).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Adds the lines of one depth, each with the deeper ones that follow it as its scoped context.
fn fill(context: &mut Map<String, Value>, mut lines: &[(usize, &str)], style: Style) {
    while let Some((&(depth, line), rest)) = lines.split_first() {
        let deeper = rest.iter().take_while(|(other, _)| *other > depth).count();
        let (term, words) = line.split_once(' ').unwrap_or((line, ""));
        let mut definition = definition(words);
        if let (Value::Object(definition), 1..) = (&mut definition, deeper) {
            let mut scoped = if style == Style::Bare { Map::new() } else { protected(style) };
            fill(&mut scoped, &rest[..deeper], style);
            definition.insert("@context".into(), Value::Object(scoped));
        }
        context.insert(term.to_owned(), definition);
        lines = &rest[deeper..];
    }
}

fn definition(words: &str) -> Value {
    let mut words = words.split_whitespace();
    let iri = words.next().unwrap_or_default();
    if let Some(short) = iri.strip_prefix('=') {
        return full(short).into();
    }
    let mut definition = Map::new();
    match iri.strip_prefix('^') {
        Some(backwards) => definition.insert("@reverse".into(), full(backwards).into()),
        None => definition.insert("@id".into(), full(iri).into()),
    };
    for word in words {
        let part = if matches!(word, "@set" | "@list" | "@graph") { "@container" } else { "@type" };
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
        let table = "Result ob:Result\n  value schema:value\n  level ob:level @set xsds:float\nx =sec:x\n";
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
            "x": "https://w3id.org/security#x",
        });
        assert_eq!(context(table, Style::Protected), expected);
    }

    #[test]
    fn a_bare_context_says_only_what_its_table_says() {
        let expected = json!({
            "id": "@id", "type": "@type",
            "A": { "@id": "urn:a", "@context": { "b": { "@id": "urn:b", "@context": { "c": "urn:c" } } } },
            "d": { "@reverse": "urn:d" },
        });
        assert_eq!(context("A urn:a\n  b urn:b\n    c =urn:c\nd ^urn:d\n", Style::Bare), expected);
    }
}
