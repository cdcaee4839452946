//! When two credentials are one (Open Badges 3.0 section 10): the same issuer and the same id, however they are spelled.

use super::Foreign;

impl Foreign {
    /// Issuer and id with escapes undone and blanks around them gone; `None` if either is missing. Two credentials with
    /// one identity are one, of which the one with the later first day counts.
    pub fn identity(&self) -> Option<(String, String)> {
        Some((plain(self.issuer.id.as_deref()?), plain(self.id.as_deref()?)))
    }
}

/// With percent-encoding undone where it is sound, and trimmed.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.trim().as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = if *first == b'%' { after.split_first_chunk::<2>() } else { None };
        let decoded = digits.and_then(|(digits, after)| {
            let text = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
            Some((u8::from_str_radix(text, 16).ok()?, after))
        });
        let (byte, after) = decoded.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spellings_of_one_address_are_one() {
        assert_eq!(plain(" https://a.example/b%20c "), "https://a.example/b c");
        assert_eq!(plain("https://a.example/%7eb"), plain("https://a.example/~b"));
        assert_eq!(plain("100%"), "100%");
        assert_eq!(plain("%+1%zz%4"), "%+1%zz%4");
        assert_ne!(plain("https://a.example/b"), plain("https://a.example/B"));
        assert_eq!(plain("%c3%a9"), "é");
    }
}
