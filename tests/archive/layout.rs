//! Where things stand: gaps, overlaps, order, the end record and the bounds.

use portfolio::bundle::{ArchiveFault, Input, bounds, open};

use crate::sheet::{EntrySheet, Sheet};
use crate::{PDF, PDF_NAME, said, sheet};

type Change = fn(&mut [u8]);

/// Where the PDF's local header stands.
fn pdf_at() -> u64 {
    sheet().entries[..PDF].iter().map(|entry| (30 + entry.local.name.len() + entry.data.len()) as u64).sum()
}

/// Where the list stands.
fn list_at() -> u64 {
    sheet().entries.iter().map(|entry| (30 + entry.local.name.len() + entry.data.len()) as u64).sum()
}

fn overlap(path: &str) -> Result<(), ArchiveFault> {
    Err(ArchiveFault::Overlap { path: path.to_owned() })
}

#[test]
fn bytes_that_belong_to_nothing() {
    let hole = || vec![0; 7];
    let gap = |at| Err(ArchiveFault::Gap { at, bytes: 7 });
    assert_eq!(said(|sheet| sheet.entries[0].before = hole()), gap(0), "before the first entry");
    assert_eq!(said(|sheet| sheet.entries[PDF].before = hole()), gap(pdf_at()), "between two entries");
    assert_eq!(said(|sheet| sheet.before_list = hole()), gap(list_at()), "before the list");
    let end_of_list = |sheet: &Sheet| sheet.build().len() as u64 - 22;
    let list_size = end_of_list(&sheet()) - list_at();
    assert_eq!(said(|sheet| sheet.before_end = hole()), gap(list_at() + 7), "{list_size}");
    assert_eq!(
        said(|sheet| {
            sheet.before_end = hole();
            sheet.end = |end| end[12] += 7;
        }),
        Err(ArchiveFault::Gap { at: end_of_list(&sheet()), bytes: 7 }),
        "inside what the end record calls the list"
    );
    let descriptor = || b"PK\x07\x08\0\0\0\0\x0c\0\0\0\x0c\0\0\0".to_vec();
    assert_eq!(
        said(|sheet| sheet.entries[PDF - 1].behind = descriptor()),
        Err(ArchiveFault::Gap { at: pdf_at(), bytes: 16 })
    );
}

#[test]
fn entries_that_share_bytes() {
    assert_eq!(said(|sheet| sheet.entries[PDF].offset_by = -1), overlap(PDF_NAME));
    assert_eq!(said(|sheet| sheet.entries[PDF].offset_by = -(pdf_at() as i64)), overlap(PDF_NAME));
    assert_eq!(
        said(|sheet| sheet.entries[PDF].offset_by = 1),
        Err(ArchiveFault::Gap { at: pdf_at(), bytes: 1 })
    );
    let last = "alex-rivera/tagmanifest-sha256.txt";
    assert_eq!(
        said(|sheet| sheet.entries.last_mut().unwrap().both(|h| (h.packed, h.unpacked) = (900_000, 900_000))),
        overlap(last)
    );
    assert_eq!(
        said(|sheet| sheet.entries[PDF].both(|h| (h.packed, h.unpacked) = (1201, 1201))),
        overlap("alex-rivera/data/artifacts/report/été.csv")
    );
    // Two names for one file, as in archives that show different files to different readers.
    let twice = said(|sheet| {
        let mut copy = EntrySheet::new("alex-rivera/data/artifacts/report/t", b"");
        copy.offset_by = -1234;
        sheet.entries.insert(PDF + 1, copy);
    });
    assert_eq!(twice, overlap("alex-rivera/data/artifacts/report/t"));
}

