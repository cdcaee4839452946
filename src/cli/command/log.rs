//! `log`: what happened, newest first, by the records' own dates.

use portfolio::holder::{Clock, Event, EventKind, Moment};
use portfolio::render::escape::{quoted, visible};

use crate::terminal::error::{Outcome, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad};
use crate::words::folder_words;

/// What `log` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio log\n  portfolio log --placement acme-forecasting -v")]
pub struct Args {
    /// Only what belongs to this placement
    #[arg(long, value_name = "PLACEMENT")]
    pub placement: Option<String>,
}

const UNDONE: &str = "Nothing was shown.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let folder = folder_words::find(world, UNDONE)?;
    let mut events = folder.events().map_err(refused)?;
    if let Some(name) = &args.placement {
        let id = crate::words::answers::placement_id(name)?;
        folder.placement(&id).map_err(refused)?;
        events.retain(|event| event.placement.as_ref() == Some(&id));
    }
    if screen.manner.json {
        let list: Vec<_> = events.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "Log", "events": list }));
    } else if screen.manner.plain {
        events.iter().for_each(|event| screen.line(&plain(event)));
    } else {
        for event in &events {
            let day = pad(&event.at.date().people(), 11);
            screen.say_under(&format!("{day}  "), "             ", &sentence(event));
            if screen.manner.verbose {
                screen.say_under("             ", "             ", &visible(&event.source));
            }
        }
    }
    Ok(exit::DONE)
}

fn sentence(event: &Event) -> String {
    let words = visible(&event.words);
    let at = event.placement.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    let text = match event.kind {
        EventKind::Made => "The portfolio was made".to_owned(),
        EventKind::Offered => format!("Wrote down the offer {}", quoted(&event.words)),
        EventKind::Accepted => format!("Accepted the offer {}", quoted(&event.words)),
        EventKind::Refused => format!("Declined the offer {}", quoted(&event.words)),
        EventKind::Recorded => format!("Wrote down the placement {}{at}", quoted(&event.words)),
        EventKind::Frozen => format!("Froze the brief, {words}{at}"),
        EventKind::CheckedIn => format!("Check-in, {words}{at}"),
        EventKind::Closed => format!("Closed the placement {}{at}", quoted(&event.words)),
        EventKind::Added => format!("Added {}{at}", quoted(&event.words)),
        EventKind::Replaced => format!("Replaced {words}{at}"),
        EventKind::Asked => format!("Asked {} to sign{at}", quoted(&event.words)),
        EventKind::Signed => format!("Signed by a key that calls itself {}{at}", quoted(&event.words)),
        EventKind::Declined => format!("Declined by {}{at}", quoted(&event.words)),
        EventKind::Deposited => format!("Deposited {}{at}", quoted(&event.words)),
        EventKind::Told => format!("Began the story {}", quoted(&event.words)),
        EventKind::Planned => format!("Wrote down the move {}", quoted(&event.words)),
        EventKind::CameOfIt => format!("Came of it: {words}{at}"),
        _ => words,
    };
    let whose = match event.clock {
        Clock::Theirs => format!(", by {}", hold("their own clock")),
        Clock::Own | Clock::Written => String::new(),
    };
    format!("{text}{whose}")
}

fn clock_word(clock: Clock) -> &'static str {
    match clock {
        Clock::Own => "own",
        Clock::Theirs => "theirs",
        Clock::Written => "written",
    }
}

fn moment(at: Moment) -> String {
    match at {
        Moment::Exact(at) => at.to_string(),
        Moment::Day(day) => day.to_string(),
    }
}

/// One line for programs: when, whose clock, what, placement, words, record.
fn plain(event: &Event) -> String {
    let fields = [
        moment(event.at),
        clock_word(event.clock).to_owned(),
        event.kind.as_str().to_owned(),
        event.placement.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string),
        visible(&event.words),
        visible(&event.source),
    ];
    fields.join("\t")
}

fn as_json(event: &Event) -> serde_json::Value {
    let mut value = serde_json::json!({
        "at": moment(event.at),
        "clock": clock_word(event.clock),
        "kind": event.kind.as_str(),
        "words": event.words,
        "source": event.source,
    });
    if let Some(placement) = &event.placement {
        value["placement"] = placement.as_str().into();
    }
    value
}
