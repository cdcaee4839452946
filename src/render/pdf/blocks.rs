//! Blocks laid out as slabs: headings, paragraphs, lists, quotes, code, pictures.

use super::compose::{Composer, Frame, baseline, rule};
use super::faces::Face;
use super::flow::{Align, code_lines, set};
use super::ink::{Area, Colour, Ink, Inked};
use super::look::{ACCENT, BODY, BOTTOM, CODE, HAIR, HAIRLINE, INK, Measure, NOTE, RULE, SECOND, SHADE, TOP};
use super::markdown::{Bit, Block, Item, Look, Source};
use super::outcome::{LeftOut, Pictures};
use super::parts::{Part, Parts};
use super::picture;
use super::shape::{Style, Text};
use super::slab::{Bookmark, Slab};
use super::words::{Noted, Voice, fragment};
use std::collections::BTreeMap;

/// Space between paragraphs, and between items.
pub(super) const GAP: f32 = 8.0;
const ITEM_GAP: f32 = 3.2;
/// How far lists and quotes step in.
const INDENT: f32 = 20.0;
/// Around code, inside its ground.
const CODE_PAD: f32 = 7.0;
const CODE_INDENT: f32 = 9.0;
/// Points for a pixel of a picture at its natural size, that of 96 to the inch.
const PIXEL: f32 = 0.75;

/// The looks of headings by level: text, face, colour, space above and below.
const HEADINGS: [(Measure, Face, Colour, f32, f32); 6] = [
    (Measure { size: 26.0, leading: 31.0 }, Face::Roman, INK, 34.0, 14.0),
    (Measure { size: 17.5, leading: 22.0 }, Face::Semibold, INK, 26.0, 7.0),
    (Measure { size: 13.4, leading: 17.5 }, Face::Semibold, INK, 19.0, 5.0),
    (Measure { size: 11.5, leading: 16.0 }, Face::SemiboldItalic, INK, 15.0, 3.0),
    (Measure { size: 11.5, leading: 16.0 }, Face::Italic, INK, 13.0, 2.0),
    (Measure { size: 10.6, leading: 15.0 }, Face::Italic, SECOND, 13.0, 2.0),
];

