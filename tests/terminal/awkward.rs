//! Awkward computers: a clock that was never set, a disk that is read-only.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn a_clock_at_1970_dates_nothing() {
    let mut desk = Desk::with_brief();
    desk.set_clock(0);
    desk.put("notes.txt", "notes\n");
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--for", "2"]).page(),
        str![[r#"
--- stderr
error: this computer's clock says 1 Jan 1970
  What is written carries the date. Nothing was added.
hint: set the clock, then run this again
--- exit 1

"#]]
    );
    assert!(!desk.at("artifacts").exists());
    desk.go("../elsewhere");
    let flags = ["init", "--name", "Alex", "--email", "a@b.example", "--key", "alex-rivera"];
    assert_data_eq!(
        desk.run(&flags).page(),
        str![[r#"
--- stderr
error: this computer's clock says 1 Jan 1970
  What is written carries the date. No portfolio was made.
hint: set the clock, then run this again
--- exit 1

"#]]
    );
}

#[test]
fn a_read_only_folder_keeps_its_state() {
    let desk = Desk::with_brief();
    desk.put("../notes.txt", "notes\n");
    let script = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" && exec \"$0\" \"$@\"";
    let words = ["add", "../notes.txt", "--for", "2"];
    let mut unshare = desk.command_of("unshare");
    unshare.args(["-Urm", "sh", "-c", script, env!("CARGO_BIN_EXE_portfolio")]).args(words);
    let shown = desk.shown(&mut unshare);
    if !shown.err.starts_with("error: ") {
        return eprintln!("NOT TESTED: no folder can be made read-only here: {}", shown.page());
    }
    assert_data_eq!(
        shown.page(),
        str![[r#"
--- stderr
error: .portfolio/lock is on a disk that is read-only
  Nothing was added.
hint: look at who may write there, or choose another place
--- exit 7

"#]]
    );
    assert!(!desk.at("artifacts").exists());
}
