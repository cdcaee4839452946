//! Pictures made ready for PDF, as far as possible with their bytes as they are.

use super::raster::{Picture, PictureFault};
use super::{jpeg, png};
use crate::render::kind::{HEAD_BYTES, Kind, first_words, kind_of};

/// Reads a PNG or JPEG picture.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
    match kind_of(&bytes[..bytes.len().min(HEAD_BYTES)]) {
        Kind::Png => png::read(bytes),
        Kind::Jpeg => jpeg::read(bytes),
        kind => Err(PictureFault::OtherKind { kind, starts: first_words(bytes) }),
    }
}
