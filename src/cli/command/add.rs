//! `add`: takes a piece of work into the portfolio.

mod document;
mod looked_at;

use std::path::{Path, PathBuf};

use portfolio::disk;
use portfolio::holder::{Added, Confidential, Locked, NewArtifact, Portfolio, Role};
use portfolio::path::Slug;
use portfolio::render::escape::quoted;
use portfolio::render::naming::{file, size};
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting, capital};

use looked_at::LookedAt;

/// What `add` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio add acme-forecasting report.pdf --for 1 --result \"9.8 %\"\n  \
                         portfolio add acme-forecasting model.zip --for 3 --confidential")]
pub struct Args {
    /// The files; before them the placement, if --placement does not name it
    #[arg(value_name = "FILE", required = true)]
    pub words: Vec<PathBuf>,
    /// The placement it was made in
    #[arg(long, value_name = "PLACEMENT")]
    pub placement: Option<String>,
    /// The deliverable it is, by its number in the brief
    #[arg(long = "for", value_name = "NUMBER")]
    pub deliverable: Option<u32>,
    /// What it is called, if not like the deliverable
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What it is, in a few words
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// What came out, in a few words
    #[arg(long, value_name = "TEXT")]
    pub result: Option<String>,
    /// For the mentor's eyes: bundles leave it out
    #[arg(long)]
    pub confidential: bool,
    /// Until when it is confidential
    #[arg(long, value_name = "DAY", requires = "confidential")]
    pub until: Option<String>,
    /// Of a story in stories/: take in its gated half too
    #[arg(long)]
    pub gated: bool,
    /// What kind of file it is, such as text/html
    #[arg(long = "type", value_name = "TYPE")]
    pub media_type: Option<String>,
    /// The piece of work that this is a new version of
    #[arg(long, value_name = "ID")]
    pub replace: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was added.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("add", args.waiting, world, UNDONE)?;
    let (placement, files) = which(args, &locked, world)?;
    let until = args.until.as_deref().map(answers::day).transpose();
    let until = until.map_err(|why| Trouble::usage("--until cannot be used").fact(why).fact(UNDONE))?;
    let until = match (until, args.confidential, &placement) {
        // What the terms say of it is not typed again.
        (None, true, Some(id)) => locked.placement(id).map_err(refused)?.terms.confidential_until(),
        (until, ..) => until,
    };
    let replaces = args.replace.as_deref().map(artifact_id).transpose()?;
    if files.len() > 1 && (args.title.is_some() || replaces.is_some()) {
        return Err(Trouble::usage("--title and --replace are for one file").fact(UNDONE));
    }
    // Every file is looked at before the first is taken, so that one bad name among ten adds nothing.
    let mut looked_at = Vec::new();
    for path in &files {
        let (incoming, title) = match locked.incoming_story(&world.at(path), args.gated).map_err(refused)? {
            Some((incoming, story)) => (incoming, Some(story.title)),
            None => (locked.incoming(&world.at(path)).map_err(refused)?, None),
        };
        let kind = LookedAt::of(&incoming, path, args.media_type.as_deref(), world)?;
        looked_at.push((*path, incoming, kind, title));
    }
    let result = match (&args.result, &replaces) {
        (None, None) if args.deliverable.is_some() => {
            let question = "What came out, in a few words: ";
            answers::given_or_skipped(None, question, "--result", answers::words, screen)?
        }
        (given, _) => given
            .as_deref()
            .map(answers::words)
            .transpose()
            .map_err(|why| Trouble::usage(why).fact(UNDONE))?,
    };
    let mut added = Vec::new();
    for (path, incoming, kind, title) in &looked_at {
        let new = NewArtifact {
            role: kind.role,
            media_type: kind.media_type.clone(),
            title: args.title.clone().or_else(|| title.clone()),
            description: args.description.clone(),
            placement: placement.clone(),
            deliverable: args.deliverable,
            result: result.clone(),
            confidential: args.confidential.then(|| Confidential { until, ..Confidential::default() }),
            replaces: replaces.clone(),
            added: world.now(),
        };
        if screen.manner.dry_run {
            let bytes = portfolio::source::Source::len(incoming.source());
            screen.say(&format!(
                "Would add {} ({}, {})",
                file(incoming.name().as_str()),
                kind.words,
                hold(&size(bytes))
            ));
            continue;
        }
        let author = locked.about().name.clone();
        let mut maker = document::Maker::new(&world.at(path), &author, until, world, screen);
        let done = locked.add(incoming, new, &mut |staged| maker.make(staged));
        let notes = maker.finish();
        let done = done.map_err(|fault| folder_words::refusal(fault, world, &undone(&added)))?;
        tell(&done, kind, &locked, world, screen)?;
        for note in notes {
            let mark = screen.symbol(Symbol::Alert);
            screen.tell_under(&format!("  {mark} "), "    ", &note);
        }
        added.push(done);
    }
    if let ([(path, incoming, ..)], false) = (looked_at.as_slice(), screen.manner.dry_run)
        && let Some(hint) = crate::command::deposit::hint_for_add(path, incoming)
    {
        screen.hint(&hint);
    }
    if screen.manner.json {
        let list: Vec<_> = added
            .iter()
            .map(|done| {
                serde_json::json!({
                    "id": done.id.as_str(), "version": done.version, "artifact": done.artifact,
                })
            })
            .collect();
        screen.json(&serde_json::json!({ "type": "ArtifactsAdded", "artifacts": list }));
    }
    Ok(exit::DONE)
}

