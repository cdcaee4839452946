//! The keys that a reader knows, by the reader's own word: `trust.json`, read strictly and written back whole.
//!
//! A list that cannot be read in full is refused in full: falling back to an empty or a shorter list would turn a
//! signer that the reader knows into a stranger, or lose the news that a key was lost. Names in it are the
//! reader's own; a bundle never adds to them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::Digest;
use crate::json::{self, JsonFault};
use crate::proof::PublicKey;
use crate::proof::did::{self, DidFault};
use crate::time::Date;

use super::issuers::{IssuerEntry, IssuerEntryFault, IssuerFile};
use super::limits::{TRUST_ENTRIES, TRUST_LIST};
use super::notices::{Notice, NoticeFault};

/// The newest `formatVersion` of a trust list that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// The keys that a reader knows, with the notices about keys that the reader keeps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrustList {
    entries: Vec<TrustEntry>,
    issuers: Vec<IssuerEntry>,
    notices: Vec<(Value, Notice)>,
}

/// One key that a reader knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustEntry {
    /// The key.
    pub key: PublicKey,
    /// The name that the reader gave it.
    pub name: String,
    /// The organisation, by the reader's word.
    pub organisation: Option<String>,
    /// When the reader added it.
    pub added: Date,
    /// How the reader reached the signer.
    pub basis: String,
    /// The last day for whose signatures the reader trusts the key.
    pub not_after: Option<Date>,
    /// Whether the reader believes this signer about whose key another one is.
    pub may_vouch: bool,
}

/// Why a trust list is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustFault {
    /// Not JSON as our formats allow it.
    #[error("{0}")]
    Json(JsonFault),
    /// Not the members of a trust list, no more and no fewer.
    #[error("{0}")]
    Form(String),
    /// Made by a newer version of this program.
    #[error("is format {found}, and this program reads {FORMAT}")]
    TooNew {
        /// The version in the document.
        found: u64,
    },
    /// The key of an entry is no key that can be believed.
    #[error("the key of entry {number}, {id}: {fault}")]
    Key {
        /// Which entry, counted from 1.
        number: usize,
        /// The `id` as it stands.
        id: String,
        /// What is wrong with it.
        fault: DidFault,
    },
    /// A date of an entry is no date.
    #[error("a date of entry {number} is no date: {text}")]
    Date {
        /// Which entry, counted from 1.
        number: usize,
        /// The text as it stands.
        text: String,
    },
    /// A name that is empty or holds characters that cannot be seen.
    #[error("the name of entry {number} is empty or holds characters that cannot be seen")]
    Name {
        /// Which entry, counted from 1.
        number: usize,
    },
    /// One key stands in the list twice.
    #[error("the key {0} stands in the list twice")]
    Duplicate(String),
    /// An issuer elsewhere whose keys do not hold.
    #[error("issuer {number}: {fault}")]
    Issuer {
        /// Which one, counted from 1.
        number: usize,
        /// Why not.
        fault: IssuerEntryFault,
    },
    /// More entries than the bound allows.
    #[error("has {found} entries, and {TRUST_ENTRIES} is the most")]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// The list would be longer than one that can be read.
    #[error("the list has no room for more")]
    NoRoom,
    /// A notice in the list does not hold.
    #[error("notice {number}: {fault}")]
    Notice {
        /// Which notice, counted from 1.
        number: usize,
        /// Why not.
        fault: NoticeFault,
    },
}

impl TrustList {
    /// Reads the bytes of `trust.json`, all or nothing.
    pub fn parse(bytes: &[u8]) -> Result<TrustList, TrustFault> {
        let document = json::parse(bytes, &TRUST_LIST).map_err(TrustFault::Json)?;
        if let Some(found) =
            document.get("formatVersion").and_then(Value::as_u64).filter(|found| *found > FORMAT)
        {
            return Err(TrustFault::TooNew { found });
        }
        let file: ListFile =
            serde_json::from_value(document).map_err(|error| TrustFault::Form(error.to_string()))?;
        if file.format_version != FORMAT {
            return Err(TrustFault::Form(format!("formatVersion is {}", file.format_version)));
        }
        let mut list = TrustList::default();
        for (at, entry) in file.entries.into_iter().enumerate() {
            list.take_in(entry.read(at + 1)?)?;
        }
        for (at, issuer) in file.issuers.into_iter().enumerate() {
            let number = at + 1;
            let date = |text: String| Date::parse(&text).map_err(|_| TrustFault::Date { number, text });
            list.take_in_issuer(issuer.read(date, |fault| TrustFault::Issuer { number, fault })?)?;
        }
        for (at, document) in file.notices.into_iter().enumerate() {
            list.take_in_notice(document).map_err(|fault| TrustFault::Notice { number: at + 1, fault })?;
        }
        Ok(list)
    }

    /// The list as the text of `trust.json`, entries by name, then by key.
    pub fn to_json(&self) -> String {
        let mut entries: Vec<&TrustEntry> = self.entries.iter().collect();
        entries.sort_by_cached_key(|entry| (entry.name.clone(), entry.key.did()));
        let mut issuers: Vec<&IssuerEntry> = self.issuers.iter().collect();
        issuers.sort_by_key(|issuer| &issuer.id);
        json::pretty(&ListFile {
            format_version: FORMAT,
            entries: entries.into_iter().map(EntryFile::from).collect(),
            issuers: issuers.into_iter().map(IssuerFile::from).collect(),
            notices: self.notices.iter().map(|(document, _)| document.clone()).collect(),
        })
    }

