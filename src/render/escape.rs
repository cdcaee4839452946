//! The one escaping function for every string that came from a file.
//!
//! A title, a file name or a note was written by a stranger. Whatever could move the cursor, turn the line
//! around, hide or forge text is shown as `\u{202e}` instead. Arabic, Devanagari and emoji stay readable.

use std::fmt::Write as _;

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// How many columns [`quoted`] shows before it cuts.
pub const QUOTED_COLUMNS: usize = 80;

/// Marks that may sit on one letter. Living scripts need up to four; more is a flood over the lines above.
const MARKS_ON_ONE_LETTER: usize = 5;

/// The text with everything unseen made visible: controls, newlines, direction marks, zero-width and unassigned
/// characters become `\u{..}`. Joiners stay where a script or an emoji needs them.
pub fn visible(text: &str) -> String {
    // Nearly every string is plain ASCII: nothing to look up then.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for piece in Pieces::of(text) {
        piece.append_to(&mut shown);
    }
    shown
}

/// A stranger's words: [`visible`], in “quotes”, cut at 80 columns. A quotation mark inside cannot end the quote.
pub fn quoted(text: &str) -> String {
    let mut shown = String::from("“");
    let mut columns = 0;
    let mut piece_text = String::new();
    for piece in Pieces::of(text) {
        piece_text.clear();
        match piece {
            Piece::Plain(mark @ ('“' | '”')) => Piece::Escaped(mark),
            other => other,
        }
        .append_to(&mut piece_text);
        columns += columns_of(&piece_text);
        if columns > QUOTED_COLUMNS {
            shown.push('…');
            break;
        }
        shown.push_str(&piece_text);
    }
    shown.push('”');
    shown
}

