//! Credentials in JSON Web Tokens: the published ones, and tokens made here with one thing wrong each.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/outside.rs"]
mod outside;
#[path = "support/vectors.rs"]
mod vectors;

use portfolio::credential::foreign::{ClaimFault, check_claims, document_of};
use portfolio::proof::others::jose::{JoseFault, Jws, read};
use portfolio::proof::others::{MethodFault, Pin, PinnedBy, Pins, VerifyingKey};
use portfolio::proof::{SecretKey, Signer};
use portfolio::time::Timestamp;
use portfolio::verifier::foreign::{Asked, ForeignCode, check};
use portfolio::verifier::{Failure, Outcome, TrustList, Unread};
use serde_json::{Value, json};

const ISSUER: &str = "https://example.issuer/vc-jose-cose";

fn at() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-25T00:00:00Z").unwrap()
}

fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[5; 32])
}

/// A token signed by [`key`], whatever its header says.
fn token(header: &Value, payload: &Value) -> String {
    let signed =
        format!("{}.{}", base64(header.to_string().as_bytes()), base64(payload.to_string().as_bytes()));
    let signature = key().sign(signed.as_bytes()).unwrap();
    format!("{signed}.{}", base64(&signature))
}

fn key_set(keys: &[Value], issuer: &str) -> Pins {
    let mut pins = Pins::default();
    let text = json!({ "keys": keys }).to_string();
    pins.add(Pin::read(text.as_bytes(), Some(issuer), PinnedBy::Recruiter, None).unwrap());
    pins
}

#[test]
fn published_tokens_hold_by_the_published_keys() {
    let Some(folder) = vectors::folder("vc-jose-cose") else { return };
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let keys: Vec<Value> = ["vm-ed25519.json", "vm-p256.json", "vm-p384.json", "vm-p521.json"]
        .into_iter()
        .map(|name| serde_json::from_slice::<Value>(&file(name)).unwrap()["publicKeyJwk"].clone())
        .collect();
    let pins = key_set(&keys, ISSUER);
    let check = |name: &str| {
        let jws = read(&file(name))?;
        let key = jws.key_of(ISSUER, &pins, at());
        key.map_or_else(
            |_| Err(JoseFault::NotSupported(jws.algorithm.clone())),
            |found| jws.verify(&found.key),
        )
    };
    let not_supported = |name: &str| Err(JoseFault::NotSupported(name.to_owned()));
    let es256 = if cfg!(feature = "jwt") { Ok(()) } else { not_supported("ES256") };
    assert_eq!(check("credential-jose-minimal.txt"), es256);
    assert_eq!(check("credential-issuer-match-signed.txt"), Ok(()));
    assert_eq!(check("credential-jose-vc-vp-claims.txt"), Ok(()));
    assert_eq!(check("credential-jose-bad-signature.txt"), Err(JoseFault::SignatureDoesNotFit));
    assert_eq!(check("credential-jose-bad-media-type.txt"), Err(JoseFault::OtherType("bad+typ".into())));
    assert_eq!(check("credential-jose-unknown-extensions.txt"), not_supported("ES512"));
    assert_eq!(check("ssi-examples/vc.jwt"), not_supported("PS256"));
    for name in ["multiple", "bad-credential"] {
        let fault = Err(JoseFault::OtherType("vp+jwt".into()));
        assert_eq!(check(&format!("presentation-jose-{name}.txt")), fault, "{name}");
    }
    for name in ["credential-cose-minimal.txt", "credential-sdjwt-nested.txt"] {
        assert!(read(&file(name)).is_err(), "{name}");
    }
}

#[test]
fn published_claims_stand_where_their_version_says() {
    let Some(folder) = vectors::folder("vc-jose-cose") else { return };
    let payload = |name: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let part = text.split('.').nth(1).unwrap().to_owned();
        serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
    };
    let minimal = payload("credential-jose-minimal.txt");
    let document = document_of(&minimal).unwrap();
    assert_eq!(document, minimal);
    assert!(check_claims(&minimal, &document, Some("vc+jwt")).is_ok());
    assert_eq!(document_of(&payload("credential-jose-vc-vp-claims.txt")), Err(ClaimFault::WrongPlace));
    assert_eq!(document_of(&payload("ssi-examples/vp.jwt")), Err(ClaimFault::WrongPlace));
    let old = document_of(&payload("ssi-examples/vc.jwt")).unwrap();
    assert_eq!(old["issuer"], "did:example:foo");
    assert_eq!(old["issuanceDate"], "2021-08-02T16:17:50.505Z");
}

