//! Nodes into quads (JSON-LD 1.1 API, sections 7.1 and 8).

use serde_json::Value;

use super::LinkedDataFault;
use super::iri::is_blank;
use super::object::{Literal, Node, Object};
use crate::json;
use crate::proof::rdf::quads::{Quad, Term, XSD_STRING};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The statements of these top nodes.
pub(super) fn of(objects: &[Object]) -> Result<Vec<Quad>, LinkedDataFault> {
    let mut writer = Writer::default();
    for object in objects {
        writer.object(object, None)?;
    }
    Ok(writer.quads)
}

#[derive(Default)]
struct Writer {
    quads: Vec<Quad>,
    next_blank: usize,
}

impl Writer {
    /// Writes what an object says, and gives the term that stands for it.
    fn object(&mut self, object: &Object, graph: Option<&Term>) -> Result<Term, LinkedDataFault> {
        match object {
            Object::Node(node) => self.node(node, graph),
            Object::Value(literal) => term_of(literal),
            Object::List(items) => self.list(items, graph),
        }
    }

    fn node(&mut self, node: &Node, graph: Option<&Term>) -> Result<Term, LinkedDataFault> {
        let subject = match &node.id {
            Some(id) => named(id),
            None => self.fresh(),
        };
        for kind in &node.types {
            self.say(&subject, format!("{RDF}type"), named(kind), graph);
        }
        for (property, objects) in &node.properties {
            if is_blank(property) {
                return Err(LinkedDataFault::NotRead("a blank node as a property"));
            }
            for object in objects {
                let object = self.object(object, graph)?;
                self.say(&subject, property.clone(), object, graph);
            }
        }
        for (property, objects) in &node.reverse {
            for object in objects {
                let from = self.object(object, graph)?;
                self.say(&from, property.clone(), subject.clone(), graph);
            }
        }
        for object in node.graph.iter().flatten() {
            self.object(object, Some(&subject))?;
        }
        for object in &node.included {
            self.object(object, graph)?;
        }
        Ok(subject)
    }

    fn list(&mut self, items: &[Object], graph: Option<&Term>) -> Result<Term, LinkedDataFault> {
        let mut rest = Term::Iri(format!("{RDF}nil"));
        for item in items.iter().rev() {
            let first = self.object(item, graph)?;
            let cell = self.fresh();
            self.say(&cell, format!("{RDF}first"), first, graph);
            self.say(&cell, format!("{RDF}rest"), rest, graph);
            rest = cell;
        }
        Ok(rest)
    }

    fn say(&mut self, subject: &Term, predicate: String, object: Term, graph: Option<&Term>) {
        self.quads.push(Quad { subject: subject.clone(), predicate, object, graph: graph.cloned() });
    }

    /// A label that no document can write, since its own are marked.
    fn fresh(&mut self) -> Term {
        self.next_blank += 1;
        Term::Blank(format!("n{}", self.next_blank))
    }
}

fn named(name: &str) -> Term {
    match name.strip_prefix("_:") {
        Some(label) => Term::Blank(format!("d-{label}")),
        None => Term::Iri(name.to_owned()),
    }
}

/// Object to RDF conversion (section 8.2.2) of a literal.
fn term_of(literal: &Literal) -> Result<Term, LinkedDataFault> {
    let bad = || LinkedDataFault::BadKeyword("@value".to_owned());
    let given = literal.datatype.clone();
    if given.as_deref() == Some("@json") {
        let text = json::canonical(&literal.value).map_err(|_| bad())?;
        let value = String::from_utf8(text).map_err(|_| bad())?;
        return Ok(Term::Literal { value, datatype: format!("{RDF}JSON"), language: None });
    }
    let (value, own) = match &literal.value {
        Value::Bool(value) => (value.to_string(), format!("{XSD}boolean")),
        Value::Number(number) => {
            let double = number.as_f64().unwrap_or_default();
            let whole = number.is_i64() || number.is_u64() || (double.fract() == 0.0 && double.abs() < 1e21);
            match (whole, given.as_deref()) {
                (true, datatype) if datatype != Some("http://www.w3.org/2001/XMLSchema#double") => {
                    let text = if number.is_f64() { format!("{double:.0}") } else { number.to_string() };
                    (if text == "-0" { "0".to_owned() } else { text }, format!("{XSD}integer"))
                }
                _ => (canonical_double(double), format!("{XSD}double")),
            }
        }
        Value::String(text) => (text.clone(), XSD_STRING.to_owned()),
        _ => return Err(bad()),
    };
    match &literal.language {
        Some(language) => {
            let datatype = format!("{RDF}langString");
            Ok(Term::Literal { value, datatype, language: Some(language.clone()) })
        }
        None => Ok(Term::Literal { value, datatype: given.unwrap_or(own), language: None }),
    }
}

/// The canonical lexical form of `xsd:double`: at most 15 digits after the point, at least one.
fn canonical_double(value: f64) -> String {
    let text = format!("{value:.15E}");
    let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0');
    let point = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_has_one_spelling() {
        for (value, text) in
            [(3.5, "3.5E0"), (0.001, "1.0E-3"), (1e21, "1.0E21"), (-12.25, "-1.225E1"), (5.3, "5.3E0")]
        {
            assert_eq!(canonical_double(value), text);
        }
    }
}
