//! Briefs that were frozen: what was asked on which day, each revision naming the digest of the one before it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::records::{self, Deliverable, FORMAT, Placement};
use super::super::{HolderFault, Locked, Portfolio, text};
use super::chain::canonical;
use crate::digest::Digest;
use crate::disk::{self, Kind, Mode};
use crate::json;
use crate::path::Slug;
use crate::time::Timestamp;

/// `placements/<id>/briefs/<revision>.json`: the brief as it was on the day it was frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenBrief {
    /// [`FORMAT`].
    pub format_version: u64,
    /// Counted from 1.
    pub revision: u32,
    /// When it was frozen.
    #[serde(with = "text")]
    pub frozen: Timestamp,
    /// What was asked then.
    pub deliverables: Vec<Deliverable>,
    /// Digest of the revision before it; the first has none.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub previous: Option<Digest>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A frozen brief as it lies in the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// What it says.
    pub record: FrozenBrief,
    /// SHA-256 of its canonical form (RFC 8785).
    pub digest: Digest,
    /// The record as it stands, for a request.
    pub document: Value,
}

/// One difference between two briefs. Work points at deliverables by number, so they are compared by number.
#[derive(Debug, Clone, PartialEq)]
pub enum BriefChange {
    /// A deliverable that was not there.
    Added {
        /// Its number, counted from 1.
        number: usize,
        /// What it is now.
        now: Deliverable,
    },
    /// A deliverable that is not there any more.
    Removed {
        /// Its number, counted from 1.
        number: usize,
        /// What it was.
        before: Deliverable,
    },
    /// A deliverable that is another now.
    Changed {
        /// Its number, counted from 1.
        number: usize,
        /// What it was.
        before: Deliverable,
        /// What it is now.
        now: Deliverable,
    },
}

/// What differs between two briefs, by number.
#[must_use]
pub fn brief_changes(before: &[Deliverable], now: &[Deliverable]) -> Vec<BriefChange> {
    let compared = (0..before.len().max(now.len())).filter_map(|place| {
        let number = place + 1;
        match (before.get(place), now.get(place)) {
            (Some(before), Some(now)) if same(before, now) => None,
            (Some(before), Some(now)) => {
                Some(BriefChange::Changed { number, before: before.clone(), now: now.clone() })
            }
            (Some(before), None) => Some(BriefChange::Removed { number, before: before.clone() }),
            (None, Some(now)) => Some(BriefChange::Added { number, now: now.clone() }),
            (None, None) => None,
        }
    });
    compared.collect()
}

fn same(one: &Deliverable, other: &Deliverable) -> bool {
    one.title == other.title && one.accepted_when == other.accepted_when
}

/// Whether the brief of a placement is another than the one frozen last; never where none was frozen.
#[must_use]
pub fn has_drifted(placement: &Placement, revisions: &[Revision]) -> bool {
    revisions.last().is_some_and(|last| {
        !brief_changes(&last.record.deliverables, &placement.brief.deliverables).is_empty()
    })
}

impl Portfolio {
    /// The frozen revisions of a brief, the oldest first.
    ///
    /// # Errors
    /// A record that cannot be read; [`HolderFault::BriefRewritten`] where a revision does not name the one before
    /// it as it is.
    pub fn frozen_briefs(&self, placement: &Slug) -> Result<Vec<Revision>, HolderFault> {
        let room = format!("placements/{placement}/briefs");
        let mut revisions: Vec<Revision> = Vec::new();
        for (name, kind) in self.names(&room)? {
            if kind != Kind::File || !name.ends_with(".json") {
                continue;
            }
            let path = self.root().join(&room).join(&name);
            let bytes = disk::read_bounded(&path, json::OURS.bytes as u64)?;
            let record: FrozenBrief = records::parse(&path, &bytes)?;
            let (document, digest) = canonical(&path, &bytes)?;
            revisions.push(Revision { record, digest, document });
        }
        revisions.sort_by_key(|revision| revision.record.revision);
        for (place, revision) in revisions.iter().enumerate() {
            let before = place.checked_sub(1).map(|place| revisions[place].digest);
            let in_order = usize::try_from(revision.record.revision).is_ok_and(|number| number == place + 1);
            if revision.record.previous != before || !in_order {
                return Err(HolderFault::BriefRewritten {
                    placement: placement.clone(),
                    revision: revision.record.revision,
                    named: revision.record.previous,
                    found: before,
                });
            }
        }
        Ok(revisions)
    }
}

impl Locked {
    /// Freezes the brief as it is, as a new revision; `None` where it is the one frozen last.
    ///
    /// # Errors
    /// [`HolderFault::NothingToFreeze`] where no deliverable is written down.
    pub fn freeze_brief(&self, id: &Slug, at: Timestamp) -> Result<Option<(PathBuf, Revision)>, HolderFault> {
        let placement = self.placement(id)?;
        if placement.brief.deliverables.is_empty() {
            return Err(HolderFault::NothingToFreeze(id.clone()));
        }
        let revisions = self.frozen_briefs(id)?;
        if !revisions.is_empty() && !has_drifted(&placement, &revisions) {
            return Ok(None);
        }
        let record = FrozenBrief {
            format_version: FORMAT,
            revision: revisions.last().map_or(1, |last| last.record.revision + 1),
            frozen: at,
            deliverables: placement.brief.deliverables,
            previous: revisions.last().map(|last| last.digest),
            other: Map::new(),
        };
        let room = self.root().join("placements").join(id.as_str()).join("briefs");
        disk::ensure_folder(&room, Mode::Shared)?;
        let path = room.join(format!("{}.json", record.revision));
        records::write_new(&path, &record)?;
        let (document, digest) = canonical(&path, json::pretty(&record).as_bytes())?;
        Ok(Some((path, Revision { record, digest, document })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deliverable(title: &str, accepted_when: &str) -> Deliverable {
        let accepted_when = Some(accepted_when.to_owned());
        Deliverable { title: title.to_owned(), accepted_when, other: Map::new() }
    }

    #[test]
    fn briefs_are_compared_by_number() {
        let before =
            [deliverable("Report", "12 pages"), deliverable("Notes", "clear"), deliverable("Code", "runs")];
        let now = [deliverable("Report", "12 pages"), deliverable("Notes", "rerun unaided")];
        let changed = BriefChange::Changed { number: 2, before: before[1].clone(), now: now[1].clone() };
        let removed = BriefChange::Removed { number: 3, before: before[2].clone() };
        assert_eq!(brief_changes(&before, &now), [changed, removed]);
        let added = BriefChange::Added { number: 3, now: before[2].clone() };
        assert_eq!(brief_changes(&now, &before).pop(), Some(added));
        assert!(brief_changes(&now, &now).is_empty());
    }
}
