//! Signatures of the three kinds of key against Project Wycheproof, every case.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use portfolio::proof::PublicKey;
use portfolio::proof::others::{VerifyingKey, from_jwk};
use serde_json::{Map, Value, json};
use wycheproof::TestResult;

/// How many cases there are, after the answer to each was compared. What is merely acceptable may be refused.
fn run<'a>(
    cases: impl Iterator<Item = (Option<VerifyingKey>, usize, &'a [u8], &'a [u8], TestResult)>,
) -> usize {
    let mut count = 0;
    for (key, id, message, signature, expected) in cases {
        let holds = key.and_then(|key| key.verify(message, signature)).unwrap_or(false);
        match expected {
            TestResult::Valid => assert!(holds, "case {id} is valid"),
            TestResult::Invalid => assert!(!holds, "case {id} is invalid"),
            TestResult::Acceptable => {}
        }
        count += 1;
    }
    count
}

fn jwk(value: Value) -> Option<VerifyingKey> {
    let members: Map<String, Value> = value.as_object().unwrap().clone();
    from_jwk(&members).ok()
}

fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

#[test]
fn ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let cases = set.test_groups.iter().flat_map(|group| {
        let bytes: [u8; 32] = group.key.pk[..].try_into().unwrap();
        let key = PublicKey::from_bytes(&bytes).ok().map(VerifyingKey::Ed25519);
        group
            .tests
            .iter()
            .map(move |test| (key.clone(), test.tc_id, &test.msg[..], &test.sig[..], test.result))
    });
    assert_eq!(run(cases), set.number_of_tests);
}

#[cfg(feature = "jwt")]
#[test]
fn es256_with_64_bytes() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let set = TestSet::load(TestName::EcdsaSecp256r1Sha256P1363).unwrap();
    let cases = set.test_groups.iter().flat_map(|group| {
        let point = &group.key.key[..];
        let (x, y) = (base64(&point[1..33]), base64(&point[33..]));
        let key = jwk(json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }));
        group
            .tests
            .iter()
            .map(move |test| (key.clone(), test.tc_id, &test.msg[..], &test.sig[..], test.result))
    });
    assert_eq!(run(cases), set.number_of_tests);
}

/// A signature in DER is no JWS signature, however good it is.
#[cfg(feature = "jwt")]
#[test]
fn es256_in_der_never_holds() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let set = TestSet::load(TestName::EcdsaSecp256r1Sha256).unwrap();
    for group in &set.test_groups {
        let point = &group.key.key[..];
        let (x, y) = (base64(&point[1..33]), base64(&point[33..]));
        let key = jwk(json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })).unwrap();
        for test in &group.tests {
            assert_eq!(key.verify(&test.msg, &test.sig), Some(false), "case {}", test.tc_id);
        }
    }
}

#[cfg(feature = "jwt")]
#[test]
fn rs256() {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    for name in [TestName::Rsa2048Sha256, TestName::Rsa4096Sha256] {
        let set = TestSet::load(name).unwrap();
        let cases = set.test_groups.iter().flat_map(|group| {
            let number = |bytes: &[u8]| {
                let start = bytes.iter().position(|byte| *byte != 0).unwrap();
                base64(&bytes[start..])
            };
            let (n, e) = (number(&group.key.n[..]), number(&group.key.e[..]));
            let key = jwk(json!({ "kty": "RSA", "n": n, "e": e }));
            group
                .tests
                .iter()
                .map(move |test| (key.clone(), test.tc_id, &test.msg[..], &test.sig[..], test.result))
        });
        assert_eq!(run(cases), set.number_of_tests);
    }
}
