//! Keys of issuers elsewhere: published identifiers, and pinned documents with one thing wrong each.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::path::Path;

use portfolio::proof::others::{
    MethodFault, Origin, OtherKeyFault, Pin, PinFault, PinnedBy, Pins, from_jwk, from_multikey, retrieve,
};
use portfolio::time::Timestamp;
use serde_json::{Value, json};

const DID: &str = "did:web:school.example";
const MULTIKEY: &str = "z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu";
const OTHER: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn now() -> Timestamp {
    at("2026-11-25T00:00:00Z")
}

fn pinned(document: &Value, by: PinnedBy) -> Pins {
    let mut pins = Pins::default();
    pins.add(Pin::read(document.to_string().as_bytes(), None, by, None).unwrap());
    pins
}

fn document() -> Value {
    let method = json!({
        "id": format!("{DID}#key-1"), "type": "Multikey", "controller": DID, "publicKeyMultibase": MULTIKEY,
    });
    json!({ "id": DID, "verificationMethod": [method], "assertionMethod": [format!("{DID}#key-1")] })
}

fn ask(document: &Value) -> Result<portfolio::proof::others::Retrieved, MethodFault> {
    let pins = pinned(document, PinnedBy::Recruiter);
    retrieve(&format!("{DID}#key-1"), "assertionMethod", &pins, now())
}

#[test]
fn published_p256_identifiers_are_their_published_keys() {
    let Some(folder) = vectors::folder("did-key") else { return };
    let mut read = 0;
    for (did, entry) in json(&folder.join("nist-curves.json")).as_object().unwrap() {
        let multibase = did.strip_prefix("did:key:").unwrap();
        let method = format!("{did}#{multibase}");
        let found = retrieve(&method, "assertionMethod", &Pins::default(), now());
        let jwk = entry["didDocument"]["verificationMethod"][0]["publicKeyJwk"].as_object().cloned();
        if multibase.starts_with("zDn") {
            let found = found.unwrap();
            if let Some(jwk) = jwk {
                assert_eq!(found.key, from_jwk(&jwk).unwrap(), "{did}");
                read += 1;
            }
            assert_eq!(found.origin, Origin::Itself);
        } else {
            assert!(matches!(found, Err(MethodFault::Key(OtherKeyFault::OtherKind(_)))), "{did}: {found:?}");
        }
    }
    assert!(read >= 1);
}

#[test]
fn published_did_jwks_are_read_or_refused_by_their_use() {
    let Some(folder) = vectors::folder("did-jwk") else { return };
    let ask = |file: &str| {
        let did = json(&folder.join(file))["did"].as_str().unwrap().to_owned();
        retrieve(&format!("{did}#0"), "assertionMethod", &Pins::default(), now())
    };
    let jwk = json(&folder.join("p256.json"))["didDocument"]["verificationMethod"][0]["publicKeyJwk"].clone();
    assert_eq!(ask("p256.json").unwrap().key, from_jwk(jwk.as_object().unwrap()).unwrap());
    let other = MethodFault::Key(OtherKeyFault::OtherKind("OKP X25519".into()));
    assert_eq!(ask("x25519.json"), Err(other));
    let did = json(&folder.join("p256.json"))["did"].as_str().unwrap().to_owned();
    let with = |fragment: &str| {
        retrieve(&format!("{did}{fragment}"), "assertionMethod", &Pins::default(), now()).unwrap_err()
    };
    assert_eq!(with("#1"), MethodFault::NotListed { controller: did.clone() });
    assert_eq!(with(""), MethodFault::NotAMethod);
}

