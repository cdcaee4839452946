//! One file's bytes through the digest and the CRC together, on one thread or on two.

use std::sync::mpsc::sync_channel;
use std::thread::{Builder, scope};

use crate::digest::{Digest, Hasher};
use crate::source::Source;

use super::bounds;
use super::fault::ArchiveFault;

/// One file measured.
pub(super) struct Sum {
    pub digest: Digest,
    pub crc: u32,
    pub kept: Option<Box<[u8]>>,
}

/// The bytes of one file within its source.
pub(super) struct Part<'p> {
    pub source: &'p dyn Source,
    pub start: u64,
    pub len: u64,
    pub path: &'p str,
}

impl Part<'_> {
    fn read(&self, done: u64, buffer: &mut [u8]) -> Result<(), ArchiveFault> {
        let read = self.source.read_exact_at(self.start + done, buffer);
        read.map_err(|why| ArchiveFault::unreadable(self.path, &why))
    }

    fn step(&self, done: u64, most: usize) -> usize {
        usize::try_from(self.len - done).map_or(most, |left| left.min(most))
    }

    /// How many bytes are handed over at once: fewer of a smaller file, so that neither thread waits long for the first.
    fn handed(&self) -> usize {
        let (least, most) = bounds::HANDED_BYTES.into_inner();
        usize::try_from(self.len / 32).unwrap_or(most).clamp(least, most)
    }

    /// On this thread.
    pub fn sum(&self, buffer: &mut Vec<u8>, progress: &dyn Fn(u64)) -> Result<Sum, ArchiveFault> {
        let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
        let mut done = 0;
        while done < self.len {
            let step = self.step(done, bounds::READ_BYTES);
            if buffer.len() < step {
                buffer.resize(step, 0);
            }
            let bytes = &mut buffer[..step];
            self.read(done, bytes)?;
            crc.update(bytes);
            hasher.update(bytes);
            done += step as u64;
            progress(step as u64);
        }
        Ok(Sum { digest: hasher.finish(), crc: crc.finalize(), kept: None })
    }

    /// One thread reads and takes the CRC while this one hashes; `None` if there is no second thread to be had.
    pub fn sum_on_two_threads(&self, progress: &dyn Fn(u64)) -> Option<Result<Sum, ArchiveFault>> {
        const IN_FLIGHT: usize = 3;
        let handed = self.handed();
        scope(|scope| {
            let (full, to_hash) = sync_channel::<(Vec<u8>, usize)>(IN_FLIGHT);
            let (spent, to_fill) = sync_channel::<Vec<u8>>(IN_FLIGHT);
            let reader = move || {
                let mut crc = crc32fast::Hasher::new();
                let (mut done, mut made) = (0, 0);
                while done < self.len {
                    let mut buffer = if made < IN_FLIGHT {
                        made += 1;
                        vec![0; handed]
                    } else {
                        // The other side is gone only if it failed, and then nobody asks for the CRC.
                        let Ok(buffer) = to_fill.recv() else { break };
                        buffer
                    };
                    let step = self.step(done, handed);
                    self.read(done, &mut buffer[..step])?;
                    crc.update(&buffer[..step]);
                    done += step as u64;
                    if full.send((buffer, step)).is_err() {
                        break;
                    }
                }
                Ok(crc.finalize())
            };
            let reader = Builder::new().spawn_scoped(scope, reader).ok()?;
            let (mut hasher, mut near) = (Hasher::new(), vec![0; bounds::NEAR_BYTES]);
            while let Ok((buffer, step)) = to_hash.recv() {
                for far in buffer[..step].chunks(near.len()) {
                    let near = &mut near[..far.len()];
                    near.copy_from_slice(far);
                    hasher.update(near);
                }
                progress(step as u64);
                // The reader needs no more buffers once it has read everything.
                let _ = spent.send(buffer);
            }
            let stopped = || Err(ArchiveFault::Unreadable { path: self.path.to_owned(), why: String::new() });
            let crc = reader.join().unwrap_or_else(|_| stopped());
            Some(crc.map(|crc| Sum { digest: hasher.finish(), crc, kept: None }))
        })
    }
}
