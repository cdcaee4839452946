//! A credential that somebody else issued, checked without asking anybody: the same four questions as for a sign-off.
//!
//! Unchanged, signed by which key, known signer, in force: each is answered yes, no or *cannot tell*. A key or a list
//! that came with the credential shows that things fit together; only what the reader pinned says who it is.

mod finding;
mod lone;
mod signature;
mod standing;

pub use finding::{ForeignCode, ForeignFinding};
pub(super) use lone::{ask_about, heed, is_of_others, report, states};

use signature::Signature;
use standing::Standing;

use super::issuers::IssuerEntry;
use super::outcome::{Failure, Outcome};
use super::trust::{TrustEntry, TrustList};
use crate::credential::foreign::Foreign;
use crate::proof::ProofOutcome;
use crate::proof::others::{Origin, PinnedBy, Pins, Retrieved};
use crate::time::Timestamp;

/// How far a signer's clock may be ahead, in seconds: a day, as for sign-offs.
const CLOCK_SKEW: i64 = 86_400;

/// How old, in days, the keys of an issuer may be before a reader is told: a year, within which most change theirs.
const PIN_DAYS: i64 = 365;

/// A copy of a status list, or of any document that says whether credentials stand.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// The address it was taken from.
    pub url: &'a str,
    /// The bytes, as they came.
    pub bytes: &'a [u8],
    /// Who took it.
    pub by: PinnedBy,
    /// When.
    pub taken: Option<Timestamp>,
}

/// What a check goes by, besides the bytes.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The keys of issuers that somebody pinned.
    pub pins: &'a Pins,
    /// Copies of status lists.
    pub snapshots: &'a [Snapshot<'a>],
    /// The moment to judge dates by.
    pub at: Timestamp,
    /// The keys that the reader knows.
    pub trust: &'a TrustList,
}

/// The answer to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It cannot be told, which is neither.
    CannotTell,
}

/// How the reader knows a signer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The key is on the trust list.
    Listed(Box<TrustEntry>),
    /// The issuer is on the trust list, with its keys or as its own key.
    Issuer(Box<IssuerEntry>),
    /// The reader pinned the issuer's keys.
    Pinned,
}

/// What a check of somebody else's credential found. All text in it comes from strangers.
#[derive(Debug, Clone)]
pub struct ForeignReport {
    /// What it claims; anybody's words unless [`ForeignReport::unchanged`] is yes.
    pub credential: Option<Foreign>,
    /// Its embedded proofs.
    pub proofs: Vec<ProofOutcome>,
    /// The algorithm, if it is a token.
    pub algorithm: Option<String>,
    /// The issuer's key, and where it comes from; only if the signature holds.
    pub key: Option<Retrieved>,
    /// When the signer says it was signed.
    pub signed: Option<Timestamp>,
    /// How the reader knows the signer.
    pub known: Option<Known>,
    /// The oldest moment for which a status list answered.
    pub status_as_of: Option<Timestamp>,
    /// Whether it is as it was signed, by the issuer's key.
    pub unchanged: Answer,
    /// Whether it is in force at the moment asked about.
    pub in_force: Answer,
    /// Everything that was found, in the order of the questions.
    pub findings: Vec<ForeignFinding>,
    /// Every reason not to rely on it, the most important first, each once.
    pub reasons: Vec<Outcome>,
    /// What it comes to: the first reason, or that it holds.
    pub outcome: Outcome,
}

/// Checks a credential of somebody else's: JSON with embedded proofs, or a compact token. Total, whatever the bytes.
pub fn check(bytes: &[u8], asked: &Asked<'_>) -> ForeignReport {
    let mut signature = Signature::of(bytes, asked.pins, asked.at);
    let mut known = None;
    let mut as_of = None;
    if let (Some(key), Some(credential)) = (signature.key.clone(), signature.credential.clone()) {
        known = who(&key, &mut signature, asked);
        when(&credential, &mut signature, asked);
        let standing = Standing::of(&credential, asked);
        as_of = standing.as_of;
        signature.findings.extend(standing.findings);
        if credential.has_refresh {
            signature.find(ForeignCode::RefreshNotTried, "its issuer offers newer copies");
        }
        if credential.endorsements > 0 {
            signature.find(ForeignCode::EndorsementsNotChecked, credential.endorsements);
        }
    }
    concluded(signature, known, as_of)
}