#[test]
fn a_header_with_one_thing_wrong_is_refused_by_its_fact() {
    let with = |name: &str, value: Value| {
        let mut header = json!({ "alg": "EdDSA", "kid": key().public_key().verification_method() });
        header[name] = value;
        read(token(&header, &json!({})).as_bytes()).map(|_| ())
    };
    assert_eq!(with("typ", "JWT".into()), Ok(()));
    assert_eq!(with("typ", "application/vc+jwt".into()), Ok(()));
    assert_eq!(with("alg", "none".into()), Err(JoseFault::Unsigned));
    assert_eq!(with("alg", "nOnE".into()), Err(JoseFault::Unsigned));
    assert_eq!(with("alg", "HS256".into()), Err(JoseFault::SharedSecret("HS256".into())));
    assert_eq!(with("alg", json!(null)), Err(JoseFault::BadMember("alg")));
    assert_eq!(with("kid", json!(7)), Err(JoseFault::BadMember("kid")));
    assert_eq!(with("jwk", json!({ "kty": "OKP", "d": "AA" })), Err(JoseFault::BadMember("jwk")));
    for name in ["crit", "b64", "zip", "jku", "x5u"] {
        assert_eq!(with(name, json!(false)), Err(JoseFault::Refused(name)));
    }
    assert_eq!(with("typ", "vp+jwt".into()), Err(JoseFault::OtherType("vp+jwt".into())));
    assert_eq!(with("cty", "JWT".into()), Err(JoseFault::OtherType("JWT".into())));
}

#[test]
fn a_token_has_one_spelling() {
    let good = token(&json!({ "alg": "EdDSA" }), &json!({ "a": 1 }));
    assert!(read(format!("{good}\n").as_bytes()).is_ok());
    let twice = format!("{}.e30.AA", base64(br#"{"alg":"EdDSA","alg":"none"}"#));
    assert!(matches!(read(twice.as_bytes()), Err(JoseFault::Header(_))));
    assert_eq!(read(format!("{good}.").as_bytes()), Err(JoseFault::NotCompact));
    assert_eq!(read(format!("{good}=").as_bytes()), Err(JoseFault::NotBase64Url("signature")));
    assert_eq!(read(b"a.b"), Err(JoseFault::NotCompact));
    let (rest, last) = good.split_at(good.len() - 1);
    // 64 bytes leave four spare bits in the last letter
    let spare = format!("{rest}{}", if last == "A" { "B" } else { "_" });
    assert_eq!(read(spare.as_bytes()), Err(JoseFault::NotBase64Url("signature")));
}

fn signed_by(header: &Value, issuer: &str, pins: &Pins) -> Result<Jws, MethodFault> {
    let jws = read(token(header, &json!({})).as_bytes()).unwrap();
    jws.key_of(issuer, pins, at()).map(|found| {
        assert_eq!(jws.verify(&found.key), Ok(()));
        jws.clone()
    })
}

#[test]
fn the_key_is_the_issuers_or_nobodys() {
    let (public, none) = (key().public_key(), Pins::default());
    let method = public.verification_method();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(public.as_bytes()), "kid": "1" });
    assert!(signed_by(&json!({ "alg": "EdDSA", "kid": method }), &public.did(), &none).is_ok());
    assert!(signed_by(&json!({ "alg": "EdDSA", "jwk": jwk }), &public.did(), &none).is_ok());
    let other = MethodFault::OtherController { expected: "https://a.example".into(), found: public.did() };
    let by_kid = json!({ "alg": "EdDSA", "kid": method });
    assert_eq!(signed_by(&by_kid, "https://a.example", &none).unwrap_err(), other);
    // an enclosed key says nothing about whose it is
    let unknown = MethodFault::NotPinned { controller: "https://a.example".into() };
    let enclosed = json!({ "alg": "EdDSA", "jwk": jwk });
    assert_eq!(signed_by(&enclosed, "https://a.example", &none).unwrap_err(), unknown);
    let pins = key_set(std::slice::from_ref(&jwk), "https://a.example");
    assert!(signed_by(&enclosed, "https://a.example", &pins).is_ok());
    assert!(signed_by(&json!({ "alg": "EdDSA", "kid": "1" }), "https://a.example", &pins).is_ok());
    let listed = MethodFault::NotListed { controller: "https://a.example".into() };
    let other = json!({ "alg": "EdDSA", "kid": "2" });
    assert_eq!(signed_by(&other, "https://a.example", &pins).unwrap_err(), listed);
    let mut differs = jwk.clone();
    differs["x"] = base64(SecretKey::from_seed(&[6; 32]).public_key().as_bytes()).into();
    let both = json!({ "alg": "EdDSA", "kid": "1", "jwk": differs });
    assert_eq!(signed_by(&both, "https://a.example", &pins).unwrap_err(), MethodFault::EnclosedDiffers);
}

/// A badge of version 2.0 in a token is signed with a key that its issuer's page names; nothing is said about it.
#[test]
fn a_token_of_an_old_badge_is_named_and_not_judged() {
    let badge = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "urn:uuid:1", "badge": "https://a.example/b",
        "recipient": { "type": "email", "hashed": false, "identity": "a@b.example" }, "issuedOn": "2020-01-01T00:00:00Z",
        "verification": { "type": "signed", "creator": "https://a.example/key" },
    });
    let text = token(&json!({ "alg": "EdDSA" }), &badge);
    let (pins, trust) = (Pins::default(), TrustList::default());
    let report = check(text.as_bytes(), &Asked { pins: &pins, snapshots: &[], at: at(), trust: &trust });
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [ForeignCode::NotSupported]);
    assert_eq!(report.outcome, Outcome::Unreadable(Unread::TooNew));
}

