//! Worked examples, value by value: signatures made anew bit for bit, canonical forms, documents with keys.

use std::path::Path;

use data_encoding::HEXLOWER;
use portfolio::digest::Digest;
use portfolio::proof::others::{
    MethodFault, OtherKeyFault, Pin, PinFault, PinnedBy, Pins, from_jwk, retrieve,
};
use portfolio::proof::{Ed25519Signature2020, EddsaRdfc2022, SecretKey, Signer, Suite, Unsecured};
use portfolio::time::Timestamp;
use serde_json::Value;

use crate::{json, vectors};

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// The seed behind `z` and the prefix 0x80 0x26.
fn secret(multibase: &str) -> SecretKey {
    let bytes = bs58::decode(&multibase[1..]).into_vec().unwrap();
    assert_eq!(bytes[..2], [0x80, 0x26]);
    SecretKey::from_seed(bytes[2..].try_into().unwrap())
}

/// Every intermediate value of a suite over linked data, and then the signature.
fn every_value(folder: &Path, tail: &str, signed: &str, suite: &dyn Suite, key: &SecretKey) {
    let signed = json(&folder.join(signed));
    let unsecured = Unsecured::new(signed.as_object().unwrap(), Vec::new());
    let options = signed["proof"].as_object().unwrap();
    let file = |name: &str| text(folder, &format!("{name}{tail}.txt"));
    let document = EddsaRdfc2022::canonical(&unsecured.to_value()).unwrap();
    let config = EddsaRdfc2022::canonical(&EddsaRdfc2022::options_document(&unsecured, options)).unwrap();
    assert_eq!(document, file("canonDoc"));
    assert_eq!(config, file("proofCanon"));
    assert_eq!(Digest::of(document.as_bytes()).hex(), file("docHash"));
    assert_eq!(Digest::of(config.as_bytes()).hex(), file("proofHash"));
    let hash = suite.hash(&unsecured, options).unwrap();
    assert_eq!(HEXLOWER.encode(&hash), file("combinedHash"));
    let signature = key.sign(&hash).unwrap();
    assert_eq!(HEXLOWER.encode(&signature), file("sigHex"));
    let value = format!("z{}", bs58::encode(signature).into_string());
    assert_eq!(value, file("sigBTC58"));
    assert_eq!(signed["proof"]["proofValue"], value);
    let mut configured = options.clone();
    configured.shift_remove("proofValue");
    configured.insert("@context".into(), signed["@context"].clone());
    let published = json(&folder.join(format!("proofConfig{tail}.json")));
    assert_eq!(Value::Object(configured), published);
}

#[test]
fn w3c_signatures_over_linked_data_are_made_anew_bit_for_bit() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let key = secret(json(&root.join("keyPair.json"))["privateKeyMultibase"].as_str().unwrap());
    let rdfc = root.join("eddsa-rdfc-2022");
    every_value(&rdfc, "DataInt", "signedDataInt.json", &EddsaRdfc2022, &key);
    every_value(&rdfc.join("employ"), "DataInt", "signedDataInt.json", &EddsaRdfc2022, &key);
    every_value(&root.join("Ed25519Signature2020"), "EdSig", "signedEdSig.json", &Ed25519Signature2020, &key);
}

/// The published steps of a set and of a chain: each signed configuration is the proof that stands in the document.
#[test]
fn w3c_sets_and_chains_are_made_of_their_published_steps() {
    let Some(folder) = vectors::folder("vc-di-eddsa/proof-set-chain") else { return };
    let file = |name: &str| json(&folder.join(name));
    let same = |kind: &str, number: usize, document: &str, place: usize| {
        let signed = file(&format!("proof{kind}ConfigSigned{number}.json"));
        let proofs = file(document)["proof"].clone();
        let proof = proofs.get(place).unwrap_or(&proofs);
        assert_eq!(*proof, signed, "{kind} {number}");
        let mut unsigned = signed;
        unsigned.as_object_mut().unwrap().shift_remove("proofValue");
        let mut config = file(&format!("proof{kind}Config{number}.json"));
        config.as_object_mut().unwrap().shift_remove("@context");
        assert_eq!(unsigned, config, "{kind} {number}");
    };
    same("Set", 1, "signedProofSet2.json", 0);
    same("Set", 2, "signedProofSet2.json", 1);
    same("Chain", 1, "signedProofChain2.json", 2);
    same("Chain", 2, "signedProofChain2.json", 3);
    let keys = file("multiKeyPairs.json");
    let mut pairs = 0;
    for pair in keys.as_object().unwrap().values() {
        let public = secret(pair["privateKeyMultibase"].as_str().unwrap()).public_key();
        assert_eq!(public.did(), format!("did:key:{}", pair["publicKeyMultibase"].as_str().unwrap()));
        pairs += 1;
    }
    assert_eq!(pairs, 4);
}

