//! The words of a paragraph: looks become typefaces, links become links, and addresses become notes for paper.

use super::compose::{Composer, Frame, baseline, column};
use super::faces::Face;
use super::flow::Align;
use super::ink::{Colour, Target};
use super::look::{ACCENT, MONO_IN_TEXT, Measure, NOTE, SECOND};
use super::markdown::{Bit, Look};
use super::parts::{Part, Parts};
use super::shape::{Style, Text};
use super::slab::Slab;
use std::rc::Rc;

/// How far the text of a note stands from its number's left edge.
const NOTE_INDENT: f32 = 14.0;

/// How the words of one block are set, before any emphasis in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) measure: Measure,
    pub(super) colour: Colour,
    /// The upright and the slanted face.
    pub(super) faces: (Face, Face),
    pub(super) emphatic: bool,
    pub(super) tabular: bool,
}

impl Voice {
    pub(super) fn text(measure: Measure, colour: Colour) -> Self {
        Self { measure, colour, faces: (Face::Roman, Face::Italic), emphatic: false, tabular: false }
    }

    fn style(&self, look: &Look, part: Part) -> Style {
        let emphatic = look.emphatic != self.emphatic;
        let face = match (look.code, look.strong) {
            (true, strong) => Face::mono(strong, emphatic),
            (false, true) => Face::serif(true, emphatic),
            (false, false) if emphatic => self.faces.1,
            (false, false) => self.faces.0,
        };
        let size = self.measure.size * if look.code { MONO_IN_TEXT } else { 1.0 };
        let mut style = Style::plain(face, size, self.colour, Some(part));
        style.shaded = look.code;
        style.struck = look.struck;
        style.tabular = self.tabular;
        style
    }
}

