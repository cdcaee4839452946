//! Lines of a story that claim a number, and the evidence they name for it.
//!
//! A number is any digit outside headings, comments, code, links and brackets; a day or a year by itself and the
//! count in front of an item of a list are none. Evidence is an id in brackets, in the same paragraph or item.

use crate::path::Slug;

/// A line that claims a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Line, from 1.
    pub line: usize,
    /// Column of the number, from 1.
    pub column: usize,
    /// The ids that its paragraph names, each with line and column.
    pub evidence: Vec<(usize, usize, Slug)>,
}

/// Every line that claims a number, with the evidence for it.
#[must_use]
pub fn claims(text: &str) -> Vec<Claim> {
    let mut all = Vec::new();
    let mut block: Vec<(usize, String)> = Vec::new();
    let mut cover = Cover::default();
    for (at, line) in body(text) {
        let plain = cover.take_out(line);
        let starts_item = item_mark(&plain) > 0;
        if plain.trim().is_empty() || plain.trim_start().starts_with('#') || starts_item {
            close(&mut block, &mut all);
        }
        if !plain.trim_start().starts_with('#') {
            block.push((at, plain));
        }
    }
    close(&mut block, &mut all);
    all
}

/// The lines behind the front matter, with their numbers from 1.
fn body(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let has_front =
        text.trim_start_matches('\u{feff}').lines().next().is_some_and(|line| line.trim_end() == "---");
    let mut rules = 0;
    text.lines().zip(1..).filter_map(move |(line, at)| {
        if has_front && rules < 2 {
            rules += usize::from(line.trim_end() == "---");
            return None;
        }
        Some((at, line))
    })
}

fn close(block: &mut Vec<(usize, String)>, all: &mut Vec<Claim>) {
    let evidence: Vec<_> = block.iter().flat_map(|(at, line)| named(*at, line)).collect();
    for (line, text) in block.drain(..) {
        if let Some(column) = number_in(&text) {
            all.push(Claim { line, column, evidence: evidence.clone() });
        }
    }
}

/// What does not count as text: comments and code, blanked column by column.
#[derive(Default)]
struct Cover {
    in_comment: bool,
    fence: Option<&'static str>,
}

impl Cover {
    fn take_out(&mut self, line: &str) -> String {
        let trimmed = line.trim_start();
        let fence = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence));
        match (self.fence, fence) {
            (Some(open), Some(found)) if open == found => {
                self.fence = None;
                return String::new();
            }
            (Some(_), _) => return String::new(),
            (None, Some(found)) if !self.in_comment => {
                self.fence = Some(found);
                return String::new();
            }
            _ => {}
        }
        let mut plain = String::with_capacity(line.len());
        let (mut rest, mut in_code) = (line, false);
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            let mut shown = c;
            if self.in_comment {
                shown = ' ';
                if rest.starts_with("-->") {
                    (self.in_comment, length) = (false, 3);
                }
            } else if rest.starts_with("<!--") {
                (self.in_comment, shown, length) = (true, ' ', 4);
            } else if c == '`' {
                (in_code, shown) = (!in_code, ' ');
            } else if in_code {
                shown = ' ';
            }
            plain.extend(std::iter::repeat_n(shown, rest[..length].chars().count()));
            rest = &rest[length..];
        }
        plain
    }
}

/// How many characters the mark of a list's item takes, the space before it too.
fn item_mark(line: &str) -> usize {
    let text = line.trim_start();
    let space = line.chars().count() - text.chars().count();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mark = match text.chars().nth(digits) {
        Some('.' | ')') if digits > 0 => digits + 1,
        Some('-' | '*' | '+') if digits == 0 => 1,
        _ => return 0,
    };
    if text.chars().nth(mark).is_none_or(char::is_whitespace) { space + mark } else { 0 }
}

