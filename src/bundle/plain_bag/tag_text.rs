//! A bag's own files as text: the declaration, the encodings it may name, and lines in any of their three endings.

/// What `bagit.txt` declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) version: String,
    pub(super) encoding: Encoding,
}

/// Why `bagit.txt` declares nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextFault {
    /// The line, from 1, that is not as it must be.
    Line(usize),
    /// An encoding that is not read here.
    Encoding(String),
}

/// An encoding of the other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Latin1,
    /// With a byte order mark, or big-endian without one.
    Utf16,
    Utf16Little,
}

impl Declaration {
    /// Whether each list names every file, as from version 1.0 on (RFC 8493 section 2.1.3), and names it once.
    pub(super) fn lists_agree(&self) -> bool {
        !self.version.starts_with("0.")
    }
}

/// Reads the two lines of `bagit.txt`: no byte order mark, one blank behind each colon.
pub(super) fn declaration(bytes: &[u8]) -> Result<Declaration, TextFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| TextFault::Line(1))?;
    let mut read = lines(text).map(|(_, line)| line);
    let version = read.next().and_then(|line| line.strip_prefix("BagIt-Version: "));
    let version = version.filter(|version| is_version(version)).ok_or(TextFault::Line(1))?;
    let name = read.next().and_then(|line| line.strip_prefix("Tag-File-Character-Encoding: "));
    let name = name.filter(|name| !name.is_empty() && name.trim() == *name).ok_or(TextFault::Line(2))?;
    if read.next().is_some() {
        return Err(TextFault::Line(3));
    }
    let encoding = match name.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" | "US-ASCII" | "ASCII" => Encoding::Utf8,
        "ISO-8859-1" | "LATIN1" | "LATIN-1" => Encoding::Latin1,
        "UTF-16" | "UTF-16BE" => Encoding::Utf16,
        "UTF-16LE" => Encoding::Utf16Little,
        _ => return Err(TextFault::Encoding(name.to_owned())),
    };
    Ok(Declaration { version: version.to_owned(), encoding })
}

fn is_version(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| digits(major) && digits(minor))
}

impl Encoding {
    /// The text, without a byte order mark; `None` if the bytes are none in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = match self {
            Encoding::Utf8 => std::str::from_utf8(bytes).ok()?.to_owned(),
            Encoding::Latin1 => bytes.iter().copied().map(char::from).collect(),
            Encoding::Utf16 | Encoding::Utf16Little => {
                let little = self == Encoding::Utf16Little || bytes.starts_with(&[0xff, 0xfe]);
                let (pairs, rest) = bytes.as_chunks::<2>();
                let unit = |pair: &[u8; 2]| match little {
                    true => u16::from_le_bytes(*pair),
                    false => u16::from_be_bytes(*pair),
                };
                let units: Vec<u16> = pairs.iter().map(unit).collect();
                if !rest.is_empty() {
                    return None;
                }
                String::from_utf16(&units).ok()?
            }
        };
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

/// The lines of a text by number from 1, each ended by LF, CR or both, or by the end; empty ones are left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c == '\n' || c == '\r';
    let mut number = 0;
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(ends).unwrap_or(rest.len());
        let line = &rest[..end];
        let after = &rest[end..];
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(ends)).unwrap_or(after);
        number += 1;
        Some((number, line))
    })
    .filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_two_lines_with_one_blank_each() {
        let read = |text: &str| declaration(text.as_bytes()).map(|found| (found.version, found.encoding));
        let plain = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        assert_eq!(read(plain), Ok(("1.0".to_owned(), Encoding::Utf8)));
        assert_eq!(read(&plain.replace('\n', "\r\n")), Ok(("1.0".to_owned(), Encoding::Utf8)));
        assert_eq!(read(plain.trim_end()), Ok(("1.0".to_owned(), Encoding::Utf8)));
        for (text, line) in [
            (plain.replace("1.0", ".97"), 1),
            (plain.replace("1.0", "one"), 1),
            (plain.replace("Version: ", "Version:"), 1),
            (plain.replace("Version: ", "Version:  "), 1),
            (plain.replace("Encoding: ", "Encoding : "), 2),
            (plain.replace("UTF-8", "UTF-8 "), 2),
            (format!("\u{feff}{plain}"), 1),
            (format!("{plain}More: x\n"), 3),
            (String::new(), 1),
        ] {
            assert_eq!(read(&text), Err(TextFault::Line(line)), "{text:?}");
        }
        assert_eq!(read(&plain.replace("UTF-8", "KOI8-R")), Err(TextFault::Encoding("KOI8-R".to_owned())));
    }

    #[test]
    fn text_is_read_in_each_encoding() {
        assert_eq!(Encoding::Latin1.decode(b"caf\xe9").as_deref(), Some("café"));
        assert_eq!(Encoding::Utf8.decode(b"caf\xe9"), None);
        assert_eq!(Encoding::Utf16.decode(b"\xfe\xff\0a").as_deref(), Some("a"));
        assert_eq!(Encoding::Utf16.decode(b"\xff\xfea\0").as_deref(), Some("a"));
        assert_eq!(Encoding::Utf16.decode(b"\0a").as_deref(), Some("a"));
        assert_eq!(Encoding::Utf16Little.decode(b"a\0").as_deref(), Some("a"));
        assert_eq!(Encoding::Utf16.decode(b"\0"), None);
        assert_eq!(Encoding::Utf16.decode(b"\xd8\x00"), None);
    }

    #[test]
    fn lines_end_in_three_ways() {
        let read: Vec<_> = lines("a\nb\r\nc\rd\n\ne").collect();
        assert_eq!(read, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (6, "e")]);
    }
}
