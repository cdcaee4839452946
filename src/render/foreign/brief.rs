//! What somebody else issued, in a line: the cells of a table and the fields for other programs.

use crate::render::answers::known_as;
use crate::render::escape::visible;
use crate::render::naming::issuer_known_as;
use crate::time::Date;
use crate::verifier::Outcome;
use crate::verifier::foreign::{Answer, ForeignReport, Known};

const SILENT: &str = "–";

/// Whether it is unchanged, by whom it is signed, and until when: three cells of a row.
pub(in crate::render) fn cells(report: &ForeignReport) -> [String; 3] {
    let unchanged = match report.unchanged {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotTell => SILENT,
    };
    let signer = match (&report.key, signer(report)) {
        (None, _) => SILENT.to_owned(),
        (Some(_), Some(name)) => name,
        (Some(_), None) => "unknown key".to_owned(),
    };
    let speaks = report.known.is_some() || report.in_force == Answer::No;
    let in_force = match report.key.as_ref().filter(|_| speaks) {
        None => SILENT.to_owned(),
        Some(_) if report.reasons.contains(&Outcome::Withdrawn) => "taken back".to_owned(),
        Some(_) => {
            until(report).map_or_else(|| "no end date".to_owned(), |day| format!("to {}", day.people()))
        }
    };
    [unchanged.to_owned(), signer, in_force]
}

/// The key, as its fingerprint; an RSA or P-256 key as its kind and thumbprint.
pub(in crate::render) fn key(report: &ForeignReport) -> Option<String> {
    let key = &report.key.as_ref()?.key;
    let other = || format!("{} {}", key.algorithm().as_str(), key.thumbprint());
    Some(key.ed25519().map_or_else(other, |key| key.fingerprint()))
}

/// The signer by the reader's own list, or by the keys that the reader keeps.
pub(in crate::render) fn signer(report: &ForeignReport) -> Option<String> {
    match report.known.as_ref()? {
        Known::Listed(entry) => Some(known_as(entry)),
        Known::Issuer(entry) => Some(issuer_known_as(entry)),
        Known::Pinned => Some(visible(&report.key.as_ref()?.controller)),
    }
}

/// The last day in force, by the statement.
pub(in crate::render) fn until(report: &ForeignReport) -> Option<Date> {
    report.credential.as_ref()?.valid_until.map(|until| until.date())
}
