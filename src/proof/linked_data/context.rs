//! The processing of a local context into an active one (JSON-LD 1.1 API, section 4.1).
//!
//! Every badge names the same contexts: a [`Processor`] keeps what it has processed.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::LinkedDataFault;
use super::active::Active;
use super::contexts::{Contexts, Known, Members};
use super::iri::{is_absolute, is_blank, is_language};
use super::term::Scoped;

/// How deep contexts may name contexts: honest ones do so once.
const DEPTH: usize = 8;
/// How many contexts one list may hold: honest ones hold five, and each is one more layer to look through.
pub(super) const ENTRIES: usize = 32;
/// How many processed contexts are kept: two dozen serve any credential, and a hostile one shall not fill memory.
const KEPT: usize = 512;

/// Turns documents into statements, and keeps every context it has processed.
pub struct Processor<'a> {
    contexts: &'a Contexts,
    kept: HashMap<Key, Rc<Active>>,
    initial: Rc<Active>,
    last_serial: Cell<u64>,
}

/// A local context, as a document writes it or as a term brings it.
#[derive(Clone, Copy)]
pub(super) enum Local<'v> {
    Written(&'v Value),
    Scoped(&'v Scoped),
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
        Self {
            contexts,
            kept: HashMap::new(),
            initial: Rc::new(Active::default()),
            last_serial: Cell::new(0),
        }
    }

    pub(super) fn initial(&self) -> Rc<Active> {
        self.initial.clone()
    }

    /// The active context after `local`.
    pub(super) fn process(
        &mut self,
        active: &Rc<Active>,
        local: Local<'_>,
        manner: Manner,
    ) -> Result<Rc<Active>, LinkedDataFault> {
        let (origin, name) = match local {
            Local::Written(value) => (Origin::Written(value), Ok(value.to_string())),
            Local::Scoped(Scoped::Known(known)) => (Origin::Known(known), Err(known.place())),
            Local::Scoped(Scoped::Written(value)) => {
                (Origin::Written(value), Err(Arc::as_ptr(value) as usize))
            }
        };
        let key = Key { active: active.serial, local: name, manner };
        if let Some(kept) = self.kept.get(&key) {
            return Ok(kept.clone());
        }
        let result = Rc::new(self.applied(active, origin, manner, 0)?);
        if self.kept.len() < KEPT {
            self.kept.insert(key, result.clone());
        }
        Ok(result)
    }

    fn applied(
        &self,
        active: &Rc<Active>,
        local: Origin<'_>,
        manner: Manner,
        depth: usize,
    ) -> Result<Active, LinkedDataFault> {
        if depth > DEPTH {
            return Err(LinkedDataFault::ContextsTooDeep);
        }
        let propagates = match local.member("@propagate") {
            None => manner.propagates,
            Some(Value::Bool(propagates)) => *propagates,
            Some(_) => return Err(LinkedDataFault::BadContext("@propagate")),
        };
        let mut result = active.clone();
        let mut previous = active.previous.clone();
        if !propagates && previous.is_none() {
            previous = Some(active.clone());
        }
        let entries = local.entries();
        if entries.len() > ENTRIES {
            return Err(LinkedDataFault::TooManyContexts { found: entries.len() });
        }
        for entry in entries {
            let mut next = match entry {
                Entry::Null => {
                    if let Some(term) = result.any_protected().filter(|_| !manner.may_override) {
                        return Err(LinkedDataFault::ProtectedTerm(term));
                    }
                    previous = (!propagates).then_some(result);
                    Active::default()
                }
                Entry::Url(url) => {
                    let known = self.contexts.find(url);
                    let known = known.ok_or_else(|| LinkedDataFault::UnknownContext(url.to_owned()))?;
                    let within = Manner { propagates: true, ..manner };
                    self.applied(&result, Origin::Known(known), within, depth + 1)?
                }
                Entry::Known(known, members) => self.layer(&result, members, Some(known), manner)?,
                Entry::Written(map) => self.layer(&result, Members::Made(map), None, manner)?,
                Entry::Other => return Err(LinkedDataFault::BadContext("form")),
            };
            next.serial = self.fresh_serial();
            result = Rc::new(next);
        }
        let mut result = Rc::unwrap_or_clone(result);
        result.previous = previous;
        result.serial = self.fresh_serial();
        Ok(result)
    }

    fn fresh_serial(&self) -> u64 {
        self.last_serial.update(|serial| serial + 1);
        self.last_serial.get()
    }

    /// One more layer over `below`.
    fn layer(
        &self,
        below: &Rc<Active>,
        local: Members<'_>,
        known: Option<&Known>,
        manner: Manner,
    ) -> Result<Active, LinkedDataFault> {
        if let Some(import) = local.get("@import") {
            let merged = self.imported(import, local)?;
            return self.layer(below, Members::Made(&merged), None, manner);
        }
        check_members(local)?;
        let mut active = Active::over(below, local, known.is_none(), manner.may_override);
        match local.get("@language") {
            None => {}
            Some(Value::Null) => active.language = None,
            Some(Value::String(tag)) if is_language(tag) => active.language = Some(tag.clone()),
            Some(_) => return Err(LinkedDataFault::BadContext("@language")),
        }
        match local.get("@vocab") {
            None => {}
            Some(Value::Null) => active.vocab = None,
            Some(Value::String(vocab)) => {
                let iri = active.expand_early(local, vocab)?.unwrap_or_default();
                if !is_absolute(&iri) && !is_blank(&iri) {
                    return Err(LinkedDataFault::BadContext("@vocab"));
                }
                active.vocab = Some(iri);
            }
            Some(_) => return Err(LinkedDataFault::BadContext("@vocab")),
        }
        active.define(local, known)?;
        Ok(active)
    }

    /// The members of the context that `@import` names, under the members beside it.
    fn imported(&self, import: &Value, local: Members<'_>) -> Result<Map<String, Value>, LinkedDataFault> {
        let fault = LinkedDataFault::BadContext("@import");
        let Some(url) = import.as_str() else { return Err(fault) };
        let known = self.contexts.get(url).ok_or_else(|| LinkedDataFault::UnknownContext(url.to_owned()))?;
        let Some(mut merged) = known.as_object().cloned() else { return Err(fault) };
        if merged.contains_key("@import") {
            return Err(fault);
        }
        let beside = local.names().into_iter().filter(|name| *name != "@import");
        merged.extend(beside.filter_map(|name| Some((name.to_owned(), local.whole(name)?))));
        Ok(merged)
    }
}

