//! Sharing what is known: the list as a file for a colleague, a colleague's list or a notice taken in.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, Mode};
use portfolio::json;
use portfolio::render::answers::known_as;
use portfolio::render::escape::visible;
use portfolio::render::naming::{file, issuer_known_as};
use portfolio::verifier::{Notice, NoticeFault, TrustEntry, TrustList};

use super::plural;
use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

const UNCHANGED: &str = "The trust list is as it was.";

/// What `trust export` is told.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The file to write; `-` prints it
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
}

/// What `trust import` is told.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// A trust list, a withdrawal or a key notice
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Writes the list where a colleague can get it.
pub fn export(args: &Export, world: &World, screen: &mut Screen) -> Outcome {
    let list = trust_store::load(world)?;
    let text = list.to_json();
    if args.file.as_os_str() == "-" {
        screen.json(&serde_json::from_str(&text).unwrap_or_default());
        return Ok(exit::DONE);
    }
    let path = world.at(&args.file);
    if !screen.manner.dry_run {
        disk::write_new(&path, text.as_bytes(), Mode::Shared)
            .map_err(|fault| refusal(fault, world, "Nothing was written."))?;
    }
    let count = list.entries().len();
    let wrote = if screen.manner.dry_run { "Would write" } else { "Wrote" };
    screen.say(&format!("{wrote} {}: {count} {}", shown(&path, world), plural(count, "signer")));
    Ok(exit::DONE)
}

/// Takes in files one after the other.
pub fn import(args: &Import, world: &World, screen: &mut Screen) -> Outcome {
    for path in &args.files {
        import_one(path, world, screen)?;
    }
    Ok(exit::DONE)
}

fn import_one(path: &Path, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let full = world.at(path);
    let bytes = disk::read_bounded(&full, json::PRESENTATION.bytes as u64)
        .map_err(|fault| refusal(fault, world, UNCHANGED))?;
    match Notice::read(&bytes) {
        Ok(notice) => take_notice(&bytes, &notice, world, screen),
        Err(NoticeFault::NotANotice) => take_list(&bytes, &full, world, screen),
        Err(fault) => Err(Trouble::new(
            exit::NO,
            "notice-broken",
            format!("{} is not news that counts", file(&shown(&full, world))),
        )
        .fact(format!("It {}. {UNCHANGED}", visible(&fault.to_string())))
        .because(fault)),
    }
}

fn take_notice(bytes: &[u8], notice: &Notice, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let document = json::parse(bytes, &json::OURS).map_err(|fault| {
        Trouble::new(exit::NO, "notice-broken", "this notice cannot be read").fact(UNCHANGED).because(fault)
    })?;
    let dry = screen.manner.dry_run;
    let (is_new, speaker) = trust_store::change(world, |list| {
        let speaker = name_of(notice.speaker(), list);
        if dry {
            return Ok((true, speaker));
        }
        let is_new = list.add_notice(document).map_err(|fault| {
            Trouble::new(exit::NO, "notice-broken", "this notice cannot be kept")
                .fact(UNCHANGED)
                .because(fault)
        })?;
        Ok((is_new, speaker))
    })?;
    let news = match notice {
        Notice::Withdrawal(news) => format!("a sign-off was withdrawn on {}", news.created.date().people()),
        Notice::Lost { since, .. } => format!("this key is lost since {}", since.date().people()),
        Notice::Succession { created, .. } => {
            format!("another key takes this one's place since {}", created.date().people())
        }
    };
    let kept = match (dry, is_new) {
        (true, _) => "Would keep",
        (false, true) => "Kept",
        (false, false) => "Had already",
    };
    screen.say(&format!("{kept} this news from {speaker}:"));
    screen.say_under("  ", "  ", &news);
    Ok(())
}

/// Whom a key belongs to, by this reader's list.
fn name_of(did: &str, list: &TrustList) -> String {
    match list.entries().iter().find(|entry| entry.key.did() == did) {
        Some(entry) => known_as(entry),
        None => "a key you do not know".to_owned(),
    }
}

