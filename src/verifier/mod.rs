//! Everything about a bundle that can be checked without asking anybody: a source of bytes and a policy in, a report out.

pub mod code;
pub mod outcome;
pub mod step;

pub use code::{Code, Severity, Weight};
pub use outcome::{Failure, Indication, Outcome, SubIndication, Unread};
pub use step::{Step, StepState};
