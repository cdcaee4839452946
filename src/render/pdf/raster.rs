//! What every picture becomes: an image object for PDF, or a fault that says what is wrong with it.

use super::ink::Turn;
use crate::render::kind::Kind;
use printpdf::{DictItem, ExternalStream, ExternalXObject, Px};
use std::collections::BTreeMap;

/// The most pixels a picture may have: more than any phone takes, and still under half a gigabyte to unpack.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureFault {
    /// Neither PNG nor JPEG.
    #[error("it is {kind}, neither a PNG nor a JPEG picture")]
    OtherKind {
        /// What it is instead.
        kind: Kind,
        /// The start of it, raw: escape it before showing it.
        starts: String,
    },
    /// It cannot be read to its end.
    #[error("it is {kind} and it is damaged: {reason}")]
    Damaged {
        /// PNG or JPEG.
        kind: Kind,
        /// What was found.
        reason: String,
    },
    /// A kind of PNG or JPEG that PDF readers do not show.
    #[error("it is {kind} of a rare sort: {reason}")]
    Unusual {
        /// PNG or JPEG.
        kind: Kind,
        /// Which sort.
        reason: String,
    },
    /// More than [`MOST_PIXELS`].
    #[error("it is {width} by {height} pixels, more than {limit} in all")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// [`MOST_PIXELS`].
        limit: u64,
    },
}

/// A picture ready to be placed.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// Pixels across and down when it stands upright.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) turn: Turn,
    pub(super) object: ExternalXObject,
}

/// Refuses a picture whose size is a bomb's.
pub(super) fn bounded(width: u32, height: u32) -> Result<(), PictureFault> {
    let limit = MOST_PIXELS;
    if u64::from(width) * u64::from(height) > limit {
        return Err(PictureFault::TooLarge { width, height, limit });
    }
    Ok(())
}

/// An image object (ISO 32000-1, 8.9.5) of stored size `width` by `height`.
pub(super) fn image(
    width: u32,
    height: u32,
    bits: u8,
    colours: DictItem,
    more: Vec<(&str, DictItem)>,
    content: Vec<u8>,
) -> ExternalStream {
    let compress = !more.iter().any(|(key, _)| *key == "Filter");
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(width.into())),
        ("Height".to_owned(), DictItem::Int(height.into())),
        ("BitsPerComponent".to_owned(), DictItem::Int(bits.into())),
        ("ColorSpace".to_owned(), colours),
    ]);
    dict.extend(more.into_iter().map(|(key, item)| (key.to_owned(), item)));
    ExternalStream { dict, content, compress }
}

/// The image object with its stored size, which printpdf asks for.
pub(super) fn object(stream: ExternalStream, width: u32, height: u32) -> ExternalXObject {
    ExternalXObject { stream, width: Some(Px(width as usize)), height: Some(Px(height as usize)), dpi: None }
}

pub(super) fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}
