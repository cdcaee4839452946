//! Asking for a sign-off: the draft, the files and the letter, shown first and written when the student's key signs.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::bag::{self, Payload};
use super::letters;
use super::records::{self, FORMAT};
use super::requests::{RequestRecord, RequestedFile};
use super::statements::STATEMENT;
use super::{Artifact, ArtifactFile, HolderFault, Locked, Placement, Portfolio, Role};
use crate::bundle::{BagToWrite, REQUEST};
use crate::credential::course::{self, Course};
use crate::credential::draft::{self, Background, DraftFacts};
use crate::credential::plain_text::{self, Asked};
use crate::credential::request::{self, Person, Records, RequestFacts};
use crate::credential::{Claims, Evidence, Item, Skill};
use crate::digest::Digest;
use crate::disk::{self, Mode, Pending};
use crate::json;
use crate::path::{FileName, RelPath, Slug};
use crate::proof::{self, EddsaJcs2022, Signer};
use crate::time::Timestamp;

/// What to ask.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The placement.
    pub placement: &'a Slug,
    /// Whom, if not the mentor of the placement.
    pub to: Option<Person>,
    /// A message, if there is one.
    pub message: Option<&'a str>,
    /// The statement proposed; without one it is [`draft::STATEMENT`].
    pub statement: Option<&'a str>,
    /// Salt for the hash of the e-mail address, from a source of randomness.
    pub salt: &'a str,
    /// When.
    pub created: Timestamp,
}

/// A request that is complete but for the student's signature; nothing is written yet.
pub struct RequestPlan<'a> {
    locked: &'a Locked,
    id: Slug,
    placement: Slug,
    asked: Person,
    message: Option<String>,
    created: Timestamp,
    draft: Value,
    claims: Claims,
    payload: Payload,
    files: Vec<RequestedFile>,
    course: Course,
    briefs: Vec<Value>,
    checkpoints: Vec<Value>,
    statement: Option<String>,
    read_me: String,
    size: u64,
}

/// A request as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// Its id.
    pub id: Slug,
    /// The archive to send.
    pub archive: PathBuf,
    /// Its length in bytes.
    pub len: u64,
    /// The letter that goes with it.
    pub letter: PathBuf,
}

