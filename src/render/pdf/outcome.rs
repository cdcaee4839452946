//! What comes of making a document: the PDF and what could not be shown in it, or why there is none.

use super::raster::PictureFault;

/// The longest text that is made into pages, in bytes: some two thousand pages, which nobody reads as a PDF.
pub const MOST_TEXT: usize = 8 << 20;

/// A document that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Made {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no typeface here has; a sign stands where they were, and copying still gives them back.
    pub missing: Vec<char>,
    /// Pictures that could not be shown; the text says so where they were.
    pub left_out: Vec<LeftOut>,
}

/// A picture that could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The path as the text names it.
    pub path: String,
    /// Why, as it goes on after "because": `it is not there`.
    pub reason: String,
}

/// Gives the bytes of a picture by the path that the text names, or nothing.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Why no PDF was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PdfFault {
    /// Longer than [`MOST_TEXT`].
    #[error("the text has {bytes} bytes, more than {limit}")]
    TextTooLong {
        /// How long it is.
        bytes: usize,
        /// [`MOST_TEXT`].
        limit: usize,
    },
    /// The picture cannot be shown.
    #[error(transparent)]
    Picture(#[from] PictureFault),
    /// The document could not be put together; a fault of the program.
    #[error("the PDF could not be put together: {0}")]
    Unwritten(String),
}
