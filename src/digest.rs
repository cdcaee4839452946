//! SHA-256 digests and their four spellings.
//!
//! Manifests write hex, credentials write a multibase multihash (`uEi…`, Controlled Identifiers section 2.5), web pages
//! write Subresource Integrity (`sha256-…`), and evidence is named by RFC 6920 (`ni:///sha-256;…`). One value, four
//! printers, and one accepted spelling each.

use std::fmt;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use sha2::Digest as _;
use thiserror::Error;

/// The multihash header of SHA-256: the code 0x12 and the length 32.
const MULTIHASH: [u8; 2] = [0x12, 0x20];
const SRI: &str = "sha256-";
const NI: &str = "ni:///sha-256;";

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// A text that is not a SHA-256 digest in the spelling asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DigestFault {
    /// Not 64 lower-case hex digits.
    #[error("not 64 lower-case hex digits")]
    NotHex,
    /// Does not start with `u`, or is not unpadded base64url behind it.
    #[error("not base64url multibase, which begins with u")]
    NotMultibase,
    /// A multihash of another function than SHA-256.
    #[error("multihash function 0x{0:02x} is not SHA-256")]
    OtherFunction(u8),
    /// A SHA-256 multihash that is not 32 bytes, by its own length byte or by its content.
    #[error("{found} bytes where SHA-256 has 32")]
    WrongLength {
        /// The number of bytes found.
        found: usize,
    },
    /// Not `sha256-` and padded base64.
    #[error("not sha256- and base64")]
    NotSri,
    /// Not `ni:///sha-256;` and unpadded base64url.
    #[error("not ni:///sha-256; and base64url")]
    NotNi,
}

impl Digest {
    /// Hashes bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(sha2::Sha256::digest(bytes).into())
    }

    /// Wraps 32 bytes that are a digest already.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Digest(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hex digits.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// Reads [`Digest::hex`].
    ///
    /// # Errors
    /// [`DigestFault::NotHex`] for any other length, letter case or character.
    pub fn from_hex(text: &str) -> Result<Self, DigestFault> {
        decoded(HEXLOWER.decode(text.as_bytes()), DigestFault::NotHex)
    }

    /// Hex in eight groups of eight digits, for people who compare.
    pub fn groups(&self) -> String {
        let hex = self.hex();
        (0..8).map(|group| &hex[group * 8..group * 8 + 8]).collect::<Vec<_>>().join(" ")
    }

    /// `digestMultibase`: `u` and base64url of the multihash, always `uEi…`.
    pub fn multibase(&self) -> String {
        let multihash = [MULTIHASH.as_slice(), &self.0].concat();
        format!("u{}", BASE64URL_NOPAD.encode(&multihash))
    }

    /// Reads [`Digest::multibase`]; both the length byte and the true length must be 32.
    ///
    /// # Errors
    /// The first fact that does not fit.
    pub fn from_multibase(text: &str) -> Result<Self, DigestFault> {
        let encoded = text.strip_prefix('u').ok_or(DigestFault::NotMultibase)?;
        let multihash = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| DigestFault::NotMultibase)?;
        let [function, length, digest @ ..] = multihash.as_slice() else {
            return Err(DigestFault::WrongLength { found: 0 });
        };
        if *function != MULTIHASH[0] {
            return Err(DigestFault::OtherFunction(*function));
        }
        if *length != MULTIHASH[1] {
            return Err(DigestFault::WrongLength { found: usize::from(*length) });
        }
        let bytes = digest.try_into().map_err(|_| DigestFault::WrongLength { found: digest.len() })?;
        Ok(Digest(bytes))
    }

    /// Subresource Integrity: `sha256-` and padded base64.
    pub fn sri(&self) -> String {
        format!("{SRI}{}", BASE64.encode(&self.0))
    }

    /// Reads [`Digest::sri`].
    ///
    /// # Errors
    /// [`DigestFault::NotSri`].
    pub fn from_sri(text: &str) -> Result<Self, DigestFault> {
        let encoded = text.strip_prefix(SRI).ok_or(DigestFault::NotSri)?;
        decoded(BASE64.decode(encoded.as_bytes()), DigestFault::NotSri)
    }

    /// Named Information, RFC 6920: `ni:///sha-256;` and unpadded base64url.
    pub fn ni(&self) -> String {
        format!("{NI}{}", BASE64URL_NOPAD.encode(&self.0))
    }

    /// Reads [`Digest::ni`].
    ///
    /// # Errors
    /// [`DigestFault::NotNi`].
    pub fn from_ni(text: &str) -> Result<Self, DigestFault> {
        let encoded = text.strip_prefix(NI).ok_or(DigestFault::NotNi)?;
        decoded(BASE64URL_NOPAD.decode(encoded.as_bytes()), DigestFault::NotNi)
    }
}

