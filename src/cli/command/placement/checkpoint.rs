//! `placement checkpoint`: the log of check-ins with the mentor.

mod calendar;
mod log;

use clap::Subcommand;
use portfolio::holder::{Checkpoint, CheckpointLog, LogNote, Placement, weeks};
use portfolio::path::Slug;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `placement checkpoint` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with check-ins.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Write down a check-in
    Add(Add),
    /// List the check-ins
    List(log::List),
    /// Write the check-ins, and those to come, for a calendar
    Ics(calendar::Ics),
}

/// What `placement checkpoint add` is told.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// How long it was, in minutes
    #[arg(long, value_name = "NUMBER")]
    pub minutes: Option<String>,
    /// Who was there besides you [default: the mentor]; may be given again
    #[arg(long, value_name = "NAME")]
    pub who: Vec<String>,
    /// What was decided
    #[arg(long, value_name = "TEXT")]
    pub decided: Option<String>,
    /// The next step
    #[arg(long, value_name = "TEXT")]
    pub next: Option<String>,
    /// Write the calendar too
    #[arg(long, value_name = "FILE")]
    pub ics: Option<std::path::PathBuf>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "No check-in was written down.";
/// Longer than a day is a slip of the keyboard.
const MOST: u32 = 1_440;

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::Add(add) => write_down(add, world, screen),
        Deed::List(list) => log::run(list, world, screen),
        Deed::Ics(ics) => calendar::run(ics, world, screen),
    }
}

fn write_down(args: &Add, world: &World, screen: &mut Screen) -> Outcome {
    let id = crate::words::answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("placement checkpoint add", args.waiting, world, UNDONE)?;
    let placement = locked.placement(&id).map_err(refused)?;
    let checkpoint = ask(args, &placement, world, screen)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write placements/{id}/checkpoints/{}.json", checkpoint.date));
        return Ok(exit::DONE);
    }
    let (path, checkpoint) = locked.add_checkpoint(&id, checkpoint).map_err(refused)?;
    let log = locked.checkpoints(&id).map_err(refused)?;
    let written = args.ics.as_ref().map(|file| calendar::write(file, &id, &placement, &log, world, screen));
    let written = written.transpose()?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if screen.manner.json {
        let document = serde_json::json!({
            "type": "CheckpointWritten", "placement": id.as_str(), "name": name, "checkpoint": checkpoint,
            "head": log.head().map(|head| head.hex()),
        });
        screen.json(&document);
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        screen.line(&log::plain(&id, log.entries.len(), &checkpoint));
        return Ok(exit::DONE);
    }
    screen.settle();
    screen.say(&recorded(&checkpoint, &log, &placement));
    let mut notes = log.notes(&placement, world.now().date());
    notes.retain(|note| is_about(note, &name));
    tell(&notes, screen);
    if let Some(file) = written {
        screen.say(&format!("Wrote {file}."));
    }
    Ok(exit::DONE)
}

/// `Recorded check-in 1, 3 Jun 2026, 45 min. The plan is 8, one a week.`
fn recorded(checkpoint: &Checkpoint, log: &CheckpointLog, placement: &Placement) -> String {
    let day = hold(&checkpoint.date.people());
    let facts = format!(
        "Recorded check-in {}, {day}, {}.",
        log.entries.len(),
        hold(&format!("{} min", checkpoint.minutes))
    );
    match weeks(placement).len() {
        0 | 1 => facts,
        planned => format!("{facts} The plan is {planned}, one a week."),
    }
}

/// Missing weeks are news each time; an odd length only with its own record.
fn is_about(note: &LogNote, written: &str) -> bool {
    match note {
        LogNote::UnusualLength { name, .. } | LogNote::OutsideDays { name } => name == written,
        _ => true,
    }
}

