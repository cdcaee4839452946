//! Passphrases: typed at the terminal or read from a file, three tries, wiped afterwards.

use std::path::{Path, PathBuf};

use portfolio::disk;
use portfolio::proof::SecretKey;
use portfolio::proof::key::{KEY_FILE_BYTES, KeyFault, inspect, open_openssh};
use portfolio::render::escape::quoted;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;
use crate::words::key_words::unusable;

/// Longest passphrase, in bytes: longer ones are a file given by mistake.
const LONGEST: usize = 1024;
/// Fewest characters of a new passphrase: the password hashing of key files asks for this much.
const FEWEST: usize = 12;
const TRIES: u32 = 3;

/// Where a passphrase may come from besides the terminal.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Source {
    /// Read the passphrase from the first line of FILE
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// A passphrase as typed and in Unicode normalisation form KC, so that keyboards do not matter.
pub struct Passphrase {
    typed: Zeroizing<String>,
    normal: Zeroizing<String>,
}

impl Passphrase {
    fn new(typed: Zeroizing<String>) -> Passphrase {
        // Room made once, so that no half of it is left behind.
        let mut normal = Zeroizing::new(String::with_capacity(typed.len() * 12));
        normal.extend(typed.nfkc());
        Passphrase { typed, normal }
    }

    /// What a new key is encrypted with.
    pub fn bytes(&self) -> &[u8] {
        self.normal.as_bytes()
    }
}

/// A passphrase for a new key: asked for twice behind `indent`, or from the file.
pub fn choose(
    source: &Source,
    indent: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<Passphrase, Trouble> {
    if let Some(file) = &source.passphrase_file {
        let chosen = from_file(file, world, "No key was made.")?;
        return match too_weak(&chosen) {
            Some(why) => Err(Trouble::new(exit::NO, "weak-passphrase", why).fact("No key was made.")),
            None => Ok(chosen),
        };
    }
    for _ in 0..TRIES {
        let first = Passphrase::new(
            screen.secret(&format!("{indent}Choose a passphrase (nothing shows while you type): "))?,
        );
        if let Some(why) = too_weak(&first) {
            screen.tell(&format!("  {}", capitalised(&why)));
            continue;
        }
        let again = Passphrase::new(screen.secret(&format!("{indent}The same again: "))?);
        if first.bytes() == again.bytes() {
            return Ok(first);
        }
        screen.tell("  Those two differ. Once more.");
    }
    Err(Trouble::new(exit::NO, "no-passphrase", "no passphrase was chosen").fact("No key was made."))
}

/// Opens a private key file that nobody else can read. `name` is what the person calls the key, `undone` says
/// what has not happened if it stays shut.
pub fn unlock(
    path: &Path,
    name: &str,
    source: &Source,
    undone: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<SecretKey, Trouble> {
    let file =
        disk::read_private(path, KEY_FILE_BYTES as u64).map_err(|fault| refusal(fault, world, undone))?;
    let facts = inspect(&file).map_err(|fault| unusable(path, &fault, world, undone))?;
    if !facts.encrypted {
        return open_openssh(&file, None).map_err(|fault| unusable(path, &fault, world, undone));
    }
    for left in (0..TRIES).rev() {
        let (passphrase, left) = match &source.passphrase_file {
            Some(given) => (from_file(given, world, undone)?, 0),
            None => (Passphrase::new(screen.secret("Passphrase for your key: ")?), left),
        };
        match open_with(&file, &passphrase) {
            Ok(key) => return Ok(key),
            Err(KeyFault::WrongPassphrase | KeyFault::EmptyPassphrase) => {
                let trouble = wrong(name, left, undone);
                if left == 0 {
                    return Err(trouble);
                }
                screen.trouble(&trouble);
            }
            Err(fault) => return Err(unusable(path, &fault, world, undone)),
        }
    }
    Err(wrong(name, 0, undone))
}

/// As typed first, since that is what OpenSSH does; then as a key made here would have it.
fn open_with(file: &[u8], passphrase: &Passphrase) -> Result<SecretKey, KeyFault> {
    match open_openssh(file, Some(passphrase.typed.as_bytes())) {
        Err(KeyFault::WrongPassphrase) if passphrase.typed != passphrase.normal => {
            open_openssh(file, Some(passphrase.bytes()))
        }
        opened => opened,
    }
}

fn from_file(path: &Path, world: &World, undone: &str) -> Result<Passphrase, Trouble> {
    let bytes = disk::read_private(&world.at(path), LONGEST as u64 + 2);
    let bytes = bytes.map_err(|fault| refusal(fault, world, undone))?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) => Ok(Passphrase::new(Zeroizing::new(text.to_owned()))),
        Err(_) => {
            Err(Trouble::new(exit::NO, "bad-passphrase-file", "the passphrase file is not text").fact(undone))
        }
    }
}

fn too_weak(passphrase: &Passphrase) -> Option<String> {
    let text = passphrase.normal.as_str();
    if text.len() > LONGEST {
        Some(format!("that is longer than {LONGEST} bytes"))
    } else if text.contains('\0') {
        Some("a passphrase cannot hold a NUL character".to_owned())
    } else if text.chars().count() < FEWEST {
        Some(format!("that is shorter than {FEWEST} characters; four or five words make a good one"))
    } else {
        None
    }
}

fn wrong(name: &str, left: u32, undone: &str) -> Trouble {
    let tries = match left {
        0 => "no more tries".to_owned(),
        1 => "1 more try".to_owned(),
        more => format!("{more} more tries"),
    };
    Trouble::new(exit::NO, "wrong-passphrase", "that is not the passphrase")
        .fact(format!("Key {}, {tries}. {undone}", quoted(name)))
        .hint("check Caps Lock and the keyboard layout; a lost passphrase cannot be reset")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
