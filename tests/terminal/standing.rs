//! `status` of a placement that was agreed on, met about, briefed anew and closed.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn a_placement_shows_its_check_ins_its_terms_and_its_changed_brief() {
    let desk = Desk::with_work();
    let yes = ["--ownership", "me", "--naming", "yes", "--export", "yes"];
    desk.done(&[&["placement", "terms", "acme-forecasting"], &yes[..]].concat());
    desk.done(&["placement", "brief", "freeze", "acme-forecasting"]);
    for day in ["2026-06-03", "2026-06-10"] {
        let add = ["placement", "checkpoint", "add", "acme-forecasting", "--date", day, "--minutes", "45"];
        desk.done(&[&add[..], &["--decided", "go on", "--next", "the next step"]].concat());
    }
    let path = "placements/acme-forecasting/placement.json";
    let text = String::from_utf8(desk.read(path)).unwrap();
    desk.put(path, text.replace("error under 12 %", "error under 15 %"));
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Check-ins      2 of 8
  Terms          open: confidentiality, reuse
  Brief          changed since it was frozen
  Sign-off       not asked for

Next: portfolio request acme-forecasting
--- exit 0

"#]]
    );
    let first = "placements/acme-forecasting/checkpoints/2026-06-03.json";
    let text = String::from_utf8(desk.read(first)).unwrap();
    desk.put(first, text.replace("go on", "stop"));
    let broken = "  Check-ins      2 of 8, the log does not hold: portfolio check\n";
    assert!(desk.run(&["status"]).out.contains(broken), "{}", desk.run(&["status"]).out);
    let found = desk.run(&["check", "--plain"]).out;
    let chain = "checkpoint-chain\twrong\tplacements/acme-forecasting/checkpoints/2026-06-10.json\t";
    assert!(found.contains(chain) && found.contains("brief-drift\tnote\t"), "{found}");
}

#[test]
fn a_closed_placement_asks_for_nothing_more() {
    let desk = Desk::with_work();
    desk.done(&["placement", "close", "acme-forecasting", "--yes"]);
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       not asked for
  Closed         24 Jul 2026
--- exit 0

"#]]
    );
    assert_eq!(
        desk.run(&["checklist"]).out,
        "There is no open placement.\n\nNext: portfolio placement new NAME\n"
    );
}
