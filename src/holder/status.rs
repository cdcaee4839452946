//! How far each placement is, and what somebody changed by hand.

mod look;
mod memory;

use std::collections::{BTreeMap, HashSet};

use memory::Seen;

use super::requests::{KeptSignOff, StoredRequest};
use super::{Clause, DepositStatus, Differing, HolderFault, Placement, Portfolio, has_drifted, weeks};
use crate::credential::Form;
use crate::digest::Digest;
use crate::disk::Kind;
use crate::path::Slug;
use crate::time::{Date, Timestamp};

/// The state of the folder.
#[derive(Debug, Clone)]
pub struct Status {
    /// One for each placement, by id.
    pub placements: Vec<PlacementStatus>,
    /// Artifacts of no placement.
    pub loose: Vec<Slug>,
    /// What others issued.
    pub deposits: Vec<DepositStatus>,
    /// What is not as the records say.
    pub noticed: Vec<Noticed>,
}

/// The state of one placement.
#[derive(Debug, Clone)]
pub struct PlacementStatus {
    /// Its id.
    pub id: Slug,
    /// Its record.
    pub placement: Placement,
    /// One for each deliverable of the brief, in its order.
    pub deliverables: Vec<DeliverableStatus>,
    /// Artifacts of the placement and of no deliverable.
    pub further: Vec<Slug>,
    /// The log of check-ins.
    pub check_ins: CheckIns,
    /// The questions of the terms that nobody has settled; all of them where no terms are written down.
    pub unsettled: Vec<Clause>,
    /// Whether the brief is another than the one frozen last.
    pub drifted: bool,
    /// How far the sign-off is.
    pub sign_off: SignOffState,
    /// Every sign-off kept for it.
    pub kept: Vec<SignOffStatus>,
}

/// How far the log of check-ins is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckIns {
    /// How many there were.
    pub held: usize,
    /// The weeks of the placement; none where its days are not written down.
    pub weeks: usize,
    /// Whether a record does not follow the one before it.
    pub broken: bool,
}

/// What there is for one deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverableStatus {
    /// What was to be delivered.
    pub title: String,
    /// The artifacts made for it.
    pub artifacts: Vec<Slug>,
    /// Whether any of them still is confidential.
    pub confidential: bool,
}

/// How far a placement's sign-off is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignOffState {
    /// Nobody was asked.
    NotAsked,
    /// Somebody was asked and did not answer yet.
    Asked {
        /// Who.
        of: String,
        /// When.
        on: Date,
    },
    /// Somebody declined, and nobody else signed or was asked since.
    Declined {
        /// Who, in their own words.
        by: String,
        /// Why, if they said.
        reason: Option<String>,
        /// When, by their clock.
        on: Date,
    },
    /// There is a sign-off about the files as they are.
    Signed,
    /// There are sign-offs, and each is about files that changed since.
    SignedEarlierVersion,
}

/// One sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffStatus {
    /// Its id.
    pub id: Slug,
    /// In which form it was signed.
    pub form: Form,
    /// What the signer's key calls itself.
    pub signer: String,
    /// When it was signed, by the signer's clock; of a statement when it was asked for.
    pub signed: Timestamp,
    /// Until when it holds.
    pub until: Option<Timestamp>,
    /// Names of files that are not here any more as they were signed.
    pub earlier: Vec<String>,
}

/// Something that is not as the records say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Noticed {
    /// A file that a record lists is missing, or its bytes are others.
    FileDiffers {
        /// The artifact.
        artifact: Slug,
        /// How.
        file: Differing,
    },
    /// A file of a deposit is missing, or its bytes are others.
    DepositDiffers {
        /// The deposit.
        deposit: Slug,
        /// How.
        file: Differing,
    },
    /// A file or folder that no record lists.
    NotRecorded(String),
    /// A folder of artifacts or placements without its record, or under a name that is no id.
    NoRecord(String),
    /// An artifact of a placement that is not there: it was renamed or removed by hand.
    NoSuchPlacement {
        /// The artifact.
        artifact: Slug,
        /// The placement it names.
        placement: Slug,
    },
    /// An artifact for a deliverable that the brief does not have.
    NoSuchDeliverable {
        /// The artifact.
        artifact: Slug,
        /// The number it names.
        deliverable: u32,
    },
    /// A request about an artifact that is not there: it was renamed or removed by hand.
    NoSuchArtifact {
        /// The request.
        request: Slug,
        /// The artifact it names.
        artifact: Slug,
    },
    /// A sign-off that was kept is not there any more.
    SignOffGone {
        /// The request it answered.
        request: Slug,
        /// Its id.
        credential: Slug,
    },
}

