//! What a bundle left out, what no signature covers, and dates out of order: named, so that none hides behind the rest.

use super::headline::Symbol;
use super::naming::{day, file, some_of};
use super::page::Row;
use crate::credential::Form;
use crate::verifier::{Code, CredentialReport, Failure, FileReport, FileState, Outcome, ProofState, Report};

/// Rows for files withheld, missing, renamed or covered by no signature.
pub(super) fn rows(report: &Report, credential: &CredentialReport, outcome: Outcome) -> Vec<Row> {
    let stands = !matches!(
        outcome,
        Outcome::Withdrawn
            | Outcome::Superseded
            | Outcome::KeyRevoked
            | Outcome::Failed(Failure::Hash | Failure::Signature | Failure::Format)
    );
    let mut rows = Vec::new();
    if stands {
        rows.extend(withheld(report, credential));
        rows.extend(missing(credential));
        rows.extend(dates(report, credential));
    }
    rows.extend(form(credential));
    rows.extend(not_signed(report));
    rows.extend(own_words(report));
    rows
}

fn names<'a>(files: impl IntoIterator<Item = &'a FileReport>) -> Vec<String> {
    files.into_iter().map(|signed| file(&signed.name)).collect()
}

fn in_state(credential: &CredentialReport, state: FileState) -> impl Iterator<Item = &FileReport> {
    credential.files.iter().filter(move |signed| signed.state == state)
}

/// Whether files left out with leave count as missing too.
fn all_are_required(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.code == Code::EvidenceRequired)
}

/// The files that are missing, for this reader.
pub(super) fn missing_files<'a>(report: &Report, credential: &'a CredentialReport) -> Vec<&'a FileReport> {
    let withheld_too = all_are_required(report);
    let counts = |state| state == FileState::Missing || (withheld_too && state == FileState::Withheld);
    credential.files.iter().filter(|signed| counts(signed.state)).collect()
}

fn withheld(report: &Report, credential: &CredentialReport) -> Option<Row> {
    let names = names(in_state(credential, FileState::Withheld));
    if names.is_empty() {
        return None;
    }
    let text = format!("{}, as the signed statement allows", some_of(&names));
    Some(if all_are_required(report) {
        Row::new(Symbol::Ask, "Missing", format!("{text}; you asked for all files"))
    } else {
        Row::new(Symbol::Silent, "Withheld", text)
    })
}

fn missing(credential: &CredentialReport) -> Option<Row> {
    let names = names(in_state(credential, FileState::Missing));
    let (was, leaving) = match names.len() {
        0 => return None,
        1 => ("was signed for and is", "leaving it out"),
        _ => ("were signed for and are", "leaving them out"),
    };
    let text = format!("{} {was} not here. The signed statement does not allow {leaving}", some_of(&names));
    Some(Row::new(Symbol::Ask, "Missing", text))
}

/// A statement is less than a badge, and says so.
fn form(credential: &CredentialReport) -> Option<Row> {
    let signed = credential.sign_off.as_ref().filter(|signed| signed.form == Form::Statement)?;
    let asked = day(signed.valid_from.date());
    let text = format!(
        "a signed statement, not a badge: it marks nothing, and says that it was asked for on {asked}, not when it \
         was signed"
    );
    Some(Row::new(Symbol::Silent, "Form", text))
}

/// Dates that do not follow each other as they should, by the clocks of those who wrote them.
fn dates(report: &Report, credential: &CredentialReport) -> Option<Row> {
    let held = credential.proofs.iter().filter(|proof| proof.state == ProofState::Holds);
    let signed = held.filter_map(|proof| proof.created).max()?;
    let begins = credential.sign_off.as_ref()?.valid_from;
    let packed = report.holder.as_ref().map(|holder| holder.created).filter(|packed| *packed < signed);
    let out_of_order = [
        (signed < begins).then(|| {
            format!("signed on {}, before the {} from which it holds", day(signed.date()), day(begins.date()))
        }),
        packed.map(|packed| {
            format!("packed on {}, before it was signed on {}", day(packed.date()), day(signed.date()))
        }),
    ];
    let text = out_of_order.into_iter().flatten().collect::<Vec<_>>().join("; ");
    (!text.is_empty()).then(|| Row::new(Symbol::Silent, "Dates", format!("{text}, by their own clocks")))
}

fn not_signed(report: &Report) -> Option<Row> {
    let names: Vec<String> = report.not_signed.iter().map(|path| file(below_data(path))).collect();
    let text = match names.len() {
        0 => return None,
        1 => format!("1 file here is covered by no signature: {}", names.first()?),
        count => format!("{count} files here are covered by no signature: {}", some_of(&names)),
    };
    Some(Row::new(Symbol::Silent, "Not signed", text))
}

fn below_data(path: &str) -> &str {
    path.strip_prefix("data/").unwrap_or(path)
}

fn own_words(report: &Report) -> Option<Row> {
    let count = report.findings.iter().filter(|finding| finding.code == Code::SelfSigned).count();
    let text = match count {
        0 => return None,
        1 => "1 statement here is signed by the person it is about; it does not count".to_owned(),
        _ => format!("{count} statements here are signed by the person they are about; they do not count"),
    };
    Some(Row::new(Symbol::Silent, "Own words", text))
}
