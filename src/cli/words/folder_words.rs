//! The student's folder, found and locked, and what it refuses in people's words.

use std::path::Path;
use std::time::Duration;

use portfolio::holder::{Differing, HolderFault, Locked, Portfolio};
use portfolio::path::PathFault;
use portfolio::render::escape::quoted;
use portfolio::render::naming::{file, size, some_of};
use portfolio::verifier::limits::CLOCK_FLOOR;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::asking_words;
use crate::words::disk_words::{self, shown};
use crate::words::story_words;

/// How long `--wait` waits.
const PATIENCE: Duration = Duration::from_secs(60 * 60);

/// Whether to wait for another command that works in the folder.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Waiting {
    /// Wait until another command here has finished
    #[arg(long)]
    pub wait: bool,
}

/// The portfolio that this folder belongs to.
pub fn find(world: &World, undone: &str) -> Result<Portfolio, Trouble> {
    Portfolio::find(world.folder()).map_err(|fault| refusal(fault, world, undone))
}

/// The portfolio that this folder belongs to, for `command` alone.
pub fn lock(command: &str, waiting: Waiting, world: &World, undone: &str) -> Result<Locked, Trouble> {
    require_clock(world, undone)?;
    let patience = waiting.wait.then_some(PATIENCE);
    find(world, undone)?
        .lock(&format!("portfolio {command}"), world.now(), patience)
        .map_err(|fault| refusal(fault, world, undone))
}

/// Refuses to date anything by a clock that was never set: nobody could read such a record again.
pub fn require_clock(world: &World, undone: &str) -> Result<(), Trouble> {
    let now = world.now();
    if now.unix() >= CLOCK_FLOOR {
        return Ok(());
    }
    let day = now.date().people();
    Err(Trouble::new(exit::NO, "clock-not-set", format!("this computer's clock says {day}"))
        .fact(format!("What is written carries the date. {undone}"))
        .hint("set the clock, then run this again"))
}

