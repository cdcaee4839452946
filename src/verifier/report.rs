//! What a check found, as data: facts, states and findings for a screen, a page and `--json` to render.
//!
//! Text in here comes from strangers unless its documentation says otherwise: a renderer must escape all of it. A
//! sign-off stands in a report only after its signature held; what a document merely claims is in [`Claimed`].

use crate::credential::SignOff;
use crate::digest::Digest;
use crate::proof::{ProofOutcome, PublicKey};
use crate::time::Timestamp;

use super::deposit_report::DepositReport;
use super::finding::Finding;
use super::foreign::ForeignReport;
use super::outcome::{Indication, Outcome, SubIndication, first_of};
use super::policy::Policy;
use super::step::{Step, StepState};
use super::trust::TrustEntry;

/// The answer to one question: what does this bundle, or this lone sign-off, come to?
#[derive(Debug, Clone)]
pub struct Report {
    /// What was looked at.
    pub source: SourceFacts,
    /// The moment that dates were judged by.
    pub at: Timestamp,
    /// What it comes to: the first of [`Report::reasons`], or that it holds.
    pub outcome: Outcome,
    /// Every reason not to rely on it, the most important first, each once; empty only if it holds.
    pub reasons: Vec<Outcome>,
    /// Every step, in order, with what became of it.
    pub steps: Vec<(Step, StepState)>,
    /// Who presents it; only if the holder's signature fits. `None` for a lone sign-off.
    pub holder: Option<HolderReport>,
    /// The sign-offs in the order of their paths; one that is here twice stands here once.
    pub credentials: Vec<CredentialReport>,
    /// What a lone credential of somebody else's came to; then there are no sign-offs here.
    pub foreign: Option<Box<ForeignReport>>,
    /// What others issued and the bundle carries.
    pub deposits: Vec<DepositReport>,
    /// Paths below the top folder of the files that no sign-off here covers; the holder's own records
    /// (`artifact.json`, `placement.json`) are not among them.
    pub not_signed: Vec<String>,
    /// Everything that was found, in the order of the steps.
    pub findings: Vec<Finding>,
    /// The format's version, where it is newer than this program reads.
    pub format_found: Option<u64>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// The name that the caller gave.
    pub name: String,
    /// Bytes in all; for a folder, of its files together. `None` if it could not be read.
    pub len: Option<u64>,
    /// SHA-256 of the whole: of a lone sign-off only, since a bundle's bytes are hashed once, file by file.
    pub digest: Option<Digest>,
    /// What the holder of a bundle signed: the digest of its list of files.
    pub manifest_digest: Option<Digest>,
    /// `application/zip`, `inode/directory` or `application/vc`; not read from the source.
    pub media_type: &'static str,
}

/// Who presents a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderReport {
    /// The key as `did:key`.
    pub did: String,
    /// The key.
    pub key: PublicKey,
    /// The name that the holder gave.
    pub name: String,
    /// When the bundle was made, by the holder's clock.
    pub created: Timestamp,
    /// When the holder's signature ends, if it says so.
    pub expires: Option<Timestamp>,
    /// Whom it was made for, if anybody.
    pub audience: Option<String>,
}

/// What one sign-off comes to.
#[derive(Debug, Clone)]
pub struct CredentialReport {
    /// Where it lies below the bundle's top folder; `None` for a lone sign-off.
    pub path: Option<String>,
    /// What the document says of itself, whether or not anything fits. Never to be shown as fact.
    pub claimed: Claimed,
    /// What was signed; only if the signature of the key that it names fits.
    pub sign_off: Option<SignOff>,
    /// Every signature on it.
    pub proofs: Vec<ProofOutcome>,
    /// The key that signed it; only if the signature fits.
    pub key: Option<PublicKey>,
    /// Whether it counts as a sign-off: a statement that somebody signed about themselves never does.
    pub counts: bool,
    /// The four questions.
    pub checks: Checks,
    /// The reader's own entry for the key: the only source of a signer's name.
    pub trust: Option<TrustEntry>,
    /// Who vouches for the key, where it is not on the reader's list; then the signer is known by that word alone.
    pub vouched: Option<VouchedReport>,
    /// The files it was signed for, in its own order.
    pub files: Vec<FileReport>,
    /// Withdrawn or replaced by its signer.
    pub withdrawn: Option<WithdrawnReport>,
    /// Its key reported lost by the key's owner.
    pub key_lost: Option<KeyLostReport>,
    /// When it ends, by the statement or by its signature, whichever is sooner; only if the signature fits.
    pub ends: Option<Timestamp>,
    /// The newest word on this computer from the signer, or of somebody who held the sign-off; with
    /// no withdrawal known, it was *not withdrawn as of* then.
    pub status_as_of: Option<Timestamp>,
    /// What it comes to: the first of its reasons, or that it holds.
    pub outcome: Outcome,
    /// Every reason of its own not to rely on it, the most important first, each once; empty if it holds, or if
    /// the bag does not and so the later questions were not asked.
    pub reasons: Vec<Outcome>,
}

