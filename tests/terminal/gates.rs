//! Gates: what each clause of the terms refuses, by name and with its source, and that it passes when it is open.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::exporting::{ID, with_sign_off};

const BUNDLE: &[&str] = &["bundle", "--dry-run"];
const WITH_CODE: &[&str] = &["bundle", "--include", "model-code", "--dry-run"];
const BADGE: &[&str] = &["credential", "export", ID, "--as", "open-badge", "--dry-run"];
const RESUME: &[&str] = &["credential", "export", "--as", "json-resume", "--dry-run"];

/// Sets terms, with words and a source.
fn agree(desk: &Desk, terms: &[&str]) {
    let source = ["--words", "so it is", "--source", "contract page 3"];
    desk.done(&[&["placement", "terms", "acme-forecasting"], terms, &source].concat());
}

/// With these terms, the first commands are refused by that clause and the others pass.
#[track_caller]
fn gate(desk: &Desk, terms: &[&str], clause: &str, refused: &[&[&str]], passed: &[&[&str]]) {
    agree(desk, terms);
    for command in refused {
        let shown = desk.run(command);
        assert_eq!(shown.code, 1, "{terms:?}, {command:?}: {}", shown.page());
        assert!(shown.err.starts_with("error: the terms of acme-forecasting forbid this\n"), "{}", shown.err);
        let told = shown.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(&format!(" forbid this {clause}: ")), "{clause}: {told}");
        assert!(told.contains("“so it is” (contract, page 3)."), "{told}");
    }
    for command in passed {
        let shown = desk.run(command);
        assert_eq!(shown.code, 0, "{terms:?}, {command:?}: {}", shown.page());
    }
}

#[test]
fn each_clause_closes_its_own_gates_and_opens_them_again() {
    let desk = with_sign_off();
    let all: &[&[&str]] = &[BUNDLE, WITH_CODE, BADGE, RESUME];
    gate(&desk, &["--naming", "no"], "Naming", all, &[]);
    gate(&desk, &["--naming", "no", "--until", "2026-07-25"], "Naming", all, &[]);
    gate(&desk, &["--naming", "no", "--until", "2026-07-24"], "Naming", &[], all);
    gate(&desk, &["--naming", "yes"], "Naming", &[], all);

    gate(&desk, &["--confidential", "all"], "Confidential", all, &[]);
    gate(&desk, &["--confidential", "all", "--until", "2026-07-24"], "Confidential", &[], all);
    gate(
        &desk,
        &["--confidential", "the model code"],
        "Confidential",
        &[WITH_CODE],
        &[BUNDLE, BADGE, RESUME],
    );
    gate(&desk, &["--confidential", "nothing"], "Confidential", &[], all);

    gate(&desk, &["--reuse", "no"], "Reuse", &[BUNDLE, WITH_CODE], &[BADGE, RESUME]);
    gate(&desk, &["--reuse", "no", "--until", "2026-07-24"], "Reuse", &[], all);
    gate(&desk, &["--reuse", "unknown"], "Reuse", &[], all);
}

#[test]
fn what_they_own_is_shown_only_with_leave() {
    let desk = with_sign_off();
    let all: &[&[&str]] = &[BUNDLE, WITH_CODE, BADGE, RESUME];
    let work: &[&[&str]] = &[BUNDLE, WITH_CODE];
    gate(&desk, &["--ownership", "shared"], "Ownership", &[], all);
    gate(&desk, &["--ownership", "them", "--depends-on", "payment"], "Ownership", &[], all);
    gate(&desk, &["--ownership", "them", "--met-on", "2026-07-24"], "Ownership", work, &[BADGE, RESUME]);
    gate(&desk, &["--reuse", "yes"], "Ownership", &[], all);
}

#[test]
fn a_deposit_and_a_story_of_a_placement_are_behind_its_gate_too() {
    let desk = Desk::with_work();
    let other = ["placement", "new", "lumen", "--title", "Data intern", "--organisation", "Lumen"];
    desk.done(&other);
    let naming = ["--naming", "no", "--words", "not before launch", "--source", "contract page 3"];
    desk.done(&[&["placement", "terms", "lumen"], &naming[..]].concat());
    desk.done(BUNDLE);
    desk.put("../praise.txt", "Well done at Lumen.\n");
    desk.done(&["deposit", "../praise.txt", "--for", "lumen"]);
    assert_data_eq!(
        desk.run(BUNDLE).page(),
        str![[r#"
--- stderr
error: the terms of lumen forbid this
  Naming: it may not be named in public: “not before launch” (contract, page 3).
  alex-rivera.zip was not written; nothing else changed.
hint: if you have it in writing that you may: --i-have-permission FILE
--- exit 1

"#]]
    );
    desk.done(&[BUNDLE, &["--no-deposits"]].concat());
    desk.put("stories/lumen.md", "---\non: lumen\n---\n\nAt Lumen I learned a lot.\n");
    assert_eq!(desk.run(&[BUNDLE, &["--no-deposits"]].concat()).code, 1);
    let leave = [BUNDLE, &["--i-have-permission", "../praise.txt"]].concat();
    assert_eq!(desk.run(&leave).code, 0);
}
