//! What the records amount to: worth, third parties, what happened, the first month. All of it derived, none of it kept.

pub mod events;
pub mod first_month;
pub mod parties;
pub mod worth;

use super::{HolderFault, Portfolio, Skill};
use crate::credential::deposit::Deposit;
use crate::disk;
use crate::path::Slug;

/// A deposit as it lies in the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Deposited {
    /// Its id.
    pub id: Slug,
    /// What it is and how it came here.
    pub record: Deposit,
}

impl Deposited {
    /// Whether what was deposited says that it is for this skill.
    #[must_use]
    pub fn names(&self, skill: &Skill) -> bool {
        let said = [self.record.says.name.as_deref(), Some(self.record.title.as_str())];
        said.into_iter().flatten().any(|name| skill.is_same(&Skill::new(name, None)))
    }
}

impl Portfolio {
    /// Whether a sign-off of this id was kept: a badge, or a statement with its signature.
    pub(super) fn has_sign_off(&self, id: &Slug) -> bool {
        let badge = self.root().join("credentials").join(format!("{id}.json"));
        let (_, signature) = self.statement_paths(id);
        [badge, signature].iter().any(|path| matches!(disk::kind_of(path), Ok(Some(_))))
    }

    /// Every deposit, by id.
    pub fn deposited(&self) -> Result<Vec<Deposited>, HolderFault> {
        Ok(self.deposits()?.into_iter().map(|(id, record)| Deposited { id, record }).collect())
    }
}
