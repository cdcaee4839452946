//! The cryptosuite `eddsa-rdfc-2022`: RDFC-1.0 canonical forms, SHA-256, Ed25519 (EdDSA Cryptosuites 1.0 section 3.2).
//!
//! It signs what a document says as linked data, so it survives another spelling of the JSON, and it is what wallets
//! and the Open Badges validators accept. Only the built-in contexts are known.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::linked_data::{LinkedDataFault, Processor, known::KNOWN, to_rdf};
use super::rdf::canonical::canonical;
use super::rdf::quads::Quad;
use super::{ProofFault, Suite, Unsecured};
use crate::digest::Digest;

/// The suite that other people's wallets check.
#[derive(Debug, Clone, Copy)]
pub struct EddsaRdfc2022;

thread_local! {
    // Every credential names the same contexts, and processing them is most of the work: each thread does it once.
    static PROCESSOR: RefCell<Processor<'static>> = RefCell::new(Processor::new(&KNOWN));
}

impl EddsaRdfc2022 {
    /// The canonical N-Quads of a document, in the built-in contexts.
    ///
    /// # Errors
    /// [`ProofFault::NotLinkedData`] if anything would be lost, [`ProofFault::PoisonedGraph`] if it asks for too much.
    pub fn canonical(document: &Value) -> Result<String, ProofFault> {
        let canonical = canonical(&Self::statements(document)?).map_err(|_| ProofFault::PoisonedGraph)?;
        Ok(canonical.text)
    }

    /// The statements of a document, in the built-in contexts.
    ///
    /// # Errors
    /// [`ProofFault::NotLinkedData`] if anything would be lost.
    pub fn statements(document: &Value) -> Result<Vec<Quad>, ProofFault> {
        Ok(PROCESSOR.with_borrow_mut(|processor| to_rdf(document, processor))?)
    }

    /// The proof configuration as linked data: the proof without its `proofValue`, in the document's context.
    #[must_use]
    pub fn options_document(document: &Unsecured<'_>, options: &Map<String, Value>) -> Value {
        let mut options = options.clone();
        options.shift_remove("proofValue");
        if let Some(context) = document.context() {
            options.insert("@context".to_owned(), context.clone());
        }
        Value::Object(options)
    }
}

impl Suite for EddsaRdfc2022 {
    fn name(&self) -> &'static str {
        "eddsa-rdfc-2022"
    }

    fn keeps_context(&self) -> bool {
        false
    }

    fn hash(&self, document: &Unsecured<'_>, options: &Map<String, Value>) -> Result<[u8; 64], ProofFault> {
        let options = Digest::of(Self::canonical(&Self::options_document(document, options))?.as_bytes());
        let document = Digest::of(Self::canonical(&document.to_value())?.as_bytes());
        let mut hash = [0; 64];
        hash[..32].copy_from_slice(options.as_bytes());
        hash[32..].copy_from_slice(document.as_bytes());
        Ok(hash)
    }
}

impl From<LinkedDataFault> for ProofFault {
    fn from(fault: LinkedDataFault) -> Self {
        Self::NotLinkedData(fault)
    }
}
