//! The chain of check-ins: put in order by whom each record names, and every place where it breaks.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::{HolderFault, text};
use crate::digest::Digest;
use crate::json;
use crate::time::Date;

/// `placements/<id>/checkpoints/<date>.json`: one check-in with the mentor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checkpoint {
    /// [`super::super::FORMAT`].
    pub format_version: u64,
    /// On which day.
    #[serde(with = "text")]
    pub date: Date,
    /// How long, in minutes.
    pub minutes: u32,
    /// Who was there besides the student.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<String>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<String>,
    /// The next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Digest of the record before it; the first has none.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub previous: Option<Digest>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One record of the log as it lies in the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// The name of its file without `.json`, such as `2026-06-03` or `2026-06-03-2`.
    pub name: String,
    /// What it says.
    pub record: Checkpoint,
    /// SHA-256 of its canonical form (RFC 8785): what the next one names as `previous`.
    pub digest: Digest,
    /// The record as it stands, for a request.
    pub document: Value,
}

/// The log of a placement, in the order in which the records name each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckpointLog {
    /// The records, the oldest first.
    pub entries: Vec<Logged>,
    /// Where the chain breaks; empty when it holds.
    pub breaks: Vec<ChainBreak>,
}

/// A place where the chain of records breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainBreak {
    /// A record names one before it that is not here: that one was changed or taken away.
    NotHere {
        /// The record that names it.
        name: String,
        /// The digest it names.
        named: Digest,
        /// The record that stands before it by its day, with the digest that it has now.
        before: Option<(String, Digest)>,
    },
    /// A record that is not the first names none before it.
    NoneNamed {
        /// The record.
        name: String,
        /// The record that stands before it by its day, with its digest.
        before: (String, Digest),
    },
    /// Two records name the same one before them.
    Twice {
        /// The one that comes first by its day.
        first: String,
        /// The other.
        second: String,
        /// The digest that both name.
        named: Digest,
    },
    /// The records name each other in a circle, so that none of them is the first.
    Circle {
        /// One of them.
        name: String,
    },
}

impl CheckpointLog {
    /// Puts records in the order of their chain and finds every place where it breaks.
    ///
    /// `records` come in the order of their days. A record of an earlier day may be added later: what counts is
    /// whom each names.
    #[must_use]
    pub fn of(records: Vec<Logged>) -> Self {
        let breaks = breaks(&records);
        let mut by_previous: BTreeMap<Option<Digest>, Vec<usize>> = BTreeMap::new();
        for (place, logged) in records.iter().enumerate() {
            by_previous.entry(logged.record.previous).or_default().push(place);
        }
        let mut order = Vec::with_capacity(records.len());
        let mut next = by_previous.get(&None).and_then(|firsts| firsts.first()).copied();
        while let Some(place) = next.filter(|place| !order.contains(place)) {
            order.push(place);
            next = by_previous.get(&Some(records[place].digest)).and_then(|after| after.first()).copied();
        }
        order.extend((0..records.len()).filter(|place| !order.contains(place)).collect::<Vec<_>>());
        let mut taken: Vec<Option<Logged>> = records.into_iter().map(Some).collect();
        let entries = order.into_iter().filter_map(|place| taken[place].take()).collect();
        Self { entries, breaks }
    }

    /// Digest of the newest record, which stands for the whole log.
    #[must_use]
    pub fn head(&self) -> Option<Digest> {
        self.entries.last().map(|logged| logged.digest)
    }

    /// All minutes together.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.entries.iter().map(|logged| logged.record.minutes).fold(0, u32::saturating_add)
    }
}

