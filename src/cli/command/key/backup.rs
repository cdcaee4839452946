//! A key on paper: 24 words out, three of them typed back; 24 words in, and the same key again.

use std::path::PathBuf;

use portfolio::disk;
use portfolio::proof::key::RecoveryFault;
use portfolio::proof::{SecretKey, Signer};
use portfolio::render::escape::quoted;
use zeroize::Zeroizing;

use crate::person::keyring::Keyring;
use crate::person::passphrase::{self, Source};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

const COLUMNS: usize = 4;
/// How many words are asked back.
const ASKED: usize = 3;
/// Longest file of 24 words.
const WORDS_FILE_BYTES: u64 = 1024;

/// What `key backup` is told.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The key's name, where you have several
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Where the passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
}

/// What `key restore` is told.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// Its name here [default: key]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Read the 24 words from FILE, which nobody else may read
    #[arg(long, value_name = "FILE")]
    pub words_file: Option<PathBuf>,
    /// Where the new passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
}

/// Shows a key as words, to a person at a terminal alone, and asks for three of them.
pub fn back_up(args: &Backup, world: &World, screen: &mut Screen) -> Outcome {
    if !screen.can_ask() {
        return Err(Trouble::new(
            exit::STOPPED,
            "needs-a-person",
            "the words of a key are shown to a person alone",
        )
        .fact("They are the key itself, so they are not written to a file or a pipe.")
        .hint("run this at a terminal, or copy the encrypted key file instead"));
    }
    let held = Keyring::of(world)?.chosen(args.name.as_deref())?;
    let key =
        passphrase::unlock(&held.path, &held.name, &args.passphrase, "No words were shown.", world, screen)?;
    let words = key.recovery_words();
    let words: Vec<&str> = words.split(' ').collect();
    screen.tell(
        "Write these 24 words on paper, in order, and keep it where nobody looks. Who has them has the key.",
    );
    screen.tell_line("");
    let rows = words.len().div_ceil(COLUMNS);
    for row in 0..rows {
        let cells = (0..COLUMNS).filter_map(|column| {
            let place = column * rows + row;
            words.get(place).map(|word| format!("{:>4}  {word:<10}", place + 1))
        });
        let line: String = cells.collect();
        screen.tell_line(line.trim_end());
    }
    screen.tell_line("");
    screen.tell("Now three of them, from the paper.");
    for place in three_places(words.len(), world.random().map_err(no_randomness)?) {
        screen.ask_until(&format!("Word {}: ", place + 1), "a terminal", |typed| {
            if typed.to_lowercase() == words[place] {
                Ok(())
            } else {
                Err("The paper should say another word there.".to_owned())
            }
        })?;
    }
    screen.say(&format!("The copy of the key {} is right.", quoted(&held.name)));
    screen.say("To make the key again from it: portfolio key restore");
    Ok(exit::DONE)
}

/// Makes a key again from its words. A key that is here already is left alone.
pub fn restore(args: &Restore, world: &World, screen: &mut Screen) -> Outcome {
    let keyring = Keyring::of(world)?;
    let key = match &args.words_file {
        Some(file) => {
            let bytes = disk::read_private(&world.at(file), WORDS_FILE_BYTES)
                .map_err(|fault| refusal(fault, world, "No key was made."))?;
            let text = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
            SecretKey::from_recovery_words(&text).map_err(|fault| not_words(&fault))?
        }
        None => loop {
            let typed = Zeroizing::new(
                screen.ask("The 24 words, in order, with spaces between: ", "--words-file FILE")?,
            );
            match SecretKey::from_recovery_words(&typed) {
                Ok(key) => break key,
                Err(fault) => screen.trouble(&not_words(&fault)),
            }
        },
    };
    let public = key.public_key();
    if let Some(held) = keyring.holder_of(&public)? {
        return Err(Trouble::new(exit::NO, "key-exists", "you have this key already").fact(format!(
            "It is {}, {}. It was left as it is.",
            quoted(&held.name),
            public.fingerprint()
        )));
    }
    let name = keyring.free_name(args.name.as_deref().unwrap_or("key"))?;
    screen.tell("Those words fit together. A passphrase for the key on this computer:");
    let passphrase = passphrase::choose(&args.passphrase, "", world, screen)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would make the key {}", shown(&keyring.folder().join(&name), world)));
    } else {
        let held = keyring.keep(&key, &name, &name, &passphrase)?;
        screen.say(&format!("Made the key {}", shown(&held.path, world)));
    }
    screen.say(&format!("  {0}{1}{0:#}", style::CODE, public.fingerprint()));
    screen.say("Compare that with a place where you have the fingerprint from before.");
    Ok(exit::DONE)
}

fn not_words(fault: &RecoveryFault) -> Trouble {
    let fact = match fault {
        RecoveryFault::Count { found } => format!("There are {found} words, and a key has 24."),
        RecoveryFault::NotInList { position } => format!("Word {position} is not a word of the list."),
        _ => "Each is a word of the list, but one is wrong or two changed places.".to_owned(),
    };
    Trouble::new(exit::NO, "bad-recovery-words", "those are not the words of a key")
        .fact(format!("{fact} No key was made."))
        .because(fault.clone())
}

/// Three different places, in order.
fn three_places(count: usize, chance: [u8; 32]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for byte in chance {
        let place = usize::from(byte) % count;
        if places.len() < ASKED && !places.contains(&place) {
            places.push(place);
        }
    }
    places.sort_unstable();
    places
}

fn no_randomness(cause: std::io::Error) -> Trouble {
    Trouble::new(exit::DISK, "no-randomness", "this computer gives no random numbers").because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_words_are_asked_in_order() {
        let mut chance = [5; 32];
        assert_eq!(three_places(24, chance), [5]);
        chance[1..5].copy_from_slice(&[29, 30, 200, 9]);
        assert_eq!(three_places(24, chance), [5, 6, 8]);
    }
}
