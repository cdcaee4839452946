//! The strict frame check: a zip is taken only if it is byte for byte what the writer would have written.
//!
//! Every field that is not a name, a CRC, a size or an offset has one value, entries stand back to back in the order
//! of their names, and the list and the end record follow at once. So no byte can differ, move, hide or be added
//! without being found here or by the digests, and every other reader sees the same files that we see.

use crate::path::{FileName, PathFault, RelPath};
use crate::source::Source;

use super::directory::{self, Directory, Listed};
use super::fault::ArchiveFault;
use super::frame::{self, Stamp, u16_at, u32_at};
use super::{Entry, Place, names, repacked};

/// A checked archive: its top folder and its entries in order.
pub(super) struct Checked {
    pub top: FileName,
    pub entries: Vec<Entry>,
}

/// Checks the whole frame of an archive, reading its headers and none of its files.
pub(super) fn check(source: &dyn Source) -> Result<Checked, ArchiveFault> {
    let directory = directory::read(source)?;
    let listed = directory.split()?;
    check_listed(source, &directory, &listed).map_err(|fault| repacked::recognise(fault, &listed))
}

fn check_listed(
    source: &dyn Source,
    directory: &Directory,
    listed: &[Listed<'_>],
) -> Result<Checked, ArchiveFault> {
    for header in listed {
        check_header(header)?;
    }
    let (top, paths) = check_names(listed)?;
    let mut entries = Vec::with_capacity(listed.len());
    let mut expected = 0;
    for (header, path) in listed.iter().zip(paths) {
        let offset = u64::from(header.offset);
        if offset < expected {
            return Err(ArchiveFault::Overlap { path: header.path() });
        }
        if offset > expected {
            return Err(ArchiveFault::Gap { at: expected, bytes: offset - expected });
        }
        check_local(source, directory, header)?;
        let start = offset + (frame::LOCAL + header.name.len()) as u64;
        expected = start + u64::from(header.unpacked);
        if expected > directory.offset {
            return Err(ArchiveFault::Overlap { path: header.path() });
        }
        let place = Place::Archive { start, crc: header.crc };
        entries.push(Entry { path, len: header.unpacked.into(), place });
    }
    match directory.offset - expected {
        0 => Ok(Checked { top, entries }),
        bytes => Err(ArchiveFault::Gap { at: expected, bytes }),
    }
}

impl Listed<'_> {
    /// The name for a fault, whatever it holds.
    pub(super) fn path(&self) -> String {
        String::from_utf8_lossy(self.name).into_owned()
    }

    /// The Unix mode, where the packer's system has one.
    fn mode(&self) -> Option<u32> {
        matches!(self.made_by >> 8, 3 | 19).then_some(self.external >> 16)
    }
}

const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const DESCRIPTOR: u16 = 1 << 3;
const ZIP64_FIELD: u16 = 1;
const ZIP64_NEEDED: u16 = 45;

/// Checks everything about one entry that the list alone can tell.
fn check_header(header: &Listed<'_>) -> Result<(), ArchiveFault> {
    let path = || header.path();
    let extra = u16_at(header.extra, 0);
    let wide = [header.packed, header.unpacked, header.offset].contains(&u32::MAX);
    if wide || header.needed >= ZIP64_NEEDED || (header.extra.len() > 1 && extra == ZIP64_FIELD) {
        return Err(ArchiveFault::Zip64);
    }
    if header.disk != 0 {
        return Err(ArchiveFault::ManyDisks);
    }
    if header.flags & ENCRYPTED != 0 {
        return Err(ArchiveFault::Encrypted { path: path() });
    }
    if header.flags & DESCRIPTOR != 0 {
        return Err(ArchiveFault::DataDescriptor { path: path() });
    }
    if header.method != 0 {
        return Err(ArchiveFault::Compressed { path: path(), method: header.method });
    }
    if !header.extra.is_empty() {
        return Err(ArchiveFault::ExtraField { path: path(), id: extra });
    }
    if !header.comment.is_empty() {
        return Err(ArchiveFault::EntryComment { path: path() });
    }
    if header.name.ends_with(b"/") {
        return Err(ArchiveFault::FolderEntry { path: path() });
    }
    if let Some(mode) = header.mode().filter(|mode| !matches!(mode >> 12, 0 | 0o10)) {
        return Err(ArchiveFault::SpecialFile { path: path(), mode });
    }
    if header.packed != header.unpacked {
        let (packed, unpacked) = (header.packed.into(), header.unpacked.into());
        return Err(ArchiveFault::SizesDisagree { path: path(), packed, unpacked });
    }
    let flags = if header.name.is_ascii() { 0 } else { frame::UTF8 };
    for (field, found, expected) in [
        ("general purpose bit flag", header.flags, flags),
        ("version made by", header.made_by, frame::MADE_BY),
        ("version needed to extract", header.needed, frame::NEEDED),
        ("last mod file time", header.time, 0),
        ("last mod file date", header.date, frame::DATE),
        ("internal file attributes", header.internal, 0),
    ] {
        if found != expected {
            let (found, expected) = (found.into(), expected.into());
            return Err(ArchiveFault::ForeignHeader { path: path(), field, found, expected });
        }
    }
    if header.external != frame::ATTRIBUTES {
        let (found, expected) = (header.external, frame::ATTRIBUTES);
        return Err(ArchiveFault::ForeignHeader {
            path: path(),
            field: "external file attributes",
            found,
            expected,
        });
    }
    Ok(())
}

