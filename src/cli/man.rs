//! `man`: the manual pages, printed or written into a folder.

use crate::error::{Outcome, Trouble};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `man` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio man | man -l -\n  portfolio man --dir ~/.local/share/man/man1")]
pub struct Args {}

/// Prints or writes the pages.
pub fn run(_args: &Args, _tree: clap::Command, _world: &World, _screen: &mut Screen) -> Outcome {
    Err(Trouble::not_in_this_build("man"))
}
