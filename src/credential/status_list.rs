//! Where a credential of others says its status is kept, and the lists kept there (Bitstring Status List 1.0, its
//! predecessor of 2021, and 1EdTech's revocation list).
//!
//! A list is read from a snapshot that somebody kept; whether it is signed and by whom is checked elsewhere.

use std::io::Read as _;

use data_encoding::{BASE64URL, BASE64URL_NOPAD};
use serde_json::Value;
use thiserror::Error;

use crate::time::Timestamp;

/// Most bytes that a list may unpack to: 134 million entries of one bit.
pub const UNPACKED_BYTES: usize = 16 << 20;
/// Least entries of a list (section 3.2, step 2): fewer would tell who is meant.
pub const LEAST_ENTRIES: u64 = 131_072;
/// Most entries for status in one credential: one for each purpose that anybody has thought of, and some.
pub const MOST_ENTRIES: usize = 16;

/// How a status is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// `BitstringStatusListEntry`.
    Bitstring,
    /// `StatusList2021Entry`.
    StatusList2021,
    /// `1EdTechRevocationList`: a list of ids, not signed.
    Revoked,
}

/// One place that says whether a credential still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// How it is kept.
    pub kind: ListKind,
    /// `revocation`, `suspension`, or something that takes nothing back.
    pub purpose: String,
    /// The address of the list.
    pub list: String,
    /// The place in the list.
    pub index: u64,
    /// Bits of one entry.
    pub size: u64,
    /// The index is a number where it must be text; its meaning is plain.
    pub index_is_number: bool,
}

/// What is wrong with a status entry or a list, with the error that the specification names for it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StatusFault {
    /// A kind of status that is not read here.
    #[error("a status of the kind {0:?}")]
    OtherKind(String),
    /// A member that is missing or not what it must be (`MALFORMED_VALUE_ERROR`).
    #[error("the member {0:?} is missing or is not what it must be")]
    BadMember(&'static str),
    /// The document is no status list.
    #[error("not a status list")]
    NotAList,
    /// The list is for something else (`STATUS_VERIFICATION_ERROR`).
    #[error("a list for {found:?}, not for {expected}")]
    OtherPurpose {
        /// The entry's purpose.
        expected: String,
        /// The list's purposes.
        found: Vec<String>,
    },
    /// The list is another issuer's.
    #[error("a list of {found:?}, not of the issuer")]
    OfAnother {
        /// Whose list it says it is.
        found: String,
    },
    /// The list does not unpack, or something stands behind its end.
    #[error("the list does not unpack")]
    NotPacked,
    /// The list unpacks to more than anybody needs.
    #[error("the list unpacks to more than {UNPACKED_BYTES} bytes")]
    TooLarge,
    /// The place is behind the end of the list (`RANGE_ERROR`).
    #[error("entry {index} of a list of {entries}")]
    OutOfRange {
        /// The place asked for.
        index: u64,
        /// How many places there are.
        entries: u64,
    },
}

/// The entries of a credential, each read or with its fault.
pub fn entries(credential: &Value) -> Vec<Result<StatusEntry, StatusFault>> {
    let entries = match credential.get("credentialStatus") {
        None => return Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(single) => vec![single],
    };
    if entries.len() > MOST_ENTRIES {
        return vec![Err(StatusFault::BadMember("credentialStatus"))];
    }
    entries.into_iter().map(entry).collect()
}

