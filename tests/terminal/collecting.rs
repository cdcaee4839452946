//! Collecting the answer: shown, kept byte for byte, or refused with its reason.

use portfolio::credential::Mark;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::desk::Desk;
use crate::mentor;

const REQUEST: &str = "acme-forecasting-for-priya-nair";
const MARKS: [Mark; 3] = [Mark::Met, Mark::Met, Mark::PartlyMet];

/// A desk at which Priya was asked and her answer has come as `reply.json`.
fn with_answer() -> Desk {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    desk.put("reply.json", mentor::sign(&mentor::request(&desk, REQUEST), &MARKS));
    desk
}

#[test]
fn an_answer_is_shown_and_kept_when_the_student_agrees() {
    let mut desk = with_answer();
    desk.set_clock(crate::desk::NOW + 86_400);
    let fingerprint = portfolio::proof::Signer::public_key(&mentor::key()).fingerprint();
    let page = |text: String| text.replace(&fingerprint, "SHA256:PRIYA");
    assert_data_eq!(
        page(desk.sit(&["collect", "reply.json"], &["no"]).page()),
        str![[r#"
An answer to your request of 24 Jul 2026, signed 24 Jul 2026 by a key that calls
itself “Priya Nair, Data Lead, Acme Retail Ltd”.

  ✓ Your request   same placement, same 5 files
  ✓ Signed         by key SHA256:PRIYA
  ? Signer         you have not confirmed that this key is Priya's

  Marks            1 met, 2 met, 3 partly met
  Changed          - Good until: no end date
                   + Good until 24 July 2029

Keep this sign-off (yes, no): no
error: stopped, as you asked
  Nothing was saved.
--- exit 5

"#]]
    );
    assert!(!desk.at("credentials").exists());
    assert_data_eq!(
        page(desk.sit(&["collect", "reply.json"], &["yes"]).page()),
        str![[r#"
An answer to your request of 24 Jul 2026, signed 24 Jul 2026 by a key that calls
itself “Priya Nair, Data Lead, Acme Retail Ltd”.

  ✓ Your request   same placement, same 5 files
  ✓ Signed         by key SHA256:PRIYA
  ? Signer         you have not confirmed that this key is Priya's

  Marks            1 met, 2 met, 3 partly met
  Changed          - Good until: no end date
                   + Good until 24 July 2029

Keep this sign-off (yes, no): yes
Saved as credentials/acme-forecasting-priya-nair.json

Next: portfolio bundle
hint: ask Priya to read you the key's eight words, then:
  portfolio trust add credentials/acme-forecasting-priya-nair.json
--- exit 0

"#]]
    );
    let kept = "credentials/acme-forecasting-priya-nair.json";
    assert_eq!(desk.read(kept), desk.read("reply.json"));
    assert_data_eq!(
        desk.run(&["collect", "reply.json"]).page(),
        str![[r#"
You have this very sign-off already, as
credentials/acme-forecasting-priya-nair.json.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       signed 24 Jul 2026 by a key that calls itself “Priya Nair, Data
                 Lead, Acme Retail Ltd”, good until 24 Jul 2029

Next: portfolio bundle
--- exit 0

"#]]
    );
}

#[test]
fn an_answer_without_a_terminal_needs_yes() {
    let desk = with_answer();
    assert_data_eq!(
        desk.run(&["collect", "reply.json", "--quiet"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Keep this sign-off (yes, no)
  Nothing was written.
hint: answer it with --yes
--- exit 5

"#]]
    );
    let shown = desk.run(&["collect", "reply.json", "--quiet", "--yes", "--ascii"]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
Saved as credentials/acme-forecasting-priya-nair.json

Next: portfolio bundle
--- exit 0

"#]]
    );
}

#[test]
fn an_answer_can_be_piped_in() {
    let desk = with_answer();
    let answer = std::fs::File::open(desk.at("reply.json")).unwrap();
    let shown = desk.shown(desk.command(&["collect", "-", "--quiet", "--yes"]).stdin(answer));
    assert_eq!(shown.code, 0, "{}", shown.page());
    assert_eq!(desk.read("credentials/acme-forecasting-priya-nair.json"), desk.read("reply.json"));
    let nothing = desk.run(&["collect", "-", "--yes"]);
    assert_eq!(nothing.code, 1, "{}", nothing.page());
}

#[test]
fn a_decline_is_noted_and_its_words_are_escaped() {
    let desk = with_answer();
    desk.put("no.json", mentor::decline(&mentor::request(&desk, REQUEST)));
    assert_data_eq!(
        desk.run(&["collect", "no.json"]).page(),
        str![[r#"
Your request of 24 Jul 2026 was turned down on 24 Jul 2026 by somebody who
writes as “Priya Nair”.
The reason given: “item 3 needs its tests \u{202e}fixed”
Such an answer carries no signature, so it is a message and no more.
Noted in requests/acme-forecasting-for-priya-nair/record.json

To ask again: portfolio request acme-forecasting
--- exit 0

"#]]
        .raw()
    );
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       “Priya Nair” declined on 24 Jul 2026, giving as reason “item 3
                 needs its tests \u{202e}fixed”

Next: portfolio request acme-forecasting
--- exit 0

"#]]
        .raw()
    );
}

#[test]
fn an_answer_about_other_files_is_not_kept() {
    let desk = with_answer();
    desk.put("artifacts/hand-over-notes/hand-over.md", "# Changed\n");
    let page = desk.run(&["collect", "reply.json"]).page();
    // The day is the disk's, so it is taken out; where the lines break then depends on nothing.
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let day = words.split("changed on ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_data_eq!(
        words.replace(&day, "DAY"),
        str![
            "--- stderr error: this answer is about files you do not have It was signed for a hand-over.md that differs from yours, which changed on DAY, after you asked. Nothing was saved. hint: put the old file back, or ask again: portfolio request acme-forecasting --- exit 1"
        ]
    );
    assert_eq!(desk.run(&["collect", "reply.json", "--earlier", "--yes"]).code, 0);
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"[..]
...
  Sign-off       signed, but about an earlier version of hand-over.md
...
"#]]
    );
}

#[test]
fn what_is_no_answer_of_ours_is_not_kept() {
    let desk = with_answer();
    let collect = |bytes: &[u8]| {
        desk.put("other.json", bytes);
        desk.run(&["collect", "other.json", "--yes"]).page()
    };
    let answer = String::from_utf8(desk.read("reply.json")).unwrap();
    assert_data_eq!(
        collect(answer.replace("2029-07-24", "2039-07-24").as_bytes()),
        str![[r#"
--- stderr
error: the signature in this answer does not fit
  It was changed after it was signed, or signed with another key than it names.
  Nothing was saved.
hint: ask for the file again, as it was written
--- exit 1

"#]]
    );
    assert_data_eq!(
        collect(b"{\"type\": \"Thing\"}"),
        str![[r#"
--- stderr
error: this file is not an answer to a request
  It is neither a sign-off nor a refusal to sign. Nothing was saved.
hint: an answer is one small file, such as acme-forecasting.reply.json
--- exit 1

"#]]
    );
    assert_data_eq!(
        collect(b"not json"),
        str![[r#"
--- stderr
error: this file is not an answer to a request
  Line 1, column 1: expected a value, found 'n'.
  Nothing was saved.
hint: an answer is one small file, such as acme-forecasting.reply.json
--- exit 1

"#]]
    );
    assert_data_eq!(
        collect(b"{\"a\": 1, \"a\": 2}"),
        str![[r#"
--- stderr
error: this file is not an answer to a request
  Line 1, column 10: the member "a" occurs twice.
  Nothing was saved.
hint: an answer is one small file, such as acme-forecasting.reply.json
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["collect", "nowhere.json"]).page(),
        str![[r#"
--- stderr
error: nowhere.json is not there
  Nothing was saved.
--- exit 7

"#]]
    );
    let elsewhere = Desk::with_portfolio();
    elsewhere.put("reply.json", &answer);
    assert_data_eq!(
        elsewhere.run(&["collect", "reply.json"]).page(),
        str![[r#"
--- stderr
error: you have not asked for this sign-off here
  No request in this portfolio fits it. Nothing was saved.
hint: go to the portfolio that asked, and collect it there
--- exit 1

"#]]
    );
    assert!(!desk.at("credentials").exists());
    assert_eq!(mentor::read(answer.as_bytes()).issuer_name, "Priya Nair, Data Lead, Acme Retail Ltd");
}
