//! What was asked of whom, kept so that an answer can be told from any other file.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{HolderFault, Portfolio, records, text};
use crate::credential::plain_text::STATEMENT_ENDING;
use crate::credential::request;
use crate::digest::Digest;
use crate::disk::{self, DiskFault};
use crate::json;
use crate::path::{FileName, Slug};
use crate::time::Timestamp;

/// `requests/<id>/record.json`: which files a request was about, and what came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// [`super::FORMAT`].
    pub format_version: u64,
    /// The placement it is about.
    #[serde(with = "text")]
    pub placement: Slug,
    /// The files that went with it.
    pub files: Vec<RequestedFile>,
    /// What came back, in the order it was collected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answered>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One file that a mentor was shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestedFile {
    /// The artifact it belongs to.
    #[serde(with = "text")]
    pub artifact: Slug,
    /// Its name in the artifact's folder.
    #[serde(with = "text")]
    pub name: FileName,
    /// Its SHA-256 then.
    #[serde(with = "text")]
    pub sha256: Digest,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One answer to a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The sign-off that was kept, by id; absent when the mentor declined.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub credential: Option<Slug>,
    /// Who declined, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was signed or declined, by their clock.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A request as it lies in the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRequest {
    /// Its id.
    pub id: Slug,
    /// Which files, and what came back.
    pub record: RequestRecord,
    /// The request as it was signed and sent.
    pub request: request::Request,
}

impl StoredRequest {
    /// Whether no sign-off came back yet.
    pub fn is_open(&self) -> bool {
        self.record.answers.iter().all(|answer| answer.credential.is_none())
    }

    /// The sign-offs that were kept for it.
    pub fn kept(&self) -> impl Iterator<Item = &Slug> {
        self.record.answers.iter().filter_map(|answer| answer.credential.as_ref())
    }
}

impl Portfolio {
    /// Every request, by id.
    pub fn requests(&self) -> Result<Vec<StoredRequest>, HolderFault> {
        self.ids("requests")?.into_iter().map(|id| self.request_named(id)).collect()
    }

    fn request_named(&self, id: Slug) -> Result<StoredRequest, HolderFault> {
        let folder = self.root().join("requests").join(id.as_str());
        let record = records::read(&folder.join("record.json"))?;
        let path = folder.join("request.json");
        let bytes = disk::read_bounded(&path, json::PRESENTATION.bytes as u64)?;
        let value = json::parse(&bytes, &json::PRESENTATION)
            .map_err(|fault| HolderFault::Json { path: path.clone(), fault })?;
        match request::read(&value) {
            Ok(request) => Ok(StoredRequest { id, record, request }),
            Err(faults) => Err(records::not_as_expected(&path, &faults)),
        }
    }
}

/// A sign-off that was kept.
#[derive(Debug, Clone)]
pub struct KeptSignOff {
    /// Its id.
    pub id: Slug,
    /// The bytes, as they came: the badge, or the SSH signature on the statement.
    pub bytes: Vec<u8>,
    /// The statement that an SSH signature is on, as it was sent.
    pub statement: Option<Vec<u8>>,
    /// What it says; that somebody signed it was checked when it was collected.
    pub sign_off: crate::credential::SignOff,
}

impl KeptSignOff {
    /// The name of its file below `credentials/`; of a statement the text, beside which the signature lies.
    pub fn file_name(&self) -> String {
        let ending = if self.statement.is_some() { STATEMENT_ENDING } else { ".json" };
        format!("{}{ending}", self.id)
    }

    /// The request that it answers: the one about the same achievement.
    pub fn request_in<'a>(&self, requests: &'a [StoredRequest]) -> Option<&'a StoredRequest> {
        requests
            .iter()
            .find(|stored| stored.request.claims.achievement_id == self.sign_off.claims.achievement_id)
    }
}

impl Portfolio {
    /// Every sign-off that was kept, by id.
    pub fn sign_offs(&self) -> Result<Vec<KeptSignOff>, HolderFault> {
        let mut kept = Vec::new();
        for (name, _) in self.names("credentials")? {
            let Some(id) = name.strip_suffix(".json").and_then(|stem| Slug::parse(stem).ok()) else {
                continue;
            };
            let path = self.root().join("credentials").join(&name);
            let bytes = match disk::read_bounded(&path, json::OURS.bytes as u64) {
                Err(DiskFault::NotAFile { what: disk::Kind::Folder, .. }) => continue,
                read => read?,
            };
            let value = json::parse(&bytes, &json::OURS)
                .map_err(|fault| HolderFault::Json { path: path.clone(), fault })?;
            let sign_off = crate::credential::signoff::read(&value)
                .map_err(|faults| records::not_as_expected(&path, &faults))?;
            kept.push(KeptSignOff { id, bytes, statement: None, sign_off });
        }
        kept.extend(self.kept_statements()?);
        kept.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(kept)
    }
}
