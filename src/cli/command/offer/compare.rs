//! `offer compare`: offers side by side, unknowns in sight, no score.

use portfolio::holder::{Agreed, Offer, Question, State};
use portfolio::path::Slug;
use portfolio::render::escape::visible;

use super::{look, questions};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::{COLUMNS, Screen};
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{self, pad, width};
use crate::words::agreed;

/// What `offer compare` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The offers, two to four
    #[arg(value_name = "OFFER", required = true, num_args = 2..=4)]
    pub names: Vec<String>,
}

/// Width of the first column and of the gap before each further one.
const LABEL: usize = 13;
const GAP: usize = 2;

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let offers: Vec<(Slug, Offer)> =
        args.names.iter().map(|name| look::found(name, world)).collect::<Result<_, Trouble>>()?;
    if screen.manner.json {
        screen.json(&as_json(&offers));
        return Ok(exit::DONE);
    }
    let rows = rows(&offers, screen);
    if screen.manner.plain {
        for (label, cells) in &rows {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('\u{a0}', " ")).collect();
            screen.line(&format!("{label}\t{}", cells.join("\t")));
        }
        return Ok(exit::DONE);
    }
    let column = (COLUMNS - LABEL - GAP * offers.len()) / offers.len();
    let head: Vec<String> = offers.iter().map(|(id, _)| id.to_string()).collect();
    for line in lines("", &head, column) {
        screen.line(&format!("{0}{line}{0:#}", style::HEAD));
    }
    for (label, cells) in &rows {
        for line in lines(label, cells, column) {
            screen.line(&line);
        }
    }
    let open = offers.iter().map(|(id, offer)| (id, offer.unknown().len())).filter(|(_, open)| *open > 0);
    let open: Vec<String> = open.map(|(id, open)| format!("{id} {open}")).collect();
    screen.gap();
    if open.is_empty() {
        screen.say("Every question is answered. No score is computed: what weighs more is yours to say.");
    } else {
        screen.say(&format!("Still unknown: {}. No score is computed.", open.join(", ")));
        screen.next("portfolio offer ask OFFER");
    }
    Ok(exit::DONE)
}

/// One row for each thing to compare: its label, and a cell for each offer.
fn rows(offers: &[(Slug, Offer)], screen: &Screen) -> Vec<(&'static str, Vec<String>)> {
    let plain = screen.manner.plain;
    let unknown =
        if plain { "unknown".to_owned() } else { format!("{} unknown", screen.symbol(Symbol::Ask)) };
    let each =
        |cell: &dyn Fn(&Offer) -> String| offers.iter().map(|(_, offer)| cell(offer)).collect::<Vec<_>>();
    let text = |text: &Option<String>| text.as_deref().map_or_else(|| unknown.clone(), visible);
    let mut rows = vec![
        ("Organisation", each(&|offer| text(&offer.organisation))),
        ("Role", each(&|offer| text(&offer.role))),
        (
            "Days",
            each(&|offer| match (offer.starts, offer.ends) {
                (None, None) => unknown.clone(),
                (starts, ends) => look::days(starts, ends),
            }),
        ),
    ];
    for question in Question::ALL {
        let cell =
            |offer: &Offer| match offer.answer(question).filter(|answer| answer.state != State::Unknown) {
                Some(answer) => told(answer),
                None => unknown.clone(),
            };
        rows.push((questions::title(question), each(&cell)));
    }
    rows
}

/// What it amounts to, and where a partial answer needs them, its words.
fn told(answer: &Agreed) -> String {
    let gist = agreed::gist(answer);
    match (&answer.words, answer.state) {
        (Some(words), State::Partly) => format!("{gist}: {}", visible(words)),
        _ => gist,
    }
}

/// A row as lines: each cell wrapped in its column.
fn lines(label: &str, cells: &[String], column: usize) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = cells.iter().map(|cell| cell_lines(cell, column)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    (0..height)
        .map(|line| {
            let mut text = pad(if line == 0 { label } else { "" }, LABEL);
            for cell in &wrapped {
                text += &" ".repeat(GAP);
                text += &pad(cell.get(line).map_or("", String::as_str), column);
            }
            text.trim_end().to_owned()
        })
        .collect()
}

/// A cell in its column; a word that is wider is cut into pieces.
fn cell_lines(cell: &str, column: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap::fill(column, "", "", cell) {
        let mut piece = String::new();
        for c in line.chars() {
            let mut longer = piece.clone();
            longer.push(c);
            if width(&longer) > column {
                lines.push(std::mem::replace(&mut piece, c.to_string()));
            } else {
                piece = longer;
            }
        }
        lines.push(piece);
    }
    lines
}

fn as_json(offers: &[(Slug, Offer)]) -> serde_json::Value {
    let rows = Question::ALL.iter().map(|question| {
        let answers: Vec<_> = offers.iter().map(|(_, offer)| offer.answer(*question)).collect();
        serde_json::json!({ "question": question.name(), "answers": answers })
    });
    serde_json::json!({
        "type": "OfferComparison",
        "offers": offers.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_columns_and_cuts_what_is_too_wide() {
        let cells = ["yes, with many more words".to_owned(), "abcdefghijklmnop".to_owned()];
        let expected = [
            "Naming         yes, with   abcdefghij",
            "               many more   klmnop",
            "               words",
        ];
        assert_eq!(lines("Naming", &cells, 10), expected);
    }
}
