//! `trust`: the words are typed, the list is kept whole, and a colleague's can be taken in.

use crate::desk;
use crate::sample::Sample;

#[test]
fn the_eight_words_are_typed_and_compared() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    let words = ["trust", "add", "alex-rivera.zip", "--as", "Priya Nair, Acme Retail Ltd"];
    let key = sample.fingerprint();
    let wrong = "orbit cactus velvet ribbon maple timber glide sunset";
    let refused = desk.sit(&words, &["orbit cactus velvet ribbon copper anchor pencil river"]);
    assert_eq!(
        refused.page(),
        format!(
            "The key that signed it: {key}
Type the eight words the signer read out to you, in order.
Words: orbit cactus velvet ribbon copper anchor pencil river
error: those are not the words of this key
  Nothing was added.
hint: have them read out again; if they still differ, do not add this key
--- exit 1
"
        )
    );
    assert_ne!(sample.words(), wrong);
    let added = desk.sit(&words, &[&sample.words(), "phoned the Acme switchboard"]);
    assert_eq!(
        added.page(),
        format!(
            "The key that signed it: {key}
Type the eight words the signer read out to you, in order.
Words: {}
They match.
How did you reach the signer (kept as a note): phoned the Acme switchboard

Added. This key is now shown as Priya Nair, Acme Retail Ltd.
To undo: portfolio trust remove \"Priya Nair, Acme Retail Ltd\"
--- exit 0
",
            sample.words()
        )
    );
    assert_eq!(
        desk.run(&words).page(),
        format!(
            "--- stderr
The key that signed it: {key}
error: this key is on your trust list already
  You added it on 22 Nov 2026 as Priya Nair, Acme Retail Ltd.
hint: to give it another name, first:
  portfolio trust remove \"Priya Nair, Acme Retail Ltd\"
--- exit 1
"
        )
    );
    assert_eq!(
        desk.run(&["trust", "list"]).page(),
        format!(
            "Priya Nair, Acme Retail Ltd
  key {key}
  added 22 Nov 2026: “phoned the Acme switchboard”
--- exit 0
"
        )
    );
    assert_eq!(
        desk.run(&["trust", "remove", "Priya Nair, Acme Retail Ltd"]).page(),
        format!(
            "Took Priya Nair, Acme Retail Ltd off your trust list:
  {key}
What this key signed is shown as signed by a key you do not know.
--- exit 0
"
        )
    );
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 3);
}

#[test]
fn a_list_travels_to_a_colleague() {
    let sample = Sample::alex();
    let mut desk = desk(&sample);
    crate::trust(&desk, &sample);
    assert_eq!(desk.run(&["trust", "export", "team.json"]).page(), "Wrote team.json: 1 signer\n--- exit 0\n");
    desk.set("PORTFOLIO_HOME", desk.at("colleague"));
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 3);
    assert_eq!(desk.run(&["verify", "--trust", "team.json", "alex-rivera.zip"]).code, 0);
    let page = format!(
        "team.json has 1 key you do not know:
  Priya Nair, Acme Retail Ltd
    {}
Whoever made this list vouches for them; the program cannot.
Add them (yes, no): yes
Added 1 key.
--- exit 0
",
        sample.fingerprint()
    );
    assert_eq!(desk.sit(&["trust", "import", "team.json"], &["yes"]).page(), page);
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 0);
    assert_eq!(
        desk.run(&["trust", "import", "team.json"]).page(),
        "Added 0 keys. 1 key you knew already; it stays as you had it.\n--- exit 0\n"
    );
}

#[test]
fn a_list_that_cannot_be_read_whole_is_not_read_at_all() {
    let sample = Sample::alex();
    let mut desk = desk(&sample);
    desk.set("PORTFOLIO_HOME", desk.at("home"));
    desk.put("home/trust.json", "{\"formatVersion\":1,\"entries\":[],\"more\":1}");
    let shown = desk.run(&["verify", "alex-rivera.zip"]);
    assert!(
        shown.err.starts_with("error: home/trust.json is not a trust list that can be read\n"),
        "{}",
        shown.page()
    );
    assert_eq!((shown.out.as_str(), shown.code), ("", 1));
    desk.put("home/trust.json", "{\"formatVersion\":9,\"entries\":[]}");
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 8);
}

#[test]
fn a_public_key_file_is_as_good_as_a_bundle() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    let line = portfolio::proof::Signer::public_key(&sample.mentor_key()).openssh_line("priya@acme");
    desk.put("priya.pub", line);
    let added = desk.run(&[
        "trust",
        "add",
        "priya.pub",
        "--as",
        "Priya Nair",
        "--words",
        &sample.words(),
        "--basis",
        "met her",
    ]);
    assert_eq!(added.code, 0, "{}", added.page());
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 0);
}

#[test]
fn a_key_trusted_for_earlier_sign_offs_alone() {
    let sample = Sample::alex();
    let mut desk = desk(&sample);
    desk.set("PORTFOLIO_HOME", desk.at("home"));
    crate::trust(&desk, &sample);
    let list = String::from_utf8(desk.read("home/trust.json")).unwrap();
    let list = list.replace("\"basis\"", "\"notAfter\": \"2026-06-30\",\n      \"basis\"");
    desk.put("home/trust.json", list);
    let shown = desk.run(&["verify", "alex-rivera.zip"]);
    let row = "  ? Signer     on your trust list for earlier sign-offs alone. The key calls\n";
    assert!(shown.out.contains(row), "{}", shown.page());
    let headline = "? Unchanged and signed, but by a key you trust for earlier sign-offs alone.\n";
    assert!(shown.out.starts_with(headline), "{}", shown.page());
    assert!(!shown.out.contains("portfolio trust add"), "{}", shown.page());
    assert_eq!(shown.code, 3);
}
