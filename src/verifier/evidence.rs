//! Step 7, authentic sign-off to its evidence: each file that was signed for is the file here, or may be left out.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::bundle::Measured;
use crate::credential::Evidence;
use crate::digest::Digest;
use crate::json;
use crate::path::RelPath;

use super::authentic::Authentic;
use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::opened::OpenedBundle;
use super::outcome::{Failure, Outcome, SubIndication};
use super::policy::Policy;
use super::report::{CheckState, FileReport, FileState};
use super::step::{Step, StepState};

/// A sign-off whose files were compared and none of which differs; some may not be here.
pub(super) struct Evidenced<'a> {
    authentic: &'a Authentic,
    all_here: bool,
}

impl<'a> Evidenced<'a> {
    /// The sign-off itself.
    pub(super) fn authentic(&self) -> &'a Authentic {
        self.authentic
    }

    /// Whether every file is here or may be left out under the policy.
    pub(super) fn all_here(&self) -> bool {
        self.all_here
    }
}

/// The files that a bundle carries for its sign-offs, each found in one look whatever their number.
pub(super) struct Payload<'b> {
    bundle: &'b OpenedBundle<'b>,
    files: Vec<&'b Measured>,
    by_digest: HashMap<Digest, &'b Measured>,
    by_name: HashMap<(&'b str, Digest), &'b Measured>,
    unsigned_by_name: HashMap<&'b str, &'b Measured>,
    signed: HashSet<Digest>,
    versions: RefCell<HashMap<String, HashSet<Digest>>>,
}

impl<'b> Payload<'b> {
    /// Sorts the files; `signed` is every digest that some sign-off here names.
    pub(super) fn new(bundle: &'b OpenedBundle<'b>, signed: HashSet<Digest>) -> Payload<'b> {
        let files: Vec<&Measured> = bundle.measured().iter().filter(|file| is_a_work(&file.path)).collect();
        let (mut by_digest, mut by_name, mut unsigned_by_name) =
            (HashMap::new(), HashMap::new(), HashMap::new());
        for file in &files {
            let (name, Some(digest)) = (file.path.file_name(), file.digest) else { continue };
            by_digest.entry(digest).or_insert(*file);
            by_name.entry((name, digest)).or_insert(*file);
            if !signed.contains(&digest) {
                unsigned_by_name.entry(name).or_insert(*file);
            }
        }
        let versions = RefCell::default();
        Payload { bundle, files, by_digest, by_name, unsigned_by_name, signed, versions }
    }

    /// The files that no sign-off here covers, the holder's own records and the files in `told` aside.
    pub(super) fn not_signed(&self, told: &HashSet<String>) -> Vec<String> {
        let is_covered = |file: &Measured| file.digest.is_some_and(|digest| self.signed.contains(&digest));
        let files = self.files.iter().filter(|file| !is_covered(file) && !is_a_record(&file.path));
        files.map(|file| file.path.to_string()).filter(|path| !told.contains(path)).collect()
    }

    /// The file with this digest; one of the wanted name, if there are several.
    fn find(&self, evidence: &Evidence) -> Option<&'b Measured> {
        let named = self.by_name.get(&(evidence.name.as_str(), evidence.digest));
        named.or_else(|| self.by_digest.get(&evidence.digest)).copied()
    }

    /// A file that stands where the signed one should: its name, and bytes that nobody signed for.
    fn impostor(&self, evidence: &Evidence) -> Option<&'b Measured> {
        self.unsigned_by_name.get(evidence.name.as_str()).copied()
    }

    /// Whether the holder's record beside `path` lists `digest` among earlier versions. Each record is read once,
    /// and only the first few: it is a kindness to the reader, and decides nothing.
    fn is_earlier_version(&self, path: &RelPath, digest: Digest) -> bool {
        let Some((folder, _)) = path.as_str().rsplit_once('/') else { return false };
        let mut versions = self.versions.borrow_mut();
        if let Some(listed) = versions.get(folder) {
            return listed.contains(&digest);
        }
        if versions.len() == RECORDS_READ {
            return false;
        }
        let bytes = self.bundle.read(&format!("{folder}/artifact.json"), RECORD_BYTES).ok();
        let document = bytes.and_then(|bytes| json::parse(&bytes, &json::FOREIGN).ok());
        let mut listed = HashSet::new();
        if let Some(earlier) = document.as_ref().and_then(|document| document.get("versions")) {
            gather_digests(earlier, &mut listed);
        }
        let is_listed = listed.contains(&digest);
        versions.insert(folder.to_owned(), listed);
        is_listed
    }
}

/// The most records of the holder that are read to tell an earlier version, and the most bytes of one.
const RECORDS_READ: usize = 100;
const RECORD_BYTES: usize = 64 << 10;

