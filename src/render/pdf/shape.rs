//! Styled text turned into clusters of positioned glyphs: direction, script and typeface chosen run by run.

use super::faces::{Face, Faces, Glyph, Shaping};
use super::ink::{Colour, Target};
use super::parts::Part;
use harfrust::Script;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use unicode_bidi::BidiInfo;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// What stands in for a character that no typeface has.
const REPLACEMENT: char = '\u{fffd}';

/// How a stretch of text is set.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: Colour,
    /// How far above the baseline.
    pub(super) rise: f32,
    pub(super) tabular: bool,
    pub(super) struck: bool,
    pub(super) shaded: bool,
    pub(super) link: Option<Rc<Target>>,
    pub(super) part: Option<Part>,
}

impl Style {
    pub(super) fn plain(face: Face, size: f32, colour: Colour, part: Option<Part>) -> Self {
        let (tabular, struck, shaded) = (false, false, false);
        Self { face, size, colour, rise: 0.0, tabular, struck, shaded, link: None, part }
    }
}

/// Text with its styles, and the notes that hang on places in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// Each style and the byte where it ends.
    pub(super) spans: Vec<(usize, Style)>,
    /// The number of a note and the byte it hangs on.
    pub(super) notes: Vec<(usize, usize)>,
}

impl Text {
    pub(super) fn of(text: &str, style: Style) -> Self {
        let mut made = Self::default();
        made.push(text, style);
        made
    }

    /// Adds text. Soft hyphens go: nothing is hyphenated here, and they would be breaks without a hyphen.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        self.text.extend(text.chars().filter(|c| *c != '\u{ad}'));
        if self.spans.last().map_or(0, |(end, _)| *end) < self.text.len() {
            self.spans.push((self.text.len(), style));
        }
    }
}

/// Whether a line may or must end after a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    No,
    May,
    Must,
}

/// The smallest piece of text that has glyphs of its own: a letter, a ligature, a letter with its accents.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) bytes: Range<usize>,
    pub(super) glyphs: Range<usize>,
    /// Points.
    pub(super) advance: f32,
    pub(super) face: Face,
    pub(super) style: usize,
    /// The embedding level; odd runs from right to left.
    pub(super) level: u8,
    pub(super) space: bool,
    pub(super) after: Break,
}

/// Text ready to be broken into lines; clusters in reading order.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    pub(super) text: String,
    pub(super) styles: Vec<Style>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) notes: Vec<(usize, usize)>,
    pub(super) right_to_left: bool,
}

/// A run in the making: everything that must be the same throughout.
#[derive(Clone, Copy, PartialEq)]
struct Kind {
    style: usize,
    level: u8,
    face: Face,
    script: Script,
    replaced: bool,
}

/// Shapes text; characters that no face has are shown as a replacement and added to `missing`.
pub(super) fn shape(faces: &Faces, text: Text, missing: &mut BTreeSet<char>) -> Shaped {
    let Text { text, spans, notes } = text;
    let bidi = text.chars().any(|c| c >= '\u{590}').then(|| BidiInfo::new(&text, None));
    let level_at = |at: usize| bidi.as_ref().map_or(0, |b| b.levels[at].number());
    let right_to_left = bidi.as_ref().is_some_and(|b| b.paragraphs.first().is_some_and(|p| p.level.is_rtl()));
    let mut shaped = Shaped { right_to_left, notes, ..Shaped::default() };
    let mut open: Option<(Kind, usize)> = None;
    let mut style = 0;
    for (at, c) in text.char_indices() {
        while at >= spans[style].0 {
            style += 1;
        }
        let before = open.map(|(kind, _)| kind);
        let same = before.filter(|kind| kind.style == style && !kind.replaced);
        let script = match harfrust::unicode::script(u32::from(c)) {
            Script::COMMON | Script::INHERITED | Script::UNKNOWN => {
                before.map_or(Script::LATIN, |kind| kind.script)
            }
            known => known,
        };
        let wanted = spans[style].1.face;
        let sticks = |kind: &Kind| joins(c) && (ignorable(c) || faces.has(kind.face, c));
        let found = match same.filter(sticks) {
            Some(kind) => Some(kind.face),
            None if ignorable(c) || c == '\n' => Some(wanted),
            None if c.is_control() => None,
            None => faces.covering(wanted, c),
        };
        if found.is_none() {
            missing.insert(c);
        }
        let face = found.or_else(|| faces.covering(wanted, REPLACEMENT)).unwrap_or(Face::Mono);
        let kind = Kind { style, level: level_at(at), face, script, replaced: found.is_none() };
        if before != Some(kind) || kind.replaced || c == '\n' || text[..at].ends_with('\n') {
            if let Some((kind, from)) = open.take() {
                close(faces, &mut shaped, &text[from..at], from, kind, &spans[kind.style].1);
            }
            open = Some((kind, at));
        }
    }
    if let Some((kind, from)) = open {
        close(faces, &mut shaped, &text[from..], from, kind, &spans[kind.style].1);
    }
    mark_breaks(&mut shaped, &text);
    shaped.text = text;
    shaped.styles = spans.into_iter().map(|(_, style)| style).collect();
    shaped
}

