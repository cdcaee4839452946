//! What is said: sign-offs, presentations, withdrawals and notices, parsed strictly and never repaired.
//!
//! | file | document |
//! |---|---|
//! | [`signoff`] | what a mentor signs: an Open Badges 3.0 credential |
//! | [`claims`] | what a draft and a sign-off have in common: subject, statement, deliverables, files |
//! | [`draft`] | what a student proposes |
//! | [`plain_text`] | the same as a text that `ssh-keygen` can sign |
//! | [`statement`] | the text that a person reads before signing, from the very value that is signed |
//! | [`basis`] | how a signer knows the work, as words of the statement |
//! | [`course`] | how a placement went, as a request shows it: briefs and check-ins |
//! | [`changes`] | what a signer changed in a draft |
//! | [`request`] | a draft with the question around it, signed by the student |
//! | [`decline`] | an answer that signs nothing |
//! | [`presentation`] | the student's signature over everything in a bundle |
//! | [`foreign`] | what others issued |
//! | [`status_list`] | whether what others issued still stands, by their own lists |
//! | [`voucher`] | whose key it is, by somebody else's word |
//! | [`withdrawal`], [`key_notice`] | later news about a sign-off or a key |
//! | [`baked`] | a credential inside a picture or a PDF |
//! | [`recognise`] | what a file from elsewhere is, by its bytes |
//! | [`deposit`] | what a student keeps of somebody else's, and how it was captured |
//!
//! Whether anybody signed a document is for [`crate::proof`] to say: here it is only read.

pub mod baked;
pub mod basis;
pub mod changes;
pub mod claims;
pub mod course;
pub mod decline;
pub mod deposit;
pub mod draft;
mod fields;
pub mod foreign;
mod id;
pub mod key_notice;
pub mod plain_text;
pub mod presentation;
mod reading;
pub mod recognise;
pub mod request;
mod results;
#[cfg(test)]
mod sample;
pub mod signoff;
pub mod statement;
pub mod status_list;
pub mod voucher;
pub mod withdrawal;

pub use basis::Basis;
pub use claims::{Claims, Evidence, HashedEmail, Item, Mark, Skill, Subject};
pub use course::Course;
pub use fields::{CredentialFault, Fact};
pub use signoff::{Form, SignOff};
