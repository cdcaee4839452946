//! Private key files as OpenSSH writes them: sealed with a passphrase, opened again.

use ssh_key::private::{Ed25519Keypair, Ed25519PrivateKey, KeypairData};
use ssh_key::public::Ed25519PublicKey;
use ssh_key::{Cipher, Kdf, LineEnding, PrivateKey};
use zeroize::Zeroizing;

use super::pem::{Head, decode};
use super::{KeyFault, Reader, SecretKey, Signer};

/// Longest key file read: an RSA-16384 file, the largest OpenSSH makes, has about 12,500 bytes.
pub const KEY_FILE_BYTES: usize = 16 * 1024;

/// Fewest rounds of password hashing in a file made here: OpenSSH's own default is 24, an attacker's time grows with it.
pub const LEAST_ROUNDS: u32 = 64;

/// Most rounds in a file read: about half a minute, more than anyone meant.
pub const MOST_ROUNDS: u32 = 4096;

/// Longest salt read; OpenSSH writes 16 bytes.
const SALT_BYTES: usize = 64;

/// Writes an encrypted private key file (`aes256-ctr`, bcrypt). `salt` and `check` are fresh random values: the salt
/// keeps two files with one passphrase apart, and the check number tells a wrong passphrase from a right one.
///
/// # Errors
/// [`KeyFault::EmptyPassphrase`], [`KeyFault::TooFewRounds`], [`KeyFault::TooManyRounds`], [`KeyFault::BadComment`].
pub fn seal(
    key: &SecretKey,
    comment: &str,
    passphrase: &[u8],
    salt: [u8; 16],
    check: u32,
    rounds: u32,
) -> Result<Zeroizing<String>, KeyFault> {
    match rounds {
        ..LEAST_ROUNDS => return Err(KeyFault::TooFewRounds { found: rounds }),
        LEAST_ROUNDS..=MOST_ROUNDS => {}
        _ => return Err(KeyFault::TooManyRounds { found: rounds }),
    }
    if passphrase.is_empty() {
        return Err(KeyFault::EmptyPassphrase);
    }
    if comment.chars().any(char::is_control) {
        return Err(KeyFault::BadComment);
    }
    let public = Ed25519PublicKey(*key.public_key().as_bytes());
    let pair = Ed25519Keypair { public, private: Ed25519PrivateKey::from_bytes(&key.seed()) };
    let kdf = Kdf::Bcrypt { salt: salt.to_vec(), rounds };
    PrivateKey::new(KeypairData::Ed25519(pair), comment)
        .and_then(|plain| plain.encrypt_with(Cipher::Aes256Ctr, kdf, check, passphrase))
        .and_then(|sealed| sealed.to_openssh(LineEnding::LF))
        .map_err(|_| KeyFault::Damaged)
}

/// Opens an OpenSSH Ed25519 private key file; `passphrase` is looked at only when the file is encrypted. The public key
/// is worked out again from the secret one and compared with the file's.
///
/// # Errors
/// What the file is instead (see [`inspect`](super::inspect)), or [`KeyFault::PassphraseNeeded`],
/// [`KeyFault::WrongPassphrase`], [`KeyFault::TooManyRounds`], [`KeyFault::PartsDiffer`], [`KeyFault::Damaged`].
pub fn open_openssh(pem: &[u8], passphrase: Option<&[u8]>) -> Result<SecretKey, KeyFault> {
    let bytes = decode(pem)?;
    let head = Head::read(&bytes)?;
    let parsed = PrivateKey::from_bytes(&bytes);
    let plain = if head.cipher == "none" {
        parsed.map_err(|_| KeyFault::Damaged)?
    } else {
        check_hashing(&head)?;
        let passphrase = passphrase.ok_or(KeyFault::PassphraseNeeded)?;
        if passphrase.is_empty() {
            return Err(KeyFault::WrongPassphrase);
        }
        let sealed = parsed.map_err(|_| KeyFault::Damaged)?;
        sealed.decrypt(passphrase).map_err(|error| match error {
            ssh_key::Error::Crypto => KeyFault::WrongPassphrase,
            _ => KeyFault::Damaged,
        })?
    };
    let pair = plain.key_data().ed25519().ok_or(KeyFault::Damaged)?;
    let key = SecretKey::from_seed(pair.private.as_ref());
    if key.public_key() != head.public || pair.public.0 != *key.public_key().as_bytes() {
        return Err(KeyFault::PartsDiffer);
    }
    Ok(key)
}

/// Stops before a file makes us hash for hours.
fn check_hashing(head: &Head) -> Result<(), KeyFault> {
    if head.kdf != "bcrypt" {
        return Err(KeyFault::UnknownEncryption);
    }
    let mut options = Reader::new(head.kdf_options);
    let salt = options.string().ok_or(KeyFault::Damaged)?;
    let rounds = options.number().ok_or(KeyFault::Damaged)?;
    if salt.is_empty() || salt.len() > SALT_BYTES || rounds == 0 || !options.is_at_end() {
        return Err(KeyFault::Damaged);
    }
    if rounds > MOST_ROUNDS {
        return Err(KeyFault::TooManyRounds { found: rounds });
    }
    if head.cipher.parse::<Cipher>().is_err() {
        return Err(KeyFault::UnknownEncryption);
    }
    Ok(())
}
