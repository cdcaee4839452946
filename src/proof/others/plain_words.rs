//! Whether a document that is signed as linked data says in plain JSON what was signed.
//!
//! Such a signature covers statements, not text. Whoever passes the document on may move an end date into another
//! entry with the same id, or spell it with an alias of their own, and the signature still fits. A reader of the JSON
//! would not see it; so the statements that decide are counted in both.

use serde_json::Value;

use crate::proof::linked_data::known::KNOWN;
use crate::proof::rdf::quads::Term;
use crate::proof::{EddsaRdfc2022, ProofFault};

const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// The first of these members that the statements about the document hold more or less often than its JSON does. Each
/// must be a term of the credentials vocabulary: those that decide who says it, about whom, and how long it stands.
///
/// # Errors
/// As [`EddsaRdfc2022::canonical`].
pub fn hidden_member<'a>(document: &Value, deciding: &[&'a str]) -> Result<Option<&'a str>, ProofFault> {
    let mut unsecured = document.clone();
    if let Some(members) = unsecured.as_object_mut() {
        members.shift_remove("proof");
    }
    let quads = EddsaRdfc2022::statements(&unsecured)?;
    let root = match document.get("id").and_then(Value::as_str) {
        Some(id) => Term::Iri(id.to_owned()),
        None => {
            let kind = Term::Iri(format!("{CREDENTIALS}VerifiableCredential"));
            let mut typed = quads.iter().filter(|quad| quad.predicate == TYPE && quad.object == kind);
            match (typed.next().map(|quad| &quad.subject), typed.next()) {
                (Some(root @ Term::Blank(_)), None) => root.clone(),
                _ => return Ok(Some("id")),
            }
        }
    };
    let stated = |member: &str| {
        let iri = format!("{CREDENTIALS}{member}");
        quads.iter().filter(|quad| quad.subject == root && quad.predicate == iri).count()
    };
    let written = |member: &str| match document.get(member) {
        None => 0,
        Some(Value::Array(list)) => list.len(),
        Some(_) => 1,
    };
    Ok(deciding.iter().copied().find(|member| stated(member) != written(member)))
}

/// A term that a context written into the document defines anew, or defines as anything else than another name for
/// one address. Names that nobody else has can hide what is said, which [`hidden_member`] finds; they cannot turn it
/// into something else.
pub fn redefined_term(document: &Value) -> Option<String> {
    let contexts = match document.get("@context") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    };
    let published = contexts.iter().filter_map(|context| KNOWN.get(context.as_str()?)).collect::<Vec<_>>();
    let written = contexts.iter().filter_map(|context| context.as_object()).flatten();
    let mut harmful = written.filter(|(term, meaning)| {
        let address = meaning.as_str().is_some_and(|iri| iri.contains(':'));
        let keyword = term.starts_with('@');
        keyword || !address || published.iter().any(|context| defines(context, term))
    });
    harmful.next().map(|(term, _)| term.clone()).or_else(|| nested_context(document))
}

fn defines(context: &Value, term: &str) -> bool {
    match context {
        Value::Object(members) => {
            members.contains_key(term) || members.values().any(|inner| defines(inner, term))
        }
        Value::Array(list) => list.iter().any(|inner| defines(inner, term)),
        _ => false,
    }
}

/// A context of its own making in an inner object gives the words there another meaning than the one at the top; a
/// published one, as around a credential within, does not.
fn nested_context(document: &Value) -> Option<String> {
    let members = document.as_object()?.iter();
    let mut open: Vec<&Value> = members
        .filter(|(name, _)| !matches!(name.as_str(), "proof" | "@context"))
        .map(|member| member.1)
        .collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if members.get("@context").is_some_and(|context| !is_published(context)) {
                    return Some("@context".to_owned());
                }
                open.extend(members.iter().filter(|(name, _)| *name != "@context").map(|member| member.1));
            }
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    None
}

fn is_published(context: &Value) -> bool {
    match context {
        Value::String(_) => true,
        Value::Array(list) => list.iter().all(Value::is_string),
        _ => false,
    }
}
