//! The shape of what is shown about one report: a sentence, rows, a next step.
//!
//! Everything in it is fit to be seen: strangers' text is escaped, and in quotes unless a signer that the reader
//! knows signed it.

use super::headline::Symbol;

/// How the rows are to be made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The file as it was typed, for commands to paste.
    pub file: &'a str,
    /// Whether the reader named the day to judge by.
    pub day_was_named: bool,
    /// Whether the next step is wanted.
    pub with_next_step: bool,
}

/// The rows of one report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The sentence that can be acted on.
    pub headline: Option<(Symbol, String)>,
    /// The sign-offs in a line each, where there are several.
    pub placements: Vec<Placement>,
    /// Who and what it is about.
    pub about: Option<String>,
    /// How many deliverables the signer marked how.
    pub marks: Option<String>,
    /// The answers and what was left out.
    pub rows: Vec<Row>,
    /// What others issued and the bundle carries.
    pub deposits: Vec<Deposited>,
    /// What no check can show: with every good and every open answer.
    pub cannot_show: Option<String>,
    /// One thing worth knowing about bad news.
    pub remark: Option<String>,
    /// One thing to do, and the command that does it.
    pub next: Option<Next>,
}

/// One row: a mark, a word, an answer, and perhaps what was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The mark in front.
    pub symbol: Symbol,
    /// The question in a word.
    pub label: &'static str,
    /// The answer.
    pub text: String,
    /// Lines below it, as they are.
    pub details: Vec<String>,
}

/// One thing that others issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposited {
    /// Its mark.
    pub symbol: Symbol,
    /// Its name, what it is, and what it says.
    pub title: String,
    /// Its own four answers, if it has any, and how it came there.
    pub rows: Vec<Row>,
}

/// One sign-off among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its mark.
    pub symbol: Symbol,
    /// What was signed for.
    pub title: String,
    /// Who signed, by the reader's own list.
    pub signer: String,
    /// Until when.
    pub until: String,
}

/// One thing to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// What to do.
    pub text: String,
    /// The command.
    pub command: Option<String>,
    /// Whether the command stands on the same line.
    pub inline: bool,
}

impl Row {
    pub(super) fn new(symbol: Symbol, label: &'static str, text: impl Into<String>) -> Row {
        Row { symbol, label, text: text.into(), details: Vec::new() }
    }
}
