//! One header field at a time: in both headers alike, and in the local one alone.

use portfolio::bundle::ArchiveFault;

use crate::sheet::Header;
use crate::{PDF, PDF_NAME, said};

type Change = fn(&mut Header);

fn foreign(field: &'static str, found: u32, expected: u32) -> ArchiveFault {
    ArchiveFault::ForeignHeader { path: PDF_NAME.to_owned(), field, found, expected }
}

#[test]
fn a_field_that_is_wrong_in_both_headers() {
    let path = || PDF_NAME.to_owned();
    let long = 1200;
    let cases: Vec<(Change, ArchiveFault)> = vec![
        (|h| h.method = 8, ArchiveFault::Compressed { path: path(), method: 8 }),
        (|h| h.method = 93, ArchiveFault::Compressed { path: path(), method: 93 }),
        (|h| h.flags = 1, ArchiveFault::Encrypted { path: path() }),
        (|h| h.flags = 0x40, ArchiveFault::Encrypted { path: path() }),
        (|h| h.flags = 0x2000, ArchiveFault::Encrypted { path: path() }),
        (|h| h.flags = 8, ArchiveFault::DataDescriptor { path: path() }),
        (|h| h.flags = 0x800, foreign("general purpose bit flag", 0x800, 0)),
        (|h| h.flags = 2, foreign("general purpose bit flag", 2, 0)),
        (|h| h.flags = 0x20, foreign("general purpose bit flag", 0x20, 0)),
        (|h| h.needed = 20, foreign("version needed to extract", 20, 10)),
        (|h| h.needed = 45, ArchiveFault::Zip64),
        (|h| h.time = 0x6c00, foreign("last mod file time", 0x6c00, 0)),
        (|h| h.date = 0x5cf8, foreign("last mod file date", 0x5cf8, 0x21)),
        (|h| h.made_by = 0x0014, foreign("version made by", 0x14, 0x314)),
        (|h| h.made_by = 0x031e, foreign("version made by", 0x31e, 0x314)),
        (|h| h.internal = 1, foreign("internal file attributes", 1, 0)),
        (|h| h.external |= 0x20, foreign("external file attributes", 0x81a4_0020, 0x81a4_0000)),
        (|h| h.external = 0o100_755 << 16, foreign("external file attributes", 0x81ed_0000, 0x81a4_0000)),
        (|h| h.external = 0o104_644 << 16, foreign("external file attributes", 0x89a4_0000, 0x81a4_0000)),
        (|h| h.external = 0o120_777 << 16, ArchiveFault::SpecialFile { path: path(), mode: 0o120_777 }),
        (|h| h.external = 0o020_666 << 16, ArchiveFault::SpecialFile { path: path(), mode: 0o020_666 }),
        (|h| h.external = 0o010_644 << 16, ArchiveFault::SpecialFile { path: path(), mode: 0o010_644 }),
        (|h| h.external = 0o040_755 << 16, ArchiveFault::SpecialFile { path: path(), mode: 0o040_755 }),
        (|h| h.disk = 1, ArchiveFault::ManyDisks),
        (
            |h| h.extra = b"UT\x05\0\x03\0\0\0\0".to_vec(),
            ArchiveFault::ExtraField { path: path(), id: 0x5455 },
        ),
        (
            |h| h.extra = b"up\x05\0\x01\0\0\0\0".to_vec(),
            ArchiveFault::ExtraField { path: path(), id: 0x7075 },
        ),
        (|h| h.extra = vec![0], ArchiveFault::ExtraField { path: path(), id: 0 }),
        (|h| h.extra = b"\x01\0\x08\0\0\0\0\0\0\0\0\0".to_vec(), ArchiveFault::Zip64),
        (|h| h.comment = b"x".to_vec(), ArchiveFault::EntryComment { path: path() }),
        (|h| h.packed += 1, ArchiveFault::SizesDisagree { path: path(), packed: long + 1, unpacked: long }),
        (|h| h.unpacked = 0, ArchiveFault::SizesDisagree { path: path(), packed: long, unpacked: 0 }),
        (|h| (h.packed, h.unpacked) = (u32::MAX, u32::MAX), ArchiveFault::Zip64),
    ];
    for (change, fault) in cases {
        assert_eq!(said(|sheet| sheet.entries[PDF].both(change)), Err(fault));
    }
}

#[test]
fn a_field_in_which_the_local_header_disagrees() {
    let cases: Vec<(Change, &str, u32, u32)> = vec![
        (|h| h.magic ^= 1, "local file header signature", 0x0403_4b51, 0x0403_4b50),
        (|h| h.needed = 20, "version needed to extract", 20, 10),
        (|h| h.flags = 0x800, "general purpose bit flag", 0x800, 0),
        (|h| h.flags = 1, "general purpose bit flag", 1, 0),
        (|h| h.method = 8, "compression method", 8, 0),
        (|h| h.time = 1, "last mod file time", 1, 0),
        (|h| h.date = 0x22, "last mod file date", 0x22, 0x21),
        (|h| h.packed = 7, "compressed size", 7, 1200),
        (|h| h.unpacked = 7, "uncompressed size", 7, 1200),
        (|h| h.extra = vec![0; 4], "extra field length", 4, 0),
        (|h| h.name.push(b'x'), "file name length", 45, 44),
        (|h| h.name[43] = b'g', "file name", 0x67, 0x66),
    ];
    for (change, field, local, listed) in cases {
        let fault = ArchiveFault::HeaderMismatch { path: PDF_NAME.to_owned(), field, local, listed };
        assert_eq!(said(|sheet| change(&mut sheet.entries[PDF].local)), Err(fault));
    }
    let crc = match said(|sheet| sheet.entries[PDF].local.crc = 5) {
        Err(ArchiveFault::HeaderMismatch { field: "crc-32", local: 5, listed, .. }) => listed,
        other => panic!("{other:?}"),
    };
    assert_eq!(crc, crc32fast::hash(&crate::bag::payload()[0].1));
}
