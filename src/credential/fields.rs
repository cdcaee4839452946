//! A strict walk over a parsed document: every member is asked for by name, every fault is kept with its place.
//!
//! Nothing is repaired and nothing is skipped in silence: what is missing or of another shape becomes a
//! [`CredentialFault`], and a member that nobody asked for is listed as not understood.

use std::cell::RefCell;
use std::fmt;

use serde_json::{Map, Value};

use crate::digest::Digest;
use crate::time::{Date, TimeFault, Timestamp};

/// One thing wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialFault {
    /// JSON pointer (RFC 6901) of the member; empty for the whole document.
    pub path: String,
    /// What was found there.
    pub fact: Fact,
}

/// What a member turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fact {
    /// The member is required and not there.
    #[error("is missing")]
    Missing,
    /// The member is of another JSON type.
    #[error("is not {0}")]
    NotA(&'static str),
    /// The member has a fixed value and holds another.
    #[error("is not {expected}")]
    NotThis {
        /// The one value allowed.
        expected: &'static str,
    },
    /// A date that the formats cannot hold.
    #[error("{0}")]
    BadDate(TimeFault),
    /// A digest in another spelling than the one allowed, or of another algorithm.
    #[error("is not a SHA-256 digest in the one spelling allowed")]
    BadDigest,
    /// An identifier that is not of the form the member takes.
    #[error("is not an identifier of the form {form}")]
    BadIdentifier {
        /// The form, such as `did:key:z6Mk…`.
        form: &'static str,
    },
    /// More entries than the bound allows.
    #[error("has {found} entries, and {limit} is the most")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The same identifier stands in the list twice.
    #[error("stands in the list twice: {0}")]
    Duplicate(String),
    /// An identifier that names nothing in the document.
    #[error("names nothing in this document: {0}")]
    Dangling(String),
    /// Two members that cannot both be true.
    #[error("contradicts {0}")]
    Contradicts(&'static str),
    /// A member that this version does not understand, where everything must be understood.
    #[error("is not understood by this version")]
    NotUnderstood,
    /// A newer version of the format than this program reads.
    #[error("is format {found}, and this program reads {known}")]
    TooNew {
        /// The version in the document.
        found: u64,
        /// The newest version read here.
        known: u64,
    },
}

impl CredentialFault {
    /// Whether the document is of a newer format, and so neither good nor bad.
    #[must_use]
    pub fn is_too_new(&self) -> bool {
        matches!(self.fact, Fact::TooNew { .. })
    }

    pub(super) fn not_understood(path: String) -> Self {
        Self { path, fact: Fact::NotUnderstood }
    }
}

impl fmt::Display for CredentialFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "the document" } else { &self.path };
        write!(f, "{place} {}", self.fact)
    }
}

/// What one walk over a document has found so far.
#[derive(Default)]
pub(super) struct Survey {
    faults: RefCell<Vec<CredentialFault>>,
    unknown: RefCell<Vec<String>>,
}

/// The members of one object, each asked for once.
pub(super) struct Members<'a> {
    survey: &'a Survey,
    path: String,
    map: &'a Map<String, Value>,
    asked: RefCell<Vec<&'static str>>,
}

impl Survey {
    /// The document as an object, or a fault and nothing.
    pub(super) fn document<'a>(&'a self, value: &'a Value) -> Option<Members<'a>> {
        self.object(String::new(), value)
    }

    /// Ends the walk: the faults, or else the pointers of members that nobody asked for.
    pub(super) fn finish(self) -> Result<Vec<String>, Vec<CredentialFault>> {
        let faults = self.faults.into_inner();
        if faults.is_empty() { Ok(self.unknown.into_inner()) } else { Err(faults) }
    }

    pub(super) fn fault(&self, path: &str, fact: Fact) {
        self.faults.borrow_mut().push(CredentialFault { path: path.to_owned(), fact });
    }

