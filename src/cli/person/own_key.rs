//! The student's own key: the one that the portfolio names, found in the keyring and opened when it is needed.

use portfolio::proof::{SecretKey, did};

use crate::person::keyring::Keyring;
use crate::person::passphrase::{self, Source};
use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;

/// Opens the key that the portfolio is about. `undone` says what has not happened if it stays shut.
pub fn unlock(
    did: &str,
    source: &Source,
    undone: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<SecretKey, Trouble> {
    let public = did::parse(did).map_err(|fault| {
        Trouble::new(exit::NO, "bad-record", "portfolio.json does not name a key of ours")
            .fact(undone)
            .because(fault)
    })?;
    let keyring = Keyring::of(world)?;
    let Some(held) = keyring.holder_of(&public)? else {
        let folder = crate::words::disk_words::shown(keyring.folder(), world);
        return Err(Trouble::new(exit::NO, "key-not-here", "your key is not on this computer")
            .fact(format!("The portfolio is about {}; {folder} does not have it.", public.fingerprint()))
            .fact(undone)
            .hint("make it again from its 24 words: portfolio key restore"));
    };
    passphrase::unlock(&held.path, &held.name, source, undone, world, screen)
}

/// A fresh salt for the hash of an e-mail address.
pub fn salt(world: &World) -> Result<String, Trouble> {
    let bytes: [u8; 16] = world.random().map_err(|cause| {
        Trouble::new(exit::DISK, "no-randomness", "this computer gives no random numbers").because(cause)
    })?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}