#[test]
fn published_keys_of_controlled_identifiers_are_read_or_named() {
    let Some(folder) = vectors::folder("cid-multikey") else { return };
    let read = |number: u8| {
        let entry = json(&folder.join(format!("cid-example-{number}.json")));
        match entry["publicKeyJwk"].as_object() {
            Some(jwk) => from_jwk(jwk),
            None => from_multikey(entry["publicKeyMultibase"].as_str().unwrap()),
        }
    };
    let kind = |name: &str| Err(OtherKeyFault::OtherKind(name.into()));
    assert!(read(9).is_ok() && read(14).is_ok() && read(16).is_ok());
    assert_eq!(read(10), kind("EC P-384"));
    assert_eq!(read(15), kind("P-384"));
    assert_eq!(read(17), kind("BLS12-381"));
    assert_eq!(read(18), kind("unknown"));
    assert_eq!(read(20), kind("EC P-384"));
    assert_eq!(read(22), kind("EC BLS12381G2"));
    // the example's coordinates are base64 of base64, with bits behind their end
    assert_eq!(read(19), Err(OtherKeyFault::BadMember("x")));
    let entry = json(&folder.join("cid-example-1.json"));
    let pins = pinned(&entry, PinnedBy::Recruiter);
    let key = "https://controller.example#authn-key-123";
    assert!(retrieve(key, "authentication", &pins, now()).is_ok());
    let purpose = "assertionMethod".to_owned();
    assert_eq!(retrieve(key, &purpose, &pins, now()), Err(MethodFault::OtherPurpose { purpose }));
}

#[test]
fn the_two_shapes_of_document_in_the_field_are_read() {
    let Some(folder) = vectors::folder("dcc-vc-test-fixtures/dids") else { return };
    for name in ["legacy", "oidf"] {
        let bytes = std::fs::read(folder.join(name).join("did.json")).unwrap();
        let mut pins = Pins::default();
        let pin = Pin::read(&bytes, None, PinnedBy::Student, Some(now())).unwrap();
        let (id, digest) = (pin.id.clone(), pin.digest);
        pins.add(pin);
        let method = format!("{id}#z6MkjXe1vZvPRqFuc9nRBtZ3e1Y9XKDFSbjFAfzLfW2bD6cZ");
        let found = retrieve(&method, "assertionMethod", &pins, now()).unwrap();
        assert_eq!(found.controller, id);
        let origin = Origin::Pinned { by: PinnedBy::Student, digest, retrieved: Some(now()) };
        assert_eq!(found.origin, origin);
    }
}

#[test]
fn a_document_with_one_thing_wrong_gives_no_key() {
    let changed = |edit: &dyn Fn(&mut Value)| {
        let mut document = document();
        edit(&mut document);
        ask(&document).unwrap_err()
    };
    assert_eq!(ask(&document()).unwrap().key, from_multikey(MULTIKEY).unwrap());
    let listed = MethodFault::NotListed { controller: DID.into() };
    assert_eq!(changed(&|d| d["verificationMethod"][0]["id"] = "#key-2".into()), listed);
    let purpose = MethodFault::OtherPurpose { purpose: "assertionMethod".into() };
    assert_eq!(changed(&|d| d["assertionMethod"] = json!([])), purpose);
    assert_eq!(changed(&|d| d["assertionMethod"] = json!("#key-1")), purpose);
    assert_eq!(changed(&|d| d["verificationMethod"][0]["controller"] = json!(7)), MethodFault::BadEntry);
    let other = MethodFault::OtherController { expected: DID.into(), found: "did:web:b.example".into() };
    assert_eq!(changed(&|d| d["verificationMethod"][0]["controller"] = "did:web:b.example".into()), other);
    assert_eq!(
        changed(&|d| d["verificationMethod"][0]["revoked"] = "2026-11-25T00:00:00Z".into()),
        MethodFault::Revoked { on: now() }
    );
    assert_eq!(
        changed(&|d| d["verificationMethod"][0]["expires"] = "2026-11-24T00:00:00Z".into()),
        MethodFault::Ended { on: at("2026-11-24T00:00:00Z") }
    );
    assert_eq!(changed(&|d| d["verificationMethod"][0]["expires"] = "soon".into()), MethodFault::BadEntry);
    assert_eq!(
        changed(&|d| d["verificationMethod"][0]["type"] = "EcdsaSecp256k1VerificationKey2019".into()),
        MethodFault::Key(OtherKeyFault::OtherKind("EcdsaSecp256k1VerificationKey2019".into()))
    );
    assert_eq!(
        changed(&|d| d["verificationMethod"][0]["secretKeyMultibase"] = "z".into()),
        MethodFault::Key(OtherKeyFault::Secret)
    );
    // the same name twice, with another key behind it
    let twice = changed(&|d| {
        let mut second = d["verificationMethod"][0].clone();
        second["publicKeyMultibase"] = OTHER.into();
        d["authentication"] = json!([second]);
    });
    assert_eq!(twice, MethodFault::BadEntry);
}

