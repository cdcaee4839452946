//! What a private key file says of itself without its passphrase.

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::line::from_blob;
use super::{KEY_FILE_BYTES, KeyFault, PublicKey, Reader};

const BEGIN: &str = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END: &str = "-----END OPENSSH PRIVATE KEY-----";

/// First bytes of the decoded file (OpenSSH's PROTOCOL.key).
const MAGIC: &[u8] = b"openssh-key-v1\0";

/// How other private key files begin, and what to call them.
const OTHER_FORMATS: [(&str, &str); 9] = [
    ("-----BEGIN RSA PRIVATE KEY-----", "PEM (RSA)"),
    ("-----BEGIN DSA PRIVATE KEY-----", "PEM (DSA)"),
    ("-----BEGIN EC PRIVATE KEY-----", "PEM (ECDSA)"),
    ("-----BEGIN PRIVATE KEY-----", "PKCS #8"),
    ("-----BEGIN ENCRYPTED PRIVATE KEY-----", "PKCS #8"),
    ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "OpenPGP"),
    ("---- BEGIN SSH2 ", "SSH2"),
    ("PuTTY-User-Key-File-", "PuTTY"),
    ("AGE-SECRET-KEY-", "age"),
];

/// The public facts of a private key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// The key, as the file's unencrypted head names it.
    pub public: PublicKey,
    /// Whether a passphrase is needed.
    pub encrypted: bool,
    /// The comment; an encrypted file keeps it inside, so there it is `None`.
    pub comment: Option<String>,
}

/// Looks at an OpenSSH private key file without opening it.
///
/// # Errors
/// What the file is instead: another format, a public key, or a key of another kind, by name.
pub fn inspect(pem: &[u8]) -> Result<KeyFacts, KeyFault> {
    let bytes = decode(pem)?;
    let head = Head::read(&bytes)?;
    let encrypted = head.cipher != "none";
    let comment = if encrypted { None } else { plain_comment(head.secret) };
    Ok(KeyFacts { public: head.public, encrypted, comment })
}

/// What stands before the secret part.
pub(super) struct Head<'a> {
    pub(super) cipher: &'a str,
    pub(super) kdf: &'a str,
    pub(super) kdf_options: &'a [u8],
    pub(super) public: PublicKey,
    secret: &'a [u8],
}

impl<'a> Head<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, KeyFault> {
        let mut reader = Reader::new(bytes.strip_prefix(MAGIC).ok_or(KeyFault::Damaged)?);
        let head = (|| {
            let (cipher, kdf, kdf_options) = (reader.text()?, reader.text()?, reader.string()?);
            let keys = reader.number()?;
            Some((cipher, kdf, kdf_options, keys, reader.string()?))
        })();
        let (cipher, kdf, kdf_options, 1, blob) = head.ok_or(KeyFault::Damaged)? else {
            return Err(KeyFault::Damaged); // OpenSSH itself reads files of one key only
        };
        let public = from_blob(blob)?;
        let secret = reader.string().ok_or(KeyFault::Damaged)?;
        Ok(Head { cipher, kdf, kdf_options, public, secret })
    }
}

/// The comment of a file without a passphrase: behind two check numbers, the kind, the public and the secret key.
fn plain_comment(secret: &[u8]) -> Option<String> {
    let mut reader = Reader::new(secret);
    reader.take(8)?;
    for _ in 0..3 {
        reader.string()?;
    }
    reader.text().map(str::to_owned)
}

/// The bytes between the BEGIN and END lines; wiped, for without a passphrase they hold the secret key.
pub(super) fn decode(pem: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    if pem.len() > KEY_FILE_BYTES {
        return Err(KeyFault::TooLong { found: pem.len() });
    }
    let text = std::str::from_utf8(pem).map_err(|_| KeyFault::NotOpenSsh)?.trim();
    let Some(body) = text.strip_prefix(BEGIN) else {
        return Err(what_else(text));
    };
    let body = body.strip_suffix(END).ok_or(KeyFault::Damaged)?;
    let mut encoded = Zeroizing::new(Vec::with_capacity(body.len()));
    encoded.extend(body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    let room = BASE64.decode_len(encoded.len()).map_err(|_| KeyFault::Damaged)?;
    let mut bytes = Zeroizing::new(vec![0; room]);
    let length = BASE64.decode_mut(&encoded, &mut bytes).map_err(|_| KeyFault::Damaged)?;
    bytes.truncate(length);
    Ok(bytes)
}

fn what_else(text: &str) -> KeyFault {
    if let Some((_, name)) = OTHER_FORMATS.iter().find(|(start, _)| text.starts_with(start)) {
        return KeyFault::OtherFormat(name);
    }
    match super::public_from_line(text) {
        Ok(_) => KeyFault::PublicOnly,
        Err(fault @ KeyFault::OtherAlgorithm { .. }) => fault,
        Err(_) => KeyFault::NotOpenSsh,
    }
}