impl Locked {
    /// Gathers a placement's artifacts and drafts what the mentor is asked to sign.
    ///
    /// Nothing is written. Fails where there is nothing to ask about, nobody to ask, a file that is not as recorded,
    /// or no space.
    pub fn plan_request(&self, ask: &Ask<'_>) -> Result<RequestPlan<'_>, HolderFault> {
        let placement = self.placement(ask.placement)?;
        let from_placement =
            placement.mentor.as_ref().map(|m| Person { name: m.name.clone(), email: m.email.clone() });
        let nobody = || HolderFault::NobodyToAsk(ask.placement.clone());
        let asked = ask.to.clone().or(from_placement).ok_or_else(nobody)?;
        let mut artifacts = self.artifacts()?;
        artifacts.retain(|(_, artifact)| artifact.placement.as_ref() == Some(ask.placement));
        artifacts.sort_by_key(|(_, artifact)| artifact.deliverable.unwrap_or(u32::MAX));
        if artifacts.is_empty() {
            return Err(HolderFault::NothingToAsk(ask.placement.clone()));
        }

        let (mut payload, mut files, mut evidence) = (Payload::default(), Vec::new(), Vec::new());
        for (id, artifact) in &artifacts {
            let sources = self.open_files(id, artifact)?;
            for (file, source) in artifact.files.iter().zip(sources) {
                let listed = RequestedFile {
                    artifact: id.clone(),
                    name: file.name.clone(),
                    sha256: file.sha256,
                    other: Map::new(),
                };
                files.push(listed);
                // The digest binds every copy, so one of them travels.
                if !evidence.iter().any(|seen: &Evidence| seen.digest == file.sha256) {
                    evidence.push(evidence_of(artifact, file, &placement, ask.created));
                    payload.add_file(place_for(&payload, id, &file.name)?, file.sha256, source);
                }
            }
        }
        let (briefs, checkpoints) = self.course_records(ask.placement, &placement)?;
        let course = course::of_records(&briefs, &checkpoints).map_err(HolderFault::NotADraft)?;
        let about = self.about();
        let statement = ask.statement.unwrap_or(draft::STATEMENT).replace("{name}", &about.name);
        let facts = DraftFacts {
            holder: &about.did,
            name: &about.name,
            email: &about.email,
            salt: ask.salt,
            title: &placement.title,
            organisation: placement.organisation.as_deref().unwrap_or_default(),
            starts: placement.starts,
            ends: placement.ends,
            statement: &statement,
            items: &items_of(&placement, &artifacts),
            evidence: &evidence,
            created: ask.created,
        };
        let skills = skills_of(&placement, &artifacts);
        let background = Background {
            role: placement.role.as_deref(),
            hours: placement.hours,
            skills: &skills,
            course: Some(&course),
        };
        let draft = draft::build_with(&facts, &background);
        // Read back as the mentor's program will, so that what it would refuse is refused here.
        let claims = draft::read(&draft).map_err(HolderFault::NotADraft)?;
        let statement = plain_text::write(&claims, &Asked { signer: &asked.name, on: ask.created });
        if let Some(text) = &statement {
            let place = bag::path(&plain_text::PLACE_IN_REQUEST.split('/').collect::<Vec<_>>())?;
            payload.add_document(place, text.clone().into_bytes());
        }
        let stem = Slug::from_title(&format!("{} for {}", ask.placement, asked.name));
        let mut plan = RequestPlan {
            locked: self,
            id: self.free_id("requests", &stem)?,
            placement: ask.placement.clone(),
            asked,
            message: ask.message.map(str::to_owned),
            created: ask.created,
            draft,
            claims,
            payload,
            files,
            course,
            briefs,
            checkpoints,
            read_me: letters::request_read_me(statement.is_some()),
            statement,
            size: 0,
        };
        plan.size = bag::size(&plan.bag()?)?;
        disk::require_space(self.root(), plan.size)?;
        Ok(plan)
    }
}

impl Portfolio {
    /// The frozen briefs and the check-ins of a placement, as a request carries them.
    fn course_records(
        &self,
        id: &Slug,
        placement: &Placement,
    ) -> Result<(Vec<Value>, Vec<Value>), HolderFault> {
        let briefs = self.frozen_briefs(id)?;
        if super::has_drifted(placement, &briefs) {
            return Err(HolderFault::BriefDrifted(id.clone()));
        }
        let log = self.checkpoints(id)?;
        if !log.breaks.is_empty() {
            return Err(HolderFault::LogBroken { placement: id.clone(), breaks: log.breaks });
        }
        let briefs = briefs.into_iter().map(|revision| revision.document).collect();
        Ok((briefs, log.entries.into_iter().map(|logged| logged.document).collect()))
    }
}

impl RequestPlan<'_> {
    /// The id that its folder will have.
    pub fn id(&self) -> &Slug {
        &self.id
    }

    /// Who is asked.
    pub fn asked(&self) -> &Person {
        &self.asked
    }

    /// What the mentor is asked to sign.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// How the placement went, as the mentor is shown it.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// Length of the archive in bytes, at most.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Signs the request with the student's key and writes it with its letter, all at once.
    pub fn write(self, signer: &dyn Signer) -> Result<Requested, HolderFault> {
        let about = self.locked.about();
        bag::require_key(&about.did, signer)?;
        let stage = self.locked.stage()?;
        let archive = format!("{}.request.zip", self.id);
        let letter = format!("{}.txt", self.id);
        let expected = self.payload.manifest_digest();
        let from = Person { name: about.name.clone(), email: Some(about.email.clone()) };
        let mut signed = Vec::new();
        let mut statement = |found: Digest| {
            if found != expected {
                return Err(HolderFault::ChangedMeanwhile);
            }
            let facts = RequestFacts {
                created: self.created,
                from: &from,
                holder: &about.did,
                asked: &self.asked,
                message: self.message.as_deref(),
                manifest_digest: found,
                draft: &self.draft,
            };
            let records = Records { briefs: &self.briefs, checkpoints: &self.checkpoints };
            let mut document = request::build_with(&facts, records);
            let options = proof::Options::assertion(self.created);
            proof::sign(&mut document, &options, &[&EddsaJcs2022], signer)?;
            signed = json::pretty(&document).into_bytes();
            Ok(signed.clone())
        };
        let mut pending = Pending::create(&stage.path().join(&archive), Mode::Shared)?;
        let len =
            bag::write(&mut pending, &self.bag()?, &|_| None, &mut statement).map_err(
                |fault| match fault {
                    HolderFault::ChangedMeanwhile => {
                        let artifacts: Vec<Slug> =
                            self.files.iter().map(|file| file.artifact.clone()).collect();
                        self.locked.what_changed(&artifacts, &[])
                    }
                    other => other,
                },
            )?;
        pending.commit_new()?;
        disk::write_new(&stage.path().join("request.json"), &signed, Mode::Shared)?;
        if let Some(text) = &self.statement {
            disk::write_new(&stage.path().join(STATEMENT), text.as_bytes(), Mode::Shared)?;
        }
        let text = letters::request_letter(&self.asked.name, &about.name, &archive);
        disk::write_new(&stage.path().join(&letter), text.as_bytes(), Mode::Shared)?;
        let record = RequestRecord {
            format_version: FORMAT,
            placement: self.placement.clone(),
            files: self.files.clone(),
            answers: Vec::new(),
            other: Map::new(),
        };
        records::write_new(&stage.path().join("record.json"), &record)?;
        let place = self.locked.room("requests")?.join(self.id.as_str());
        disk::move_folder(stage.path(), &place)?;
        Ok(Requested { id: self.id.clone(), archive: place.join(archive), len, letter: place.join(letter) })
    }

