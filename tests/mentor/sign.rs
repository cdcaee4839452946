//! `sign` in four steps, as typed at a terminal.

use crate::terminal::{CTRL_C, Desk, PASSPHRASE};
use crate::{PRIYA, REQUEST, desk, desk_with_ssh_key, fingerprint};

const TO_STEP_3: &str = "\
“Alex Rivera” <alex@rivera.example> asks you for a sign-off.
Nothing is signed until you type the word sign. Ctrl-C leaves at any time.

Step 1 of 4. Look at the files. They are in the ZIP, in data/files.
    forecast-report.pdf   PDF, 33 bytes
    hand-over.md          Markdown, 26 bytes
    model-code.zip        ZIP, 28 bytes, confidential until 24 Jul 2027
Press Enter when you have looked:⎵

Step 2 of 4. Mark each deliverable: met, partly, not met, or skip.
  1  Forecast report. Asked: error under 12 % on the held-out month
     Alex says: 9.8 %, was 14.2 %
     Your mark: met
  2  Hand-over notes. Asked: another analyst reruns it unaided
     Alex says: done in 40 min
     Your mark: met
  3  Model code. Asked: it passes the team's test suite
     Alex says: 61 of 64 tests
     Your mark: partly

How do you know? You worked together daily, had weekly check-ins, reviewed the
output.
  Type daily, weekly, output, several with commas, or Enter to say nothing:⎵

Step 3 of 4. You and your key.
  Your name, and your role if you like: Priya Nair, Data Lead, Acme Retail Ltd
  Which key should sign? Others will recognise you by it.
";

const STEP_4: &str = "\
Step 4 of 4. This is what you would sign, word for word:

    {STATEMENT}

    Alex Rivera, alex@rivera.example
    Demand forecasting co-lab, Acme Retail Ltd, 1 June to 24 July 2026

    1. Forecast report: met
       asked    error under 12 % on the held-out month
       result   9.8 %, was 14.2 %
       file     forecast-report.pdf
    2. Hand-over notes: met
       asked    another analyst reruns it unaided
       result   done in 40 min
       file     hand-over.md
    3. Model code: partly met
       asked    it passes the team's test suite
       result   61 of 64 tests
       file     model-code.zip, may be withheld

    Good until 24 July 2029.
    Priya Nair, Data Lead, Acme Retail Ltd
    Key {KEY}

The fingerprints of the 3 files are signed with it (list them with -v).
Signing says: these are my words, about exactly these files. It does not say
that Acme Retail agrees. Once sent it cannot be called back, but you can
withdraw it later with: portfolio withdraw

";

const AS_ASKED: &str = "I supervised this placement. Alex Rivera delivered the items listed, and
    I marked each one against the brief as shown.";

/// What was typed up to the choice of a key.
fn typed<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    ["", "met", "met", "partly", "", PRIYA].into_iter().chain(rest.iter().copied()).collect()
}

fn step_4(statement: &str, key: &str) -> String {
    STEP_4.replace("{STATEMENT}", statement).replace("{KEY}", key)
}

#[track_caller]
fn expect(shown: &str, page: &str) {
    let page = page.replace('⎵', " ");
    assert_eq!(shown, page, "printed:\n{shown}\nand not:\n{page}");
}

#[test]
fn read_mark_read_again_sign_with_a_new_key() {
    let desk = desk();
    let answers = typed(&["1", PASSPHRASE, PASSPHRASE, "2029-07-24", "sign"]);
    let shown = desk.sit(&["sign", REQUEST], &answers);
    let keys = desk.run(&["key", "show", "--plain"]).out;
    let fields: Vec<&str> = keys.trim_end().split('\t').collect();
    let words: Vec<&str> = fields[3].split(' ').collect();
    let page = format!(
        "{TO_STEP_3}    1  a new key, only for sign-offs
  Type 1: 1
  A new key is kept on this computer, behind a passphrase.
  Choose a passphrase (nothing shows while you type):⎵
  The same again:⎵
  Made a key in /desk/.local/share/portfolio/keys
  Good until (YYYY-MM-DD, or none): 2029-07-24

{}Type sign, edit, decline or quit: sign

Signed. Wrote acme-forecasting.reply.json ({}). Send that file to Alex.

One more thing. People who check this will ask whether the key is yours. Keep
its eight words where you can read them out on the phone:
    {}  {}
They are not secret. But say them yourself: do not agree to a list that somebody
reads to you.
--- exit 0
",
        step_4(AS_ASKED, fields[1]),
        size(&desk, "acme-forecasting.reply.json"),
        words[..4].join(" "),
        words[4..].join(" "),
    );
    expect(&shown.page(), &page);
    let checked = desk.run(&["verify", "acme-forecasting.reply.json"]);
    assert!(checked.out.starts_with("? Unchanged and signed, but by a key you do not know.\n"));
    assert_eq!(checked.code, 3);
}

