//! A report as rows of text: what a screen prints from top to bottom, and later a page.
//!
//! Order: one sentence that can be acted on; who it is about; four answers in a fixed order; what was left out;
//! what no check can show; one next step. Everything here is fit to be seen: strangers' text is escaped, and in
//! quotes unless a signer that the reader knows signed it.

use super::answers;
use super::deposit_headline;
use super::deposits;
use super::headline::{self, Facts, Symbol};
use super::leftovers;
use super::naming::claim;
use super::next_step;
use super::page::{Next, Page, Placement, Row, Setting};
use crate::verifier::{CredentialReport, Outcome, Report, Weight};

/// The page of a whole report: of its one sign-off, or the list and then the one with the worst news.
pub fn page(report: &Report, setting: &Setting<'_>) -> Page {
    let by_deposit = deposit_headline::decisive(report);
    // the sign-offs keep their own answers when it is a deposit that decides the whole
    let facts = match headline::worst(report).filter(|_| by_deposit.is_some()) {
        Some(credential) => Facts::of(credential),
        None => Facts::of_report(report),
    };
    let mut page = match headline::worst(report) {
        None if report.foreign.is_some() => report
            .foreign
            .iter()
            .map(|foreign| super::foreign::page(foreign, setting.with_next_step))
            .next()
            .unwrap_or_default(),
        Some(credential) => page_of(report, credential, facts, setting),
        None if !report.deposits.is_empty() && !has_errors(report) => page_of_deposits(report),
        None => page_without_sign_off(report, facts, setting),
    };
    if let Some(outcome) = by_deposit.filter(|_| setting.with_next_step) {
        page.next = deposits::next(outcome);
    }
    page.deposits = deposits::blocks(report);
    page.headline = Some((headline::symbol(report.outcome), headline::of_report(report)));
    if report.sign_offs().nth(1).is_some() {
        page.placements = report.sign_offs().map(placement).collect();
    }
    page
}

/// One page for each sign-off, headed by its own sentence.
pub fn pages(report: &Report, setting: &Setting<'_>) -> Vec<Page> {
    let each = |credential| {
        let facts = Facts::of(credential);
        let headline = Some((headline::symbol(facts.outcome), headline::sentence(&facts)));
        Page { headline, ..page_of(report, credential, facts, setting) }
    };
    report.sign_offs().map(each).collect()
}

fn page_of(report: &Report, credential: &CredentialReport, facts: Facts, setting: &Setting<'_>) -> Page {
    let mut rows = answers::four(report, credential, facts);
    rows.extend(leftovers::rows(report, credential, facts.outcome));
    Page {
        headline: None,
        placements: Vec::new(),
        deposits: Vec::new(),
        about: about(credential, facts),
        marks: marks(credential, facts),
        rows,
        cannot_show: cannot_show(credential, facts.outcome),
        remark: next_step::remark(report, facts, setting),
        next: setting.with_next_step.then(|| next_step::next(report, credential, facts, setting)).flatten(),
    }
}

fn has_errors(report: &Report) -> bool {
    report.findings.iter().any(|finding| matches!(finding.code.weight(), Weight::Fails(_)))
}

/// A bundle with nothing but what others issued.
fn page_of_deposits(report: &Report) -> Page {
    let symbol = headline::symbol(report.outcome);
    let is_open = matches!(symbol, Symbol::Good | Symbol::Ask);
    let cannot_show =
        "that a statement in it is true, that it is about the sender, or when it was really signed.";
    Page {
        rows: vec![
            Row::new(Symbol::Good, "Unchanged", "the bundle is as its sender made it"),
            Row::new(Symbol::Silent, "Sign-off", "no mentor's is in it; only what others issued, below"),
        ],
        cannot_show: is_open.then(|| cannot_show.to_owned()),
        ..Page::default()
    }
}

fn page_without_sign_off(report: &Report, facts: Facts, setting: &Setting<'_>) -> Page {
    let next = setting.with_next_step.then(|| Next {
        text: "Ask for a fresh bundle.".to_owned(),
        command: None,
        inline: false,
    });
    Page {
        rows: answers::without_sign_off(report),
        remark: next_step::remark(report, facts, setting),
        next,
        ..Page::default()
    }
}

/// Who, what and where, from the signed statement: in quotes unless the reader knows who signed it and it stands.
fn about(credential: &CredentialReport, facts: Facts) -> Option<String> {
    let signed = credential.sign_off.as_ref().filter(|_| facts.outcome != Outcome::KeyRevoked)?;
    let plain = facts.signer_known && !matches!(facts.outcome, Outcome::Failed(_));
    let claims = &signed.claims;
    let parts = [claims.subject.name.as_deref(), Some(claims.title.as_str()), claims.organisation.as_deref()];
    Some(parts.into_iter().flatten().map(|part| claim(part, plain)).collect::<Vec<_>>().join(", "))
}

/// The signer's marks, counted: in quotes as long as the reader does not know who signed.
fn marks(credential: &CredentialReport, facts: Facts) -> Option<String> {
    let stands = !matches!(facts.outcome, Outcome::KeyRevoked | Outcome::Failed(_));
    let signed = credential.sign_off.as_ref().filter(|_| stands)?;
    Some(claim(&signed.claims.tally_words()?, facts.signer_known))
}

fn cannot_show(credential: &CredentialReport, outcome: Outcome) -> Option<String> {
    if !matches!(headline::symbol(outcome), Symbol::Good | Symbol::Ask) {
        return None;
    }
    let sender = answers::sender(credential);
    Some(format!(
        "that the work is good, that the statement is true, that the sender is {sender}, or when it was really \
         signed."
    ))
}

fn placement(credential: &CredentialReport) -> Placement {
    let known = credential.signer_is_known();
    let signed = credential.sign_off.as_ref();
    Placement {
        symbol: headline::symbol(credential.outcome),
        title: signed.map_or_else(
            || "a statement that does not hold".to_owned(),
            |signed| claim(&signed.claims.title, known),
        ),
        signer: answers::signer_cell(credential),
        until: answers::until_cell(credential),
    }
}
