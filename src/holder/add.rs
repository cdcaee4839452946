//! Adding a piece of work: a PDF and what belongs to it, put together aside and moved into place at once.

use std::error::Error;
use std::path::Path;

use serde_json::Map;

use super::copy::copy_in;
use super::records::{self, FORMAT};
use super::{Artifact, ArtifactFile, Confidential, HolderFault, Incoming, Locked, Role, Version};
use crate::digest::Digest;
use crate::disk::{self, DiskFault, FileSource, Kind, Links, Mode};
use crate::path::{FileName, RelPath, Slug};
use crate::source::Source;
use crate::time::Timestamp;

/// Room that a made PDF and the record may need beside the file itself, in bytes.
const BESIDE: u64 = 8 << 20;

/// What is known of a piece of work when it is added.
#[derive(Debug, Clone)]
pub struct NewArtifact {
    /// What the file handed in is: the document itself, what the document is made from, or an attachment.
    pub role: Role,
    /// Its media type.
    pub media_type: String,
    /// Title; without one, the deliverable's, then the file's name.
    pub title: Option<String>,
    /// What it is, in the student's words.
    pub description: Option<String>,
    /// The placement it was made in.
    pub placement: Option<Slug>,
    /// Which deliverable it is, counted from 1.
    pub deliverable: Option<u32>,
    /// What came out, in a few words.
    pub result: Option<String>,
    /// That it is not for everybody.
    pub confidential: Option<Confidential>,
    /// The artifact that this is a new version of; whatever is not given above stays as it was.
    pub replaces: Option<Slug>,
    /// When it is added.
    pub added: Timestamp,
}

/// What a PDF is to be made from: the bytes that will be kept, not those the student may be editing.
pub struct Staged<'a> {
    /// Title of the artifact.
    pub title: &'a str,
    /// Its description.
    pub description: Option<&'a str>,
    /// The file: name, media type, size and digest.
    pub file: &'a ArtifactFile,
    /// Its bytes.
    pub source: &'a dyn Source,
}

/// Makes the PDF of a file that is none; its fault comes back as [`HolderFault::Document`].
pub type MakePdf<'a> = dyn FnMut(&Staged<'_>) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> + 'a;

/// What was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its id.
    pub id: Slug,
    /// The record as written.
    pub artifact: Artifact,
    /// The version it is, counted from 1.
    pub version: usize,
}

impl Locked {
    /// Adds a file. When it is not a PDF itself, `make_pdf` is called once with what was kept and gives the document.
    ///
    /// The file is copied in pieces and hashed on the way; one that changes meanwhile is refused.
    pub fn add(
        &self,
        incoming: &Incoming,
        mut new: NewArtifact,
        make_pdf: &mut MakePdf<'_>,
    ) -> Result<Added, HolderFault> {
        for text in [&mut new.title, &mut new.description, &mut new.result] {
            *text = filled(text.take());
        }
        let before = new.replaces.as_ref().map(|id| self.artifact(id)).transpose()?;
        let title = self.title_of(&new, before.as_ref(), incoming.name())?;
        let source = incoming.source();
        disk::require_space(self.root(), source.len().saturating_add(BESIDE))?;

        let stage = self.stage()?;
        let path = stage.path().join(incoming.name().as_str());
        let (size, sha256) = copy_in(source, &path, Mode::Shared)?;
        self.refuse_twice(&new, sha256)?;
        let kept = ArtifactFile {
            name: incoming.name().clone(),
            media_type: new.media_type.clone(),
            size,
            sha256,
            role: new.role,
            other: Map::new(),
        };
        let description =
            new.description.clone().or_else(|| before.as_ref().and_then(|b| b.description.clone()));
        let files = if new.role == Role::Document {
            vec![kept]
        } else {
            let opened = FileSource::open(&path, Links::Refuse)?;
            let staged =
                Staged { title: &title, description: description.as_deref(), file: &kept, source: &opened };
            let pdf = make_pdf(&staged).map_err(HolderFault::Document)?;
            vec![write_document(stage.path(), &kept.name, &pdf)?, kept]
        };
        if files.iter().any(|file| RelPath::from(file.name.clone()).folded() == "artifact.json") {
            return Err(HolderFault::NameTaken(incoming.name().to_string()));
        }
        let replaced = new.replaces.clone().zip(before.clone());
        let artifact = record(new, before, title, description, files);
        records::write_new(&stage.path().join("artifact.json"), &artifact)?;
        self.room("artifacts")?;
        let version = artifact.versions.len() + 1;
        // The one rename that makes it part of the portfolio.
        let id = match replaced {
            Some((id, before)) => {
                let place = self.artifact_folder(&id);
                carry_over(&place, stage.path(), &before)?;
                disk::swap_folders(stage.path(), &place, &self.aside(&id)?)?;
                id
            }
            None => {
                let id = self.free_id("artifacts", &Slug::from_title(&artifact.title))?;
                disk::move_folder(stage.path(), &self.artifact_folder(&id))?;
                id
            }
        };
        Ok(Added { id, artifact, version })
    }

