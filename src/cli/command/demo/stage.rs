//! The stage: three people's desks in one folder, and commands that are run and shown as at a terminal.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use portfolio::digest::Hasher;
use portfolio::disk::{self, Mode};
use portfolio::render::layout::columns;
use portfolio::render::naming::shell_word;
use portfolio::time::Timestamp;
use serde_json::{Value, json};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;

/// How wide a command may be before it goes on in the next line.
const COMMAND_COLUMNS: usize = 78;

/// Runs one command line in a world, on a screen.
pub type Run = fn(Vec<OsString>, &World, &mut Screen) -> u8;

/// One person's place in the sample world.
pub struct Desk {
    /// Where their commands run.
    pub folder: PathBuf,
    /// Where their keys and their trust list are.
    pub home: PathBuf,
}

/// The play so far.
pub struct Stage<'a> {
    world: &'a World,
    screen: &'a mut Screen,
    run: Run,
    /// Everything that was run, for `--json`.
    pub steps: Vec<Value>,
}

impl<'a> Stage<'a> {
    /// An empty stage.
    pub fn new(world: &'a World, screen: &'a mut Screen, run: Run) -> Stage<'a> {
        Stage { world, screen, run, steps: Vec::new() }
    }

    /// Makes a person's folders below `root`.
    pub fn desk(&mut self, root: &Path, name: &str, folder: &str) -> Result<Desk, Trouble> {
        let person = root.join(name);
        let desk = Desk { folder: person.join(folder), home: person.join("home") };
        for folder in [&person, &desk.folder, &desk.home] {
            disk::ensure_folder(folder, Mode::Shared).map_err(|fault| self.refused(fault))?;
        }
        Ok(desk)
    }

    /// Writes a file into the sample world.
    pub fn put(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        if let Some(folder) = path.parent() {
            disk::ensure_folder(folder, Mode::Shared).map_err(|fault| self.refused(fault))?;
        }
        disk::write_new(path, bytes, Mode::Shared).map_err(|fault| self.refused(fault))
    }

    /// Hands a file from one person to another.
    pub fn hand_over(&mut self, from: &Path, to: &Path) -> Result<Vec<u8>, Trouble> {
        let bytes = disk::read_bounded(from, 16 << 20).map_err(|fault| self.refused(fault))?;
        self.put(to, &bytes)?;
        Ok(bytes)
    }

    /// A heading between two people.
    pub fn scene(&mut self, title: &str, what: &str) {
        if self.is_quiet() {
            return;
        }
        self.screen.gap();
        self.screen.say(&format!("{0}{title}{0:#}", style::HEAD));
        self.screen.say(what);
    }

    /// A remark of ours.
    pub fn note(&mut self, text: &str) {
        if !self.is_quiet() {
            self.screen.gap();
            self.screen.say(text);
        }
    }

    /// Runs a command at a desk with prepared answers, shows all of it, and holds it against the exit code that the
    /// story needs.
    pub fn command(
        &mut self,
        desk: &Desk,
        at: &str,
        words: &[&str],
        answers: &[&str],
        expected: u8,
    ) -> Result<(), Trouble> {
        let now = Timestamp::parse_ours(at).unwrap_or(self.world.now());
        let world = World::sample(&desk.folder, &desk.home, now, self.seed(desk));
        let mut page = Screen::recording(answers);
        // Colours are recorded always, and taken out again where this screen shows none.
        let mut line: Vec<OsString> = vec!["portfolio".into(), "--color=always".into()];
        if self.screen.manner.ascii {
            line.push("--ascii".into());
        }
        line.extend(words.iter().map(Into::into));
        let code = (self.run)(line, &world, &mut page);
        let shown = page.transcript();
        self.show(words, &shown, code);
        self.steps.push(json!({
            "folder": desk.folder.to_string_lossy(),
            "command": command_line(words).join(" "),
            "output": anstream::adapter::strip_str(&shown).to_string(),
            "exitCode": code,
        }));
        if code == expected {
            return Ok(());
        }
        Err(Trouble::new(exit::BUG, "demo-failed", "the demo did not go as it should")
            .fact(format!("portfolio {} came to exit code {code}, not {expected}.", words.join(" "))))
    }

    fn show(&mut self, words: &[&str], shown: &str, code: u8) {
        if self.is_quiet() {
            return;
        }
        self.screen.gap();
        for (index, line) in command_line(words).iter().enumerate() {
            let lead = if index == 0 { "$ " } else { "    " };
            self.screen.line(&format!("{lead}{0}{line}{0:#}", style::CODE));
        }
        for line in shown.lines() {
            self.screen.line(line);
        }
        if words.first() == Some(&"verify") {
            self.screen.line(&format!("$ {0}echo $?{0:#}", style::CODE));
            self.screen.line(&code.to_string());
        }
    }

    fn is_quiet(&self) -> bool {
        self.screen.manner.quiet || self.screen.manner.json
    }

    /// Known randomness: of this desk and this step alone, so that no two draws are the same bytes.
    fn seed(&self, desk: &Desk) -> [u8; 32] {
        let mut hasher = Hasher::new();
        hasher.update(b"portfolio demo: known to everyone");
        hasher.update(desk.home.parent().and_then(Path::file_name).unwrap_or_default().as_encoded_bytes());
        hasher.update(&self.steps.len().to_be_bytes());
        *hasher.finish().as_bytes()
    }

    fn refused(&self, fault: disk::DiskFault) -> Trouble {
        refusal(fault, self.world, "The sample world is not complete.")
    }
}

/// A command as it would be typed, over several lines where it is long.
fn command_line(words: &[&str]) -> Vec<String> {
    let mut lines = vec!["portfolio".to_owned()];
    let mut rest = words.iter().map(|word| shell_word(word)).peekable();
    while let Some(mut piece) = rest.next() {
        // An option stays on a line with its value.
        if piece.starts_with("--")
            && let Some(value) = rest.next_if(|next| !next.starts_with("--"))
        {
            piece = format!("{piece} {value}");
        }
        match lines.last_mut() {
            Some(line) if columns(line) + columns(&piece) + 3 <= COMMAND_COLUMNS => {
                line.push(' ');
                line.push_str(&piece);
            }
            Some(line) => {
                line.push_str(" \\");
                lines.push(piece);
            }
            None => lines.push(piece),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_command_goes_on_in_the_next_line() {
        assert_eq!(command_line(&["verify", "alex-rivera.zip"]), ["portfolio verify alex-rivera.zip"]);
        let long = [
            "placement",
            "new",
            "acme-forecasting",
            "--title",
            "Demand forecasting co-lab",
            "--mentor",
            "Priya Nair <priya.nair@acme.example>",
        ];
        assert_eq!(
            command_line(&long),
            [
                "portfolio placement new acme-forecasting --title \"Demand forecasting co-lab\" \\",
                "--mentor \"Priya Nair <priya.nair@acme.example>\""
            ]
        );
    }
}