/// What a note says.
pub(super) enum Noted<'a> {
    Address(&'a str),
    Footnote(&'a str),
}

impl Composer {
    /// Sets `bits` in one voice. `note` is asked for the number of each note that the words need.
    pub(super) fn words(
        &mut self,
        bits: &[Bit],
        voice: Voice,
        part: Part,
        note: &mut dyn FnMut(&mut Self, Noted<'_>) -> Option<usize>,
    ) -> Text {
        let mut text = Text::default();
        let mut rest = bits;
        while let Some(first) = rest.first() {
            rest = &rest[1..];
            match first {
                Bit::Break => text.push("\n", voice.style(&Look::default(), part)),
                Bit::Note(label) => match note(self, Noted::Footnote(label)) {
                    Some(number) => self.mark(&mut text, number, voice, part),
                    None => text.push(&format!("[^{label}]"), voice.style(&Look::default(), part)),
                },
                Bit::Text(words, look) => {
                    let Some((link, address)) = &look.link else {
                        text.push(words, voice.style(look, part));
                        continue;
                    };
                    let of_link = |bit: &&Bit| match bit {
                        Bit::Text(_, look) => look.link.as_ref().is_some_and(|(same, _)| same == link),
                        _ => false,
                    };
                    let more = rest.iter().take_while(of_link).count();
                    let linked = std::iter::once(first).chain(&rest[..more]);
                    let from = text.text.len();
                    self.link(&mut text, linked, address, voice, part);
                    rest = &rest[more..];
                    if speaks(&text.text[from..], address) {
                        continue;
                    }
                    if let Some(number) = note(self, Noted::Address(address)) {
                        self.mark(&mut text, number, voice, part);
                    }
                }
            }
        }
        text
    }

    fn link<'a>(
        &mut self,
        text: &mut Text,
        bits: impl Iterator<Item = &'a Bit>,
        address: &str,
        voice: Voice,
        part: Part,
    ) {
        let target = target(address).map(Rc::new);
        let inner = if target.is_some() { self.parts.add("Link", part) } else { part };
        for bit in bits {
            if let Bit::Text(words, look) = bit {
                let mut style = voice.style(look, inner);
                if target.is_some() {
                    style.colour = ACCENT;
                    style.link.clone_from(&target);
                }
                text.push(words, style);
            }
        }
    }

    /// The raised number of a note.
    fn mark(&mut self, text: &mut Text, number: usize, voice: Voice, part: Part) {
        let reference = self.parts.add("Reference", part);
        let inner = self.parts.add("Link", reference);
        let mut style = Style::plain(Face::Roman, voice.measure.size * 0.66, ACCENT, Some(inner));
        style.rise = voice.measure.size * 0.34;
        style.link = Some(Rc::new(Target::Here(anchor(number))));
        text.notes.push((number, text.text.len()));
        // A word joiner holds the number to the word before it.
        text.push(&format!("\u{2060}{}", number + 1), style);
    }

    /// The slabs of a note that gives an address.
    pub(super) fn address_note(&mut self, number: usize, address: &str) -> Vec<Slab> {
        let part = self.parts.add("Note", Parts::DOCUMENT);
        let mut style = Style::plain(Face::Roman, NOTE.size, SECOND, Some(part));
        if let Some(target) = target(address) {
            style.part = Some(self.parts.add("Link", part));
            style.link = Some(Rc::new(target));
        }
        let frame = self.note_frame(part);
        let slabs = self.paragraph(Text::of(address, style), NOTE, frame.x, frame.width, Align::Start);
        self.numbered(number, slabs, part)
    }

    /// Where the text of a note stands: beside its number.
    pub(super) fn note_frame(&self, part: Part) -> Frame {
        column(SECOND).indented(NOTE_INDENT, part)
    }

    /// Puts a note's number before its first slab, and the place that references lead to.
    pub(super) fn numbered(&mut self, number: usize, mut slabs: Vec<Slab>, part: Part) -> Vec<Slab> {
        let label = self.parts.add("Lbl", part);
        let style = Style::plain(Face::Roman, NOTE.size, SECOND, Some(label));
        let text = Text::of(&format!("{} ", number + 1), style);
        let (inks, _) = self.single(text, column(SECOND).x, baseline(NOTE));
        if let Some(first) = slabs.first_mut() {
            first.inks.splice(0..0, inks);
            first.anchor = Some(anchor(number));
        }
        slabs
    }
}

fn anchor(number: usize) -> String {
    format!("note {number}")
}

/// The name of the place that `#fragment` leads to.
pub(super) fn fragment(slug: &str) -> String {
    format!("heading {slug}")
}

/// Where an address leads, if a reader of the PDF may be led there: the web, mail, or a heading of this document.
fn target(address: &str) -> Option<Target> {
    if let Some(slug) = address.strip_prefix('#') {
        return Some(Target::Here(fragment(slug)));
    }
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    let open = matches!(scheme.as_str(), "http" | "https" | "mailto");
    open.then(|| Target::Address(plain(address)))
}

/// An address in ASCII (RFC 3986, 2.1), as PDF wants it.
fn plain(address: &str) -> String {
    let mut made = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            made.push(char::from(byte));
        } else {
            made.push_str(&format!("%{byte:02X}"));
        }
    }
    made
}

/// Whether the words of a link say where it leads, so that paper needs no note.
fn speaks(words: &str, address: &str) -> bool {
    let bare = |s: &str| {
        let s =
            ["https://", "http://", "mailto:"].iter().fold(s.trim(), |s, p| s.strip_prefix(p).unwrap_or(s));
        s.trim_end_matches('/').to_ascii_lowercase()
    };
    address.is_empty() || address.starts_with('#') || bare(words) == bare(address)
}

#[cfg(test)]
mod tests {
    use super::{Target, speaks, target};

    #[test]
    fn only_the_web_mail_and_this_document_are_links() {
        let address = |a: &str| Some(Target::Address(a.to_owned()));
        assert_eq!(target("https://example.org/ä b"), address("https://example.org/%C3%A4%20b"));
        assert_eq!(target("mailto:priya@acme.example"), address("mailto:priya@acme.example"));
        assert_eq!(target("#results"), Some(Target::Here("heading results".into())));
        for other in ["javascript:alert(1)", "file:///etc/passwd", "data/sales.csv", ""] {
            assert_eq!(target(other), None, "{other}");
        }
    }

    #[test]
    fn an_address_that_is_its_own_text_needs_no_note() {
        assert!(speaks("example.org", "https://example.org/"));
        assert!(speaks("priya@acme.example", "mailto:priya@acme.example"));
        assert!(!speaks("the data", "https://example.org/data"));
    }
}
