//! Other programs read what is written here, and what they pack again is told for what it is.
//!
//! Python, `unzip`, `zip`, `sha256sum` and bagit-python are asked where they are there; where not, the test says so.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise, reach the disk and say what they could not ask"
)]

#[path = "support/bag.rs"]
mod bag;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use bag::{payload, sample};
use portfolio::bundle::{ArchiveFault, Input, Packer, open};
use portfolio::digest::Digest;

/// Whether a program answers; if not, says that a part of this test was not run.
fn is_there(program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    if !there {
        // Written past the test harness, which would swallow it in a passing test.
        let asked = arguments.join(" ");
        let mut screen = std::io::stderr();
        writeln!(screen, "NOT RUN: `{program} {asked}` does not answer here, so it was not asked").unwrap();
    }
    there
}

/// Runs a program to a good end and gives its standard output.
fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}\n{out}{err}");
    out.into_owned()
}

/// A folder with the sample as `bundle.zip`.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("bundle.zip"), sample()).unwrap();
    place
}

/// `path digest` lines of everything in the sample, as the room itself reads it.
fn ours() -> Vec<String> {
    let archive = sample();
    let opened = open(Input::Archive(&archive)).unwrap();
    let digest = |path| Digest::of(&opened.read(path, 1 << 20).unwrap());
    let lines =
        opened.entries().iter().map(|entry| format!("alex-rivera/{} {}", entry.path, digest(&entry.path)));
    lines.collect()
}

fn packed_again(place: &Path) -> ArchiveFault {
    let archive = std::fs::read(place.join("again.zip")).unwrap();
    open(Input::Archive(&archive)).err().expect("the archive that was packed again is taken")
}

const LIST: &str = "
import hashlib, sys, zipfile
sys.stdout.reconfigure(encoding='utf-8')
with zipfile.ZipFile('bundle.zip') as archive:
    assert archive.testzip() is None
    for entry in archive.infolist():
        print(entry.filename, hashlib.sha256(archive.read(entry)).hexdigest())
";

const PACK: &str = "
import pathlib, sys, zipfile
method = zipfile.ZIP_DEFLATED if sys.argv[1] == 'deflated' else zipfile.ZIP_STORED
with zipfile.ZipFile('bundle.zip') as archive:
    archive.extractall('.')
with zipfile.ZipFile('again.zip', 'w', method) as archive:
    for path in sorted(pathlib.Path('alex-rivera').rglob('*')):
        if path.is_file():
            archive.write(path, str(path))
";

#[test]
fn python_lists_the_same_names_and_bytes() {
    if is_there("python3", &["--version"]) {
        let listed = run("python3", &["-c", LIST], place().path());
        assert_eq!(listed.lines().collect::<Vec<_>>(), ours());
    }
}

#[test]
fn python_packs_it_again_and_that_is_what_is_said() {
    if !is_there("python3", &["--version"]) {
        return;
    }
    for method in ["stored", "deflated"] {
        let place = place();
        run("python3", &["-c", PACK, method], place.path());
        let fault = packed_again(place.path());
        assert!(matches!(&fault, ArchiveFault::Repacked { by: Packer::Python, .. }), "{method}: {fault}");
    }
}

#[test]
fn unzip_finds_nothing_wrong_and_zip_packs_it_again() {
    if !is_there("unzip", &["-v"]) {
        return;
    }
    let place = place();
    let tested = run("unzip", &["-t", "bundle.zip"], place.path());
    assert!(tested.contains("No errors detected in compressed data of bundle.zip."), "{tested}");
    run("unzip", &["-q", "bundle.zip"], place.path());
    for (path, bytes) in payload() {
        assert_eq!(std::fs::read(place.path().join("alex-rivera").join(path)).unwrap(), bytes);
    }
    if is_there("zip", &["-v"]) {
        for options in ["-qr", "-q0rX", "-q0rXD"] {
            let _ = std::fs::remove_file(place.path().join("again.zip"));
            run("zip", &[options, "again.zip", "alex-rivera"], place.path());
            let fault = packed_again(place.path());
            assert!(
                matches!(&fault, ArchiveFault::Repacked { by: Packer::InfoZip, .. }),
                "{options}: {fault}"
            );
        }
    }
}

/// Unpacks the sample with our own reader, as any unpacker would.
fn unpack(place: &Path) {
    let archive = sample();
    let opened = open(Input::Archive(&archive)).unwrap();
    for entry in opened.entries() {
        let path = place.join(opened.top()).join(entry.path.as_str());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, opened.read(&entry.path, 1 << 20).unwrap()).unwrap();
    }
}

#[test]
fn sha256sum_checks_both_manifests_in_the_top_folder() {
    if is_there("sha256sum", &["--version"]) {
        let place = place();
        unpack(place.path());
        let top = place.path().join("alex-rivera");
        let checked = run("sha256sum", &["-c", "manifest-sha256.txt"], &top);
        assert_eq!(checked.lines().filter(|line| line.ends_with(": OK")).count(), 4, "{checked}");
        let checked = run("sha256sum", &["-c", "tagmanifest-sha256.txt"], &top);
        assert_eq!(checked.lines().filter(|line| line.ends_with(": OK")).count(), 5, "{checked}");
    }
}

const VALIDATE: &str = "
import bagit
bag = bagit.Bag('alex-rivera')
bag.validate(processes=1)
print(bag.version, sorted(bag.payload_files()) == sorted(bag.payload_entries()), bag.info['Payload-Oxum'])
";

#[test]
fn an_outside_bag_validator_is_content() {
    if is_there("python3", &["-c", "import bagit"]) {
        let place = place();
        unpack(place.path());
        assert_eq!(run("python3", &["-c", VALIDATE], place.path()), "1.0 True 1211.4\n");
    }
}
