//! Pages written as a PDF: printpdf builds the document, and what it cannot say is added to its objects.

use super::embed::{Used, font_id};
use super::faces::Faces;
use super::facts::{Facts, utf16};
use super::ink::{Area, Colour, Ink, Inked, Run, Target, Turn};
use super::look::{PAGE_HEIGHT, PAGE_WIDTH};
use super::outcome::PdfFault;
use super::pages::Book;
use super::parts::{Child, Part, Parts};
use super::raster::Picture;
use printpdf::{
    Actions, BorderArray, Color, ColorArray, CurTransMat, Destination, DictItem, HighlightingMode,
    LinkAnnotation, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, Rgb,
    TextMatrix, XObject, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;

/// A document ready to be written.
pub(super) struct Manuscript {
    pub(super) book: Book,
    pub(super) parts: Parts,
    pub(super) faces: Faces,
    pub(super) pictures: Vec<Picture>,
}

/// Writes the document; the same manuscript and facts give the same bytes.
pub(super) fn write(manuscript: Manuscript, facts: &Facts<'_>) -> Result<Vec<u8>, PdfFault> {
    let Manuscript { book, parts, faces, pictures } = manuscript;
    let mut press = Press { book: &book, parts, faces: &faces, used: Used::default(), links: 0 };
    let pages = book.pages.iter().enumerate();
    let pages: Vec<PdfPage> = pages.map(|(number, inks)| press.page(number, inks)).collect();
    let Press { parts, used, .. } = press;
    let mut document = PdfDocument::new(facts.title);
    document.metadata.info.author = facts.author.to_owned();
    document.metadata.info.producer = "portfolio".to_owned();
    document.resources.fonts.map = used.fonts(&faces).map_err(|e| PdfFault::Unwritten(e.to_string()))?;
    for (number, picture) in pictures.into_iter().enumerate() {
        document.resources.xobjects.map.insert(picture_id(number), XObject::External(picture.object));
    }
    document.with_pages(pages);
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let built = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfFault::Unwritten(warning.msg.clone()));
    }
    drop(document);
    super::tagged::finish(built, &book, &parts, facts)
}

fn picture_id(number: usize) -> XObjectId {
    XObjectId(format!("P{number}"))
}

/// Inks turned into operators.
struct Press<'a> {
    book: &'a Book,
    parts: Parts,
    faces: &'a Faces,
    used: Used,
    links: usize,
}

/// What is open in the content of a page.
#[derive(Default)]
struct Page {
    ops: Vec<Op>,
    /// The part whose content is open; `Some(None)` for decoration.
    open: Option<Option<Part>>,
    contents: i64,
    colour: Option<Colour>,
}

