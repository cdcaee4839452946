//! The four answers in words: unchanged, signed by which key, a signer the reader knows, still in force.
//!
//! After a failed check the later answers say *not answered*: what came of them rests on something else now.

use super::escape::{quoted, visible};
use super::headline::{Facts, Symbol};
pub use super::naming::known_as;
use super::naming::{day, file, some_of, someone};
use super::page::Row;
use super::vouching;
use crate::credential::Form;
use crate::digest::Digest;
use crate::time::Date;
use crate::verifier::{
    Code, CredentialReport, Failure, FileState, Finding, Indication, NewsFrom, Outcome, Report, Severity,
    Step, StepState,
};

/// The four rows about one sign-off.
pub(super) fn four(report: &Report, credential: &CredentialReport, facts: Facts) -> Vec<Row> {
    let changed =
        matches!(facts.outcome, Outcome::Failed(Failure::Hash | Failure::Signature | Failure::Format));
    if changed {
        return vec![
            no_longer(report, credential),
            signed_after_change(credential),
            Row::new(Symbol::Silent, "Signer", "not answered"),
            Row::new(Symbol::Silent, "In force", "not answered"),
        ];
    }
    let mut rows = vec![unchanged(credential), signed(credential), signer(report, credential, facts.outcome)];
    rows.push(in_force(report, credential, facts));
    if facts.outcome == Outcome::Failed(Failure::Constraints) {
        rows.extend(unmet(report));
    }
    rows
}

/// The rows where no sign-off could be read.
pub(super) fn without_sign_off(report: &Report) -> Vec<Row> {
    let mut first = Row::new(Symbol::Bad, "Unchanged", "no");
    explain(&mut first, report, &[]);
    let silent =
        ["Signed", "Signer", "In force"].map(|label| Row::new(Symbol::Silent, label, "not answered"));
    std::iter::once(first).chain(silent).collect()
}

fn unchanged(credential: &CredentialReport) -> Row {
    let count = |state| credential.files.iter().filter(|file| file.state == state).count();
    let (here, all) = (count(FileState::Match), credential.files.len());
    let text = match (here, all) {
        (_, 0) => "the statement is exactly as signed; it names no file".to_owned(),
        (0, _) if count(FileState::NotHere) == all => {
            format!("the statement is exactly as signed; {} not here to compare", its_files(all))
        }
        (1, 1) => "the statement and its one file are exactly as signed".to_owned(),
        (here, all) if here == all => format!("the statement and all {all} files are exactly as signed"),
        (here, all) => format!("the statement and {here} of {all} files are exactly as signed"),
    };
    match credential.checks.integrity.indication {
        Indication::Passed | Indication::Indeterminate => Row::new(Symbol::Good, "Unchanged", text),
        _ => Row::new(Symbol::Silent, "Unchanged", "not answered"),
    }
}

fn its_files(count: usize) -> String {
    if count == 1 { "its one file is".to_owned() } else { format!("its {count} files are") }
}

fn no_longer(report: &Report, credential: &CredentialReport) -> Row {
    let differing: Vec<_> =
        credential.files.iter().filter(|file| file.state == FileState::Mismatch).collect();
    let mut row = Row::new(Symbol::Bad, "Unchanged", "");
    if credential.sign_off.is_none() {
        row.text = "no: the statement, or the signature on it, is not as it was made".to_owned();
        return row;
    }
    match differing.as_slice() {
        [] => explain(&mut row, report, &[]),
        [only] => {
            row.text = format!("no: {} is not the file that was signed", file(&only.name));
            row.details = compared("signed", only.digest, only.found);
        }
        several => {
            let names: Vec<String> = several.iter().map(|differing| file(&differing.name)).collect();
            row.text = format!("no: {} are not the files that were signed", some_of(&names));
        }
    }
    row
}

/// What the bundle's own lists and form have against it: up to three facts and how many more.
fn explain(row: &mut Row, report: &Report, except: &[Code]) {
    let errors: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error && !except.contains(&finding.code))
        .collect();
    let told: Vec<String> = errors.iter().take(3).map(|finding| fact(finding)).collect();
    let more = errors.len().saturating_sub(told.len());
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    row.text = format!("no: {}{more}", told.join("; "));
    if let [only] = errors.as_slice()
        && let Some((listed, found)) = only.compared
    {
        row.details = compared("listed", listed, Some(found));
    }
}

fn fact(finding: &Finding) -> String {
    let about = finding.about.as_deref().map(file);
    match (finding.code, about) {
        (Code::FileChanged | Code::TagFileChanged, Some(name)) => {
            format!("{name} is not the file that was packed")
        }
        (Code::FileAbsent | Code::TagFileAbsent, Some(name)) => {
            format!("{name} is not here, and the bundle lists it")
        }
        (Code::FileUnlisted, Some(name)) => format!("{name} is here, and the bundle does not list it"),
        (Code::PresentationOfOther, _) => {
            "the list of files is not the one that the sender signed".to_owned()
        }
        (Code::PresentationMisfit, _) => "the sender's own signature does not fit".to_owned(),
        (_, Some(name)) => format!("{name}: {}", lower_first(&visible(&finding.detail))),
        (_, None) => lower_first(&visible(&finding.detail)),
    }
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}