/// The error for `fault`; `undone` is a sentence that says what therefore did not happen.
pub fn refusal(fault: HolderFault, world: &World, undone: &str) -> Trouble {
    let trouble = match &fault {
        HolderFault::Disk(_) => {
            let HolderFault::Disk(inner) = fault else { return Trouble::usage(undone) };
            return disk_words::refusal(inner, world, undone);
        }
        HolderFault::NoPortfolio { looked } => {
            let folder = portfolio::render::escape::visible(&looked.to_string_lossy());
            Trouble::new(exit::NO, "no-portfolio-here", "there is no portfolio here")
                .fact(format!("Looked in {folder} and every folder above it."))
                .hint("go to your portfolio folder, or make one in this folder: portfolio init")
        }
        HolderFault::PortfolioExists(path) => {
            Trouble::new(exit::NO, "portfolio-exists", "there is a portfolio here already")
                .fact(format!("It is in {}. It was left as it is.", shown(path, world)))
                .hint("see what is in it: portfolio status")
        }
        HolderFault::TooNew { path, found, known } => {
            let name = shown(path, world);
            Trouble::new(exit::TOO_NEW, "too-new", format!("{name} is newer than this program"))
                .fact(format!("It has format {found}; this program reads formats up to {known}. {undone}"))
                .hint("get a newer version from the project's own page")
        }
        HolderFault::Json { path, fault } => {
            Trouble::new(exit::NO, "bad-record", format!("{} cannot be read", shown(path, world)))
                .fact(format!("Line {}, column {}: {}. {undone}", fault.line, fault.column, fault.kind))
                .hint("mend that line, or take the file back from where you keep its history")
        }
        HolderFault::Record { path, line, column, fact } => {
            let place = if *line == 0 { String::new() } else { format!("Line {line}, column {column}: ") };
            let fact = portfolio::render::escape::visible(fact);
            Trouble::new(exit::NO, "bad-record", format!("{} cannot be read", shown(path, world)))
                .fact(format!("{place}{fact}. {undone}"))
                .hint("mend that line, or take the file back from where you keep its history")
        }
        HolderFault::NoSuchPlacement(id) => Trouble::new(
            exit::NO,
            "no-such-placement",
            format!("there is no placement {}", quoted(id.as_str())),
        )
        .fact(undone)
        .hint("see what there is: portfolio placement list"),
        HolderFault::NoSuchArtifact(id) => Trouble::new(
            exit::NO,
            "no-such-artifact",
            format!("there is no piece of work {}", quoted(id.as_str())),
        )
        .fact(undone)
        .hint("see what there is: portfolio status -v"),
        HolderFault::NoSuchDeliverable { placement, asked, have } => {
            Trouble::new(exit::NO, "no-such-deliverable", format!("{placement} has no deliverable {asked}"))
                .fact(format!("Its brief has {have}. {undone}"))
                .hint(format!("see them: portfolio placement show {placement}"))
        }
        HolderFault::DeliverableOfNothing(number) => {
            Trouble::usage(format!("--for {number} needs a placement"))
                .fact(undone)
                .hint("say which: --placement NAME")
        }
        HolderFault::BadName { name, fault } => bad_name(name, fault).fact(undone),
        HolderFault::NameTaken(name) => {
            Trouble::new(exit::NO, "name-taken", format!("{} has a name that is used here", file(name)))
                .fact(format!("A record or document of the portfolio is called that. {undone}"))
                .hint("give the file another name and add that")
        }
        HolderFault::OwnFile(path) => Trouble::new(
            exit::NO,
            "own-file",
            format!("{} belongs to the portfolio already", shown(path, world)),
        )
        .fact(undone),
        HolderFault::LooksSecret { path, what } => {
            Trouble::new(exit::NO, "looks-secret", format!("{} looks like {what}", shown(path, world)))
                .fact(format!("What is added can be sent to others, so it is refused. {undone}"))
        }
        HolderFault::OverLimit { what, found, limit } => {
            let what = portfolio::render::escape::visible(what);
            let amount = |n: u64| if what.starts_with("bytes") { size(n) } else { n.to_string() };
            let what = what.strip_prefix("bytes in ").map_or_else(|| what.clone(), str::to_owned);
            Trouble::new(exit::NO, "over-limit", format!("too much: {what}")).fact(format!(
                "There are {}; at most {} are possible. {undone}",
                amount(*found),
                amount(*limit)
            ))
        }
        HolderFault::AlreadyAdded { artifact } => {
            Trouble::new(exit::NO, "already-added", format!("this very file is there already, as {artifact}"))
                .fact(undone)
        }
        HolderFault::Document(inner) => Trouble::new(exit::NO, "no-document", "no PDF could be made of it")
            .fact(format!("{}. {undone}", capital(&portfolio::render::escape::visible(&inner.to_string())))),
        HolderFault::FilesDiffer { artifact, files } => differing(artifact.as_str(), files).fact(undone),
        HolderFault::InTheWay(path) => {
            Trouble::new(exit::NO, "in-the-way", format!("{} is in the way", shown(path, world)))
                .fact(format!("It is not an ordinary file and no record lists it. {undone}"))
                .hint("move it out of that folder")
        }
        other => asking_words::refusal(other, world, undone)
            .or_else(|| crate::words::placement_words::refusal(other, undone))
            .or_else(|| story_words::refusal(other, undone))
            .or_else(|| crate::words::deposit_words::refusal(other, undone))
            .unwrap_or_else(|| {
                Trouble::new(exit::NO, "folder", "the portfolio does not allow it").fact(undone)
            }),
    };
    trouble.because(fault)
}

/// A file name that some computer or checker could not keep.
fn bad_name(name: &str, fault: &PathFault) -> Trouble {
    Trouble::new(exit::NO, "bad-name", format!("the name {} cannot travel", quoted(name)))
        .fact(format!("{}.", capital(&portfolio::render::escape::visible(&fault.to_string()))))
        .hint("give the file another name and add that")
}

/// Files that are not as their record lists them: the first three, and how many more.
fn differing(artifact: &str, files: &[Differing]) -> Trouble {
    let names: Vec<String> = files.iter().map(|differing| file(&differing.name)).collect();
    let gone = files.iter().all(|differing| differing.here.is_none());
    let fact = if gone { "missing" } else { "not as you added" };
    let verb = if files.len() == 1 { "is" } else { "are" };
    let them = if files.len() == 1 { "it" } else { "them" };
    Trouble::new(exit::NO, "files-differ", format!("{} {verb} {fact} {them}", some_of(&names)))
        .hint(format!("put the old file back, or add the new one: portfolio add FILE --replace {artifact}"))
}

/// The file name of a path, for a sentence.
pub fn name_of(path: &Path) -> String {
    file(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
}

/// The text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
