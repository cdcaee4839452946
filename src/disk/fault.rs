//! What the disk answered when it did not do as asked.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::kind_of;
use super::lock::LockHolder;

/// What a path turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, or a reparse point on Windows.
    Link,
    /// A named pipe (FIFO).
    Pipe,
    /// A socket.
    Socket,
    /// A character or block device.
    Device,
    /// Something this system has no word for.
    Other,
}

impl Kind {
    pub(super) fn of(kind: std::fs::FileType) -> Kind {
        if kind.is_file() {
            return Kind::File;
        }
        if kind.is_dir() {
            return Kind::Folder;
        }
        if kind.is_symlink() {
            return Kind::Link;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if kind.is_fifo() {
                return Kind::Pipe;
            }
            if kind.is_socket() {
                return Kind::Socket;
            }
            if kind.is_char_device() || kind.is_block_device() {
                return Kind::Device;
            }
        }
        Kind::Other
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::File => "a file",
            Kind::Folder => "a folder",
            Kind::Link => "a link",
            Kind::Pipe => "a pipe",
            Kind::Socket => "a socket",
            Kind::Device => "a device",
            Kind::Other => "not an ordinary file",
        })
    }
}

/// Why the disk did not do what was asked. Nothing was changed when one is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiskFault {
    /// There is nothing under this name.
    #[error("{} is not there", .0.display())]
    NotFound(PathBuf),
    /// A file was wanted and this is something else; it was neither followed nor waited for.
    #[error("{} is {what}", .path.display())]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: Kind,
    },
    /// A folder was wanted and this is something else; it was not followed.
    #[error("{} is {what}, not a folder", .path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: Kind,
    },
    /// The file is larger than what is read here.
    #[error("{} has {found} bytes, more than {limit}", .path.display())]
    TooLarge {
        /// Where.
        path: PathBuf,
        /// The bound, in bytes.
        limit: u64,
        /// What the file has, in bytes; at least this much when it grew while it was read.
        found: u64,
    },
    /// The file was written to while it was read.
    #[error("{} changed while it was being read", .0.display())]
    ChangedWhileRead(PathBuf),
    /// The system does not allow it.
    #[error("{} may not be reached", .0.display())]
    Denied(PathBuf),
    /// No space, or no quota, left.
    #[error("no space left for {}", .path.display())]
    Full {
        /// What was being written, or its folder.
        path: PathBuf,
        /// Bytes wanted, where that is known.
        needed: Option<u64>,
        /// Bytes free, where the system says.
        free: Option<u64>,
    },
    /// The file system is mounted for reading only.
    #[error("{} is on a read-only disk", .0.display())]
    ReadOnly(PathBuf),
    /// Something has this name already, and it was left alone.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// Another process holds the lock.
    #[error("{} is locked by another process", .path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// Who holds it, where they could be read.
        by: Option<LockHolder>,
    },
    /// A private file that others on this computer can read or write.
    #[error("{} can be read by others (mode {mode:04o})", .path.display())]
    Exposed {
        /// Where.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Anything else the system said.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

impl DiskFault {
    /// The fault that `error` is, at `path`.
    pub fn from_io(path: &Path, error: io::Error) -> DiskFault {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => DiskFault::NotFound(path),
            io::ErrorKind::PermissionDenied => DiskFault::Denied(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                DiskFault::Full { path, needed: None, free: None }
            }
            io::ErrorKind::ReadOnlyFilesystem => DiskFault::ReadOnly(path),
            io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => DiskFault::Exists(path),
            _ => DiskFault::Io { path, source: error },
        }
    }

    /// The fault that `error` is when a file at `path` did not open: what else is there is named.
    pub(super) fn from_opening(path: &Path, error: io::Error) -> DiskFault {
        match kind_of(path) {
            Ok(Some(what)) if what != Kind::File => DiskFault::NotAFile { path: path.to_path_buf(), what },
            _ => DiskFault::from_io(path, error),
        }
    }

    /// The path it is about.
    pub fn path(&self) -> &Path {
        match self {
            DiskFault::NotFound(path)
            | DiskFault::ChangedWhileRead(path)
            | DiskFault::Denied(path)
            | DiskFault::ReadOnly(path)
            | DiskFault::Exists(path)
            | DiskFault::NotAFile { path, .. }
            | DiskFault::NotAFolder { path, .. }
            | DiskFault::TooLarge { path, .. }
            | DiskFault::Full { path, .. }
            | DiskFault::Busy { path, .. }
            | DiskFault::Exposed { path, .. }
            | DiskFault::Io { path, .. } => path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_as_such() {
        use std::io::Write;
        let path = Path::new("/dev/full");
        let mut full = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        let fault = DiskFault::from_io(path, full.write_all(b"x").unwrap_err());
        assert!(matches!(fault, DiskFault::Full { needed: None, free: None, .. }));
    }

    #[test]
    fn each_answer_of_the_system_has_its_own_name() {
        let path = Path::new("a");
        let of = |kind: io::ErrorKind| DiskFault::from_io(path, kind.into());
        assert!(matches!(of(io::ErrorKind::NotFound), DiskFault::NotFound(_)));
        assert!(matches!(of(io::ErrorKind::PermissionDenied), DiskFault::Denied(_)));
        assert!(matches!(of(io::ErrorKind::ReadOnlyFilesystem), DiskFault::ReadOnly(_)));
        assert!(matches!(of(io::ErrorKind::QuotaExceeded), DiskFault::Full { .. }));
        assert!(matches!(of(io::ErrorKind::AlreadyExists), DiskFault::Exists(_)));
        assert!(matches!(of(io::ErrorKind::BrokenPipe), DiskFault::Io { .. }));
    }
}
