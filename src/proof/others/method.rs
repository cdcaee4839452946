//! From the name of a key to the key, without a network (Controlled Identifiers 1.0, section 3.3).

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};
use thiserror::Error;

use super::jwk::from_jwk;
use super::multikey::from_multikey;
use super::pins::{Pin, PinKind, PinnedBy, Pins};
use super::verifying::{OtherKeyFault, VerifyingKey};
use super::web;
use crate::digest::Digest;
use crate::json;
use crate::proof::{KeySource, ProofFault, PublicKey};
use crate::time::Timestamp;

/// The lists of a document that may hold keys of their own.
const RELATIONS: [&str; 5] =
    ["assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation", "keyAgreement"];
/// Longest name of a key: a `did:jwk` of an RSA key with 8192 bits has about 1900 bytes.
const METHOD_BYTES: usize = 4096;

/// Where a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The identifier is the key.
    Itself,
    /// A document or key set that somebody pinned.
    Pinned {
        /// Whose choice it is.
        by: PinnedBy,
        /// Of its bytes.
        digest: Digest,
        /// When it was fetched, if known.
        retrieved: Option<Timestamp>,
    },
}

/// A key that was found, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retrieved {
    /// The key.
    pub key: VerifyingKey,
    /// Whose it is.
    pub controller: String,
    /// How that is known.
    pub origin: Origin,
    /// Named by a bare `did:key`, without the fragment that it should have; there is one key it can mean.
    pub without_fragment: bool,
}

/// Why a name leads to no key that may be used. Texts are raw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MethodFault {
    /// Not the name of a key: no address with one fragment.
    #[error("not the name of a key")]
    NotAMethod,
    /// Nobody pinned the document of this issuer: nothing is known about the key, good or bad.
    #[error("no keys of {controller} are known here")]
    NotPinned {
        /// Whose keys.
        controller: String,
    },
    /// The pinned document has no such key.
    #[error("the keys of {controller} that are known here do not include this one")]
    NotListed {
        /// Whose keys.
        controller: String,
    },
    /// The entry for the key is not what it must be.
    #[error("the entry for the key is not what it must be")]
    BadEntry,
    /// The key belongs to somebody else than the issuer.
    #[error("the key belongs to {found}, not to {expected}")]
    OtherController {
        /// Whose it had to be.
        expected: String,
        /// Whose it is.
        found: String,
    },
    /// The key may not be used for this.
    #[error("the key is not listed under {purpose}")]
    OtherPurpose {
        /// What for.
        purpose: String,
    },
    /// The key was taken back.
    #[error("the key was revoked on {on}")]
    Revoked {
        /// Since when.
        on: Timestamp,
    },
    /// The key's own end date has passed.
    #[error("the key ended on {on}")]
    Ended {
        /// Since when.
        on: Timestamp,
    },
    /// The header carries another key than the one it names.
    #[error("the key that is enclosed is not the key that is named")]
    EnclosedDiffers,
    /// The key itself is not accepted.
    #[error(transparent)]
    Key(#[from] OtherKeyFault),
}

/// The keys that are known from pins, as of a moment: what a check of somebody else's proof asks.
#[derive(Debug, Clone, Copy)]
pub struct KnownKeys<'a> {
    /// What was pinned.
    pub pins: &'a Pins,
    /// When it is asked.
    pub at: Timestamp,
}

impl KeySource for KnownKeys<'_> {
    fn key(&self, method: &str, purpose: &str) -> Result<PublicKey, ProofFault> {
        let found = retrieve(method, purpose, self.pins, self.at).map_err(ProofFault::Method)?;
        let other = || OtherKeyFault::OtherKind(found.key.algorithm().as_str().to_owned());
        found.key.ed25519().copied().ok_or_else(|| ProofFault::Method(other().into()))
    }
}

/// Finds the key that `method` names, for a purpose such as `assertionMethod`, as of `at`.
///
/// # Errors
/// [`MethodFault`], in the order of the section's eleven steps.
pub fn retrieve(method: &str, purpose: &str, pins: &Pins, at: Timestamp) -> Result<Retrieved, MethodFault> {
    if method.len() > METHOD_BYTES || !method.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(MethodFault::NotAMethod);
    }
    let (controller, fragment) = method.split_once('#').map_or((method, None), |(id, name)| (id, Some(name)));
    if let Some(multibase) = controller.strip_prefix("did:key:") {
        return did_key(controller, multibase, fragment);
    }
    if let Some(encoded) = controller.strip_prefix("did:jwk:") {
        return did_jwk(controller, encoded, fragment);
    }
    let leads_nowhere = web::is_named(controller) && web::address(controller).is_none();
    if leads_nowhere || fragment.is_none_or(|name| name.is_empty() || name.contains('#')) {
        return Err(MethodFault::NotAMethod);
    }
    let mut fault = MethodFault::NotPinned { controller: controller.to_owned() };
    for pin in pins.of(controller).filter(|pin| pin.kind == PinKind::Document) {
        match in_document(pin, method, purpose, at) {
            Err(found) => fault = found,
            found => return found,
        }
    }
    Err(fault)
}

/// The names of the keys that a pinned document lists for a purpose.
pub(super) fn listed(pin: &Pin, purpose: &str) -> Vec<String> {
    let names = relation(&pin.document, purpose).filter_map(|entry| match entry {
        Value::String(name) => Some(absolute(name, &pin.id)),
        entry => entry.get("id").and_then(Value::as_str).map(|name| absolute(name, &pin.id)),
    });
    names.collect()
}

