//! Holding a file against the digest that its record lists, and telling damaged line ends from another content.

use super::reading::{Record, disk_words};
use super::{Check, CheckCode};
use crate::digest::Digest;
use crate::disk::{self, DiskFault, FileSource, Links};
use crate::holder::ArtifactFile;
use crate::holder::copy::digest_of;
use crate::source::Source;

/// Larger texts are not looked through for their line ends.
const TEXT_BYTES: u64 = 64 << 20;

impl Check<'_> {
    /// One file of an artifact against its record.
    pub(super) fn compare(&mut self, folder: &str, record: &Record, place: usize, file: &ArtifactFile) {
        let path = format!("{folder}/{}", file.name);
        let at = record.place(&["files", &place.to_string(), "sha256"]);
        self.compare_bytes(&path, &record.path, at, file.size, file.sha256);
    }

    /// The file at `path` against the length and digest that `record` lists at `place`.
    pub(super) fn compare_bytes(
        &mut self,
        path: &str,
        record: &str,
        place: (usize, usize),
        size: u64,
        sha256: Digest,
    ) {
        let full = self.portfolio.root().join(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        let source = match FileSource::open(&full, Links::Refuse) {
            Ok(source) => source,
            Err(DiskFault::NotFound(_)) => {
                return self.find_at(
                    CheckCode::FileMissing,
                    record,
                    place,
                    format!("lists {name}, which is not there"),
                );
            }
            Err(fault) => return self.find(CheckCode::NotReadable, path, disk_words(&fault)),
        };
        self.done.files += 1;
        match digest_of(&source) {
            Err(fault) => self.find(CheckCode::NotReadable, path, fault.to_string()),
            Ok(digest) if digest == sha256 => {
                if source.len() != size {
                    let fact = format!("says that {name} has {size} bytes; it has {}", source.len());
                    self.find_at(CheckCode::Contradiction, record, place, fact);
                }
            }
            Ok(_) => {
                let ends = if source.len() <= TEXT_BYTES { changed_ends(&full, sha256) } else { None };
                match ends {
                    Some(fact) => self.find(CheckCode::FileLineEnds, path, fact),
                    None => self.find(CheckCode::FileChanged, path, "is not the file that was recorded"),
                }
            }
        }
    }
}

/// What happened to the line ends, if undoing that gives the bytes that were recorded.
fn changed_ends(path: &std::path::Path, wanted: Digest) -> Option<&'static str> {
    let bytes = disk::read_bounded(path, TEXT_BYTES).ok()?;
    if Digest::of(&with_lf(&bytes)) == wanted {
        return Some(
            "has line ends of Windows (CR LF) where it had LF when it was recorded; nothing else differs",
        );
    }
    (Digest::of(&with_crlf(&bytes)) == wanted).then_some(
        "has line ends LF where it had CR LF, those of Windows, when it was recorded; nothing else differs",
    )
}

fn with_lf(bytes: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            made.push(*byte);
        }
    }
    made
}

fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    for byte in with_lf(bytes) {
        if byte == b'\n' {
            made.push(b'\r');
        }
        made.push(byte);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_turned_both_ways() {
        assert_eq!(with_lf(b"a\r\nb\n\rc\r"), b"a\nb\n\rc\r");
        assert_eq!(with_crlf(b"a\nb\r\nc"), b"a\r\nb\r\nc");
    }
}
