//! Documents as PDF: Markdown, plain text, pictures and cover sheets; data in, the same bytes out every time.
//!
//! Pages are composed here (`shape`, `flow`, `blocks`, `table`, `pages`), built with printpdf (`write`, `embed`)
//! and given what printpdf cannot say (`tagged`, `facts`): a structure tree, an outline, XMP and a fingerprint that
//! comes from the content. There is no clock: a date is printed only if it is given.

mod blocks;
mod compose;
mod cover;
mod embed;
mod faces;
mod facts;
mod flow;
mod furniture;
mod ink;
mod jpeg;
mod look;
mod markdown;
mod outcome;
mod pages;
mod parts;
mod picture;
mod plain;
mod png;
mod raster;
pub mod reading;
mod shape;
mod sheet;
mod slab;
mod table;
mod tables;
mod tagged;
mod words;
mod write;

pub use cover::Cover;
pub use facts::Facts;
pub use outcome::{LeftOut, MOST_TEXT, Made, PdfFault, Pictures};
pub use raster::{MOST_PIXELS, PictureFault};

use compose::{Composer, column};
use write::Manuscript;

/// Sets Markdown (CommonMark with tables, task lists, strike-through and footnotes) on A4 pages.
///
/// `pictures` is asked for each picture's bytes; one that is missing is named in the text. `progress` hears how many
/// pages are done. Links to the web carry a note with their address, since paper cannot be clicked.
pub fn from_markdown(
    text: &str,
    facts: &Facts<'_>,
    pictures: Pictures<'_>,
    progress: &mut dyn FnMut(usize),
) -> Result<Made, PdfFault> {
    let text = bounded(text)?;
    let mut source = markdown::read(&text);
    let mut layout = blocks::Layout::new(&mut source, pictures);
    let frame = column(look::INK);
    let titled = matches!(source.blocks.first(), Some(markdown::Block::Heading(1, _)));
    if !titled && !facts.title.trim().is_empty() {
        let title = markdown::Bit::Text(facts.title.trim().to_owned(), markdown::Look::default());
        layout.heading(1, &[title], &frame);
    }
    layout.blocks(&source.blocks, &frame, blocks::GAP);
    layout.footnotes();
    let blocks::Layout { composer, left_out, .. } = layout;
    let made = bind(composer, facts, Some(1), progress)?;
    Ok(Made { left_out, ..made })
}

/// Sets plain text on A4 pages, line by line, in letters of one width.
pub fn from_text(text: &str, facts: &Facts<'_>, progress: &mut dyn FnMut(usize)) -> Result<Made, PdfFault> {
    let text = bounded(text)?;
    let mut composer = Composer::new();
    plain::lay_out(&mut composer, &text);
    bind(composer, facts, Some(0), progress)
}

/// Puts a PNG or JPEG picture on one A4 page. A JPEG is not coded again; what its camera noted about place and owner
/// is left out.
pub fn from_picture(bytes: &[u8], facts: &Facts<'_>) -> Result<Made, PdfFault> {
    let mut composer = Composer::new();
    composer.sheet(picture::read(bytes)?, facts.title);
    bind(composer, facts, None, &mut |_| ())
}

/// Makes the page that stands before a file which is itself no PDF.
pub fn cover_sheet(cover: &Cover<'_>, facts: &Facts<'_>) -> Result<Made, PdfFault> {
    let mut composer = Composer::new();
    cover::lay_out(&mut composer, cover);
    bind(composer, facts, None, &mut |_| ())
}

/// Text with one kind of line end, unless there is too much of it.
fn bounded(text: &str) -> Result<String, PdfFault> {
    let limit = MOST_TEXT;
    if text.len() > limit {
        return Err(PdfFault::TextTooLong { bytes: text.len(), limit });
    }
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

/// Deals the pages out and writes them; the title runs along from the page `titled_from`, if anything does.
fn bind(
    mut composer: Composer,
    facts: &Facts<'_>,
    titled_from: Option<usize>,
    progress: &mut dyn FnMut(usize),
) -> Result<Made, PdfFault> {
    let slabs = std::mem::take(&mut composer.slabs);
    let notes = std::mem::take(&mut composer.notes);
    let mut book = pages::deal(slabs, notes, progress);
    if let Some(from) = titled_from {
        furniture::furnish(&mut composer, &mut book, facts, from);
    }
    let pages = book.pages.len();
    let Composer { faces, parts, missing, pictures, .. } = composer;
    let bytes = write::write(Manuscript { book, parts, faces, pictures }, facts)?;
    Ok(Made { bytes, pages, missing: missing.into_iter().collect(), left_out: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::{Facts, LeftOut, MOST_TEXT, PdfFault, PictureFault, from_markdown, from_picture, from_text};
    use crate::render::kind::Kind;

    const FACTS: Facts<'static> = Facts { title: "T", author: "A", language: "en", date: None };

    #[test]
    fn what_could_not_be_shown_is_told() {
        let mut heard = Vec::new();
        let text = "# 本\n\n![x](a.png) ![y](b.png)";
        let pictures = |path: &str| (path == "b.png").then(|| b"<html>".to_vec());
        let made = from_markdown(text, &FACTS, &pictures, &mut |pages| heard.push(pages)).unwrap();
        assert_eq!(made.missing, ['本']);
        let left_out = |path: &str, reason: &str| LeftOut { path: path.into(), reason: reason.into() };
        let page = "it is a web page, neither a PNG nor a JPEG picture";
        assert_eq!(made.left_out, [left_out("a.png", "it is not there"), left_out("b.png", page)]);
        assert_eq!((made.pages, heard), (1, vec![1]));
    }

    #[test]
    fn footnotes_of_footnotes_are_followed_however_far() {
        let mut text = "a[^0]\n\n".to_owned();
        for i in 0..1000 {
            text.push_str(&format!("[^{i}]: b[^{}]\n\n", i + 1));
        }
        let made = from_markdown(&text, &FACTS, &|_| None, &mut |_| ()).unwrap();
        assert!(made.pages > 15, "{}", made.pages);
    }

    #[test]
    fn nothing_at_all_is_one_page() {
        assert_eq!(from_text("", &FACTS, &mut |_| ()).unwrap().pages, 1);
        let untitled = Facts { title: "", ..FACTS };
        assert_eq!(from_markdown("", &untitled, &|_| None, &mut |_| ()).unwrap().pages, 1);
    }

    #[test]
    fn faults_name_what_was_found() {
        let long = " ".repeat(MOST_TEXT + 1);
        let fault = PdfFault::TextTooLong { bytes: MOST_TEXT + 1, limit: MOST_TEXT };
        assert_eq!(from_text(&long, &FACTS, &mut |_| ()).unwrap_err(), fault);
        let other = PictureFault::OtherKind { kind: Kind::Text, starts: "hello".into() };
        assert_eq!(from_picture(b"hello", &FACTS).unwrap_err(), PdfFault::Picture(other));
    }

    #[test]
    fn text_pages_hold_what_fits() {
        // 664 points of 12.2 each: 54 lines.
        let lines = |n| "x\n".repeat(n);
        assert_eq!(from_text(&lines(54), &FACTS, &mut |_| ()).unwrap().pages, 1);
        assert_eq!(from_text(&lines(55), &FACTS, &mut |_| ()).unwrap().pages, 2);
    }
}
