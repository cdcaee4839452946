//! Offers before they are placements: `private/<id>/offer.json`, never shared, never bundled.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::records::{self, Brief, FORMAT, Mentor, Placement};
use super::super::{HolderFault, Locked, Portfolio, text};
use super::agreement::{Answer, Portability, State, Terms};
use crate::disk::{self, DiskFault, Mode};
use crate::path::Slug;
use crate::time::{Date, Timestamp};

/// A question that an offer should settle. Its name is the member of `answers` that holds the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// How many hours in all.
    Hours,
    /// Whether it is paid, and how much.
    Pay,
    /// Whether there is a share of revenue or equity.
    Share,
    /// Remote, on site or both.
    Site,
    /// Whether there is a written report to keep.
    Report,
    /// Whether the student keeps a copy of what is made.
    Artifact,
    /// Whether there is a signed credential at the end.
    Credential,
    /// In which format the credential comes.
    Format,
    /// By which schema.
    Schema,
    /// How somebody else can check it.
    Verification,
    /// How long its links live.
    Links,
    /// Who controls the story: student, mentor or platform.
    Narrative,
    /// Who owns what is made, and on what that depends.
    Ownership,
    /// Whether the placement may be named in public.
    Naming,
    /// Whether there is an export of the work at the end.
    Export,
    /// Whether something must stay confidential, and until when.
    Confidentiality,
    /// Whether the work may be shown and used again.
    Reuse,
    /// Whether the student's device must be attested.
    Device,
    /// Whether the student's room is checked.
    Room,
    /// What is kept about the student, and how long.
    Retention,
}

impl Question {
    /// All questions, in the order they are asked.
    pub const ALL: [Self; 20] = [
        Self::Hours,
        Self::Pay,
        Self::Share,
        Self::Site,
        Self::Report,
        Self::Artifact,
        Self::Credential,
        Self::Format,
        Self::Schema,
        Self::Verification,
        Self::Links,
        Self::Narrative,
        Self::Ownership,
        Self::Naming,
        Self::Export,
        Self::Confidentiality,
        Self::Reuse,
        Self::Device,
        Self::Room,
        Self::Retention,
    ];

    /// Its name in the record and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Pay => "pay",
            Self::Share => "share",
            Self::Site => "site",
            Self::Report => "report",
            Self::Artifact => "artifact",
            Self::Credential => "credential",
            Self::Format => "format",
            Self::Schema => "schema",
            Self::Verification => "verification",
            Self::Links => "links",
            Self::Narrative => "narrative",
            Self::Ownership => "ownership",
            Self::Naming => "naming",
            Self::Export => "export",
            Self::Confidentiality => "confidentiality",
            Self::Reuse => "reuse",
            Self::Device => "device",
            Self::Room => "room",
            Self::Retention => "retention",
        }
    }

    /// The question of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.name() == name)
    }
}

/// `offer.json`: what was offered, and what is still unknown about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// [`FORMAT`].
    pub format_version: u64,
    /// Title, such as `Demand forecasting co-lab`.
    pub title: String,
    /// The organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// What the student would be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// First day.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// Last day.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// Who would guide the work, and who is asked what is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor: Option<Mentor>,
    /// The answers by the name of their [`Question`]; a question without one is unknown.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// What became of it; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// When it was written down.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Accepted or declined.
    pub outcome: Decided,
    /// When.
    #[serde(with = "text")]
    pub on: Date,
    /// Why, if that was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The placement it became.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub placement: Option<Slug>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// How an offer was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decided {
    /// It became a placement.
    Accepted,
    /// It was turned down.
    Declined,
}

