//! `collect`: takes in the answer of a mentor, after showing what changed.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `collect` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio collect acme-forecasting.reply.json\n  portfolio collect reply.json --yes"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("collect"))
}
