//! `placement brief`: what was asked, and when it is good enough.

mod revisions;

use clap::Subcommand;
use portfolio::path::Slug;
use portfolio::render::naming::someone;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `placement brief` is told.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    /// Something else than writing it down.
    #[command(subcommand)]
    pub deed: Option<Deed>,
    /// The placement
    #[arg(value_name = "PLACEMENT", required = true)]
    pub name: Option<String>,
    /// A deliverable; once for each, in order
    #[arg(long, value_name = "TITLE")]
    pub deliverable: Vec<String>,
    /// When the deliverable before it is accepted
    #[arg(long, value_name = "TEXT")]
    pub accepted_when: Vec<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

/// What else to do with a brief.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Freeze the brief as it is; after a change, as a new revision
    Freeze(revisions::Freeze),
    /// Show what changed after it was frozen
    Diff(revisions::Diff),
}

const UNDONE: &str = "The brief was not changed.";
/// More would not fit a statement that somebody reads before signing.
const MOST: usize = 50;

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Some(Deed::Freeze(args)) => return revisions::freeze(args, world, screen),
        Some(Deed::Diff(args)) => return revisions::diff(args, world, screen),
        None => {}
    }
    let id = crate::words::answers::placement_id(args.name.as_deref().unwrap_or_default())?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("placement brief", args.waiting, world, UNDONE)?;
    let placement = locked.placement(&id).map_err(refused)?;
    let before = placement.brief.deliverables.len();
    if before > 0 && !agreed(&id, before, screen)? {
        return Err(Trouble::stopped(UNDONE));
    }
    let deliverables = if args.deliverable.is_empty() { ask(screen)? } else { from_flags(args)? };
    if deliverables.is_empty() {
        return Err(Trouble::new(exit::STOPPED, "no-deliverables", "no deliverable was named").fact(UNDONE));
    }
    let count = deliverables.len();
    if !screen.manner.dry_run {
        let placement = locked.set_brief(&id, deliverables).map_err(refused)?;
        if screen.manner.json {
            screen.json(
                &serde_json::json!({ "type": "PlacementWritten", "id": id.as_str(), "placement": placement }),
            );
            return Ok(exit::DONE);
        }
    }
    screen.settle();
    let saved = if screen.manner.dry_run { "Would save" } else { "Saved" };
    let things = if count == 1 { "deliverable" } else { "deliverables" };
    screen.line(&format!("{saved} {count} {things} for {id}."));
    let frozen = locked.frozen_briefs(&id).map_err(refused)?;
    if frozen.is_empty() && !screen.manner.dry_run {
        screen.next(&format!("portfolio placement brief freeze {id}"));
    } else if !frozen.is_empty() {
        screen.say("It was frozen before, so the mentor will be shown both.");
        screen.next(&format!("portfolio placement brief freeze {id}"));
    } else {
        screen.next(&format!("portfolio add {id} FILE --for 1"));
    }
    Ok(exit::DONE)
}

/// Work that was added points at deliverables by number, so a new brief is not written over an old one unasked.
fn agreed(id: &Slug, before: usize, screen: &mut Screen) -> Result<bool, Trouble> {
    screen.tell(&format!(
        "{} has a brief of {before} already. Work points at it by number.",
        someone(id.as_str())
    ));
    screen.agree("Write a new one in its place")
}

fn ask(screen: &mut Screen) -> Result<Vec<(String, Option<String>)>, Trouble> {
    let mut deliverables = Vec::new();
    while deliverables.len() < MOST {
        let number = deliverables.len() + 1;
        let finish = if number == 1 { "" } else { " (Enter to finish)" };
        let question = format!("  Deliverable {number}{finish}: ");
        let title = screen.ask_until(&question, "--deliverable TITLE", |answer| {
            if answer.is_empty() && number > 1 { Ok(None) } else { answers::name(answer).map(Some) }
        })?;
        let Some(title) = title else { break };
        let accepted = screen.ask_until("    Accepted when: ", "--accepted-when TEXT", answers::words)?;
        deliverables.push((title, Some(accepted).filter(|text| !text.is_empty())));
    }
    Ok(deliverables)
}

fn from_flags(args: &Args) -> Result<Vec<(String, Option<String>)>, Trouble> {
    let (titles, conditions) = (&args.deliverable, &args.accepted_when);
    if conditions.len() > titles.len() || titles.len() > MOST {
        let title = if titles.len() > MOST {
            "too many deliverables"
        } else {
            "--accepted-when without its deliverable"
        };
        return Err(Trouble::usage(title)
            .fact(format!(
                "{} deliverables, {} conditions; at most {MOST}. {UNDONE}",
                titles.len(),
                conditions.len()
            ))
            .hint("give both in order: --deliverable \"Report\" --accepted-when \"12 pages\""));
    }
    let read = |text: &String, read: fn(&str) -> Result<String, String>| {
        read(text.trim()).map_err(|why| Trouble::usage(why).fact(UNDONE))
    };
    let mut deliverables = Vec::new();
    for (place, title) in titles.iter().enumerate() {
        let condition = conditions.get(place).map(|text| read(text, answers::words)).transpose()?;
        deliverables.push((read(title, answers::name)?, condition.filter(|text| !text.is_empty())));
    }
    Ok(deliverables)
}
