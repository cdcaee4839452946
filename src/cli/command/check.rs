//! `check`: looks through the whole folder and says what is wrong, with line and column.

mod documents;
mod privacy;

use portfolio::holder::{CheckCode, CheckWeight, Checked, Finding};
use portfolio::render::escape::visible;

use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::folder_words;

/// What `check` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio check              records, files and what they say of each other\n  \
                         portfolio check --privacy    what a bundle would tell beside the work\n  \
                         portfolio check --pdf        records against the text of their PDFs")]
pub struct Args {
    /// List what a bundle would tell: names, programs, places, paths, addresses
    #[arg(long)]
    pub privacy: bool,
    /// List what a record says and its PDF does not: title, names, days, numbers
    #[arg(long)]
    pub pdf: bool,
}

const UNDONE: &str = "Nothing was checked.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let mut done = Checked::default();
    let mut also = |more: Checked| {
        done.findings.extend(more.findings);
        done.records += more.records;
        done.files += more.files;
    };
    if args.privacy {
        also(privacy::look(&folder, world.now().date()).map_err(refused)?);
    }
    if args.pdf {
        also(documents::compare(&folder).map_err(refused)?);
    }
    if !args.privacy && !args.pdf {
        also(folder.check(world.now()).map_err(refused)?);
    }
    let code = exit_code(&done.findings);
    if screen.manner.json {
        screen.json(&as_json(&done));
    } else if screen.manner.plain {
        done.findings.iter().for_each(|finding| screen.line(&plain(finding)));
    } else {
        show(&done, args, screen);
    }
    Ok(code)
}

/// The first of 8, 7 and 1 that something found asks for.
fn exit_code(findings: &[Finding]) -> u8 {
    match findings.iter().map(|finding| finding.code.weight()).min() {
        Some(CheckWeight::Newer) => exit::TOO_NEW,
        Some(CheckWeight::Unread) => exit::DISK,
        Some(CheckWeight::Wrong | CheckWeight::Leak | CheckWeight::Absent) => exit::NO,
        Some(CheckWeight::Note) | None => exit::DONE,
    }
}

fn show(done: &Checked, args: &Args, screen: &mut Screen) {
    for finding in &done.findings {
        let mark = screen.symbol(match finding.code.weight() {
            CheckWeight::Wrong => Symbol::Bad,
            CheckWeight::Note | CheckWeight::Leak => Symbol::Alert,
            CheckWeight::Absent => Symbol::Ask,
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
        let said = match (args.privacy, args.pdf) {
            (true, false) => "Nothing is told beside the work",
            (false, true) => "Every PDF says what its record says",
            _ => "Nothing is wrong",
        };
        screen.say_under(&format!("{mark} "), "  ", &format!("{said}: {counts}."));
        return;
    }
    let of = |weight| done.findings.iter().filter(|finding| finding.code.weight() == weight).count();
    let unread = of(CheckWeight::Newer) + of(CheckWeight::Unread);
    let counted = [
        (of(CheckWeight::Wrong), "wrong"),
        (of(CheckWeight::Leak), "told beside the work"),
        (of(CheckWeight::Absent), "not in the PDF"),
        (unread, "not looked at"),
    ];
    let counted =
        counted.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}"));
    let notes = of(CheckWeight::Note);
    let counted: Vec<String> = counted.chain((notes > 0).then(|| count(notes, "note"))).collect();
    screen.say(&format!("Looked at {counts}: {}.", counted.join(", ")));
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
        CheckWeight::Leak => "leak",
        CheckWeight::Absent => "absent",
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