impl Portfolio {
    /// Looks at everything. What cannot have changed since the last look is not read again.
    pub fn status(&self, now: Timestamp) -> Result<Status, HolderFault> {
        let mut noticed = Vec::new();
        let artifacts = self.look_at_artifacts(&mut noticed)?;
        let placements = self.recorded_placements(&mut noticed)?;
        let requests = self.requests()?;
        let kept = self.sign_offs()?;
        notice_links(&artifacts, &placements, &requests, &kept, &mut noticed);

        let here: HashSet<Digest> =
            artifacts.values().flat_map(|a| &a.files).filter_map(|f| f.here).collect();
        let mut by_placement: BTreeMap<&Slug, Vec<(&Slug, &Seen)>> = BTreeMap::new();
        let mut loose = Vec::new();
        for (id, artifact) in &artifacts {
            match &artifact.placement {
                Some(placement) => by_placement.entry(placement).or_default().push((id, artifact)),
                None => loose.push(id.clone()),
            }
        }
        let mut statuses = Vec::new();
        for (id, placement) in &placements {
            let asked: Vec<&StoredRequest> = requests.iter().filter(|r| r.record.placement == *id).collect();
            let signed =
                kept.iter().filter(|k| k.request_in(&requests).is_some_and(|r| r.record.placement == *id));
            let signed: Vec<SignOffStatus> = signed.map(|k| sign_off_status(k, &here)).collect();
            let mine = by_placement.get(id).map(Vec::as_slice).unwrap_or_default();
            let mut status =
                placement_status(id, placement, mine, state(&asked, &signed, &kept), signed, now.date());
            let log = self.checkpoints(id)?;
            status.check_ins = CheckIns {
                held: log.entries.len(),
                weeks: weeks(placement).len(),
                broken: !log.breaks.is_empty(),
            };
            // A rewritten revision is for `check` to tell.
            status.drifted = self.frozen_briefs(id).is_ok_and(|revisions| has_drifted(placement, &revisions));
            statuses.push(status);
        }
        let deposits = self.deposits_here(&mut noticed)?;
        Ok(Status { placements: statuses, loose, deposits, noticed })
    }

    fn recorded_placements(
        &self,
        noticed: &mut Vec<Noticed>,
    ) -> Result<BTreeMap<Slug, Placement>, HolderFault> {
        let mut all = BTreeMap::new();
        for (name, kind) in self.names("placements")? {
            let path = format!("placements/{name}");
            if kind != Kind::Folder {
                noticed.push(Noticed::NotRecorded(path));
                continue;
            }
            let Ok(id) = Slug::parse(&name) else {
                noticed.push(Noticed::NoRecord(path));
                continue;
            };
            match self.placement(&id) {
                Err(HolderFault::NoSuchPlacement(_)) => noticed.push(Noticed::NoRecord(path)),
                found => {
                    all.insert(id, found?);
                }
            }
        }
        Ok(all)
    }
}

