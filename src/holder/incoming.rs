//! A file that somebody hands in: opened once, named safely, and refused when it is not theirs to give.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::{HolderFault, Portfolio};
use crate::disk::{self, FileSource, Links, TempFolder};
use crate::path::{FileName, PathFault};
use crate::source::Source;

/// Largest file, in bytes: a bundle has no zip64, and its lists need room too.
pub const FILE_BYTES: u64 = (4 << 30) - (64 << 20);

/// How much of a file is searched for a secret.
const HEAD: usize = 64 * 1024;

/// Folders whose content is the portfolio's own. `private/` is not among them: what lies there can be added.
const OWN: [&str; 11] = [
    "artifacts",
    "placements",
    "credentials",
    "deposits",
    "requests",
    "stories",
    "moves",
    "notices",
    "vouchers",
    ".portfolio",
    ".git",
];
const OWN_FILES: [&str; 3] = ["portfolio.json", ".gitignore", ".gitattributes"];

/// A file to add, opened and looked at; what is read from it later is the same file.
#[derive(Debug)]
pub struct Incoming {
    source: FileSource,
    name: FileName,
    /// Where a file was put that was made here, until it is added.
    _stage: Option<TempFolder>,
}

impl Incoming {
    /// A file that was made here, in a folder that goes when it does.
    pub(super) fn staged(source: FileSource, name: FileName, stage: TempFolder) -> Incoming {
        Incoming { source, name, _stage: Some(stage) }
    }

    /// Its bytes, to find out what kind it is.
    pub fn source(&self) -> &FileSource {
        &self.source
    }

    /// The name it will have: the file's own, in Unicode normalisation form C.
    pub fn name(&self) -> &FileName {
        &self.name
    }
}

impl Portfolio {
    /// Opens a file to be added. Refused are links, pipes, devices and folders, the portfolio's own files, names that
    /// cannot travel, files over [`FILE_BYTES`], and what looks like a key or a password file.
    pub fn incoming(&self, path: &Path) -> Result<Incoming, HolderFault> {
        let name = safe_name(path)?;
        let source = FileSource::open(path, Links::Refuse)?;
        if self.is_own(&disk::real_path(path)?) {
            return Err(HolderFault::OwnFile(path.to_path_buf()));
        }
        if source.len() > FILE_BYTES {
            let what = format!("bytes in {name}");
            return Err(HolderFault::OverLimit { what, found: source.len(), limit: FILE_BYTES });
        }
        if let Some(what) = secret_in(&source, name.as_str())? {
            return Err(HolderFault::LooksSecret { path: path.to_path_buf(), what });
        }
        Ok(Incoming { source, name, _stage: None })
    }

    /// Whether this path, with every link followed, is one of the portfolio's own records.
    pub(super) fn is_own(&self, real: &Path) -> bool {
        let Ok(below) = real.strip_prefix(self.root()) else { return false };
        let mut parts = below.iter();
        let Some(first) = parts.next() else { return true };
        let is_file = parts.next().is_none();
        let is_one_of = |own: &[&str]| own.iter().any(|name| first.eq_ignore_ascii_case(name));
        is_one_of(&OWN) || is_file && is_one_of(&OWN_FILES)
    }
}

/// The name a file would be kept under.
pub(super) fn safe_name(path: &Path) -> Result<FileName, HolderFault> {
    let name = path.file_name().unwrap_or_default();
    let Some(text) = name.to_str() else {
        return Err(HolderFault::BadName {
            name: name.to_string_lossy().into_owned(),
            fault: PathFault::NotUtf8,
        });
    };
    let text: String = text.nfc().collect();
    FileName::parse(&text).map_err(|fault| HolderFault::BadName { name: text, fault })
}

/// What secret the file seems to be, by its name and its beginning.
fn secret_in(source: &FileSource, name: &str) -> Result<Option<&'static str>, HolderFault> {
    let name = name.to_lowercase();
    if name == ".env" || name.starts_with(".env.") || name == ".netrc" || name == ".git-credentials" {
        return Ok(Some("a file of passwords"));
    }
    if name.ends_with(".p12") || name.ends_with(".pfx") || name.ends_with(".jks") || name.ends_with(".kdbx") {
        return Ok(Some("a store of keys"));
    }
    if ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk"].contains(&name.as_str())
    {
        return Ok(Some("a private key"));
    }
    let mut head = vec![0; usize::try_from(source.len()).unwrap_or(HEAD).min(HEAD)];
    source.read_exact_at(0, &mut head).map_err(|e| disk::DiskFault::from_io(source.path(), e))?;
    let holds = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    // Put together here so that this very source does not look like one.
    let private =
        holds(concat!("PRIVATE KEY", "-----").as_bytes()) && holds(concat!("-----", "BEGIN ").as_bytes());
    if private
        || head.starts_with(b"PuTTY-User-Key-File-")
        || holds(concat!("AGE-SECRET-KEY", "-1").as_bytes())
    {
        return Ok(Some("a private key"));
    }
    Ok(None)
}
