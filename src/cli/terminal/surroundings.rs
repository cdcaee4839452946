//! The world around one run: the only place that reads the environment, the clock and the source of randomness.
//!
//! Everything else takes a [`World`], so that `demo` runs the real commands in a world of its own and tests
//! repeat to the byte.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use portfolio::bundle::Threads;
use portfolio::time::Timestamp;
use sha2::{Digest, Sha256};

/// What one run knows about its surroundings; read once, then only looked at.
#[derive(Clone)]
pub struct World {
    now: Timestamp,
    folder: PathBuf,
    variables: BTreeMap<String, OsString>,
    chance: Chance,
    started: Stopwatch,
}

/// Where random bytes come from.
#[derive(Clone)]
enum Chance {
    /// The operating system.
    System,
    /// A fixed stream, for sample worlds alone: its keys are known to everyone.
    Sample { seed: [u8; 32], drawn: Rc<Cell<u64>> },
}

/// Time since something began, for progress lines alone.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl World {
    /// The surroundings of this process. `SOURCE_DATE_EPOCH`, in seconds, stands for the clock where it is set.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the environment and the clock are read"
    )]
    pub fn of_this_process() -> std::io::Result<World> {
        let variables: BTreeMap<String, OsString> =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect();
        let clock = std::time::SystemTime::now();
        let since_1970 = clock.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
        let fixed = variables.get("SOURCE_DATE_EPOCH").and_then(|value| value.to_str()?.parse::<i64>().ok());
        Ok(World {
            now: Timestamp::from_unix(fixed.unwrap_or(i64::try_from(since_1970).unwrap_or(i64::MAX))),
            folder: std::env::current_dir()?,
            variables,
            chance: Chance::System,
            started: Stopwatch::start(),
        })
    }

    /// A sample world: a folder, a home for keys and trust list, a fixed clock and known randomness.
    pub fn sample(folder: &Path, home: &Path, now: Timestamp, seed: [u8; 32]) -> World {
        let variables = BTreeMap::from([("PORTFOLIO_HOME".to_owned(), home.as_os_str().to_owned())]);
        World {
            now,
            folder: folder.to_owned(),
            variables,
            chance: Chance::Sample { seed, drawn: Rc::new(Cell::new(0)) },
            started: Stopwatch::start(),
        }
    }

    /// The same world seen from another folder (`-C DIR`), relative to this one's.
    pub fn moved_to(&self, folder: &Path) -> World {
        World { folder: self.folder.join(folder), ..self.clone() }
    }

    /// The time to write into what is made, and to judge by where no other is named.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The folder that relative paths start from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A path as typed, seen from [`World::folder`].
    pub fn at(&self, typed: &Path) -> PathBuf {
        self.folder.join(typed)
    }

    /// An environment variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&OsString> {
        self.variables.get(name).filter(|value| !value.is_empty())
    }

    /// An environment variable as text; one that is not UTF-8 counts as absent.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.variable(name)?.to_str()
    }

    /// Where private keys are kept: never inside a portfolio.
    pub fn keys_folder(&self) -> Option<PathBuf> {
        if let Some(home) = self.portfolio_home() {
            return Some(home.join("keys"));
        }
        let data = self.absolute("XDG_DATA_HOME").or_else(|| usual(&[".local", "share"], dirs::data_dir))?;
        Some(data.join("portfolio").join("keys"))
    }

    /// Where settings and the trust list are kept.
    pub fn settings_folder(&self) -> Option<PathBuf> {
        if let Some(home) = self.portfolio_home() {
            return Some(home);
        }
        let config = self.absolute("XDG_CONFIG_HOME").or_else(|| usual(&[".config"], dirs::config_dir))?;
        Some(config.join("portfolio"))
    }

    /// The person's own folder, for `~` in what is shown and for the keys they may already have.
    pub fn home(&self) -> Option<PathBuf> {
        self.portfolio_home().or_else(dirs::home_dir)
    }

    /// Fresh random bytes.
    pub fn random<const N: usize>(&self) -> std::io::Result<[u8; N]> {
        let mut bytes = [0; N];
        match &self.chance {
            Chance::System => getrandom::fill(&mut bytes).map_err(std::io::Error::other)?,
            Chance::Sample { seed, drawn } => {
                for chunk in bytes.chunks_mut(32) {
                    let block =
                        Sha256::new().chain_update(seed).chain_update(drawn.get().to_be_bytes()).finalize();
                    drawn.set(drawn.get() + 1);
                    chunk.copy_from_slice(&block[..chunk.len()]);
                }
            }
        }
        Ok(bytes)
    }

    /// How many threads are worth starting.
    pub fn threads(&self) -> Threads {
        Threads::Asked(|| std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// Time since the run began.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn portfolio_home(&self) -> Option<PathBuf> {
        self.variable("PORTFOLIO_HOME").map(|home| self.folder.join(home))
    }

    /// XDG says that a relative path in one of its variables is to be ignored.
    fn absolute(&self, name: &str) -> Option<PathBuf> {
        self.variable(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }
}

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "the one place where a clock is read")]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Keeps what is in memory out of a core file, should the program ever fall: a key may be open then. Best effort.
pub fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// The platform's folder; on macOS the one under the home folder where people already keep such things.
fn usual(under_home: &[&str], platform: fn() -> Option<PathBuf>) -> Option<PathBuf> {
    if cfg!(target_os = "macos") {
        let mut wanted = dirs::home_dir()?;
        wanted.extend(under_home);
        if wanted.read_dir().is_ok() {
            return Some(wanted);
        }
    }
    platform()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> World {
        World::sample(
            Path::new("/sample"),
            Path::new("/home/alex"),
            Timestamp::from_unix(1_784_900_000),
            [7; 32],
        )
    }

    #[test]
    fn a_sample_world_draws_the_same_bytes_again_and_never_twice_in_one_run() {
        let (one, two) = (sample(), sample());
        let first: [u8; 40] = one.random().unwrap();
        assert_eq!(first, two.random::<40>().unwrap());
        assert_ne!(first, one.random::<40>().unwrap());
        assert_ne!(first[..8], first[32..]);
    }

    #[cfg(unix)]
    #[test]
    fn no_core_is_left() {
        leave_no_core();
        let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }

    #[test]
    fn portfolio_home_moves_keys_and_settings() {
        let world = sample();
        assert_eq!(world.keys_folder().unwrap(), Path::new("/home/alex/keys"));
        assert_eq!(world.settings_folder().unwrap(), Path::new("/home/alex"));
        assert_eq!(world.at(Path::new("a.pdf")), Path::new("/sample/a.pdf"));
    }
}
