//! `placement`: writes down where the work is done and what was asked.

mod brief;
mod checkpoint;
mod close;
mod look;
mod terms;

use std::path::PathBuf;

use clap::Subcommand;
use portfolio::holder::{Locked, Mentor, NewPlacement, Placement};
use portfolio::path::Slug;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::disk_words::shown;
use crate::words::folder_words::{self, Waiting};

pub use look::summary;
pub use terms::described;

/// What `placement` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio placement new acme-forecasting\n  portfolio placement brief acme-forecasting"
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with placements.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Write down a placement; again, to answer what was skipped
    New(New),
    /// Write down what may be done with the work
    Terms(terms::Args),
    /// Write down what was asked of you; freeze it
    Brief(brief::Args),
    /// Keep the log of check-ins
    Checkpoint(checkpoint::Args),
    /// Show one placement
    Show(look::Show),
    /// List your placements
    List,
    /// See what is missing at the end, and close it
    Close(close::Args),
}

/// What `placement new` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// Its short name here, such as acme-forecasting
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The offer, to be filed in private/ and never shared
    #[arg(long, value_name = "FILE")]
    pub offer: Option<PathBuf>,
    /// Organisation
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// Title of the placement
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// First day
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Who will be asked to sign: "Priya Nair <priya@acme.example>"
    #[arg(long, value_name = "PERSON")]
    pub mentor: Option<String>,
    /// What you are there, such as "data analyst intern"
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// Hours of work in all
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub hours: Option<u32>,
    /// What you are promised at the end: report, artifact, credential
    #[arg(long, value_name = "WHAT")]
    pub evidence: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was written.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::New(new) => write_down(new, world, screen),
        Deed::Terms(args) => terms::run(args, world, screen),
        Deed::Brief(args) => brief::run(args, world, screen),
        Deed::Checkpoint(args) => checkpoint::run(args, world, screen),
        Deed::Close(args) => close::run(args, world, screen),
        Deed::Show(args) => look::show(args, world, screen),
        Deed::List => look::list(world, screen),
    }
}

/// What the questions of `placement new` brought.
struct Answers {
    organisation: Option<String>,
    title: Option<String>,
    starts: Option<Date>,
    ends: Option<Date>,
    mentor: Option<(String, Option<String>)>,
    role: Option<String>,
    hours: Option<u32>,
    evidence: Option<Vec<String>>,
}

fn write_down(args: &New, world: &World, screen: &mut Screen) -> Outcome {
    let id = answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("placement new", args.waiting, world, UNDONE)?;
    let before = locked.placements().map_err(refused)?.into_iter().find(|(known, _)| *known == id);
    let before = before.map(|(_, placement)| placement);
    if let (Some(offer), false) = (&args.offer, screen.manner.dry_run) {
        let filed = shown(&locked.file_offer(&id, &world.at(offer)).map_err(refused)?, world);
        if !screen.manner.json {
            screen
                .say(&format!("Filed the offer as {filed}. It is never shared unless you add it yourself."));
            screen.gap();
        }
    }
    let answers = ask(args, before.as_ref(), screen)?;
    answers::days_in_order(answers.starts, answers.ends, UNDONE)?;
    let path = format!("placements/{id}/placement.json");
    if screen.manner.dry_run {
        screen.say(&format!("Would write {path}"));
        return Ok(exit::DONE);
    }
    let placement = keep(&locked, &id, before.is_some(), answers, world)?;
    if screen.manner.json {
        screen.json(
            &serde_json::json!({ "type": "PlacementWritten", "id": id.as_str(), "placement": placement }),
        );
        return Ok(exit::DONE);
    }
    screen.settle();
    screen.line(&format!("Wrote {path}"));
    if before.is_none() {
        screen.gap();
        before_accepting(screen);
    }
    let deed = if placement.terms.unsettled().is_empty() || before.is_some() { "brief" } else { "terms" };
    screen.next(&format!("portfolio placement {deed} {id}"));
    Ok(exit::DONE)
}

