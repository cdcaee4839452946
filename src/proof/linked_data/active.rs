//! An active context: what each term means at one place in a document, and what a name expands to there.
//!
//! Contexts lie in layers, each over what it was applied to. A layer from a known context defines a term when
//! somebody first asks for it: of the hundreds of terms in the contexts of a badge, one badge uses a few dozen. A
//! layer that a document wrote is defined at once and whole, so that none of its faults goes unseen.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::LinkedDataFault;
use super::contexts::{Known, Members};
use super::iri::{is_absolute, is_blank, is_keyword, keyword, looks_like_keyword};
use super::term::{Scoped, Term, Written};

/// An active context: what each term means at one place in a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Active {
    /// What this layer lies on.
    below: Option<Rc<Active>>,
    /// The members of a known context, to be defined as they are asked for.
    known: Option<Known>,
    /// Whether terms of this layer may replace protected ones.
    may_override: bool,
    /// What has been defined or looked up so far; nothing is a name that is no term.
    terms: RefCell<BTreeMap<String, Option<Rc<Term>>>>,
    pub(super) vocab: Option<String>,
    pub(super) language: Option<String>,
    /// The context to go back to inside the next node, if this one does not propagate.
    pub(super) previous: Option<Rc<Active>>,
    /// Tells one processed context from another.
    pub(super) serial: u64,
    /// Whether some layer was written by a document.
    has_written: bool,
    /// Whether some layer names a term with a colon in it; few do, and without one no IRI needs to be looked up.
    has_colons: bool,
}

impl Active {
    /// A layer over `below` that will have the terms of `local`.
    pub(super) fn over(below: &Rc<Active>, local: Members<'_>, written: bool, may_override: bool) -> Self {
        Self {
            below: Some(below.clone()),
            may_override,
            vocab: below.vocab.clone(),
            language: below.language.clone(),
            has_written: below.has_written || written,
            has_colons: below.has_colons || local.has_colons(),
            ..Self::default()
        }
    }

    /// Expands a text by this layer's own members and what lies below, before its terms are there.
    pub(super) fn expand_early(
        &self,
        local: Members<'_>,
        text: &str,
    ) -> Result<Option<String>, LinkedDataFault> {
        Definer::new(self, local).expand(text)
    }

    /// Gives this layer its terms. Only the terms that replace protected ones are looked at now if the context is
    /// known, for nothing else can be wrong with it.
    pub(super) fn define(
        &mut self,
        local: Members<'_>,
        known: Option<&Known>,
    ) -> Result<(), LinkedDataFault> {
        const OF_THE_CONTEXT: [&str; 8] =
            ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"];
        let known = known.filter(|_| !self.has_written);
        let mut definer = Definer::new(self, local);
        for term in local.names().into_iter().filter(|term| !OF_THE_CONTEXT.contains(term)) {
            if known.is_none() || self.replaces_protected(term) {
                definer.define(term)?;
            }
        }
        self.known = known.cloned();
        Ok(())
    }

    fn replaces_protected(&self, term: &str) -> bool {
        let below = self.below.as_ref().filter(|below| !self.may_override && below.has_name(term));
        below.and_then(|below| below.term(term)).is_some_and(|term| term.protected)
    }

    /// Whether this layer or one below has the name at all, which is cheaper to tell than what it means.
    fn has_name(&self, term: &str) -> bool {
        let mut layers = std::iter::successors(Some(self), |layer| layer.below.as_deref());
        layers.any(|layer| match layer.known.as_ref().and_then(Known::members) {
            Some(members) => members.own_name(term).is_some(),
            None => layer.terms.borrow().contains_key(term),
        })
    }

    /// A protected term, if there is one.
    pub(super) fn any_protected(&self) -> Option<String> {
        let mut layer = Some(self);
        while let Some(active) = layer {
            let known = active.known.iter().filter_map(Known::members).flat_map(Members::names);
            let known = known.map(str::to_owned);
            let names: Vec<String> = active.terms.borrow().keys().cloned().chain(known).collect();
            let protected = |name: &String| self.term(name).is_some_and(|term| term.protected);
            if let Some(found) = names.into_iter().find(protected) {
                return Some(found);
            }
            layer = active.below.as_deref();
        }
        None
    }

