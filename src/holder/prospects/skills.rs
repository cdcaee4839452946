//! Skills on pieces of work and placements, and who says that somebody has them.

use std::collections::BTreeMap;

use serde_json::Map;

use super::super::{Artifact, HolderFault, KeptSignOff, Locked, Placement, Portfolio, Skill, records};
use crate::path::Slug;

/// What can have skills.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearer {
    /// A piece of work.
    Artifact(Slug),
    /// A placement.
    Placement(Slug),
}

/// Whose word it is that a skill was shown, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A sign-off about this very work names the skill.
    Signed,
    /// Somebody else's record was deposited for the placement, and names the skill.
    Deposited,
    /// The student says so.
    Own,
}

/// One place where a skill was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The work or placement that shows it.
    pub by: Bearer,
    /// Whose word that is.
    pub word: Word,
    /// The sign-off or the deposit, where it is not the student's word alone.
    pub record: Option<Slug>,
    /// A sign-off about this work that does not name the skill.
    pub signed_otherwise: Option<Slug>,
}

/// A skill with everything that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its name and address, as first written down.
    pub skill: Skill,
    /// What shows it, the strongest word first.
    pub shown: Vec<Shown>,
}

impl Bearer {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &Slug {
        match self {
            Bearer::Artifact(id) | Bearer::Placement(id) => id,
        }
    }

    /// `artifact` or `placement`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Bearer::Artifact(_) => "artifact",
            Bearer::Placement(_) => "placement",
        }
    }
}

impl Word {
    /// The stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Word::Signed => "signed",
            Word::Deposited => "deposited",
            Word::Own => "own-word",
        }
    }
}

impl Skill {
    /// A skill by name and, if given, by its address in a framework.
    #[must_use]
    pub fn new(name: &str, url: Option<&str>) -> Skill {
        Skill { name: name.to_owned(), url: url.map(str::to_owned), other: Map::new() }
    }

    /// Whether both are the same: by their addresses where both have one, else by their names in any case.
    #[must_use]
    pub fn is_same(&self, other: &Skill) -> bool {
        match (&self.url, &other.url) {
            (Some(one), Some(other)) => one.trim_end_matches('/') == other.trim_end_matches('/'),
            _ => fold(&self.name) == fold(&other.name),
        }
    }
}

fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Everything of a portfolio that bears on skills.
struct Evidence {
    artifacts: Vec<(Slug, Artifact)>,
    placements: Vec<(Slug, Placement)>,
    sign_offs: Vec<(KeptSignOff, Option<Slug>)>,
    deposits: Vec<super::super::overview::Deposited>,
}

impl Portfolio {
    /// Every skill that is written down, by name, with what shows it.
    pub fn skills(&self) -> Result<Vec<Held>, HolderFault> {
        let evidence = self.evidence()?;
        let mut all: BTreeMap<String, Held> = BTreeMap::new();
        let borne = evidence
            .artifacts
            .iter()
            .flat_map(|(id, artifact)| artifact.skills.iter().map(|s| (Bearer::Artifact(id.clone()), s)))
            .chain(evidence.placements.iter().flat_map(|(id, placement)| {
                placement.skills.iter().map(|s| (Bearer::Placement(id.clone()), s))
            }));
        for (by, skill) in borne {
            let known = all.values_mut().find(|held| held.skill.is_same(skill));
            let shown = evidence.shown(&by, skill);
            match known {
                Some(held) => {
                    held.skill.url = held.skill.url.take().or_else(|| skill.url.clone());
                    held.shown.extend(shown);
                }
                None => {
                    all.insert(fold(&skill.name), Held { skill: skill.clone(), shown });
                }
            }
        }
        let mut all: Vec<Held> = all.into_values().collect();
        all.iter_mut().for_each(|held| held.shown.sort_by(|a, b| (a.word, &a.by).cmp(&(b.word, &b.by))));
        Ok(all)
    }

