//! What becomes of a deposit later: shown, bundled, or stopped on its way out.

use crate::badges;
use crate::desk::Desk;

#[test]
fn a_deposit_is_shown_with_what_is_only_a_word() {
    let desk = Desk::with_work();
    desk.put("../skillforge-badge.png", badges::baked(&badges::listed()));
    let words = [
        "deposit",
        "../skillforge-badge.png",
        "--url",
        "https://skillforge.example/b/1",
        "--expires",
        "2027-01-03",
    ];
    desk.done(&[&words[..], &["--note", "the summer course", "--for", "acme-forecasting"]].concat());
    desk.put("../list.json", badges::list(false).to_string());
    desk.done(&["deposit", "--status", "../list.json"]);
    let lengths = [desk.read("../skillforge-badge.png").len(), desk.read("../list.json").len()];
    let [badge, list] = lengths.map(|length| portfolio::render::naming::size(length as u64));
    let page = desk.run(&["show", "deposits/skillforge-badge"]).page();
    let lines = format!(
        "deposits/skillforge-badge: a deposit of 24 Jul 2026: an Open Badge 3.0

    skillforge-badge.png, {badge}: as it came
    status.json, {list}: a copy of its issuer's list of what it took back

    By its own words issued by “SkillForge Academy”, for
    “alex@rivera.example”, named “Data storytelling”.

    Only the student's word: handed to this program as a file.
    It was said to live at “https://skillforge.example/b/1”, a link until 3
    Jan 2027.
    They note “the summer course”.
    It belongs to acme-forecasting.
--- exit 0
"
    );
    assert_eq!(page, lines, "{page}");
    let page = desk.run(&["show", "deposits/skillforge-badge/deposit.json"]).page();
    assert!(page.starts_with("deposits/skillforge-badge/deposit.json: a deposit of 24 Jul 2026"), "{page}");
    let page = desk.run(&["show", "deposits/skillforge-badge/skillforge-badge.png"]).page();
    assert!(page.contains("SkillForge Academy"), "{page}");
}

#[test]
fn a_badge_that_no_reader_would_take_stops_the_bundle_and_one_not_checked_does_not() {
    let desk = Desk::with_work();
    let mut changed = badges::plain();
    changed["name"] = "Rocket science".into();
    desk.put("../changed.json", changed.to_string());
    let page = desk.run(&["deposit", "../changed.json"]).page();
    assert!(page.contains("  ✗ Signed     no: the signature does not fit\n"), "{page}");
    let bundle = ["bundle", "-o", "../b.zip", "--passphrase-file", "../pass"];
    let page = desk.run(&bundle).page();
    assert!(page.contains("error: the deposit changed would not stand with any reader\n"), "{page}");
    assert!(
        page.contains("portfolio bundle --leave-out changed\n") && page.ends_with("--- exit 1\n"),
        "{page}"
    );
    assert!(!desk.at("../b.zip").exists());
    let mut other = badges::plain();
    other["proof"][0]["cryptosuite"] = "bbs-2023".into();
    desk.put("../other.json", other.to_string());
    desk.done(&["deposit", "../other.json"]);
    desk.done(&[&bundle[..], &["--leave-out", "changed"]].concat());
    let page = desk.run(&["verify", "../b.zip"]).page();
    assert!(
        page.starts_with("– No sign-off is in it, and something that others issued was not checked.\n"),
        "{page}"
    );
    assert!(page.ends_with("--- exit 8\n"), "{page}");
    let mut picture = badges::baked(&badges::plain());
    let at = picture.len() - 20;
    picture[at] ^= 1;
    desk.put("../damaged.png", picture);
    let page = desk.run(&["deposit", "../damaged.png"]).page();
    assert!(page.contains("a picture with a badge that cannot be taken\nout"), "{page}");
    let page = desk.run(&[&bundle[..], &["--leave-out", "changed", "--yes"]].concat()).page();
    assert!(page.contains("error: the deposit damaged would not stand with any reader\n"), "{page}");
}
