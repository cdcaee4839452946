//! `placement checkpoint ics`: the check-ins that were, and one a week that is still to come, for a calendar.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, Mode};
use portfolio::holder::{CheckpointLog, Placement, weeks};
use portfolio::path::Slug;
use portfolio::render::calendar::{Event, calendar};
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::replacing::may_replace;

/// What `placement checkpoint ics` is told.
#[derive(Debug, clap::Args)]
pub struct Ics {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// Where to write it; without one it is printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Ics, world: &World, screen: &mut Screen) -> Outcome {
    let (id, placement, log) = super::found(&args.name, world)?;
    let Some(file) = args.output.as_deref().filter(|file| *file != Path::new("-")) else {
        screen.raw(text(&id, &placement, &log, world).as_bytes());
        return Ok(exit::DONE);
    };
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}", shown(&world.at(file), world)));
        return Ok(exit::DONE);
    }
    let written = write(file, &id, &placement, &log, world, screen)?;
    if screen.manner.json {
        screen.json(
            &serde_json::json!({ "type": "CalendarWritten", "placement": id.as_str(), "file": written }),
        );
    } else {
        screen.say(&format!("Wrote {written}."));
    }
    Ok(exit::DONE)
}

/// Writes the calendar and says where.
pub fn write(
    file: &Path,
    id: &Slug,
    placement: &Placement,
    log: &CheckpointLog,
    world: &World,
    screen: &mut Screen,
) -> Result<String, Trouble> {
    let output = world.at(file);
    let undone = "The calendar was not written.";
    let replace = may_replace(&output, undone, world, screen)?;
    let write = if replace { disk::replace } else { disk::write_new };
    write(&output, text(id, placement, log, world).as_bytes(), Mode::Shared)
        .map_err(|fault| refusal(fault, world, undone))?;
    Ok(shown(&output, world))
}

fn text(id: &Slug, placement: &Placement, log: &CheckpointLog, world: &World) -> String {
    let today = world.now().date();
    let mut events: Vec<Event> = log
        .entries
        .iter()
        .enumerate()
        .map(|(place, logged)| {
            let record = &logged.record;
            let lines: Vec<String> = [
                (!record.who.is_empty()).then(|| format!("With {}", record.who.join(", "))),
                record.decided.as_ref().map(|decided| format!("Decided: {decided}")),
                record.next.as_ref().map(|next| format!("Next: {next}")),
            ]
            .into_iter()
            .flatten()
            .collect();
            Event {
                uid: format!("{}@{id}.portfolio", logged.name),
                day: record.date,
                summary: format!("Check-in {}, {} min: {}", place + 1, record.minutes, placement.title),
                description: (!lines.is_empty()).then(|| lines.join("\n")),
                planned: false,
            }
        })
        .collect();
    events.extend(to_come(id, placement, log, today));
    calendar(&format!("Check-ins: {}", placement.title), &events, world.now())
}

/// One for each week that has none and is not over, on the weekday of the last one.
fn to_come<'a>(
    id: &'a Slug,
    placement: &'a Placement,
    log: &'a CheckpointLog,
    today: Date,
) -> impl Iterator<Item = Event> + 'a {
    let offset = placement
        .starts
        .zip(log.entries.last())
        .map(|(starts, last)| starts.days_until(last.record.date).rem_euclid(7));
    let open = weeks(placement).into_iter().filter(move |week| {
        week.to >= today && !log.entries.iter().any(|e| (week.from..=week.to).contains(&e.record.date))
    });
    open.map(move |week| {
        let wished = week.from.start().plus_seconds(offset.unwrap_or(0) * 86_400).date();
        Event {
            uid: format!("week-{}@{id}.portfolio", week.number),
            day: wished.min(week.to).max(today.min(week.to)),
            summary: format!("Check-in of week {}: {}", week.number, placement.title),
            description: None,
            planned: true,
        }
    })
}