fn breaks(records: &[Logged]) -> Vec<ChainBreak> {
    let mut found = Vec::new();
    for (place, logged) in records.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| (records[place].name.clone(), records[place].digest));
        let name = || logged.name.clone();
        let earlier = &records[..place];
        match logged.record.previous {
            None => {
                if earlier.iter().any(|other| other.record.previous.is_none())
                    && let Some(before) = before
                {
                    found.push(ChainBreak::NoneNamed { name: name(), before });
                }
            }
            Some(named) if !records.iter().any(|other| other.digest == named) => {
                found.push(ChainBreak::NotHere { name: name(), named, before });
            }
            Some(named) => {
                if let Some(first) = earlier.iter().find(|other| other.record.previous == Some(named)) {
                    found.push(ChainBreak::Twice { first: first.name.clone(), second: name(), named });
                }
            }
        }
    }
    if found.is_empty()
        && let Some(first) = records.first().filter(|_| records.iter().all(|r| r.record.previous.is_some()))
    {
        found.push(ChainBreak::Circle { name: first.name.clone() });
    }
    found
}

/// A record's JSON and the SHA-256 of its canonical form, which no editor's line ends or indents change.
pub(super) fn canonical(path: &Path, bytes: &[u8]) -> Result<(Value, Digest), HolderFault> {
    let fault = |fault| HolderFault::Json { path: path.to_path_buf(), fault };
    let document = json::parse(bytes, &json::OURS).map_err(fault)?;
    let canonical =
        json::canonical(&document).map_err(|kind| fault(json::JsonFault { line: 0, column: 0, kind }))?;
    Ok((document, Digest::of(&canonical)))
}

#[cfg(test)]
mod tests {
    use super::super::super::FORMAT;
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn logged(date: &str, minutes: u32, previous: Option<Digest>) -> Logged {
        let record = Checkpoint {
            format_version: FORMAT,
            date: day(date),
            minutes,
            who: vec!["Priya Nair".into()],
            decided: None,
            next: None,
            previous,
            other: Map::new(),
        };
        let bytes = json::pretty(&record);
        let (document, digest) = canonical(Path::new(date), bytes.as_bytes()).unwrap();
        Logged { name: date.to_owned(), record, digest, document }
    }

    /// Three check-ins in a row.
    fn three() -> Vec<Logged> {
        let first = logged("2026-06-03", 45, None);
        let second = logged("2026-06-10", 30, Some(first.digest));
        let third = logged("2026-06-17", 90, Some(second.digest));
        vec![first, second, third]
    }

    #[test]
    fn a_chain_holds_and_its_head_is_the_newest_record() {
        let records = three();
        let log = CheckpointLog::of(records.clone());
        assert_eq!((log.breaks.len(), log.minutes(), log.head()), (0, 165, Some(records[2].digest)));
    }

    #[test]
    fn a_record_of_an_earlier_day_may_come_later() {
        let mut records = three();
        let late = logged("2026-06-05", 30, Some(records[2].digest));
        records.insert(1, late.clone());
        let log = CheckpointLog::of(records);
        assert_eq!((log.breaks.len(), log.head()), (0, Some(late.digest)));
    }

    #[test]
    fn a_changed_record_breaks_the_chain_at_the_one_after_it() {
        let mut records = three();
        let named = records[1].digest;
        records[1] = logged("2026-06-10", 31, records[1].record.previous);
        let before = Some(("2026-06-10".to_owned(), records[1].digest));
        let expected = ChainBreak::NotHere { name: "2026-06-17".into(), named, before };
        assert_eq!(CheckpointLog::of(records).breaks, [expected]);
    }

    #[test]
    fn a_missing_record_and_a_missing_name_and_a_fork_are_told_apart() {
        let mut records = three();
        records.remove(0);
        let named = records[0].record.previous.unwrap();
        let gone = ChainBreak::NotHere { name: "2026-06-10".into(), named, before: None };
        assert_eq!(CheckpointLog::of(records).breaks, [gone]);

        let mut records = three();
        records[2] = logged("2026-06-17", 90, None);
        let before = ("2026-06-10".to_owned(), records[1].digest);
        let unnamed = ChainBreak::NoneNamed { name: "2026-06-17".into(), before };
        assert_eq!(CheckpointLog::of(records).breaks, [unnamed]);

        let mut records = three();
        let named = records[0].digest;
        records[2] = logged("2026-06-17", 90, Some(named));
        let fork = ChainBreak::Twice { first: "2026-06-10".into(), second: "2026-06-17".into(), named };
        assert_eq!(CheckpointLog::of(records).breaks, [fork]);
    }
}
