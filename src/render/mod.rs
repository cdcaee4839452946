//! Reports and records turned into words, pages and PDF: data in, bytes out.
//!
//! [`headline`] has the sentence for every outcome, [`rows`] everything that a screen or a page shows about one
//! report, [`table`] and [`plain`] a line for each of many, [`envelope`] the JSON document. All of them pass what
//! strangers wrote through [`escape`]. [`badge`] draws a picture for a credential to travel in, [`resume`] writes JSON
//! Resume.

pub mod answers;
pub mod badge;
pub mod calendar;
mod deposit_headline;
mod deposits;
pub mod envelope;
pub mod escape;
mod foreign;
mod foreign_headline;
pub mod headline;
pub mod kind;
pub mod layout;
mod leftovers;
pub mod naming;
mod next_step;
pub mod page;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain;
pub mod recognised;
pub mod resume;
pub mod rows;
pub mod table;
#[cfg(feature = "pdf")]
pub mod traces;
mod vouching;
