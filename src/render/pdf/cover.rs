//! The sheet that goes before a file of another kind: what it is called, what it is, and its digest.

use super::compose::{Composer, Frame, baseline, column, rule};
use super::faces::Face;
use super::flow::{Align, lines};
use super::ink::Colour;
use super::look::{BODY, BOTTOM, HAIR, HAIRLINE, INK, LEFT, Measure, RULE, SECOND, THIRD, TOP, WIDTH};
use super::parts::{Part, Parts};
use super::shape::{Style, Text};
use super::slab::Slab;

/// What a cover sheet says about the file beside it.
#[derive(Clone, Copy, Debug)]
pub struct Cover<'a> {
    /// What the file is called among the work, such as "Forecasting model".
    pub title: &'a str,
    /// What it is, in the student's words; may be empty.
    pub description: &'a str,
    /// The name of the file.
    pub file_name: &'a str,
    /// Its length in bytes.
    pub size: u64,
    /// Its media type, such as `application/zip`.
    pub media_type: &'a str,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// If it is not to be passed on before a day: that day as people read it, such as "24 Jul 2027".
    pub confidential_until: Option<&'a str>,
}

const TITLE: Measure = Measure { size: 28.0, leading: 33.0 };
const FACT: Measure = Measure { size: 11.0, leading: 15.5 };
const DIGEST: Measure = Measure { size: 9.6, leading: 15.5 };
/// Width of the column of labels, space above and below each fact.
const LABELS: f32 = 92.0;
const PAD: f32 = 7.0;
/// The page stays one page: so many lines of title and of description at most.
const MOST_TITLE: usize = 3;
const MOST_HALF_LINES: usize = 26;
const MOST_NAME: usize = 3;
/// How far down the sheet begins, if there is room.
const DROP: f32 = 84.0;
const ASK: Colour = Colour(0x7a, 0x4f, 0x00);

/// Lays the sheet out.
pub(super) fn lay_out(composer: &mut Composer, cover: &Cover<'_>) {
    let frame = column(INK);
    composer.put(vec![Slab { height: DROP, ..Slab::default() }], &frame, 0.0, 0.0);
    label_line(composer, &frame);
    let part = composer.parts.add("H1", Parts::DOCUMENT);
    let style = Style::plain(Face::Roman, TITLE.size, INK, Some(part));
    short(composer, cover.title, &style, TITLE, MOST_TITLE, &frame, (10.0, 14.0));
    let mut lines = 0;
    for paragraph in cover.description.lines().filter(|line| !line.trim().is_empty()) {
        let part = composer.parts.add("P", Parts::DOCUMENT);
        let style = Style::plain(Face::Roman, BODY.size, INK, Some(part));
        let left = MOST_HALF_LINES.saturating_sub(lines);
        if left == 0 {
            break;
        }
        // The space after a paragraph counts as half a line.
        lines +=
            2 * short(composer, paragraph.trim(), &style, BODY, left.div_ceil(2), &frame, (8.0, 8.0)) + 1;
    }
    if let Some(day) = cover.confidential_until {
        let part = composer.parts.add("P", Parts::DOCUMENT);
        let style = Style::plain(Face::Semibold, BODY.size, ASK, Some(part));
        short(composer, &format!("confidential until {day}"), &style, BODY, 2, &frame, (12.0, 8.0));
    }
    facts(composer, cover, &frame);
    let part = composer.parts.add("P", Parts::DOCUMENT);
    let style = Style::plain(Face::Italic, BODY.size, SECOND, Some(part));
    short(composer, "The file itself lies beside this page.", &style, BODY, 1, &frame, (18.0, 0.0));
    let used: f32 = composer.slabs.iter().map(|slab| slab.height + slab.before.max(slab.after)).sum();
    composer.slabs[0].height = (DROP + BOTTOM - TOP - used).clamp(0.0, DROP);
}

fn label_line(composer: &mut Composer, frame: &Frame) {
    let part = composer.parts.add("P", Parts::DOCUMENT);
    let style = Style::plain(Face::Roman, 9.4, THIRD, Some(part));
    let measure = Measure { size: 9.4, leading: 13.0 };
    short(composer, "Cover sheet for a file", &style, measure, 1, frame, (0.0, 6.0));
}

