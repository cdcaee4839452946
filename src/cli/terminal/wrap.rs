//! Paragraphs in columns: breaks at spaces alone, counts what a terminal shows, keeps colours out of the count.

use unicode_width::UnicodeWidthChar;

/// Lines of `text` at most `columns` wide, the first behind `first` and the others behind `rest`. A no-break
/// space (U+00A0) holds what must stay together and becomes a space. A word wider than a line stands alone. Spaces
/// that `text` begins with indent every line.
pub fn fill(columns: usize, first: &str, rest: &str, text: &str) -> Vec<String> {
    let indent = &text[..text.len() - text.trim_start_matches(' ').len()];
    let (first, rest) = (format!("{first}{indent}"), format!("{rest}{indent}"));
    let mut lines = Vec::new();
    let mut wide = width(&first);
    let mut line = first;
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = width(word) + usize::from(!empty);
        if !empty && wide + needed > columns {
            lines.push(std::mem::replace(&mut line, rest.clone()));
            wide = width(&rest);
            empty = true;
        }
        if !empty {
            line.push(' ');
            wide += 1;
        }
        line.push_str(word);
        wide += width(word);
        empty = false;
    }
    lines.push(line);
    lines.iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// Columns that `text` takes on a terminal, colours not counted.
pub fn width(text: &str) -> usize {
    let mut columns = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            // A colour ends with its first letter.
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            columns += c.width().unwrap_or(0);
        }
    }
    columns
}

/// `text` followed by the spaces that make it `columns` wide.
pub fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// `text` held together: its spaces do not break.
pub fn hold(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_spaces_and_hangs_under() {
        assert_eq!(fill(12, "- ", "  ", "one two three four"), ["- one two", "  three four"]);
        assert_eq!(fill(8, "", "", "unbreakable word"), ["unbreakable", "word"]);
        assert_eq!(fill(9, "", "", &format!("on {}", hold("24 Jul 2027"))), ["on", "24 Jul 2027"]);
        assert_eq!(fill(9, "", "", ""), [""]);
        assert_eq!(fill(9, "", "", "  in and under"), ["  in and", "  under"]);
    }

    #[test]
    fn colours_take_no_room_and_wide_letters_take_two() {
        assert_eq!(width("\u{1b}[1mbold\u{1b}[0m"), 4);
        assert_eq!(width("陈"), 2);
        assert_eq!(pad("陈", 4), "陈  ");
    }
}
