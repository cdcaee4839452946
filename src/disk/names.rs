//! Names in folders: what is there, making folders, moving and removing.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::open::Stamp;
use super::stat::Stat;
use super::write::{Mode, folder_of, sync_folder};
use super::{DiskFault, Kind};

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As the disk spells it.
    pub name: OsString,
    /// What it is; links are not followed.
    pub kind: Kind,
    /// Length in bytes; zero for anything but a file.
    pub len: u64,
    /// What the system notes about it.
    pub stat: Stat,
}

/// What is at `path`, links not followed; `None` when nothing is.
pub fn kind_of(path: &Path) -> Result<Option<Kind>, DiskFault> {
    match fs::symlink_metadata(path) {
        Ok(facts) => Ok(Some(Kind::of(facts.file_type()))),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(DiskFault::from_io(path, e)),
    }
}

/// Length and time of change of what is at `path`, links not followed.
pub fn stamp_of(path: &Path) -> Result<Stamp, DiskFault> {
    fs::symlink_metadata(path).map(|facts| Stamp::of(&facts)).map_err(|e| DiskFault::from_io(path, e))
}

/// The path with every link in it followed.
pub fn real_path(path: &Path) -> Result<PathBuf, DiskFault> {
    fs::canonicalize(path).map_err(|e| DiskFault::from_io(path, e))
}

/// The names in one folder, sorted; a folder that is not there is [`DiskFault::NotFound`], a link is refused.
pub fn list(folder: &Path) -> Result<Vec<Named>, DiskFault> {
    require_folder(folder)?;
    list_inside(folder)
}

/// The names in one folder and what each is, sorted; asks the system about no name by itself, where it can.
pub fn kinds(folder: &Path) -> Result<Vec<(OsString, Kind)>, DiskFault> {
    require_folder(folder)?;
    let fault = |e| DiskFault::from_io(folder, e);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        match entry.file_type() {
            Ok(what) => names.push((entry.file_name(), Kind::of(what))),
            // Removed between the listing and the question.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(DiskFault::from_io(&entry.path(), e)),
        }
    }
    names.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(names)
}

/// [`list`] for what was listed as a folder a moment ago.
pub fn list_inside(folder: &Path) -> Result<Vec<Named>, DiskFault> {
    let fault = |e| DiskFault::from_io(folder, e);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let facts = match entry.metadata() {
            Ok(facts) => facts,
            // Removed between the listing and the question.
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(DiskFault::from_io(&entry.path(), e)),
        };
        let kind = Kind::of(facts.file_type());
        let len = if kind == Kind::File { facts.len() } else { 0 };
        names.push(Named { name: entry.file_name(), kind, len, stat: Stat::of(&facts) });
    }
    names.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(names)
}

/// Makes one new folder in one that exists; a name that is taken is [`DiskFault::Exists`].
pub fn create_folder(path: &Path, mode: Mode) -> Result<(), DiskFault> {
    require_folder(folder_of(path))?;
    builder(mode).create(path).map_err(|e| DiskFault::from_io(path, e))?;
    sync_folder(folder_of(path))
}

/// Makes the folder and those above it that are missing; one that is there stays as it is, and a link is refused.
pub fn ensure_folder(path: &Path, mode: Mode) -> Result<(), DiskFault> {
    match kind_of(path)? {
        Some(Kind::Folder) => Ok(()),
        Some(what) => Err(DiskFault::NotAFolder { path: path.to_path_buf(), what }),
        None => {
            // Folders above may be links, as a home folder often is: only the last one is ours to judge.
            builder(mode).recursive(true).create(path).map_err(|e| DiskFault::from_io(path, e))?;
            sync_folder(folder_of(path))
        }
    }
}

/// Gives a folder a new name on the same disk; a name that is taken is [`DiskFault::Exists`] and is left alone.
pub fn move_folder(from: &Path, to: &Path) -> Result<(), DiskFault> {
    rename_new(from, to).map_err(|e| DiskFault::from_io(to, e))?;
    sync_folder(folder_of(to))?;
    sync_folder(folder_of(from))
}