    /// The definition of a term, if it has one.
    pub(super) fn term(&self, name: &str) -> Option<Rc<Term>> {
        if let Some(found) = self.own_term(name) {
            return found;
        }
        let mut below = self.below.as_ref();
        let found = loop {
            let Some(layer) = below else { break None };
            if let Some(found) = layer.own_term(name) {
                break found;
            }
            below = layer.below.as_ref();
        };
        self.terms.borrow_mut().insert(name.to_owned(), found.clone());
        found
    }

    /// What this layer itself makes of a name, as far as it has an opinion.
    fn own_term(&self, name: &str) -> Option<Option<Rc<Term>>> {
        if let Some(found) = self.terms.borrow().get(name) {
            return Some(found.clone());
        }
        let local = self.known.as_ref().and_then(Known::members)?;
        local.own_name(name)?;
        // no known context has a fault in it: the tests define every term of each
        let _ = Definer::new(self, local).define(name);
        Some(self.terms.borrow().get(name).cloned().flatten())
    }

    /// Whether a text can be the name of a term here.
    fn may_be_term(&self, text: &str) -> bool {
        self.has_colons || !text.contains(':')
    }

    /// Whether a name stands for a keyword.
    pub(super) fn means(&self, name: &str, keyword: &str) -> bool {
        self.keyword(name) == Some(keyword)
    }

    /// The keyword that a name stands for.
    pub(super) fn keyword(&self, name: &str) -> Option<&'static str> {
        if name.starts_with('@') { keyword(name) } else { keyword(self.term(name)?.iri.as_deref()?) }
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
        if let Some(term) = self.may_be_term(text).then(|| self.term(text)).flatten() {
            let keyword = term.iri.as_deref().is_some_and(is_keyword);
            if vocab || keyword {
                return term.iri.clone();
            }
        }
        if let Some((prefix, suffix)) = text.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            if prefix == "_" || suffix.starts_with("//") {
                return Some(text.to_owned());
            }
            let base = self.term(prefix).filter(|term| term.prefix);
            if let Some(iri) = base.as_ref().and_then(|term| term.iri.as_ref()) {
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

/// Defines terms of one local context in its layer, each after the terms that it needs.
struct Definer<'a> {
    active: &'a Active,
    local: Members<'a>,
    protected: bool,
    under_way: Vec<&'a str>,
}

impl<'a> Definer<'a> {
    fn new(active: &'a Active, local: Members<'a>) -> Self {
        let protected = local.get("@protected") == Some(&Value::Bool(true));
        Self { active, local, protected, under_way: Vec::new() }
    }

    fn is_defined(&self, term: &str) -> bool {
        self.active.terms.borrow().contains_key(term)
    }

    fn define(&mut self, term: &str) -> Result<(), LinkedDataFault> {
        let Some(name) = self.local.own_name(term) else { return Ok(()) };
        if self.under_way.contains(&name) {
            return Err(LinkedDataFault::CyclicTerm(name.to_owned()));
        }
        if self.is_defined(name) {
            return Ok(());
        }
        self.under_way.push(name);
        let value = self.local.get(name).unwrap_or(&Value::Null);
        let term = self.definition(name, value)?;
        self.under_way.pop();
        self.active.terms.borrow_mut().insert(name.to_owned(), Some(Rc::new(term)));
        Ok(())
    }

