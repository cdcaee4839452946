//! The writer: the same bytes for the same bag, read back whole, and refusals before the first byte.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "support/bag.rs"]
mod bag;
#[path = "support/judge.rs"]
mod judge;

use std::convert::Infallible;
use std::io::{self, Cursor, Seek, SeekFrom, Write};

use bag::{archive_of, payload, sample};
use judge::{Fault, judged};
use portfolio::bundle::{
    ArchiveFault, BUNDLE, BagFault, BagToWrite, Input, MANIFEST, WriteFault, bounds, open, size_of,
    write_bag, write_bag_as_recorded,
};
use portfolio::digest::Digest;
use portfolio::path::{FileName, RelPath};
use portfolio::source::Source;

type Refusal = WriteFault<Infallible>;

fn bag_of<'a>(files: &[(&str, &'a dyn Source)]) -> BagToWrite<'a> {
    BagToWrite {
        top: FileName::parse("top").unwrap(),
        info: Vec::new(),
        payload: files.iter().map(|(path, source)| (RelPath::parse(path).unwrap(), *source)).collect(),
        read_me: "x\n",
        profile: BUNDLE,
    }
}

/// An output that counts and must stay untouched.
struct Untouched;

impl Write for Untouched {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("something was written")
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Untouched {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        panic!("something was written")
    }
}

fn refusal(bag: &BagToWrite<'_>) -> Refusal {
    write_bag(Untouched, bag, &mut |_| panic!("somebody was asked to sign")).unwrap_err()
}

/// Zeros of any length.
struct Zeros(u64);

impl Source for Zeros {
    fn len(&self) -> u64 {
        self.0
    }

    fn read_exact_at(&self, _: u64, buffer: &mut [u8]) -> io::Result<()> {
        buffer.fill(0);
        Ok(())
    }
}

#[test]
fn the_same_bag_gives_the_same_bytes_in_whatever_order_it_is_given() {
    let mut turned = payload();
    turned.reverse();
    assert_eq!(archive_of(&turned, BUNDLE), sample());
}

#[test]
fn what_is_written_is_read_back_whole() {
    let archive = sample();
    let report = judged(&archive).unwrap();
    let opened = open(Input::Archive(&archive)).unwrap();
    assert_eq!(opened.top(), "alex-rivera");
    for (path, bytes) in payload() {
        let path = RelPath::parse(&path).unwrap();
        assert_eq!(opened.read(&path, 1 << 20), Ok(bytes.clone()));
        assert!(report.manifest.contains(&(path, Digest::of(&bytes))));
    }
    let statement = opened.read(&RelPath::parse("presentation.json").unwrap(), 1 << 20).unwrap();
    assert_eq!(statement, bag::STATEMENT);
}

#[test]
fn a_file_of_many_parts_is_read_back_whole() {
    let (long, short) = (Zeros((5 << 20) + 3), Zeros(70_000));
    let files: [(&str, &dyn Source); 3] =
        [("data/a.bin", &short), ("data/b.bin", &long), ("data/c.bin", &short)];
    let mut out = Cursor::new(Vec::new());
    write_bag::<_, Infallible>(&mut out, &bag_of(&files), &mut |_| Ok(b"{}".to_vec())).unwrap();
    let archive = out.into_inner();
    let opened = open(Input::Archive(&archive)).unwrap();
    for measured in opened.measure(2, &|_| ()) {
        assert_eq!((measured.crc_agrees, &measured.fault), (Some(true), &None), "{}", measured.path);
        if let Some((_, source)) = files.iter().find(|(path, _)| *path == measured.path.as_str()) {
            let zeros = vec![0; source.len() as usize];
            assert_eq!((measured.len, measured.digest), (source.len(), Some(Digest::of(&zeros))));
        }
    }
    judged(&archive).unwrap();
}

#[test]
fn a_file_that_is_other_than_recorded_is_found_when_the_archive_is_read_back() {
    let (long, short) = (Zeros(1 << 20), Zeros(3));
    let files: [(&str, &dyn Source); 2] = [("data/a.bin", &long), ("data/b.bin", &short)];
    let written = |digest: Digest| {
        let mut out = Cursor::new(Vec::new());
        let recorded = |path: &RelPath| (path.as_str() == "data/a.bin").then_some(digest);
        let mut statement = |_| Ok::<_, Infallible>(b"{}".to_vec());
        write_bag_as_recorded(&mut out, &bag_of(&files), &recorded, &mut statement).unwrap();
        out.into_inner()
    };
    let found = Digest::of(&vec![0; 1 << 20]);
    let mut hashed = Cursor::new(Vec::new());
    write_bag::<_, Infallible>(&mut hashed, &bag_of(&files), &mut |_| Ok(b"{}".to_vec())).unwrap();
    assert!(written(found) == hashed.into_inner(), "the digest on record is the one that hashing gives");
    let listed = Digest::of(b"other");
    let path = RelPath::parse("data/a.bin").unwrap();
    let fault = Fault::Bag(vec![BagFault::Changed { path, listed, found }]);
    assert_eq!(judged(&written(listed)).unwrap_err(), fault);
}

