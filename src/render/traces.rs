//! What a file tells about its maker beside its content: names, programs, places, paths and addresses.

mod office;
mod picture;
mod text;

use super::kind::{self, Kind};
use super::pdf;

/// What kind of trace it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TraceKind {
    /// A PDF names its author.
    PdfAuthor,
    /// A PDF names the program that made it.
    PdfProgram,
    /// An office document names who wrote or last saved it.
    DocumentAuthor,
    /// A picture says where it was taken.
    PicturePlace,
    /// A picture names its camera, its owner or the program that made it.
    PictureOrigin,
    /// A path of somebody's computer.
    Path,
    /// An e-mail address.
    Email,
}

/// One trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What kind.
    pub kind: TraceKind,
    /// Line and column, from 1, in a file of text.
    pub place: Option<(usize, usize)>,
    /// What it says, raw.
    pub says: String,
}

impl Trace {
    fn of(kind: TraceKind, says: impl Into<String>) -> Trace {
        Trace { kind, place: None, says: says.into() }
    }
}

/// Every trace in the bytes of a file. What cannot be read leaves none.
#[must_use]
pub fn traces(bytes: &[u8]) -> Vec<Trace> {
    match kind::kind_of(&bytes[..bytes.len().min(kind::HEAD_BYTES)]) {
        Kind::Pdf => of_pdf(bytes),
        Kind::Png => picture::of_png(bytes),
        Kind::Jpeg => picture::of_jpeg(bytes),
        Kind::Zip => office::of_zip(bytes),
        Kind::Text | Kind::WebPage => text::of_text(&String::from_utf8_lossy(bytes)),
        _ => Vec::new(),
    }
}

fn of_pdf(bytes: &[u8]) -> Vec<Trace> {
    let Ok(reading) = pdf::reading::read(bytes) else { return Vec::new() };
    let mut found: Vec<Trace> =
        reading.authors.into_iter().map(|author| Trace::of(TraceKind::PdfAuthor, author)).collect();
    found.extend(reading.programs.into_iter().map(|program| Trace::of(TraceKind::PdfProgram, program)));
    // Where a page puts its lines is not where they stand in the file.
    found.extend(text::of_text(&reading.text).into_iter().map(|trace| Trace { place: None, ..trace }));
    found
}