#[test]
fn the_guides_badge_and_learner_record_have_their_published_forms() {
    let Some(folder) = vectors::folder("ob3/impl-guide-signed") else { return };
    for (name, canonical) in [("ob", "obv3p0"), ("clr", "clrv2p0")] {
        let signed = json(&folder.join(format!("{name}-signed.json")));
        let mut proof = signed["proof"].clone();
        proof = proof.get(0).cloned().unwrap_or(proof);
        let unsecured = Unsecured::new(signed.as_object().unwrap(), Vec::new());
        let options = proof.as_object().unwrap();
        let document = EddsaRdfc2022::canonical(&unsecured.to_value()).unwrap();
        let config = EddsaRdfc2022::canonical(&EddsaRdfc2022::options_document(&unsecured, options)).unwrap();
        assert_eq!(
            document.trim_end(),
            text(&folder, &format!("{canonical}-document-canon.txt")).trim_end(),
            "{name}"
        );
        assert_eq!(
            config.trim_end(),
            text(&folder, &format!("{canonical}-proof-canon.txt")).trim_end(),
            "{name}"
        );
    }
}

/// Documents with keys, and entries for keys: read, or refused by their fact.
#[test]
fn documents_of_controlled_identifiers_are_read_or_refused_by_their_fact() {
    let Some(folder) = vectors::folder("cid-multikey") else { return };
    let at = Timestamp::parse_ours("2025-11-25T00:00:00Z").unwrap();
    let ask = |number: u8, method: &str, purpose: &str| {
        let bytes = std::fs::read(folder.join(format!("cid-example-{number}.json"))).unwrap();
        let mut pins = Pins::default();
        pins.add(Pin::read(&bytes, None, PinnedBy::Recruiter, None).map_err(Err)?);
        retrieve(method, purpose, &pins, at).map(|found| found.controller).map_err(Ok)
    };
    let key = "https://controller.example#authn-key-123";
    assert_eq!(
        ask(2, "https://controller.example/101#key-20240828", "authentication"),
        Ok("https://controller.example/101".into())
    );
    for number in [3, 5, 6] {
        assert_eq!(ask(number, key, "authentication"), Ok("https://controller.example".into()), "{number}");
    }
    // controlled by another, and its key is its own all the same
    assert_eq!(
        ask(4, "https://controllerA.example#authn-key-123", "authentication"),
        Ok("https://controllerA.example".into())
    );
    for number in [7, 8] {
        let purpose = "keyAgreement".to_owned();
        let found = ask(number, key, &purpose);
        assert_eq!(found, Err(Ok(MethodFault::OtherPurpose { purpose })), "{number}");
    }
    assert_eq!(
        ask(12, "https://controller.example/123#key-456", "authentication"),
        Ok("https://controller.example/123".into())
    );
    let listed = MethodFault::NotPinned { controller: "https://external.example/xyz".into() };
    assert_eq!(ask(13, "https://external.example/xyz#key-789", "capabilityInvocation"), Err(Ok(listed)));
    let secret = json(&folder.join("cid-example-11.json"))["secretKeyJwk"].clone();
    assert_eq!(from_jwk(secret.as_object().unwrap()), Err(OtherKeyFault::Secret));
    assert!(from_jwk(json(&folder.join("cid-example-21.json"))["publicKeyJwk"].as_object().unwrap()).is_ok());
    // an entry for a key names itself with a fragment, so it is nobody's document
    let entry = std::fs::read(folder.join("cid-example-21.json")).unwrap();
    assert_eq!(Pin::read(&entry, None, PinnedBy::Recruiter, None).map(|pin| pin.id), Err(PinFault::NoId));
}

/// The context of Open Badges 3.0.3 changed under its address; ours is the last of the ten revisions.
#[test]
fn the_built_in_badge_context_is_the_last_revision() {
    use portfolio::proof::linked_data::known::KNOWN;
    let Some(folder) = vectors::folder("contexts/history") else { return };
    let ours = KNOWN.get("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json").unwrap();
    let mut same = Vec::new();
    for path in crate::files_below(&folder) {
        if json(&path)["@context"] == **ours {
            same.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    // the specification's last, and the validator's copy of it
    assert_eq!(
        same,
        ["ob-v3p0-3.0.3_2024-03-04_74da24d.json", "validator-ob-v3p0-3.0.3_2024-08-27_26c1ccb.json"]
    );
}
