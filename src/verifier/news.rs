//! The news that a check may heed: what the reader brings, what the reader keeps, what the bundle carries; and who
//! vouches for whom.

use crate::credential::withdrawal::Withdrawal;
use crate::time::Timestamp;

use super::limits::SUCCESSIONS;
use super::notices::Notice;
use super::policy::Policy;
use super::report::NewsFrom;
use super::vouchers::CheckedVoucher;

/// Every notice that a check may heed, in the order in which they go before each other: the files that the reader
/// gave, the reader's trust list, the bundle.
pub(super) struct News<'n> {
    notices: Vec<(&'n Notice, NewsFrom)>,
    vouchers: Vec<&'n CheckedVoucher>,
}

impl<'n> News<'n> {
    /// What the reader brings, then what the bundle carries.
    pub(super) fn gather(policy: &Policy<'n>, carried: &'n [Notice]) -> News<'n> {
        let given = policy.status.iter().map(|file| (&file.notice, NewsFrom::File(file.name.clone())));
        let kept = policy.trust.notices().map(|notice| (notice, NewsFrom::TrustList));
        let carried = carried.iter().map(|notice| (notice, NewsFrom::Bundle));
        News { notices: given.chain(kept).chain(carried).collect(), vouchers: Vec::new() }
    }

    /// The same, with the vouchers that the bundle carries.
    pub(super) fn with_vouchers(self, vouchers: &'n [CheckedVoucher]) -> News<'n> {
        News { vouchers: vouchers.iter().collect(), ..self }
    }

    /// The vouchers for a key.
    pub(super) fn vouchers_for(&self, key: &str) -> impl Iterator<Item = &'n CheckedVoucher> {
        self.vouchers.iter().copied().filter(move |checked| checked.voucher().key == key)
    }

    /// The withdrawal of a sign-off by the key that signed it. The id decides and not the digest, which a holder could
    /// change by adding a signature that nobody checks; one that names a successor gives way to one that does not.
    pub(super) fn withdrawal(&self, id: &str, issuer: &str) -> Option<(&'n Withdrawal, &NewsFrom)> {
        let found = self.notices.iter().filter_map(|(notice, from)| match notice {
            Notice::Withdrawal(withdrawal) => Some((withdrawal, from)),
            _ => None,
        });
        let of_this =
            found.filter(|(withdrawal, _)| withdrawal.credential == id && withdrawal.issuer == issuer);
        // the first of several is taken, and `false` sorts before `true`
        of_this.min_by_key(|(withdrawal, _)| withdrawal.replaced_by.is_some())
    }

    /// When a key was reported lost by itself; the earliest loss, if it was reported more than once.
    pub(super) fn lost(&self, wanted: &str) -> Option<(Timestamp, &NewsFrom)> {
        let found = self.notices.iter().filter_map(|(notice, from)| match notice {
            Notice::Lost { key, since, .. } if key == wanted => Some((*since, from)),
            _ => None,
        });
        found.min_by_key(|(since, _)| *since)
    }

    /// The key that follows `wanted`: none if several are named, or if it was reported lost before it named one.
    pub(super) fn successor(&self, wanted: &str) -> Option<&'n str> {
        let mut followers = self.notices.iter().filter_map(|(notice, _)| match notice {
            Notice::Succession { key, by, created } if key == wanted => Some((by.as_str(), *created)),
            _ => None,
        });
        let (first, created) = followers.next()?;
        let is_forked = followers.any(|(by, _)| by != first);
        let was_lost = self.lost(wanted).is_some_and(|(since, _)| since <= created);
        (!is_forked && !was_lost).then_some(first)
    }

    /// Whether `new` follows `old`, over at most [`SUCCESSIONS`] steps.
    pub(super) fn follows(&self, old: &str, new: &str) -> bool {
        let mut key = old;
        for _ in 0..SUCCESSIONS {
            match self.successor(key) {
                Some(next) if next == new => return true,
                Some(next) => key = next,
                None => return false,
            }
        }
        false
    }

    /// The newest word from the owner of a key.
    pub(super) fn newest_from(&self, speaker: &str) -> Option<Timestamp> {
        let spoken = self.notices.iter().filter(|(notice, _)| notice.speaker() == speaker);
        spoken.map(|(notice, _)| notice.created()).max()
    }
}