/// Exchanges two folders in one step where the system can, else by way of `aside`, which must not exist.
///
/// By way of `aside` there is a moment in which `place` does not exist and its content lies under `aside`.
pub fn swap_folders(new: &Path, place: &Path, aside: &Path) -> Result<(), DiskFault> {
    if exchange(new, place) {
        sync_folder(folder_of(place))?;
        return sync_folder(folder_of(new));
    }
    swap_through(new, place, aside)
}

fn swap_through(new: &Path, place: &Path, aside: &Path) -> Result<(), DiskFault> {
    move_folder(place, aside)?;
    move_folder(new, place)?;
    move_folder(aside, new)
}

/// Removes a file; one that is not there is no fault.
pub fn remove_file(path: &Path) -> Result<(), DiskFault> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(DiskFault::from_io(path, e)),
        _ => sync_folder(folder_of(path)),
    }
}

/// Removes a folder and all it holds, following no link; one that is not there is no fault.
pub fn remove_tree(path: &Path) -> Result<(), DiskFault> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(DiskFault::from_io(path, e)),
        _ => Ok(()),
    }
}

/// Bytes free to this user on the disk that holds `folder`, where the system says.
pub fn free_space(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let facts = rustix::fs::statvfs(folder).ok()?;
        facts.f_bavail.checked_mul(facts.f_frsize)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Fails with [`DiskFault::Full`] when the disk says it has fewer than `needed` bytes free.
pub fn require_space(folder: &Path, needed: u64) -> Result<(), DiskFault> {
    match free_space(folder) {
        Some(free) if free < needed => {
            Err(DiskFault::Full { path: folder.to_path_buf(), needed: Some(needed), free: Some(free) })
        }
        _ => Ok(()),
    }
}

fn require_folder(path: &Path) -> Result<(), DiskFault> {
    match kind_of(path)? {
        Some(Kind::Folder) => Ok(()),
        Some(what) => Err(DiskFault::NotAFolder { path: path.to_path_buf(), what }),
        None => Err(DiskFault::NotFound(PathBuf::from(path))),
    }
}

fn builder(mode: Mode) -> fs::DirBuilder {
    #[allow(unused_mut, reason = "only Unix has permission bits to set")]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    if mode == Mode::Private {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => rename_checked(from, to),
        done => Ok(done?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    rename_checked(from, to)
}

fn rename_checked(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_folder_takes_no_name_that_is_taken() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for name in ["a", "b"] {
            create_folder(&at(name), Mode::Shared).unwrap();
            fs::write(at(name).join("who"), name).unwrap();
        }
        assert!(matches!(create_folder(&at("a"), Mode::Shared), Err(DiskFault::Exists(_))));
        assert!(matches!(move_folder(&at("a"), &at("b")), Err(DiskFault::Exists(_))));
        assert_eq!(fs::read(at("b/who")).unwrap(), b"b");
        move_folder(&at("a"), &at("c")).unwrap();
        swap_folders(&at("c"), &at("b"), &at("aside")).unwrap();
        assert_eq!(
            (fs::read(at("b/who")).unwrap(), fs::read(at("c/who")).unwrap()),
            (b"a".into(), b"b".into())
        );
        let names: Vec<_> = list(root.path()).unwrap().into_iter().map(|n| n.name).collect();
        assert_eq!(names, ["b", "c"]);
    }

    #[test]
    fn swapping_by_way_of_a_third_name_ends_the_same() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for name in ["new", "place"] {
            create_folder(&at(name), Mode::Shared).unwrap();
            fs::write(at(name).join("who"), name).unwrap();
        }
        swap_through(&at("new"), &at("place"), &at("aside")).unwrap();
        assert_eq!(fs::read(at("place/who")).unwrap(), b"new");
        assert_eq!(fs::read(at("new/who")).unwrap(), b"place");
    }

    #[cfg(unix)]
    #[test]
    fn wanting_more_than_the_disk_has_is_full() {
        let root = tempfile::tempdir().unwrap();
        assert!(free_space(root.path()).unwrap() > 0);
        require_space(root.path(), 1).unwrap();
        let refused = require_space(root.path(), u64::MAX);
        assert!(matches!(refused, Err(DiskFault::Full { needed: Some(u64::MAX), free: Some(_), .. })));
    }
}
