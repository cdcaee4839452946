//! Finds the published test vectors, which lie beside the project and not in it.

use std::path::PathBuf;

/// A folder of vectors: below `PORTFOLIO_VECTORS`, or else below `../shared/vectors` seen from the project. Says loudly
/// that nothing was tested when it is not there.
#[allow(clippy::print_stderr, reason = "what could not be tested is said loudly")]
pub fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PORTFOLIO_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "NOT TESTED: no published vectors at {}; set PORTFOLIO_VECTORS to their folder",
        folder.display()
    );
    None
}
