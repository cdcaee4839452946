//! What keeps a document from being read as linked data with nothing lost.

use super::context::ENTRIES;

/// A fault of a context, or a place where data would be lost. Terms and IRIs are the document's own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkedDataFault {
    /// A context that is not among the known ones; nothing is fetched.
    #[error("the context {0} is not known here")]
    UnknownContext(String),
    /// A context, or a part of one, of a shape that the specification does not allow.
    #[error("a context has a bad {0}")]
    BadContext(&'static str),
    /// A term definition that the specification does not allow.
    #[error("the context defines {term} with a bad {part}")]
    BadTerm {
        /// The term.
        term: String,
        /// The part of its definition.
        part: &'static str,
    },
    /// A term whose definition needs itself.
    #[error("the context defines {0} in a circle")]
    CyclicTerm(String),
    /// A protected term that a later context defines otherwise.
    #[error("a later context redefines the protected term {0}")]
    ProtectedTerm(String),
    /// More contexts inside contexts than any honest document has.
    #[error("contexts are nested too deep")]
    ContextsTooDeep,
    /// More contexts in one list than any honest document has.
    #[error("{found} contexts in one list, more than {ENTRIES}")]
    TooManyContexts {
        /// How many there are.
        found: usize,
    },
    /// A member whose name means nothing in its context: its data would be lost.
    #[error("the member {0} is not defined by any context")]
    UndefinedTerm(String),
    /// An identifier that is not absolute: its data would be lost.
    #[error("the identifier {0} is not absolute")]
    RelativeIri(String),
    /// A type that is not absolute and not defined.
    #[error("the type {0} is not defined by any context")]
    UndefinedType(String),
    /// A keyword with a value it does not take, or in a place where it cannot stand.
    #[error("the keyword {0} is used in a way that says nothing")]
    BadKeyword(String),
    /// Two members that mean the same keyword.
    #[error("two members mean {0}")]
    CollidingKeywords(String),
    /// A value outside any property, which would be lost.
    #[error("a value belongs to no member")]
    FreeFloatingValue,
    /// A language tag that is not well formed.
    #[error("{0} is not a language tag")]
    BadLanguage(String),
    /// A feature of JSON-LD that no credential uses and this program does not read.
    #[error("{0} is not read here")]
    NotRead(&'static str),
}
