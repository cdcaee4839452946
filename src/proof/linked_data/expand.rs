//! A document into nodes, values and lists (JSON-LD 1.1 API, section 5.1), refusing what would be dropped.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::LinkedDataFault;
use super::active::Active;
use super::context::{Local, Manner, Processor};
use super::iri::{is_absolute, is_blank, is_keyword, is_language};
use super::object::{Literal, Node, Object};
use super::term::Term;
use super::value;

/// Expands a whole document into its top nodes.
pub(super) fn document(
    document: &Value,
    processor: &mut Processor<'_>,
) -> Result<Vec<Object>, LinkedDataFault> {
    let active = processor.initial();
    let objects = Expander { processor }.element(&active, None, document, false)?;
    match <[Object; 1]>::try_from(objects) {
        Ok([Object::Node(Node { graph: Some(graph), id, types, properties, reverse, included })]) => {
            let node = Node { id, types, properties, reverse, included, graph: None };
            if node.id.is_none() && node.says_nothing() {
                Ok(graph)
            } else {
                Ok(vec![Object::Node(Node { graph: Some(graph), ..node })])
            }
        }
        Ok(one) => Ok(one.into()),
        Err(several) => Ok(several),
    }
}

struct Expander<'p, 'c> {
    processor: &'p mut Processor<'c>,
}

type Expanded = Result<Vec<Object>, LinkedDataFault>;

impl Expander<'_, '_> {
    fn element(
        &mut self,
        active: &Rc<Active>,
        property: Option<&str>,
        element: &Value,
        from_map: bool,
    ) -> Expanded {
        let top = matches!(property, None | Some("@graph"));
        match element {
            Value::Null => Ok(Vec::new()),
            Value::Array(items) => {
                let list =
                    property.and_then(|name| active.term(name)).is_some_and(|term| term.holds("@list"));
                let mut objects = Vec::new();
                for item in items {
                    let expanded = self.element(active, property, item, from_map)?;
                    if list && item.is_array() {
                        objects.push(Object::List(expanded));
                    } else {
                        objects.extend(expanded);
                    }
                }
                Ok(objects)
            }
            Value::Object(map) => self.map(active, property, map, from_map),
            _ if top => Err(LinkedDataFault::FreeFloatingValue),
            scalar => {
                let name = property.unwrap_or_default();
                let active = match active.term(name).and_then(|term| term.scoped.clone()) {
                    Some(scoped) => {
                        self.processor.process(active, Local::Scoped(&scoped), Manner::OF_A_PROPERTY)?
                    }
                    None => active.clone(),
                };
                Ok(vec![value::scalar(&active, name, scalar)?])
            }
        }
    }

    fn map(
        &mut self,
        active: &Rc<Active>,
        property: Option<&str>,
        map: &Map<String, Value>,
        from_map: bool,
    ) -> Expanded {
        let scoped = property.and_then(|name| active.term(name)).and_then(|term| term.scoped.clone());
        let mut active = active.clone();
        if let Some(previous) = active.previous.clone().filter(|_| !from_map) {
            let id_alone = map.len() == 1 && map.keys().all(|key| active.means(key, "@id"));
            if !id_alone && !map.keys().any(|key| active.means(key, "@value")) {
                active = previous;
            }
        }
        if let Some(scoped) = scoped {
            active = self.processor.process(&active, Local::Scoped(&scoped), Manner::OF_A_PROPERTY)?;
        }
        if let Some(local) = map.get("@context") {
            active = self.processor.process(&active, Local::Written(local), Manner::WRITTEN)?;
        }
        let type_scoped = active.clone();
        active = self.with_types(&active, map)?;
        let keywords: Vec<&str> = map.keys().filter_map(|key| active.keyword(key)).collect();
        let top = matches!(property, None | Some("@graph"));
        if keywords.contains(&"@value") {
            let literal = value::object(&active, map)?;
            return match literal {
                Some(_) if top => Err(LinkedDataFault::FreeFloatingValue),
                Some(literal) => Ok(vec![Object::Value(literal)]),
                None => Ok(Vec::new()),
            };
        }
        if keywords.contains(&"@list") || keywords.contains(&"@set") {
            return self.collection(&active, property, map);
        }
        let mut node = Node::default();
        let place = Place { active: &active, type_scoped: &type_scoped, property };
        self.members(&place, map, &mut node)?;
        if top && node.says_nothing() {
            return Err(LinkedDataFault::BadKeyword("@id".to_owned()));
        }
        Ok(vec![Object::Node(node)])
    }

