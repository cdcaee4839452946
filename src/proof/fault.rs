//! What can be wrong with a proof, each with the error that the specifications name for it.

use thiserror::Error;

use super::did::DidFault;
use super::key::SignFault;
use super::linked_data::LinkedDataFault;
use super::others::MethodFault;
use super::set::MAX_PROOFS;
use crate::json::JsonFaultKind;

/// The fact found about one proof, or about the set of them. Texts from the document are raw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProofFault {
    /// The document is not a JSON object.
    #[error("not a JSON object")]
    NotAnObject,
    /// There is no proof: no member, or an empty list.
    #[error("no proof")]
    NoProof,
    /// A proof that is not a JSON object.
    #[error("a proof that is not an object")]
    ProofNotAnObject,
    /// More proofs than anyone has reason to add.
    #[error("{found} proofs, more than {MAX_PROOFS}")]
    TooManyProofs {
        /// How many there are.
        found: usize,
    },
    /// A member that must be there, and be text, is not.
    #[error("no member {0:?}")]
    MissingMember(&'static str),
    /// A member that is there and is not what it must be.
    #[error("the member {0:?} is not what it must be")]
    BadMember(&'static str),
    /// A known cryptosuite in a proof of another type than `DataIntegrityProof`.
    #[error("the type is {found:?}, not DataIntegrityProof")]
    WrongType {
        /// The type found.
        found: String,
    },
    /// A proof made for something else.
    #[error("made for {found:?}")]
    WrongPurpose {
        /// The purpose found.
        found: String,
    },
    /// A proof addressed to others.
    #[error("addressed to {found:?}, not to {expected:?}")]
    WrongDomain {
        /// The audience asked for.
        expected: String,
        /// The audiences named.
        found: Vec<String>,
    },
    /// A proof that answers another challenge, or none.
    #[error("answers the challenge {found:?}, not {expected:?}")]
    WrongChallenge {
        /// The challenge asked for.
        expected: String,
        /// The challenge answered.
        found: Option<String>,
    },
    /// `created` is no date and time.
    #[error("created on {found:?}, which is no date and time")]
    BadCreated {
        /// The text found.
        found: String,
    },
    /// `expires` is no date and time.
    #[error("expires on {found:?}, which is no date and time")]
    BadExpires {
        /// The text found.
        found: String,
    },
    /// The document's `@context` begins with the signed one and goes on.
    #[error("the document's @context has entries that were not signed")]
    ContextExtended,
    /// The document's `@context` is another one than the proof's.
    #[error("the document's @context is not the signed one")]
    ContextDiffers,
    /// `verificationMethod` names no Ed25519 key in its one spelling.
    #[error("the verification method is not accepted: {0}")]
    BadMethod(DidFault),
    /// `verificationMethod` names no key of somebody else's that may be used.
    #[error("the verification method is not accepted: {0}")]
    Method(MethodFault),
    /// The key belongs to somebody else than the expected controller.
    #[error("signed by {found}, not by {expected}")]
    MethodNotController {
        /// The DID that had to sign.
        expected: String,
        /// The DID of the key that did.
        found: String,
    },
    /// `proofValue` is not 64 bytes in base58btc multibase.
    #[error("the proof value is not a signature")]
    BadProofValue,
    /// The signature is not this key's over this document and these options.
    #[error("the signature does not fit")]
    SignatureDoesNotFit,
    /// Two proofs with one `id`.
    #[error("two proofs have the id {0:?}")]
    DuplicateProofId(String),
    /// `previousProof` names a proof that is not in the set.
    #[error("builds on the proof {0:?}, which is not here")]
    PreviousProofUnknown(String),
    /// `previousProof` leads back to the proof itself.
    #[error("builds on itself")]
    PreviousProofCircular,
    /// A proof that this one builds on does not hold or was not checked.
    #[error("builds on the proof {0:?}, which does not hold")]
    PreviousProofDoesNotHold(String),
    /// The document or the proof has no canonical form.
    #[error("no canonical form: {0}")]
    NotCanonical(JsonFaultKind),
    /// The document says something that linked data would lose, or cannot be read as linked data at all.
    #[error("as linked data: {0}")]
    NotLinkedData(LinkedDataFault),
    /// The document's graph was built to make its canonical form take forever.
    #[error("the graph takes too many steps to bring into canonical form")]
    PoisonedGraph,
    /// The signer gave no signature.
    #[error(transparent)]
    NotSigned(#[from] SignFault),
}

impl ProofFault {
    /// The problem type that Data Integrity 1.0, Controlled Identifiers 1.0 or VC Data Model 2.0 names for this fact.
    pub const fn problem_type(&self) -> &'static str {
        match self {
            Self::NotAnObject | Self::ProofNotAnObject => "https://www.w3.org/TR/vc-data-model#PARSING_ERROR",
            Self::SignatureDoesNotFit => "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
            Self::WrongDomain { .. } => "https://w3id.org/security#INVALID_DOMAIN_ERROR",
            Self::WrongChallenge { .. } => "https://w3id.org/security#INVALID_CHALLENGE_ERROR",
            Self::BadMethod(_) | Self::Method(_) | Self::MethodNotController { .. } => {
                "https://w3id.org/security#INVALID_VERIFICATION_METHOD"
            }
            Self::NotLinkedData(_) => "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR",
            Self::NotCanonical(_) | Self::PoisonedGraph => {
                "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR"
            }
            Self::NotSigned(_) => "https://w3id.org/security#PROOF_GENERATION_ERROR",
            _ => "https://w3id.org/security#PROOF_VERIFICATION_ERROR",
        }
    }
}
