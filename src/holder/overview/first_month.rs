//! The first thirty days of a placement: four steps, each due on a day and done or not by what the folder holds.

use super::super::{Artifact, HolderFault, On, Placement, Portfolio, Role};
use crate::path::Slug;
use crate::time::Date;

/// A step of the first month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask in which form the credential comes and how it is checked.
    Spec,
    /// Have a deliverable in an open format.
    Export,
    /// Write a story about a piece of work.
    Story,
    /// Write down three next moves and what each asks for.
    Moves,
}

/// A step with its day and its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub step: Step,
    /// Its last day.
    pub due: Date,
    /// Whether it is done.
    pub done: bool,
    /// The records that show it is done, or how far it is, by id or name.
    pub facts: Vec<String>,
}

/// The first month of one placement.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstMonth {
    /// The placement.
    pub id: Slug,
    /// Its record.
    pub placement: Placement,
    /// The day that the month is counted from: the placement's first, or the one on which it was written down.
    pub from: Date,
    /// The steps, by their days.
    pub steps: Vec<Due>,
}

impl Step {
    /// All, by their days.
    pub const ALL: [Step; 4] = [Step::Spec, Step::Export, Step::Story, Step::Moves];

    /// The stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Spec => "spec",
            Step::Export => "export",
            Step::Story => "story",
            Step::Moves => "moves",
        }
    }

    /// The day of the month on which it is due, the first day being 1.
    #[must_use]
    pub fn day(self) -> u32 {
        match self {
            Step::Spec => 7,
            Step::Export => 14,
            Step::Story => 21,
            Step::Moves => 30,
        }
    }
}

/// How many next moves are wanted.
pub const MOVES: usize = 3;

/// Formats that anybody can read with software of their own choice: open specifications, or plain text.
const OPEN: [&str; 12] = [
    "application/pdf",
    "application/json",
    "application/xml",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/epub+zip",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "application/geo+json",
    "application/x-ipynb+json",
];

impl Portfolio {
    /// The first month of every placement, by id.
    pub fn first_months(&self) -> Result<Vec<FirstMonth>, HolderFault> {
        let (artifacts, requests, stories) = (self.artifacts()?, self.requests()?, self.stories()?);
        let moves = self.move_records()?;
        let mapped: Vec<String> =
            moves.iter().filter(|(_, one)| !one.needs.is_empty()).map(|(id, _)| id.to_string()).collect();
        let mut all = Vec::new();
        for (id, placement) in self.placements()? {
            let mine: Vec<&(Slug, Artifact)> =
                artifacts.iter().filter(|(_, a)| a.placement.as_ref() == Some(&id)).collect();
            let answered = |credential: &Slug| {
                requests.iter().any(|r| r.record.placement == id && r.kept().any(|kept| kept == credential))
            };
            let told = stories.iter().filter(|story| match &story.on {
                On::Artifact(artifact) => mine.iter().any(|(known, _)| known == artifact),
                On::Credential(credential) => answered(credential),
            });
            let told: Vec<String> = told.map(|story| story.id.to_string()).collect();
            let open = mine.iter().filter(|(_, artifact)| is_open(artifact));
            let open: Vec<String> = open.map(|(id, _)| id.to_string()).collect();
            let from = placement.starts.unwrap_or_else(|| placement.created.date());
            let steps = Step::ALL.map(|step| {
                let (done, facts) = match step {
                    Step::Spec => (placement.portability.has_verification_spec(), Vec::new()),
                    Step::Export => (!open.is_empty(), open.clone()),
                    Step::Story => (!told.is_empty(), told.clone()),
                    Step::Moves => (mapped.len() >= MOVES, mapped.clone()),
                };
                let due = from.start().plus_seconds(i64::from(step.day() - 1) * 86_400).date();
                Due { step, due, done, facts }
            });
            all.push(FirstMonth { id, placement, from, steps: steps.to_vec() });
        }
        Ok(all)
    }
}

/// Whether what was handed in, not the page made to stand before it, has an open format.
fn is_open(artifact: &Artifact) -> bool {
    let alone = artifact.files.len() == 1;
    let handed_in = artifact.files.iter().filter(|file| alone || file.role != Role::Document);
    let is_open = |media: &str| media.starts_with("text/") || OPEN.contains(&media);
    handed_in.into_iter().any(|file| is_open(&file.media_type))
}