    fn bag(&self) -> Result<BagToWrite<'_>, HolderFault> {
        Ok(BagToWrite {
            top: bag::name(self.id.as_str())?,
            info: vec![
                ("Bagging-Date", self.created.date().to_string()),
                ("External-Description", "Request for a sign-off".to_owned()),
            ],
            payload: self.payload.listed(),
            read_me: &self.read_me,
            profile: REQUEST,
        })
    }
}

/// `data/files/NAME`, or the same in a folder of the artifact's where two files would clash.
fn place_for(payload: &Payload, artifact: &Slug, name: &FileName) -> Result<RelPath, HolderFault> {
    let mut place = bag::path(&["data", "files", name.as_str()])?;
    let mut folder = artifact.clone();
    for number in 2.. {
        if !payload.clashes(&place) {
            break;
        }
        place = bag::path(&["data", "files", folder.as_str(), name.as_str()])?;
        folder = artifact.numbered(number);
    }
    Ok(place)
}

/// The deliverables of the brief, with the results of what was made for each.
fn items_of(placement: &Placement, artifacts: &[(Slug, Artifact)]) -> Vec<Item> {
    let results = |number: usize| {
        let made = artifacts.iter().filter(|(_, a)| a.deliverable.is_some_and(|d| d as usize == number));
        let results: Vec<&str> = made.filter_map(|(_, artifact)| artifact.result.as_deref()).collect();
        (!results.is_empty()).then(|| results.join("; "))
    };
    let item = |(index, deliverable): (usize, &super::Deliverable)| Item {
        title: deliverable.title.clone(),
        asked: deliverable.accepted_when.clone().unwrap_or_default(),
        result: results(index + 1),
        mark: None,
    };
    placement.brief.deliverables.iter().enumerate().map(item).collect()
}

/// The skills of the placement and of what was made in it, each once, those with an address first.
fn skills_of(placement: &Placement, artifacts: &[(Slug, Artifact)]) -> Vec<Skill> {
    let all = placement.skills.iter().chain(artifacts.iter().flat_map(|(_, artifact)| &artifact.skills));
    let mut skills: Vec<Skill> = Vec::new();
    for skill in all {
        let skill = Skill { name: skill.name.clone(), url: skill.url.clone() };
        if !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    skills.sort_by_key(|skill| skill.url.is_none());
    skills
}

fn evidence_of(artifact: &Artifact, file: &ArtifactFile, placement: &Placement, now: Timestamp) -> Evidence {
    let index = artifact.deliverable.and_then(|number| (number as usize).checked_sub(1));
    let is_cover = artifact.files.iter().any(|other| other.role == Role::Attachment);
    let genre = match file.role {
        Role::Document if is_cover => "document",
        Role::Document => "report",
        Role::Source => "source",
        Role::Attachment => "attachment",
    };
    let confidential = artifact.confidential.as_ref().filter(|c| c.holds_on(now.date()));
    Evidence {
        name: file.name.to_string(),
        digest: file.sha256,
        media_type: file.media_type.clone(),
        genre: genre.to_owned(),
        audience: confidential.map(super::Confidential::words),
        item: index.and_then(|i| placement.brief.deliverables.get(i)).map(|d| d.title.clone()),
    }
}
