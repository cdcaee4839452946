//! A folder on disk read in place, each file opened part by part below one handle so that no link is followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::open::FileSource;
use super::{DiskFault, Kind, kind_of};
use crate::source::{Folder, Found, FoundKind, Source};

/// More names than any bundle may have, and a tree deeper than any, so that listing a home folder by mistake ends.
const NAMES: usize = 20_000;
const DEPTH: usize = 24;

/// A tree of files below one folder.
#[derive(Debug)]
pub struct DiskFolder {
    root: PathBuf,
    #[cfg(unix)]
    handle: fs::File,
}

impl DiskFolder {
    /// Opens the folder; a link to one is followed, since it is what the person named.
    pub fn open(root: &Path) -> Result<DiskFolder, DiskFault> {
        let facts = fs::metadata(root).map_err(|e| DiskFault::from_io(root, e))?;
        let what = Kind::of(facts.file_type());
        if what != Kind::Folder {
            return Err(DiskFault::NotAFolder { path: root.to_path_buf(), what });
        }
        Ok(DiskFolder {
            root: root.to_path_buf(),
            #[cfg(unix)]
            handle: fs::File::open(root).map_err(|e| DiskFault::from_io(root, e))?,
        })
    }
}

impl Folder for DiskFolder {
    fn list(&self) -> io::Result<Vec<Found>> {
        let mut all = Vec::new();
        // One level more than is allowed, so that what lies too deep is said and not passed over.
        let walk = WalkDir::new(&self.root).min_depth(1).max_depth(DEPTH + 1).follow_links(false);
        // A folder whose name is not UTF-8 cannot be opened by what was listed; it is reported, not entered.
        let mut walk = walk.into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry?;
            if entry.depth() > DEPTH {
                return Err(io::Error::other(format!("more than {DEPTH} folders deep")));
            }
            if all.len() == NAMES {
                return Err(io::Error::other(format!("more than {NAMES} names")));
            }
            let found = found(&entry, &self.root)?;
            if found.kind == FoundKind::Folder && entry.file_name().to_str().is_none() {
                walk.skip_current_dir();
            }
            all.push(found);
        }
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }

    #[cfg(unix)]
    fn open(&self, path: &str) -> io::Result<Box<dyn Source>> {
        use rustix::fs::{Mode, OFlags, openat};
        let (folders, name) = parts(path)?;
        let always = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        let mut at = self.handle.try_clone()?;
        for folder in folders {
            at = openat(&at, folder, always | OFlags::DIRECTORY, Mode::empty())?.into();
        }
        let full = self.root.join(path);
        // Asked first, since opening alone can disturb a device.
        refuse_special(&full)?;
        let file = openat(&at, name, always, Mode::empty())?.into();
        Ok(Box::new(FileSource::from_file(file, &full).map_err(io::Error::other)?))
    }

    #[cfg(not(unix))]
    fn open(&self, path: &str) -> io::Result<Box<dyn Source>> {
        let (folders, name) = parts(path)?;
        let mut full = self.root.clone();
        for folder in folders {
            full.push(folder);
            if kind_of(&full).map_err(io::Error::other)? != Some(Kind::Folder) {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        full.push(name);
        refuse_special(&full)?;
        Ok(Box::new(FileSource::open(&full, super::Links::Refuse).map_err(io::Error::other)?))
    }
}

fn found(entry: &DirEntry, root: &Path) -> io::Result<Found> {
    let below = entry.path().strip_prefix(root).map_err(io::Error::other)?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let (kind, len) = match Kind::of(entry.file_type()) {
        Kind::File => (FoundKind::File, entry.metadata()?.len()),
        Kind::Folder => (FoundKind::Folder, 0),
        _ => (FoundKind::Other, 0),
    };
    Ok(Found { path: parts.join("/"), kind, len })
}

fn parts(path: &str) -> io::Result<(Vec<&str>, &str)> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let outside =
        |part: &&str| part.is_empty() || *part == "." || *part == ".." || part.contains(['\\', '\0']);
    match parts.pop() {
        Some(name) if !outside(&name) && !parts.iter().any(outside) => Ok((parts, name)),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

fn refuse_special(path: &Path) -> io::Result<()> {
    match kind_of(path).map_err(io::Error::other)? {
        Some(Kind::File) => Ok(()),
        Some(what) => Err(io::Error::other(DiskFault::NotAFile { path: path.to_path_buf(), what })),
        None => Err(io::ErrorKind::NotFound.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_listed_and_read_below_its_root_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("data/files")).unwrap();
        fs::write(root.path().join("data/files/a.txt"), b"abc").unwrap();
        fs::write(root.path().join("z"), b"").unwrap();
        let folder = DiskFolder::open(root.path()).unwrap();
        let found: Vec<_> = folder.list().unwrap().into_iter().map(|f| (f.path, f.kind, f.len)).collect();
        assert_eq!(
            found,
            [
                ("data".to_owned(), FoundKind::Folder, 0),
                ("data/files".to_owned(), FoundKind::Folder, 0),
                ("data/files/a.txt".to_owned(), FoundKind::File, 3),
                ("z".to_owned(), FoundKind::File, 0),
            ]
        );
        let mut all = [0; 3];
        folder.open("data/files/a.txt").unwrap().read_exact_at(0, &mut all).unwrap();
        assert_eq!(&all, b"abc");
        for outside in ["../z", "/etc/passwd", "data//files", "", "data/../z", ".", "data/files/a.txt/"] {
            assert_eq!(
                folder.open(outside).err().map(|e| e.kind()),
                Some(io::ErrorKind::InvalidInput),
                "{outside}"
            );
        }
        assert!(folder.open("data/files").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_listed_as_other_and_followed_nowhere() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret"), b"x").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("out")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("secret"), root.path().join("file")).unwrap();
        let folder = DiskFolder::open(root.path()).unwrap();
        let found: Vec<_> = folder.list().unwrap().into_iter().map(|f| (f.path, f.kind)).collect();
        assert_eq!(found, [("file".to_owned(), FoundKind::Other), ("out".to_owned(), FoundKind::Other)]);
        assert!(folder.open("out/secret").is_err());
        assert!(folder.open("file").is_err());
    }
}
