//! How a document is secured: Data Integrity proofs, their cryptosuites, Ed25519 keys and `did:key`.
//!
//! Written from W3C Data Integrity 1.0 and the EdDSA cryptosuites 1.0, with the holes in their words closed: a proof's
//! `@context` is the document's, an empty proof set is no proof, and the key always belongs to the expected
//! controller. Nothing here knows a clock or randomness; the time of interest and every salt are arguments.

mod add;
pub mod agent;
mod check;
pub mod did;
mod ed25519_signature_2020;
mod eddsa_jcs_2022;
mod eddsa_rdfc_2022;
mod fault;
pub mod key;
pub mod linked_data;
pub mod others;
pub mod rdf;
mod set;
pub mod sshsig;
mod suite;

pub use add::{Options, sign};
pub use check::{Expected, KeySource, ProofOutcome, ProofState, check, check_with};
pub use ed25519_signature_2020::{Ed25519Signature2020, Eddsa2022};
pub use eddsa_jcs_2022::EddsaJcs2022;
pub use eddsa_rdfc_2022::EddsaRdfc2022;
pub use fault::ProofFault;
pub use key::{KeyFault, PublicKey, SecretKey, SignFault, Signer};
pub use set::{MAX_PROOFS, ProofSet};
pub use suite::{Purpose, SUITES, SUITES_OF_OTHERS, Suite, Unsecured};