#[test]
fn entries_out_of_order_and_twice() {
    let report = "data/artifacts/report/report.pdf";
    assert_eq!(
        said(|sheet| sheet.entries.swap(PDF, PDF + 1)),
        Err(ArchiveFault::OutOfOrder { path: report.to_owned() })
    );
    assert_eq!(
        said(|sheet| {
            let copy = sheet.entries[PDF].clone();
            sheet.entries.insert(PDF, copy);
        }),
        Err(ArchiveFault::Duplicate { path: report.to_owned() })
    );
    assert_eq!(
        said(|sheet| {
            let copy = sheet.entries[PDF].clone();
            sheet.entries.push(copy);
        }),
        Err(ArchiveFault::Duplicate { path: report.to_owned() })
    );
}

#[test]
fn an_end_record_that_is_wrong() {
    let count = sheet().entries.len() as u64;
    let cases: Vec<(Change, ArchiveFault)> = vec![
        (|end| end[4] = 1, ArchiveFault::ManyDisks),
        (|end| end[6] = 1, ArchiveFault::ManyDisks),
        (|end| end[8] -= 1, ArchiveFault::CountsDisagree { listed: count, found: count - 1 }),
        (|end| (end[8], end[10]) = (9, 9), ArchiveFault::CountsDisagree { listed: 9, found: 10 }),
        (|end| (end[8], end[10]) = (11, 11), ArchiveFault::CountsDisagree { listed: 11, found: 10 }),
        (|end| end[8..12].fill(0xff), ArchiveFault::Zip64),
        (|end| end[12..16].fill(0xff), ArchiveFault::Zip64),
        (|end| end[16..20].fill(0xff), ArchiveFault::Zip64),
        (
            |end| end[8..12].copy_from_slice(&[0x11, 0x27, 0x11, 0x27]),
            ArchiveFault::TooManyEntries { count: 10_001 },
        ),
        (|end| end[15] = 2, ArchiveFault::DirectoryTooLarge { bytes: 0x0200_0000 + list_size() }),
        (|end| end[16] += 1, ArchiveFault::Overlap { path: String::new() }),
        (|end| end[12] += 1, ArchiveFault::Overlap { path: String::new() }),
        (|end| end[20] = 1, ArchiveFault::Truncated),
        (|end| end[0] = b'Q', ArchiveFault::Truncated),
    ];
    assert_eq!(count, 10);
    for (change, fault) in cases {
        assert_eq!(said(|sheet| sheet.end = change), Err(fault));
    }
}

fn list_size() -> u64 {
    sheet().build().len() as u64 - 22 - list_at()
}

#[test]
fn comments_locators_and_damage_to_the_list() {
    assert_eq!(
        said(|sheet| {
            sheet.end = |end| end[20] = 5;
            sheet.behind = b"hello".to_vec();
        }),
        Err(ArchiveFault::Comment { bytes: 5 })
    );
    let locator = [&b"PK\x06\x07"[..], &[0; 16]].concat();
    assert_eq!(said(|sheet| sheet.before_end = locator), Err(ArchiveFault::Zip64));
    assert_eq!(
        said(|sheet| sheet.entries[0].central.magic = 0x0605_4b50),
        Err(ArchiveFault::DirectoryDamaged { at: list_at() })
    );
    let mut cut = sheet().build();
    let at = cut.len() - 22;
    cut.truncate(at);
    cut.extend(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0");
    cut.extend((at as u32).to_le_bytes());
    cut.extend([0, 0]);
    assert_eq!(open(Input::Archive(&cut)).err(), Some(ArchiveFault::Empty), "a second, empty end");
}

#[test]
fn the_number_of_entries_is_bounded_on_both_sides() {
    let sheet_of = |count: usize| {
        let files: Vec<_> = (0..count).map(|n| (format!("t/data/{n:05}"), Vec::new())).collect();
        Sheet::new(&files).build()
    };
    let most = sheet_of(bounds::ENTRIES);
    assert_eq!(open(Input::Archive(&most)).unwrap().entries().len(), bounds::ENTRIES);
    let over = sheet_of(bounds::ENTRIES + 1);
    let fault = ArchiveFault::TooManyEntries { count: bounds::ENTRIES as u64 + 1 };
    assert_eq!(open(Input::Archive(&over)).err(), Some(fault));
}
