//! What cannot be added, and why.

use snapbox::{IntoData as _, assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn what_cannot_be_added_says_why() {
    let desk = Desk::with_brief();
    let add = |file: &str| desk.run(&["add", "acme-forecasting", file, "--for", "1"]).page();
    assert_data_eq!(
        add("nowhere.pdf"),
        str![[r#"
--- stderr
error: nowhere.pdf is not there
  Nothing was added.
--- exit 7

"#]]
    );
    desk.put("pointer.pdf", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n");
    assert_data_eq!(
        add("pointer.pdf"),
        str![[r#"
--- stderr
error: pointer.pdf is not the file itself
  It is a Git LFS pointer: three lines that say where the file is.
  Nothing was added.
hint: get the file with: git lfs pull
--- exit 1

"#]]
    );
    desk.put("half.pdf", &Desk::pdf()[..5000]);
    assert_data_eq!(
        add("half.pdf"),
        str![[r#"
--- stderr
error: half.pdf is not a whole PDF
  It starts like a PDF but has no %%EOF near its end.
  This happens when a download or a copy stopped half-way.
  Nothing was added.
hint: get the file again and add that
--- exit 1

"#]]
    );
    desk.put("empty.txt", "");
    assert_data_eq!(
        add("empty.txt"),
        str![[r#"
--- stderr
error: empty.txt is empty
  Nothing was added.
--- exit 1

"#]]
    );
    std::os::unix::fs::symlink("/etc/passwd", desk.at("link.txt")).unwrap();
    assert_data_eq!(
        add("link.txt"),
        str![[r#"
--- stderr
error: link.txt is a link, not a file
  It was not followed or opened. Nothing was added.
--- exit 1

"#]]
    );
    assert!(std::process::Command::new("mkfifo").arg(desk.at("pipe")).status().unwrap().success());
    assert_data_eq!(
        add("pipe"),
        str![[r#"
--- stderr
error: pipe is a pipe, not a file
  It was not followed or opened. Nothing was added.
--- exit 1

"#]]
    );
    assert_data_eq!(
        add("../../.local/share/portfolio/keys/alex-rivera"),
        str![[r#"
--- stderr
error: ../../.local/share/portfolio/keys/alex-rivera looks like a private key
  What is added can be sent to others, so it is refused. Nothing was added.
--- exit 1

"#]]
    );
    for name in ["nul.txt", "a\u{202e}fdp.txt", "50%.txt", "end .txt "] {
        desk.put(name, "text");
    }
    assert_data_eq!(
        add("nul.txt"),
        str![[r#"
--- stderr
error: the name “nul.txt” cannot travel
  “nul” is the name of a device on Windows.
  Nothing was added.
hint: give the file another name and add that
--- exit 1

"#]]
    );
    assert_data_eq!(
        add("a\u{202e}fdp.txt"),
        str![[r#"
--- stderr
error: the name “a\u{202e}fdp.txt” cannot travel
  The name holds the invisible character U+202E.
  Nothing was added.
hint: give the file another name and add that
--- exit 1

"#]]
        .raw()
    );
    assert_data_eq!(
        add("50%.txt"),
        str![[r#"
--- stderr
error: the name “50%.txt” cannot travel
  The name holds “%”, which not every system takes.
  Nothing was added.
hint: give the file another name and add that
--- exit 1

"#]]
    );
    assert_data_eq!(
        add("end .txt "),
        str![[r#"
--- stderr
error: the name “end .txt ” cannot travel
  A name ends in a dot or a space.
  Nothing was added.
hint: give the file another name and add that
--- exit 1

"#]]
    );
    assert_data_eq!(
        add("portfolio.json"),
        str![[r#"
--- stderr
error: portfolio.json belongs to the portfolio already
  Nothing was added.
--- exit 1

"#]]
    );
}

#[test]
fn wrong_words_are_answered_before_anything_is_read() {
    let desk = Desk::with_brief();
    desk.put("notes.txt", "notes\n");
    assert_data_eq!(
        desk.run(&["add", "acme-forecasting", "notes.txt", "--for", "9"]).page(),
        str![[r#"
--- stderr
error: acme-forecasting has no deliverable 9
  Its brief has 3. Nothing was added.
hint: see them: portfolio placement show acme-forecasting
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "elsewhere", "notes.txt", "--for", "1"]).page(),
        str![[r#"
--- stderr
error: there is no placement “elsewhere”
  Nothing was added.
hint: see what there is: portfolio placement list
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "acme-forecasting"]).page(),
        str![[r#"
--- stderr
error: no file was named
  Nothing was added.
hint: portfolio add acme-forecasting FILE --for 1
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--until", "2027-07-24"]).page(),
        str![[r#"
--- stderr
error: the following required arguments were not provided
  --confidential
  Usage: portfolio add --confidential --until <DAY> <FILE>...
hint: all options: add --help
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--confidential", "--until", "soon"]).page(),
        str![[r#"
--- stderr
error: --until cannot be used
  A day looks like 2026-07-24.
  Nothing was added.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--type", "text"]).page(),
        str![[r#"
--- stderr
error: --type “text” is not a media type
  One looks like text/html. Nothing was added.
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["add", "notes.txt", "--for", "1", "--dry-run"]).page(),
        str![[r#"
Would add notes.txt (text, 6 bytes)
--- exit 0

"#]]
    );
    assert!(!desk.at("artifacts").exists());
}
