//! Adding an issuer elsewhere: a college or a platform that signs badges, with its keys as they were had from it.

use std::path::Path;

use portfolio::digest::Digest;
use portfolio::disk;
use portfolio::json;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, issuer_known_as, shell_word};
use portfolio::verifier::{IssuerEntry, IssuerEntryFault, KeptKeys};

use super::add::{Add, split};
use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

const UNDONE: &str = "Nothing was added.";

/// Whether what was typed names an issuer elsewhere, and not a file or a signer of ours.
pub fn is_named(typed: &str) -> bool {
    let signer = typed.starts_with("did:key:z6Mk");
    !signer && (typed.starts_with("did:") || typed.starts_with("https://"))
}

/// Adds it, with its keys unless its name is its key.
pub fn add(args: &Add, id: &str, world: &World, screen: &mut Screen) -> Outcome {
    if let Some(entry) = trust_store::load(world)?.issuer(id) {
        return Err(Trouble::new(exit::NO, "issuer-known", "this issuer is on your trust list already")
            .fact(format!("You added it on {} as {}.", entry.added.people(), issuer_known_as(entry)))
            .hint(format!("to take in newer keys, first: portfolio trust remove {}", shell_word(id))));
    }
    let kept = args.key.as_deref().map(|path| keys(args, path, world, screen)).transpose()?;
    let (name, organisation) = match &args.name {
        Some(name) => split(name)?,
        None => screen.ask_until("The name to show for this issuer: ", "--as NAME", |typed| {
            split(typed).map_err(|trouble| trouble.title)
        })?,
    };
    let basis = match &args.basis {
        Some(basis) => basis.clone(),
        None => screen.ask("How did you come by its keys (kept as a note): ", "--basis NOTE")?,
    };
    let id = id.to_owned();
    let entry = IssuerEntry { id, name, organisation, added: world.now().date(), basis, kept };
    entry.check().map_err(|fault| not_kept(&entry.id, &fault))?;
    if !screen.manner.dry_run {
        trust_store::change(world, |list| {
            list.add_issuer(entry.clone()).map_err(|fault| {
                Trouble::new(exit::NO, "not-added", "this issuer cannot be added")
                    .fact(format!("{}.", visible(&fault.to_string())))
                    .fact("The trust list is as it was.")
            })
        })?;
    }
    screen.tell_line("");
    let added = if screen.manner.dry_run { "Would be added" } else { "Added" };
    screen.say(&format!("{added}. What it signed is now shown as by {}.", issuer_known_as(&entry)));
    if entry.kept.is_some() {
        screen.say("The program never looks on the web: it goes by these keys until you take in newer ones.");
    }
    screen.line(&format!("To undo: {0}portfolio trust remove {1}{0:#}", style::CODE, shell_word(&entry.id)));
    Ok(exit::DONE)
}

/// The file of keys, shown by its fingerprint: whoever had it another way can compare.
fn keys(args: &Add, path: &str, world: &World, screen: &mut Screen) -> Result<KeptKeys, Trouble> {
    let full = world.at(Path::new(path));
    let bytes = disk::read_bounded(&full, json::FOREIGN.bytes as u64)
        .map_err(|fault| refusal(fault, world, UNDONE))?;
    let digest = Digest::of(&bytes).hex();
    screen.tell_line(&format!("Its keys: {}", file(&shown(&full, world))));
    screen.tell_line(&format!("  sha256 {digest}"));
    if let Some(expected) = &args.sha256
        && !expected.strip_prefix("sha256:").unwrap_or(expected).eq_ignore_ascii_case(&digest)
    {
        return Err(Trouble::new(exit::NO, "other-keys", "these are not the keys that you expect")
            .fact(UNDONE)
            .hint("have the file sent again, by the issuer itself"));
    }
    let text = String::from_utf8(bytes).map_err(|fault| {
        Trouble::new(exit::NO, "keys-broken", format!("{} gives no issuer's keys", file(path)))
            .fact(UNDONE)
            .because(fault)
    })?;
    Ok(KeptKeys { text, retrieved: world.now().date() })
}

fn not_kept(id: &str, fault: &IssuerEntryFault) -> Trouble {
    let trouble = Trouble::new(exit::NO, "keys-broken", format!("{} cannot be added like this", quoted(id)));
    match fault {
        IssuerEntryFault::KeysMissing => trouble
            .fact(format!("Its name is no key, and the program never looks on the web. {UNDONE}"))
            .hint(format!(
                "have its keys sent by the issuer, then: portfolio trust add {} --key FILE",
                shell_word(id)
            )),
        other => trouble.fact(format!("Because: {}. {UNDONE}", visible(&other.to_string()))),
    }
    .because(fault.clone())
}
