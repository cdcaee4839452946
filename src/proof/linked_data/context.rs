//! Contexts: the known ones, and the processing of a local context into an active one (JSON-LD 1.1 API, section 4.1).
//!
//! Processing the contexts of an Open Badge costs ten times the rest of its canonical form, and every badge names the
//! same ones: a [`Processor`] keeps what it has processed.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use super::LinkedDataFault;
use super::active::Active;
use super::iri::{is_absolute, is_blank, is_language};
use super::term::Definer;

/// How deep contexts may name contexts: honest ones do so once.
const DEPTH: usize = 8;
/// How many processed contexts are kept: two dozen serve any credential, and a hostile one shall not fill memory.
const KEPT: usize = 512;

/// The contexts that are known, by URL. Nothing else is ever looked up.
#[derive(Default)]
pub struct Contexts {
    known: HashMap<String, LazyLock<Arc<Value>, Maker>>,
}

type Maker = Box<dyn FnOnce() -> Arc<Value> + Send>;

impl Contexts {
    /// Adds the value of the member `@context` of the document that the URL names.
    pub fn add(&mut self, url: &str, context: Value) {
        self.add_maker(url, || context);
    }

    /// Adds the text of a whole context document, to be parsed when it is first named.
    pub fn add_text(&mut self, url: &str, text: &'static str) {
        self.add_maker(url, || {
            let document: Value = serde_json::from_str(text).unwrap_or_default();
            document.get("@context").cloned().unwrap_or_default()
        });
    }

    /// Adds a context that is made when it is first named.
    pub fn add_maker(&mut self, url: &str, make: impl FnOnce() -> Value + Send + 'static) {
        self.known.insert(url.to_owned(), LazyLock::new(Box::new(|| Arc::new(make()))));
    }

    /// The value of `@context` that a URL names, if it is known.
    #[must_use]
    pub fn get(&self, url: &str) -> Option<&Arc<Value>> {
        self.known.get(url).map(|made| &**made)
    }
}

/// Turns documents into statements, and keeps every context it has processed.
pub struct Processor<'a> {
    contexts: &'a Contexts,
    kept: HashMap<Key, Arc<Active>>,
    initial: Arc<Active>,
    next_serial: u64,
}

/// A local context, as a document writes it or as a term brings it.
#[derive(Clone, Copy)]
pub(super) enum Local<'v> {
    Written(&'v Value),
    Scoped(&'v Arc<Value>),
}

/// How a local context is to be applied.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Manner {
    pub(super) may_override: bool,
    pub(super) propagates: bool,
}

impl Manner {
    pub(super) const WRITTEN: Self = Self { may_override: false, propagates: true };
    pub(super) const OF_A_PROPERTY: Self = Self { may_override: true, propagates: true };
    pub(super) const OF_A_TYPE: Self = Self { may_override: false, propagates: false };
}

/// What a processed context is kept under. A scoped context is known by its place: its term is kept too.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    active: u64,
    local: Result<String, usize>,
    manner: Manner,
}

impl<'a> Processor<'a> {
    /// A processor that knows these contexts.
    #[must_use]
    pub fn new(contexts: &'a Contexts) -> Self {
        Self { contexts, kept: HashMap::new(), initial: Arc::new(Active::default()), next_serial: 1 }
    }

    pub(super) fn initial(&self) -> Arc<Active> {
        self.initial.clone()
    }

    /// The active context after `local`.
    pub(super) fn process(
        &mut self,
        active: &Arc<Active>,
        local: Local<'_>,
        manner: Manner,
    ) -> Result<Arc<Active>, LinkedDataFault> {
        let (value, name) = match local {
            Local::Written(value) => (value, Ok(value.to_string())),
            Local::Scoped(value) => (&**value, Err(Arc::as_ptr(value) as usize)),
        };
        let key = Key { active: active.serial, local: name, manner };
        if let Some(kept) = self.kept.get(&key) {
            return Ok(kept.clone());
        }
        let mut result = self.applied(active, value, manner, 0)?;
        result.serial = self.next_serial;
        self.next_serial += 1;
        let result = Arc::new(result);
        if self.kept.len() < KEPT {
            self.kept.insert(key, result.clone());
        }
        Ok(result)
    }

