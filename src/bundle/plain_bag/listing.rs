//! A manifest of any bag: digest, blanks, path; paths as other tools spell them, and none that leads out of the bag.

use std::collections::HashMap;

use super::{Algorithm, BagFault, BagOddity, PlainReport};
use crate::path::RelPath;

/// The lines of one list.
#[derive(Debug, Clone)]
pub(super) struct Listing {
    pub(super) name: String,
    pub(super) of_payload: bool,
    pub(super) algorithm: Option<Algorithm>,
    /// Path and digits.
    pub(super) entries: Vec<(String, String)>,
}

/// Whether a file's name is that of a list.
pub(super) fn is_list(name: &str) -> bool {
    algorithm_of(name).is_some()
}

/// The name of the digest in the name of a list.
fn algorithm_of(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("manifest-").or_else(|| name.strip_prefix("tagmanifest-"))?;
    rest.strip_suffix(".txt").filter(|algorithm| !algorithm.is_empty() && !algorithm.contains('/'))
}

impl Listing {
    /// Reads a list; what is amiss goes into the report, and such lines count for nothing.
    pub(super) fn read(name: &str, text: &str, report: &mut PlainReport) -> Listing {
        let algorithm = algorithm_of(name).and_then(Algorithm::named);
        let of_payload = name.starts_with("manifest-");
        let mut list = Listing { name: name.to_owned(), of_payload, algorithm, entries: Vec::new() };
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut folded: HashMap<String, String> = HashMap::new();
        let mut is_odd = false;
        let names_once = report.version.as_deref().is_some_and(|version| !version.starts_with("0."));
        for (at, line) in super::tag_text::lines(text) {
            let list_name = || name.to_owned();
            let Some((digits, path)) = list.split(line) else {
                report.faults.push(BagFault::BadLine { list: list_name(), line: at });
                continue;
            };
            let plain = path.strip_prefix('*').unwrap_or(path);
            let plain = plain.strip_prefix("./").unwrap_or(plain);
            is_odd |= plain != path;
            let path = unescaped(plain);
            let belongs =
                |path: &String| path.starts_with("data/") == of_payload && !path.starts_with("tagmanifest-");
            let Some(path) = safe(&path).filter(belongs) else {
                report.faults.push(BagFault::OutOfBag { list: list_name(), path });
                continue;
            };
            match seen.insert(path.clone(), digits.to_ascii_lowercase()) {
                Some(first) if names_once || first != digits.to_ascii_lowercase() => {
                    report.faults.push(BagFault::Repeated { list: list_name(), path });
                    continue;
                }
                Some(_) => {
                    report.oddities.push(BagOddity::Repeated { list: list_name(), path });
                    continue;
                }
                None => {}
            }
            if folded.insert(RelPath::fold(&path), path.clone()).is_some() {
                report.oddities.push(BagOddity::Clash { list: list_name(), path: path.clone() });
            }
            list.entries.push((path, digits.to_owned()));
        }
        if is_odd {
            report.oddities.push(BagOddity::Spelling { list: name.to_owned() });
        }
        list
    }

    /// Digits and path of a line; digits as many as the digest has, where it is known.
    fn split<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let (digits, path) = line.split_once([' ', '\t'])?;
        let path = path.trim_start_matches([' ', '\t']);
        let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let fits = self.algorithm.is_none_or(|algorithm| algorithm.digits() == digits.len());
        (is_hex && fits && !path.is_empty()).then_some((digits, path))
    }
}

/// With the three escapes of section 2.1.3 undone, and no others.
pub(super) fn unescaped(path: &str) -> String {
    let mut plain = path.to_owned();
    for (escape, character) in [("%0A", "\n"), ("%0a", "\n"), ("%0D", "\r"), ("%0d", "\r"), ("%25", "%")] {
        plain = plain.replace(escape, character);
    }
    plain
}

/// The path, if it stays inside the bag on every system: relative, no `..`, no drive, no home, no backslash.
pub(super) fn safe(path: &str) -> Option<String> {
    let is_bad = |part: &str| part.is_empty() || part == "." || part == "..";
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    let outside = path.starts_with(['/', '~']) || has_drive || path.contains(['\\', '\0']);
    (!outside && !path.split('/').any(is_bad)).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, version: &str) -> (Vec<String>, Vec<&'static str>, Vec<&'static str>) {
        let mut report = PlainReport { version: Some(version.to_owned()), ..PlainReport::default() };
        let list = Listing::read("manifest-md5.txt", text, &mut report);
        (
            list.entries.into_iter().map(|(path, _)| path).collect(),
            report.faults.iter().map(BagFault::code).collect(),
            report.oddities.iter().map(BagOddity::code).collect(),
        )
    }

    const SUM: &str = "b1946ac92492d2347c6235b4d2611184";

    #[test]
    fn paths_are_read_as_other_tools_spell_them() {
        for (line, path, odd) in [
            (format!("{SUM}  data/a b"), "data/a b", false),
            (format!("{SUM}\tdata/%7Ea%25"), "data/%7Ea%", false),
            (format!("{} *data/a", SUM.to_uppercase()), "data/a", true),
            (format!("{SUM} ./data/a"), "data/a", true),
            (format!("{SUM} data/a%0Ab"), "data/a\nb", false),
        ] {
            let (paths, faults, oddities) = read(&line, "1.0");
            assert_eq!(
                (paths, faults.len(), !oddities.is_empty()),
                (vec![path.to_owned()], 0, odd),
                "{line}"
            );
        }
    }

    #[test]
    fn each_bad_line_is_named() {
        for (path, code) in [
            ("data/../x", "bag-path"),
            ("/data/x", "bag-path"),
            ("~/data/x", "bag-path"),
            ("C:\\data", "bag-path"),
            ("data\\x", "bag-path"),
            ("data//x", "bag-path"),
            ("bagit.txt", "bag-path"),
        ] {
            assert_eq!(read(&format!("{SUM}  {path}"), "1.0").1, [code], "{path}");
        }
        assert_eq!(read("data/x", "1.0").1, ["bag-line"]);
        assert_eq!(read("00  data/x", "1.0").1, ["bag-line"]);
        let again = format!("{SUM}  data/x\n{SUM}  data/x");
        assert_eq!(read(&again, "1.0").1, ["bag-listed-twice"]);
        assert_eq!(read(&again, "0.97"), (vec!["data/x".to_owned()], vec![], vec!["bag-listed-again"]));
        let other = format!("{SUM}  data/x\n{}  data/x", SUM.replace('b', "c"));
        assert_eq!(read(&other, "0.97").1, ["bag-listed-twice"]);
        assert_eq!(read(&format!("{SUM}  data/x\n{SUM}  data/X"), "1.0").2, ["bag-name-clash"]);
    }
}
