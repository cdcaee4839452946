//! `did:key` identifiers of Ed25519 keys, in their one spelling.
//!
//! The did:key report allows several multibases, versions and fragments; each extra spelling is a second name for one
//! key, so only `did:key:z6Mk…` and `did:key:z6Mk…#z6Mk…` are read, and everything else is refused by its fact.

use std::cell::RefCell;

use thiserror::Error;

use super::key::{KeyFault, PublicKey};

const PREFIX: &str = "did:key:";

/// The unsigned varint of the multicodec `ed25519-pub`, 0xed.
const ED25519: [u8; 2] = [0xED, 0x01];

/// Longest multibase value looked at, in bytes, to name the kind of a foreign key: an RSA-4096 key has about 740.
const MULTIBASE_BYTES: usize = 1024;

/// How many good keys a thread remembers: a bundle has one holder and a handful of signers.
const KEPT: usize = 8;

thread_local! {
    // One document names the same keys several times, and to see that a point has the right order costs as much as to
    // check a signature.
    static KNOWN: RefCell<Vec<(String, PublicKey)>> = const { RefCell::new(Vec::new()) };
}

/// Why a text is not the `did:key` of an Ed25519 key, or not its verification method.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DidFault {
    /// Does not begin with `did:`.
    #[error("not a DID")]
    NotADid,
    /// A DID of another method.
    #[error("the DID method {0:?} is not did:key")]
    OtherMethod(String),
    /// A multibase other than base58btc, which begins with `z`.
    #[error("not in base58btc, which begins with z")]
    NotBase58,
    /// A key of another kind.
    #[error("a key of the kind {0}, not Ed25519")]
    OtherKey(&'static str),
    /// An Ed25519 key that is not 32 bytes long.
    #[error("{found} bytes where an Ed25519 key has 32")]
    WrongLength {
        /// The number of key bytes found.
        found: usize,
    },
    /// 32 bytes that are no acceptable key.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// A verification method without the fragment that names the key.
    #[error("no fragment that names the key")]
    NoFragment,
    /// A verification method whose fragment is not the key itself.
    #[error("the fragment {found:?} is not the key")]
    OtherFragment {
        /// The text behind the first `#`.
        found: String,
    },
}

impl PublicKey {
    /// `did:key:z6Mk…`.
    pub fn did(&self) -> String {
        format!("{PREFIX}{}", multibase(self.as_bytes()))
    }

    /// `did:key:z6Mk…#z6Mk…`, what a proof names.
    pub fn verification_method(&self) -> String {
        let key = multibase(self.as_bytes());
        format!("{PREFIX}{key}#{key}")
    }
}

