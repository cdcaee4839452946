//! The composer: text into paragraphs of slabs, with everything a document gathers on the way.

use super::faces::Faces;
use super::flow::{Align, lines, set};
use super::ink::{Area, Colour, Ink, Inked};
use super::look::{Measure, WIDTH};
use super::parts::{Part, Parts};
use super::raster::Picture;
use super::shape::{Shaped, Style, Text, shape};
use super::slab::{Band, Slab};
use std::collections::BTreeSet;

/// What a document gathers while it is composed.
pub(super) struct Composer {
    pub(super) faces: Faces,
    pub(super) parts: Parts,
    pub(super) missing: BTreeSet<char>,
    pub(super) pictures: Vec<Picture>,
    pub(super) slabs: Vec<Slab>,
    /// The slabs of each numbered note.
    pub(super) notes: Vec<Vec<Slab>>,
    bands: usize,
}

/// Where blocks go: a column, and what lies behind it.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) bands: Vec<Band>,
    /// The part that blocks here belong to.
    pub(super) part: Part,
    pub(super) colour: Colour,
}

/// However deep lists nest, words have this much room.
const NARROWEST: f32 = 60.0;

impl Frame {
    /// The same frame, narrower from the left.
    pub(super) fn indented(&self, by: f32, part: Part) -> Self {
        Self { x: self.x + by, width: (self.width - by).max(NARROWEST), part, ..self.clone() }
    }
}

impl Composer {
    pub(super) fn new() -> Self {
        Self {
            faces: Faces::default(),
            parts: Parts::new(),
            missing: BTreeSet::new(),
            pictures: Vec::new(),
            slabs: Vec::new(),
            notes: Vec::new(),
            bands: 0,
        }
    }

    /// A band of its own number.
    pub(super) fn band(&mut self, x: f32, width: f32, colour: Colour, overhang: f32) -> Band {
        self.bands += 1;
        Band { number: self.bands, x, width, colour, overhang }
    }

    pub(super) fn shape(&mut self, text: Text) -> Shaped {
        shape(&self.faces, text, &mut self.missing)
    }

    /// The slabs of a paragraph, one a line; two lines at least stay together at either end.
    pub(super) fn paragraph(
        &mut self,
        text: Text,
        measure: Measure,
        x: f32,
        width: f32,
        align: Align,
    ) -> Vec<Slab> {
        let shaped = self.shape(text);
        let lines = lines(&shaped, width);
        let count = lines.len();
        let mut slabs = Vec::with_capacity(count);
        for (i, line) in lines.iter().enumerate() {
            let bytes = bytes_of(&shaped, line.clusters.clone());
            let noted = shaped.notes.iter().filter(|(_, at)| bytes.contains(at)).map(|(n, _)| *n);
            slabs.push(Slab {
                height: measure.leading,
                keep: i + 1 < count && (i == 0 || i + 2 == count),
                inks: set(&shaped, line, x, width, baseline(measure), align),
                notes: noted.collect(),
                ..Slab::default()
            });
        }
        slabs
    }

    /// One line that is not broken, at its natural width, and that width.
    pub(super) fn single(&mut self, text: Text, x: f32, y: f32) -> (Vec<Inked>, f32) {
        let shaped = self.shape(text);
        let width = shaped.clusters.iter().map(|c| c.advance).sum();
        let line = super::flow::Line { clusters: 0..shaped.clusters.len(), width };
        (set(&shaped, &line, x, width, y, Align::Start), width)
    }

    /// One line shortened with an ellipsis to fit `width`.
    pub(super) fn fitted(&mut self, text: &str, style: &Style, x: f32, width: f32, y: f32) -> Vec<Inked> {
        let whole = self.single(Text::of(text, style.clone()), x, y);
        if whole.1 <= width {
            return whole.0;
        }
        let shaped = self.shape(Text::of(text, style.clone()));
        let mut sum = style.size;
        let kept = shaped.clusters.iter().take_while(|c| {
            sum += c.advance;
            sum <= width
        });
        let kept = kept.last().map_or(0, |c| c.bytes.end);
        let short = format!("{}…", shaped.text[..kept].trim_end());
        self.single(Text::of(&short, style.clone()), x, y).0
    }

    /// Adds slabs below what is there, with space around the whole and the frame's bands behind it.
    pub(super) fn put(&mut self, mut slabs: Vec<Slab>, frame: &Frame, before: f32, after: f32) {
        if let Some(first) = slabs.first_mut() {
            first.before = before;
        }
        if let Some(last) = slabs.last_mut() {
            last.after = after;
        }
        for slab in &mut slabs {
            slab.bands.splice(0..0, frame.bands.iter().copied());
        }
        self.slabs.append(&mut slabs);
    }
}

/// Where the baseline lies in a line of this measure, from its top.
pub(super) fn baseline(measure: Measure) -> f32 {
    measure.leading / 2.0 + 0.30 * measure.size
}

/// A thin horizontal line.
pub(super) fn rule(x: f32, y: f32, width: f32, thickness: f32, colour: Colour) -> Inked {
    Inked::decoration(Ink::Fill(Area { x, y, width, height: thickness }, colour))
}

/// The frame of the whole column.
pub(super) fn column(colour: Colour) -> Frame {
    Frame { x: super::look::LEFT, width: WIDTH, bands: Vec::new(), part: Parts::DOCUMENT, colour }
}

fn bytes_of(shaped: &Shaped, clusters: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let all = &shaped.clusters[clusters];
    let start = all.first().map_or(0, |c| c.bytes.start);
    start..all.last().map_or(start, |c| c.bytes.end)
}
