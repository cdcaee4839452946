//! What every command shares: the first screen, help, colour, symbols, closed pipes, wrong words.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn without_arguments_it_says_who_starts_where() {
    assert_data_eq!(
        Desk::new().run(&[]).page(),
        str![[r#"
Keeps internship work together, with sign-offs that anyone can check offline.

Start with one of these
  portfolio init           make a portfolio in this folder
  portfolio sign FILE      someone sent you a request: read it, then sign or not
  portfolio verify FILE    someone sent you a bundle: check it

Then
  Record the work      placement, add, deposit, story, status, check, checklist
  Get it signed        request, collect
  Share it             bundle, credential, roi
  Look ahead and back  skills, moves, outcome, log, inventory
  Keys and people      key, trust, vouch, withdraw
  Look inside a file   show

See it all at work: portfolio demo sample
More: portfolio help COMMAND, or portfolio --help
--- exit 0

"#]]
    );
}

#[test]
fn a_file_in_place_of_a_command_is_answered_and_nothing_is_done() {
    assert_data_eq!(
        Desk::new().run(&["bundle.zip"]).page(),
        str![[r#"
--- stderr
error: “bundle.zip” is not a command
  Nothing was done.
hint: did you mean `portfolio verify bundle.zip`?
--- exit 2

"#]]
    );
}

#[test]
fn a_wrong_option_names_the_usage() {
    assert_data_eq!(
        Desk::new().run(&["status", "--colour"]).page(),
        str![[r#"
--- stderr
error: unexpected argument '--colour' found
  Usage: portfolio status
hint: did you mean --color?
--- exit 2

"#]]
    );
    assert_data_eq!(
        Desk::new().run(&["key"]).page(),
        str![[r#"
--- stderr
error: `portfolio key` needs one more word
  One of: new, list, show, backup, restore, lost, rotate
hint: see what each does: portfolio key --help
--- exit 2

"#]]
    );
}

#[test]
fn a_wrong_option_under_json_is_one_document() {
    assert_data_eq!(
        Desk::new().run(&["status", "--json", "--colour"]).page(),
        str![[r#"
{
  "type": "Problem",
  "error": {
    "type": "tag:portfolio,2026:usage",
    "title": "unexpected argument '--colour' found",
    "detail": "Usage: portfolio status",
    "hint": "did you mean --color?",
    "exitCode": 2
  }
}
--- exit 2

"#]]
    );
}

#[test]
fn a_newer_json_is_refused() {
    assert_data_eq!(
        Desk::new().run(&["status", "--json=2"]).page(),
        str![[r#"
--- stderr
error: --json=2 is newer than this program
  This program prints version 1. Nothing was done.
--- exit 8

"#]]
    );
}

#[test]
fn the_version_says_that_it_stays_offline() {
    assert_data_eq!(
        Desk::new().run(&["--version"]).page(),
        str![[r#"
portfolio 0.1.0
never uses the network
--- exit 0

"#]]
    );
    assert_data_eq!(
        Desk::new().run(&["-V"]).page(),
        str![[r#"
portfolio 0.1.0
never uses the network
--- exit 0

"#]]
    );
}

#[test]
fn help_leads_with_examples() {
    assert_data_eq!(
        Desk::new().run(&["--help"]).page(),
        str![[r#"
Keeps internship work together, with sign-offs that anyone can check offline

Examples:
  portfolio init                     make a portfolio in this folder
  portfolio verify alex-rivera.zip   check a bundle that someone sent you

Usage: portfolio [OPTIONS] [COMMAND]

Commands:
  init         Make a portfolio in this folder
  offer        Write down an offer, ask, compare, decide
  placement    Write down a placement and what was asked
  add          Add a piece of work
  deposit      Keep what others issued to you, before its link dies
  status       Show what is there and what comes next
  check        Look through the whole folder for what is wrong
  story        Tell what a piece of work was about
  skills       List what your work shows that you can do
  moves        Map your next moves to what serves them
  outcome      Write down what came of a placement
  roi          Show what your placements were worth
  inventory    List who holds what about you
  log          Show what happened, newest first
  checklist    Show the first thirty days of a placement
  request      Ask a mentor to sign
  collect      Take in the mentor's answer
  bundle       Pack what you want to show into one file
  credential   List your sign-offs; hand one on as a badge
  sign         Read a request, then sign or not
  withdraw     Withdraw a sign-off you gave
  vouch        Say whose key it is that signs for you
  verify       Check a bundle or a sign-off
  trust        Keep the list of signers you know
  show         Look inside a file without judging it
  key          Make, list, show, back up, rotate and report your keys
  demo         Play the whole journey in a sample folder
  completions  Print completions for a shell
  man          Print or write the manual pages
  help         Explain a command

Options:
  -V, --version  Print version

Options of every command:
      --json[=<VERSION>]  Print one JSON document; =1 names its version
      --plain             Print one record a line, tab-separated
  -q, --quiet             Say only what is asked for
  -v, --verbose           Say more: causes, fingerprints, names of things inside
  -n, --dry-run           Do everything but write
      --yes               Answer yes where a question asks yes or no
      --no-input          Never ask; stop and name the flag that answers
      --color <WHEN>      When to colour: auto, always or never
      --ascii             Letters instead of symbols: [ok] [??] [!!] [NO] [--]
  -C <DIR>                Run as if started in DIR
  -h, --help              Print help
--- exit 0

"#]]
    );
    let desk = Desk::new();
    assert_eq!(desk.run(&["help", "status"]), desk.run(&["status", "--help"]));
    assert_eq!(desk.run(&["help"]), desk.run(&["--help"]));
}

#[test]
fn a_closed_pipe_is_a_quiet_stop() {
    assert_data_eq!(
        Desk::new().run_into_a_closed_pipe(&["--help"]).page(),
        str![[r#"
--- exit 141

"#]]
    );
}

#[test]
fn colour_follows_the_terminal_and_the_flag_beats_all() {
    let mut desk = Desk::new();
    desk.set("NO_COLOR", "");
    assert!(!desk.run(&[]).out.contains('\u{1b}'));
    assert!(desk.sit(&[], &[]).out.contains("\u{1b}[36mportfolio init"));
    assert!(desk.run(&["--color=always"]).out.contains("\u{1b}[36mportfolio init"));
    desk.set("CLICOLOR_FORCE", "1");
    assert!(desk.run(&[]).out.contains("\u{1b}[36mportfolio init"));
    desk.set("NO_COLOR", "1");
    assert!(!desk.run(&[]).out.contains('\u{1b}'));
    assert!(!desk.sit(&[], &[]).out.contains('\u{1b}'));
    assert!(desk.run(&["--color", "always"]).out.contains('\u{1b}'));
    desk.set("NO_COLOR", "");
    desk.set("CLICOLOR_FORCE", "");
    for (name, value) in [("TERM", "dumb"), ("CLICOLOR", "0")] {
        let mut desk = Desk::new();
        desk.set("NO_COLOR", "");
        desk.set(name, value);
        assert!(!desk.sit(&[], &[]).out.contains('\u{1b}'), "{name}={value}");
    }
    assert_eq!(desk.sit(&["--color=never"], &[]).page(), desk.run(&[]).page());
}

#[test]
fn hints_can_be_turned_off_for_good() {
    let desk = Desk::new();
    desk.put("../.config/portfolio/settings.json", "{\"hints\": false}\n");
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
--- stderr
error: there is no portfolio here
  Looked in /desk/work and every folder above it.
--- exit 1

"#]]
    );
    desk.put("../.config/portfolio/settings.json", "{\"hints\": \"no\"}\n");
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
--- stderr
error: /desk/.config/portfolio/settings.json cannot be read
  invalid type: string "no", expected a boolean. Nothing was done.
hint: mend it, or remove it: without it everything is as usual
--- exit 1

"#]]
    );
}
