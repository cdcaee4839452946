//! Every published signature through the whole check of somebody else's credential, with the issuer bound to the key.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use portfolio::proof::others::{MethodFault, Pin, PinnedBy, Pins};
use portfolio::proof::{ProofFault, ProofState, Signer, did};
use portfolio::time::{Date, Timestamp};
use portfolio::verifier::foreign::{Asked, ForeignCode, ForeignReport, Snapshot, check};
use portfolio::verifier::{Failure, Outcome, TrustEntry, TrustList, Unread};
use serde_json::{Value, json};

/// A list of keys as published by the issuers of the samples; the key of the last two stands in the samples alone, as
/// a fragment, which only a test may take for a document.
fn pins(root: &Path, by: PinnedBy) -> Pins {
    let mut pins = Pins::default();
    for name in ["legacy", "oidf"] {
        let bytes =
            std::fs::read(root.join("dcc-vc-test-fixtures/dids").join(name).join("did.json")).unwrap();
        pins.add(Pin::read(&bytes, None, by, None).unwrap());
    }
    for id in ["https://1edtech.edu/issuers/565049", "https://example.edu/issuers/565049"] {
        let key = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
        let method = json!({
            "id": format!("{id}#{key}"), "type": "Multikey", "controller": id, "publicKeyMultibase": key,
        });
        let document = json!({ "id": id, "assertionMethod": [method] });
        pins.add(Pin::read(document.to_string().as_bytes(), None, by, None).unwrap());
    }
    pins
}

fn checked(bytes: &[u8], pins: &Pins, snapshots: &[Snapshot<'_>], trust: &TrustList) -> ForeignReport {
    let at = Timestamp::parse_rfc3339("2026-11-25T00:00:00Z").unwrap();
    check(bytes, &Asked { pins, snapshots, at, trust })
}

/// Where the answer is not the table's, and why: the table asks whether a signature fits, and here it must also be the
/// issuer's. Each with the number of rows.
const DIVERGENCES: [(&str, &str, usize); 6] = [
    // W3C's examples are signed by keys that are not their issuer's
    ("vc-di-eddsa/", "MethodNotController", 17),
    // this one by an address whose document nobody has
    ("vc-di-eddsa/history-jcs/", "NotPinned", 1),
    // and this one is half of a chain: it builds on a proof that the file leaves out
    ("vc-di-eddsa/proof-set-chain/proofChainTempDoc2.json", "PreviousProofUnknown", 1),
    // a suite that was withdrawn before it had a name
    ("vc-di-eddsa/history-jcs/2023-05-18_old/", "not supported", 1),
    // its document is said not to exist
    ("dcc-vc-test-fixtures/verifiableCredentials/v2/ed25519/didWeb/badDidWeb.json", "NotPinned", 1),
    // an empty file
    ("dcc-vc-test-fixtures/verifiableCredentials/v1/ed25519/didKey/", "foreign-not-a-credential", 1),
];

#[test]
fn every_row_of_the_table_has_its_answer_or_its_reason() {
    let Some(root) = vectors::folder(".") else { return };
    let pins = pins(&root, PinnedBy::Recruiter);
    let table = std::fs::read_to_string(root.join("EXPECTED-signatures.tsv")).unwrap();
    let mut agreed = 0;
    let mut diverged = [0; DIVERGENCES.len()];
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [file, index, _, expected] = cells[..4] else { panic!("{row}") };
        let report = checked(&std::fs::read(root.join(file)).unwrap(), &pins, &[], &TrustList::default());
        let proof = index.parse().ok().and_then(|index: usize| report.proofs.get(index));
        let found = match proof.map(|proof| &proof.state) {
            Some(ProofState::Holds) => "true",
            Some(ProofState::Fails(ProofFault::SignatureDoesNotFit)) => "false",
            Some(ProofState::Fails(ProofFault::MethodNotController { .. })) => "MethodNotController",
            Some(ProofState::Fails(ProofFault::Method(MethodFault::NotPinned { .. }))) => "NotPinned",
            Some(ProofState::Fails(ProofFault::PreviousProofUnknown(_))) => "PreviousProofUnknown",
            Some(ProofState::Fails(fault)) => panic!("{row}: {fault}"),
            Some(ProofState::NotSupported) => "not supported",
            None => report.findings[0].code.as_str(),
        };
        if found == expected {
            agreed += 1;
            continue;
        }
        let place =
            DIVERGENCES.iter().position(|(start, reason, _)| file.starts_with(start) && found == *reason);
        diverged[place.unwrap_or_else(|| panic!("{row}: {found}"))] += 1;
    }
    assert_eq!(diverged, DIVERGENCES.map(|(_, _, count)| count));
    assert_eq!(agreed, 122);
}

const LIST: &str =
    "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020/";
const SAME_LIST: &str = "https://raw.githubusercontent.com/digitalcredentials/verifier-core/refs/heads/main/src/test-fixtures/status/e5WK8CbZ1GjycuPombrj";

