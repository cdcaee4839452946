//! Terms, quads and their canonical N-Quads spelling (RDFC-1.0, section 5).

use std::fmt::Write as _;

/// The datatype of a plain string, which N-Quads leaves out.
pub const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// One term of a quad.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// An absolute IRI.
    Iri(String),
    /// A blank node, by the label it has in this dataset, without `_:`.
    Blank(String),
    /// A literal.
    Literal {
        /// The lexical form.
        value: String,
        /// IRI of the datatype.
        datatype: String,
        /// Language tag, if the datatype is `rdf:langString`.
        language: Option<String>,
    },
}

/// A statement in a graph of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quad {
    /// An IRI or a blank node.
    pub subject: Term,
    /// An IRI.
    pub predicate: String,
    /// Any term.
    pub object: Term,
    /// An IRI or a blank node; `None` is the default graph.
    pub graph: Option<Term>,
}

impl Quad {
    /// The three places that may hold a blank node, with the letter that RDFC-1.0 gives each.
    pub(super) fn places(&self) -> impl Iterator<Item = (char, &Term)> {
        let graph = self.graph.as_ref().map(|graph| ('g', graph));
        [('s', &self.subject), ('o', &self.object)].into_iter().chain(graph)
    }

    /// The canonical N-Quads line, blank nodes labelled by `label`, with its line feed.
    pub(super) fn line(&self, label: &dyn Fn(&str) -> String) -> String {
        let mut line = String::with_capacity(128);
        write_term(&mut line, &self.subject, label);
        line.push(' ');
        write_iri(&mut line, &self.predicate);
        line.push(' ');
        write_term(&mut line, &self.object, label);
        if let Some(graph) = &self.graph {
            line.push(' ');
            write_term(&mut line, graph, label);
        }
        line.push_str(" .\n");
        line
    }
}

impl Term {
    /// The label, if this is a blank node.
    pub(super) fn blank(&self) -> Option<&str> {
        match self {
            Self::Blank(label) => Some(label),
            _ => None,
        }
    }
}

fn write_term(line: &mut String, term: &Term, label: &dyn Fn(&str) -> String) {
    match term {
        Term::Iri(iri) => write_iri(line, iri),
        Term::Blank(blank) => {
            line.push_str("_:");
            line.push_str(&label(blank));
        }
        Term::Literal { value, datatype, language } => {
            line.push('"');
            value.chars().for_each(|character| write_escaped(line, character));
            line.push('"');
            if let Some(language) = language {
                line.push('@');
                line.push_str(language);
            } else if datatype != XSD_STRING {
                line.push_str("^^");
                write_iri(line, datatype);
            }
        }
    }
}

fn write_iri(line: &mut String, iri: &str) {
    line.push('<');
    line.push_str(iri);
    line.push('>');
}

/// ECHAR where there is one, UCHAR for other controls and for what XML 1.1 cannot hold, all else as it stands.
fn write_escaped(line: &mut String, character: char) {
    match character {
        '\u{8}' => line.push_str("\\b"),
        '\t' => line.push_str("\\t"),
        '\n' => line.push_str("\\n"),
        '\u{c}' => line.push_str("\\f"),
        '\r' => line.push_str("\\r"),
        '"' => line.push_str("\\\""),
        '\\' => line.push_str("\\\\"),
        '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {
            let _ = write!(line, "\\u{:04X}", u32::from(character));
        }
        other => line.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_escaped_and_letters_are_not() {
        let quad = Quad {
            subject: Term::Blank("x".into()),
            predicate: "https://example.org/p".into(),
            object: Term::Literal {
                value: "a\u{1}\u{7f}\u{fffe}\t\"\\é\u{85}".into(),
                datatype: XSD_STRING.into(),
                language: None,
            },
            graph: None,
        };
        let line = quad.line(&|label| format!("b{label}"));
        assert_eq!(line, "_:bx <https://example.org/p> \"a\\u0001\\u007F\\uFFFE\\t\\\"\\\\é\u{85}\" .\n");
    }
}
