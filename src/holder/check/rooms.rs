//! Going through the rooms of the folder: every record read, and whatever belongs nowhere said.

use serde_json::Value;

use super::{Check, CheckCode};
use crate::credential::request;
use crate::disk::Kind;
use crate::holder::records::Role;
use crate::holder::requests::{RequestRecord, StoredRequest};
use crate::holder::{About, Artifact, HolderFault, Move, Offer, Placement};
use crate::json;
use crate::path::Slug;

impl Check<'_> {
    pub(super) fn rooms(&mut self) -> Result<(), HolderFault> {
        if let Some(record) = self.record("portfolio.json", "portfolio") {
            self.typed::<About>(&record);
        }
        self.strays_at_the_top()?;
        for (id, path) in self.folders("placements", "placement.json")? {
            self.placement(id, &path)?;
        }
        for (name, kind) in self.portfolio.names("private")? {
            let path = format!("private/{name}/offer.json");
            if kind == Kind::Folder
                && self.exists(&path)
                && let Some(record) = self.record(&path, "offer")
            {
                self.typed::<Offer>(&record);
            }
        }
        for (id, path) in self.folders("artifacts", "artifact.json")? {
            self.artifact(id, &path)?;
        }
        for (id, path) in self.folders("requests", "record.json")? {
            self.request(id, &path);
        }
        for (id, path) in self.folders("deposits", "deposit.json")? {
            self.deposit(&id, &path);
        }
        self.sign_offs()?;
        for (_, path) in self.files("moves", ".json")? {
            if let Some(record) = self.record(&path, "move") {
                self.typed::<Move>(&record);
            }
        }
        for (_, path) in self.files("vouchers", ".json")? {
            self.record(&path, "voucher");
        }
        for (_, path) in self.files("notices", ".json")? {
            self.notice(&path);
        }
        Ok(())
    }

    /// A record in the portfolio's own folder lies one room too high.
    fn strays_at_the_top(&mut self) -> Result<(), HolderFault> {
        for (name, kind) in self.portfolio.names("")? {
            let room = match (kind, name.as_str()) {
                (Kind::File, "artifact.json") => "artifacts/<id>/",
                (Kind::File, "placement.json") => "placements/<id>/",
                (Kind::File, "deposit.json") => "deposits/<id>/",
                (Kind::File, "record.json" | "request.json") => "requests/<id>/",
                _ => continue,
            };
            self.find(CheckCode::OutOfPlace, name, format!("belongs into {room}"));
        }
        Ok(())
    }

    /// The folders of a room that hold the record they should, by id.
    fn folders(&mut self, room: &str, record: &str) -> Result<Vec<(Slug, String)>, HolderFault> {
        let mut all = Vec::new();
        for (name, kind) in self.portfolio.names(room)? {
            let path = format!("{room}/{name}");
            match (kind, Slug::parse(&name)) {
                (Kind::Folder, Ok(id)) => {
                    if self.portfolio.names(&path)?.iter().any(|(inner, _)| inner == record) {
                        all.push((id, path));
                    } else {
                        self.find(CheckCode::RecordMissing, path, format!("has no {record}"));
                    }
                }
                (Kind::Folder, Err(fault)) => {
                    self.find(CheckCode::OutOfPlace, path, format!("has a name that is no id: {fault}"));
                }
                (kind, _) => {
                    let fact = format!("is {kind}; here are folders with a {record} each");
                    self.find(CheckCode::OutOfPlace, path, fact);
                }
            }
        }
        Ok(all)
    }

    /// The files of a room whose name is an id and this ending.
    pub(super) fn files(&mut self, room: &str, ending: &str) -> Result<Vec<(Slug, String)>, HolderFault> {
        let mut all = Vec::new();
        for (name, kind) in self.portfolio.names(room)? {
            let path = format!("{room}/{name}");
            match name.strip_suffix(ending).map(Slug::parse) {
                Some(Ok(id)) if kind == Kind::File => all.push((id, path)),
                _ => {
                    let fact = format!("is {kind} of that name; here are files named by an id and {ending}");
                    self.find(CheckCode::OutOfPlace, path, fact);
                }
            }
        }
        Ok(all)
    }

    fn placement(&mut self, id: Slug, path: &str) -> Result<(), HolderFault> {
        let record = self.record(&format!("{path}/placement.json"), "placement");
        let placement = record.as_ref().and_then(|record| self.typed::<Placement>(record));
        self.belongings(&id, record.as_ref().zip(placement.as_ref()))?;
        if let (Some(record), Some(placement)) = (record, placement) {
            if let (Some(starts), Some(ends)) = (placement.starts, placement.ends)
                && ends < starts
            {
                let fact = format!("ends {ends}, before it starts {starts}");
                self.find_at(CheckCode::Contradiction, &record.path, record.place(&["ends"]), fact);
            }
            self.here.placements.insert(id, placement);
        }
        Ok(())
    }

    fn artifact(&mut self, id: Slug, path: &str) -> Result<(), HolderFault> {
        let record = self.record(&format!("{path}/artifact.json"), "artifact");
        let read = record.as_ref().and_then(|record| self.typed::<Artifact>(record));
        let (Some(record), Some(artifact)) = (record, read) else {
            self.here.artifacts_unread = true;
            return Ok(());
        };
        if let Some(fact) = artifact.fault() {
            self.find_at(CheckCode::Contradiction, &record.path, record.place(&["document"]), fact);
        }
        for (place, file) in artifact.files.iter().enumerate() {
            self.compare(path, &record, place, file);
            let is_document = file.role == Role::Document;
            if is_document && file.media_type != "application/pdf" {
                let (at, fact) = (place.to_string(), format!("is {}, not application/pdf", file.media_type));
                let at = record.place(&["files", &at, "mediaType"]);
                self.find_at(CheckCode::Contradiction, &record.path, at, format!("the document {fact}"));
            }
        }
        for (name, kind) in self.portfolio.names(path)? {
            if name != "artifact.json" && !artifact.files.iter().any(|file| file.name.as_str() == name) {
                let fact = format!("is {kind} that artifact.json does not list, so nothing is bundled of it");
                self.find(CheckCode::NotRecorded, format!("{path}/{name}"), fact);
            }
        }
        self.here.artifacts.insert(id, artifact);
        Ok(())
    }

    fn request(&mut self, id: Slug, path: &str) {
        let record = self.record(&format!("{path}/record.json"), "request-record");
        let record = record.and_then(|record| self.typed::<RequestRecord>(&record));
        let Some(sent) = self.record(&format!("{path}/request.json"), "request") else { return };
        match request::read(&sent.value) {
            Ok(request) => {
                if let Some(record) = record {
                    self.here.requests.push(StoredRequest { id, record, request });
                }
            }
            Err(faults) => self.faults(&sent.path, &faults),
        }
    }

    /// Withdrawals and notices about keys; news of another kind is not looked into.
    fn notice(&mut self, path: &str) {
        let Some(record) = self.json_file(path, &json::OURS) else { return };
        let named = match record.value.get("type").and_then(Value::as_str) {
            Some("Withdrawal") => "withdrawal",
            Some("KeyNotice") => "key-notice",
            _ => return,
        };
        self.judged(record, named);
    }

    /// What a credential breaks that its schema cannot say.
    pub(super) fn faults(&mut self, path: &str, faults: &[crate::credential::CredentialFault]) {
        for fault in faults {
            let already =
                |finding: &super::Finding| finding.path == path && finding.code == CheckCode::NotAsSchema;
            if !self.done.findings.iter().any(already) {
                self.find(CheckCode::Contradiction, path, format!("{} {}", fault.path, fault.fact));
            }
        }
    }
}
