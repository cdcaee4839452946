//! `did:key` against the fixtures of its report: Ed25519 keys are read, every other key is named and refused.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/vectors.rs"]
mod vectors;

use data_encoding::HEXLOWER;
use portfolio::proof::did::{self, DidFault};
use portfolio::proof::{SecretKey, Signer};
use serde_json::{Map, Value};

fn read(folder: &std::path::Path, name: &str) -> Map<String, Value> {
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

#[test]
fn a_seed_gives_the_published_did() {
    let Some(folder) = vectors::folder("did-key") else { return };
    let fixtures = read(&folder, "ed25519-x25519.json");
    assert_eq!(fixtures.len(), 5);
    for (name, fixture) in fixtures {
        let seed = HEXLOWER.decode(fixture["seed"].as_str().unwrap().as_bytes()).unwrap();
        let key = SecretKey::from_seed(&seed.try_into().unwrap()).public_key();
        assert_eq!(key.did(), name);
        assert_eq!(did::parse(&name), Ok(key));
        let agreement = fixture["keyAgreementKeyPair"]["id"].as_str().unwrap();
        let (_, agreement) = agreement.split_once('#').unwrap();
        assert_eq!(did::parse(&format!("did:key:{agreement}")), Err(DidFault::OtherKey("X25519")));
    }
}

#[test]
fn the_verification_method_of_the_report_is_ours() {
    let Some(folder) = vectors::folder("did-key") else { return };
    for example in ["did-key-spec-example-1.json", "did-key-spec-example-2.json"] {
        let document = read(&folder, example);
        let key = did::parse(document["id"].as_str().unwrap()).unwrap();
        let method = document["verificationMethod"][0]["id"].as_str().unwrap();
        assert_eq!(did::parse_verification_method(method), Ok(key));
        assert_eq!(key.verification_method(), method);
    }
}

#[test]
fn keys_of_every_other_kind_are_named_and_refused() {
    let Some(folder) = vectors::folder("did-key") else { return };
    let mut kinds = Vec::new();
    for file in ["nist-curves.json", "secp256k1.json", "rsa.json", "bls12381.json"] {
        for name in read(&folder, file).keys() {
            match did::parse(name) {
                Err(DidFault::OtherKey(kind)) => kinds.push(kind),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    for name in read(&folder, "x25519.json")["didDocument"].as_object().unwrap().keys() {
        assert_eq!(did::parse(name), Err(DidFault::OtherKey("X25519")));
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["BLS12-381", "P-256", "P-384", "P-521", "RSA", "secp256k1"]);
}
