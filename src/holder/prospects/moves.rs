//! Next moves: what a student wants to do next, what it asks for, and which evidence already serves.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::{HolderFault, Locked, Portfolio, Skill, records, text};
use super::skills::Shown;
use crate::disk;
use crate::path::Slug;
use crate::time::Timestamp;

/// `moves/<id>.json`: a next move and the skills it asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// [`super::super::FORMAT`].
    pub format_version: u64,
    /// What it is, such as `Junior data analyst`.
    pub title: String,
    /// The skills it asks for.
    pub needs: Vec<Skill>,
    /// When it was written down.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A next move with what serves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// Its id.
    pub id: Slug,
    /// What it is and what it asks for.
    pub record: Move,
    /// One for each skill it asks for, in its order.
    pub needs: Vec<MoveNeed>,
}

/// One skill that a move asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveNeed {
    /// The skill.
    pub skill: Skill,
    /// What already shows it, the strongest word first; nothing where it is missing.
    pub served: Vec<Shown>,
}

impl Portfolio {
    /// Every next move, by id, with what serves it.
    pub fn moves(&self) -> Result<Vec<Mapped>, HolderFault> {
        let held = self.skills()?;
        let mut all = Vec::new();
        for (id, record) in self.move_records()? {
            let served = |skill: &Skill| {
                let same = held.iter().filter(|held| held.skill.is_same(skill));
                same.flat_map(|held| held.shown.clone()).collect()
            };
            let needs =
                record.needs.iter().map(|skill| MoveNeed { skill: skill.clone(), served: served(skill) });
            all.push(Mapped { id, needs: needs.collect(), record });
        }
        Ok(all)
    }

    /// The records of the next moves alone, by id.
    pub fn move_records(&self) -> Result<Vec<(Slug, Move)>, HolderFault> {
        let mut all = Vec::new();
        for (name, kind) in self.names("moves")? {
            let id = name.strip_suffix(".json").and_then(|stem| Slug::parse(stem).ok());
            if let (disk::Kind::File, Some(id)) = (kind, id) {
                all.push((id, records::read(&self.root().join("moves").join(&name))?));
            }
        }
        Ok(all)
    }
}

impl Locked {
    /// Writes down a next move; a title that is taken gets another id.
    pub fn add_move(
        &self,
        title: &str,
        needs: Vec<Skill>,
        created: Timestamp,
    ) -> Result<(Slug, Move), HolderFault> {
        let record = Move {
            format_version: records::FORMAT,
            title: title.to_owned(),
            needs,
            created,
            other: Map::new(),
        };
        let id = self.free_id("moves", &Slug::from_title(title))?;
        records::write_new(&self.room("moves")?.join(format!("{id}.json")), &record)?;
        Ok((id, record))
    }
}