/// Where a local context comes from.
#[derive(Clone, Copy)]
enum Origin<'v> {
    Known(&'v Known),
    Written(&'v Value),
}

/// One of the contexts that a local context lists.
enum Entry<'v> {
    Null,
    Url(&'v str),
    Known(&'v Known, Members<'v>),
    Written(&'v Map<String, Value>),
    Other,
}

impl<'v> Origin<'v> {
    fn member(self, name: &str) -> Option<&'v Value> {
        match self {
            Self::Known(known) => known.members()?.get(name),
            Self::Written(value) => value.get(name),
        }
    }

    fn entries(self) -> Vec<Entry<'v>> {
        let value = match self {
            Self::Known(known) => match (known, known.members()) {
                (_, Some(members)) => return vec![Entry::Known(known, members)],
                (Known::Whole(value), None) => value,
                (Known::Parts(_), None) => return Vec::new(),
            },
            Self::Written(value) => value,
        };
        let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let entry = |context: &'v Value| match context {
            Value::Null => Entry::Null,
            Value::String(url) => Entry::Url(url),
            Value::Object(map) => Entry::Written(map),
            _ => Entry::Other,
        };
        list.iter().map(entry).collect()
    }
}

/// The members of a local context that are no terms and have only one value here.
fn check_members(local: Members<'_>) -> Result<(), LinkedDataFault> {
    if !matches!(local.get("@version").map(Value::as_f64), None | Some(Some(1.1))) {
        return Err(LinkedDataFault::BadContext("@version"));
    }
    if !matches!(local.get("@base"), None | Some(Value::Null)) {
        return Err(LinkedDataFault::NotRead("@base"));
    }
    if !matches!(local.get("@direction"), None | Some(Value::Null)) {
        return Err(LinkedDataFault::NotRead("@direction"));
    }
    if !matches!(local.get("@protected"), None | Some(Value::Bool(_))) {
        return Err(LinkedDataFault::BadContext("@protected"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::proof::linked_data::known::KNOWN;

    /// Every term of `context`, and of the contexts inside it, means the same whether it is defined when asked for or
    /// with all others at once. Gives the number of terms.
    fn compare(
        lazy: &Rc<Active>,
        eager: &Rc<Active>,
        context: &Value,
        processor: &mut Processor<'_>,
    ) -> usize {
        let mut compared = 0;
        for name in context.as_object().unwrap().keys().filter(|name| !name.starts_with('@')) {
            let (term, other) = (lazy.term(name), eager.term(name));
            assert_eq!(term, other, "{name}");
            let Some(term) = term else { panic!("{name} has no meaning") };
            compared += 1;
            let Some(scoped) = &term.scoped else { continue };
            assert!(matches!(scoped, Scoped::Known(_)), "{name}");
            if scoped.value().is_object() {
                let class = name.starts_with(|first: char| first.is_ascii_uppercase());
                let manner = if class { Manner::OF_A_TYPE } else { Manner::OF_A_PROPERTY };
                let inner = processor.process(lazy, Local::Scoped(scoped), manner).unwrap();
                let whole = Scoped::Written(scoped.value().clone());
                let eager = processor.process(eager, Local::Scoped(&whole), manner).unwrap();
                compared += compare(&inner, &eager, scoped.value(), processor);
            }
        }
        compared
    }

    #[test]
    fn a_known_context_has_no_fault_and_means_the_same_term_by_term() {
        let mut compared = 0;
        // W3C's examples name a context that is not built in, so documents in them cannot be read here
        let readable = |url: &&str| !url.contains("/examples/");
        for url in KNOWN.urls().filter(readable) {
            let context = KNOWN.get(url).unwrap();
            let mut processor = Processor::new(&KNOWN);
            let initial = processor.initial();
            let lazy = processor.process(&initial, Local::Written(&json!(url)), Manner::WRITTEN).unwrap();
            let eager = processor.process(&initial, Local::Written(context), Manner::WRITTEN).unwrap();
            // a list is defined at once in any case
            if context.is_object() {
                compared += compare(&lazy, &eager, context, &mut processor);
            }
        }
        assert!(compared > 900, "{compared}");
    }

    #[test]
    fn a_protected_term_is_guarded_whether_or_not_a_document_uses_it() {
        let mut contexts = Contexts::default();
        contexts.add("urn:first", json!({ "@protected": true, "a": "urn:a", "b": "urn:b" }));
        contexts.add("urn:same", json!({ "a": "urn:a" }));
        contexts.add("urn:other", json!({ "a": "urn:other" }));
        let mut processor = Processor::new(&contexts);
        let initial = processor.initial();
        let mut process = |list: Value| {
            let active = processor.process(&initial, Local::Written(&list), Manner::WRITTEN);
            active.map(|active| active.term("a").map(|term| (term.iri.clone(), term.protected)))
        };
        let kept = Ok(Some((Some("urn:a".to_owned()), true)));
        assert_eq!(process(json!(["urn:first", "urn:same"])), kept);
        let fault = Err(LinkedDataFault::ProtectedTerm("a".to_owned()));
        assert_eq!(process(json!(["urn:first", "urn:other"])), fault);
        assert_eq!(process(json!(["urn:first", { "a": "urn:other" }])), fault);
        assert_eq!(process(json!(["urn:first", null])), fault);
        assert_eq!(process(json!(["urn:same", null, "urn:other"])).unwrap().unwrap().0.unwrap(), "urn:other");
    }

    #[test]
    fn a_written_context_is_defined_whole_even_over_a_known_one() {
        let mut processor = Processor::new(&KNOWN);
        let initial = processor.initial();
        let list = json!(["https://www.w3.org/ns/credentials/v2", { "x": "y", "y": "x" }]);
        let fault = processor.process(&initial, Local::Written(&list), Manner::WRITTEN).unwrap_err();
        assert!(matches!(fault, LinkedDataFault::CyclicTerm(_)), "{fault}");
    }
}
