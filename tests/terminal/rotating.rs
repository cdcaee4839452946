//! A key that is lost or left: the news is written, travels, and is heeded.

use portfolio::credential::Mark;
use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, NOW};
use crate::mentor;

const REQUEST: &str = "acme-forecasting-for-priya-nair";
const MARKS: [Mark; 3] = [Mark::Met; 3];

/// A desk at which Priya was asked, with her answer in `../reply.json`.
fn answered() -> Desk {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    desk.put("../reply.json", mentor::sign(&mentor::request(&desk, REQUEST), &MARKS));
    desk
}

/// Every key that OpenSSH would print like this, under one name.
fn without_keys(page: &str) -> String {
    let mut parts = page.split("SHA256:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("SHA256:KEY");
        text.push_str(&part[43..]);
    }
    text
}

#[test]
fn a_student_moves_to_another_key_and_what_was_signed_before_still_counts() {
    let desk = answered();
    let pass = ["--passphrase-file", "../pass"];
    assert_data_eq!(
        desk.sit(&["key", "rotate"], &["no"]).page(),
        str![[r#"
This says that a new key takes the place of your key “alex-rivera”; both keys
sign it. It cannot be undone.
The portfolio here is about the key you leave. It moves to the other one.
Type rotate to go on: no
Nothing was written.
--- exit 5

"#]]
    );
    let moved = desk.run(&[&["key", "rotate", "--yes", "-o", "../rotated.json"], &pass[..]].concat());
    assert_data_eq!(
        without_keys(&moved.page()),
        str![[r#"
Old key  SHA256:KEY
New key  SHA256:KEY  alex-rivera-2
Wrote ../rotated.json. Send it to those who rely on your key, and post it where
people look for it. They take it in with portfolio trust import. Someone offline
learns of it only when that file reaches them.
The portfolio is about the new key now, and its bundles carry the news.
--- stderr
This says that a new key takes the place of your key “alex-rivera”; both keys
sign it. It cannot be undone.
The portfolio here is about the key you leave. It moves to the other one.
hint: keep the new key's 24 words on paper: portfolio key backup alex-rivera-2
--- exit 0

"#]]
    );
    assert_eq!(desk.read("notices/key-rotated.json"), desk.read("../rotated.json"));
    // the answer that comes now is about the key before
    desk.done(&["collect", "../reply.json", "--yes"]);
    desk.done(&[&["bundle", "--placement", "acme-forecasting"], &pass[..]].concat());
    let shown = desk.run(&["verify", "alex-rivera.zip", "-v"]);
    assert!(
        shown.out.starts_with("? Unchanged and signed, but by a key you do not know.\n"),
        "{}",
        shown.page()
    );
    assert!(shown.out.contains("\n  about-earlier-key  "), "{}", shown.page());
    assert_eq!(shown.code, 3);
    // without the news it is a sign-off about somebody else
    std::fs::remove_file(desk.at("notices/key-rotated.json")).unwrap();
    let refused = desk.run(&[&["bundle", "-o", "../other.zip"], &pass[..]].concat());
    assert!(refused.err.contains("error: the bundle did not pass its own check\n"), "{}", refused.page());
    assert_data_eq!(
        desk.run(&["show", "../rotated.json"]).page().lines().next().unwrap_or_default(),
        str!["../rotated.json: news of 24 Jul 2026 about a key"]
    );
}

#[test]
fn a_mentor_reports_a_key_lost_and_a_reader_heeds_it() {
    let mut desk = answered();
    desk.done(&["collect", "../reply.json", "--yes"]);
    desk.done(&["bundle", "--passphrase-file", "../pass"]);
    // Priya's computer, for the moment the same
    desk.put_private("../words", mentor::key().recovery_words().as_str());
    let restore = ["key", "restore", "priya", "--words-file", "../words", "--passphrase-file", "../pass"];
    desk.done(&restore);
    desk.set_clock(NOW + 60 * 86_400);
    let lost = [
        "key",
        "lost",
        "priya",
        "--since",
        "2026-09-01",
        "--passphrase-file",
        "../pass",
        "-o",
        "../lost.json",
    ];
    assert_data_eq!(
        desk.sit(&lost, &["lost"]).page(),
        str![[r#"
This says that your key “priya” is lost since 1 Sep 2026, by that key itself. It
cannot be undone: whatever the key signed, on whatever day, then counts as
signed with a lost key, because a thief could set the clock too.
Type lost to go on: lost

Wrote ../lost.json. Send it to those who rely on your key, and post it where
people look for it. They take it in with portfolio trust import. Someone offline
learns of it only when that file reaches them.
hint: make a new key, and tell its eight words to those who knew this one:
  portfolio key new NAME
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&lost).page(),
        str![[r#"
--- stderr
error: ../lost.json exists already
  It was left as it is. Nothing was written.
hint: write the news to another file: --output FILE
--- exit 1

"#]]
    );
    let words = portfolio::proof::Signer::public_key(&mentor::key()).words().join(" ");
    let add = [
        "trust",
        "add",
        "alex-rivera.zip",
        "--as",
        "Priya Nair, Acme",
        "--basis",
        "phoned",
        "--words",
        &words,
    ];
    desk.done(&add);
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 0);
    assert_data_eq!(
        without_keys(&desk.run(&["verify", "alex-rivera.zip", "--status", "../lost.json"]).page()),
        str![[r#"
! Signed with a key that its owner has since reported lost.

  ✓ Unchanged  the statement and 3 of 5 files are exactly as signed
  ✓ Signed     by key SHA256:KEY
  ! Signer     Priya Nair, Acme, reported it lost on 1 Sep 2026
  – In force   cannot be told: the date 24 Jul 2026 is from the signer's own
               clock, and a thief could set that clock too

Ask Priya Nair, on a number you find yourself, whether that signature is
theirs.
--- exit 3

"#]]
    );
    assert_data_eq!(
        desk.run(&["trust", "import", "../lost.json"]).page(),
        str![[r#"
Kept this news from Priya Nair, Acme:
  this key is lost since 1 Sep 2026
--- exit 0

"#]]
    );
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 3);
    assert_data_eq!(
        desk.run(&["key", "lost", "priya", "-o", "-"]).page(),
        str![[r#"
--- stderr
error: the news is written to a file, not to a pipe
  Nothing was written.
hint: name the file: --output FILE
--- exit 2

"#]]
    );
    let ahead = ["key", "lost", "priya", "--since", "2027-01-01", "-o", "../ahead.json"];
    assert_eq!(desk.run(&ahead).code, 2);
}
