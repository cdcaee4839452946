//! Slabs: what the page break may not divide, such as a line of text or a row of a table.

use super::ink::{Colour, Ink, Inked};
use std::rc::Rc;

/// A strip of the column, with all that lies on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Slab {
    pub(super) height: f32,
    /// Space that must be above and below; of two that meet the larger counts, and none at a page's edge.
    pub(super) before: f32,
    pub(super) after: f32,
    /// Must be on the same page as the next one.
    pub(super) keep: bool,
    /// Ink, measured from the slab's top.
    pub(super) inks: Vec<Inked>,
    /// Numbers of the notes that must stand at the foot of the same page.
    pub(super) notes: Vec<usize>,
    pub(super) bands: Vec<Band>,
    /// What is repeated above when a new page starts with this slab.
    pub(super) head: Option<Rc<Slab>>,
    pub(super) bookmark: Option<Bookmark>,
    /// A name links may lead to.
    pub(super) anchor: Option<String>,
}

/// A ground or a bar behind consecutive slabs, drawn once for all of them on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Band {
    /// Slabs with the same number share the band.
    pub(super) number: usize,
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) colour: Colour,
    /// How far it reaches above its first slab and below its last.
    pub(super) overhang: f32,
}

/// An entry of the outline.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) level: usize,
    pub(super) title: String,
}

impl Slab {
    /// The slab as decoration: the same looks, and nothing that a reading voice or a link would notice.
    pub(super) fn as_decoration(&self) -> Self {
        let seen = |inked: &&Inked| matches!(inked.ink, Ink::Run(_) | Ink::Fill(..) | Ink::Picture(..));
        let inks = self.inks.iter().filter(seen).map(|inked| Inked::decoration(inked.ink.clone())).collect();
        Self { height: self.height, inks, ..Self::default() }
    }
}
