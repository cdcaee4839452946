//! Issuers elsewhere that the reader knows: by a name of the reader's, and by the issuer's keys as the reader had them.
//!
//! A `did:web` or `https:` issuer can change its keys, so the exact document is kept with the day it was had; a
//! `did:jwk`, and a `did:key` that is not Ed25519, is its own key.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::proof::did;
use crate::proof::others::{MethodFault, Pin, PinFault, PinnedBy, Pins, retrieve};
use crate::time::{Date, Timestamp};

/// One issuer elsewhere that a reader knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerEntry {
    /// Its identifier: `did:web:…`, `https://…`, `did:jwk:…`, or a `did:key` of another kind than Ed25519.
    pub id: String,
    /// The name that the reader gave it.
    pub name: String,
    /// The organisation, by the reader's word.
    pub organisation: Option<String>,
    /// When the reader added it.
    pub added: Date,
    /// How the reader reached it.
    pub basis: String,
    /// Its keys, unless the identifier is the key.
    pub kept: Option<KeptKeys>,
}

/// The keys of an issuer as the reader had them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptKeys {
    /// The document or key set, to the byte.
    pub text: String,
    /// The day on which the reader had it.
    pub retrieved: Date,
}

/// Why an issuer cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssuerEntryFault {
    /// What was had is not the keys of this issuer.
    #[error("{0}")]
    Keys(PinFault),
    /// The document in the list is not the one that its digest names.
    #[error("the document is not the one with the digest beside it")]
    OtherDigest,
    /// The identifier is no key by itself, and there is no document.
    #[error("its keys are missing")]
    KeysMissing,
    /// The identifier is a key, so a document adds nothing that anybody should believe.
    #[error("it is a key by itself, and needs no document")]
    KeysNotNeeded,
    /// The identifier is a key that is not accepted.
    #[error("{0}")]
    Key(MethodFault),
    /// An Ed25519 key is a signer, and stands with the signers.
    #[error("it is an Ed25519 key, which stands among the signers")]
    IsASigner,
}

impl IssuerEntry {
    /// Whether the identifier and what was had fit together.
    ///
    /// # Errors
    /// [`IssuerEntryFault`].
    pub fn check(&self) -> Result<(), IssuerEntryFault> {
        if did::parse(&self.id).is_ok() {
            return Err(IssuerEntryFault::IsASigner);
        }
        match (own_method(&self.id), &self.kept) {
            (Some(_), Some(_)) => Err(IssuerEntryFault::KeysNotNeeded),
            (Some(method), None) => {
                let at = self.added.start();
                retrieve(&method, "assertionMethod", &Pins::none(), at)
                    .map(|_| ())
                    .map_err(IssuerEntryFault::Key)
            }
            (None, None) => Err(IssuerEntryFault::KeysMissing),
            (None, Some(kept)) => self.read(kept).map(|_| ()).map_err(IssuerEntryFault::Keys),
        }
    }

    /// The keys, for a check to go by.
    pub fn pin(&self) -> Option<Pin> {
        self.kept.as_ref().and_then(|kept| self.read(kept).ok())
    }

    /// The digest of the document that was kept.
    pub fn digest(&self) -> Option<Digest> {
        self.kept.as_ref().map(|kept| Digest::of(kept.text.as_bytes()))
    }

    fn read(&self, kept: &KeptKeys) -> Result<Pin, PinFault> {
        let retrieved: Timestamp = kept.retrieved.start();
        Pin::read(kept.text.as_bytes(), Some(&self.id), PinnedBy::Recruiter, Some(retrieved))
    }
}

/// The name of the one key that an identifier is, if it is one.
fn own_method(id: &str) -> Option<String> {
    if let Some(multibase) = id.strip_prefix("did:key:") {
        return Some(format!("{id}#{multibase}"));
    }
    id.starts_with("did:jwk:").then(|| format!("{id}#0"))
}

/// The members of one entry in `trust.json`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct IssuerFile {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    added: String,
    basis: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retrieved: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl IssuerFile {
    /// The entry; `date` reads a day or says that it is none.
    pub(super) fn read<E>(
        self,
        date: impl Fn(String) -> Result<Date, E>,
        fault: impl Fn(IssuerEntryFault) -> E,
    ) -> Result<IssuerEntry, E> {
        let kept = match (self.document, self.retrieved, self.sha256) {
            (None, None, None) => None,
            (Some(text), Some(retrieved), Some(sha256)) => {
                if Digest::of(text.as_bytes()).hex() != sha256 {
                    return Err(fault(IssuerEntryFault::OtherDigest));
                }
                Some(KeptKeys { text, retrieved: date(retrieved)? })
            }
            _ => return Err(fault(IssuerEntryFault::KeysMissing)),
        };
        let entry = IssuerEntry {
            id: self.id,
            name: self.name,
            organisation: self.organisation,
            added: date(self.added)?,
            basis: self.basis,
            kept,
        };
        entry.check().map_err(fault)?;
        Ok(entry)
    }
}

impl From<&IssuerEntry> for IssuerFile {
    fn from(entry: &IssuerEntry) -> IssuerFile {
        let kept = entry.kept.as_ref();
        IssuerFile {
            id: entry.id.clone(),
            name: entry.name.clone(),
            organisation: entry.organisation.clone(),
            added: entry.added.to_string(),
            basis: entry.basis.clone(),
            retrieved: kept.map(|kept| kept.retrieved.to_string()),
            sha256: entry.digest().map(|digest| digest.hex()),
            document: kept.map(|kept| kept.text.clone()),
        }
    }
}
