//! `key`: makes, lists, shows, backs up and restores signing keys.

mod backup;
mod notices;

use clap::Subcommand;
use portfolio::proof::{SecretKey, Signer};
use portfolio::render::escape::visible;
use zeroize::Zeroizing;

use crate::person::keyring::{Held, Keyring};
use crate::person::passphrase::{self, Source};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{pad, width};
use crate::words::disk_words::shown;

/// What `key` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio key show                 your eight words, to say on the phone\n  \
                         portfolio key backup alex-rivera   24 words to keep on paper")]
pub struct Args {
    /// What to do with keys.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Make a key, only for sign-offs and bundles
    New(New),
    /// List your keys
    List,
    /// Show the public half: fingerprint, eight words, SSH line
    Show(Named),
    /// Show a key as 24 words to write down
    Backup(backup::Backup),
    /// Make a key again from its 24 words
    Restore(backup::Restore),
    /// Write the news that a key is lost
    Lost(notices::Lost),
    /// Move to another key; both sign the news
    Rotate(notices::Rotate),
}

/// What `key new` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// Its name here [default: key]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Where the passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
}

/// Which key.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The key's name, where you have several
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::New(new) => {
            let name = new.name.as_deref().unwrap_or("key");
            let (held, _) = make(name, name, &new.passphrase, "", world, screen)?;
            announce(&held, world, screen);
            Ok(exit::DONE)
        }
        Deed::List => list(world, screen),
        Deed::Show(named) => show(named, world, screen),
        Deed::Backup(backup) => backup::back_up(backup, world, screen),
        Deed::Restore(restore) => backup::restore(restore, world, screen),
        Deed::Lost(lost) => notices::report_lost(lost, world, screen),
        Deed::Rotate(rotate) => notices::rotate(rotate, world, screen),
    }
}

/// Makes a key under a free name like `name`, asking for a new passphrase; nothing is said about it yet. It comes
/// open, so that whoever has just chosen the passphrase need not type it again.
pub fn make(
    name: &str,
    comment: &str,
    source: &Source,
    indent: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<(Held, SecretKey), Trouble> {
    let keyring = Keyring::of(world)?;
    let name = keyring.free_name(name)?;
    let passphrase = passphrase::choose(source, indent, world, screen)?;
    let seed = Zeroizing::new(keyring.random::<32>()?);
    let key = SecretKey::from_seed(&seed);
    if screen.manner.dry_run {
        let path = keyring.folder().join(&name);
        let held = Held { name, path, public: key.public_key(), comment: comment.to_owned() };
        return Ok((held, key));
    }
    Ok((keyring.keep(&key, &name, comment, &passphrase)?, key))
}

fn announce(held: &Held, world: &World, screen: &mut Screen) {
    if screen.manner.json {
        screen.json(&as_json(held));
        return;
    }
    let made = if screen.manner.dry_run { "Would make" } else { "Made" };
    screen.say(&format!("{made} the key {}", shown(&held.path, world)));
    screen.say(&format!("  {0}{1}{0:#}", style::CODE, held.public.fingerprint()));
    screen.say(&format!("  Keep a copy somewhere safe: portfolio key backup {}", held.name));
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let keys = Keyring::of(world)?.list()?;
    if screen.manner.json {
        screen.json(
            &serde_json::json!({ "type": "KeyList", "keys": keys.iter().map(as_json).collect::<Vec<_>>() }),
        );
    } else if screen.manner.plain {
        for held in &keys {
            screen.line(&format!(
                "{}\t{}\t{}",
                visible(&held.name),
                held.public.fingerprint(),
                held.public.did()
            ));
        }
    } else if keys.is_empty() {
        screen.say("You have no key yet.");
        screen.hint("make one: portfolio key new NAME");
    } else {
        let widest = keys.iter().map(|held| width(&visible(&held.name))).max().unwrap_or(0);
        for held in &keys {
            let name = pad(&visible(&held.name), widest);
            screen.line(&format!("{name}  {0}{1}{0:#}", style::CODE, held.public.fingerprint()));
        }
    }
    Ok(exit::DONE)
}

fn show(named: &Named, world: &World, screen: &mut Screen) -> Outcome {
    let held = Keyring::of(world)?.chosen(named.name.as_deref())?;
    if screen.manner.json {
        screen.json(&as_json(&held));
        return Ok(exit::DONE);
    }
    let words = held.public.words();
    if screen.manner.plain {
        let fields = [&held.name, &held.public.fingerprint(), &held.public.did(), &words.join(" ")];
        screen.line(&fields.map(|field| visible(field)).join("\t"));
        return Ok(exit::DONE);
    }
    screen.line(&format!("{0}{1}{0:#}", style::HEAD, visible(&held.name)));
    screen.line(&format!("  Fingerprint  {0}{1}{0:#}", style::CODE, held.public.fingerprint()));
    screen.line(&format!("  Eight words  {0}{1}{0:#}", style::CODE, spoken(&words)));
    screen.line("  Public line, for SSH and for those who want to know the key beforehand:");
    screen.line(&format!("  {}", visible(&held.public.openssh_line(&held.comment))));
    screen.gap();
    screen.say(
        "The words are not secret. But say them yourself: do not agree to a list that somebody reads to you.",
    );
    Ok(exit::DONE)
}

/// The eight words, four and four, as they are read out.
pub fn spoken(words: &[&str; 8]) -> String {
    format!("{}  {}", words[..4].join(" "), words[4..].join(" "))
}

fn as_json(held: &Held) -> serde_json::Value {
    serde_json::json!({
        "name": held.name,
        "fingerprint": held.public.fingerprint(),
        "did": held.public.did(),
        "words": held.public.words().join(" "),
        "publicLine": held.public.openssh_line(&held.comment),
        "file": held.path.to_string_lossy(),
    })
}
