//! The only door to the disk: bounded reads that follow no link, atomic writes, locks.
//!
//! Every write is a temporary file in the target's own folder, flushed to the disk, renamed into place, and the
//! folder flushed after it: a crash at any point leaves the old state or the new one. Every read asks the opened
//! handle what it is, so that a link, a pipe or a device is refused by name and never waited for.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this room is the door to the disk")]

mod fault;
mod folder;
mod lock;
mod names;
mod open;
mod stat;
mod write;

pub use fault::{DiskFault, Kind};
pub use folder::DiskFolder;
pub use lock::{Lock, LockHolder};
pub use names::{
    Named, create_folder, ensure_folder, free_space, kind_of, kinds, list, list_inside, move_folder,
    real_path, remove_file, remove_tree, require_space, stamp_of, swap_folders,
};
pub use open::{FileSource, Links, Stamp, read_bounded, read_private};
pub use stat::Stat;
pub use write::{Mode, Pending, TempFolder, is_pending, pending_in, replace, sync_folder, write_new};
