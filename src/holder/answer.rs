//! Collecting an answer: whether it fits a request, what the mentor changed, and keeping it byte for byte.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::files::day_of;
use super::requests::{Answered, StoredRequest};
use super::{Differing, HolderFault, Locked, Portfolio, TakenVoucher, copy, records, statements};
use crate::credential::changes::{self, Change};
use crate::credential::{SignOff, decline, signoff, voucher};
use crate::disk::{self, DiskFault, FileSource, Links, Mode};
use crate::json;
use crate::path::Slug;
use crate::proof::{self, Expected, ProofOutcome, sshsig};

/// What came back from a mentor.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A sign-off that fits a request.
    SignOff(Box<Collected>),
    /// A decline; nobody signed it.
    Declined(Box<Declined>),
    /// A voucher for the key of somebody who signs.
    Voucher(Box<TakenVoucher>),
    /// The very same file, kept before; its path in the folder.
    AlreadyKept(String),
}

/// A sign-off that fits a request and is not kept yet.
#[derive(Debug, Clone)]
pub struct Collected {
    /// The request it answers.
    pub request: StoredRequest,
    /// What it says; its signature holds.
    pub sign_off: SignOff,
    /// The signatures, each with its state.
    pub proofs: Vec<ProofOutcome>,
    /// What the mentor changed in the draft.
    pub changes: Vec<Change>,
    pub(super) bytes: Vec<u8>,
    pub(super) statement: Option<Vec<u8>>,
}

/// A decline that names a request.
#[derive(Debug, Clone)]
pub struct Declined {
    /// The request it answers.
    pub request: StoredRequest,
    /// Who, why and when, in their own words.
    pub decline: decline::Decline,
    /// Whether it was recorded before.
    pub known: bool,
}

/// A sign-off as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: Slug,
    /// Where it lies.
    pub path: PathBuf,
}

impl Portfolio {
    /// Reads an answer and finds the request it fits: the same student, the same placement, the same files.
    ///
    /// With `earlier` a sign-off about files that have changed here since is taken too; without, it is
    /// [`HolderFault::OtherFiles`]. Nothing is written.
    pub fn read_answer(&self, bytes: &[u8], earlier: bool) -> Result<Answer, HolderFault> {
        if sshsig::is_armoured(bytes) {
            return self.read_signature(bytes, earlier);
        }
        let value = json::parse(bytes, &json::OURS).map_err(HolderFault::AnswerJson)?;
        if value.get("type").and_then(Value::as_str) == Some("Decline") {
            return self.read_decline(&value);
        }
        if voucher::is_one(&value) {
            return self.read_voucher(&value, bytes);
        }
        let sign_off = signoff::read(&value).map_err(HolderFault::NotAnAnswer)?;
        let proofs = proof::check(&value, &Expected::assertion_by(&sign_off.issuer_id));
        if !proofs.holds() {
            return Err(HolderFault::AnswerNotSigned(proofs.first_fault().cloned()));
        }
        let (expected, found) = (&self.about().did, &sign_off.claims.subject.id);
        if !self.is_own_key(found)? {
            return Err(HolderFault::AboutSomebodyElse { expected: expected.clone(), found: found.clone() });
        }
        if let Some(kept) = self.sign_offs()?.into_iter().find(|kept| kept.sign_off.id == sign_off.id) {
            if kept.bytes == bytes {
                return Ok(Answer::AlreadyKept(format!("credentials/{}", kept.file_name())));
            }
            return Err(HolderFault::IdTaken { credential: kept.id, id: sign_off.id });
        }
        let request = self.request_about(&sign_off)?;
        let differing = differing_from_request(&request, &sign_off);
        let added = added_to_request(&request, &sign_off);
        if !differing.is_empty() || !added.is_empty() {
            return Err(HolderFault::OtherFiles { request: request.id, files: differing, added });
        }
        let files = self.changed_since(&request)?;
        if !earlier && !files.is_empty() {
            return Err(HolderFault::OtherFiles { request: request.id, files, added });
        }
        let changes = changes::between(&request.request.claims, &sign_off);
        let collected = Collected {
            request,
            sign_off,
            proofs: proofs.proofs,
            changes,
            bytes: bytes.to_vec(),
            statement: None,
        };
        Ok(Answer::SignOff(Box::new(collected)))
    }

    fn read_decline(&self, value: &Value) -> Result<Answer, HolderFault> {
        let decline = decline::read(value).map_err(HolderFault::NotAnAnswer)?;
        let request = self.requests()?.into_iter().find(|stored| stored.request.id == decline.request);
        let request = request.ok_or(HolderFault::NoSuchRequest)?;
        let known = request.record.answers.iter().any(|answer| *answer == declined(&decline));
        Ok(Answer::Declined(Box::new(Declined { request, decline, known })))
    }

