//! `verify` on one bundle: ended, changed, withdrawn, replaced, signed with a lost key; whole.

use crate::sample::{Sample, bundle_of};
use crate::{desk, expect, trust};

#[test]
fn ended_by_its_own_date() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    let words = ["verify", "alex-rivera.zip", "--at", "2030-01-15"];
    let unknown = desk.run(&words);
    assert!(unknown.out.starts_with("! Ended on 24 Jul 2029, and signed by a key you do not know.\n"));
    assert_eq!(unknown.code, 4);
    trust(&desk, &sample);
    expect(
        &desk,
        &words,
        "\
! Signed by someone you trust, but it ended on 24 Jul 2029.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026
  ! In force   no longer: its own end date was 24 Jul 2029
  – Withheld   model-code.zip, as the signed statement allows

  It remains a record of what the signer said then. You judged it as of
  15 Jan 2030.
--- exit 4
",
    );
    let on_its_last_day = desk.run(&["verify", "alex-rivera.zip", "--at", "2029-07-24"]);
    assert_eq!(on_its_last_day.code, 0, "{}", on_its_last_day.page());
    let on_the_day_of_signing = desk.run(&["verify", "alex-rivera.zip", "--at", "2026-07-24"]);
    assert_eq!(on_the_day_of_signing.code, 0, "{}", on_the_day_of_signing.page());
    let before = desk.run(&["verify", "alex-rivera.zip", "--at", "2026-07-20"]);
    assert!(before.out.starts_with("! Signed by someone you trust, but it begins on 24 Jul 2026.\n"));
    assert_eq!(before.code, 4);
}

#[test]
fn changed_after_it_was_signed() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let signed = sample.sign_off();
    let mut edited = sample.clone();
    edited.files[0].bytes = b"another report\n".to_vec();
    desk.put("alex-rivera.zip", bundle_of(&edited, &[signed]));
    let groups = |bytes: &[u8]| portfolio::digest::Digest::of(bytes).groups()[..35].to_owned();
    let page = "\
✗ Changed after it was signed. Do not rely on it.

  About        “Alex Rivera”, “Demand forecasting co-lab”, “Acme Retail Ltd”

  ✗ Unchanged  no: forecast-report.pdf is not the file that was signed
                 signed  sha256 {SIGNED} …
                 here    sha256 {HERE} …
  – Signed     not this content: the statement is about another report
  – Signer     not answered
  – In force   not answered

  This can be an innocent edit or re-save, or not. The check cannot tell.

Ask Alex Rivera for a fresh bundle.
--- exit 1
";
    let page = page
        .replace("{SIGNED}", &groups(&sample.files[0].bytes))
        .replace("{HERE}", &groups(&edited.files[0].bytes));
    expect(&desk, &["verify", "alex-rivera.zip"], &page);
    expect(
        &desk,
        &["verify", "--quiet", "alex-rivera.zip"],
        "✗ alex-rivera.zip: changed after it was signed\n--- exit 1\n",
    );
}

#[test]
fn withdrawn_by_the_signer() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    desk.put("acme-withdrawn.json", sample.withdrawal("later version exists", "2026-10-02T08:00:00Z"));
    expect(
        &desk,
        &["verify", "alex-rivera.zip", "--status", "acme-withdrawn.json"],
        "\
✗ Withdrawn by the signer on 2 Oct 2026.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        2 met, 1 partly met

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 22 Nov 2026
  ✗ In force   no: withdrawn on 2 Oct 2026, giving as reason
               “later version exists” (from acme-withdrawn.json)

Ask Alex Rivera for the later version.
--- exit 4
",
    );
    let kept = desk.run(&["trust", "import", "acme-withdrawn.json"]);
    assert_eq!(
        kept.page(),
        "Kept this news from Priya Nair, Acme Retail Ltd:\n  a sign-off was withdrawn on 2 Oct 2026\n--- exit 0\n"
    );
    let again = desk.run(&["verify", "alex-rivera.zip"]);
    assert!(again.out.contains("“later version exists” (from your trust list)"), "{}", again.out);
    assert_eq!(again.code, 4);
}

#[test]
fn signed_with_a_key_since_reported_lost() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    desk.put("lost.json", sample.key_lost("2026-09-01T09:00:00Z"));
    let unknown = desk.run(&["verify", "alex-rivera.zip", "--status", "lost.json"]);
    assert!(
        unknown.out.starts_with("! Signed with a key you do not know, since reported lost by its owner.\n"),
        "{}",
        unknown.page()
    );
    trust(&desk, &sample);
    assert_eq!(
        desk.run(&["trust", "import", "lost.json"]).page(),
        "Kept this news from Priya Nair, Acme Retail Ltd:\n  this key is lost since 1 Sep 2026\n--- exit 0\n"
    );
    expect(
        &desk,
        &["verify", "alex-rivera.zip"],
        "\
! Signed with a key that its owner has since reported lost.

  ✓ Unchanged  the statement and 2 of 3 files are exactly as signed
  ✓ Signed     by key {KEY}
  ! Signer     Priya Nair, Acme Retail Ltd, reported it lost on 1 Sep 2026
  – In force   cannot be told: the date 24 Jul 2026 is from the signer's own
               clock, and a thief could set that clock too

Ask Priya Nair, on a number you find yourself, whether that signature is
theirs.
--- exit 3
",
    );
}

#[test]
fn replaced_by_a_newer_statement() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let newer = Sample { until: None, ..sample.clone() };
    desk.put("replaced.json", sample.replacement(&newer, "2026-10-02T08:00:00Z"));
    let shown = desk.run(&["verify", "alex-rivera.zip", "--status", "replaced.json"]);
    assert!(
        shown.out.starts_with("! Replaced by the signer on 2 Oct 2026 with a newer statement.\n"),
        "{}",
        shown.page()
    );
    assert!(
        shown.out.contains("  ! In force   no: replaced on 2 Oct 2026 (from replaced.json)\n"),
        "{}",
        shown.page()
    );
    assert!(shown.out.ends_with("\nAsk Alex Rivera for the later version.\n"), "{}", shown.page());
    assert_eq!(shown.code, 4);
}

#[test]
fn a_statement_whose_signature_does_not_fit_is_not_quoted_as_fact() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    trust(&desk, &sample);
    let mut sign_off = sample.sign_off();
    let place = sign_off.windows(5).position(|window| window == b"9.8 %").unwrap();
    sign_off[place] = b'1';
    desk.put("alex-rivera.zip", bundle_of(&sample, &[sign_off]));
    expect(
        &desk,
        &["verify", "alex-rivera.zip"],
        "\
✗ The signature does not fit. Do not rely on it.

  ✗ Unchanged  no: the statement, or the signature on it, is not as it was made
  ✗ Signed     no: the signature does not fit the statement
  – Signer     not answered
  – In force   not answered

  This can be an innocent edit or re-save, or not. The check cannot tell.

Ask the sender for a fresh bundle.
--- exit 1
",
    );
}
