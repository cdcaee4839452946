//! The map of the house: what `portfolio` is made of, which room may see which, and what must always hold.
//!
//! A student keeps a folder of artifacts, a mentor signs for exactly that work, and a recruiter checks the
//! bundle years later with no account, no server and no network. The middle floor is the W3C figure of the
//! three roles; above it one program talks to people, below it lies what all three share.
//!
//! | room | what it holds |
//! |---|---|
//! | `cli` (the program, another crate) | the only code that knows a terminal |
//! | [`holder`] | the student's folder; the only library room that reaches the disk |
//! | [`issuer`] | pure: request, marks, key and time in, credential out |
//! | [`verifier`] | pure: a source of bytes and a policy in, a report out; one file a step |
//! | [`render`] | reports and records as words, pages and PDF; data in, bytes out |
//! | [`credential`] | what is said: VC 2.0 and Open Badges 3.0, parsed strictly, never repaired |
//! | [`proof`] | how it is secured: Data Integrity cryptosuites, keys, DIDs |
//! | [`bundle`] | what it travels in: the archive and the bag, both ways |
//! | [`path`], [`json`], [`digest`], [`time`], [`source`], [`disk`] | the ground: one idea each |
//!
//! # Invariants
//!
//! * Imports run downhill, and the three roles never import each other; `tests/tidy.rs` guards it.
//! * Without default features everything but `holder` and `disk` builds for `wasm32-unknown-unknown` and sees
//!   no clock, no disk, no environment and no randomness: those are arguments.
//! * Nothing here opens a network connection, starts a program or prints.
//! * A signature is checked over the parsed value's canonical bytes, and only what was checked is shown.

pub mod bundle;
pub mod credential;
pub mod digest;
#[cfg(feature = "folder")]
pub mod disk;
#[cfg(feature = "folder")]
pub mod holder;
pub mod issuer;
pub mod json;
pub mod path;
pub mod proof;
pub mod render;
pub mod source;
pub mod time;
pub mod verifier;
