//! `sign`: a mentor reads a request, marks it and signs, or does not.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `sign` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio sign acme-forecasting-for-priya-nair.request.zip\n  portfolio sign acme.request.zip --marks met,partly --dry-run"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("sign"))
}
