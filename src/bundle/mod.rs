//! What a sign-off travels in: a BagIt bag in a plain, stored-only zip, written and read.
//!
//! # The format
//!
//! This is the whole description of the file, to be read beside RFC 8493 (the bag) and PKWARE's APPNOTE 6.3.10 (the
//! zip). A reader takes exactly what the writer writes: **for one list of names and contents there is one archive**,
//! so no byte of the file is free.
//!
//! ## The bag
//!
//! ```text
//! alex-rivera/                    one top folder; its name says nothing and is not signed
//!   READ-ME-FIRST.txt             what this is and how to check it; fixed text
//!   bag-info.txt                  "Label: value" lines: Portfolio-Format, Payload-Oxum, then what the writer adds
//!   bagit.txt                     "BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"
//!   data/…                        the payload
//!   manifest-sha256.txt           one line for each file below data/
//!   presentation.json             the holder's signature over the digest of manifest-sha256.txt;
//!                                 request.json in its place makes the bag a request
//!   tagmanifest-sha256.txt        one line for each of the five other files beside data/
//! ```
//!
//! * Text is UTF-8 without BOM; each line ends in LF, the last one too.
//! * A manifest line is 64 lower-case hex digits, two spaces, the path, LF; lines in the order of the paths' bytes.
//!   `sha256sum -c manifest-sha256.txt` in the top folder passes. No path needs escaping (RFC 8493 2.1.3), because
//!   `%`, CR and LF are not allowed in names.
//! * Nothing else lies beside `data/`: no `fetch.txt`, no second manifest, no further tag file.
//! * `Portfolio-Format: 1` is this format. A larger number is not read any further: it is too new, not bad.
//!   `Payload-Oxum` is the number of bytes below `data/`, a dot, the number of files.
//! * Complete and intact go both ways: every listed file is there with its digest, and every file there is listed.
//! * Names are [`RelPath`]s below the top folder (at most 512 bytes, 16 parts of at most 255); no two names, and no
//!   two spellings of a folder, are equal under NFKC and full case folding.
//!
//! ## The zip
//!
//! ```text
//! local header, file, local header, file, …, central headers, end record
//! ```
//!
//! Entries stand back to back from the first byte, in the order of their names' bytes, files only. Nothing stands
//! between, before or after.
//!
//! | field (APPNOTE) | value |
//! |---|---|
//! | version made by | `0x0314`: Unix, 2.0 |
//! | version needed to extract | 10 |
//! | general purpose bit flag | bit 11 if the name is not ASCII, else 0: no encryption, no data descriptor |
//! | compression method | 0, stored |
//! | last mod file time, date | `0x0000`, `0x0021`: 1980-01-01 00:00:00 |
//! | crc-32 | of the file |
//! | compressed, uncompressed size | the file's length, both |
//! | file name | top folder, `/`, path; UTF-8, normalisation form C |
//! | extra field, comments | none |
//! | disk numbers, internal attributes | 0 |
//! | external attributes | `0o100644 << 16`: an ordinary file, read by all, written by its owner |
//! | offset of local header | the running sum; local and central header agree in every shared field |
//!
//! No zip64: the file is shorter than 4 GiB and has at most 10,000 entries. An archive in which every entry carries
//! another program's habits is [`ArchiveFault::Repacked`]: unpacked, its folder is read by the same code.
//!
//! ## An unpacked bundle
//!
//! The folder that holds `bagit.txt`, or the one folder around it. Links, devices and bad names refuse it;
//! `.DS_Store`, `Thumbs.db`, `desktop.ini` and `__MACOSX` are litter and noted; every other file counts.

use std::sync::OnceLock;

use crate::digest::Digest;
use crate::path::RelPath;
use crate::source::{Folder, Source};

mod archive;
mod bag;
pub mod bounds;
mod directory;
mod fault;
mod folder;
mod frame;
mod info;
mod manifest;
mod measure;
mod names;
pub mod plain_bag;
mod repacked;
mod sum;
mod threads;
mod write;

pub use bag::{BUNDLE, BagFault, BagReport, Profile, REQUEST, examine};
pub use fault::{ArchiveFault, Packer};
pub use folder::is_litter;
pub use manifest::LineFault;
pub use measure::Measured;
pub use threads::Threads;
pub use write::{BagToWrite, WriteFault, size_of, write_bag, write_bag_as_recorded};

/// The name of the payload manifest, whose digest the holder signs.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The format that this version writes and reads.
pub const FORMAT_VERSION: u64 = 1;

