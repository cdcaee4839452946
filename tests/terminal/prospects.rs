//! What the work is for: skills, next moves, outcomes, and what a placement was worth.

use portfolio::credential::Mark;
use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::exporting::with_sign_off;

#[test]
fn a_skill_is_the_students_word_until_a_sign_off_names_it() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["skills"]).page(),
        str![[r#"
No skill is written down yet.

Next: portfolio skills add ID SKILL
--- exit 0

"#]]
    );
    let url = "https://data.europa.eu/esco/skill/2e6a1b0e";
    let add = ["skills", "add", "forecast-report", "Time series analysis", "--url", url];
    assert_data_eq!(
        desk.run(&add).page(),
        str![[r#"
forecast-report shows “Time series analysis”. Nobody has signed that yet.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&add).page(),
        str![[r#"
forecast-report shows “Time series analysis” already.
--- exit 0

"#]]
    );
    desk.done(&["skills", "add", "acme-forecasting", "SQL"]);
    assert_data_eq!(
        desk.run(&["skills", "--verbose"]).page(),
        str![[r#"
SQL
  – your own word: acme-forecasting; acme-forecasting-priya-nair signs the work
    and does not name the skill
Time series analysis   https://data.europa.eu/esco/skill/2e6a1b0e
  – your own word: forecast-report; acme-forecasting-priya-nair signs the work
    and does not name the skill
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["skills", "list", "--plain"]).page(),
        str![[r#"
SQL	-	own-word	placement	acme-forecasting	-
Time series analysis	https://data.europa.eu/esco/skill/2e6a1b0e	own-word	artifact	forecast-report	-
--- exit 0

"#]]
    );
    let record: serde_json::Value =
        serde_json::from_slice(&desk.read("artifacts/forecast-report/artifact.json")).unwrap();
    assert_eq!(record["skills"], serde_json::json!([{ "name": "Time series analysis", "url": url }]));
    desk.done(&["skills", "remove", "acme-forecasting", "sql"]);
    assert!(!desk.run(&["skills"]).out.contains("SQL"));
}

#[test]
fn a_skill_that_a_mentor_signed_is_told_from_the_students_word() {
    let desk = Desk::with_work();
    desk.done(&[
        "skills",
        "add",
        "forecast-report",
        "Time series analysis",
        "--url",
        "https://esco.example/1",
    ]);
    desk.done(&["skills", "add", "acme-forecasting", "Teamwork"]);
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    let request = crate::mentor::request(&desk, "acme-forecasting-for-priya-nair");
    desk.put("../reply.json", crate::mentor::sign(&request, &[Mark::Met, Mark::Met, Mark::NotObserved]));
    desk.done(&["collect", "../reply.json", "--yes"]);
    desk.done(&["skills", "add", "hand-over-notes", "Teamwork"]);
    desk.done(&["skills", "add", "forecast-report", "SQL"]);
    assert_data_eq!(
        desk.run(&["skills"]).page(),
        str![[r#"
SQL
  – your own word: forecast-report; acme-forecasting-priya-nair signs the work
    and does not name the skill
Teamwork
  ✓ signed: hand-over-notes, named in acme-forecasting-priya-nair
  ✓ signed: acme-forecasting, named in acme-forecasting-priya-nair
Time series analysis
  ✓ signed: forecast-report, named in acme-forecasting-priya-nair
--- exit 0

"#]]
    );
    desk.done(&[
        "moves",
        "add",
        "Analyst",
        "--needs",
        "Time series analysis",
        "--needs",
        "SQL",
        "--needs",
        "R",
    ]);
    let heading = "Analyst   asks for 3: 1 signed, 1 your own word, 1 missing\n";
    assert!(desk.run(&["moves"]).out.starts_with(heading));
}

#[test]
fn a_skill_is_of_something_that_is_here_and_its_address_is_one() {
    let desk = Desk::with_work();
    assert_eq!(desk.run(&["skills", "add", "nothing", "SQL"]).code, 1);
    assert_data_eq!(
        desk.run(&["skills", "add", "forecast-report", "SQL", "--url", "esco:sql"]).page(),
        str![[r#"
--- stderr
error: “esco:sql” is no address of a skill
  Nothing was changed.
hint: it looks like https://data.europa.eu/esco/skill/…
--- exit 2

"#]]
    );
    assert_eq!(desk.run(&["skills", "add", "forecast-report", "SQL", "--dry-run"]).code, 0);
    assert_eq!(
        desk.run(&["skills"]).out,
        "No skill is written down yet.\n\nNext: portfolio skills add ID SKILL\n"
    );
}

#[test]
fn a_move_shows_what_serves_and_what_is_missing() {
    let desk = with_sign_off();
    desk.done(&["skills", "add", "forecast-report", "Time series analysis"]);
    let needs = ["--needs", "time series  analysis", "--needs", "SQL <https://x.example/sql>"];
    assert_data_eq!(
        desk.run(&[&["moves", "add", "Junior data analyst"], &needs[..]].concat()).page(),
        str![[r#"
Wrote moves/junior-data-analyst.json

Next: portfolio moves
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["moves"]).page(),
        str![[r#"
Junior data analyst   asks for 2: 1 your own word, 1 missing
  time series analysis
  – your own word: forecast-report; acme-forecasting-priya-nair signs the work
    and does not name the skill
  ! SQL: missing
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["moves", "--plain"]).page(),
        str![[r#"
junior-data-analyst	Junior data analyst	time series  analysis	own-word	artifact	forecast-report	-
junior-data-analyst	Junior data analyst	SQL	missing	-	-	-
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.sit(&["moves", "add", "Master's degree"], &["", "Statistics", ""]).page(),
        str![[r#"
  A skill it asks for: 
  Please type a name.
  A skill it asks for: Statistics
  A skill it asks for (Enter to finish): 

Wrote moves/masters-degree.json

Next: portfolio moves
--- exit 0

"#]]
    );
    assert_eq!(desk.run(&["moves", "add", "Nothing"]).code, 5);
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn what_came_of_a_placement_is_written_down_with_what_shows_it() {
    let desk = with_sign_off();
    let interview = ["outcome", "add", "acme-forecasting", "interview", "--date", "2026-08-03"];
    assert_data_eq!(
        desk.run(&[&interview[..], &["--words", "first round", "--evidence", "forecast-report"]].concat())
            .page(),
        str![[r#"
Wrote placements/acme-forecasting/outcomes/2026-08-03.json

Next: portfolio roi
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["outcome", "add", "acme-forecasting", "citation", "--date", "2026-08-03"]).page(),
        str![[r#"
Wrote placements/acme-forecasting/outcomes/2026-08-03-2.json

Next: portfolio roi
--- stderr
hint: name what shows it, while you still have it: --evidence ID
--- exit 0

"#]]
    );
    desk.done(&["outcome", "add", "acme-forecasting", "offer", "--evidence", "an e-mail of that day"]);
    assert_data_eq!(
        desk.run(&["outcome", "list"]).page(),
        str![[r#"
24 Jul 2026  offer at acme-forecasting, shown by “an e-mail of that day”
3 Aug 2026   citation at acme-forecasting, nothing shows it
3 Aug 2026   interview at acme-forecasting: first round, shown by
             forecast-report
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["outcome", "list", "--plain"]).page(),
        str![[r#"
acme-forecasting	offer	2026-07-24	-	“an e-mail of that day”
acme-forecasting	citation	2026-08-03	-	
acme-forecasting	interview	2026-08-03	first round	forecast-report
--- exit 0

"#]]
    );
    assert_eq!(desk.run(&["outcome", "add", "acme-forecasting", "fame"]).code, 2);
    assert_eq!(desk.run(&["outcome", "add", "nowhere", "offer"]).code, 1);
    std::fs::remove_dir_all(desk.at("artifacts/forecast-report")).unwrap();
    let found = desk.run(&["check", "--plain"]).out;
    let expected = "no-such-evidence\twrong\tplacements/acme-forecasting/outcomes/2026-08-03.json\t7\t5\t";
    assert!(found.contains(expected), "{found}");
}

#[test]
fn the_worth_of_placements_is_a_table_without_a_score() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["roi"]).page(),
        str![[r#"
Placement         Seen                 Checkable           What came of it
acme-forecasting  named, 2 of 3 works  signed to Jul 2029  not written down

No score is computed: the three columns are what an employer can look at.
--- exit 0

"#]]
    );
    let text = String::from_utf8(desk.read("placements/acme-forecasting/placement.json")).unwrap();
    let pay = "  \"hours\": 120,\n  \"pay\": { \"state\": \"yes\", \"amount\": \"2400\", \"currency\": \"GBP\", \"per\": \"placement\" },\n  \"brief\"";
    desk.put("placements/acme-forecasting/placement.json", text.replace("  \"brief\"", pay));
    desk.done(&["outcome", "add", "acme-forecasting", "interview", "--date", "2026-08-03"]);
    desk.done(&["placement", "new", "night-shift-planning-for-the-whole-of-riverside-hospital"]);
    assert_data_eq!(
        desk.run(&["roi"]).page(),
        str![[r#"
Placement              Seen                 Checkable           What came of it
acme-forecasting       named, 2 of 3 works  signed to Jul 2029  interview
night-shift-planning…  named, no work yet   no sign-off yet     not written down

Paid: 2,400 GBP for 120 h at acme-forecasting.
No score is computed: the three columns are what an employer can look at.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["roi", "--csv"]).page(),
        str![[r#"
placement,title,organisation,hours,paid,amount,currency,per,named,shown,works,signed_by,signed_until,outcomes
acme-forecasting,Demand forecasting co-lab,Acme Retail Ltd,120,yes,2400,GBP,placement,yes,2,3,"Priya Nair, Data Lead, Acme Retail Ltd",2029-07-24,2026-08-03 interview
night-shift-planning-for-the-whole-of-riverside-hospital,night-shift-planning-for-the-whole-of-riverside-hospital,,,unknown,,,,yes,0,0,,,
--- exit 0

"#]]
    );
    let wide = desk.run(&["roi", "--ascii", "--verbose"]).out;
    assert!(wide.lines().all(|line| line.chars().count() <= 80), "{wide}");
}