/// Notes about the log, each with its mark; weeks that are missing stand together.
fn tell(notes: &[LogNote], screen: &mut Screen) {
    let missing: Vec<String> = notes
        .iter()
        .filter_map(|note| match note {
            LogNote::WeekMissing { week, .. } => Some(week.to_string()),
            _ => None,
        })
        .collect();
    let weeks = match missing.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            Some(format!("Weeks {} and {last} have no check-in.", first.join(", ")))
        }
        _ => None,
    };
    let together = |note: &&LogNote| weeks.is_none() || !matches!(note, LogNote::WeekMissing { .. });
    let sentences = weeks.iter().cloned().chain(notes.iter().filter(together).map(sentence));
    for sentence in sentences.collect::<Vec<_>>() {
        let mark = screen.symbol(Symbol::Alert);
        screen.say_under(&format!("  {mark}  "), "     ", &sentence);
    }
}

/// A note about the log, as a sentence.
pub fn sentence(note: &LogNote) -> String {
    match note {
        LogNote::WeekMissing { week, from, to } => {
            format!("Week {week}, {} to {}, has no check-in.", hold(&from.people()), hold(&to.people()))
        }
        LogNote::UnusualLength { name, minutes } => {
            format!("{name} took {}; 30 to 90 is usual.", hold(&format!("{minutes} min")))
        }
        LogNote::OutsideDays { name } => format!("{name} is outside the days of the placement."),
        _ => "Something in the log is unusual.".to_owned(),
    }
}

fn ask(args: &Add, placement: &Placement, world: &World, screen: &mut Screen) -> Result<Checkpoint, Trouble> {
    let flag = |given: Option<&String>, read: fn(&str) -> Result<Date, String>| {
        given
            .map(|text| read(text))
            .transpose()
            .map_err(|why| Trouble::usage("--date cannot be used").fact(why).fact(UNDONE))
    };
    let date = flag(args.date.as_ref(), answers::day)?.unwrap_or_else(|| world.now().date());
    let minutes = answers::given_or_asked(
        args.minutes.as_deref(),
        "  How long was it, in minutes: ",
        "--minutes",
        read_minutes,
        screen,
    )?;
    // A script that says how long it was says what else there is to say.
    let asking = args.minutes.is_none();
    let who = if args.who.is_empty() {
        placement.mentor.iter().map(|mentor| mentor.name.clone()).collect()
    } else {
        let names: Result<Vec<String>, String> =
            args.who.iter().map(|name| answers::name(name.trim())).collect();
        names.map_err(|why| Trouble::usage("--who cannot be used").fact(why).fact(UNDONE))?
    };
    let mut words = |given: &Option<String>, question: &str, flag: &str| match (given, asking) {
        (None, false) => Ok(None),
        _ => answers::given_or_skipped(given.as_deref(), question, flag, answers::words, screen),
    };
    Ok(Checkpoint {
        format_version: portfolio::holder::FORMAT,
        date,
        minutes,
        who,
        decided: words(&args.decided, "  What was decided (Enter for nothing): ", "--decided")?
            .filter(|t| !t.is_empty()),
        next: words(&args.next, "  Next step (Enter for none): ", "--next")?.filter(|t| !t.is_empty()),
        previous: None,
        other: Default::default(),
    })
}

fn read_minutes(text: &str) -> Result<u32, String> {
    let number = text.trim_end_matches("min").trim();
    match number.parse() {
        Ok(minutes) if (1..=MOST).contains(&minutes) => Ok(minutes),
        _ => Err("A length is a whole number of minutes, such as 45.".to_owned()),
    }
}

/// The placement of that name and its log.
fn found(name: &str, world: &World) -> Result<(Slug, Placement, CheckpointLog), Trouble> {
    let undone = "Nothing was shown.";
    let refused = |fault| folder_words::refusal(fault, world, undone);
    let id = crate::words::answers::placement_id(name)?;
    let folder = folder_words::find(world, undone)?;
    let placement = folder.placement(&id).map_err(refused)?;
    let log = folder.checkpoints(&id).map_err(refused)?;
    Ok((id, placement, log))
}
