//! The student's folder on a real disk: what is written, what is refused, and that nothing is half done.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "holder_folder/adding.rs"]
mod adding;
#[path = "holder_folder/answers.rs"]
mod answers;
#[path = "holder_folder/by_hand.rs"]
mod by_hand;
#[cfg(target_os = "linux")]
#[path = "holder_folder/crash.rs"]
mod crash;
#[path = "holder_folder/desk.rs"]
mod desk;
#[path = "holder_folder/folder.rs"]
mod folder;
#[path = "holder_folder/formats.rs"]
mod formats;
#[cfg(target_os = "linux")]
#[path = "holder_folder/full_disk.rs"]
mod full_disk;
#[path = "holder_folder/journey.rs"]
mod journey;