fn entry(value: &Value) -> Result<StatusEntry, StatusFault> {
    let types = texts(value.get("type"));
    let is = |kind: &str| types.iter().any(|found| found == kind);
    let (kind, list, default) = if is("BitstringStatusListEntry") {
        (ListKind::Bitstring, "statusListCredential", None)
    } else if is("StatusList2021Entry") {
        (ListKind::StatusList2021, "statusListCredential", Some("revocation"))
    } else if is("1EdTechRevocationList") {
        (ListKind::Revoked, "id", Some("revocation"))
    } else {
        return Err(StatusFault::OtherKind(types.join(" ")));
    };
    let text = |name: &'static str| value.get(name).and_then(Value::as_str);
    let list = text(list).ok_or(StatusFault::BadMember(list))?.to_owned();
    let purpose =
        text("statusPurpose").or(default).ok_or(StatusFault::BadMember("statusPurpose"))?.to_owned();
    let size = match value.get("statusSize") {
        None => 1,
        Some(size) => size
            .as_u64()
            .filter(|size| (1..=64).contains(size))
            .ok_or(StatusFault::BadMember("statusSize"))?,
    };
    let (index, index_is_number) = match (kind, value.get("statusListIndex")) {
        (ListKind::Revoked, _) => (0, false),
        (_, Some(Value::String(digits))) => (decimal(digits)?, false),
        (_, Some(Value::Number(number))) => {
            (number.as_u64().ok_or(StatusFault::BadMember("statusListIndex"))?, true)
        }
        _ => return Err(StatusFault::BadMember("statusListIndex")),
    };
    Ok(StatusEntry { kind, purpose, list, index, size, index_is_number })
}

/// Digits only, and no place beyond what any list can hold.
fn decimal(digits: &str) -> Result<u64, StatusFault> {
    let number = Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|digits| digits.parse().ok()).ok_or(StatusFault::BadMember("statusListIndex"))
}

impl StatusEntry {
    /// Whether a set bit takes the credential back, for good or for now. `refresh`, `message` and unknown purposes
    /// never do.
    pub fn takes_back(&self) -> bool {
        matches!(self.purpose.as_str(), "revocation" | "suspension")
    }
}

/// A list of bits that was read and unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// `id`.
    pub id: Option<String>,
    /// From when it speaks.
    pub valid_from: Option<Timestamp>,
    /// Until when it speaks.
    pub valid_until: Option<Timestamp>,
    /// How long it may be kept, in milliseconds.
    pub ttl: Option<u64>,
    purposes: Vec<String>,
    bits: Vec<u8>,
}

impl StatusList {
    /// Reads the document of a list of that kind.
    ///
    /// # Errors
    /// [`StatusFault`].
    pub fn read(document: &Value, kind: ListKind) -> Result<Self, StatusFault> {
        let (credential, subject_type) = match kind {
            ListKind::Bitstring => ("BitstringStatusListCredential", "BitstringStatusList"),
            ListKind::StatusList2021 => ("StatusList2021Credential", "StatusList2021"),
            ListKind::Revoked => return Err(StatusFault::NotAList),
        };
        let has = |value: &Value, wanted: &str| texts(value.get("type")).iter().any(|kind| kind == wanted);
        let subject = document.get("credentialSubject").unwrap_or(&Value::Null);
        if !has(document, credential) || !has(subject, subject_type) {
            return Err(StatusFault::NotAList);
        }
        let text = |name: &'static str| subject.get(name).and_then(Value::as_str);
        let moment = |names: [&'static str; 2]| {
            let (name, value) = match (document.get(names[0]), document.get(names[1])) {
                (Some(value), _) => (names[0], value),
                (None, Some(value)) => (names[1], value),
                (None, None) => return Ok(None),
            };
            let moment = value.as_str().and_then(|text| Timestamp::parse_rfc3339(text).ok());
            moment.map(Some).ok_or(StatusFault::BadMember(name))
        };
        Ok(StatusList {
            id: document.get("id").and_then(Value::as_str).map(str::to_owned),
            valid_from: moment(["validFrom", "issuanceDate"])?,
            valid_until: moment(["validUntil", "expirationDate"])?,
            ttl: subject.get("ttl").and_then(Value::as_u64),
            purposes: texts(subject.get("statusPurpose")),
            bits: unpacked(text("encodedList").ok_or(StatusFault::BadMember("encodedList"))?, kind)?,
        })
    }

