//! `verify` on what others issued: whole screens, exit codes and the envelope.

use portfolio::proof::{EddsaRdfc2022, Options, SecretKey, Signer, Suite, Unsecured, sign};
use portfolio::time::Timestamp;
use serde_json::{Value, json};

use crate::NOVEMBER;
use crate::envelope::envelope;
use crate::terminal::Desk;

pub fn school() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn badge(issuer: &str, until: Option<&str>) -> Value {
    made(issuer, until, |_| ())
}

/// A badge that is changed before the school signs it.
pub fn made(issuer: &str, until: Option<&str>, change: impl FnOnce(&mut Value)) -> Value {
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:11111111-1111-4111-8111-111111111111", "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": issuer, "type": ["Profile"], "name": "Riverside College" }, "name": "Welding I",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:22222222-2222-4222-8222-222222222222", "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:33333333-3333-4333-8333-333333333333", "type": ["Achievement"], "name": "Welding",
                "description": "Can weld.", "criteria": { "narrative": "Weld." },
            },
        },
    });
    if let Some(until) = until {
        document["validUntil"] = until.into();
    }
    change(&mut document);
    let options = Options::assertion(Timestamp::parse_rfc3339("2026-01-02T00:00:00Z").unwrap());
    sign(&mut document, &options, &[&EddsaRdfc2022], &school()).unwrap();
    document
}

pub fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.set_clock(NOVEMBER);
    let did = school().public_key().did();
    desk.put("badge.json", badge(&did, None).to_string());
    desk.put("ended.json", badge(&did, Some("2026-02-01T00:00:00Z")).to_string());
    let mut changed = badge(&did, None);
    changed["name"] = "Welding II".into();
    desk.put("changed.json", changed.to_string());
    let mut other = badge(&did, None);
    other["proof"][0]["cryptosuite"] = "bbs-2023".into();
    desk.put("bbs.json", other.to_string());
    desk.put("web.json", badge("did:web:college.example", None).to_string());
    desk
}

#[track_caller]
pub fn expect(desk: &Desk, words: &[&str], page: &str) {
    let shown = desk.run(words).page();
    let page = page.replace("{KEY}", &school().public_key().fingerprint());
    assert_eq!(shown, page, "{words:?} printed:\n{shown}\nand not:\n{page}");
}

#[test]
fn a_badge_by_a_key_that_nobody_knows() {
    expect(
        &desk(),
        &["verify", "badge.json"],
        "\
? Unchanged and signed, but by a key you do not know.

  About        a badge: “Welding”, “Riverside College”

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ? Signer     not on your trust list. It calls itself “Riverside College”, as
               any key could
  ✓ In force   it names no end

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.

Reach the issuer in a way you find yourself, and ask whether that key is
theirs.
--- exit 3
",
    );
}

#[test]
fn a_badge_that_ended() {
    expect(
        &desk(),
        &["verify", "ended.json"],
        "\
! Ended on 1 Feb 2026, and signed by a key you do not know.

  About        a badge: “Welding”, “Riverside College”

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ? Signer     not on your trust list. It calls itself “Riverside College”, as
               any key could
  ! In force   no: past its own end date (since 2026-02-01)
--- exit 4
",
    );
}

#[test]
fn a_badge_that_was_changed() {
    expect(
        &desk(),
        &["verify", "changed.json"],
        "\
✗ The signature does not fit. Do not rely on it.

  About        a badge: “Welding”, “Riverside College”

  ✗ Unchanged  no: the signature does not fit
  – Signed     not answered
  – Signer     not answered
  – In force   not answered

Ask for a fresh copy from whoever issued it.
--- exit 1
",
    );
}

#[test]
fn a_badge_signed_in_a_way_that_is_not_checked() {
    expect(
        &desk(),
        &["verify", "bbs.json"],
        "\
– Signed in a way that this program does not check. That is neither good nor
  bad.

  About        a badge: “Welding”, “Riverside College”

  – Unchanged  not checked: it is signed in a way that this version does not
               know, so it was not checked (bbs-2023)
  – Signed     not answered
  – Signer     not answered
  – In force   not answered
--- exit 8
",
    );
}

/// The desk with a badge by a college that is known by its address, and the college's keys in `did.json`.
pub fn desk_with_college() -> Desk {
    let desk = desk();
    let id = "did:web:college.example";
    let mut document = badge(id, None);
    let proof = document["proof"][0].as_object_mut().unwrap();
    proof.remove("proofValue");
    proof.insert("verificationMethod".into(), format!("{id}#1").into());
    let proof = proof.clone();
    let mut unsecured = document.clone();
    unsecured.as_object_mut().unwrap().remove("proof");
    let unsecured = Unsecured::new(unsecured.as_object().unwrap(), Vec::new());
    let signature = school().sign(&EddsaRdfc2022.hash(&unsecured, &proof).unwrap()).unwrap();
    document["proof"][0]["proofValue"] = format!("z{}", bs58::encode(signature).into_string()).into();
    desk.put("college.json", document.to_string());
    let key = school().public_key().did().replace("did:key:", "");
    let method = json!({ "id": "#1", "type": "Multikey", "controller": id, "publicKeyMultibase": key });
    desk.put("did.json", json!({ "id": id, "assertionMethod": [method] }).to_string());
    desk.put("keys.json", json!({ "keys": [] }).to_string());
    desk
}

#[test]
fn a_college_known_by_its_address_needs_keys_that_the_reader_had_from_it() {
    let desk = desk_with_college();
    let page = "\
? Not checked: the keys of its issuer are not here. That is neither good nor
  bad.

  About        a badge: “Welding”, “Riverside College”

  – Unchanged  not checked: no keys of its issuer are known here, so the
               signature was not checked (the verification method is not
               accepted: no keys of did:web:college.example are known here)
  – Signed     not answered
  – Signer     not answered
  – In force   not answered

Reach the issuer in a way you find yourself, and ask for its keys.
--- exit 3
";
    expect(&desk, &["verify", "college.json"], page);
    let page = "\
✓ Signed by an issuer whose keys you keep, and unchanged since.

  About        a badge: Welding, Riverside College

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     “did:web:college.example”, by the keys that you keep
  ✓ In force   it names no end

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.
--- exit 0
";
    expect(&desk, &["verify", "college.json", "--keys", "did.json"], page);
    let page = "\
--- stderr
error: keys.json gives no issuer's keys
  It does not say whose keys it holds. Nothing was checked.
hint: say whose they are: --keys ISSUER=FILE
--- exit 1
";
    expect(&desk, &["verify", "college.json", "--keys", "keys.json"], page);
}

#[test]
fn every_badge_has_an_envelope_by_the_schema() {
    let desk = desk();
    for (file, outcome, code) in [
        ("badge.json", "signer-unknown", 3),
        ("ended.json", "expired", 4),
        ("changed.json", "failed", 1),
        ("bbs.json", "unreadable", 8),
        ("web.json", "failed", 1),
    ] {
        let (shown, found) = envelope(&desk, &[file]);
        let result = &shown["results"][0];
        assert_eq!((result["outcome"].as_str(), found), (Some(outcome), code), "{file}");
        assert_eq!(result["credentials"][0]["issuer"]["name"], "Riverside College", "{file}");
    }
    let (shown, _) = envelope(&desk, &["changed.json"]);
    assert_eq!(shown["results"][0]["errors"][0]["code"], "foreign-misfit");
}
