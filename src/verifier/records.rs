//! The sign-offs and notices that a bundle carries: found by their folder, read in bounds, judged on several threads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

use serde_json::Value;

use crate::bundle::{ArchiveFault, Measured, Threads};
use crate::credential::plain_text::{SIGNATURE_ENDING, STATEMENT_BYTES, STATEMENT_ENDING};
use crate::json::{self, JsonFault};
use crate::proof::sshsig::SIGNATURE_FILE_BYTES;

use super::authentic::{Authentic, Inspected};
use super::code::Code;
use super::conforming::Conforming;
use super::finding::Finding;
use super::judging::Judging;
use super::limits::{CREDENTIAL_BYTES, CREDENTIALS, NOTICES};
use super::notices::Notice;
use super::opened::{self, OpenedBundle};
use super::outcome::{Failure, Outcome, Unread};
use super::signed_statement;
use super::vouchers::CheckedVoucher;

/// Where sign-offs lie.
pub(super) const CREDENTIALS_FOLDER: &str = "data/credentials/";
/// Where notices lie.
pub(super) const NOTICES_FOLDER: &str = "data/notices/";

/// Where vouchers lie.
pub(super) const VOUCHERS_FOLDER: &str = "data/vouchers/";

/// Below this many sign-offs a second thread costs more than it brings.
const THREADS_FROM: usize = 8;

/// Reads a sign-off and checks its signatures.
pub(super) fn inspect(path: Option<&str>, parsed: Result<Value, JsonFault>) -> Inspected {
    let mut judging = Judging::start(path);
    let conforming = Conforming::read(&mut judging, parsed);
    let authentic = conforming.and_then(|conforming| Authentic::check(&mut judging, conforming));
    Inspected { judging, authentic }
}

/// Every sign-off of a bundle in the order of the paths; one that is there again is named and left out.
pub(super) fn sign_offs(
    bundle: &OpenedBundle<'_>,
    threads: Threads,
    findings: &mut Vec<Finding>,
) -> Vec<Inspected> {
    let mut files: Vec<&Measured> = below(bundle, CREDENTIALS_FOLDER);
    // a statement is judged where the signature on it lies
    files.retain(|file| !is_signed_statement(bundle, file.path.as_str()));
    let bytes: u64 = files.iter().map(|file| file.len).sum();
    if files.len() > CREDENTIALS || bytes > CREDENTIAL_BYTES {
        let detail = format!("{} sign-offs, {bytes} bytes", files.len());
        findings.push(Finding::new(Code::TooManyCredentials, detail).about(CREDENTIALS_FOLDER));
        return Vec::new();
    }
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push(inspect_file(bundle, file));
        }
        done
    };
    let helpers = if files.len() < THREADS_FROM { 0 } else { threads.count().min(files.len()) - 1 };
    let mut inspected = scope(|scope| {
        // A system that gives no more threads gets the work done by those there are.
        let helpers: Vec<_> =
            (0..helpers).map_while(|_| Builder::new().spawn_scoped(scope, take_turns).ok()).collect();
        let mut done = take_turns();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_default());
        }
        done
    });
    inspected.sort_by(|one, other| one.judging.report.path.cmp(&other.judging.report.path));
    if inspected.len() != files.len() {
        findings.push(
            Finding::new(Code::SourceUnreadable, "a sign-off could not be judged").about(CREDENTIALS_FOLDER),
        );
    }
    counted_once(inspected, findings)
}

/// Every notice of a bundle that is properly signed; the others are named and not heeded.
pub(super) fn notices(bundle: &OpenedBundle<'_>, findings: &mut Vec<Finding>) -> Vec<Notice> {
    let files = below(bundle, NOTICES_FOLDER);
    let bytes: u64 = files.iter().map(|file| file.len).sum();
    if files.len() > NOTICES || bytes > CREDENTIAL_BYTES {
        let detail = format!("{} notices, {bytes} bytes", files.len());
        findings.push(Finding::new(Code::TooManyCredentials, detail).about(NOTICES_FOLDER));
        return Vec::new();
    }
    let mut heeded = Vec::new();
    for file in files {
        let path = file.path.as_str();
        let ignored = |why: String| Finding::new(Code::NoticeIgnored, why).about(path);
        match bundle.read(path, json::DOCUMENT_BYTES) {
            Err(fault) => findings.push(ignored(fault.to_string())),
            Ok(bytes) => match Notice::read(&bytes) {
                Ok(notice) => heeded.push(notice),
                Err(fault) => findings.push(ignored(fault.to_string())),
            },
        }
    }
    heeded
}