/// A college that publishes its keys as a set, as Open Badges 3.0 section 8.2.4 has it, and signs with RSA.
#[cfg(feature = "jwt")]
#[test]
fn a_badge_by_an_rsa_key_of_a_set_holds_and_a_changed_one_does_not() {
    let Some(openssl) = outside::tool("openssl", &["version"]) else { return };
    let made = std::process::Command::new(openssl)
        .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-outform", "DER"])
        .output()
        .unwrap();
    let pair = ring::rsa::KeyPair::from_der(&made.stdout)
        .or_else(|_| ring::rsa::KeyPair::from_pkcs8(&made.stdout))
        .unwrap();
    let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(pair.public());
    let jwk = json!({ "kty": "RSA", "kid": "2026", "n": base64(&public.n), "e": base64(&public.e) });
    let college = "https://college.example";
    let payload = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": { "id": college },
        "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": { "id": "urn:b", "achievement": { "name": "Welding" } },
        "iss": college, "sub": "urn:b", "jti": "urn:uuid:1", "nbf": 1_767_225_600,
    });
    let header = json!({ "alg": "RS256", "kid": "2026", "typ": "JWT" });
    let text =
        format!("{}.{}", base64(header.to_string().as_bytes()), base64(payload.to_string().as_bytes()));
    let mut signature = vec![0; pair.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    pair.sign(&ring::signature::RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature).unwrap();
    let found = |token: &str, pins: &Pins| {
        let trust = TrustList::default();
        let report = check(token.as_bytes(), &Asked { pins, snapshots: &[], at: at(), trust: &trust });
        (report.outcome, report.findings.into_iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    let good = format!("{text}.{}", base64(&signature));
    let pins = key_set(&[jwk], college);
    assert_eq!(found(&good, &pins), (Outcome::Holds, vec![]));
    let unknown = (Outcome::SignerUnknown, vec![ForeignCode::KeyNotKnown]);
    assert_eq!(found(&good, &Pins::default()), unknown);
    signature[7] ^= 1;
    let misfit = (Outcome::Failed(Failure::Signature), vec![ForeignCode::Misfit]);
    assert_eq!(found(&format!("{text}.{}", base64(&signature)), &pins), misfit);
}

#[test]
fn the_key_decides_the_algorithm() {
    let jws = read(token(&json!({ "alg": "RS256" }), &json!({})).as_bytes()).unwrap();
    let ours = VerifyingKey::Ed25519(key().public_key());
    let found = "RS256".to_owned();
    let fault = if cfg!(feature = "jwt") {
        JoseFault::OtherAlgorithm { expected: "EdDSA", found }
    } else {
        JoseFault::NotSupported(found)
    };
    assert_eq!(jws.verify(&ours), Err(fault));
}

#[test]
fn claims_agree_with_the_credential() {
    let badge = || {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "id": "urn:uuid:1", "issuer": { "id": "https://a.example" }, "credentialSubject": { "id": "urn:b" },
            "validFrom": "2026-01-01T00:00:00.7Z", "validUntil": "2027-01-01T01:00:00+01:00",
            "iss": "https://a.example", "sub": "urn:b", "jti": "urn:uuid:1", "nbf": 1_767_225_600,
            "exp": 1_798_761_600,
        })
    };
    let check = |claims: &Value| check_claims(claims, &document_of(claims).unwrap(), Some("JWT")).map(|_| ());
    assert_eq!(check(&badge()), Ok(()));
    for claim in ["iss", "sub", "jti", "nbf"] {
        let mut claims = badge();
        claims.as_object_mut().unwrap().remove(claim);
        assert_eq!(check(&claims), Err(ClaimFault::Missing(claim)));
        claims[claim] = json!([]);
        assert_eq!(check(&claims), Err(ClaimFault::Bad(claim)));
    }
    for (claim, value) in [
        ("iss", json!("urn:x")),
        ("sub", json!("urn:x")),
        ("jti", json!("urn:x")),
        ("nbf", json!(1)),
        ("exp", json!(1)),
    ] {
        let mut claims = badge();
        claims[claim] = value;
        assert_eq!(check(&claims), Err(ClaimFault::Contradicts(claim)));
    }
    let mut inside = json!({ "vc": badge() });
    assert_eq!(document_of(&inside), Err(ClaimFault::WrongPlace));
    inside["vc"]["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
    assert!(document_of(&inside).is_ok());
    assert_eq!(document_of(&inside["vc"]), Err(ClaimFault::WrongPlace));
}
