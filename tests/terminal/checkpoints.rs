//! Check-ins and frozen briefs: written down, listed, shown to the mentor, and found when somebody rewrites them.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

/// A desk with a frozen brief and two check-ins.
fn with_check_ins() -> Desk {
    let desk = Desk::with_brief();
    desk.done(&["placement", "brief", "freeze", "acme-forecasting"]);
    let add = ["placement", "checkpoint", "add", "acme-forecasting"];
    let first = ["--date", "2026-06-03", "--minutes", "45", "--decided", "forecast per shop, not per item"];
    desk.done(&[&add[..], &first, &["--next", "Alex sends a first error"]].concat());
    desk.done(&[&add[..], &["--date", "2026-06-17", "--minutes", "20", "--who", "Tom Okafor"]].concat());
    desk
}

#[test]
fn a_check_in_is_four_answers() {
    let desk = Desk::with_placement();
    let answers = ["an hour", "45", "forecast per shop", ""];
    let add = ["placement", "checkpoint", "add", "acme-forecasting", "--date", "2026-06-03"];
    assert_data_eq!(
        desk.sit(&add, &answers).page(),
        str![[r#"
  How long was it, in minutes: an hour
  A length is a whole number of minutes, such as 45.
  How long was it, in minutes: 45
  What was decided (Enter for nothing): forecast per shop
  Next step (Enter for none): 

Recorded check-in 1, 3 Jun 2026, 45 min. The plan is 8, one a week.
  !  Weeks 2, 3, 4, 5, 6 and 7 have no check-in.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.read_text("placements/acme-forecasting/checkpoints/2026-06-03.json"),
        str![[r#"
{
  "formatVersion": 1,
  "date": "2026-06-03",
  "minutes": 45,
  "who": [
    "Priya Nair"
  ],
  "decided": "forecast per shop"
}

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "checkpoint", "add", "acme-forecasting"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: How long was it, in minutes
  Nothing was written.
hint: answer it with --minutes
--- exit 5

"#]]
    );
}

#[test]
fn the_log_is_listed_with_what_is_unusual() {
    let desk = with_check_ins();
    assert_data_eq!(
        desk.run(&["placement", "checkpoint", "list", "acme-forecasting"]).page(),
        str![[r#"
  1  3 Jun 2026, 45 min, with Priya Nair. Decided: forecast per shop, not per
     item. Next: Alex sends a first error
  2  17 Jun 2026, 20 min, with Tom Okafor

2 check-ins, 65 min in all.
  !  Weeks 2, 4, 5, 6 and 7 have no check-in.
  !  2026-06-17 took 20 min; 30 to 90 is usual.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "checkpoint", "list", "acme-forecasting", "--plain"]).page(),
        str![[r#"
acme-forecasting	1	2026-06-03	45	Priya Nair	forecast per shop, not per item	Alex sends a first error
acme-forecasting	2	2026-06-17	20	Tom Okafor	-	-
--- exit 0

"#]]
    );
    let file = ["placement", "checkpoint", "ics", "acme-forecasting", "-o", "../check-ins.ics"];
    assert_eq!(desk.run(&file).page(), "Wrote ../check-ins.ics.\n--- exit 0\n");
    let printed = desk.run(&["placement", "checkpoint", "ics", "acme-forecasting"]);
    assert_eq!(printed.out.as_bytes(), desk.read("../check-ins.ics"));
    let unfolded = printed.out.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded
        .split("\r\n")
        .filter(|line| line.starts_with("SUMMARY") || line.starts_with("DTSTART"))
        .collect();
    let expected = [
        "DTSTART;VALUE=DATE:20260603",
        "SUMMARY:Check-in 1\\, 45 min: Demand forecasting co-lab",
        "DTSTART;VALUE=DATE:20260617",
        "SUMMARY:Check-in 2\\, 20 min: Demand forecasting co-lab",
        "DTSTART;VALUE=DATE:20260724",
        "SUMMARY:Check-in of week 8: Demand forecasting co-lab",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_rewritten_check_in_is_found_and_nothing_is_asked_on_top_of_it() {
    let desk = with_check_ins();
    desk.put("../report.pdf", Desk::pdf());
    desk.done(&["add", "../report.pdf", "--for", "1", "--result", "9.8 %"]);
    let path = "placements/acme-forecasting/checkpoints/2026-06-03.json";
    let before = desk.read_text(path);
    // Line ends and indents are no change of the record.
    desk.put(path, before.replace("\n", "\r\n").replace("  ", "    "));
    assert_eq!(desk.run(&["placement", "checkpoint", "list", "acme-forecasting"]).code, 0);
    desk.put(path, before.replace("per shop, not per item", "per item"));
    assert_data_eq!(
        desk.run(&["placement", "checkpoint", "list", "acme-forecasting"]).page(),
        str![[r#"
  1  3 Jun 2026, 45 min, with Priya Nair. Decided: forecast per item. Next: Alex
     sends a first error
  2  17 Jun 2026, 20 min, with Tom Okafor

2 check-ins, 65 min in all.
  !  Weeks 2, 4, 5, 6 and 7 have no check-in.
  !  2026-06-17 took 20 min; 30 to 90 is usual.
  ✗  2026-06-17 follows a record 60cb8425 that is not here: 2026-06-03 is
     1870c80e now, so it was changed or another was taken away.
--- exit 1

"#]]
    );
    let request = ["request", "acme-forecasting", "--passphrase-file", "../pass"];
    assert_data_eq!(
        desk.run(&request).page(),
        str![[r#"
--- stderr
error: the check-ins of acme-forecasting do not hold together
  2026-06-17 follows a record 60cb8425 that is not here: 2026-06-03 is 1870c80e
  now, so it was changed or another was taken away.
  No request was written.
hint: take the record back as it was from where you keep its history
--- exit 1

"#]]
    );
    let add = ["placement", "checkpoint", "add", "acme-forecasting", "--minutes", "45"];
    assert_eq!(desk.run(&add).code, 1);
}

#[test]
fn a_brief_that_changes_after_it_was_frozen_is_shown_as_it_was_and_is() {
    let desk = with_check_ins();
    assert_data_eq!(
        desk.run(&["placement", "brief", "freeze", "acme-forecasting"]).page(),
        str![[r#"
The brief of acme-forecasting is as it was frozen on 24 Jul 2026.
  sha256 a25bd0414f7e21d42010bad6652eb85d8c0331cdeb9bca64bb62b6a0b227395f
--- exit 0

"#]]
    );
    let brief = ["placement", "brief", "acme-forecasting", "--yes"];
    let flags = [
        ["--deliverable", "Forecast report", "--accepted-when", "error under 10 % on the held-out month"],
        ["--deliverable", "Hand-over notes", "--accepted-when", "another analyst reruns it unaided"],
    ];
    assert_data_eq!(
        desk.run(&[&brief[..], flags.as_flattened()].concat()).page(),
        str![[r#"
Saved 2 deliverables for acme-forecasting.
It was frozen before, so the mentor will be shown both.

Next: portfolio placement brief freeze acme-forecasting
--- stderr
acme-forecasting has a brief of 3 already. Work points at it by number.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "brief", "diff", "acme-forecasting"]).page(),
        str![[r#"
Revision 1, frozen on 24 Jul 2026
  sha256 a25bd0414f7e21d42010bad6652eb85d8c0331cdeb9bca64bb62b6a0b227395f
Changed since, and not frozen
  - 1  Forecast report: error under 12 % on the held-out month
  + 1  Forecast report: error under 10 % on the held-out month
  - 3  Model code: it passes the team's test suite

Next: portfolio placement brief freeze acme-forecasting
--- exit 0

"#]]
    );
    desk.put("../report.pdf", Desk::pdf());
    desk.done(&["add", "../report.pdf", "--for", "1", "--result", "9.8 %"]);
    let request = ["request", "acme-forecasting", "--passphrase-file", "../pass"];
    assert_data_eq!(
        desk.run(&request).page(),
        str![[r#"
--- stderr
error: the brief of acme-forecasting changed after it was frozen
  A mentor is shown what was frozen and what it is now. No request was written.
hint: freeze it as a new revision:
  portfolio placement brief freeze acme-forecasting
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "brief", "freeze", "acme-forecasting"]).page(),
        str![[r#"
Froze the brief of acme-forecasting as revision 2. The mentor will be shown what
changed.
  sha256 2e0318c992d8d3eb50c95205650cce16eef2b6262a237e8fb73c8795b15dc214
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "brief", "diff", "acme-forecasting"]).page(),
        str![[r#"
Revision 1, frozen on 24 Jul 2026
  sha256 a25bd0414f7e21d42010bad6652eb85d8c0331cdeb9bca64bb62b6a0b227395f
Revision 2, frozen on 24 Jul 2026
  sha256 2e0318c992d8d3eb50c95205650cce16eef2b6262a237e8fb73c8795b15dc214
  - 1  Forecast report: error under 12 % on the held-out month
  + 1  Forecast report: error under 10 % on the held-out month
  - 3  Model code: it passes the team's test suite
Nothing changed since.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&request).page(),
        str![[r#"
This asks Priya Nair <priya.nair@acme.example> to sign:

    I supervised this placement. Alex Rivera delivered the items listed, and I
    marked each one against the brief as shown. We met for 2 check-ins, 65
    minutes in all; the log of them ends in the SHA-256
    5cf8690f8e3d508d3418fc271fdd7e69f8445fc59261fd2d4ca92b3dda4e6240.

    Alex Rivera, alex@rivera.example
    Demand forecasting co-lab, Acme Retail Ltd, 1 June to 24 July 2026
      1  Forecast report   report.pdf
      2  Hand-over notes   nothing added
      Brief frozen on 24 Jul 2026, 3 deliverables.
      Brief changed on 24 Jul 2026:
        - 1 Forecast report: error under 12 % on the held-out month
        + 1 Forecast report: error under 10 % on the held-out month
        - 3 Model code: it passes the team's test suite
      2 check-ins, 65 min in all:
        3 Jun 2026, 45 min, with Priya Nair. Decided: forecast per shop, not per
          item. Next: Alex sends a first error
        17 Jun 2026, 20 min, with Tom Okafor

For each item it also says what was asked and the result you gave. Priya adds
the marks, and can change any of it, before signing.

Wrote two files to send to Priya, in requests/acme-forecasting-for-priya-nair
  acme-forecasting-for-priya-nair.request.zip   27 KB
  acme-forecasting-for-priya-nair.txt           the message

When the answer comes: portfolio collect FILE
--- exit 0

"#]]
    );
}
