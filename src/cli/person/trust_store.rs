//! Where the list of known signers is kept: one file outside every portfolio, read whole, changed under a lock.

use std::path::{Path, PathBuf};
use std::time::Duration;

use portfolio::disk::{self, DiskFault, Lock, LockHolder, Mode};
use portfolio::json;
use portfolio::render::escape::visible;
use portfolio::verifier::{TrustFault, TrustList};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// How long another command may hold the list.
const PATIENCE: Duration = Duration::from_secs(10);

/// The reader's own list; an empty one where there is none yet.
pub fn load(world: &World) -> Result<TrustList, Trouble> {
    let path = place(world)?;
    match read(&path, world) {
        Ok(None) => Ok(TrustList::default()),
        Ok(Some(list)) => Ok(list),
        Err(trouble) => Err(trouble),
    }
}

/// A list in a file that the reader names.
pub fn load_from(path: &Path, world: &World) -> Result<TrustList, Trouble> {
    let bytes = disk::read_bounded(path, json::PRESENTATION.bytes as u64)
        .map_err(|fault| refusal(fault, world, "Nothing was checked."))?;
    TrustList::parse(&bytes).map_err(|fault| unreadable(fault, path, world))
}

/// Changes the reader's list: nobody else can change it meanwhile, and either all of the change is kept or nothing.
pub fn change<T>(
    world: &World,
    change: impl FnOnce(&mut TrustList) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let kept = |fault| refusal(fault, world, "The trust list is as it was.");
    let path = place(world)?;
    let folder = path.parent().unwrap_or(&path);
    disk::ensure_folder(folder, Mode::Private).map_err(kept)?;
    let holder = LockHolder::this_process("portfolio trust", world.now().unix());
    let _lock = Lock::exclusive(&folder.join("trust.lock"), &holder, Some(PATIENCE)).map_err(kept)?;
    let mut list = read(&path, world)?.unwrap_or_default();
    let made = change(&mut list)?;
    disk::replace(&path, list.to_json().as_bytes(), Mode::Private).map_err(kept)?;
    Ok(made)
}

fn place(world: &World) -> Result<PathBuf, Trouble> {
    let folder = world.settings_folder().ok_or_else(|| {
        Trouble::new(exit::DISK, "no-home", "there is no home folder to keep the trust list in")
            .hint("name one: PORTFOLIO_HOME=FOLDER")
    })?;
    Ok(folder.join("trust.json"))
}

fn read(path: &Path, world: &World) -> Result<Option<TrustList>, Trouble> {
    match disk::read_bounded(path, json::PRESENTATION.bytes as u64) {
        Err(DiskFault::NotFound(_)) => Ok(None),
        Err(fault) => Err(refusal(fault, world, "Nothing was checked and nothing was changed.")),
        Ok(bytes) => TrustList::parse(&bytes).map(Some).map_err(|fault| unreadable(fault, path, world)),
    }
}

/// A list that cannot be read whole is not read at all: a shorter one would make strangers of known signers.
fn unreadable(fault: TrustFault, path: &Path, world: &World) -> Trouble {
    let name = shown(path, world);
    if let TrustFault::TooNew { found } = fault {
        return Trouble::new(
            exit::TOO_NEW,
            "trust-list-too-new",
            "this trust list is newer than this program",
        )
        .fact(format!("{name} has format {found}; this program reads format 1. Nothing was checked."));
    }
    Trouble::new(exit::NO, "trust-list-broken", format!("{name} is not a trust list that can be read"))
        .fact(format!("{}.", visible(&fault.to_string())))
        .fact("Nothing was checked: without the whole list, signers you know would look like strangers.")
        .hint("mend the file, or move it away and import a copy: portfolio trust import FILE")
        .because(fault)
}
