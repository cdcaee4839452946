//! A BagIt bag, told from the names of its files (RFC 8493 section 2): `bagit.txt`, a manifest and `data/` together.

/// Length of an end record without its comment, and the longest that one with its comment may be (APPNOTE 4.3.16).
const END_BYTES: usize = 22;
const END_MOST: usize = END_BYTES + 65_535;
/// Length of a central header without its name (APPNOTE 4.3.12).
const HEADER_BYTES: usize = 46;

/// Whether these names, relative to one folder and with `/` between parts, are those of a bag.
pub fn is_bag_listing<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let (mut declaration, mut manifest, mut payload) = (false, false, false);
    for name in names {
        declaration |= name == "bagit.txt";
        manifest |= name.starts_with("manifest-") && name.ends_with(".txt");
        payload |= name.starts_with("data/");
    }
    declaration && manifest && payload
}

/// Whether the bytes are a zip archive whose own list of entries is that of a bag. Nothing in it is unpacked.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK\x03\x04") {
        return false;
    }
    let tail_at = bytes.len().saturating_sub(END_MOST);
    let Some(end) = bytes[tail_at..].windows(4).rposition(|window| window == b"PK\x05\x06") else {
        return false;
    };
    let end = tail_at + end;
    if bytes.len() < end + END_BYTES {
        return false;
    }
    let Some(start) = number(bytes, end + 16, 4) else { return false };
    let mut names = Vec::new();
    let mut at = start;
    while bytes.get(at..at.saturating_add(4)) == Some(b"PK\x01\x02") {
        let lengths = [28, 30, 32].map(|offset| number(bytes, at + offset, 2));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return false };
        let name_at = at + HEADER_BYTES;
        let Some(text) = bytes.get(name_at..name_at + name) else { return false };
        names.push(String::from_utf8_lossy(text));
        at = name_at + name + extra + comment;
    }
    let is_declaration = |name: &&str| *name == "bagit.txt" || name.ends_with("/bagit.txt");
    let mut tops = names.iter().map(|name| name.as_ref()).filter(is_declaration);
    let top = tops.find_map(|name| {
        let top = name.strip_suffix("bagit.txt")?;
        (top.matches('/').count() <= 1).then_some(top)
    });
    top.is_some_and(|top| is_bag_listing(names.iter().filter_map(|name| name.strip_prefix(top))))
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04 files".to_vec();
        let start = u32::try_from(bytes.len()).unwrap();
        for name in names {
            let mut header = vec![0; HEADER_BYTES];
            header[..4].copy_from_slice(b"PK\x01\x02");
            header[28] = u8::try_from(name.len()).unwrap();
            bytes.extend(header);
            bytes.extend(name.as_bytes());
        }
        let mut end = vec![0; END_BYTES];
        end[..4].copy_from_slice(b"PK\x05\x06");
        end[16..20].copy_from_slice(&start.to_le_bytes());
        bytes.extend(end);
        bytes
    }

    #[test]
    fn the_names_make_a_bag() {
        let bag = ["a/", "a/bagit.txt", "a/data/x", "a/manifest-sha512.txt"];
        assert!(is_archive(&archive(&bag)));
        assert!(is_archive(&archive(&["bagit.txt", "data/x", "manifest-md5.txt"])));
        assert!(!is_archive(&archive(&bag[..3])));
        assert!(!is_archive(&archive(&["a/bagit.txt", "b/data/x", "a/manifest-md5.txt"])));
        assert!(!is_archive(&archive(&["a/b/bagit.txt", "a/b/data/x", "a/b/manifest-md5.txt"])));
        assert!(!is_archive(&archive(&[])));
        assert!(!is_archive(b"PK\x03\x04"));
        let whole = archive(&bag);
        for length in 0..whole.len() {
            assert!(!is_archive(&whole[..length]), "{length}");
        }
    }
}
