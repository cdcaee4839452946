//! Signatures as `ssh-keygen -Y sign` makes them over a file (OpenSSH, PROTOCOL.sshsig), Ed25519 alone.
//!
//! Somebody with an SSH key and no program of ours can sign with it. The format is read strictly: one version, no
//! reserved bytes, nothing behind the end, SHA-256 or SHA-512; a key of another kind is named, not guessed at.

use data_encoding::BASE64;
use sha2::Digest as _;
use thiserror::Error;

use super::key::{Reader, Signer, from_blob, put_string};
use super::{KeyFault, PublicKey, SignFault};

/// The most bytes of a signature file that are looked at: one by an RSA-16384 key has under 6,000.
pub const SIGNATURE_FILE_BYTES: usize = 16 * 1024;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// Stands before the blob and, again, before what is signed.
const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const ALGORITHM: &str = "ssh-ed25519";
/// How many letters `ssh-keygen` writes on a line.
const LINE_LETTERS: usize = 70;

/// A signature over a file, read and not yet compared with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshSignature {
    key: PublicKey,
    namespace: String,
    hash: SshHash,
    signature: [u8; 64],
}

/// How the file is hashed before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SshHash {
    /// SHA-256.
    Sha256,
    /// SHA-512, what `ssh-keygen` uses unless it is told otherwise.
    Sha512,
}

/// Why bytes are no signature over a file. Texts are raw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SshSignatureFault {
    /// It does not begin as one.
    #[error("not an SSH signature")]
    NotASignature,
    /// Longer than any.
    #[error("{found} bytes, more than an SSH signature has")]
    TooLong {
        /// The length in bytes.
        found: usize,
    },
    /// It begins as one and does not hold together.
    #[error("an SSH signature that is damaged")]
    Damaged,
    /// Of a version that is not known here.
    #[error("an SSH signature of version {found}, and this program reads version 1")]
    OtherVersion {
        /// The version.
        found: u32,
    },
    /// It uses the room that its format keeps for later.
    #[error("an SSH signature with a reserved part, which this program does not know")]
    Reserved,
    /// By a key that is not taken, or of another kind than Ed25519.
    #[error("an SSH signature by {0}")]
    Key(KeyFault),
    /// Hashed in another way.
    #[error("an SSH signature over the hash {found:?}, and this program knows sha256 and sha512")]
    OtherHash {
        /// OpenSSH's name of the hash.
        found: String,
    },
    /// Made for something else.
    #[error("an SSH signature made for {found:?}, not for {expected:?}")]
    OtherNamespace {
        /// The namespace that was wanted.
        expected: String,
        /// The namespace that was signed.
        found: String,
    },
    /// Not over these bytes, or not by this key.
    #[error("the SSH signature does not fit")]
    DoesNotFit,
}

impl SshHash {
    /// OpenSSH's name for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            SshHash::Sha256 => "sha256",
            SshHash::Sha512 => "sha512",
        }
    }

    fn named(name: &str) -> Option<SshHash> {
        [SshHash::Sha256, SshHash::Sha512].into_iter().find(|hash| hash.as_str() == name)
    }

    fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            SshHash::Sha256 => sha2::Sha256::digest(message).to_vec(),
            SshHash::Sha512 => sha2::Sha512::digest(message).to_vec(),
        }
    }
}