fn compared(first: &str, signed: Digest, found: Option<Digest>) -> Vec<String> {
    let short = |digest: Digest| {
        let groups = digest.groups();
        groups.split(' ').take(4).collect::<Vec<_>>().join(" ")
    };
    let mut lines = vec![format!("{first:<6}  sha256 {} …", short(signed))];
    if let Some(found) = found {
        lines.push(format!("{:<6}  sha256 {} …", "here", short(found)));
    }
    lines
}

fn signed(credential: &CredentialReport) -> Row {
    match &credential.key {
        Some(key) => Row::new(Symbol::Good, "Signed", format!("by key {}", key.fingerprint())),
        None => Row::new(Symbol::Silent, "Signed", "not answered"),
    }
}

fn signed_after_change(credential: &CredentialReport) -> Row {
    let differing: Vec<_> =
        credential.files.iter().filter(|file| file.state == FileState::Mismatch).collect();
    match (&credential.sign_off, differing.as_slice()) {
        (None, _) => Row::new(Symbol::Bad, "Signed", "no: the signature does not fit the statement"),
        (Some(_), []) => {
            Row::new(Symbol::Silent, "Signed", "not answered: the bundle around the statement was changed")
        }
        (Some(signed), [only]) => {
            let genre = signed.claims.evidence.iter().find(|evidence| evidence.digest == only.digest);
            let kind =
                if genre.is_some_and(|evidence| evidence.genre == "report") { "report" } else { "file" };
            Row::new(
                Symbol::Silent,
                "Signed",
                format!("not this content: the statement is about another {kind}"),
            )
        }
        (Some(_), _) => {
            Row::new(Symbol::Silent, "Signed", "not this content: the statement is about other files")
        }
    }
}

fn signer(report: &Report, credential: &CredentialReport, outcome: Outcome) -> Row {
    let Some(signed) = &credential.sign_off else {
        return Row::new(Symbol::Silent, "Signer", "not answered");
    };
    let lost = credential.key_lost.as_ref().filter(|_| outcome == Outcome::KeyRevoked);
    if let Some(vouched) = credential.vouched.as_ref() {
        return vouching::signer(vouched, lost);
    }
    match (&credential.trust, lost) {
        (Some(entry), Some(lost)) => {
            let text = format!("{}, reported it lost on {}", known_as(entry), day(lost.since.date()));
            Row::new(Symbol::Alert, "Signer", text)
        }
        (None, Some(lost)) => {
            let text = format!(
                "not on your trust list, and reported lost on {}. The key calls itself {}, as any key could",
                day(lost.since.date()),
                quoted(&signed.issuer_name)
            );
            Row::new(Symbol::Alert, "Signer", text)
        }
        (Some(entry), None) => {
            let added = format!("{}. You added this key on {}", known_as(entry), day(entry.added));
            let basis = if outcome == Outcome::Holds && !entry.basis.is_empty() {
                format!(": {}", quoted(&entry.basis))
            } else {
                String::new()
            };
            Row::new(Symbol::Good, "Signer", added + &basis)
        }
        (None, None) => {
            let name = quoted(&signed.issuer_name);
            let list = match trust_has_ended(report) {
                true => "on your trust list for earlier sign-offs alone",
                false => "not on your trust list",
            };
            let text = format!("{list}. The key calls itself {name}, as any key could");
            Row::new(Symbol::Ask, "Signer", text)
        }
    }
}

/// Whether the reader trusts a key here for what it signed earlier, and not for this.
pub(super) fn trust_has_ended(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.code == Code::TrustEnded)
}

fn in_force(report: &Report, credential: &CredentialReport, facts: Facts) -> Row {
    let Some(signed) = &credential.sign_off else {
        return Row::new(Symbol::Silent, "In force", "not answered");
    };
    let until = signed.valid_until.map(|until| until.date());
    if let Some(news) = &credential.withdrawn {
        return withdrawn(credential, news.on.date());
    }
    if credential.reasons.contains(&Outcome::Expired) {
        let ended = until.map(day).unwrap_or_default();
        return Row::new(Symbol::Alert, "In force", format!("no longer: its own end date was {ended}"));
    }
    if credential.reasons.contains(&Outcome::NotYetValid) {
        let begins = day(signed.valid_from.date());
        return Row::new(
            Symbol::Alert,
            "In force",
            format!("not yet: by its own dates it begins on {begins}"),
        );
    }
    if credential.reasons.contains(&Outcome::KeyRevoked) {
        let text = match signed.form {
            Form::Badge => format!(
                "cannot be told: the date {} is from the signer's own clock, and a thief could set that clock too",
                day(signed.valid_from.date())
            ),
            Form::Statement => "cannot be told: the statement does not say when it was signed".to_owned(),
        };
        return Row::new(Symbol::Silent, "In force", text);
    }
    if report.findings.iter().any(|finding| finding.code == Code::ClockUnusable) {
        return Row::new(Symbol::Ask, "In force", "left open: this computer's clock is not set");
    }
    if !credential.signer_is_known() {
        return Row::new(Symbol::Silent, "In force", by_its_own_dates(until));
    }
    let as_of = credential.status_as_of.map(|moment| moment.date());
    if facts.outcome == Outcome::StatusUnknown || credential.checks.status.indication != Indication::Passed {
        return Row::new(Symbol::Ask, "In force", format!("{}. {}", ends(until), not_known(as_of)));
    }
    Row::new(Symbol::Good, "In force", format!("{}{}", ends(until), not_withdrawn(as_of, report.at.date())))
}

