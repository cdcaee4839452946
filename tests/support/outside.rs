//! The tools of other people that our files are held against, where they are installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The tool's path if it starts here and the trial ends well; an empty trial asks only that it starts. Where the build demands everything (`CI` is set) a missing tool is a failure;
/// elsewhere the test says loudly that it checked nothing.
pub fn tool(name: &str, trial: &[&str]) -> Option<PathBuf> {
    let beside_the_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outside/bin").join(name);
    let candidates = [beside_the_build, PathBuf::from(name)];
    let found = candidates.into_iter().find(|path| {
        let status = Command::new(path)
            .args(trial)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success() || trial.is_empty())
    });
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{name} {trial:?} does not start here");
        eprintln!("\n*** NOT CHECKED: {name} {trial:?} does not start here ***\n");
    }
    found
}
