//! Whole-terminal cases: what a person types, everything they see, and the exit code.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "../support/terminal.rs"]
mod desk;
mod frame;
mod keys;
mod placements;
mod setup;
