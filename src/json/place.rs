//! Where a value stands in a document that was read: for messages that say line and column.

use super::strict::position;

/// One step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the member of this name.
    Member(String),
    /// To the item at this place, counted from 0.
    Item(usize),
}

/// Line and column, both from 1, of the value that `path` leads to: the column of its first character. `None` where
/// nothing is there, or where the bytes do not pass [`super::check`].
#[must_use]
pub fn place_of(bytes: &[u8], path: &[Step]) -> Option<(usize, usize)> {
    let mut at = past_space(bytes, 0);
    for step in path {
        at = match step {
            Step::Member(name) => member(bytes, at, name)?,
            Step::Item(place) => item(bytes, at, *place)?,
        };
    }
    (at < bytes.len()).then(|| position(&bytes[..at]))
}

fn past_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// The value of the member `name` of the object at `at`.
fn member(bytes: &[u8], at: usize, name: &str) -> Option<usize> {
    let mut at = opened(bytes, at, b'{')?;
    while bytes.get(at) == Some(&b'"') {
        let end = past_string(bytes, at)?;
        let is_it = serde_json::from_slice::<String>(&bytes[at..end]).ok()? == name;
        let colon = past_space(bytes, end);
        if bytes.get(colon) != Some(&b':') {
            return None;
        }
        at = past_space(bytes, colon + 1);
        if is_it {
            return Some(at);
        }
        at = next(bytes, past_value(bytes, at)?)?;
    }
    None
}

/// The item at `place` of the array at `at`.
fn item(bytes: &[u8], at: usize, place: usize) -> Option<usize> {
    let mut at = opened(bytes, at, b'[')?;
    for _ in 0..place {
        at = next(bytes, past_value(bytes, at)?)?;
    }
    (bytes.get(at) != Some(&b']')).then_some(at)
}

fn opened(bytes: &[u8], at: usize, bracket: u8) -> Option<usize> {
    (bytes.get(at) == Some(&bracket)).then(|| past_space(bytes, at + 1))
}

/// Behind the comma that follows a value; nothing where its container ends.
fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let comma = past_space(bytes, at);
    (bytes.get(comma) == Some(&b',')).then(|| past_space(bytes, comma + 1))
}

fn past_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += 1;
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
}

fn past_value(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match bytes.get(at)? {
            b'"' => at = past_string(bytes, at)?,
            b'{' | b'[' => (depth, at) = (depth + 1, at + 1),
            b'}' | b']' => (depth, at) = (depth.checked_sub(1)?, at + 1),
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            _ => {
                while !matches!(bytes.get(at), None | Some(b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'))
                {
                    at += 1;
                }
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{\n  \"a\": [1, {\"b\\u0022\": \"x, }\"}, []],\n  \"ä\": {\"c\": {}, \"d\": -12}\n}\n";

    fn at(path: &[&str]) -> Option<(usize, usize)> {
        let step = |part: &&str| part.parse().map_or_else(|_| Step::Member((*part).to_owned()), Step::Item);
        place_of(TEXT.as_bytes(), &path.iter().map(step).collect::<Vec<_>>())
    }

    #[test]
    fn every_value_has_its_place() {
        assert_eq!(at(&[]), Some((1, 1)));
        assert_eq!(at(&["a"]), Some((2, 8)));
        assert_eq!(at(&["a", "0"]), Some((2, 9)));
        assert_eq!(at(&["a", "1", "b\""]), Some((2, 24)));
        assert_eq!(at(&["a", "2"]), Some((2, 33)));
        assert_eq!(at(&["ä", "d"]), Some((3, 23)));
    }

    #[test]
    fn what_is_not_there_has_none() {
        for path in [&["b"][..], &["a", "3"], &["a", "x"], &["ä", "0"], &["ä", "c", "e"], &["a", "0", "0"]]
        {
            assert_eq!(at(path), None, "{path:?}");
        }
        assert_eq!(place_of(b"", &[]), None);
        assert_eq!(place_of(b"{\"a", &[Step::Member("a".to_owned())]), None);
    }
}
