//! Measuring: every byte read once, through the digest and the CRC together, several files at a time.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, scope};

use crate::digest::{Digest, Hasher};
use crate::path::RelPath;
use crate::source::Source;

use super::fault::ArchiveFault;
use super::{Entry, Opened, Place, bounds};

/// What one file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its path below the top folder.
    pub path: RelPath,
    /// Its length in bytes.
    pub len: u64,
    /// Its SHA-256; absent only where it could not be read.
    pub digest: Option<Digest>,
    /// Whether its CRC-32 is the archive's; a folder has none.
    pub crc_agrees: Option<bool>,
    /// Why it could not be read.
    pub fault: Option<ArchiveFault>,
}

/// What stays of a measured file, so that a later reading gets the same bytes.
pub(super) struct Remembered {
    pub digest: Digest,
    pub kept: Option<Box<[u8]>>,
}

/// One file measured.
struct Sum {
    digest: Digest,
    crc: u32,
    kept: Option<Box<[u8]>>,
}

impl Opened<'_> {
    /// Measures every file, on up to `threads` threads where there is enough to do; `progress` is called with the
    /// bytes just done, from any of them. One result for each of [`Opened::entries`], in their order.
    pub fn measure(&self, threads: usize, progress: &(dyn Fn(u64) + Sync)) -> Vec<Measured> {
        let total: u64 = self.entries.iter().map(|entry| entry.len).sum();
        let threads = if total < bounds::THREADS_FROM_BYTES { 1 } else { threads.max(1) };
        let work = Work::new(self, threads, total, progress);
        let mut sums: Vec<Option<Result<Sum, ArchiveFault>>> = self.entries.iter().map(|_| None).collect();
        for (at, sum) in work.run(threads) {
            if let Some(place) = sums.get_mut(at) {
                *place = Some(sum);
            }
        }
        let mut remembered = Vec::with_capacity(sums.len());
        let mut measured = Vec::with_capacity(sums.len());
        for (entry, sum) in self.entries.iter().zip(sums) {
            let unread =
                || Err(ArchiveFault::Unreadable { path: entry.path.to_string(), why: String::new() });
            let sum = sum.unwrap_or_else(unread);
            measured.push(facts(entry, &sum));
            remembered.push(sum.ok().map(|Sum { digest, kept, .. }| Remembered { digest, kept }));
        }
        // A second measuring keeps what the first remembered: what is read later must fit both.
        let _ = self.measured.set(remembered);
        measured
    }
}

fn facts(entry: &Entry, sum: &Result<Sum, ArchiveFault>) -> Measured {
    let crc_agrees = match (&entry.place, sum) {
        (Place::Archive { crc, .. }, Ok(sum)) => Some(*crc == sum.crc),
        _ => None,
    };
    let (digest, fault) = match sum {
        Ok(sum) => (Some(sum.digest), None),
        Err(fault) => (None, Some(fault.clone())),
    };
    Measured { path: entry.path.clone(), len: entry.len, digest, crc_agrees, fault }
}

/// The files still to do, largest first, shared by all workers.
struct Work<'w> {
    opened: &'w Opened<'w>,
    order: Vec<usize>,
    next: AtomicUsize,
    kept: AtomicU64,
    /// From this length on a file is read by one thread and hashed by another.
    split_from: u64,
    progress: &'w (dyn Fn(u64) + Sync),
}

type Done = Vec<(usize, Result<Sum, ArchiveFault>)>;

impl<'w> Work<'w> {
    fn new(opened: &'w Opened<'w>, threads: usize, total: u64, progress: &'w (dyn Fn(u64) + Sync)) -> Self {
        let mut order: Vec<usize> = (0..opened.entries.len()).collect();
        if threads > 1 {
            order.sort_by_key(|at| std::cmp::Reverse(opened.entries.get(*at).map_or(0, |entry| entry.len)));
        }
        let split_from = if threads > 1 { (total / 2).max(bounds::THREADS_FROM_BYTES) } else { u64::MAX };
        Self { opened, order, next: AtomicUsize::new(0), kept: AtomicU64::new(0), split_from, progress }
    }

