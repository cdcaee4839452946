//! `verify` on what a bundle carries of others: the same four questions, and whose choice each answer rests on.

use portfolio::credential::deposit::{self, Capture, Deposit, FileRole, KeptFile, Says};
use portfolio::digest::Digest;
use portfolio::path::RelPath;
use portfolio::proof::Signer;
use portfolio::time::{Date, Timestamp};
use serde_json::{Value, json};

use crate::envelope::envelope;
use crate::sample::Sample;
use crate::terminal::Desk;
use crate::{badges, desk, trust};

/// What is kept beside an original.
type Beside<'a> = (&'a str, Value, FileRole, Option<&'a str>);

/// Puts a deposit into the sample's bundle.
fn put(sample: &mut Sample, id: &str, name: &str, bytes: &[u8], url: Option<&str>, beside: &[Beside<'_>]) {
    let at = Timestamp::parse_ours("2026-07-24T15:02:40Z").unwrap();
    let kept = |name: &str, bytes: &[u8], role, of: Option<&str>| KeptFile {
        name: RelPath::parse(name).unwrap(),
        media_type: "application/json".to_owned(),
        size: bytes.len() as u64,
        sha256: Digest::of(bytes),
        role,
        of: of.map(str::to_owned),
        captured: None,
    };
    let mut files = vec![kept(name, bytes, FileRole::Original, None)];
    let mut here = vec![(name.to_owned(), bytes.to_vec())];
    for (name, document, role, of) in beside {
        let text = document.to_string().into_bytes();
        files.push(kept(name, &text, *role, *of));
        here.push(((*name).to_owned(), text));
    }
    let expires = url.and_then(|_| Date::parse("2027-01-03").ok());
    let record = deposit::build(&Deposit {
        title: id.to_owned(),
        kind: "capture".to_owned(),
        carrier: None,
        says: Says::default(),
        placement: None,
        confidential: None,
        files,
        captured: Capture { at, how: "a file".to_owned(), url: url.map(str::to_owned), expires, note: None },
        can_be_checked: vec!["bytes".to_owned()],
    });
    here.push(("deposit.json".to_owned(), record.to_string().into_bytes()));
    let placed = here.into_iter().map(|(name, bytes)| (format!("data/deposits/{id}/{name}"), bytes));
    sample.strays.extend(placed);
}

/// A desk at which the mentor is known, with a bundle that carries this deposit.
fn with(id: &str, name: &str, bytes: &[u8], url: Option<&str>, beside: &[Beside<'_>]) -> Desk {
    let mut sample = Sample::alex();
    put(&mut sample, id, name, bytes, url, beside);
    let desk = desk(&sample);
    trust(&desk, &sample);
    desk
}

#[track_caller]
fn expect(desk: &Desk, words: &[&str], page: &str) {
    let academy = badges::academy().public_key().fingerprint();
    crate::expect(desk, words, &page.replace("{ACADEMY}", &academy));
}

const SIGN_OFF: &str = "
  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026:
               “phoned the Acme switchboard”
  ✓ In force   until 24 Jul 2029. Not withdrawn as of 24 Jul 2026, the newest
               word on this computer (121 days old)
  – Withheld   model-code.zip, as the signed statement allows
";
const CANNOT: &str = "
  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.
";

#[test]
fn a_saved_page_changes_nothing() {
    let desk = with("course", "course.html", b"<!DOCTYPE html>", Some("https://skillforge.example/c"), &[]);
    let page = format!(
        "\
✓ Signed by someone you trust, and unchanged since.
{SIGN_OFF}
  Issued by others, and deposited by the sender
  – course.html, a web page. Nothing in it is signed.
    – Kept       by the sender on 24 Jul 2026, said to be from
                 “https://skillforge.example/c”, a link until 3 Jan 2027
{CANNOT}
Read it: portfolio show alex-rivera.zip
--- exit 0
"
    );
    expect(&desk, &["verify", "alex-rivera.zip"], &page);
    let (shown, code) = envelope(&desk, &["alex-rivera.zip"]);
    let result = &shown["results"][0];
    assert_eq!((result["outcome"].as_str(), code), (Some("holds"), 0));
    let deposit = &result["deposits"][0];
    assert_eq!((deposit["kind"].as_str(), deposit["counts"].as_bool()), (Some("capture"), Some(false)));
    assert_eq!((&deposit["outcome"], &deposit["credential"]), (&Value::Null, &Value::Null));
    assert_eq!(deposit["capture"]["url"], "https://skillforge.example/c");
    assert_eq!(result["notSigned"], json!([]));
}

#[test]
fn a_badge_with_its_list_by_an_academy_that_nobody_vouches_for() {
    let beside = [("status.json", badges::list(false), FileRole::Status, Some(badges::LIST))];
    let desk = with("badge", "badge.png", &badges::baked(&badges::listed()), None, &beside);
    let page = format!(
        "\
? Signed by someone you trust, and unchanged since; but something that others
  issued is by an issuer you do not know.
{SIGN_OFF}
  Issued by others, and deposited by the sender
  ? badge.png, an Open Badge 3.0 inside a picture: “alex@rivera.example”,
    “Data storytelling”, “SkillForge Academy”.
    ✓ Unchanged  it is exactly as signed
    ✓ Signed     by key {{ACADEMY}}
    ? Signer     not on your trust list. It calls itself “SkillForge Academy”,
                 as any key could
    ✓ In force   it names no end; not taken back as of 20 Jul 2026
    – Kept       by the sender on 24 Jul 2026
{CANNOT}
Reach its issuer in a way you find yourself, and ask about what it issued.
--- exit 3
"
    );
    expect(&desk, &["verify", "alex-rivera.zip"], &page);
    let loose = desk.run(&["verify", "alex-rivera.zip", "--accept-unknown-signer", "--quiet"]).page();
    assert_eq!(
        loose,
        "? alex-rivera.zip: something that others issued is by an issuer you do not know\n--- exit 0\n"
    );
    let line = desk.run(&["verify", "alex-rivera.zip", "--plain"]).page();
    assert!(line.ends_with("\t3\tsigner-unknown\n--- exit 3\n"), "{line}");
}

#[test]
fn keys_that_came_along_are_the_students_and_keys_that_the_reader_brings_are_not() {
    let beside = [("keys.json", badges::keys(), FileRole::Keys, Some(badges::WEB))];
    let desk = with("badge", "badge.json", badges::by_address().to_string().as_bytes(), None, &beside);
    let shown = desk.run(&["verify", "alex-rivera.zip"]).page();
    let told = "    ? Signer     says it is “did:web:skillforge.example”; its keys were pinned\n                 \
                by the student, not by you\n";
    assert!(shown.contains(told) && shown.ends_with("--- exit 3\n"), "{shown}");
    let (report, _) = envelope(&desk, &["alex-rivera.zip"]);
    let warnings = report["results"][0]["warnings"].as_array().unwrap();
    let pinned = warnings.iter().find(|warning| warning["code"] == "foreign-key-pinned-by-student").unwrap();
    assert_eq!(pinned["instance"], "data/deposits/badge/badge.json");
    desk.put("did.json", badges::keys().to_string());
    let shown = desk.run(&["verify", "alex-rivera.zip", "--keys", "did.json"]).page();
    let told = "    ✓ Signer     “did:web:skillforge.example”, by the keys that you keep\n";
    assert!(shown.contains(told) && shown.ends_with("--- exit 0\n"), "{shown}");
    assert!(shown.starts_with("✓ Signed by someone you trust, and unchanged since.\n"), "{shown}");
}

#[test]
fn bad_news_of_a_deposit_is_told_with_its_own_exit_code() {
    let mut changed = badges::plain();
    changed["name"] = "Rocket science".into();
    let taken_back = ("status.json", badges::list(true), FileRole::Status, Some(badges::LIST));
    for (badge, beside, headline, outcome, code) in [
        (
            changed,
            vec![],
            "✗ Signed by someone you trust, and unchanged since; but something that others\n  issued is not as it was made.\n",
            "failed",
            1,
        ),
        (
            badges::listed(),
            vec![taken_back],
            "✗ Signed by someone you trust, and unchanged since; but something that others\n  issued was taken back.\n",
            "withdrawn",
            4,
        ),
        (
            badges::listed(),
            vec![],
            "? Signed by someone you trust, and unchanged since; but something that others\n  issued is by an issuer you do not know.\n",
            "signer-unknown",
            3,
        ),
    ] {
        let desk = with("badge", "badge.json", badge.to_string().as_bytes(), None, &beside);
        let shown = desk.run(&["verify", "alex-rivera.zip"]).page();
        assert!(shown.starts_with(headline), "{shown}");
        assert!(shown.ends_with(&format!("--- exit {code}\n")), "{shown}");
        let (report, found) = envelope(&desk, &["alex-rivera.zip"]);
        let result = &report["results"][0];
        assert_eq!((result["outcome"].as_str(), found), (Some(outcome), code));
        assert_eq!(result["credentials"][0]["outcome"], "holds", "the sign-off has its own answer");
        assert_eq!(result["deposits"][0]["outcome"], outcome);
    }
    let desk = with("badge", "badge.json", badges::listed().to_string().as_bytes(), None, &[]);
    let shown = desk.run(&["verify", "alex-rivera.zip"]).page();
    let told = "    ? In force   not known: it says where its status is kept, and there is no\n                 \
                copy of that list here (https://skillforge.example/status/7)\n";
    assert!(shown.contains(told), "{shown}");
}

#[test]
fn many_deposits_take_a_line_each_until_all_is_asked_for() {
    let mut sample = Sample::alex();
    put(&mut sample, "badge", "badge.json", badges::plain().to_string().as_bytes(), None, &[]);
    put(&mut sample, "picture", "badge.png", &badges::baked(&badges::plain()), None, &[]);
    for number in 1..=3 {
        put(&mut sample, &format!("page-{number}"), "page.html", b"<!DOCTYPE html>", None, &[]);
    }
    let desk = desk(&sample);
    let shown = desk.run(&["verify", "alex-rivera.zip"]).page();
    let lines = "\
  Issued by others, and deposited by the sender
  ? badge.json, an Open Badge 3.0: “alex@rivera.example”, “Data storytelling”,
    “SkillForge Academy”.
  – page.html, a web page. Nothing in it is signed.
  – page.html, a web page. Nothing in it is signed.
  – page.html, a web page. Nothing in it is signed.
  – badge.png, an Open Badge 3.0 inside a picture. The same as
    deposits/badge/badge.json; it counts once.
    The answers about each: --all
";
    assert!(shown.contains(lines), "{shown}");
    let shown = desk.run(&["verify", "alex-rivera.zip", "--all"]).page();
    assert!(
        shown.contains("    ✓ Unchanged  it is exactly as signed\n") && !shown.contains("--all"),
        "{shown}"
    );
}

#[test]
fn a_lone_pdf_with_a_record_attached_and_one_without() {
    let desk = desk(&Sample::alex());
    desk.put("letter.pdf", badges::attached(&badges::plain()));
    let page = "\
? Unchanged and signed, but by a key you do not know.

  About        a badge: “alex@rivera.example”, “Data storytelling”,
               “SkillForge Academy”

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key {ACADEMY}
  ? Signer     not on your trust list. It calls itself “SkillForge Academy”, as
               any key could
  ✓ In force   it names no end

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.

Reach the issuer in a way you find yourself, and ask whether that key is
theirs.
--- exit 3
";
    expect(&desk, &["verify", "letter.pdf"], page);
    let (report, code) = envelope(&desk, &["letter.pdf"]);
    assert_eq!((report["results"][0]["source"]["mediaType"].as_str(), code), (Some("application/pdf"), 3));
    let mut sign_off = Sample::alex();
    sign_off.files.clear();
    let record: Value = serde_json::from_slice(&sign_off.sign_off()).unwrap();
    desk.put("record.pdf", badges::attached(&record));
    let shown = desk.run(&["verify", "record.pdf"]).page();
    assert!(
        shown.contains("The key calls itself\n               “Priya Nair, Data Lead, Acme Retail Ltd”"),
        "{shown}"
    );
    assert!(shown.ends_with("--- exit 3\n"), "{shown}");
    desk.put("plain.pdf", Desk::pdf());
    let page = "\
--- stderr
error: there is nothing to check in plain.pdf
  It is a PDF, and no signed record is inside it that this program reads.
hint: ask for the bundle (.zip) or the signed record (.json)
--- exit 1
";
    expect(&desk, &["verify", "plain.pdf"], page);
    let two = [badges::attached(&badges::plain()), badges::attached(&badges::listed())].concat();
    desk.put("two.pdf", two);
    let page = "\
--- stderr
error: the sign-off in two.pdf cannot be taken out
  There is more than one credential in it.
  It has not been checked: that is neither good nor bad.
hint: ask for the picture to be sent as a file, or for the signed record (.json)
--- exit 7
";
    expect(&desk, &["verify", "two.pdf"], page);
}

#[test]
fn a_bundle_of_nothing_but_what_others_issued() {
    let mut sample = Sample::alex();
    put(&mut sample, "badge", "badge.json", badges::by_address().to_string().as_bytes(), None, &[]);
    let desk = Desk::new();
    desk.put("only.zip", crate::sample::bundle_of(&sample, &[]));
    desk.put("did.json", badges::keys().to_string());
    let shown = desk.run(&["verify", "only.zip"]).page();
    let headline =
        "? No sign-off is in it, and something that others issued is by an issuer you do\n  not know.\n";
    assert!(shown.starts_with(headline) && shown.ends_with("--- exit 3\n"), "{shown}");
    let shown = desk.run(&["verify", "only.zip", "--keys", "did.json"]).page();
    let headline = "✓ What others issued holds. There is no sign-off by a mentor in it.\n";
    assert!(shown.starts_with(headline) && shown.ends_with("--- exit 0\n"), "{shown}");
    assert!(
        shown.contains("  – Sign-off   no mentor's is in it; only what others issued, below\n"),
        "{shown}"
    );
    let (report, code) = envelope(&desk, &["only.zip", "--keys", "did.json"]);
    assert_eq!((report["results"][0]["outcome"].as_str(), code), (Some("holds"), 0));
}
