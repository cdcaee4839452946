//! One look at every artifact: its folder listed once, its record and files read only where they may have changed.

use std::collections::BTreeMap;

use super::Noticed;
use super::memory::{Memory, Seen, SeenFile};
use crate::digest::Digest;
use crate::disk::{self, DiskFault, FileSource, Kind, Links, Named};
use crate::holder::copy::digest_of;
use crate::holder::files::day_of;
use crate::holder::folder::is_litter;
use crate::holder::{Differing, HolderFault, Portfolio};
use crate::path::Slug;

/// From here on a second thread pays for itself.
const FEW: usize = 500;
/// Waiting for the disk, not the processor, is what these share.
const THREADS: usize = 4;

/// What a look at some artifacts found.
#[derive(Default)]
struct Found {
    seen: Vec<(Slug, Seen)>,
    noticed: Vec<Noticed>,
}

impl Portfolio {
    /// Every artifact as it is now; what is not as recorded goes to `noticed`.
    pub(super) fn look_at_artifacts(
        &self,
        noticed: &mut Vec<Noticed>,
    ) -> Result<BTreeMap<Slug, Seen>, HolderFault> {
        let memory = Memory::recall(self);
        let mut wanted = Vec::new();
        for (name, kind) in self.names("artifacts")? {
            let path = format!("artifacts/{name}");
            match (kind, Slug::parse(&name)) {
                (Kind::Folder, Ok(id)) => wanted.push(id),
                (Kind::Folder, Err(_)) => noticed.push(Noticed::NoRecord(path)),
                _ => noticed.push(Noticed::NotRecorded(path)),
            }
        }
        let mut all = BTreeMap::new();
        for found in self.look_at_all(wanted, &memory) {
            let found = found?;
            all.extend(found.seen);
            noticed.extend(found.noticed);
        }
        memory.keep(&all);
        Ok(all)
    }

    fn look_at_all(&self, mut wanted: Vec<Slug>, memory: &Memory<'_>) -> Vec<Result<Found, HolderFault>> {
        if wanted.len() < FEW {
            return vec![self.look_at_some(wanted, memory)];
        }
        let share = wanted.len().div_ceil(THREADS);
        let mut shares = Vec::new();
        while !wanted.is_empty() {
            let rest = wanted.split_off(share.min(wanted.len()));
            shares.push(std::mem::replace(&mut wanted, rest));
        }
        std::thread::scope(|scope| {
            let running: Vec<_> = shares
                .into_iter()
                .map(|share| scope.spawn(move || self.look_at_some(share, memory)))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }

    fn look_at_some(&self, wanted: Vec<Slug>, memory: &Memory<'_>) -> Result<Found, HolderFault> {
        let mut found = Found::default();
        for id in wanted {
            if let Some(seen) = self.look_at_one(&id, memory, &mut found.noticed)? {
                found.seen.push((id, seen));
            }
        }
        Ok(found)
    }

    fn look_at_one(
        &self,
        id: &Slug,
        memory: &Memory<'_>,
        noticed: &mut Vec<Noticed>,
    ) -> Result<Option<Seen>, HolderFault> {
        let folder = self.artifact_folder(id);
        let inside = match disk::list_inside(&folder) {
            Err(DiskFault::NotFound(_)) => return Ok(None),
            inside => inside?,
        };
        let named = |name: &str| inside.iter().find(|named| named.name == name);
        let Some(record) = named("artifact.json") else {
            noticed.push(Noticed::NoRecord(format!("artifacts/{id}")));
            return Ok(None);
        };
        let mut seen = match memory.of(id).filter(|seen| seen.record == record.stat) {
            Some(seen) => seen,
            None => {
                memory.about_to_read();
                Seen::of(self.artifact(id)?, record.stat)
            }
        };
        for file in &mut seen.files {
            match named(file.name.as_str()).filter(|named| named.kind == Kind::File) {
                Some(named) if named.stat == file.stat && file.here.is_some() => {}
                Some(_) => {
                    memory.about_to_read();
                    read(file, &folder)?;
                }
                None => (file.stat, file.here) = (disk::Stat::default(), None),
            }
            if file.here != Some(file.recorded) {
                noticed.push(differs(id, file, named(file.name.as_str())));
            }
        }
        for stray in inside.iter().map(|named| named.name.to_string_lossy()) {
            let is_recorded = seen.files.iter().any(|file| file.name.as_str() == stray);
            if stray != "artifact.json" && !is_recorded && !is_litter(&stray) {
                noticed.push(Noticed::NotRecorded(format!("artifacts/{id}/{stray}")));
            }
        }
        Ok(Some(seen))
    }
}

/// Hashes the file; one that is gone meanwhile, or no file any more, is as if it had never been there.
fn read(file: &mut SeenFile, folder: &std::path::Path) -> Result<(), HolderFault> {
    (file.stat, file.here) = (disk::Stat::default(), None);
    match FileSource::open(&folder.join(file.name.as_str()), Links::Refuse) {
        Err(DiskFault::NotFound(_) | DiskFault::NotAFile { .. }) => Ok(()),
        Err(fault) => Err(fault.into()),
        Ok(source) => {
            let digest: Digest = digest_of(&source)?;
            (file.stat, file.here) = (source.stat(), Some(digest));
            Ok(())
        }
    }
}

fn differs(id: &Slug, file: &SeenFile, named: Option<&Named>) -> Noticed {
    let changed = named.filter(|_| file.here.is_some()).and_then(|named| day_of(named.stat.modified));
    let file = Differing { name: file.name.to_string(), wanted: file.recorded, here: file.here, changed };
    Noticed::FileDiffers { artifact: id.clone(), file }
}
