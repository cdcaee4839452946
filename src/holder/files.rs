//! Whether an artifact's files are as its record says, without hashing again what did not change.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::copy::digest_of;
use super::{Artifact, ArtifactFile, Differing, HolderFault, Portfolio, text};
use crate::digest::Digest;
use crate::disk::{self, DiskFault, FileSource, Links, Mode, Stamp};
use crate::json;
use crate::path::Slug;
use crate::source::Source;
use crate::time::{Date, Timestamp};

/// A file written to this shortly before it was hashed may be written to again within one tick of the disk's clock.
const TICK: i64 = 2;
const NANOS: i128 = 1_000_000_000;

impl Portfolio {
    /// Opens the files of an artifact; a missing one, or one of another length, is [`HolderFault::FilesDiffer`].
    pub(super) fn open_files(&self, id: &Slug, artifact: &Artifact) -> Result<Vec<FileSource>, HolderFault> {
        let folder = self.artifact_folder(id);
        let (mut sources, mut differing) = (Vec::new(), Vec::new());
        for file in &artifact.files {
            match FileSource::open(&folder.join(file.name.as_str()), Links::Refuse) {
                Ok(source) if source.len() == file.size => sources.push(source),
                Ok(source) => differing.push(differs(file, Some(&source))?),
                Err(DiskFault::NotFound(_)) => differing.push(differs(file, None)?),
                Err(fault) => return Err(fault.into()),
            }
        }
        if differing.is_empty() {
            return Ok(sources);
        }
        Err(HolderFault::FilesDiffer { artifact: id.clone(), files: differing })
    }

    /// Which file is not as recorded, all of them hashed: for the message, after a digest of them all did not fit.
    pub(super) fn what_changed(&self, ids: impl Iterator<Item = Slug>) -> HolderFault {
        for id in ids {
            match self.require_as_recorded(&id) {
                Ok(()) => {}
                Err(fault) => return fault,
            }
        }
        HolderFault::ChangedMeanwhile
    }

    fn require_as_recorded(&self, id: &Slug) -> Result<(), HolderFault> {
        let artifact = self.artifact(id)?;
        let mut files = Vec::new();
        for (source, file) in self.open_files(id, &artifact)?.iter().zip(&artifact.files) {
            let found = differs(file, Some(source))?;
            if found.here != Some(file.sha256) {
                files.push(found);
            }
        }
        if files.is_empty() { Ok(()) } else { Err(HolderFault::FilesDiffer { artifact: id.clone(), files }) }
    }
}

/// How a file on the disk compares with its record.
pub(super) fn differs(file: &ArtifactFile, here: Option<&FileSource>) -> Result<Differing, HolderFault> {
    let digest = here.map(digest_of).transpose()?;
    let changed = here.filter(|_| digest != Some(file.sha256)).and_then(|source| day_of(source.stamp()));
    Ok(Differing { name: file.name.to_string(), wanted: file.sha256, here: digest, changed })
}

/// The day of the last change, by the disk's clock.
pub(super) fn day_of(stamp: Stamp) -> Option<Date> {
    i64::try_from(stamp.changed / NANOS)
        .ok()
        .filter(|seconds| *seconds != 0)
        .map(|s| Timestamp::from_unix(s).date())
}

/// Digests by path, good as long as length and time of change stay. Only ever a speed-up.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct DigestCache {
    files: BTreeMap<String, CachedDigest>,
    #[serde(skip)]
    changed: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct CachedDigest {
    size: u64,
    changed: String,
    #[serde(with = "text")]
    sha256: Digest,
}

impl DigestCache {
    /// The cache as it lies in the folder; anything wrong with it makes it empty.
    pub(super) fn load(portfolio: &Portfolio) -> DigestCache {
        let bytes = disk::read_bounded(&cache_path(portfolio), 16 << 20).unwrap_or_default();
        let limits = json::Limits { bytes: 16 << 20, members: 200_000, ..json::OURS };
        let is_json = json::check(&bytes, &limits).is_ok();
        is_json.then(|| serde_json::from_slice(&bytes).ok()).flatten().unwrap_or_default()
    }

    /// The digest of the file, hashed only if it may have changed since. `None` when there is no such file.
    pub(super) fn digest(
        &mut self,
        root: &Path,
        path: &Path,
        now: Timestamp,
    ) -> Result<Option<(Digest, Stamp)>, HolderFault> {
        let source = match FileSource::open(path, Links::Refuse) {
            Ok(source) => source,
            Err(DiskFault::NotFound(_)) => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        let stamp = source.stamp();
        let key = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let changed = stamp.changed.to_string();
        if let Some(known) = self.files.get(&key).filter(|k| k.size == stamp.len && k.changed == changed) {
            return Ok(Some((known.sha256, stamp)));
        }
        let sha256 = digest_of(&source)?;
        if stamp.changed != 0 && stamp.changed < i128::from(now.unix() - TICK) * NANOS {
            self.files.insert(key, CachedDigest { size: stamp.len, changed, sha256 });
            self.changed = true;
        }
        Ok(Some((sha256, stamp)))
    }

    /// Writes the cache if it learnt something. That it could not be written is no fault: the next run hashes again.
    pub(super) fn store(&self, portfolio: &Portfolio) {
        if self.changed {
            let _ = disk::replace(&cache_path(portfolio), json::pretty(self).as_bytes(), Mode::Shared);
        }
    }
}

fn cache_path(portfolio: &Portfolio) -> PathBuf {
    portfolio.root().join(".portfolio/digests.json")
}
