//! The two questions this program asks an SSH agent, as bytes: which keys, and sign this.
//!
//! Written from draft-miller-ssh-agent. The socket is the caller's. An agent signs the 64 bytes of a Data Integrity
//! hash raw, so the signature it gives is a standard one.

use thiserror::Error;

use super::key::{KeyFault, PublicKey, Reader, from_blob, put_string};

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;

/// Longest message, as OpenSSH's agent has it.
pub const MESSAGE_BYTES: usize = 256 * 1024;

/// What is wrong with an agent's answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AgentFault {
    /// The agent said no.
    #[error("the agent refused")]
    Refused,
    /// An answer of a kind that was not asked for.
    #[error("the agent answered with message {0}")]
    OtherMessage(u8),
    /// An answer that does not hold together.
    #[error("the agent's answer is damaged")]
    Damaged,
    /// An answer longer than an agent sends.
    #[error("the agent announces an answer of {found} bytes")]
    TooLong {
        /// The length it announces.
        found: usize,
    },
    /// A signature that is not the key's, or not over what was asked.
    #[error("the agent's signature does not fit the key")]
    WrongSignature,
}

/// A key that the agent holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentKey {
    /// The key, or why it cannot sign here: [`KeyFault::OtherAlgorithm`] names the kind.
    pub key: Result<PublicKey, KeyFault>,
    /// The comment, raw: escape it before any screen.
    pub comment: String,
}

/// Asks which keys the agent holds: the whole message, length included.
pub fn request_identities() -> Vec<u8> {
    framed(&[REQUEST_IDENTITIES])
}

/// Asks for the key's signature of the message: the whole message, length included.
pub fn sign_request(key: &PublicKey, message: &[u8]) -> Vec<u8> {
    let mut body = vec![SIGN_REQUEST];
    put_string(&mut body, &key.ssh_blob());
    put_string(&mut body, message);
    body.extend_from_slice(&0_u32.to_be_bytes()); // no flags
    framed(&body)
}

/// The length of the answer, from its first four bytes: read that many, then parse them.
///
/// # Errors
/// [`AgentFault::TooLong`] before anything is allocated, [`AgentFault::Damaged`] for an empty answer.
pub fn answer_length(prefix: [u8; 4]) -> Result<usize, AgentFault> {
    let found = usize::try_from(u32::from_be_bytes(prefix)).unwrap_or(usize::MAX);
    match found {
        0 => Err(AgentFault::Damaged),
        1..=MESSAGE_BYTES => Ok(found),
        _ => Err(AgentFault::TooLong { found }),
    }
}

/// Reads the answer to [`request_identities`], without its length.
///
/// # Errors
/// [`AgentFault::Refused`], [`AgentFault::OtherMessage`] or [`AgentFault::Damaged`].
pub fn parse_identities(answer: &[u8]) -> Result<Vec<AgentKey>, AgentFault> {
    let mut reader = opened(answer, IDENTITIES_ANSWER)?;
    let count = reader.number().ok_or(AgentFault::Damaged)?;
    let mut keys = Vec::new();
    for _ in 0..count {
        let blob = reader.string().ok_or(AgentFault::Damaged)?;
        let comment = String::from_utf8_lossy(reader.string().ok_or(AgentFault::Damaged)?);
        keys.push(AgentKey { key: from_blob(blob), comment: comment.into_owned() });
    }
    if reader.is_at_end() { Ok(keys) } else { Err(AgentFault::Damaged) }
}

/// Reads the answer to [`sign_request`], without its length, and checks the signature it brings.
///
/// # Errors
/// [`AgentFault::Refused`], [`AgentFault::OtherMessage`], [`AgentFault::Damaged`] or [`AgentFault::WrongSignature`].
pub fn parse_signature(answer: &[u8], key: &PublicKey, message: &[u8]) -> Result<[u8; 64], AgentFault> {
    let mut reader = opened(answer, SIGN_RESPONSE)?;
    let blob = reader.string().filter(|_| reader.is_at_end()).ok_or(AgentFault::Damaged)?;
    let mut inner = Reader::new(blob);
    if inner.text() != Some("ssh-ed25519") {
        return Err(AgentFault::Damaged);
    }
    let signature: &[u8; 64] =
        inner.string().and_then(|bytes| bytes.try_into().ok()).ok_or(AgentFault::Damaged)?;
    if !inner.is_at_end() {
        return Err(AgentFault::Damaged);
    }
    if key.verify(message, signature) { Ok(*signature) } else { Err(AgentFault::WrongSignature) }
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(body.len() + 4);
    put_string(&mut message, body);
    message
}