impl SshSignature {
    /// Reads the armoured file.
    ///
    /// # Errors
    /// [`SshSignatureFault`]: what it is instead.
    pub fn read(file: &[u8]) -> Result<Self, SshSignatureFault> {
        let blob = unarmoured(file)?;
        let mut reader = Reader::new(blob.strip_prefix(MAGIC).ok_or(SshSignatureFault::Damaged)?);
        let damaged = || SshSignatureFault::Damaged;
        let version = reader.number().ok_or_else(damaged)?;
        if version != VERSION {
            return Err(SshSignatureFault::OtherVersion { found: version });
        }
        let key = from_blob(reader.string().ok_or_else(damaged)?).map_err(SshSignatureFault::Key)?;
        let namespace = reader.text().filter(|name| !name.is_empty()).ok_or_else(damaged)?.to_owned();
        if !reader.string().ok_or_else(damaged)?.is_empty() {
            return Err(SshSignatureFault::Reserved);
        }
        let hash = reader.text().ok_or_else(damaged)?;
        let hash =
            SshHash::named(hash).ok_or_else(|| SshSignatureFault::OtherHash { found: hash.to_owned() })?;
        let mut inner = Reader::new(reader.string().ok_or_else(damaged)?);
        let algorithm = inner.text();
        let signature = inner.string().and_then(|bytes| bytes.try_into().ok());
        match (algorithm, signature) {
            (Some(ALGORITHM), Some(signature)) if inner.is_at_end() && reader.is_at_end() => {
                Ok(SshSignature { key, namespace, hash, signature })
            }
            _ => Err(damaged()),
        }
    }

    /// The key that it names; whether that key signed is for [`SshSignature::check`] to say.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// What it was made for.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// How the file was hashed.
    pub fn hash(&self) -> SshHash {
        self.hash
    }

    /// Whether it is the key's signature of exactly these bytes, made for this purpose.
    ///
    /// # Errors
    /// [`SshSignatureFault::OtherNamespace`] or [`SshSignatureFault::DoesNotFit`].
    pub fn check(&self, namespace: &str, message: &[u8]) -> Result<(), SshSignatureFault> {
        if self.namespace != namespace {
            let (expected, found) = (namespace.to_owned(), self.namespace.clone());
            return Err(SshSignatureFault::OtherNamespace { expected, found });
        }
        if self.key.verify(&signed_bytes(namespace, self.hash, message), &self.signature) {
            Ok(())
        } else {
            Err(SshSignatureFault::DoesNotFit)
        }
    }
}

/// Signs a file as `ssh-keygen -Y sign` does, and gives the armoured signature.
///
/// # Errors
/// Only a signer outside this process fails.
pub fn sign(
    namespace: &str,
    hash: SshHash,
    message: &[u8],
    signer: &dyn Signer,
) -> Result<String, SignFault> {
    let signature = signer.sign(&signed_bytes(namespace, hash, message))?;
    let mut inner = Vec::new();
    put_string(&mut inner, ALGORITHM.as_bytes());
    put_string(&mut inner, &signature);
    let mut blob = MAGIC.to_vec();
    blob.extend_from_slice(&VERSION.to_be_bytes());
    for part in [&signer.public_key().ssh_blob(), namespace.as_bytes(), b"", hash.as_str().as_bytes(), &inner]
    {
        put_string(&mut blob, part);
    }
    Ok(armoured(&blob))
}

/// Whether a file begins as an SSH signature does.
pub fn is_armoured(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(BEGIN.as_bytes())
}

/// What is signed: the purpose and the file's hash in a frame of their own, so that no other message of SSH or of
/// ours can be taken for it.
fn signed_bytes(namespace: &str, hash: SshHash, message: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for part in [namespace.as_bytes(), b"", hash.as_str().as_bytes(), &hash.of(message)] {
        put_string(&mut bytes, part);
    }
    bytes
}

/// The blob between the two lines. White space around and between is the mail's, not the signature's.
fn unarmoured(file: &[u8]) -> Result<Vec<u8>, SshSignatureFault> {
    if file.len() > SIGNATURE_FILE_BYTES {
        return Err(SshSignatureFault::TooLong { found: file.len() });
    }
    let text = std::str::from_utf8(file).map_err(|_| SshSignatureFault::NotASignature)?.trim();
    let body = text.strip_prefix(BEGIN).ok_or(SshSignatureFault::NotASignature)?;
    let body = body.strip_suffix(END).ok_or(SshSignatureFault::Damaged)?;
    let letters: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&letters).map_err(|_| SshSignatureFault::Damaged)
}

