//! Published documents through the whole check, as a recruiter would have them checked: what each comes to.

use std::collections::BTreeSet;
use std::path::Path;

use portfolio::proof::others::{Pin, PinnedBy, Pins};
use portfolio::time::Timestamp;
use portfolio::verifier::foreign::Snapshot;
use portfolio::verifier::{Policy, Subject, TrustList, verify};
use serde_json::{Value, json};

use crate::{files_below, json, name_below, vectors};

/// The keys of the issuers, where they are published; 1EdTech's stands in its samples alone, as a fragment, which only
/// a test may take for a document.
fn pins(root: &Path) -> Pins {
    let mut pins = Pins::default();
    let keys: Vec<Value> = ["vm-ed25519.json", "vm-p256.json", "vm-p384.json", "vm-p521.json"]
        .iter()
        .map(|name| json(&root.join("vc-jose-cose").join(name))["publicKeyJwk"].clone())
        .collect();
    let set = json!({ "iss": "https://example.issuer/vc-jose-cose", "keys": keys });
    let key = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
    let id = "https://1edtech.edu/issuers/565049";
    let method = json!({ "id": format!("{id}#{key}"), "type": "Multikey", "controller": id, "publicKeyMultibase": key });
    for document in [set, json!({ "id": id, "assertionMethod": [method] })] {
        pins.add(Pin::read(document.to_string().as_bytes(), None, PinnedBy::Recruiter, None).unwrap());
    }
    pins
}

const LIST: &str = "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/ob30/bit-string-list/testlist";

