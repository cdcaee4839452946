//! Every published vector, file by file: which test runs it, or why none does; and those that no other test runs.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]
#![cfg(feature = "jwt")]

#[path = "published_vectors/account.rs"]
mod account;
#[path = "published_vectors/checked.rs"]
mod checked;
#[path = "support/vectors.rs"]
mod vectors;
#[path = "published_vectors/worked.rs"]
mod worked;

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Every file below a folder, in order.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A file's name below the folder of all vectors, with `/` between its parts.
fn name_below(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap());
    parts.collect::<Vec<_>>().join("/")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