/// A JSON document as text: two-space indent, a newline at the end. What a terminal would act on or hide is written
/// as `\u` escapes, so that the same value reads back and nothing raw comes out.
pub fn json_text(document: &serde_json::Value) -> String {
    let mut text = String::new();
    for c in serde_json::to_string_pretty(document).unwrap_or_default().chars() {
        if c == '\n' || (' '..='~').contains(&c) || !is_unseen(c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text.push('\n');
    text
}

fn is_unseen(c: char) -> bool {
    let mut one = [0; 4];
    let one = c.encode_utf8(&mut one);
    visible(one) != *one
}

fn columns_of(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// One character of the text and how it may be shown.
enum Piece {
    Plain(char),
    Escaped(char),
    /// A run of marks beyond what one letter can carry.
    Flood(usize),
}

impl Piece {
    fn append_to(&self, shown: &mut String) {
        match self {
            Piece::Plain(c) => shown.push(*c),
            // Writing to a String cannot fail.
            Piece::Escaped(c) => drop(write!(shown, "\\u{{{:x}}}", u32::from(*c))),
            Piece::Flood(marks) => drop(write!(shown, "({marks} more marks)")),
        }
    }
}

struct Pieces<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    before: Option<char>,
    marks: usize,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: text.chars().peekable(), before: None, marks: 0 }
    }

    fn is_shown(&self, c: char, after: Option<char>) -> bool {
        match c {
            '\u{200c}' | '\u{200d}' => joins(self.before, c, after),
            '\u{fe0e}' | '\u{fe0f}' => match self.before {
                Some('0'..='9' | '#' | '*') => after == Some('\u{20e3}'),
                Some(before) => is_pictograph(before),
                None => false,
            },
            _ => !is_blank(c) && (is_combining_mark(c) || is_space(c) || is_printable(c)),
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let c = self.rest.next()?;
        let after = self.rest.peek().copied();
        if !self.is_shown(c, after) {
            self.before = None;
            return Some(Piece::Escaped(c));
        }
        if !is_combining_mark(c) {
            self.marks = 0;
        } else if self.marks == MARKS_ON_ONE_LETTER {
            let mut flood = 1;
            while self.rest.next_if(|&next| is_combining_mark(next)).is_some() {
                flood += 1;
            }
            return Some(Piece::Flood(flood));
        } else {
            self.marks += 1;
        }
        self.before = Some(c);
        Some(Piece::Plain(c))
    }
}

/// True unless the character is a control, a format character, private, unassigned or a separator.
/// The standard library knows the table: it is what `{:?}` escapes, once marks are set aside.
fn is_printable(c: char) -> bool {
    matches!(c, '\'' | '"' | '\\') || c.escape_debug().len() == 1
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Letters and marks that draw nothing, so that two names look the same.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn joins(before: Option<char>, joiner: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let emoji = joiner == '\u{200d}' && is_pictograph_or_its_mark(before) && is_pictograph(after);
    emoji || (is_joining_script(before) && is_joining_script(after))
}

fn is_pictograph_or_its_mark(c: char) -> bool {
    c == '\u{fe0f}' || is_pictograph(c)
}

fn is_pictograph(c: char) -> bool {
    matches!(
        c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// Scripts in which a joiner changes the letters around it: Arabic and its neighbours, and the Brahmic scripts.
fn is_joining_script(c: char) -> bool {
    matches!(
        c,
        '\u{620}'..='\u{6ff}'
            | '\u{700}'..='\u{77f}'
            | '\u{7ca}'..='\u{8ff}'
            | '\u{900}'..='\u{dff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1820}'..='\u{18aa}'
            | '\u{a840}'..='\u{a8ff}'
            | '\u{1e900}'..='\u{1e95f}'
    ) && (c.is_alphabetic() || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_power() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(visible("\u{1b}]0;title\u{7}"), "\\u{1b}]0;title\\u{7}");
        assert_eq!(visible("\u{1b}]52;c;\u{1b}]8;;x"), "\\u{1b}]52;c;\\u{1b}]8;;x");
        assert_eq!(visible("\u{1b}P\u{1b}_\u{9b}2J\u{90}"), "\\u{1b}P\\u{1b}_\\u{9b}2J\\u{90}");
    }

    #[test]
    fn no_line_can_be_forged() {
        assert_eq!(
            visible("a\rb\u{8}c\u{b}d\u{c}e\u{7f}f\u{85}g\u{2028}h\u{2029}i\tj"),
            "a\\u{d}b\\u{8}c\\u{b}d\\u{c}e\\u{7f}f\\u{85}g\\u{2028}h\\u{2029}i\\u{9}j"
        );
        assert_eq!(visible("fine\nRESULT: good"), "fine\\u{a}RESULT: good");
    }

    #[test]
    fn hidden_directions_are_shown() {
        for c in
            ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2068}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}']
        {
            assert_eq!(visible(&format!("a{c}b")), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
    }

    #[test]
    fn characters_nobody_sees_are_shown() {
        let unseen = [
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2060}',
            '\u{feff}',
            '\u{ad}',
            '\u{fe0f}',
            '\u{fe00}',
            '\u{e0100}',
            '\u{e0041}',
            '\u{115f}',
            '\u{1160}',
            '\u{3164}',
            '\u{ffa0}',
            '\u{34f}',
            '\u{180e}',
            '\u{2800}',
            '\u{e000}',
            '\u{378}',
            '\u{10ffff}',
            '\0',
        ];
        for c in unseen {
            assert_eq!(visible(&format!("Pri{c}ya")), format!("Pri\\u{{{:x}}}ya", u32::from(c)), "{c:?}");
        }
    }

    #[test]
    fn living_scripts_and_emoji_stay_as_they_are() {
        for text in [
            "👩‍🔬 lab",
            "❤️",
            "1️⃣",
            "🏳️‍🌈",
            "👍🏽",
            "مرحبا",
            "نمی‌خواهم",
            "שָׁלוֹם",
            "हिन्दी",
            "क्‍ष",
            "ශ්‍රී",
            "Zoë Ångström",
            "Tiếng Việt",
            "日本語",
            "한국어",
            "Łódź “x”",
            "10 000 €",
            "ไทยนี้",
        ] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn a_joiner_at_an_edge_is_shown() {
        assert_eq!(visible("क्\u{200d}"), "क्\\u{200d}");
        assert_eq!(visible("👩\u{200d}x"), "👩\\u{200d}x");
        assert_eq!(visible("👩\u{200c}🔬"), "👩\\u{200c}🔬");
    }

    #[test]
    fn a_flood_of_marks_is_cut() {
        let flood = format!("e{}x", "\u{301}".repeat(200));
        assert_eq!(visible(&flood), format!("e{}(195 more marks)x", "\u{301}".repeat(5)));
    }

    #[test]
    fn quotes_end_where_they_should() {
        assert_eq!(quoted("data/thesis.pdf OK"), "“data/thesis.pdf OK”");
        assert_eq!(quoted("Priya” is known. “x"), "“Priya\\u{201d} is known. \\u{201c}x”");
        assert_eq!(quoted("a\nb"), "“a\\u{a}b”");
        assert_eq!(quoted(""), "“”");
    }

    #[test]
    fn quotes_are_cut_at_eighty_columns() {
        assert_eq!(quoted(&"x".repeat(80)), format!("“{}”", "x".repeat(80)));
        assert_eq!(quoted(&"x".repeat(81)), format!("“{}…”", "x".repeat(80)));
        assert_eq!(quoted(&"語".repeat(3000)), format!("“{}…”", "語".repeat(40)));
        assert_eq!(quoted(&"\u{1b}".repeat(500)), format!("“{}…”", "\\u{1b}".repeat(13)));
        assert_eq!(quoted(&"y".repeat(10_000_000)).chars().count(), 83);
    }

    #[test]
    fn json_keeps_its_value_and_shows_nothing_raw() {
        let document = serde_json::json!({ "a": "x\u{1b}\u{202e}\u{9b}\u{e0041}é 👩‍🔬\u{7f}" });
        let text = json_text(&document);
        assert_eq!(text, "{\n  \"a\": \"x\\u001b\\u202e\\u009b\\udb40\\udc41é 👩\\u200d🔬\\u007f\"\n}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), document);
    }

    #[test]
    fn nothing_below_space_survives() {
        let everything: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        assert!(!visible(&everything).chars().any(char::is_control));
    }
}
