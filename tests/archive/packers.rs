//! Bundles that were unpacked and packed again, with each packer's habits, and the line to attacks.

use portfolio::bundle::{ArchiveFault, Packer};

use crate::sheet::{EntrySheet, Header, Sheet};
use crate::{PDF, PDF_NAME, said};

fn packed_by(change: impl FnOnce(&mut Sheet)) -> Packer {
    match said(change) {
        Err(ArchiveFault::Repacked { by, .. }) => by,
        other => panic!("{other:?}"),
    }
}

/// Every header changed alike, with the date of a summer afternoon.
fn all(sheet: &mut Sheet, change: fn(&mut Header)) {
    for entry in &mut sheet.entries {
        entry.both(|header| (header.time, header.date) = (0x7a51, 0x5cf8));
        entry.both(change);
    }
}

#[test]
fn each_packer_is_told_by_its_habits() {
    let archive_utility = |sheet: &mut Sheet| {
        all(sheet, |h| (h.made_by, h.needed, h.flags, h.method) = (0x0315, 20, 8, 8));
        sheet.entries.insert(0, EntrySheet::new("__MACOSX/alex-rivera/._data", b"x"));
        sheet.entries[0].both(|h| (h.made_by, h.needed, h.flags, h.method) = (0x0315, 20, 8, 8));
    };
    assert_eq!(packed_by(archive_utility), Packer::MacOs);
    assert_eq!(packed_by(|sheet| all(sheet, |h| (h.made_by, h.flags) = (0x0315, 8))), Packer::MacOs);
    let explorer = |sheet: &mut Sheet| all(sheet, |h| (h.made_by, h.needed, h.external) = (20, 20, 0x20));
    assert_eq!(packed_by(explorer), Packer::Windows);
    assert_eq!(packed_by(|sheet| all(sheet, |h| (h.made_by, h.method) = (63, 8))), Packer::SevenZip);
    let info_zip = |sheet: &mut Sheet| {
        all(sheet, |h| {
            (h.made_by, h.extra) =
                (0x031e, b"UT\x05\0\x03\0\0\0\0ux\x0b\0\x01\x04\0\0\0\0\x04\0\0\0\0".into())
        });
    };
    assert_eq!(packed_by(info_zip), Packer::InfoZip);
    assert_eq!(packed_by(|sheet| all(sheet, |h| h.made_by = 0x031e)), Packer::InfoZip);
    assert_eq!(packed_by(|sheet| all(sheet, |h| h.needed = 20)), Packer::Python);
    assert_eq!(packed_by(|sheet| all(sheet, |h| h.made_by = 0x0a17)), Packer::Other);
}

#[test]
fn the_first_difference_goes_with_it() {
    let fault = said(|sheet| all(sheet, |h| (h.needed, h.method) = (20, 8)));
    let path = "alex-rivera/READ-ME-FIRST.txt".to_owned();
    let found = Box::new(ArchiveFault::Compressed { path, method: 8 });
    assert_eq!(fault, Err(ArchiveFault::Repacked { by: Packer::Python, found }));
}

#[test]
fn one_foreign_entry_among_good_ones_is_no_packer() {
    let fault = said(|sheet| sheet.entries[PDF].both(|h| (h.made_by, h.method) = (0x0315, 8)));
    assert_eq!(fault, Err(ArchiveFault::Compressed { path: PDF_NAME.to_owned(), method: 8 }));
}

#[test]
fn an_archive_that_was_never_a_bundle_is_no_bundle_packed_again() {
    let fault = said(|sheet| {
        sheet.entries.retain(|entry| !entry.local.name.ends_with(b"/bagit.txt"));
        all(sheet, |h| h.method = 8);
    });
    let path = "alex-rivera/READ-ME-FIRST.txt".to_owned();
    assert_eq!(fault, Err(ArchiveFault::Compressed { path, method: 8 }));
}
