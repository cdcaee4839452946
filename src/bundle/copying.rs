//! Copying a long file into an archive: this thread reads, takes the CRC and writes while another one hashes.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, scope};

use super::bounds;
use crate::digest::{Digest, Hasher};
use crate::source::Source;

/// Which side failed.
#[derive(Debug)]
pub(super) enum CopyFault {
    Source(io::Error),
    Out(io::Error),
}

/// Copies the whole source; gives its digest and CRC-32, or `None` if there is no second thread to be had, and then
/// nothing was written.
pub(super) fn copy_hashing_beside(
    source: &dyn Source,
    out: &mut impl Write,
) -> Option<Result<(Digest, u32), CopyFault>> {
    const IN_FLIGHT: usize = 4;
    scope(|scope| {
        let (read, to_hash) = sync_channel::<Arc<Vec<u8>>>(IN_FLIGHT);
        let hashing = move || {
            let mut hasher = Hasher::new();
            to_hash.iter().for_each(|part| hasher.update(&part));
            hasher.finish()
        };
        let hashing = Builder::new().spawn_scoped(scope, hashing).ok()?;
        // One more than can wait and be hashed, so that one is always free.
        let mut parts: [Arc<Vec<u8>>; IN_FLIGHT + 2] = Default::default();
        let mut crc = crc32fast::Hasher::new();
        let mut done = 0;
        let mut copied = Ok(());
        while copied.is_ok() && done < source.len() {
            let step = usize::try_from(source.len() - done).unwrap_or(usize::MAX).min(bounds::READ_BYTES);
            let free = parts.iter().position(|part| Arc::strong_count(part) == 1).unwrap_or_default();
            let part = &mut parts[free];
            let bytes = Arc::make_mut(part);
            bytes.resize(step, 0);
            copied = source.read_exact_at(done, bytes).map_err(CopyFault::Source);
            if copied.is_ok() {
                crc.update(bytes);
                copied = out.write_all(bytes).map_err(CopyFault::Out);
                // It stops only with the thread, whose end is looked at below.
                let _ = read.send(part.clone());
                done += step as u64;
            }
        }
        drop(read);
        let digest = hashing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Some(copied.map(|()| (digest, crc.finalize())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that cannot be read from a place on.
    struct Torn(Vec<u8>, u64);

    impl Source for Torn {
        fn len(&self) -> u64 {
            self.0.len() as u64
        }

        fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
            if offset >= self.1 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.0.read_exact_at(offset, buffer)
        }
    }

    #[test]
    fn a_copy_is_the_same_with_its_digest_and_crc() {
        for len in [0, 1, bounds::READ_BYTES, 9 * bounds::READ_BYTES + 7] {
            let bytes: Vec<u8> = (0..len).map(|at| (at * 31 % 251) as u8).collect();
            let mut out = Vec::new();
            let (digest, crc) = copy_hashing_beside(&bytes, &mut out).unwrap().unwrap();
            assert!(out == bytes, "{len}");
            assert_eq!((digest, crc), (Digest::of(&bytes), crc32fast::hash(&bytes)));
        }
    }

    #[test]
    fn each_side_says_that_it_failed() {
        let bytes = vec![7; 9 * bounds::READ_BYTES];
        let torn = Torn(bytes.clone(), 3 * bounds::READ_BYTES as u64);
        let fault = copy_hashing_beside(&torn, &mut Vec::new()).unwrap().unwrap_err();
        assert!(matches!(fault, CopyFault::Source(why) if why.kind() == io::ErrorKind::UnexpectedEof));
        let mut full = [0; 1000];
        let fault = copy_hashing_beside(&bytes, &mut full.as_mut_slice()).unwrap().unwrap_err();
        assert!(matches!(fault, CopyFault::Out(why) if why.kind() == io::ErrorKind::WriteZero));
    }
}
