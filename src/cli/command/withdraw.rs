//! `withdraw`: takes back a sign-off by a signed note of its own.

use std::path::{Path, PathBuf};

use portfolio::credential::{signoff, voucher};
use portfolio::disk::{self, Mode};
use portfolio::render::escape::visible;
use portfolio::render::naming::{day, file, someone};
use portfolio::{issuer, json, proof};

use crate::person::passphrase::Source;
use crate::person::signing_keys::{self, SigningKey};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::replacing;

const NOTHING_WITHDRAWN: &str = "Nothing was withdrawn.";

/// What `withdraw` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio withdraw acme-forecasting.reply.json\n  portfolio withdraw reply.json --reason \"later version exists\""
)]
pub struct Args {
    /// The sign-off or the voucher that you gave
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Why, in a line; everybody who gets the note reads it
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,
    /// The newer sign-off that takes its place
    #[arg(long, value_name = "FILE")]
    replaced_by: Option<PathBuf>,
    /// The key that signed it, where it is not found by itself
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Where to write the note
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Source,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let taken_back = read(&args.file, world)?;
    let replacement = args.replaced_by.as_deref().map(|path| read(path, world)).transpose()?;
    let target = target(args, world)?;
    let key = key_of(args, &taken_back.issuer, world)?;
    let name = taken_back.name.as_str();
    screen.tell(&format!(
        "This withdraws your {}. It cannot be undone; you can sign a new one.",
        taken_back.described
    ));
    let reason = match &args.reason {
        Some(reason) => reason.clone(),
        None if screen.manner.yes => String::new(),
        None => screen.ask("Why, in a line (Enter to say nothing): ", "--reason WHY")?,
    };
    if !screen.manner.yes && !screen.manner.dry_run {
        let typed = screen.ask("Type withdraw to go on: ", "--yes")?;
        if !typed.eq_ignore_ascii_case("withdraw") {
            screen.tell(NOTHING_WITHDRAWN);
            return Ok(exit::STOPPED);
        }
    }
    let first = name.split_whitespace().next().unwrap_or("them").to_owned();
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}.", shown(&target, world)));
        return Ok(exit::DONE);
    }
    let signer = key.open(&args.passphrase, world, screen)?;
    let reason = reason.trim();
    let bytes = issuer::withdraw(
        &taken_back.document,
        (!reason.is_empty()).then_some(reason),
        replacement.as_ref().map(|newer| newer.id.as_str()),
        world.now(),
        signer.as_ref(),
    )
    .map_err(|fault| {
        Trouble::new(exit::NO, "not-withdrawn", "the key did not sign").fact(NOTHING_WITHDRAWN).because(fault)
    })?;
    disk::write_new(&target, &bytes, Mode::Shared)
        .map_err(|fault| refusal(fault, world, NOTHING_WITHDRAWN))?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "Withdrawn", "file": shown(&target, world) }));
        return Ok(exit::DONE);
    }
    screen.say(&format!(
        "Wrote {}. Send it to {first}, and post it where people look for your key. Someone offline learns of it \
         only when that file reaches them.",
        shown(&target, world)
    ));
    Ok(exit::DONE)
}

/// A sign-off or a voucher whose signature fits, from its own file.
struct Signed {
    document: serde_json::Value,
    id: String,
    issuer: String,
    /// Whom it is about, as a sentence names them.
    name: String,
    /// What it is, for a sentence.
    described: String,
}

fn read(path: &Path, world: &World) -> Result<Signed, Trouble> {
    let full = world.at(path);
    let bytes = disk::read_bounded(&full, json::OURS.bytes as u64)
        .map_err(|fault| refusal(fault, world, NOTHING_WITHDRAWN))?;
    let name = file(&shown(&full, world));
    let not_one = || {
        Trouble::new(exit::NO, "not-a-sign-off", format!("{name} is not a sign-off"))
            .fact(NOTHING_WITHDRAWN)
            .hint("name the answer file that you sent: it ends in .reply.json")
    };
    let document = json::parse(&bytes, &json::OURS).map_err(|fault| not_one().because(fault))?;
    let signed = described(document).ok_or_else(not_one)?;
    if !proof::check(&signed.document, &proof::Expected::assertion_by(&signed.issuer)).holds() {
        return Err(Trouble::new(exit::NO, "does-not-fit", format!("the signature on {name} does not fit"))
            .fact(NOTHING_WITHDRAWN)
            .hint("use the answer file as it was written"));
    }
    Ok(signed)
}

fn described(document: serde_json::Value) -> Option<Signed> {
    if voucher::is_one(&document) {
        let read = voucher::read(&document).ok()?;
        let name = read.words.split(',').next().map(|name| someone(name.trim())).unwrap_or_default();
        let described =
            format!("voucher of {} for the key of {}", day(read.valid_from.date()), visible(&read.words));
        return Some(Signed { document, id: read.id, issuer: read.issuer_id, name, described });
    }
    let read = signoff::read(&document).ok()?;
    let name = read.claims.subject.name.as_deref().map_or_else(|| "its subject".to_owned(), someone);
    let (signed, title) = (day(read.valid_from.date()), visible(&read.claims.title));
    let described = format!("sign-off of {signed} for {name}, {title}");
    Some(Signed { document, id: read.id, issuer: read.issuer_id, name, described })
}

fn target(args: &Args, world: &World) -> Result<PathBuf, Trouble> {
    let name = || {
        let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("sign-off");
        format!("{stem}-withdrawn.json")
    };
    replacing::unused(args.output.as_deref(), name, "the note", NOTHING_WITHDRAWN, world)
}

/// The key that signed: only it can take the sign-off back.
fn key_of(args: &Args, issuer: &str, world: &World) -> Result<SigningKey, Trouble> {
    let not_here = |key: String| {
        Trouble::new(exit::NO, "not-the-signer", "the key that signed this is not here")
            .fact(format!("It was signed by {key}. {NOTHING_WITHDRAWN}"))
            .hint("put it into your SSH agent, or name its file: --key FILE")
    };
    let public = proof::did::parse(issuer).map_err(|_| not_here(visible(issuer)))?;
    let key = match &args.key {
        Some(wanted) => Some(signing_keys::named(wanted, world)?),
        None => signing_keys::with_public(&public, world)?,
    };
    key.filter(|key| key.public == public).ok_or_else(|| not_here(public.fingerprint()))
}
