//! What came of a placement: interviews, offers, sales and citations, each with its day and its evidence.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::{HolderFault, Locked, Portfolio, records, text};
use crate::disk::{self, Mode};
use crate::path::Slug;
use crate::time::{Date, Timestamp};

/// `placements/<id>/outcomes/<date>.json`: one thing that came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// [`super::super::FORMAT`].
    pub format_version: u64,
    /// What it is.
    pub kind: OutcomeKind,
    /// On which day.
    #[serde(with = "text")]
    pub date: Date,
    /// More about it, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What shows that it happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<OutcomeEvidence>,
    /// When it was written down.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can come of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// An interview.
    Interview,
    /// An offer.
    Offer,
    /// A sale.
    Sale,
    /// Somebody cites the work.
    Citation,
}

/// What shows that something happened: an id of this portfolio, or the student's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeEvidence {
    /// A piece of work.
    Artifact(#[serde(with = "text")] Slug),
    /// A sign-off.
    Credential(#[serde(with = "text")] Slug),
    /// A deposit.
    Deposit(#[serde(with = "text")] Slug),
    /// Anything else, in words.
    Words(String),
}

impl Outcome {
    /// One that is yet to be written down.
    #[must_use]
    pub fn new(
        kind: OutcomeKind,
        date: Date,
        words: Option<String>,
        evidence: Vec<OutcomeEvidence>,
        created: Timestamp,
    ) -> Outcome {
        Outcome { format_version: records::FORMAT, kind, date, words, evidence, created, other: Map::new() }
    }
}

impl OutcomeKind {
    /// Every kind.
    pub const ALL: [OutcomeKind; 4] =
        [OutcomeKind::Interview, OutcomeKind::Offer, OutcomeKind::Sale, OutcomeKind::Citation];

    /// The stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            OutcomeKind::Interview => "interview",
            OutcomeKind::Offer => "offer",
            OutcomeKind::Sale => "sale",
            OutcomeKind::Citation => "citation",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<OutcomeKind> {
        OutcomeKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl Portfolio {
    /// What came of a placement, the oldest first.
    pub fn outcomes(&self, placement: &Slug) -> Result<Vec<Outcome>, HolderFault> {
        let room = format!("placements/{placement}/outcomes");
        let mut all: Vec<Outcome> = Vec::new();
        for (name, kind) in self.names(&room)? {
            if kind == disk::Kind::File && name.ends_with(".json") {
                all.push(records::read(&self.root().join(&room).join(&name))?);
            }
        }
        all.sort_by_key(|outcome| (outcome.date, outcome.created));
        Ok(all)
    }

    /// What a word of the student's names as evidence: an id where there is one here, else the words.
    pub fn evidence_named(&self, word: &str) -> OutcomeEvidence {
        if let Ok(id) = Slug::parse(word) {
            let is_there = |path: String| matches!(disk::kind_of(&self.root().join(path)), Ok(Some(_)));
            if is_there(format!("artifacts/{id}/artifact.json")) {
                return OutcomeEvidence::Artifact(id);
            }
            if self.has_sign_off(&id) {
                return OutcomeEvidence::Credential(id);
            }
            if is_there(format!("deposits/{id}/deposit.json")) {
                return OutcomeEvidence::Deposit(id);
            }
        }
        OutcomeEvidence::Words(word.to_owned())
    }
}

impl Locked {
    /// Writes down something that came of a placement; gives its path below the portfolio.
    pub fn add_outcome(&self, placement: &Slug, outcome: &Outcome) -> Result<String, HolderFault> {
        self.placement(placement)?;
        let room = format!("placements/{placement}/outcomes");
        let folder = self.root().join(&room);
        disk::ensure_folder(&folder, Mode::Shared)?;
        let taken = self.names(&room)?;
        let named = |number: usize| match number {
            1 => format!("{}.json", outcome.date),
            more => format!("{}-{more}.json", outcome.date),
        };
        let mut number = 1;
        while taken.iter().any(|(name, _)| *name == named(number)) {
            number += 1;
        }
        records::write_new(&folder.join(named(number)), outcome)?;
        Ok(format!("{room}/{}", named(number)))
    }
}
