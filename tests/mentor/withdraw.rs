//! `withdraw`: a note by the same key, and what a recruiter makes of it.

use crate::{PRIYA, REQUEST, desk_with_ssh_key};

#[test]
fn a_sign_off_is_taken_back_by_its_key_alone() {
    let mut desk = desk_with_ssh_key();
    let flags = ["--marks", "met,met,partly", "--as", PRIYA, "--key", "priya_key", "--good-until", "none"];
    let words = |more: &[&'static str]| -> Vec<&'static str> {
        ["sign", REQUEST].into_iter().chain(flags).chain(more.iter().copied()).collect()
    };
    let preview = desk.run(&words(&["--dry-run"])).out;
    let expected = preview.lines().last().unwrap().strip_prefix("Text: ").unwrap().to_owned();
    let mut signing = words(&["--yes", "--expect"]);
    let expected: &'static str = expected.leak();
    signing.push(expected);
    assert_eq!(desk.run(&signing).code, 0);

    desk.set_clock(1_790_935_200);
    let stopped = desk.sit(
        &[
            "withdraw",
            "acme-forecasting.reply.json",
            "--key",
            "priya_key",
            "--reason",
            "later version exists",
        ],
        &["no"],
    );
    assert_eq!(
        stopped.page(),
        "This withdraws your sign-off of 24 Jul 2026 for Alex Rivera, Demand forecasting
co-lab. It cannot be undone; you can sign a new one.
Type withdraw to go on: no
Nothing was withdrawn.
--- exit 5
"
    );
    let shown = desk.sit(
        &[
            "withdraw",
            "acme-forecasting.reply.json",
            "--key",
            "priya_key",
            "--reason",
            "later version exists",
            "-o",
            "acme-withdrawn.json",
        ],
        &["withdraw"],
    );
    assert_eq!(
        shown.page(),
        "This withdraws your sign-off of 24 Jul 2026 for Alex Rivera, Demand forecasting
co-lab. It cannot be undone; you can sign a new one.
Type withdraw to go on: withdraw
Wrote acme-withdrawn.json. Send it to Alex, and post it where people look for
your key. Someone offline learns of it only when that file reaches them.
--- exit 0
"
    );
    let checked =
        desk.run(&["verify", "acme-forecasting.reply.json", "--status", "acme-withdrawn.json", "--quiet"]);
    assert_eq!(
        checked.page(),
        "✗ acme-forecasting.reply.json: withdrawn by the signer on 2 Oct 2026, signed by a key you do not know\n\
         --- exit 4\n"
    );
    let piped = desk.run(&["withdraw", "acme-forecasting.reply.json", "--yes", "-o", "-"]);
    assert_eq!(
        piped.page(),
        "--- stderr
error: the note is written to a file, not to a pipe
  Nothing was withdrawn.
hint: name the file: --output FILE
--- exit 2
"
    );
    let stranger = desk.run(&["withdraw", "acme-forecasting.reply.json", "--yes"]);
    assert!(stranger.err.starts_with("error: the key that signed this is not here\n"), "{}", stranger.page());
    assert_eq!(stranger.code, 1);
}