    fn run(&self, threads: usize) -> Done {
        scope(|scope| {
            let helpers: Vec<_> = (1..threads.min(self.order.len()))
                // A system that gives no more threads gets the work done by those there are.
                .map_while(|_| Builder::new().spawn_scoped(scope, || self.take_turns()).ok())
                .collect();
            let mut done = self.take_turns();
            for helper in helpers {
                // A helper that stopped leaves its files without a result, which reads as unreadable.
                done.extend(helper.join().unwrap_or_default());
            }
            done
        })
    }

    fn take_turns(&self) -> Done {
        let mut buffer = Vec::new();
        let mut done = Vec::new();
        while let Some(at) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)).copied() {
            if let Some(entry) = self.opened.entries.get(at) {
                done.push((at, self.measure_one(entry, &mut buffer)));
            }
        }
        done
    }

    fn measure_one(&self, entry: &Entry, buffer: &mut Vec<u8>) -> Result<Sum, ArchiveFault> {
        self.opened.with_source(entry, |source, start| {
            let part = Part { source, start, len: entry.len, path: entry.path.as_str() };
            if entry.len >= self.split_from
                && let Some(sum) = part.sum_on_two_threads(self.progress)
            {
                return sum;
            }
            let mut sum = part.sum(buffer, self.progress)?;
            sum.kept = self.keep(entry, buffer);
            Ok(sum)
        })
    }

    /// Keeps a document that was just read whole, as long as there is room.
    fn keep(&self, entry: &Entry, buffer: &[u8]) -> Option<Box<[u8]>> {
        let is_document = [".json", ".txt"].iter().any(|end| entry.path.as_str().ends_with(end));
        if !is_document || entry.len > bounds::KEEP_BYTES {
            return None;
        }
        let before = self.kept.fetch_add(entry.len, Ordering::Relaxed);
        if before + entry.len > bounds::KEEP_TOTAL_BYTES {
            return None;
        }
        buffer.get(..usize::try_from(entry.len).ok()?).map(Into::into)
    }
}

/// The bytes of one file within its source.
struct Part<'p> {
    source: &'p dyn Source,
    start: u64,
    len: u64,
    path: &'p str,
}

impl Part<'_> {
    fn read(&self, done: u64, buffer: &mut [u8]) -> Result<(), ArchiveFault> {
        let read = self.source.read_exact_at(self.start + done, buffer);
        read.map_err(|why| ArchiveFault::unreadable(self.path, &why))
    }

    fn step(&self, done: u64) -> usize {
        usize::try_from(self.len - done).map_or(bounds::READ_BYTES, |left| left.min(bounds::READ_BYTES))
    }

    fn sum(&self, buffer: &mut Vec<u8>, progress: &dyn Fn(u64)) -> Result<Sum, ArchiveFault> {
        let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
        let mut done = 0;
        while done < self.len {
            let step = self.step(done);
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
    fn sum_on_two_threads(&self, progress: &dyn Fn(u64)) -> Option<Result<Sum, ArchiveFault>> {
        const IN_FLIGHT: usize = 4;
        scope(|scope| {
            let (full, to_hash) = sync_channel::<(Vec<u8>, usize)>(IN_FLIGHT);
            let (spent, to_fill) = sync_channel::<Vec<u8>>(IN_FLIGHT);
            let reader = move || {
                let mut crc = crc32fast::Hasher::new();
                let (mut done, mut made) = (0, 0);
                while done < self.len {
                    let mut buffer = if made < IN_FLIGHT {
                        made += 1;
                        vec![0; bounds::READ_BYTES]
                    } else {
                        // The other side is gone only if it failed, and then nobody asks for the CRC.
                        let Ok(buffer) = to_fill.recv() else { break };
                        buffer
                    };
                    let step = self.step(done);
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
            let mut hasher = Hasher::new();
            while let Ok((buffer, step)) = to_hash.recv() {
                hasher.update(&buffer[..step]);
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
