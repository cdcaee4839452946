//! The end of a placement: what should be in hand by then, and what is missing.

use serde_json::Map;

use super::super::records::{Artifact, Placement};
use super::super::{HolderFault, Locked, Portfolio, Role};
use super::agreement::{Clause, Closed, State};
use crate::disk::{self, Kind};
use crate::path::Slug;
use crate::time::Date;

/// Something that a finished placement leaves in the student's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A written report: a document that is more than the cover of something else.
    Report,
    /// Work for every deliverable of the brief.
    Artifact,
    /// A sign-off about the files as they are.
    Credential,
    /// The export of the work that the terms promise.
    Export,
    /// By which schema the promised credential comes, and how somebody else checks it.
    VerificationSpec,
    /// A story about it: a reflection or a case study.
    Story,
}

impl Need {
    /// All of them, in the order they are walked.
    pub const ALL: [Self; 6] =
        [Self::Report, Self::Artifact, Self::Credential, Self::Export, Self::VerificationSpec, Self::Story];

    /// Its name in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Artifact => "artifact",
            Self::Credential => "credential",
            Self::Export => "export",
            Self::VerificationSpec => "verification-spec",
            Self::Story => "story",
        }
    }
}

/// How it stands with one need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It is in hand: what it is.
    InHand(String),
    /// It is missing.
    Missing,
    /// It was not agreed, so nothing is missing.
    NotAgreed,
}

impl Portfolio {
    /// What is in hand and what is missing at the end of a placement, need by need.
    pub fn closing(&self, id: &Slug) -> Result<Vec<(Need, Standing)>, HolderFault> {
        let placement = self.placement(id)?;
        let mut artifacts = self.artifacts()?;
        artifacts.retain(|(_, artifact)| artifact.placement.as_ref() == Some(id));
        let requests = self.requests()?;
        let mut kept = self.sign_offs()?;
        kept.retain(|kept| kept.request_in(&requests).is_some_and(|asked| asked.record.placement == *id));
        let stand = |need| {
            let standing = match need {
                Need::Report => report(&artifacts),
                Need::Artifact => work(&placement, &artifacts),
                Need::Credential => in_hand(kept.first().map(|kept| kept.id.to_string())),
                Need::Export => export(&placement),
                Need::VerificationSpec => spec(&placement, kept.is_empty()),
                Need::Story => {
                    let ids = artifacts.iter().map(|(id, _)| id).chain(kept.iter().map(|kept| &kept.id));
                    let ids: Vec<&Slug> = ids.chain([id]).collect();
                    in_hand(self.story_about(&ids)?)
                }
            };
            Ok((need, standing))
        };
        Need::ALL.into_iter().map(stand).collect()
    }

    /// The first story whose front matter names one of these ids.
    pub(in crate::holder) fn story_about(&self, ids: &[&Slug]) -> Result<Option<String>, HolderFault> {
        for (name, kind) in self.names("stories")? {
            if kind != Kind::File || !name.ends_with(".md") {
                continue;
            }
            let bytes = disk::read_bounded(&self.root().join("stories").join(&name), 1 << 20)?;
            let text = String::from_utf8_lossy(&bytes);
            let front =
                text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front);
            let mut words = front.unwrap_or_default().split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            if words.any(|word| ids.iter().any(|id| id.as_str() == word)) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }
}

impl Locked {
    /// Closes a placement, noting what was missing.
    pub fn close_placement(&self, id: &Slug, on: Date) -> Result<Placement, HolderFault> {
        let missing = self.closing(id)?.into_iter().filter(|(_, standing)| *standing == Standing::Missing);
        let missing = missing.map(|(need, _)| need.name().to_owned()).collect();
        self.change_placement(id, |placement| {
            let other = placement.closed.take().map(|closed| closed.other).unwrap_or_else(Map::new);
            placement.closed = Some(Closed { on, missing, other });
        })
    }
}

fn in_hand(what: Option<String>) -> Standing {
    what.map_or(Standing::Missing, Standing::InHand)
}

fn report(artifacts: &[(Slug, Artifact)]) -> Standing {
    let is_report =
        |(_, artifact): &&(Slug, Artifact)| artifact.files.iter().all(|file| file.role != Role::Attachment);
    in_hand(artifacts.iter().find(is_report).map(|(_, artifact)| artifact.document.to_string()))
}

fn work(placement: &Placement, artifacts: &[(Slug, Artifact)]) -> Standing {
    let asked = placement.brief.deliverables.len();
    let made = (1..=asked).filter(|number| {
        artifacts
            .iter()
            .any(|(_, artifact)| artifact.deliverable.is_some_and(|made| made as usize == *number))
    });
    let made = made.count();
    let enough = made == asked && !artifacts.is_empty();
    in_hand(
        enough.then(|| if asked == 0 { artifacts.len().to_string() } else { format!("{made} of {asked}") }),
    )
}

fn export(placement: &Placement) -> Standing {
    match (
        placement.terms.state(Clause::Export),
        placement.terms.export.as_ref().and_then(|answer| answer.met),
    ) {
        (_, Some(day)) => Standing::InHand(day.to_string()),
        (State::No, None) => Standing::NotAgreed,
        _ => Standing::Missing,
    }
}

/// A sign-off kept here says itself how it is checked; only what others promised needs a spec of theirs.
fn spec(placement: &Placement, nothing_signed: bool) -> Standing {
    let promised = placement.evidence_promised.iter().any(|what| what == "credential");
    if placement.portability.has_verification_spec() {
        Standing::InHand("schema and way of checking are written down".to_owned())
    } else if promised || nothing_signed {
        Standing::Missing
    } else {
        Standing::InHand("Open Badges 3.0, as signed here".to_owned())
    }
}
