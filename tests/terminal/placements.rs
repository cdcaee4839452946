//! Placements: written down, completed later, briefed, shown.

use std::os::unix::fs::PermissionsExt;

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn a_placement_is_six_questions() {
    let desk = Desk::with_portfolio();
    desk.put("../offer.pdf", b"%PDF-1.7\noffer\n");
    let answers = [
        "Acme Retail Ltd",
        "Demand forecasting co-lab",
        "1 June",
        "2026-06-01",
        "2026-07-24",
        "Priya Nair <priya.nair@acme.example>",
        "report",
    ];
    let shown = desk.sit(&["placement", "new", "acme-forecasting", "--offer", "../offer.pdf"], &answers);
    assert_data_eq!(
        shown.page(),
        str![[r#"
Filed the offer as private/acme-forecasting/offer.pdf. It is never shared unless
you add it yourself.

Six questions. Press Enter to skip one and answer it later.
  Organisation: Acme Retail Ltd
  Title of the placement: Demand forecasting co-lab
  First day (YYYY-MM-DD): 1 June
  A day looks like 2026-07-24.
  First day (YYYY-MM-DD): 2026-06-01
  Last day (YYYY-MM-DD): 2026-07-24
  Mentor, name and email: Priya Nair <priya.nair@acme.example>
  Evidence promised at the end (report, artifact, credential): report

Wrote placements/acme-forecasting/placement.json

Before you accept, an offer should settle four things:
  ?  Who owns what you make, and does that depend on payment or a credential?
  ?  May you name the placement and its credential in public?
  ?  Do you get an export of your work at the end?
  ?  What must stay confidential, and until when?

Next: portfolio placement terms acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        String::from_utf8(desk.read("placements/acme-forecasting/placement.json")).unwrap(),
        str![[r#"
{
  "formatVersion": 1,
  "title": "Demand forecasting co-lab",
  "organisation": "Acme Retail Ltd",
  "starts": "2026-06-01",
  "ends": "2026-07-24",
  "mentor": {
    "name": "Priya Nair",
    "email": "priya.nair@acme.example"
  },
  "evidencePromised": [
    "report"
  ],
  "brief": {
    "deliverables": []
  },
  "created": "2026-07-24T15:02:40Z"
}

"#]]
    );
    let offer =
        std::fs::metadata(desk.at("private/acme-forecasting/offer.pdf")).unwrap().permissions().mode();
    assert_eq!(offer & 0o777, 0o600);
}

#[test]
fn skipped_questions_come_again_and_answered_ones_do_not() {
    let desk = Desk::with_portfolio();
    let first =
        desk.sit(&["placement", "new", "riverside", "--title", "Shift planner"], &["", "", "", "", ""]);
    assert_data_eq!(
        first.page(),
        str![[r#"
Five questions. Press Enter to skip one and answer it later.
  Organisation: 
  First day (YYYY-MM-DD): 
  Last day (YYYY-MM-DD): 
  Mentor, name and email: 
  Evidence promised at the end (report, artifact, credential): 

Wrote placements/riverside/placement.json

Before you accept, an offer should settle four things:
  ?  Who owns what you make, and does that depend on payment or a credential?
  ?  May you name the placement and its credential in public?
  ?  Do you get an export of your work at the end?
  ?  What must stay confidential, and until when?

Next: portfolio placement terms riverside
--- exit 0

"#]]
    );
    let again = desk.sit(
        &["placement", "new", "riverside", "--organisation", "Riverside"],
        &["2026-02-01", "2026-01-01", "", ""],
    );
    assert_data_eq!(
        again.page(),
        str![[r#"
Four questions. Press Enter to skip one and answer it later.
  First day (YYYY-MM-DD): 2026-02-01
  Last day (YYYY-MM-DD): 2026-01-01
  Mentor, name and email: 
  Evidence promised at the end (report, artifact, credential): 
error: the last day is before the first
  From 2026-02-01 to 2026-01-01. Nothing was written.
--- exit 1

"#]]
    );
    let again = desk.run(&["placement", "new", "riverside", "--organisation", "Riverside"]);
    assert_data_eq!(
        again.page(),
        str![[r#"
Wrote placements/riverside/placement.json

Next: portfolio placement brief riverside
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "list"]).page(),
        str![[r#"
riverside  Riverside, days not written down
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "new", "River Side"]).page(),
        str![[r#"
--- stderr
error: “River Side” cannot be the short name of a placement
  It has small letters, digits and hyphens: acme-forecasting. Nothing was
  written.
--- exit 2

"#]]
    );
}

#[test]
fn a_brief_is_titles_and_conditions() {
    let desk = Desk::with_placement();
    let answers = [
        "Forecast report",
        "error under 12 % on the held-out month",
        "Hand-over notes",
        "another analyst reruns it unaided",
        "Model code",
        "it passes the team's test suite",
        "",
    ];
    let shown = desk.sit(&["placement", "brief", "acme-forecasting"], &answers);
    assert_data_eq!(
        shown.page(),
        str![[r#"
  Deliverable 1: Forecast report
    Accepted when: error under 12 % on the held-out month
  Deliverable 2 (Enter to finish): Hand-over notes
    Accepted when: another analyst reruns it unaided
  Deliverable 3 (Enter to finish): Model code
    Accepted when: it passes the team's test suite
  Deliverable 4 (Enter to finish): 

Saved 3 deliverables for acme-forecasting.

Next: portfolio placement brief freeze acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "show", "acme-forecasting"]).page(),
        str![[r#"
acme-forecasting  Acme Retail Ltd, 1 Jun to 24 Jul 2026
  Title         Demand forecasting co-lab
  Mentor        Priya Nair <priya.nair@acme.example>
  1             Forecast report
                accepted when: error under 12 % on the held-out month
  2             Hand-over notes
                accepted when: another analyst reruns it unaided
  3             Model code
                accepted when: it passes the team's test suite
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "show", "acme-forecasting", "--plain"]).page(),
        str![[r#"
acme-forecasting	Demand forecasting co-lab	Acme Retail Ltd	2026-06-01	2026-07-24	Priya Nair	3
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "brief", "acme-forecasting", "--deliverable", "One"]).page(),
        str![[r#"
--- stderr
acme-forecasting has a brief of 3 already. Work points at it by number.
error: there is a question and nobody to answer it
  It is: Write a new one in its place (yes, no)
  Nothing was written.
hint: answer it with --yes
--- exit 5

"#]]
    );
    assert_data_eq!(
        desk.sit(&["placement", "brief", "acme-forecasting"], &["no"]).page(),
        str![[r#"
acme-forecasting has a brief of 3 already. Work points at it by number.
Write a new one in its place (yes, no): no
error: stopped, as you asked
  The brief was not changed.
--- exit 5

"#]]
    );
    let flags = [
        "placement",
        "brief",
        "acme-forecasting",
        "--yes",
        "--deliverable",
        "One",
        "--accepted-when",
        "it runs",
    ];
    assert_data_eq!(
        desk.run(&flags).page(),
        str![[r#"
Saved 1 deliverable for acme-forecasting.

Next: portfolio placement brief freeze acme-forecasting
--- stderr
acme-forecasting has a brief of 3 already. Work points at it by number.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "show", "nowhere"]).page(),
        str![[r#"
--- stderr
error: there is no placement “nowhere”
  Nothing was shown.
hint: see what there is: portfolio placement list
--- exit 1

"#]]
    );
}