impl Offer {
    /// The answer to a question, if there is one.
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.answers.get(question.name())
    }

    /// How far a question is settled.
    pub fn state(&self, question: Question) -> State {
        self.answer(question).map_or(State::Unknown, |answer| answer.state)
    }

    /// The questions that are still unknown, in the order they are asked.
    pub fn unknown(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|question| self.state(*question) == State::Unknown).collect()
    }

    /// The placement that it becomes, with everything that was answered.
    fn placement(&self, created: Timestamp) -> Placement {
        let taken = |question: Question| self.answer(question).cloned();
        let is_promised = |question: &Question| matches!(self.state(*question), State::Yes | State::Partly);
        let promised = [Question::Report, Question::Artifact, Question::Credential];
        Placement {
            format_version: FORMAT,
            title: self.title.clone(),
            organisation: self.organisation.clone(),
            starts: self.starts,
            ends: self.ends,
            mentor: self.mentor.clone(),
            role: self.role.clone(),
            hours: self.answer(Question::Hours).and_then(|answer| answer.hours),
            pay: taken(Question::Pay),
            evidence_promised: promised
                .iter()
                .filter(|question| is_promised(question))
                .map(|question| question.name().to_owned())
                .collect(),
            skills: Vec::new(),
            brief: Brief::default(),
            terms: Terms {
                ownership: taken(Question::Ownership),
                naming: taken(Question::Naming),
                export: taken(Question::Export),
                confidentiality: taken(Question::Confidentiality),
                reuse: taken(Question::Reuse),
                other: Map::new(),
            },
            portability: Portability {
                format: taken(Question::Format),
                schema: taken(Question::Schema),
                verification: taken(Question::Verification),
                links: taken(Question::Links),
                other: Map::new(),
            },
            closed: None,
            created,
            other: Map::new(),
        }
    }
}

impl Portfolio {
    /// Where the record of an offer lies.
    pub fn offer_path(&self, id: &Slug) -> PathBuf {
        self.root().join("private").join(id.as_str()).join("offer.json")
    }

    /// Every offer, by id.
    pub fn offers(&self) -> Result<Vec<(Slug, Offer)>, HolderFault> {
        let mut all = Vec::new();
        for id in self.ids("private")? {
            match self.offer(&id) {
                Err(HolderFault::NoSuchOffer(_)) => {}
                found => all.push((id, found?)),
            }
        }
        Ok(all)
    }

    /// One offer.
    pub fn offer(&self, id: &Slug) -> Result<Offer, HolderFault> {
        match records::read(&self.offer_path(id)) {
            Err(HolderFault::Disk(DiskFault::NotFound(_))) => Err(HolderFault::NoSuchOffer(id.clone())),
            found => found,
        }
    }
}

impl Locked {
    /// Writes an offer, new or in place of its earlier state, for its owner's eyes alone.
    pub fn write_offer(&self, id: &Slug, offer: &Offer) -> Result<PathBuf, HolderFault> {
        self.private_room(id)?;
        let path = self.offer_path(id);
        let bytes = crate::json::pretty(offer);
        match disk::kind_of(&path)? {
            None => disk::write_new(&path, bytes.as_bytes(), Mode::Private)?,
            Some(_) => disk::replace(&path, bytes.as_bytes(), Mode::Private)?,
        }
        Ok(path)
    }

    /// Turns an open offer into a placement of the same id; the offer notes it.
    ///
    /// # Errors
    /// [`HolderFault::OfferDecided`], [`HolderFault::PlacementExists`].
    pub fn accept_offer(&self, id: &Slug, at: Timestamp) -> Result<Placement, HolderFault> {
        let mut offer = self.open_offer(id)?;
        if self.free_id("placements", id)? != *id {
            return Err(HolderFault::PlacementExists(id.clone()));
        }
        let placement = offer.placement(at);
        self.write_placement(id, &placement)?;
        let placed = Some(id.clone());
        offer.decision = Some(decision(Decided::Accepted, at, None, placed));
        self.write_offer(id, &offer)?;
        Ok(placement)
    }

    /// Notes that an open offer was turned down.
    ///
    /// # Errors
    /// [`HolderFault::OfferDecided`].
    pub fn decline_offer(
        &self,
        id: &Slug,
        reason: Option<String>,
        at: Timestamp,
    ) -> Result<Offer, HolderFault> {
        let mut offer = self.open_offer(id)?;
        offer.decision = Some(decision(Decided::Declined, at, reason, None));
        self.write_offer(id, &offer)?;
        Ok(offer)
    }

    fn open_offer(&self, id: &Slug) -> Result<Offer, HolderFault> {
        let offer = self.offer(id)?;
        match &offer.decision {
            Some(made) => {
                Err(HolderFault::OfferDecided { offer: id.clone(), decided: made.outcome, on: made.on })
            }
            None => Ok(offer),
        }
    }
}

fn decision(outcome: Decided, at: Timestamp, reason: Option<String>, placement: Option<Slug>) -> Decision {
    Decision { outcome, on: at.date(), reason, placement, other: Map::new() }
}
