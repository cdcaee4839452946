//! `verify` on one bundle: good news and open questions, whole.

use crate::sample::{Sample, SampleFile, bundle_of};
use crate::{desk, expect, trust, unpack};

#[test]
fn a_signer_nobody_knows() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    expect(
        &desk,
        &["verify", "alex-rivera.zip"],
        "\
? Unchanged and signed, but by a key you do not know.

  About        “Alex Rivera”, “Demand forecasting co-lab”, “Acme Retail Ltd”
  Marks        “2 met, 1 partly met”

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ? Signer     not on your trust list. The key calls itself
               “Priya Nair, Data Lead, Acme Retail Ltd”, as any key could
  – In force   depends on the signer. By its own dates, until 24 Jul 2029
  – Withheld   model-code.zip, as the signed statement allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

To learn who signed, reach Priya Nair through Acme Retail, on a number you find
yourself. Ask for the key's eight words, then type them in:
  portfolio trust add alex-rivera.zip --as \"Priya Nair, Acme Retail Ltd\"
--- exit 3
",
    );
    assert_eq!(desk.run(&["verify", "alex-rivera.zip", "--accept-unknown-signer"]).code, 0);
}

#[test]
fn a_signer_the_reader_knows() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let page = "\
✓ Signed by someone you trust, and unchanged since.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026:
               “phoned the Acme switchboard”
  ✓ In force   until 24 Jul 2029. Not withdrawn as of 24 Jul 2026, the newest
               word on this computer (121 days old)
  – Withheld   model-code.zip, as the signed statement allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

Read it: portfolio show alex-rivera.zip
--- exit 0
";
    expect(&desk, &["verify", "alex-rivera.zip"], page);
    expect(&desk, &["verify", "alex-rivera.zip", "--color=never"], page);
}

#[test]
fn letters_stand_for_symbols_and_colour_only_adds() {
    let sample = Sample::alex();
    let mut desk = desk(&sample);
    trust(&desk, &sample);
    let letters = "\
[ok] Signed by someone you trust, and unchanged since.

  About           Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks           2 met, 1 partly met

  [ok] Unchanged  the statement and 2 of 3 files are exactly as signed
  [ok] Signed     by key {KEY}
  [ok] Signer     Priya Nair, Acme Retail Ltd. You added this key on
                  22 Nov 2026: \"phoned the Acme switchboard\"
  [ok] In force   until 24 Jul 2029. Not withdrawn as of 24 Jul 2026, the
                  newest word on this computer (121 days old)
  [--] Withheld   model-code.zip, as the signed statement allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

Read it: portfolio show alex-rivera.zip
--- exit 0
";
    expect(&desk, &["verify", "alex-rivera.zip", "--ascii"], letters);
    let plain = desk.run(&["verify", "alex-rivera.zip"]);
    let coloured = desk.run(&["verify", "alex-rivera.zip", "--color=always"]);
    assert!(coloured.out.starts_with("\u{1b}[32m✓\u{1b}[0m \u{1b}[1mSigned by someone"), "{}", coloured.out);
    assert_eq!(anstream::adapter::strip_str(&coloured.out).to_string(), plain.out);
    assert_eq!(desk.run_into_a_closed_pipe(&["verify", "alex-rivera.zip"]).page(), "--- exit 141\n");
    desk.set("LANG", "C");
    expect(&desk, &["verify", "alex-rivera.zip"], letters);
}

#[test]
fn a_file_left_out_without_leave() {
    let mut sample = Sample::alex();
    sample.name = "Dana Okafor".to_owned();
    sample.title = "Returns dashboard".to_owned();
    sample.until = None;
    sample.files = vec![
        SampleFile::new("notes.md", "text/markdown", "source"),
        SampleFile { packed: false, ..SampleFile::new("dashboard.pdf", "application/pdf", "report") },
    ];
    let desk = desk(&sample);
    desk.put("dana-okafor.zip", sample.bundle());
    trust(&desk, &sample);
    expect(
        &desk,
        &["verify", "dana-okafor.zip"],
        "\
? Signed by someone you trust, but a file is missing.

  About        Dana Okafor, Returns dashboard, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 1 of 2 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026
  ✓ In force   no end date. Not withdrawn as of 24 Jul 2026, the newest word on
               this computer (121 days old)
  ? Missing    dashboard.pdf was signed for and is not here. The signed
               statement does not allow leaving it out

  No check can show: that the work is good, that the statement is true, that
  the sender is Dana Okafor, or when it was really signed.

Ask Dana Okafor for the missing file, or for the reason.
--- exit 3
",
    );
}

