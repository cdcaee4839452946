//! The first screen: who starts where, for `portfolio` without arguments.

use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;

const STARTS: [(&str, &str); 3] = [
    ("portfolio init", "make a portfolio in this folder"),
    ("portfolio sign FILE", "someone sent you a request: read it, then sign or not"),
    ("portfolio verify FILE", "someone sent you a bundle: check it"),
];

const THEN: [(&str, &str); 6] = [
    ("Record the work", "placement, add, deposit, story, status, check, checklist"),
    ("Get it signed", "request, collect"),
    ("Share it", "bundle, credential, roi"),
    ("Look ahead and back", "skills, moves, outcome, log, inventory"),
    ("Keys and people", "key, trust, vouch, withdraw"),
    ("Look inside a file", "show"),
];

/// Prints the map.
pub fn run(screen: &mut Screen) -> Outcome {
    screen.say("Keeps internship work together, with sign-offs that anyone can check offline.");
    screen.gap();
    screen.line(&heading("Start with one of these"));
    for (command, meaning) in STARTS {
        screen.line(&format!("  {0}{command:<23}{0:#}  {meaning}", style::CODE));
    }
    screen.gap();
    screen.line(&heading("Then"));
    for (purpose, commands) in THEN {
        screen.line(&format!("  {purpose:<19}  {0}{commands}{0:#}", style::CODE));
    }
    screen.gap();
    screen.say("See it all at work: portfolio demo sample");
    screen.say("More: portfolio help COMMAND, or portfolio --help");
    Ok(exit::DONE)
}

fn heading(text: &str) -> String {
    format!("{0}{text}{0:#}", style::HEAD)
}
