//! How documents look: the page, the sizes and the colours, in one place. Lengths are points.

use super::ink::Colour;

/// A4 (ISO 216), 210 mm by 297 mm.
pub(super) const PAGE_WIDTH: f32 = 595.276;
pub(super) const PAGE_HEIGHT: f32 = 841.89;

/// The text column: a measure of some 80 characters, which still reads well and lets tables breathe.
pub(super) const LEFT: f32 = 96.0;
pub(super) const WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
pub(super) const TOP: f32 = 86.0;
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 92.0;
/// Baselines of the running title and of the page number.
pub(super) const RUNNING_TITLE: f32 = 54.0;
pub(super) const FOLIO: f32 = PAGE_HEIGHT - 50.0;

/// Text size and the distance between baselines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) size: f32,
    pub(super) leading: f32,
}

pub(super) const BODY: Measure = Measure { size: 11.5, leading: 16.4 };
pub(super) const NOTE: Measure = Measure { size: 9.2, leading: 12.4 };
pub(super) const TABLE: Measure = Measure { size: 10.2, leading: 13.8 };
pub(super) const CODE: Measure = Measure { size: 8.5, leading: 12.4 };
pub(super) const RUNNING: Measure = Measure { size: 9.2, leading: 12.0 };

/// Fixed-width letters are larger for their size; this brings both to one x-height.
pub(super) const MONO_IN_TEXT: f32 = 0.81;

pub(super) const INK: Colour = Colour(0x1b, 0x1d, 0x1f);
pub(super) const SECOND: Colour = Colour(0x4c, 0x51, 0x57);
pub(super) const THIRD: Colour = Colour(0x67, 0x6d, 0x74);
pub(super) const ACCENT: Colour = Colour(0x1f, 0x4a, 0x7a);
pub(super) const SHADE: Colour = Colour(0xf4, 0xf3, 0xee);
pub(super) const HAIR: Colour = Colour(0xc9, 0xc8, 0xc1);

/// Line thicknesses.
pub(super) const HAIRLINE: f32 = 0.4;
pub(super) const RULE: f32 = 0.8;