fn opened(answer: &[u8], expected: u8) -> Result<Reader<'_>, AgentFault> {
    let mut reader = Reader::new(answer);
    match reader.byte() {
        Some(kind) if kind == expected => Ok(reader),
        Some(FAILURE) => Err(AgentFault::Refused),
        Some(kind) => Err(AgentFault::OtherMessage(kind)),
        None => Err(AgentFault::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SecretKey, Signer};
    use super::*;

    #[test]
    fn the_questions_are_the_protocols_bytes() {
        assert_eq!(request_identities(), [0, 0, 0, 1, 11]);
        let key = SecretKey::from_seed(&[7; 32]).public_key();
        let question = sign_request(&key, b"hash");
        assert_eq!(&question[..9], [0, 0, 0, 68, 13, 0, 0, 0, 51]);
        assert_eq!(&question[60..], [0, 0, 0, 4, b'h', b'a', b's', b'h', 0, 0, 0, 0]);
    }

    #[test]
    fn keys_of_other_kinds_are_listed_by_name() {
        let key = SecretKey::from_seed(&[7; 32]).public_key();
        let mut rsa = Vec::new();
        put_string(&mut rsa, b"ssh-rsa");
        let mut answer = vec![IDENTITIES_ANSWER, 0, 0, 0, 2];
        for (blob, comment) in [(&rsa, "old"), (&key.ssh_blob(), "laptop")] {
            put_string(&mut answer, blob);
            put_string(&mut answer, comment.as_bytes());
        }
        let found = parse_identities(&answer).unwrap();
        assert_eq!(found[0].key, Err(KeyFault::OtherAlgorithm { algorithm: "ssh-rsa".into() }));
        assert_eq!(found[1], AgentKey { key: Ok(key), comment: "laptop".into() });
        assert_eq!(parse_identities(&answer[..answer.len() - 1]), Err(AgentFault::Damaged));
        assert_eq!(parse_identities(&[FAILURE]), Err(AgentFault::Refused));
        assert_eq!(parse_identities(&[6]), Err(AgentFault::OtherMessage(6)));
        assert_eq!(parse_identities(&[IDENTITIES_ANSWER, 255, 255, 255, 255]), Err(AgentFault::Damaged));
    }

    #[test]
    fn only_the_keys_own_signature_is_taken() {
        let secret = SecretKey::from_seed(&[7; 32]);
        let answer_with = |signature: &[u8]| {
            let mut inner = Vec::new();
            put_string(&mut inner, b"ssh-ed25519");
            put_string(&mut inner, signature);
            let mut answer = vec![SIGN_RESPONSE];
            put_string(&mut answer, &inner);
            answer
        };
        let read = |answer: &[u8]| parse_signature(answer, &secret.public_key(), b"hash");
        let good = secret.sign(b"hash").unwrap();
        assert_eq!(read(&answer_with(&good)), Ok(good));
        assert_eq!(read(&answer_with(&secret.sign(b"other").unwrap())), Err(AgentFault::WrongSignature));
        assert_eq!(read(&answer_with(&good[..63])), Err(AgentFault::Damaged));
        assert_eq!(read(&[FAILURE]), Err(AgentFault::Refused));
    }

    #[test]
    fn an_answer_is_bounded_before_it_is_read() {
        assert_eq!(answer_length([0, 4, 0, 0]), Ok(MESSAGE_BYTES));
        assert_eq!(answer_length([0, 4, 0, 1]), Err(AgentFault::TooLong { found: MESSAGE_BYTES + 1 }));
        assert_eq!(answer_length([0; 4]), Err(AgentFault::Damaged));
    }
}
