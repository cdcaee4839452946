//! Public keys as Multikey text: a multicodec prefix and the key in base58btc (Controlled Identifiers 1.0, 2.2.2).

use super::super::did::{self, DidFault};
use super::p256;
use super::verifying::{OtherKeyFault, VerifyingKey};

/// The unsigned varint of the multicodec `p256-pub`, 0x1200.
const P256: [u8; 2] = [0x80, 0x24];
/// Longest multibase text of a P-256 key.
const P256_TEXT_BYTES: usize = 49;

/// Reads `z…`: an Ed25519 key, or a compressed point on P-256.
///
/// # Errors
/// The first fact that does not fit.
pub fn from_multikey(text: &str) -> Result<VerifyingKey, OtherKeyFault> {
    match did::parse(&format!("did:key:{text}")) {
        Ok(key) => Ok(VerifyingKey::Ed25519(key)),
        Err(DidFault::OtherKey("P-256")) => p256(text),
        Err(DidFault::OtherKey("Ed25519 secret")) => Err(OtherKeyFault::Secret),
        Err(DidFault::OtherKey(kind)) => Err(OtherKeyFault::OtherKind(kind.to_owned())),
        Err(DidFault::Key(fault)) => Err(OtherKeyFault::Ed25519(fault)),
        Err(_) => Err(OtherKeyFault::NotAKey),
    }
}

fn p256(text: &str) -> Result<VerifyingKey, OtherKeyFault> {
    let encoded = text.strip_prefix('z').filter(|text| text.len() <= P256_TEXT_BYTES);
    let bytes = encoded.and_then(|text| bs58::decode(text).into_vec().ok()).ok_or(OtherKeyFault::NotAKey)?;
    let point =
        bytes.strip_prefix(&P256).and_then(|point| point.try_into().ok()).ok_or(OtherKeyFault::NotAKey)?;
    p256::uncompressed(point).map(VerifyingKey::P256).ok_or(OtherKeyFault::NotOnCurve)
}