    /// The request that the sign-off is about, one that is still open before one that is not.
    fn request_about(&self, sign_off: &SignOff) -> Result<StoredRequest, HolderFault> {
        let mut fitting: Vec<StoredRequest> = self.requests()?;
        fitting.retain(|stored| stored.request.claims.achievement_id == sign_off.claims.achievement_id);
        let has_same_files = |stored: &StoredRequest| {
            differing_from_request(stored, sign_off).is_empty()
                && added_to_request(stored, sign_off).is_empty()
        };
        fitting.sort_by_key(|stored| (!has_same_files(stored), !stored.is_open()));
        fitting.into_iter().next().ok_or(HolderFault::NoSuchRequest)
    }

    /// The files of a request that are no longer here as they were sent.
    pub(super) fn changed_since(&self, request: &StoredRequest) -> Result<Vec<Differing>, HolderFault> {
        let mut differing = Vec::new();
        for file in &request.record.files {
            let path = self.artifact_folder(&file.artifact).join(file.name.as_str());
            let name = file.name.to_string();
            match FileSource::open(&path, Links::Refuse) {
                Ok(source) => {
                    let here = copy::digest_of(&source)?;
                    if here != file.sha256 {
                        let changed = day_of(source.stat().modified);
                        differing.push(Differing { name, wanted: file.sha256, here: Some(here), changed });
                    }
                }
                Err(DiskFault::NotFound(_)) => {
                    differing.push(Differing { name, wanted: file.sha256, here: None, changed: None });
                }
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(differing)
    }
}

impl Locked {
    /// Keeps a sign-off, byte for byte as it came, and notes it with its request. Doing it twice is doing it once.
    pub fn keep(&self, collected: &Collected) -> Result<Kept, HolderFault> {
        let room = self.room("credentials")?;
        let kept = self.sign_offs()?.into_iter().find(|kept| kept.sign_off.id == collected.sign_off.id);
        let (id, path) = match kept {
            Some(kept) if kept.bytes == collected.bytes || kept.statement.is_some() => {
                (kept.id.clone(), room.join(kept.file_name()))
            }
            Some(kept) => {
                return Err(HolderFault::IdTaken { credential: kept.id, id: collected.sign_off.id.clone() });
            }
            None => {
                let request = &collected.request;
                let title = format!("{} {}", request.record.placement, request.request.asked.name);
                let id = self.free_id("credentials", &Slug::from_title(&title))?;
                let path = match &collected.statement {
                    Some(text) => statements::write(self.statement_paths(&id), text, &collected.bytes)?,
                    None => {
                        let path = room.join(format!("{id}.json"));
                        disk::write_new(&path, &collected.bytes, Mode::Shared)?;
                        path
                    }
                };
                (id, path)
            }
        };
        let answered = Answered {
            credential: Some(id.clone()),
            by: None,
            reason: None,
            created: collected.sign_off.valid_from,
            other: Map::new(),
        };
        self.note(&collected.request, answered)?;
        Ok(Kept { path, id })
    }

    /// Notes a decline with its request. Doing it twice is doing it once.
    pub fn note_decline(&self, decline: &Declined) -> Result<(), HolderFault> {
        self.note(&decline.request, declined(&decline.decline))
    }

    fn note(&self, request: &StoredRequest, answered: Answered) -> Result<(), HolderFault> {
        let path = self.root().join("requests").join(request.id.as_str()).join("record.json");
        // Read again under the lock: another command may have noted something meanwhile.
        let mut record: super::RequestRecord = records::read(&path)?;
        if record.answers.contains(&answered) {
            return Ok(());
        }
        record.answers.push(answered);
        records::rewrite(&path, &record)
    }
}

fn declined(decline: &decline::Decline) -> Answered {
    Answered {
        credential: None,
        by: Some(decline.by.clone()),
        reason: decline.reason.clone(),
        created: decline.created,
        other: Map::new(),
    }
}

/// Files of the request that were signed in another state, or not at all.
fn differing_from_request(request: &StoredRequest, sign_off: &SignOff) -> Vec<Differing> {
    let signed = &sign_off.claims.evidence;
    let mut differing = Vec::new();
    for asked in &request.request.claims.evidence {
        if signed.iter().any(|file| file.digest == asked.digest) {
            continue;
        }
        let wanted =
            signed.iter().find(|file| file.name == asked.name).map_or(asked.digest, |file| file.digest);
        differing.push(Differing {
            name: asked.name.clone(),
            wanted,
            here: Some(asked.digest),
            changed: None,
        });
    }
    differing
}

/// Names of signed files that the request did not have in any state.
fn added_to_request(request: &StoredRequest, sign_off: &SignOff) -> Vec<String> {
    let asked = &request.request.claims.evidence;
    let is_new = |file: &&crate::credential::Evidence| {
        !asked.iter().any(|known| known.digest == file.digest || known.name == file.name)
    };
    sign_off.claims.evidence.iter().filter(is_new).map(|file| file.name.clone()).collect()
}
