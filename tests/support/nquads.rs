//! Reads N-Quads (RDF 1.1 N-Quads) well enough for published test data, which is well formed.

use portfolio::proof::rdf::quads::{Quad, Term, XSD_STRING};

/// The quads of a text; a line that is not one stops the test.
pub fn parse(text: &str) -> Vec<Quad> {
    let statement = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines().map(str::trim).filter(statement).map(quad).collect()
}

fn quad(line: &str) -> Quad {
    let mut rest = line;
    let subject = term(&mut rest).unwrap();
    let Some(Term::Iri(predicate)) = term(&mut rest) else { panic!("no predicate in {line}") };
    let object = term(&mut rest).unwrap();
    let graph = term(&mut rest);
    assert_eq!(rest.trim(), ".", "{line}");
    Quad { subject, predicate, object, graph }
}

/// Takes one term off the front; `None` at the full stop.
fn term(rest: &mut &str) -> Option<Term> {
    *rest = rest.trim_start();
    match rest.chars().next()? {
        '<' => Some(Term::Iri(unescaped(until(rest, '>')))),
        '_' => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let label = rest[2..end].to_owned();
            *rest = &rest[end..];
            Some(Term::Blank(label))
        }
        '"' => Some(literal(rest)),
        _ => None,
    }
}

fn literal(rest: &mut &str) -> Term {
    let value = unescaped(until(rest, '"'));
    if let Some(tagged) = rest.strip_prefix('@') {
        let end = tagged.find(char::is_whitespace).unwrap();
        let language = Some(tagged[..end].to_owned());
        *rest = &tagged[end..];
        let datatype = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString".to_owned();
        return Term::Literal { value, datatype, language };
    }
    let datatype = match rest.strip_prefix("^^") {
        Some(typed) => {
            *rest = typed;
            unescaped(until(rest, '>'))
        }
        None => XSD_STRING.to_owned(),
    };
    Term::Literal { value, datatype, language: None }
}

/// What stands between the first character and the next unescaped `end`.
fn until<'a>(rest: &mut &'a str, end: char) -> &'a str {
    let whole = *rest;
    let mut escaped = false;
    for (index, character) in whole.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            found if found == end => {
                *rest = &whole[index + 1..];
                return &whole[1..index];
            }
            _ => {}
        }
    }
    panic!("no {end} in {whole}");
}

fn unescaped(text: &str) -> String {
    let mut result = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            result.push(letter);
            continue;
        }
        let escape = letters.next().unwrap();
        result.push(match escape {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => code(&mut letters, 4),
            'U' => code(&mut letters, 8),
            other => other,
        });
    }
    result
}

fn code(letters: &mut std::str::Chars<'_>, count: usize) -> char {
    let hex: String = letters.take(count).collect();
    char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap()
}
