//! A public key on one line, as OpenSSH writes it, and its fingerprint as `ssh-keygen -l` prints it.

use data_encoding::{BASE64, BASE64_NOPAD};

use super::{KeyFault, PublicKey, Reader, put_string};
use crate::digest::Digest;

/// OpenSSH's name for Ed25519.
pub(in crate::proof) const SSH_ED25519: &str = "ssh-ed25519";

/// Longest line looked at: an RSA-16384 line has under 3,000 bytes.
const LINE_BYTES: usize = 16 * 1024;

impl PublicKey {
    /// The key as SSH messages carry it: its kind and its 32 bytes, each with a length (RFC 8709 section 4).
    pub fn ssh_blob(&self) -> Vec<u8> {
        let mut blob = Vec::with_capacity(51);
        put_string(&mut blob, SSH_ED25519.as_bytes());
        put_string(&mut blob, self.as_bytes());
        blob
    }

    /// `SHA256:` and unpadded base64, as `ssh-keygen -lf` prints for the same key.
    pub fn fingerprint(&self) -> String {
        let digest = Digest::of(&self.ssh_blob());
        format!("SHA256:{}", BASE64_NOPAD.encode(digest.as_bytes()))
    }

    /// The line of a `.pub` file, without a line end.
    pub fn openssh_line(&self, comment: &str) -> String {
        let line = format!("{SSH_ED25519} {} {comment}", BASE64.encode(&self.ssh_blob()));
        line.trim_end().to_owned()
    }
}

/// Reads the line of a `.pub` file: the key and its comment, which may be empty.
///
/// # Errors
/// [`KeyFault::NotOpenSsh`], [`KeyFault::OtherAlgorithm`], [`KeyFault::Damaged`] or what is wrong with the key.
pub fn public_from_line(line: &str) -> Result<(PublicKey, String), KeyFault> {
    if line.len() > LINE_BYTES {
        return Err(KeyFault::TooLong { found: line.len() });
    }
    let line = line.trim();
    let (algorithm, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    if algorithm != SSH_ED25519 {
        return Err(if names_algorithm(algorithm) {
            KeyFault::OtherAlgorithm { algorithm: algorithm.to_owned() }
        } else {
            KeyFault::NotOpenSsh
        });
    }
    let (encoded, comment) = rest.trim_start().split_once([' ', '\t']).unwrap_or((rest.trim_start(), ""));
    let blob = BASE64.decode(encoded.as_bytes()).map_err(|_| KeyFault::Damaged)?;
    if comment.chars().any(char::is_control) {
        return Err(KeyFault::BadComment);
    }
    Ok((from_blob(&blob)?, comment.trim().to_owned()))
}

/// Reads a key as SSH messages carry it.
pub(in crate::proof) fn from_blob(blob: &[u8]) -> Result<PublicKey, KeyFault> {
    let mut reader = Reader::new(blob);
    let algorithm = reader.text().ok_or(KeyFault::Damaged)?;
    if algorithm != SSH_ED25519 {
        return Err(if names_algorithm(algorithm) {
            KeyFault::OtherAlgorithm { algorithm: algorithm.to_owned() }
        } else {
            KeyFault::Damaged
        });
    }
    let key = reader.string().and_then(|key| key.try_into().ok()).ok_or(KeyFault::Damaged)?;
    if !reader.is_at_end() {
        return Err(KeyFault::Damaged);
    }
    PublicKey::from_bytes(key)
}

/// Whether a word is one of OpenSSH's key kinds, as far as we need to name them.
fn names_algorithm(word: &str) -> bool {
    let known = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"];
    known.iter().any(|start| word.starts_with(start))
        && word.len() < 64
        && word.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::super::{SecretKey, Signer};
    use super::*;

    fn key() -> PublicKey {
        SecretKey::from_seed(&[7; 32]).public_key()
    }

    #[test]
    fn a_line_reads_back_with_its_comment() {
        let line = key().openssh_line("priya@acme.example, laptop");
        assert_eq!(public_from_line(&line), Ok((key(), "priya@acme.example, laptop".into())));
        assert_eq!(public_from_line(&format!("{}\r\n", key().openssh_line(""))), Ok((key(), String::new())));
    }

    #[test]
    fn other_lines_are_refused_by_their_fact() {
        let other = |algorithm: &str| KeyFault::OtherAlgorithm { algorithm: algorithm.into() };
        assert_eq!(public_from_line("ssh-rsa AAAAB3Nza c"), Err(other("ssh-rsa")));
        assert_eq!(public_from_line("ecdsa-sha2-nistp256 AAAA"), Err(other("ecdsa-sha2-nistp256")));
        let hardware = "sk-ssh-ed25519@openssh.com";
        assert_eq!(public_from_line(&format!("{hardware} AAAA")), Err(other(hardware)));
        assert_eq!(public_from_line("hello there"), Err(KeyFault::NotOpenSsh));
        assert_eq!(public_from_line(""), Err(KeyFault::NotOpenSsh));
        assert_eq!(public_from_line("ssh-ed25519"), Err(KeyFault::Damaged));
        assert_eq!(public_from_line("ssh-ed25519 AAAA!"), Err(KeyFault::Damaged));
        assert_eq!(
            public_from_line(&format!("{}\u{1b}[2J", key().openssh_line("x"))),
            Err(KeyFault::BadComment)
        );
        let long = " ".repeat(LINE_BYTES + 1);
        assert_eq!(public_from_line(&long), Err(KeyFault::TooLong { found: LINE_BYTES + 1 }));
    }

    #[test]
    fn a_blob_has_nothing_behind_the_key() {
        let mut blob = key().ssh_blob();
        assert_eq!(from_blob(&blob), Ok(key()));
        blob.push(0);
        assert_eq!(from_blob(&blob), Err(KeyFault::Damaged));
        let mut other = Vec::new();
        put_string(&mut other, b"ssh-rsa");
        assert_eq!(from_blob(&other), Err(KeyFault::OtherAlgorithm { algorithm: "ssh-rsa".into() }));
    }
}
