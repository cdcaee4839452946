//! People's words: for answers, for refusals, and for what stands in records.

pub mod agreed;
pub mod answers;
pub mod asking_words;
pub mod course_text;
pub mod deposit_words;
pub mod disk_words;
pub mod folder_words;
pub mod key_words;
pub mod placement_words;
pub mod replacing;
pub mod statement_text;
pub mod story_words;
