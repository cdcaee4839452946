//! What the disk refused, in people's words, with the exit code and the one thing to do next.

use std::path::Path;

use portfolio::disk::{self, DiskFault, Kind};
use portfolio::render::escape::visible;
use portfolio::render::naming::{shell_word, size};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;

/// The path as a person here would type it, made safe to show.
pub fn shown(path: &Path, world: &World) -> String {
    let near = path.strip_prefix(world.folder()).unwrap_or(path);
    let near = if near.as_os_str().is_empty() { world.folder() } else { near };
    visible(&near.to_string_lossy())
}

/// The error for `fault`; `undone` is a sentence that says what therefore did not happen.
pub fn refusal(fault: DiskFault, world: &World, undone: &str) -> Trouble {
    let path = shown(fault.path(), world);
    let (code, kind, title) = match &fault {
        DiskFault::NotFound(_) => (exit::DISK, "not-found", format!("{path} is not there")),
        DiskFault::NotAFile { what, .. } => (exit::NO, "not-a-file", format!("{path} is {what}, not a file")),
        DiskFault::NotAFolder { what, .. } => {
            (exit::NO, "not-a-folder", format!("{path} is {what}, not a folder"))
        }
        DiskFault::TooLarge { .. } => (exit::NO, "too-large", format!("{path} is too large")),
        DiskFault::ChangedWhileRead(_) => {
            (exit::DISK, "changed-while-read", format!("{path} changed while it was read"))
        }
        DiskFault::Denied(_) => {
            (exit::DISK, "not-permitted", format!("this computer does not let you use {path}"))
        }
        DiskFault::Full { .. } => {
            (exit::DISK, "disk-full", format!("no space left on {}", disk_of(&fault, world)))
        }
        DiskFault::ReadOnly(_) => (exit::DISK, "read-only", format!("{path} is on a disk that is read-only")),
        DiskFault::Exists(_) => (exit::NO, "exists", format!("{path} exists already")),
        DiskFault::Busy { .. } => {
            (exit::BUSY, "busy", "another portfolio command is working in this folder".to_owned())
        }
        DiskFault::Exposed { .. } => {
            (exit::NO, "exposed-key", format!("other people on this computer can read {path}"))
        }
        _ => (exit::DISK, "disk", format!("{path} could not be read or written")),
    };
    let trouble = facts(Trouble::new(code, kind, title), &fault, world, undone);
    trouble.because(fault)
}

fn facts(trouble: Trouble, fault: &DiskFault, world: &World, undone: &str) -> Trouble {
    let path = shown(fault.path(), world);
    match fault {
        DiskFault::NotAFile { .. } => trouble.fact(format!("It was not followed or opened. {undone}")),
        DiskFault::TooLarge { limit, found, .. } => {
            trouble.fact(format!("It has {}; at most {} are read here. {undone}", size(*found), size(*limit)))
        }
        DiskFault::Full { needed: Some(needed), free: Some(free), .. } => {
            trouble.fact(format!("It needs {} and {} is free. {undone}", size(*needed), size(*free)))
        }
        DiskFault::Denied(_) | DiskFault::ReadOnly(_) => {
            trouble.fact(undone).hint("look at who may write there, or choose another place")
        }
        DiskFault::Exists(_) => trouble.fact(format!("It was left as it is. {undone}")),
        DiskFault::Busy { by, .. } => {
            let who = by.as_ref().map(|holder| {
                let ago = world.now().unix().saturating_sub(holder.since).max(0);
                format!("{} (process {}), started {ago} s ago. ", visible(&holder.command), holder.process)
            });
            trouble
                .fact(format!("{}{undone}", who.unwrap_or_default()))
                .hint("run this again when it has finished, or wait for it with: --wait")
        }
        DiskFault::Exposed { mode, .. } => trouble
            .fact(format!("Its permissions are {mode:04o}; a secret is for its owner alone. {undone}"))
            .hint(format!("chmod 600 {}", shell_word(&path))),
        _ => trouble.fact(undone),
    }
}

/// The folder whose disk is full.
fn disk_of(fault: &DiskFault, world: &World) -> String {
    let path = fault.path();
    let is_folder = matches!(disk::kind_of(path), Ok(Some(Kind::Folder)));
    shown(if is_folder { path } else { path.parent().unwrap_or(path) }, world)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use portfolio::disk::LockHolder;
    use portfolio::time::Timestamp;

    use super::*;

    fn world() -> World {
        World::sample(
            Path::new("/home/alex"),
            Path::new("/home/alex"),
            Timestamp::from_unix(1_784_905_360),
            [0; 32],
        )
    }

    #[test]
    fn a_busy_folder_names_who_and_since_when() {
        let holder =
            LockHolder { command: "portfolio bundle".to_owned(), process: 4121, since: 1_784_905_340 };
        let fault = DiskFault::Busy { path: PathBuf::from("/home/alex/.portfolio/lock"), by: Some(holder) };
        let trouble = refusal(fault, &world(), "Nothing was added.");
        assert_eq!(trouble.facts, ["portfolio bundle (process 4121), started 20 s ago. Nothing was added."]);
        assert_eq!(trouble.code, 6);
    }

    #[test]
    fn a_link_is_named_as_one_and_paths_are_short() {
        let fault = DiskFault::NotAFile { path: PathBuf::from("/home/alex/report.pdf"), what: Kind::Link };
        let trouble = refusal(fault, &world(), "Nothing was added.");
        assert_eq!((trouble.code, trouble.title.as_str()), (1, "report.pdf is a link, not a file"));
    }

    #[test]
    fn an_exposed_key_comes_with_the_command_that_mends_it() {
        let fault = DiskFault::Exposed { path: PathBuf::from("/keys/my key"), mode: 0o644 };
        let trouble = refusal(fault, &world(), "Nothing was signed.");
        assert_eq!(trouble.hint.as_deref(), Some("chmod 600 \"/keys/my key\""));
    }
}
