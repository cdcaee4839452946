//! Framing: for each way in which an archive can be made wrong, the one fault that names it.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "support/bag.rs"]
mod bag;
#[path = "archive/fields.rs"]
mod fields;
#[path = "support/judge.rs"]
mod judge;
#[path = "archive/layout.rs"]
mod layout;
#[path = "archive/names.rs"]
mod names;
#[path = "archive/packers.rs"]
mod packers;
#[path = "support/sheet.rs"]
mod sheet;

use bag::sample;
use judge::{Fault, judged};
use portfolio::bundle::{ArchiveFault, Input, open};
use portfolio::source::Source as _;
use sheet::Sheet;

/// The sample archive as a sheet that builds to the same bytes.
fn sheet() -> Sheet {
    let archive = sample();
    let opened = open(Input::Archive(&archive)).unwrap();
    let files: Vec<(String, Vec<u8>)> = opened
        .entries()
        .iter()
        .map(|entry| (format!("alex-rivera/{}", entry.path), opened.read(&entry.path, 1 << 20).unwrap()))
        .collect();
    Sheet::new(&files)
}

/// Where the PDF stands in the sheet.
const PDF: usize = 3;
const PDF_NAME: &str = "alex-rivera/data/artifacts/report/report.pdf";

/// Makes one change and tells what the reader then says.
fn said(change: impl FnOnce(&mut Sheet)) -> Result<(), ArchiveFault> {
    let mut sheet = sheet();
    change(&mut sheet);
    open(Input::Archive(&sheet.build())).map(|_| ())
}

#[test]
fn the_writer_and_the_sheet_make_the_same_bytes() {
    assert_eq!(sheet().build(), sample());
    assert_eq!(sheet().entries[PDF].local.name, PDF_NAME.as_bytes());
    let report = judged(&sample()).unwrap();
    assert_eq!(report.manifest.len(), 4);
    assert_eq!(report.format_version, Some(1));
}

#[test]
fn no_byte_of_an_archive_is_free() {
    let good = sample();
    for at in 0..good.len() {
        for bit in [0x01, 0x20] {
            let mut bad = good.clone();
            bad[at] ^= bit;
            assert!(judged(&bad).is_err(), "byte {at} of {} changed by {bit:#x} is accepted", good.len());
        }
    }
}

#[test]
fn no_shorter_and_no_longer_archive_is_accepted() {
    let good = sample();
    for len in 0..good.len() {
        let cut = good[..len].to_vec();
        let fault = judged(&cut).unwrap_err();
        let expected = if len < 4 { ArchiveFault::NotAnArchive } else { ArchiveFault::Truncated };
        assert_eq!(fault, Fault::Archive(expected), "cut to {len} bytes");
        let tail = good[good.len() - len..].to_vec();
        assert!(judged(&tail).is_err(), "the last {len} bytes are accepted");
    }
    for extra in [1, 22, 1000, 70_000] {
        let longer = [good.as_slice(), &vec![b'P'; extra]].concat();
        assert_eq!(judged(&longer), Err(Fault::Archive(ArchiveFault::Appended { bytes: extra as u64 })));
        let shifted = [vec![b'P'; extra].as_slice(), &good].concat();
        assert_eq!(judged(&shifted), Err(Fault::Archive(ArchiveFault::Prepended { bytes: extra as u64 })));
    }
}

#[test]
fn what_is_no_archive_says_so() {
    for bytes in [&b""[..], b"PK", b"%PDF-1.7\n", &[0; 5000], b"version https://git-lfs.github.com/spec/v1\n"]
    {
        let bytes = bytes.to_vec();
        assert_eq!(open(Input::Archive(&bytes)).err(), Some(ArchiveFault::NotAnArchive));
    }
}

/// A source that is longer than any bundle and has no bytes.
struct Endless;

impl portfolio::source::Source for Endless {
    fn len(&self) -> u64 {
        1 << 32
    }

    fn read_exact_at(&self, _: u64, _: &mut [u8]) -> std::io::Result<()> {
        Err(std::io::ErrorKind::PermissionDenied.into())
    }
}

#[test]
fn four_gibibytes_are_refused_unread() {
    assert_eq!(open(Input::Archive(&Endless)).err(), Some(ArchiveFault::TooLarge { bytes: Endless.len() }));
}
