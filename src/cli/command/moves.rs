//! `moves`: what you want to do next, what it asks for, and which of your evidence already serves.

use clap::Subcommand;
use portfolio::holder::{Mapped, Skill, Word};
use portfolio::render::escape::visible;

use crate::command::skills;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `moves` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio moves\n  portfolio moves add \"Junior analyst\" --needs SQL --needs Forecasting"
)]
pub struct Args {
    /// What to do; without it, list them.
    #[command(subcommand)]
    pub deed: Option<Deed>,
}

/// What to do with next moves.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Write down a next move and the skills it asks for
    Add(New),
    /// List your next moves and what serves them
    List,
}

/// What `moves add` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// What it is, such as "Junior data analyst"
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// A skill it asks for, by name or as "NAME <URL>"; once for each
    #[arg(long, value_name = "SKILL")]
    pub needs: Vec<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was written.";
/// More than any advertisement asks for.
const MOST: usize = 50;

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Some(Deed::Add(new)) => add(new, world, screen),
        Some(Deed::List) | None => list(world, screen),
    }
}

fn add(args: &New, world: &World, screen: &mut Screen) -> Outcome {
    let title = answers::name(args.title.trim()).map_err(|why| Trouble::usage(why).fact(UNDONE))?;
    let needs = if args.needs.is_empty() {
        ask(screen)?
    } else {
        args.needs.iter().map(|text| need(text)).collect::<Result<_, _>>()?
    };
    if needs.is_empty() || needs.len() > MOST {
        let found = needs.len();
        return Err(Trouble::usage("a move asks for some skills")
            .fact(format!("There are {found}; 1 to {MOST} are possible. {UNDONE}"))
            .hint("name each: --needs SQL --needs Forecasting"));
    }
    let locked = folder_words::lock("moves add", args.waiting, world, UNDONE)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write down {}", visible(&title)));
        return Ok(exit::DONE);
    }
    let done = locked.add_move(&title, needs, world.now());
    let (id, record) = done.map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "MoveWritten", "id": id.as_str(), "move": record }));
        return Ok(exit::DONE);
    }
    screen.settle();
    screen.line(&format!("Wrote moves/{id}.json"));
    screen.next("portfolio moves");
    Ok(exit::DONE)
}

fn ask(screen: &mut Screen) -> Result<Vec<Skill>, Trouble> {
    let mut needs = Vec::new();
    while needs.len() < MOST {
        let finish = if needs.is_empty() { "" } else { " (Enter to finish)" };
        let question = format!("  A skill it asks for{finish}: ");
        let first = needs.is_empty();
        let answer = screen.ask_until(&question, "--needs SKILL", |answer| {
            if answer.is_empty() && !first { Ok(None) } else { answers::name(answer).map(Some) }
        })?;
        let Some(answer) = answer else { break };
        needs.push(need(&answer)?);
    }
    Ok(needs)
}

/// `Forecasting`, or `Forecasting <https://data.europa.eu/esco/skill/…>`.
fn need(text: &str) -> Result<Skill, Trouble> {
    match text.split_once('<') {
        Some((name, rest)) => skills::read(name, Some(rest.trim().trim_end_matches('>'))),
        None => skills::read(text, None),
    }
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let folder = folder_words::find(world, undone)?;
    let all = folder.moves().map_err(|fault| folder_words::refusal(fault, world, undone))?;
    if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "MoveList", "moves": list }));
    } else if screen.manner.plain {
        all.iter().for_each(|mapped| plain(mapped, screen));
    } else if all.is_empty() {
        screen.line("No next move is written down yet.");
        screen.next("portfolio moves add TITLE --needs SKILL");
    } else {
        for (place, mapped) in all.iter().enumerate() {
            if place > 0 {
                screen.gap();
            }
            show(mapped, screen);
        }
    }
    Ok(exit::DONE)
}

fn show(mapped: &Mapped, screen: &mut Screen) {
    let of = |word: Word| {
        mapped.needs.iter().filter(|need| need.served.first().is_some_and(|s| s.word == word)).count()
    };
    let missing = mapped.needs.iter().filter(|need| need.served.is_empty()).count();
    let counts = [
        ("signed", of(Word::Signed)),
        ("deposited", of(Word::Deposited)),
        ("your own word", of(Word::Own)),
        ("missing", missing),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let heading = format!("{0}{1}{0:#}   ", style::HEAD, visible(&mapped.record.title));
    screen.say_under(&heading, "  ", &format!("asks for {}: {}", mapped.needs.len(), counts.join(", ")));
    for need in &mapped.needs {
        if need.served.is_empty() {
            let mark = screen.symbol(Symbol::Alert);
            screen.say_under(
                &format!("  {mark} "),
                "    ",
                &format!("{}: missing", visible(&need.skill.name)),
            );
            continue;
        }
        screen.say_under("  ", "  ", &visible(&need.skill.name));
        for shown in &need.served {
            skills::show(shown, screen);
        }
    }
}

/// One line for programs for each need: id, title, skill, whose word, artifact or placement, its id, the record.
fn plain(mapped: &Mapped, screen: &mut Screen) {
    let head = [mapped.id.to_string(), visible(&mapped.record.title)].join("\t");
    for need in &mapped.needs {
        let skill = visible(&need.skill.name);
        if need.served.is_empty() {
            screen.line(&format!("{head}\t{skill}\tmissing\t-\t-\t-"));
        }
        for shown in &need.served {
            let record = shown.record.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
            let fields = [shown.word.as_str(), shown.by.word(), shown.by.id().as_str(), &record].join("\t");
            screen.line(&format!("{head}\t{skill}\t{fields}"));
        }
    }
}

fn as_json(mapped: &Mapped) -> serde_json::Value {
    let needs = mapped.needs.iter().map(|need| {
        serde_json::json!({
            "skill": need.skill, "served": need.served.iter().map(skills::shown_json).collect::<Vec<_>>(),
        })
    });
    serde_json::json!({
        "id": mapped.id.as_str(), "title": mapped.record.title, "needs": needs.collect::<Vec<_>>(),
    })
}
