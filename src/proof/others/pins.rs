//! Documents and key sets that somebody pinned, so that an issuer's key can be found without asking the issuer.

use serde_json::{Map, Value};
use thiserror::Error;

use super::web;
use crate::digest::Digest;
use crate::json::{self, JsonFault};
use crate::time::Timestamp;

/// Most pins looked at: one for each issuer that anybody knows, and some.
pub const MOST_PINS: usize = 1000;

/// Whose choice a pin is. The recruiter's own says who the issuer is; one that came with the credential says only
/// that it fits the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PinnedBy {
    /// Whoever checks.
    Recruiter,
    /// Whoever handed the credential over.
    Student,
}

/// What was pinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PinKind {
    /// A DID document or another controlled identifier document.
    Document,
    /// A JWK Set (RFC 7517 section 5).
    KeySet,
}

/// One pinned document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Whose keys: a DID or an `https:` URL.
    pub id: String,
    /// Whose choice.
    pub by: PinnedBy,
    /// Of the exact bytes.
    pub digest: Digest,
    /// When it was fetched, if that was noted.
    pub retrieved: Option<Timestamp>,
    /// What it is.
    pub kind: PinKind,
    pub(super) document: Map<String, Value>,
}

/// Why a document cannot be pinned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PinFault {
    /// Not JSON as it must be.
    #[error("line {}, column {}: {}", .0.line, .0.column, .0.kind)]
    Json(JsonFault),
    /// JSON, but neither a document with keys nor a key set.
    #[error("neither a document with keys nor a key set")]
    NotKeys,
    /// The document names nobody, or names itself by something that is no DID and no `https:` URL.
    #[error("names no DID and no https address of its own")]
    NoId,
    /// The document is somebody else's.
    #[error("the keys of {found}, not of {expected}")]
    OtherId {
        /// Whose keys were wanted.
        expected: String,
        /// Whose they are.
        found: String,
    },
}

/// All pins, the recruiter's first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pins {
    pins: Vec<Pin>,
}

impl Pin {
    /// Reads a DID document, or a JWK Set of the issuer `of` (a key set seldom names its owner). When the document
    /// names an owner, that is whose it is, and `of`, if given, must be the same: the owner, or for a `did:web` the
    /// address that its document must have been taken from.
    ///
    /// # Errors
    /// [`PinFault`].
    pub fn read(
        bytes: &[u8],
        of: Option<&str>,
        by: PinnedBy,
        retrieved: Option<Timestamp>,
    ) -> Result<Self, PinFault> {
        let value = json::parse(bytes, &json::FOREIGN).map_err(PinFault::Json)?;
        let Value::Object(document) = value else { return Err(PinFault::NotKeys) };
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let (kind, named) = if document.get("keys").is_some_and(Value::is_array) {
            (PinKind::KeySet, text("iss"))
        } else if text("id").is_some() {
            (PinKind::Document, text("id"))
        } else {
            return Err(PinFault::NotKeys);
        };
        let id = named.or(of).filter(|id| is_identifier(id)).ok_or(PinFault::NoId)?.to_owned();
        let is_of = |of: &str| of == id || web::address(&id).is_some_and(|address| address == of);
        if let Some(expected) = of.filter(|expected| !is_of(expected)) {
            return Err(PinFault::OtherId { expected: expected.to_owned(), found: id });
        }
        Ok(Pin { id, by, digest: Digest::of(bytes), retrieved, kind, document })
    }

    /// The keys of a key set, each a JWK.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let list = self.document.get("keys").and_then(Value::as_array);
        let keys = if self.kind == PinKind::KeySet { list } else { None };
        keys.into_iter().flatten().filter_map(Value::as_object)
    }
}

/// A DID without path, query or fragment, or an `https:` address without fragment. A `did:key` and a `did:jwk` are
/// their own documents and are never looked up; a `did:web` must lead to an address.
fn is_identifier(id: &str) -> bool {
    let plain = !id.contains(['#', ' ']) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let did = id.starts_with("did:") && !id.contains(['/', '?']) && id.split(':').count() >= 3;
    let own = id.starts_with("did:key:") || id.starts_with("did:jwk:");
    let web = !web::is_named(id) || web::address(id).is_some();
    plain && !own && web && (did || id.len() > 8 && id.starts_with("https://"))
}

impl Pins {
    /// No pins at all.
    pub const fn none() -> Self {
        Pins { pins: Vec::new() }
    }

    /// Adds a pin; beyond [`MOST_PINS`] none is taken.
    pub fn add(&mut self, pin: Pin) {
        if self.pins.len() < MOST_PINS {
            self.pins.push(pin);
            self.pins.sort_by_key(|pin| pin.by);
        }
    }

    /// The pins for an issuer. If the recruiter pinned one, only the recruiter's: nobody else adds a key to it.
    pub fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Pin> {
        let first = self.pins.iter().find(|pin| pin.id == id).map(|pin| pin.by);
        self.pins.iter().filter(move |pin| pin.id == id && Some(pin.by) == first)
    }
}