/// Checks each name, the one top folder, and all names together; paths are below the top folder.
fn check_names(listed: &[Listed<'_>]) -> Result<(FileName, Vec<RelPath>), ArchiveFault> {
    let mut top: Option<FileName> = None;
    let mut paths = Vec::with_capacity(listed.len());
    for header in listed {
        let bad = |fault| ArchiveFault::BadName { name: header.path(), fault };
        let text = std::str::from_utf8(header.name).map_err(|_| bad(PathFault::NotUtf8))?;
        let (folder, rest) = match text.split_once('/') {
            Some(("", _)) => return Err(bad(PathFault::Absolute)),
            Some(parts) => parts,
            None => {
                FileName::parse(text).map_err(bad)?;
                return Err(ArchiveFault::NoTopFolder { path: text.to_owned() });
            }
        };
        paths.push(
            RelPath::parse(rest)
                .map_err(|fault| bad(if rest.starts_with('/') { PathFault::EmptyPart } else { fault }))?,
        );
        match &top {
            Some(top) if top.as_str() == folder => {}
            Some(top) => {
                let other = FileName::parse(folder).map_err(bad)?;
                return Err(ArchiveFault::ManyTopFolders { one: top.to_string(), other: other.to_string() });
            }
            None => top = Some(FileName::parse(folder).map_err(bad)?),
        }
    }
    names::check(paths.iter())?;
    if let Some(pair) = paths.windows(2).find(|pair| pair[0] >= pair[1]) {
        return Err(ArchiveFault::OutOfOrder { path: pair[1].to_string() });
    }
    Ok((top.ok_or(ArchiveFault::Empty)?, paths))
}

/// Fields of a local header: name, place, and whether it has 32 bits rather than 16.
const LOCAL_FIELDS: [(&str, usize, bool); 11] = [
    ("local file header signature", 0, true),
    ("version needed to extract", 4, false),
    ("general purpose bit flag", 6, false),
    ("compression method", 8, false),
    ("last mod file time", 10, false),
    ("last mod file date", 12, false),
    ("crc-32", 14, true),
    ("compressed size", 18, true),
    ("uncompressed size", 22, true),
    ("file name length", 26, false),
    ("extra field length", 28, false),
];

/// Compares the header before a file with what the list says it is; they agree in every byte.
fn check_local(source: &dyn Source, directory: &Directory, header: &Listed<'_>) -> Result<(), ArchiveFault> {
    let mut expected = Vec::with_capacity(frame::LOCAL + header.name.len());
    Stamp { name: header.name, crc: header.crc, len: header.unpacked }.local(&mut expected);
    let mut found = vec![0; expected.len()];
    if u64::from(header.offset) + found.len() as u64 > directory.offset {
        return Err(ArchiveFault::Overlap { path: header.path() });
    }
    directory.read_header(source, header.offset.into(), &mut found)?;
    if found == expected {
        return Ok(());
    }
    for (field, at, wide) in LOCAL_FIELDS {
        let read = |bytes: &[u8]| if wide { u32_at(bytes, at) } else { u16_at(bytes, at).into() };
        let (local, listed) = (read(&found), read(&expected));
        if local != listed {
            return Err(ArchiveFault::HeaderMismatch { path: header.path(), field, local, listed });
        }
    }
    let differs = (frame::LOCAL..found.len()).find(|at| found[*at] != expected[*at]).unwrap_or(frame::LOCAL);
    let (local, listed) = (found[differs].into(), expected[differs].into());
    Err(ArchiveFault::HeaderMismatch { path: header.path(), field: "file name", local, listed })
}
