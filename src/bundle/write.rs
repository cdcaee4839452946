//! The writer: one pass over the payload, the same bytes for the same bag.

use std::io::{self, Seek, SeekFrom, Write};

use crate::digest::{Digest, Hasher};
use crate::path::{FileName, RelPath};
use crate::source::Source;

use super::bag::{BAG_INFO, BAGIT, PAYLOAD, READ_ME, TAG_MANIFEST};
use super::frame::{self, Stamp};
use super::{ArchiveFault, FORMAT_VERSION, MANIFEST, Profile, bounds, info, is_litter, manifest, names};

/// Everything that goes into a bag, but for what is made of it: manifests, sizes and the statement.
pub struct BagToWrite<'a> {
    /// The one folder that unpacking gives.
    pub top: FileName,
    /// Lines for `bag-info.txt`, behind the format and the payload's size: `Bagging-Date` and the like.
    pub info: Vec<(&'a str, String)>,
    /// The payload in any order, each path below `data/`.
    pub payload: Vec<(RelPath, &'a dyn Source)>,
    /// The text of `READ-ME-FIRST.txt`.
    pub read_me: &'a str,
    /// Which statement it carries.
    pub profile: Profile,
}

/// Why a bag was not written. What has been written until then is no archive: drop it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteFault<E> {
    /// A reader would refuse the result.
    #[error("{0}")]
    Refused(ArchiveFault),
    /// A bag without payload.
    #[error("there is nothing to put in the bundle")]
    NoPayload,
    /// A payload path outside `data/`, or one that folders treat as litter.
    #[error("{path} is not a place for a file of a bundle")]
    Misplaced {
        /// The path.
        path: RelPath,
    },
    /// A line for `bag-info.txt` that would not be read back.
    #[error("{label:?} cannot be written as one line of {BAG_INFO}")]
    BadInfo {
        /// Its label.
        label: String,
    },
    /// A payload file could not be read, or grew shorter meanwhile.
    #[error("{path} cannot be read: {why}")]
    Source {
        /// The file.
        path: RelPath,
        /// Why.
        why: io::Error,
    },
    /// The statement could not be made.
    #[error("{0}")]
    Statement(E),
    /// The archive could not be written.
    #[error("the archive cannot be written: {0}")]
    Out(#[from] io::Error),
}

/// Room for the statement in [`size_of`]: one holder's statement is a tenth of it.
const STATEMENT_ALLOWANCE: u64 = 64 << 10;

/// An upper bound for the archive's length while its statement is under 64 KiB; known before anybody is asked to sign.
pub fn size_of(bag: &BagToWrite<'_>) -> u64 {
    let headers = (frame::LOCAL + frame::CENTRAL + 2 * (bag.top.as_str().len() + 1)) as u64;
    let line = |path: &str, len: u64| len + headers + 2 * path.len() as u64 + manifest_line(path);
    let payload = bag.payload.iter().map(|(path, source)| line(path.as_str(), source.len()));
    let info: u64 = bag.info.iter().map(|(label, value)| (label.len() + value.len() + 3) as u64).sum();
    let tags = bag.profile.tag_files().iter().map(|name| line(name, 0)).sum::<u64>() + line(TAG_MANIFEST, 0);
    // The format's and the payload's own lines of bag-info.txt take under 128 bytes.
    let texts = bag.read_me.len() as u64 + info + 128 + info::BAGIT.len() as u64 + STATEMENT_ALLOWANCE;
    payload.fold(0u64, u64::saturating_add).saturating_add(tags + texts + frame::END as u64)
}

fn manifest_line(path: &str) -> u64 {
    (64 + 2 + path.len() + 1) as u64
}

/// Writes a whole archive and returns its length. `statement` is called once, after the payload, with the digest of
/// the payload manifest, and gives the bytes of the profile's signed file.
///
/// # Errors
/// Everything that can be told beforehand is told before the first byte is written.
pub fn write_bag<W: Write + Seek, E>(
    out: W,
    bag: &BagToWrite<'_>,
    statement: &mut dyn FnMut(Digest) -> Result<Vec<u8>, E>,
) -> Result<u64, WriteFault<E>> {
    write_bag_as_recorded(out, bag, &|_| None, statement)
}

/// The same for a caller who has the digests of payload files already: those files are listed with them and not
/// hashed on the way. **Only for one who reads the result back**: a file that is other than recorded makes an archive
/// that is not intact.
///
/// # Errors
/// Those of [`write_bag`].
pub fn write_bag_as_recorded<W: Write + Seek, E>(
    out: W,
    bag: &BagToWrite<'_>,
    recorded: &dyn Fn(&RelPath) -> Option<Digest>,
    statement: &mut dyn FnMut(Digest) -> Result<Vec<u8>, E>,
) -> Result<u64, WriteFault<E>> {
    let mut payload: Vec<&(RelPath, &dyn Source)> = bag.payload.iter().collect();
    payload.sort_by(|(one, _), (other, _)| one.cmp(other));
    let tags = check(bag, &payload)?;
    let mut archive = Archive::new(out, &bag.top);
    // Tag files before `data/` in the order of their names, then the payload, then those behind it.
    let mut tagged = Vec::new();
    for (name, bytes) in [(READ_ME, bag.read_me.as_bytes()), (BAG_INFO, &tags), (BAGIT, info::BAGIT)] {
        tagged.push((name, archive.add_bytes(name, bytes)?));
    }
    let mut listed = Vec::with_capacity(payload.len());
    for (path, source) in payload {
        let digest = archive.add(path.as_str(), *source, recorded(path)).map_err(|fault| match fault {
            AddFault::Source(why) => WriteFault::Source { path: path.clone(), why },
            AddFault::Out(why) => WriteFault::Out(why),
            AddFault::TooLarge(bytes) => WriteFault::Refused(ArchiveFault::TooLarge { bytes }),
        })?;
        listed.push((path.as_str(), digest));
    }
    let lines = manifest::write(listed.into_iter());
    let manifest_digest = archive.add_bytes(MANIFEST, &lines)?;
    tagged.push((MANIFEST, manifest_digest));
    let signed = statement(manifest_digest).map_err(WriteFault::Statement)?;
    refuse_long(bag.profile.statement, signed.len() as u64, bounds::STATEMENT_BYTES)?;
    tagged.push((bag.profile.statement, archive.add_bytes(bag.profile.statement, &signed)?));
    archive.add_bytes(TAG_MANIFEST, &manifest::write(tagged.into_iter()))?;
    Ok(archive.finish()?)
}

/// Refuses what a reader would refuse; gives the bytes of `bag-info.txt`.
fn check<E>(bag: &BagToWrite<'_>, payload: &[&(RelPath, &dyn Source)]) -> Result<Vec<u8>, WriteFault<E>> {
    if payload.is_empty() {
        return Err(WriteFault::NoPayload);
    }
    if let Some((path, _)) =
        payload.iter().find(|(path, _)| !path.is_below(PAYLOAD) || is_litter(path.as_str()))
    {
        return Err(WriteFault::Misplaced { path: path.clone() });
    }
    names::check(payload.iter().map(|(path, _)| path)).map_err(WriteFault::Refused)?;
    let count = payload.len() + bag.profile.tag_files().len() + 1;
    if count > bounds::ENTRIES {
        return Err(WriteFault::Refused(ArchiveFault::TooManyEntries { count: count as u64 }));
    }
    let bytes = size_of(bag);
    if bytes > bounds::ARCHIVE_BYTES {
        return Err(WriteFault::Refused(ArchiveFault::TooLarge { bytes }));
    }
    let octets = payload.iter().map(|(_, source)| source.len()).sum();
    let (format, oxum) = (FORMAT_VERSION.to_string(), info::oxum(octets, payload.len()));
    let own = [(info::FORMAT, format.as_str()), (info::OXUM, oxum.as_str())];
    let pairs: Vec<_> =
        own.into_iter().chain(bag.info.iter().map(|(label, value)| (*label, value.as_str()))).collect();
    for (at, (label, value)) in pairs.iter().enumerate() {
        let repeated = pairs.iter().take(at).any(|(earlier, _)| earlier == label);
        if repeated || !info::fits(label, value) {
            return Err(WriteFault::BadInfo { label: (*label).to_owned() });
        }
    }
    let tags = info::write(pairs.into_iter());
    refuse_long(BAG_INFO, tags.len() as u64, bounds::TAG_BYTES)?;
    refuse_long(READ_ME, bag.read_me.len() as u64, bounds::TAG_BYTES)?;
    Ok(tags)
}

fn refuse_long<E>(name: &str, len: u64, limit: u64) -> Result<(), WriteFault<E>> {
    if len <= limit {
        return Ok(());
    }
    Err(WriteFault::Refused(ArchiveFault::DocumentTooLarge { path: name.to_owned(), len, limit }))
}

enum AddFault {
    Source(io::Error),
    Out(io::Error),
    TooLarge(u64),
}

/// An archive being written, entry by entry.
struct Archive<W> {
    out: W,
    top: String,
    central: Vec<u8>,
    count: u16,
    offset: u64,
    buffer: Vec<u8>,
}

impl<W: Write + Seek> Archive<W> {
    fn new(out: W, top: &FileName) -> Self {
        Self { out, top: format!("{top}/"), central: Vec::new(), count: 0, offset: 0, buffer: Vec::new() }
    }

    fn add_bytes<E>(&mut self, name: &str, bytes: &[u8]) -> Result<Digest, WriteFault<E>> {
        self.add(name, &bytes.to_vec(), None).map_err(|fault| match fault {
            AddFault::Source(why) | AddFault::Out(why) => WriteFault::Out(why),
            AddFault::TooLarge(bytes) => WriteFault::Refused(ArchiveFault::TooLarge { bytes }),
        })
    }

    /// Copies one file in, hashing on the way unless its digest is known. Header and file go out together while they
    /// fit one buffer; a longer file gets its header's CRC when it is known.
    fn add(&mut self, path: &str, source: &dyn Source, recorded: Option<Digest>) -> Result<Digest, AddFault> {
        let name = format!("{}{path}", self.top).into_bytes();
        let end = self.offset.saturating_add((frame::LOCAL + name.len()) as u64).saturating_add(source.len());
        let (Ok(len), Ok(offset), true) =
            (u32::try_from(source.len()), u32::try_from(self.offset), end <= bounds::ARCHIVE_BYTES)
        else {
            return Err(AddFault::TooLarge(end));
        };
        let mut stamp = Stamp { name: &name, crc: 0, len };
        let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
        self.buffer.clear();
        stamp.local(&mut self.buffer);
        let header = self.buffer.len();
        let (mut done, mut start) = (0, header);
        loop {
            let left = source.len() - done;
            let step = usize::try_from(left).map_or(bounds::READ_BYTES, |left| left.min(bounds::READ_BYTES));
            self.buffer.resize(start + step, 0);
            source.read_exact_at(done, &mut self.buffer[start..]).map_err(AddFault::Source)?;
            crc.update(&self.buffer[start..]);
            if recorded.is_none() {
                hasher.update(&self.buffer[start..]);
            }
            done += step as u64;
            if done == source.len() {
                break;
            }
            self.out.write_all(&self.buffer).map_err(AddFault::Out)?;
            // What was written is written over: cleared, it would be filled with zeros again for each part.
            start = 0;
        }
        stamp.crc = crc.finalize();
        let is_whole = start == header;
        if is_whole {
            self.buffer[CRC_AT..CRC_AT + 4].copy_from_slice(&stamp.crc.to_le_bytes());
        }
        self.out.write_all(&self.buffer).map_err(AddFault::Out)?;
        if !is_whole {
            self.patch(stamp.crc, end).map_err(AddFault::Out)?;
        }
        stamp.central(offset, &mut self.central);
        self.count += 1;
        self.offset = end;
        Ok(recorded.unwrap_or_else(|| hasher.finish()))
    }

    fn patch(&mut self, crc: u32, end: u64) -> io::Result<()> {
        self.out.seek(SeekFrom::Start(self.offset + CRC_AT as u64))?;
        self.out.write_all(&crc.to_le_bytes())?;
        self.out.seek(SeekFrom::Start(end))?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<u64> {
        let too_large = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let size = u32::try_from(self.central.len()).map_err(too_large)?;
        let offset = u32::try_from(self.offset).map_err(too_large)?;
        frame::end(self.count, size, offset, &mut self.central);
        self.out.write_all(&self.central)?;
        self.out.flush()?;
        Ok(self.offset + self.central.len() as u64)
    }
}

/// Where a local header holds the CRC (APPNOTE 4.3.7).
const CRC_AT: usize = 14;