#[test]
fn a_file_that_no_signature_covers_is_named() {
    let mut sample = Sample::alex();
    sample.strays = vec![("data/files/cv.pdf".to_owned(), b"cv".to_vec())];
    let desk = desk(&sample);
    let shown = desk.run(&["verify", "alex-rivera.zip"]);
    let row = "  – Not signed 1 file here is covered by no signature: files/cv.pdf\n";
    assert!(shown.out.contains(row), "{}", shown.out);
}

#[test]
fn a_clock_that_is_not_set_leaves_in_force_open() {
    let sample = Sample::alex();
    let mut desk = desk(&sample);
    trust(&desk, &sample);
    desk.set_clock(0);
    expect(
        &desk,
        &["verify", "alex-rivera.zip"],
        "\
? Signed by someone you trust; whether it still stands is not known.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026
  ? In force   left open: this computer's clock is not set
  – Withheld   model-code.zip, as the signed statement allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.
--- stderr
error: this computer's clock says 1 Jan 1970, so dates cannot be judged
  The statement says it was signed on 24 Jul 2026. Everything else is checked
  below; “In force” is left open.
hint: set the clock, or say which day to judge by: --at YYYY-MM-DD
--- exit 3
",
    );
}

#[test]
fn several_placements_in_a_line_each() {
    let sample = Sample::alex();
    let mut second = sample.clone();
    second.title = "Volunteer shift planner".to_owned();
    second.mentor = 9;
    second.until = None;
    second.signer = "Tom Okafor".to_owned();
    let desk = desk(&sample);
    trust(&desk, &sample);
    desk.put("alex-all.zip", bundle_of(&sample, &[sample.sign_off(), second.sign_off()]));
    let page = "\
? 2 placements. 1 holds, 1 is signed by a key you do not know.

  ✓ Demand forecasting co-lab   Priya Nair, Acme Retail Ltd   to 24 Jul 2029
  ? “Volunteer shift planner”   key you do not know           no end date

  About        “Alex Rivera”, “Volunteer shift planner”, “Acme Retail Ltd”
  Marks        “2 met, 1 partly met”

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {OTHER}
  ? Signer     not on your trust list. The key calls itself “Tom Okafor”, as
               any key could
  – In force   depends on the signer. It names no end date
  – Withheld   model-code.zip, as the signed statement allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

To learn who signed, reach Tom Okafor through Acme Retail, on a number you find
yourself. Ask for the key's eight words, then type them in:
  portfolio trust add alex-all.zip --as \"Tom Okafor, Acme Retail Ltd\"
--- exit 3
";
    expect(&desk, &["verify", "alex-all.zip"], &page.replace("{OTHER}", &second.fingerprint()));
    let all = desk.run(&["verify", "--all", "alex-all.zip"]);
    assert!(all.out.contains("\n✓ Signed by someone you trust, and unchanged since.\n"), "{}", all.out);
    assert!(all.out.contains("\n? Unchanged and signed, but by a key you do not know.\n"), "{}", all.out);
}

#[test]
fn a_lone_sign_off_and_an_unpacked_bundle_are_read_too() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    desk.put("answer.json", sample.sign_off());
    let lone = desk.run(&["verify", "answer.json"]);
    let row = "  ✓ Unchanged  the statement is exactly as signed; its 3 files are not here to\n               compare\n";
    assert!(lone.out.contains(row), "{}", lone.out);
    assert_eq!(lone.code, 0, "{}", lone.page());
    unpack(&desk, "alex-rivera.zip");
    let folder = desk.run(&["verify", "alex-rivera"]);
    assert!(
        folder.out.starts_with("✓ Signed by someone you trust, and unchanged since.\n"),
        "{}",
        folder.page()
    );
    assert_eq!(folder.code, 0);
}

#[test]
fn the_address_and_the_audience_asked_for() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let right = desk.run(&["verify", "alex-rivera.zip", "--about", "alex@rivera.example"]);
    assert_eq!(right.code, 0, "{}", right.page());
    let wrong = desk.run(&["verify", "alex-rivera.zip", "--about", "sam@rivera.example"]);
    assert!(wrong.out.starts_with("✗ Signed, but not for what you asked. Do not rely on it for that.\n"));
    assert_eq!(wrong.code, 1);
    assert_eq!(desk.run(&["verify", "alex-rivera.zip", "--for", "Acme", "--challenge", "42"]).code, 1);
    let all = desk.run(&["verify", "alex-rivera.zip", "--require", "all-files"]);
    let row = "  ? Missing    model-code.zip, as the signed statement allows; you asked for\n               all files\n";
    assert!(all.out.contains(row), "{}", all.out);
    assert_eq!(all.code, 3);
    let old = desk.run(&["verify", "alex-rivera.zip", "--max-status-age", "30d"]);
    assert!(
        old.out.starts_with("? Signed by someone you trust; whether it still stands is not known.\n"),
        "{}",
        old.out
    );
    assert_eq!(old.code, 3);
}
