//! Finding, making, opening and locking the folder.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Map;

use super::records::{self, About, Artifact, FORMAT, Placement};
use super::{HolderFault, Role};
use crate::disk::{self, DiskFault, Kind, Lock, LockHolder, Mode, TempFolder};
use crate::path::Slug;
use crate::time::Timestamp;

pub(super) const RECORD: &str = "portfolio.json";
const GIT_ATTRIBUTES: &str = "* -text\n*.json diff=json\n";
const GIT_IGNORE: &str = "private/\n.portfolio/\n";
/// Names that operating systems strew about; they mean nothing.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"];

/// A student's folder, for reading.
#[derive(Debug, Clone)]
pub struct Portfolio {
    root: PathBuf,
    about: About,
}

/// What a new portfolio is made of.
#[derive(Debug, Clone)]
pub struct NewPortfolio<'a> {
    /// The student's name.
    pub name: &'a str,
    /// The student's e-mail address.
    pub email: &'a str,
    /// The student's key as `did:key`.
    pub did: &'a str,
    /// When it is made.
    pub created: Timestamp,
}

impl Portfolio {
    /// The portfolio that `start` is in: its folder or the nearest one above that holds `portfolio.json`.
    pub fn find(start: &Path) -> Result<Portfolio, HolderFault> {
        let start = disk::real_path(start)?;
        for folder in start.ancestors() {
            if disk::kind_of(&folder.join(RECORD))?.is_some() {
                return Portfolio::open(folder);
            }
        }
        Err(HolderFault::NoPortfolio { looked: start })
    }

    /// The portfolio in this very folder.
    pub fn open(root: &Path) -> Result<Portfolio, HolderFault> {
        let root = disk::real_path(root)?;
        let about = match records::read(&root.join(RECORD)) {
            Err(HolderFault::Disk(DiskFault::NotFound(_))) => {
                return Err(HolderFault::NoPortfolio { looked: root });
            }
            about => about?,
        };
        Ok(Portfolio { root, about })
    }

    /// Makes a portfolio in `root`, which is made if need be. Files that are there already stay as they are, but that
    /// `.gitignore` and `.gitattributes` get the lines they lack. `portfolio.json` is written last.
    pub fn init(root: &Path, new: &NewPortfolio<'_>) -> Result<Portfolio, HolderFault> {
        disk::ensure_folder(root, Mode::Shared)?;
        let root = disk::real_path(root)?;
        match Portfolio::find(&root) {
            Err(HolderFault::NoPortfolio { .. }) => {}
            Ok(found) => return Err(HolderFault::PortfolioExists(found.root)),
            Err(fault) => return Err(fault),
        }
        add_lines(&root.join(".gitattributes"), GIT_ATTRIBUTES)?;
        add_lines(&root.join(".gitignore"), GIT_IGNORE)?;
        disk::ensure_folder(&root.join("placements"), Mode::Shared)?;
        disk::ensure_folder(&root.join("private"), Mode::Private)?;
        let about = About {
            format_version: FORMAT,
            name: new.name.to_owned(),
            email: new.email.to_owned(),
            did: new.did.to_owned(),
            created: new.created,
            other: Map::new(),
        };
        match records::write_new(&root.join(RECORD), &about) {
            Err(HolderFault::Disk(DiskFault::Exists(_))) => Err(HolderFault::PortfolioExists(root)),
            done => done.map(|()| Portfolio { root, about }),
        }
    }

    /// The folder, with every link followed.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whose it is.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Takes the lock that every write needs, waiting at most `wait`, and sweeps what a crash left behind.
    ///
    /// `command` and `since` are told to whoever meets the lock: [`DiskFault::Busy`].
    pub fn lock(
        self,
        command: &str,
        since: Timestamp,
        wait: Option<Duration>,
    ) -> Result<Locked, HolderFault> {
        let own = self.root.join(".portfolio");
        disk::ensure_folder(&own, Mode::Shared)?;
        let lock =
            Lock::exclusive(&own.join("lock"), &LockHolder::this_process(command, since.unix()), wait)?;
        let locked = Locked { portfolio: self, _lock: lock };
        locked.sweep()?;
        Ok(locked)
    }

