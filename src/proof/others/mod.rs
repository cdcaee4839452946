//! Keys and signatures of others: whatever a badge issued elsewhere is signed with, and where its key comes from.
//!
//! Nothing is fetched. A `did:key` and a `did:jwk` are their own documents; any other issuer's keys come from a
//! document or a key set that somebody pinned, and who pinned it is part of the answer: a document that travels with
//! the credential shows that the two fit together, never who the issuer is.

pub mod jose;
mod jwk;
mod method;
mod multikey;
mod p256;
mod pins;
mod plain_words;
mod verifying;
mod web;

pub use jwk::from_jwk;
pub use method::{KnownKeys, MethodFault, Origin, Retrieved, retrieve};
pub use multikey::from_multikey;
pub use pins::{MOST_PINS, Pin, PinFault, PinKind, PinnedBy, Pins};
pub use plain_words::{hidden_member, redefined_term};
pub use verifying::{Algorithm, MOST_RSA_BITS, OtherKeyFault, VerifyingKey};
pub use web::address as web_address;
