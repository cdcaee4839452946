//! Reports and records turned into words, pages and PDF: data in, bytes out.

pub mod escape;
pub mod kind;
pub mod layout;
pub mod naming;
#[cfg(feature = "pdf")]
pub mod pdf;
