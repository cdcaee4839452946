//! The end record and the list of entries: found, bounded and split, nothing believed yet.

use crate::source::Source;

use super::bounds;
use super::fault::ArchiveFault;
use super::frame::{self, u16_at, u32_at};

/// Bytes read from the end at first: they hold the whole list of any everyday bundle.
const TAIL_BYTES: u64 = 16 << 10;
/// How far back a misplaced end is looked for, only to name the fault: a comment's length many times over.
const SEARCH_BYTES: u64 = 1 << 20;

/// One header of the list, every field as it stands.
#[derive(Debug, Clone)]
pub(super) struct Listed<'a> {
    pub made_by: u16,
    pub needed: u16,
    pub flags: u16,
    pub method: u16,
    pub time: u16,
    pub date: u16,
    pub crc: u32,
    pub packed: u32,
    pub unpacked: u32,
    pub disk: u16,
    pub internal: u16,
    pub external: u32,
    pub offset: u32,
    pub name: &'a [u8],
    pub extra: &'a [u8],
    pub comment: &'a [u8],
}

/// The end of an archive: how many entries, and where their list lies.
#[derive(Debug)]
pub(super) struct Directory {
    pub count: u16,
    pub offset: u64,
    pub bytes: Vec<u8>,
    /// The last bytes of the file and where they begin, so that headers in them need no second read.
    pub tail: Vec<u8>,
    pub tail_offset: u64,
}

/// Reads the end record, which must be the last 22 bytes, and the list right before it.
pub(super) fn read(source: &dyn Source) -> Result<Directory, ArchiveFault> {
    let len = source.len();
    if len > bounds::ARCHIVE_BYTES {
        return Err(ArchiveFault::TooLarge { bytes: len });
    }
    let mut tail = vec![0; usize::try_from(len.min(TAIL_BYTES)).unwrap_or(0)];
    let tail_offset = len - tail.len() as u64;
    read_at(source, tail_offset, &mut tail)?;
    let last = tail.len().checked_sub(frame::END).and_then(|at| tail.get(at..)).unwrap_or_default();
    if u32_at(last, 0) != frame::END_MAGIC || u16_at(last, 20) != 0 {
        return Err(no_end(source));
    }
    let before = tail.len().saturating_sub(frame::END + frame::ZIP64_LOCATOR);
    if u32_at(&tail, before) == frame::ZIP64_LOCATOR_MAGIC {
        return Err(ArchiveFault::Zip64);
    }
    if u16_at(last, 4) != 0 || u16_at(last, 6) != 0 {
        return Err(ArchiveFault::ManyDisks);
    }
    let (here, count) = (u16_at(last, 8), u16_at(last, 10));
    let (size, offset) = (u64::from(u32_at(last, 12)), u64::from(u32_at(last, 16)));
    if count == u16::MAX || size == bounds::ARCHIVE_BYTES || offset == bounds::ARCHIVE_BYTES {
        return Err(ArchiveFault::Zip64);
    }
    if here != count {
        return Err(ArchiveFault::CountsDisagree { listed: count.into(), found: here.into() });
    }
    if usize::from(count) > bounds::ENTRIES {
        return Err(ArchiveFault::TooManyEntries { count: count.into() });
    }
    if size > bounds::DIRECTORY_BYTES {
        return Err(ArchiveFault::DirectoryTooLarge { bytes: size });
    }
    let end = len - frame::END as u64;
    match end.checked_sub(offset + size) {
        None => return Err(ArchiveFault::Overlap { path: String::new() }),
        Some(0) => {}
        Some(bytes) => return Err(misplaced(source, end - size, offset, bytes)),
    }
    if count == 0 {
        return Err(ArchiveFault::Empty);
    }
    let bytes = match offset.checked_sub(tail_offset).and_then(|at| usize::try_from(at).ok()) {
        Some(at) => tail.get(at..tail.len() - frame::END).unwrap_or_default().to_vec(),
        None => {
            let mut bytes = vec![0; usize::try_from(size).unwrap_or(0)];
            read_at(source, offset, &mut bytes)?;
            bytes
        }
    };
    Ok(Directory { count, offset, bytes, tail, tail_offset })
}

