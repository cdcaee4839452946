//! `show`: looks inside a file without judging it.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `show` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio show alex-rivera.zip\n  portfolio show acme-forecasting.reply.json")]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("show"))
}
