//! Terms: asked, given by flags, shown with their words and their source.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn terms_are_five_clauses() {
    let desk = Desk::with_placement();
    let answers = ["them", "payment", "yes", "yes", "model code", "2027-07-24", "yes", "contract page 3"];
    assert_data_eq!(
        desk.sit(&["placement", "terms", "acme-forecasting"], &answers).page(),
        str![[r#"
  Who owns the work (me, them, shared): them
  Does that depend on something (nothing, payment, credential): payment
  May you name it in public (yes, no, partly): yes
  Export of your work at the end (yes, no, partly): yes
  What is confidential: nothing, all, or what in a few words: model code
  Confidential until (YYYY-MM-DD, Enter for no end): 2027-07-24
  May you show and use the work again (yes, no, partly): yes
  Where does it say so (contract page 3, e-mail 2026-05-18, said by Priya
  2026-05-20; Enter for nowhere): contract page 3

Saved the terms of acme-forecasting.
  !  The work becomes Acme Retail Ltd's only once you are paid. Keep a record of
     payment in private/acme-forecasting/.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "terms", "acme-forecasting"]).page(),
        str![[r#"
    Ownership     them, once you are paid (contract, page 3)
    Naming        yes (contract, page 3)
    Export        yes (contract, page 3)
    Confidential  partly, until 24 Jul 2027: “model code” (contract, page 3)
    Reuse         yes (contract, page 3)
--- exit 0

"#]]
    );
    let paid = ["placement", "terms", "acme-forecasting", "--met-on", "2026-07-31"];
    assert_data_eq!(
        desk.run(&paid).page(),
        str![[r#"
Saved the terms of acme-forecasting.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["placement", "terms", "acme-forecasting", "--plain"]).page(),
        str![[r#"
acme-forecasting	ownership	yes	-	-	contract, page 3
acme-forecasting	naming	yes	-	-	contract, page 3
acme-forecasting	export	yes	-	-	contract, page 3
acme-forecasting	confidentiality	partly	2027-07-24	model code	contract, page 3
acme-forecasting	reuse	yes	-	-	contract, page 3
--- exit 0

"#]]
    );
}

#[test]
fn one_clause_at_a_time_by_flags() {
    let desk = Desk::with_placement();
    let terms = ["placement", "terms", "acme-forecasting"];
    let naming = ["--naming", "no", "--until", "2027-01-01", "--words", "not before the launch"];
    let naming = [&naming[..], &["--source", "e-mail from Priya Nair 2026-05-18"]].concat();
    assert_data_eq!(
        desk.run(&[&terms[..], &naming].concat()).page(),
        str![[r#"
Saved the terms of acme-forecasting.
Not settled: ownership, export, confidential, reuse.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&[&terms[..], &["--naming", "perhaps"]].concat()).page(),
        str![[r#"
--- stderr
error: --naming cannot be used
  A state is yes, no, partly or unknown.
  The terms were not changed.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&[&terms[..], &["--naming", "yes", "--until", "2027-01-01"]].concat()).page(),
        str![[r#"
--- stderr
error: --until cannot be used
  It is for one clause that forbids something: --naming no, --confidential or
  --reuse no.
  The terms were not changed.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&[&terms[..], &["--words", "so it is"]].concat()).page(),
        str![[r#"
--- stderr
error: --words or --source cannot be used
  Name the clause that they are about.
  The terms were not changed.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&terms).page(),
        str![[r#"
  ? Ownership     unknown
    Naming        no, until 1 Jan 2027: “not before the launch” (e-mail from
                  Priya Nair of 18 May 2026)
  ? Export        unknown
  ? Confidential  unknown
  ? Reuse         unknown
--- stderr
hint: settle one by itself:
  portfolio placement terms acme-forecasting --naming yes
--- exit 0

"#]]
    );
}

#[test]
fn closing_walks_what_is_missing() {
    let desk = Desk::with_work();
    assert_data_eq!(
        desk.run(&["placement", "close", "acme-forecasting", "--dry-run"]).page(),
        str![[r#"
  ✓ Report        forecast-report.pdf
  ✓ Work          3 of 3 added
  ? Sign-off      missing. portfolio request acme-forecasting
  ? Export        missing.
                  portfolio placement close acme-forecasting --export-on DAY
  ? How to check  missing.
                  portfolio offer ask acme-forecasting --verification-spec
  ? Story         missing. portfolio story new reflection --on ID

Would close acme-forecasting
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.sit(&["placement", "close", "acme-forecasting"], &["2026-07-24", "no"]).page(),
        str![[r#"
The day you got the export of your work (YYYY-MM-DD, Enter if not yet): 2026-07-24

  ✓ Report        forecast-report.pdf
  ✓ Work          3 of 3 added
  ? Sign-off      missing. portfolio request acme-forecasting
  ✓ Export        in hand since 24 Jul 2026
  ? How to check  missing.
                  portfolio offer ask acme-forecasting --verification-spec
  ? Story         missing. portfolio story new reflection --on ID

Close acme-forecasting although 3 things are missing (yes, no): no
error: stopped, as you asked
  The placement was not closed.
--- exit 5

"#]]
    );
    desk.put("stories/acme.md", "---\nkind: reflection\non: acme-forecasting\n---\n\nIt was good.\n");
    assert_data_eq!(
        desk.run(&["placement", "close", "acme-forecasting", "--yes"]).page(),
        str![[r#"
  ✓ Report        forecast-report.pdf
  ✓ Work          3 of 3 added
  ? Sign-off      missing. portfolio request acme-forecasting
  ✓ Export        in hand since 24 Jul 2026
  ? How to check  missing.
                  portfolio offer ask acme-forecasting --verification-spec
  ✓ Story         acme.md

Closed acme-forecasting.
--- exit 0

"#]]
    );
}

#[test]
fn a_placement_without_an_offer_can_be_asked_about_too() {
    let desk = Desk::with_placement();
    let settled = ["--ownership", "me", "--naming", "yes", "--export", "yes", "--confidential", "nothing"];
    desk.done(&[&["placement", "terms", "acme-forecasting"], &settled[..], &["--reuse", "yes"]].concat());
    let letter = desk.done(&["offer", "ask", "acme-forecasting", "--json"]);
    let letter: serde_json::Value = serde_json::from_str(&letter.out).unwrap();
    let asked = [
        "hours",
        "share",
        "site",
        "report",
        "artifact",
        "credential",
        "format",
        "schema",
        "verification",
        "links",
        "narrative",
        "device",
        "room",
        "retention",
    ];
    let expected: Vec<&str> = [&asked[..1], &["pay"], &asked[1..]].concat();
    assert_eq!(letter["questions"], serde_json::json!(expected));
    assert!(letter["text"].as_str().unwrap().contains("\n\nHello Priya,\n\n"), "{letter:#}");
    assert_eq!(desk.run(&["offer", "ask", "nowhere"]).code, 1);
}
