//! Ed25519 keys: public ones that passed every check, secret ones that are wiped.

mod line;
mod openssh;
mod pem;
mod recovery;
mod wire;
mod words;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use thiserror::Error;
use zeroize::Zeroizing;

pub(super) use line::from_blob;
pub use line::public_from_line;
pub use openssh::{KEY_FILE_BYTES, LEAST_ROUNDS, MOST_ROUNDS, open_openssh, seal};
pub use pem::{KeyFacts, inspect};
pub use recovery::RecoveryFault;
pub(super) use wire::{Reader, put_string};
pub use words::{WORDS, WordsFault};

/// An Ed25519 public key that is spelt canonically, on the curve, not of small order and free of torsion.
///
/// Under such a key a message has one signature encoding, a signature fits one message, and no verifier that follows
/// RFC 8032 refuses what [`PublicKey::verify`] accepts.
#[derive(Clone, Copy)]
pub struct PublicKey(VerifyingKey);

/// Why bytes, a key file or a key line give no key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyFault {
    /// 32 bytes that no point on the curve has, or that are a second spelling of a point.
    #[error("not the canonical encoding of a point on the curve")]
    NotAPoint,
    /// A point of small order: one signature would fit every message.
    #[error("a key of small order, which fits every message")]
    SmallOrder,
    /// A point with a small-order part: verifiers disagree about its signatures.
    #[error("a key of mixed order, on which verifiers disagree")]
    MixedOrder,
    /// Not a key file or key line at all.
    #[error("not an OpenSSH key")]
    NotOpenSsh,
    /// Another key format.
    #[error("a key in the format {0}, not OpenSSH's")]
    OtherFormat(&'static str),
    /// A public key where a private one is needed.
    #[error("a public key, not a private one")]
    PublicOnly,
    /// An OpenSSH key of another kind than Ed25519.
    #[error("a key of the kind {algorithm}, not ssh-ed25519")]
    OtherAlgorithm {
        /// OpenSSH's name for it, such as `ssh-rsa`.
        algorithm: String,
    },
    /// A key file longer than any key.
    #[error("{found} bytes, more than a key file has")]
    TooLong {
        /// The length in bytes.
        found: usize,
    },
    /// A key file that begins as one and then does not hold together.
    #[error("a key file that is damaged")]
    Damaged,
    /// Encrypted with something other than OpenSSH's own password hashing.
    #[error("encrypted in a way this program does not know")]
    UnknownEncryption,
    /// More rounds of password hashing than anyone waits for.
    #[error("{found} rounds of password hashing, more than {MOST_ROUNDS}")]
    TooManyRounds {
        /// The rounds the file asks for.
        found: u32,
    },
    /// Fewer rounds of password hashing than a new key file may have.
    #[error("{found} rounds of password hashing, fewer than {LEAST_ROUNDS}")]
    TooFewRounds {
        /// The rounds asked for.
        found: u32,
    },
    /// Encrypted, and no passphrase was given.
    #[error("encrypted with a passphrase")]
    PassphraseNeeded,
    /// An empty passphrase protects nothing.
    #[error("an empty passphrase")]
    EmptyPassphrase,
    /// The passphrase does not open the file.
    #[error("the passphrase does not open the key")]
    WrongPassphrase,
    /// The public part in the file belongs to another secret part.
    #[error("the public and the secret part of the file do not belong together")]
    PartsDiffer,
    /// A comment that OpenSSH cannot hold on one line.
    #[error("a key comment with a control character")]
    BadComment,
}

impl PublicKey {
    /// Checks 32 bytes (RFC 8032 section 5.1.3, and the order of the point).
    ///
    /// # Errors
    /// [`KeyFault::NotAPoint`], [`KeyFault::SmallOrder`] or [`KeyFault::MixedOrder`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyFault> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::NotAPoint)?;
        let point = key.to_edwards();
        if point.compress().as_bytes() != bytes {
            return Err(KeyFault::NotAPoint);
        }
        if point.is_small_order() {
            return Err(KeyFault::SmallOrder);
        }
        if !point.is_torsion_free() {
            return Err(KeyFault::MixedOrder);
        }
        Ok(PublicKey(key))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether the 64 bytes are this key's signature of the message, by the strict rules: `s` reduced, `R` canonical
    /// and not of small order, the equation without cofactor.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for PublicKey {}

impl PartialOrd for PublicKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PublicKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.did())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.did())
    }
}

/// Whoever can sign with one Ed25519 key: a [`SecretKey`], or an agent that keeps its key to itself.
pub trait Signer {
    /// The key that checks the signatures.
    fn public_key(&self) -> PublicKey;

    /// Signs the message as RFC 8032 PureEdDSA: no context, no prehash.
    ///
    /// # Errors
    /// Only a signer outside this process fails.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault>;
}

