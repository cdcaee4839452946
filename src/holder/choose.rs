//! What goes into a bundle: sign-offs untouched, work that is not confidential, and what explains both.

use std::collections::BTreeSet;

use serde_json::Map;

use super::bag;
use super::pack::{BundlePlan, LeftOut, Pack, PackedFile, PackedSignOff, WhyLeftOut};
use super::requests::KeptSignOff;
use super::{Artifact, Brief, Clause, HolderFault, Placement, Portability, Terms, Use};
use crate::credential::plain_text::SIGNATURE_ENDING;
use crate::disk::{self, DiskFolder, FileSource, Kind, Links};
use crate::json;
use crate::path::{RelPath, Slug};
use crate::source::{Folder, FoundKind};
use crate::time::Date;

impl BundlePlan<'_> {
    pub(super) fn choose(&mut self, pack: &Pack<'_>) -> Result<(), HolderFault> {
        let wanted =
            |id: Option<&Slug>| pack.placements.is_none_or(|only| id.is_some_and(|id| only.contains(id)));
        for id in pack.placements.unwrap_or_default() {
            self.locked.placement(id)?;
        }
        for id in pack.include {
            if let Err(fault) = self.locked.artifact(id)
                && self.locked.deposit_record(id).is_err()
            {
                return Err(fault);
            }
        }
        let requests = self.locked.requests()?;
        let mut sign_offs = self.locked.sign_offs()?;
        sign_offs.retain(|kept| wanted(kept.request_in(&requests).map(|stored| &stored.record.placement)));
        let mut artifacts = self.locked.artifacts()?;
        artifacts.retain(|(_, artifact)| wanted(artifact.placement.as_ref()));

        let placements = self.locked.placements()?;
        let today = pack.created.date();
        let (mut shown, mut signed, mut opened) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (id, artifact) in &artifacts {
            let made_in = placements.iter().find(|(id, _)| artifact.placement.as_ref() == Some(id));
            let confidential = confidential(artifact, made_in.map(|(_, placement)| &placement.terms), today);
            if confidential.is_some() && pack.include.contains(id) {
                opened.extend(artifact.placement.clone());
            }
            match confidential.filter(|_| !pack.include.contains(id)) {
                Some(until) => {
                    may_be_withheld(id, artifact, &sign_offs)?;
                    let why = WhyLeftOut::Confidential(until);
                    let names = artifact.files.iter().map(|file| file.name.to_string());
                    self.contents.left_out.extend(names.map(|name| LeftOut { name, why: why.clone() }));
                }
                None => {
                    shown.extend(artifact.placement.clone());
                    self.add_artifact(id, artifact, &sign_offs)?;
                }
            }
        }
        for kept in &sign_offs {
            signed.extend(kept.request_in(&requests).map(|stored| stored.record.placement.clone()));
            self.add_sign_off(kept, &artifacts)?;
        }
        for kept in self.locked.vouchers()? {
            if sign_offs.iter().any(|signed| signed.sign_off.issuer_id == kept.voucher.key) {
                let place = bag::path(&["data", "vouchers", &kept.file_name])?;
                self.contents.others.push(format!("vouchers/{}", kept.file_name));
                self.payload.add_document(place, kept.bytes);
            }
        }
        for (id, placement) in &placements {
            if shown.contains(id) || signed.contains(id) {
                let what = match (opened.contains(id), shown.contains(id)) {
                    (true, _) => Use::ShowingConfidential,
                    (false, true) => Use::ShowingWork,
                    (false, false) => Use::HandingOn,
                };
                self.heed(id, placement, what, pack)?;
                let shown = public(placement.clone(), signed.contains(id));
                self.add_document(&["placements", id.as_str(), "placement.json"], &shown)?;
            }
        }
        self.add_deposits(pack)?;
        for (id, placement) in &placements {
            if !shown.contains(id) && !signed.contains(id) && self.tells_of(id, pack)? {
                self.heed(id, placement, Use::HandingOn, pack)?;
            }
        }
        if pack.placements.is_none() {
            self.add_room("stories")?;
        }
        // news is nobody's to leave out, and a change of keys is what sign-offs about the key before stand on
        self.add_room("notices")?;
        if !self.locked.names("private")?.is_empty() {
            self.contents.left_out.push(LeftOut { name: "private".to_owned(), why: WhyLeftOut::Private });
        }
        Ok(())
    }

    /// Whether a deposit or a story in the bundle is about the placement, though nothing else of it is in.
    fn tells_of(&self, id: &Slug, pack: &Pack<'_>) -> Result<bool, HolderFault> {
        for deposit in &self.deposits {
            if self.locked.deposit_record(deposit)?.placement.as_ref() == Some(id) {
                return Ok(true);
            }
        }
        Ok(pack.placements.is_none() && self.locked.story_about(&[id])?.is_some())
    }

    /// What the terms forbid is refused, or noted where the student has leave.
    fn heed(
        &mut self,
        id: &Slug,
        placement: &Placement,
        what: Use,
        pack: &Pack<'_>,
    ) -> Result<(), HolderFault> {
        let clauses = placement.terms.forbids(what, pack.created.date());
        if clauses.is_empty() {
            return Ok(());
        }
        if !pack.permitted {
            return Err(HolderFault::TermsForbid { placement: id.clone(), clauses });
        }
        self.contents.in_spite_of.push((id.clone(), clauses));
        Ok(())
    }

    fn add_artifact(
        &mut self,
        id: &Slug,
        artifact: &Artifact,
        sign_offs: &[KeptSignOff],
    ) -> Result<(), HolderFault> {
        let sources = self.locked.open_files(id, artifact)?;
        for (file, source) in artifact.files.iter().zip(sources) {
            let place = bag::path(&["data", "artifacts", id.as_str(), file.name.as_str()])?;
            let is_signed = |kept: &KeptSignOff| {
                kept.sign_off.claims.evidence.iter().any(|evidence| evidence.digest == file.sha256)
            };
            self.contents.files.push(PackedFile {
                artifact: id.clone(),
                name: file.name.to_string(),
                size: file.size,
                signed: sign_offs.iter().any(is_signed),
            });
            self.payload.add_file(place, file.sha256, source);
        }
        // Earlier versions are not here to be compared, and members unknown here may be notes to oneself.
        let files =
            artifact.files.iter().cloned().map(|file| super::ArtifactFile { other: Map::new(), ..file });
        let shown =
            Artifact { files: files.collect(), versions: Vec::new(), other: Map::new(), ..artifact.clone() };
        self.add_document(&["artifacts", id.as_str(), "artifact.json"], &shown)?;
        for (name, kind) in self.locked.names(&format!("artifacts/{id}"))? {
            let is_recorded =
                name == "artifact.json" || artifact.files.iter().any(|f| f.name.as_str() == name);
            if !is_recorded {
                let why = if kind == Kind::File { WhyLeftOut::NotRecorded } else { WhyLeftOut::NotAFile };
                self.contents.left_out.push(LeftOut { name: format!("artifacts/{id}/{name}"), why });
            }
        }
        self.artifacts.push(id.clone());
        Ok(())
    }

    fn add_sign_off(
        &mut self,
        kept: &KeptSignOff,
        artifacts: &[(Slug, Artifact)],
    ) -> Result<(), HolderFault> {
        let claims = &kept.sign_off.claims;
        for evidence in &claims.evidence {
            let is_here = |(_, artifact): &(Slug, Artifact)| {
                artifact.files.iter().any(|file| file.sha256 == evidence.digest)
            };
            if !artifacts.iter().any(is_here) && !evidence.may_be_withheld() {
                self.contents.missing.push((evidence.name.clone(), kept.id.clone()));
            }
        }
        self.contents.sign_offs.push(PackedSignOff {
            id: kept.id.clone(),
            signer: kept.sign_off.issuer_name.clone(),
            title: claims.title.clone(),
        });
        let name = kept.file_name();
        let place = bag::path(&["data", "credentials", &name])?;
        self.payload.add_document(place, kept.statement.clone().unwrap_or_else(|| kept.bytes.clone()));
        if kept.statement.is_some() {
            let place = bag::path(&["data", "credentials", &format!("{name}{SIGNATURE_ENDING}")])?;
            self.payload.add_document(place, kept.bytes.clone());
        }
        Ok(())
    }

    fn add_document<T: serde::Serialize>(&mut self, below: &[&str], record: &T) -> Result<(), HolderFault> {
        let place = bag::path(&[&["data"], below].concat())?;
        if below[0] != "artifacts" {
            self.contents.others.push(below.join("/"));
        }
        self.payload.add_document(place, json::pretty(record).into_bytes());
        Ok(())
    }

    /// The half of a story that is public.
    fn add_story(&mut self, name: &str, place: RelPath) -> Result<(), HolderFault> {
        let bytes = disk::read_bounded(&self.locked.root().join(name), super::stories::STORY_BYTES)?;
        let text = String::from_utf8_lossy(&bytes);
        let public = if text.lines().any(super::stories::is_marker) {
            self.contents.left_out.push(LeftOut { name: name.to_owned(), why: WhyLeftOut::Gated });
            super::stories::public_part(&text).into_bytes()
        } else {
            bytes
        };
        self.contents.others.push(name.to_owned());
        self.payload.add_document(place, public);
        Ok(())
    }

    /// Everything in a room as it is, but for what cannot travel.
    fn add_room(&mut self, room: &str) -> Result<(), HolderFault> {
        let root = self.locked.root().join(room);
        if disk::kind_of(&root)? != Some(Kind::Folder) {
            return Ok(());
        }
        let fault = |e| disk::DiskFault::from_io(&root, e);
        for found in DiskFolder::open(&root)?.list().map_err(fault)? {
            let name = format!("{room}/{}", found.path);
            if crate::bundle::is_litter(&found.path) || found.kind == FoundKind::Folder {
                continue;
            }
            let place = RelPath::parse(&format!("data/{name}"));
            match (found.kind, place) {
                (FoundKind::File, Ok(place)) if room == "stories" => self.add_story(&name, place)?,
                (FoundKind::File, Ok(place)) => {
                    let source = FileSource::open(&root.join(&found.path), Links::Refuse)?;
                    let digest = super::copy::digest_of(&source)?;
                    self.contents.others.push(name);
                    self.payload.add_file(place, digest, source);
                }
                (FoundKind::File, Err(fault)) => {
                    self.contents.left_out.push(LeftOut { name, why: WhyLeftOut::BadName(fault) });
                }
                _ => self.contents.left_out.push(LeftOut { name, why: WhyLeftOut::NotAFile }),
            }
        }
        Ok(())
    }
}