/// The outcome and the names of everything found.
fn told(bytes: &[u8], pins: &Pins, lists: &[Snapshot<'_>]) -> String {
    let trust = TrustList::default();
    let at = Timestamp::parse_ours("2026-11-25T00:00:00Z").unwrap();
    let policy = Policy { pins, lists, ..Policy::new(at, &trust) };
    let report = verify("vector", Subject::Credential(bytes), &policy);
    let ours = report.findings.iter().map(|finding| finding.code.as_str());
    let theirs = report.foreign.iter().flat_map(|foreign| &foreign.findings);
    let mut codes: Vec<&str> = ours.chain(theirs.map(|finding| finding.code.as_str())).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes.is_empty() {
        true => report.outcome.as_str().to_owned(),
        false => format!("{}: {}", report.outcome.as_str(), codes.join(", ")),
    }
}

/// What the documents come to whose names begin so; the longest beginning counts. Nothing here holds but what is said
/// to: a document that holds and is not listed so fails.
const EXPECTED: &[(&str, &str)] = &[
    ("bitstring-status-list/1edtech/credential-", "withdrawn: foreign-revoked"),
    ("bitstring-status-list/1edtech/testlist", "holds"),
    (
        "bitstring-status-list/dcc/didkey-ed25519Signature2020/e5WK",
        "signer-unknown: foreign-signer-not-known",
    ),
    (
        "bitstring-status-list/dcc/didkey-ed25519Signature2020/expired",
        "expired: foreign-expired, foreign-signer-not-known",
    ),
    (
        "bitstring-status-list/dcc/didkey-ed25519Signature2020/missing",
        "signer-unknown: foreign-signer-not-known",
    ),
    (
        "bitstring-status-list/dcc/didkey-ed25519Signature2020/notYet",
        "not-yet-valid: foreign-not-yet-valid, foreign-signer-not-known",
    ),
    ("bitstring-status-list/dcc/didkey-ed25519Signature2020/tampered", "failed: foreign-misfit"),
    ("bitstring-status-list/spec-example-", "failed: foreign-unsigned"),
    // it names no issuer
    ("bitstring-status-list/ssi/local-status-list-credential", "failed: foreign-form"),
    ("bitstring-status-list/ssi/status-list-credential", "failed: foreign-unsigned"),
    // its issuer is made up, and its key is another's
    ("bitstring-status-list/ssi/status-list.jws", "failed: foreign-by-another"),
    ("bitstring-status-list/ssi/status_list_", "unreadable: foreign-not-supported"),
    ("bitstring-status-list/ssi/", "unreadable: nothing-to-check"),
    ("cid-multikey/", "unreadable: nothing-to-check"),
    ("ob3/", "failed: foreign-unsigned"),
    // inputs for issuing: they name no issuer, so only their forms are compared, with one put in
    ("vc-data-model-2.0/input/", "failed: foreign-form"),
    ("vc-data-model-2.0/input/credential-missing-base-context", "unreadable: credential-not-supported"),
    ("vc-data-model-2.0/input/credential-no-context", "unreadable: credential-not-supported"),
    ("vc-data-model-2.0/input/credential-missing-required-type", "unreadable: nothing-to-check"),
    ("vc-data-model-2.0/input/credential-no-type", "unreadable: nothing-to-check"),
    // presentations of others are not read: what counts in one is the credential inside
    ("vc-data-model-2.0/input/presentation-", "unreadable: nothing-to-check"),
    ("vc-data-model-2.0/validVc.json", "failed: foreign-form"),
    // COSE and SD-JWT are not read
    ("vc-jose-cose/credential-cose-", "unreadable: not-a-bundle"),
    ("vc-jose-cose/credential-sdjwt-", "unreadable: not-a-bundle"),
    ("vc-jose-cose/presentation-cose-", "unreadable: not-a-bundle"),
    ("vc-jose-cose/presentation-sdjwt-", "unreadable: not-a-bundle"),
    ("vc-jose-cose/credential-issuer-match-signed", "holds"),
    ("vc-jose-cose/credential-jose-minimal", "holds"),
    ("vc-jose-cose/credential-jose-bad-signature", "failed: foreign-misfit"),
    ("vc-jose-cose/credential-jose-bad-media-type", "failed: foreign-token"),
    // ES512
    ("vc-jose-cose/credential-jose-unknown-extensions", "unreadable: foreign-not-supported"),
    ("vc-jose-cose/credential-jose-vc-vp-claims", "failed: foreign-claims"),
    ("vc-jose-cose/presentation-jose-", "failed: foreign-token"),
    ("vc-jose-cose/credential-", "failed: foreign-unsigned"),
    ("vc-jose-cose/presentation-", "unreadable: nothing-to-check"),
    ("vc-jose-cose/vm-", "unreadable: nothing-to-check"),
    // JsonWebSignature2020 and PS256, whatever else is wrong with them
    ("vc-jose-cose/ssi-examples/vc", "unreadable: foreign-not-supported"),
    ("vc-jose-cose/ssi-examples/claims.jwt", "unreadable: foreign-not-supported"),
    ("vc-jose-cose/ssi-examples/vp-jwtvc.jwt", "failed: foreign-claims"),
    ("vc-jose-cose/ssi-examples/vp.jwt", "failed: foreign-claims"),
    ("vc-jose-cose/ssi-examples/vp", "unreadable: nothing-to-check"),
    ("vc-jose-cose/ssi-examples/zcap_", "unreadable: nothing-to-check"),
];

const FOLDERS: [&str; 7] = [
    "bitstring-status-list",
    "cid-multikey",
    "ob3/educredentials-unsigned",
    "ob3/impierce-unsigned",
    "ob3/spec-examples",
    "vc-data-model-2.0",
    "vc-jose-cose",
];

#[test]
fn every_document_comes_to_what_is_listed() {
    let Some(root) = vectors::folder(".") else { return };
    let pins = pins(&root);
    let list = std::fs::read(root.join("bitstring-status-list/1edtech/testlist")).unwrap();
    let lists = [Snapshot { url: LIST, bytes: &list, by: PinnedBy::Recruiter, taken: None }];
    let (mut wrong, mut used, mut count) = (Vec::new(), BTreeSet::new(), 0);
    for path in FOLDERS.iter().flat_map(|folder| files_below(&root.join(folder))) {
        let name = name_below(&root, &path);
        if name.ends_with("SOURCES.md") {
            continue;
        }
        let listed = EXPECTED.iter().filter(|(start, _)| name.starts_with(start));
        let expected =
            listed.max_by_key(|(start, _)| start.len()).unwrap_or_else(|| panic!("{name} is not listed"));
        used.insert(expected.0);
        let found = told(&std::fs::read(&path).unwrap(), &pins, &lists);
        if found != expected.1 {
            wrong.push(format!("{name}\n    {}\n    {found}", expected.1));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "expected, then found\n{}", wrong.join("\n"));
    assert_eq!(used.len(), EXPECTED.len(), "a line that no document needs");
    assert_eq!(count, 262);
}
