//! Reads and writes the archive of a bundle as the format says, so that a test can alter a bundle and keep its form.

/// The files of an archive with their paths, in order.
pub type Files = Vec<(String, Vec<u8>)>;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width].iter().rev().fold(0, |sum, &byte| (sum << 8) | usize::from(byte))
}

/// The files of a well-formed archive of stored entries.
pub fn read(archive: &[u8]) -> Files {
    let (mut files, mut at) = (Vec::new(), 0);
    while &archive[at..at + 4] == LOCAL {
        let (length, name_length) = (number(archive, at + 18, 4), number(archive, at + 26, 2));
        let name = String::from_utf8(archive[at + 30..at + 30 + name_length].to_vec()).unwrap();
        let start = at + 30 + name_length + number(archive, at + 28, 2);
        files.push((name, archive[start..start + length].to_vec()));
        at = start + length;
    }
    assert_eq!(&archive[at..at + 4], CENTRAL);
    files
}

/// An archive of the bundle's own form: stored, sorted as given, 1 January 1980, mode 0644, UTF-8 flagged if need be.
pub fn write(files: &Files) -> Vec<u8> {
    let (mut archive, mut index) = (Vec::new(), Vec::new());
    for (name, body) in files {
        let offset = u32::try_from(archive.len()).unwrap();
        let flags: u16 = if name.is_ascii() { 0 } else { 0x0800 };
        let length = u32::try_from(body.len()).unwrap();
        let mut facts = Vec::new();
        facts.extend(10u16.to_le_bytes());
        facts.extend(flags.to_le_bytes());
        facts.extend([0, 0, 0, 0, 0x21, 0]);
        facts.extend(crc32fast::hash(body).to_le_bytes());
        facts.extend(length.to_le_bytes());
        facts.extend(length.to_le_bytes());
        facts.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        facts.extend([0, 0]);
        archive.extend(LOCAL);
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(body);
        index.extend(CENTRAL);
        index.extend([20, 3]);
        index.extend(&facts);
        index.extend([0; 6]);
        index.extend((0o100_644u32 << 16).to_le_bytes());
        index.extend(offset.to_le_bytes());
        index.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (size, offset) = (u32::try_from(index.len()).unwrap(), u32::try_from(archive.len()).unwrap());
    archive.extend(index);
    archive.extend(END);
    archive.extend([0; 4]);
    archive.extend(count);
    archive.extend(count);
    archive.extend(size.to_le_bytes());
    archive.extend(offset.to_le_bytes());
    archive.extend([0, 0]);
    archive
}
