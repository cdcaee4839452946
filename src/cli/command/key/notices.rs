//! News about one's own key: it is lost, or another one takes its place; a file that its owner signs and posts.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, Mode};
use portfolio::holder::Portfolio;
use portfolio::issuer;
use portfolio::proof::{PublicKey, Signer};
use portfolio::render::escape::quoted;
use portfolio::time::Date;

use super::make;
use crate::person::keyring::{Held, Keyring};
use crate::person::passphrase::{self, Source};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::disk_words::{refusal, shown};
use crate::words::folder_words::{self, Waiting};
use crate::words::replacing;

const NOTHING_SAID: &str = "Nothing was written.";

/// What `key lost` is told.
#[derive(Debug, clap::Args)]
pub struct Lost {
    /// The key's name, where you have several
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The first day on which it may have been in other hands (YYYY-MM-DD) [default: today]
    #[arg(long, value_name = "DAY", value_parser = crate::words::answers::day)]
    since: Option<Date>,
    /// Where to write the news
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where the passphrase is.
    #[command(flatten)]
    passphrase: Source,
}

/// What `key rotate` is told.
#[derive(Debug, clap::Args)]
pub struct Rotate {
    /// The name of the key to leave, where you have several
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The name of the key that takes its place [default: a new one]
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Where to write the news
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read the passphrase of the new key from the first line of FILE
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// Where the passphrase is.
    #[command(flatten)]
    passphrase: Source,
    /// Whether to wait.
    #[command(flatten)]
    waiting: Waiting,
}

/// Writes that a key is lost: the key itself says so, which is the safe side.
pub fn report_lost(args: &Lost, world: &World, screen: &mut Screen) -> Outcome {
    let held = Keyring::of(world)?.chosen(args.name.as_deref())?;
    let since = args.since.unwrap_or(world.now().date());
    if since > world.now().date() {
        return Err(Trouble::usage("--since lies ahead").fact(NOTHING_SAID));
    }
    let target = target(args.output.as_deref(), &held, "key-lost", world)?;
    screen.tell(&format!(
        "This says that your key {} is lost since {}, by that key itself. It cannot be undone: whatever the key \
         signed, on whatever day, then counts as signed with a lost key, because a thief could set the clock too.",
        quoted(&held.name),
        hold(&since.people())
    ));
    if !agreed("lost", screen)? {
        return Ok(exit::STOPPED);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}.", shown(&target, world)));
        return Ok(exit::DONE);
    }
    let key = passphrase::unlock(&held.path, &held.name, &args.passphrase, NOTHING_SAID, world, screen)?;
    let bytes = issuer::report_lost(since.start(), world.now(), &key).map_err(did_not_sign)?;
    disk::write_new(&target, &bytes, Mode::Shared).map_err(|fault| refusal(fault, world, NOTHING_SAID))?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "KeyLost", "file": shown(&target, world) }));
        return Ok(exit::DONE);
    }
    screen.settle();
    post(&shown(&target, world), screen);
    screen
        .hint("make a new key, and tell its eight words to those who knew this one: portfolio key new NAME");
    Ok(exit::DONE)
}

/// Writes that another key takes a key's place; both sign it.
pub fn rotate(args: &Rotate, world: &World, screen: &mut Screen) -> Outcome {
    let keyring = Keyring::of(world)?;
    let held = keyring.chosen(args.name.as_deref())?;
    let target = target(args.output.as_deref(), &held, "key-rotated", world)?;
    let named = args.to.as_deref().map(|name| keyring.named(name)).transpose()?;
    let next = named.as_ref().map_or_else(|| "a new key".to_owned(), |key| quoted(&key.name));
    let portfolio = of_this_key(&held.public, world);
    screen.tell(&format!(
        "This says that {next} takes the place of your key {}; both keys sign it. It cannot be undone.",
        quoted(&held.name)
    ));
    if portfolio.is_some() {
        screen.tell("The portfolio here is about the key you leave. It moves to the other one.");
    }
    if !agreed("rotate", screen)? {
        return Ok(exit::STOPPED);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}.", shown(&target, world)));
        return Ok(exit::DONE);
    }
    let locked = match portfolio {
        Some(_) => Some(folder_words::lock("key rotate", args.waiting, world, NOTHING_SAID)?),
        None => None,
    };
    let old = passphrase::unlock(&held.path, &held.name, &args.passphrase, NOTHING_SAID, world, screen)?;
    let source = match &args.new_passphrase_file {
        Some(file) => Source { passphrase_file: Some(file.clone()) },
        None => args.passphrase.clone(),
    };
    let (next, new) = match named {
        Some(next) => {
            let key = passphrase::unlock(&next.path, &next.name, &source, NOTHING_SAID, world, screen)?;
            (next, key)
        }
        None => make(&held.name, &held.comment, &source, "", world, screen)?,
    };
    let bytes = issuer::succeed(&old, &new, world.now()).map_err(did_not_sign)?;
    disk::write_new(&target, &bytes, Mode::Shared).map_err(|fault| refusal(fault, world, NOTHING_SAID))?;
    if let Some(locked) = &locked {
        let undone = "The news was written, and the portfolio is about the old key as before.";
        let moved = locked.move_to_key(&bytes, &new.public_key().did());
        moved.map_err(|fault| folder_words::refusal(fault, world, undone))?;
    }
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "KeyRotated", "file": shown(&target, world), "from": held.public.did(),
            "to": next.public.did(), "name": next.name, "portfolioMoved": locked.is_some(),
        }));
        return Ok(exit::DONE);
    }
    screen.settle();
    screen.line(&format!("Old key  {0}{1}{0:#}", style::CODE, held.public.fingerprint()));
    screen.line(&format!("New key  {0}{1}{0:#}  {2}", style::CODE, next.public.fingerprint(), next.name));
    post(&shown(&target, world), screen);
    if locked.is_some() {
        screen.say("The portfolio is about the new key now, and its bundles carry the news.");
    }
    screen.hint(&format!("keep the new key's 24 words on paper: portfolio key backup {}", next.name));
    Ok(exit::DONE)
}

fn post(path: &str, screen: &mut Screen) {
    screen.say(&format!(
        "Wrote {path}. Send it to those who rely on your key, and post it where people look for it. They take it in \
         with {0}portfolio trust import{0:#}. Someone offline learns of it only when that file reaches them.",
        style::CODE
    ));
}

/// Whether the person typed the word; a script says --yes.
fn agreed(word: &str, screen: &mut Screen) -> Result<bool, Trouble> {
    if screen.manner.yes || screen.manner.dry_run {
        return Ok(true);
    }
    let typed = screen.ask(&format!("Type {word} to go on: "), "--yes")?;
    let is_agreed = typed.eq_ignore_ascii_case(word);
    if !is_agreed {
        screen.tell(NOTHING_SAID);
    }
    Ok(is_agreed)
}

/// The portfolio in which this is run, if it is about this key.
fn of_this_key(key: &PublicKey, world: &World) -> Option<Portfolio> {
    Portfolio::find(world.folder()).ok().filter(|found| found.about().did == key.did())
}

fn target(output: Option<&Path>, held: &Held, news: &str, world: &World) -> Result<PathBuf, Trouble> {
    let name = || format!("{}.{news}.json", held.name);
    replacing::unused(output, name, "the news", NOTHING_SAID, world)
}

fn did_not_sign(fault: issuer::IssuerFault) -> Trouble {
    let title = match &fault {
        issuer::IssuerFault::FollowsItself => "a key cannot take its own place",
        _ => "the key did not sign",
    };
    Trouble::new(exit::NO, "not-signed", title).fact(NOTHING_SAID).because(fault)
}
