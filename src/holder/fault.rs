//! What the student's folder does not allow, or was found to be.

use std::error::Error;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::disk::DiskFault;
use crate::json::JsonFault;
use crate::path::{PathFault, Slug};
use crate::time::Date;

/// A file that differs from the one that was recorded, asked about or signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The file's name.
    pub name: String,
    /// The digest that was recorded, asked about or signed.
    pub wanted: Digest,
    /// The digest of the file of that name here, if there is one.
    pub here: Option<Digest>,
    /// The day the file here was last written to, if it is not the one that was recorded.
    pub changed: Option<Date>,
}

/// Why the folder did not do as asked. Nothing was written when one is returned, unless its text says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HolderFault {
    /// No `portfolio.json` here or in any folder above.
    #[error("no portfolio in {} or any folder above it", .looked.display())]
    NoPortfolio {
        /// Where the search began.
        looked: PathBuf,
    },
    /// There is a portfolio in this folder, or in one above it.
    #[error("there is a portfolio in {}", .0.display())]
    PortfolioExists(PathBuf),
    /// The disk did not do as asked.
    #[error(transparent)]
    Disk(#[from] DiskFault),
    /// A record is not the JSON that we take.
    #[error("{}: {fault}", .path.display())]
    Json {
        /// The record.
        path: PathBuf,
        /// What is wrong, with line and column.
        fault: JsonFault,
    },
    /// A record lacks a member, or one has another form.
    #[error("{}: {fact}", .path.display())]
    Record {
        /// The record.
        path: PathBuf,
        /// Line, from 1; zero where it is about the whole.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        fact: String,
    },
    /// A record of a newer format than this program reads.
    #[error("{} has format {found}, newer than {known}", .path.display())]
    TooNew {
        /// The record.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest format read here.
        known: u64,
    },
    /// No placement has this id.
    #[error("no placement “{0}”")]
    NoSuchPlacement(Slug),
    /// A placement has this id already.
    #[error("a placement “{0}” exists")]
    PlacementExists(Slug),
    /// No artifact has this id.
    #[error("no artifact “{0}”")]
    NoSuchArtifact(Slug),
    /// The brief has fewer deliverables.
    #[error("deliverable {asked} of “{placement}”, which has {have}")]
    NoSuchDeliverable {
        /// The placement.
        placement: Slug,
        /// The number asked for, counted from 1.
        asked: u32,
        /// How many there are.
        have: usize,
    },
    /// A deliverable without the placement it belongs to.
    #[error("deliverable {0} of no placement")]
    DeliverableOfNothing(u32),
    /// A file name that cannot travel.
    #[error("“{name}”: {fault}")]
    BadName {
        /// The name, with `U+FFFD` for what is not UTF-8.
        name: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// The artifact's own record or document has this name, but for case.
    #[error("the name “{0}” is taken inside the artifact")]
    NameTaken(String),
    /// A file that belongs to the portfolio's own records.
    #[error("{} belongs to the portfolio already", .0.display())]
    OwnFile(PathBuf),
    /// A file that seems to hold a secret.
    #[error("{} looks like {what}", .path.display())]
    LooksSecret {
        /// The file.
        path: PathBuf,
        /// What it looks like, such as `a private key`.
        what: &'static str,
    },
    /// A bound of the formats.
    #[error("{found} {what}, more than {limit}")]
    OverLimit {
        /// What is counted, such as `bytes in model.zip`.
        what: String,
        /// How many.
        found: u64,
        /// The bound.
        limit: u64,
    },
    /// The very same file is there already for the same deliverable.
    #[error("“{artifact}” has this very file already")]
    AlreadyAdded {
        /// The artifact.
        artifact: Slug,
    },
    /// The PDF could not be made.
    #[error("{0}")]
    Document(Box<dyn Error + Send + Sync>),
    /// Files that their records list and that are gone or other.
    #[error("{} of “{artifact}” is not as recorded", .files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", "))]
    FilesDiffer {
        /// The artifact.
        artifact: Slug,
        /// Which, and how; `here` is `None` for a missing one.
        files: Vec<Differing>,
    },
    /// Something in an artifact's folder that cannot be carried over to a new version.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
}
