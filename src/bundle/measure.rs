//! Measuring: every byte read once, through the digest and the CRC together, several files at a time.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::{Builder, scope};

use crate::digest::Digest;
use crate::path::RelPath;

use super::fault::ArchiveFault;
use super::sum::{Part, Sum};
use super::threads::Threads;
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

impl Opened<'_> {
    /// Measures every file, on up to `threads` threads where there is enough to do; `progress` is called with the
    /// bytes just done, from any of them. One result for each of [`Opened::entries`], in their order.
    pub fn measure(&self, threads: impl Into<Threads>, progress: &(dyn Fn(u64) + Sync)) -> Vec<Measured> {
        let total: u64 = self.entries.iter().map(|entry| entry.len).sum();
        let threads = if total < bounds::THREADS_FROM_BYTES { 1 } else { threads.into().count() };
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

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::*;
    use crate::bundle::frame::{self, Stamp};
    use crate::bundle::{Input, open};
    use crate::source::Source;

    /// An archive of these lengths, and the content that each has.
    fn archive(lengths: &[usize]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let (mut out, mut central, mut contents) = (Vec::new(), Vec::new(), Vec::new());
        for (number, len) in lengths.iter().enumerate() {
            let content: Vec<u8> = (0..*len).map(|at| (at * 31 + number) as u8).collect();
            let name = format!("t/data/{number:02}.txt").into_bytes();
            let stamp = Stamp { name: &name, crc: crc32fast::hash(&content), len: *len as u32 };
            stamp.central(out.len() as u32, &mut central);
            stamp.local(&mut out);
            out.extend(&content);
            contents.push(content);
        }
        let offset = out.len() as u32;
        out.extend(&central);
        frame::end(lengths.len() as u16, central.len() as u32, offset, &mut out);
        (out, contents)
    }

    #[test]
    fn every_number_of_threads_measures_the_same() {
        let step = bounds::READ_BYTES;
        let many = [0, 1, step - 1, step, step + 1, 3 * step, 80 * step + 7];
        let one_huge = [9 * step, 120 * step + 1, 5];
        for lengths in [&many[..], &one_huge[..], &[66 * step][..]] {
            let (archive, contents) = archive(lengths);
            let total: usize = lengths.iter().sum();
            assert!(total as u64 > bounds::THREADS_FROM_BYTES);
            for threads in [0, 1, 2, 3, 8] {
                let done = AtomicU64::new(0);
                let opened = open(Input::Archive(&archive)).unwrap();
                let count = |bytes| {
                    done.fetch_add(bytes, Ordering::Relaxed);
                };
                let measured = opened.measure(threads, &count);
                assert_eq!(done.into_inner(), total as u64);
                for (one, content) in measured.iter().zip(&contents) {
                    assert_eq!(one.digest, Some(Digest::of(content)), "{} on {threads} threads", one.path);
                    assert_eq!((one.crc_agrees, &one.fault), (Some(true), &None));
                }
                assert_eq!(measured.len(), contents.len());
            }
        }
    }

    /// Bytes that change or fail from some offset on once they have been read.
    struct Shaky<'s> {
        bytes: &'s [u8],
        fails_at: u64,
        reads: Mutex<Vec<(u64, usize)>>,
    }

    impl Source for Shaky<'_> {
        fn len(&self) -> u64 {
            self.bytes.len() as u64
        }

        fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
            self.reads.lock().unwrap().push((offset, buffer.len()));
            if (offset..offset + buffer.len() as u64).contains(&self.fails_at) {
                return Err(io::Error::other("bad sector"));
            }
            self.bytes.read_exact_at(offset, buffer)
        }
    }

    #[test]
    fn a_failing_read_names_its_file_and_spares_the_others() {
        let step = bounds::READ_BYTES;
        let (archive, contents) = archive(&[10, 50 * step, 20]);
        for threads in [1, 2] {
            let fails_at = (40 * step) as u64;
            let shaky = Shaky { bytes: &archive, fails_at, reads: Mutex::default() };
            let measured = open(Input::Archive(&shaky)).unwrap().measure(threads, &|_| ());
            let why = "bad sector".to_owned();
            let fault = ArchiveFault::Unreadable { path: "data/01.txt".to_owned(), why };
            assert_eq!((measured[1].digest, &measured[1].fault), (None, &Some(fault)));
            assert_eq!(measured[0].digest, Some(Digest::of(&contents[0])));
            assert_eq!(measured[2].digest, Some(Digest::of(&contents[2])));
        }
    }

    #[test]
    fn each_byte_is_read_once_and_documents_are_kept() {
        let (archive, contents) = archive(&[100, 2 * bounds::READ_BYTES, 300]);
        let shaky = Shaky { bytes: &archive, fails_at: u64::MAX, reads: Mutex::default() };
        let opened = open(Input::Archive(&shaky)).unwrap();
        shaky.reads.lock().unwrap().clear();
        opened.measure(1, &|_| ());
        let read: usize = shaky.reads.lock().unwrap().iter().map(|(_, len)| len).sum();
        assert_eq!(read, contents.iter().map(Vec::len).sum::<usize>());
        let path = &opened.entries()[0].path;
        assert_eq!(opened.read(path, 100), Ok(contents[0].clone()));
        let long = ArchiveFault::DocumentTooLarge { path: path.to_string(), len: 100, limit: 99 };
        assert_eq!(opened.read(path, 99), Err(long));
        assert_eq!(shaky.reads.lock().unwrap().iter().map(|(_, len)| len).sum::<usize>(), read);
    }

    #[test]
    fn a_crc_that_disagrees_is_told_apart_from_the_digest() {
        let (mut archive, contents) = archive(&[3, 4]);
        let crc = crc32fast::hash(&contents[1]).to_le_bytes();
        let places: Vec<usize> = (0..archive.len()).filter(|at| archive[*at..].starts_with(&crc)).collect();
        assert_eq!(places.len(), 2, "once in each header");
        for at in places {
            archive[at] ^= 1;
        }
        let measured = open(Input::Archive(&archive)).unwrap().measure(1, &|_| ());
        assert_eq!((measured[0].crc_agrees, measured[1].crc_agrees), (Some(true), Some(false)));
        assert_eq!(measured[1].digest, Some(Digest::of(&contents[1])));
    }

    /// A folder whose one file is longer, or other, each time it is opened.
    struct Restless(AtomicUsize, bool);

    impl crate::source::Folder for Restless {
        fn list(&self) -> io::Result<Vec<crate::source::Found>> {
            let kind = crate::source::FoundKind::File;
            Ok(vec![crate::source::Found { path: "a.pdf".to_owned(), kind, len: 1 }])
        }

        fn open(&self, _: &str) -> io::Result<Box<dyn Source>> {
            let times = self.0.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(if self.1 { vec![0; 2 + times] } else { vec![times as u8] }))
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_noticed() {
        let changed = ArchiveFault::ChangedWhileReading { path: "a.pdf".to_owned() };
        let grows = Restless(AtomicUsize::new(0), true);
        let measured = open(Input::Folder(&grows)).unwrap().measure(1, &|_| ());
        assert_eq!(measured[0].fault, Some(changed.clone()));
        let differs = Restless(AtomicUsize::new(0), false);
        let opened = open(Input::Folder(&differs)).unwrap();
        assert_eq!(opened.measure(1, &|_| ())[0].fault, None);
        assert_eq!(opened.read(&opened.entries()[0].path, 9), Err(changed));
    }
}
