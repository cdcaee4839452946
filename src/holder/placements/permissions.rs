//! Leave to do what the terms forbid: which deposited paper gives it, and what it was used for.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::records::{self, FORMAT};
use super::super::{HolderFault, Locked, text};
use super::gates::Forbidden;
use crate::disk::{self, Mode};
use crate::json;
use crate::path::Slug;
use crate::time::Date;

/// `private/<placement>/permission-<number>.json`: which paper let the student do what the terms forbid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// [`FORMAT`].
    pub format_version: u64,
    /// The deposit that holds the paper.
    #[serde(with = "text")]
    pub deposit: Slug,
    /// When it was first used.
    #[serde(with = "text")]
    pub on: Date,
    /// What for: `bundle` or `export`.
    pub purpose: String,
    /// The clauses that it opened, by name.
    pub clauses: Vec<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Locked {
    /// Notes under `private/` that a deposited paper is the reason for doing what these clauses forbid, and says
    /// where. The same paper for the same use is noted once.
    pub fn note_permission(
        &self,
        id: &Slug,
        deposit: &Slug,
        purpose: &str,
        clauses: &[Forbidden],
        on: Date,
    ) -> Result<PathBuf, HolderFault> {
        self.deposit_record(deposit)?;
        let clauses = clauses.iter().map(|clause| clause.clause.name().to_owned()).collect();
        let (deposit, purpose) = (deposit.clone(), purpose.to_owned());
        let record = Permission { format_version: FORMAT, deposit, on, purpose, clauses, other: Map::new() };
        let room = self.private_room(id)?;
        let mut number = 1;
        loop {
            let path = room.join(format!("permission-{number}.json"));
            if disk::kind_of(&path)?.is_none() {
                disk::write_new(&path, json::pretty(&record).as_bytes(), Mode::Private)?;
                return Ok(path);
            }
            let known: Permission = records::read(&path)?;
            if known.deposit == record.deposit
                && known.purpose == record.purpose
                && known.clauses == record.clauses
            {
                return Ok(path);
            }
            number += 1;
        }
    }
}