/// The column of the first number that is a claim.
fn number_in(line: &str) -> Option<usize> {
    let chars: Vec<char> = line.chars().collect();
    let mut at = item_mark(line);
    while at < chars.len() {
        match chars[at] {
            '[' => at = past(&chars, at, ']'),
            '(' if at > 0 && chars[at - 1] == ']' => at = past(&chars, at, ')'),
            '<' => at = past(&chars, at, '>'),
            'h' if starts_link(&chars[at..]) => {
                while at < chars.len() && !chars[at].is_whitespace() {
                    at += 1;
                }
            }
            c if c.is_numeric() => {
                let end = word_end(&chars, at);
                if !is_day(&chars, at, end) {
                    return Some(at + 1);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    None
}

fn past(chars: &[char], at: usize, closing: char) -> usize {
    chars[at..].iter().position(|c| *c == closing).map_or(at + 1, |found| at + found + 1)
}

fn starts_link(chars: &[char]) -> bool {
    let start: String = chars.iter().take(8).collect();
    start.starts_with("http://") || start.starts_with("https://")
}

fn word_end(chars: &[char], at: usize) -> usize {
    let of_word = |c: &char| c.is_alphanumeric() || "-./,:".contains(*c);
    let end = at + chars[at..].iter().take_while(|c| of_word(c)).count();
    let trailing = chars[at..end].iter().rev().take_while(|c| "-./,:".contains(**c)).count();
    end - trailing
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Words that a year follows.
const BEFORE_YEARS: [&str; 10] =
    ["in", "since", "from", "until", "to", "by", "before", "after", "during", "summer"];

/// Whether the word of digits is a day or a year: `2026-07-24`, `2026`, `24 July`, `July 24`.
fn is_day(chars: &[char], at: usize, end: usize) -> bool {
    let word: String = chars[at..end].iter().collect();
    if crate::time::Date::parse(&word).is_ok() {
        return true;
    }
    let Ok(number) = word.parse::<u32>() else { return false };
    let is_month = |word: &str| MONTHS.iter().any(|month| word.to_lowercase().starts_with(month));
    let next: String =
        chars[end..].iter().skip_while(|c| **c == ' ').take_while(|c| c.is_alphabetic()).collect();
    let before: String =
        chars[..at].iter().rev().skip_while(|c| **c == ' ').take_while(|c| c.is_alphabetic()).collect();
    let before: String = before.chars().rev().collect();
    let in_a_year = is_month(&before) || BEFORE_YEARS.contains(&before.to_lowercase().as_str());
    (2000..2200).contains(&number) && in_a_year
        || (1..=31).contains(&number) && (is_month(&next) || is_month(&before))
}

/// The ids in brackets on a line.
fn named(at: usize, line: &str) -> Vec<(usize, usize, Slug)> {
    let chars: Vec<char> = line.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = chars[start..].iter().position(|c| *c == '[').map(|found| start + found) {
        let close = past(&chars, open, ']');
        let is_link = chars.get(close) == Some(&'(');
        if close > open + 1 && !is_link {
            let inside: String = chars[open + 1..close - 1].iter().collect();
            let mut column = open + 2;
            for part in inside.split(',') {
                let lead = part.chars().take_while(|c| c.is_whitespace()).count();
                if let Ok(id) = Slug::parse(part.trim()) {
                    found.push((at, column + lead, id));
                }
                column += part.chars().count() + 1;
            }
        }
        start = close;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(usize, usize, usize)> {
        claims(text).iter().map(|claim| (claim.line, claim.column, claim.evidence.len())).collect()
    }

    #[test]
    fn a_line_with_a_number_is_a_claim_and_its_paragraph_names_the_evidence() {
        assert_eq!(
            places(
                "The error fell to 9.8 %.
"
            ),
            [(1, 19, 0)]
        );
        assert_eq!(
            places(
                "The error fell to 9.8 %
in a month [forecast-report].
"
            ),
            [(1, 19, 1)]
        );
        assert_eq!(
            places(
                "Fell to 9.8 %.

See [forecast-report].
"
            ),
            [(1, 9, 0)]
        );
        assert_eq!(
            places(
                "- 3 tests [a, b]
- half as many
- 4 more
"
            ),
            [(1, 3, 2), (3, 3, 0)]
        );
        assert_eq!(
            places(
                "It took 2000 rows, ½ of them mine.
"
            ),
            [(1, 9, 0)]
        );
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for text in [
            "# Phase 2
",
            "1. First
2) Second
",
            "On 24 July 2026 and on 2026-07-24, July 24, since 2025.
",
            "`make 3` and <!-- 12 %
still 13 % --> nothing
",
            "```
14 %
```
",
            "[page 3](https://acme.example/7) and https://acme.example/8
",
            "---
created: 2026-07-24T15:02:40Z
---
",
            "",
        ] {
            assert_eq!(places(text), [], "{text}");
        }
        assert_eq!(
            places(
                "---
a: 1
---

1. It saves 4 hours.
"
            ),
            [(5, 13, 0)]
        );
    }

    #[test]
    fn evidence_has_its_place() {
        let claim = claims(
            "ä 5 % [one, two] [No Id] [link](x)
",
        )
        .remove(0);
        let named: Vec<_> =
            claim.evidence.iter().map(|(line, column, id)| (*line, *column, id.as_str())).collect();
        assert_eq!(named, [(1, 8, "one"), (1, 13, "two")]);
    }
}
