//! What the system notes about a file beside its bytes, to know whether they can have changed.

use std::fs::Metadata;
use std::time::SystemTime;

const SECOND: i64 = 1_000_000_000;
/// Systems that note fractions of a second advance their clock at least this often; a generous multiple of it.
const FINE_TICK: i64 = SECOND / 10;
/// FAT notes even seconds alone.
const COARSE_TICK: i64 = 2 * SECOND;

/// Length, times and number of a file. While all of it stays as it was, so have the bytes: on Unix even where a
/// program set the time of the last write back, because it cannot set back the time of the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stat {
    /// Length in bytes.
    pub len: u64,
    /// Last write to the content, in nanoseconds since 1970; zero where the system does not say.
    pub modified: i64,
    /// Last change of anything about the file (Unix `ctime`), likewise; zero on other systems.
    pub changed: i64,
    /// Number of the file on its disk (Unix `inode`); zero on other systems.
    pub inode: u64,
}

impl Stat {
    pub(super) fn of(facts: &Metadata) -> Stat {
        let modified =
            facts.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = modified.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let changed = facts.ctime().saturating_mul(SECOND).saturating_add(facts.ctime_nsec());
            Stat { len: facts.len(), modified, changed, inode: facts.ino() }
        }
        #[cfg(not(unix))]
        Stat { len: facts.len(), modified, changed: 0, inode: 0 }
    }

    /// Whether a write at `now`, by the clock of the same disk, would surely be noted with a later time.
    ///
    /// A file written to a moment ago can be written to again within one tick of that clock, and look the same.
    #[must_use]
    pub fn is_settled(&self, now: &Stat) -> bool {
        let latest = self.modified.max(self.changed);
        let tick = if latest % SECOND == 0 { COARSE_TICK } else { FINE_TICK };
        self.modified != 0 && latest.saturating_add(tick) < now.modified
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(nanoseconds: i64) -> Stat {
        Stat { len: 1, modified: nanoseconds, ..Stat::default() }
    }

    #[test]
    fn what_was_written_a_tick_ago_may_be_written_again_unseen() {
        let fine = written(10 * SECOND + 1);
        assert!(!fine.is_settled(&written(10 * SECOND + 2)));
        assert!(!fine.is_settled(&written(10 * SECOND + 1 + FINE_TICK)));
        assert!(fine.is_settled(&written(10 * SECOND + 2 + FINE_TICK)));
        let coarse = written(10 * SECOND);
        assert!(!coarse.is_settled(&written(12 * SECOND)));
        assert!(coarse.is_settled(&written(12 * SECOND + 1)));
        let from_the_future = Stat { changed: 20 * SECOND + 1, ..fine };
        assert!(!from_the_future.is_settled(&written(15 * SECOND)));
        assert!(!written(0).is_settled(&written(15 * SECOND)));
    }

    #[cfg(unix)]
    #[test]
    fn a_time_set_back_does_not_hide_a_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let look = || Stat::of(&std::fs::metadata(&path).unwrap());
        std::fs::write(&path, b"one").unwrap();
        let before = look();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(50));
        std::fs::write(&path, b"two").unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let after = look();
        assert_eq!((before.len, before.modified, before.inode), (after.len, after.modified, after.inode));
        assert_ne!(before, after);
    }
}
