//! `bundle`: packs what a recruiter may see into one file, and checks it as a stranger would.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `bundle` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio bundle\n  portfolio bundle --placement acme-forecasting -o alex.zip")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("bundle"))
}
