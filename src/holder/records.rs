//! The records of the folder: one JSON file each, members in the order below, unknown members kept.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::Path;

use super::placements::agreement::{Answer, Closed, Portability, Terms};
use super::{HolderFault, text};
use crate::credential::CredentialFault;
use crate::digest::Digest;
use crate::disk::{self, Mode};
use crate::json;
use crate::path::{FileName, Slug};
use crate::time::{Date, Timestamp};

/// The newest format of every record in the folder, and the one that is written.
pub const FORMAT: u64 = 1;

/// `portfolio.json`: whose folder it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// [`FORMAT`].
    pub format_version: u64,
    /// The student's name, as sign-offs should show it.
    pub name: String,
    /// The student's e-mail address.
    pub email: String,
    /// The student's key as `did:key`.
    pub did: String,
    /// When the folder was made.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `placements/<id>/placement.json`: where, when, with whom, and what was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    /// [`FORMAT`].
    pub format_version: u64,
    /// Title, such as `Demand forecasting co-lab`.
    pub title: String,
    /// The organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// First day.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// Last day.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// Who will be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor: Option<Mentor>,
    /// What the student is there, such as `data analyst intern`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Hours of work in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// What is paid; never bundled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<Answer>,
    /// What the organisation promised to give at the end: `report`, `artifact`, `credential`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_promised: Vec<String>,
    /// What the work shows that the student can do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// What was asked.
    #[serde(default)]
    pub brief: Brief,
    /// What may be done with the work; never bundled.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
    /// How the promised credential can be carried elsewhere; never bundled.
    #[serde(default, skip_serializing_if = "Portability::is_empty")]
    pub portability: Portability,
    /// Present when the placement is over and was closed; never bundled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// When it was recorded.
    #[serde(with = "text")]
    pub created: Timestamp,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Who will be asked for a sign-off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mentor {
    /// The name.
    pub name: String,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The deliverables of a placement, in order; people count them from 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// What is to be delivered.
    #[serde(default)]
    pub deliverables: Vec<Deliverable>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Something that the student can do, by name and, if given, by its address in a public framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// Its name, such as `Time-series forecasting`.
    pub name: String,
    /// Where a framework such as ESCO, O*NET or CTDL describes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One thing to deliver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deliverable {
    /// What it is.
    pub title: String,
    /// When it is good enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_when: Option<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `artifacts/<id>/artifact.json`: one piece of work, a PDF and what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// [`FORMAT`].
    pub format_version: u64,
    /// Title.
    pub title: String,
    /// What it is, in the student's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The placement it was made in.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub placement: Option<Slug>,
    /// Which deliverable it is, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverable: Option<u32>,
    /// What came out, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// What it shows that the student can do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// Present when it is not for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidential: Option<Confidential>,
    /// Name of the PDF among the files.
    #[serde(with = "text")]
    pub document: FileName,
    /// Every file, the document first.
    pub files: Vec<ArtifactFile>,
    /// When these files were added.
    #[serde(with = "text")]
    pub added: Timestamp,
    /// What it was before, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// That an artifact is for the mentor's eyes, and until when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Confidential {
    /// The day on which it opens by itself; without one it stays so.
    #[serde(default, with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Confidential {
    /// Whether it still is on `today`.
    pub fn holds_on(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today < until)
    }

    /// As a signer reads and signs it.
    pub fn words(&self) -> String {
        self.until.map_or_else(|| "confidential".to_owned(), |until| format!("confidential until {until}"))
    }
}

/// One file of an artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactFile {
    /// Its name in the artifact's folder.
    #[serde(with = "text")]
    pub name: FileName,
    /// Media type.
    pub media_type: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    #[serde(with = "text")]
    pub sha256: Digest,
    /// What it is to the artifact.
    pub role: Role,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a file is to its artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The PDF.
    Document,
    /// What the PDF was made from.
    Source,
    /// Anything else, behind a cover page.
    Attachment,
}

/// An earlier state of an artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// When those files were added.
    #[serde(with = "text")]
    pub added: Timestamp,
    /// The files as they were; the bytes are in the history of the folder, if it has one.
    pub files: Vec<ArtifactFile>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Reads a record: bounded, strict, and of a format that this program knows.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, HolderFault> {
    parse(path, &disk::read_bounded(path, json::OURS.bytes as u64)?)
}