    fn title_of(
        &self,
        new: &NewArtifact,
        before: Option<&Artifact>,
        name: &FileName,
    ) -> Result<String, HolderFault> {
        let placement = new.placement.as_ref().or(before.and_then(|b| b.placement.as_ref()));
        let deliverable = match (placement, new.deliverable) {
            (None, Some(number)) => return Err(HolderFault::DeliverableOfNothing(number)),
            (Some(id), number) => {
                let brief = self.placement(id)?.brief.deliverables;
                match number {
                    None => None,
                    Some(asked) => {
                        let found = (asked as usize).checked_sub(1).and_then(|index| brief.get(index));
                        let have = brief.len();
                        let none = || HolderFault::NoSuchDeliverable { placement: id.clone(), asked, have };
                        Some(found.ok_or_else(none)?.title.clone())
                    }
                }
            }
            (None, None) => None,
        };
        let own = new.title.clone().or_else(|| before.map(|b| b.title.clone())).or(deliverable);
        Ok(own.unwrap_or_else(|| stem(name).to_owned()))
    }

    /// Running the same command again must not make a second artifact.
    fn refuse_twice(&self, new: &NewArtifact, digest: Digest) -> Result<(), HolderFault> {
        for (id, artifact) in self.artifacts()? {
            let same = match &new.replaces {
                Some(replaced) => *replaced == id,
                None => artifact.placement == new.placement && artifact.deliverable == new.deliverable,
            };
            if same && artifact.files.iter().any(|file| file.sha256 == digest && file.role == new.role) {
                return Err(HolderFault::AlreadyAdded { artifact: id });
            }
        }
        Ok(())
    }
}

/// The record of a new artifact, or of the next version of `before`.
fn record(
    new: NewArtifact,
    before: Option<Artifact>,
    title: String,
    description: Option<String>,
    files: Vec<ArtifactFile>,
) -> Artifact {
    let document = files[0].name.clone();
    let Some(mut next) = before else {
        return Artifact {
            format_version: FORMAT,
            title,
            description,
            placement: new.placement,
            deliverable: new.deliverable,
            result: new.result,
            skills: Vec::new(),
            confidential: new.confidential,
            document,
            files,
            added: new.added,
            versions: Vec::new(),
            other: Map::new(),
        };
    };
    next.versions.push(Version { added: next.added, files: next.files, other: Map::new() });
    Artifact {
        title,
        description,
        placement: new.placement.or(next.placement),
        deliverable: new.deliverable.or(next.deliverable),
        result: new.result.or(next.result),
        confidential: new.confidential.or(next.confidential),
        document,
        files,
        added: new.added,
        ..next
    }
}

/// An answer of nothing is no answer.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn write_document(folder: &Path, beside: &FileName, pdf: &[u8]) -> Result<ArtifactFile, HolderFault> {
    let taken = RelPath::from(beside.clone()).folded();
    let names = [format!("{}.pdf", stem(beside)), format!("{}.cover.pdf", stem(beside))];
    // A name that grew too long to travel is refused like any other.
    let parse = |name: &String| {
        FileName::parse(name).map_err(|fault| HolderFault::BadName { name: name.clone(), fault })
    };
    let mut name = parse(&names[0])?;
    if RelPath::from(name.clone()).folded() == taken {
        name = parse(&names[1])?;
    }
    disk::write_new(&folder.join(name.as_str()), pdf, Mode::Shared)?;
    Ok(ArtifactFile {
        name,
        media_type: "application/pdf".to_owned(),
        size: pdf.len() as u64,
        sha256: Digest::of(pdf),
        role: Role::Document,
        other: Map::new(),
    })
}

/// Files that lie in the old folder and that no record lists are the student's: they come along.
fn carry_over(old: &Path, new: &Path, record: &Artifact) -> Result<(), HolderFault> {
    for named in disk::list(old)? {
        let name = named.name.to_string_lossy();
        if name == "artifact.json" || record.files.iter().any(|file| file.name.as_str() == name) {
            continue;
        }
        let (from, to) = (old.join(&named.name), new.join(&named.name));
        if named.kind != Kind::File {
            return Err(HolderFault::InTheWay(from));
        }
        match copy_in(&FileSource::open(&from, Links::Refuse)?, &to, Mode::Shared) {
            Err(HolderFault::Disk(DiskFault::Exists(_))) => return Err(HolderFault::InTheWay(from)),
            done => done?,
        };
    }
    Ok(())
}

fn stem(name: &FileName) -> &str {
    match name.extension() {
        Some(extension) => &name.as_str()[..name.as_str().len() - extension.len() - 1],
        None => name.as_str(),
    }
}
