//! Bundling: what goes in, what is left out, and what a stranger will see.

use portfolio::credential::Mark;
use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, PASSPHRASE};
use crate::mentor;

const REQUEST: &str = "acme-forecasting-for-priya-nair";

/// A desk with a sign-off from Priya, kept.
fn with_sign_off() -> Desk {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    let marks = [Mark::Met, Mark::Met, Mark::PartlyMet];
    desk.put("../reply.json", mentor::sign(&mentor::request(&desk, REQUEST), &marks));
    desk.done(&["collect", "../reply.json", "--yes"]);
    desk
}

#[test]
fn a_bundle_is_shown_signed_checked_and_written() {
    let desk = with_sign_off();
    desk.put("private/offer.pdf", "secret terms");
    let page = desk.sit(&["bundle"], &[PASSPHRASE]).page();
    let length = portfolio::render::naming::size(desk.read("alex-rivera.zip").len() as u64);
    assert_data_eq!(
        page.replace(&length, "SIZE"),
        str![[r#"
Into the bundle
  the statement signed by “Priya Nair, Data Lead, Acme Retail Ltd”
  forecast-report.pdf    15 KB
  hand-over.pdf          13 KB
  hand-over.md           47 bytes
Left out
  model-code.pdf         confidential until 24 Jul 2027; its fingerprint is in
  model-code.zip         confidential until 24 Jul 2027; its fingerprint is in
  private/               private

Passphrase for your key: 
Wrote alex-rivera.zip (SIZE)

What a stranger will see: unchanged, signed, by a key they do not know. They
will want to ask Priya about the key, so tell them to expect a call.

Send it with this line: Check it with “portfolio verify alex-rivera.zip”.
--- exit 0

"#]]
    );
    assert!(!desk.read("alex-rivera.zip").windows(12).any(|bytes| bytes == b"secret terms"));
    let first = desk.read("alex-rivera.zip");
    let again = desk.run(&["bundle", "--passphrase-file", "../pass", "--quiet"]);
    assert_data_eq!(
        again.page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: alex-rivera.zip is there already. Write a new one in its place (yes,
  no)
  Nothing was written.
hint: answer it with --yes
--- exit 5

"#]]
    );
    desk.done(&["bundle", "--passphrase-file", "../pass", "--yes"]);
    assert!(desk.read("alex-rivera.zip") == first, "the same folder, key and time give the same bytes");
}

#[test]
fn a_bundle_by_flags_in_letters() {
    let desk = with_sign_off();
    let page = desk.run(&["bundle", "--ascii", "-o", "../out.zip", "--passphrase-file", "../pass"]).page();
    let length = portfolio::render::naming::size(desk.read("../out.zip").len() as u64);
    assert_data_eq!(
        page.replace(&length, "SIZE"),
        str![[r#"
Into the bundle
  the statement signed by "Priya Nair, Data Lead, Acme Retail Ltd"
  forecast-report.pdf    15 KB
  hand-over.pdf          13 KB
  hand-over.md           47 bytes
Left out
  model-code.pdf         confidential until 24 Jul 2027; its fingerprint is in
  model-code.zip         confidential until 24 Jul 2027; its fingerprint is in

Wrote ../out.zip (SIZE)

What a stranger will see: unchanged, signed, by a key they do not know. They
will want to ask Priya about the key, so tell them to expect a call.

Send it with this line: Check it with "portfolio verify out.zip".
--- exit 0

"#]]
    );
    let page = desk.run(&["bundle", "--json", "-o", "../two.zip", "--passphrase-file", "../pass"]).page();
    let length = desk.read("../two.zip").len().to_string();
    assert_data_eq!(
        page.replace(&length, "LENGTH"),
        str![[r#"
{
  "type": "BundleWritten",
  "file": "../two.zip",
  "size": LENGTH,
  "outcome": "signer-unknown",
  "signOffs": [
    "acme-forecasting-priya-nair"
  ],
  "files": [
    "forecast-report.pdf",
    "hand-over.pdf",
    "hand-over.md"
  ],
  "deposits": [],
  "inSpiteOf": [],
  "leftOut": [
    "model-code.pdf",
    "model-code.zip"
  ]
}
--- exit 0

"#]]
    );
    assert!(desk.read("../out.zip") == desk.read("../two.zip"));
    assert_data_eq!(
        desk.run(&["bundle", "--dry-run", "--quiet"]).page(),
        str![[r#"
Would write alex-rivera.zip ([..] at most)
--- exit 0

"#]]
    );
}

#[test]
fn a_closed_pipe_stops_the_words_and_not_the_file() {
    let desk = with_sign_off();
    let shown = desk.run_into_a_closed_pipe(&["bundle", "--passphrase-file", "../pass"]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
--- exit 141

"#]]
    );
    assert!(desk.read("alex-rivera.zip").starts_with(b"PK"));
}

#[test]
fn what_cannot_be_bundled_says_why() {
    let desk = Desk::with_brief();
    assert_data_eq!(
        desk.run(&["bundle"]).page(),
        str![[r#"
--- stderr
error: there is nothing to bundle yet
  alex-rivera.zip was not written; nothing else changed.
hint: add a piece of work: portfolio add FILE
--- exit 1

"#]]
    );
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["bundle", "-o", "nowhere/alex.zip"]).page(),
        str![[r#"
--- stderr
error: nowhere is not there
  nowhere/alex.zip was not written; nothing else changed.
--- exit 7

"#]]
    );
    assert_data_eq!(
        desk.run(&["bundle", "-o", "-", "--passphrase-file", "../pass"]).page(),
        str![[r#"
--- stderr
error: a bundle is written to a file, not to a pipe
  It is checked where it lies before it gets its name. No bundle was written.
hint: name the file: --output FILE
--- exit 2

"#]]
    );
    assert!(!desk.at("-").exists());
    assert_data_eq!(
        desk.run(&["bundle", "-o", "credentials/alex.zip"]).page(),
        str![[r#"
--- stderr
error: credentials/alex.zip would lie among the portfolio's own records
  credentials/alex.zip was not written; nothing else changed.
hint: write it somewhere else: portfolio bundle -o FILE
--- exit 1

"#]]
    );
    std::fs::create_dir(desk.at("alex-rivera.zip")).unwrap();
    assert_data_eq!(
        desk.run(&["bundle", "--quiet"]).page(),
        str![[r#"
--- stderr
error: alex-rivera.zip is a folder, not a file
  alex-rivera.zip was not written; nothing else changed.
--- exit 1

"#]]
    );
    desk.put("artifacts/hand-over-notes/hand-over.md", "# Changed\n");
    assert_data_eq!(
        desk.run(&["bundle", "-o", "../x.zip", "--passphrase-file", "../pass"]).page(),
        str![[r#"
--- stderr
error: hand-over.md is not as you added it
  ../x.zip was not written; nothing else changed.
hint: put the old file back, or add the new one:
  portfolio add FILE --replace hand-over-notes
--- exit 1

"#]]
    );
    assert!(!desk.at("../x.zip").exists());
}

#[test]
fn a_bundle_without_a_sign_off_says_so() {
    let desk = Desk::with_work();
    let page = desk.run(&["bundle", "--passphrase-file", "../pass"]).page();
    let length = portfolio::render::naming::size(desk.read("alex-rivera.zip").len() as u64);
    assert_data_eq!(
        page.replace(&length, "SIZE"),
        str![[r#"
Into the bundle
  forecast-report.pdf    15 KB
  hand-over.pdf          13 KB
  hand-over.md           47 bytes
Left out
  model-code.pdf         confidential until 24 Jul 2027
  model-code.zip         confidential until 24 Jul 2027

Wrote alex-rivera.zip (SIZE)

What a stranger will see: work that you put together and signed yourself, and no
sign-off by anybody else.

Send it with this line: Check it with “portfolio verify alex-rivera.zip”.
--- exit 0

"#]]
    );
}

#[test]
fn a_sign_off_that_was_changed_by_hand_is_not_handed_out() {
    let desk = with_sign_off();
    let kept = "credentials/acme-forecasting-priya-nair.json";
    let changed = String::from_utf8(desk.read(kept)).unwrap().replace("9.8 %", "9.7 %");
    desk.put(kept, changed);
    assert_data_eq!(
        desk.run(&["bundle", "--quiet", "--passphrase-file", "../pass"]).page(),
        str![[r#"
--- stderr
error: the bundle did not pass its own check
  The signature does not fit. alex-rivera.zip was not written; nothing else
  changed.
--- exit 1

"#]]
    );
    assert!(!desk.at("alex-rivera.zip").exists());
}

#[test]
fn a_full_disk_is_known_before_the_passphrase_is_asked_for() {
    let desk = with_sign_off();
    std::fs::create_dir(desk.at("../stick")).unwrap();
    let script = "mount -t tmpfs -o size=16k tmpfs ../stick && exec \"$0\" bundle -o ../stick/alex.zip";
    let mut unshare = desk.command_of("unshare");
    let shown = desk.shown(unshare.args(["-Urm", "sh", "-c", script, env!("CARGO_BIN_EXE_portfolio")]));
    if !shown.err.starts_with("error: ") {
        return eprintln!("NOT TESTED: no small disk can be mounted here: {}", shown.err);
    }
    let needs = shown.err.split("needs ").nth(1).unwrap().split(" and").next().unwrap();
    assert_data_eq!(
        shown.page().replace(needs, "SIZE"),
        str![[r#"
--- stderr
error: no space left on ../stick
  It needs SIZE and 16 KB is free. ../stick/alex.zip was not written; nothing
  else changed.
hint: write it elsewhere: portfolio bundle -o /media/usb/alex.zip
--- exit 7

"#]]
    );
}
