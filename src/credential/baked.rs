//! A credential baked into a picture, put in and taken out: a PNG chunk or an SVG element (Open Badges 3.0, "Baking");
//! and the files attached to a PDF, taken out.
//!
//! The picture around it is nobody's statement: only the credential is taken out, and only where there is exactly one
//! place that holds it. What a picture shows is never looked at.

pub(crate) mod pdf;
mod png;
mod svg;
mod xml;

pub use pdf::attached;
pub use png::{from_png, into_png};
pub use svg::{from_svg, into_svg};

/// The largest picture that is looked into, in bytes: a badge with its credential is far smaller.
pub const PICTURE_BYTES: usize = 16 * 1024 * 1024;

/// The largest credential that is taken out of a picture, in bytes.
pub const CREDENTIAL_BYTES: usize = 1024 * 1024;

/// The keyword of the PNG chunk.
pub const KEYWORD: &str = "openbadgecredential";

/// The namespace of the SVG element.
pub const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";

/// Why a picture gives no credential, or takes none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BakedFault {
    /// It is not a picture of this kind from its first byte.
    #[error("it does not begin as {0}")]
    NotA(&'static str),
    /// The picture is too large to be looked into.
    #[error("the picture has {found} bytes, more than {PICTURE_BYTES}")]
    PictureTooLarge {
        /// Its length.
        found: usize,
    },
    /// The credential is too large.
    #[error("the credential in it has {found} bytes, more than {CREDENTIAL_BYTES}")]
    CredentialTooLarge {
        /// Its length.
        found: usize,
    },
    /// The picture ends in the middle.
    #[error("the picture ends in the middle, at byte {at}")]
    Truncated {
        /// Where more was to come.
        at: usize,
    },
    /// A chunk is not what its checksum says.
    #[error("the checksum of the chunk at byte {at} does not agree")]
    Checksum {
        /// Where the chunk begins.
        at: usize,
    },
    /// Chunks in an order, or of a name, that no PNG has.
    #[error("there is no PNG chunk at byte {at} where one should be")]
    BadChunk {
        /// Where.
        at: usize,
    },
    /// Bytes after the end of the picture.
    #[error("{count} bytes follow the end of the picture")]
    Trailing {
        /// How many.
        count: usize,
    },
    /// The credential is compressed, which the standard forbids.
    #[error("the credential in it is compressed, which Open Badges does not allow")]
    Compressed,
    /// The credential stands in a chunk or an element of another form.
    #[error("the credential in it does not stand in the form that Open Badges fixes")]
    BadForm,
    /// More than one credential.
    #[error("there is more than one credential in it")]
    Several,
    /// The credential is not UTF-8 text.
    #[error("the credential in it is not UTF-8 text")]
    NotText,
    /// The element stands elsewhere than right below the root.
    #[error("the credential in it does not stand right below the root of the picture")]
    Misplaced,
    /// The SVG has a document type or an entity of its own.
    #[error("the picture declares a document type or entities, which could make it say anything")]
    Declares,
    /// The SVG is not well-formed XML, or deeper or longer than is read here.
    #[error("the picture is not well-formed XML at byte {at}")]
    NotXml {
        /// Where.
        at: usize,
    },
    /// There is a credential in it already.
    #[error("there is a credential in it already")]
    Occupied,
}