fn placement_status(
    id: &Slug,
    placement: &Placement,
    artifacts: &[(&Slug, &Seen)],
    sign_off: SignOffState,
    kept: Vec<SignOffStatus>,
    today: Date,
) -> PlacementStatus {
    let deliverables = placement.brief.deliverables.iter().zip(1u32..).map(|(deliverable, number)| {
        let made: Vec<_> = artifacts.iter().filter(|(_, a)| a.deliverable == Some(number)).collect();
        let is_confidential = |(_, artifact): &&(&Slug, &Seen)| {
            artifact.confidential.as_ref().is_some_and(|confidential| confidential.holds_on(today))
        };
        DeliverableStatus {
            title: deliverable.title.clone(),
            confidential: made.iter().any(is_confidential),
            artifacts: made.iter().map(|(id, _)| (*id).clone()).collect(),
        }
    });
    let further = artifacts.iter().filter(|(_, artifact)| artifact.deliverable.is_none());
    PlacementStatus {
        id: id.clone(),
        placement: placement.clone(),
        deliverables: deliverables.collect(),
        further: further.map(|(id, _)| (*id).clone()).collect(),
        check_ins: CheckIns::default(),
        unsettled: placement.terms.unsettled(),
        drifted: false,
        sign_off,
        kept,
    }
}

fn sign_off_status(kept: &KeptSignOff, here: &HashSet<Digest>) -> SignOffStatus {
    let sign_off = &kept.sign_off;
    let earlier = sign_off.claims.evidence.iter().filter(|evidence| !here.contains(&evidence.digest));
    SignOffStatus {
        id: kept.id.clone(),
        form: sign_off.form,
        signer: sign_off.issuer_name.clone(),
        signed: sign_off.valid_from,
        until: sign_off.valid_until,
        earlier: earlier.map(|evidence| evidence.name.clone()).collect(),
    }
}

/// A sign-off about what is here outweighs a later question; a question outweighs an earlier no.
fn state(asked: &[&StoredRequest], signed: &[SignOffStatus], kept: &[KeptSignOff]) -> SignOffState {
    if signed.iter().any(|sign_off| sign_off.earlier.is_empty()) {
        return SignOffState::Signed;
    }
    let is_signed = |stored: &StoredRequest| {
        let achievement = &stored.request.claims.achievement_id;
        kept.iter().any(|kept| kept.sign_off.claims.achievement_id == *achievement)
    };
    let mut unsigned: Vec<&&StoredRequest> = asked.iter().filter(|stored| !is_signed(stored)).collect();
    unsigned.sort_by_key(|stored| stored.request.created);
    if let Some(open) = unsigned.iter().rev().find(|stored| stored.record.answers.is_empty()) {
        return SignOffState::Asked { of: open.request.asked.name.clone(), on: open.request.created.date() };
    }
    if !signed.is_empty() {
        return SignOffState::SignedEarlierVersion;
    }
    match unsigned.last().and_then(|stored| stored.record.answers.last()) {
        Some(no) => SignOffState::Declined {
            by: no.by.clone().unwrap_or_default(),
            reason: no.reason.clone(),
            on: no.created.date(),
        },
        None => SignOffState::NotAsked,
    }
}

fn notice_links(
    artifacts: &BTreeMap<Slug, Seen>,
    placements: &BTreeMap<Slug, Placement>,
    requests: &[StoredRequest],
    kept: &[KeptSignOff],
    noticed: &mut Vec<Noticed>,
) {
    for (id, artifact) in artifacts {
        let Some(placement) = &artifact.placement else { continue };
        let Some(found) = placements.get(placement) else {
            noticed.push(Noticed::NoSuchPlacement { artifact: id.clone(), placement: placement.clone() });
            continue;
        };
        let have = found.brief.deliverables.len();
        if let Some(deliverable) = artifact.deliverable.filter(|n| *n == 0 || *n as usize > have) {
            noticed.push(Noticed::NoSuchDeliverable { artifact: id.clone(), deliverable });
        }
    }
    for stored in requests {
        let mut gone: Vec<&Slug> = stored.record.files.iter().map(|file| &file.artifact).collect();
        gone.retain(|artifact| !artifacts.contains_key(*artifact));
        gone.dedup();
        let request = || stored.id.clone();
        noticed.extend(
            gone.into_iter().map(|id| Noticed::NoSuchArtifact { request: request(), artifact: id.clone() }),
        );
        let lost = stored.kept().filter(|id| !kept.iter().any(|kept| kept.id == **id));
        noticed.extend(lost.map(|id| Noticed::SignOffGone { request: request(), credential: id.clone() }));
    }
}
