//! `show`: looks inside a file without judging it.

mod deposited;
mod elsewhere;
mod record;
mod statement;

use std::path::{Path, PathBuf};

use portfolio::bundle::{self, ArchiveFault, Opened};
use portfolio::credential::plain_text::{STATEMENT_BYTES, STATEMENT_ENDING};
use portfolio::disk;
use portfolio::json;
use portfolio::path::RelPath;
use portfolio::proof::key::public_from_line;
use portfolio::render::escape::visible;
use portfolio::render::kind::Kind;
use portfolio::render::layout::{columns, padded};
use portfolio::render::naming::{file, shell_word, size};
use portfolio::render::recognised::form;
use serde_json::{Value, json};

use self::record::Record;
use crate::reading::subject::Subject;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// How many files of a bundle are named before the rest is counted.
const NAMED: usize = 40;
/// Longest text file that is looked into for a public key.
const LINE_BYTES: u64 = 4096;

/// What `show` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio show alex-rivera.zip\n  portfolio show acme-forecasting.reply.json")]
pub struct Args {
    /// A bundle, a request, an answer, a record or any other file
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    for (index, path) in args.files.iter().enumerate() {
        if index > 0 && !screen.manner.json {
            screen.gap();
        }
        show(path, world, screen)?;
    }
    Ok(exit::DONE)
}

fn show(path: &Path, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let full = world.at(path);
    let subject = Subject::open(&full).map_err(|fault| refusal(fault, world, "Nothing was shown."))?;
    let name = file(&shown(&full, world));
    match &subject {
        Subject::Record(bytes) | Subject::Baked { record: bytes, .. } => {
            let record = Record::read(bytes).map_err(|fault| not_json(&name, &fault))?;
            show_record(&record, &name, path, screen);
            Ok(())
        }
        Subject::Statement { text, signature } => statement::show(text, signature, &name, path, screen),
        Subject::LoneSignature => statement::show_signature(&full, &name, world, screen),
        Subject::Spoilt(fault) => Err(spoilt(&name, fault)),
        Subject::Form(envelope) => show_file(form(*envelope), &full, &name, world, screen),
        Subject::Other(kind) => show_other(*kind, &full, &name, world, screen),
        Subject::Archive(_) | Subject::Folder(_) => {
            if let Some((record, original)) = deposited::in_folder(&full) {
                let record = Record::read(&record).map_err(|fault| not_json(&name, &fault))?;
                show_record(&record, &name, &original, screen);
                return Ok(());
            }
            let Some(input) = subject.input() else { return Ok(()) };
            let opened = bundle::open(input).map_err(|fault| unreadable(&name, &fault))?;
            show_bundle(&opened, &name, path, screen)
        }
    }
}

fn not_json(name: &str, fault: &json::JsonFault) -> Trouble {
    Trouble::new(exit::NO, "not-json", format!("{name} is not a record that can be read"))
        .fact(format!("{}.", visible(&fault.to_string())))
}

fn spoilt(name: &str, fault: &portfolio::credential::baked::BakedFault) -> Trouble {
    Trouble::new(exit::DISK, "unreadable", format!("the sign-off in {name} cannot be taken out"))
        .fact(format!("{}.", crate::words::folder_words::capital(&fault.to_string())))
}

fn unreadable(name: &str, fault: &ArchiveFault) -> Trouble {
    let trouble =
        Trouble::new(exit::DISK, "unreadable", format!("{name} cannot be read as a bundle or a request"));
    let trouble = trouble.fact(format!("{}.", visible(&fault.to_string())));
    match fault {
        ArchiveFault::Repacked { .. } => trouble.hint("unpack it, then: portfolio show FOLDER"),
        _ => trouble,
    }
}

fn show_record(record: &Record, name: &str, path: &Path, screen: &mut Screen) {
    if screen.manner.json {
        screen.json(&json!({ "type": "Shown", "kind": record.kind(), "document": record.document() }));
        return;
    }
    head(name, &record.described(), screen);
    if record.can_be_checked() {
        not_checked(path, screen);
    }
    if let Some(marks) = record.marks() {
        screen.say(&format!("Its marks: {marks}."));
    }
    screen.gap();
    for line in record.lines(screen.manner.verbose) {
        screen.line(&line);
    }
}

fn head(name: &str, what: &str, screen: &mut Screen) {
    screen.say(&format!("{0}{name}{0:#}: {what}", style::HEAD));
}

fn not_checked(path: &Path, screen: &mut Screen) {
    let command = format!("portfolio verify {}", shell_word(&path.to_string_lossy()));
    screen.say(&format!("Nothing in it has been checked. To check it: {0}{command}{0:#}", style::CODE));
}

/// Any other file: what it is, how large, and its fingerprint.
fn show_other(
    kind: Kind,
    path: &Path,
    name: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    if kind == Kind::Text
        && let Ok(bytes) = disk::read_bounded(path, LINE_BYTES)
        && let Ok((key, comment)) = public_from_line(String::from_utf8_lossy(&bytes).trim())
    {
        if screen.manner.json {
            screen.json(&json!({ "type": "Shown", "kind": "public-key", "fingerprint": key.fingerprint() }));
            return Ok(());
        }
        head(
            name,
            &format!("the public half of a key, {}", portfolio::render::escape::quoted(&comment)),
            screen,
        );
        screen.line(&format!("  {0}{1}{0:#}", style::CODE, key.fingerprint()));
        return Ok(());
    }
    show_file(kind.words(), path, name, world, screen)
}

