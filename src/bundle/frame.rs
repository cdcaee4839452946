//! The three records of a zip as a bundle writes them, field by field; the reader demands the same bytes.
//!
//! Field names and numbers are APPNOTE 6.3.10's: 4.3.7 local header, 4.3.12 central header, 4.3.16 end record.

/// Fixed part of a local header.
pub(super) const LOCAL: usize = 30;
/// Fixed part of a central header.
pub(super) const CENTRAL: usize = 46;
/// The end record without comment.
pub(super) const END: usize = 22;

pub(super) const LOCAL_MAGIC: u32 = 0x0403_4b50;
pub(super) const CENTRAL_MAGIC: u32 = 0x0201_4b50;
pub(super) const END_MAGIC: u32 = 0x0605_4b50;
/// The zip64 end locator, which would stand just before the end record.
pub(super) const ZIP64_LOCATOR: usize = 20;
pub(super) const ZIP64_LOCATOR_MAGIC: u32 = 0x0706_4b50;

/// Unix, zip 2.0: the host whose mode bits every unpacker on Unix keeps.
pub(super) const MADE_BY: u16 = 0x0314;
/// 1.0: a stored file.
pub(super) const NEEDED: u16 = 10;
/// Bit 11: the name is UTF-8. Set exactly where the name is not ASCII, as Python and Info-ZIP do.
pub(super) const UTF8: u16 = 1 << 11;
/// 1980-01-01, the first day a zip can name, 00:00:00.
pub(super) const DATE: u16 = 0x0021;
/// An ordinary file that everyone may read and its owner may write, 0100644.
pub(super) const ATTRIBUTES: u32 = 0o100_644 << 16;

/// What differs from one entry to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp<'a> {
    pub name: &'a [u8],
    pub crc: u32,
    pub len: u32,
}

impl Stamp<'_> {
    fn flags(&self) -> u16 {
        if self.name.is_ascii() { 0 } else { UTF8 }
    }

    /// What both headers share: version needed to the length of the extra field.
    fn shared(&self, out: &mut Vec<u8>) {
        for field in [NEEDED, self.flags(), 0, 0, DATE] {
            out.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.len, self.len] {
            out.extend(field.to_le_bytes());
        }
        out.extend(short(self.name.len()).to_le_bytes());
        out.extend(0u16.to_le_bytes());
    }

    /// Appends the header that stands before the file.
    pub(super) fn local(&self, out: &mut Vec<u8>) {
        out.extend(LOCAL_MAGIC.to_le_bytes());
        self.shared(out);
        out.extend(self.name);
    }

    /// Appends the header in the list, for a local header at `offset`.
    pub(super) fn central(&self, offset: u32, out: &mut Vec<u8>) {
        out.extend(CENTRAL_MAGIC.to_le_bytes());
        out.extend(MADE_BY.to_le_bytes());
        self.shared(out);
        // Comment length, disk, internal attributes.
        out.extend([0; 6]);
        out.extend(ATTRIBUTES.to_le_bytes());
        out.extend(offset.to_le_bytes());
        out.extend(self.name);
    }
}

/// Appends the end record for a list of `size` bytes at `offset`.
pub(super) fn end(count: u16, size: u32, offset: u32, out: &mut Vec<u8>) {
    out.extend(END_MAGIC.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0; 2]);
}

/// The 16-bit field at `at`; zero beyond the end, which no caller reaches.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |field| u16::from_le_bytes([field[0], field[1]]))
}

/// The 32-bit field at `at`; zero beyond the end, which no caller reaches.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |field| u32::from_le_bytes([field[0], field[1], field[2], field[3]]))
}

/// Names and counts are bounded far below 65,535 before they come here.
fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_have_the_lengths_and_places_of_the_paper() {
        let stamp = Stamp { name: "b/\u{e9}".as_bytes(), crc: 0xdead_beef, len: 7 };
        let (mut local, mut central, mut last) = (Vec::new(), Vec::new(), Vec::new());
        stamp.local(&mut local);
        stamp.central(99, &mut central);
        end(1, 50, 41, &mut last);
        assert_eq!((local.len(), central.len(), last.len()), (LOCAL + 4, CENTRAL + 4, END));
        assert_eq!((u32_at(&local, 14), u32_at(&local, 18), u32_at(&local, 22)), (0xdead_beef, 7, 7));
        assert_eq!((u16_at(&local, 6), u16_at(&central, 8)), (UTF8, UTF8));
        assert_eq!((u32_at(&central, 38) >> 16, u32_at(&central, 42)), (0o100_644, 99));
        assert_eq!((u16_at(&last, 8), u32_at(&last, 12), u32_at(&last, 16)), (1, 50, 41));
    }
}
