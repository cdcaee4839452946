//! What a person has set once for all commands: `settings.json` in the settings folder.

use portfolio::disk::{self, DiskFault};
use portfolio::json;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// The settings; whatever is not set is as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether hints are given.
    pub hints: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { hints: true }
    }
}

/// Reads the settings; a file that is not there sets nothing.
pub fn load(world: &World) -> Result<Settings, Trouble> {
    let Some(path) = world.settings_folder().map(|folder| folder.join("settings.json")) else {
        return Ok(Settings::default());
    };
    let bytes = match disk::read_bounded(&path, json::OURS.bytes as u64) {
        Err(DiskFault::NotFound(_)) => return Ok(Settings::default()),
        read => read.map_err(|fault| refusal(fault, world, "Nothing was done."))?,
    };
    let unusable = |fact: String| {
        Trouble::new(exit::NO, "bad-settings", format!("{} cannot be read", shown(&path, world)))
            .fact(format!("{fact}. Nothing was done."))
            .hint("mend it, or remove it: without it everything is as usual")
    };
    let value = json::parse(&bytes, &json::OURS)
        .map_err(|fault| unusable(format!("Line {}, column {}: {}", fault.line, fault.column, fault.kind)))?;
    serde_json::from_value(value)
        .map_err(|fault| unusable(portfolio::render::escape::visible(&fault.to_string())))
}
