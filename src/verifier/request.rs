//! A request as a signer may act on it: the same readers as for a bundle, the asker's signature, and every file of
//! the draft measured here.
//!
//! A signer never signs a digest that was not computed from the bytes at hand, nor for a key whose owner did not ask.
//! Holding a [`CheckedRequest`] shows that both are so; nothing else makes one.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::{Input, Measured, REQUEST, Threads};
use crate::credential::Evidence;
use crate::credential::plain_text::{self, PLACE_IN_REQUEST};
use crate::credential::request::{self, Request};
use crate::digest::Digest;
use crate::json;
use crate::proof::{self, Expected};

use super::code::{Code, Weight};
use super::complete::Examined;
use super::finding::Finding;
use super::intact;
use super::judging::Steps;
use super::opened::{self, OpenedBundle};

/// A request that is what its asker signed, with the files that it is about.
#[derive(Debug, Clone)]
pub struct CheckedRequest {
    request: Request,
    files: Vec<RequestedFile>,
}

/// One file of a request, measured here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedFile {
    /// Where it lies below the request's top folder.
    pub path: String,
    /// Its length in bytes.
    pub len: u64,
    /// The draft's words about it; the digest is that of the bytes here.
    pub evidence: Evidence,
}

impl CheckedRequest {
    /// What is asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The files that a sign-off would bind, in the draft's order.
    pub fn files(&self) -> &[RequestedFile] {
        &self.files
    }
}

/// Reads and checks a request; every fault at once, none of which can be overlooked.
pub fn check(
    input: Input<'_>,
    threads: impl Into<Threads>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<CheckedRequest, Vec<Finding>> {
    let mut findings = Vec::new();
    let checked = read(input, threads.into(), progress, &mut findings);
    findings.retain(|finding| matches!(finding.code.weight(), Weight::Fails(_) | Weight::Unread(_)));
    findings.sort_by_key(Finding::step);
    checked.filter(|_| findings.is_empty()).ok_or(findings)
}

fn read(
    input: Input<'_>,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
    findings: &mut Vec<Finding>,
) -> Option<CheckedRequest> {
    let bundle = OpenedBundle::open(input, threads, progress, findings)?;
    let examined = Examined::examine(&bundle, &REQUEST);
    let mut steps = Steps::unanswered();
    let complete = examined.complete(&mut steps, findings);
    if findings.iter().any(|finding| finding.code == Code::TooNew) {
        return None;
    }
    intact::check(&examined, complete, &mut steps, findings);
    let request = statement(&bundle, findings)?;
    let manifest = examined.report().manifest_digest;
    if let Some(found) = manifest.filter(|found| *found != request.manifest_digest) {
        let other = Finding::new(Code::RequestOfOther, "whoever asks signed another list of files");
        findings.push(other.about(REQUEST.statement).comparing(request.manifest_digest, found));
    }
    let statement = plain_text::of_request(&request).map(|text| Digest::of(text.as_bytes()));
    let files = pair_up(&request.claims.evidence, statement, bundle.measured(), findings);
    Some(CheckedRequest { request, files })
}

/// The request itself, signed by the key that the sign-off would be about.
fn statement(bundle: &OpenedBundle<'_>, findings: &mut Vec<Finding>) -> Option<Request> {
    let mut found = |finding: Finding| findings.push(finding.about(REQUEST.statement));
    let bytes = match bundle.read(REQUEST.statement, json::PRESENTATION_BYTES) {
        Ok(bytes) => bytes,
        Err(fault) => {
            found(opened::finding(&fault));
            return None;
        }
    };
    let document = match json::parse(&bytes, &json::PRESENTATION) {
        Ok(document) => document,
        Err(fault) => {
            found(Finding::new(Code::RequestJson, fault.to_string()));
            return None;
        }
    };
    let request = match request::read(&document) {
        Ok(request) => request,
        Err(faults) => {
            for fault in faults {
                let code = if fault.is_too_new() { Code::TooNew } else { Code::RequestForm };
                found(Finding::new(code, fault.to_string()));
            }
            return None;
        }
    };
    let set = proof::check(&document, &Expected::assertion_by(&request.holder));
    if !set.holds() {
        let why = set
            .first_fault()
            .map_or_else(|| "signed in a way that is not known here".to_owned(), ToString::to_string);
        found(Finding::new(Code::RequestMisfit, why));
    }
    Some(request)
}

/// Pairs each file of the draft with the file here that has its name and its bytes; none may be left over but the
/// statement, which must be the very text that the draft gives.
fn pair_up(
    evidence: &[Evidence],
    statement: Option<Digest>,
    measured: &[Measured],
    findings: &mut Vec<Finding>,
) -> Vec<RequestedFile> {
    let here: BTreeMap<Digest, Vec<&Measured>> = measured
        .iter()
        .filter(|file| file.path.as_str().starts_with("data/"))
        .filter_map(|file| Some((file.digest?, file)))
        .fold(BTreeMap::new(), |mut by_digest, (digest, file)| {
            by_digest.entry(digest).or_insert_with(Vec::new).push(file);
            by_digest
        });
    let mut paired = Vec::with_capacity(evidence.len());
    for wanted in evidence {
        let same = here.get(&wanted.digest).into_iter().flatten();
        match same.copied().find(|file| file.path.file_name() == wanted.name) {
            Some(file) => paired.push(RequestedFile {
                path: file.path.to_string(),
                len: file.len,
                evidence: wanted.clone(),
            }),
            None => findings.push(
                Finding::new(Code::RequestFiles, "the draft names a file that is not here")
                    .about(&wanted.name),
            ),
        }
    }
    let named: BTreeSet<Digest> = evidence.iter().map(|wanted| wanted.digest).collect();
    let left_over = here.iter().filter(|(digest, _)| !named.contains(digest)).flat_map(|(_, files)| files);
    let is_statement = |file: &&&Measured| file.path.as_str() == PLACE_IN_REQUEST && file.digest == statement;
    for file in left_over.filter(|file| !is_statement(file)) {
        findings.push(
            Finding::new(Code::RequestFiles, "the draft does not name this file").about(file.path.as_str()),
        );
    }
    paired
}
