//! The vectors published with the W3C EdDSA cryptosuites: `eddsa-jcs-2022` bit for bit, and what older generations get.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::path::Path;

use data_encoding::HEXLOWER;
use portfolio::digest::Digest;
use portfolio::json::{self, FOREIGN};
use portfolio::proof::did::{self, DidFault};
use portfolio::proof::{
    EddsaJcs2022, Expected, Options, ProofFault, ProofState, SecretKey, Signer, Suite, Unsecured, check, sign,
};
use portfolio::time::Timestamp;
use serde_json::Value;

const KEY: &str = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn document(folder: &Path, name: &str) -> Value {
    json::parse(text(folder, name).as_bytes(), &FOREIGN).unwrap()
}

/// The published test key: `privateKeyMultibase` is 0x80 0x26 and the seed.
fn published_key(folder: &Path) -> SecretKey {
    let pair = document(folder, "keyPair.json");
    let encoded = pair["privateKeyMultibase"].as_str().unwrap().strip_prefix('z').unwrap();
    let bytes = bs58::decode(encoded).into_vec().unwrap();
    assert_eq!(bytes[..2], [0x80, 0x26]);
    SecretKey::from_seed(bytes[2..].try_into().unwrap())
}

fn hash_of(signed: &Value) -> [u8; 64] {
    let unsecured = Unsecured::new(signed.as_object().unwrap(), Vec::new());
    EddsaJcs2022.hash(&unsecured, signed["proof"].as_object().unwrap()).unwrap()
}

fn signature_of(signed: &Value) -> [u8; 64] {
    let encoded = signed["proof"]["proofValue"].as_str().unwrap().strip_prefix('z').unwrap();
    bs58::decode(encoded).into_vec().unwrap().try_into().unwrap()
}

/// The states of a document's proofs when `controller` has to sign, and whether the set holds.
fn states(signed: &Value, controller: &str) -> (Vec<ProofState>, bool) {
    let set = check(signed, &Expected::assertion_by(controller));
    let holds = set.holds();
    (set.proofs.into_iter().map(|proof| proof.state).collect(), holds)
}

#[test]
fn every_intermediate_value_is_the_published_one() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let folder = root.join("eddsa-jcs-2022");
    let signed = document(&folder, "signedJCS.json");
    let options = EddsaJcs2022::canonical_options(signed["proof"].as_object().unwrap()).unwrap();
    assert_eq!(String::from_utf8(options.clone()).unwrap(), text(&folder, "proofCanonJCS.txt"));
    assert_eq!(Digest::of(&options).hex(), text(&folder, "proofHashJCS.txt"));
    let unsecured = Unsecured::new(signed.as_object().unwrap(), Vec::new()).canonical().unwrap();
    assert_eq!(String::from_utf8(unsecured.clone()).unwrap(), text(&folder, "canonDocJCS.txt"));
    assert_eq!(Digest::of(&unsecured).hex(), text(&folder, "docHashJCS.txt"));
    let hash = hash_of(&signed);
    assert_eq!(HEXLOWER.encode(&hash), text(&folder, "combinedHashJCS.txt"));
    let signature = published_key(&root).sign(&hash).unwrap();
    assert_eq!(HEXLOWER.encode(&signature), text(&folder, "sigHexJCS.txt"));
    assert_eq!(format!("z{}", bs58::encode(signature).into_string()), text(&folder, "sigBTC58JCS.txt"));
}

#[test]
fn signing_the_published_document_gives_the_published_proof() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let mut unsigned = document(&root, "unsigned.json");
    let created = Timestamp::parse_ours("2023-02-24T23:36:38Z").unwrap();
    let suites: [&dyn Suite; 1] = [&EddsaJcs2022];
    sign(&mut unsigned, &Options::assertion(created), &suites, &published_key(&root)).unwrap();
    let published = document(&root.join("eddsa-jcs-2022"), "signedJCS.json");
    assert_eq!(unsigned["proof"], Value::Array(vec![published["proof"].clone()]));
    assert_eq!(states(&unsigned, KEY), (vec![ProofState::Holds], true));
}

#[test]
fn the_published_document_holds_for_its_key_and_for_nobody_else() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let signed = document(&root.join("eddsa-jcs-2022"), "signedJCS.json");
    assert_eq!(states(&signed, KEY), (vec![ProofState::Holds], true));
    let issuer = signed["issuer"].as_str().unwrap();
    let fault = ProofFault::MethodNotController { expected: issuer.to_owned(), found: KEY.to_owned() };
    assert_eq!(states(&signed, issuer), (vec![ProofState::Fails(fault)], false));
}

