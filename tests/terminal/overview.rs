//! What the records amount to: who holds what, what happened, and the first month.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::exporting::with_sign_off;

fn deposit(desk: &Desk) {
    let record = serde_json::json!({
        "formatVersion": 1, "title": "Forecasting badge", "kind": "capture", "placement": "acme-forecasting",
        "says": { "issuer": "SkillForge Academy" },
        "files": [{ "name": "badge.png", "mediaType": "image/png", "size": 3,
                    "sha256": portfolio::digest::Digest::of(b"png").hex(), "role": "original" }],
        "captured": { "at": "2026-07-10T09:00:00Z", "how": "saved from the web",
                      "url": "https://badges.skillforge.example/1", "expires": "2026-07-20" },
        "canBeChecked": ["bytes"], "onlyMyWord": ["/captured/at"],
    });
    desk.put("deposits/badge/deposit.json", serde_json::to_string_pretty(&record).unwrap());
    desk.put("deposits/badge/badge.png", "png");
}

#[test]
fn third_parties_are_listed_with_what_they_hold() {
    let desk = with_sign_off();
    deposit(&desk);
    assert_data_eq!(
        desk.run(&["inventory"]).page(),
        str![[r#"
Acme Retail Ltd   where you worked, or were to work
  Holds  your name, the days of the placement, and what you made there: Forecast
         report, Hand-over notes, Model code, since 1 Jun 2026, until when
         nobody has said
  Ask    write to priya.nair@acme.example

Priya Nair   a person you wrote to
  Holds  the request acme-forecasting-for-priya-nair: 5 files, your name and
         your key, since 24 Jul 2026, until when nobody has said
  Ask    write to priya.nair@acme.example

SkillForge Academy   issued something to you
  Holds  the record behind Forecasting badge, until when nobody has said
  Ask    no address is written down here

badges.skillforge.example   where something of yours is said to lie
  Holds  Forecasting badge at https://badges.skillforge.example/1, since
         10 Jul 2026, until 20 Jul 2026, which has passed
  Ask    no address here; look for privacy or contact on its own pages

Next: portfolio inventory --email
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["inventory", "--plain"]).page(),
        str![[r#"
Acme Retail Ltd	organisation	priya.nair@acme.example	your name, the days of the placement, and what you made there: Forecast report, Hand-over notes, Model code	2026-06-01	-	placements/acme-forecasting/placement.json
Priya Nair	person	priya.nair@acme.example	the request acme-forecasting-for-priya-nair: 5 files, your name and your key	2026-07-24	-	requests/acme-forecasting-for-priya-nair/record.json
SkillForge Academy	issuer	-	the record behind Forecasting badge	-	-	deposits/badge/deposit.json
badges.skillforge.example	host	-	Forecasting badge at https://badges.skillforge.example/1	2026-07-10	2026-07-20	deposits/badge/deposit.json
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["inventory", "--email", "priya nair"]).page(),
        str![[r#"
To: priya.nair@acme.example
Subject: What you hold about me

Hello Priya Nair,

By my records you may hold the following about me:
  - the request acme-forecasting-for-priya-nair: 5 files, your name and your
    key, since 24 Jul 2026

Please send me a copy of it in a common format, and tell me until when you keep
it and whom else you gave it to. Please delete what you do not need any more,
and tell me when that is done.

Alex Rivera
alex@rivera.example
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["inventory", "--email=nobody"]).page(),
        str![[r#"
--- stderr
error: nobody called “nobody” holds anything
  Nothing was shown.
hint: see who is named here: portfolio inventory
--- exit 1

"#]]
    );
    assert_eq!(Desk::with_portfolio().run(&["inventory"]).out, "This folder names no third party yet.\n");
}

#[test]
fn the_log_is_newest_first_and_says_whose_clock() {
    let mut desk = with_sign_off();
    deposit(&desk);
    desk.set_clock(crate::desk::NOW + 10 * 86_400);
    desk.done(&["outcome", "add", "acme-forecasting", "sale", "--words", "two licences"]);
    desk.done(&["story", "new", "reflection", "--on", "forecast-report"]);
    desk.put("../second.md", "# Better\n");
    desk.done(&["add", "../second.md", "--replace", "hand-over-notes"]);
    assert_data_eq!(
        desk.run(&["log"]).page(),
        str![[r#"
3 Aug 2026   Came of it: sale: two licences (acme-forecasting)
3 Aug 2026   Began the story “Forecast report”
3 Aug 2026   Replaced Hand-over notes, version 2 (acme-forecasting)
24 Jul 2026  Signed by a key that calls itself “Priya Nair, Data Lead, Acme
             Retail Ltd” (acme-forecasting), by their own clock
24 Jul 2026  Asked “Priya Nair” to sign (acme-forecasting)
24 Jul 2026  Added “Model code” (acme-forecasting)
24 Jul 2026  Added “Hand-over notes” (acme-forecasting)
24 Jul 2026  Added “Forecast report” (acme-forecasting)
24 Jul 2026  Wrote down the placement “Demand forecasting co-lab”
             (acme-forecasting)
24 Jul 2026  The portfolio was made
10 Jul 2026  Deposited “Forecasting badge” (acme-forecasting)
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["log", "--plain", "--placement", "acme-forecasting"]).page(),
        str![[r#"
2026-08-03	written	came-of-it	acme-forecasting	sale: two licences	placements/acme-forecasting/outcomes
2026-08-03T15:02:40Z	own	replaced	acme-forecasting	Hand-over notes, version 2	artifacts/hand-over-notes/artifact.json
2026-07-24T15:02:40Z	theirs	signed	acme-forecasting	Priya Nair, Data Lead, Acme Retail Ltd	credentials/acme-forecasting-priya-nair.json
2026-07-24T15:02:40Z	own	asked	acme-forecasting	Priya Nair	requests/acme-forecasting-for-priya-nair/record.json
2026-07-24T15:02:40Z	own	added	acme-forecasting	Model code	artifacts/model-code/artifact.json
2026-07-24T15:02:40Z	own	added	acme-forecasting	Hand-over notes	artifacts/hand-over-notes/artifact.json
2026-07-24T15:02:40Z	own	added	acme-forecasting	Forecast report	artifacts/forecast-report/artifact.json
2026-07-24T15:02:40Z	own	recorded	acme-forecasting	Demand forecasting co-lab	placements/acme-forecasting/placement.json
2026-07-10T09:00:00Z	own	deposited	acme-forecasting	Forecasting badge	deposits/badge/deposit.json
--- exit 0

"#]]
    );
    assert_eq!(desk.run(&["log", "--placement", "nowhere"]).code, 1);
}

#[test]
fn the_first_month_is_counted_from_the_first_day_and_ticked_off_by_facts() {
    let mut desk = Desk::with_placement();
    // 10 June 2026.
    desk.set_clock(crate::desk::NOW - 44 * 86_400);
    assert_data_eq!(
        desk.run(&["checklist"]).page(),
        str![[r#"
acme-forecasting   first day 1 Jun 2026, day 10 of 30
  ! Ask for the credential's schema, and how it is checked: was due 7 Jun 2026
  – Have one deliverable in an open format: by 14 Jun 2026
  – Write a story about one piece of work: by 21 Jun 2026
  – Map three next moves: by 30 Jun 2026

Next: portfolio checklist acme-forecasting --email
--- exit 0

"#]]
    );
    desk.put("../notes.md", "# Notes\n");
    desk.done(&["add", "../notes.md"]);
    desk.done(&["story", "new", "reflection", "--on", "notes"]);
    for title in ["Analyst", "Degree", "Own firm"] {
        desk.done(&["moves", "add", title, "--needs", "SQL"]);
    }
    let text = String::from_utf8(desk.read("placements/acme-forecasting/placement.json")).unwrap();
    let known = "  \"portability\": { \"schema\": { \"state\": \"yes\" }, \"verification\": { \"state\": \"no\" } },\n  \"created\"";
    desk.put("placements/acme-forecasting/placement.json", text.replace("  \"created\"", known));
    assert_data_eq!(
        desk.run(&["checklist", "acme-forecasting"]).page(),
        str![[r#"
acme-forecasting   first day 1 Jun 2026, day 10 of 30
  ✓ Ask for the credential's schema, and how it is checked: done
  ✓ Have one deliverable in an open format: done, notes
  ✓ Write a story about one piece of work: done, notes-reflection
  ✓ Map three next moves: done, analyst, degree and own-firm
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["checklist", "--email"]).page(),
        str![[r#"
--- stderr
error: there is nothing left to ask a mentor
  The schema of the credential and how it is checked are written down.
--- exit 1

"#]]
    );
}

#[test]
fn the_open_days_go_into_a_calendar_and_the_open_questions_into_a_letter() {
    let desk = Desk::with_placement();
    assert_data_eq!(
        desk.run(&["checklist", "--ics", "month.ics"]).page(),
        str![[r#"
Wrote month.ics: 4 days for your calendar.
--- exit 0

"#]]
    );
    let calendar = String::from_utf8(desk.read("month.ics")).unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT\r\n").count(), 4);
    assert!(calendar.contains("UID:checklist-acme-forecasting-moves@portfolio\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260630\r\n"), "{calendar}");
    assert_eq!(desk.run(&["checklist", "--ics", "month.ics"]).code, 1, "a file that is there stays");
    desk.done(&["checklist", "--ics", "month.ics", "--yes"]);
    assert_data_eq!(
        desk.run(&["checklist", "--email"]).page(),
        str![[r#"
To: priya.nair@acme.example
Subject: Demand forecasting co-lab: four questions before I start

Hello Priya,

So that what I do with you can be shown later, I would like to know:
  1. In which format and by which schema will the credential come?
  2. How can somebody else check it, and until when will its links live?
  3. Will I get an export of my work at the end?
  4. What must stay confidential, and until when?

An open one, such as Open Badges 3.0, would let others check it without asking
you. A line to each is enough.

Alex Rivera
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["checklist", "--plain"]).page(),
        str![[r#"
acme-forecasting	spec	2026-06-07	open	
acme-forecasting	export	2026-06-14	open	
acme-forecasting	story	2026-06-21	open	
acme-forecasting	moves	2026-06-30	open	
--- exit 0

"#]]
    );
}
