//! Whole-terminal cases: what a person types, everything they see, and the exit code.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests stop at the first surprise and reach the disk, and say what they could not compare"
)]

mod asking;
mod awkward;
#[path = "../support/badges.rs"]
#[allow(dead_code, reason = "other tests need the rest of it")]
mod badges;
mod bundling;
mod checking;
mod checkpoints;
mod collecting;
mod comparing;
mod deposits;
mod deposits_later;
#[path = "../support/terminal.rs"]
mod desk;
mod exporting;
mod frame;
mod gates;
mod keys;
mod manual;
mod mentor;
mod offers;
mod overview;
mod pictures;
mod placements;
mod prospects;
mod refused_work;
mod rotating;
mod setup;
mod standing;
mod statements;
mod stories;
mod telling;
mod terms;
mod vouching;
mod whole_placements;
mod work;