/// A document being laid out.
pub(super) struct Layout<'a> {
    pub(super) composer: Composer,
    pub(super) left_out: Vec<LeftOut>,
    pictures: Pictures<'a>,
    footnotes: BTreeMap<String, Vec<Block>>,
    /// The numbers of the footnotes that were referred to.
    numbers: BTreeMap<String, usize>,
    /// Footnotes that have a number and are not laid out yet.
    wanted: Vec<(usize, Vec<Block>)>,
    slugs: BTreeMap<String, usize>,
    /// The numbers of pictures by path.
    shown: BTreeMap<String, usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(source: &mut Source, pictures: Pictures<'a>) -> Self {
        Self {
            composer: Composer::new(),
            left_out: Vec::new(),
            pictures,
            footnotes: std::mem::take(&mut source.notes),
            numbers: BTreeMap::new(),
            wanted: Vec::new(),
            slugs: BTreeMap::new(),
            shown: BTreeMap::new(),
        }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], frame: &Frame, gap: f32) {
        for block in blocks {
            match block {
                Block::Heading(level, bits) => self.heading(*level, bits, frame),
                Block::Paragraph(bits) => self.paragraph(bits, frame, BODY, gap),
                Block::Code(code) => self.code(code, frame),
                Block::Rule => self.thematic_break(frame),
                Block::Picture { path, alternative, title } => self.picture(path, alternative, title, frame),
                Block::Quote(word, blocks) => self.quote(*word, blocks, frame),
                Block::List { first, items } => self.list(*first, items, frame),
                Block::Table { aligns, head, rows } => self.table(aligns, head, rows, frame),
            }
        }
    }

    /// Words with their notes.
    pub(super) fn words(&mut self, bits: &[Bit], voice: Voice, part: Part) -> Text {
        let Self { composer, footnotes, numbers, wanted, .. } = self;
        composer.words(bits, voice, part, &mut |composer, noted| {
            let number = composer.notes.len();
            match noted {
                Noted::Footnote(label) => {
                    if let Some(known) = numbers.get(label) {
                        return Some(*known);
                    }
                    wanted.push((number, footnotes.get(label)?.clone()));
                    numbers.insert(label.to_owned(), number);
                    composer.notes.push(Vec::new());
                }
                Noted::Address(address) => {
                    let slabs = composer.address_note(number, address);
                    composer.notes.push(slabs);
                }
            }
            Some(number)
        })
    }

    /// Lays out the footnotes that were referred to, also those that only footnotes refer to.
    pub(super) fn footnotes(&mut self) {
        while let Some((number, blocks)) = self.wanted.pop() {
            self.footnote(number, &blocks);
        }
    }

    fn footnote(&mut self, number: usize, blocks: &[Block]) {
        let part = self.composer.parts.add("Note", Parts::DOCUMENT);
        let frame = self.composer.note_frame(part);
        let outside = std::mem::take(&mut self.composer.slabs);
        for block in blocks {
            match block {
                Block::Paragraph(bits) => self.paragraph(bits, &frame, NOTE, 2.0),
                other => self.blocks(std::slice::from_ref(other), &frame, 2.0),
            }
        }
        let slabs = std::mem::replace(&mut self.composer.slabs, outside);
        self.composer.notes[number] = self.composer.numbered(number, slabs, part);
    }

    pub(super) fn heading(&mut self, level: usize, bits: &[Bit], frame: &Frame) {
        const KINDS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
        let at = level.clamp(1, 6) - 1;
        let (measure, face, colour, before, after) = HEADINGS[at];
        let part = self.composer.parts.add(KINDS[at], frame.part);
        let slanted = matches!(face, Face::SemiboldItalic | Face::Italic);
        let other = if slanted { Face::Roman } else { Face::SemiboldItalic };
        let voice = Voice { faces: (face, other), ..Voice::text(measure, colour) };
        let title: String = bits
            .iter()
            .filter_map(|b| if let Bit::Text(t, _) = b { Some(t.as_str()) } else { None })
            .collect();
        let text = self.words(bits, voice, part);
        let mut slabs = self.composer.paragraph(text, measure, frame.x, frame.width, Align::Start);
        for slab in &mut slabs {
            slab.keep = true;
        }
        if let Some(first) = slabs.first_mut() {
            first.anchor = Some(fragment(&self.slug(&title)));
            first.bookmark = Some(Bookmark { level, title });
        }
        self.composer.put(slabs, frame, before, after);
    }

    /// The name by which `#links` find a heading, made as the usual hosts of Markdown make it.
    fn slug(&mut self, title: &str) -> String {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let slug: String = title.trim().to_lowercase().chars().filter(kept).collect();
        let slug = slug.replace(' ', "-");
        let again = self.slugs.entry(slug.clone()).or_insert(0);
        *again += 1;
        if *again == 1 { slug } else { format!("{slug}-{}", *again - 1) }
    }

    pub(super) fn paragraph(&mut self, bits: &[Bit], frame: &Frame, measure: Measure, gap: f32) {
        let part = self.composer.parts.add("P", frame.part);
        let text = self.words(bits, Voice::text(measure, frame.colour), part);
        let slabs = self.composer.paragraph(text, measure, frame.x, frame.width, Align::Start);
        self.composer.put(slabs, frame, gap, gap);
    }

    fn thematic_break(&mut self, frame: &Frame) {
        let x = frame.x + frame.width / 2.0 - 48.0;
        let slab = Slab { height: 1.0, inks: vec![rule(x, 0.0, 96.0, HAIRLINE, SECOND)], ..Slab::default() };
        self.composer.put(vec![slab], frame, 18.0, 18.0);
    }

    fn code(&mut self, code: &str, frame: &Frame) {
        let paragraph = self.composer.parts.add("P", frame.part);
        let part = self.composer.parts.add("Code", paragraph);
        let style = Style::plain(Face::Mono, CODE.size, INK, Some(part));
        let shaped = self.composer.shape(Text::of(&without_tabs(code, 4), style));
        let (x, width) = (frame.x + CODE_INDENT, frame.width - 2.0 * CODE_INDENT);
        let hang = 2.0 * CODE.size * 0.602;
        let band = self.composer.band(frame.x, frame.width, SHADE, CODE_PAD);
        let lines = code_lines(&shaped, width, hang);
        let count = lines.len();
        let mut slabs = Vec::new();
        for (i, (line, indent)) in lines.iter().enumerate() {
            slabs.push(Slab {
                height: CODE.leading,
                keep: i + 1 < count && (i == 0 || i + 2 == count),
                inks: set(&shaped, line, x + indent, width, baseline(CODE), Align::Start),
                bands: vec![band],
                ..Slab::default()
            });
        }
        self.composer.put(slabs, frame, GAP + CODE_PAD, GAP + CODE_PAD);
    }

    fn quote(&mut self, word: Option<&'static str>, blocks: &[Block], frame: &Frame) {
        let part = self.composer.parts.add("BlockQuote", frame.part);
        let colour = if word.is_some() { ACCENT } else { HAIR };
        let band = self.composer.band(frame.x + 1.0, 1.6, colour, 1.0);
        let mut inner = Frame { colour: SECOND, ..frame.indented(INDENT * 0.8, part) };
        inner.width = (inner.width - INDENT * 0.4).max(INDENT);
        inner.bands.push(band);
        let from = self.composer.slabs.len();
        if let Some(word) = word {
            let part = self.composer.parts.add("P", part);
            let style = Style::plain(Face::Semibold, BODY.size, ACCENT, Some(part));
            let mut slabs =
                self.composer.paragraph(Text::of(word, style), BODY, inner.x, inner.width, Align::Start);
            slabs.iter_mut().for_each(|slab| slab.keep = true);
            self.composer.put(slabs, &inner, GAP, 1.0);
        }
        self.blocks(blocks, &inner, GAP * 0.8);
        self.space_around(from, GAP + 3.0);
    }

    /// Space above and below what was laid out since `from`.
    fn space_around(&mut self, from: usize, space: f32) {
        if let Some(first) = self.composer.slabs.get_mut(from) {
            first.before = first.before.max(space);
        }
        if let Some(last) = self.composer.slabs[from..].last_mut() {
            last.after = last.after.max(space);
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Item], frame: &Frame) {
        let part = self.composer.parts.add("L", frame.part);
        self.composer.parts.get_mut(part).numbered = first.is_some();
        let from = self.composer.slabs.len();
        let last = first.unwrap_or(0).saturating_add(items.len() as u64);
        #[expect(clippy::cast_precision_loss, reason = "a number has few digits")]
        let indent =
            if first.is_some() { INDENT.max(last.to_string().len() as f32 * 5.8 + 10.0) } else { INDENT };
        let mut number = first;
        for item in items {
            let (marker, face) = match (item.task, number) {
                (Some(true), _) => ("☑".to_owned(), Face::Mono),
                (Some(false), _) => ("☐".to_owned(), Face::Mono),
                (None, Some(n)) => (format!("{n}."), Face::Roman),
                (None, None) => ("•".to_owned(), Face::Roman),
            };
            self.item(&marker, face, item, frame, indent, part);
            number = number.map(|n| n.saturating_add(1));
        }
        self.space_around(
            from,
            if self.composer.parts.get(frame.part).kind == "LBody" { ITEM_GAP } else { GAP },
        );
    }

    fn item(&mut self, marker: &str, face: Face, item: &Item, frame: &Frame, indent: f32, list: Part) {
        let part = self.composer.parts.add("LI", list);
        let label = self.composer.parts.add("Lbl", part);
        let body = self.composer.parts.add("LBody", part);
        let inner = frame.indented(indent, body);
        // The label is read before the body, so its ink must come first.
        let style = Style::plain(face, BODY.size, frame.colour, Some(label));
        let (_, width) = self.composer.single(Text::of(marker, style.clone()), 0.0, 0.0);
        let space = if marker.ends_with('.') { 6.0 } else { 7.5 };
        let (mut inks, _) = self.composer.single(
            Text::of(&format!("{marker} "), style),
            inner.x - width - space,
            baseline(BODY),
        );
        let from = self.composer.slabs.len();
        self.blocks(&item.blocks, &inner, ITEM_GAP);
        if self.composer.slabs.len() == from {
            self.composer.put(
                vec![Slab { height: BODY.leading, ..Slab::default() }],
                frame,
                ITEM_GAP,
                ITEM_GAP,
            );
        }
        inks.append(&mut self.composer.slabs[from].inks);
        self.composer.slabs[from].inks = inks;
    }

    fn picture(&mut self, path: &str, alternative: &str, title: &str, frame: &Frame) {
        let number = match self.picture_number(path) {
            Ok(number) => number,
            Err(reason) => return self.missing_picture(path, alternative, reason, frame),
        };
        let picture = &self.composer.pictures[number];
        let turn = picture.turn;
        #[expect(clippy::cast_precision_loss, reason = "pixels are bounded")]
        let (across, down) = (picture.width as f32 * PIXEL, picture.height as f32 * PIXEL);
        let scale = (frame.width / across).min((BOTTOM - TOP) * 0.62 / down).min(1.0);
        let (width, height) = (across * scale, down * scale);
        let part = self.composer.parts.add("Figure", frame.part);
        let spoken = [alternative, title, path].into_iter().find(|s| !s.is_empty()).unwrap_or("picture");
        self.composer.parts.get_mut(part).alternative = Some(spoken.to_owned());
        let area = Area { x: frame.x + (frame.width - width) / 2.0, y: 0.0, width, height };
        let inks = vec![Inked { part: Some(part), ink: Ink::Picture(area, number, turn) }];
        let words = if title.is_empty() { alternative } else { title };
        let slab = Slab { height, keep: !words.is_empty(), inks, ..Slab::default() };
        self.composer.put(vec![slab], frame, GAP + 6.0, if words.is_empty() { GAP + 6.0 } else { 5.0 });
        if !words.is_empty() {
            let caption = self.composer.parts.add("Caption", part);
            let style = Style::plain(Face::Italic, NOTE.size + 0.6, SECOND, Some(caption));
            let (x, width) = (frame.x + 20.0, frame.width - 40.0);
            let mut slabs = self.composer.paragraph(Text::of(words, style), NOTE, x, width, Align::Centre);
            let count = slabs.len();
            slabs.iter_mut().take(count - 1).for_each(|slab| slab.keep = true);
            self.composer.put(slabs, frame, 5.0, GAP + 6.0);
        }
    }

    /// The number of the picture at this path; one that comes again is kept once.
    fn picture_number(&mut self, path: &str) -> Result<usize, String> {
        if let Some(known) = self.shown.get(path) {
            return Ok(*known);
        }
        let bytes = (self.pictures)(path).ok_or_else(|| "it is not there".to_owned())?;
        let picture = picture::read(&bytes).map_err(|fault| fault.to_string())?;
        let number = self.composer.pictures.len();
        self.composer.pictures.push(picture);
        self.shown.insert(path.to_owned(), number);
        Ok(number)
    }

    /// A picture that cannot be shown leaves a line that says so.
    fn missing_picture(&mut self, path: &str, alternative: &str, reason: String, frame: &Frame) {
        let words = match alternative {
            "" => format!("[Picture left out: {path}]"),
            words => format!("[Picture left out: {path}, {words}]"),
        };
        let look = Look { emphatic: true, ..Look::default() };
        let inner = Frame { colour: SECOND, ..frame.clone() };
        self.paragraph(&[Bit::Text(words, look)], &inner, BODY, GAP);
        self.left_out.push(LeftOut { path: path.to_owned(), reason });
    }
}

/// Tabs as spaces to the next stop.
pub(super) fn without_tabs(text: &str, stop: usize) -> String {
    let mut made = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let spaces = stop - column % stop;
                made.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' => {
                made.push('\n');
                column = 0;
            }
            _ => {
                made.push(c);
                column += 1;
            }
        }
    }
    made
}

/// The two strong lines of a table.
pub(super) fn strong_rule(x: f32, y: f32, width: f32) -> Inked {
    rule(x, y, width, RULE, INK)
}
