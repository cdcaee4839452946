//! Writing so that a crash leaves the old state or the new: temporary file, flush, rename, flush the folder.

use std::ffi::OsString;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use tempfile::{Builder, NamedTempFile, TempDir};

use super::open::FileSource;
use super::{DiskFault, Kind, Stat, kind_of, kinds, remove_file};

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As the person's umask says: 0666 and 0777 at most.
    Shared,
    /// The owner alone: 0600 for files, 0700 for folders.
    Private,
}

const PREFIX: &str = ".portfolio-";
const SUFFIX: &str = ".tmp";
/// In nanoseconds, as times of files are.
const DAY: i64 = 24 * 3600 * 1_000_000_000;

/// A file being written under a temporary name in the folder where it will live; dropped without a commit it is gone.
#[derive(Debug)]
pub struct Pending {
    file: NamedTempFile,
    target: PathBuf,
    settling: Option<JoinHandle<io::Result<()>>>,
}

impl Pending {
    /// Starts writing what will become `target`. The folder must exist and be no link.
    pub fn create(target: &Path, mode: Mode) -> Result<Pending, DiskFault> {
        let folder = folder_of(target);
        match kind_of(folder)? {
            Some(Kind::Folder) => {}
            Some(what) => return Err(DiskFault::NotAFolder { path: folder.to_path_buf(), what }),
            None => return Err(DiskFault::NotFound(folder.to_path_buf())),
        }
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        builder.permissions(unix_mode(mode, 0o666));
        #[cfg(not(unix))]
        let _ = mode;
        let file = builder.tempfile_in(folder).map_err(|e| DiskFault::from_io(target, e))?;
        Ok(Pending { file, target: target.to_path_buf(), settling: None })
    }

    /// Removes what lies unfinished beside it and has not been written to for a day: the process that began it died.
    /// The day is told by the clock of the disk. What cannot be looked at or removed is left.
    pub fn sweep_abandoned(&self) {
        let folder = folder_of(&self.target);
        let facts = |path: &Path| std::fs::symlink_metadata(path).ok();
        let written = |path: &Path| Some(Stat::of(&facts(path)?).modified).filter(|time| *time != 0);
        let Some(now) = written(self.path()) else { return };
        let is_old = |path: &PathBuf| written(path).is_some_and(|written| written < now.saturating_sub(DAY));
        for path in pending_in(folder).unwrap_or_default().into_iter().filter(is_old) {
            let _ = remove_file(&path);
        }
    }

    /// Where the unfinished file lies, to look at it before the commit.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Where it will live.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What was written so far, to read back before the commit.
    pub fn source(&self) -> Result<FileSource, DiskFault> {
        let file = self.file.reopen().map_err(|e| DiskFault::from_io(self.path(), e))?;
        FileSource::from_file(file, self.path())
    }

    /// Starts flushing what was written so far while the caller goes on, to read it back for one. The commit waits for
    /// the end, and flushes again if more was written meanwhile.
    pub fn settle(&mut self) -> Result<(), DiskFault> {
        let file = self.file.as_file().try_clone().map_err(|e| DiskFault::from_io(self.path(), e))?;
        // Without a thread the commit does it all.
        self.settling = std::thread::Builder::new().spawn(move || file.sync_all()).ok();
        Ok(())
    }

    /// Gives the file its name; a file that has the name already is left alone and is [`DiskFault::Exists`].
    pub fn commit_new(self) -> Result<(), DiskFault> {
        self.commit(false)
    }

    /// Gives the file its name, in place of what had it.
    pub fn commit_replace(self) -> Result<(), DiskFault> {
        self.commit(true)
    }

