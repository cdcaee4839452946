//! RDF datasets: what a linked-data document says once its JSON spelling is taken away (RDF 1.1 Concepts).
//!
//! [`quads`] has the terms and their N-Quads line, [`canonical`] the RDFC-1.0 algorithm that gives every dataset one
//! text, whatever its blank nodes were called.

pub mod canonical;
pub mod quads;
