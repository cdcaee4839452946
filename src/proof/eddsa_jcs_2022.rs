//! The cryptosuite `eddsa-jcs-2022`: RFC 8785 canonical forms, SHA-256, Ed25519 (EdDSA Cryptosuites 1.0 section 3.3).

use serde_json::{Map, Value};

use super::{ProofFault, Suite, Unsecured};
use crate::digest::Digest;
use crate::json;

/// The suite that a page of code can check.
#[derive(Debug, Clone, Copy)]
pub struct EddsaJcs2022;

impl EddsaJcs2022 {
    /// The canonical proof configuration: the proof without its `proofValue`.
    ///
    /// # Errors
    /// [`ProofFault::NotCanonical`].
    pub fn canonical_options(options: &Map<String, Value>) -> Result<Vec<u8>, ProofFault> {
        json::canonical_without(options, "proofValue").map_err(ProofFault::NotCanonical)
    }
}

impl Suite for EddsaJcs2022 {
    fn name(&self) -> &'static str {
        "eddsa-jcs-2022"
    }

    fn keeps_context(&self) -> bool {
        true
    }

    fn hash(&self, document: &Unsecured, options: &Map<String, Value>) -> Result<[u8; 64], ProofFault> {
        let options = Digest::of(&Self::canonical_options(options)?);
        let document = Digest::of(&document.canonical()?);
        let mut hash = [0; 64];
        hash[..32].copy_from_slice(options.as_bytes());
        hash[32..].copy_from_slice(document.as_bytes());
        Ok(hash)
    }
}
