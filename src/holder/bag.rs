//! What goes into a bag: files and documents with the digests they must turn out to have.

use std::collections::BTreeMap;

use super::HolderFault;
use crate::bundle::{self, ArchiveFault, BagToWrite, WriteFault, bounds};
use crate::digest::{Digest, Hasher};
use crate::disk::{DiskFault, FileSource, Pending};
use crate::path::{FileName, PathFault, RelPath};
use crate::proof::Signer;
use crate::source::Source;

/// Files beside `data/`: they count as entries too.
const TAG_FILES: usize = 6;

/// The payload of a bag to be.
#[derive(Default)]
pub(super) struct Payload(Vec<Entry>);

struct Entry {
    path: RelPath,
    folded: String,
    digest: Digest,
    content: Content,
}

enum Content {
    File(FileSource),
    Document(Vec<u8>),
}

impl Content {
    fn source(&self) -> &dyn Source {
        match self {
            Content::File(file) => file,
            Content::Document(bytes) => bytes,
        }
    }
}

impl Payload {
    pub(super) fn add_file(&mut self, path: RelPath, digest: Digest, source: FileSource) {
        self.0.push(Entry { folded: path.folded(), path, digest, content: Content::File(source) });
    }

    pub(super) fn add_document(&mut self, path: RelPath, bytes: Vec<u8>) {
        let digest = Digest::of(&bytes);
        self.0.push(Entry { folded: path.folded(), path, digest, content: Content::Document(bytes) });
    }

    /// Whether the path is, but for case, that of an entry, of a folder around one, or of something inside one.
    pub(super) fn clashes(&self, path: &RelPath) -> bool {
        let folded = path.folded();
        let inside =
            |below: &str, above: &str| below.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'));
        self.0.iter().any(|e| e.folded == folded || inside(&e.folded, &folded) || inside(&folded, &e.folded))
    }

    pub(super) fn listed(&self) -> Vec<(RelPath, &dyn Source)> {
        self.0.iter().map(|entry| (entry.path.clone(), entry.content.source())).collect()
    }

    /// The digest that each entry was recorded with.
    pub(super) fn digests(&self) -> BTreeMap<&RelPath, Digest> {
        self.0.iter().map(|entry| (&entry.path, entry.digest)).collect()
    }

    /// The digest that `manifest-sha256.txt` must turn out to have (RFC 8493, section 2.1.3): one comparison tells
    /// whether any file changed since it was recorded, without reading a byte twice.
    pub(super) fn manifest_digest(&self) -> Digest {
        let mut lines: Vec<(&str, Digest)> = self.0.iter().map(|e| (e.path.as_str(), e.digest)).collect();
        lines.sort_unstable();
        let mut hasher = Hasher::new();
        for (path, digest) in lines {
            hasher.update(format!("{digest}  {path}\n").as_bytes());
        }
        hasher.finish()
    }
}

/// Bounds and length of the archive, in bytes at most.
pub(super) fn size(bag: &BagToWrite<'_>) -> Result<u64, HolderFault> {
    let over = |what: &str, found, limit| Err(HolderFault::OverLimit { what: what.to_owned(), found, limit });
    let entries = bag.payload.len() + TAG_FILES;
    if entries > bounds::ENTRIES {
        return over("files in one bundle", entries as u64, bounds::ENTRIES as u64);
    }
    match bundle::size_of(bag) {
        bytes if bytes > bounds::ARCHIVE_BYTES => over("bytes in one bundle", bytes, bounds::ARCHIVE_BYTES),
        bytes => Ok(bytes),
    }
}

/// Writes the bag; `statement` makes its signed file from the manifest's digest. Files that are `recorded` are listed
/// as they are there, which only reading the result back can confirm.
pub(super) fn write(
    pending: &mut Pending,
    bag: &BagToWrite<'_>,
    recorded: &dyn Fn(&RelPath) -> Option<Digest>,
    statement: &mut dyn FnMut(Digest) -> Result<Vec<u8>, HolderFault>,
) -> Result<u64, HolderFault> {
    let target = pending.target().to_path_buf();
    bundle::write_bag_as_recorded(&mut *pending, bag, recorded, statement).map_err(|fault| match fault {
        WriteFault::Statement(fault) => fault,
        WriteFault::Out(error) => DiskFault::from_io(&target, error).into(),
        // Shorter than it was a moment ago.
        WriteFault::Source { why, .. } if why.kind() == std::io::ErrorKind::UnexpectedEof => {
            HolderFault::ChangedMeanwhile
        }
        WriteFault::Source { path, why } => DiskFault::from_io(path.as_str().as_ref(), why).into(),
        WriteFault::Refused(ArchiveFault::TooLarge { bytes }) => {
            let what = "bytes in one bundle".to_owned();
            HolderFault::OverLimit { what, found: bytes, limit: bounds::ARCHIVE_BYTES }
        }
        other => HolderFault::Bag(other.to_string()),
    })
}

/// Fails unless `signer` signs with the portfolio's own key.
pub(super) fn require_key(expected: &str, signer: &dyn Signer) -> Result<(), HolderFault> {
    let found = signer.public_key().did();
    if found == expected {
        return Ok(());
    }
    Err(HolderFault::OtherKey { expected: expected.to_owned(), found })
}

/// A path from safe parts; together they may still be too long.
pub(super) fn path(parts: &[&str]) -> Result<RelPath, HolderFault> {
    let name = parts.join("/");
    RelPath::parse(&name).map_err(|fault| HolderFault::BadName { name, fault })
}

/// A name from an id.
pub(super) fn name(id: &str) -> Result<FileName, HolderFault> {
    FileName::parse(id).map_err(|fault: PathFault| HolderFault::BadName { name: id.to_owned(), fault })
}