/// Where a bundle is read from.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// A zip archive.
    Archive(&'a dyn Source),
    /// An unpacked bundle.
    Folder(&'a dyn Folder),
}

/// A bundle whose frame and names are sound; nothing is known yet about what its files hold.
pub struct Opened<'a> {
    input: Input<'a>,
    top: String,
    entries: Vec<Entry>,
    litter: Vec<String>,
    measured: OnceLock<Vec<Option<measure::Remembered>>>,
}

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the top folder.
    pub path: RelPath,
    /// Its length in bytes.
    pub len: u64,
    place: Place,
}

/// Where an entry's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Archive { start: u64, crc: u32 },
    Folder { name: String },
}

/// Opens a bundle: checks the whole frame and all names, reads no file.
///
/// # Errors
/// The first [`ArchiveFault`] found; behind a broken frame nothing can be believed.
pub fn open(input: Input<'_>) -> Result<Opened<'_>, ArchiveFault> {
    let (top, entries, litter) = match input {
        Input::Archive(source) => {
            let archive::Checked { top, entries } = archive::check(source)?;
            (top.to_string(), entries, Vec::new())
        }
        Input::Folder(folder) => {
            let folder::Checked { top, entries, litter } = folder::check(folder)?;
            (top, entries, litter)
        }
    };
    Ok(Opened { input, top, entries, litter, measured: OnceLock::new() })
}

impl Opened<'_> {
    /// The top folder's name; empty where the folder that was given is the top folder.
    pub fn top(&self) -> &str {
        &self.top
    }

    /// Every file, in the order of the paths.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Operating-system litter in an unpacked bundle, as the disk spells it.
    pub fn litter(&self) -> &[String] {
        &self.litter
    }

    /// The file at `path`, if there is one.
    pub fn entry(&self, path: &RelPath) -> Option<&Entry> {
        self.position(path.as_str()).and_then(|at| self.entries.get(at))
    }

    /// One whole file of at most `limit` bytes. After [`Opened::measure`] these are the bytes that were measured.
    ///
    /// # Errors
    /// [`ArchiveFault::NoSuchFile`], [`ArchiveFault::DocumentTooLarge`], [`ArchiveFault::Unreadable`], and
    /// [`ArchiveFault::ChangedWhileReading`] if the bytes are no longer those that were measured.
    pub fn read(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, ArchiveFault> {
        self.read_named(path.as_str(), limit)
    }

    /// [`Opened::read`] for a fixed name.
    pub(crate) fn read_named(&self, path: &str, limit: u64) -> Result<Vec<u8>, ArchiveFault> {
        let missing = || ArchiveFault::NoSuchFile { path: path.to_owned() };
        let at = self.position(path).ok_or_else(missing)?;
        let entry = self.entries.get(at).ok_or_else(missing)?;
        if entry.len > limit {
            return Err(ArchiveFault::DocumentTooLarge { path: path.to_owned(), len: entry.len, limit });
        }
        let remembered = self.measured.get().and_then(|all| all.get(at)).and_then(Option::as_ref);
        if let Some(bytes) = remembered.and_then(|measured| measured.kept.as_deref()) {
            return Ok(bytes.to_vec());
        }
        let mut bytes = vec![0; usize::try_from(entry.len).map_err(|_| missing())?];
        self.with_source(entry, |source, start| {
            source.read_exact_at(start, &mut bytes).map_err(|why| ArchiveFault::unreadable(path, &why))
        })?;
        match remembered {
            Some(measured) if measured.digest != Digest::of(&bytes) => {
                Err(ArchiveFault::ChangedWhileReading { path: path.to_owned() })
            }
            _ => Ok(bytes),
        }
    }

    fn position(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
    }

    /// Hands over the source that holds an entry and the offset at which it begins there.
    fn with_source<T>(
        &self,
        entry: &Entry,
        use_it: impl FnOnce(&dyn Source, u64) -> Result<T, ArchiveFault>,
    ) -> Result<T, ArchiveFault> {
        match (&entry.place, self.input) {
            (Place::Archive { start, .. }, Input::Archive(source)) => use_it(source, *start),
            (Place::Folder { name }, Input::Folder(folder)) => {
                let source = folder.open(name).map_err(|why| ArchiveFault::unreadable(name, &why))?;
                if source.len() != entry.len {
                    return Err(ArchiveFault::ChangedWhileReading { path: name.clone() });
                }
                use_it(source.as_ref(), 0)
            }
            _ => Err(ArchiveFault::NoSuchFile { path: entry.path.to_string() }),
        }
    }
}