fn decoded<E>(bytes: Result<Vec<u8>, E>, fault: DigestFault) -> Result<Digest, DigestFault> {
    bytes.ok().and_then(|bytes| bytes.try_into().ok()).map(Digest).ok_or(fault)
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.hex())
    }
}

/// Hashes bytes as they come.
#[derive(Clone, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// Starts with no bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes taken.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn hashes_at_once_and_in_pieces_alike() {
        assert_eq!(Digest::of(b"").hex(), EMPTY);
        let mut hasher = Hasher::new();
        hasher.update(b"port");
        hasher.update(b"folio");
        assert_eq!(hasher.finish(), Digest::of(b"portfolio"));
    }

    #[test]
    fn each_spelling_reads_back() {
        let digest = Digest::of(b"portfolio");
        assert_eq!(Digest::from_hex(&digest.hex()), Ok(digest));
        assert_eq!(Digest::from_multibase(&digest.multibase()), Ok(digest));
        assert_eq!(Digest::from_sri(&digest.sri()), Ok(digest));
        assert_eq!(Digest::from_ni(&digest.ni()), Ok(digest));
    }

    /// The sample that VC Data Model 2.0 section 5.3 gives for its own context file.
    #[test]
    fn multibase_is_the_published_sample() {
        let digest =
            Digest::from_hex("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734").unwrap();
        assert_eq!(digest.multibase(), "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA");
    }

    #[test]
    fn sri_and_ni_are_the_known_spellings_of_nothing() {
        let digest = Digest::of(b"");
        assert_eq!(digest.sri(), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(digest.ni(), "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        assert_eq!(
            digest.groups(),
            "e3b0c442 98fc1c14 9afbf4c8 996fb924 27ae41e4 649b934c a495991b 7852b855"
        );
    }

    #[test]
    fn every_other_spelling_is_refused_by_its_fact() {
        assert_eq!(Digest::from_hex(&EMPTY.to_uppercase()), Err(DigestFault::NotHex));
        assert_eq!(Digest::from_hex(&EMPTY[2..]), Err(DigestFault::NotHex));
        let multibase = |bytes: &[u8]| Digest::from_multibase(&format!("u{}", BASE64URL_NOPAD.encode(bytes)));
        let body = [7; 32];
        let header = |function, length| [[function, length].as_slice(), &body].concat();
        assert_eq!(multibase(&header(0x11, 32)), Err(DigestFault::OtherFunction(0x11)));
        assert_eq!(multibase(&header(0x12, 31)), Err(DigestFault::WrongLength { found: 31 }));
        assert_eq!(multibase(&header(0x12, 32)[..20]), Err(DigestFault::WrongLength { found: 18 }));
        assert_eq!(multibase(&[0x12]), Err(DigestFault::WrongLength { found: 0 }));
        let good = Digest::from_bytes(body).multibase();
        assert_eq!(Digest::from_multibase(&good[1..]), Err(DigestFault::NotMultibase));
        assert_eq!(Digest::from_multibase(&format!("{good}=")), Err(DigestFault::NotMultibase));
        assert_eq!(Digest::from_sri("sha384-AAAA"), Err(DigestFault::NotSri));
        assert_eq!(Digest::from_sri(Digest::of(b"").sri().trim_end_matches('=')), Err(DigestFault::NotSri));
        assert_eq!(Digest::from_ni("ni://host/sha-256;AAAA"), Err(DigestFault::NotNi));
    }
}