/// The multibase form of a key, `z6Mk…`: what stands behind `did:key:` and behind `#`.
fn multibase(key: &[u8; 32]) -> String {
    let mut bytes = [0; 34];
    bytes[..2].copy_from_slice(&ED25519);
    bytes[2..].copy_from_slice(key);
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads `did:key:z6Mk…` and nothing else.
///
/// # Errors
/// The first fact that does not fit (did:key report section 3.1).
pub fn parse(text: &str) -> Result<PublicKey, DidFault> {
    let known = KNOWN.with_borrow(|known| known.iter().find(|(did, _)| did == text).map(|(_, key)| *key));
    if let Some(key) = known {
        return Ok(key);
    }
    let key = parse_anew(text)?;
    KNOWN.with_borrow_mut(|known| {
        known.truncate(KEPT - 1);
        known.insert(0, (text.to_owned(), key));
    });
    Ok(key)
}

fn parse_anew(text: &str) -> Result<PublicKey, DidFault> {
    let rest = text.strip_prefix("did:").ok_or(DidFault::NotADid)?;
    let Some(multibase) = text.strip_prefix(PREFIX) else {
        return Err(DidFault::OtherMethod(rest.split(':').next().unwrap_or_default().to_owned()));
    };
    let encoded = multibase.strip_prefix('z').ok_or(DidFault::NotBase58)?;
    if encoded.len() > MULTIBASE_BYTES {
        return Err(DidFault::NotBase58);
    }
    let bytes = bs58::decode(encoded).into_vec().map_err(|_| DidFault::NotBase58)?;
    let key = bytes.strip_prefix(&ED25519).ok_or_else(|| DidFault::OtherKey(kind(&bytes)))?;
    let key: &[u8; 32] = key.try_into().map_err(|_| DidFault::WrongLength { found: key.len() })?;
    Ok(PublicKey::from_bytes(key)?)
}

/// Reads a verification method `did:key:z6Mk…#z6Mk…` whose fragment is the key itself.
///
/// # Errors
/// Those of [`parse`], and what is wrong with the fragment.
pub fn parse_verification_method(text: &str) -> Result<PublicKey, DidFault> {
    let (did, fragment) = text.split_once('#').ok_or_else(|| match parse(text) {
        Ok(_) => DidFault::NoFragment,
        Err(fault) => fault,
    })?;
    let key = parse(did)?;
    if did.strip_prefix(PREFIX) != Some(fragment) {
        return Err(DidFault::OtherFragment { found: fragment.to_owned() });
    }
    Ok(key)
}

/// The kind of key that a multicodec prefix names.
fn kind(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xEC, 0x01, ..] => "X25519",
        [0xE7, 0x01, ..] => "secp256k1",
        [0x80, 0x24, ..] => "P-256",
        [0x81, 0x24, ..] => "P-384",
        [0x82, 0x24, ..] => "P-521",
        [0x85, 0x24, ..] => "RSA",
        [0xEA | 0xEB | 0xEE, 0x01, ..] => "BLS12-381",
        [0x80, 0x26, ..] => "Ed25519 secret",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DID: &str = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    fn did_of(bytes: &[u8]) -> String {
        format!("did:key:z{}", bs58::encode(bytes).into_string())
    }

    #[test]
    fn a_key_that_was_read_is_read_again_and_a_bad_one_stays_bad() {
        let bad = did_of(&[&ED25519[..], &[0; 32]].concat());
        for _ in 0..2 {
            assert_eq!(parse(DID).map(|key| key.did()).as_deref(), Ok(DID));
            assert_eq!(parse(&bad), Err(DidFault::Key(KeyFault::SmallOrder)));
        }
    }

    #[test]
    fn one_spelling_reads_and_writes() {
        let key = parse(DID).unwrap();
        assert_eq!(key.did(), DID);
        assert_eq!(parse_verification_method(&key.verification_method()), Ok(key));
    }

    #[test]
    fn every_other_spelling_is_refused_by_its_fact() {
        let upper = DID.replace("did:key", "DID:KEY");
        assert_eq!(parse(&upper), Err(DidFault::NotADid));
        assert_eq!(parse("https://a.example"), Err(DidFault::NotADid));
        assert_eq!(parse("did:web:a.example"), Err(DidFault::OtherMethod("web".into())));
        assert_eq!(parse("did:KEY:z6Mk"), Err(DidFault::OtherMethod("KEY".into())));
        assert_eq!(parse("did:key:u7QE"), Err(DidFault::NotBase58));
        assert_eq!(parse("did:key:fed01"), Err(DidFault::NotBase58));
        assert_eq!(parse(&format!("{DID} ")), Err(DidFault::NotBase58));
        assert_eq!(parse(&format!("{DID}?version=1")), Err(DidFault::NotBase58));
        assert_eq!(parse(&DID.replace("key:z", "key:1:z")), Err(DidFault::NotBase58));
        assert_eq!(parse(&format!("did:key:z{}", "1".repeat(5000))), Err(DidFault::NotBase58));
    }

    #[test]
    fn other_keys_are_named() {
        assert_eq!(parse(&did_of(&[0xEC, 1, 7])), Err(DidFault::OtherKey("X25519")));
        assert_eq!(parse(&did_of(&[0x80, 0x24, 7])), Err(DidFault::OtherKey("P-256")));
        assert_eq!(parse(&did_of(&[0x85, 0x24, 7])), Err(DidFault::OtherKey("RSA")));
        // 0xed as a varint that is longer than it need be
        assert_eq!(parse(&did_of(&[0xED, 0x81, 0x00, 7])), Err(DidFault::OtherKey("unknown")));
        assert_eq!(parse("did:key:z"), Err(DidFault::OtherKey("unknown")));
    }

    #[test]
    fn keys_of_other_lengths_are_refused() {
        for length in [0, 31, 33] {
            let bytes = [&ED25519[..], &vec![7; length]].concat();
            assert_eq!(parse(&did_of(&bytes)), Err(DidFault::WrongLength { found: length }));
        }
    }

    #[test]
    fn a_verification_method_names_its_own_key_once() {
        let other = |fragment: &str| parse_verification_method(&format!("{DID}#{fragment}"));
        let fault = |found: &str| Err(DidFault::OtherFragment { found: found.into() });
        let key = &DID[8..];
        assert_eq!(parse_verification_method(DID), Err(DidFault::NoFragment));
        assert_eq!(other("keys-1"), fault("keys-1"));
        assert_eq!(other(""), fault(""));
        assert_eq!(other(&format!("{key}#{key}")), fault(&format!("{key}#{key}")));
        assert_eq!(other(&key.replace('z', "%7A")), fault(&key.replace('z', "%7A")));
        let impostor = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
        assert_eq!(other(impostor), fault(impostor));
        assert_eq!(parse_verification_method("did:web:a#k"), Err(DidFault::OtherMethod("web".into())));
    }
}