    fn applied(
        &self,
        active: &Arc<Active>,
        local: &Value,
        manner: Manner,
        depth: usize,
    ) -> Result<Active, LinkedDataFault> {
        if depth > DEPTH {
            return Err(LinkedDataFault::ContextsTooDeep);
        }
        let propagates = match local.get("@propagate") {
            None => manner.propagates,
            Some(Value::Bool(propagates)) => *propagates,
            Some(_) => return Err(LinkedDataFault::BadContext("@propagate")),
        };
        let mut result = (**active).clone();
        if !propagates && result.previous.is_none() {
            result.previous = Some(active.clone());
        }
        let list = local.as_array().map_or(std::slice::from_ref(local), Vec::as_slice);
        for context in list {
            match context {
                Value::Null => result = cleared(&result, manner, propagates)?,
                Value::String(url) => {
                    let known =
                        self.contexts.get(url).ok_or_else(|| LinkedDataFault::UnknownContext(url.clone()))?;
                    let within = Manner { propagates: true, ..manner };
                    let previous = result.previous.clone();
                    result = self.applied(&Arc::new(result), known, within, depth + 1)?;
                    result.previous = previous;
                }
                Value::Object(map) => self.apply(&mut result, map, manner)?,
                _ => return Err(LinkedDataFault::BadContext("form")),
            }
        }
        Ok(result)
    }

    fn apply(
        &self,
        active: &mut Active,
        local: &Map<String, Value>,
        manner: Manner,
    ) -> Result<(), LinkedDataFault> {
        let imported;
        let mut local = local;
        if let Some(import) = local.get("@import") {
            let url = import.as_str().ok_or(LinkedDataFault::BadContext("@import"))?;
            let known =
                self.contexts.get(url).ok_or_else(|| LinkedDataFault::UnknownContext(url.to_owned()))?;
            let mut merged = known.as_object().cloned().ok_or(LinkedDataFault::BadContext("@import"))?;
            if merged.contains_key("@import") {
                return Err(LinkedDataFault::BadContext("@import"));
            }
            merged.extend(local.iter().map(|(key, value)| (key.clone(), value.clone())));
            merged.remove("@import");
            imported = merged;
            local = &imported;
        }
        if !matches!(local.get("@version").map(Value::as_f64), None | Some(Some(1.1))) {
            return Err(LinkedDataFault::BadContext("@version"));
        }
        if !matches!(local.get("@base"), None | Some(Value::Null)) {
            return Err(LinkedDataFault::NotRead("@base"));
        }
        if !matches!(local.get("@direction"), None | Some(Value::Null)) {
            return Err(LinkedDataFault::NotRead("@direction"));
        }
        let protected = match local.get("@protected") {
            None => false,
            Some(Value::Bool(protected)) => *protected,
            Some(_) => return Err(LinkedDataFault::BadContext("@protected")),
        };
        match local.get("@language") {
            None => {}
            Some(Value::Null) => active.language = None,
            Some(Value::String(tag)) if is_language(tag) => active.language = Some(tag.clone()),
            Some(_) => return Err(LinkedDataFault::BadContext("@language")),
        }
        let mut definer = Definer::new(local, protected, manner.may_override);
        match local.get("@vocab") {
            None => {}
            Some(Value::Null) => active.vocab = None,
            Some(Value::String(vocab)) => {
                let iri = definer.expand(active, vocab, true)?.unwrap_or_default();
                if !is_absolute(&iri) && !is_blank(&iri) {
                    return Err(LinkedDataFault::BadContext("@vocab"));
                }
                active.vocab = Some(iri);
            }
            Some(_) => return Err(LinkedDataFault::BadContext("@vocab")),
        }
        definer.define_all(active)
    }
}

/// The context after a null: empty, unless that would take away protected terms.
fn cleared(active: &Active, manner: Manner, propagates: bool) -> Result<Active, LinkedDataFault> {
    let protected = active.terms.iter().find(|(_, term)| term.as_ref().is_some_and(|term| term.protected));
    if let Some((term, _)) = protected.filter(|_| !manner.may_override) {
        return Err(LinkedDataFault::ProtectedTerm(term.clone()));
    }
    let previous = (!propagates).then(|| Arc::new(active.clone()));
    Ok(Active { previous, ..Active::default() })
}
