//! Opening files for reading: what they are is asked of the handle, and what is not a file is named, not read.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::{DiskFault, Kind, Stat};
use crate::source::Source;

/// What to do with a symbolic link at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Read what it points to: for files a person named on the command line to look at.
    Follow,
    /// Refuse it by name: for everything that is kept, and for keys.
    Refuse,
}

/// Length and time of last change of a file, to notice one that is written to while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Length in bytes.
    pub len: u64,
    /// Time of last change in nanoseconds since 1970, zero where the system does not say.
    pub changed: i128,
}

impl Stamp {
    pub(super) fn of(facts: &Metadata) -> Stamp {
        let changed = match facts.modified().map(|time| time.duration_since(SystemTime::UNIX_EPOCH)) {
            Ok(Ok(after)) => i128::try_from(after.as_nanos()).unwrap_or(0),
            Ok(Err(before)) => -i128::try_from(before.duration().as_nanos()).unwrap_or(0),
            Err(_) => 0,
        };
        Stamp { len: facts.len(), changed }
    }
}

/// A file on disk, read at offsets through one handle.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    path: PathBuf,
    stamp: Stamp,
    stat: Stat,
}

impl FileSource {
    /// Opens an ordinary file; anything else is [`DiskFault::NotAFile`], at once and without blocking.
    pub fn open(path: &Path, links: Links) -> Result<FileSource, DiskFault> {
        let (file, facts) = open_file(path, links)?;
        Ok(FileSource { file, path: path.to_path_buf(), stamp: Stamp::of(&facts), stat: Stat::of(&facts) })
    }

    pub(super) fn from_file(file: File, path: &Path) -> Result<FileSource, DiskFault> {
        let facts = file_facts(&file, path)?;
        Ok(FileSource { file, path: path.to_path_buf(), stamp: Stamp::of(&facts), stat: Stat::of(&facts) })
    }

    /// Where it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Length and time of change when it was opened.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// What the system noted about it when it was opened.
    pub fn stat(&self) -> Stat {
        self.stat
    }

    /// Fails with [`DiskFault::ChangedWhileRead`] if the file was written to since it was opened.
    pub fn require_unchanged(&self) -> Result<(), DiskFault> {
        let facts = self.file.metadata().map_err(|e| DiskFault::from_io(&self.path, e))?;
        if Stamp::of(&facts) == self.stamp {
            Ok(())
        } else {
            Err(DiskFault::ChangedWhileRead(self.path.clone()))
        }
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.stamp.len
    }

    #[cfg(unix)]
    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn read_exact_at(&self, mut offset: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        use std::os::windows::fs::FileExt;
        while !buffer.is_empty() {
            match self.file.seek_read(buffer, offset) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => {
                    buffer = &mut buffer[count..];
                    offset += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The whole of an ordinary file of at most `limit` bytes, following no link.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, DiskFault> {
    let (file, facts) = open_file(path, Links::Refuse)?;
    let mut bytes = Vec::new();
    read_to(&file, &facts, path, limit, &mut bytes)?;
    Ok(bytes)
}

/// The whole of a secret file that nobody but its owner can reach, zeroed when dropped.
///
/// On Unix a file with any permission for group or others is [`DiskFault::Exposed`] and is not read, as `ssh` does.
pub fn read_private(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, DiskFault> {
    let (file, facts) = open_file(path, Links::Refuse)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let mode = facts.mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(DiskFault::Exposed { path: path.to_path_buf(), mode });
        }
    }
    let mut bytes = Zeroizing::new(Vec::new());
    read_to(&file, &facts, path, limit, &mut bytes)?;
    Ok(bytes)
}

/// Room is made once, so that a secret leaves no copies behind while the buffer grows.
fn read_to(
    file: &File,
    facts: &Metadata,
    path: &Path,
    limit: u64,
    into: &mut Vec<u8>,
) -> Result<(), DiskFault> {
    let too_large = |found| DiskFault::TooLarge { path: path.to_path_buf(), limit, found };
    if facts.len() > limit {
        return Err(too_large(facts.len()));
    }
    into.reserve_exact(usize::try_from(facts.len()).map_err(|_| too_large(facts.len()))? + 1);
    let read =
        file.take(limit.saturating_add(1)).read_to_end(into).map_err(|e| DiskFault::from_io(path, e))?;
    if read as u64 > limit {
        return Err(too_large(read as u64));
    }
    Ok(())
}

fn open_file(path: &Path, links: Links) -> Result<(File, Metadata), DiskFault> {
    let fault = |e| DiskFault::from_io(path, e);
    // Looked at before it is opened, since opening alone can disturb a device; the handle decides in the end.
    let before = match links {
        Links::Follow => std::fs::metadata(path),
        Links::Refuse => std::fs::symlink_metadata(path),
    };
    let what = Kind::of(before.map_err(fault)?.file_type());
    if what != Kind::File {
        return Err(DiskFault::NotAFile { path: path.to_path_buf(), what });
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        if links == Links::Refuse {
            flags |= OFlags::NOFOLLOW;
        }
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(windows)]
    if links == Links::Refuse {
        use std::os::windows::fs::OpenOptionsExt;
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
    let file = options.open(path).map_err(|e| DiskFault::from_opening(path, e))?;
    let facts = file_facts(&file, path)?;
    Ok((file, facts))
}

fn file_facts(file: &File, path: &Path) -> Result<Metadata, DiskFault> {
    let facts = file.metadata().map_err(|e| DiskFault::from_io(path, e))?;
    match Kind::of(facts.file_type()) {
        Kind::File => Ok(facts),
        what => Err(DiskFault::NotAFile { path: path.to_path_buf(), what }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_read_to_its_bound_and_not_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, b"portfolio").unwrap();
        assert_eq!(read_bounded(&path, 9).unwrap(), b"portfolio");
        assert!(matches!(read_bounded(&path, 8), Err(DiskFault::TooLarge { limit: 8, found: 9, .. })));
        assert!(matches!(read_bounded(&folder.path().join("b"), 8), Err(DiskFault::NotFound(_))));
        let source = FileSource::open(&path, Links::Refuse).unwrap();
        let mut four = [0; 4];
        source.read_exact_at(4, &mut four).unwrap();
        assert_eq!(&four, b"foli");
        assert_eq!(source.read_exact_at(6, &mut four).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        source.require_unchanged().unwrap();
        fs::write(&path, b"portfolios").unwrap();
        assert!(matches!(source.require_unchanged(), Err(DiskFault::ChangedWhileRead(_))));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_a_file_is_named_and_never_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), b"x").unwrap();
        std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        let what = |path: &Path| match read_bounded(path, 10) {
            Err(DiskFault::NotAFile { what, .. }) => what,
            other => panic!("{other:?}"),
        };
        assert_eq!(what(&at("link")), Kind::Link);
        assert_eq!(what(&at("pipe")), Kind::Pipe);
        assert_eq!(what(&at("socket")), Kind::Socket);
        assert_eq!(what(folder.path()), Kind::Folder);
        assert_eq!(what(Path::new("/dev/zero")), Kind::Device);
        assert_eq!(FileSource::open(&at("link"), Links::Follow).unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_not_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, b"secret").unwrap();
        for mode in [0o640, 0o604, 0o620, 0o601] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(
                matches!(read_private(&path, 99), Err(DiskFault::Exposed { mode: found, .. }) if found == mode)
            );
        }
        for mode in [0o600, 0o400, 0o700] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(read_private(&path, 99).unwrap().as_slice(), b"secret");
        }
    }
}