/// Every voucher of a bundle whose signature fits; the others are named and not heeded.
pub(super) fn vouchers(bundle: &OpenedBundle<'_>, findings: &mut Vec<Finding>) -> Vec<CheckedVoucher> {
    let files = below(bundle, VOUCHERS_FOLDER);
    let bytes: u64 = files.iter().map(|file| file.len).sum();
    if files.len() > NOTICES || bytes > CREDENTIAL_BYTES {
        let detail = format!("{} vouchers, {bytes} bytes", files.len());
        findings.push(Finding::new(Code::TooManyCredentials, detail).about(VOUCHERS_FOLDER));
        return Vec::new();
    }
    let mut heeded = Vec::new();
    for file in files {
        let path = file.path.as_str();
        let read = bundle.read(path, json::DOCUMENT_BYTES).map_err(|fault| fault.to_string());
        let checked = read.and_then(|bytes| CheckedVoucher::read(&bytes).map_err(|fault| fault.to_string()));
        match checked {
            Ok(checked) => heeded.push(checked),
            Err(why) => findings.push(Finding::new(Code::VoucherIgnored, why).about(path)),
        }
    }
    heeded
}

fn below<'b>(bundle: &'b OpenedBundle<'_>, folder: &str) -> Vec<&'b Measured> {
    bundle.measured().iter().filter(|file| file.path.as_str().starts_with(folder)).collect()
}

fn inspect_file(bundle: &OpenedBundle<'_>, file: &Measured) -> Inspected {
    let path = file.path.as_str();
    let mut unread = Judging::start(Some(path));
    if let Some(statement) = path.strip_suffix(SIGNATURE_ENDING) {
        return inspect_statement(bundle, path, statement);
    }
    if path.ends_with(STATEMENT_ENDING) {
        unread.found(Finding::new(Code::ProofMissing, "a statement without a signature"));
        unread.reason(Outcome::Failed(Failure::Signature));
        return Inspected { judging: unread, authentic: None };
    }
    if !path.ends_with(".json") {
        unread.found(Finding::new(Code::CredentialNotSupported, "not a JSON record"));
        unread.report.counts = false;
        unread.reason(Outcome::Unreadable(Unread::TooNew));
        return Inspected { judging: unread, authentic: None };
    }
    match bundle.read(path, json::DOCUMENT_BYTES) {
        Ok(bytes) => inspect(Some(path), json::parse(&bytes, &json::OURS)),
        Err(fault @ ArchiveFault::DocumentTooLarge { .. }) => {
            unread.found(Finding::new(Code::CredentialForm, fault.to_string()));
            unread.reason(Outcome::Failed(Failure::Format));
            Inspected { judging: unread, authentic: None }
        }
        Err(fault) => {
            unread.found(opened::finding(&fault));
            unread.reason(Outcome::Unreadable(Unread::Damaged));
            Inspected { judging: unread, authentic: None }
        }
    }
}

fn is_signed_statement(bundle: &OpenedBundle<'_>, path: &str) -> bool {
    path.ends_with(STATEMENT_ENDING) && bundle.has(&format!("{path}{SIGNATURE_ENDING}"))
}

/// A signature file with the statement beside it.
fn inspect_statement(bundle: &OpenedBundle<'_>, path: &str, statement: &str) -> Inspected {
    let read = bundle
        .read(statement, STATEMENT_BYTES)
        .and_then(|text| Ok((text, bundle.read(path, SIGNATURE_FILE_BYTES)?)));
    match read {
        Ok((text, signature)) => signed_statement::inspect(Some(statement), &text, &signature),
        Err(fault) => {
            let mut unread = Judging::start(Some(path));
            unread.found(Finding::new(Code::CredentialForm, fault.to_string()));
            unread.reason(Outcome::Failed(Failure::Format));
            Inspected { judging: unread, authentic: None }
        }
    }
}

/// Two files that hold one signed statement are one sign-off, whatever signatures were put beside the first.
fn counted_once(inspected: Vec<Inspected>, findings: &mut Vec<Finding>) -> Vec<Inspected> {
    let mut contents = HashMap::new();
    let mut ids: HashMap<(String, String), String> = HashMap::new();
    let mut once = Vec::with_capacity(inspected.len());
    for mut one in inspected {
        if let Some(authentic) = &one.authentic {
            let path = one.judging.report.path.clone().unwrap_or_default();
            if let Some(first) = contents.get(&authentic.content()) {
                let repeated = Finding::new(Code::CredentialRepeated, format!("the same as {first}"));
                findings.push(repeated.about(path));
                continue;
            }
            // anybody can write another signer's id into a statement of their own; that says nothing
            let id = (authentic.sign_off().issuer_id.clone(), authentic.sign_off().id.clone());
            if let Some(first) = ids.get(&id) {
                let reused =
                    Finding::new(Code::CredentialIdReused, format!("another sign-off, {first}, has its id"));
                one.judging.found(reused);
            }
            contents.insert(authentic.content(), path.clone());
            ids.entry(id).or_insert(path);
        }
        once.push(one);
    }
    once
}
