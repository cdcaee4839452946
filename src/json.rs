//! Strict JSON in, canonical JSON out.
//!
//! [`parse`] runs one streaming check over the bytes before `serde_json` sees them, because no JSON crate refuses
//! duplicate members, deep nesting, inexact numbers and lone surrogates together, and each of those lets two readers
//! of one signed file see different things. [`canonical`] writes RFC 8785, the form that is hashed and signed.

mod canonical;
mod fault;
mod number;
mod place;
mod strict;

pub use canonical::{canonical, canonical_without};
pub use fault::{JsonFault, JsonFaultKind};
pub use place::{Step, place_of};

use serde::Serialize;
use serde_json::Value;

/// Largest integer that every reader holds exactly, 2^53 − 1 (RFC 7493 section 2.2): beyond it, two different texts
/// have one canonical form and so one signature.
pub const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// One document of ours in bytes: a sign-off with a thousand files is under half of it.
pub const DOCUMENT_BYTES: usize = 1 << 20;

/// A presentation, a status list or a trust list in bytes: these grow with what they list.
pub const PRESENTATION_BYTES: usize = 8 << 20;

/// Arrays and objects inside each other: our deepest record, a draft inside a request, uses about ten.
pub const DEPTH: usize = 32;

/// Object members in one document, and array items likewise: keeps the parsed tree within a few megabytes.
pub const MEMBERS: usize = 10_000;

/// Which numbers a document may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Integers within ±[`LARGEST_INTEGER`], no fraction, no exponent, no `-0`: what this program writes.
    ExactIntegers,
    /// Any finite JSON number that a double carries; an integer must be one that a double holds without rounding.
    Any,
}

/// How much a document may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length in bytes.
    pub bytes: usize,
    /// Nesting of arrays and objects; a bare number has depth 0.
    pub depth: usize,
    /// Object members in all, and array items in all.
    pub members: usize,
    /// Which numbers.
    pub numbers: Numbers,
}

/// Records and credentials that this program writes.
pub const OURS: Limits =
    Limits { bytes: DOCUMENT_BYTES, depth: DEPTH, members: MEMBERS, numbers: Numbers::ExactIntegers };

/// Presentations and lists that this program writes.
pub const PRESENTATION: Limits = Limits { bytes: PRESENTATION_BYTES, ..OURS };

/// Credentials that others issued.
pub const FOREIGN: Limits = Limits { numbers: Numbers::Any, ..OURS };

/// Reads one JSON document that passes [`check`].
///
/// # Errors
/// The first fault, with its line and column.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Value, JsonFault> {
    let text = strict::check(bytes, limits)?;
    serde_json::from_str(text).map_err(|error| JsonFault {
        line: error.line(),
        column: error.column(),
        kind: JsonFaultKind::Syntax { expected: "a JSON document", found: None },
    })
}

/// Whether the bytes are one JSON document within the limits: UTF-8 without byte-order mark, no member twice (however
/// its name is escaped), no lone surrogate, no U+0000, nothing after the document. Linear in the length, no recursion.
///
/// # Errors
/// The first fault, with its line and column.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<(), JsonFault> {
    strict::check(bytes, limits).map(|_| ())
}

/// Writes a record for people and for `git diff`: two-space indent, LF, a newline at the end.
///
/// # Panics
/// When the type cannot be JSON at all (a map whose keys are no strings): a fault of the program, not of its input.
pub fn pretty<T: Serialize>(record: &T) -> String {
    #[expect(clippy::expect_used, reason = "records are structs and string-keyed maps")]
    let mut text = serde_json::to_string_pretty(record).expect("a record is JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_it_checked() {
        let value = parse(br#"{"a":[1,true,null,"x"]}"#, &OURS).unwrap();
        assert_eq!(value, serde_json::json!({"a": [1, true, null, "x"]}));
    }

    #[test]
    fn pretty_is_two_spaces_and_a_last_newline() {
        assert_eq!(pretty(&serde_json::json!({"b": 1, "a": []})), "{\n  \"b\": 1,\n  \"a\": []\n}\n");
    }

    /// With `arbitrary_precision` a number would keep its text, canonical forms would change under every signature,
    /// and a member named like serde_json's private marker would turn into a number.
    #[test]
    fn serde_json_reads_numbers_as_numbers() {
        let long: Value = serde_json::from_str("0.10000000000000000000001").unwrap();
        assert_eq!(long.to_string(), "0.1");
        let marker = r#"{"$serde_json::private::Number":"1"}"#;
        let value: Value = serde_json::from_str(marker).unwrap();
        assert_eq!(value.to_string(), marker);
    }

    /// Without `float_roundtrip` this number of RFC 8785 is misread.
    #[test]
    fn serde_json_reads_doubles_to_the_last_bit() {
        let value: Value = serde_json::from_str("333333333.33333329").unwrap();
        assert_eq!(value.as_f64().unwrap().to_bits(), 0x41b3_de43_5555_5555);
    }
}
