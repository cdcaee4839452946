//! `checklist`: the first thirty days of a placement, computed from what the folder holds.

use std::path::PathBuf;

use portfolio::holder::{Due, FirstMonth, MOVES, Step};
use portfolio::render::calendar::{Event, calendar};
use portfolio::render::escape::visible;
use portfolio::render::naming::some_of;
use portfolio::time::Date;

use crate::command::listing::write_file;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::folder_words;

/// What `checklist` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio checklist\n  portfolio checklist acme-forecasting --ics first-month.ics"
)]
pub struct Args {
    /// The placement; without one, every placement that is not closed
    #[arg(value_name = "PLACEMENT")]
    pub placement: Option<String>,
    /// Write the days for a calendar
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Print an e-mail that asks the mentor what is still unknown
    #[arg(long, conflicts_with_all = ["json", "plain", "ics"])]
    pub email: bool,
}

const UNDONE: &str = "Nothing was shown.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let folder = folder_words::find(world, UNDONE)?;
    let mut all = folder.first_months().map_err(refused)?;
    match &args.placement {
        Some(name) => {
            let id = crate::words::answers::placement_id(name)?;
            folder.placement(&id).map_err(refused)?;
            all.retain(|month| month.id == id);
        }
        None => all.retain(|month| month.placement.closed.is_none()),
    }
    if args.email {
        return email(&all, &folder.about().name, screen);
    }
    if let Some(path) = &args.ics {
        return write_calendar(&all, path, world, screen);
    }
    if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "Checklist", "placements": list }));
    } else if screen.manner.plain {
        for month in &all {
            month.steps.iter().for_each(|due| screen.line(&plain(month, due)));
        }
    } else if all.is_empty() {
        screen.line("There is no open placement.");
        screen.next("portfolio placement new NAME");
    } else {
        for (place, month) in all.iter().enumerate() {
            if place > 0 {
                screen.gap();
            }
            show(month, world.now().date(), screen);
        }
        if let Some((month, due)) = next(&all) {
            screen.next(&command(month, due));
        }
    }
    Ok(exit::DONE)
}

fn show(month: &FirstMonth, today: Date, screen: &mut Screen) {
    let day = month.from.days_until(today) + 1;
    let count = if (1..=30).contains(&day) { format!(", day {day} of 30") } else { String::new() };
    let from = format!("first day {}{count}", hold(&month.from.people()));
    screen.say_under(&format!("{0}{1}{0:#}   ", style::HEAD, month.id), "  ", &from);
    for due in &month.steps {
        let late = !due.done && due.due < today;
        let mark = screen.symbol(match (due.done, late) {
            (true, _) => Symbol::Good,
            (false, true) => Symbol::Alert,
            (false, false) => Symbol::Silent,
        });
        let by = match (due.done, late) {
            (true, _) => "done".to_owned(),
            (false, true) => format!("was due {}", hold(&due.due.people())),
            (false, false) => format!("by {}", hold(&due.due.people())),
        };
        screen.say_under(&format!("  {mark} "), "    ", &format!("{}: {by}{}", title(due.step), facts(due)));
    }
}

fn title(step: Step) -> &'static str {
    match step {
        Step::Spec => "Ask for the credential's schema, and how it is checked",
        Step::Export => "Have one deliverable in an open format",
        Step::Story => "Write a story about one piece of work",
        Step::Moves => "Map three next moves",
    }
}

/// What is there already.
fn facts(due: &Due) -> String {
    match (due.step, &due.facts[..]) {
        (_, []) => String::new(),
        (Step::Moves, facts) if !due.done => format!(", {} of {MOVES}", facts.len()),
        (_, facts) => format!(", {}", some_of(facts)),
    }
}

/// The first step that is open, by its day.
fn next(all: &[FirstMonth]) -> Option<(&FirstMonth, &Due)> {
    let open = all.iter().flat_map(|month| month.steps.iter().map(move |due| (month, due)));
    open.filter(|(_, due)| !due.done).min_by_key(|(_, due)| due.due)
}