/// Why a signer gave no signature.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignFault {
    /// The agent said no: the person declined, or it does not have the key.
    #[error("the agent refused to sign")]
    Refused,
    /// The agent could not be reached or answered with something else.
    #[error("the agent did not answer as an agent: {0}")]
    NoAnswer(String),
}

/// An Ed25519 secret key. It has no copy, no debug text, and is wiped when dropped.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key of a 32-byte seed (RFC 8032 section 5.1.5). Every seed is a key; randomness is the caller's.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        SecretKey(SigningKey::from_bytes(seed))
    }

    fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }
}

impl Signer for SecretKey {
    fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        Ok(self.0.sign(message).to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032 section 7.1, test 2.
    #[test]
    fn signs_as_rfc_8032_does() {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = SecretKey::from_seed(&seed.try_into().unwrap());
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assert_eq!(key.public_key().as_bytes().as_slice(), public);
        let expected = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        let signature = key.sign(&[0x72]).unwrap();
        assert_eq!(signature.as_slice(), expected);
        assert!(key.public_key().verify(&[0x72], &signature));
        assert!(!key.public_key().verify(&[0x73], &signature));
    }

    #[test]
    fn weak_keys_are_refused_by_their_fact() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(&identity), Err(KeyFault::SmallOrder));
        // the identity again, y = p + 1
        let mut second_spelling = [0xFF; 32];
        second_spelling[0] = 0xEE;
        second_spelling[31] = 0x7F;
        assert_eq!(PublicKey::from_bytes(&second_spelling), Err(KeyFault::NotAPoint));
        let mut off_curve = [0; 32];
        off_curve[0] = 2;
        assert_eq!(PublicKey::from_bytes(&off_curve), Err(KeyFault::NotAPoint));
        let point = SecretKey::from_seed(&[7; 32]).0.verifying_key().to_edwards();
        let two_torsion = VerifyingKey::from_bytes(&{
            let mut minus_one = [0xFF; 32];
            minus_one[0] = 0xEC;
            minus_one[31] = 0x7F;
            minus_one
        });
        let mixed = point + two_torsion.unwrap().to_edwards();
        assert_eq!(PublicKey::from_bytes(mixed.compress().as_bytes()), Err(KeyFault::MixedOrder));
    }

    /// The eight points whose order divides eight, then every other spelling of one that decoders have been known to take.
    #[test]
    fn every_encoding_of_a_point_of_small_order_is_refused() {
        let eighth = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03";
        let other_eighth = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc";
        let around = |first: &str, middle: &str, last: &str| format!("{first}{}{last}", middle.repeat(30));
        let small = [
            around("01", "00", "00"),
            around("ec", "ff", "7f"),
            around("00", "00", "00"),
            around("00", "00", "80"),
            format!("{eighth}7a"),
            format!("{eighth}fa"),
            format!("{other_eighth}05"),
            format!("{other_eighth}85"),
        ];
        let second_spellings = [
            ("01", "00", "80"),
            ("ec", "ff", "ff"),
            ("ed", "ff", "7f"),
            ("ed", "ff", "ff"),
            ("ee", "ff", "7f"),
            ("ee", "ff", "ff"),
        ];
        let read = |hex: &str| {
            let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
            PublicKey::from_bytes(&bytes.try_into().unwrap())
        };
        for hex in small {
            assert_eq!(read(&hex), Err(KeyFault::SmallOrder), "{hex}");
        }
        for (first, middle, last) in second_spellings {
            assert_eq!(read(&around(first, middle, last)), Err(KeyFault::NotAPoint), "{first}…{last}");
        }
    }

    /// Has two candidates for `_`, and so does not compile, for a type that can be copied or shown.
    trait KeepsItsSecret<Why> {
        fn holds() {}
    }
    struct Anything;
    struct Copied;
    struct Shown;
    impl<T> KeepsItsSecret<Anything> for T {}
    impl<T: Clone> KeepsItsSecret<Copied> for T {}
    impl<T: fmt::Debug> KeepsItsSecret<Shown> for T {}

    #[test]
    fn a_secret_key_can_be_neither_copied_nor_shown() {
        <SecretKey as KeepsItsSecret<_>>::holds();
    }

    #[test]
    fn keys_are_ordered_and_shown_by_their_bytes() {
        let (a, b) =
            (SecretKey::from_seed(&[1; 32]).public_key(), SecretKey::from_seed(&[2; 32]).public_key());
        assert_eq!(a.cmp(&b), a.as_bytes().cmp(b.as_bytes()));
        assert_eq!(format!("{a:?}"), format!("PublicKey({})", a.did()));
        assert_eq!(a.to_string(), a.did());
    }
}
