//! What the student's folder does not allow, or was found to be.

use std::error::Error;
use std::path::PathBuf;

use super::placements::chain::ChainBreak;
use super::placements::gates::Forbidden;
use super::placements::offers::Decided;
use crate::credential::CredentialFault;
use crate::digest::Digest;
use crate::disk::DiskFault;
use crate::json::JsonFault;
use crate::path::{PathFault, Slug};
use crate::proof::ProofFault;
use crate::proof::sshsig::SshSignatureFault;
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
    /// No offer has this id.
    #[error("no offer “{0}”")]
    NoSuchOffer(Slug),
    /// The offer was accepted or declined before.
    #[error("the offer “{offer}” was decided on {on}")]
    OfferDecided {
        /// The offer.
        offer: Slug,
        /// How.
        decided: Decided,
        /// When.
        on: Date,
    },
    /// The brief that would be frozen is empty.
    #[error("the brief of “{0}” is empty")]
    NothingToFreeze(Slug),
    /// A frozen brief does not name the one before it as it is.
    #[error("revision {revision} of the brief of “{placement}” does not follow the one before it")]
    BriefRewritten {
        /// The placement.
        placement: Slug,
        /// The revision that does not fit.
        revision: u32,
        /// What it names.
        named: Option<Digest>,
        /// The digest of the one before it, as it is.
        found: Option<Digest>,
    },
    /// The brief is another than the one frozen last.
    #[error("the brief of “{0}” changed after it was frozen")]
    BriefDrifted(Slug),
    /// The log of check-ins does not hold together.
    #[error("the check-ins of “{placement}” break in {} places", .breaks.len())]
    LogBroken {
        /// The placement.
        placement: Slug,
        /// Where.
        breaks: Vec<ChainBreak>,
    },
    /// The terms of a placement forbid what was to be done.
    #[error("the terms of “{placement}” forbid it")]
    TermsForbid {
        /// The placement.
        placement: Slug,
        /// Which clauses, with their words and source.
        clauses: Vec<Forbidden>,
    },
    /// No artifact has this id.
    #[error("no artifact “{0}”")]
    NoSuchArtifact(Slug),
    /// No deposit has this id.
    #[error("no deposit “{0}”")]
    NoSuchDeposit(Slug),
    /// The very same bytes are deposited already.
    #[error("the same bytes are the deposit “{deposit}”")]
    AlreadyDeposited {
        /// The deposit.
        deposit: Slug,
    },
    /// Files of a deposit are missing or not the ones that were deposited.
    #[error("files of the deposit “{deposit}” are not as they were deposited")]
    DepositDiffers {
        /// The deposit.
        deposit: Slug,
        /// Which files, and how they differ.
        files: Vec<Differing>,
    },
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
    /// No story has this id.
    #[error("no story “{0}”")]
    NoSuchStory(Slug),
    /// Nothing that a story could be about has this id.
    #[error("no artifact and no credential “{0}”")]
    NoSuchSubject(Slug),
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
    /// A file changed while it was being packed, and was back to what it was a moment later.
    #[error("a file changed while it was being packed")]
    ChangedMeanwhile,
    /// The draft would not be read by the mentor's program.
    #[error("the draft breaks the format of a sign-off")]
    NotADraft(Vec<CredentialFault>),
    /// Something in an artifact's folder that cannot be carried over to a new version.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
    /// No artifact belongs to the placement.
    #[error("nothing was added to “{0}” yet")]
    NothingToAsk(Slug),
    /// The placement names no mentor and none was given.
    #[error("“{0}” names nobody to ask")]
    NobodyToAsk(Slug),
    /// The key that signs is not the one in `portfolio.json`.
    #[error("the key {found} is not the portfolio's {expected}")]
    OtherKey {
        /// The portfolio's, as `did:key`.
        expected: String,
        /// The one that was to sign.
        found: String,
    },
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] ProofFault),
    /// The file is no answer.
    #[error("not an answer to a request")]
    NotAnAnswer(Vec<CredentialFault>),
    /// The file is no JSON that we take.
    #[error("not an answer: {0}")]
    AnswerJson(JsonFault),
    /// No signature in the answer holds.
    #[error("the answer is not signed by the key it names")]
    AnswerNotSigned(Option<ProofFault>),
    /// The SSH signature cannot be taken for an answer.
    #[error(transparent)]
    SshSignature(SshSignatureFault),
    /// An SSH signature that fits no statement of a request.
    #[error("no request has a statement that this signature fits")]
    NoSuchStatement,
    /// The portfolio's own key signed.
    #[error("signed by the key that the portfolio is about")]
    SignedByOneself,
    /// The answer is about another key than the portfolio's.
    #[error("the answer is about {found}, the portfolio is of {expected}")]
    AboutSomebodyElse {
        /// The portfolio's, as `did:key`.
        expected: String,
        /// The answer's.
        found: String,
    },
    /// No request that could have been answered like this.
    #[error("no request fits this answer")]
    NoSuchRequest,
    /// The answer fits a request but for its files.
    #[error("the answer to “{request}” is about other files")]
    OtherFiles {
        /// The request it seems to answer.
        request: Slug,
        /// Files that were signed in another state, or left out of what was signed.
        files: Vec<Differing>,
        /// Names of signed files that the request did not have.
        added: Vec<String>,
    },
    /// A kept sign-off has the same id and other content.
    #[error("“{credential}” has the id {id} and other content")]
    IdTaken {
        /// The kept one.
        credential: Slug,
        /// The id of both.
        id: String,
    },
    /// Neither a sign-off nor an artifact to put into a bundle.
    #[error("there is nothing to bundle yet")]
    NothingToBundle,
    /// A confidential artifact that a sign-off does not allow to be withheld.
    #[error("“{artifact}” is confidential, but “{credential}” does not allow leaving it out")]
    MayNotBeWithheld {
        /// The artifact.
        artifact: Slug,
        /// The sign-off.
        credential: Slug,
    },
    /// The bundle would be written into the portfolio's own records.
    #[error("{} is inside the portfolio's records", .0.display())]
    OutputInside(PathBuf),
    /// The bag could not be written.
    #[error("{0}")]
    Bag(String),
}
