//! Runs the built program in a home of its own, with a fixed clock and nothing of the surroundings.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// 22 November 2026, 12:00 UTC: the day on which the transcripts' recruiter looks.
pub const NOW: &str = "1795348800";

/// A temporary folder with an empty home in it, removed at the end.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that sees only this place: an empty home, no terminal, no colour, the fixed clock.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let home = self.join("home");
        std::fs::create_dir_all(&home).unwrap();
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("LANG", "C.UTF-8")
            .env("SOURCE_DATE_EPOCH", NOW)
            .current_dir(self.path())
            .stdin(Stdio::null());
        command
    }

    /// The program with these arguments, run to its end.
    pub fn portfolio<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Output {
        self.command(env!("CARGO_BIN_EXE_portfolio")).args(arguments).output().unwrap()
    }

    /// The bundle in the sample world.
    pub fn sample_bundle(&self) -> PathBuf {
        let is_bundle = |path: &PathBuf| {
            let bytes = std::fs::read(path).unwrap();
            path.extension().is_some_and(|extension| extension == "zip")
                && bytes.windows(18).any(|window| window == b"/presentation.json")
        };
        files_below(&self.join("sample")).into_iter().find(is_bundle).unwrap()
    }

    /// The sample world that `demo` makes, below the folder `sample`.
    pub fn with_sample() -> Place {
        let place = Place::new();
        let output = place.portfolio(["demo", "sample"]);
        assert!(output.status.success(), "{}", shown(&output));
        place
    }
}

/// Everything a finished command said, for a failing test's message.
pub fn shown(output: &Output) -> String {
    format!(
        "{}\n--- stdout\n{}--- stderr\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Every file below a folder, in the order of their paths.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
