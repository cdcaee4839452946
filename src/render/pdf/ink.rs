//! What can lie on a page: text runs, flat areas, pictures, links; each with the part of the document it is of.
//!
//! Lengths are points. While a page is being composed y runs downward from the top of whatever holds the ink;
//! `write.rs` turns it over for PDF.

use super::faces::{Face, Glyph};
use super::parts::Part;
use std::rc::Rc;

/// A colour for the screen, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Out of the document; only schemes that are safe to open.
    Address(String),
    /// To a heading or a note here.
    Here(String),
}

/// Glyphs of one face, size and colour on one baseline, in visual order.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) x: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: Colour,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) text: String,
    /// For each cluster, where its text and its glyphs end.
    pub(super) clusters: Vec<(usize, usize)>,
}

/// A rectangle; `y` is its top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

#[derive(Clone, Debug)]
pub(super) enum Ink {
    Run(Run),
    Fill(Area, Colour),
    /// A picture by its number, turned by so many quarter turns clockwise and flipped first if so.
    Picture(Area, usize, Turn),
    Link(Area, Rc<Target>),
    /// Nothing to see: makes an empty part, such as an empty cell, exist.
    Presence,
}

/// How a stored picture must be moved to stand upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turn {
    /// Quarter turns clockwise, 0 to 3.
    pub(super) quarters: u8,
    /// Mirrored left to right before turning.
    pub(super) mirrored: bool,
}

/// Ink and the part it belongs to; without one it is decoration, which a reading voice skips.
#[derive(Clone, Debug)]
pub(super) struct Inked {
    pub(super) part: Option<Part>,
    pub(super) ink: Ink,
}

impl Inked {
    pub(super) fn decoration(ink: Ink) -> Self {
        Self { part: None, ink }
    }

    /// The same ink this much further down.
    pub(super) fn lowered(mut self, by: f32) -> Self {
        match &mut self.ink {
            Ink::Run(run) => run.y += by,
            Ink::Fill(area, _) | Ink::Picture(area, ..) | Ink::Link(area, _) => area.y += by,
            Ink::Presence => {}
        }
        self
    }
}