/// What a document says of itself. Anybody can write these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claimed {
    /// Its `id`.
    pub id: Option<String>,
    /// The `id` of its `issuer`.
    pub issuer: Option<String>,
    /// The `id` of its `credentialSubject`.
    pub subject: Option<String>,
}

/// The four questions about one sign-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks {
    /// Unchanged: the statement, and the files it names.
    pub integrity: CheckState,
    /// Signed, by the key that it names.
    pub proof: CheckState,
    /// By a signer that the reader knows.
    pub trust: CheckState,
    /// Still in force.
    pub status: CheckState,
}

/// The answer to one of the four questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckState {
    /// The answer.
    pub indication: Indication,
    /// Its reason.
    pub sub: Option<SubIndication>,
}

/// One file that a sign-off names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Its name, as signed.
    pub name: String,
    /// Its media type, as signed.
    pub media_type: String,
    /// The digest that was signed.
    pub digest: Digest,
    /// Whether the signed statement allows leaving it out.
    pub may_be_withheld: bool,
    /// What became of it.
    pub state: FileState,
    /// Where it lies below the bundle's top folder, when it is here or something of its name is.
    pub path: Option<String>,
    /// Bytes of what is here.
    pub size: Option<u64>,
    /// The digest of what is here.
    pub found: Option<Digest>,
}

/// Whether a signed file is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Here, the very bytes.
    Match,
    /// Something of its name is here, with other bytes.
    Mismatch,
    /// Left out, as the signed statement allows.
    Withheld,
    /// Not here, and the signed statement does not allow that.
    Missing,
    /// Nothing to compare: a lone sign-off travels without files.
    NotHere,
}

/// A withdrawal by the key that signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnReport {
    /// When, by the signer's clock.
    pub on: Timestamp,
    /// Why, in the signer's words.
    pub reason: Option<String>,
    /// The sign-off that takes its place.
    pub replaced_by: Option<String>,
    /// Where that word came from.
    pub from: NewsFrom,
}

/// A signer that somebody vouches for, with the reader's leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VouchedReport {
    /// Whose key it is, in the words of whoever vouches.
    pub words: String,
    /// The reader's own entry for whoever vouches.
    pub by: TrustEntry,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// A report that a key is lost, by the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLostReport {
    /// Since when, by its owner's word.
    pub since: Timestamp,
    /// Where that word came from.
    pub from: NewsFrom,
}

/// Where a word about a sign-off or a key came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewsFrom {
    /// A file that the reader gave, by the name they gave it.
    File(String),
    /// The reader's trust list.
    TrustList,
    /// The bundle itself.
    Bundle,
}

impl CredentialReport {
    /// Whether the reader knows the signer: by the reader's own list, or by the word of somebody on it.
    pub fn signer_is_known(&self) -> bool {
        self.trust.is_some() || self.vouched.is_some()
    }
}

impl Report {
    /// The exit code of this result alone under `policy`.
    pub fn exit_code(&self, policy: &Policy<'_>) -> u8 {
        let counted = self
            .reasons
            .iter()
            .filter(|reason| !(policy.accept_unknown_signer && **reason == Outcome::SignerUnknown))
            .min();
        counted.copied().unwrap_or(Outcome::Holds).exit_code()
    }

    /// What became of one step.
    pub fn step(&self, step: Step) -> StepState {
        self.steps.iter().find(|(name, _)| *name == step).map_or(StepState::NotAnswered, |(_, state)| *state)
    }

    /// The sign-offs that count as such.
    pub fn sign_offs(&self) -> impl Iterator<Item = &CredentialReport> {
        self.credentials.iter().filter(|credential| credential.counts)
    }
}

/// The exit code of several results under `policy`: the first of 8, 7, 1, 4, 3 that occurs, else 0.
pub fn exit_code(reports: &[Report], policy: &Policy<'_>) -> u8 {
    first_of(reports.iter().map(|report| report.exit_code(policy)))
}

impl NewsFrom {
    /// `file`, `trust-list` or `bundle`, as in the report envelope.
    pub fn as_str(&self) -> &'static str {
        match self {
            NewsFrom::File(_) => "file",
            NewsFrom::TrustList => "trust-list",
            NewsFrom::Bundle => "bundle",
        }
    }
}

impl FileState {
    /// The word in the report envelope.
    pub fn as_str(self) -> &'static str {
        match self {
            FileState::Match => "match",
            FileState::Mismatch => "mismatch",
            FileState::Withheld => "withheld",
            FileState::Missing => "missing",
            FileState::NotHere => "not-here",
        }
    }
}

impl CheckState {
    pub(crate) const PASSED: CheckState = CheckState { indication: Indication::Passed, sub: None };
    pub(crate) const NOT_EVALUATED: CheckState =
        CheckState { indication: Indication::NotEvaluated, sub: None };

    pub(crate) fn failed(sub: SubIndication) -> CheckState {
        CheckState { indication: Indication::Failed, sub: Some(sub) }
    }

    pub(crate) fn undecided(sub: SubIndication) -> CheckState {
        CheckState { indication: Indication::Indeterminate, sub: Some(sub) }
    }
}
