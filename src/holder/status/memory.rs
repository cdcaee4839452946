//! What the last look saw of each artifact, so that nothing unchanged is read again: only ever a speed-up.
//!
//! It lies in `.portfolio/status.json` as one array an artifact. An entry counts while the system notes the same of
//! the record and of each file; what was written so shortly before it was read that a second write could look the
//! same is not remembered. Nothing but `status` believes it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::disk::{self, Mode, Pending, Stat};
use crate::holder::{Artifact, Confidential, Portfolio, text};
use crate::path::{FileName, Slug};

/// Ten thousand artifacts take about five megabytes.
const MEMORY_BYTES: u64 = 128 << 20;
/// Of this memory; another is not read.
const VERSION: u32 = 1;

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

/// The memory as a file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    version: u32,
    artifacts: BTreeMap<String, Seen>,
}

/// The memory of the last look, and the disk's clock at the start of this one.
pub(super) struct Memory<'a> {
    portfolio: &'a Portfolio,
    artifacts: BTreeMap<String, Seen>,
    known: usize,
    clock: OnceLock<Option<Stat>>,
}

impl<'a> Memory<'a> {
    /// What was remembered; anything wrong with it makes it empty.
    pub(super) fn recall(portfolio: &'a Portfolio) -> Memory<'a> {
        let bytes = disk::read_bounded(&place(portfolio.root()), MEMORY_BYTES).unwrap_or_default();
        let kept = serde_json::from_slice(&bytes).ok().filter(|kept: &Kept| kept.version == VERSION);
        let artifacts = kept.unwrap_or_default().artifacts;
        Memory { portfolio, known: artifacts.len(), artifacts, clock: OnceLock::new() }
    }

    /// What is remembered of an artifact, once.
    pub(super) fn take(&mut self, id: &str) -> Option<Seen> {
        self.artifacts.remove(id)
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
        let now = self.clock.get().copied().flatten();
        if now.is_none() && self.artifacts.is_empty() && self.known == seen.len() {
            return;
        }
        let settled = |stat: &Stat| now.is_none_or(|now| stat.is_settled(&now));
        let mut artifacts = BTreeMap::new();
        for (id, one) in seen {
            if !settled(&one.record) {
                continue;
            }
            let mut one = one.clone();
            for file in &mut one.files {
                if !settled(&file.stat) {
                    (file.stat, file.here) = (Stat::default(), None);
                }
            }
            artifacts.insert(id.to_string(), one);
        }
        let kept = serde_json::to_vec(&Kept { version: VERSION, artifacts }).unwrap_or_default();
        let _ = disk::replace(&place(self.portfolio.root()), &kept, Mode::Shared);
    }
}

fn place(root: &Path) -> PathBuf {
    root.join(".portfolio/status.json")
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
