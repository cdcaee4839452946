//! The only door to the disk: bounded reads, atomic writes, locks.
