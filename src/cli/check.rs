//! `check`: looks through the whole folder and says what is wrong, with line and column.

use portfolio::holder::{CheckCode, CheckWeight, Checked, Finding};
use portfolio::render::escape::visible;

use crate::error::{Outcome, exit};
use crate::folder_words;
use crate::palette::{Symbol, style};
use crate::screen::Screen;
use crate::surroundings::World;

/// What `check` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio check              records, files and what they say of each other")]
pub struct Args {}

const UNDONE: &str = "Nothing was checked.";

/// Runs the command.
pub fn run(_args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let done = folder.check(world.now()).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    let code = exit_code(&done.findings);
    if screen.manner.json {
        screen.json(&as_json(&done));
    } else if screen.manner.plain {
        done.findings.iter().for_each(|finding| screen.line(&plain(finding)));
    } else {
        show(&done, screen);
    }
    Ok(code)
}

/// The first of 8, 7 and 1 that something found asks for.
fn exit_code(findings: &[Finding]) -> u8 {
    match findings.iter().map(|finding| finding.code.weight()).min() {
        Some(CheckWeight::Newer) => exit::TOO_NEW,
        Some(CheckWeight::Unread) => exit::DISK,
        Some(CheckWeight::Wrong) => exit::NO,
        Some(CheckWeight::Note) | None => exit::DONE,
    }
}

fn show(done: &Checked, screen: &mut Screen) {
    for finding in &done.findings {
        let mark = screen.symbol(match finding.code.weight() {
            CheckWeight::Wrong => Symbol::Bad,
            CheckWeight::Note => Symbol::Alert,
            CheckWeight::Newer | CheckWeight::Unread => Symbol::Silent,
        });
        screen.say_under(&format!("{mark} "), "  ", &sentence(finding));
        if screen.manner.verbose {
            let code = finding.code;
            screen.say_under("    ", "    ", &format!("{}: {}", code.as_str(), code.explain()));
        }
    }
    if !done.findings.is_empty() {
        screen.gap();
    }
    let counts = format!("{} and {}", count(done.records, "record"), count(done.files, "file"));
    if done.findings.is_empty() {
        let mark = screen.symbol(Symbol::Good);
        screen.say_under(&format!("{mark} "), "  ", &format!("Nothing is wrong: {counts}."));
        return;
    }
    let of = |weight| done.findings.iter().filter(|finding| finding.code.weight() == weight).count();
    let (wrong, notes) = (of(CheckWeight::Wrong), of(CheckWeight::Note));
    let unread = of(CheckWeight::Newer) + of(CheckWeight::Unread);
    let unread = if unread > 0 { format!(", {unread} not looked at") } else { String::new() };
    screen.say(&format!("Looked at {counts}: {wrong} wrong, {}{unread}.", count(notes, "note")));
    let ends =
        |finding: &Finding| matches!(finding.code, CheckCode::FileLineEnds | CheckCode::RecordLineEnds);
    if done.findings.iter().any(ends) {
        screen.hint("keep git from rewriting line ends with this line in .gitattributes: * -text");
    }
}

/// `a/b.json, line 5, column 13: starts is “1 June”.`
fn sentence(finding: &Finding) -> String {
    let path = format!("{0}{1}{0:#}", style::CODE, visible(&finding.path));
    let place = match (finding.line, finding.column) {
        (0, _) => String::new(),
        (line, 0) => format!(", line {line}"),
        (line, column) => format!(", line {line}, column {column}"),
    };
    format!("{path}{place}: {}.", visible(&finding.fact))
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// One line for programs: code, weight, path, line, column, fact.
fn plain(finding: &Finding) -> String {
    let fields = [
        finding.code.as_str().to_owned(),
        weight_word(finding.code.weight()).to_owned(),
        visible(&finding.path),
        finding.line.to_string(),
        finding.column.to_string(),
        visible(&finding.fact),
    ];
    fields.join("\t")
}

fn weight_word(weight: CheckWeight) -> &'static str {
    match weight {
        CheckWeight::Newer => "newer",
        CheckWeight::Unread => "unread",
        CheckWeight::Wrong => "wrong",
        CheckWeight::Note => "note",
    }
}

fn as_json(done: &Checked) -> serde_json::Value {
    let findings = done.findings.iter().map(|finding| {
        serde_json::json!({
            "code": finding.code.as_str(),
            "weight": weight_word(finding.code.weight()),
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "fact": finding.fact,
        })
    });
    serde_json::json!({
        "type": "CheckReport",
        "records": done.records,
        "files": done.files,
        "findings": findings.collect::<Vec<_>>(),
    })
}