#[test]
fn nobody_adds_a_key_to_an_issuer_that_the_recruiter_pinned() {
    let mut pins = pinned(&document(), PinnedBy::Recruiter);
    let mut other = document();
    other["verificationMethod"][0]["id"] = "#key-2".into();
    other["verificationMethod"][0]["publicKeyMultibase"] = OTHER.into();
    other["assertionMethod"] = json!(["#key-2"]);
    let pin = Pin::read(other.to_string().as_bytes(), Some(DID), PinnedBy::Student, None).unwrap();
    pins.add(pin.clone());
    let second = format!("{DID}#key-2");
    let fault = MethodFault::NotListed { controller: DID.into() };
    assert_eq!(retrieve(&second, "assertionMethod", &pins, now()), Err(fault));
    let mut alone = Pins::default();
    alone.add(pin);
    assert!(retrieve(&second, "assertionMethod", &alone, now()).is_ok());
}

/// A key in the fragment of an address is anybody's: the address did not say it.
#[test]
fn a_key_is_never_taken_from_a_fragment() {
    let method = format!("https://1edtech.edu/issuers/565049#{MULTIKEY}");
    let fault = MethodFault::NotPinned { controller: "https://1edtech.edu/issuers/565049".into() };
    assert_eq!(retrieve(&method, "assertionMethod", &Pins::default(), now()), Err(fault));
}

#[test]
fn a_bare_did_key_is_followed_and_said_to_be_bare() {
    let did = format!("did:key:{MULTIKEY}");
    let bare = retrieve(&did, "assertionMethod", &Pins::default(), now()).unwrap();
    assert!(bare.without_fragment);
    let fault = MethodFault::NotListed { controller: did.clone() };
    assert_eq!(retrieve(&format!("{did}#keys-1"), "assertionMethod", &Pins::default(), now()), Err(fault));
    assert_eq!(
        retrieve("did:web:a.example#a b", "assertionMethod", &Pins::default(), now()),
        Err(MethodFault::NotAMethod)
    );
}

#[test]
fn a_pin_is_of_somebody() {
    let read = |document: Value, of: Option<&str>| {
        Pin::read(document.to_string().as_bytes(), of, PinnedBy::Recruiter, None).map(|pin| pin.id)
    };
    assert_eq!(read(document(), None), Ok(DID.into()));
    assert_eq!(read(document(), Some(DID)), Ok(DID.into()));
    let other = PinFault::OtherId { expected: "did:web:b.example".into(), found: DID.into() };
    assert_eq!(read(document(), Some("did:web:b.example")), Err(other));
    let source = "https://school.example/.well-known/did.json";
    assert_eq!(read(document(), Some(source)), Ok(DID.into()));
    let elsewhere = "https://school.example/did.json";
    let other = PinFault::OtherId { expected: elsewhere.into(), found: DID.into() };
    assert_eq!(read(document(), Some(elsewhere)), Err(other));
    assert_eq!(read(json!({ "id": "did:web:10.0.0.1" }), None), Err(PinFault::NoId));
    assert_eq!(read(json!({ "keys": [] }), None), Err(PinFault::NoId));
    assert_eq!(read(json!({ "keys": [] }), Some("https://a.example")), Ok("https://a.example".into()));
    assert_eq!(read(json!({ "id": format!("did:key:{MULTIKEY}") }), None), Err(PinFault::NoId));
    assert_eq!(read(json!({ "id": "http://a.example" }), None), Err(PinFault::NoId));
    assert_eq!(read(json!([]), None), Err(PinFault::NotKeys));
}
