//! `sign` by flags alone: a script signs only a text whose fingerprint it names.

use crate::{PRIYA, REQUEST, desk_with_ssh_key};

const FLAGS: [&str; 8] =
    ["--marks", "met,met,partly", "--as", PRIYA, "--key", "priya_key", "--good-until", "2029-07-24"];

fn words<'a>(more: &[&'a str]) -> Vec<&'a str> {
    ["sign", REQUEST].into_iter().chain(FLAGS).chain(more.iter().copied()).collect()
}

#[test]
fn the_fingerprint_of_the_text_is_what_allows_a_signature() {
    let desk = desk_with_ssh_key();
    let preview = desk.run(&words(&["--dry-run"]));
    assert_eq!((preview.code, preview.err.as_str()), (0, ""));
    assert!(!desk.at("acme-forecasting.reply.json").exists());
    let last = preview.out.lines().last().unwrap();
    let expected = last.strip_prefix("Text: ").unwrap();
    assert_eq!(expected.len(), "sha256:".len() + 64, "{last}");

    let unseen = desk.run(&words(&["--yes"]));
    assert_eq!(
        unseen.page(),
        "--- stderr
error: --yes signs only the text that --expect names
  A script cannot sign what nobody has seen. Nothing was signed.
hint: see the text and its fingerprint: add --dry-run
--- exit 2
"
    );
    let other = format!("sha256:{}", "0".repeat(64));
    let refused = desk.run(&words(&["--yes", "--expect", &other]));
    assert_eq!(
        refused.page(),
        format!(
            "--- stderr
error: this is not the text that you expect
  It is {expected}
  Nothing was signed.
hint: read it again: add --dry-run
--- exit 1
"
        )
    );
    let signed = desk.run(&words(&["--yes", "--expect", expected]));
    let size = portfolio::render::naming::size(desk.read("acme-forecasting.reply.json").len() as u64);
    assert_eq!(
        signed.page(),
        format!("Signed. Wrote acme-forecasting.reply.json ({size}). Send that file to Alex.\n--- exit 0\n")
    );
    let again = desk.run(&words(&["--yes", "--expect", expected]));
    assert_eq!(
        again.page(),
        "--- stderr
error: acme-forecasting.reply.json exists already
  It was left as it is. Nothing was signed.
hint: write the answer to another file: --output FILE
--- exit 1
"
    );
    let piped = desk.run(&[&words(&["--yes", "--expect", expected])[..], &["-o", "-"]].concat());
    assert_eq!(
        piped.page(),
        "--- stderr
error: the answer is written to a file, not to a pipe
  Nothing was signed.
hint: name the file: --output FILE
--- exit 2
"
    );
    // What was remembered stands in for the name and the key the next time.
    let short = ["sign", REQUEST, "--marks", "met,met,partly", "--dry-run", "-o", "second.json"];
    let ssh = desk.home().join(".ssh");
    std::fs::create_dir(&ssh).unwrap();
    std::fs::rename(desk.at("priya_key"), ssh.join("id_ed25519")).unwrap();
    let preview = desk.run(&short);
    assert!(
        preview.out.contains("    Priya Nair, Data Lead, Acme Retail Ltd\n    Key SHA256:"),
        "{}",
        preview.page()
    );
}

#[test]
fn a_statement_file_and_a_reason_stand_for_the_editor_and_the_question() {
    let desk = desk_with_ssh_key();
    desk.put("words.txt", "Alex rebuilt the forecast and handed it over well.\n");
    let preview = desk.run(&words(&["--statement-file", "words.txt", "--dry-run"]));
    assert!(
        preview.out.starts_with("    Alex rebuilt the forecast and handed it over well.\n\n"),
        "{}",
        preview.page()
    );
    let declined = desk.run(&["sign", REQUEST, "--decline", "no time", "-o", "no.json"]);
    assert_eq!(
        declined.page(),
        "Nothing was signed. Wrote no.json: it says you declined, and why. Send it to
Alex, or delete it. It carries no signature.
--- exit 0
"
    );
}

#[test]
fn without_a_terminal_each_question_names_its_flag() {
    let desk = desk_with_ssh_key();
    let shown =
        desk.run(&["sign", REQUEST, "--marks", "met,met,partly", "--as", PRIYA, "--key", "priya_key"]);
    let end = "error: there is a question and nobody to answer it
  It is: Good until (YYYY-MM-DD, or none)
  Nothing was written.
hint: answer it with --good-until DAY or --good-until none
--- exit 5
";
    assert!(shown.page().ends_with(end), "{}", shown.page());
    let wrong = desk.run(&["sign", REQUEST, "--marks", "met,met", "--dry-run"]);
    assert_eq!(
        wrong.page(),
        "--- stderr
error: there are 3 deliverables, and --marks has 2
  Nothing was signed.
hint: one mark for each, in order: --marks met,partly,not-met
--- exit 2
"
    );
}

#[test]
fn a_request_that_was_signed_before_is_told() {
    let desk = desk_with_ssh_key();
    let preview = desk.run(&words(&["--dry-run"]));
    let expected = preview.out.lines().last().unwrap().strip_prefix("Text: ").unwrap();
    assert_eq!(desk.run(&words(&["--yes", "--expect", expected])).code, 0);
    let again = desk.run(&words(&["--yes", "--expect", expected, "-o", "again.json"]));
    assert_eq!(
        again.err,
        "You signed this very request already, on 24 Jul 2026. Signing again makes a\n\
         second answer; the first one stands until you withdraw it.\n"
    );
    assert_eq!(again.code, 0);
}
