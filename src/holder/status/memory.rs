//! What the last look saw of each artifact, so that nothing unchanged is read again: only ever a speed-up.
//!
//! It lies in `.portfolio/status.txt`, one line an artifact. An entry counts while the system notes the same of
//! the record and of each file; what was written so shortly before it was read that a second write could look the
//! same is not remembered. Nothing but `status` believes it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::disk::{self, Mode, Pending, Stat};
use crate::holder::{Artifact, Confidential, Portfolio, text};
use crate::path::{FileName, Slug};

/// Ten thousand artifacts take about five megabytes.
const MEMORY_BYTES: u64 = 128 << 20;
/// The first line; another is not read on.
const HEADING: &str = "portfolio status 1\n";

/// What `status` needs of one artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    #[serde(with = "noted")]
    pub(super) record: Stat,
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub(super) placement: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) deliverable: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) confidential: Option<Confidential>,
    pub(super) files: Vec<SeenFile>,
}

/// One file of an artifact: what the record says of it, and what it was when it was hashed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SeenFile {
    #[serde(with = "text")]
    pub(super) name: FileName,
    #[serde(with = "text")]
    pub(super) recorded: Digest,
    #[serde(with = "noted")]
    pub(super) stat: Stat,
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub(super) here: Option<Digest>,
}

impl Seen {
    /// What a record says; its files are yet to be looked at.
    pub(super) fn of(artifact: Artifact, record: Stat) -> Seen {
        let files = artifact.files.into_iter().map(|file| SeenFile {
            name: file.name,
            recorded: file.sha256,
            stat: Stat::default(),
            here: None,
        });
        Seen {
            record,
            placement: artifact.placement,
            deliverable: artifact.deliverable,
            confidential: artifact.confidential,
            files: files.collect(),
        }
    }
}

/// The memory of the last look, and the disk's clock at the start of this one.
pub(super) struct Memory<'a> {
    portfolio: &'a Portfolio,
    text: String,
    /// Where the line of each artifact lies, in the order of the ids.
    lines: Vec<Range<usize>>,
    clock: OnceLock<Option<Stat>>,
}

impl<'a> Memory<'a> {
    /// What was remembered; anything wrong with it makes it empty.
    pub(super) fn recall(portfolio: &'a Portfolio) -> Memory<'a> {
        let bytes = disk::read_bounded(&place(portfolio.root()), MEMORY_BYTES).unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut lines = Vec::new();
        if let Some(rest) = text.strip_prefix(HEADING) {
            let mut start = HEADING.len();
            for line in rest.split_inclusive('\n') {
                lines.push(start..start + line.trim_end().len());
                start += line.len();
            }
        }
        Memory { portfolio, text, lines, clock: OnceLock::new() }
    }

    /// What is remembered of an artifact. Taken apart here, and so by the thread that looks at it.
    pub(super) fn of(&self, id: &Slug) -> Option<Seen> {
        let id_of = |line: &Range<usize>| self.text[line.clone()].split('\t').next().unwrap_or_default();
        let found = self.lines.binary_search_by(|line| id_of(line).cmp(id.as_str())).ok()?;
        let (_, seen) = self.text[self.lines[found].clone()].split_once('\t')?;
        serde_json::from_str(seen).ok()
    }

    /// To be called before anything is read: what is written from now on is told by the clock that this sets.
    pub(super) fn about_to_read(&self) {
        self.clock.get_or_init(|| {
            let own = self.portfolio.root().join(".portfolio");
            disk::ensure_folder(&own, Mode::Shared).ok()?;
            Some(Pending::create(&place(self.portfolio.root()), Mode::Shared).ok()?.source().ok()?.stat())
        });
    }

    /// Keeps what is settled, if anything changed. That it could not be written is no fault: the next look reads again.
    pub(super) fn keep(self, seen: &BTreeMap<Slug, Seen>) {
        let now = match self.clock.get() {
            // Something was read, and nobody can tell how long ago it was written.
            Some(None) => return,
            Some(Some(now)) => Some(*now),
            None if self.lines.len() == seen.len() => return,
            None => None,
        };
        let settled = |stat: &Stat| now.is_none_or(|now| stat.is_settled(&now));
        let mut text = HEADING.to_owned();
        for (id, one) in seen.iter().filter(|(_, one)| settled(&one.record)) {
            let mut one = one.clone();
            for file in one.files.iter_mut().filter(|file| !settled(&file.stat)) {
                (file.stat, file.here) = (Stat::default(), None);
            }
            if let Ok(line) = serde_json::to_string(&one) {
                text.push_str(&format!("{id}\t{line}\n"));
            }
        }
        let _ = disk::replace(&place(self.portfolio.root()), text.as_bytes(), Mode::Shared);
    }
}

fn place(root: &Path) -> PathBuf {
    root.join(".portfolio/status.txt")
}

/// [`Stat`] as an array of four numbers.
mod noted {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::disk::Stat;

    pub(super) fn serialize<S: Serializer>(stat: &Stat, out: S) -> Result<S::Ok, S::Error> {
        (stat.len, stat.modified, stat.changed, stat.inode).serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Stat, D::Error> {
        let (len, modified, changed, inode) = Deserialize::deserialize(from)?;
        Ok(Stat { len, modified, changed, inode })
    }
}
