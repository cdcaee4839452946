//! What others issued and a bundle carries: each deposit by its own bytes, to the same four answers as a lone credential.
//!
//! What the holder's record says of a deposit is the holder's word and is only repeated. Keys and lists that came along
//! show that things fit together; what the reader brings goes before them.

mod carried;
mod once;

use std::collections::HashMap;

use super::code::Code;
use super::deposit_report::DepositReport;
use super::finding::Finding;
use super::foreign::{self, Asked};
use super::limits::{CREDENTIAL_BYTES, DEPOSITS};
use super::news::News;
use super::opened::{self, OpenedBundle};
use super::outcome::{Outcome, Unread};
use super::policy::Policy;
use crate::credential::recognise::{LOOKED_INTO_BYTES, What, is_bag_listing, recognise};
use crate::digest::Digest;

use carried::Carried;

/// Where deposits lie.
pub(super) const DEPOSITS_FOLDER: &str = "data/deposits/";

/// How many first bytes of a deposit a report keeps, for the words about what it is.
const HEAD_BYTES: usize = 1024;

/// What the rest of the check already knows.
pub(super) struct Known<'a> {
    /// Who presents the bundle.
    pub(super) holder: Option<&'a str>,
    /// The sign-offs here whose signature fits: issuer and id, and where they lie.
    pub(super) signed: HashMap<(String, String), String>,
    /// News about sign-offs and keys.
    pub(super) news: &'a News<'a>,
}

/// Every deposit of a bundle, in the order of the folders.
pub(super) fn look(
    bundle: &OpenedBundle<'_>,
    known: &Known<'_>,
    policy: &Policy<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<DepositReport> {
    let carried = match Carried::all(bundle, DEPOSITS, findings) {
        Ok(carried) => carried,
        Err(found) => {
            let detail = format!("{found} deposits");
            findings.push(Finding::new(Code::TooManyDeposits, detail).about(DEPOSITS_FOLDER));
            return Vec::new();
        }
    };
    let beside = carried::Beside::read(bundle, &carried, policy, findings);
    let lists = beside.lists(policy);
    let asked = Asked { pins: &beside.pins, snapshots: &lists, at: policy.at, trust: policy.trust };
    let mut looking = Looking { bundle, known, policy, asked, findings, room: CREDENTIAL_BYTES };
    let mut reports: Vec<DepositReport> = carried.into_iter().map(|one| looking.at(one)).collect();
    once::count_once(&mut reports, &known.signed, findings);
    reports
}

/// One look at all deposits, one after the other.
struct Looking<'a> {
    bundle: &'a OpenedBundle<'a>,
    known: &'a Known<'a>,
    policy: &'a Policy<'a>,
    asked: Asked<'a>,
    findings: &'a mut Vec<Finding>,
    /// Bytes of credentials that may still be looked at.
    room: u64,
}

impl Looking<'_> {
    fn at(&mut self, carried: Carried<'_>) -> DepositReport {
        let first = carried.originals.first();
        let mut report = DepositReport {
            path: first.map_or_else(|| carried.folder.clone(), |file| file.path.to_string()),
            files: carried.originals.len(),
            len: carried.originals.iter().map(|file| file.len).sum(),
            digest: first.and_then(|file| file.digest).filter(|_| carried.originals.len() == 1),
            what: What::Capture,
            head: Vec::new(),
            check: None,
            counts: false,
            same_as: None,
            content: None,
            folder: carried.folder.clone(),
            record: carried.record.clone(),
        };
        match carried.originals.as_slice() {
            [] => {}
            [only] if only.len <= LOOKED_INTO_BYTES as u64 => self.look_into(&mut report),
            [_] => self.note(&report, Code::DepositNotSigned, "too large to be looked into"),
            several => {
                let below = |path: &str| {
                    let inner = path.strip_prefix(&carried.folder)?.strip_prefix('/')?;
                    inner.split_once('/').map(|(_, rest)| rest.to_owned())
                };
                let names: Vec<String> =
                    several.iter().filter_map(|file| below(file.path.as_str())).collect();
                if is_bag_listing(names.iter().map(String::as_str)) {
                    report.what = What::Bag;
                }
                self.note(&report, Code::DepositNotSigned, "several files");
            }
        }
        report
    }

    fn note(&mut self, report: &DepositReport, code: Code, detail: impl Into<String>) {
        self.findings.push(Finding::new(code, detail).about(report.path.clone()));
    }

    fn look_into(&mut self, report: &mut DepositReport) {
        let bytes = match self.bundle.read(&report.path, LOOKED_INTO_BYTES) {
            Ok(bytes) => bytes,
            Err(fault) => {
                self.findings.push(opened::finding(&fault).about(report.path.clone()));
                return;
            }
        };
        report.head = bytes[..bytes.len().min(HEAD_BYTES)].to_vec();
        let found = recognise(&bytes);
        report.what = found.what;
        let Some(record) = found.record else {
            match found.fault {
                Some(fault) => {
                    report.counts = true;
                    self.note(report, Code::DepositUnreadable, fault.to_string());
                }
                None => {
                    let is_envelope = matches!(found.what, What::Envelope(_));
                    let code = if is_envelope { Code::DepositNotRead } else { Code::DepositNotSigned };
                    self.note(report, code, found.what.as_str());
                }
            }
            return;
        };
        self.room = match self.room.checked_sub(record.len() as u64) {
            Some(room) => room,
            None => return self.note(report, Code::TooManyDeposits, "more bytes of them than are looked at"),
        };
        report.content = Some(Digest::of(&record));
        let mut check = foreign::check(&record, &self.asked);
        if check.key.is_some() {
            foreign::heed(&mut check, self.known.news, self.policy);
            foreign::ask_about(&mut check, self.policy);
        }
        let is_own = |key: &str| Some(key) == self.known.holder;
        if check.key.as_ref().is_some_and(|key| is_own(&key.controller)) {
            self.note(report, Code::SelfSigned, "issued by the key that presents the bundle");
        } else if check.outcome == Outcome::Unreadable(Unread::NothingToCheck) {
            self.note(report, Code::DepositNotSigned, found.what.as_str());
        } else {
            report.counts = true;
        }
        report.check = Some(Box::new(check));
    }
}

/// Whether deposits alone can carry a good answer: one that counts holds, and none that counts does not.
pub(super) fn all_hold(reports: &[DepositReport]) -> bool {
    let mut counted = reports.iter().filter_map(DepositReport::outcome).peekable();
    counted.peek().is_some() && counted.all(|outcome| outcome == Outcome::Holds)
}
