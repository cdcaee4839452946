//! Whom the reader lets vouch: a key that is on nobody's list but that a listed signer says belongs to somebody.
//!
//! One level deep: whoever vouches is on the reader's own list, with the reader's leave to vouch; a key that is only
//! vouched for vouches for nobody. A voucher counts while it is in force and neither it nor its key was taken back.

use crate::proof::did;

use super::authentic::Authentic;
use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::limits::CLOCK_SKEW;
use super::news::News;
use super::policy::Policy;
use super::report::VouchedReport;
use super::trust::TrustEntry;
use super::vouchers::CheckedVoucher;

/// Who vouches for the key of a sign-off, if anybody whom the reader lets do so.
pub(super) fn look_for(
    judging: &mut Judging,
    authentic: &Authentic,
    news: &News<'_>,
    policy: &Policy<'_>,
) -> Option<VouchedReport> {
    let signer = &authentic.sign_off().issuer_id;
    let mut refused = Vec::new();
    for checked in news.vouchers_for(signer) {
        match heed(checked, news, policy) {
            Ok(by) => {
                let (words, since) = (checked.voucher().words.clone(), checked.voucher().valid_from);
                let detail = format!("since {since} by {}", checked.voucher().issuer_id);
                judging.found(Finding::new(Code::Vouched, detail));
                return Some(VouchedReport { words, by, since, until: checked.ends() });
            }
            Err(finding) => refused.push(finding),
        }
    }
    refused.into_iter().for_each(|finding| judging.found(finding));
    None
}

/// The reader's entry for whoever vouches, or why the voucher is not heeded.
fn heed(checked: &CheckedVoucher, news: &News<'_>, policy: &Policy<'_>) -> Result<TrustEntry, Finding> {
    let voucher = checked.voucher();
    let not_heeded = |why: String| Err(Finding::new(Code::VoucherNotHeeded, why));
    let entry = did::parse(&voucher.issuer_id).ok().and_then(|key| policy.trust.by_key(&key));
    let Some(entry) = entry.filter(|entry| entry.may_vouch) else {
        return not_heeded(format!("a voucher by {}, whom you do not let vouch", voucher.issuer_id));
    };
    if let Some(last) = entry.not_after.filter(|last| voucher.valid_from.date() > *last) {
        return not_heeded(format!("a voucher by a key that you trust until {last}"));
    }
    if let Some((withdrawal, from)) = news.withdrawal(&voucher.id, &voucher.issuer_id) {
        let detail = format!("a voucher, on {}, word from the {}", withdrawal.created, from.as_str());
        return Err(Finding::new(Code::VoucherWithdrawn, detail));
    }
    if let Some((since, from)) = news.lost(&voucher.issuer_id) {
        return not_heeded(format!("a voucher by a key lost since {since}, word from the {}", from.as_str()));
    }
    let not_in_time = |detail: String| Err(Finding::new(Code::VoucherNotInTime, detail));
    match checked.ends().filter(|ends| *ends < policy.at) {
        Some(ended) => not_in_time(format!("a voucher that ended {ended}")),
        None if voucher.valid_from > policy.at.plus_seconds(CLOCK_SKEW) => {
            not_in_time(format!("a voucher that begins {}", voucher.valid_from))
        }
        None => Ok(entry.clone()),
    }
}
