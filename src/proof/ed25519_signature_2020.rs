//! Two earlier names of what became `eddsa-rdfc-2022`: the same forms, the same key, another label (EdDSA
//! Cryptosuites 1.0, appendix A.2 and its drafts). Badges in the field carry them; nothing here signs with them.

use serde_json::{Map, Value};

use super::{EddsaRdfc2022, ProofFault, Suite, Unsecured};

/// Proofs of the type `Ed25519Signature2020`, which have no `cryptosuite`.
#[derive(Debug, Clone, Copy)]
pub struct Ed25519Signature2020;

/// The name that `eddsa-rdfc-2022` had in its drafts, `eddsa-2022`.
#[derive(Debug, Clone, Copy)]
pub struct Eddsa2022;

impl Suite for Ed25519Signature2020 {
    fn name(&self) -> &'static str {
        "Ed25519Signature2020"
    }

    fn proof_type(&self) -> &'static str {
        self.name()
    }

    fn keeps_context(&self) -> bool {
        false
    }

    fn hash(&self, document: &Unsecured<'_>, options: &Map<String, Value>) -> Result<[u8; 64], ProofFault> {
        EddsaRdfc2022.hash(document, options)
    }
}

impl Suite for Eddsa2022 {
    fn name(&self) -> &'static str {
        "eddsa-2022"
    }

    fn keeps_context(&self) -> bool {
        false
    }

    fn hash(&self, document: &Unsecured<'_>, options: &Map<String, Value>) -> Result<[u8; 64], ProofFault> {
        EddsaRdfc2022.hash(document, options)
    }
}
