//! `withdraw`: takes back a sign-off by a signed note of its own.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `withdraw` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio withdraw acme-forecasting.reply.json\n  portfolio withdraw reply.json --reason \"later version exists\""
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("withdraw"))
}