fn size(desk: &Desk, name: &str) -> String {
    portfolio::render::naming::size(desk.read(name).len() as u64)
}

#[test]
fn the_words_can_be_changed_in_the_editor_before_signing() {
    let mut desk = desk_with_ssh_key();
    desk.put(
        "editor.sh",
        "#!/bin/sh\nsed -i 's/the items listed, and/items 1 and 2 in full and most of item 3, and/' \"$1\"\n",
    );
    desk.set("VISUAL", format!("sh {}", desk.at("editor.sh").display()));
    let key = fingerprint(&desk, "priya_key");
    let shown = desk.sit(&["sign", REQUEST, "--key", "priya_key"], &typed(&["2029-07-24", "edit", "sign"]));
    let (before, _) = TO_STEP_3.rsplit_once("  Which key").unwrap();
    let edited = "I supervised this placement. Alex Rivera delivered items 1 and 2 in full
    and most of item 3, and I marked each one against the brief as shown.";
    let words = shown.out.split("read them out on the phone:\n    ").nth(1).unwrap().lines().next().unwrap();
    let page = format!(
        "{before}  Good until (YYYY-MM-DD, or none): 2029-07-24

{}Type sign, edit, decline or quit: edit

You changed 1 line:
    - Alex Rivera delivered the items listed, and I marked each one against
      the brief as shown.
    + Alex Rivera delivered items 1 and 2 in full and most of item 3, and I
      marked each one against the brief as shown.

{}Type sign, edit, decline or quit: sign

Signed. Wrote acme-forecasting.reply.json ({}). Send that file to Alex.

One more thing. People who check this will ask whether the key is yours. Keep
its eight words where you can read them out on the phone:
    {words}
They are not secret. But say them yourself: do not agree to a list that somebody
reads to you.
--- exit 0
",
        step_4(AS_ASKED, &key),
        step_4(edited, &key),
        size(&desk, "acme-forecasting.reply.json"),
    );
    expect(&shown.page(), &page);
}

#[test]
fn quitting_writes_nothing() {
    let desk = desk_with_ssh_key();
    let shown = desk.sit(&["sign", REQUEST, "--key", "priya_key"], &typed(&["none", "later", "quit"]));
    let end = "Type sign, edit, decline or quit: later
  Please type one of the four words.
Type sign, edit, decline or quit: quit
Nothing was signed and nothing was written.
--- exit 5
";
    assert!(shown.page().ends_with(end), "{}", shown.page());
    assert!(!desk.at("acme-forecasting.reply.json").exists());
}

#[test]
fn ctrl_c_at_any_question_leaves_everything_as_it_was() {
    let desk = desk_with_ssh_key();
    let before = desk.things();
    let answers = typed(&["none", "sign"]);
    for told in 0..answers.len() {
        let typed: Vec<&str> = answers[..told].iter().copied().chain([CTRL_C]).collect();
        let shown = desk.sit(&["sign", REQUEST, "--key", "priya_key"], &typed);
        assert_eq!(shown.code, 130, "{}", shown.page());
        assert!(shown.out.ends_with(": ^C"), "{}", shown.page());
        assert!(desk.things() == before, "after {told} answers");
    }
    let shown = desk.sit(&["sign", REQUEST, "--key", "priya_key"], &answers);
    assert_eq!(shown.code, 0, "{}", shown.page());
}

#[test]
fn declining_writes_an_answer_without_a_signature() {
    let desk = desk_with_ssh_key();
    let answers = typed(&["none", "decline", "item 3 needs its tests fixed"]);
    let shown = desk.sit(&["sign", REQUEST, "--key", "priya_key"], &answers);
    let end = "Type sign, edit, decline or quit: decline
Tell Alex why, in a line (Enter to say nothing): item 3 needs its tests fixed

Nothing was signed. Wrote acme-forecasting.reply.json: it says you declined, and
why. Send it to Alex, or delete it. It carries no signature.
--- exit 0
";
    assert!(shown.page().ends_with(end), "{}", shown.page());
    let answer: serde_json::Value =
        serde_json::from_slice(&desk.read("acme-forecasting.reply.json")).unwrap();
    assert_eq!(answer["type"], "Decline");
    assert_eq!(answer["by"], PRIYA);
    assert_eq!(answer["reason"], "item 3 needs its tests fixed");
    assert!(answer.get("proof").is_none());
}
