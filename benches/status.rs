//! `portfolio status` on ten thousand artifacts against `git status` on the same tree, in pairs and in one run.
//!
//! `cargo bench --bench status` makes the tree below `target/`, commits it, and prints the median of the pairs'
//! ratios. `PORTFOLIO_BENCH_ARTIFACTS=100` makes a smaller one.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement reads the clock, reaches the disk and prints"
)]

#[path = "support/installed.rs"]
mod installed;
#[path = "support/pairs.rs"]
mod pairs;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use installed::portfolio;
use pairs::{compare, heading, seconds};
use portfolio::digest::Digest;

/// Every placement has this many artifacts.
const EACH: usize = 100;

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A portfolio of so many artifacts, each a document of a few kilobytes, made once and committed.
fn tree(folder: &Path, artifacts: usize) -> PathBuf {
    let root = folder.join(format!("portfolio-{artifacts}"));
    if root.join(".git").exists() {
        return root;
    }
    let did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
    let about = format!(
        "{{\n  \"formatVersion\": 1,\n  \"name\": \"Alex Rivera\",\n  \"email\": \"alex@rivera.example\",\n  \
         \"did\": \"{did}\",\n  \"created\": \"2026-05-20T09:00:00Z\"\n}}\n"
    );
    write(&root.join("portfolio.json"), &about);
    write(&root.join(".gitignore"), "private/\n.portfolio/\n");
    write(&root.join(".gitattributes"), "* -text\n");
    for number in 0..artifacts {
        let placement = number / EACH;
        if number % EACH == 0 {
            let record = "{\n  \"formatVersion\": 1,\n  \"title\": \"Work\",\n  \"brief\": {\n    \"deliverables\": [\n      \
                          { \"title\": \"Report\" }\n    ]\n  },\n  \"created\": \"2026-05-20T09:00:00Z\"\n}\n";
            write(&root.join(format!("placements/placement-{placement}/placement.json")), record);
        }
        let document = format!("%PDF-1.7\n{}\n%%EOF\n", format!("{number} ").repeat(600));
        let sha256 = Digest::of(document.as_bytes());
        let record = format!(
            "{{\n  \"formatVersion\": 1,\n  \"title\": \"Work {number}\",\n  \"placement\": \"placement-{placement}\",\n  \
             \"deliverable\": 1,\n  \"document\": \"report.pdf\",\n  \"files\": [\n    {{\n      \"name\": \"report.pdf\",\n      \
             \"mediaType\": \"application/pdf\",\n      \"size\": {},\n      \"sha256\": \"{}\",\n      \
             \"role\": \"document\"\n    }}\n  ],\n  \"added\": \"2026-06-20T09:00:00Z\"\n}}\n",
            document.len(),
            sha256.hex()
        );
        let artifact = root.join(format!("artifacts/work-{number}"));
        write(&artifact.join("artifact.json"), &record);
        write(&artifact.join("report.pdf"), &document);
    }
    let git = |line: &[&str]| seconds(&mut git(&root, line));
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["-c", "user.name=Alex", "-c", "user.email=a@rivera.example", "commit", "-q", "-m", "all"]);
    root
}

fn git(root: &Path, line: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(line);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

fn status(root: &Path) -> Command {
    let mut command = portfolio(&root.with_extension("home"));
    command.arg("-C").arg(root).arg("status");
    command
}

fn main() {
    if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("git is not here: nothing was compared");
        return;
    }
    let artifacts = std::env::var("PORTFOLIO_BENCH_ARTIFACTS");
    let artifacts = artifacts.ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let root = tree(Path::new(env!("CARGO_TARGET_TMPDIR")), artifacts);
    // What is this fresh is read again each time, here and by git.
    std::thread::sleep(std::time::Duration::from_secs(1));

    heading("portfolio status / git status", "ours", "git");
    let what = format!("{artifacts} artifacts, nothing changed");
    compare(&what, "<= 1.00", 21, &mut || seconds(&mut status(&root)), &mut || {
        seconds(&mut git(&root, &["status"]))
    });
    let what = format!("{artifacts} artifacts, nothing remembered");
    let forget = || {
        let _ = std::fs::remove_file(root.join(".portfolio/status.txt"));
        seconds(&mut status(&root))
    };
    compare(&what, "", 5, &mut { forget }, &mut || seconds(&mut git(&root, &["status"])));
}