/// The placement and the files that the words name.
fn which<'a>(
    args: &'a Args,
    folder: &Portfolio,
    world: &World,
) -> Result<(Option<Slug>, Vec<&'a Path>), Trouble> {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let mut files: Vec<&Path> = args.words.iter().map(PathBuf::as_path).collect();
    if let Some(name) = &args.placement {
        let id = crate::words::answers::placement_id(name)?;
        folder.placement(&id).map_err(refused)?;
        return Ok((Some(id), files));
    }
    let known: Vec<Slug> = folder.placements().map_err(refused)?.into_iter().map(|(id, _)| id).collect();
    let first = files[0].to_str().and_then(|word| known.iter().find(|id| id.as_str() == word));
    let is_file = matches!(disk::kind_of(&world.at(files[0])), Ok(Some(disk::Kind::File)));
    if let (Some(id), false) = (first, is_file) {
        files.remove(0);
        if files.is_empty() {
            return Err(Trouble::usage("no file was named")
                .fact(UNDONE)
                .hint(format!("portfolio add {id} FILE --for 1")));
        }
        return Ok((Some(id.clone()), files));
    }
    // A first word that is neither a file nor has a file's ending is a placement that is not there.
    let looks_like_a_placement = files.len() > 1 && files[0].extension().is_none() && !is_file;
    if let (true, Some(Ok(id))) = (looks_like_a_placement, files[0].to_str().map(Slug::parse)) {
        folder.placement(&id).map_err(refused)?;
    }
    match (&known[..], args.deliverable, &args.replace) {
        (_, _, Some(_)) => Ok((None, files)),
        ([only], ..) => Ok((Some(only.clone()), files)),
        (_, None, _) => Ok((None, files)),
        (several, Some(number), _) => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            let names = if names.is_empty() { "none yet".to_owned() } else { names.join(", ") };
            Err(Trouble::usage(format!("--for {number} needs a placement"))
                .fact(format!("Yours are: {names}. {UNDONE}"))
                .hint("say which: --placement NAME"))
        }
    }
}

fn artifact_id(text: &str) -> Result<Slug, Trouble> {
    Slug::parse(text).map_err(|fault| {
        Trouble::usage(format!("there is no piece of work {}", quoted(text))).fact(UNDONE).because(fault)
    })
}

/// What has not happened when a file among several fails.
fn undone(added: &[Added]) -> String {
    match added.len() {
        0 => UNDONE.to_owned(),
        1 => "The file before it was added; this one and those after it were not.".to_owned(),
        more => format!("The {more} files before it were added; this one and those after it were not."),
    }
}

fn tell(
    done: &Added,
    kind: &LookedAt,
    locked: &Locked,
    world: &World,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    if screen.manner.json || screen.manner.quiet {
        return Ok(());
    }
    let artifact = &done.artifact;
    if screen.manner.plain {
        let kept = artifact.files.last().map(|file| file.name.to_string()).unwrap_or_default();
        screen.line(&format!("{}\t{}\t{}", done.id, done.version, file(&kept)));
        return Ok(());
    }
    let handed_in =
        artifact.files.iter().rev().find(|kept| kept.role != Role::Document || artifact.files.len() == 1);
    let handed_in = handed_in
        .map(|kept| format!("{} ({}, {})", file(kept.name.as_str()), kind.words, hold(&size(kept.size))));
    let mut text = format!("Added {}", handed_in.unwrap_or_default());
    let brief = match &artifact.placement {
        Some(id) => {
            locked
                .placement(id)
                .map_err(|fault| folder_words::refusal(fault, world, "The file was added."))?
                .brief
        }
        None => Default::default(),
    };
    let asked =
        artifact.deliverable.and_then(|number| brief.deliverables.get((number as usize).checked_sub(1)?));
    match asked {
        Some(asked) => text += &format!(" for {}", quoted(&asked.title)),
        None => text += &format!(" as {}", done.id),
    }
    if done.version > 1 {
        text += &format!(", version {}", done.version);
    }
    if let Some(confidential) = &artifact.confidential {
        text += &format!(
            ", {}. Your mentor sees it. Bundles leave it out and keep its name and fingerprint, so it cannot be swapped later",
            until_words(confidential.until)
        );
    }
    screen.say(&(text + "."));
    if done.version > 1 {
        screen.say("A sign-off on the earlier version stays, and is shown as being about that one.");
    }
    Ok(())
}

/// `confidential until 24 Jul 2027`.
fn until_words(until: Option<Date>) -> String {
    until.map_or_else(
        || "confidential".to_owned(),
        |day| format!("confidential until {}", hold(&day.people())),
    )
}

/// A note about a document that was made, as a sentence.
fn sentence(text: &str) -> String {
    format!("{}.", capital(text))
}
