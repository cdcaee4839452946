//! Bytes at an offset with a known length: what a check reads from.
//!
//! A file on disk, a slice in memory and one entry of an archive are all sources, so that a bundle of any size
//! streams and memory does not grow with the artifacts.

use std::io;

/// Bytes of known length that can be read at any offset, from several threads at once.
pub trait Source: Send + Sync {
    /// The length in bytes, fixed when the source was opened.
    fn len(&self) -> u64;

    /// Whether there are no bytes at all.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `buffer` from `offset` on; a source that ends before the buffer is full is an
    /// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof).
    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

impl Source for [u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let end = start.checked_add(buffer.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        let bytes = self.get(start..end).ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }
}

impl Source for Vec<u8> {
    fn len(&self) -> u64 {
        Source::len(self.as_slice())
    }

    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.as_slice().read_exact_at(offset, buffer)
    }
}

/// What kind of thing a folder holds under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundKind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A link, device, pipe or socket: never opened, never followed.
    Other,
}

/// One name found in a folder, as the disk spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path below the folder, `/` between parts; a name that is not UTF-8 has `U+FFFD` in its place.
    pub path: String,
    /// What it is.
    pub kind: FoundKind,
    /// Length in bytes; zero for anything but a file.
    pub len: u64,
}

/// A tree of files read in place: an unpacked bundle.
pub trait Folder: Send + Sync {
    /// Everything below the folder, sorted by path, links not followed.
    fn list(&self) -> io::Result<Vec<Found>>;

    /// Opens one file that [`Folder::list`] named, without following a link.
    fn open(&self, path: &str) -> io::Result<Box<dyn Source>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_reads_inside_its_length_and_refuses_beyond_it() {
        let source: &[u8] = b"portfolio";
        let mut four = [0; 4];
        source.read_exact_at(4, &mut four).unwrap();
        assert_eq!(&four, b"foli");
        let beyond = source.read_exact_at(6, &mut four).unwrap_err();
        assert_eq!(beyond.kind(), io::ErrorKind::UnexpectedEof);
        let overflow = source.read_exact_at(u64::MAX, &mut four).unwrap_err();
        assert_eq!(overflow.kind(), io::ErrorKind::UnexpectedEof);
    }
}
