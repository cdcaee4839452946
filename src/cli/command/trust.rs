//! `trust`: the list of signers this person knows.

mod add;
mod issuer;
mod share;

use clap::Subcommand;
use portfolio::render::answers::known_as;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{issuer_known_as, shell_word};
use portfolio::verifier::{IssuerEntry, TrustEntry};
use serde_json::json;

use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;

/// What `trust` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio trust add alex-rivera.zip --as \"Priya Nair, Acme Retail Ltd\"\n  portfolio trust list"
)]
pub struct Args {
    /// What to do with the list.
    #[command(subcommand)]
    deed: Deed,
}

/// What to do with the list.
#[derive(Debug, Subcommand)]
enum Deed {
    /// Add the key that signed FILE, after its eight words were read out to you
    Add(add::Add),
    /// List the signers you know
    List,
    /// Take a signer off the list
    Remove(Remove),
    /// Write the list to a file, for a colleague
    Export(share::Export),
    /// Take in a colleague's list, or news about a key or a sign-off
    Import(share::Import),
}

/// Whom to take off.
#[derive(Debug, clap::Args)]
struct Remove {
    /// The name as listed, or the key's fingerprint
    #[arg(value_name = "NAME")]
    name: String,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::Add(add) => match add.file.to_str().filter(|typed| issuer::is_named(typed)) {
            Some(id) => issuer::add(add, id, world, screen),
            None => add::run(add, world, screen),
        },
        Deed::List => list(world, screen),
        Deed::Remove(remove) => take_off(remove, world, screen),
        Deed::Export(export) => share::export(export, world, screen),
        Deed::Import(import) => share::import(import, world, screen),
    }
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let list = trust_store::load(world)?;
    let entries = list.entries();
    if screen.manner.json {
        let entries: Vec<_> = entries.iter().map(as_json).collect();
        let issuers: Vec<_> = list.issuers().iter().map(issuer_as_json).collect();
        screen.json(&json!({
            "type": "TrustList", "entries": entries, "issuers": issuers, "notices": list.notices().count(),
        }));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        for entry in entries {
            let organisation = entry.organisation.as_deref().unwrap_or("-");
            let fields = [
                visible(&entry.name),
                visible(organisation),
                entry.key.fingerprint(),
                entry.added.to_string(),
                visible(&entry.basis),
            ];
            screen.line(&fields.join("\t"));
        }
        for issuer in list.issuers() {
            let organisation = issuer.organisation.as_deref().unwrap_or("-");
            let (added, basis) = (issuer.added.to_string(), visible(&issuer.basis));
            let fields = [visible(&issuer.name), visible(organisation), visible(&issuer.id), added, basis];
            screen.line(&fields.join("\t"));
        }
        return Ok(exit::DONE);
    }
    if entries.is_empty() && list.issuers().is_empty() {
        screen.say("You know no signer yet.");
        screen.hint("add one after a phone call: portfolio trust add FILE");
        return Ok(exit::DONE);
    }
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            screen.gap();
        }
        screen.line(&format!("{0}{1}{0:#}", style::HEAD, known_as(entry)));
        screen.line(&format!("  key {0}{1}{0:#}", style::CODE, entry.key.fingerprint()));
        let basis = match entry.basis.as_str() {
            "" => String::new(),
            basis => format!(": {}", quoted(basis)),
        };
        let until = entry.not_after.map(|day| format!(", for sign-offs until {}", day.people()));
        let added = format!("added {}{}{basis}", entry.added.people(), until.unwrap_or_default());
        screen.say_under("  ", "  ", &added);
        if entry.may_vouch {
            screen.line("  may vouch for others");
        }
    }
    for (index, issuer) in list.issuers().iter().enumerate() {
        if index > 0 || !entries.is_empty() {
            screen.gap();
        }
        screen.line(&format!("{0}{1}{0:#}", style::HEAD, issuer_known_as(issuer)));
        screen.say_under("  ", "    ", &format!("issuer {}", visible(&issuer.id)));
        let had = issuer.kept.as_ref().map(|kept| format!(", its keys as of {}", kept.retrieved.people()));
        let (added, had) = (issuer.added.people(), had.unwrap_or_default());
        screen.say_under("  ", "  ", &format!("added {added}{had}: {}", quoted(&issuer.basis)));
    }
    let notices = list.notices().count();
    if notices > 0 {
        screen.gap();
        screen.say(&format!("With {notices} {} about keys and sign-offs.", plural(notices, "notice")));
    }
    Ok(exit::DONE)
}

