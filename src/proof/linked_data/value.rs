//! One scalar by its term's type and language (JSON-LD 1.1 API, section 5.3), and value objects (section 5.1, step 15).

use serde_json::{Map, Value};

use super::LinkedDataFault;
use super::active::Active;
use super::iri::{is_absolute, is_blank, is_keyword, is_language};
use super::object::{Literal, Node, Object};

/// Expands a scalar that stands under `property`.
pub(super) fn scalar(active: &Active, property: &str, value: &Value) -> Result<Object, LinkedDataFault> {
    let term = active.term(property);
    let datatype = term.as_ref().and_then(|term| term.datatype.as_deref());
    if let (Some(kind @ ("@id" | "@vocab")), Value::String(text)) = (datatype, value) {
        let iri = active.expand(text, kind == "@vocab").unwrap_or_default();
        return if is_absolute(&iri) || is_blank(&iri) {
            Ok(Object::Node(Node { id: Some(iri), ..Node::default() }))
        } else {
            Err(LinkedDataFault::RelativeIri(text.clone()))
        };
    }
    let datatype =
        datatype.filter(|datatype| !matches!(*datatype, "@id" | "@vocab" | "@none")).map(str::to_owned);
    let language = match term.as_ref().and_then(|term| term.language.clone()) {
        Some(language) => language,
        None => active.language.clone(),
    };
    let language = language.filter(|_| datatype.is_none() && value.is_string());
    Ok(Object::Value(Literal { value: value.clone(), datatype, language }))
}

/// Reads a value object whose members have been expanded to keywords; `None` for a null value.
pub(super) fn object(
    active: &Active,
    members: &Map<String, Value>,
) -> Result<Option<Literal>, LinkedDataFault> {
    let mut literal = Literal { value: Value::Null, datatype: None, language: None };
    for (key, value) in members {
        let Some(keyword) = active.expand(key, true) else { continue };
        let bad = || LinkedDataFault::BadKeyword(keyword.clone());
        match (keyword.as_str(), value) {
            ("@value", value) => literal.value = value.clone(),
            ("@type", Value::String(text)) => {
                let iri = active.expand(text, true).filter(|iri| is_absolute(iri) || iri == "@json");
                literal.datatype = Some(iri.ok_or_else(|| LinkedDataFault::UndefinedType(text.clone()))?);
            }
            ("@language", Value::String(tag)) if is_language(tag) => literal.language = Some(tag.clone()),
            ("@language", Value::String(tag)) => return Err(LinkedDataFault::BadLanguage(tag.clone())),
            ("@direction", _) => return Err(LinkedDataFault::NotRead("@direction")),
            ("@index", Value::String(_)) | ("@context", _) => {}
            _ if is_keyword(&keyword) => return Err(bad()),
            _ => return Err(LinkedDataFault::UndefinedTerm(key.clone())),
        }
    }
    let json = literal.datatype.as_deref() == Some("@json");
    let allowed = match &literal.value {
        Value::Null if !json => return Ok(None),
        Value::Object(_) | Value::Array(_) | Value::Null => json,
        Value::String(_) => literal.language.is_none() || literal.datatype.is_none(),
        Value::Number(_) | Value::Bool(_) => literal.language.is_none(),
    };
    if allowed { Ok(Some(literal)) } else { Err(LinkedDataFault::BadKeyword("@value".to_owned())) }
}
