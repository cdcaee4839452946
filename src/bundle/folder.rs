//! The second source of a bundle: a folder that somebody, or some browser, unpacked.

use unicode_normalization::UnicodeNormalization;

use crate::path::{PathFault, RelPath};
use crate::source::{Folder, Found, FoundKind};

use super::fault::ArchiveFault;
use super::{Entry, Place, bounds, names};

/// What operating systems leave in folders they were shown: a note, never a finding.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"];

/// Whether some part of a path is operating-system litter.
pub fn is_litter(path: &str) -> bool {
    path.split('/').any(|part| LITTER.contains(&part))
}

/// A checked folder.
pub(super) struct Checked {
    /// The folder inside the given one that holds the bag; empty if that is the given one itself.
    pub top: String,
    pub entries: Vec<Entry>,
    pub litter: Vec<String>,
}

/// Lists a folder and checks its names; no file is opened.
pub(super) fn check(folder: &dyn Folder) -> Result<Checked, ArchiveFault> {
    let found = folder.list().map_err(|why| ArchiveFault::unreadable("", &why))?;
    let (litter, found): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|one| is_litter(&one.path));
    let litter = litter.into_iter().filter(|one| one.kind != FoundKind::Folder).map(|one| one.path).collect();
    let top = top(&found);
    let mut entries = Vec::new();
    for one in found {
        if one.kind == FoundKind::Other {
            return Err(ArchiveFault::NotAFile { path: one.path });
        }
        if one.kind == FoundKind::File {
            entries.push(entry(one, &top)?);
        }
    }
    if entries.is_empty() {
        return Err(ArchiveFault::Empty);
    }
    if entries.len() > bounds::ENTRIES {
        return Err(ArchiveFault::TooManyEntries { count: entries.len() as u64 });
    }
    let bytes = entries.iter().fold(0u64, |sum, entry| sum.saturating_add(entry.len));
    if bytes > bounds::ARCHIVE_BYTES {
        return Err(ArchiveFault::TooLarge { bytes });
    }
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    names::check(entries.iter().map(|entry| &entry.path))?;
    Ok(Checked { top, entries, litter })
}

/// The one folder that everything lies in, where the given folder is the one *around* the bundle.
fn top(found: &[Found]) -> String {
    let mut tops = found.iter().map(|one| one.path.split('/').next().unwrap_or(""));
    let first = tops.next().unwrap_or("");
    let holds_the_bag =
        found.iter().any(|one| one.path.strip_prefix(first).is_some_and(|rest| rest == "/bagit.txt"));
    let is_folder = found.iter().any(|one| one.path == first && one.kind == FoundKind::Folder);
    if is_folder && holds_the_bag && tops.all(|top| top == first) { first.to_owned() } else { String::new() }
}

fn entry(found: Found, top: &str) -> Result<Entry, ArchiveFault> {
    let inside = match top {
        "" => Some(found.path.as_str()),
        top => found.path.strip_prefix(top).and_then(|rest| rest.strip_prefix('/')),
    };
    // Some systems store names decomposed; what was packed was composed.
    let composed: String = inside.unwrap_or_default().nfc().collect();
    let path = RelPath::parse(&composed)
        .map_err(|fault| ArchiveFault::BadName { name: found.path.clone(), fault: replaced(fault) })?;
    Ok(Entry { path, len: found.len, place: Place::Folder { name: found.path } })
}

/// A listing shows `U+FFFD` for what is not UTF-8.
fn replaced(fault: PathFault) -> PathFault {
    match fault {
        PathFault::Hidden(char::REPLACEMENT_CHARACTER) => PathFault::NotUtf8,
        other => other,
    }
}