    fn definition(&mut self, name: &str, value: &Value) -> Result<Term, LinkedDataFault> {
        let fault = |part| LinkedDataFault::BadTerm { term: name.to_owned(), part };
        let written = Written::of(value);
        let fits_type = written.is_some_and(Written::fits_type);
        if name.is_empty() || (is_keyword(name) && !(name == "@type" && fits_type)) {
            return Err(fault("name"));
        }
        if !is_keyword(name) && looks_like_keyword(name) {
            return Err(LinkedDataFault::BadKeyword(name.to_owned()));
        }
        let written = written.ok_or(fault("definition"))?;
        let mut term = Term {
            protected: match written.get("@protected") {
                None => self.protected,
                Some(Value::Bool(protected)) => *protected,
                Some(_) => return Err(fault("@protected")),
            },
            ..Term::default()
        };
        if let Some(datatype) = written.get("@type") {
            term.datatype = Some(self.datatype(datatype)?.ok_or(fault("@type"))?);
        }
        if let Some(reverse) = written.get("@reverse") {
            let allowed = written.get("@id").is_none() && written.get("@nest").is_none();
            let iri = reverse.as_str().filter(|_| allowed).ok_or(fault("@reverse"))?;
            term.iri = self.expand(iri)?.filter(|iri| is_absolute(iri) || is_blank(iri));
            term.reverse = true;
        } else {
            term.iri = self.mapping(name, written.get("@id"))?;
            let ends_prefix =
                |iri: &String| iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || is_blank(iri);
            let bare = !name.contains(':') && !name.contains('/');
            term.prefix = bare && written.is_simple() && term.iri.as_ref().is_some_and(ends_prefix);
        }
        if term.iri.is_none() && !written.get("@id").is_some_and(Value::is_null) {
            return Err(fault("@id"));
        }
        let known = !self.active.has_written;
        written.read_rest(name, known, &mut term).map_err(fault)?;
        if let Some(scoped) = self.local.scoped(name) {
            term.scoped = Some(Scoped::of(scoped.clone(), known));
        }
        let replaced = self.active.below.as_ref().and_then(|below| below.term(name));
        if let Some(replaced) = replaced.filter(|term| term.protected && !self.active.may_override) {
            if (Term { protected: true, ..term.clone() }) != *replaced {
                return Err(LinkedDataFault::ProtectedTerm(name.to_owned()));
            }
            term.protected = true;
        }
        Ok(term)
    }

    /// The IRI mapping of a term by its `@id`, its own form, or the vocabulary.
    fn mapping(&mut self, name: &str, id: Option<&Value>) -> Result<Option<String>, LinkedDataFault> {
        let fault = || LinkedDataFault::BadTerm { term: name.to_owned(), part: "@id" };
        match id {
            Some(Value::Null) => return Ok(None),
            Some(Value::String(id)) if id != name => {
                let iri = self.expand(id)?.ok_or_else(fault)?;
                let fits = (is_keyword(&iri) && iri != "@context") || is_absolute(&iri) || is_blank(&iri);
                return if fits { Ok(Some(iri)) } else { Err(fault()) };
            }
            Some(Value::String(_)) | None => {}
            Some(_) => return Err(fault()),
        }
        if let Some((prefix, suffix)) = name.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            self.define(prefix)?;
            let base = self.active.term(prefix).and_then(|prefix| prefix.iri.clone());
            return Ok(Some(base.map_or_else(|| name.to_owned(), |base| base + suffix)));
        }
        if name == "@type" {
            return Ok(Some(name.to_owned()));
        }
        match &self.active.vocab {
            Some(vocab) => Ok(Some(format!("{vocab}{name}"))),
            None => Err(fault()),
        }
    }

    fn datatype(&mut self, found: &Value) -> Result<Option<String>, LinkedDataFault> {
        let Some(text) = found.as_str() else { return Ok(None) };
        let iri = self.expand(text)?;
        let special = |iri: &str| matches!(iri, "@id" | "@vocab" | "@json" | "@none");
        Ok(iri.filter(|iri| special(iri) || is_absolute(iri)))
    }

    /// IRI expansion while terms are still being defined: whatever the text needs is defined first.
    fn expand(&mut self, text: &str) -> Result<Option<String>, LinkedDataFault> {
        if !is_keyword(text) && self.active.may_be_term(text) {
            self.define(text)?;
        }
        let is_compact = |(prefix, suffix): &(&str, &str)| !is_keyword(prefix) && !suffix.starts_with("//");
        if let Some((prefix, _)) = text.split_once(':').filter(is_compact) {
            self.define(prefix)?;
        }
        Ok(self.active.expand(text, true))
    }
}
