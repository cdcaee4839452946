//! What a reader brings to check badges issued elsewhere: the issuers' keys, and copies of their lists.

use std::path::Path;

use portfolio::disk;
use portfolio::json;
use portfolio::proof::others::{Pin, PinFault, PinnedBy, Pins};
use portfolio::render::escape::visible;
use portfolio::render::naming::file;
use portfolio::verifier::foreign::Snapshot;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// Everything brought, read.
pub struct Brought {
    /// The keys, as the reader's own choice.
    pub pins: Pins,
    copies: Vec<(String, Vec<u8>)>,
}

impl Brought {
    /// Reads files of keys, `FILE` or `ISSUER=FILE`, and lists, `ADDRESS=FILE`.
    pub fn read(keys: &[String], lists: &[String], world: &World) -> Result<Brought, Trouble> {
        let mut pins = Pins::none();
        for typed in keys {
            pins.add(keys_in(typed, world)?);
        }
        let copies = lists.iter().map(|typed| copy(typed, world)).collect::<Result<_, _>>()?;
        Ok(Brought { pins, copies })
    }

    /// The copies of lists.
    pub fn lists(&self) -> Vec<Snapshot<'_>> {
        let copy = |(url, bytes)| Snapshot { url, bytes, by: PinnedBy::Recruiter, taken: None };
        self.copies.iter().map(|(url, bytes)| (url.as_str(), bytes.as_slice())).map(copy).collect()
    }
}

fn keys_in(typed: &str, world: &World) -> Result<Pin, Trouble> {
    let (issuer, path) = parts(typed);
    let full = world.at(Path::new(path));
    let bytes = bytes_of(path, world)?;
    Pin::read(&bytes, issuer, PinnedBy::Recruiter, None).map_err(|fault| {
        let name = file(&shown(&full, world));
        let trouble = Trouble::new(exit::NO, "keys-broken", format!("{name} gives no issuer's keys"));
        match &fault {
            PinFault::NoId => trouble
                .fact("It does not say whose keys it holds. Nothing was checked.")
                .hint("say whose they are: --keys ISSUER=FILE"),
            other => trouble
                .fact(format!("Found there: {}. Nothing was checked.", visible(&other.to_string())))
                .hint("ask the issuer for the file again"),
        }
        .because(fault)
    })
}

fn copy(typed: &str, world: &World) -> Result<(String, Vec<u8>), Trouble> {
    let (Some(address), path) = parts(typed) else {
        return Err(Trouble::new(exit::USAGE, "usage", "--list needs the address the copy was taken from")
            .hint("write it as --list ADDRESS=FILE"));
    };
    Ok((address.to_owned(), bytes_of(path, world)?))
}

fn bytes_of(path: &str, world: &World) -> Result<Vec<u8>, Trouble> {
    disk::read_bounded(&world.at(Path::new(path)), json::FOREIGN.bytes as u64)
        .map_err(|fault| refusal(fault, world, "Nothing was checked."))
}

/// An address or a DID before the last `=`, and the file behind it.
fn parts(typed: &str) -> (Option<&str>, &str) {
    match typed.rsplit_once('=') {
        Some((id, path)) if id.starts_with("did:") || id.starts_with("https://") => (Some(id), path),
        _ => (None, typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_stands_before_the_last_equals_sign() {
        assert_eq!(parts("did.json"), (None, "did.json"));
        assert_eq!(parts("a=b.json"), (None, "a=b.json"));
        assert_eq!(parts("did:web:a.example=b.json"), (Some("did:web:a.example"), "b.json"));
        assert_eq!(parts("https://a.example/?x=1=b.json"), (Some("https://a.example/?x=1"), "b.json"));
    }
}
