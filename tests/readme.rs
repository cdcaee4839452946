//! Every command in the README is run and every transcript in it is what the program prints.
//!
//! Blocks marked `console` hold commands after `$ ` and, below each, everything it prints. They run in the order of
//! the page, in one shell, after the first command of the set-up has made the sample world; a block begins as the
//! person whom its mark names (`console as=recruiter`), in that person's folder and with that person's keys.
//! `UPDATE_README=1 cargo test --test readme` writes what the commands print into the page.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::path::Path;

use program::{Place, shown};

/// A command of the page and what stands below it.
struct Typed {
    line: usize,
    person: Option<String>,
    command: String,
    printed: String,
}

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The page as pieces: text that stays, and commands with their output.
enum Piece {
    Text(String),
    Typed(Typed),
}

fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut in_console = false;
    let mut person = None;
    for (number, line) in page.lines().enumerate() {
        if let Some(mark) = line.strip_prefix("```console") {
            in_console = true;
            person = Some(
                mark.trim().strip_prefix("as=").unwrap_or_else(|| panic!("whose is {line}?")).to_owned(),
            );
            pieces.push(Piece::Text(format!("{line}\n")));
        } else if in_console && line.starts_with("```") {
            in_console = false;
            pieces.push(Piece::Text(format!("{line}\n")));
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| in_console) {
            let (line, person) = (number + 1, person.take());
            pieces.push(Piece::Typed(Typed {
                line,
                person,
                command: command.to_owned(),
                printed: String::new(),
            }));
        } else if let (true, Some(Piece::Typed(typed))) = (in_console, pieces.last_mut()) {
            // A command goes on after a backslash.
            if typed.command.ends_with('\\') && typed.printed.is_empty() {
                typed.command += &format!("\n{line}");
            } else {
                typed.printed += &format!("{line}\n");
            }
        } else {
            pieces.push(Piece::Text(format!("{line}\n")));
        }
    }
    pieces
}

/// Whose folder and whose keys: below the place where the sample world is.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("recruiter", "sample/recruiter/inbox", "sample/recruiter/home"),
    ("stranger", "sample/recruiter/inbox", "another-home"),
    ("priya", "sample/priya/inbox", "sample/priya/home"),
    ("alex", "sample/alex/portfolio", "sample/alex/home"),
    ("you", "portfolio", ""),
];

/// What the commands print, each as a terminal would show it, run one after the other in one shell.
fn run_all(typed: &[&Typed]) -> Vec<String> {
    let place = Place::with_sample();
    for folder in ["bin", "portfolio"] {
        std::fs::create_dir(place.join(folder)).unwrap();
    }
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_portfolio"), place.join("bin/portfolio")).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::os::unix::fs::symlink(examples, place.join("examples")).unwrap();
    std::fs::write(place.join("passphrase"), "kettle orchard marble\n").unwrap();
    let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(place.join("passphrase"), owner_only).unwrap();

    let here = place.path().to_str().unwrap();
    let mark = "\u{1}end of output\u{1}";
    let mut script = String::from("exec 2>&1\n");
    for typed in typed {
        if let Some(person) = &typed.person {
            let (_, folder, home) = PEOPLE.iter().find(|(name, ..)| name == person).unwrap();
            script += &format!("cd '{here}/{folder}' || exit\n");
            script += &if home.is_empty() {
                "unset PORTFOLIO_HOME\n".into()
            } else {
                format!("export PORTFOLIO_HOME='{here}/{home}'\n")
            };
        }
        // The status of a command outlives the mark, for `echo $?`.
        script += &format!("(exit ${{status:-0}})\n{}\nstatus=$?\nprintf '{mark}'\n", typed.command);
    }
    let path = format!("{here}/bin:{}", std::env::var("PATH").unwrap());
    let output =
        place.command("bash").args(["-c", &script]).env("PATH", path).env("HOME", here).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let printed: Vec<String> = text.split(mark).map(str::to_owned).collect();
    assert_eq!(printed.len(), typed.len() + 1, "{}", shown(&output));
    // One thing differs from one run to the next: the folder this runs in.
    printed.into_iter().take(typed.len()).map(|text| text.replace(here, "/home/you")).collect()
}

#[test]
fn every_transcript_is_what_the_program_prints() {
    let text = page();
    let pieces = pieces(&text);
    let typed: Vec<&Typed> =
        pieces.iter().filter_map(|piece| if let Piece::Typed(t) = piece { Some(t) } else { None }).collect();
    assert!(typed.len() >= 10, "{} commands", typed.len());
    let printed = run_all(&typed);
    if std::env::var_os("UPDATE_README").is_some() {
        let mut printed = printed.iter();
        let new: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Typed(typed) => format!("$ {}\n{}", typed.command, printed.next().unwrap()),
            })
            .collect();
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), new).unwrap();
        return;
    }
    for (typed, printed) in typed.iter().zip(printed) {
        assert_eq!(printed, typed.printed, "README.md, line {}: {}", typed.line, typed.command);
    }
}

#[test]
fn the_commands_of_the_set_up_are_those_that_it_promises() {
    let text = page();
    let lines: Vec<&str> =
        text.split("```sh\n").skip(1).flat_map(|block| block.split("```").next().unwrap().lines()).collect();
    // The first is what `Place::with_sample` runs; the second is this; the third installs what is built already; the
    // static program of the others is built and run by `.ci/run`.
    assert_eq!(
        lines,
        [
            "cargo run --release -- demo sample",
            "cargo test",
            "cargo install --locked --path .",
            "sudo apt install musl-tools",
            "rustup target add x86_64-unknown-linux-musl",
            "cargo install --locked --path . --target x86_64-unknown-linux-musl",
        ]
    );
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let text = page();
    let anchors: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -".contains(*c))
                .collect::<String>()
                .replace(' ', "-")
        })
        .collect();
    let mut links = 0;
    for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        links += 1;
        match link.strip_prefix('#') {
            Some(anchor) => {
                assert!(anchors.contains(&anchor.to_owned()), "{link} is no heading: {anchors:?}")
            }
            None => {
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "{link} is no file here")
            }
        }
    }
    assert!(links >= 3, "{links}");
}

#[test]
fn the_page_promises_no_more_than_a_check_can_show() {
    let text = page().to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    for banned in ["verified", "valid", "authentic", "genuine", "certified", "tampered", "trustworthy"] {
        assert!(!words.contains(&banned), "{banned}");
    }
}
