//! Stories: begun from a template, listed, added with their public half alone.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::exporting::with_sign_off;

#[test]
fn a_story_is_begun_from_a_template_and_listed() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["story", "list"]).page(),
        str![[r#"
There is no story yet.

Next: portfolio story new case-study --on ID
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["story", "new", "case-study", "--on", "forecast-report", "--title", "Half the error"])
            .page(),
        str![[r#"
Wrote stories/forecast-report-case-study.md
Write under its headings; a number names its evidence, an id in brackets behind
it. What stands below the line marked gated never leaves this folder.

Next: portfolio add stories/forecast-report-case-study.md, when it is written
--- exit 0

"#]]
    );
    assert_data_eq!(
        String::from_utf8(desk.read("stories/forecast-report-case-study.md")).unwrap(),
        str![[r#"
---
kind: case-study
on: artifact forecast-report
title: Half the error
created: 2026-07-24T15:02:40Z
---

# Half the error

## The problem

<!-- Who had it, what it cost them, and how anybody could tell. -->

## Constraints

<!-- What was given: time, data, tools, people, terms of confidence. -->

## My part

<!-- The steps I took, the choices between them, and who else worked on it. -->

## The result

<!-- Before and after. A number names its evidence, an id in brackets behind it. -->

## What I would do differently

<!-- What the next person should know before starting. -->

<!-- gated: nothing below this line is public -->

<!-- For yourself and those you show it to: names, figures, doubts. -->

"#]]
    );
    let on_the_sign_off = ["story", "new", "reflection", "--on", "acme-forecasting-priya-nair"];
    desk.done(&on_the_sign_off);
    desk.done(&on_the_sign_off);
    assert_data_eq!(
        desk.run(&["story", "list", "--plain"]).page(),
        str![[r#"
acme-forecasting-priya-nair-reflection-2	reflection	credential	acme-forecasting-priya-nair	Demand forecasting co-lab	2026-07-24T15:02:40Z
acme-forecasting-priya-nair-reflection	reflection	credential	acme-forecasting-priya-nair	Demand forecasting co-lab	2026-07-24T15:02:40Z
forecast-report-case-study	case-study	artifact	forecast-report	Half the error	2026-07-24T15:02:40Z
--- exit 0

"#]]
    );
}

#[test]
fn what_a_story_is_about_must_be_here() {
    let desk = Desk::with_work();
    assert_data_eq!(
        desk.run(&["story", "new", "reflection", "--on", "forecast"]).page(),
        str![[r#"
--- stderr
error: “forecast” is no piece of work and no sign-off
  Nothing was written.
hint: see what there is: portfolio status -v
--- exit 1

"#]]
    );
    assert_eq!(desk.run(&["story", "new", "essay", "--on", "forecast-report"]).code, 2);
    assert_data_eq!(
        desk.run(&["story", "new", "reflection"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: The piece of work or the sign-off it is about
  Nothing was written.
hint: answer it with --on ID
--- exit 5

"#]]
    );
    assert_eq!(desk.run(&["story", "new", "reflection", "--on", "forecast-report", "--dry-run"]).code, 0);
    assert!(!desk.at("stories").exists());
}

#[test]
fn a_story_becomes_a_piece_of_work_without_its_gated_half_unless_asked() {
    let desk = Desk::with_work();
    desk.done(&["story", "new", "reflection", "--on", "forecast-report", "--title", "Looking back"]);
    let path = "stories/forecast-report-reflection.md";
    let text = String::from_utf8(desk.read(path)).unwrap();
    let text = text.replace("<!-- gated", "It went well.\n\n<!-- gated") + "\nThe manager was away.\n";
    desk.put(path, text);
    assert_data_eq!(
        desk.run(&["add", path]).page(),
        str![[r#"
Added forecast-report-reflection.md (Markdown, 399 bytes) as looking-back.
--- exit 0

"#]]
    );
    let source = "artifacts/looking-back/forecast-report-reflection.md";
    let added = String::from_utf8(desk.read(source)).unwrap();
    assert!(added.starts_with("# Looking back\n") && added.ends_with("It went well.\n"), "{added}");
    assert!(desk.read("artifacts/looking-back/forecast-report-reflection.pdf").starts_with(b"%PDF-"));
    desk.done(&["add", path, "--gated", "--replace", "looking-back"]);
    assert!(String::from_utf8(desk.read(source)).unwrap().ends_with("The manager was away.\n"));
    assert_eq!(desk.run(&["add", "stories/none.md"]).code, 7);
}

#[test]
fn a_bundle_takes_the_public_half_and_says_that_the_other_stays() {
    let desk = Desk::with_work();
    let front =
        "---\nkind: reflection\non: artifact forecast-report\ntitle: T\ncreated: 2026-07-24T15:02:40Z\n---\n";
    desk.put("stories/open.md", format!("{front}\nAll of it.\n"));
    desk.put("stories/parted.md", format!("{front}\nThe one half.\n\n<!-- gated -->\nThe other half.\n"));
    let shown = desk.done(&["bundle", "--passphrase-file", "../pass"]);
    assert!(
        shown.out.contains("stories/parted.md") && shown.out.contains("its gated half stays here"),
        "{}",
        shown.out
    );
    let bytes = desk.read("alex-rivera.zip");
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("All of it.") && holds("The one half.") && !holds("The other half."));
}
