//! What can be wrong with an archive or an unpacked bundle, each fault by its name.

use crate::path::PathFault;

use super::bounds;

/// Why an archive or a folder is not read as a bundle. Names are raw text from a stranger: escape them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveFault {
    /// It does not begin as an archive does.
    #[error("this is not a ZIP archive")]
    NotAnArchive,
    /// It begins as an archive and has no end record near its end: cut off, as a rule.
    #[error("the archive is cut off: its end is missing")]
    Truncated,
    /// Bytes follow the end record.
    #[error("{bytes} bytes follow the end of the archive")]
    Appended {
        /// How many.
        bytes: u64,
    },
    /// Bytes stand before the first entry.
    #[error("{bytes} bytes stand before the archive")]
    Prepended {
        /// How many.
        bytes: u64,
    },
    /// The archive has a comment.
    #[error("the archive carries a comment of {bytes} bytes")]
    Comment {
        /// Its length.
        bytes: u64,
    },
    /// It says that it spans several disks.
    #[error("the archive says that it is one of several parts")]
    ManyDisks,
    /// The end record disagrees with itself or with the list of entries.
    #[error("the archive says it has {listed} entries and {found} are listed")]
    CountsDisagree {
        /// By the end record.
        listed: u64,
        /// In the list.
        found: u64,
    },
    /// The 64-bit form of a zip, anywhere.
    #[error("the archive uses zip64")]
    Zip64,
    /// No entry at all.
    #[error("the archive is empty")]
    Empty,
    /// Bytes that belong to nothing.
    #[error("{bytes} bytes at {at} belong to no file")]
    Gap {
        /// Where they begin.
        at: u64,
        /// How many.
        bytes: u64,
    },
    /// Two entries, or an entry and the list, share bytes.
    #[error("{path:?} shares bytes with what stands before it")]
    Overlap {
        /// The entry that begins too early; empty for the list itself.
        path: String,
    },
    /// Over [`bounds::ARCHIVE_BYTES`].
    #[error("it is {bytes} bytes long, over {}", bounds::ARCHIVE_BYTES)]
    TooLarge {
        /// Its length.
        bytes: u64,
    },
    /// Over [`bounds::ENTRIES`].
    #[error("it has {count} entries, over {}", bounds::ENTRIES)]
    TooManyEntries {
        /// How many.
        count: u64,
    },
    /// Over [`bounds::DIRECTORY_BYTES`].
    #[error("its list of entries is {bytes} bytes long, over {}", bounds::DIRECTORY_BYTES)]
    DirectoryTooLarge {
        /// Its length.
        bytes: u64,
    },
    /// The list of entries cannot be followed.
    #[error("the list of entries is damaged at byte {at}")]
    DirectoryDamaged {
        /// Where in the file.
        at: u64,
    },
    /// An entry is compressed.
    #[error("{path:?} is compressed with method {method}")]
    Compressed {
        /// The entry.
        path: String,
        /// The method's number (APPNOTE 4.4.5).
        method: u16,
    },
    /// An entry is encrypted.
    #[error("{path:?} is encrypted")]
    Encrypted {
        /// The entry.
        path: String,
    },
    /// An entry's size stands behind it instead of before it.
    #[error("{path:?} has a data descriptor")]
    DataDescriptor {
        /// The entry.
        path: String,
    },
    /// An entry carries an extra field.
    #[error("{path:?} carries the extra field 0x{id:04x}")]
    ExtraField {
        /// The entry.
        path: String,
        /// The first field's id (APPNOTE 4.5.2).
        id: u16,
    },
    /// An entry carries a comment.
    #[error("{path:?} carries a comment")]
    EntryComment {
        /// The entry.
        path: String,
    },
    /// An entry is a folder.
    #[error("{path:?} is an entry for a folder")]
    FolderEntry {
        /// The entry.
        path: String,
    },
    /// An entry is a link, device, pipe or socket.
    #[error("{path:?} is no ordinary file (mode {mode:o})")]
    SpecialFile {
        /// The entry.
        path: String,
        /// Its Unix mode.
        mode: u32,
    },
    /// A stored entry with two sizes.
    #[error("{path:?} is stored, yet {packed} bytes are said to hold {unpacked}")]
    SizesDisagree {
        /// The entry.
        path: String,
        /// The size in the archive.
        packed: u64,
        /// The size outside it.
        unpacked: u64,
    },
    /// A header field that a bundle writes otherwise.
    #[error("the {field} of {path:?} is {found:#x} where a bundle has {expected:#x}")]
    ForeignHeader {
        /// The entry.
        path: String,
        /// The field, in APPNOTE's words.
        field: &'static str,
        /// As found.
        found: u32,
        /// As written by us.
        expected: u32,
    },
    /// The header before an entry disagrees with the list.
    #[error("the {field} of {path:?} is {local:#x} before the file and {listed:#x} in the list")]
    HeaderMismatch {
        /// The entry.
        path: String,
        /// The field, in APPNOTE's words; `name` compares only where the lengths agree.
        field: &'static str,
        /// Before the file.
        local: u32,
        /// In the list.
        listed: u32,
    },
    /// A name that is refused.
    #[error("{name:?}: {fault}")]
    BadName {
        /// The name, with `U+FFFD` for what is not UTF-8.
        name: String,
        /// Why.
        fault: PathFault,
    },
    /// The same name twice.
    #[error("{path:?} is there twice")]
    Duplicate {
        /// The name.
        path: String,
    },
    /// Two names that are one on some system.
    #[error("{one:?} and {other:?} are one name on some systems")]
    Clash {
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
    /// Entries that are not in the order of their names.
    #[error("{path:?} is out of order")]
    OutOfOrder {
        /// The entry that stands too late.
        path: String,
    },
    /// A file beside the one top folder.
    #[error("{path:?} lies outside the bundle's top folder")]
    NoTopFolder {
        /// The file.
        path: String,
    },
    /// More than one top folder.
    #[error("there are two top folders, {one:?} and {other:?}")]
    ManyTopFolders {
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
    /// A bundle that some program unpacked and packed again.
    #[error("the archive was packed again by {by}: {found}")]
    Repacked {
        /// Which program, by its habits.
        by: Packer,
        /// The first difference found.
        found: Box<ArchiveFault>,
    },
    /// Something in a folder that is neither file nor folder.
    #[error("{path:?} is a link or a device, not a file")]
    NotAFile {
        /// Its path.
        path: String,
    },
    /// No file of that name.
    #[error("{path:?} is not in the bundle")]
    NoSuchFile {
        /// The path asked for.
        path: String,
    },
    /// A document over the length that its reader takes.
    #[error("{path:?} is {len} bytes long, over {limit}")]
    DocumentTooLarge {
        /// Its path.
        path: String,
        /// Its length.
        len: u64,
        /// The most.
        limit: u64,
    },
    /// A file that was one thing when it was measured and another when it was read.
    #[error("{path:?} changed while it was read")]
    ChangedWhileReading {
        /// Its path.
        path: String,
    },
    /// The disk said no.
    #[error("{path:?} cannot be read: {why}")]
    Unreadable {
        /// What was being read; empty for the archive itself.
        path: String,
        /// The system's words.
        why: String,
    },
}

impl ArchiveFault {
    /// Whether reading failed, as against what was read being wrong.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable { .. } | Self::ChangedWhileReading { .. })
    }

    pub(super) fn unreadable(path: &str, why: &std::io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), why: why.to_string() }
    }
}

/// A program that packs zips, told by what it leaves in every entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packer {
    /// Archive Utility of macOS, or `ditto`.
    MacOs,
    /// The Explorer of Windows, or the same habits elsewhere.
    Windows,
    /// Info-ZIP's `zip`.
    InfoZip,
    /// 7-Zip.
    SevenZip,
    /// Python's `zipfile`.
    Python,
    /// Some other program.
    Other,
}

impl std::fmt::Display for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
            Self::InfoZip => "zip (Info-ZIP)",
            Self::SevenZip => "7-Zip",
            Self::Python => "Python",
            Self::Other => "another program",
        })
    }
}
