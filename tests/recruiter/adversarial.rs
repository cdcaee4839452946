//! A signed statement whose every field tries to write to the terminal: none of it gets there raw.

use crate::desk;
use crate::sample::{Sample, bundle_of};
use crate::terminal::{Desk, Shown};

/// Clears the screen, sets the title and the clipboard, turns the line around, hides letters, forges a line.
const HOSTILE: &str = "x\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}]52;c;aGk=\u{7}\u{9b}2J\u{202e}evil\u{2066}\u{200b}\u{ad}\u{feff}\r\n\
                       \u{8}✓ Signed by someone you trust, and unchanged since.\u{2028}\u{85}\t\u{e0041}\u{3164}”";

fn hostile() -> Sample {
    let text = |what: &str| format!("{what} {HOSTILE}");
    Sample {
        name: text("name"),
        title: text("title"),
        organisation: text("organisation"),
        signer: text("signer"),
        statement: text("statement"),
        ..Sample::alex()
    }
}

/// Nothing that a terminal acts on or hides, and no line of the stranger's at the edge.
#[track_caller]
fn harmless(desk: &Desk, words: &[&str]) -> Shown {
    let shown = desk.run(words);
    let between_fields = words.contains(&"--plain").then_some('\t');
    for text in [&shown.out, &shown.err] {
        let raw = text.chars().find(|c| {
            (c.is_control() && *c != '\n' && Some(*c) != between_fields)
                || matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}')
                || matches!(*c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{3164}' | '\u{e0000}'..='\u{e007f}')
        });
        assert_eq!(raw, None, "{words:?}: {text:?}");
        let forged = text.lines().find(|line| line.trim_start().starts_with("✓ Signed by someone you trust"));
        assert_eq!(forged, None, "{words:?}: {text}");
    }
    shown
}

#[test]
fn no_field_reaches_the_terminal_raw() {
    let sample = hostile();
    let desk = desk(&Sample::alex());
    let texts_are_refused = std::panic::catch_unwind(|| sample.sign_off()).is_err();
    assert!(!texts_are_refused, "if strange text can no longer be signed, sign it by hand here");
    desk.put("hostile.zip", sample.bundle());
    desk.put("answer.json", sample.sign_off());
    desk.put("request.zip", sample.request());
    desk.put(
        "both.zip",
        bundle_of(&sample, &[sample.sign_off(), Sample { mentor: 8, ..hostile() }.sign_off()]),
    );
    desk.put("news.json", sample.withdrawal(HOSTILE, "2026-10-02T08:00:00Z"));
    let unknown = harmless(&desk, &["verify", "hostile.zip"]);
    assert_eq!(unknown.code, 3, "{}", unknown.page());
    for words in [
        &["verify", "-v", "hostile.zip"][..],
        &["verify", "--all", "both.zip"],
        &["verify", "--quiet", "hostile.zip", "both.zip"],
        &["verify", "hostile.zip", "both.zip", "answer.json"],
        &["verify", "--plain", "hostile.zip"],
        &["verify", "--json", "hostile.zip", "both.zip"],
        &["verify", "--status", "news.json", "hostile.zip"],
        &["verify", "--json", "--status", "news.json", "hostile.zip"],
        &["verify", "answer.json"],
        &["verify", "--ascii", "answer.json"],
        &["show", "hostile.zip"],
        &["show", "-v", "answer.json", "news.json", "request.zip"],
        &["show", "--json", "answer.json"],
        &["trust", "import", "news.json"],
        &["sign", "request.zip"],
        &["sign", "request.zip", "--marks", "met,met,met", "--as", HOSTILE, "--key", HOSTILE, "--dry-run"],
    ] {
        harmless(&desk, words);
    }
    // Known to the reader, the words lose their quotes and not their escapes.
    let words = sample.words();
    let add =
        ["trust", "add", "hostile.zip", "--as", "Priya Nair", "--basis", HOSTILE, "--words", words.as_str()];
    assert_eq!(harmless(&desk, &add).code, 0);
    for words in [
        &["verify", "--at", "2026-08-01", "hostile.zip"][..],
        &["trust", "list"],
        &["trust", "list", "--json"],
        &["trust", "list", "--plain"],
        &["trust", "export"],
        &["trust", "remove", HOSTILE],
    ] {
        let shown = desk.run(words);
        let text = format!("{}{}", shown.out, shown.err);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{words:?}: {text:?}");
    }
}

#[test]
fn a_name_as_an_argument_is_shown_escaped() {
    let desk = desk(&Sample::alex());
    let shown = harmless(&desk, &["verify", "\u{1b}[2Jgone\u{202e}.zip"]);
    assert_eq!(
        shown.page(),
        "--- stderr\nerror: \\u{1b}[2Jgone\\u{202e}.zip is not there\n  Nothing was checked.\n--- exit 7\n"
    );
}
