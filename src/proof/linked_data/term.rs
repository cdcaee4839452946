//! Defining the terms of a local context (JSON-LD 1.1 API, section 4.2), each after the terms that it needs.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::LinkedDataFault;
use super::active::{Active, Term};
use super::iri::{is_absolute, is_blank, is_keyword, looks_like_keyword};

/// The local context whose terms are being defined, and how far that has come.
pub(super) struct Definer<'a> {
    local: &'a Map<String, Value>,
    done: HashMap<&'a str, bool>,
    protected: bool,
    may_override: bool,
}

impl<'a> Definer<'a> {
    pub(super) fn new(local: &'a Map<String, Value>, protected: bool, may_override: bool) -> Self {
        Self { local, done: HashMap::new(), protected, may_override }
    }

    /// Defines every term of the local context.
    pub(super) fn define_all(&mut self, active: &mut Active) -> Result<(), LinkedDataFault> {
        const OF_THE_CONTEXT: [&str; 8] =
            ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"];
        let local = self.local;
        for term in local.keys().filter(|term| !OF_THE_CONTEXT.contains(&term.as_str())) {
            self.define(active, term)?;
        }
        Ok(())
    }

    fn define(&mut self, active: &mut Active, term: &str) -> Result<(), LinkedDataFault> {
        let Some((term, value)) = self.local.get_key_value(term) else { return Ok(()) };
        let term: &'a str = term;
        match self.done.insert(term, false) {
            Some(true) => {
                self.done.insert(term, true);
                return Ok(());
            }
            Some(false) => return Err(LinkedDataFault::CyclicTerm(term.to_owned())),
            None => {}
        }
        let fault = |part| LinkedDataFault::BadTerm { term: term.to_owned(), part };
        let type_alone = |value: &Value| {
            let allowed = |(key, value): (&String, &Value)| {
                (key == "@container" && value == "@set") || (key == "@protected" && value.is_boolean())
            };
            value.as_object().is_some_and(|map| !map.is_empty() && map.iter().all(allowed))
        };
        if term.is_empty() || (is_keyword(term) && !(term == "@type" && type_alone(value))) {
            return Err(fault("name"));
        }
        if !is_keyword(term) && looks_like_keyword(term) {
            return Err(LinkedDataFault::BadKeyword(term.to_owned()));
        }
        let previous = active.terms.remove(term).flatten();
        let (map, simple) = match value {
            Value::Null => (HashMap::from([("@id", value)]), false),
            Value::String(_) => (HashMap::from([("@id", value)]), true),
            Value::Object(map) => (map.iter().map(|(key, value)| (key.as_str(), value)).collect(), false),
            _ => return Err(fault("definition")),
        };
        let mut definition = Term {
            protected: match map.get("@protected") {
                None => self.protected,
                Some(Value::Bool(protected)) => *protected,
                Some(_) => return Err(fault("@protected")),
            },
            ..Term::default()
        };
        self.read_type(active, &map, &mut definition).map_err(|known| known.unwrap_or(fault("@type")))?;
        if let Some(reverse) = map.get("@reverse") {
            let allowed = !map.contains_key("@id") && !map.contains_key("@nest");
            let iri = reverse.as_str().filter(|_| allowed).ok_or(fault("@reverse"))?;
            definition.iri = self.expand(active, iri, true)?.filter(|iri| is_absolute(iri) || is_blank(iri));
            definition.reverse = true;
        } else {
            definition.iri = self.mapping(active, term, map.get("@id").copied())?;
            let ends_prefix =
                |iri: &String| iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || is_blank(iri);
            let bare = !term.contains(':') && !term.contains('/');
            definition.prefix = bare && simple && definition.iri.as_ref().is_some_and(ends_prefix);
        }
        if definition.iri.is_none() && !map.get("@id").is_some_and(|id| id.is_null()) {
            return Err(fault("@id"));
        }
        read_container(&map, &mut definition).ok_or(fault("@container"))?;
        read_rest(term, &map, &mut definition).map_err(fault)?;
        if let Some(previous) = previous.filter(|previous| previous.protected && !self.may_override) {
            let same = Term { protected: true, ..definition.clone() } == *previous;
            if !same {
                return Err(LinkedDataFault::ProtectedTerm(term.to_owned()));
            }
            definition.protected = true;
        }
        active.terms.insert(term.to_owned(), Some(Arc::new(definition)));
        self.done.insert(term, true);
        Ok(())
    }