fn by_its_own_dates(until: Option<Date>) -> String {
    match until {
        Some(until) => format!("depends on the signer. By its own dates, until {}", day(until)),
        None => "depends on the signer. It names no end date".to_owned(),
    }
}

fn ends(until: Option<Date>) -> String {
    until.map_or_else(|| "no end date".to_owned(), |until| format!("until {}", day(until)))
}

fn not_withdrawn(as_of: Option<Date>, at: Date) -> String {
    let Some(as_of) = as_of else { return String::new() };
    let age = match as_of.days_until(at) {
        days if days < 0 => String::new(),
        0 => " (today)".to_owned(),
        1 => " (1 day old)".to_owned(),
        days => format!(" ({days} days old)"),
    };
    format!(". Not withdrawn as of {}, the newest word on this computer{age}", day(as_of))
}

fn not_known(as_of: Option<Date>) -> String {
    match as_of {
        Some(as_of) => format!("Whether it was withdrawn since {} is not known here", day(as_of)),
        None => "Whether it was withdrawn is not known here".to_owned(),
    }
}

fn withdrawn(credential: &CredentialReport, on: Date) -> Row {
    let news = credential.withdrawn.as_ref();
    let replaced = credential.reasons.contains(&Outcome::Superseded);
    let reason = news.and_then(|news| news.reason.as_deref()).filter(|reason| !reason.is_empty());
    let because = reason.map(|reason| format!(", giving as reason {}", quoted(reason))).unwrap_or_default();
    let from = match news.map(|news| &news.from) {
        Some(NewsFrom::File(name)) => format!(" (from {})", file(name)),
        Some(NewsFrom::TrustList) => " (from your trust list)".to_owned(),
        Some(NewsFrom::Bundle) => " (from the bundle itself)".to_owned(),
        None => String::new(),
    };
    let (symbol, what) = if replaced { (Symbol::Alert, "replaced") } else { (Symbol::Bad, "withdrawn") };
    Row::new(symbol, "In force", format!("no: {what} on {}{because}{from}", day(on)))
}

/// What was asked for and is not so.
fn unmet(report: &Report) -> Vec<Row> {
    let asked = report.findings.iter().filter(|finding| finding.severity() == Severity::Error);
    asked.map(|finding| Row::new(Symbol::Bad, "Asked for", format!("no: {}", fact(finding)))).collect()
}

/// The person a signed statement is about, named in a sentence of ours.
pub(super) fn sender(credential: &CredentialReport) -> String {
    let name = credential.sign_off.as_ref().and_then(|signed| signed.claims.subject.name.as_deref());
    name.map_or_else(|| "who they say".to_owned(), someone)
}

/// Who signed, in a few words for a column.
pub fn signer_cell(credential: &CredentialReport) -> String {
    match (&credential.sign_off, &credential.trust, &credential.vouched) {
        (None, ..) => "–".to_owned(),
        (Some(_), Some(entry), _) => known_as(entry),
        (Some(_), None, Some(vouched)) => vouching::name(vouched),
        (Some(_), None, None) => "key you do not know".to_owned(),
    }
}

/// Until when, in a few words for a column.
pub fn until_cell(credential: &CredentialReport) -> String {
    let Some(signed) = &credential.sign_off else { return "–".to_owned() };
    match &credential.withdrawn {
        Some(news) if news.replaced_by.is_some() => "replaced".to_owned(),
        Some(_) => "withdrawn".to_owned(),
        None => match signed.valid_until {
            Some(until) => format!("to {}", until.date().people()),
            None => "no end date".to_owned(),
        },
    }
}

/// What became of a step, for a reader who wants every one.
pub fn step_row(step: Step, state: StepState) -> (Symbol, &'static str) {
    let symbol = match state {
        StepState::Passed => Symbol::Good,
        StepState::Undecided => Symbol::Ask,
        StepState::Failed => Symbol::Bad,
        _ => Symbol::Silent,
    };
    (symbol, step.as_str())
}