    /// Steps 10 and 11: the contexts that the types bring, types in the order of their letters.
    fn with_types(
        &mut self,
        type_scoped: &Rc<Active>,
        map: &Map<String, Value>,
    ) -> Result<Rc<Active>, LinkedDataFault> {
        let mut active = type_scoped.clone();
        let mut keys: Vec<&String> = map.keys().collect();
        keys.sort_unstable();
        for key in keys {
            if !active.means(key, "@type") {
                continue;
            }
            let mut types: Vec<&str> = strings(&map[key]).collect();
            types.sort_unstable();
            for name in types {
                if let Some(scoped) = type_scoped.term(name).and_then(|term| term.scoped.clone()) {
                    active = self.processor.process(&active, Local::Scoped(&scoped), Manner::OF_A_TYPE)?;
                }
            }
        }
        Ok(active)
    }

    fn collection(
        &mut self,
        active: &Rc<Active>,
        property: Option<&str>,
        map: &Map<String, Value>,
    ) -> Expanded {
        let mut found = None;
        for (key, value) in map {
            match active.expand(key, true).as_deref() {
                Some("@context" | "@index") => {}
                Some(keyword @ ("@list" | "@set")) if found.is_none() => {
                    found = Some((keyword == "@list", value))
                }
                other => return Err(LinkedDataFault::BadKeyword(other.unwrap_or(key).to_owned())),
            }
        }
        match found {
            Some((true, _)) if matches!(property, None | Some("@graph")) => {
                Err(LinkedDataFault::FreeFloatingValue)
            }
            Some((true, value)) => Ok(vec![Object::List(self.element(active, property, value, false)?)]),
            Some((false, value)) => self.element(active, property, value, false),
            None => Ok(Vec::new()),
        }
    }

    /// Step 13, for the members of a node and of everything nested in it.
    fn members(
        &mut self,
        place: &Place<'_>,
        map: &Map<String, Value>,
        node: &mut Node,
    ) -> Result<(), LinkedDataFault> {
        let active = place.active;
        let mut keys: Vec<&String> = map.keys().filter(|key| *key != "@context").collect();
        keys.sort_unstable();
        for key in keys {
            let value = &map[key];
            let name = active.expand(key, true).filter(|name| is_keyword(name) || name.contains(':'));
            let Some(name) = name else { return Err(LinkedDataFault::UndefinedTerm(key.clone())) };
            if is_keyword(&name) {
                self.keyword(place, &name, value, node)?;
                continue;
            }
            if !is_absolute(&name) && !is_blank(&name) {
                return Err(LinkedDataFault::UndefinedTerm(key.clone()));
            }
            let term = active.term(key).unwrap_or_default();
            let objects = self.property(active, key, &term, value)?;
            let Some(objects) = objects else { continue };
            let target = if term.reverse { &mut node.reverse } else { &mut node.properties };
            match target.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.extend(objects),
                None => target.push((name, objects)),
            }
        }
        Ok(())
    }

    fn keyword(
        &mut self,
        place: &Place<'_>,
        name: &str,
        value: &Value,
        node: &mut Node,
    ) -> Result<(), LinkedDataFault> {
        let active = place.active;
        let bad = || LinkedDataFault::BadKeyword(name.to_owned());
        if place.property == Some("@reverse") {
            return Err(bad());
        }
        match (name, value) {
            ("@id", Value::String(text)) => {
                let iri = active.expand(text, false).unwrap_or_default();
                if !is_absolute(&iri) && !is_blank(&iri) {
                    return Err(LinkedDataFault::RelativeIri(text.clone()));
                }
                if node.id.replace(iri).is_some() {
                    return Err(LinkedDataFault::CollidingKeywords(name.to_owned()));
                }
            }
            ("@type", Value::String(_) | Value::Array(_)) => {
                for text in strings(value) {
                    let iri =
                        place.type_scoped.expand(text, true).filter(|iri| is_absolute(iri) || is_blank(iri));
                    node.types.push(iri.ok_or_else(|| LinkedDataFault::UndefinedType(text.to_owned()))?);
                }
                if value.as_array().is_some_and(|list| list.iter().any(|item| !item.is_string())) {
                    return Err(bad());
                }
            }
            ("@graph", value) => {
                let objects = self.element(active, Some("@graph"), value, false)?;
                node.graph.get_or_insert_default().extend(objects);
            }
            ("@included", value) => {
                let objects = self.element(active, None, value, false)?;
                if !objects.iter().all(|object| matches!(object, Object::Node(_))) {
                    return Err(bad());
                }
                node.included.extend(objects);
            }
            ("@index", Value::String(_)) => {}
            ("@nest", nested) => {
                let list = nested.as_array().map_or(std::slice::from_ref(nested), Vec::as_slice);
                for item in list {
                    self.members(place, item.as_object().ok_or_else(bad)?, node)?;
                }
            }
            ("@reverse", Value::Object(map)) => {
                let mut within = Node::default();
                let inside = Place { property: Some("@reverse"), ..*place };
                self.members(&inside, map, &mut within)?;
                node.reverse.extend(within.properties);
                node.properties.extend(within.reverse);
            }
            _ => return Err(bad()),
        }
        Ok(())
    }

    /// Steps 13.5 to 13.12: one property by its container.
    fn property(
        &mut self,
        active: &Rc<Active>,
        key: &str,
        term: &Term,
        value: &Value,
    ) -> Result<Option<Vec<Object>>, LinkedDataFault> {
        if term.datatype.as_deref() == Some("@json") {
            let datatype = Some("@json".to_owned());
            return Ok(Some(vec![Object::Value(Literal { value: value.clone(), datatype, language: None })]));
        }
        let objects = match value {
            Value::Null => return Ok(None),
            Value::Object(map) if term.holds("@language") => language_map(active, term, map)?,
            Value::Object(map) if ["@index", "@type", "@id"].iter().any(|kind| term.holds(kind)) => {
                self.index_map(active, key, term, map)?
            }
            value => {
                let objects = self.element(active, Some(key), value, false)?;
                if term.holds("@list") && !matches!(objects.as_slice(), [Object::List(_)]) {
                    vec![Object::List(objects)]
                } else {
                    objects
                }
            }
        };
        let in_graphs = term.holds("@graph") && !value_is_map_by_key(term, value);
        Ok(Some(if in_graphs { objects.into_iter().map(Object::into_graph).collect() } else { objects }))
    }

    /// Steps 13.8: a map from indexes, identifiers or types to what they stand for.
    fn index_map(
        &mut self,
        active: &Rc<Active>,
        key: &str,
        term: &Term,
        map: &Map<String, Value>,
    ) -> Expanded {
        if term.index.is_some() {
            return Err(LinkedDataFault::NotRead("a property-valued index"));
        }
        let mut objects = Vec::new();
        let mut indexes: Vec<&String> = map.keys().collect();
        indexes.sort_unstable();
        for index in indexes {
            let mut inner = active.clone();
            if term.holds("@id") || term.holds("@type") {
                inner = inner.previous.clone().unwrap_or(inner);
            }
            let by_type =
                inner.term(index).filter(|_| term.holds("@type")).and_then(|term| term.scoped.clone());
            if let Some(scoped) = by_type {
                inner = self.processor.process(&inner, Local::Scoped(&scoped), Manner::OF_A_TYPE)?;
            }
            let none = active.expand(index, true).as_deref() == Some("@none");
            for object in self.element(&inner, Some(key), &map[index], true)? {
                let object = if term.holds("@graph") { object.into_graph() } else { object };
                objects.push(indexed(active, term, index, none, object)?);
            }
        }
        Ok(objects)
    }
}