fn as_json(entry: &TrustEntry) -> serde_json::Value {
    json!({
        "id": entry.key.did(),
        "fingerprint": entry.key.fingerprint(),
        "name": entry.name,
        "organisation": entry.organisation,
        "added": entry.added.to_string(),
        "basis": entry.basis,
        "notAfter": entry.not_after.map(|day| day.to_string()),
        "mayVouch": entry.may_vouch,
    })
}

fn issuer_as_json(issuer: &IssuerEntry) -> serde_json::Value {
    json!({
        "id": issuer.id,
        "name": issuer.name,
        "organisation": issuer.organisation,
        "added": issuer.added.to_string(),
        "basis": issuer.basis,
        "retrieved": issuer.kept.as_ref().map(|kept| kept.retrieved.to_string()),
        "sha256": issuer.digest().map(|digest| digest.hex()),
    })
}

/// Takes an issuer elsewhere off, by its identifier or its name.
fn take_issuer_off(args: &Remove, world: &World, screen: &mut Screen) -> Result<bool, Trouble> {
    let dry = screen.manner.dry_run;
    let removed = trust_store::change(world, |list| {
        let is_meant = |issuer: &&IssuerEntry| issuer.id == args.name || issuer_known_as(issuer) == args.name;
        let found = list.issuers().iter().find(is_meant).cloned();
        if let Some(issuer) = found.as_ref().filter(|_| !dry) {
            list.remove_issuer(&issuer.id);
        }
        Ok(found)
    })?;
    if let Some(issuer) = &removed {
        let deed = if dry { "Would take" } else { "Took" };
        screen.say(&format!("{deed} {} off your trust list.", issuer_known_as(issuer)));
    }
    Ok(removed.is_some())
}

fn take_off(args: &Remove, world: &World, screen: &mut Screen) -> Outcome {
    if take_issuer_off(args, world, screen)? {
        return Ok(exit::DONE);
    }
    let dry = screen.manner.dry_run;
    let removed = trust_store::change(world, |list| {
        let named: Vec<TrustEntry> =
            list.entries().iter().filter(|entry| answers_to(entry, &args.name)).cloned().collect();
        match named.as_slice() {
            [] => {
                Err(Trouble::new(exit::NO, "no-such-signer", format!("you know no {}", quoted(&args.name)))
                    .fact("The trust list is as it was.")
                    .hint("see who is on it: portfolio trust list"))
            }
            [only] => {
                if !dry {
                    list.remove(&only.key);
                }
                Ok(only.clone())
            }
            several => Err(Trouble::usage(format!("{} keys go by this name", several.len()))
                .fact("The trust list is as it was.")
                .hint(format!(
                    "name one by its key: portfolio trust remove {}",
                    several[0].key.fingerprint()
                ))),
        }
    })?;
    let deed = if dry { "Would take" } else { "Took" };
    screen.say(&format!("{deed} {} off your trust list:", known_as(&removed)));
    screen.line(&format!("  {0}{1}{0:#}", style::CODE, removed.key.fingerprint()));
    screen.say("What this key signed is shown as signed by a key you do not know.");
    Ok(exit::DONE)
}

/// Whether a typed name means this entry: as it is shown, without the organisation, or by its key.
fn answers_to(entry: &TrustEntry, typed: &str) -> bool {
    let shown = match &entry.organisation {
        Some(organisation) => format!("{}, {organisation}", entry.name),
        None => entry.name.clone(),
    };
    typed == shown || typed == entry.name || typed == entry.key.fingerprint() || typed == entry.key.did()
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// The command that takes an entry off again.
fn undo(entry: &TrustEntry) -> String {
    format!("portfolio trust remove {}", shell_word(&known_as(entry)))
}
