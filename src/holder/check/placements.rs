//! What belongs to a placement: frozen briefs, check-ins, terms, and the deposits made for it.

use super::reading::Record;
use super::{Check, CheckCode};
use crate::credential::deposit;
use crate::disk::Kind;
use crate::holder::placements::briefs::FrozenBrief;
use crate::holder::placements::chain::{ChainBreak, Checkpoint};
use crate::holder::{HolderFault, Outcome, OutcomeEvidence, Placement, has_drifted};
use crate::json;
use crate::path::Slug;

impl Check<'_> {
    /// Everything beside `placement.json` in the folder of a placement.
    pub(super) fn belongings(
        &mut self,
        id: &Slug,
        placement: Option<(&Record, &Placement)>,
    ) -> Result<(), HolderFault> {
        let path = format!("placements/{id}");
        for (name, kind) in self.portfolio.names(&path)? {
            let place = format!("{path}/{name}");
            match (kind, name.as_str()) {
                (_, "placement.json") => {}
                (Kind::Folder, "briefs") => self.each_json::<FrozenBrief>(&place, "brief")?,
                (Kind::Folder, "checkpoints") => self.each_json::<Checkpoint>(&place, "checkpoint")?,
                (Kind::Folder, "outcomes") => self.outcomes(&place)?,
                (kind, _) => {
                    self.find(CheckCode::OutOfPlace, place, format!("is {kind} that no placement has"))
                }
            }
        }
        self.chain(id, &path);
        match (self.portfolio.frozen_briefs(id), placement) {
            (Err(HolderFault::BriefRewritten { revision, .. }), _) => {
                let fact = "does not follow the revision before it: one of them was changed or taken away";
                self.find(CheckCode::BriefRewritten, format!("{path}/briefs/{revision}.json"), fact);
            }
            (Ok(revisions), Some((record, placement))) if has_drifted(placement, &revisions) => {
                let frozen = revisions.last().map(|last| last.record.frozen.date().to_string());
                let fact = format!("has another brief than the one frozen on {}", frozen.unwrap_or_default());
                self.find_at(CheckCode::BriefDrift, &record.path, record.place(&["brief"]), fact);
            }
            _ => {}
        }
        if let Some((record, placement)) = placement.filter(|(_, placement)| placement.closed.is_none()) {
            let open: Vec<&str> =
                placement.terms.unsettled().into_iter().map(|clause| clause.name()).collect();
            if !open.is_empty() {
                let fact = format!("leaves open in its terms: {}", open.join(", "));
                self.find_at(CheckCode::TermsUnsettled, &record.path, record.place(&["terms"]), fact);
            }
        }
        Ok(())
    }

    /// Every record of a room, read; what is none is out of place.
    fn each_json<T: serde::de::DeserializeOwned>(
        &mut self,
        room: &str,
        named: &str,
    ) -> Result<(), HolderFault> {
        for (name, kind) in self.portfolio.names(room)? {
            let path = format!("{room}/{name}");
            if kind != Kind::File || !name.ends_with(".json") {
                self.find(CheckCode::OutOfPlace, path, format!("is {kind} where records are"));
            } else if let Some(record) = self.record(&path, named) {
                self.typed::<T>(&record);
            }
        }
        Ok(())
    }

    /// What came of it, and whether the evidence it names is here.
    fn outcomes(&mut self, room: &str) -> Result<(), HolderFault> {
        self.each_json::<Outcome>(room, "outcome")?;
        for (name, _) in self.portfolio.names(room)? {
            let path = format!("{room}/{name}");
            let full = self.portfolio.root().join(&path);
            let Ok(outcome) = crate::holder::records::read::<Outcome>(&full) else { continue };
            for (place, evidence) in outcome.evidence.iter().enumerate() {
                let (id, there) = match evidence {
                    OutcomeEvidence::Artifact(id) => {
                        (id, self.exists(&format!("artifacts/{id}/artifact.json")))
                    }
                    OutcomeEvidence::Credential(id) => (id, self.portfolio.has_sign_off(id)),
                    OutcomeEvidence::Deposit(id) => (id, self.exists(&format!("deposits/{id}/deposit.json"))),
                    OutcomeEvidence::Words(_) => continue,
                };
                if !there {
                    let at = self.place_in(&path, &["evidence", &place.to_string()]);
                    let fact = format!("names {id} as evidence, which is not there");
                    self.find_at(CheckCode::NoSuchEvidence, &path, at, fact);
                }
            }
        }
        Ok(())
    }

    fn chain(&mut self, id: &Slug, path: &str) {
        let Ok(log) = self.portfolio.checkpoints(id) else { return };
        for broken in log.breaks {
            let (name, fact) = match broken {
                ChainBreak::NotHere { name, before: Some((before, _)), .. } => (
                    name,
                    format!(
                        "names a record before it that is not here: {before} was changed, or one was taken away"
                    ),
                ),
                ChainBreak::NotHere { name, before: None, .. } => {
                    (name, "names a record before it that is not here".to_owned())
                }
                ChainBreak::NoneNamed { name, before: (before, _) } => {
                    (name, format!("names no record before it, but {before} is there"))
                }
                ChainBreak::Twice { first, second, .. } => {
                    (second, format!("names the same record before it as {first} does"))
                }
                ChainBreak::Circle { name } => (name, "is part of a circle of records".to_owned()),
            };
            let path = format!("{path}/checkpoints/{name}.json");
            let place = self.place_in(&path, &["previous"]);
            self.find_at(CheckCode::CheckpointChain, path, place, fact);
        }
    }

    pub(super) fn deposit(&mut self, id: &Slug, path: &str) {
        let limits = json::OURS;
        let Some(record) = self.json_file(&format!("{path}/deposit.json"), &limits) else { return };
        let Some(record) = self.judged(record, "deposit") else { return };
        let deposit = match deposit::read(&record.value) {
            Ok(deposit) => deposit,
            Err(faults) => return self.faults(&record.path, &faults),
        };
        for (place, file) in deposit.files.iter().enumerate() {
            let at = record.place(&["files", &place.to_string(), "sha256"]);
            self.compare_bytes(&format!("{path}/{}", file.name), &record.path, at, file.size, file.sha256);
        }
        if let Some(placement) = deposit
            .placement
            .as_ref()
            .filter(|named| !self.exists(&format!("placements/{named}/placement.json")))
        {
            let fact = format!("is for {placement}, which is not there");
            self.find_at(CheckCode::NoSuchPlacement, &record.path, record.place(&["placement"]), fact);
        }
        if let Some(expires) = deposit.captured.expires.filter(|day| *day < self.now.date()) {
            let place = record.place(&["captured", "expires"]);
            let fact = format!("has an address that lasted until {expires}; the copy here is what is left");
            self.find_at(CheckCode::LinkExpired, &record.path, place, fact);
        }
        self.here.deposits.insert(id.clone());
    }
}
