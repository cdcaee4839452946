//! `verify` on many bundles at once: a row each, the worst last.

use portfolio::time::{Date, Timestamp};

use crate::desk;
use crate::sample::{Sample, SampleFile, bundle_of};
use crate::terminal::Desk;

const NAMES: [&str; 7] = [
    "alex-rivera.zip",
    "chen-li.zip",
    "dana-okafor.zip",
    "evan-brooks.zip",
    "femi-ade.zip",
    "gus-meyer.zip",
    "hana-sato.zip",
];

fn of(name: &str, student: u8) -> Sample {
    Sample { name: name.to_owned(), student, ..Sample::alex() }
}

/// Seven bundles, two signers on the trust list.
fn pile() -> Desk {
    let alex = Sample::alex();
    let desk = desk(&alex);
    crate::trust(&desk, &alex);
    desk.put("hana-sato.zip", Sample { until: None, ..of("Hana Sato", 11) }.bundle());
    desk.put("chen-li.zip", Sample { mentor: 21, ..of("Chen Li", 12) }.bundle());
    let mut dana = Sample { until: None, ..of("Dana Okafor", 13) };
    dana.files = vec![
        SampleFile::new("notes.md", "text/markdown", "source"),
        SampleFile { packed: false, ..SampleFile::new("dashboard.pdf", "application/pdf", "report") },
    ];
    desk.put("dana-okafor.zip", dana.bundle());
    let femi = Sample {
        mentor: 22,
        signer: "Tom Okafor".to_owned(),
        signed: Timestamp::parse_ours("2025-05-01T10:00:00Z").unwrap(),
        until: Date::parse("2026-05-01").ok(),
        ..of("Femi Ade", 14)
    };
    desk.put("femi-ade.zip", femi.bundle());
    let words = femi.words();
    let tom = [
        "trust",
        "add",
        "femi-ade.zip",
        "--as",
        "Tom Okafor, Riverside Centre",
        "--basis",
        "met him",
        "--words",
    ];
    let added = desk.run(&[&tom[..], &[words.as_str()]].concat());
    assert_eq!(added.code, 0, "{}", added.page());
    let gus = of("Gus Meyer", 15);
    desk.put("gus-meyer.zip", gus.bundle());
    desk.put("gus-withdrawn.json", gus.withdrawal("", "2026-10-02T08:00:00Z"));
    assert_eq!(desk.run(&["trust", "import", "gus-withdrawn.json"]).code, 0);
    let evan = of("Evan Brooks", 16);
    let mut edited = evan.clone();
    edited.files[0].bytes = b"another report\n".to_vec();
    desk.put("evan-brooks.zip", bundle_of(&edited, &[evan.sign_off()]));
    desk
}

fn words<'a>(first: &[&'a str]) -> Vec<&'a str> {
    first.iter().copied().chain(NAMES).collect()
}

#[test]
fn a_row_each_and_the_worst_last() {
    let desk = pile();
    assert_eq!(
        desk.run(&words(&["verify"])).page(),
        "   Bundle           Unchanged  Signer             In force        Result
✓  alex-rivera.zip  yes        Priya Nair, Acme…  to 24 Jul 2029  holds
✓  hana-sato.zip    yes        Priya Nair, Acme…  no end date     holds
?  chen-li.zip      yes        unknown key        –               unknown signer
?  dana-okafor.zip  1 of 2     Priya Nair, Acme…  no end date     file missing
!  femi-ade.zip     yes        Tom Okafor, Rive…  to 1 May 2026   ended
✗  gus-meyer.zip    yes        Priya Nair, Acme…  withdrawn       withdrawn
✗  evan-brooks.zip  no         –                  –               changed

7 bundles: 2 hold, 2 not established, 2 not in force, 1 changed.
Reasons for one: portfolio verify evan-brooks.zip
--- exit 1
"
    );
    assert_eq!(
        desk.run(&words(&["verify", "--quiet"])).page(),
        "? chen-li.zip: signed by a key you do not know
? dana-okafor.zip: a file is missing
✗ evan-brooks.zip: changed after it was signed
! femi-ade.zip: ended on 1 May 2026
✗ gus-meyer.zip: withdrawn by the signer on 2 Oct 2026
--- exit 1
"
    );
}

#[test]
fn letters_for_symbols_leave_the_table_within_80_columns() {
    let desk = pile();
    let shown = desk.run(&words(&["verify", "--ascii"]));
    let lines: Vec<&str> = shown.out.lines().collect();
    assert_eq!(lines[0], "      Bundle        Unchanged  Signer             In force        Result");
    assert_eq!(lines[1], "[ok]  alex-rive...  yes        Priya Nair, Ac...  to 24 Jul 2029  holds");
    assert!(shown.out.lines().all(|line| line.len() <= 80), "{}", shown.out);
}

#[test]
fn plain_lines_keep_the_order_of_the_arguments() {
    let desk = pile();
    let shown = desk.run(&words(&["verify", "--plain"]));
    let fields: Vec<Vec<&str>> = shown.out.lines().map(|line| line.split('\t').collect()).collect();
    assert!(fields.iter().all(|line| line.len() == 7), "{}", shown.out);
    let chosen: Vec<[&str; 4]> = fields.iter().map(|line| [line[0], line[1], line[4], line[6]]).collect();
    assert_eq!(
        chosen,
        [
            ["holds", "alex-rivera.zip", "2029-07-24", "0"],
            ["signer-unknown", "chen-li.zip", "-", "3"],
            ["incomplete", "dana-okafor.zip", "-", "3"],
            ["failed", "evan-brooks.zip", "-", "1"],
            ["expired", "femi-ade.zip", "2026-05-01", "4"],
            ["withdrawn", "gus-meyer.zip", "2029-07-24", "4"],
            ["holds", "hana-sato.zip", "-", "0"],
        ]
    );
}

#[test]
fn several_exit_with_the_first_code_that_occurs() {
    let desk = pile();
    let code = |names: &[&str]| desk.run(&[&["verify"], names].concat()).code;
    assert_eq!(code(&["alex-rivera.zip", "hana-sato.zip"]), 0);
    assert_eq!(code(&["alex-rivera.zip", "chen-li.zip"]), 3);
    assert_eq!(code(&["chen-li.zip", "femi-ade.zip"]), 4);
    assert_eq!(code(&["femi-ade.zip", "evan-brooks.zip"]), 1);
    assert_eq!(code(&["evan-brooks.zip", "nowhere.zip"]), 7);
    assert_eq!(code(&["--accept-unknown-signer", "chen-li.zip", "alex-rivera.zip"]), 0);
}
