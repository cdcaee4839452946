//! `request`: packs the work of a placement for a mentor to sign.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `request` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio request acme-forecasting\n  portfolio request acme-forecasting -o for-priya.request.zip"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("request"))
}
