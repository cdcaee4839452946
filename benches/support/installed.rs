//! The program as somebody has it who installed it: copied whole. A linker writes in pieces, which the system keeps in
//! small pages, and a program in those takes a good tenth longer to start.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join(Path::new(env!("CARGO_BIN_EXE_portfolio")).file_name().unwrap());
    std::fs::copy(env!("CARGO_BIN_EXE_portfolio"), &program).unwrap();
    program
});

/// The program, with keys and trust list below `home`.
pub fn portfolio(home: &Path) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.env("PORTFOLIO_HOME", home);
    command
}
