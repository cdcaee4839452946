//! `verify`: checks bundles and sign-offs, and says four things apart.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `verify` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio verify alex-rivera.zip\n  portfolio verify --json *.zip")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("verify"))
}
