//! Asking for a sign-off: what is shown, what is written, what stands in the way.

use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, PASSPHRASE};

const REQUEST: &str = "acme-forecasting-for-priya-nair";

#[test]
fn a_request_shows_what_will_be_asked_and_needs_the_passphrase() {
    let desk = Desk::with_work();
    let shown = desk.sit(&["request", "acme-forecasting"], &["not the passphrase", PASSPHRASE]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
This asks Priya Nair <priya.nair@acme.example> to sign:

    I supervised this placement. Alex Rivera delivered the items listed, and I
    marked each one against the brief as shown.

    Alex Rivera, alex@rivera.example
    Demand forecasting co-lab, Acme Retail Ltd, 1 June to 24 July 2026
      1  Forecast report   forecast-report.pdf
      2  Hand-over notes   hand-over.pdf, hand-over.md
      3  Model code        model-code.pdf, model-code.zip, may be withheld

For each item it also says what was asked and the result you gave. Priya adds
the marks, and can change any of it, before signing.

Passphrase for your key: 
error: that is not the passphrase
  Key “alex-rivera”, 2 more tries. No request was written.
hint: check Caps Lock and the keyboard layout; a lost passphrase cannot be reset
Passphrase for your key: 

Wrote two files to send to Priya, in requests/acme-forecasting-for-priya-nair
  acme-forecasting-for-priya-nair.request.zip   156 KB
  acme-forecasting-for-priya-nair.txt           the message

When the answer comes: portfolio collect FILE
--- exit 0

"#]]
    );
    let letter = String::from_utf8(desk.read(&format!("requests/{REQUEST}/{REQUEST}.txt"))).unwrap();
    assert_data_eq!(
        letter,
        str![[r#"
Subject: Please sign off my placement (about 5 minutes)

Hello Priya,

The attached file holds what I made and a statement for you to sign, change
or turn down.

1. It is an ordinary ZIP. Open it and look: start with READ-ME-FIRST.txt.
2. Get the program "portfolio" from its own project's page, or with
   cargo install --locked portfolio-cli
   It never uses the network, and nothing is uploaded.
3. Run:  portfolio sign acme-forecasting-for-priya-nair.request.zip
   It shows the exact words, asks before it signs, and writes one small file.
   Please send me that file.

Thank you,
Alex

"#]]
    );
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       asked Priya Nair on 24 Jul 2026, no answer yet

Next: portfolio collect FILE, when the answer comes
--- exit 0

"#]]
    );
}

#[test]
fn a_request_without_a_terminal() {
    let desk = Desk::with_work();
    assert_data_eq!(
        desk.run(&["request", "--no-input", "--quiet"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Passphrase for your key
  Nothing was written.
hint: answer it with --passphrase-file FILE
--- exit 5

"#]]
    );
    desk.put_private("wrong", "not the passphrase");
    assert_data_eq!(
        desk.run(&["request", "--quiet", "--passphrase-file", "wrong"]).page(),
        str![[r#"
--- stderr
error: that is not the passphrase
  Key “alex-rivera”, no more tries. No request was written.
--- exit 1

"#]]
    );
    assert!(!desk.at("requests").exists());
    let page = desk.run(&["request", "--json", "--passphrase-file", "../pass"]).page();
    let length = desk.read(&format!("requests/{REQUEST}/{REQUEST}.request.zip")).len();
    assert_data_eq!(
        page.replace(&length.to_string(), "LENGTH"),
        str![[r#"
{
  "type": "RequestWritten",
  "id": "acme-forecasting-for-priya-nair",
  "archive": "requests/acme-forecasting-for-priya-nair/acme-forecasting-for-priya-nair.request.zip",
  "size": LENGTH,
  "letter": "requests/acme-forecasting-for-priya-nair/acme-forecasting-for-priya-nair.txt"
}
--- exit 0

"#]]
    );
}

#[test]
fn what_cannot_be_asked_says_why() {
    let desk = Desk::with_brief();
    assert_data_eq!(
        desk.run(&["request"]).page(),
        str![[r#"
--- stderr
error: nothing was added to acme-forecasting yet
  A mentor signs for files, so there must be one. No request was written.
hint: add one: portfolio add acme-forecasting FILE --for 1
--- exit 1

"#]]
    );
    desk.done(&["placement", "new", "riverside"]);
    assert_data_eq!(
        desk.run(&["request"]).page(),
        str![[r#"
--- stderr
error: you have several placements, so say which
  They are: acme-forecasting, riverside. No request was written.
--- exit 2

"#]]
    );
    desk.put("notes.txt", "notes\n");
    desk.done(&["add", "riverside", "notes.txt"]);
    assert_data_eq!(
        desk.run(&["request", "riverside"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Who should sign, name and email
  Nothing was written.
hint: answer it with --to
--- exit 5

"#]]
    );
    let asked = ["request", "riverside", "--to", "Tom Okafor <tom@riverside.example>", "--dry-run"];
    assert_data_eq!(
        desk.run(&asked).page(),
        str![[r#"
This asks Tom Okafor <tom@riverside.example> to sign:

    I supervised this placement. Alex Rivera delivered the items listed, and I
    marked each one against the brief as shown.

    Alex Rivera, alex@rivera.example
    riverside
      -  notes.pdf, notes.txt

For each item it also says what was asked and the result you gave. Tom adds the
marks, and can change any of it, before signing.

Would write riverside-for-tom-okafor (81 KB at most)
--- exit 0

"#]]
    );
    assert_data_eq!(
        Desk::with_portfolio().run(&["request"]).page(),
        str![[r#"
--- stderr
error: there is no placement yet
  No request was written.
hint: write one down: portfolio placement new NAME
--- exit 1

"#]]
    );
}

#[test]
fn a_missing_key_is_named_by_its_fingerprint() {
    let desk = Desk::with_work();
    std::fs::remove_dir_all(desk.home().join(".local")).unwrap();
    assert_data_eq!(
        desk.run(&["request", "--quiet"]).page(),
        str![[r#"
--- stderr
error: your key is not on this computer
  The portfolio is about SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo;
  /desk/.local/share/portfolio/keys does not have it.
  No request was written.
--- exit 1

"#]]
    );
}
