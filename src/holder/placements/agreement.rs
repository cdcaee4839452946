//! What was agreed and who said so: answers with their state, words and source, in an offer and in a placement.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::text;
use crate::time::Date;

/// How far a question is settled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Yes.
    Yes,
    /// No.
    No,
    /// In part; the words say which.
    Partly,
}

/// One question answered: its state, the words it came in, where they stand, and what they amount to.
///
/// `amount` to `until` are for the questions that they fit; elsewhere they are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How far it is settled.
    pub state: State,
    /// Of `pay`: how much, as a decimal number such as `2400` or `12.50`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Of `pay`: the currency (ISO 4217), such as `GBP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Of `pay`: for what, such as `hour`, `month` or `placement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Of `hours`: how many in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Of `narrative`: who controls the story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Narrator>,
    /// Of `ownership`: who owns the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Of `ownership`: what has to happen before the work is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<Condition>,
    /// Of `ownership`: the day on which that happened. Of `export`: the day on which it was in hand.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub met: Option<Date>,
    /// Of a prohibition: the day on which it ends by itself.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The words it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where the words stand, or who said them when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Origin>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Where an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What kind of source it is.
    pub kind: OriginKind,
    /// Which page, which e-mail, who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// On which day.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What kind of source an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// A page of the contract or of the written offer.
    Contract,
    /// An e-mail.
    EMail,
    /// Said aloud.
    Said,
    /// Anything else.
    Other,
}

/// Who controls the story of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Narrator {
    /// The student.
    Student,
    /// The mentor or the organisation.
    Mentor,
    /// A platform between them.
    Platform,
}

/// Who owns what is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// The student.
    Me,
    /// The organisation.
    Them,
    /// Both.
    Shared,
}

/// What has to happen before the work is the organisation's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// Nothing: it is theirs from the start.
    Nothing,
    /// That the student is paid.
    Payment,
    /// That the student gets the credential.
    Credential,
}

/// A question about what may be done with the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    /// Who owns what is made, and on what that depends.
    Ownership,
    /// Whether the placement may be named in public.
    Naming,
    /// Whether the student gets an export of the work at the end.
    Export,
    /// Whether something must stay confidential, and until when.
    Confidentiality,
    /// Whether the work may be shown and used again.
    Reuse,
}

impl Clause {
    /// All clauses, in the order they are asked about.
    pub const ALL: [Self; 5] =
        [Self::Ownership, Self::Naming, Self::Export, Self::Confidentiality, Self::Reuse];

    /// The member of `terms` that holds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Naming => "naming",
            Self::Export => "export",
            Self::Confidentiality => "confidentiality",
            Self::Reuse => "reuse",
        }
    }
}

/// What may be done with the work of a placement: the clauses that bundles, pages and exports keep to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// Who owns what is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Answer>,
    /// Whether the placement may be named in public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub naming: Option<Answer>,
    /// Whether the student gets an export of the work at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<Answer>,
    /// Whether something must stay confidential: `yes` all of it, `partly` what the words say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<Answer>,
    /// Whether the work may be shown and used again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reuse: Option<Answer>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Terms {
    /// Whether nothing at all is written down.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The answer to one clause.
    pub fn answer(&self, clause: Clause) -> Option<&Answer> {
        match clause {
            Clause::Ownership => self.ownership.as_ref(),
            Clause::Naming => self.naming.as_ref(),
            Clause::Export => self.export.as_ref(),
            Clause::Confidentiality => self.confidentiality.as_ref(),
            Clause::Reuse => self.reuse.as_ref(),
        }
    }

    /// Where the answer to one clause goes.
    pub fn answer_mut(&mut self, clause: Clause) -> &mut Option<Answer> {
        match clause {
            Clause::Ownership => &mut self.ownership,
            Clause::Naming => &mut self.naming,
            Clause::Export => &mut self.export,
            Clause::Confidentiality => &mut self.confidentiality,
            Clause::Reuse => &mut self.reuse,
        }
    }

    /// How far a clause is settled; one that is not written down is unknown.
    pub fn state(&self, clause: Clause) -> State {
        self.answer(clause).map_or(State::Unknown, |answer| answer.state)
    }

    /// The clauses that nobody has settled, in their order.
    pub fn unsettled(&self) -> Vec<Clause> {
        Clause::ALL.into_iter().filter(|clause| self.state(*clause) == State::Unknown).collect()
    }
}

/// How the promised credential can be carried elsewhere and checked there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Portability {
    /// In which format it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Answer>,
    /// By which schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Answer>,
    /// How somebody else can check it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Answer>,
    /// How long its links live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Answer>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Portability {
    /// Whether nothing at all is written down.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether schema and way of checking are both known.
    pub fn has_verification_spec(&self) -> bool {
        let known = |answer: &Option<Answer>| answer.as_ref().is_some_and(|a| a.state != State::Unknown);
        known(&self.schema) && known(&self.verification)
    }
}

/// That a placement was closed, and what was missing then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Closed {
    /// When.
    #[serde(with = "text")]
    pub on: Date,
    /// What was still missing, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
