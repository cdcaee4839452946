//! `init`: makes a portfolio and a key, with three questions.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `init` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio init\n  portfolio init --name \"Alex Rivera\" --email alex@rivera.example"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("init"))
}
