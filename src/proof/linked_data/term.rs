//! One term as a context defines it (JSON-LD 1.1 API, section 4.2): the parts that need no other term.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::contexts::Known;
use super::iri::is_keyword;

/// A term as a context defines it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Term {
    /// What it stands for: an IRI, a blank node, a keyword, or nothing.
    pub(super) iri: Option<String>,
    pub(super) prefix: bool,
    pub(super) protected: bool,
    pub(super) reverse: bool,
    /// `@id`, `@vocab`, `@json`, `@none` or the IRI of a datatype.
    pub(super) datatype: Option<String>,
    /// The language of its strings; `Some(None)` says that they have none.
    pub(super) language: Option<Option<String>>,
    pub(super) container: Vec<&'static str>,
    pub(super) index: Option<String>,
    /// The context that holds inside its values.
    pub(super) scoped: Option<Scoped>,
}

/// The context that holds inside a term's values.
#[derive(Debug, Clone)]
pub(super) enum Scoped {
    /// Part of a known context, and so without fault.
    Known(Known),
    /// As a document wrote it, or behind one.
    Written(Arc<Value>),
}

impl Scoped {
    /// A context inside a term; it is known only where every layer is.
    pub(super) fn of(context: Known, known: bool) -> Self {
        if known { Self::Known(context) } else { Self::Written(context.value().clone()) }
    }

    /// The whole of it.
    pub(super) fn value(&self) -> &Arc<Value> {
        match self {
            Self::Known(known) => known.value(),
            Self::Written(value) => value,
        }
    }
}

impl PartialEq for Scoped {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Term {
    pub(super) fn holds(&self, container: &str) -> bool {
        self.container.contains(&container)
    }
}

/// The value of a term in a local context.
#[derive(Clone, Copy)]
pub(super) enum Written<'a> {
    /// Null or a text: what it stands for, and nothing else.
    Iri(&'a Value),
    Map(&'a Map<String, Value>),
}

impl<'a> Written<'a> {
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Null | Value::String(_) => Some(Self::Iri(value)),
            Value::Object(map) => Some(Self::Map(map)),
            _ => None,
        }
    }

    pub(super) fn get(self, member: &str) -> Option<&'a Value> {
        match self {
            Self::Iri(value) => (member == "@id").then_some(value),
            Self::Map(map) => map.get(member),
        }
    }

    /// Whether it is a text, the only form that makes a prefix without saying so.
    pub(super) fn is_simple(self) -> bool {
        matches!(self, Self::Iri(Value::String(_)))
    }

    /// Whether it says no more than a definition of `@type` may.
    pub(super) fn fits_type(self) -> bool {
        let allowed = |(key, value): (&String, &Value)| {
            (key == "@container" && value == "@set") || (key == "@protected" && value.is_boolean())
        };
        matches!(self, Self::Map(map) if !map.is_empty() && map.iter().all(allowed))
    }

    /// Reads `@container` and whatever else stands in the definition; names the member at fault.
    pub(super) fn read_rest(self, name: &str, known: bool, term: &mut Term) -> Result<(), &'static str> {
        self.read_container(term).ok_or("@container")?;
        let Self::Map(map) = self else { return Ok(()) };
        let typed = map.contains_key("@type");
        for (key, value) in map {
            match (key.as_str(), value) {
                ("@id" | "@reverse" | "@container" | "@type" | "@protected", _) => {}
                ("@index", Value::String(index)) if term.holds("@index") => term.index = Some(index.clone()),
                ("@context", context) => {
                    term.scoped = Some(Scoped::of(Known::Whole(Arc::new(context.clone())), known));
                }
                ("@language", Value::Null) if !typed => term.language = Some(None),
                ("@language", Value::String(tag)) if !typed => term.language = Some(Some(tag.clone())),
                ("@nest", Value::String(nest)) if nest == "@nest" || !is_keyword(nest) => {}
                ("@prefix", Value::Bool(prefix)) if !name.contains(':') && !name.contains('/') => {
                    term.prefix = *prefix;
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

    fn read_container(self, term: &mut Term) -> Option<()> {
        const CONTAINERS: [&str; 7] = ["@graph", "@id", "@index", "@language", "@list", "@set", "@type"];
        let Some(found) = self.get("@container") else { return Some(()) };
        for container in found.as_array().map_or(std::slice::from_ref(found), Vec::as_slice) {
            let known = CONTAINERS.iter().find(|known| container == **known)?;
            term.container.push(known);
        }
        let with_list = term.holds("@list") && term.container.len() > 1;
        let reverse = term.reverse && !term.container.iter().all(|c| matches!(*c, "@set" | "@index"));
        if term.holds("@type") && term.datatype.is_none() {
            term.datatype = Some("@id".to_owned());
        }
        (!with_list && !reverse).then_some(())
    }
}
