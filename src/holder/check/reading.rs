//! Reading one record: strict JSON, then its schema, then what no schema can say.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Check, CheckCode, formats, schema};
use crate::disk;
use crate::holder::{FORMAT, HolderFault, records};
use crate::json::{self, JsonFaultKind, Limits, Step};

/// A record that is JSON.
pub(super) struct Record {
    /// Where, from the portfolio's own folder.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    pub(super) value: Value,
    /// Whether it is as its schema says.
    pub(super) fits: bool,
}

impl Record {
    /// Line and column of the value that the members lead to; of the whole where it is not there.
    pub(super) fn place(&self, members: &[&str]) -> (usize, usize) {
        place_in(&self.bytes, members)
    }
}

impl Check<'_> {
    /// The record at `path`, with everything wrong with its form found.
    pub(super) fn record(&mut self, path: &str, named: &str) -> Option<Record> {
        let limits = if named == "request" { json::PRESENTATION } else { json::OURS };
        let record = self.json_file(path, &limits)?;
        self.judged(record, named)
    }

    /// A file that is JSON.
    pub(super) fn json_file(&mut self, path: &str, limits: &Limits) -> Option<Record> {
        self.done.records += 1;
        let full = self.portfolio.root().join(path);
        let bytes = match disk::read_bounded(&full, limits.bytes as u64) {
            Ok(bytes) => bytes,
            Err(fault) => {
                self.find(CheckCode::NotReadable, path, disk_words(&fault));
                return None;
            }
        };
        match json::parse(&bytes, limits) {
            Ok(value) => {
                if bytes.windows(2).any(|two| two == b"\r\n") {
                    let fact = "has line ends of Windows (CR LF) where this program writes LF";
                    self.find_at(CheckCode::RecordLineEnds, path, (1, 0), fact);
                }
                Some(Record { path: path.to_owned(), bytes, value, fits: true })
            }
            Err(fault) => {
                let fact = match &fault.kind {
                    JsonFaultKind::ConflictMarker { marker } => {
                        format!("holds a merge that was not finished: {marker}")
                    }
                    other => format!("is not JSON that can be read: {other}"),
                };
                self.find_at(CheckCode::NotJson, path, (fault.line, fault.column), fact);
                None
            }
        }
    }

    /// Holds a record against the schema of that name.
    pub(super) fn judged(&mut self, mut record: Record, named: &str) -> Option<Record> {
        let version = record.value.get("formatVersion").and_then(Value::as_u64);
        if let Some(found) = version.filter(|found| *found > FORMAT) {
            let place = record.place(&["formatVersion"]);
            let fact = format!("has format {found}; this program knows {FORMAT}");
            self.find_at(CheckCode::TooNew, &record.path, place, fact);
            return None;
        }
        let rules = self
            .schemas
            .entry(named.to_owned())
            .or_insert_with(|| formats::schema(named).unwrap_or_default());
        let misfits = schema::misfits(rules, &record.value, &self.patterns);
        for misfit in misfits {
            record.fits = false;
            let place = json::place_of(&record.bytes, &misfit.path).unwrap_or((0, 0));
            let name = name_of(&misfit.path);
            let fact = if name.is_empty() { misfit.fact } else { format!("{name} {}", misfit.fact) };
            self.find_at(CheckCode::NotAsSchema, &record.path, place, fact);
        }
        Some(record)
    }

    /// The record as the type that the program uses; what that refuses is found.
    pub(super) fn typed<T: DeserializeOwned>(&mut self, record: &Record) -> Option<T> {
        if !record.fits {
            return None;
        }
        match records::parse(&self.portfolio.root().join(&record.path), &record.bytes) {
            Ok(typed) => Some(typed),
            Err(HolderFault::Record { line, column, fact, .. }) => {
                self.find_at(CheckCode::NotAsSchema, &record.path, (line, column), fact);
                None
            }
            Err(other) => {
                self.find(CheckCode::NotAsSchema, &record.path, other.to_string());
                None
            }
        }
    }
}

/// What the disk said, without the path that stands before it anyway: `is a link`.
pub(super) fn disk_words(fault: &disk::DiskFault) -> String {
    let (said, path) = (fault.to_string(), fault.path().display().to_string());
    said.strip_prefix(&path).map_or(said.as_str(), |rest| rest.trim_start_matches([':', ' '])).to_owned()
}

/// Line and column of the value that the members lead to; a number leads to an item. Zeros where it is not there.
pub(super) fn place_in(bytes: &[u8], members: &[&str]) -> (usize, usize) {
    let step = |part: &&str| part.parse().map_or_else(|_| Step::Member((*part).to_owned()), Step::Item);
    json::place_of(bytes, &members.iter().map(step).collect::<Vec<_>>()).unwrap_or((0, 0))
}

/// The way to a value as people write it: `files[2].name`.
fn name_of(path: &[Step]) -> String {
    let mut name = String::new();
    for step in path {
        match step {
            Step::Member(member) if name.is_empty() => name.push_str(member),
            Step::Member(member) => {
                name.push('.');
                name.push_str(member);
            }
            Step::Item(place) => name.push_str(&format!("[{place}]")),
        }
    }
    name
}
