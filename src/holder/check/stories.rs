//! Stories: whether their form can be read, what they are about, and claims without evidence.

use super::{Check, CheckCode};
use crate::holder::HolderFault;
use crate::holder::stories::{self, On};

impl Check<'_> {
    pub(super) fn stories(&mut self) -> Result<(), HolderFault> {
        for (id, path) in self.files("stories", ".md")? {
            self.done.records += 1;
            let text = match self.portfolio.story_text(&id) {
                Ok(text) => text,
                Err(fault) => {
                    self.find(CheckCode::NotReadable, path, fault.to_string());
                    continue;
                }
            };
            match stories::parse(&id, &text) {
                Err(fault) => {
                    self.find_at(CheckCode::StoryForm, &path, (fault.line, fault.column), fault.fact)
                }
                Ok(story) => self.subject(&path, &text, &story.on),
            }
            let markers: Vec<usize> = text
                .lines()
                .zip(1..)
                .filter(|(line, _)| stories::is_marker(line))
                .map(|(_, at)| at)
                .collect();
            if let [first, second, ..] = markers[..] {
                let fact = format!("parts the story again; everything below line {first} stays here anyway");
                self.find_at(CheckCode::StoryParted, &path, (second, 1), fact);
            }
            self.claims(&path, &text);
        }
        Ok(())
    }

    fn subject(&mut self, path: &str, text: &str, on: &On) {
        let (code, there) = match on {
            On::Artifact(id) => {
                (CheckCode::NoSuchArtifact, self.exists(&format!("artifacts/{id}/artifact.json")))
            }
            On::Credential(id) => (CheckCode::NoSuchSignOff, self.portfolio.has_sign_off(id)),
        };
        if !there {
            let line = text.lines().position(|line| line.starts_with("on:")).map_or(0, |at| at + 1);
            self.find_at(code, path, (line, 1), format!("is about {}, which is not there", on.id()));
        }
    }

    fn claims(&mut self, path: &str, text: &str) {
        let claims = stories::claims(text);
        for claim in &claims {
            if claim.evidence.is_empty() {
                let fact = "claims a number and names no evidence, such as [forecast-report]";
                self.find_at(CheckCode::ClaimWithoutEvidence, path, (claim.line, claim.column), fact);
            }
        }
        for (line, column, id) in claims.into_iter().flat_map(|claim| claim.evidence) {
            if !self.is_evidence(&id) {
                let fact =
                    format!("names {id} as evidence, which is no piece of work, sign-off or deposit here");
                self.find_at(CheckCode::NoSuchEvidence, path, (line, column), fact);
            }
        }
    }
}