fn take_list(bytes: &[u8], path: &Path, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let name = file(&shown(path, world));
    let theirs = TrustList::parse(bytes).map_err(|fault| {
        Trouble::new(exit::NO, "not-a-trust-list", format!("{name} is neither a trust list nor a notice"))
            .fact(format!("{}.", visible(&fault.to_string())))
            .fact(UNCHANGED)
            .because(fault)
    })?;
    let mine = trust_store::load(world)?;
    take_issuers(&theirs, &mine, &name, world, screen)?;
    let (known, new): (Vec<&TrustEntry>, Vec<&TrustEntry>) =
        theirs.entries().iter().partition(|entry| mine.by_key(&entry.key).is_some());
    if !new.is_empty() {
        screen.tell(&format!("{name} has {} you do not know:", keys(new.len())));
    }
    for entry in &new {
        let leave = if entry.may_vouch { ", who may vouch for others" } else { "" };
        screen.tell_line(&format!("  {}{leave}", known_as(entry)));
        screen.tell_line(&format!("    {0}{1}{0:#}", style::CODE, entry.key.fingerprint()));
    }
    if !new.is_empty() && !screen.manner.dry_run {
        screen.tell("Whoever made this list vouches for them; the program cannot.");
        if !screen.agree("Add them")? {
            return Err(Trouble::stopped(UNCHANGED));
        }
        trust_store::change(world, |list| {
            for entry in &new {
                if list.by_key(&entry.key).is_none() {
                    list.add((*entry).clone()).map_err(|fault| {
                        Trouble::new(exit::NO, "not-added", "this list cannot be added")
                            .fact(UNCHANGED)
                            .because(fault)
                    })?;
                }
            }
            Ok(())
        })?;
    }
    let deed = if screen.manner.dry_run { "Would add" } else { "Added" };
    let rest = match known.len() {
        0 => String::new(),
        1 => " 1 key you knew already; it stays as you had it.".to_owned(),
        count => format!(" {count} keys you knew already; they stay as you had them."),
    };
    screen.say(&format!("{deed} {}.{rest}", keys(new.len())));
    take_their_notices(bytes, world, screen)
}

/// The issuers elsewhere that a colleague knows, with the keys that the colleague had.
fn take_issuers(
    theirs: &TrustList,
    mine: &TrustList,
    name: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    let new: Vec<_> = theirs.issuers().iter().filter(|issuer| mine.issuer(&issuer.id).is_none()).collect();
    if new.is_empty() {
        return Ok(());
    }
    screen.tell(&format!("{name} has {} {} you do not know:", new.len(), plural(new.len(), "issuer")));
    for issuer in &new {
        screen.tell_line(&format!("  {}", issuer_known_as(issuer)));
        screen.tell_under("    ", "    ", &visible(&issuer.id));
    }
    if screen.manner.dry_run {
        return Ok(());
    }
    screen.tell("Whoever made this list vouches for them; the program cannot.");
    if !screen.agree("Add them")? {
        return Err(Trouble::stopped(UNCHANGED));
    }
    trust_store::change(world, |list| {
        for issuer in new.iter().filter(|issuer| mine.issuer(&issuer.id).is_none()) {
            list.add_issuer((*issuer).clone()).map_err(|fault| {
                Trouble::new(exit::NO, "not-added", "this list cannot be added")
                    .fact(UNCHANGED)
                    .because(fault)
            })?;
        }
        Ok(())
    })?;
    screen.say(&format!("Added {} {}.", new.len(), plural(new.len(), "issuer")));
    Ok(())
}

/// The notices that came with a list: each is signed by the key that it is about, so it needs nobody's word.
fn take_their_notices(bytes: &[u8], world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let Ok(document) = json::parse(bytes, &json::PRESENTATION) else { return Ok(()) };
    let notices = document.get("notices").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    if notices.is_empty() || screen.manner.dry_run {
        return Ok(());
    }
    let new = trust_store::change(world, |list| {
        let kept = notices.into_iter().filter_map(|notice| list.add_notice(notice).ok());
        Ok(kept.filter(|is_new| *is_new).count())
    })?;
    screen.say(&format!("Kept {new} new {} about keys and sign-offs.", plural(new, "notice")));
    Ok(())
}

fn keys(count: usize) -> String {
    format!("{count} {}", plural(count, "key"))
}
