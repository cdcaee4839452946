//! Placements: made from a few answers or from an offer, filed with their papers, briefed, met about and closed.

pub mod agreement;
pub mod briefs;
pub mod chain;
pub mod checkpoints;
pub mod closing;
pub mod gates;
pub mod offers;
pub mod permissions;

use std::path::{Path, PathBuf};

use serde_json::Map;

use super::add::filled;
use super::copy::copy_in;
use super::records::{self, Brief, Deliverable, FORMAT, Mentor, Placement};
use super::{HolderFault, Locked};
use crate::disk::{self, Mode};
use crate::path::Slug;
use crate::time::{Date, Timestamp};
use agreement::{Portability, Terms};

/// What a placement is made from.
#[derive(Debug, Clone)]
pub struct NewPlacement {
    /// Its id; without one it is made from the title.
    pub id: Option<Slug>,
    /// Title.
    pub title: String,
    /// The organisation.
    pub organisation: Option<String>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// Who will be asked for a sign-off: name and e-mail address.
    pub mentor: Option<(String, Option<String>)>,
    /// What the student is there.
    pub role: Option<String>,
    /// Hours of work in all.
    pub hours: Option<u32>,
    /// What the organisation promised to give at the end.
    pub evidence_promised: Vec<String>,
    /// When it is recorded.
    pub created: Timestamp,
}

impl Locked {
    /// Makes a placement; an id that was asked for and is taken is [`HolderFault::PlacementExists`].
    pub fn new_placement(&self, new: NewPlacement) -> Result<(Slug, Placement), HolderFault> {
        let id = match new.id {
            Some(id) if self.free_id("placements", &id)? != id => {
                return Err(HolderFault::PlacementExists(id));
            }
            Some(id) => id,
            None => self.free_id("placements", &Slug::from_title(&new.title))?,
        };
        let placement = Placement {
            format_version: FORMAT,
            title: new.title,
            organisation: filled(new.organisation),
            starts: new.starts,
            ends: new.ends,
            mentor: new.mentor.map(|(name, email)| Mentor { name, email: filled(email), other: Map::new() }),
            role: filled(new.role),
            hours: new.hours,
            pay: None,
            evidence_promised: new.evidence_promised,
            skills: Vec::new(),
            brief: Brief::default(),
            terms: Terms::default(),
            portability: Portability::default(),
            closed: None,
            created: new.created,
            other: Map::new(),
        };
        self.write_placement(&id, &placement)?;
        Ok((id, placement))
    }

    /// Puts a new placement into place, its folder and all.
    fn write_placement(&self, id: &Slug, placement: &Placement) -> Result<(), HolderFault> {
        let stage = self.stage()?;
        records::write_new(&stage.path().join("placement.json"), placement)?;
        Ok(disk::move_folder(stage.path(), &self.room("placements")?.join(id.as_str()))?)
    }

    /// `private/<id>/`, made if it is missing, for its owner's eyes.
    pub(super) fn private_room(&self, id: &Slug) -> Result<PathBuf, HolderFault> {
        let room = self.root().join("private");
        disk::ensure_folder(&room, Mode::Private)?;
        let room = room.join(id.as_str());
        disk::ensure_folder(&room, Mode::Private)?;
        Ok(room)
    }

    /// Writes a placement anew after `change`; whatever is not changed stays, members unknown here too.
    pub fn change_placement(
        &self,
        id: &Slug,
        change: impl FnOnce(&mut Placement),
    ) -> Result<Placement, HolderFault> {
        let mut placement = self.placement(id)?;
        change(&mut placement);
        records::rewrite(&self.placement_path(id), &placement)?;
        Ok(placement)
    }

    /// Replaces the deliverables; each is a title and when it is accepted.
    pub fn set_brief(
        &self,
        id: &Slug,
        deliverables: Vec<(String, Option<String>)>,
    ) -> Result<Placement, HolderFault> {
        let new = |(title, when)| Deliverable { title, accepted_when: filled(when), other: Map::new() };
        self.change_placement(id, |placement| {
            placement.brief.deliverables = deliverables.into_iter().map(new).collect();
        })
    }

    /// Files the offer under `private/<id>/`, for its owner's eyes, and says where. An offer that is there stays.
    pub fn file_offer(&self, id: &Slug, offer: &Path) -> Result<PathBuf, HolderFault> {
        let incoming = self.incoming(offer)?;
        let room = self.private_room(id)?;
        let ending = incoming.name().extension().map(|e| format!(".{e}")).unwrap_or_default();
        let mut path = room.join(format!("offer{ending}"));
        for number in 2.. {
            if disk::kind_of(&path)?.is_none() {
                break;
            }
            path = room.join(format!("offer-{number}{ending}"));
        }
        copy_in(incoming.source(), &path, Mode::Private)?;
        Ok(path)
    }
}
