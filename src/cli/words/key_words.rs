//! Why a key file cannot be used, in people's words.

use std::path::Path;

use portfolio::proof::key::KeyFault;
use portfolio::render::escape::quoted;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::shown;

/// The error for a key file that cannot be used; `undone` says what did not happen.
pub fn unusable(path: &Path, fault: &KeyFault, world: &World, undone: &str) -> Trouble {
    let file = shown(path, world);
    let (title, fact) = match fault {
        KeyFault::OtherAlgorithm { algorithm } => (
            "this kind of SSH key cannot sign here".to_owned(),
            format!("{file} is {}. Sign-offs use Ed25519 keys.", kind_of_key(algorithm)),
        ),
        KeyFault::PublicOnly => (
            format!("{file} is the public half of a key"),
            "The private half signs; it lies beside it, without .pub.".to_owned(),
        ),
        KeyFault::OtherFormat(format) => (
            "this kind of key file cannot be used here".to_owned(),
            format!("{file} is in the format {format}. Sign-offs use OpenSSH Ed25519 keys."),
        ),
        KeyFault::NotOpenSsh => {
            (format!("{file} is not a key"), "A key here is an OpenSSH Ed25519 private key file.".to_owned())
        }
        _ => (
            format!("the key in {file} cannot be used"),
            "The file is damaged, or not what OpenSSH writes.".to_owned(),
        ),
    };
    Trouble::new(exit::NO, "unusable-key", title)
        .fact(fact)
        .fact(undone)
        .hint("leave out --key to pick another one or make a new one")
        .because(fault.clone())
}

/// What a key of this kind is called.
pub fn kind_of_key(algorithm: &str) -> String {
    match algorithm {
        "ssh-rsa" => "an RSA key".to_owned(),
        "ssh-dss" => "a DSA key".to_owned(),
        name if name.starts_with("ecdsa-") => "an ECDSA key".to_owned(),
        name if name.starts_with("sk-") => "a key on a hardware token".to_owned(),
        name => format!("of the kind {}", quoted(name)),
    }
}
