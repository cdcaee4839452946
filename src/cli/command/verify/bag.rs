//! `verify --bag`: any BagIt bag against its own lists. It carries no signature, so that is all that can be told.

use std::path::{Path, PathBuf};

use portfolio::bundle::plain_bag::{self, BagDoubt, BagFault, BagOddity, PlainReport};
use portfolio::disk::{DiskFault, DiskFolder};
use portfolio::render::escape::visible;
use portfolio::render::layout::cut;
use portfolio::render::naming::file;
use portfolio::verifier::outcome::first_of;
use serde_json::{Value, json};

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// How many facts of one kind are told before the rest is counted.
const TOLD: usize = 5;

/// Checks the folders as bags.
pub fn run(folders: &[PathBuf], world: &World, screen: &mut Screen) -> Outcome {
    let mut reports = Vec::new();
    for folder in folders {
        reports.push((shown(&world.at(folder), world), check(folder, world)?));
    }
    let code = first_of(reports.iter().map(|(_, report)| exit_code(report)));
    if screen.manner.json {
        let results: Vec<Value> = reports.iter().map(|(name, report)| as_json(name, report)).collect();
        screen.json(&json!({
            "type": "BagReport",
            "reportVersion": "1.0",
            "verifier": { "name": "portfolio", "version": env!("CARGO_PKG_VERSION") },
            "timeVerified": world.now().to_string(),
            "exitCode": code,
            "results": results,
        }));
    } else if screen.manner.plain {
        for (name, report) in &reports {
            screen.line(&format!("{}\t{name}\t{}", outcome(report), exit_code(report)));
        }
    } else if screen.manner.quiet {
        for (name, report) in reports.iter().filter(|(_, report)| exit_code(report) != exit::DONE) {
            let (symbol, sentence) = headline(report);
            let mark = screen.symbol(symbol);
            screen.line(&format!("{mark} {}: {}", file(name), sentence.trim_end_matches('.')));
        }
    } else {
        for (index, (name, report)) in reports.iter().enumerate() {
            if index > 0 {
                screen.gap();
            }
            let several = reports.len() > 1;
            print(several.then_some(name.as_str()), report, screen);
        }
    }
    Ok(code)
}

fn check(path: &Path, world: &World) -> Result<PlainReport, Trouble> {
    let full = world.at(path);
    let undone = "Nothing was checked.";
    let folder = DiskFolder::open(&full).map_err(|fault| match fault {
        DiskFault::NotAFolder { .. } => {
            let name = file(&shown(&full, world));
            Trouble::new(exit::NO, "not-a-folder", format!("{name} is not a folder"))
                .fact(format!("A bag is checked where it is unpacked. {undone}"))
                .hint("unpack it, then check the folder: portfolio verify --bag FOLDER")
        }
        other => refusal(other, world, undone),
    })?;
    plain_bag::check(&folder, &|_| ())
        .map_err(|cause| refusal(DiskFault::from_io(&full, cause), world, undone))
}

fn exit_code(report: &PlainReport) -> u8 {
    match (report.faults.is_empty(), report.doubts.is_empty()) {
        (false, _) => exit::NO,
        (true, false) => exit::NOT_ESTABLISHED,
        (true, true) => exit::DONE,
    }
}

fn outcome(report: &PlainReport) -> &'static str {
    match exit_code(report) {
        exit::DONE => "holds",
        exit::NO => "failed",
        _ => "not-established",
    }
}

fn headline(report: &PlainReport) -> (Symbol, String) {
    let is_no_bag = report
        .faults
        .iter()
        .any(|fault| matches!(fault, BagFault::NoDeclaration | BagFault::BadDeclaration { .. }));
    match exit_code(report) {
        exit::DONE => (Symbol::Good, "A whole bag, and every file is as its own lists have it.".to_owned()),
        exit::NO if is_no_bag => (Symbol::Bad, "No bag by the rules of BagIt.".to_owned()),
        exit::NO => (Symbol::Bad, "Not as its own lists have it.".to_owned()),
        _ => (Symbol::Ask, "Not all of it can be checked here. That is neither good nor bad.".to_owned()),
    }
}

fn print(name: Option<&str>, report: &PlainReport, screen: &mut Screen) {
    let (symbol, sentence) = headline(report);
    let mark = screen.symbol(symbol);
    let name = name.map(|name| format!("{}: ", file(name))).unwrap_or_default();
    screen.say_under(&format!("{mark} "), "  ", &format!("{0}{name}{sentence}{0:#}", style::HEAD));
    screen.gap();
    let version = report.version.as_deref().unwrap_or("unknown");
    let files = report.payload_files;
    row(Symbol::Silent, "Bag", &format!("version {version}, {files} files below data/"), screen);
    for list in &report.lists {
        let (symbol, text) = match list.algorithm {
            Some(algorithm) => (
                Symbol::Silent,
                format!("{}, {} files by {}", file(&list.name), list.files, algorithm.as_str()),
            ),
            None => (
                Symbol::Ask,
                format!("{}, {} files by a digest not computed here", file(&list.name), list.files),
            ),
        };
        row(symbol, "List", &text, screen);
    }
    tell(Symbol::Bad, "Amiss", report.faults.iter().map(BagFault::to_string), screen);
    tell(Symbol::Ask, "Not checked", report.doubts.iter().map(BagDoubt::to_string), screen);
    tell(Symbol::Alert, "Unusual", report.oddities.iter().map(BagOddity::to_string), screen);
    screen.gap();
    screen.say_under("  ", "  ", "No check can show who made it: nobody signed it.");
}

fn row(symbol: Symbol, label: &str, text: &str, screen: &mut Screen) {
    let mark = screen.symbol(symbol);
    let width = if screen.manner.ascii { 20 } else { 17 };
    screen.say_under(&format!("  {mark} {label:<13}"), &" ".repeat(width), text);
}

fn tell(symbol: Symbol, label: &str, facts: impl ExactSizeIterator<Item = String>, screen: &mut Screen) {
    let total = facts.len();
    for fact in facts.take(TOLD) {
        row(symbol, label, &cut(&visible(&fact), 200), screen);
    }
    if total > TOLD {
        row(symbol, label, &format!("and {} more (all of them with --json)", total - TOLD), screen);
    }
}

fn as_json(name: &str, report: &PlainReport) -> Value {
    let problem = |code: &str, detail: String| json!({ "type": format!("tag:portfolio,2026:{code}"), "title": code, "detail": detail, "code": code });
    let lists = report.lists.iter().map(|list| {
        json!({
            "name": list.name,
            "files": list.files,
            "algorithm": list.algorithm.map(|algorithm| algorithm.as_str()),
        })
    });
    json!({
        "source": { "name": name },
        "outcome": outcome(report),
        "exitCode": exit_code(report),
        "bagItVersion": report.version,
        "payloadFiles": report.payload_files,
        "payloadBytes": report.payload_bytes,
        "lists": lists.collect::<Vec<_>>(),
        "errors": report.faults.iter().map(|one| problem(one.code(), one.to_string())).collect::<Vec<_>>(),
        "notChecked": report.doubts.iter().map(|one| problem(one.code(), one.to_string())).collect::<Vec<_>>(),
        "warnings": report.oddities.iter().map(|one| problem(one.code(), one.to_string())).collect::<Vec<_>>(),
    })
}
