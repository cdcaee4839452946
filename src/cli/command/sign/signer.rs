//! You and your key: the name to sign with, which key, until when; the first two are remembered for next time.

use std::path::PathBuf;

use portfolio::disk::{self, Mode};
use portfolio::issuer::LONGEST_DAYS;
use portfolio::json;
use portfolio::render::escape::visible;
use portfolio::time::Date;
use serde::{Deserialize, Serialize};

use super::Args;
use crate::command::key;
use crate::person::signing_keys::{self, SigningKey};
use crate::terminal::error::Trouble;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;

/// Longest file of what is remembered.
const REMEMBERED_BYTES: u64 = 16 * 1024;

/// Who signed here last, and with which key: a default for the next question, and nothing that is relied on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Remembered {
    format_version: u64,
    /// The name signed with.
    pub name: String,
    /// The key as `did:key`.
    pub key: String,
    /// The requests signed here, the newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signed: Vec<SignedRequest>,
}

/// A request that was signed here.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SignedRequest {
    request: String,
    on: String,
}

/// How many requests are remembered.
const REMEMBERED_REQUESTS: usize = 100;

impl Remembered {
    /// What is remembered, if anything.
    pub fn load(world: &World) -> Option<Remembered> {
        let bytes = disk::read_bounded(&place(world)?, REMEMBERED_BYTES).ok()?;
        let value = json::parse(&bytes, &json::OURS).ok()?;
        serde_json::from_value(value).ok()
    }

    /// The day on which this very request was signed here, if it was.
    pub fn signed_on(&self, request: &str) -> Option<Date> {
        let signed = self.signed.iter().rev().find(|signed| signed.request == request)?;
        Date::parse(&signed.on).ok()
    }

    /// Keeps a name and a key for next time. That it could not is no reason to stop: the sign-off is written.
    pub fn keep(name: &str, key: &SigningKey, request: &str, world: &World) {
        let mut signed = Remembered::load(world).map(|known| known.signed).unwrap_or_default();
        signed.push(SignedRequest { request: request.to_owned(), on: world.now().date().to_string() });
        signed.drain(..signed.len().saturating_sub(REMEMBERED_REQUESTS));
        let remembered =
            Remembered { format_version: 1, name: name.to_owned(), key: key.public.did(), signed };
        let Some(path) = place(world) else { return };
        if let Some(folder) = path.parent() {
            let _ = disk::ensure_folder(folder, Mode::Private);
        }
        let _ = disk::replace(&path, json::pretty(&remembered).as_bytes(), Mode::Private);
    }
}

fn place(world: &World) -> Option<PathBuf> {
    Some(world.settings_folder()?.join("signer.json"))
}

/// The name to sign with: as given, as remembered where nobody is to be asked, or as typed.
pub fn name(
    args: &Args,
    remembered: Option<&Remembered>,
    asking: bool,
    screen: &mut Screen,
) -> Result<String, Trouble> {
    if let Some(name) = &args.name {
        return Ok(name.trim().to_owned());
    }
    if let Some(remembered) = remembered.filter(|_| !asking) {
        return Ok(remembered.name.clone());
    }
    let default =
        remembered.map(|remembered| format!(" [{}]", visible(&remembered.name))).unwrap_or_default();
    screen.ask_until(&format!("  Your name, and your role if you like{default}: "), "--as NAME", |typed| {
        match (typed, remembered) {
            ("", Some(remembered)) => Ok(remembered.name.clone()),
            ("", None) => Err("A sign-off needs a name.".to_owned()),
            (typed, _) => Ok(typed.to_owned()),
        }
    })
}

/// The key to sign with: as named, as remembered where nobody is to be asked, or as chosen from a list.
pub fn choose(
    args: &Args,
    remembered: Option<&Remembered>,
    asking: bool,
    name: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<SigningKey, Trouble> {
    match args.key.as_deref() {
        Some("new") => return new_key(args, name, world, screen),
        Some(wanted) => return signing_keys::named(wanted, world),
        None => {}
    }
    let keys = signing_keys::all(world)?;
    if let Some(remembered) = remembered.filter(|_| !asking)
        && let Some(key) = keys.iter().find(|key| key.public.did() == remembered.key)
    {
        return Ok(key.clone());
    }
    screen.tell_line("  Which key should sign? Others will recognise you by it.");
    for (index, key) in keys.iter().enumerate() {
        screen.tell_line(&format!("    {}  {}", index + 1, key.described(world)));
    }
    screen.tell_line(&format!("    {}  a new key, only for sign-offs", keys.len() + 1));
    let question = format!("  {}: ", numbers(keys.len() + 1));
    let choice =
        screen.ask_until(&question, "--key FILE, --key agent or --key new", |typed| match typed.parse() {
            Ok(number @ 1..) if number <= keys.len() + 1 => Ok(number),
            _ => Err(format!("{}.", numbers(keys.len() + 1))),
        })?;
    match keys.get(choice - 1) {
        Some(key) => Ok(key.clone()),
        None => {
            screen.tell_line("  A new key is kept on this computer, behind a passphrase.");
            new_key(args, name, world, screen)
        }
    }
}

fn numbers(count: usize) -> String {
    match count {
        1 => "Type 1".to_owned(),
        2 => "Type 1 or 2".to_owned(),
        more => format!("Type a number from 1 to {more}"),
    }
}

fn new_key(args: &Args, name: &str, world: &World, screen: &mut Screen) -> Result<SigningKey, Trouble> {
    let first = name.split(',').next().unwrap_or(name).trim();
    let (held, open) = key::make(first, first, &args.passphrase, "  ", world, screen)?;
    if !screen.manner.dry_run {
        let folder = held.path.parent().unwrap_or(&held.path).to_owned();
        screen.tell(&format!("  Made a key in {}", crate::words::disk_words::shown(&folder, world)));
    }
    Ok(SigningKey::fresh(open))
}

/// The last day on which the sign-off shall hold: as given, none where nobody is to be asked, or as typed.
pub fn good_until(
    args: &Args,
    asking: bool,
    world: &World,
    screen: &mut Screen,
) -> Result<Option<Date>, Trouble> {
    let today = world.now().date();
    if let Some(given) = &args.good_until {
        return day(given, today).map_err(|why| Trouble::usage(why).fact("Nothing was signed."));
    }
    if !asking {
        return Ok(None);
    }
    screen.ask_until(
        "  Good until (YYYY-MM-DD, or none): ",
        "--good-until DAY or --good-until none",
        |typed| day(typed, today).map_err(|why| format!("{}{}.", why[..1].to_uppercase(), &why[1..])),
    )
}

fn day(typed: &str, today: Date) -> Result<Option<Date>, String> {
    if typed.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let end = Date::parse(typed).map_err(|_| "write the day as YYYY-MM-DD, or none".to_owned())?;
    match today.days_until(end) {
        days if days < 0 => Err(format!("that day is over; today is {}", today.people())),
        days if days > LONGEST_DAYS => Err("ten years is the longest".to_owned()),
        _ => Ok(Some(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_day_to_come_or_none() {
        let today = Date::parse("2026-07-24").unwrap();
        assert_eq!(day("none", today), Ok(None));
        assert_eq!(day("2029-07-24", today), Ok(Date::parse("2029-07-24").ok()));
        assert_eq!(day("2026-07-23", today).unwrap_err(), "that day is over; today is 24 Jul 2026");
        assert_eq!(day("2046-07-23", today).unwrap_err(), "ten years is the longest");
        assert!(day("24/07/2029", today).is_err());
    }
}
