//! Paths of a computer and e-mail addresses in text.

use super::{Trace, TraceKind};

/// Folders below which people's own files lie.
const HOMES: [&str; 9] =
    ["/home/", "/Users/", "/root/", "/Volumes/", "/mnt/", "/media/", "/var/folders/", "/private/", "/tmp/"];
/// Most traces of one file: a log of a thousand paths says the same as a hundred.
const MOST: usize = 100;

/// Every one, with its line and column.
pub(super) fn of_text(text: &str) -> Vec<Trace> {
    let mut found = Vec::new();
    for (line, at) in text.lines().zip(1..) {
        let mut rest = line;
        while let Some((start, end)) = next_word(rest) {
            let word = &rest[start..end];
            let column = line[..line.len() - rest.len() + start].chars().count() + 1;
            if let Some((offset, kind, says)) = trace(word) {
                let column = column + word[..offset].chars().count();
                found.push(Trace { kind, place: Some((at, column)), says });
                if found.len() == MOST {
                    return found;
                }
            }
            rest = &rest[end..];
        }
    }
    found
}

/// Start and end of the next piece without space or marks that no path and no address holds.
fn next_word(text: &str) -> Option<(usize, usize)> {
    let ends = |c: char| c.is_whitespace() || "\"'<>()[]{}|,;`“”".contains(c);
    let start = text.find(|c| !ends(c))?;
    let end = text[start..].find(ends).map_or(text.len(), |end| start + end);
    Some((start, end))
}

/// The trace in a word: where it begins, what it is, and its text.
fn trace(word: &str) -> Option<(usize, TraceKind, String)> {
    if let Some(at) = path_start(word) {
        let path = word[at..].trim_end_matches(['.', ':', '!', '?']);
        return Some((at, TraceKind::Path, path.to_owned()));
    }
    let at = email_start(word)?;
    let address = word[at..].trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    Some((at, TraceKind::Email, address.to_owned()))
}

fn path_start(word: &str) -> Option<usize> {
    if let Some(at) = word.find("file:///") {
        return Some(at);
    }
    let home = HOMES.iter().filter_map(|home| word.find(home)).min();
    // Behind a host the same words are an address of the web.
    if let Some(at) =
        home.filter(|at| *at == 0 || !word[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '/'))
    {
        return Some(at);
    }
    let drive = |at: usize| {
        let bytes = word.as_bytes();
        bytes[at].is_ascii_alphabetic()
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && bytes.get(at + 1) == Some(&b':')
            && bytes.get(at + 2) == Some(&b'\\')
    };
    let share =
        word.find("\\\\").filter(|at| word[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric()));
    (0..word.len()).find(|at| drive(*at)).or(share)
}

fn email_start(word: &str) -> Option<usize> {
    let at = word.find('@')?;
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let start = word[..at].char_indices().rev().take_while(|(_, c)| local(*c)).last()?.0;
    let domain: String =
        word[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c)).collect();
    let last = domain.trim_end_matches(['.', '-']).rsplit_once('.')?.1;
    (last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let words = |trace: &Trace| {
            let (line, column) = trace.place.unwrap_or_default();
            format!("{:?} {line}:{column} {}", trace.kind, trace.says)
        };
        of_text(text).iter().map(words).collect()
    }

    #[test]
    fn paths_and_addresses_are_found_with_their_place() {
        assert_eq!(
            found(
                "see /home/alex/model.py.\nä <priya.nair@acme.example>, ok\n\"C:\\Users\\Alex\\x.csv\" \\\\nas\\team file:///opt/x"
            ),
            [
                "Path 1:5 /home/alex/model.py",
                "Email 2:4 priya.nair@acme.example",
                "Path 3:2 C:\\Users\\Alex\\x.csv",
                "Path 3:23 \\\\nas\\team",
                "Path 3:34 file:///opt/x",
            ]
        );
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in
            ["https://acme.example/home/alex", "a@b", "@team", "12:30", "1/2", "C: drive", "x@y.1", "and/tmp"]
        {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