/// The record that `bytes` are; `path` is for the message.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, HolderFault> {
    let value = json::parse(bytes, &json::OURS)
        .map_err(|fault| HolderFault::Json { path: path.to_path_buf(), fault })?;
    match value.get("formatVersion").and_then(Value::as_u64) {
        Some(FORMAT) | None => {}
        Some(0) => {
            let fact = "formatVersion 0 was never written".to_owned();
            return Err(HolderFault::Record { path: path.to_path_buf(), line: 0, column: 0, fact });
        }
        Some(found) => return Err(HolderFault::TooNew { path: path.to_path_buf(), found, known: FORMAT }),
    }
    // From the bytes and not from the value, so that the fault has a place.
    serde_json::from_slice(bytes).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        let fact = e.to_string();
        let fact = fact.split(" at line ").next().unwrap_or_default().to_owned();
        HolderFault::Record { path: path.to_path_buf(), line, column, fact }
    })
}

/// The first of the faults of a credential that was to be a record here.
pub(super) fn not_as_expected(path: &Path, faults: &[CredentialFault]) -> HolderFault {
    let fact =
        faults.first().map_or_else(|| "has another form".to_owned(), |f| format!("{} {}", f.path, f.fact));
    HolderFault::Record { path: path.to_path_buf(), line: 0, column: 0, fact }
}

/// Writes a new record.
pub(super) fn write_new<T: Serialize>(path: &Path, record: &T) -> Result<(), HolderFault> {
    Ok(disk::write_new(path, json::pretty(record).as_bytes(), Mode::Shared)?)
}

/// Writes a record in place of its earlier state.
pub(super) fn rewrite<T: Serialize>(path: &Path, record: &T) -> Result<(), HolderFault> {
    Ok(disk::replace(path, json::pretty(record).as_bytes(), Mode::Shared)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACEMENT: &str = r#"{
  "formatVersion": 1,
  "title": "Demand forecasting co-lab",
  "organisation": "Acme Retail Ltd",
  "starts": "2026-06-01",
  "mentor": {
    "name": "Priya Nair",
    "email": "priya.nair@acme.example",
    "phone": "on request"
  },
  "evidencePromised": [
    "report"
  ],
  "brief": {
    "deliverables": [
      {
        "title": "Forecast report",
        "acceptedWhen": "error under 12 % on the held-out month",
        "weight": 2
      }
    ]
  },
  "created": "2026-05-20T09:00:00Z",
  "colour": {
    "deep": [
      1,
      null
    ]
  }
}
"#;

    #[test]
    fn a_record_read_and_written_is_the_same_to_the_byte_unknown_members_too() {
        let placement: Placement = parse(Path::new("placement.json"), PLACEMENT.as_bytes()).unwrap();
        assert_eq!(placement.brief.deliverables[0].other["weight"], 2);
        assert_eq!(json::pretty(&placement), PLACEMENT);
    }

    #[test]
    fn a_fault_in_a_record_has_its_place() {
        let fault = |text: &str| parse::<Placement>(Path::new("p"), text.as_bytes()).unwrap_err();
        let day = fault(&PLACEMENT.replace("2026-06-01", "1 June"));
        assert!(
            matches!(&day, HolderFault::Record { line: 5, fact, .. } if fact.contains("a day such as")),
            "{day:?}"
        );
        let missing = fault("{\n  \"formatVersion\": 1\n}\n");
        assert!(
            matches!(&missing, HolderFault::Record { fact, .. } if fact == "missing field `title`"),
            "{missing:?}"
        );
        let twice = fault(&PLACEMENT.replace("\"weight\"", "\"title\""));
        assert!(matches!(twice, HolderFault::Json { fault, .. } if fault.line == 19));
        let newer = fault(&PLACEMENT.replace("\"formatVersion\": 1", "\"formatVersion\": 2"));
        assert!(matches!(newer, HolderFault::TooNew { found: 2, known: 1, .. }));
    }

    #[test]
    fn confidential_opens_by_itself_on_its_day() {
        let day = |text| Date::parse(text).unwrap();
        let until = Confidential { until: Some(day("2027-07-24")), other: Map::new() };
        assert!(until.holds_on(day("2027-07-23")) && !until.holds_on(day("2027-07-24")));
        assert_eq!(until.words(), "confidential until 2027-07-24");
        assert!(Confidential::default().holds_on(day("2199-12-31")));
        assert_eq!(Confidential::default().words(), "confidential");
    }
}