    fn evidence(&self) -> Result<Evidence, HolderFault> {
        let requests = self.requests()?;
        let placement_of =
            |kept: &KeptSignOff| kept.request_in(&requests).map(|stored| stored.record.placement.clone());
        let sign_offs = self.sign_offs()?;
        Ok(Evidence {
            artifacts: self.artifacts()?,
            placements: self.placements()?,
            sign_offs: sign_offs
                .into_iter()
                .map(|kept| (placement_of(&kept), kept))
                .map(|(p, k)| (k, p))
                .collect(),
            deposits: self.deposited()?,
        })
    }
}

impl Evidence {
    fn shown(&self, by: &Bearer, skill: &Skill) -> Vec<Shown> {
        let about = |kept: &KeptSignOff, placement: &Option<Slug>| match by {
            Bearer::Placement(id) => placement.as_ref() == Some(id),
            Bearer::Artifact(id) => {
                let work = self.artifacts.iter().find(|(known, _)| known == id).map(|(_, artifact)| artifact);
                let signed = |digest| kept.sign_off.claims.evidence.iter().any(|e| e.digest == digest);
                work.is_some_and(|work| work.files.iter().all(|file| signed(file.sha256)))
            }
        };
        let (mut shown, mut otherwise) = (Vec::new(), None);
        for (kept, placement) in &self.sign_offs {
            if !about(kept, placement) {
                continue;
            }
            if names(kept, skill) {
                let record = Some(kept.id.clone());
                shown.push(Shown { by: by.clone(), word: Word::Signed, record, signed_otherwise: None });
            } else {
                otherwise = Some(kept.id.clone());
            }
        }
        if let Bearer::Placement(id) = by {
            let fitting = self
                .deposits
                .iter()
                .filter(|deposit| deposit.record.placement.as_ref() == Some(id) && deposit.names(skill));
            shown.extend(fitting.map(|deposit| Shown {
                by: by.clone(),
                word: Word::Deposited,
                record: Some(deposit.id.clone()),
                signed_otherwise: None,
            }));
        }
        if shown.is_empty() {
            shown.push(Shown { by: by.clone(), word: Word::Own, record: None, signed_otherwise: otherwise });
        }
        shown
    }
}

/// Whether the signed statement names the skill.
fn names(kept: &KeptSignOff, skill: &Skill) -> bool {
    let signed = kept.sign_off.claims.skills.iter();
    signed.map(|named| Skill::new(&named.name, named.url.as_deref())).any(|named| named.is_same(skill))
}

impl Locked {
    /// Adds a skill; whether it was not there yet. One that is there gets the address it lacks.
    pub fn add_skill(&self, to: &Bearer, skill: Skill) -> Result<bool, HolderFault> {
        self.change_skills(to, |skills| match skills.iter_mut().find(|known| known.is_same(&skill)) {
            Some(known) if known.url.is_none() && skill.url.is_some() => {
                known.url = skill.url;
                true
            }
            Some(_) => false,
            None => {
                skills.push(skill);
                true
            }
        })
    }

    /// Takes a skill away; whether it was there.
    pub fn remove_skill(&self, from: &Bearer, skill: &Skill) -> Result<bool, HolderFault> {
        self.change_skills(from, |skills| {
            let before = skills.len();
            skills.retain(|known| !known.is_same(skill));
            skills.len() < before
        })
    }

    fn change_skills(
        &self,
        of: &Bearer,
        change: impl FnOnce(&mut Vec<Skill>) -> bool,
    ) -> Result<bool, HolderFault> {
        match of {
            Bearer::Artifact(id) => {
                let mut artifact = self.artifact(id)?;
                let changed = change(&mut artifact.skills);
                if changed {
                    records::rewrite(&self.artifact_folder(id).join("artifact.json"), &artifact)?;
                }
                Ok(changed)
            }
            Bearer::Placement(id) => {
                let mut changed = false;
                self.placement(id)?;
                self.change_placement(id, |placement| changed = change(&mut placement.skills))?;
                Ok(changed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_is_known_by_its_address_or_by_its_name() {
        let skill = Skill::new;
        assert!(skill("Time series", None).is_same(&skill("time  Series", Some("https://x.example/1"))));
        assert!(skill("A", Some("https://x.example/1")).is_same(&skill("B", Some("https://x.example/1/"))));
        assert!(!skill("A", Some("https://x.example/1")).is_same(&skill("A", Some("https://x.example/2"))));
    }
}
