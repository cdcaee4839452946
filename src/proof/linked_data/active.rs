//! An active context: what each term means at one place in a document, and what a name expands to there.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::iri::{is_absolute, is_keyword, looks_like_keyword};

/// An active context: what each term means at one place in a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Active {
    pub(super) terms: HashMap<String, Option<Arc<Term>>>,
    pub(super) vocab: Option<String>,
    pub(super) language: Option<String>,
    /// The context to go back to inside the next node, if this one does not propagate.
    pub(super) previous: Option<Arc<Active>>,
    /// Tells one processed context from another.
    pub(super) serial: u64,
}

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
    pub(super) scoped: Option<Arc<Value>>,
}

impl Term {
    pub(super) fn holds(&self, container: &str) -> bool {
        self.container.contains(&container)
    }
}

impl Active {
    /// The definition of a term, if it has one.
    pub(super) fn term(&self, name: &str) -> Option<&Arc<Term>> {
        self.terms.get(name)?.as_ref()
    }

    /// IRI expansion (section 5.2). The base is null, so a relative reference comes back as it stands, for the caller
    /// to refuse; `None` is a term that means nothing.
    pub(super) fn expand(&self, text: &str, vocab: bool) -> Option<String> {
        if is_keyword(text) {
            return Some(text.to_owned());
        }
        if looks_like_keyword(text) {
            return None;
        }
        if let Some(term) = self.term(text) {
            let keyword = term.iri.as_deref().is_some_and(is_keyword);
            if vocab || keyword {
                return term.iri.clone();
            }
        }
        if let Some((prefix, suffix)) = text.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            if prefix == "_" || suffix.starts_with("//") {
                return Some(text.to_owned());
            }
            if let Some(iri) = self.term(prefix).filter(|term| term.prefix).and_then(|term| term.iri.as_ref())
            {
                return Some(format!("{iri}{suffix}"));
            }
            if is_absolute(text) {
                return Some(text.to_owned());
            }
        }
        match &self.vocab {
            Some(base) if vocab => Some(format!("{base}{text}")),
            _ => Some(text.to_owned()),
        }
    }
}
