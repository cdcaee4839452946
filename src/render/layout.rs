//! Words onto lines: wrapping by display width, for screens and plain files.
//!
//! Works on text that is already fit to be seen (see [`super::escape`]). Widths are terminal columns, so that
//! a title in Japanese or with marks still lines up.

use unicode_width::UnicodeWidthStr;

/// The widest line of ordinary text on an 80-column screen: the last column stays free, since some terminals
/// move to the next line when it is written.
pub const TEXT_COLUMNS: usize = 79;

/// How far ahead the end of a quote is looked for, in bytes.
const QUOTE_BYTES: usize = 1024;

/// Columns that `text` takes on a terminal.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// `text` and spaces up to `width` columns; longer text stays as it is.
pub fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// `text` cut to `width` columns, with `…` for what is gone.
pub fn cut(text: &str, width: usize) -> String {
    cut_with(text, width, "…")
}

/// `text` cut to `width` columns, with `ellipsis` for what is gone.
pub fn cut_with(text: &str, width: usize, ellipsis: &str) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(columns(ellipsis));
    let mut shown = String::new();
    for c in text.chars() {
        shown.push(c);
        if columns(&shown) > room {
            shown.pop();
            break;
        }
    }
    format!("{}{ellipsis}", shown.trim_end_matches([' ', ',']))
}

/// Breaks `text` into lines of at most `width` columns. A newline in it starts a new line. A “quoted” piece stays
/// whole when it fits on a line of its own; a word longer than a line is broken. A no-break space (U+00A0) holds
/// what must stay together and becomes a space.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let lines = text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, width.max(1)));
    lines.map(|line| line.replace('\u{a0}', " ")).collect()
}

/// `text` held together: its spaces do not break.
pub fn hold(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn wrap_paragraph(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for atom in atoms(paragraph, width) {
        let needed = columns(atom);
        if used > 0 && used + 1 + needed <= width {
            if let Some(line) = lines.last_mut() {
                line.push(' ');
                line.push_str(atom);
            }
            used += 1 + needed;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
        }
        used = append_broken(&mut lines, atom, width);
    }
    lines
}

/// Puts a word at the start of the last line, broken over further lines when it is too long; columns used there.
fn append_broken(lines: &mut Vec<String>, word: &str, width: usize) -> usize {
    let mut used = 0;
    let mut piece = [0; 4];
    for c in word.chars() {
        let needed = columns(c.encode_utf8(&mut piece));
        if used + needed > width && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        used += needed;
    }
    used
}

/// Words, where a “quoted” piece with what touches it counts as one word if it fits on a line.
fn atoms(paragraph: &str, width: usize) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut rest = paragraph.trim_matches(' ');
    while !rest.is_empty() {
        let word_end = rest.find(' ').unwrap_or(rest.len());
        let end =
            quoted_end(rest, word_end).filter(|&end| columns(&rest[..end]) <= width).unwrap_or(word_end);
        atoms.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(' ');
    }
    atoms
}

/// Where the word ends if a quote opens in it and closes in a later word.
fn quoted_end(rest: &str, word_end: usize) -> Option<usize> {
    let opened = rest[..word_end].rfind('“')?;
    // A quote that fits on a line closes soon; looking further would cost a hostile text's square.
    let near = &rest[..rest.floor_char_boundary(opened + QUOTE_BYTES)];
    let closed = opened + near[opened..].find('”')?;
    let after = closed + rest[closed..].find(' ').unwrap_or(rest.len() - closed);
    (after > word_end).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_no_wider() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("a\n\nb", 8), ["a", "", "b"]);
    }

    #[test]
    fn a_quote_stays_whole_when_it_can() {
        assert_eq!(
            wrap("calls itself “Priya Nair”, as any key", 22),
            ["calls itself", "“Priya Nair”, as any", "key"]
        );
        assert_eq!(wrap("it is “one two three four”", 12), ["it is “one", "two three", "four”"]);
    }

    #[test]
    fn what_is_held_together_is_not_broken() {
        assert_eq!(wrap(&format!("as of {}", hold("15 Jan 2030")), 14), ["as of", "15 Jan 2030"]);
    }

    #[test]
    fn long_words_are_broken() {
        assert_eq!(wrap("ab cdefghij k", 4), ["ab", "cdef", "ghij", "k"]);
    }

    #[test]
    fn width_is_counted_in_columns() {
        assert_eq!(wrap("日本 語語", 5), ["日本", "語語"]);
        assert_eq!(padded("日本", 6), "日本  ");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("Priya Nair, Acme Retail Ltd", 17), "Priya Nair, Acme…");
        assert_eq!(cut("Tom Okafor, Riverside", 17), "Tom Okafor, Rive…");
    }
}
