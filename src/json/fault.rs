//! What can be wrong with a JSON document, and where.

use thiserror::Error;

/// A fault and the place where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct JsonFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was found.
    pub kind: JsonFaultKind,
}

/// The fact found. Texts taken from the document are raw: escape them before any screen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JsonFaultKind {
    /// More bytes than the limit.
    #[error("{found} bytes, more than the limit of {limit}")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
        /// The length found.
        found: usize,
    },
    /// Arrays and objects nested deeper than the limit.
    #[error("nested deeper than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More object members, or more array items, than the limit.
    #[error("more than {limit} members")]
    TooManyMembers {
        /// The limit.
        limit: usize,
    },
    /// Nothing but white space.
    #[error("empty")]
    Empty,
    /// Starts with the byte-order mark U+FEFF.
    #[error("starts with a byte-order mark")]
    ByteOrderMark,
    /// Bytes that are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// A line that `git merge` left behind.
    #[error("a merge conflict that was not resolved: `{marker}`")]
    ConflictMarker {
        /// `<<<<<<<`, `=======` or `>>>>>>>`.
        marker: &'static str,
    },
    /// Two members of one object with the same name, however it is escaped.
    #[error("the member {name:?} occurs twice")]
    DuplicateMember {
        /// The name, unescaped.
        name: String,
    },
    /// An escaped half of a surrogate pair without its other half.
    #[error("half a surrogate pair")]
    LoneSurrogate,
    /// The character U+0000.
    #[error("the character U+0000")]
    NulCharacter,
    /// A control character that must be escaped inside a string.
    #[error("an unescaped control character U+{0:04X}")]
    ControlCharacter(u32),
    /// A backslash with something JSON does not know behind it.
    #[error("an escape that JSON does not have")]
    BadEscape,
    /// A string without its closing quote.
    #[error("a string that does not end")]
    UnclosedString,
    /// A number with a fraction or an exponent where only integers are allowed.
    #[error("the number {text} is not written as an integer")]
    NotAnInteger {
        /// The number as written.
        text: String,
    },
    /// Minus zero, which the canonical form turns into zero.
    #[error("the number {text} is minus zero")]
    MinusZero {
        /// The number as written.
        text: String,
    },
    /// A number that other readers round, so that a signature would not cover what is written.
    #[error("the number {text} is not held exactly by every reader")]
    InexactNumber {
        /// The number as written.
        text: String,
    },
    /// A number too large for a double.
    #[error("a number beyond what a double holds")]
    NotFinite,
    /// Anything JSON's grammar does not allow at this place.
    #[error("expected {expected}, found {}", Found(*found))]
    Syntax {
        /// What may stand here.
        expected: &'static str,
        /// The character that does; `None` at the end of the document.
        found: Option<char>,
    },
    /// Something after the document.
    #[error("something follows the document")]
    Trailing,
}

struct Found(Option<char>);

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(found) => write!(f, "{found:?}"),
            None => f.write_str("the end"),
        }
    }
}