/// The slip: one fact a line between hairlines, under a double rule.
fn facts(composer: &mut Composer, cover: &Cover<'_>, frame: &Frame) {
    let list = composer.parts.add("L", Parts::DOCUMENT);
    let top = vec![rule(LEFT, 0.0, WIDTH, RULE, INK), rule(LEFT, 2.4, WIDTH, HAIRLINE, INK)];
    composer.put(vec![Slab { height: 3.0, inks: top, ..Slab::default() }], frame, 26.0, 0.0);
    let mono = Style::plain(Face::Mono, DIGEST.size, INK, None);
    let text = Style::plain(Face::Roman, FACT.size, INK, None);
    fact(composer, list, "File", &[cover.file_name.to_owned()], &text, frame);
    fact(composer, list, "Size", &[size(cover.size)], &text, frame);
    fact(composer, list, "Media type", &[cover.media_type.chars().take(60).collect()], &text, frame);
    fact(composer, list, "SHA-256", &groups(&cover.sha256), &mono, frame);
    if let Some(last) = composer.slabs.last_mut() {
        last.inks.push(rule(LEFT, last.height - RULE, WIDTH, RULE, INK));
    }
}

fn fact(composer: &mut Composer, list: Part, label: &str, lines: &[String], style: &Style, frame: &Frame) {
    let item = composer.parts.add("LI", list);
    let (name, body) = (composer.parts.add("Lbl", item), composer.parts.add("LBody", item));
    let label_style = Style::plain(Face::Italic, FACT.size, THIRD, Some(name));
    let label = composer.single(Text::of(label, label_style), LEFT, baseline(FACT)).0;
    let style = Style { part: Some(body), ..style.clone() };
    let mut inner = Vec::new();
    for line in lines {
        let text = Text::of(line, style.clone());
        let mut slabs = composer.paragraph(text, FACT, LEFT + LABELS, WIDTH - LABELS, Align::Start);
        slabs.truncate(MOST_NAME);
        inner.append(&mut slabs);
    }
    let mut slab = Slab { inks: label.into_iter().map(|ink| ink.lowered(PAD)).collect(), ..Slab::default() };
    slab.height = PAD;
    for line in inner {
        let y = slab.height;
        slab.inks.extend(line.inks.into_iter().map(|ink| ink.lowered(y)));
        slab.height += line.height;
    }
    slab.height += PAD;
    slab.inks.push(rule(LEFT, slab.height - HAIRLINE, WIDTH, HAIRLINE, HAIR));
    composer.put(vec![slab], frame, 0.0, 0.0);
}

/// Sets text in so many lines at most, with an ellipsis where it was cut; how many lines it took.
fn short(
    composer: &mut Composer,
    text: &str,
    style: &Style,
    measure: Measure,
    most: usize,
    frame: &Frame,
    space: (f32, f32),
) -> usize {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shaped = composer.shape(Text::of(&text, style.clone()));
    let broken = lines(&shaped, frame.width);
    if let (Some(last), true) = (broken.get(most.wrapping_sub(1)), broken.len() > most) {
        // Room for the ellipsis: the last line loses a few clusters.
        let kept = last.clusters.end.saturating_sub(4).max(last.clusters.start);
        let end = shaped.clusters.get(kept).map_or(0, |c| c.bytes.start);
        text = format!("{}…", shaped.text[..end].trim_end());
    }
    let mut slabs =
        composer.paragraph(Text::of(&text, style.clone()), measure, frame.x, frame.width, Align::Start);
    slabs.truncate(most);
    let count = slabs.len();
    composer.put(slabs, frame, space.0, space.1);
    count
}

/// A length as people say it, and in bytes.
fn size(bytes: u64) -> String {
    let digits = bytes.to_string();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    if bytes < 1024 {
        return format!("{grouped} bytes");
    }
    format!("{} ({grouped} bytes)", crate::render::naming::size(bytes))
}

/// A digest in groups of four, eight to a line, for comparing by eye.
fn groups(digest: &[u8; 32]) -> Vec<String> {
    let line = |half: &[u8]| {
        let groups = half.chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]));
        groups.collect::<Vec<_>>().join(" ")
    };
    digest.chunks(16).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{groups, size};

    #[test]
    fn sizes_are_said_twice() {
        assert_eq!(size(7), "7 bytes");
        assert_eq!(size(38_412_900), "37 MB (38,412,900 bytes)");
    }

    #[test]
    fn digests_come_in_groups() {
        let mut digest = [0xab; 32];
        digest[31] = 1;
        assert_eq!(groups(&digest)[1], "abab abab abab abab abab abab abab ab01");
    }
}