impl Directory {
    /// Splits the list into its headers, which must fill it exactly.
    pub(super) fn split(&self) -> Result<Vec<Listed<'_>>, ArchiveFault> {
        let mut listed = Vec::with_capacity(self.count.into());
        let mut rest = self.bytes.as_slice();
        while !rest.is_empty() {
            let at = self.offset + (self.bytes.len() - rest.len()) as u64;
            if listed.len() == usize::from(self.count) {
                return match u32_at(rest, 0) {
                    frame::CENTRAL_MAGIC => Err(ArchiveFault::CountsDisagree {
                        listed: self.count.into(),
                        found: listed.len() as u64 + 1,
                    }),
                    _ => Err(ArchiveFault::Gap { at, bytes: rest.len() as u64 }),
                };
            }
            let (header, behind) = header(rest).ok_or(ArchiveFault::DirectoryDamaged { at })?;
            listed.push(header);
            rest = behind;
        }
        match listed.len() {
            found if found < self.count.into() => {
                Err(ArchiveFault::CountsDisagree { listed: self.count.into(), found: found as u64 })
            }
            _ => Ok(listed),
        }
    }

    /// Fills `buffer` from `offset` on, from the tail at hand where it lies there.
    pub(super) fn read_header(
        &self,
        source: &dyn Source,
        offset: u64,
        buffer: &mut [u8],
    ) -> Result<(), ArchiveFault> {
        let at = offset.checked_sub(self.tail_offset).and_then(|at| usize::try_from(at).ok());
        match at.and_then(|at| self.tail.get(at..at + buffer.len())) {
            Some(bytes) => {
                buffer.copy_from_slice(bytes);
                Ok(())
            }
            None => read_at(source, offset, buffer),
        }
    }
}

fn header(bytes: &[u8]) -> Option<(Listed<'_>, &[u8])> {
    let (fixed, rest) = bytes.split_at_checked(frame::CENTRAL)?;
    if u32_at(fixed, 0) != frame::CENTRAL_MAGIC {
        return None;
    }
    let (name, rest) = rest.split_at_checked(u16_at(fixed, 28).into())?;
    let (extra, rest) = rest.split_at_checked(u16_at(fixed, 30).into())?;
    let (comment, rest) = rest.split_at_checked(u16_at(fixed, 32).into())?;
    let listed = Listed {
        made_by: u16_at(fixed, 4),
        needed: u16_at(fixed, 6),
        flags: u16_at(fixed, 8),
        method: u16_at(fixed, 10),
        time: u16_at(fixed, 12),
        date: u16_at(fixed, 14),
        crc: u32_at(fixed, 16),
        packed: u32_at(fixed, 20),
        unpacked: u32_at(fixed, 24),
        disk: u16_at(fixed, 34),
        internal: u16_at(fixed, 36),
        external: u32_at(fixed, 38),
        offset: u32_at(fixed, 42),
        name,
        extra,
        comment,
    };
    Some((listed, rest))
}

/// Names what stands where the end record should: nothing, a comment, or something appended.
fn no_end(source: &dyn Source) -> ArchiveFault {
    let len = source.len();
    let mut first = [0; 4];
    if read_at(source, 0, &mut first).is_err() || !first.starts_with(b"PK") {
        return ArchiveFault::NotAnArchive;
    }
    let window = len.min(SEARCH_BYTES);
    let mut bytes = vec![0; usize::try_from(window).unwrap_or(0)];
    if let Err(fault) = read_at(source, len - window, &mut bytes) {
        return fault;
    }
    let magic = frame::END_MAGIC.to_le_bytes();
    for at in (0..bytes.len().saturating_sub(frame::END - 1)).rev() {
        if bytes[at..].starts_with(&magic) {
            let behind = (bytes.len() - at - frame::END) as u64;
            return match u64::from(u16_at(&bytes, at + 20)) {
                comment if comment == behind => ArchiveFault::Comment { bytes: comment },
                comment if comment < behind => ArchiveFault::Appended { bytes: behind - comment },
                _ => ArchiveFault::Truncated,
            };
        }
    }
    ArchiveFault::Truncated
}

/// The list does not end where the end record begins: either everything moved, or something was put between.
fn misplaced(source: &dyn Source, where_it_would_be: u64, offset: u64, bytes: u64) -> ArchiveFault {
    let mut magic = [0; 4];
    let moved = read_at(source, where_it_would_be, &mut magic).is_ok()
        && u32_at(&magic, 0) == frame::CENTRAL_MAGIC
        && read_at(source, offset, &mut magic).is_ok()
        && u32_at(&magic, 0) != frame::CENTRAL_MAGIC;
    if moved { ArchiveFault::Prepended { bytes } } else { ArchiveFault::Gap { at: where_it_would_be, bytes } }
}

pub(super) fn read_at(source: &dyn Source, offset: u64, buffer: &mut [u8]) -> Result<(), ArchiveFault> {
    source.read_exact_at(offset, buffer).map_err(|why| ArchiveFault::unreadable("", &why))
}
