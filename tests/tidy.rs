//! The rules of the house, checked against the source: who may import whom, and what a file and a sentence look like.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "tidy/codes.rs"]
mod codes;
#[path = "tidy/import_paths.rs"]
mod import_paths;
#[path = "tidy/source_text.rs"]
mod source_text;
#[path = "tidy/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};

use import_paths::{module_of, named_modules};
use source_text::{SourceText, read_below};

const GROUND: [&str; 6] = ["path", "json", "digest", "time", "source", "disk"];

/// Who may import whom, downhill only. The program may import everything.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("render", &["verifier", "credential", "digest", "time"]),
    ("holder", &["credential", "proof", "bundle", "path", "json", "digest", "time", "source", "disk"]),
    ("issuer", &["credential", "proof", "json", "digest", "time"]),
    ("verifier", &["credential", "proof", "bundle", "path", "json", "digest", "time", "source"]),
    ("credential", &["proof", "path", "json", "digest", "time"]),
    ("proof", &["json", "digest", "time"]),
    ("bundle", &["path", "digest", "source"]),
    ("disk", &["source", "path"]),
    ("path", &[]),
    ("json", &[]),
    ("digest", &[]),
    ("time", &[]),
    ("source", &[]),
];

/// The floors of the program from the top down: each may import itself and what lies below.
const FLOORS: [&str; 5] = ["command", "person", "reading", "words", "terminal"];

fn room_of(name: &str) -> Option<String> {
    module_of(name).into_iter().next()
}

