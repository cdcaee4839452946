//! The first steps of a student: the portfolio, the placement, the brief.

use std::os::unix::fs::PermissionsExt;

use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, PASSPHRASE};

#[test]
fn init_asks_three_questions_and_says_what_it_made() {
    let mut desk = Desk::new();
    desk.go("portfolio");
    let shown = desk.sit(&["init"], &["Alex Rivera", "alex", "alex@rivera.example", PASSPHRASE, PASSPHRASE]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
Your name, as sign-offs should show it: Alex Rivera
Your email: alex
  An address looks like alex@rivera.example.
Your email: alex@rivera.example

Now a key, so that records can say they are about you. It stays on this
computer and outside this folder, so it can never end up in git.
Choose a passphrase (nothing shows while you type): 
The same again: 

Made a portfolio in /desk/work/portfolio
  portfolio.json    your name and email
  placements/       one folder per placement
  private/          never bundled; git ignores it, so back it up
Made your key in /desk/.local/share/portfolio/keys
  Keep a copy somewhere safe: portfolio key backup

Next: portfolio placement new NAME
hint: this folder is not in git yet; to keep its history, run: git init
--- exit 0

"#]]
    );
    assert_eq!(desk.read(".gitignore"), b"private/\n.portfolio/\n");
    let mode = std::fs::metadata(desk.at("private")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
    assert_data_eq!(
        desk.run(&["init"]).page(),
        str![[r#"
--- stderr
error: there is a portfolio here already
  It is in /desk/work/portfolio. It was left as it is.
hint: see what is in it: portfolio status
--- exit 1

"#]]
    );
}

#[test]
fn init_by_flags_in_a_folder_with_git() {
    let desk = Desk::with_key();
    std::fs::create_dir(desk.at(".git")).unwrap();
    let shown = desk.run(&[
        "init",
        "--name",
        "Alex Rivera",
        "--email",
        "alex@rivera.example",
        "--key",
        "alex-rivera",
    ]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
Made a portfolio in /desk/work
  portfolio.json    your name and email
  placements/       one folder per placement
  private/          never bundled; git ignores it, so back it up

Next: portfolio placement new NAME
--- exit 0

"#]]
    );
    assert_data_eq!(
        String::from_utf8(desk.read("portfolio.json")).unwrap(),
        str![[r#"
{
  "formatVersion": 1,
  "name": "Alex Rivera",
  "email": "alex@rivera.example",
  "did": "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
  "created": "2026-07-24T15:02:40Z"
}

"#]]
    );
}

#[test]
fn init_without_a_terminal_names_the_flag() {
    assert_data_eq!(
        Desk::new().run(&["init", "--no-input"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Your name, as sign-offs should show it
  Nothing was written.
hint: answer it with --name
--- exit 5

"#]]
    );
    assert_data_eq!(
        Desk::new().run(&["init", "--name", "Alex", "--email", "alex"]).page(),
        str![[r#"
--- stderr
error: --email cannot be used
  An address looks like alex@rivera.example.
  Nothing was written.
--- exit 2

"#]]
    );
}

#[test]
fn init_in_letters() {
    let mut desk = Desk::with_key();
    desk.go("portfolio");
    desk.set("LANG", "C");
    let flags =
        ["init", "--name", "Alex", "--email", "a@b.example", "--passphrase-file", "../pass", "--ascii"];
    assert_data_eq!(
        desk.run(&flags).page(),
        str![[r#"
Made a portfolio in /desk/work/portfolio
  portfolio.json    your name and email
  placements/       one folder per placement
  private/          never bundled; git ignores it, so back it up
Made your key in /desk/.local/share/portfolio/keys
  Keep a copy somewhere safe: portfolio key backup

Next: portfolio placement new NAME
--- stderr
hint: this folder is not in git yet; to keep its history, run: git init
--- exit 0

"#]]
    );
}

#[test]
fn outside_a_portfolio_it_says_where_it_looked() {
    let mut desk = Desk::new();
    desk.go("Documents");
    assert_data_eq!(
        desk.run(&["placement", "list"]).page(),
        str![[r#"
--- stderr
error: there is no portfolio here
  Looked in /desk/work/Documents and every folder above it.
hint: go to your portfolio folder, or make one in this folder: portfolio init
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["-C", "nowhere", "placement", "list"]).page(),
        str![[r#"
--- stderr
error: /desk/work/Documents/nowhere is not there
  Nothing was shown.
--- exit 7

"#]]
    );
}
