//! `placement`: writes down where the work is done and what was asked.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `placement` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio placement new acme-forecasting\n  portfolio placement brief acme-forecasting"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("placement"))
}
