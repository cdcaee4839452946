//! How much to say and in which form: the standard flags, and what the surroundings want where no flag says.

use crate::terminal::surroundings::World;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Colour {
    /// Where the stream is a terminal that wants it.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How much to say and in which form: the standard flags of every command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// `--json`.
    pub json: bool,
    /// `--plain`.
    pub plain: bool,
    /// `--quiet`.
    pub quiet: bool,
    /// `--verbose`.
    pub verbose: bool,
    /// `--dry-run`: do everything but write.
    pub dry_run: bool,
    /// `--yes`.
    pub yes: bool,
    /// `--no-input`.
    pub no_input: bool,
    /// `--ascii`, or a console that is not UTF-8.
    pub ascii: bool,
    /// `--color`.
    pub colour: Colour,
    /// Whether hints are wanted.
    pub hints: bool,
}

/// `--color` beats the environment; forcing beats what forbids; a terminal alone decides last.
pub fn wants_colour(colour: Colour, terminal: bool, world: &World) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if world.variable("NO_COLOR").is_some() => false,
        Colour::Auto if world.text("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Colour::Auto => terminal && world.text("TERM") != Some("dumb") && world.text("CLICOLOR") != Some("0"),
    }
}

/// Whether the console shows UTF-8: by the locale, or on Windows by a terminal known to.
pub fn speaks_utf8(world: &World) -> bool {
    if cfg!(windows) {
        return world.variable("WT_SESSION").is_some() || world.text("TERM_PROGRAM") == Some("vscode");
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| world.text(name)).unwrap_or("C");
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use portfolio::time::Timestamp;

    use super::*;

    #[test]
    fn a_sample_world_has_no_locale_and_no_wish_for_colour() {
        let world = World::sample(Path::new("/sample"), Path::new("/home"), Timestamp::from_unix(0), [0; 32]);
        assert!(!speaks_utf8(&world) || cfg!(windows));
        assert!(wants_colour(Colour::Auto, true, &world));
        assert!(!wants_colour(Colour::Auto, false, &world));
        assert!(wants_colour(Colour::Always, false, &world));
        assert!(!wants_colour(Colour::Never, true, &world));
    }
}
