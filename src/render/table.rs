//! Many reports as one table: a row each, the worst last, words in every cell, at most 80 columns.

use super::answers::{signer_cell, until_cell};
use super::escape::visible;
use super::foreign;
use super::headline::{self, Symbol};
use super::layout::{columns, cut_with, padded};
use crate::verifier::{Failure, FileState, Outcome, Report};

/// The widest table.
pub const TABLE_COLUMNS: usize = 80;
/// The widest name of a signer in it.
const SIGNER_COLUMNS: usize = 17;
/// The narrowest that a bundle's name is cut to.
const NAME_COLUMNS: usize = 12;

/// The table as text: a header, then rows with the mark of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The line above the rows, without a mark.
    pub header: String,
    /// Mark and text of each row.
    pub rows: Vec<(Symbol, String)>,
    /// `7 bundles: 2 hold, 2 not established, 2 not in force, 1 changed.`
    pub sum: String,
    /// The name of the report with the worst news, if any is not good.
    pub worst: Option<String>,
}

/// Lays out the reports behind marks of `mark_columns` columns; `ellipsis` stands for what is cut off.
pub fn table(reports: &[&Report], mark_columns: usize, ellipsis: &str) -> Table {
    let mut sorted: Vec<&Report> = reports.to_vec();
    sorted.sort_by_key(|report| rank(report.outcome));
    let cells: Vec<[String; 5]> = sorted.iter().map(|report| row(report)).collect();
    let first = if only_bundles(reports) { "Bundle" } else { "File" };
    let headings = [first, "Unchanged", "Signer", "In force", "Result"].map(str::to_owned);
    let widest = |column: usize| {
        let all = cells.iter().chain(std::iter::once(&headings));
        all.map(|row| columns(&row[column])).max().unwrap_or(0)
    };
    let mut widths: [usize; 5] = std::array::from_fn(widest);
    widths[2] = widths[2].min(SIGNER_COLUMNS);
    // A gap of two columns follows the mark and each cell.
    let others = mark_columns + 2 + widths[1..].iter().map(|width| width + 2).sum::<usize>();
    widths[0] = widths[0].min(TABLE_COLUMNS.saturating_sub(others).max(NAME_COLUMNS));
    let line = |cells: &[String; 5]| {
        let shown: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| padded(&cut_with(cell, width, ellipsis), width))
            .collect();
        shown.join("  ").trim_end().to_owned()
    };
    let failing = sorted.last().filter(|report| report.outcome != Outcome::Holds);
    Table {
        header: format!("{}{}", " ".repeat(mark_columns + 2), line(&headings)),
        rows: sorted
            .iter()
            .zip(&cells)
            .map(|(report, cells)| (headline::symbol(report.outcome), line(cells)))
            .collect(),
        sum: sum(reports),
        worst: failing.map(|report| report.source.name.clone()),
    }
}

/// Good news first; what was not read comes after everything that was.
fn rank(outcome: Outcome) -> (u8, std::cmp::Reverse<Outcome>) {
    (u8::from(matches!(outcome, Outcome::Unreadable(_))), std::cmp::Reverse(outcome))
}

fn row(report: &Report) -> [String; 5] {
    let result = headline::word_of(report).to_owned();
    let name = visible(&report.source.name);
    if let Some(foreign) = &report.foreign {
        let [unchanged, signer, in_force] = foreign::brief::cells(foreign);
        return [name, unchanged, signer, in_force, result];
    }
    let answered = !matches!(report.outcome, Outcome::Failed(_) | Outcome::Unreadable(_));
    let silent = || "–".to_owned();
    let Some(credential) = headline::worst(report).filter(|_| answered) else {
        let changed =
            matches!(report.outcome, Outcome::Failed(Failure::Hash | Failure::Signature | Failure::Format));
        let unchanged = if changed { "no".to_owned() } else { silent() };
        return [name, unchanged, silent(), silent(), result];
    };
    let missing = credential.files.iter().any(|file| file.state == FileState::Missing);
    let here = credential.files.iter().filter(|file| file.state == FileState::Match).count();
    let unchanged = if missing { format!("{here} of {}", credential.files.len()) } else { "yes".to_owned() };
    let known = credential.signer_is_known();
    let several = report.sign_offs().nth(1).is_some();
    let signer = match (several, known) {
        (true, _) => format!("{} sign-offs", report.sign_offs().count()),
        (false, true) => signer_cell(credential),
        (false, false) => "unknown key".to_owned(),
    };
    let speaks = known || credential.withdrawn.is_some() || report.outcome == Outcome::Expired;
    let in_force = if speaks { until_cell(credential) } else { silent() };
    [name, unchanged, signer, in_force, result]
}

fn sum(reports: &[&Report]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    let mut sorted: Vec<Outcome> = reports.iter().map(|report| report.outcome).collect();
    sorted.sort_by_key(|outcome| rank(*outcome));
    for outcome in sorted {
        let word = match outcome {
            Outcome::Failed(_) => headline::word(outcome),
            Outcome::Unreadable(_) => "not checked",
            other => match other.exit_code() {
                0 => "hold",
                3 => "not established",
                _ => "not in force",
            },
        };
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counted.push((word, 1)),
        }
    }
    let part = |(word, count): &(&str, usize)| match (*word, *count) {
        ("hold", 1) => "1 holds".to_owned(),
        ("does not fit", 2..) => format!("{count} do not fit"),
        (word, count) => format!("{count} {word}"),
    };
    let parts: Vec<String> = counted.iter().map(part).collect();
    let noun = if only_bundles(reports) { "bundles" } else { "files" };
    format!("{} {noun}: {}.", reports.len(), parts.join(", "))
}

/// What others issued comes alone, in no bundle.
fn only_bundles(reports: &[&Report]) -> bool {
    reports.iter().all(|report| report.foreign.is_none())
}