fn close(faces: &Faces, shaped: &mut Shaped, text: &str, from: usize, kind: Kind, style: &Style) {
    let shaping = Shaping { face: kind.face, right_to_left: kind.level % 2 == 1, tabular: style.tabular };
    let glyphs = match text {
        "\n" => Vec::new(),
        _ if kind.replaced => faces.shape(REPLACEMENT.encode_utf8(&mut [0; 4]), shaping, kind.script),
        _ => faces.shape(text, shaping, kind.script),
    };
    let mut starts: Vec<(usize, Range<usize>)> = Vec::new();
    for (i, glyph) in glyphs.iter().enumerate() {
        let at = glyph.cluster as usize;
        match starts.last_mut() {
            Some((last, range)) if *last == at => range.end = i + 1,
            _ => starts.push((at, i..i + 1)),
        }
    }
    if shaping.right_to_left {
        starts.reverse();
    }
    // Text that left no glyph, such as a direction mark, goes with the cluster before it, or stands alone.
    if starts.first().is_none_or(|(at, _)| *at > 0) {
        starts.insert(0, (0, 0..0));
    }
    let first = shaped.glyphs.len();
    for (i, (at, range)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(text.len(), |(next, _)| *next);
        let units: f32 = glyphs[range.clone()].iter().map(|g| g.advance).sum();
        shaped.clusters.push(Cluster {
            bytes: from + at..from + end,
            glyphs: first + range.start..first + range.end,
            advance: units * style.size / 1000.0,
            face: kind.face,
            style: kind.style,
            level: kind.level,
            space: text[*at..end].chars().all(|c| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}'),
            after: Break::No,
        });
    }
    shaped.glyphs.extend(glyphs);
}

fn mark_breaks(shaped: &mut Shaped, text: &str) {
    let mut next = 0;
    // An address is not divided right after its scheme.
    for (at, kind) in linebreaks(text).filter(|(at, _)| !text[..*at].ends_with("://")) {
        while next < shaped.clusters.len() && shaped.clusters[next].bytes.end < at {
            next += 1;
        }
        if let Some(cluster) = shaped.clusters.get_mut(next).filter(|c| c.bytes.end == at) {
            let forced = kind == BreakOpportunity::Mandatory && at < text.len();
            cluster.after = if forced { Break::Must } else { Break::May };
        }
    }
}

/// Whether a character belongs to the one before it.
fn joins(c: char) -> bool {
    ignorable(c) || harfrust::unicode::combining_class(u32::from(c)) != 0
}

/// Characters that steer and have no shape of their own (a part of Unicode's Default_Ignorable_Code_Point).
fn ignorable(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{Break, Shaped, Style, Text, shape};
    use crate::render::pdf::faces::{Face, Faces};
    use crate::render::pdf::look::INK;
    use std::collections::BTreeSet;

    fn shaped(text: &str) -> (Shaped, Vec<char>) {
        let mut missing = BTreeSet::new();
        let text = Text::of(text, Style::plain(Face::Roman, 10.0, INK, None));
        (shape(&Faces::default(), text, &mut missing), missing.into_iter().collect())
    }

    fn pieces(shaped: &Shaped) -> Vec<&str> {
        shaped.clusters.iter().map(|c| &shaped.text[c.bytes.clone()]).collect()
    }

    #[test]
    fn ligatures_and_accents_are_one_cluster() {
        assert_eq!(pieces(&shaped("ffi e\u{301}").0), ["ffi", " ", "e\u{301}"]);
    }

    #[test]
    fn soft_hyphens_go_and_direction_marks_stay() {
        let (text, missing) = shaped("fore\u{ad}cast\u{200e}");
        assert_eq!(text.text, "forecast\u{200e}");
        assert_eq!(missing, []);
        assert_eq!(text.clusters.iter().map(|c| c.bytes.len()).sum::<usize>(), text.text.len());
    }

    #[test]
    fn missing_characters_are_replaced_one_by_one_and_named() {
        let (text, missing) = shaped("a本\u{1b}b");
        assert_eq!(missing, ['\u{1b}', '本']);
        assert_eq!(pieces(&text), ["a", "本", "\u{1b}", "b"]);
        assert!(text.clusters.iter().all(|c| c.advance > 0.0));
    }

    #[test]
    fn hebrew_runs_from_right_to_left_in_reading_order() {
        let (text, missing) = shaped("abc שלום 12");
        assert_eq!(missing, []);
        assert!(!text.right_to_left);
        assert_eq!(
            text.clusters.iter().map(|c| c.level).collect::<Vec<_>>(),
            [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]
        );
        assert!(text.clusters.windows(2).all(|w| w[0].bytes.end == w[1].bytes.start));
    }

    #[test]
    fn lines_may_end_after_spaces_and_must_after_line_feeds() {
        let (text, _) = shaped("a b\nc");
        let after: Vec<Break> = text.clusters.iter().map(|c| c.after).collect();
        assert_eq!(after, [Break::No, Break::May, Break::No, Break::Must, Break::May]);
    }
}