/// Compares every file that the sign-off names; `payload` is `None` where files do not travel with it.
pub(super) fn compare<'a>(
    judging: &mut Judging,
    authentic: &'a Authentic,
    payload: Option<&Payload<'_>>,
    policy: &Policy<'_>,
) -> Option<Evidenced<'a>> {
    let evidence = &authentic.sign_off().claims.evidence;
    if evidence.is_empty() {
        judging.found(Finding::new(Code::SignsNoFile, "no file is named in it"));
    }
    let files: Vec<FileReport> =
        evidence.iter().map(|evidence| look_for(judging, evidence, payload)).collect();
    let has = |wanted: FileState| files.iter().any(|file| file.state == wanted);
    let is_changed = has(FileState::Mismatch);
    let left_out = has(FileState::Withheld) || has(FileState::NotHere);
    let all_here = !(has(FileState::Missing) || policy.require_all_files && left_out);
    for file in files.iter().filter(|file| policy.require_all_files && file.state != FileState::Match) {
        if matches!(file.state, FileState::Withheld | FileState::NotHere) {
            judging.found(
                Finding::new(Code::EvidenceRequired, "not here, and all files are asked for")
                    .about(&file.name),
            );
        }
    }
    judging.report.files = files;
    let (state, check) = match (is_changed, all_here, payload) {
        (true, _, _) => (StepState::Failed, CheckState::failed(SubIndication::HashFailure)),
        (false, false, _) => (StepState::Undecided, CheckState::undecided(SubIndication::SignedDataNotFound)),
        (false, true, None) => (StepState::NotApplicable, CheckState::PASSED),
        (false, true, Some(_)) => (StepState::Passed, CheckState::PASSED),
    };
    judging.steps.set(Step::Evidence, state);
    judging.report.checks.integrity = check;
    if is_changed {
        judging.reason(Outcome::Failed(Failure::Hash));
        return None;
    }
    if !all_here {
        judging.reason(Outcome::Incomplete);
    }
    Some(Evidenced { authentic, all_here })
}

fn look_for(judging: &mut Judging, evidence: &Evidence, payload: Option<&Payload<'_>>) -> FileReport {
    let mut report = FileReport {
        name: evidence.name.clone(),
        media_type: evidence.media_type.clone(),
        digest: evidence.digest,
        may_be_withheld: evidence.may_be_withheld(),
        state: FileState::NotHere,
        path: None,
        size: None,
        found: None,
    };
    let Some(payload) = payload else { return report };
    let here = payload.find(evidence).or_else(|| payload.impostor(evidence));
    if let Some(file) = here {
        report.path = Some(file.path.to_string());
        report.size = Some(file.len);
        report.found = file.digest;
    }
    let about = |code, detail: &str| Finding::new(code, detail).about(&evidence.name);
    report.state = match here {
        Some(file) if file.digest == Some(evidence.digest) => {
            if file.path.file_name() != evidence.name {
                judging.found(about(Code::EvidenceRenamed, &format!("is here as {}", file.path)));
            }
            FileState::Match
        }
        Some(file) => {
            let found = file.digest.unwrap_or(evidence.digest);
            let differs =
                about(Code::EvidenceDiffers, &format!("{} is not the file that was signed", file.path));
            judging.found(differs.comparing(evidence.digest, found));
            if payload.is_earlier_version(&file.path, evidence.digest) {
                judging.found(about(
                    Code::EarlierVersion,
                    "the holder's record says that the signed file is older",
                ));
            }
            FileState::Mismatch
        }
        None if evidence.may_be_withheld() => {
            judging.found(about(Code::EvidenceWithheld, "left out, as the signed statement allows"));
            FileState::Withheld
        }
        None => {
            judging.found(about(Code::EvidenceMissing, "was signed for and is not here"));
            FileState::Missing
        }
    };
    report
}

/// Whether a file is somebody's work, and not a sign-off, a notice, a voucher or a deposit.
fn is_a_work(path: &RelPath) -> bool {
    const OTHERS: [&str; 4] =
        ["data/credentials/", "data/notices/", "data/vouchers/", super::deposits::DEPOSITS_FOLDER];
    let path = path.as_str();
    path.starts_with("data/") && !OTHERS.iter().any(|folder| path.starts_with(folder))
}

/// Whether a file is one of the holder's own records, which says what lies beside it and claims nothing.
fn is_a_record(path: &RelPath) -> bool {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    matches!(
        parts[..],
        ["data", "artifacts", _, "artifact.json"] | ["data", "placements", _, "placement.json"]
    )
}

/// Every text in `value` that is a digest in hex; the document's depth was bounded when it was read.
fn gather_digests(value: &Value, into: &mut HashSet<Digest>) {
    match value {
        Value::String(text) => into.extend(Digest::from_hex(text).ok()),
        Value::Array(items) => items.iter().for_each(|item| gather_digests(item, into)),
        Value::Object(members) => members.values().for_each(|member| gather_digests(member, into)),
        _ => {}
    }
}