    /// Every placement, by id.
    pub fn placements(&self) -> Result<Vec<(Slug, Placement)>, HolderFault> {
        let read = |id: Slug| Ok((id.clone(), records::read(&self.placement_path(&id))?));
        self.ids("placements")?.into_iter().map(read).collect()
    }

    /// One placement.
    pub fn placement(&self, id: &Slug) -> Result<Placement, HolderFault> {
        match records::read(&self.placement_path(id)) {
            Err(HolderFault::Disk(DiskFault::NotFound(_))) => Err(HolderFault::NoSuchPlacement(id.clone())),
            found => found,
        }
    }

    /// Every artifact, by id.
    pub fn artifacts(&self) -> Result<Vec<(Slug, Artifact)>, HolderFault> {
        self.ids("artifacts")?.into_iter().map(|id| Ok((id.clone(), self.artifact(&id)?))).collect()
    }

    /// One artifact.
    pub fn artifact(&self, id: &Slug) -> Result<Artifact, HolderFault> {
        let path = self.artifact_folder(id).join("artifact.json");
        let artifact: Artifact = match records::read(&path) {
            Err(HolderFault::Disk(DiskFault::NotFound(_))) => {
                return Err(HolderFault::NoSuchArtifact(id.clone()));
            }
            found => found?,
        };
        match artifact.fault() {
            None => Ok(artifact),
            Some(fact) => Err(HolderFault::Record { path, line: 0, column: 0, fact }),
        }
    }

    /// Where an artifact's record and files lie.
    pub fn artifact_folder(&self, id: &Slug) -> PathBuf {
        self.root.join("artifacts").join(id.as_str())
    }

    pub(super) fn placement_path(&self, id: &Slug) -> PathBuf {
        self.root.join("placements").join(id.as_str()).join("placement.json")
    }

    /// The folders below `room` that an id names and that hold something; none if the room is not there.
    pub(super) fn ids(&self, room: &str) -> Result<Vec<Slug>, HolderFault> {
        let folders = self.names(room)?.into_iter().filter(|(_, kind)| *kind == Kind::Folder);
        Ok(folders.filter_map(|(name, _)| Slug::parse(&name).ok()).collect())
    }

    /// The names in a room, sorted, without litter; a name that is not UTF-8 has `U+FFFD` in its place.
    pub(super) fn names(&self, room: &str) -> Result<Vec<(String, Kind)>, HolderFault> {
        match disk::kinds(&self.root.join(room)) {
            Err(DiskFault::NotFound(_)) => Ok(Vec::new()),
            Err(fault) => Err(fault.into()),
            Ok(names) => {
                let text = names.into_iter().map(|(name, kind)| (name.to_string_lossy().into_owned(), kind));
                Ok(text.filter(|(name, _)| !is_litter(name)).collect())
            }
        }
    }

    /// `wanted`, or the first of `wanted-2`, `wanted-3` … that nothing in `room` has.
    pub(super) fn free_id(&self, room: &str, wanted: &Slug) -> Result<Slug, HolderFault> {
        let taken = self.names(room)?;
        let stem = |name: &str| {
            let name = name.strip_suffix(".md").unwrap_or(name);
            super::statements::stem(name).to_lowercase()
        };
        let is_free = |id: &Slug| !taken.iter().any(|(name, _)| stem(name) == id.as_str());
        let mut id = wanted.clone();
        for number in 2.. {
            if is_free(&id) {
                break;
            }
            id = wanted.numbered(number);
        }
        Ok(id)
    }
}

/// A student's folder that this process alone may write to, until it is dropped.
#[derive(Debug)]
pub struct Locked {
    portfolio: Portfolio,
    _lock: Lock,
}

impl Deref for Locked {
    type Target = Portfolio;

    fn deref(&self) -> &Portfolio {
        &self.portfolio
    }
}

