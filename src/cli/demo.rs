//! `demo`: plays the whole journey in a sample folder.

use std::ffi::OsString;

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `demo` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio demo sample\n  portfolio demo sample --json")]
pub struct Args {}

/// Runs one command line in a world and on a screen of its own, and returns its exit code.
pub type Runner = fn(Vec<OsString>, &World, &mut Screen) -> u8;

/// Runs the command.
pub fn run(_args: &Args, _command: Runner, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("demo"))
}
