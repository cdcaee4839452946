//! Checking the whole folder against its formats and against itself. Every byte is read; nothing is remembered.

mod bytes;
mod code;
mod formats;
mod links;
mod placements;
mod reading;
mod rooms;
mod schema;
mod sign_offs;
mod stories;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use schema::Patterns;

use super::requests::{KeptSignOff, StoredRequest};
use super::{Artifact, HolderFault, Placement, Portfolio};
use crate::path::Slug;
use crate::time::Timestamp;

pub use code::{CheckCode, CheckWeight};

/// Something that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: CheckCode,
    /// The file or folder, from the portfolio's own, with `/` between the parts.
    pub path: String,
    /// Line, from 1; zero where it is about the whole.
    pub line: usize,
    /// Column, from 1; zero where it is about the whole line or file.
    pub column: usize,
    /// What is wrong, as the rest of a sentence that begins with the place. Strangers' text in it is raw.
    pub fact: String,
}

/// What a check looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// What it found, by path, line and column.
    pub findings: Vec<Finding>,
    /// How many records it read.
    pub records: usize,
    /// How many other files it read.
    pub files: usize,
}

impl Portfolio {
    /// Looks at every record and file. What is wrong with one does not keep it from the others.
    ///
    /// # Errors
    /// Only when the folder itself cannot be listed.
    pub fn check(&self, now: Timestamp) -> Result<Checked, HolderFault> {
        let mut check = Check {
            portfolio: self,
            now,
            done: Checked::default(),
            here: Here::default(),
            schemas: BTreeMap::new(),
            patterns: Patterns::default(),
        };
        check.rooms()?;
        check.links();
        check.stories()?;
        let mut done = check.done;
        done.findings.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
        done.findings.dedup();
        Ok(done)
    }
}

/// A check on its way.
struct Check<'a> {
    portfolio: &'a Portfolio,
    now: Timestamp,
    done: Checked,
    here: Here,
    /// Those that were needed.
    schemas: BTreeMap<String, Value>,
    patterns: Patterns,
}

/// What could be read.
#[derive(Default)]
struct Here {
    artifacts: BTreeMap<Slug, Artifact>,
    placements: BTreeMap<Slug, Placement>,
    requests: Vec<StoredRequest>,
    sign_offs: Vec<KeptSignOff>,
    deposits: BTreeSet<Slug>,
    /// Whether any could not be read: then nothing can be said to be missing.
    artifacts_unread: bool,
}

impl Check<'_> {
    fn find(&mut self, code: CheckCode, path: impl Into<String>, fact: impl Into<String>) {
        self.find_at(code, path, (0, 0), fact);
    }

    fn find_at(
        &mut self,
        code: CheckCode,
        path: impl Into<String>,
        (line, column): (usize, usize),
        fact: impl Into<String>,
    ) {
        self.done.findings.push(Finding { code, path: path.into(), line, column, fact: fact.into() });
    }
}