fn armoured(blob: &[u8]) -> String {
    let letters = BASE64.encode(blob);
    let mut text = format!("{BEGIN}\n");
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE_LETTERS));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    text + END + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::SecretKey;
    use super::*;

    const HERE: &str = "portfolio-signoff@v1";

    fn key() -> SecretKey {
        SecretKey::from_seed(&[2; 32])
    }

    fn made() -> String {
        sign(HERE, SshHash::Sha512, b"words\n", &key()).unwrap()
    }

    /// The good blob with one of its parts in another form.
    fn with(part: usize, bytes: &[u8]) -> SshSignatureFault {
        let good = unarmoured(made().as_bytes()).unwrap();
        let mut reader = Reader::new(&good[MAGIC.len() + 4..]);
        let mut blob = good[..MAGIC.len() + 4].to_vec();
        for index in 0..5 {
            let here = reader.string().unwrap();
            put_string(&mut blob, if index == part { bytes } else { here });
        }
        SshSignature::read(armoured(&blob).as_bytes()).unwrap_err()
    }

    #[test]
    fn what_is_signed_fits_and_nothing_else_does() {
        for hash in [SshHash::Sha256, SshHash::Sha512] {
            let made = sign(HERE, hash, b"words\n", &key()).unwrap();
            assert!(is_armoured(made.as_bytes()));
            let read = SshSignature::read(made.replace('\n', "\r\n").as_bytes()).unwrap();
            assert_eq!((read.key(), read.namespace(), read.hash()), (&key().public_key(), HERE, hash));
            assert_eq!(read.check(HERE, b"words\n"), Ok(()));
            assert_eq!(read.check(HERE, b"words"), Err(SshSignatureFault::DoesNotFit));
            let other = SshSignatureFault::OtherNamespace { expected: "file".into(), found: HERE.to_owned() };
            assert_eq!(read.check("file", b"words\n"), Err(other));
        }
    }

    #[test]
    fn other_files_are_refused_by_their_fact() {
        let read = |file: &[u8]| SshSignature::read(file).unwrap_err();
        assert_eq!(read(b"hello"), SshSignatureFault::NotASignature);
        assert_eq!(read(&[0xff]), SshSignatureFault::NotASignature);
        let made = made();
        assert_eq!(read(&made.as_bytes()[..made.len() - 8]), SshSignatureFault::Damaged);
        assert_eq!(read(made.replace("U1NIU0lH", "U1NIU0lI").as_bytes()), SshSignatureFault::Damaged);
        let long = SIGNATURE_FILE_BYTES + 1;
        assert_eq!(read(&vec![b' '; long]), SshSignatureFault::TooLong { found: long });
    }

    #[test]
    fn each_part_is_held_to_its_one_form() {
        let kind = |name: &str| {
            let mut blob = Vec::new();
            put_string(&mut blob, name.as_bytes());
            put_string(&mut blob, b"whatever");
            with(0, &blob)
        };
        for name in [
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "sk-ssh-ed25519@openssh.com",
            "ssh-ed25519-cert-v01@openssh.com",
        ] {
            let algorithm = name.to_owned();
            assert_eq!(kind(name), SshSignatureFault::Key(KeyFault::OtherAlgorithm { algorithm }));
        }
        assert_eq!(with(1, b""), SshSignatureFault::Damaged);
        assert_eq!(with(2, b"more"), SshSignatureFault::Reserved);
        assert_eq!(with(3, b"sha1"), SshSignatureFault::OtherHash { found: "sha1".into() });
        assert_eq!(with(4, b"short"), SshSignatureFault::Damaged);
        let mut blob = unarmoured(made().as_bytes()).unwrap();
        blob[MAGIC.len() + 3] = 2;
        let newer = SshSignature::read(armoured(&blob).as_bytes());
        assert_eq!(newer, Err(SshSignatureFault::OtherVersion { found: 2 }));
        blob[MAGIC.len() + 3] = 1;
        blob.push(0);
        assert_eq!(SshSignature::read(armoured(&blob).as_bytes()), Err(SshSignatureFault::Damaged));
    }
}
