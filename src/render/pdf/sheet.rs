//! A picture on a page of its own, as large as the margins let it be.

use super::compose::{Composer, column};
use super::faces::Face;
use super::flow::Align;
use super::ink::{Area, Ink, Inked};
use super::look::{NOTE, PAGE_HEIGHT, PAGE_WIDTH, SECOND, TOP};
use super::parts::Parts;
use super::raster::Picture;
use super::shape::{Style, Text};
use super::slab::Slab;

const MARGIN: f32 = 56.0;
/// Room for the title below the picture.
const TITLE_ROOM: f32 = 40.0;
/// Points for a pixel, at most: a small picture is not blown up to a blur.
const LARGEST_PIXEL: f32 = 1.5;

impl Composer {
    /// Lays a picture out with its title below.
    pub(super) fn sheet(&mut self, picture: Picture, title: &str) {
        let part = self.parts.add("Figure", Parts::DOCUMENT);
        let spoken = if title.trim().is_empty() { "picture" } else { title.trim() };
        self.parts.get_mut(part).alternative = Some(spoken.to_owned());
        #[expect(clippy::cast_precision_loss, reason = "pixels are bounded")]
        let (across, down) = (picture.width as f32, picture.height as f32);
        let (most_width, most_height) = (PAGE_WIDTH - 2.0 * MARGIN, PAGE_HEIGHT - 2.0 * MARGIN - TITLE_ROOM);
        let scale = (most_width / across).min(most_height / down).min(LARGEST_PIXEL);
        let (width, height) = (across * scale, down * scale);
        let (x, y) = ((PAGE_WIDTH - width) / 2.0, MARGIN + (most_height - height) / 2.0);
        let area = Area { x, y: y - TOP, width, height };
        let turn = picture.turn;
        self.pictures.push(picture);
        let mut slab = Slab { height: 1.0, ..Slab::default() };
        slab.inks.push(Inked { part: Some(part), ink: Ink::Picture(area, 0, turn) });
        let caption = self.parts.add("Caption", part);
        let style = Style::plain(Face::Italic, NOTE.size + 1.0, SECOND, Some(caption));
        let lines = self.paragraph(Text::of(title.trim(), style), NOTE, MARGIN, most_width, Align::Centre);
        let mut y = area.y + height + 12.0;
        for line in lines.into_iter().take(2).filter(|_| !title.trim().is_empty()) {
            slab.inks.extend(line.inks.into_iter().map(|ink| ink.lowered(y)));
            y += line.height;
        }
        let frame = column(SECOND);
        self.put(vec![slab], &frame, 0.0, 0.0);
    }
}