fn command(month: &FirstMonth, due: &Due) -> String {
    match due.step {
        Step::Spec => format!("portfolio checklist {} --email", month.id),
        Step::Export => format!("portfolio add {} FILE", month.id),
        Step::Story => "portfolio story new case-study --on ID".to_owned(),
        Step::Moves => "portfolio moves add TITLE --needs SKILL".to_owned(),
    }
}

fn write_calendar(all: &[FirstMonth], path: &std::path::Path, world: &World, screen: &mut Screen) -> Outcome {
    let mut days = Vec::new();
    for month in all {
        for due in month.steps.iter().filter(|due| !due.done) {
            days.push(Event {
                uid: format!("checklist-{}-{}@portfolio", month.id, due.step.as_str()),
                day: due.due,
                summary: format!("{} ({})", title(due.step), month.id),
                description: Some(command(month, due)),
                planned: true,
            });
        }
    }
    let count = if days.len() == 1 { "1 day".to_owned() } else { format!("{} days", days.len()) };
    if screen.manner.dry_run {
        screen.say(&format!("Would write {count}"));
        return Ok(exit::DONE);
    }
    let text = calendar("First month", &days, world.now());
    let shown = write_file(path, text.as_bytes(), screen.manner.yes, world)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "CalendarWritten", "path": shown, "days": days.len() }));
    } else {
        screen.say(&format!("Wrote {shown}: {count} for your calendar."));
    }
    Ok(exit::DONE)
}

/// The questions that nobody has answered, to the mentor of the first placement that has any.
fn email(all: &[FirstMonth], own: &str, screen: &mut Screen) -> Outcome {
    let open = |month: &&FirstMonth| month.steps.iter().any(|due| due.step == Step::Spec && !due.done);
    let Some(month) = all.iter().find(open) else {
        return Err(Trouble::new(exit::NO, "nothing-to-ask", "there is nothing left to ask a mentor")
            .fact("The schema of the credential and how it is checked are written down."));
    };
    let placement = &month.placement;
    let (name, address) = placement
        .mentor
        .as_ref()
        .map_or((None, None), |mentor| (Some(mentor.name.as_str()), mentor.email.as_deref()));
    screen
        .line(&format!("To: {}", address.map_or_else(|| "(no address is written down)".to_owned(), visible)));
    screen.line(&format!("Subject: {}: four questions before I start", visible(&placement.title)));
    screen.gap();
    let first = name.and_then(|name| name.split_whitespace().next());
    screen.say(&first.map_or_else(|| "Hello,".to_owned(), |first| format!("Hello {},", visible(first))));
    screen.gap();
    screen.say("So that what I do with you can be shown later, I would like to know:");
    for (place, question) in QUESTIONS.iter().enumerate() {
        screen.say_under(&format!("  {}. ", place + 1), "     ", question);
    }
    screen.gap();
    screen.say("An open one, such as Open Badges 3.0, would let others check it without asking you. A line to each is enough.");
    screen.gap();
    screen.say(&visible(own));
    Ok(exit::DONE)
}

const QUESTIONS: [&str; 4] = [
    "In which format and by which schema will the credential come?",
    "How can somebody else check it, and until when will its links live?",
    "Will I get an export of my work at the end?",
    "What must stay confidential, and until when?",
];

/// One line for programs: placement, step, last day, done or open, what is there.
fn plain(month: &FirstMonth, due: &Due) -> String {
    let fields = [
        month.id.to_string(),
        due.step.as_str().to_owned(),
        due.due.to_string(),
        if due.done { "done" } else { "open" }.to_owned(),
        visible(&due.facts.join(",")),
    ];
    fields.join("\t")
}

fn as_json(month: &FirstMonth) -> serde_json::Value {
    let steps = month.steps.iter().map(|due| {
        serde_json::json!({
            "step": due.step.as_str(),
            "due": due.due.to_string(),
            "done": due.done,
            "facts": due.facts,
            "command": command(month, due),
        })
    });
    serde_json::json!({
        "id": month.id.as_str(),
        "from": month.from.to_string(),
        "steps": steps.collect::<Vec<_>>(),
    })
}
