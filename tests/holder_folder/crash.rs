//! A process that dies at any point leaves the old state or the new one.
//!
//! This very test program is started again under `strace`, which kills it at the first, second, third … call that
//! changes the disk, until it gets through. Without `strace` the test says so, loudly, and does no more.

use std::collections::BTreeMap;
use std::process::Command;

use portfolio::holder::{NewArtifact, Role};

use crate::desk::{Desk, document, slug};
use crate::journey::{answer, ask, bundle, collect, with_work};

const CALLS: [&str; 7] = ["rename", "renameat2", "fsync", "mkdir", "unlink", "unlinkat", "ftruncate"];
const DEED: &str = "PORTFOLIO_TEST_DEED";

type Files = BTreeMap<String, Vec<u8>>;

/// What the portfolio holds, but for what only matters to this computer, and the bundle if there is one.
fn state(desk: &Desk) -> Files {
    let mut files = desk.files();
    files.retain(|path, _| !path.starts_with(".portfolio"));
    let bundle = std::fs::read(desk.room.path().join("elsewhere/alex-rivera.zip"));
    files.extend(bundle.ok().map(|bytes| ("the bundle".to_owned(), bytes)));
    files
}

fn ready_for(deed: &str) -> Desk {
    let desk = with_work();
    desk.put("new.zip", &[7; 100_000]);
    desk.put("forecast-report.pdf", b"%PDF-1.7 second\n");
    if deed == "keep" || deed == "bundle" {
        let requested = ask(&desk, "2026-07-22T09:00:00Z").unwrap();
        let bytes = answer(&requested, None);
        desk.put("answer.json", &bytes);
        if deed == "bundle" {
            collect(&desk, &bytes);
        }
    }
    desk
}

fn perform(deed: &str, desk: &Desk) {
    let given = |name: &str| desk.room.path().join("elsewhere").join(name);
    match deed {
        "add" => {
            let new = NewArtifact {
                role: Role::Attachment,
                media_type: "application/zip".into(),
                title: Some("Third".into()),
                ..document("acme-forecasting", 3)
            };
            desk.add(&given("new.zip"), new).unwrap();
        }
        "replace" => {
            let new =
                NewArtifact { replaces: Some(slug("forecast-report")), ..document("acme-forecasting", 1) };
            desk.add(&given("forecast-report.pdf"), new).unwrap();
        }
        "ask" => drop(ask(desk, "2026-07-22T09:00:00Z").unwrap()),
        "keep" => collect(desk, &std::fs::read(given("answer.json")).unwrap()),
        "bundle" => drop(bundle(desk, "2026-08-01T12:00:00Z").unwrap()),
        "brief" => {
            let brief = vec![("One thing".to_owned(), None)];
            desk.lock().set_brief(&slug("acme-forecasting"), brief).unwrap();
        }
        other => panic!("no deed {other}"),
    }
}

/// Told by the environment, does one deed in a folder that is there; by itself, does each once and looks at the result.
#[test]
fn deeds_change_the_folder() {
    if let Some((deed, folder)) = std::env::var(DEED).ok().as_deref().and_then(|told| told.split_once(' ')) {
        return perform(deed, &Desk::at(folder));
    }
    for deed in ["add", "replace", "ask", "keep", "bundle", "brief"] {
        let desk = ready_for(deed);
        let before = state(&desk);
        perform(deed, &desk);
        assert_ne!(state(&desk), before, "{deed}");
    }
}

fn killed_at_every_call(deed: &str, in_between: fn(&Files, &Files) -> Vec<Files>) {
    if Command::new("strace").arg("-V").output().is_err() {
        return eprintln!("NOT TESTED: strace is not here, so nothing was killed in the middle of {deed}");
    }
    let ready = ready_for(deed);
    let before = state(&ready);
    let whole = ready.copy();
    perform(deed, &whole);
    let after = state(&whole);
    let allowed: Vec<Files> =
        [before.clone(), after.clone()].into_iter().chain(in_between(&before, &after)).collect();
    // strace counts each kind of call by itself, and those of each thread: a bundle is flushed by one of its own.
    let deaths: usize = CALLS
        .iter()
        .map(|call| {
            (1..100)
                .find(|nth| {
                    let desk = ready.copy();
                    let died = dies_at(deed, &desk, call, *nth);
                    let at = format!("{deed}, killed at {call} {nth}");
                    look_and_go_on(deed, &desk, died, &before, &after, &allowed, &at);
                    !died
                })
                .expect("it never got through")
                - 1
        })
        .sum();
    assert!(deaths >= 3, "{deed} was killed {deaths} times only");
}

fn dies_at(deed: &str, desk: &Desk, call: &str, nth: usize) -> bool {
    let run = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:signal=KILL:when={nth}")])
        .arg(std::env::current_exe().unwrap())
        .args(["crash::deeds_change_the_folder", "--exact", "--test-threads=1"])
        .env(DEED, format!("{deed} {}", desk.room.path().display()))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(!text.contains("panicked"), "{text}");
    !run.status.success()
}

fn look_and_go_on(
    deed: &str,
    desk: &Desk,
    died: bool,
    before: &Files,
    after: &Files,
    allowed: &[Files],
    at: &str,
) {
    let mut left = state(desk);
    if !died {
        assert!(left == *after, "{at}: {:?}", left.keys());
        return;
    }
    left.retain(|path, _| !path.ends_with(".tmp"));
    assert!(allowed.contains(&left), "{at}: {:?}", left.keys());
    // The next command sweeps what was left and gets through.
    if left == *before {
        perform(deed, desk);
        left.clone_from(after);
    } else {
        drop(desk.lock());
    }
    assert!(state(desk) == left, "{at}, and then: {:?}", state(desk).keys());
    assert_eq!(desk.names(".portfolio/"), [] as [&str; 0], "{at}");
}

fn nothing_else(_: &Files, _: &Files) -> Vec<Files> {
    Vec::new()
}

#[test]
fn adding() {
    killed_at_every_call("add", nothing_else);
}

#[test]
fn replacing() {
    killed_at_every_call("replace", nothing_else);
}

#[test]
fn asking() {
    killed_at_every_call("ask", nothing_else);
}

#[test]
fn bundling() {
    killed_at_every_call("bundle", nothing_else);
}

#[test]
fn briefing() {
    killed_at_every_call("brief", nothing_else);
}

/// Two files: the sign-off first, then the note with its request; with the first alone the request counts as answered.
#[test]
fn keeping() {
    killed_at_every_call("keep", |before, after| {
        let mut between = before.clone();
        between.extend(
            after
                .iter()
                .filter(|(path, _)| path.starts_with("credentials/"))
                .map(|(p, b)| (p.clone(), b.clone())),
        );
        vec![between]
    });
}
