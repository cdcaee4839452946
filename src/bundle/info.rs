//! `bagit.txt` and `bag-info.txt`: lines of `Label: value`, each label once.

/// What `bagit.txt` holds, to the byte (RFC 8493 2.1.1).
pub(super) const BAGIT: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The label of our format's version.
pub(super) const FORMAT: &str = "Portfolio-Format";
/// The label of the payload's size and count (RFC 8493 2.2.2).
pub(super) const OXUM: &str = "Payload-Oxum";

/// Reads all lines; `Err` is the number of the first line, from 1, that is not one label and one value.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, usize> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let pair = line
            .strip_suffix(b"\n")
            .and_then(|line| std::str::from_utf8(line).ok())
            .and_then(|line| line.split_once(": "))
            .filter(|(label, value)| fits(label, value) && pairs.iter().all(|(earlier, _)| earlier != label));
        let (label, value) = pair.ok_or(index + 1)?;
        pairs.push((label.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

/// Whether a label and a value can stand on one line and be read back.
pub(super) fn fits(label: &str, value: &str) -> bool {
    let plain_label =
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain_label && !value.is_empty() && value.trim() == value && !value.chars().any(char::is_control)
}

/// Writes the lines.
pub(super) fn write<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    pairs.flat_map(|(label, value)| format!("{label}: {value}\n").into_bytes()).collect()
}

/// `octets.count`.
pub(super) fn oxum(octets: u64, count: usize) -> String {
    format!("{octets}.{count}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let pairs = [(FORMAT, "1"), (OXUM, "12.3"), ("External-Description", "Ann\u{e9}e: deux")];
        let read = parse(&write(pairs.into_iter())).unwrap();
        assert_eq!(read, pairs.map(|(label, value)| (label.to_owned(), value.to_owned())));
        assert_eq!(parse(BAGIT).unwrap().len(), 2);
    }

    #[test]
    fn the_first_bad_line_is_named() {
        for bad in ["b", "B:2", "B : 2", "B: ", "B:  2", " B: 2", "A: 3", "B: 2\r", "\u{e9}: 1", ""] {
            assert_eq!(parse(format!("A: 1\n{bad}\nC: 3\n").as_bytes()), Err(2), "{bad:?}");
        }
        assert_eq!(parse(b"A: 1"), Err(1), "no line feed");
        assert_eq!(parse(b"A: \xff\n"), Err(1));
    }
}
