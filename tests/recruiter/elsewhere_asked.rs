//! What others issued, asked about in other ways: `show`, a table of many, a line for programs, an address.

use portfolio::proof::Signer;
use serde_json::{Value, json};

use crate::elsewhere::{desk, expect, made, school};

/// A badge that names its subject by a hashed address.
fn addressed() -> Value {
    made(&school().public_key().did(), None, |document| {
        document["credentialSubject"]["identifier"] = json!([
            { "type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "salt": "Kosher",
              "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399" },
        ]);
    })
}

#[test]
fn a_badge_is_asked_for_an_address() {
    let desk = desk();
    desk.put("addressed.json", addressed().to_string());
    let holds = desk.run(&["verify", "addressed.json", "--about", "a@example.com"]);
    assert_eq!(holds.code, 3, "{}", holds.page());
    expect(
        &desk,
        &["verify", "addressed.json", "--about", "b@example.com"],
        "\
✗ Signed, but not for what you asked. Do not rely on it for that.

  About        a badge: “Welding”, “Riverside College”

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ? Signer     not on your trust list. It calls itself “Riverside College”, as
               any key could
  ✓ In force   it names no end
  ✗ Asked for  no: it does not carry the address that was asked for (asked for
               b@example.com)
--- exit 1
",
    );
}

#[test]
fn many_badges_are_a_row_each() {
    let desk = desk();
    expect(
        &desk,
        &["verify", "badge.json", "ended.json", "changed.json", "bbs.json", "web.json"],
        "\x20  File          Unchanged  Signer       In force       Result
?  badge.json    yes        unknown key  –              unknown signer
!  ended.json    yes        unknown key  to 1 Feb 2026  ended
✗  changed.json  no         –            –              does not fit
✗  web.json      no         –            –              does not fit
–  bbs.json      –          –            –              too new

5 files: 1 not established, 1 not in force, 2 do not fit, 1 not checked.
Reasons for one: portfolio verify bbs.json
--- exit 8
",
    );
}

#[test]
fn a_badge_is_a_line_for_programs() {
    let desk = desk();
    let key = school().public_key().fingerprint();
    let line = |file: &str| desk.run(&["verify", "--plain", file]).out;
    assert_eq!(line("badge.json"), format!("signer-unknown\tbadge.json\t{key}\t-\t-\t-\t3\n"));
    assert_eq!(line("changed.json"), "failed\tchanged.json\t-\t-\t-\t-\t1\n");
    assert_eq!(line("bbs.json"), "unreadable\tbbs.json\t-\t-\t-\t-\t8\n");
}

#[test]
fn a_badge_is_shown_in_words() {
    let desk = desk();
    desk.put("addressed.json", addressed().to_string());
    expect(
        &desk,
        &["show", "addressed.json"],
        "\
addressed.json: a badge of 1 Jan 2026 by an issuer that calls itself “Riverside
College”
Nothing in it has been checked. To check it: portfolio verify addressed.json

    Welding
    Can weld.

       asked    Weld.
       about    urn:uuid:22222222-2222-4222-8222-222222222222
       about    somebody whose e-mail address is hidden behind a hash
       issuer   Riverside College, key
                {KEY}
       from     1 January 2026
       until    no end is named
       secured  a signature of the kind eddsa-rdfc-2022 of 2 Jan 2026, by
                key {KEY}
--- exit 0
",
    );
}

#[test]
fn an_old_badge_and_a_token_are_shown_in_words() {
    let desk = desk();
    let old = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://college.example/1",
        "badge": { "name": "Welding", "description": "Can weld.", "criteria": { "narrative": "Weld." } },
        "issuedOn": "2020-01-01T00:00:00Z", "verification": { "type": "hosted" },
        "recipient": { "type": "email", "hashed": false, "identity": "a@b.example" },
    });
    desk.put("old.json", old.to_string());
    expect(
        &desk,
        &["show", "old.json"],
        "\
old.json: a badge of 1 Jan 2020
Nothing in it has been checked. To check it: portfolio verify old.json

    Welding
    Can weld.

       asked    Weld.
       about    a@b.example (e-mail address)
       from     1 January 2020
       until    no end is named
       secured  not signed; its issuer keeps it at https://college.example/1
--- exit 0
",
    );
    let text = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let mut payload = addressed();
    payload.as_object_mut().unwrap().remove("proof");
    let header = json!({ "alg": "ES256", "kid": "https://college.example/keys#1" });
    desk.put("badge.jwt", format!("{}.{}.AAAA", text(&header), text(&payload)));
    let shown = desk.run(&["show", "badge.jwt"]).page();
    let last = "       secured  a token, signed with ES256, by the key";
    assert!(
        shown.contains(last) && shown.ends_with("https://college.example/keys#1\n--- exit 0\n"),
        "{shown}"
    );
}

#[test]
fn a_school_that_is_a_key_goes_on_the_trust_list_and_one_with_an_address_does_not() {
    let desk = desk();
    let words = school().public_key().words().join(" ");
    let typed = ["trust", "add", "badge.json", "--as", "Riverside College", "--basis", "visited", "--words"];
    let added = desk.run(&[&typed[..], &[words.as_str()]].concat());
    assert_eq!(added.code, 0, "{}", added.page());
    expect(
        &desk,
        &["verify", "badge.json"],
        "\
✓ Signed by someone you trust, and unchanged since.

  About        a badge: Welding, Riverside College

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Riverside College. You added this key on 22 Nov 2026
  ✓ In force   it names no end

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.
--- exit 0
",
    );
    let key = school().public_key().fingerprint();
    assert_eq!(
        desk.run(&["verify", "--plain", "badge.json"]).out,
        format!("holds\tbadge.json\t{key}\tRiverside College\t-\t-\t0\n")
    );
    let mut college = made("did:web:college.example", None, |_| ());
    college["proof"][0]["verificationMethod"] = "did:web:college.example#1".into();
    desk.put("college.json", college.to_string());
    expect(
        &desk,
        &["trust", "add", "college.json", "--as", "Riverside College"],
        "\
--- stderr
error: the issuer of college.json goes by an address
  Its keys are not in the badge, and they may change. Nothing was added.
hint: have its keys from the issuer, then: portfolio verify FILE --keys KEYS
--- exit 1
",
    );
}
