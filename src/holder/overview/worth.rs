//! What a placement was worth to its student: time and pay, what may be seen, what can be checked, what came of it.

use super::super::{HolderFault, Outcome, Portfolio, State, Use};
use crate::path::Slug;
use crate::time::{Date, Timestamp};

/// One placement as an employer and its student look at it. Nothing here is a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// The organisation.
    pub organisation: Option<String>,
    /// Hours of work in all.
    pub hours: Option<u32>,
    /// What was paid, as agreed.
    pub pay: Option<Paid>,
    /// Whether the placement may be named today.
    pub may_be_named: bool,
    /// Pieces of work that may be shown today.
    pub shown: usize,
    /// All pieces of work.
    pub works: usize,
    /// The sign-offs, the newest first.
    pub signed: Vec<SignedBy>,
    /// The deposits for it, by id.
    pub deposits: Vec<Slug>,
    /// What came of it, the oldest first.
    pub outcomes: Vec<Outcome>,
}

/// Pay as it was agreed: no currency is converted, and nothing is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// Whether it is paid at all.
    pub state: State,
    /// How much, as written.
    pub amount: Option<String>,
    /// In which currency.
    pub currency: Option<String>,
    /// For what: `hour`, `month`, `placement`.
    pub per: Option<String>,
}

/// A sign-off that can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    /// Its id.
    pub id: Slug,
    /// What the signer's key calls itself.
    pub signer: String,
    /// When it was signed, by the signer's clock.
    pub signed: Timestamp,
    /// Until when it holds.
    pub until: Option<Date>,
}

impl Portfolio {
    /// Every placement, by id.
    pub fn worth(&self, today: Date) -> Result<Vec<Worth>, HolderFault> {
        let (artifacts, requests) = (self.artifacts()?, self.requests()?);
        let (sign_offs, deposits) = (self.sign_offs()?, self.deposited()?);
        let mut all = Vec::new();
        for (id, placement) in self.placements()? {
            let may = |what: Use| placement.terms.forbids(what, today).is_empty();
            let mine: Vec<_> =
                artifacts.iter().filter(|(_, a)| a.placement.as_ref() == Some(&id)).map(|(_, a)| a).collect();
            let may_be_shown = may(Use::ShowingWork);
            let shown = mine.iter().filter(|artifact| {
                let confidential =
                    artifact.confidential.as_ref().is_some_and(|hidden| hidden.holds_on(today));
                !confidential && may_be_shown
            });
            let of_it = sign_offs.iter().filter(|kept| {
                kept.request_in(&requests).is_some_and(|stored| stored.record.placement == id)
            });
            let mut signed: Vec<SignedBy> = of_it
                .map(|kept| SignedBy {
                    id: kept.id.clone(),
                    signer: kept.sign_off.issuer_name.clone(),
                    signed: kept.sign_off.valid_from,
                    until: kept.sign_off.valid_until.map(Timestamp::date),
                })
                .collect();
            signed.sort_by_key(|one| std::cmp::Reverse(one.signed));
            let for_it = deposits.iter().filter(|deposit| deposit.record.placement.as_ref() == Some(&id));
            all.push(Worth {
                title: placement.title.clone(),
                organisation: placement.organisation.clone(),
                hours: placement.hours,
                pay: placement.pay.as_ref().map(|pay| Paid {
                    state: pay.state,
                    amount: pay.amount.clone(),
                    currency: pay.currency.clone(),
                    per: pay.per.clone(),
                }),
                may_be_named: may(Use::Naming),
                shown: shown.count(),
                works: mine.len(),
                signed,
                deposits: for_it.map(|deposit| deposit.id.clone()).collect(),
                outcomes: self.outcomes(&id)?,
                id,
            });
        }
        Ok(all)
    }
}
