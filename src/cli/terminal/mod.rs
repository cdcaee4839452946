//! The terminal and the world around a run: what is shown, asked and read there.

pub mod error;
pub mod keyboard;
pub mod manner;
pub mod palette;
pub mod prompt;
pub mod screen;
pub mod surroundings;
pub mod working;
pub mod wrap;