#[test]
fn no_member_of_the_published_document_can_change() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let signed = document(&root.join("eddsa-jcs-2022"), "signedJCS.json");
    for name in signed.as_object().unwrap().keys().filter(|name| *name != "proof") {
        let mut changed = signed.clone();
        changed[name] = "something else".into();
        let fault =
            if name == "@context" { ProofFault::ContextDiffers } else { ProofFault::SignatureDoesNotFit };
        assert_eq!(states(&changed, KEY), (vec![ProofState::Fails(fault)], false), "{name}");
    }
    let mut extended = signed;
    extended["@context"].as_array_mut().unwrap().push("https://example.org/more".into());
    assert_eq!(states(&extended, KEY), (vec![ProofState::Fails(ProofFault::ContextExtended)], false));
}

/// `json-eddsa-2022` was the draft name of another algorithm text: nothing is known of such a proof.
#[test]
fn the_generation_of_2023_is_not_supported() {
    let Some(root) = vectors::folder("vc-di-eddsa/history-jcs") else { return };
    let signed = document(&root.join("2023-05-18_old"), "signedJCS.json");
    assert_eq!(states(&signed, KEY), (vec![ProofState::NotSupported], false));
}

/// Signed before proofs carried the document's `@context`.
#[test]
fn the_generation_of_august_2024_holds() {
    let Some(root) = vectors::folder("vc-di-eddsa/history-jcs") else { return };
    let folder = root.join("2024-08-28_no-proof-context");
    let signed = document(&folder, "signedJCS.json");
    assert_eq!(signed["proof"].get("@context"), None);
    assert_eq!(HEXLOWER.encode(&hash_of(&signed)), text(&folder, "combinedHashJCS.txt"));
    assert_eq!(states(&signed, KEY), (vec![ProofState::Holds], true));
}

/// Diverges on purpose: the signature is right, but the key is named by the fragment of a web address alone, so anybody
/// could sign for any address. A success here would be a hole.
#[test]
fn the_generation_of_june_2024_has_a_right_signature_and_no_acceptable_method() {
    let Some(root) = vectors::folder("vc-di-eddsa/history-jcs") else { return };
    let folder = root.join("2024-06-09_no-proof-context");
    let signed = document(&folder, "signedJCS.json");
    let hash = hash_of(&signed);
    assert_eq!(HEXLOWER.encode(&hash), text(&folder, "combinedHashJCS.txt"));
    assert!(did::parse(KEY).unwrap().verify(&hash, &signature_of(&signed)));
    let issuer = signed["issuer"].as_str().unwrap();
    let fault = ProofFault::BadMethod(DidFault::NotADid);
    assert_eq!(states(&signed, issuer), (vec![ProofState::Fails(fault)], false));
}

/// Another community's vector of the same suite. Diverges on purpose in the same way: its key is an address to fetch.
#[test]
fn the_fediverse_vector_has_a_right_signature_and_no_acceptable_method() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let feature = text(&root, "external/fep-8b32.feature.txt");
    let from = feature.find("The signed document is").unwrap();
    let body: Vec<&str> = feature[from..].split("\"\"\"").collect();
    let signed = json::parse(body[1].as_bytes(), &FOREIGN).unwrap();
    assert!(published_key(&root).public_key().verify(&hash_of(&signed), &signature_of(&signed)));
    let method = signed["proof"]["verificationMethod"].as_str().unwrap();
    let controller = method.split('#').next().unwrap();
    let fault = ProofFault::BadMethod(DidFault::NotADid);
    assert_eq!(states(&signed, controller), (vec![ProofState::Fails(fault)], false));
}

/// The linked-data vectors, sets and chains included, with nothing to fetch: their contexts are built in.
#[test]
fn the_linked_data_vectors_hold_link_by_link() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let holds = |file: &str, count: usize| {
        let signed = document(&root, file);
        let proofs = signed["proof"].as_array().cloned().unwrap_or_else(|| vec![signed["proof"].clone()]);
        let method = |proof: &Value| proof["verificationMethod"].as_str().unwrap().to_owned();
        let by: Vec<String> = proofs.iter().map(method).collect();
        let by: Vec<&str> = by.iter().map(|method| method.split('#').next().unwrap()).collect();
        let set = check(&signed, &Expected { also: &by, ..Expected::assertion_by(by[0]) });
        let found: Vec<ProofState> = set.proofs.iter().map(|proof| proof.state.clone()).collect();
        assert_eq!(found, vec![ProofState::Holds; count], "{file}");
    };
    holds("eddsa-rdfc-2022/signedDataInt.json", 1);
    holds("proof-set-chain/signedProofSet1.json", 1);
    holds("proof-set-chain/signedProofSet2.json", 2);
    holds("proof-set-chain/signedProofChain1.json", 3);
    holds("proof-set-chain/signedProofChain2.json", 4);
}

/// The suite of 2020 is for what others issued: among our own kinds of proof nothing is known of it, good or bad.
#[test]
fn a_proof_of_the_older_suite_is_not_one_of_ours() {
    let Some(root) = vectors::folder("vc-di-eddsa") else { return };
    let found = states(&document(&root, "Ed25519Signature2020/signedEdSig.json"), KEY);
    assert_eq!(found, (vec![ProofState::NotSupported], false));
}
