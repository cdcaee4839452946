//! What happens where a file to be written has its name taken already: leave to replace it, or a refusal.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, DiskFault};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words;
use crate::words::disk_words::shown;

/// A file that has the name already is replaced only with leave, asked for before the passphrase.
pub fn may_replace(output: &Path, undone: &str, world: &World, screen: &mut Screen) -> Result<bool, Trouble> {
    let found = disk::kind_of(output).map_err(|fault| disk_words::refusal(fault, world, undone))?;
    match found {
        None => Ok(false),
        Some(disk::Kind::File) => {
            let name = shown(output, world);
            if screen.agree(&format!("{name} is there already. Write a new one in its place"))? {
                Ok(true)
            } else {
                Err(Trouble::stopped(format!("{name} was left as it is.")))
            }
        }
        Some(what) => Err(Trouble::new(
            exit::NO,
            "not-a-file",
            format!("{} is {what}, not a file", shown(output, world)),
        )
        .fact(undone)),
    }
}

/// A path that nothing has yet, for what is never written over anything: the one asked for, or `name` here.
pub fn unused(
    output: Option<&Path>,
    name: impl FnOnce() -> String,
    what: &str,
    undone: &str,
    world: &World,
) -> Result<PathBuf, Trouble> {
    let path = match output {
        Some(output) => {
            no_pipe(output, what, undone)?;
            world.at(output)
        }
        None => world.at(Path::new(&name())),
    };
    match disk::kind_of(&path) {
        Ok(None) => Ok(path),
        Ok(Some(_)) => Err(disk_words::refusal(DiskFault::Exists(path), world, undone)
            .hint(format!("write {what} to another file: --output FILE"))),
        Err(fault) => Err(disk_words::refusal(fault, world, undone)),
    }
}

/// Refuses `-`: what is checked where it lies before it gets its name goes to no pipe.
pub fn no_pipe(output: &Path, what: &str, undone: &str) -> Result<(), Trouble> {
    if output != Path::new("-") {
        return Ok(());
    }
    Err(Trouble::usage(format!("{what} is written to a file, not to a pipe"))
        .fact(undone)
        .hint("name the file: --output FILE"))
}
