//! The signed words on the screen: the whole text, in four columns of indent, nothing of it left out.

use portfolio::credential::statement::Line;
use portfolio::render::escape::visible;
use portfolio::render::layout::{padded, wrap};

/// How wide the text is set.
const COLUMNS: usize = 72;
const INDENT: &str = "    ";
/// Where the fields of a deliverable begin, and how wide their names are.
const FIELD_INDENT: &str = "       ";
const FIELD_NAME: usize = 9;

/// The lines to print, made of the text of a sign-off. Whatever a stranger wrote is escaped and stays behind the
/// indent, so that it can never look like a line of ours.
pub fn lines(text: &[Line]) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text {
        match line {
            Line::Blank => lines.push(String::new()),
            Line::Text(text) => lines.extend(set(text, INDENT, INDENT)),
            Line::Item(title) => lines.extend(set(title, INDENT, FIELD_INDENT)),
            // A fingerprint stays whole: it is there to be compared.
            Line::Field { label, value } if *label == "sha256" => {
                lines.push(format!("{FIELD_INDENT}{}{}", padded(label, FIELD_NAME), visible(value)));
            }
            Line::Field { label, value } => {
                let first = format!("{FIELD_INDENT}{}", padded(label, FIELD_NAME));
                lines.extend(set(value, &first, &" ".repeat(FIELD_INDENT.len() + FIELD_NAME)));
            }
        }
    }
    lines
}

fn set(text: &str, first: &str, rest: &str) -> Vec<String> {
    let width = COLUMNS + INDENT.len() - rest.len();
    let lines = wrap(&visible(text), width);
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| format!("{}{line}", if index == 0 { first } else { rest }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_stands_at_the_edge() {
        let text = [
            Line::Text("fine\nResult: good \u{202e}".to_owned()),
            Line::Item("1. Report: met".to_owned()),
            Line::Field {
                label: "asked",
                value: "error under 12 % on the held-out month, and then some more words".to_owned(),
            },
        ];
        assert_eq!(
            lines(&text),
            [
                "    fine\\u{a}Result: good \\u{202e}",
                "    1. Report: met",
                "       asked    error under 12 % on the held-out month, and then some more",
                "                words",
            ]
        );
    }
}
