//! `outcome`: what came of a placement, with its day and what shows it.

use clap::Subcommand;
use portfolio::holder::{Outcome as CameOfIt, OutcomeEvidence, OutcomeKind};
use portfolio::render::escape::{quoted, visible};

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `outcome` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio outcome add acme-forecasting interview --date 2026-08-03\n  portfolio outcome list"
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with outcomes.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Write down something that came of a placement
    Add(New),
    /// List what came of your placements
    List,
}

/// What `outcome add` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub placement: String,
    /// interview, offer, sale or citation
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// On which day; today if not given
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// More about it, in a few words
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// What shows it: an id of a piece of work, sign-off or deposit, or words; once for each
    #[arg(long, value_name = "ID")]
    pub evidence: Vec<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was written.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::Add(new) => add(new, world, screen),
        Deed::List => list(world, screen),
    }
}

fn add(args: &New, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let id = crate::words::answers::placement_id(&args.placement)?;
    let kind = OutcomeKind::named(&args.kind).ok_or_else(|| {
        Trouble::usage(format!("{} is nothing that comes of a placement", quoted(&args.kind)))
            .fact(format!("There are: interview, offer, sale, citation. {UNDONE}"))
    })?;
    let date = args.date.as_deref().map(answers::day).transpose();
    let date = date.map_err(|why| Trouble::usage("--date cannot be used").fact(why).fact(UNDONE))?;
    let words = args.words.as_deref().map(answers::words).transpose();
    let words = words.map_err(|why| Trouble::usage("--words cannot be used").fact(why).fact(UNDONE))?;
    let locked = folder_words::lock("outcome add", args.waiting, world, UNDONE)?;
    locked.placement(&id).map_err(refused)?;
    let mut evidence = Vec::new();
    for word in &args.evidence {
        let word = answers::words(word.trim()).map_err(|why| Trouble::usage(why).fact(UNDONE))?;
        evidence.push(locked.evidence_named(&word));
    }
    let outcome =
        CameOfIt::new(kind, date.unwrap_or_else(|| world.now().date()), words, evidence, world.now());
    if screen.manner.dry_run {
        screen.say(&format!("Would write down the {} for {id}", kind.as_str()));
        return Ok(exit::DONE);
    }
    let path = locked.add_outcome(&id, &outcome).map_err(refused)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "OutcomeWritten", "placement": id.as_str(), "path": path, "outcome": outcome }));
        return Ok(exit::DONE);
    }
    screen.line(&format!("Wrote {path}"));
    if outcome.evidence.is_empty() {
        screen.hint("name what shows it, while you still have it: --evidence ID");
    }
    screen.next("portfolio roi");
    Ok(exit::DONE)
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let refused = |fault| folder_words::refusal(fault, world, undone);
    let folder = folder_words::find(world, undone)?;
    let mut all = Vec::new();
    for (id, _) in folder.placements().map_err(refused)? {
        all.extend(folder.outcomes(&id).map_err(refused)?.into_iter().map(|outcome| (id.clone(), outcome)));
    }
    if screen.manner.json {
        let list: Vec<_> = all
            .iter()
            .map(|(id, outcome)| serde_json::json!({ "placement": id.as_str(), "outcome": outcome }))
            .collect();
        screen.json(&serde_json::json!({ "type": "OutcomeList", "outcomes": list }));
        return Ok(exit::DONE);
    }
    if all.is_empty() && !screen.manner.plain {
        screen.line("Nothing is written down yet.");
        screen.next("portfolio outcome add PLACEMENT KIND");
    }
    for (id, outcome) in &all {
        let words = outcome.words.as_deref().map(visible);
        let evidence: Vec<String> = outcome.evidence.iter().map(evidence_words).collect();
        if screen.manner.plain {
            let words = words.unwrap_or_else(|| "-".to_owned());
            let fields = [
                id.to_string(),
                outcome.kind.as_str().to_owned(),
                outcome.date.to_string(),
                words,
                evidence.join("; "),
            ];
            screen.line(&fields.join("\t"));
        } else {
            let shown = if evidence.is_empty() {
                ", nothing shows it".to_owned()
            } else {
                format!(", shown by {}", evidence.join(", "))
            };
            let words = words.map(|words| format!(": {words}")).unwrap_or_default();
            let day = crate::terminal::wrap::pad(&outcome.date.people(), 11);
            screen.say_under(
                &format!("{day}  "),
                "             ",
                &format!("{} at {id}{words}{shown}", outcome.kind.as_str()),
            );
        }
    }
    Ok(exit::DONE)
}

fn evidence_words(evidence: &OutcomeEvidence) -> String {
    match evidence {
        OutcomeEvidence::Artifact(id) | OutcomeEvidence::Credential(id) | OutcomeEvidence::Deposit(id) => {
            id.to_string()
        }
        OutcomeEvidence::Words(words) => quoted(words),
    }
}
