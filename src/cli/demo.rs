//! `demo`: plays the whole journey in a sample folder.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `demo` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio demo sample\n  portfolio demo sample --json")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("demo"))
}
