//! Changing the words before signing them: in the editor of the mentor's choice, or from a file.

use std::path::Path;
use std::process::Command;

use portfolio::credential::Claims;
use portfolio::disk::{self, Mode, TempFolder};
use portfolio::render::escape::visible;
use portfolio::render::layout::wrap;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;

/// Longest text that is read back.
const TEXT_BYTES: u64 = 64 * 1024;
const NOTHING_SIGNED: &str = "Nothing was signed.";
/// What separates the statement from the results in the file that is edited.
const RESULTS_HEADING: &str =
    "# What came out of each deliverable, a line each. Change it, or leave the line empty after the dot.";

/// The words that can be changed: file names and fingerprints cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The statement.
    pub statement: String,
    /// What came out, for each deliverable.
    pub results: Vec<String>,
}

impl Words {
    /// The words of a draft.
    pub fn of(claims: &Claims) -> Words {
        let result = |item: &portfolio::credential::Item| item.result.clone().unwrap_or_default();
        Words { statement: claims.statement.clone(), results: claims.items.iter().map(result).collect() }
    }

    /// The text to edit: a sentence a line, then the results.
    fn to_text(&self) -> String {
        let mut text = sentences(&self.statement).join("\n") + "\n";
        if !self.results.is_empty() {
            text.push_str(&format!("\n{RESULTS_HEADING}\n"));
            for (index, result) in self.results.iter().enumerate() {
                text.push_str(&format!("{}. {result}\n", index + 1));
            }
        }
        text
    }

    /// Reads the edited text back. A result that is no longer there stays as it was.
    fn read(&self, text: &str) -> Words {
        let mut statement = Vec::new();
        let mut results = self.results.clone();
        let mut in_results = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with('#') {
                in_results = true;
            } else if !in_results {
                statement.extend(line.split_whitespace());
            } else if let Some((number, words)) = line.split_once('.')
                && let Ok(number @ 1..) = number.parse::<usize>()
                && let Some(result) = results.get_mut(number - 1)
            {
                words.trim().clone_into(result);
            }
        }
        Words { statement: statement.join(" "), results }
    }

    /// What changed, as lines taken away and lines put in.
    pub fn changes_from(&self, before: &Words) -> (usize, Vec<String>) {
        let (old, new) = (before.lines(), self.lines());
        let mut shown = Vec::new();
        let mut count = 0;
        for line in old.iter().filter(|line| !new.contains(line)) {
            shown.extend(marked("- ", line));
        }
        for line in new.iter().filter(|line| !old.contains(line)) {
            count += 1;
            shown.extend(marked("+ ", line));
        }
        (count.max(usize::from(!shown.is_empty())), shown)
    }

    fn lines(&self) -> Vec<String> {
        let results = self.results.iter().enumerate();
        let results = results.map(|(index, result)| format!("Result of item {}: {result}", index + 1));
        sentences(&self.statement).into_iter().map(str::to_owned).chain(results).collect()
    }
}

fn marked(mark: &str, line: &str) -> Vec<String> {
    let lines = wrap(&visible(line), 72);
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| format!("    {}{line}", if index == 0 { mark } else { "  " }))
        .collect()
}

/// A text in sentences, so that a change shows where it is.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences: Vec<&str> = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = [". ", "? ", "! "].iter().filter_map(|stop| rest.find(stop)).min() {
        sentences.push(&rest[..=end]);
        rest = rest[end + 1..].trim_start();
    }
    sentences.push(rest);
    sentences
}

/// Opens the words in the mentor's editor and reads them back.
pub fn in_editor(words: &Words, world: &World, screen: &mut Screen) -> Result<Words, Trouble> {
    let refused = |fault| refusal(fault, world, NOTHING_SIGNED);
    // Beside the person's own settings: a statement not yet signed is nobody else's to read.
    let parent = world.settings_folder().unwrap_or_else(|| world.folder().to_owned());
    disk::ensure_folder(&parent, Mode::Private).map_err(refused)?;
    let folder = TempFolder::create(&parent).map_err(refused)?;
    let path = folder.path().join("statement.txt");
    disk::write_new(&path, words.to_text().as_bytes(), Mode::Private).map_err(refused)?;
    let editor = world.text("VISUAL").or_else(|| world.text("EDITOR")).unwrap_or(usual_editor()).to_owned();
    let mut parts = editor.split_whitespace();
    let program = parts.next().unwrap_or(usual_editor());
    // Everything said so far is on the screen before the editor takes it over.
    screen.prompt("");
    let ended = Command::new(program).args(parts).arg(&path).current_dir(world.folder()).status();
    match ended {
        Ok(status) if status.success() => {}
        ended => {
            let trouble = Trouble::new(exit::NO, "no-editor", "the editor did not do its work")
                .fact(format!("It is {}. {NOTHING_SIGNED}", portfolio::render::escape::quoted(&editor)))
                .hint("name one in EDITOR, or write the words to a file: --statement-file FILE");
            return Err(match ended {
                Err(cause) => trouble.because(cause),
                Ok(_) => trouble,
            });
        }
    }
    Ok(words.read(&text_of(&path, world)?))
}

/// The words from a file: a statement, and results if it has them as the editor would.
pub fn from_file(words: &Words, path: &Path, world: &World) -> Result<Words, Trouble> {
    Ok(words.read(&text_of(&world.at(path), world)?))
}

fn text_of(path: &Path, world: &World) -> Result<String, Trouble> {
    let bytes =
        disk::read_bounded(path, TEXT_BYTES).map_err(|fault| refusal(fault, world, NOTHING_SIGNED))?;
    String::from_utf8(bytes).map_err(|fault| {
        Trouble::new(exit::NO, "not-text", "the statement is not UTF-8 text")
            .fact(NOTHING_SIGNED)
            .because(fault)
    })
}

fn usual_editor() -> &'static str {
    if cfg!(windows) { "notepad" } else { "vi" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            statement: "I supervised this placement. Alex delivered the items listed.".to_owned(),
            results: vec!["9.8 %".to_owned(), String::new()],
        }
    }

    #[test]
    fn what_is_not_edited_comes_back_as_it_was() {
        let words = words();
        assert_eq!(words.read(&words.to_text()), words);
    }

    #[test]
    fn a_change_shows_as_the_line_before_and_the_line_after() {
        let words = words();
        let text = words
            .to_text()
            .replace("the items listed.", "items 1 and 2.")
            .replace("1. 9.8 %", "1. about 10 %");
        let edited = words.read(&text);
        assert_eq!(edited.results, ["about 10 %", ""]);
        let (count, shown) = edited.changes_from(&words);
        assert_eq!(count, 2);
        assert_eq!(
            shown,
            [
                "    - Alex delivered the items listed.",
                "    - Result of item 1: 9.8 %",
                "    + Alex delivered items 1 and 2.",
                "    + Result of item 1: about 10 %"
            ]
        );
    }

    #[test]
    fn a_plain_statement_file_is_a_statement() {
        let edited = words().read("One line,\nthen another.\n");
        assert_eq!(edited.statement, "One line, then another.");
        assert_eq!(edited.results, words().results);
    }
}