/// Where the members of a node are read.
#[derive(Clone, Copy)]
struct Place<'a> {
    active: &'a Rc<Active>,
    type_scoped: &'a Rc<Active>,
    property: Option<&'a str>,
}

fn indexed(
    active: &Active,
    term: &Term,
    index: &str,
    none: bool,
    object: Object,
) -> Result<Object, LinkedDataFault> {
    match object {
        Object::Node(mut node) if term.holds("@id") && !none => {
            let iri = active.expand(index, false).filter(|iri| is_absolute(iri) || is_blank(iri));
            let iri = iri.ok_or_else(|| LinkedDataFault::RelativeIri(index.to_owned()))?;
            node.id.get_or_insert(iri);
            Ok(Object::Node(node))
        }
        Object::Node(mut node) if term.holds("@type") && !none => {
            let iri = active.expand(index, true).filter(|iri| is_absolute(iri) || is_blank(iri));
            node.types.insert(0, iri.ok_or_else(|| LinkedDataFault::UndefinedType(index.to_owned()))?);
            Ok(Object::Node(node))
        }
        other => Ok(other),
    }
}

fn language_map(active: &Active, term: &Term, map: &Map<String, Value>) -> Expanded {
    let mut objects = Vec::new();
    for (tag, value) in map {
        let none = active.expand(tag, true).as_deref() == Some("@none");
        if !none && !is_language(tag) {
            return Err(LinkedDataFault::BadLanguage(tag.clone()));
        }
        let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for item in list.iter().filter(|item| !item.is_null()) {
            if !item.is_string() {
                return Err(LinkedDataFault::BadKeyword("@language".to_owned()));
            }
            let language = (!none).then(|| tag.clone());
            objects.push(Object::Value(Literal { value: item.clone(), datatype: None, language }));
        }
    }
    debug_assert!(term.holds("@language"));
    Ok(objects)
}

fn value_is_map_by_key(term: &Term, value: &Value) -> bool {
    value.is_object() && ["@index", "@id"].iter().any(|kind| term.holds(kind))
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    list.iter().filter_map(Value::as_str)
}
