//! `placement checkpoint list`: the check-ins, oldest first, and where their chain breaks.

use std::path::PathBuf;

use portfolio::holder::{Checkpoint, CheckpointLog, Placement};
use portfolio::path::Slug;
use portfolio::render::escape::visible;

use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::placement_words::chain_break;

/// What `placement checkpoint list` is told.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// Write the calendar too
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &List, world: &World, screen: &mut Screen) -> Outcome {
    let (id, placement, log) = super::found(&args.name, world)?;
    let code = if log.breaks.is_empty() { exit::DONE } else { exit::NO };
    let written = match &args.ics {
        Some(file) if !screen.manner.dry_run => {
            Some(super::calendar::write(file, &id, &placement, &log, world, screen)?)
        }
        _ => None,
    };
    if screen.manner.json {
        screen.json(&as_json(&id, &placement, &log, world));
        return Ok(code);
    }
    if screen.manner.plain {
        for (place, logged) in log.entries.iter().enumerate() {
            screen.line(&plain(&id, place + 1, &logged.record));
        }
        return Ok(code);
    }
    if log.entries.is_empty() {
        screen.line("There is no check-in yet.");
        screen.next(&format!("portfolio placement checkpoint add {id}"));
        return Ok(code);
    }
    for (place, logged) in log.entries.iter().enumerate() {
        let lead = format!("{:>3}  ", place + 1);
        screen.say_under(&lead, "     ", &described(&logged.record));
        if screen.manner.verbose {
            screen.line(&format!("     sha256 {}", logged.digest));
        }
    }
    let count = log.entries.len();
    let things = if count == 1 { "check-in" } else { "check-ins" };
    screen.gap();
    screen.say(&format!("{count} {things}, {} min in all.", log.minutes()));
    super::tell(&log.notes(&placement, world.now().date()), screen);
    for found in &log.breaks {
        let mark = screen.symbol(Symbol::Bad);
        screen.say_under(&format!("  {mark}  "), "     ", &chain_break(found));
    }
    if let Some(file) = written {
        screen.say(&format!("Wrote {file}."));
    }
    Ok(code)
}

/// One check-in: `3 Jun 2026, 45 min, with Priya Nair. Decided: …. Next: …`
fn described(checkpoint: &Checkpoint) -> String {
    let mut text = hold(&format!("{}, {} min", checkpoint.date.people(), checkpoint.minutes));
    if !checkpoint.who.is_empty() {
        let who: Vec<String> = checkpoint.who.iter().map(|name| visible(name)).collect();
        text += &format!(", with {}", who.join(", "));
    }
    if let Some(decided) = &checkpoint.decided {
        text += &format!(". Decided: {}", visible(decided));
    }
    if let Some(next) = &checkpoint.next {
        text += &format!(". Next: {}", visible(next));
    }
    text
}

/// One line for programs: placement, number, day, minutes, who, decided, next.
pub fn plain(id: &Slug, number: usize, checkpoint: &Checkpoint) -> String {
    let text = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), visible);
    let who: Vec<String> = checkpoint.who.iter().map(|name| visible(name)).collect();
    let fields = [
        id.to_string(),
        number.to_string(),
        checkpoint.date.to_string(),
        checkpoint.minutes.to_string(),
        if who.is_empty() { "-".to_owned() } else { who.join(", ") },
        text(&checkpoint.decided),
        text(&checkpoint.next),
    ];
    fields.join("\t")
}

fn as_json(id: &Slug, placement: &Placement, log: &CheckpointLog, world: &World) -> serde_json::Value {
    let entries = log.entries.iter().map(|logged| {
        serde_json::json!({ "name": logged.name, "sha256": logged.digest.hex(), "checkpoint": logged.record })
    });
    let notes = log.notes(placement, world.now().date());
    serde_json::json!({
        "type": "CheckpointList",
        "placement": id.as_str(),
        "checkpoints": entries.collect::<Vec<_>>(),
        "minutes": log.minutes(),
        "head": log.head().map(|head| head.hex()),
        "notes": notes.iter().map(super::sentence).collect::<Vec<_>>(),
        "breaks": log.breaks.iter().map(chain_break).collect::<Vec<_>>(),
    })
}
