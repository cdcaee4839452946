//! `offer accept` and `offer decline`: what becomes of an offer.

use portfolio::path::Slug;

use super::questions;
use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `offer accept` is told.
#[derive(Debug, clap::Args)]
pub struct Accept {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub name: String,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

/// What `offer decline` is told.
#[derive(Debug, clap::Args)]
pub struct Decline {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub name: String,
    /// Why, for yourself
    #[arg(long, value_name = "WHY")]
    pub reason: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "The offer was not decided.";

/// Turns an offer into a placement; nothing is typed twice.
pub fn accept(args: &Accept, world: &World, screen: &mut Screen) -> Outcome {
    let id = answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("offer accept", args.waiting, world, UNDONE)?;
    let offer = locked.offer(&id).map_err(refused)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write placements/{id}/placement.json"));
        return Ok(exit::DONE);
    }
    let placement = locked.accept_offer(&id, world.now()).map_err(refused)?;
    if screen.manner.json {
        screen
            .json(&serde_json::json!({ "type": "OfferAccepted", "id": id.as_str(), "placement": placement }));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        screen.line(&format!("{id}\taccepted\t{}", offer.unknown().len()));
        return Ok(exit::DONE);
    }
    screen.line(&format!("Accepted {id}. Wrote placements/{id}/placement.json"));
    let open = offer.unknown();
    if !open.is_empty() {
        let titles: Vec<String> =
            open.iter().map(|question| questions::title(*question).to_lowercase()).collect();
        let mark = screen.symbol(Symbol::Ask);
        screen.say_under(&format!("  {mark}  "), "     ", &format!("Still unknown: {}.", titles.join(", ")));
    }
    screen.next(&format!("portfolio placement brief {id}"));
    Ok(exit::DONE)
}

/// Notes that an offer was turned down.
pub fn decline(args: &Decline, world: &World, screen: &mut Screen) -> Outcome {
    let id: Slug = answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("offer decline", args.waiting, world, UNDONE)?;
    locked.offer(&id).map_err(refused)?;
    let question = "Why, for yourself (Enter to say nothing): ";
    let reason =
        answers::given_or_skipped(args.reason.as_deref(), question, "--reason", answers::words, screen)?;
    let reason = reason.filter(|reason| !reason.is_empty());
    if screen.manner.dry_run {
        screen.say(&format!("Would write private/{id}/offer.json"));
        return Ok(exit::DONE);
    }
    let offer = locked.decline_offer(&id, reason, world.now()).map_err(refused)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "OfferDeclined", "id": id.as_str(), "offer": offer }));
    } else if screen.manner.plain {
        screen.line(&format!("{id}\tdeclined"));
    } else {
        screen.settle();
        screen.line(&format!("Declined {id}. It stays in private/{id}/offer.json"));
    }
    Ok(exit::DONE)
}
