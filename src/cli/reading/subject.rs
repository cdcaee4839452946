//! What a person names to be looked at: a bundle in a file or a folder, a record, or something else altogether.

use std::path::{Path, PathBuf};

use portfolio::bundle::Input;
use portfolio::credential::baked::{BakedFault, PICTURE_BYTES};
use portfolio::credential::plain_text::{self, SIGNATURE_ENDING, STATEMENT_BYTES};
use portfolio::credential::recognise::{Carrier, Envelope, Recognised, What, recognise};
use portfolio::digest::Digest;
use portfolio::disk::{self, DiskFault, DiskFolder, FileSource, Links};
use portfolio::json;
use portfolio::proof::sshsig::{self, SIGNATURE_FILE_BYTES};
use portfolio::render::kind::{self, Kind};
use portfolio::source::Source;

/// Bytes that tell what a file is.
const HEAD_BYTES: usize = 4096;

/// Something named and opened.
pub enum Subject {
    /// A file that is, or once was, an archive.
    Archive(FileSource),
    /// An unpacked bundle or request.
    Folder(DiskFolder),
    /// A JSON document or a token, read whole.
    Record(Vec<u8>),
    /// A statement and the SSH signature on it, which lies beside it.
    Statement {
        /// The bytes of the statement.
        text: Vec<u8>,
        /// The bytes of the signature file.
        signature: Vec<u8>,
    },
    /// An SSH signature, and what it signs is not beside it.
    LoneSignature,
    /// A picture, or a PDF, with a credential inside.
    Baked {
        /// The credential.
        record: Vec<u8>,
        /// The file around it.
        picture: Picture,
    },
    /// A picture or PDF that holds a credential, but not in the one way that counts.
    Spoilt(BakedFault),
    /// Something in a signed or encrypted form that is not read here.
    Form(Envelope),
    /// None of these; what it is, by its first bytes.
    Other(Kind),
}

/// The file that a credential was baked into.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Its length.
    pub len: u64,
    /// Its SHA-256.
    pub digest: Digest,
    /// Its media type.
    pub media_type: &'static str,
}

impl Subject {
    /// Opens what lies under `path`; a link to it is followed, since the reader named it.
    pub fn open(path: &Path) -> Result<Subject, DiskFault> {
        if let Some(disk::Kind::Folder) = disk::kind_of(path)? {
            return Ok(Subject::Folder(DiskFolder::open(path)?));
        }
        let source = match FileSource::open(path, Links::Follow) {
            // A link to a folder.
            Err(DiskFault::NotAFile { what: disk::Kind::Folder, .. }) => {
                return Ok(Subject::Folder(DiskFolder::open(path)?));
            }
            opened => opened?,
        };
        let length = usize::try_from(source.len()).unwrap_or(usize::MAX).min(HEAD_BYTES);
        let mut head = vec![0; length];
        source.read_exact_at(0, &mut head).map_err(|cause| DiskFault::from_io(path, cause))?;
        let named_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        match kind::kind_of(&head) {
            Kind::Zip => Ok(Subject::Archive(source)),
            // An archive whose very first bytes were damaged is still an archive, and a damaged one.
            Kind::Binary if named_zip => Ok(Subject::Archive(source)),
            Kind::Text if sshsig::is_armoured(&head) => signature(path),
            Kind::Text if plain_text::begins_as_one(&head) => match signature_beside(path) {
                Some(beside) => signature(&beside),
                None => Ok(Subject::Other(Kind::Text)),
            },
            Kind::Text if looks_like_json(&head) || looks_like_token(&head) => {
                Ok(Subject::Record(read_all(path)?))
            }
            kind @ (Kind::Png | Kind::Pdf | Kind::Svg | Kind::Text | Kind::WebPage)
                if source.len() <= PICTURE_BYTES as u64
                    && (matches!(kind, Kind::Png | Kind::Pdf) || looks_like_svg(&head)) =>
            {
                Ok(inside(&disk::read_bounded(path, PICTURE_BYTES as u64)?, kind))
            }
            other @ (Kind::Text | Kind::Binary) if source.len() <= PICTURE_BYTES as u64 => {
                match recognise(&disk::read_bounded(path, PICTURE_BYTES as u64)?).what {
                    What::Envelope(envelope) => Ok(Subject::Form(envelope)),
                    _ => Ok(Subject::Other(other)),
                }
            }
            other => Ok(Subject::Other(other)),
        }
    }

    /// The bundle in it, for the library.
    pub fn input(&self) -> Option<Input<'_>> {
        match self {
            Subject::Archive(source) => Some(Input::Archive(source)),
            Subject::Folder(folder) => Some(Input::Folder(folder)),
            _ => None,
        }
    }
}

/// An SSH signature with the statement that it signs: the file of the same name without the ending.
fn signature(path: &Path) -> Result<Subject, DiskFault> {
    let signature = disk::read_bounded(path, SIGNATURE_FILE_BYTES as u64)?;
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(text) = name.and_then(|name| name.strip_suffix(SIGNATURE_ENDING)) else {
        return Ok(Subject::LoneSignature);
    };
    match disk::read_bounded(&path.with_file_name(text), STATEMENT_BYTES as u64) {
        Ok(text) => Ok(Subject::Statement { text, signature }),
        Err(DiskFault::NotFound(_)) => Ok(Subject::LoneSignature),
        Err(fault) => Err(fault),
    }
}

/// The signature file that lies beside a statement, if one does.
fn signature_beside(path: &Path) -> Option<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(SIGNATURE_ENDING);
    let beside = PathBuf::from(name);
    (disk::kind_of(&beside).ok()? == Some(disk::Kind::File)).then_some(beside)
}

fn read_all(path: &Path) -> Result<Vec<u8>, DiskFault> {
    disk::read_bounded(path, json::PRESENTATION.bytes as u64)
}

/// What is inside a picture or a PDF.
fn inside(bytes: &[u8], kind: Kind) -> Subject {
    let Recognised { what, record, fault, .. } = recognise(bytes);
    let media_type = match what.carrier() {
        Some(Carrier::Png) => "image/png",
        Some(Carrier::Svg) => "image/svg+xml",
        Some(Carrier::Pdf) => "application/pdf",
        _ => return Subject::Other(kind),
    };
    match (what, record, fault) {
        (What::Credential { .. }, Some(record), _) => {
            let picture = Picture { len: bytes.len() as u64, digest: Digest::of(bytes), media_type };
            Subject::Baked { record, picture }
        }
        (_, _, Some(fault)) => Subject::Spoilt(fault),
        _ => Subject::Other(kind),
    }
}

/// Whether text begins as an SVG does: the root may come after comments.
fn looks_like_svg(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<") && head.windows(4).any(|bytes| bytes == b"<svg")
}

/// Whether text begins as a JSON object does.
fn looks_like_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"{")
}

/// Whether text begins as a token does: its header is a JSON object in base64.
fn looks_like_token(head: &[u8]) -> bool {
    let head = head.trim_ascii();
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    head.starts_with(b"ey") && head.contains(&b'.') && head.iter().all(letters)
}
