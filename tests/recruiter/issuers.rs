//! Issuers elsewhere on the trust list: with the keys that were had from them, or as their own key.

use portfolio::digest::Digest;
use portfolio::proof::Signer;
use portfolio::verifier::{IssuerEntryFault, TrustFault, TrustList};
use serde_json::{Value, json};

use crate::elsewhere::{desk_with_college, expect, school};
use crate::envelope::envelope;
use crate::terminal::Desk;
use crate::{NOVEMBER, terminal};

const COLLEGE: &str = "did:web:college.example";

/// The desk on which the college is on the list, with its keys.
fn known() -> Desk {
    let mut desk = desk_with_college();
    desk.set("PORTFOLIO_HOME", desk.at("home"));
    let add =
        ["trust", "add", COLLEGE, "--key", "did.json", "--as", "Riverside College", "--basis", "its office"];
    let sha256 = Digest::of(&desk.read("did.json")).hex();
    let page = format!(
        "\
Added. What it signed is now shown as by Riverside College.
The program never looks on the web: it goes by these keys until you take in
newer ones.
To undo: portfolio trust remove did:web:college.example
--- stderr
Its keys: did.json
  sha256 {sha256}

--- exit 0
"
    );
    expect(&desk, &[&add[..], &["--sha256", &sha256]].concat(), &page);
    desk
}

#[test]
fn a_college_on_the_list_is_known_by_the_name_there() {
    let mut desk = known();
    let page = "\
✓ Signed by someone you trust, and unchanged since.

  About        a badge: Welding, Riverside College

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Riverside College, by its keys as you had them on 22 Nov 2026
  ✓ In force   it names no end

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.
--- exit 0
";
    expect(&desk, &["verify", "college.json"], page);
    let (shown, code) = envelope(&desk, &["college.json"]);
    assert_eq!(
        (shown["results"][0]["credentials"][0]["trust"]["name"].as_str(), code),
        (Some("Riverside College"), 0)
    );
    expect(
        &desk,
        &["trust", "list"],
        "\
Riverside College
  issuer did:web:college.example
  added 22 Nov 2026, its keys as of 22 Nov 2026: “its office”
--- exit 0
",
    );
    // a year and a day later the keys are old, which is no fault
    desk.set_clock(NOVEMBER + 367 * 86_400);
    let row = "  ! Signer     Riverside College, by its keys as you had them on 22 Nov 2026,\n";
    let old = desk.run(&["verify", "college.json"]);
    assert!(old.out.contains(row), "{}", old.page());
    let (shown, code) = envelope(&desk, &["college.json"]);
    let codes: Vec<&Value> =
        shown["results"][0]["warnings"].as_array().unwrap().iter().map(|w| &w["code"]).collect();
    assert_eq!((codes, code), (vec![&json!("foreign-pin-old")], 0));
    // keys brought for one check alone are not those on the list
    desk.put("other.json", String::from_utf8(desk.read("did.json")).unwrap() + "\n");
    let brought = desk.run(&["verify", "college.json", "--keys", "other.json"]);
    assert_eq!(brought.code, 0, "{}", brought.page());
    expect(
        &desk,
        &["trust", "remove", "Riverside College"],
        "Took Riverside College off your trust list.\n--- exit 0\n",
    );
    assert_eq!(desk.run(&["verify", "college.json"]).code, 3);
}

#[test]
fn a_list_with_an_issuer_travels_to_a_colleague() {
    let mut desk = known();
    assert_eq!(desk.run(&["trust", "export", "team.json"]).code, 0);
    desk.set("PORTFOLIO_HOME", desk.at("colleague"));
    let page = "\
team.json has 1 issuer you do not know:
  Riverside College
    did:web:college.example
Whoever made this list vouches for them; the program cannot.
Add them (yes, no): yes
Added 1 issuer.
Added 0 keys.
--- exit 0
";
    assert_eq!(desk.sit(&["trust", "import", "team.json"], &["yes"]).page(), page);
    assert_eq!(desk.run(&["verify", "college.json"]).code, 0);
    // the keys are held against the digest beside them
    let list = String::from_utf8(desk.read("team.json")).unwrap();
    let fault = TrustList::parse(list.replace("Multikey", "Multikez").as_bytes()).unwrap_err();
    assert_eq!(fault, TrustFault::Issuer { number: 1, fault: IssuerEntryFault::OtherDigest });
    let fault = TrustList::parse(
        list.replace("\"did:web:college.example\",", "\"did:web:other.example\",").as_bytes(),
    );
    assert!(
        matches!(fault, Err(TrustFault::Issuer { number: 1, fault: IssuerEntryFault::Keys(_) })),
        "{fault:?}"
    );
}

#[test]
fn an_issuer_that_is_its_own_key_needs_no_file() {
    let mut desk = desk_with_college();
    desk.set("PORTFOLIO_HOME", desk.at("home"));
    let x = data_encoding::BASE64URL_NOPAD.encode(school().public_key().as_bytes());
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": x }).to_string();
    let id = format!("did:jwk:{}", data_encoding::BASE64URL_NOPAD.encode(jwk.as_bytes()));
    let add = ["trust", "add", &id, "--as", "Riverside College", "--basis", "met"];
    let added = desk.run(&add);
    assert_eq!(added.code, 0, "{}", added.page());
    assert_eq!(desk.run(&add).code, 1);
    let p256 = "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv";
    assert_eq!(desk.run(&["trust", "add", p256, "--as", "Another", "--basis", "met"]).code, 0);
    let listed = desk.run(&["trust", "list", "--plain"]).out;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let needless = ["trust", "add", "did:jwk:e30", "--key", "did.json", "--as", "Nobody", "--basis", "met"];
    let refused = desk.run(&needless);
    assert!(
        refused.err.contains("Because: it is a key by itself, and needs no document."),
        "{}",
        refused.page()
    );
}

#[test]
fn what_is_not_the_issuers_is_not_kept() {
    let desk = desk_with_college();
    let add = |more: &[&str]| -> terminal::Shown {
        let words = ["trust", "add", COLLEGE, "--as", "Riverside College", "--basis", "mail"];
        desk.run(&[&words[..], more].concat())
    };
    assert_eq!(
        add(&[]).page(),
        "\
--- stderr
error: “did:web:college.example” cannot be added like this
  Its name is no key, and the program never looks on the web. Nothing was added.
hint: have its keys sent by the issuer, then:
  portfolio trust add did:web:college.example --key FILE
--- exit 1
"
    );
    let other = add(&["--key", "did.json", "--sha256", &Digest::of(b"other").hex()]);
    assert!(other.err.contains("error: these are not the keys that you expect\n"), "{}", other.page());
    desk.put("elsewhere.json", json!({ "id": "did:web:other.example", "assertionMethod": [] }).to_string());
    let others = add(&["--key", "elsewhere.json"]);
    assert!(others.err.contains("the keys of did:web:other.example, not of"), "{}", others.page());
    assert_eq!((other.code, others.code), (1, 1));
}
