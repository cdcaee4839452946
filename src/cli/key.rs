//! `key`: makes, lists, shows, backs up and restores signing keys.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `key` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio key list\n  portfolio key backup alex-rivera")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("key"))
}
