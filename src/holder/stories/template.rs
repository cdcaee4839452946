//! What a new story starts from: five headings, what to write under each, and the line that parts the halves.

use super::{MARKER, On, StoryKind};
use crate::time::Timestamp;

const REFLECTION: [(&str, &str); 5] = [
    ("The problem", "What was wrong or missing, and for whom."),
    ("Constraints", "Time, data, people, rules: what could not be changed."),
    ("My part", "What I did myself, and what others did."),
    ("The result", "What came out. A number names its evidence, an id in brackets behind it."),
    ("What I would do differently", "One thing, and why."),
];

const CASE_STUDY: [(&str, &str); 5] = [
    ("The problem", "Who had it, what it cost them, and how anybody could tell."),
    ("Constraints", "What was given: time, data, tools, people, terms of confidence."),
    ("My part", "The steps I took, the choices between them, and who else worked on it."),
    ("The result", "Before and after. A number names its evidence, an id in brackets behind it."),
    ("What I would do differently", "What the next person should know before starting."),
];

/// A story yet to be written.
pub(super) fn write(kind: StoryKind, on: &On, title: &str, created: Timestamp) -> String {
    let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let title = title.trim();
    let mut text = format!(
        "---\nkind: {}\non: {} {}\ntitle: {title}\ncreated: {created}\n---\n\n# {title}\n",
        kind.as_str(),
        on.word(),
        on.id(),
    );
    let parts = match kind {
        StoryKind::Reflection => REFLECTION,
        StoryKind::CaseStudy => CASE_STUDY,
    };
    for (heading, prompt) in parts {
        text.push_str(&format!("\n## {heading}\n\n<!-- {prompt} -->\n"));
    }
    text.push_str(&format!(
        "\n{MARKER}\n\n<!-- For yourself and those you show it to: names, figures, doubts. -->\n"
    ));
    text
}
