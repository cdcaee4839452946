//! `add`: takes a piece of work into the portfolio.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `add` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio add report.pdf --placement acme-forecasting --for 1\n  portfolio add model.zip --placement acme-forecasting --for 3 --confidential"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("add"))
}
