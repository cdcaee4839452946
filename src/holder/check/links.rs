//! Ids that lead nowhere, and sign-offs about files as they are no more.

use std::collections::HashSet;

use super::{Check, CheckCode};
use crate::digest::Digest;
use crate::path::Slug;

impl Check<'_> {
    pub(super) fn links(&mut self) {
        self.artifact_links();
        self.request_links();
        self.sign_off_links();
    }

    /// Where a member of a record stands; the record was read before.
    pub(super) fn place_in(&self, path: &str, members: &[&str]) -> (usize, usize) {
        let full = self.portfolio.root().join(path);
        let bytes = crate::disk::read_bounded(&full, crate::json::OURS.bytes as u64).unwrap_or_default();
        super::reading::place_in(&bytes, members)
    }

    fn artifact_links(&mut self) {
        let mut found = Vec::new();
        for (id, artifact) in &self.here.artifacts {
            let path = format!("artifacts/{id}/artifact.json");
            let Some(named) = &artifact.placement else {
                if let Some(number) = artifact.deliverable {
                    let fact = format!("is deliverable {number} of no placement");
                    found.push((CheckCode::Contradiction, path, "deliverable", fact));
                }
                continue;
            };
            let Some(placement) = self.here.placements.get(named) else {
                if !self.exists(&format!("placements/{named}/placement.json")) {
                    let fact = format!("was made in {named}, which is not there");
                    found.push((CheckCode::NoSuchPlacement, path, "placement", fact));
                }
                continue;
            };
            let have = placement.brief.deliverables.len();
            if let Some(number) = artifact.deliverable.filter(|n| *n == 0 || *n as usize > have) {
                let fact = format!("is deliverable {number} of {named}, whose brief has {have}");
                found.push((CheckCode::NoSuchDeliverable, path, "deliverable", fact));
            }
        }
        for (code, path, member, fact) in found {
            let place = self.place_in(&path, &[member]);
            self.find_at(code, path, place, fact);
        }
    }

    fn request_links(&mut self) {
        let mut found = Vec::new();
        for stored in &self.here.requests {
            let path = format!("requests/{}/record.json", stored.id);
            let placement = &stored.record.placement;
            if !self.exists(&format!("placements/{placement}/placement.json")) {
                let fact = format!("is about {placement}, which is not there");
                found.push((CheckCode::NoSuchPlacement, path.clone(), vec!["placement".to_owned()], fact));
            }
            for (place, file) in stored.record.files.iter().enumerate() {
                if !self.exists(&format!("artifacts/{}/artifact.json", file.artifact)) {
                    let at = vec!["files".to_owned(), place.to_string(), "artifact".to_owned()];
                    let fact = format!("is about {}, which is not there", file.artifact);
                    found.push((CheckCode::NoSuchArtifact, path.clone(), at, fact));
                }
            }
            for (place, answer) in stored.record.answers.iter().enumerate() {
                if let Some(credential) = &answer.credential
                    && !self.portfolio.has_sign_off(credential)
                {
                    let at = vec!["answers".to_owned(), place.to_string(), "credential".to_owned()];
                    let fact = format!("was answered with {credential}, which is not there");
                    found.push((CheckCode::NoSuchSignOff, path.clone(), at, fact));
                }
            }
        }
        for (code, path, members, fact) in found {
            let members: Vec<&str> = members.iter().map(String::as_str).collect();
            let place = self.place_in(&path, &members);
            self.find_at(code, path, place, fact);
        }
    }

    fn sign_off_links(&mut self) {
        let recorded: HashSet<Digest> = self
            .here
            .artifacts
            .values()
            .flat_map(|artifact| &artifact.files)
            .map(|file| file.sha256)
            .collect();
        let mut found = Vec::new();
        for kept in &self.here.sign_offs {
            let path = format!("credentials/{}", kept.file_name());
            if kept.request_in(&self.here.requests).is_none() {
                let fact = "answers no request that is here, so no placement shows it".to_owned();
                found.push((CheckCode::SignOffAlone, path.clone(), 0, fact));
            }
            for (place, evidence) in kept.sign_off.claims.evidence.iter().enumerate() {
                if !recorded.contains(&evidence.digest) && !self.here.artifacts_unread {
                    let fact = format!("is about an earlier version of {}", evidence.name);
                    found.push((CheckCode::EarlierVersion, path.clone(), place, fact));
                }
            }
        }
        for (code, path, place, fact) in found {
            let at = match code {
                CheckCode::EarlierVersion => self.place_in(&path, &["evidence", &place.to_string()]),
                _ => (0, 0),
            };
            self.find_at(code, path, at, fact);
        }
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        matches!(crate::disk::kind_of(&self.portfolio.root().join(path)), Ok(Some(_)))
    }

    /// Whether the id names a piece of work, a sign-off or a deposit here.
    pub(super) fn is_evidence(&self, id: &Slug) -> bool {
        self.exists(&format!("artifacts/{id}/artifact.json"))
            || self.portfolio.has_sign_off(id)
            || self.here.deposits.contains(id)
    }
}
