//! Keys: made, listed, shown, backed up, restored, refused.

use std::os::unix::fs::PermissionsExt;

use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, PASSPHRASE};

const KEYS: &str = "../.local/share/portfolio/keys";

#[test]
fn a_new_key_is_encrypted_private_and_never_overwritten() {
    let desk = Desk::new();
    desk.put_private("pass", PASSPHRASE);
    let made = desk.run(&["key", "new", "priya", "--passphrase-file", "pass"]);
    let made = made.page().replace(&fingerprint(&desk, "priya"), "SHA256:KEY");
    assert_data_eq!(
        made,
        str![[r#"
Made the key /desk/.local/share/portfolio/keys/priya
  SHA256:KEY
  Keep a copy somewhere safe: portfolio key backup priya
--- exit 0

"#]]
    );
    let file = String::from_utf8(desk.read(&format!("{KEYS}/priya"))).unwrap();
    assert!(file.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----"));
    let mode = |path: &str| std::fs::metadata(desk.at(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&format!("{KEYS}/priya")), mode(KEYS)), (0o600, 0o700));
    assert_eq!(desk.run(&["key", "new", "priya", "--passphrase-file", "pass"]).code, 0);
    assert_eq!(String::from_utf8(desk.read(&format!("{KEYS}/priya"))).unwrap(), file);
    assert!(desk.at(&format!("{KEYS}/priya-2")).is_file());
}

#[test]
fn ssh_keygen_agrees_about_the_fingerprint() {
    let desk = Desk::with_key();
    let listed = std::process::Command::new("ssh-keygen")
        .arg("-lf")
        .arg(desk.at(&format!("{KEYS}/alex-rivera")))
        .output();
    let Ok(listed) = listed else { return eprintln!("no ssh-keygen here: not compared") };
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains(&fingerprint(&desk, "alex-rivera")), "{listed}");
}

#[test]
fn a_person_chooses_a_passphrase_twice() {
    let desk = Desk::new();
    let typed = [
        "short",
        "orchard kettle marble",
        "orchard kettle marbel",
        "orchard kettle marble",
        "orchard kettle marble",
    ];
    let shown = desk.sit(&["key", "new", "tom"], &typed);
    let page = shown.page().replace(&fingerprint(&desk, "tom"), "SHA256:KEY");
    assert_data_eq!(
        page,
        str![[r#"
Choose a passphrase (nothing shows while you type): 
  That is shorter than 12 characters; four or five words make a good one
Choose a passphrase (nothing shows while you type): 
The same again: 
  Those two differ. Once more.
Choose a passphrase (nothing shows while you type): 
The same again: 
Made the key /desk/.local/share/portfolio/keys/tom
  SHA256:KEY
  Keep a copy somewhere safe: portfolio key backup tom
--- exit 0

"#]]
    );
}

#[test]
fn without_a_terminal_the_flag_is_named() {
    assert_data_eq!(
        Desk::new().run(&["key", "new", "--no-input"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Choose a passphrase (nothing shows while you type)
  Nothing was written.
hint: answer it with --passphrase-file FILE
--- exit 5

"#]]
    );
    assert_data_eq!(
        Desk::new().run(&["key", "new"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: Choose a passphrase (nothing shows while you type)
  Nothing was written.
hint: answer it with --passphrase-file FILE
--- exit 5

"#]]
    );
}

#[test]
fn keys_are_listed_and_shown() {
    let desk = Desk::with_key();
    assert_data_eq!(
        desk.run(&["key", "list"]).page(),
        str![[r#"
alex-rivera  SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["key", "show"]).page(),
        str![[r#"
alex-rivera
  Fingerprint  SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo
  Eight words  bean vault expand smart  relief emerge silk baby
  Public line, for SSH and for those who want to know the key beforehand:
  ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop alex-rivera

The words are not secret. But say them yourself: do not agree to a list that
somebody reads to you.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["key", "show", "--plain"]).page(),
        str![[r#"
alex-rivera	SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo	did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp	bean vault expand smart relief emerge silk baby
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["key", "list", "--json"]).page(),
        str![[r#"
{
  "type": "KeyList",
  "keys": [
    {
      "name": "alex-rivera",
      "fingerprint": "SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo",
      "did": "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
      "words": "bean vault expand smart relief emerge silk baby",
      "publicLine": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop alex-rivera",
      "file": "/desk/.local/share/portfolio/keys/alex-rivera"
    }
  ]
}
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["key", "show", "tom"]).page(),
        str![[r#"
--- stderr
error: you have no key “tom”
  Looked in /desk/.local/share/portfolio/keys.
hint: see what there is: portfolio key list
--- exit 1

"#]]
    );
    assert_data_eq!(
        Desk::new().run(&["key", "show"]).page(),
        str![[r#"
--- stderr
error: you have no key yet
  Looked in /desk/.local/share/portfolio/keys.
hint: make one: portfolio key new NAME
--- exit 1

"#]]
    );
}

#[test]
fn a_backup_is_typed_back() {
    let desk = Desk::with_key();
    assert_data_eq!(
        desk.run(&["key", "backup"]).page(),
        str![[r#"
--- stderr
error: the words of a key are shown to a person alone
  They are the key itself, so they are not written to a file or a pipe.
hint: run this at a terminal, or copy the encrypted key file instead
--- exit 5

"#]]
    );
    let shown = desk.sit(&["key", "backup"], &["wrong", "wrong", "wrong"]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
Passphrase for your key: 
error: that is not the passphrase
  Key “alex-rivera”, 2 more tries. No words were shown.
hint: check Caps Lock and the keyboard layout; a lost passphrase cannot be reset
Passphrase for your key: 
error: that is not the passphrase
  Key “alex-rivera”, 1 more try. No words were shown.
hint: check Caps Lock and the keyboard layout; a lost passphrase cannot be reset
Passphrase for your key: 
error: that is not the passphrase
  Key “alex-rivera”, no more tries. No words were shown.
hint: check Caps Lock and the keyboard layout; a lost passphrase cannot be reset
--- exit 1

"#]]
    );
    let shown = desk.sit(&["key", "backup", "--passphrase-file", "pass"], &["art"]);
    let page = shown.out;
    assert!(page.contains("   1  abandon      7  abandon     13  abandon     19  abandon"), "{page}");
    assert!(page.contains("   6  abandon     12  abandon     18  abandon     24  art"), "{page}");
}

#[test]
fn a_key_is_restored_once() {
    let desk = Desk::with_key();
    desk.put_private("words", format!("{} art", ["abandon"; 23].join(" ")));
    assert_data_eq!(
        desk.run(&["key", "restore", "--words-file", "words", "--passphrase-file", "pass"]).page(),
        str![[r#"
--- stderr
error: you have this key already
  It is “alex-rivera”, SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo. It
  was left as it is.
--- exit 1

"#]]
    );
    let desk = Desk::new();
    let words = ["abandon"; 23].join(" ");
    let typed = [
        &format!("{words} abandon"),
        &format!("{words} arrt"),
        &format!("{words} art"),
        PASSPHRASE,
        PASSPHRASE,
    ];
    assert_data_eq!(
        desk.sit(&["key", "restore", "alex-rivera"], &typed).page(),
        str![[r#"
The 24 words, in order, with spaces between: abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon
error: those are not the words of a key
  Each is a word of the list, but one is wrong or two changed places. No key was
  made.
The 24 words, in order, with spaces between: abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon arrt
error: those are not the words of a key
  Word 24 is not a word of the list. No key was made.
The 24 words, in order, with spaces between: abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art
Those words fit together. A passphrase for the key on this computer:
Choose a passphrase (nothing shows while you type): 
The same again: 
Made the key /desk/.local/share/portfolio/keys/alex-rivera
  SHA256:tAXFyTXI8xtDaujAEcwJslAYc9/6FKcUkd2Lw0xDhPo
Compare that with a place where you have the fingerprint from before.
--- exit 0

"#]]
    );
}

#[test]
fn a_passphrase_file_that_others_can_read_is_refused() {
    let desk = Desk::with_key();
    desk.put("open", PASSPHRASE);
    assert_data_eq!(
        desk.run(&["key", "new", "tom", "--passphrase-file", "open"]).page(),
        str![[r#"
--- stderr
error: other people on this computer can read open
  Its permissions are 0644; a secret is for its owner alone. No key was made.
hint: chmod 600 open
--- exit 1

"#]]
    );
    desk.put_private("weak", "hunter2");
    assert_data_eq!(
        desk.run(&["key", "new", "tom", "--passphrase-file", "weak"]).page(),
        str![[r#"
--- stderr
error: that is shorter than 12 characters; four or five words make a good one
  No key was made.
--- exit 1

"#]]
    );
}

fn fingerprint(desk: &Desk, name: &str) -> String {
    let shown = desk.run(&["key", "show", name, "--plain"]).out;
    shown.split('\t').nth(1).unwrap().to_owned()
}
