//! Bringing bytes into the folder: streamed, hashed on the way, refused when the file changes meanwhile.

use std::io::Write;
use std::path::Path;

use super::HolderFault;
use crate::digest::{Digest, Hasher};
use crate::disk::{DiskFault, FileSource, Mode, Pending};
use crate::source::Source;

/// Large enough that calls cost nothing, small enough to stay in the cache.
const CHUNK: usize = 256 * 1024;

/// Copies a file to a new name and tells what was copied.
pub(super) fn copy_in(source: &FileSource, target: &Path, mode: Mode) -> Result<(u64, Digest), HolderFault> {
    let mut pending = Pending::create(target, mode)?;
    let digest =
        each_chunk(source, |bytes| pending.write_all(bytes).map_err(|e| DiskFault::from_io(target, e)))?;
    pending.commit_new()?;
    Ok((source.len(), digest))
}

/// The digest of a file on disk.
pub(super) fn digest_of(source: &FileSource) -> Result<Digest, HolderFault> {
    Ok(each_chunk(source, |_| Ok(()))?)
}

fn each_chunk(
    source: &FileSource,
    mut take: impl FnMut(&[u8]) -> Result<(), DiskFault>,
) -> Result<Digest, DiskFault> {
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    while offset < source.len() {
        let wanted = usize::try_from(source.len() - offset).unwrap_or(CHUNK).min(CHUNK);
        let chunk = &mut buffer[..wanted];
        source.read_exact_at(offset, chunk).map_err(|e| match e.kind() {
            std::io::ErrorKind::UnexpectedEof => DiskFault::ChangedWhileRead(source.path().to_path_buf()),
            _ => DiskFault::from_io(source.path(), e),
        })?;
        hasher.update(chunk);
        take(chunk)?;
        offset += wanted as u64;
    }
    source.require_unchanged()?;
    Ok(hasher.finish())
}