impl Press<'_> {
    fn page(&mut self, number: usize, inks: &[Inked]) -> PdfPage {
        let mut page = Page::default();
        for inked in inks {
            match &inked.ink {
                Ink::Presence => {
                    if let Some(part) = inked.part {
                        self.parts.join(part);
                    }
                }
                Ink::Link(area, target) => self.link(&mut page, *area, target, inked.part),
                Ink::Run(run) => {
                    self.open(&mut page, number, inked.part);
                    self.run(&mut page, run);
                }
                Ink::Fill(area, colour) => {
                    self.open(&mut page, number, inked.part);
                    page.colour(*colour);
                    let rectangle = Rect { mode: Some(PaintMode::Fill), ..rect(*area) };
                    page.ops.push(Op::DrawRectangle { rectangle });
                }
                Ink::Picture(area, picture, turn) => {
                    self.open(&mut page, number, inked.part);
                    page.ops.push(Op::SaveGraphicsState);
                    let matrix = CurTransMat::Raw(placement(*area, *turn));
                    page.ops.push(Op::SetTransformationMatrix { matrix });
                    let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
                    page.ops.push(Op::UseXobject { id: picture_id(*picture), transform });
                    page.ops.push(Op::RestoreGraphicsState);
                }
            }
        }
        page.close();
        let mut made = PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), page.ops);
        for frame in [&mut made.media_box, &mut made.trim_box, &mut made.crop_box] {
            *frame = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
        }
        made
    }

    /// Opens the marked content of a part, unless it is open (ISO 32000-1, 14.6).
    fn open(&mut self, page: &mut Page, number: usize, part: Option<Part>) {
        if page.open == Some(part) {
            return;
        }
        page.close();
        page.open = Some(part);
        match part {
            None => page.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
            Some(part) => {
                let properties = BTreeMap::from([("MCID".to_owned(), DictItem::Int(page.contents))]);
                self.parts.adopt(part, Child::Content { page: number, number: page.contents });
                page.contents += 1;
                page.ops.push(Op::BeginMarkedContentWithProperties {
                    tag: self.parts.get(part).kind.to_owned(),
                    properties: DictItem::Dict { map: properties },
                });
            }
        }
    }

    fn run(&mut self, page: &mut Page, run: &Run) {
        page.colour(run.colour);
        for shown in self.used.show(run, self.faces) {
            if let Some(spoken) = &shown.spoken {
                let text = DictItem::String { data: utf16(spoken), literal: false };
                let map = BTreeMap::from([("ActualText".to_owned(), text)]);
                let properties = DictItem::Dict { map };
                page.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
            }
            page.ops.push(Op::StartTextSection);
            let font = PdfFontHandle::External(font_id(run.face));
            page.ops.push(Op::SetFont { font, size: Pt(run.size) });
            for piece in shown.pieces {
                let (x, y) = (fine(run.x + piece.x), fine(PAGE_HEIGHT - run.y + piece.rise));
                page.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
                page.ops.push(Op::ShowText { items: piece.items });
            }
            page.ops.push(Op::EndTextSection);
            if shown.spoken.is_some() {
                page.ops.push(Op::EndMarkedContentWithProperties);
            }
        }
    }

    fn link(&mut self, page: &mut Page, area: Area, target: &Target, part: Option<Part>) {
        let actions = match target {
            Target::Address(address) => Actions::Uri(address.clone()),
            Target::Here(name) => {
                let Some((at, y)) = self.book.anchors.get(name) else { return };
                let top = Some(fine(PAGE_HEIGHT - y + 8.0));
                Actions::Goto(Destination::Xyz { page: at + 1, left: None, top, zoom: None })
            }
        };
        if let Some(part) = part {
            self.parts.adopt(part, Child::Link(self.links));
        }
        self.links += 1;
        let border = BorderArray::Solid([0.0, 0.0, 0.0]);
        let link = LinkAnnotation::new(
            rect(area),
            actions,
            Some(border),
            Some(ColorArray::Transparent),
            Some(HighlightingMode::Invert),
        );
        page.ops.push(Op::LinkAnnotation { link });
    }
}

impl Page {
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.colour = Some(colour);
            let Colour(r, g, b) = colour;
            let [r, g, b] = [r, g, b].map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
            self.ops.push(Op::SetFillColor { col: Color::Rgb(Rgb { r, g, b, icc_profile: None }) });
        }
    }
}

/// An area with y upward, as PDF has it.
fn rect(area: Area) -> Rect {
    let lower = PAGE_HEIGHT - area.y - area.height;
    let mut rect = Rect::from_wh(Pt(fine(area.width)), Pt(fine(area.height)));
    (rect.x, rect.y) = (Pt(fine(area.x)), Pt(fine(lower)));
    rect
}

/// The matrix that puts a picture, stored in the unit square, upright into its area.
fn placement(area: Area, turn: Turn) -> [f32; 6] {
    let (x, y, w, h) = (area.x, PAGE_HEIGHT - area.y - area.height, area.width, area.height);
    let [a, b, c, d, e, f] = match turn.quarters {
        1 => [0.0, -h, w, 0.0, x, y + h],
        2 => [-w, 0.0, 0.0, -h, x + w, y + h],
        3 => [0.0, h, -w, 0.0, x + w, y],
        _ => [w, 0.0, 0.0, h, x, y],
    };
    let matrix = if turn.mirrored { [-a, -b, c, d, e + a, f + b] } else { [a, b, c, d, e, f] };
    matrix.map(fine)
}

/// Hundredths of a point are finer than any printer.
fn fine(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::placement;
    use crate::render::pdf::ink::{Area, Turn};
    use crate::render::pdf::look::PAGE_HEIGHT;

    /// Where the stored picture's top left corner comes to lie: 0 is the area's left or bottom, 1 its right or top.
    fn top_left(quarters: u8, mirrored: bool) -> (f32, f32) {
        let area = Area { x: 0.0, y: PAGE_HEIGHT - 1.0, width: 1.0, height: 1.0 };
        let [_, _, c, d, e, f] = placement(area, Turn { quarters, mirrored });
        (c + e, d + f)
    }

    #[test]
    fn pictures_are_turned_clockwise_and_mirrored_first() {
        let corners = [0, 1, 2, 3].map(|q| top_left(q, false));
        assert_eq!(corners, [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]);
        let mirrored = [0, 1, 2, 3].map(|q| top_left(q, true));
        assert_eq!(mirrored, [(1.0, 1.0), (1.0, 0.0), (0.0, 0.0), (0.0, 1.0)]);
    }
}