    /// Adds a key that is not in the list yet; the list stays one that can be read back.
    pub fn add(&mut self, entry: TrustEntry) -> Result<(), TrustFault> {
        self.take_in(entry)?;
        if self.fits() {
            return Ok(());
        }
        self.entries.pop();
        Err(TrustFault::NoRoom)
    }

    fn take_in(&mut self, entry: TrustEntry) -> Result<(), TrustFault> {
        if !is_a_name(&entry.name) {
            return Err(TrustFault::Name { number: self.entries.len() + 1 });
        }
        if self.by_key(&entry.key).is_some() {
            return Err(TrustFault::Duplicate(entry.key.did()));
        }
        if self.entries.len() == TRUST_ENTRIES {
            return Err(TrustFault::TooMany { found: self.entries.len() + 1 });
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Adds an issuer that is not in the list yet; the list stays one that can be read back.
    pub fn add_issuer(&mut self, issuer: IssuerEntry) -> Result<(), TrustFault> {
        self.take_in_issuer(issuer)?;
        if self.fits() {
            return Ok(());
        }
        self.issuers.pop();
        Err(TrustFault::NoRoom)
    }

    fn take_in_issuer(&mut self, issuer: IssuerEntry) -> Result<(), TrustFault> {
        let number = self.issuers.len() + 1;
        if !is_a_name(&issuer.name) {
            return Err(TrustFault::Name { number });
        }
        if self.issuer(&issuer.id).is_some() {
            return Err(TrustFault::Duplicate(issuer.id));
        }
        if self.issuers.len() == TRUST_ENTRIES {
            return Err(TrustFault::TooMany { found: number });
        }
        issuer.check().map_err(|fault| TrustFault::Issuer { number, fault })?;
        self.issuers.push(issuer);
        Ok(())
    }

    /// The entry of an issuer elsewhere.
    pub fn issuer(&self, id: &str) -> Option<&IssuerEntry> {
        self.issuers.iter().find(|issuer| issuer.id == id)
    }

    /// Every issuer elsewhere, in the order of the file.
    pub fn issuers(&self) -> &[IssuerEntry] {
        &self.issuers
    }

    /// Takes an issuer out, if it is there.
    pub fn remove_issuer(&mut self, id: &str) -> Option<IssuerEntry> {
        let at = self.issuers.iter().position(|issuer| issuer.id == id)?;
        Some(self.issuers.remove(at))
    }

    fn fits(&self) -> bool {
        self.to_json().len() <= TRUST_LIST.bytes
    }

    /// Takes a key out, if it is there.
    pub fn remove(&mut self, key: &PublicKey) -> Option<TrustEntry> {
        let at = self.entries.iter().position(|entry| entry.key == *key)?;
        Some(self.entries.remove(at))
    }

    /// Keeps a notice about a key or a sign-off, once; whether it is new here.
    pub fn add_notice(&mut self, document: Value) -> Result<bool, NoticeFault> {
        let is_new = self.take_in_notice(document)?;
        if self.fits() {
            return Ok(is_new);
        }
        self.notices.pop();
        Err(NoticeFault::NoRoom)
    }

    fn take_in_notice(&mut self, document: Value) -> Result<bool, NoticeFault> {
        let notice = Notice::from_document(&document)?;
        if self.notices.iter().any(|(kept, _)| *kept == document) {
            return Ok(false);
        }
        if self.notices.len() == TRUST_ENTRIES {
            return Err(NoticeFault::NoRoom);
        }
        self.notices.push((document, notice));
        Ok(true)
    }

    /// The entry of a key.
    pub fn by_key(&self, key: &PublicKey) -> Option<&TrustEntry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// Every entry, in the order of the file.
    pub fn entries(&self) -> &[TrustEntry] {
        &self.entries
    }

    /// The notices that the reader keeps.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().map(|(_, notice)| notice)
    }

    /// Digest of the list as written: two lists that say the same have one.
    pub fn digest(&self) -> Digest {
        Digest::of(self.to_json().as_bytes())
    }
}

/// The members of `trust.json`; anything else is a fault.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ListFile {
    format_version: u64,
    entries: Vec<EntryFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    issuers: Vec<IssuerFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notices: Vec<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntryFile {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    added: String,
    basis: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_after: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    may_vouch: bool,
}

impl EntryFile {
    fn read(self, number: usize) -> Result<TrustEntry, TrustFault> {
        let date = |text: String| Date::parse(&text).map_err(|_| TrustFault::Date { number, text });
        let key =
            did::parse(&self.id).map_err(|fault| TrustFault::Key { number, id: self.id.clone(), fault })?;
        if !is_a_name(&self.name) {
            return Err(TrustFault::Name { number });
        }
        Ok(TrustEntry {
            key,
            name: self.name,
            organisation: self.organisation,
            added: date(self.added)?,
            basis: self.basis,
            not_after: self.not_after.map(date).transpose()?,
            may_vouch: self.may_vouch,
        })
    }
}

impl From<&TrustEntry> for EntryFile {
    fn from(entry: &TrustEntry) -> EntryFile {
        EntryFile {
            id: entry.key.did(),
            name: entry.name.clone(),
            organisation: entry.organisation.clone(),
            added: entry.added.to_string(),
            basis: entry.basis.clone(),
            not_after: entry.not_after.map(|date| date.to_string()),
            may_vouch: entry.may_vouch,
        }
    }
}

/// A name that somebody can read: not blank, no control or direction mark. Longer scripts' joiners are fine.
fn is_a_name(name: &str) -> bool {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    !name.trim().is_empty() && name.len() <= 200 && !name.contains(unseen)
}
