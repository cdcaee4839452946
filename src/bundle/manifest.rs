//! Manifests: `digest`, two spaces, `path`, LF; one spelling each, in the order of the paths.

use crate::digest::Digest;
use crate::path::{PathFault, RelPath};

const DIGITS: usize = 64;

/// Why a line of a manifest is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFault {
    /// Not UTF-8.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// The last line has no LF.
    #[error("it does not end in a line feed")]
    NoLineFeed,
    /// Not 64 lower-case hex digits at the start.
    #[error("it does not begin with 64 lower-case hex digits")]
    NotADigest,
    /// Not exactly two spaces behind the digest.
    #[error("the digest is not followed by two spaces")]
    NotTwoSpaces,
    /// A path that is refused.
    #[error("{0}")]
    BadPath(PathFault),
    /// A path that does not belong in this manifest: outside `data/`, or inside it.
    #[error("{0:?} does not belong in this list")]
    OutOfPlace(String),
    /// The same path as a line before.
    #[error("{0:?} is listed twice")]
    Repeated(String),
    /// A path that should stand before the line above it.
    #[error("{0:?} is out of order")]
    OutOfOrder(String),
}

/// The lines of a manifest that could be read, in order, and the faults of the others by line number from 1.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub listed: Vec<(RelPath, Digest)>,
    pub faults: Vec<(usize, LineFault)>,
}

/// Reads a manifest whose paths must all fit `belongs`.
pub(super) fn parse(bytes: &[u8], belongs: impl Fn(&RelPath) -> bool) -> Lines {
    let mut lines = Lines::default();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let read = read_line(line).and_then(|(path, digest)| {
            let text = || path.to_string();
            if !belongs(&path) {
                return Err(LineFault::OutOfPlace(text()));
            }
            match lines.listed.last() {
                Some((last, _)) if *last == path => Err(LineFault::Repeated(text())),
                Some((last, _)) if *last > path => {
                    let again = lines.listed.binary_search_by(|(listed, _)| listed.cmp(&path)).is_ok();
                    Err(if again { LineFault::Repeated(text()) } else { LineFault::OutOfOrder(text()) })
                }
                _ => Ok((path, digest)),
            }
        });
        match read {
            Ok(entry) => lines.listed.push(entry),
            Err(fault) => lines.faults.push((index + 1, fault)),
        }
    }
    lines
}

fn read_line(line: &[u8]) -> Result<(RelPath, Digest), LineFault> {
    let line = line.strip_suffix(b"\n").ok_or(LineFault::NoLineFeed)?;
    let text = std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    let (digits, rest) = text.split_at_checked(DIGITS).ok_or(LineFault::NotADigest)?;
    let digest = Digest::from_hex(digits).map_err(|_| LineFault::NotADigest)?;
    let path = rest.strip_prefix("  ").filter(|path| !path.starts_with([' ', '\t']));
    let path = RelPath::parse(path.ok_or(LineFault::NotTwoSpaces)?).map_err(LineFault::BadPath)?;
    Ok((path, digest))
}

/// Writes a manifest of entries that stand in order.
pub(super) fn write<'a>(entries: impl Iterator<Item = (&'a str, Digest)>) -> Vec<u8> {
    let mut text = String::new();
    for (path, digest) in entries {
        text += &digest.hex();
        text += "  ";
        text += path;
        text.push('\n');
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str) -> String {
        format!("{}  {path}\n", Digest::of(path.as_bytes()).hex())
    }

    fn faults(text: &str) -> Vec<(usize, LineFault)> {
        parse(text.as_bytes(), |path| path.is_below("data")).faults
    }

    #[test]
    fn what_is_written_is_read_back() {
        let paths = ["data/a b.pdf", "data/b/\u{e9}.txt"];
        let written = write(paths.iter().map(|path| (*path, Digest::of(path.as_bytes()))));
        assert_eq!(written, (line(paths[0]) + &line(paths[1])).into_bytes());
        let lines = parse(&written, |path| path.is_below("data"));
        assert_eq!(lines.faults, []);
        assert_eq!(lines.listed[1], (RelPath::parse(paths[1]).unwrap(), Digest::of(paths[1].as_bytes())));
    }

    #[test]
    fn each_bad_line_names_its_fault_and_the_others_are_read() {
        let good = line("data/m");
        let digits = "a".repeat(DIGITS);
        for (bad, fault) in [
            (format!("{}  data/n\n", "A".repeat(DIGITS)), LineFault::NotADigest),
            ("\n".to_owned(), LineFault::NotADigest),
            (format!("{digits} data/n\n"), LineFault::NotTwoSpaces),
            (format!("{digits}   data/n\n"), LineFault::NotTwoSpaces),
            (format!("{digits} *data/n\n"), LineFault::NotTwoSpaces),
            (format!("{digits}  data/n\r\n"), LineFault::BadPath(PathFault::Control('\r'))),
            (format!("{digits}  data/../n\n"), LineFault::BadPath(PathFault::DotPart)),
            (format!("{digits}  data/%0A\n"), LineFault::BadPath(PathFault::Reserved('%'))),
            (format!("{digits}  bagit.txt\n"), LineFault::OutOfPlace("bagit.txt".to_owned())),
            (format!("{digits}  data/m\n"), LineFault::Repeated("data/m".to_owned())),
            (format!("{digits}  data/a\n"), LineFault::OutOfOrder("data/a".to_owned())),
        ] {
            let text = format!("{good}{bad}{}", line("data/z"));
            assert_eq!(faults(&text), [(2, fault)], "{bad:?}");
        }
        assert_eq!(faults(good.trim_end()), [(1, LineFault::NoLineFeed)]);
        assert_eq!(parse(b"\xff\n", |_| true).faults, [(1, LineFault::NotUtf8)]);
    }
}
