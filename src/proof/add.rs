//! Adding proofs to a document (Data Integrity 1.0 section 4.3).

use serde_json::{Map, Value};

use super::key::Signer;
use super::set::MAX_PROOFS;
use super::{ProofFault, Purpose, Suite, Unsecured};
use crate::time::Timestamp;

/// What a new proof says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// When, by the signer's clock.
    pub created: Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// For whom.
    pub domain: Option<String>,
    /// In answer to what.
    pub challenge: Option<String>,
}

impl Options {
    /// A statement of the signer's, made at that time.
    pub fn assertion(created: Timestamp) -> Self {
        Options { created, purpose: Purpose::AssertionMethod, domain: None, challenge: None }
    }
}

/// Appends one proof for each suite, in their order, each over the document alone. `proof` is an array afterwards,
/// whatever it was before; the document is untouched when anything fails.
///
/// # Errors
/// [`ProofFault::NotAnObject`], [`ProofFault::TooManyProofs`], [`ProofFault::NotCanonical`] or the signer's own fault.
pub fn sign(
    document: &mut Value,
    options: &Options,
    suites: &[&dyn Suite],
    signer: &dyn Signer,
) -> Result<(), ProofFault> {
    let members = document.as_object_mut().ok_or(ProofFault::NotAnObject)?;
    let mut proofs = match members.get("proof") {
        None => Vec::new(),
        Some(Value::Array(proofs)) => proofs.clone(),
        Some(proof) => vec![proof.clone()],
    };
    if proofs.len() + suites.len() > MAX_PROOFS {
        return Err(ProofFault::TooManyProofs { found: proofs.len() + suites.len() });
    }
    for &suite in suites {
        let unsecured = Unsecured::new(members, Vec::new());
        let mut proof = configuration(options, suite, &unsecured, signer);
        let signature = signer.sign(&suite.hash(&unsecured, &proof)?)?;
        let value = format!("z{}", bs58::encode(signature).into_string());
        proof.insert("proofValue".to_owned(), value.into());
        proofs.push(proof.into());
    }
    members.insert("proof".to_owned(), Value::Array(proofs));
    Ok(())
}

/// The proof without its value.
fn configuration(
    options: &Options,
    suite: &dyn Suite,
    document: &Unsecured,
    signer: &dyn Signer,
) -> Map<String, Value> {
    let mut proof = Map::new();
    let mut put = |name: &str, value: Value| proof.insert(name.to_owned(), value);
    put("type", "DataIntegrityProof".into());
    put("cryptosuite", suite.name().into());
    put("created", options.created.to_string().into());
    put("verificationMethod", signer.public_key().verification_method().into());
    put("proofPurpose", options.purpose.as_str().into());
    if let Some(domain) = &options.domain {
        put("domain", domain.as_str().into());
    }
    if let Some(challenge) = &options.challenge {
        put("challenge", challenge.as_str().into());
    }
    if let Some(context) = document.context().filter(|_| suite.keeps_context()) {
        put("@context", context.clone());
    }
    proof
}
