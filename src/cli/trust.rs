//! `trust`: the list of signers this person knows.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `trust` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio trust add alex-rivera.zip --as \"Priya Nair, Acme Retail Ltd\"\n  portfolio trust list"
)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("trust"))
}