    fn object<'a>(&'a self, path: String, value: &'a Value) -> Option<Members<'a>> {
        let Value::Object(map) = value else {
            self.fault(&path, Fact::NotA("an object"));
            return None;
        };
        Some(Members { survey: self, path, map, asked: RefCell::default() })
    }
}

impl<'a> Members<'a> {
    /// Records a fault of the member `name`.
    pub(super) fn fault(&self, name: &str, fact: Fact) {
        self.survey.fault(&self.pointer(name), fact);
    }

    /// Whether the member is there; asking makes it known.
    pub(super) fn has(&self, name: &'static str) -> bool {
        self.get(name).is_some()
    }

    /// A required piece of text that is not empty.
    pub(super) fn text(&self, name: &'static str) -> Option<&'a str> {
        let found = self.optional_text(name);
        if found.is_none() && !self.map.contains_key(name) {
            self.fault(name, Fact::Missing);
        }
        found
    }

    /// Text that may be absent, but not empty.
    pub(super) fn optional_text(&self, name: &'static str) -> Option<&'a str> {
        match self.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => {
                self.fault(name, Fact::NotA("a text that says something"));
                None
            }
        }
    }

    /// A required member whose value is fixed by the format.
    pub(super) fn fixed(&self, name: &'static str, expected: &'static str) {
        if let Some(text) = self.text(name)
            && text != expected
        {
            self.fault(name, Fact::NotThis { expected });
        }
    }

    /// A required list of texts that is fixed by the format, in its order.
    pub(super) fn fixed_list(&self, name: &'static str, expected: &'static [&'static str]) {
        match self.get(name) {
            None => self.fault(name, Fact::Missing),
            Some(Value::Array(found))
                if found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| a == b) => {}
            Some(_) => self.fault(name, Fact::NotA("the list that this format fixes")),
        }
    }

    /// A required date and time in our own spelling.
    pub(super) fn moment(&self, name: &'static str) -> Option<Timestamp> {
        let text = self.text(name)?;
        self.dated(name, text)
    }

    /// A date and time in our own spelling, if the member is there.
    pub(super) fn optional_moment(&self, name: &'static str) -> Option<Timestamp> {
        let text = self.optional_text(name)?;
        self.dated(name, text)
    }

    /// A day written as its first moment, if the member is there.
    pub(super) fn optional_day(&self, name: &'static str) -> Option<Date> {
        let moment = self.optional_moment(name)?;
        if moment.date().start() == moment {
            return Some(moment.date());
        }
        self.fault(name, Fact::NotA("a whole day, T00:00:00Z"));
        None
    }

    /// A required `urn:uuid:` identifier in lower case (RFC 9562).
    pub(super) fn urn_uuid(&self, name: &'static str) -> Option<&'a str> {
        let text = self.text(name)?;
        if super::id::is_urn_uuid(text) {
            return Some(text);
        }
        self.fault(name, Fact::BadIdentifier { form: "urn:uuid:…" });
        None
    }

    /// A required `did:key` of an Ed25519 key.
    pub(super) fn did(&self, name: &'static str) -> Option<&'a str> {
        let text = self.text(name)?;
        if crate::proof::did::parse(text).is_ok() {
            return Some(text);
        }
        self.fault(name, Fact::BadIdentifier { form: "did:key:z6Mk…" });
        None
    }

    /// A required digest as multibase multihash (`uEi…`).
    pub(super) fn digest(&self, name: &'static str) -> Option<Digest> {
        let text = self.text(name)?;
        let digest = Digest::from_multibase(text).ok();
        if digest.is_none() {
            self.fault(name, Fact::BadDigest);
        }
        digest
    }

    /// A required object.
    pub(super) fn object(&self, name: &'static str) -> Option<Members<'a>> {
        if !self.map.contains_key(name) {
            self.get(name);
            self.fault(name, Fact::Missing);
        }
        self.optional_object(name)
    }

    /// An object, if the member is there.
    pub(super) fn optional_object(&self, name: &'static str) -> Option<Members<'a>> {
        let value = self.get(name)?;
        self.survey.object(self.pointer(name), value)
    }

    /// The objects of a list that may be absent but not empty, at most `limit` of them.
    pub(super) fn objects(&self, name: &'static str, limit: usize) -> Vec<Members<'a>> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let Value::Array(list) = value else {
            self.fault(name, Fact::NotA("a list"));
            return Vec::new();
        };
        if list.is_empty() {
            self.fault(name, Fact::NotA("a list that holds something"));
        }
        if list.len() > limit {
            self.fault(name, Fact::TooMany { found: list.len(), limit });
            return Vec::new();
        }
        let at = self.pointer(name);
        list.iter()
            .enumerate()
            .filter_map(|(index, value)| self.survey.object(format!("{at}/{index}"), value))
            .collect()
    }

    /// The texts of a list that may be absent but not empty, at most `limit` of them.
    pub(super) fn texts(&self, name: &'static str, limit: usize) -> Vec<&'a str> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let texts: Option<Vec<&str>> = value
            .as_array()
            .filter(|list| !list.is_empty())
            .and_then(|list| list.iter().map(|text| text.as_str().filter(|text| !text.is_empty())).collect());
        match texts {
            Some(texts) if texts.len() <= limit => texts,
            Some(texts) => {
                self.fault(name, Fact::TooMany { found: texts.len(), limit });
                Vec::new()
            }
            None => {
                self.fault(name, Fact::NotA("a list of texts that say something"));
                Vec::new()
            }
        }
    }

    /// A required whole number from 1 to `most`.
    pub(super) fn count(&self, name: &'static str, most: u32) -> Option<u32> {
        let value = self.get(name);
        if value.is_none() {
            self.fault(name, Fact::Missing);
            return None;
        }
        let number = value.and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.fault(name, Fact::NotA("a whole number that makes sense here"));
        }
        number
    }

    /// A required calendar day.
    pub(super) fn day(&self, name: &'static str) -> Option<Date> {
        let text = self.text(name)?;
        Date::parse(text).map_err(|fault| self.fault(name, Fact::BadDate(fault))).ok()
    }

    /// A digest in lower-case hexadecimal, if the member is there.
    pub(super) fn optional_hex(&self, name: &'static str) -> Option<Digest> {
        let text = self.optional_text(name)?;
        let digest = Digest::from_hex(text).ok();
        if digest.is_none() {
            self.fault(name, Fact::BadDigest);
        }
        digest
    }

    /// The member as it stands, for what another room reads.
    pub(super) fn raw(&self, name: &'static str) -> Option<&'a Value> {
        self.get(name)
    }

    /// A required `formatVersion` no newer than `known`.
    pub(super) fn format_version(&self, known: u64) {
        match self.get("formatVersion") {
            None => self.fault("formatVersion", Fact::Missing),
            Some(value) => match value.as_u64() {
                Some(found) if (1..=known).contains(&found) => {}
                Some(found) if found > known => self.fault("formatVersion", Fact::TooNew { found, known }),
                _ => self.fault("formatVersion", Fact::NotA("a version number")),
            },
        }
    }

    fn dated(&self, name: &'static str, text: &str) -> Option<Timestamp> {
        Timestamp::parse_ours(text).map_err(|fault| self.fault(name, Fact::BadDate(fault))).ok()
    }

    fn get(&self, name: &'static str) -> Option<&'a Value> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&name) {
            asked.push(name);
        }
        self.map.get(name)
    }

    fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.path, name.replace('~', "~0").replace('/', "~1"))
    }
}

impl Drop for Members<'_> {
    fn drop(&mut self) {
        let asked = self.asked.borrow();
        let mut unknown = self.survey.unknown.borrow_mut();
        unknown.extend(
            self.map.keys().filter(|key| !asked.contains(&key.as_str())).map(|key| self.pointer(key)),
        );
    }
}
