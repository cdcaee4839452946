//! `collect`: takes in the answer of a mentor, after showing what changed.

mod voucher;

use std::io::Read;
use std::path::PathBuf;

use portfolio::credential::Form;
use portfolio::credential::changes::Change;
use portfolio::disk;
use portfolio::holder::{Answer, Collected, Declined, Locked};
use portfolio::json;
use portfolio::proof::did;
use portfolio::render::answers::known_as;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{first_name, shell_word};
use portfolio::verifier::TrustEntry;

use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad};
use crate::words::disk_words::{refusal, shown};
use crate::words::folder_words::{self, Waiting};

/// What `collect` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio collect acme-forecasting.reply.json\n  portfolio collect statement.txt.sig"
)]
pub struct Args {
    /// The answer, as it came; `-` reads it from the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Keep it although files changed here since you asked
    #[arg(long)]
    pub earlier: bool,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was saved.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let locked = folder_words::lock("collect", args.waiting, world, UNDONE)?;
    let bytes = match args.file.as_os_str() == "-" {
        true => piped()?,
        false => disk::read_bounded(&world.at(&args.file), json::OURS.bytes as u64)
            .map_err(|fault| refusal(fault, world, UNDONE))?,
    };
    let answer = locked.read_answer(&bytes, args.earlier);
    match answer.map_err(|fault| folder_words::refusal(fault, world, UNDONE))? {
        Answer::SignOff(collected) => take_in(&collected, &locked, world, screen),
        Answer::Declined(declined) => note(&declined, &locked, world, screen),
        Answer::Voucher(taken) => voucher::take_in(&taken, &locked, world, screen),
        Answer::AlreadyKept(kept) => {
            if screen.manner.json {
                screen.json(&serde_json::json!({ "type": "SignOffKept", "file": kept, "new": false }));
            } else {
                let what = if kept.starts_with("vouchers/") { "voucher" } else { "sign-off" };
                screen.say(&format!("You have this very {what} already, as {kept}."));
            }
            Ok(exit::DONE)
        }
    }
}

/// The answer from the standard input, to its end.
fn piped() -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let most = json::OURS.bytes as u64 + 1;
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|cause| {
        Trouble::new(exit::DISK, "unreadable", "the standard input cannot be read")
            .fact(UNDONE)
            .because(cause)
    })?;
    if read as u64 == most {
        return Err(Trouble::new(exit::NO, "too-large", "there is more than an answer has")
            .fact(format!("At most {} bytes are read. {UNDONE}", json::OURS.bytes)));
    }
    Ok(bytes)
}

fn take_in(collected: &Collected, locked: &Locked, world: &World, screen: &mut Screen) -> Outcome {
    let trust = trust_store::load(world)?;
    let key = did::parse(&collected.sign_off.issuer_id).map_err(|fault| {
        Trouble::new(exit::NO, "not-an-answer", "this answer does not name a key of ours")
            .fact(UNDONE)
            .because(fault)
    })?;
    let known = trust.by_key(&key);
    if !screen.manner.json && !screen.manner.quiet {
        show(collected, &key.fingerprint(), known, screen);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would ask whether to keep it. {UNDONE}"));
        return Ok(exit::DONE);
    }
    if !screen.agree("Keep this sign-off")? {
        return Err(Trouble::stopped(UNDONE));
    }
    let kept = locked.keep(collected).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    let path = shown(&kept.path, world);
    if screen.manner.json {
        screen.json(&as_json(collected, &path, &key.fingerprint()));
        return Ok(exit::DONE);
    }
    screen.line(&format!("Saved as {path}"));
    screen.next("portfolio bundle");
    if known.is_none() {
        let who = first_name(&collected.request.request.asked.name);
        let command = format!("portfolio trust add {}", shell_word(&path));
        screen.hint(&format!("ask {who} to read you the key's eight words, then: {command}"));
    }
    Ok(exit::DONE)
}

