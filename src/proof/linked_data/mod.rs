//! JSON-LD 1.1 to RDF, as far as signing needs it: contexts, expansion and statements, in safe mode.
//!
//! Safe mode means that whatever a processor would drop without a word is a [`LinkedDataFault`] instead: an undefined
//! term, a relative identifier, a type that is no IRI. A signature over dropped data would not cover it (Data
//! Integrity 1.0, section 2.4.3). The base is null, and no context is ever fetched: a [`Contexts`] says which are
//! known.
//!
//! | file | step |
//! |---|---|
//! | [`contexts`] | the contexts that are known, by URL |
//! | [`context`] | local contexts into term definitions (JSON-LD 1.1 API, sections 4.1 and 4.2) |
//! | `active` | what a name means at one place (section 5.2) |
//! | `term` | definitions of terms (section 4.2) |
//! | `expand` | a document into nodes, values and lists (section 5.1) |
//! | [`known`] | the contexts that are built in |
//! | `value` | one scalar by its term's type and language (section 5.3) |
//! | `statements` | nodes into quads (sections 7.1 and 8) |

mod active;
pub mod context;
pub mod contexts;
mod expand;
mod fault;
mod iri;
pub mod known;
mod object;
mod statements;
mod term;
mod value;

use serde_json::Value;

pub use context::Processor;
pub use contexts::Contexts;
pub use fault::LinkedDataFault;

use super::rdf::quads::Quad;

/// The statements of a document, with nothing lost. Processed contexts stay with the processor for the next one.
pub fn to_rdf(document: &Value, processor: &mut Processor<'_>) -> Result<Vec<Quad>, LinkedDataFault> {
    let nodes = expand::document(document, processor)?;
    statements::of(&nodes)
}
