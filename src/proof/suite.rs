//! What a cryptosuite does: turn a document and a proof's options into the 64 bytes that are signed.

use serde_json::{Map, Value};

use super::{Ed25519Signature2020, Eddsa2022, EddsaJcs2022, EddsaRdfc2022, ProofFault};
use crate::json;

/// A Data Integrity cryptosuite over Ed25519. A new one is one file with one implementation, and a place in [`SUITES`].
pub trait Suite: Sync {
    /// The value of `cryptosuite`.
    fn name(&self) -> &'static str;

    /// The value of `type`; where it is not `DataIntegrityProof`, it is the suite's name and there is no
    /// `cryptosuite`.
    fn proof_type(&self) -> &'static str {
        DATA_INTEGRITY
    }

    /// Whether a proof carries the document's `@context` itself (as the JCS suites do since 2024).
    fn keeps_context(&self) -> bool;

    /// `hashData`: the SHA-256 of the canonical proof options, then that of the canonical document. `options` is the
    /// proof as it stands in the document; its `proofValue` is not part of what is hashed.
    ///
    /// # Errors
    /// [`ProofFault::NotCanonical`], or what the suite finds.
    fn hash(&self, document: &Unsecured, options: &Map<String, Value>) -> Result<[u8; 64], ProofFault>;
}

/// The `type` of a proof that names its suite.
pub(super) const DATA_INTEGRITY: &str = "DataIntegrityProof";

/// The suites of our own documents; any other is reported as not supported.
pub const SUITES: &[&dyn Suite] = &[&EddsaRdfc2022, &EddsaJcs2022];

/// The suites that are checked on what others issued.
pub const SUITES_OF_OTHERS: &[&dyn Suite] =
    &[&EddsaRdfc2022, &EddsaJcs2022, &Ed25519Signature2020, &Eddsa2022];

/// The suite of a name.
pub(super) fn named(suites: &[&'static dyn Suite], name: &str) -> Option<&'static dyn Suite> {
    suites.iter().copied().find(|suite| suite.name() == name)
}

/// A document as one proof covers it: all members but `proof`, and the proofs that its `previousProof` names.
#[derive(Debug, Clone)]
pub struct Unsecured<'a> {
    members: &'a Map<String, Value>,
    previous: Vec<&'a Value>,
}

impl<'a> Unsecured<'a> {
    /// A document for a proof that builds on the proofs in `previous`.
    pub fn new(members: &'a Map<String, Value>, previous: Vec<&'a Value>) -> Self {
        Unsecured { members, previous }
    }

    /// The document's `@context`.
    pub fn context(&self) -> Option<&'a Value> {
        self.members.get("@context")
    }

    /// The RFC 8785 form. Without previous proofs there is no `proof` member; with them it is an array, which is the
    /// reading the suites leave open and the published proof chains bear out.
    ///
    /// # Errors
    /// [`ProofFault::NotCanonical`].
    pub fn canonical(&self) -> Result<Vec<u8>, ProofFault> {
        let bytes = if self.previous.is_empty() {
            json::canonical_without(self.members, "proof")
        } else {
            json::canonical(&self.to_value())
        };
        bytes.map_err(ProofFault::NotCanonical)
    }

    /// The same as a value of its own.
    pub fn to_value(&self) -> Value {
        let mut members = self.members.clone();
        members.shift_remove("proof");
        if !self.previous.is_empty() {
            let previous = self.previous.iter().map(|&proof| proof.clone()).collect();
            members.insert("proof".to_owned(), Value::Array(previous));
        }
        Value::Object(members)
    }
}

/// What a proof is for (`proofPurpose`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The signer says that the document is so.
    AssertionMethod,
    /// The signer answers somebody's challenge.
    Authentication,
}

impl Purpose {
    /// The value of `proofPurpose`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::AssertionMethod => "assertionMethod",
            Purpose::Authentication => "authentication",
        }
    }

    /// The purpose of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Purpose::AssertionMethod, Purpose::Authentication]
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
    }
}
