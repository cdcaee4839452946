//! `offer show` and `offer list`: what was offered, unknowns in sight.

use portfolio::holder::{Decided, Offer, Question, State};
use portfolio::path::Slug;
use portfolio::render::escape::visible;
use portfolio::time::Date;

use super::questions;
use crate::command::placement;
use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad, width};
use crate::words::agreed;
use crate::words::answers;
use crate::words::folder_words;

/// What `offer show` is told.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub name: String,
}

const UNDONE: &str = "Nothing was shown.";

/// Shows one offer.
pub fn show(args: &Show, world: &World, screen: &mut Screen) -> Outcome {
    let id = answers::placement_id(&args.name)?;
    let folder = folder_words::find(world, UNDONE)?;
    let offer = folder.offer(&id).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "Offer", "id": id.as_str(), "offer": offer, "unknown": unknown(&offer) }));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        for question in Question::ALL {
            let answer = offer.answer(question);
            let words =
                answer.and_then(|answer| answer.words.as_deref()).map_or_else(|| "-".to_owned(), visible);
            let gist = answer.map_or_else(|| "unknown".to_owned(), agreed::gist).replace('\u{a0}', " ");
            screen.line(&format!("{id}\t{}\t{gist}\t{words}", question.name()));
        }
        return Ok(exit::DONE);
    }
    screen.say_under(&format!("{0}{id}{0:#}  ", style::HEAD), "  ", &summary(&offer));
    let row = |mark: &str, name: &str, text: &str, screen: &mut Screen| {
        screen.say_under(&format!("  {mark} {name:<13} "), "                  ", text);
    };
    row(" ", "Title", &visible(&offer.title), screen);
    if let Some(role) = &offer.role {
        row(" ", "Role", &visible(role), screen);
    }
    if let Some(mentor) = &offer.mentor {
        let email = mentor.email.as_ref().map(|email| format!(" <{}>", visible(email))).unwrap_or_default();
        row(" ", "Asked of", &format!("{}{email}", visible(&mentor.name)), screen);
    }
    for question in Question::ALL {
        match offer.answer(question).filter(|answer| answer.state != State::Unknown) {
            Some(answer) => row(" ", questions::title(question), &placement::described(answer), screen),
            None => {
                let mark = screen.symbol(Symbol::Ask);
                row(&mark, questions::title(question), "unknown", screen);
            }
        }
    }
    if let Some(decision) = &offer.decision {
        let how = match decision.outcome {
            Decided::Accepted => "Accepted",
            Decided::Declined => "Declined",
        };
        let why = decision.reason.as_deref().map(|why| format!(": {}", visible(why))).unwrap_or_default();
        row(" ", how, &format!("{}{why}", hold(&decision.on.people())), screen);
    }
    Ok(exit::DONE)
}

/// Lists all offers.
pub fn list(world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let all = folder.offers().map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if screen.manner.json {
        let rows = all.iter().map(
            |(id, offer)| serde_json::json!({ "id": id.as_str(), "offer": offer, "unknown": unknown(offer) }),
        );
        let rows: Vec<_> = rows.collect();
        screen.json(&serde_json::json!({ "type": "OfferList", "offers": rows }));
    } else if screen.manner.plain {
        for (id, offer) in &all {
            screen.line(&format!(
                "{id}\t{}\t{}\t{}",
                visible(&offer.title),
                state(offer),
                offer.unknown().len()
            ));
        }
    } else if all.is_empty() {
        screen.line("There is no offer yet.");
        screen.next("portfolio offer new NAME");
    } else {
        let widest = all.iter().map(|(id, _)| width(id.as_str())).max().unwrap_or(0);
        for (id, offer) in &all {
            let lead = format!("{}  ", pad(id.as_str(), widest));
            let text = format!("{}; {}", summary(offer), standing(offer));
            screen.say_under(&lead, &" ".repeat(widest + 2), &text);
        }
    }
    Ok(exit::DONE)
}

fn unknown(offer: &Offer) -> Vec<&'static str> {
    offer.unknown().into_iter().map(Question::name).collect()
}

fn state(offer: &Offer) -> &'static str {
    match offer.decision.as_ref().map(|decision| decision.outcome) {
        None => "open",
        Some(Decided::Accepted) => "accepted",
        Some(Decided::Declined) => "declined",
    }
}

fn standing(offer: &Offer) -> String {
    match &offer.decision {
        Some(decision) => format!("{} on {}", state(offer), hold(&decision.on.people())),
        None => match offer.unknown().len() {
            0 => "every question answered".to_owned(),
            1 => "1 question unknown".to_owned(),
            open => format!("{open} questions unknown"),
        },
    }
}

/// Where and when: `Acme Retail Ltd, 1 Jun 2026 to 24 Jul 2026`.
pub fn summary(offer: &Offer) -> String {
    let place =
        offer.organisation.as_deref().map_or_else(|| "organisation not written down".to_owned(), visible);
    format!("{place}, {}", days(offer.starts, offer.ends))
}

/// The days in words.
pub fn days(starts: Option<Date>, ends: Option<Date>) -> String {
    match (starts, ends) {
        (Some(starts), Some(ends)) => {
            format!("{} to {}", hold(&starts.people()), hold(&ends.people()))
        }
        (Some(starts), None) => format!("from {}", hold(&starts.people())),
        (None, Some(ends)) => format!("until {}", hold(&ends.people())),
        (None, None) => "days not written down".to_owned(),
    }
}

/// The offer of that name, for a command of several.
pub fn found(name: &str, world: &World) -> Result<(Slug, Offer), crate::terminal::error::Trouble> {
    let id = answers::placement_id(name)?;
    let folder = folder_words::find(world, UNDONE)?;
    let offer = folder.offer(&id).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    Ok((id, offer))
}
