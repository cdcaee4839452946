//! Adding work: what is taken, what is refused and why, and how far it is.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn a_web_page_named_pdf_is_not_a_pdf() {
    let desk = Desk::with_brief();
    desk.put("report.pdf", "<!DOCTYPE html>\n<html>\n");
    assert_data_eq!(
        desk.run(&["add", "acme-forecasting", "report.pdf", "--for", "1"]).page(),
        str![[r#"
--- stderr
error: report.pdf is not a PDF
  Its name ends in .pdf, but it starts with “<!DOCTYPE html>”: it is a web page.
  This happens when a download link wanted a login.
  Nothing was added.
hint: save the real PDF and add that, or keep this one with: --type text/html
--- exit 1

"#]]
    );
    let kept = ["add", "acme-forecasting", "report.pdf", "--for", "1", "--type", "text/html"];
    assert_data_eq!(
        desk.run(&kept).page(),
        str![[r#"
Added report.pdf (web page, 23 bytes) for “Forecast report”.
--- exit 0

"#]]
    );
    assert!(desk.at("artifacts/forecast-report/report.cover.pdf").is_file());
}

#[test]
fn a_pdf_a_text_and_a_confidential_archive() {
    let desk = Desk::with_brief();
    desk.put("forecast-report.pdf", Desk::pdf());
    let shown =
        desk.sit(&["add", "acme-forecasting", "forecast-report.pdf", "--for", "1"], &["9.8 %, was 14.2 %"]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
What came out, in a few words: 9.8 %, was 14.2 %
Added forecast-report.pdf (PDF, 15 KB) for “Forecast report”.
--- exit 0

"#]]
    );
    assert_eq!(desk.read("artifacts/forecast-report/forecast-report.pdf"), Desk::pdf());
    desk.put("hand-over.md", "# Hand-over\n\nRun `make`, then wait 40 minutes.\n\n![plan](plan.png)\n");
    let words = ["add", "acme-forecasting", "hand-over.md", "--for", "2", "--result", "done in 40 min"];
    assert_data_eq!(
        desk.run(&words).page(),
        str![[r#"
Added hand-over.md (Markdown, 66 bytes) for “Hand-over notes”.
--- stderr
  ! The PDF shows no picture for plan.png.
--- exit 0

"#]]
    );
    assert!(desk.read("artifacts/hand-over-notes/hand-over.pdf").starts_with(b"%PDF-"));
    desk.put("model-code.zip", [b"PK\x03\x04".as_slice(), &[7; 90_000]].concat());
    let words = ["add", "--placement", "acme-forecasting", "model-code.zip", "--for", "3", "--confidential"];
    let more = ["--until", "2027-07-24", "--result", "61 of 64 tests"];
    assert_data_eq!(
        desk.run(&[words.as_slice(), &more].concat()).page(),
        str![[r#"
Added model-code.zip (ZIP, 88 KB) for “Model code”, confidential until
24 Jul 2027. Your mentor sees it. Bundles leave it out and keep its name and
fingerprint, so it cannot be swapped later.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       not asked for

Next: portfolio request acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status", "--verbose"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
    1            Forecast report: forecast-report
    2            Hand-over notes: hand-over-notes
    3            Model code: model-code
  Sign-off       not asked for

Next: portfolio request acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status", "--plain"]).page(),
        str![[r#"
acme-forecasting	not-asked	3	3
--- exit 0

"#]]
    );
}

#[test]
fn the_same_file_is_added_once_and_replaced_by_a_second_version() {
    let desk = Desk::with_brief();
    desk.put("notes.txt", "first\n");
    desk.done(&["add", "notes.txt", "--for", "2"]);
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--for", "2"]).page(),
        str![[r#"
--- stderr
error: this very file is there already, as hand-over-notes
  Nothing was added.
--- exit 1

"#]]
    );
    desk.put("notes.txt", "second\n");
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--replace", "hand-over-notes"]).page(),
        str![[r#"
Added notes.txt (text, 7 bytes) for “Hand-over notes”, version 2.
A sign-off on the earlier version stays, and is shown as being about that one.
--- exit 0

"#]]
    );
    desk.put("artifacts/hand-over-notes/notes.txt", "third\n");
    desk.put("artifacts/hand-over-notes/stray.txt", "stray\n");
    let status = desk.run(&["status"]);
    let today = status
        .out
        .lines()
        .find(|line| line.contains("changed on"))
        .and_then(|line| line.split(" on ").nth(1));
    let today = today.and_then(|rest| rest.split(',').next()).unwrap().to_owned();
    assert_data_eq!(
        status.page().replace(&today, "DAY"),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   1 of 3 added
  Sign-off       not asked for

! notes.txt of hand-over-notes changed on DAY, after you added it.
! artifacts/hand-over-notes/stray.txt is in no record, so it is not bundled.

Next: portfolio add acme-forecasting FILE --for 1
--- exit 0

"#]]
    );
}

#[test]
fn status_by_letters_and_as_json() {
    let mut desk = Desk::with_brief();
    desk.put("artifacts/lost/notes.txt", "no record\n");
    assert_data_eq!(
        desk.run(&["status", "--ascii"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   0 of 3 added
  Sign-off       not asked for

[!!] artifacts/lost has no record that can be read under that name.

Next: portfolio add acme-forecasting FILE --for 1
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status", "--json"]).page(),
        str![[r#"
{
  "type": "Status",
  "placements": [
    {
      "id": "acme-forecasting",
      "title": "Demand forecasting co-lab",
      "deliverables": [
        {
          "title": "Forecast report",
          "artifacts": [],
          "confidential": false
        },
        {
          "title": "Hand-over notes",
          "artifacts": [],
          "confidential": false
        },
        {
          "title": "Model code",
          "artifacts": [],
          "confidential": false
        }
      ],
      "further": [],
      "checkIns": {
        "held": 0,
        "weeks": 8,
        "broken": false
      },
      "unsettled": [
        "ownership",
        "naming",
        "export",
        "confidentiality",
        "reuse"
      ],
      "briefDrifted": false,
      "closed": false,
      "signOff": "not-asked",
      "signOffs": []
    }
  ],
  "loose": [],
  "deposits": [],
  "noticed": [
    "artifacts/lost has no record that can be read under that name."
  ],
  "next": "portfolio add acme-forecasting FILE --for 1"
}
--- exit 0

"#]]
    );
    desk.go("Documents");
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
--- stderr
error: there is no portfolio here
  Looked in /desk/work/Documents and every folder above it.
hint: go to your portfolio folder, or make one in this folder: portfolio init
--- exit 1

"#]]
    );
    assert_data_eq!(
        Desk::with_portfolio().run(&["status"]).page(),
        str![[r#"
There is no placement yet.

Next: portfolio placement new NAME
--- exit 0

"#]]
    );
}

#[test]
fn another_command_in_the_folder_is_named() {
    let desk = Desk::with_brief();
    desk.put("notes.txt", "notes\n");
    let holder = portfolio::disk::LockHolder::this_process("portfolio bundle", crate::desk::NOW - 20);
    let lock = portfolio::disk::Lock::exclusive(&desk.at(".portfolio/lock"), &holder, None).unwrap();
    let shown = desk.run(&["add", "acme-forecasting", "notes.txt", "--for", "2"]);
    let page = shown.page().replace(&format!("process {}", std::process::id()), "process 4121");
    assert_data_eq!(
        page,
        str![[r#"
--- stderr
error: another portfolio command is working in this folder
  portfolio bundle (process 4121), started 20 s ago. Nothing was added.
hint: run this again when it has finished, or wait for it with: --wait
--- exit 6

"#]]
    );
    drop(lock);
    assert_eq!(desk.run(&["add", "acme-forecasting", "notes.txt", "--for", "2", "--wait"]).code, 0);
}