impl Locked {
    /// A folder of the portfolio's, made if it is missing; one that is a link is refused.
    pub(super) fn room(&self, name: &str) -> Result<PathBuf, HolderFault> {
        let room = self.root.join(name);
        disk::ensure_folder(&room, Mode::Shared)?;
        Ok(room)
    }

    /// An empty folder on the same disk, swept when it is not moved into place.
    pub(super) fn stage(&self) -> Result<TempFolder, HolderFault> {
        Ok(TempFolder::create(&self.room(".portfolio/staging")?)?)
    }

    /// Where a folder waits while another takes its place, on systems that cannot exchange two.
    pub(super) fn aside(&self, id: &Slug) -> Result<PathBuf, HolderFault> {
        Ok(self.room(".portfolio/replaced")?.join(id.as_str()))
    }

    fn sweep(&self) -> Result<(), HolderFault> {
        self.sweep_pending("")?;
        for room in [".portfolio", "credentials", "deposits", "placements", "requests"] {
            self.sweep_pending(room)?;
            for id in self.ids(room)? {
                self.sweep_pending(&format!("{room}/{id}"))?;
            }
        }
        for id in self.ids("placements")? {
            self.sweep_pending(&format!("placements/{id}/briefs"))?;
            self.sweep_pending(&format!("placements/{id}/checkpoints"))?;
        }
        for (name, _) in self.names(".portfolio/staging")? {
            disk::remove_tree(&self.root.join(".portfolio/staging").join(name))?;
        }
        for id in self.ids(".portfolio/replaced")? {
            let (aside, place) = (self.aside(&id)?, self.artifact_folder(&id));
            if disk::kind_of(&place)?.is_none() {
                disk::move_folder(&aside, &place)?;
            } else {
                disk::remove_tree(&aside)?;
            }
        }
        Ok(())
    }
}

impl Locked {
    /// Removes files that were being written when the process died: nobody else writes here under the lock.
    fn sweep_pending(&self, room: &str) -> Result<(), HolderFault> {
        let pending = match disk::pending_in(&self.root.join(room)) {
            Err(DiskFault::NotFound(_)) => return Ok(()),
            pending => pending?,
        };
        Ok(pending.iter().try_for_each(|path| disk::remove_file(path))?)
    }
}

impl Artifact {
    /// What contradicts itself in the record, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        let mut names: Vec<String> =
            self.files.iter().map(|file| crate::path::RelPath::from(file.name.clone()).folded()).collect();
        names.push("artifact.json".to_owned());
        names.sort();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Some(format!("two files named {}", pair[0]));
        }
        let document = self.files.iter().find(|file| file.name == self.document);
        if document.is_none_or(|file| file.role != Role::Document) {
            return Some(format!("document is {}, which files does not list as one", self.document));
        }
        None
    }
}

/// Whether a name means nothing: strewn about by the system, or a file of ours that is being written.
pub(super) fn is_litter(name: &str) -> bool {
    LITTER.contains(&name) || disk::is_pending(name)
}

/// Adds the lines that the file lacks, keeping what it has.
fn add_lines(path: &Path, wanted: &str) -> Result<(), HolderFault> {
    let before = match disk::read_bounded(path, 1 << 20) {
        Ok(bytes) => bytes,
        Err(DiskFault::NotFound(_)) => return Ok(disk::write_new(path, wanted.as_bytes(), Mode::Shared)?),
        Err(fault) => return Err(fault.into()),
    };
    let has =
        |line: &str| before.split(|byte| *byte == b'\n').any(|old| old.trim_ascii_end() == line.as_bytes());
    let missing: Vec<&str> = wanted.lines().filter(|line| !has(line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut after = before.clone();
    if !after.is_empty() && !after.ends_with(b"\n") {
        after.push(b'\n');
    }
    for line in missing {
        after.extend_from_slice(line.as_bytes());
        after.push(b'\n');
    }
    Ok(disk::replace(path, &after, Mode::Shared)?)
}
