//! `completions`: what a shell needs to complete our commands.

use clap_complete::Shell;

use crate::terminal::error::{Outcome, exit};
use crate::terminal::screen::Screen;

/// What `completions` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio completions bash > ~/.local/share/bash-completion/completions/portfolio\n  \
                         portfolio completions fish > ~/.config/fish/completions/portfolio.fish"
)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the completions of the command `tree`.
pub fn run(args: &Args, mut tree: clap::Command, screen: &mut Screen) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut tree, "portfolio", &mut script);
    screen.raw(&script);
    Ok(exit::DONE)
}
