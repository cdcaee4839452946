//! Whether an artifact's files are as its record says: every byte is read.

use super::copy::digest_of;
use super::{Artifact, ArtifactFile, Differing, HolderFault, Portfolio};
use crate::disk::{DiskFault, FileSource, Links};
use crate::path::Slug;
use crate::source::Source;
use crate::time::{Date, Timestamp};

const NANOS: i64 = 1_000_000_000;

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
    pub(super) fn what_changed(&self, artifacts: &[Slug], deposits: &[Slug]) -> HolderFault {
        let artifacts = artifacts.iter().map(|id| self.require_as_recorded(id));
        let mut all = artifacts.chain(deposits.iter().map(|id| self.require_deposit_as_recorded(id)));
        all.find_map(Result::err).unwrap_or(HolderFault::ChangedMeanwhile)
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
    let changed =
        here.filter(|_| digest != Some(file.sha256)).and_then(|source| day_of(source.stat().modified));
    Ok(Differing { name: file.name.to_string(), wanted: file.sha256, here: digest, changed })
}

/// The day of the last write, told in nanoseconds since 1970 by the disk's clock.
pub(super) fn day_of(modified: i64) -> Option<Date> {
    Some(modified / NANOS).filter(|seconds| *seconds != 0).map(|seconds| Timestamp::from_unix(seconds).date())
}