#[test]
fn imports_run_downhill() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in read_below("src") {
        let Some(room) = room_of(&file.name) else { continue };
        for path in named_modules(&file) {
            if path.first().is_none_or(|first| !allowed.contains_key(first.as_str())) {
                continue;
            }
            let target = path[0].as_str();
            let fits = room == target
                || room == "cli"
                || allowed.get(room.as_str()).is_some_and(|list| list.contains(&target));
            if !fits {
                wrong.push(format!("{}: {room} may not import {}", file.name, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn inside_the_program_imports_run_downhill_too() {
    let floor =
        |path: &[String]| FLOORS.iter().position(|floor| path.get(1).is_some_and(|room| room == floor));
    let mut wrong = Vec::new();
    for file in read_below("src/cli") {
        // What only tests import is no part of the plan.
        let production = file.code.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let Some(own) = floor(&module_of(&file.name)) else { continue };
        let file = SourceText { code: production, ..file };
        for path in named_modules(&file) {
            if path.first().is_some_and(|first| first == "cli")
                && floor(&path).is_some_and(|other| other < own)
            {
                wrong.push(format!("{} may not import {}", file.name, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_plan_names_every_room_has_no_circle_and_keeps_the_roles_apart() {
    let rooms: BTreeSet<String> = read_below("src").iter().filter_map(|file| room_of(&file.name)).collect();
    let planned: BTreeSet<String> =
        MAY_IMPORT.iter().map(|(room, _)| (*room).to_owned()).chain(["cli".to_owned()]).collect();
    assert_eq!(rooms, planned);

    let edges = MAY_IMPORT
        .iter()
        .map(|(room, targets)| ((*room).to_owned(), targets.iter().map(|t| (*t).to_owned()).collect()))
        .collect();
    assert_eq!(circle_in(&edges), None);

    let roles = ["holder", "issuer", "verifier"];
    for (room, targets) in MAY_IMPORT {
        if roles.contains(room) {
            assert!(!targets.iter().any(|target| roles.contains(target)), "{room} imports another role");
        }
        if GROUND.contains(room) && *room != "disk" {
            assert!(targets.is_empty(), "{room} is ground");
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut files = read_below("src");
    for file in &mut files {
        // What only tests import is no part of the plan.
        let production = file.code.split("#[cfg(test)]").next().unwrap_or_default().len();
        file.code.truncate(production);
    }
    let modules: BTreeSet<String> = files.iter().map(|file| module_of(&file.name).join("::")).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &files {
        // A room's mod.rs is its face: it names its parts and they name it, so it is no link of a chain.
        if file.name.ends_with("/mod.rs") || file.name.ends_with("lib.rs") || file.name.ends_with("main.rs") {
            continue;
        }
        let from = module_of(&file.name).join("::");
        for mut path in named_modules(file) {
            while !path.is_empty() && !modules.contains(&path.join("::")) {
                path.pop();
            }
            let to = path.join("::");
            let is_face = files.iter().any(|other| other.name == format!("src/{}/mod.rs", path.join("/")));
            // A file that has a folder of its own is the face of that folder.
            if !to.is_empty() && to != from && !is_face && !from.starts_with(&format!("{to}::")) {
                edges.entry(from.clone()).or_default().insert(to);
            }
        }
    }
    assert_eq!(circle_in(&edges), None);
}

/// The first circle of imports, as a chain of names.
fn circle_in(edges: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(
        at: &str,
        edges: &BTreeMap<String, BTreeSet<String>>,
        trail: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(start) = trail.iter().position(|earlier| earlier == at) {
            return Some(trail[start..].to_vec());
        }
        if !done.insert(at.to_owned()) {
            return None;
        }
        trail.push(at.to_owned());
        let found = edges.get(at).into_iter().flatten().find_map(|next| walk(next, edges, trail, done));
        trail.pop();
        found
    }
    let mut done = BTreeSet::new();
    edges.keys().find_map(|start| walk(start, edges, &mut Vec::new(), &mut done))
}

#[test]
fn a_circle_is_found() {
    let edges = [("a", "b"), ("b", "c"), ("c", "b")]
        .map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()])))
        .into();
    assert_eq!(circle_in(&edges), Some(vec!["b".to_owned(), "c".to_owned()]));
}

#[test]
fn every_file_says_its_purpose_first_and_stays_short() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for file in read_below(folder) {
            let first = file.text.lines().next().unwrap_or_default();
            if !first.starts_with("//! ") || first.len() < 12 {
                wrong.push(format!("{}: the first line does not say what the file is for", file.name));
            }
            let lines = file.text.lines().count();
            if lines > 400 {
                wrong.push(format!("{}: {lines} lines, more than 400", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_and_imports_say_what_they_are() {
    let vague = ["util", "utils", "common", "helpers", "types", "misc"];
    let mut wrong = Vec::new();
    for file in read_below("src") {
        if module_of(&file.name).iter().any(|part| vague.contains(&part.as_str())) {
            wrong.push(format!("{}: the name says nothing", file.name));
        }
        let mut in_tests = false;
        for (number, line) in file.code.lines().enumerate() {
            in_tests |= line.starts_with("mod tests");
            if line.contains("::*") && !(line.trim() == "use super::*;" && in_tests) {
                wrong.push(format!("{}:{}: {}", file.name, number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_reaches_no_disk_clock_environment_or_network_outside_its_fences() {
    // Kept in step with `.clippy.toml`, which sees through renamed imports but names only some functions.
    let (cli, disk, nobody) = ("src/cli/", "src/disk", "nobody");
    let fences = [
        ("std::fs", [disk, cli]),
        ("SystemTime::now", [cli, cli]),
        ("Instant::now", [cli, cli]),
        ("std::env", [cli, cli]),
        ("std::process", [disk, cli]),
        ("process::Command", [cli, cli]),
        ("getrandom", [cli, cli]),
        ("std::net", [nobody, nobody]),
        ("TcpStream", [nobody, nobody]),
        ("UdpSocket", [nobody, nobody]),
    ];
    let mut wrong = Vec::new();
    for file in read_below("src") {
        let production = file.code.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in production.lines().enumerate() {
            for (what, inside) in &fences {
                if line.contains(what) && !inside.iter().any(|fence| file.name.starts_with(fence)) {
                    wrong.push(format!("{}:{}: {}", file.name, number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
