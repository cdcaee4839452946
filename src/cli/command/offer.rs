//! `offer`: an offer before it is a placement: what was said, what is still unknown, and what became of it.

mod asking;
mod compare;
mod decide;
mod letter;
mod look;
mod questions;

use clap::Subcommand;

use crate::terminal::error::Outcome;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;

/// What `offer` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio offer new acme-forecasting\n  portfolio offer compare acme-forecasting lumen-data"
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with offers.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Write down an offer; again, to answer what was unknown
    New(asking::New),
    /// Write the e-mail that asks what is still unknown
    Ask(letter::Args),
    /// Show one offer
    Show(look::Show),
    /// List your offers
    List,
    /// Compare offers, unknowns in sight
    Compare(compare::Args),
    /// Turn an offer into a placement
    Accept(decide::Accept),
    /// Turn an offer down
    Decline(decide::Decline),
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::New(args) => asking::run(args, world, screen),
        Deed::Ask(args) => letter::run(args, world, screen),
        Deed::Show(args) => look::show(args, world, screen),
        Deed::List => look::list(world, screen),
        Deed::Compare(args) => compare::run(args, world, screen),
        Deed::Accept(args) => decide::accept(args, world, screen),
        Deed::Decline(args) => decide::decline(args, world, screen),
    }
}
