//! Commands that write outside the portfolio's folder (keys, the trust list, answers) leave the old state or the new
//! one, wherever they are killed and whatever the disk answers.
//!
//! The program runs under `strace`, which kills it at, or fails, the first, second, third … call of a kind, until it
//! gets through. Without `strace` the test says so, loudly, and does no more.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not do"
)]

#[path = "support/journey.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod journey;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::collections::BTreeMap;
use std::process::Output;

use journey::{Journey, PRIYA, Person, RECRUITER};
use program::{files_below, shown};

const CALLS: [&str; 6] = ["fsync", "linkat", "renameat2", "rename", "write", "mkdir"];

/// Every file of the person's folder and home, but what a killed process leaves behind under a name of its own.
fn state(journey: &Journey, person: Person) -> BTreeMap<String, Vec<u8>> {
    let root = journey.place.path();
    let folders = [root.join(person.folder), root.join("homes").join(person.folder)];
    let files = folders.iter().filter(|folder| folder.exists()).flat_map(|folder| files_below(folder));
    let name = |path: &std::path::PathBuf| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let kept = files.filter(|path| !is_leftover(path.file_name().unwrap().to_str().unwrap()));
    kept.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect()
}

fn is_leftover(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".lock")
}

/// Runs one command under `strace` and gives the calls that it made.
fn traced(journey: &Journey, person: Person, line: &[&str], options: &[&str]) -> (Output, String) {
    let log = journey.place.join("calls.txt");
    let command = journey.command(person, 24, line);
    let mut strace = journey.place.command("strace");
    strace.arg("--follow-forks").args(options).arg("--output").arg(&log);
    strace
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap());
    strace.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = strace.output().unwrap();
    (output, std::fs::read_to_string(&log).unwrap())
}

/// Spoils each call of each kind in turn; `fresh` gives a world in which the command has not run yet.
fn hold(person: Person, line: &[&str], fresh: impl Fn() -> Journey) {
    if outside::tool("strace", &["--output=/dev/null", "true"]).is_none() {
        return;
    }
    let mut journey = fresh();
    let before = state(&journey, person);
    let (output, calls) = traced(&journey, person, line, &[&format!("--trace={}", CALLS.join(","))]);
    assert!(output.status.success(), "{}", shown(&output));
    let new = state(&journey, person);
    assert_ne!(before, new);
    let number_of = |call: &str| calls.lines().filter(|line| line.contains(&format!(" {call}("))).count();
    assert!(number_of("fsync") >= 2, "file and folder reach the disk: {calls}");

    journey = fresh();
    for how in ["signal=KILL", "error=ENOSPC"] {
        for (call, number) in
            CALLS.iter().flat_map(|call| (1..=number_of(call)).map(move |number| (call, number)))
        {
            let place = format!("{how} at {call} {number}");
            let inject = format!("--inject={call}:{how}:when={number}");
            let (output, calls) = traced(&journey, person, line, &[&format!("--trace={call}"), &inject]);
            if !calls.contains("INJECTED") && !calls.contains("killed by SIGKILL") {
                // Folders that an earlier victim made are not made again.
                assert!(output.status.success() && *call == "mkdir", "{place}: {calls}");
                journey = fresh();
                continue;
            }
            let after = state(&journey, person);
            if after == before {
                assert!(!output.status.success(), "{place}: {}", shown(&output));
                continue;
            }
            // Something is new. Each file is then the old one or a whole new one, and the command can run again.
            for (name, bytes) in before.iter().filter(|(name, _)| !name.ends_with("trust.json")) {
                assert!(after.get(name) == Some(bytes), "{name} changed: {place}");
            }
            assert!(after.keys().all(|name| new.contains_key(name)), "{place}: {:?}", after.keys());
            let again = journey.command(person, 24, line).output().unwrap();
            let known = String::from_utf8_lossy(&again.stderr).contains("already");
            assert!(again.status.success() || known, "{place}: {}\nthen {}", shown(&output), shown(&again));
            journey = fresh();
        }
    }
}

#[test]
fn a_new_key() {
    hold(PRIYA, &["key", "new", "priya", "--passphrase-file", "../passphrase"], Journey::new);
}

#[test]
fn a_line_in_the_trust_list() {
    let sign_off = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/sign-off.json");
    let words = "cushion interest orphan fog venue open faint item";
    let add = [
        "trust",
        "add",
        sign_off.to_str().unwrap(),
        "--as",
        "Priya Nair",
        "--basis",
        "phoned",
        "--words",
        words,
    ];
    hold(RECRUITER, &add, || {
        let journey = Journey::new();
        // There is a list already, with somebody else's key.
        let key = portfolio::proof::SecretKey::from_seed(&[8; 32]);
        let public = portfolio::proof::Signer::public_key(&key);
        std::fs::write(journey.place.join("recruiter/tom.pub"), public.openssh_line("tom") + "\n").unwrap();
        let words = public.words().join(" ");
        journey.run(
            RECRUITER,
            1,
            &["trust", "add", "tom.pub", "--as", "Tom", "--basis", "met", "--words", &words],
            0,
        );
        journey
    });
}
