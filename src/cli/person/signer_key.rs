//! The key of somebody else: named by itself, by its file, or by what it signed; and its eight words, typed in.

use std::path::Path;

use portfolio::disk;
use portfolio::json;
use portfolio::proof::key::{KEY_FILE_BYTES, WordsFault, public_from_line};
use portfolio::proof::others::Origin;
use portfolio::proof::{PublicKey, did};
use portfolio::render::kind::Kind;
use portfolio::render::naming::file;
use portfolio::verifier::foreign::{ForeignCode, ForeignReport};
use portfolio::verifier::{CheckedVoucher, Policy, TrustList};

use crate::reading::checking;
use crate::reading::unread::{self, Obstacle};
use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;

/// Every key that `typed` names, each once: a `did:key`, the key in a `.pub` file, the key that vouches in a voucher, or
/// those whose signatures on sign-offs or on a badge in a file fit.
pub fn keys_named(
    typed: &Path,
    undone: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<Vec<PublicKey>, Trouble> {
    if let Some(text) = typed.to_str().filter(|text| text.starts_with("did:key:")) {
        let key = did::parse(text).map_err(|fault| {
            Trouble::new(exit::NO, "unusable-key", "this is not the name of a key that can sign here")
                .fact(format!("Sign-offs use Ed25519 keys, whose names begin did:key:z6Mk. {undone}"))
                .because(fault)
        })?;
        return Ok(vec![key]);
    }
    if let Some(key) = voucher_of(typed, world) {
        return Ok(vec![key]);
    }
    let nobody = TrustList::default();
    let policy = Policy { threads: world.threads(), ..Policy::new(world.now(), &nobody) };
    let mut checked = checking::check_all(&[typed.to_owned()], &policy, world, screen);
    let Some(checked) = checked.pop() else { return Ok(Vec::new()) };
    if let Some(Obstacle::Other(Kind::Text) | Obstacle::Form(_)) = checked.obstacle {
        return Ok(vec![public_key(typed, undone, world)?]);
    }
    if let Some(trouble) = unread::trouble(&checked.typed, &checked.report, checked.obstacle, world) {
        return Err(trouble.fact(undone));
    }
    let mut keys: Vec<PublicKey> = Vec::new();
    if let Some(foreign) = &checked.report.foreign {
        keys.extend(key_of_others(foreign, &checked.typed, undone)?);
    }
    for credential in checked.report.sign_offs() {
        if let Some(key) = credential.key.filter(|key| !keys.contains(key)) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The key that signed what somebody else issued. One that its issuer's address stands for is no key of this list: it
/// may be another one tomorrow, so it is brought to each check.
fn key_of_others(foreign: &ForeignReport, typed: &str, undone: &str) -> Result<Option<PublicKey>, Trouble> {
    let by_address = foreign.findings.iter().any(|found| found.code == ForeignCode::KeyNotKnown);
    if by_address {
        let name = file(typed);
        return Err(Trouble::new(exit::NO, "not-a-key", format!("the issuer of {name} goes by an address"))
            .fact(format!("Its keys are not in the badge, and they may change. {undone}"))
            .hint("have its keys from the issuer, then: portfolio verify FILE --keys KEYS"));
    }
    let own = foreign.key.as_ref().filter(|found| found.origin == Origin::Itself);
    Ok(own.and_then(|found| found.key.ed25519().copied()))
}

/// The key that signed a voucher, if the file is one whose signature fits.
fn voucher_of(typed: &Path, world: &World) -> Option<PublicKey> {
    let path = world.at(typed);
    let is_record = disk::kind_of(&path).ok()? == Some(disk::Kind::File)
        && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let bytes = is_record.then(|| disk::read_bounded(&path, json::OURS.bytes as u64).ok())??;
    let checked = CheckedVoucher::read(&bytes).ok()?;
    did::parse(&checked.voucher().issuer_id).ok()
}

fn public_key(typed: &Path, undone: &str, world: &World) -> Result<PublicKey, Trouble> {
    let bytes = disk::read_bounded(&world.at(typed), KEY_FILE_BYTES as u64)
        .map_err(|fault| refusal(fault, world, undone))?;
    let line = String::from_utf8_lossy(&bytes);
    let name = file(&typed.to_string_lossy());
    public_from_line(line.trim()).map(|(key, _)| key).map_err(|fault| {
        Trouble::new(exit::NO, "nothing-to-check", format!("there is no key in {name}"))
            .fact(format!("It is neither a bundle, a sign-off nor a public Ed25519 key. {undone}"))
            .because(fault)
    })
}

/// Has the eight words typed in, unless they were given, and compares them: nobody compares by eye.
pub fn require_words(
    key: &PublicKey,
    given: Option<&str>,
    undone: &str,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    let words = match given {
        Some(words) => words.to_owned(),
        None => {
            screen.tell("Type the eight words the signer read out to you, in order.");
            screen.ask("Words: ", "--words \"WORD WORD …\"")?
        }
    };
    key.check_words(&words).map_err(|fault| not_the_words(&fault, undone))?;
    screen.tell("They match.");
    Ok(())
}

fn not_the_words(fault: &WordsFault, undone: &str) -> Trouble {
    let trouble = Trouble::new(exit::NO, "words-differ", "those are not the words of this key").fact(undone);
    match fault {
        WordsFault::Count { found } => {
            trouble.fact(format!("There are {found} of them, and a key has eight."))
        }
        WordsFault::NotInList { position, .. } => {
            trouble.fact(format!("Word {position} is not a word that keys use."))
        }
        _ => trouble,
    }
    .hint("have them read out again; if they still differ, do not add this key")
}
