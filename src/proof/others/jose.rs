//! JSON Web Signatures in their compact form (RFC 7515), as credentials use them: Open Badges 3.0 section 8.2 and
//! VC-JOSE-COSE.
//!
//! The key decides the algorithm, never the header; nothing a header points at is fetched; and a header that changes
//! what is signed is refused rather than followed.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};
use thiserror::Error;

use super::jwk::from_jwk;
use super::method::{MethodFault, Origin, Retrieved, listed, retrieve};
use super::pins::{Pin, PinKind, Pins};
use super::verifying::{Algorithm, VerifyingKey};
use crate::json::{self, JsonFault};
use crate::time::Timestamp;

/// Longest token, in bytes: a document of the largest size and its signature, in base64.
pub const TOKEN_BYTES: usize = json::DOCUMENT_BYTES / 3 * 4 + 16_384;

/// The values of `typ` that a credential may have, of the specifications and their drafts.
const TYPES: [&str; 4] = ["jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"];
/// The values of `cty` that a credential may have.
const CONTENTS: [&str; 3] = ["vc", "vc+ld+json", "json"];

/// Why a token is not accepted. Texts are raw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JoseFault {
    /// Not three parts with dots between them.
    #[error("not three parts with dots between them")]
    NotCompact,
    /// Longer than any credential.
    #[error("{found} bytes, longer than any credential")]
    TooLong {
        /// The length in bytes.
        found: usize,
    },
    /// A part that is not base64url in its one spelling.
    #[error("the {0} is not in base64url")]
    NotBase64Url(&'static str),
    /// The header is not JSON as it must be.
    #[error("the header, at column {}: {}", .0.column, .0.kind)]
    Header(JsonFault),
    /// A header member that is missing or not what it must be.
    #[error("the header member {0:?} is missing or is not what it must be")]
    BadMember(&'static str),
    /// `alg: none`.
    #[error("not signed: its algorithm is none")]
    Unsigned,
    /// HS256 and its like: whoever can check it can make it.
    #[error("made with a shared secret ({0}), which anyone who checks it could have made")]
    SharedSecret(String),
    /// A header member that changes what is signed or how it is checked, or that has a key fetched.
    #[error("the header member {0:?} is refused")]
    Refused(&'static str),
    /// Another kind of token.
    #[error("a token of the kind {0:?}")]
    OtherType(String),
    /// An algorithm that is not the one of the key.
    #[error("the algorithm is {found:?}, and the key's is {expected:?}")]
    OtherAlgorithm {
        /// The key's one algorithm.
        expected: &'static str,
        /// The header's.
        found: String,
    },
    /// An algorithm that is not checked here: nothing is known, good or bad.
    #[error("the algorithm {0:?} is not checked")]
    NotSupported(String),
    /// The signature is not this key's over this token.
    #[error("the signature does not fit")]
    SignatureDoesNotFit,
}

/// A token that was taken apart; its signature is still to be checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Jws {
    /// `alg`.
    pub algorithm: String,
    /// `kid`.
    pub key_id: Option<String>,
    /// `jwk`: a key that came along. It says nothing about whose it is.
    pub enclosed: Option<VerifyingKey>,
    /// `typ`.
    pub kind: Option<String>,
    /// The decoded payload.
    pub payload: Vec<u8>,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

/// Whether bytes look like a token: three parts of base64url, of which the first begins as a JSON object does.
pub fn is_token(bytes: &[u8]) -> bool {
    let token = bytes.trim_ascii();
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let dots = token.iter().filter(|byte| **byte == b'.').count();
    token.starts_with(b"ey") && dots == 2 && token.iter().all(letters)
}

/// Takes a token apart; a line end behind it is no part of it.
///
/// # Errors
/// The first fact that does not fit.
pub fn read(token: &[u8]) -> Result<Jws, JoseFault> {
    let token = token.trim_ascii_end();
    if token.len() > TOKEN_BYTES {
        return Err(JoseFault::TooLong { found: token.len() });
    }
    let parts: Vec<&[u8]> = token.split(|&byte| byte == b'.').collect();
    let [header, payload, signature] = parts[..] else { return Err(JoseFault::NotCompact) };
    let decoded = |part: &[u8], name| BASE64URL_NOPAD.decode(part).map_err(|_| JoseFault::NotBase64Url(name));
    let header = json::parse(&decoded(header, "header")?, &json::FOREIGN).map_err(JoseFault::Header)?;
    let header = header.as_object().ok_or(JoseFault::BadMember("alg"))?;
    check_header(header)?;
    let text = |name: &'static str| match header.get(name) {
        None => Ok(None),
        Some(value) => value.as_str().map(|text| Some(text.to_owned())).ok_or(JoseFault::BadMember(name)),
    };
    let enclosed = match header.get("jwk") {
        None => None,
        Some(Value::Object(jwk)) => Some(from_jwk(jwk).map_err(|_| JoseFault::BadMember("jwk"))?),
        Some(_) => return Err(JoseFault::BadMember("jwk")),
    };
    Ok(Jws {
        algorithm: text("alg")?.ok_or(JoseFault::BadMember("alg"))?,
        key_id: text("kid")?,
        enclosed,
        kind: text("typ")?,
        payload: decoded(payload, "payload")?,
        signed: token[..token.len() - signature.len() - 1].to_vec(),
        signature: decoded(signature, "signature")?,
    })
}

fn check_header(header: &Map<String, Value>) -> Result<(), JoseFault> {
    for name in ["crit", "b64", "zip", "jku", "x5u"] {
        if header.contains_key(name) {
            return Err(JoseFault::Refused(name));
        }
    }
    match header.get("alg").and_then(Value::as_str) {
        None => return Err(JoseFault::BadMember("alg")),
        Some(none) if none.eq_ignore_ascii_case("none") => return Err(JoseFault::Unsigned),
        Some(shared) if shared.starts_with("HS") => return Err(JoseFault::SharedSecret(shared.to_owned())),
        Some(_) => {}
    }
    for (name, accepted) in [("typ", &TYPES[..]), ("cty", &CONTENTS[..])] {
        if let Some(value) = header.get(name) {
            let text = value.as_str().ok_or(JoseFault::BadMember(name))?;
            let lower = text.to_ascii_lowercase();
            if !accepted.contains(&lower.strip_prefix("application/").unwrap_or(&lower)) {
                return Err(JoseFault::OtherType(text.to_owned()));
            }
        }
    }
    Ok(())
}

impl Jws {
    /// Whether this build knows the token's algorithm.
    pub fn is_supported(&self) -> bool {
        let known = [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Rs256];
        known.iter().any(|known| known.as_str() == self.algorithm && known.is_supported())
    }

    /// Checks the signature with a key, by the key's algorithm.
    ///
    /// # Errors
    /// [`JoseFault::OtherAlgorithm`], [`JoseFault::NotSupported`] or [`JoseFault::SignatureDoesNotFit`].
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), JoseFault> {
        if !self.is_supported() {
            return Err(JoseFault::NotSupported(self.algorithm.clone()));
        }
        let expected = key.algorithm().as_str();
        if self.algorithm != expected {
            return Err(JoseFault::OtherAlgorithm { expected, found: self.algorithm.clone() });
        }
        match key.verify(&self.signed, &self.signature) {
            Some(true) => Ok(()),
            Some(false) => Err(JoseFault::SignatureDoesNotFit),
            None => Err(JoseFault::NotSupported(self.algorithm.clone())),
        }
    }

    /// The issuer's key that the header names or encloses. An enclosed key counts only where it is among the
    /// issuer's own.
    ///
    /// # Errors
    /// [`MethodFault`].
    pub fn key_of(&self, issuer: &str, pins: &Pins, at: Timestamp) -> Result<Retrieved, MethodFault> {
        let found = self.named_key(issuer, pins, at)?;
        if found.controller != issuer {
            let (expected, found) = (issuer.to_owned(), found.controller);
            return Err(MethodFault::OtherController { expected, found });
        }
        if self.enclosed.as_ref().is_some_and(|enclosed| *enclosed != found.key) {
            return Err(MethodFault::EnclosedDiffers);
        }
        Ok(found)
    }

    fn named_key(&self, issuer: &str, pins: &Pins, at: Timestamp) -> Result<Retrieved, MethodFault> {
        let purpose = "assertionMethod";
        let own = issuer.strip_prefix("did:key:").or_else(|| issuer.starts_with("did:jwk:").then_some("0"));
        let name = match (&self.key_id, own) {
            (Some(name), _) if name.starts_with('#') => Some(format!("{issuer}{name}")),
            (Some(name), _) if name.starts_with("did:") || name.contains('#') => Some(name.clone()),
            (_, Some(fragment)) => Some(format!("{issuer}#{fragment}")),
            _ => None,
        };
        let in_sets = || self.in_pins(issuer, pins, at, purpose);
        match name.map(|name| retrieve(&name, purpose, pins, at)) {
            None => in_sets(),
            Some(Err(MethodFault::NotPinned { controller })) => {
                in_sets().map_err(|_| MethodFault::NotPinned { controller })
            }
            Some(found) => found,
        }
    }

    /// A key by its bare name in the issuer's key sets, or the enclosed key wherever the issuer lists it.
    fn in_pins(
        &self,
        issuer: &str,
        pins: &Pins,
        at: Timestamp,
        purpose: &str,
    ) -> Result<Retrieved, MethodFault> {
        let mut fault = MethodFault::NotPinned { controller: issuer.to_owned() };
        for pin in pins.of(issuer) {
            fault = MethodFault::NotListed { controller: issuer.to_owned() };
            for jwk in pin.keys() {
                let name = jwk.get("kid").and_then(Value::as_str);
                let named = self.key_id.is_some() && self.key_id.as_deref() == name;
                match from_jwk(jwk) {
                    Ok(key) if named || self.encloses(&key) => return Ok(of_set(pin, key)),
                    Err(found) if named => return Err(found.into()),
                    _ => {}
                }
            }
            if pin.kind == PinKind::Document && self.enclosed.is_some() {
                let keys = listed(pin, purpose).into_iter().map(|name| retrieve(&name, purpose, pins, at));
                let mut keys = keys.filter_map(Result::ok);
                if let Some(found) = keys.find(|found| self.encloses(&found.key)) {
                    return Ok(found);
                }
            }
        }
        Err(fault)
    }

    fn encloses(&self, key: &VerifyingKey) -> bool {
        self.key_id.is_none() && self.enclosed.as_ref() == Some(key)
    }
}

fn of_set(pin: &Pin, key: VerifyingKey) -> Retrieved {
    let origin = Origin::Pinned { by: pin.by, digest: pin.digest, retrieved: pin.retrieved };
    Retrieved { key, controller: pin.id.clone(), origin, without_fragment: false }
}
