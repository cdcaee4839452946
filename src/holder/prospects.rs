//! What the work is for: skills it shows, the next moves it serves, and what came of it.

pub mod moves;
pub mod outcomes;
pub mod skills;