    /// The value at an entry's place: 0 says that nothing is set. The first bit is the highest one of the first byte.
    ///
    /// # Errors
    /// [`StatusFault::OtherPurpose`] and [`StatusFault::OutOfRange`].
    pub fn value(&self, entry: &StatusEntry) -> Result<u64, StatusFault> {
        if !self.purposes.contains(&entry.purpose) {
            return Err(StatusFault::OtherPurpose {
                expected: entry.purpose.clone(),
                found: self.purposes.clone(),
            });
        }
        let entries = self.entries(entry.size);
        if entry.index >= entries {
            return Err(StatusFault::OutOfRange { index: entry.index, entries });
        }
        let first = entry.index * entry.size;
        let bit = |place: u64| {
            let byte = usize::try_from(place / 8).ok().and_then(|byte| self.bits.get(byte)).copied();
            u64::from(byte.unwrap_or_default() >> (7 - place % 8) & 1)
        };
        Ok((first..first + entry.size).fold(0, |value, place| value << 1 | bit(place)))
    }

    /// Whether the list is shorter than the specification asks (`STATUS_LIST_LENGTH_ERROR`). The largest issuer of
    /// learning credentials keeps such lists, so it is worth saying and no more.
    pub fn is_short(&self, entry: &StatusEntry) -> bool {
        self.entries(entry.size) < LEAST_ENTRIES
    }

    fn entries(&self, size: u64) -> u64 {
        self.bits.len() as u64 * 8 / size
    }
}

fn unpacked(encoded: &str, kind: ListKind) -> Result<Vec<u8>, StatusFault> {
    let packed = match kind {
        ListKind::Bitstring => encoded.strip_prefix('u').map(|text| BASE64URL_NOPAD.decode(text.as_bytes())),
        // some wrote it with padding
        _ if encoded.ends_with('=') => Some(BASE64URL.decode(encoded.as_bytes())),
        _ => Some(BASE64URL_NOPAD.decode(encoded.as_bytes())),
    };
    let packed = packed.and_then(Result::ok).ok_or(StatusFault::BadMember("encodedList"))?;
    let mut rest = &packed[..];
    let mut bits = Vec::new();
    let limit = UNPACKED_BYTES as u64 + 1;
    let read = flate2::bufread::GzDecoder::new(&mut rest).take(limit).read_to_end(&mut bits);
    read.map_err(|_| StatusFault::NotPacked)?;
    if bits.len() > UNPACKED_BYTES {
        return Err(StatusFault::TooLarge);
    }
    // some unpackers read on behind the end, others stop there: whoever asks would see either list
    if rest.is_empty() { Ok(bits) } else { Err(StatusFault::NotPacked) }
}

/// Whether 1EdTech's revocation list (Revocation List Status Method 1.0) names a credential of `issuer`; the list is
/// not signed, so it is as good as its origin. Its entries stand under `revokedCredentials` in the specification, and
/// 1EdTech's own validator looks under `revokedCredential`: both are read. An entry counts unless its `revoked` is
/// false.
///
/// # Errors
/// [`StatusFault::NotAList`], and [`StatusFault::OfAnother`] for the list of another issuer.
pub fn is_revoked_by_id(document: &Value, issuer: &str, credential_id: &str) -> Result<bool, StatusFault> {
    let lists: Vec<&Value> =
        ["revokedCredentials", "revokedCredential"].iter().filter_map(|name| document.get(*name)).collect();
    if lists.is_empty() || !lists.iter().all(|list| list.is_array()) {
        return Err(StatusFault::NotAList);
    }
    let of = document.get("issuer").map(|of| of.get("id").unwrap_or(of));
    if let Some(of) = of.filter(|of| *of != issuer) {
        return Err(StatusFault::OfAnother { found: of.as_str().unwrap_or_default().to_owned() });
    }
    let entries = lists.into_iter().filter_map(Value::as_array).flatten();
    let names =
        |entry: &&Value| entry.get("id").or(Some(entry)).and_then(Value::as_str) == Some(credential_id);
    Ok(entries.filter(names).any(|entry| entry.get("revoked").and_then(Value::as_bool) != Some(false)))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
