//! The kinds of key that others sign with, and the check of a signature by each.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use thiserror::Error;

use super::super::key::{KeyFault, PublicKey};
use crate::digest::Digest;

/// Least bits of an RSA modulus: what JWA (RFC 7518 section 3.3) asks for.
pub(super) const LEAST_RSA_BITS: usize = 2048;
/// Most bits of an RSA modulus: nobody signs with more, and checking costs with the square.
pub const MOST_RSA_BITS: usize = 8192;

/// A public key that passed the checks of its kind.
#[derive(Clone, PartialEq, Eq)]
pub enum VerifyingKey {
    /// Ed25519, as ours.
    Ed25519(PublicKey),
    /// A point on P-256, uncompressed: `04 x y`.
    P256([u8; 65]),
    /// RSA with 2048 to 8192 bits.
    Rsa {
        /// The modulus, big-endian without leading zeros.
        modulus: Vec<u8>,
        /// The public exponent, likewise.
        exponent: Vec<u8>,
    },
}

/// Why a key of somebody else's is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OtherKeyFault {
    /// A member that the key needs is missing, or is not what it must be.
    #[error("the member {0:?} of the key is missing or is not what it must be")]
    BadMember(&'static str),
    /// A kind of key that this program does not know.
    #[error("a key of the kind {0:?}")]
    OtherKind(String),
    /// A secret key where a public one belongs: whoever reads it can sign with it.
    #[error("a secret key, published")]
    Secret,
    /// Not a point on the curve.
    #[error("not a point on the curve P-256")]
    NotOnCurve,
    /// 32 bytes that are no acceptable Ed25519 key.
    #[error(transparent)]
    Ed25519(#[from] KeyFault),
    /// An RSA key of a size that is not accepted.
    #[error("an RSA key of {found} bits")]
    RsaSize {
        /// The bits of its modulus.
        found: usize,
    },
    /// The key says that it is for something else than signing, or for another algorithm.
    #[error("a key that is not meant for these signatures")]
    OtherUse,
    /// Not multibase base58btc, or not JSON.
    #[error("not a key in a form this program reads")]
    NotAKey,
}

/// The signature algorithms of RFC 7518 and RFC 8037 that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA on P-256 with SHA-256, as 64 bytes r ‖ s.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
}

impl Algorithm {
    /// The value of `alg`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Algorithm::EdDsa => "EdDSA",
            Algorithm::Es256 => "ES256",
            Algorithm::Rs256 => "RS256",
        }
    }

    /// Whether this build can check it.
    pub const fn is_supported(self) -> bool {
        matches!(self, Algorithm::EdDsa) || cfg!(feature = "jwt")
    }
}

impl VerifyingKey {
    /// The only algorithm that this kind of key is used with.
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            VerifyingKey::Ed25519(_) => Algorithm::EdDsa,
            VerifyingKey::P256(_) => Algorithm::Es256,
            VerifyingKey::Rsa { .. } => Algorithm::Rs256,
        }
    }

    /// The Ed25519 key, if it is one.
    pub const fn ed25519(&self) -> Option<&PublicKey> {
        match self {
            VerifyingKey::Ed25519(key) => Some(key),
            VerifyingKey::P256(_) | VerifyingKey::Rsa { .. } => None,
        }
    }

    /// The JWK thumbprint with SHA-256 in base64url (RFC 7638, RFC 8037): one name for the key, however it is written.
    pub fn thumbprint(&self) -> String {
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        let members = match self {
            VerifyingKey::Ed25519(key) => {
                format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text(key.as_bytes()))
            }
            VerifyingKey::P256(point) => {
                let (x, y) = (text(&point[1..33]), text(&point[33..]));
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
            }
            VerifyingKey::Rsa { modulus, exponent } => {
                format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(exponent), text(modulus))
            }
        };
        text(Digest::of(members.as_bytes()).as_bytes())
    }

    /// Whether the signature is this key's over the message, by the key's one algorithm; `None` if this build cannot
    /// tell.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Option<bool> {
        match self {
            VerifyingKey::Ed25519(key) => {
                Some(signature.try_into().is_ok_and(|signature| key.verify(message, signature)))
            }
            VerifyingKey::P256(point) => p256(point, message, signature),
            VerifyingKey::Rsa { modulus, exponent } => rsa(modulus, exponent, message, signature),
        }
    }
}

#[cfg(feature = "jwt")]
fn p256(point: &[u8; 65], message: &[u8], signature: &[u8]) -> Option<bool> {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    Some(UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok())
}

#[cfg(feature = "jwt")]
fn rsa(modulus: &[u8], exponent: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
    use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
    let key = RsaPublicKeyComponents { n: modulus, e: exponent };
    Some(key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok())
}

#[cfg(not(feature = "jwt"))]
fn p256(_: &[u8; 65], _: &[u8], _: &[u8]) -> Option<bool> {
    None
}

#[cfg(not(feature = "jwt"))]
fn rsa(_: &[u8], _: &[u8], _: &[u8], _: &[u8]) -> Option<bool> {
    None
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.algorithm().as_str(), self.thumbprint())
    }
}