/// Whether the reader knows the signer.
fn who(key: &Retrieved, signature: &mut Signature, asked: &Asked<'_>) -> Option<Known> {
    if key.without_fragment {
        signature.find(ForeignCode::BareKeyName, &key.controller);
    }
    match key.origin {
        Origin::Pinned { by: PinnedBy::Recruiter, digest, retrieved } => {
            if let Some(had) = retrieved.filter(|had| had.date().days_until(asked.at.date()) > PIN_DAYS) {
                let detail = format!("the keys of {} as of {}", key.controller, had.date());
                signature.find(ForeignCode::PinOld, detail);
            }
            let entry = asked.trust.issuer(&key.controller).filter(|entry| entry.digest() == Some(digest));
            return Some(entry.map_or(Known::Pinned, |entry| Known::Issuer(Box::new(entry.clone()))));
        }
        Origin::Pinned { by: PinnedBy::Student, digest, .. } => {
            signature.find(ForeignCode::KeyFromStudent, format!("{} by the file {digest}", key.controller));
            return None;
        }
        Origin::Itself => {}
    }
    if let Some(entry) = asked.trust.issuer(&key.controller) {
        return Some(Known::Issuer(Box::new(entry.clone())));
    }
    let Some(entry) = key.key.ed25519().and_then(|key| asked.trust.by_key(key)) else {
        signature.find(ForeignCode::SignerNotKnown, &key.controller);
        return None;
    };
    let late = |signed: Timestamp| entry.not_after.is_some_and(|last| signed > last.end());
    if signature.signed.map_or(entry.not_after.is_some(), late) {
        signature.find(ForeignCode::TrustEnded, &entry.name);
        return None;
    }
    Some(Known::Listed(Box::new(entry.clone())))
}

/// Whether the moment asked about lies within the credential's and the signature's own dates.
fn when(credential: &Foreign, signature: &mut Signature, asked: &Asked<'_>) {
    let ends = [credential.valid_until, signature.ends].into_iter().flatten().min();
    if let Some(ends) = ends.filter(|ends| asked.at > *ends) {
        signature.find(ForeignCode::Expired, format!("since {}", ends.date()));
    }
    let signed = signature.signed.map(|signed| signed.plus_seconds(-CLOCK_SKEW));
    let begins = [credential.valid_from, signed].into_iter().flatten().max();
    if let Some(begins) = begins.filter(|begins| asked.at < *begins) {
        signature.find(ForeignCode::NotYetValid, format!("before {}", begins.date()));
    }
}

fn concluded(signature: Signature, known: Option<Known>, status_as_of: Option<Timestamp>) -> ForeignReport {
    let mut report = ForeignReport {
        credential: signature.credential,
        proofs: signature.proofs,
        algorithm: signature.algorithm,
        key: signature.key,
        signed: signature.signed,
        known,
        status_as_of,
        unchanged: Answer::CannotTell,
        in_force: Answer::CannotTell,
        findings: signature.findings,
        reasons: Vec::new(),
        outcome: Outcome::StatusUnknown,
    };
    report.conclude();
    report
}

impl ForeignReport {
    /// One more finding, and what it changes.
    fn add(&mut self, code: ForeignCode, detail: impl Into<String>) {
        self.findings.push(ForeignFinding { code, detail: detail.into() });
        self.conclude();
    }

    /// The answers and the outcome, from the key and everything that was found.
    fn conclude(&mut self) {
        self.reasons = self.findings.iter().filter_map(|finding| finding.code.outcome()).collect();
        self.reasons.sort_unstable();
        self.reasons.dedup();
        let has = |wanted: fn(&Outcome) -> bool| self.reasons.iter().any(wanted);
        // what the reader asks for says nothing about the bytes
        let is_bad =
            |reason: &Outcome| matches!(reason, Outcome::Failed(failure) if *failure != Failure::Constraints);
        let ended =
            |reason: &Outcome| matches!(reason, Outcome::Expired | Outcome::NotYetValid | Outcome::Withdrawn);
        let signed = self.key.is_some();
        self.unchanged = match signed {
            true => Answer::Yes,
            false if has(is_bad) => Answer::No,
            false => Answer::CannotTell,
        };
        self.in_force = match signed {
            true if has(ended) => Answer::No,
            true if !has(|reason| *reason == Outcome::StatusUnknown) => Answer::Yes,
            _ => Answer::CannotTell,
        };
        // nothing holds without a key of the issuer's, whatever was found
        let open = if signed { Outcome::Holds } else { Outcome::StatusUnknown };
        self.outcome = self.reasons.first().copied().unwrap_or(open);
    }
}
