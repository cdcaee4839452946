//! One writer at a time: an operating-system lock that ends with its process, so that none is ever stale.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use super::{DiskFault, Kind};

/// How long one waiting step takes.
const STEP: Duration = Duration::from_millis(50);

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockHolder {
    /// The command, such as `portfolio bundle`.
    pub command: String,
    /// Its process id.
    pub process: u32,
    /// When it took the lock, in seconds since 1970.
    pub since: i64,
}

impl LockHolder {
    /// This process, doing `command` since `since` (seconds since 1970).
    pub fn this_process(command: &str, since: i64) -> LockHolder {
        LockHolder { command: command.to_owned(), process: std::process::id(), since }
    }

    fn to_line(&self) -> String {
        format!("{} {} {}\n", self.process, self.since, self.command.replace(['\n', '\r'], " "))
    }

    fn from_line(line: &str) -> Option<LockHolder> {
        let mut words = line.strip_suffix('\n')?.splitn(3, ' ');
        let process = words.next()?.parse().ok()?;
        let since = words.next()?.parse().ok()?;
        let command = words.next()?.to_owned();
        Some(LockHolder { command, process, since })
    }
}

/// A lock that is held until this is dropped or the process ends. The file stays.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock at `path`, waiting at most `wait`; held by another it is [`DiskFault::Busy`].
    ///
    /// Network file systems may not lock; where the system says that it cannot, this fails with its words.
    pub fn exclusive(path: &Path, holder: &LockHolder, wait: Option<Duration>) -> Result<Lock, DiskFault> {
        let mut file = open(path)?;
        let mut left = wait.unwrap_or_default();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(e)) => return Err(DiskFault::from_io(path, e)),
                Err(TryLockError::WouldBlock) if left.is_zero() => {
                    return Err(DiskFault::Busy { path: path.to_path_buf(), by: read_holder(&mut file) });
                }
                Err(TryLockError::WouldBlock) => {
                    let nap = left.min(STEP);
                    std::thread::sleep(nap);
                    left -= nap;
                }
            }
        }
        // Who holds it is only for the message, so a full disk is no reason to refuse here.
        let _ = write_holder(&mut file, holder);
        Ok(Lock { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Result<File, DiskFault> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path).map_err(|e| DiskFault::from_opening(path, e))?;
    match Kind::of(file.metadata().map_err(|e| DiskFault::from_io(path, e))?.file_type()) {
        Kind::File => Ok(file),
        what => Err(DiskFault::NotAFile { path: path.to_path_buf(), what }),
    }
}

fn write_holder(file: &mut File, holder: &LockHolder) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(holder.to_line().as_bytes())
}

fn read_holder(file: &mut File) -> Option<LockHolder> {
    file.rewind().ok()?;
    let mut line = String::new();
    file.take(1024).read_to_string(&mut line).ok()?;
    LockHolder::from_line(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_learns_who_is_first_and_gets_in_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = LockHolder::this_process("portfolio bundle", 1_784_905_360);
        let second = LockHolder::this_process("portfolio add", 1_784_905_380);
        let held = Lock::exclusive(&path, &first, None).unwrap();
        match Lock::exclusive(&path, &second, Some(Duration::from_millis(60))) {
            Err(DiskFault::Busy { by, .. }) if cfg!(unix) => assert_eq!(by, Some(first)),
            Err(DiskFault::Busy { .. }) => {}
            other => panic!("{other:?}"),
        }
        let path_too = path.clone();
        let waiting =
            std::thread::spawn(move || Lock::exclusive(&path_too, &second, Some(Duration::from_secs(20))));
        drop(held);
        drop(waiting.join().unwrap().unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"");
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_is_a_link_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &path).unwrap();
        let refused = Lock::exclusive(&path, &LockHolder::this_process("portfolio add", 0), None);
        assert!(matches!(refused, Err(DiskFault::NotAFile { what: Kind::Link, .. })));
    }
}
