//! `status`: shows what is there and what comes next.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `status` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio status\n  portfolio status --json")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("status"))
}