#[test]
fn the_statement_is_asked_for_once_with_the_digest_of_the_manifest() {
    let long = Zeros(1 << 20);
    let bag = bag_of(&[("data/zeros", &long)]);
    let mut asked = Vec::new();
    let mut out = Cursor::new(Vec::new());
    let mut statement = |digest| {
        asked.push(digest);
        Ok::<_, Infallible>(b"{}".to_vec())
    };
    let written = write_bag(&mut out, &bag, &mut statement).unwrap();
    let archive = out.into_inner();
    assert_eq!(written, archive.len() as u64);
    let opened = open(Input::Archive(&archive)).unwrap();
    let manifest = opened.read(&RelPath::parse(MANIFEST).unwrap(), 1 << 20).unwrap();
    assert_eq!(asked, [Digest::of(&manifest)]);
    assert_eq!(judged(&archive).unwrap().manifest_digest, Some(asked[0]));
    let bound = size_of(&bag);
    assert!(written <= bound && bound < written + (66 << 10), "{written} bytes, bound {bound}");
}

#[test]
fn a_bag_that_no_reader_would_take_is_refused_before_the_first_byte() {
    let one = b"1".to_vec();
    let one: &dyn Source = &one;
    assert!(matches!(refusal(&bag_of(&[])), WriteFault::NoPayload));
    for path in ["bagit.txt", "database/x", "data/.DS_Store", "data/__MACOSX/x"] {
        let fault = refusal(&bag_of(&[(path, one)]));
        assert!(matches!(&fault, WriteFault::Misplaced { path: named } if named.as_str() == path), "{fault}");
    }
    let twice = refusal(&bag_of(&[("data/x", one), ("data/x", one)]));
    assert!(matches!(twice, WriteFault::Refused(ArchiveFault::Duplicate { path }) if path == "data/x"));
    let clash = refusal(&bag_of(&[("data/x", one), ("data/X", one)]));
    assert!(matches!(clash, WriteFault::Refused(ArchiveFault::Clash { .. })));
    let huge = Zeros(bounds::ARCHIVE_BYTES - 1000);
    let large = refusal(&bag_of(&[("data/x", &huge)]));
    assert!(
        matches!(large, WriteFault::Refused(ArchiveFault::TooLarge { bytes }) if bytes > bounds::ARCHIVE_BYTES)
    );
    let names: Vec<String> = (0..bounds::ENTRIES).map(|number| format!("data/{number}")).collect();
    let files: Vec<(&str, &dyn Source)> = names.iter().map(|name| (name.as_str(), one)).collect();
    let many = refusal(&bag_of(&files));
    assert!(matches!(many, WriteFault::Refused(ArchiveFault::TooManyEntries { count: 10_006 })));
    for (label, value) in [("A", "b\nC: d"), ("A b", "c"), ("A", ""), ("Payload-Oxum", "1.1"), ("A", " b")] {
        let bag = BagToWrite { info: vec![(label, value.to_owned())], ..bag_of(&[("data/x", one)]) };
        assert!(matches!(refusal(&bag), WriteFault::BadInfo { label: named } if named == label));
    }
    let long = "x".repeat(1 << 20);
    let bag = BagToWrite { read_me: &long, ..bag_of(&[("data/x", one)]) };
    assert!(matches!(refusal(&bag), WriteFault::Refused(ArchiveFault::DocumentTooLarge { .. })));
}

/// Claims more bytes than there are.
struct Short;

impl Source for Short {
    fn len(&self) -> u64 {
        10
    }

    fn read_exact_at(&self, _: u64, _: &mut [u8]) -> io::Result<()> {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[test]
fn a_source_that_fails_and_a_signer_who_stops_are_told_apart() {
    let bag = bag_of(&[("data/x", &Short)]);
    let fault =
        write_bag(Cursor::new(Vec::new()), &bag, &mut |_| Ok::<_, Infallible>(Vec::new())).unwrap_err();
    assert!(matches!(&fault, WriteFault::Source { path, .. } if path.as_str() == "data/x"), "{fault}");
    let one = b"1".to_vec();
    let bag = bag_of(&[("data/x", &one)]);
    let fault = write_bag(Cursor::new(Vec::new()), &bag, &mut |_| Err("stopped")).unwrap_err();
    assert!(matches!(fault, WriteFault::Statement("stopped")));
}

/// A disk with room for so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn a_full_disk_is_reported_wherever_it_fills() {
    let long = Zeros(300_000);
    let bag = bag_of(&[("data/x", &long)]);
    for room in [0, 100, 1000, 200_000, 301_000] {
        let fault = write_bag(Full(room), &bag, &mut |_| Ok::<_, Infallible>(b"{}".to_vec())).unwrap_err();
        assert!(
            matches!(&fault, WriteFault::Out(why) if why.kind() == io::ErrorKind::StorageFull),
            "{room}: {fault}"
        );
    }
}
