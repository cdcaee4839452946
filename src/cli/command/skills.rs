//! `skills`: what your work shows that you can do, and whose word that is.

use clap::Subcommand;
use portfolio::holder::{Bearer, Held, HolderFault, Portfolio, Shown, Skill, Word};
use portfolio::path::Slug;
use portfolio::render::escape::{quoted, visible};

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `skills` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio skills\n  portfolio skills add forecast-report \"Time series analysis\"",
    subcommand_negates_reqs = true
)]
pub struct Args {
    /// What to do; without it, list them.
    #[command(subcommand)]
    pub deed: Option<Deed>,
}

/// What to do with skills.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Say that a piece of work or a placement shows a skill
    Add(Named),
    /// Take that back
    Remove(Named),
    /// List your skills and what shows them
    List,
}

/// A skill and what shows it.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The piece of work or the placement
    #[arg(value_name = "ID")]
    pub id: String,
    /// The skill by its name
    #[arg(value_name = "SKILL")]
    pub skill: String,
    /// Its address in ESCO, O*NET, CTDL or another framework
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The ID is a placement, where a piece of work has it too
    #[arg(long)]
    pub placement: bool,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was changed.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Some(Deed::Add(named)) => change(named, true, world, screen),
        Some(Deed::Remove(named)) => change(named, false, world, screen),
        Some(Deed::List) | None => list(world, screen),
    }
}

/// A skill as typed, with the address of a framework if there is one.
pub fn read(name: &str, url: Option<&str>) -> Result<Skill, Trouble> {
    let refused = |why: String| Trouble::usage(why).fact(UNDONE);
    let name = answers::name(name.trim()).map_err(refused)?;
    let url = url.map(str::trim).filter(|url| !url.is_empty());
    if let Some(url) = url.filter(|url| !is_address(url)) {
        return Err(refused(format!("{} is no address of a skill", quoted(url)))
            .hint("it looks like https://data.europa.eu/esco/skill/…"));
    }
    Ok(Skill::new(&name, url))
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.contains('.') && !rest.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
    })
}

fn change(args: &Named, add: bool, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let skill = read(&args.skill, args.url.as_deref())?;
    let locked =
        folder_words::lock(if add { "skills add" } else { "skills remove" }, args.waiting, world, UNDONE)?;
    let of = bearer(&locked, &args.id, args.placement, world)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would change the skills of {}", of.id()));
        return Ok(exit::DONE);
    }
    let name = quoted(&skill.name);
    let changed = if add {
        locked.add_skill(&of, skill).map_err(refused)?
    } else {
        locked.remove_skill(&of, &skill).map_err(refused)?
    };
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "SkillsChanged", of.word(): of.id().as_str(), "changed": changed,
        }));
        return Ok(exit::DONE);
    }
    let text = match (add, changed) {
        (true, true) => format!("{} shows {name}. Nobody has signed that yet.", of.id()),
        (true, false) => format!("{} shows {name} already.", of.id()),
        (false, true) => format!("{} does not show {name} any more.", of.id()),
        (false, false) => format!("{} did not show {name}.", of.id()),
    };
    screen.say(&text);
    Ok(exit::DONE)
}

/// What the id names: a piece of work before a placement, unless a placement was asked for.
fn bearer(folder: &Portfolio, id: &str, placement: bool, world: &World) -> Result<Bearer, Trouble> {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let slug = Slug::parse(id).map_err(|fault| {
        Trouble::usage(format!("{} is no id of a piece of work or a placement", quoted(id)))
            .fact(UNDONE)
            .because(fault)
    })?;
    if !placement {
        match folder.artifact(&slug) {
            Ok(_) => return Ok(Bearer::Artifact(slug)),
            Err(HolderFault::NoSuchArtifact(_)) => {}
            Err(fault) => return Err(refused(fault)),
        }
    }
    match folder.placement(&slug) {
        Ok(_) => Ok(Bearer::Placement(slug)),
        Err(HolderFault::NoSuchPlacement(_)) if !placement => Err(Trouble::new(
            exit::NO,
            "no-such-subject",
            format!("{} is no piece of work and no placement", quoted(id)),
        )
        .fact(UNDONE)
        .hint("see what there is: portfolio status -v")),
        Err(fault) => Err(refused(fault)),
    }
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let folder = folder_words::find(world, undone)?;
    let all = folder.skills().map_err(|fault| folder_words::refusal(fault, world, undone))?;
    if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "SkillList", "skills": list }));
    } else if screen.manner.plain {
        for held in &all {
            held.shown.iter().for_each(|shown| screen.line(&plain(&held.skill, shown)));
        }
    } else if all.is_empty() {
        screen.line("No skill is written down yet.");
        screen.next("portfolio skills add ID SKILL");
    } else {
        for held in &all {
            let url = held.skill.url.as_deref().filter(|_| screen.manner.verbose);
            let url = url.map(|url| format!("   {}", visible(url))).unwrap_or_default();
            screen.line(&format!("{0}{1}{0:#}{url}", style::HEAD, visible(&held.skill.name)));
            held.shown.iter().for_each(|shown| show(shown, screen));
        }
    }
    Ok(exit::DONE)
}

/// One line under a skill: whose word it is, and where it was shown.
pub fn show(shown: &Shown, screen: &mut Screen) {
    let mark = screen.symbol(match shown.word {
        Word::Signed => Symbol::Good,
        Word::Deposited => Symbol::Ask,
        Word::Own => Symbol::Silent,
    });
    screen.say_under(&format!("  {mark} "), "    ", &shown_words(shown));
}

fn shown_words(shown: &Shown) -> String {
    let by = shown.by.id();
    match (shown.word, &shown.record, &shown.signed_otherwise) {
        (Word::Signed, Some(record), _) => format!("signed: {by}, named in {record}"),
        (Word::Deposited, Some(record), _) => format!("deposited: {record}, for {by}"),
        (_, _, Some(record)) => {
            format!("your own word: {by}; {record} signs the work and does not name the skill")
        }
        _ => format!("your own word: {by}"),
    }
}

/// One line for programs: skill, address, whose word, artifact or placement, its id, the record.
fn plain(skill: &Skill, shown: &Shown) -> String {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let fields = [
        visible(&skill.name),
        dash(skill.url.as_deref().map(visible)),
        shown.word.as_str().to_owned(),
        shown.by.word().to_owned(),
        shown.by.id().to_string(),
        dash(shown.record.as_ref().map(ToString::to_string)),
    ];
    fields.join("\t")
}

fn as_json(held: &Held) -> serde_json::Value {
    serde_json::json!({ "skill": held.skill, "shown": held.shown.iter().map(shown_json).collect::<Vec<_>>() })
}

/// Where a skill was shown and whose word that is.
pub fn shown_json(shown: &Shown) -> serde_json::Value {
    let mut value =
        serde_json::json!({ "word": shown.word.as_str(), shown.by.word(): shown.by.id().as_str() });
    for (name, id) in [("record", &shown.record), ("signedOtherwise", &shown.signed_otherwise)] {
        if let Some(id) = id {
            value[name] = id.as_str().into();
        }
    }
    value
}