fn found(key: VerifyingKey, controller: &str, origin: Origin) -> Retrieved {
    Retrieved { key, controller: controller.to_owned(), origin, without_fragment: false }
}

fn did_key(did: &str, multibase: &str, fragment: Option<&str>) -> Result<Retrieved, MethodFault> {
    if fragment.is_some_and(|name| name != multibase) {
        return Err(MethodFault::NotListed { controller: did.to_owned() });
    }
    let key = from_multikey(multibase)?;
    Ok(Retrieved { without_fragment: fragment.is_none(), ..found(key, did, Origin::Itself) })
}

fn did_jwk(did: &str, encoded: &str, fragment: Option<&str>) -> Result<Retrieved, MethodFault> {
    match fragment {
        Some("0") => {}
        Some(_) => return Err(MethodFault::NotListed { controller: did.to_owned() }),
        None => return Err(MethodFault::NotAMethod),
    }
    let text = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| OtherKeyFault::NotAKey)?;
    match json::parse(&text, &json::FOREIGN) {
        Ok(Value::Object(jwk)) => Ok(found(from_jwk(&jwk)?, did, Origin::Itself)),
        _ => Err(OtherKeyFault::NotAKey.into()),
    }
}

/// Steps 6 to 11; step 6 holds because a pin is found by the document's own id.
fn in_document(pin: &Pin, method: &str, purpose: &str, at: Timestamp) -> Result<Retrieved, MethodFault> {
    let named = |entry: &&Map<String, Value>| {
        entry.get("id").and_then(Value::as_str).is_some_and(|id| absolute(id, &pin.id) == method)
    };
    let embedded = RELATIONS.iter().flat_map(|name| relation(&pin.document, name));
    let entries: Vec<_> = relation(&pin.document, "verificationMethod")
        .chain(embedded)
        .filter_map(Value::as_object)
        .filter(named)
        .collect();
    let Some((&entry, others)) = entries.split_first() else {
        return Err(MethodFault::NotListed { controller: pin.id.clone() });
    };
    // one name, two keys: whoever asks may be shown either
    if others.iter().any(|other| *other != entry) {
        return Err(MethodFault::BadEntry);
    }
    let controller = entry.get("controller").and_then(Value::as_str).ok_or(MethodFault::BadEntry)?;
    if absolute(controller, &pin.id) != pin.id {
        let (expected, found) = (pin.id.clone(), controller.to_owned());
        return Err(MethodFault::OtherController { expected, found });
    }
    if !listed(pin, purpose).iter().any(|name| name == method) {
        return Err(MethodFault::OtherPurpose { purpose: purpose.to_owned() });
    }
    if let Some(on) = moment(entry, "revoked")?.filter(|on| at >= *on) {
        return Err(MethodFault::Revoked { on });
    }
    if let Some(on) = moment(entry, "expires")?.filter(|on| at >= *on) {
        return Err(MethodFault::Ended { on });
    }
    let origin = Origin::Pinned { by: pin.by, digest: pin.digest, retrieved: pin.retrieved };
    Ok(found(key_of(entry)?, &pin.id, origin))
}

fn key_of(entry: &Map<String, Value>) -> Result<VerifyingKey, MethodFault> {
    let secret =
        ["secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk", "privateKeyBase58"];
    if secret.iter().any(|member| entry.contains_key(*member)) {
        return Err(OtherKeyFault::Secret.into());
    }
    let text = |name: &'static str| {
        entry.get(name).and_then(Value::as_str).ok_or(MethodFault::Key(OtherKeyFault::BadMember(name)))
    };
    match entry.get("type").and_then(Value::as_str) {
        Some("Multikey") => Ok(from_multikey(text("publicKeyMultibase")?)?),
        Some("Ed25519VerificationKey2020") => match from_multikey(text("publicKeyMultibase")?)? {
            key @ VerifyingKey::Ed25519(_) => Ok(key),
            _ => Err(MethodFault::BadEntry),
        },
        Some("Ed25519VerificationKey2018") => {
            let text = Some(text("publicKeyBase58")?).filter(|text| text.len() <= 44);
            let bytes = text.and_then(|text| bs58::decode(text).into_vec().ok());
            let bytes = bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(OtherKeyFault::NotAKey)?;
            let key = PublicKey::from_bytes(&bytes).map_err(OtherKeyFault::Ed25519)?;
            Ok(VerifyingKey::Ed25519(key))
        }
        Some("JsonWebKey" | "JsonWebKey2020") => {
            let jwk = entry.get("publicKeyJwk").and_then(Value::as_object);
            Ok(from_jwk(jwk.ok_or(OtherKeyFault::BadMember("publicKeyJwk"))?)?)
        }
        Some(other) => Err(OtherKeyFault::OtherKind(other.to_owned()).into()),
        None => Err(MethodFault::BadEntry),
    }
}

fn moment(entry: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, MethodFault> {
    let Some(value) = entry.get(name) else { return Ok(None) };
    let moment = value.as_str().and_then(|text| Timestamp::parse_rfc3339(text).ok());
    moment.map(Some).ok_or(MethodFault::BadEntry)
}

fn relation<'a>(document: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    document.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn absolute(name: &str, base: &str) -> String {
    if name.starts_with('#') { format!("{base}{name}") } else { name.to_owned() }
}
