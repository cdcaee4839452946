//! The binary layout of SSH messages and key files: big-endian lengths before strings (RFC 4251 section 5).

/// Reads from the front of a message; every method gives `None` at a premature end.
pub(in crate::proof) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(in crate::proof) fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    pub(in crate::proof) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(in crate::proof) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(in crate::proof) fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    /// A string: its length, then its bytes.
    pub(in crate::proof) fn string(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }

    /// A string that is a name or a comment.
    pub(in crate::proof) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.string()?).ok()
    }

    pub(in crate::proof) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends a string with its length.
pub(in crate::proof) fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_put_and_stops_at_the_end() {
        let mut bytes = Vec::new();
        put_string(&mut bytes, b"ssh-ed25519");
        bytes.push(9);
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.text(), Some("ssh-ed25519"));
        assert_eq!(reader.byte(), Some(9));
        assert!(reader.is_at_end());
        assert_eq!(reader.byte(), None);
        assert_eq!(Reader::new(&[0, 0, 0, 2, 1]).string(), None);
        assert_eq!(Reader::new(&[0, 0, 0]).number(), None);
    }
}