    fn commit(self, replace: bool) -> Result<(), DiskFault> {
        let Pending { file, target, settling } = self;
        let fault = |e| DiskFault::from_io(&target, e);
        // An error here is final: what reached the disk is unknown, so the temporary file goes and the old one stays.
        match settling.map(JoinHandle::join) {
            Some(Ok(settled)) => settled.map_err(fault)?,
            Some(Err(_)) | None => file.as_file().sync_all().map_err(fault)?,
        }
        let mut path = file.into_temp_path();
        for attempt in 0.. {
            let done = if replace { path.persist(&target) } else { path.persist_noclobber(&target) };
            match done {
                Ok(()) => break,
                // A reader on Windows can hold the target open for a moment.
                Err(again) if cfg!(windows) && replace && attempt < 5 => {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    path = again.path;
                }
                Err(error) => return Err(fault(error.error)),
            }
        }
        sync_folder(folder_of(&target))
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.settling = None;
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

impl Seek for Pending {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.as_file_mut().seek(to)
    }
}

/// Whether a name is that of a [`Pending`] file, which stays behind only when its process dies.
pub fn is_pending(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Every [`Pending`] file in a folder.
pub fn pending_in(folder: &Path) -> Result<Vec<PathBuf>, DiskFault> {
    let is_one =
        |(name, kind): &(OsString, Kind)| *kind == Kind::File && name.to_str().is_some_and(is_pending);
    Ok(kinds(folder)?.into_iter().filter(is_one).map(|(name, _)| folder.join(name)).collect())
}

/// A folder being filled under a temporary name; dropped without a commit it is gone with all it holds.
#[derive(Debug)]
pub struct TempFolder(TempDir);

impl TempFolder {
    /// An empty folder below `parent`, which must be on the same disk as where its content goes.
    pub fn create(parent: &Path) -> Result<TempFolder, DiskFault> {
        let mut builder = Builder::new();
        builder.prefix("new-");
        #[cfg(unix)]
        builder.permissions(unix_mode(Mode::Shared, 0o777));
        builder.tempdir_in(parent).map(TempFolder).map_err(|e| DiskFault::from_io(parent, e))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Writes a new file whole; one that exists is left alone and is [`DiskFault::Exists`].
pub fn write_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), DiskFault> {
    // Asked first so that a clash costs no write; the rename decides in the end.
    if kind_of(path)?.is_some() {
        return Err(DiskFault::Exists(path.to_path_buf()));
    }
    whole(path, bytes, mode)?.commit_new()
}

/// Writes a file whole, in place of what has the name.
pub fn replace(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), DiskFault> {
    whole(path, bytes, mode)?.commit_replace()
}

/// Makes the names in a folder last through a power cut.
pub fn sync_folder(folder: &Path) -> Result<(), DiskFault> {
    #[cfg(unix)]
    {
        let handle = std::fs::File::open(folder).map_err(|e| DiskFault::from_io(folder, e))?;
        match handle.sync_all() {
            // Some network file systems cannot flush a folder; the file itself is flushed already.
            Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            done => done.map_err(|e| DiskFault::from_io(folder, e)),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
    }
}

fn whole(path: &Path, bytes: &[u8], mode: Mode) -> Result<Pending, DiskFault> {
    let mut pending = Pending::create(path, mode)?;
    pending.write_all(bytes).map_err(|e| DiskFault::from_io(path, e))?;
    Ok(pending)
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(unix)]
fn unix_mode(mode: Mode, shared: u32) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(match mode {
        Mode::Shared => shared,
        Mode::Private => shared & 0o700,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_never_replaces_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_new(&path, b"one", Mode::Shared).unwrap();
        assert!(matches!(write_new(&path, b"two", Mode::Shared), Err(DiskFault::Exists(_))));
        let mut late = Pending::create(&path, Mode::Shared).unwrap();
        late.write_all(b"three").unwrap();
        assert!(matches!(late.commit_new(), Err(DiskFault::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"four", Mode::Shared).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"four");
        assert_eq!(names(folder.path()), ["a.json"]);
    }

    #[test]
    fn a_pending_file_can_be_read_back_and_is_gone_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let mut pending = Pending::create(&folder.path().join("b.zip"), Mode::Shared).unwrap();
        pending.write_all(b"bytes").unwrap();
        assert_eq!(pending.source().unwrap().len(), 5);
        drop(pending);
        assert_eq!(names(folder.path()), [] as [&str; 0]);
    }

    #[test]
    fn what_a_process_that_died_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (day, path) =
            (std::time::Duration::from_nanos(DAY.unsigned_abs()), |name| folder.path().join(name));
        for (name, age) in
            [(".portfolio-old.tmp", day * 2), (".portfolio-young.tmp", day / 2), ("old.tmp", day * 2)]
        {
            let file = fs::File::create(path(name)).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - age).unwrap();
        }
        fs::create_dir(path(".portfolio-folder.tmp")).unwrap();
        let pending = Pending::create(&path("b.zip"), Mode::Shared).unwrap();
        pending.sweep_abandoned();
        pending.commit_new().unwrap();
        let left = [".portfolio-folder.tmp", ".portfolio-young.tmp", "b.zip", "old.tmp"];
        assert_eq!(names(folder.path()), left);
    }

    #[test]
    fn what_is_written_after_settling_is_kept_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.zip");
        let mut pending = Pending::create(&path, Mode::Shared).unwrap();
        pending.write_all(b"one").unwrap();
        pending.settle().unwrap();
        assert!(pending.settling.is_some());
        pending.write_all(b" two").unwrap();
        assert!(pending.settling.is_none());
        pending.settle().unwrap();
        pending.commit_new().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one two");
        assert_eq!(names(folder.path()), ["c.zip"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_for_its_owner_alone() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        write_new(&path, b"secret", Mode::Private).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_a_link_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let link = folder.path().join("artifacts");
        std::os::unix::fs::symlink(elsewhere.path(), &link).unwrap();
        let refused = write_new(&link.join("a"), b"x", Mode::Shared);
        assert!(matches!(refused, Err(DiskFault::NotAFolder { what: Kind::Link, .. })));
        assert_eq!(names(elsewhere.path()), [] as [&str; 0]);
    }
}
