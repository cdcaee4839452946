//! The log of check-ins: one record a file, each naming the digest of the one before it, so that none is rewritten
//! or taken away quietly.

use std::path::{Path, PathBuf};

use super::super::records::{self, FORMAT, Placement};
use super::super::{HolderFault, Locked, Portfolio};
use super::chain::{Checkpoint, CheckpointLog, Logged, canonical};
use crate::disk::{self, Kind, Mode};
use crate::json;
use crate::path::Slug;
use crate::time::Date;

/// The shortest check-in that is worth its name, in minutes.
pub const SHORTEST: u32 = 30;
/// The longest that still is one, in minutes.
pub const LONGEST: u32 = 90;

/// Something worth a second look in a log; nothing is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogNote {
    /// A week of the placement that is over and had no check-in.
    WeekMissing {
        /// Which week, counted from 1.
        week: u32,
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// A check-in outside [`SHORTEST`] to [`LONGEST`] minutes.
    UnusualLength {
        /// The record.
        name: String,
        /// How long it was.
        minutes: u32,
    },
    /// A check-in outside the days of the placement.
    OutsideDays {
        /// The record.
        name: String,
    },
}

impl CheckpointLog {
    /// What is worth a second look on `today`.
    #[must_use]
    pub fn notes(&self, placement: &Placement, today: Date) -> Vec<LogNote> {
        let mut notes = Vec::new();
        for week in weeks(placement) {
            let is_in = |logged: &&Logged| (week.from..=week.to).contains(&logged.record.date);
            if week.to < today && !self.entries.iter().any(|logged| is_in(&logged)) {
                notes.push(LogNote::WeekMissing { week: week.number, from: week.from, to: week.to });
            }
        }
        for Logged { name, record, .. } in &self.entries {
            if !(SHORTEST..=LONGEST).contains(&record.minutes) {
                notes.push(LogNote::UnusualLength { name: name.clone(), minutes: record.minutes });
            }
            let early = placement.starts.is_some_and(|first| record.date < first);
            if early || placement.ends.is_some_and(|last| record.date > last) {
                notes.push(LogNote::OutsideDays { name: name.clone() });
            }
        }
        notes
    }
}

/// One week of a placement: seven days from its first day on, the last one as long as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Counted from 1.
    pub number: u32,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
}

/// The weeks of a placement; none where a day is not written down.
#[must_use]
pub fn weeks(placement: &Placement) -> Vec<Week> {
    let (Some(starts), Some(ends)) = (placement.starts, placement.ends) else { return Vec::new() };
    let day = |number: i64| starts.start().plus_seconds(number * 86_400).date();
    let count = starts.days_until(ends).div_euclid(7) + 1;
    (0..count)
        .map(|week| Week {
            number: u32::try_from(week + 1).unwrap_or(u32::MAX),
            from: day(week * 7),
            to: day(week * 7 + 6).min(ends),
        })
        .collect()
}

impl Portfolio {
    /// The log of a placement, with every place where it breaks.
    ///
    /// # Errors
    /// A record that cannot be read, with its line and column.
    pub fn checkpoints(&self, placement: &Slug) -> Result<CheckpointLog, HolderFault> {
        let room = format!("placements/{placement}/checkpoints");
        let mut records = Vec::new();
        for (name, kind) in self.names(&room)? {
            let Some(stem) = name.strip_suffix(".json").filter(|_| kind == Kind::File) else { continue };
            records.push(read_logged(&self.root().join(&room).join(&name), stem)?);
        }
        records.sort_by_key(|logged| (logged.record.date, number(&logged.name)));
        Ok(CheckpointLog::of(records))
    }
}

impl Locked {
    /// Adds a check-in at the end of the log; `previous` is set here.
    ///
    /// # Errors
    /// [`HolderFault::LogBroken`] where the log before it does not hold: it would hide the break.
    pub fn add_checkpoint(
        &self,
        placement: &Slug,
        checkpoint: Checkpoint,
    ) -> Result<(PathBuf, Checkpoint), HolderFault> {
        self.placement(placement)?;
        let log = self.checkpoints(placement)?;
        if !log.breaks.is_empty() {
            return Err(HolderFault::LogBroken { placement: placement.clone(), breaks: log.breaks });
        }
        let checkpoint = Checkpoint { format_version: FORMAT, previous: log.head(), ..checkpoint };
        let room = format!("placements/{placement}/checkpoints");
        let day = checkpoint.date.to_string();
        let id = self.free_id(&room, &Slug::from_title(&day))?;
        let folder = self.root().join(&room);
        disk::ensure_folder(&folder, Mode::Shared)?;
        let path = folder.join(format!("{id}.json"));
        records::write_new(&path, &checkpoint)?;
        Ok((path, checkpoint))
    }
}

fn read_logged(path: &Path, stem: &str) -> Result<Logged, HolderFault> {
    let bytes = disk::read_bounded(path, json::OURS.bytes as u64)?;
    let record: Checkpoint = records::parse(path, &bytes)?;
    let (document, digest) = canonical(path, &bytes)?;
    Ok(Logged { name: stem.to_owned(), record, digest, document })
}

/// `2026-06-03-2` is the second of its day.
fn number(name: &str) -> u32 {
    name.splitn(4, '-').nth(3).and_then(|number| number.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_a_day_are_in_the_order_of_their_numbers() {
        assert!(
            number("2026-06-03") < number("2026-06-03-2") && number("2026-06-03-2") < number("2026-06-03-10")
        );
    }
}