/// Until when an artifact stays confidential: by its own day, or by a later one in the terms. Both open by themselves.
fn confidential(artifact: &Artifact, terms: Option<&Terms>, today: Date) -> Option<Option<Date>> {
    let own = artifact.confidential.as_ref()?;
    if own.holds_on(today) {
        return Some(own.until);
    }
    let forbids = terms?.forbids(Use::ShowingConfidential, today);
    let clause = forbids.into_iter().find(|forbidden| forbidden.clause == Clause::Confidentiality)?;
    Some(clause.answer.until)
}

/// Private things never leave, and a bundle without a signed file is incomplete unless the signer allowed that: where
/// both hold, the student decides.
fn may_be_withheld(id: &Slug, artifact: &Artifact, sign_offs: &[KeptSignOff]) -> Result<(), HolderFault> {
    for kept in sign_offs {
        let evidence = kept.sign_off.claims.evidence.iter();
        let mut bound = evidence.filter(|e| artifact.files.iter().any(|file| file.sha256 == e.digest));
        if bound.any(|evidence| !evidence.may_be_withheld()) {
            return Err(HolderFault::MayNotBeWithheld { artifact: id.clone(), credential: kept.id.clone() });
        }
    }
    Ok(())
}

/// What a placement may say in public: no mentor, no pay, no terms, nothing unknown here. The brief goes along where
/// a signed statement holds it anyway; elsewhere it may name what is confidential.
fn public(placement: Placement, signed: bool) -> Placement {
    let mut brief = if signed { placement.brief } else { Brief::default() };
    brief.other = Map::new();
    for deliverable in &mut brief.deliverables {
        deliverable.other = Map::new();
    }
    let named = |skill: super::Skill| super::Skill { other: Map::new(), ..skill };
    let skills = placement.skills.into_iter().map(named).collect();
    Placement {
        mentor: None,
        pay: None,
        evidence_promised: Vec::new(),
        skills,
        brief,
        terms: Terms::default(),
        portability: Portability::default(),
        closed: None,
        other: Map::new(),
        ..placement
    }
}
