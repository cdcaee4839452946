//! Leave to do what the terms forbid: the paper that gives it, filed with a record of what it was used for.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::copy::{copy_in, digest_of};
use super::super::records::{self, FORMAT};
use super::super::{HolderFault, Locked, text};
use super::gates::Forbidden;
use crate::digest::Digest;
use crate::disk::{self, Mode};
use crate::json;
use crate::path::{FileName, Slug};
use crate::time::Date;

/// `private/<placement>/permission-<number>.json`: which paper let the student do what the terms forbid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// [`FORMAT`].
    pub format_version: u64,
    /// The paper, beside the record.
    #[serde(with = "text")]
    pub file: FileName,
    /// Its SHA-256.
    #[serde(with = "text")]
    pub sha256: Digest,
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
    /// Files the paper under `private/` as the reason for doing what these clauses forbid, and says where its record
    /// is. The same paper for the same use is filed once.
    pub fn file_permission(
        &self,
        id: &Slug,
        paper: &Path,
        purpose: &str,
        clauses: &[Forbidden],
        on: Date,
    ) -> Result<PathBuf, HolderFault> {
        let incoming = self.incoming(paper)?;
        let room = self.private_room(id)?;
        let sha256 = digest_of(incoming.source())?;
        let clauses: Vec<String> = clauses.iter().map(|clause| clause.clause.name().to_owned()).collect();
        for number in 1.. {
            let path = room.join(format!("permission-{number}.json"));
            if disk::kind_of(&path)?.is_some() {
                let known: Permission = records::read(&path)?;
                if known.sha256 == sha256 && known.purpose == purpose && known.clauses == clauses {
                    return Ok(path);
                }
                continue;
            }
            let name = format!("permission-{number}-{}", incoming.name());
            let file = FileName::parse(&name).map_err(|fault| HolderFault::BadName { name, fault })?;
            if disk::kind_of(&room.join(file.as_str()))?.is_none() {
                copy_in(incoming.source(), &room.join(file.as_str()), Mode::Private)?;
            }
            let record = Permission {
                format_version: FORMAT,
                file,
                sha256,
                on,
                purpose: purpose.to_owned(),
                clauses,
                other: Map::new(),
            };
            disk::write_new(&path, json::pretty(&record).as_bytes(), Mode::Private)?;
            return Ok(path);
        }
        Err(HolderFault::ChangedMeanwhile)
    }
}
