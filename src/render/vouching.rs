//! A signer that somebody vouches for, in words: whose word it is comes with the name, always.

use super::headline::Symbol;
use super::naming::{claim, day, known_as};
use super::page::Row;
use crate::verifier::{KeyLostReport, VouchedReport};

/// The row that says who signed.
pub(super) fn signer(vouched: &VouchedReport, lost: Option<&KeyLostReport>) -> Row {
    let until = vouched.until.map(|until| format!(" until {}", day(until.date()))).unwrap_or_default();
    let text = match lost {
        Some(lost) => format!("{}; reported lost on {}", name(vouched), day(lost.since.date())),
        None => format!(
            "{}{until}. You let that key vouch; you added it on {}",
            name(vouched),
            day(vouched.by.added)
        ),
    };
    Row::new(if lost.is_some() { Symbol::Alert } else { Symbol::Good }, "Signer", text)
}

/// The signer's name, and by whose word.
pub(super) fn name(vouched: &VouchedReport) -> String {
    format!("{}, vouched for by {}", claim(&vouched.words, true), known_as(&vouched.by))
}