fn show(collected: &Collected, fingerprint: &str, known: Option<&TrustEntry>, screen: &mut Screen) {
    let sign_off = &collected.sign_off;
    let asked = hold(&collected.request.request.created.date().people());
    let signed = hold(&sign_off.valid_from.date().people());
    let name = quoted(&sign_off.issuer_name);
    let is_badge = sign_off.form == Form::Badge;
    screen.say(&if is_badge {
        format!("An answer to your request of {asked}, signed {signed} by a key that calls itself {name}.")
    } else {
        format!("An answer to your request of {asked}: the statement you sent, signed with an SSH key. It is a signed statement, not a badge.")
    });
    screen.gap();
    let row = |symbol: Symbol, name: &str, text: &str, screen: &mut Screen| {
        let mark = screen.symbol(symbol);
        let wide = crate::terminal::wrap::width(&mark);
        screen.say_under(&format!("  {mark} {} ", pad(name, 14)), &" ".repeat(18 + wide), text);
    };
    let files = sign_off.claims.evidence.len();
    let files = if files == 1 { "same file".to_owned() } else { format!("same {files} files") };
    row(Symbol::Good, "Your request", &format!("same placement, {files}"), screen);
    row(Symbol::Good, "Signed", &format!("by key {0}{fingerprint}{0:#}", style::CODE), screen);
    match known {
        Some(entry) => {
            let added = hold(&entry.added.people());
            let name = known_as(entry);
            row(Symbol::Good, "Signer", &format!("{name}. You added this key on {added}"), screen);
        }
        None => {
            let who = first_name(&collected.request.request.asked.name);
            row(Symbol::Ask, "Signer", &format!("you have not confirmed that this key is {who}'s"), screen);
        }
    }
    screen.gap();
    let marks =
        sign_off.claims.items.iter().enumerate().filter_map(|(place, item)| {
            item.mark.map(|mark| hold(&format!("{} {}", place + 1, mark.words())))
        });
    let marks: Vec<String> = marks.collect();
    if !is_badge {
        screen.say_under(
            "  Marks            ",
            "                   ",
            "none: this form of answer has no room for them",
        );
    } else if !marks.is_empty() {
        screen.say_under("  Marks            ", "                   ", &marks.join(", "));
    }
    for (place, change) in collected.changes.iter().enumerate() {
        show_change(change, place == 0, screen);
    }
    if collected.changes.is_empty() {
        screen.line("  Changed          nothing");
    }
    screen.gap();
}

/// One change, as what was and what is: `- Good until: no end date`.
fn show_change(change: &Change, first: bool, screen: &mut Screen) {
    let head = if first { "  Changed          " } else { "                   " };
    let is_end = change.about == "Good until";
    let text = |words: &Option<String>| match words.as_deref().map(visible) {
        Some(day) if is_end => format!("Good until {day}"),
        None if is_end => "Good until: no end date".to_owned(),
        words => format!("{}: {}", change.about, words.unwrap_or_else(|| "nothing".to_owned())),
    };
    let under = "                     ";
    screen.say_under(&format!("{head}- "), under, &text(&change.before));
    screen.say_under("                   + ", under, &text(&change.now));
}

fn note(declined: &Declined, locked: &Locked, world: &World, screen: &mut Screen) -> Outcome {
    let decline = &declined.decline;
    if !screen.manner.dry_run {
        locked.note_decline(declined).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    }
    let request = &declined.request;
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "DeclineNoted",
            "request": request.id.as_str(),
            "by": decline.by,
            "reason": decline.reason,
            "created": decline.created.to_string(),
        }));
        return Ok(exit::DONE);
    }
    let asked = hold(&request.request.created.date().people());
    let on = hold(&decline.created.date().people());
    screen.say(&format!(
        "Your request of {asked} was turned down on {on} by somebody who writes as {}.",
        quoted(&decline.by)
    ));
    match &decline.reason {
        Some(reason) => screen.say(&format!("The reason given: {}", quoted(reason))),
        None => screen.say("No reason was given."),
    }
    screen.say("Such an answer carries no signature, so it is a message and no more.");
    let noted = if screen.manner.dry_run { "Would note it" } else { "Noted" };
    screen.say(&format!("{noted} in requests/{}/record.json", request.id));
    screen.gap();
    screen.line(&format!("To ask again: portfolio request {}", request.record.placement));
    Ok(exit::DONE)
}

fn as_json(collected: &Collected, path: &str, fingerprint: &str) -> serde_json::Value {
    let changes = collected.changes.iter().map(
        |change| serde_json::json!({ "about": change.about, "before": change.before, "now": change.now }),
    );
    serde_json::json!({
        "type": "SignOffKept",
        "file": path,
        "new": true,
        "request": collected.request.id.as_str(),
        "issuer": { "id": collected.sign_off.issuer_id, "name": collected.sign_off.issuer_name, "fingerprint": fingerprint },
        "form": collected.sign_off.form.as_str(),
        "validFrom": collected.sign_off.valid_from.to_string(),
        "validUntil": collected.sign_off.valid_until.map(|until| until.to_string()),
        "changes": changes.collect::<Vec<_>>(),
    })
}