    /// The IRI mapping of a term by its `@id`, its own form, or the vocabulary.
    fn mapping(
        &mut self,
        active: &mut Active,
        term: &str,
        id: Option<&Value>,
    ) -> Result<Option<String>, LinkedDataFault> {
        let fault = || LinkedDataFault::BadTerm { term: term.to_owned(), part: "@id" };
        match id {
            Some(Value::Null) => return Ok(None),
            Some(Value::String(id)) if id != term => {
                let iri = self.expand(active, id, true)?.ok_or_else(fault)?;
                let fits = (is_keyword(&iri) && iri != "@context") || is_absolute(&iri) || is_blank(&iri);
                return if fits { Ok(Some(iri)) } else { Err(fault()) };
            }
            Some(Value::String(_)) | None => {}
            Some(_) => return Err(fault()),
        }
        if let Some((prefix, suffix)) = term.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            if self.local.contains_key(prefix) {
                self.define(active, prefix)?;
            }
            let base = active.term(prefix).and_then(|prefix| prefix.iri.clone());
            return Ok(Some(base.map_or_else(|| term.to_owned(), |base| base + suffix)));
        }
        if term == "@type" {
            return Ok(Some(term.to_owned()));
        }
        match &active.vocab {
            Some(vocab) => Ok(Some(format!("{vocab}{term}"))),
            None => Err(fault()),
        }
    }

    fn read_type(
        &mut self,
        active: &mut Active,
        map: &HashMap<&str, &Value>,
        definition: &mut Term,
    ) -> Result<(), Option<LinkedDataFault>> {
        let Some(found) = map.get("@type") else { return Ok(()) };
        let text = found.as_str().ok_or(None)?;
        let iri = self.expand(active, text, true).map_err(Some)?.ok_or(None)?;
        if !matches!(iri.as_str(), "@id" | "@vocab" | "@json" | "@none") && !is_absolute(&iri) {
            return Err(None);
        }
        definition.datatype = Some(iri);
        Ok(())
    }

    /// IRI expansion while terms are still being defined: whatever the text needs is defined first.
    pub(super) fn expand(
        &mut self,
        active: &mut Active,
        text: &str,
        vocab: bool,
    ) -> Result<Option<String>, LinkedDataFault> {
        for needed in [Some(text), text.split_once(':').map(|(prefix, _)| prefix)].into_iter().flatten() {
            let undefined = self.local.contains_key(needed) && self.done.get(needed) != Some(&true);
            if undefined && !is_keyword(needed) {
                self.define(active, needed)?;
            }
        }
        Ok(active.expand(text, vocab))
    }
}

fn read_container(map: &HashMap<&str, &Value>, definition: &mut Term) -> Option<()> {
    const CONTAINERS: [&str; 7] = ["@graph", "@id", "@index", "@language", "@list", "@set", "@type"];
    let found = match map.get("@container") {
        None => return Some(()),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![*one],
    };
    for container in found {
        let known = CONTAINERS.iter().find(|known| container == **known)?;
        definition.container.push(known);
    }
    let with_list = definition.holds("@list") && definition.container.len() > 1;
    let reverse = definition.reverse && !definition.container.iter().all(|c| matches!(*c, "@set" | "@index"));
    if definition.holds("@type") && definition.datatype.is_none() {
        definition.datatype = Some("@id".to_owned());
    }
    (!with_list && !reverse).then_some(())
}

fn read_rest(term: &str, map: &HashMap<&str, &Value>, definition: &mut Term) -> Result<(), &'static str> {
    for (key, value) in map {
        match (*key, value) {
            ("@id" | "@reverse" | "@container" | "@type" | "@protected", _) => {}
            ("@index", Value::String(index)) if definition.holds("@index") => {
                definition.index = Some(index.clone())
            }
            ("@context", context) => definition.scoped = Some(Arc::new((*context).clone())),
            ("@language", Value::Null) if !map.contains_key("@type") => definition.language = Some(None),
            ("@language", Value::String(tag)) if !map.contains_key("@type") => {
                definition.language = Some(Some(tag.clone()));
            }
            ("@nest", Value::String(nest)) if nest == "@nest" || !is_keyword(nest) => {}
            ("@prefix", Value::Bool(prefix)) if !term.contains(':') && !term.contains('/') => {
                definition.prefix = *prefix;
            }
            ("@index", _) => return Err("@index"),
            ("@language", _) => return Err("@language"),
            ("@nest", _) => return Err("@nest"),
            ("@prefix", _) => return Err("@prefix"),
            ("@direction", Value::Null) => {}
            ("@direction", _) => return Err("@direction, which is not read here"),
            _ => return Err("member that no definition has"),
        }
    }
    Ok(())
}