/// What an offer should settle; the tool does not pretend to have read it.
fn before_accepting(screen: &mut Screen) {
    screen.line("Before you accept, an offer should settle four things:");
    for question in [
        "Who owns what you make, and does that depend on payment or a credential?",
        "May you name the placement and its credential in public?",
        "Do you get an export of your work at the end?",
        "What must stay confidential, and until when?",
    ] {
        let mark = screen.symbol(Symbol::Ask);
        screen.say_under(&format!("  {mark}  "), "     ", question);
    }
}

/// Six questions, but for those that a flag or an earlier run has answered.
fn ask(args: &New, before: Option<&Placement>, screen: &mut Screen) -> Result<Answers, Trouble> {
    let had = |answered: fn(&Placement) -> bool| before.is_some_and(answered);
    let known = [
        had(|p| p.organisation.is_some()),
        before.is_some_and(|p| p.title != args.name),
        had(|p| p.starts.is_some()),
        had(|p| p.ends.is_some()),
        had(|p| p.mentor.is_some()),
        had(|p| !p.evidence_promised.is_empty()),
    ];
    let given = [&args.organisation, &args.title, &args.from, &args.to, &args.mentor, &args.evidence];
    let open = given.iter().zip(known).filter(|(given, known)| given.is_none() && !known).count();
    if screen.can_ask() && open > 0 {
        let count =
            ["", "One question", "Two questions", "Three questions", "Four questions", "Five questions"];
        let count = count.get(open).unwrap_or(&"Six questions");
        screen.tell(&format!("{count}. Press Enter to skip one and answer it later."));
    }
    let [organisation, title, from, to, mentor, evidence] = known;
    let promised = "  Evidence promised at the end (report, artifact, credential): ";
    Ok(Answers {
        organisation: one(
            &args.organisation,
            organisation,
            "  Organisation: ",
            "--organisation",
            answers::name,
            screen,
        )?,
        title: one(&args.title, title, "  Title of the placement: ", "--title", answers::name, screen)?,
        starts: one(&args.from, from, "  First day (YYYY-MM-DD): ", "--from", answers::day, screen)?,
        ends: one(&args.to, to, "  Last day (YYYY-MM-DD): ", "--to", answers::day, screen)?,
        role: args
            .role
            .as_deref()
            .map(answers::name)
            .transpose()
            .map_err(|why| Trouble::usage(why).fact(UNDONE))?,
        hours: args.hours,
        mentor: one(&args.mentor, mentor, "  Mentor, name and email: ", "--mentor", answers::person, screen)?,
        evidence: one(&args.evidence, evidence, promised, "--evidence", answers::evidence, screen)?,
    })
}

fn one<T>(
    given: &Option<String>,
    known: bool,
    question: &str,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
    screen: &mut Screen,
) -> Result<Option<T>, Trouble> {
    if given.is_none() && known {
        return Ok(None);
    }
    answers::given_or_skipped(given.as_deref(), question, flag, read, screen)
}

fn keep(
    locked: &Locked,
    id: &Slug,
    exists: bool,
    answers: Answers,
    world: &World,
) -> Result<Placement, Trouble> {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    if !exists {
        let new = NewPlacement {
            id: Some(id.clone()),
            title: answers.title.unwrap_or_else(|| id.as_str().to_owned()),
            organisation: answers.organisation,
            starts: answers.starts,
            ends: answers.ends,
            mentor: answers.mentor,
            role: answers.role,
            hours: answers.hours,
            evidence_promised: answers.evidence.unwrap_or_default(),
            created: world.now(),
        };
        return locked.new_placement(new).map(|(_, placement)| placement).map_err(refused);
    }
    let change = |placement: &mut Placement| {
        if let Some(title) = answers.title {
            placement.title = title;
        }
        placement.organisation = answers.organisation.or(placement.organisation.take());
        placement.starts = answers.starts.or(placement.starts);
        placement.ends = answers.ends.or(placement.ends);
        placement.role = answers.role.or(placement.role.take());
        placement.hours = answers.hours.or(placement.hours);
        if let Some((name, email)) = answers.mentor {
            let other = placement.mentor.take().map(|mentor| mentor.other).unwrap_or_default();
            placement.mentor = Some(Mentor { name, email, other });
        }
        if let Some(evidence) = answers.evidence {
            placement.evidence_promised = evidence;
        }
    };
    locked.change_placement(id, change).map_err(refused)
}