/// What a file of the consortium's samples must come to, by its name, for a reader who knows every issuer.
fn expected_by_name(name: &str) -> Outcome {
    let has = |part: &str| name.contains(part);
    if has("-tampered.json") {
        Outcome::Failed(Failure::Signature)
    } else if has("badDidWeb") {
        Outcome::SignerUnknown
    } else if has("-revokedSta") || has("-revoked-") {
        Outcome::Withdrawn
    } else if has("-expired.json") {
        Outcome::Expired
    } else if has("-notYetValid.json") {
        Outcome::NotYetValid
    } else if ["-expiredStatus", "-missingTypeStatus", "-notYetValidStatus", "-tamperedStatus"]
        .into_iter()
        .any(has)
    {
        Outcome::StatusUnknown
    } else {
        Outcome::Holds
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if path.extension().is_some_and(|end| end == "json") && path.metadata().unwrap().len() > 0 {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A trust list with the issuers that are keys themselves.
fn everybody(files: &[PathBuf]) -> TrustList {
    let mut trust = TrustList::default();
    for path in files {
        let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let issuer = document["issuer"]["id"].as_str().or(document["issuer"].as_str()).unwrap().to_owned();
        let Ok(key) = did::parse(&issuer) else { continue };
        if trust.by_key(&key).is_none() {
            let entry = TrustEntry {
                key,
                name: issuer,
                organisation: None,
                added: Date::parse("2026-01-01").unwrap(),
                basis: "a sample".into(),
                not_after: None,
                may_vouch: false,
            };
            trust.add(entry).unwrap();
        }
    }
    trust
}

#[test]
fn the_consortiums_samples_come_to_what_their_names_say() {
    let Some(root) = vectors::folder(".") else { return };
    let files = files_below(&root.join("dcc-vc-test-fixtures/verifiableCredentials"));
    let (pins, trust) = (pins(&root, PinnedBy::Recruiter), everybody(&files));
    let lists = root.join("bitstring-status-list/dcc/didkey-ed25519Signature2020");
    let mut copies: Vec<(String, Vec<u8>)> = files_below(&lists)
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            (format!("{LIST}{name}"), std::fs::read(path).unwrap())
        })
        .collect();
    copies.push((SAME_LIST.into(), std::fs::read(lists.join("e5WK8CbZ1GjycuPombrj.json")).unwrap()));
    let by = PinnedBy::Recruiter;
    let snapshots: Vec<_> =
        copies.iter().map(|(url, bytes)| Snapshot { url, bytes, by, taken: None }).collect();
    let mut wrong = Vec::new();
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let report = checked(&std::fs::read(path).unwrap(), &pins, &snapshots, &trust);
        if report.outcome != expected_by_name(name) {
            wrong.push(format!("{path:?}: {:?} {:?}", report.outcome, report.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(files.len(), 90);
}

/// Suites that are named and not judged: of the years before, of other curves, of selective disclosure, of drafts.
const NOT_JUDGED: [&str; 20] = [
    "ecdsa-rdfc-2019",
    "ecdsa-jcs-2019",
    "ecdsa-sd-2023",
    "ecdsa-2019",
    "bbs-2023",
    "bbs-termwise-signature-2021",
    "eddsa-rdf-2022",
    "json-eddsa-2022",
    "jcs-eddsa-2022",
    "mldsa44-rdfc-2024",
    "Ed25519Signature2018",
    "RsaSignature2015",
    "RsaSignature2018",
    "LinkedDataSignature2015",
    "LinkedDataSignature2016",
    "GraphSignature2012",
    "EcdsaKoblitzSignature2016",
    "EcdsaSecp256k1Signature2019",
    "JsonWebSignature2020",
    "BbsBlsSignature2020",
];

#[test]
fn suites_that_are_not_known_are_named_and_never_called_bad() {
    let key = portfolio::proof::SecretKey::from_seed(&[7; 32]).public_key();
    let mut trust = TrustList::default();
    let added = Date::parse("2026-01-01").unwrap();
    trust
        .add(TrustEntry {
            key,
            name: "The school".into(),
            organisation: None,
            added,
            basis: "met".into(),
            not_after: None,
            may_vouch: false,
        })
        .unwrap();
    for suite in NOT_JUDGED {
        let is_named = suite.starts_with(|first: char| first.is_ascii_lowercase());
        let proof = match is_named {
            true => json!({ "type": "DataIntegrityProof", "cryptosuite": suite, "proofValue": "z" }),
            false => json!({ "type": suite, "jws": "x..y" }),
        };
        // as a document of 2018 has it, and as one of today has it
        let older = json!({ "creator": format!("{}#keys-1", key.did()), "signatureValue": "x" });
        for more in [
            json!({ "verificationMethod": key.verification_method(), "proofPurpose": "assertionMethod" }),
            older,
        ] {
            let mut proof = proof.clone();
            proof.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let document = json!({
                "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
                "issuer": key.did(), "credentialSubject": { "id": "urn:uuid:1" }, "proof": proof,
            });
            let report = checked(document.to_string().as_bytes(), &Pins::default(), &[], &trust);
            let found: Vec<_> =
                report.findings.iter().map(|found| (found.code, found.detail.as_str())).collect();
            assert_eq!(found, [(ForeignCode::NotSupported, suite)]);
            assert_eq!(report.outcome, Outcome::Unreadable(Unread::TooNew), "{suite}");
        }
    }
}

/// The same documents handed over by the student make no signer known, and no list of theirs clears anything.
#[test]
fn what_the_student_brings_makes_nobody_known() {
    let Some(root) = vectors::folder(".") else { return };
    let files = files_below(&root.join("dcc-vc-test-fixtures/verifiableCredentials"));
    let pins = pins(&root, PinnedBy::Student);
    let mut from_student = 0;
    for path in files.iter().filter(|path| path.to_str().unwrap().to_lowercase().contains("/didweb/")) {
        let report = checked(&std::fs::read(path).unwrap(), &pins, &[], &TrustList::default());
        assert!(report.known.is_none() && report.outcome != Outcome::Holds, "{path:?}");
        from_student +=
            usize::from(report.findings.iter().any(|found| found.code == ForeignCode::KeyFromStudent));
    }
    assert_eq!(from_student, 27);
}
