//! Completions and manual pages, for those who package the program.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;

#[test]
fn completions_know_every_command_in_every_shell() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let shown = desk.run(&["completions", shell]);
        assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{shell}");
        for word in ["placement", "collect", "verify", "backup", "passphrase-file", "no-input"] {
            assert!(shown.out.contains(word), "{shell} does not know {word}");
        }
    }
    assert_data_eq!(
        desk.run(&["completions", "tcsh"]).page(),
        str![[r#"
--- stderr
error: invalid value 'tcsh' for '<SHELL>'
  [possible values: bash, elvish, fish, powershell, zsh]
hint: did you mean zsh?
--- exit 2

"#]]
    );
}

#[test]
fn bash_takes_the_completions() {
    let desk = Desk::new();
    desk.put("portfolio.bash", desk.run(&["completions", "bash"]).out);
    let script = "source ./portfolio.bash && COMP_WORDS=(portfolio pl) COMP_CWORD=1 && _portfolio portfolio pl portfolio && echo \"${COMPREPLY[@]}\"";
    let bash = std::process::Command::new("bash").args(["-c", script]).current_dir(desk.at("")).output();
    let Ok(bash) = bash else { return eprintln!("no bash here: completions not tried") };
    assert_eq!(String::from_utf8(bash.stdout).unwrap(), "placement\n");
}

#[test]
fn manual_pages_are_printed_or_written() {
    let desk = Desk::new();
    let shown = desk.run(&["man", "key", "new"]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.contains(".TH portfolio-key-new 1"), "{}", shown.out);
    assert!(shown.out.contains("never uses the network"));
    let dry = desk.run(&["man", "--dir", "man1", "--dry-run"]);
    assert!(dry.out.starts_with("Would write ") && dry.out.ends_with(" pages into man1\n"), "{}", dry.out);
    assert!(!desk.at("man1").exists());
    let wrote = desk.run(&["man", "--dir", "man1"]);
    let pages = std::fs::read_dir(desk.at("man1")).unwrap().count();
    assert_eq!(wrote.page(), format!("Wrote {pages} pages into man1\n--- exit 0\n"));
    let main = String::from_utf8(desk.read("man1/portfolio.1")).unwrap();
    assert!(main.contains(".SH EXAMPLES") && main.contains("may change in any release"), "{main}");
    assert_data_eq!(
        desk.run(&["man", "nothing"]).page(),
        str![[r#"
--- stderr
error: “nothing” is not a command
  Nothing was printed.
--- exit 2

"#]]
    );
}