/// Shows what is not opened: what it is, its size and its digest.
fn show_file(is: &str, path: &Path, name: &str, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let refused = |fault| refusal(fault, world, "Nothing was shown.");
    let source = disk::FileSource::open(path, disk::Links::Follow).map_err(refused)?;
    let digest = digest_of(&source).map_err(|cause| refused(disk::DiskFault::from_io(path, cause)))?;
    let len = portfolio::source::Source::len(&source);
    if screen.manner.json {
        let document =
            json!({ "type": "Shown", "kind": "other", "is": is, "size": len, "sha256": digest.hex() });
        screen.json(&document);
        return Ok(());
    }
    head(name, &format!("{is}, {}", size(len)), screen);
    screen.line(&format!("  sha256 {}", digest.hex()));
    Ok(())
}

fn digest_of(source: &dyn portfolio::source::Source) -> std::io::Result<portfolio::digest::Digest> {
    let mut hasher = portfolio::digest::Hasher::new();
    let mut chunk = vec![0; 256 * 1024];
    let (mut at, end) = (0, source.len());
    while at < end {
        let length = usize::try_from(end - at).unwrap_or(usize::MAX).min(chunk.len());
        source.read_exact_at(at, &mut chunk[..length])?;
        hasher.update(&chunk[..length]);
        at += length as u64;
    }
    Ok(hasher.finish())
}

/// A bundle or a request: who made it, every statement in it, every file.
fn show_bundle(opened: &Opened<'_>, name: &str, path: &Path, screen: &mut Screen) -> Result<(), Trouble> {
    let read = |path: &RelPath| -> Option<Record> {
        let bytes = opened.read(path, json::PRESENTATION.bytes as u64).ok()?;
        Record::read(&bytes).ok()
    };
    let at = |name: &str| opened.entries().iter().find(|entry| entry.path.as_str() == name);
    let is_request = at(bundle::REQUEST.statement).is_some();
    let statement = at(if is_request { bundle::REQUEST.statement } else { bundle::BUNDLE.statement });
    let statement = statement.and_then(|entry| read(&entry.path));
    let records: Vec<(&str, Record)> = opened
        .entries()
        .iter()
        .filter(|entry| entry.path.as_str().starts_with("data/credentials/"))
        .filter_map(|entry| Some((entry.path.as_str(), read(&entry.path)?)))
        .collect();
    let total: u64 = opened.entries().iter().map(|entry| entry.len).sum();
    if screen.manner.json {
        let files: Vec<Value> = opened
            .entries()
            .iter()
            .map(|entry| json!({ "path": entry.path.as_str(), "size": entry.len }))
            .collect();
        let records: Vec<Value> = records
            .iter()
            .map(|(path, record)| json!({ "path": path, "document": record.document() }))
            .collect();
        screen.json(&json!({
            "type": "Shown",
            "kind": if is_request { "request" } else { "bundle" },
            "statement": statement.as_ref().map(Record::document),
            "records": records,
            "files": files,
        }));
        return Ok(());
    }
    let what = statement.as_ref().map_or_else(|| "an archive".to_owned(), Record::described);
    head(name, &format!("{what}, {} files, {}", opened.entries().len(), size(total)), screen);
    if is_request {
        let command = format!("portfolio sign {}", shell_word(&path.to_string_lossy()));
        screen.say(&format!(
            "Nothing in it has been checked. To read it, then sign or not: {0}{command}{0:#}",
            style::CODE
        ));
        if let Some(statement) = &statement {
            screen.gap();
            for line in statement.lines(screen.manner.verbose) {
                screen.line(&line);
            }
        }
    } else {
        not_checked(path, screen);
    }
    for (path, record) in &records {
        screen.gap();
        screen.say(&format!("{}: {}", file(path), record.described()));
        screen.gap();
        for line in record.lines(screen.manner.verbose) {
            screen.line(&line);
        }
    }
    let statements = opened.entries().iter().filter(|entry| entry.path.as_str().ends_with(STATEMENT_ENDING));
    for entry in statements {
        if let Ok(text) = opened.read(&entry.path, STATEMENT_BYTES as u64) {
            statement::show_inside(entry.path.as_str(), &text, screen);
        }
    }
    screen.gap();
    print_files(opened, screen);
    Ok(())
}

fn print_files(opened: &Opened<'_>, screen: &mut Screen) {
    screen.say("Files");
    let named: Vec<(String, u64)> = opened
        .entries()
        .iter()
        .filter(|entry| entry.path.as_str().starts_with("data/"))
        .map(|entry| (file(entry.path.as_str().trim_start_matches("data/")), entry.len))
        .collect();
    let shown = if screen.manner.verbose { named.len() } else { named.len().min(NAMED) };
    let widest = named.iter().take(shown).map(|(name, _)| columns(name)).max().unwrap_or(0).min(64);
    for (name, len) in named.iter().take(shown) {
        screen.line(&format!("  {}   {}", padded(name, widest), size(*len)));
    }
    if named.len() > shown {
        screen.say(&format!("  and {} more (list them with -v)", named.len() - shown));
    }
}
