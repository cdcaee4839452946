//! What others issued and a bundle carries, in words: each deposit with its own four answers, or with why there are none.

use super::escape::{quoted, visible};
use super::foreign;
use super::headline::{self, Symbol};
use super::layout::cut;
use super::naming::{day, file};
use super::page::{Deposited, Next, Row};
use super::recognised::{described, limits};
use crate::credential::deposit::Deposit;
use crate::verifier::{Code, DepositReport, Outcome, Report, Unread};

/// The deposits, the worst news first, those without answers last.
pub(super) fn blocks(report: &Report) -> Vec<Deposited> {
    let mut sorted: Vec<&DepositReport> = report.deposits.iter().collect();
    sorted.sort_by_key(|deposit| (deposit.outcome().is_none(), deposit.outcome()));
    sorted.into_iter().map(|deposit| block(report, deposit)).collect()
}

fn block(report: &Report, deposit: &DepositReport) -> Deposited {
    let (symbol, mut title, mut rows) = match (&deposit.check, &deposit.same_as) {
        (Some(_), Some(same)) => {
            let same = file(same.strip_prefix("data/").unwrap_or(same));
            (Symbol::Silent, format!("{}. The same as {same}; it counts once", headed(deposit)), Vec::new())
        }
        (Some(check), None) if deposit.counts => {
            let says = check.credential.as_ref().map(|says| foreign::about(says, check));
            let says = says.and_then(|says| says.split_once(": ").map(|(_, says)| format!(": {says}")));
            let title = format!("{}{}", headed(deposit), says.unwrap_or_default());
            (headline::symbol(check.outcome), title, foreign::four(check))
        }
        (Some(check), None) if check.outcome != Outcome::Unreadable(Unread::NothingToCheck) => {
            let title = format!(
                "{}. Issued by the key of whoever sends this bundle; it does not count",
                headed(deposit)
            );
            (Symbol::Silent, title, Vec::new())
        }
        _ => {
            let told = format!("{}. {}", headed(deposit), limits(deposit.what).trim_end_matches('.'));
            (Symbol::Silent, told, Vec::new())
        }
    };
    let amiss = report.findings.iter().find(|finding| {
        let about = finding.about.as_deref().unwrap_or_default();
        let is_here = about.strip_prefix(&deposit.folder).is_some_and(|rest| rest.starts_with('/'));
        is_here && matches!(finding.code, Code::DepositRecord | Code::DepositTooNew | Code::DepositBeside)
    });
    if let Some(record) = &deposit.record {
        rows.extend(kept(record));
    }
    if let Some(finding) = amiss {
        let what =
            if finding.code == Code::DepositBeside { "something kept beside it" } else { "the record of it" };
        let text = format!("{what} cannot be used: {}", cut(&visible(&finding.detail), 200));
        rows.push(Row::new(Symbol::Alert, "Record", text));
    }
    title.push('.');
    Deposited { symbol, title, rows }
}

fn headed(deposit: &DepositReport) -> String {
    let name = deposit.path.strip_prefix(&deposit.folder).unwrap_or(&deposit.path).trim_start_matches('/');
    let name = if deposit.files > 1 { name.split('/').next().unwrap_or(name) } else { name };
    format!("{}, {}", file(name), described(deposit.what, &deposit.head))
}

/// How it came here: the student's word.
fn kept(record: &Deposit) -> Option<Row> {
    let captured = &record.captured;
    let mut text = format!("by the sender on {}", day(captured.at.date()));
    if let Some(url) = &captured.url {
        text += &format!(", said to be from {}", quoted(url));
        if let Some(expires) = captured.expires {
            text += &format!(", a link until {}", day(expires));
        }
    }
    if let Some(note) = &captured.note {
        text += &format!(". They note {}", quoted(note));
    }
    Some(Row::new(Symbol::Silent, "Kept", text))
}

/// One thing to do about a deposit that decided the whole.
pub(super) fn next(outcome: Outcome) -> Option<Next> {
    let text = match outcome {
        Outcome::SignerUnknown | Outcome::StatusUnknown | Outcome::KeyRevoked => {
            "Reach its issuer in a way you find yourself, and ask about what it issued."
        }
        Outcome::Failed(_) | Outcome::Unreadable(_) => "Ask its issuer, or the sender, for a fresh copy.",
        _ => return None,
    };
    Some(Next { text: text.to_owned(), command: None, inline: false })
}
