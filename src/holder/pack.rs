//! Bundling: what goes in, what is left out and why, shown first and written when the student's key signs.

use std::path::{Path, PathBuf};

use super::bag::{self, Payload};
use super::letters;
use super::{Forbidden, HolderFault, Locked, Portfolio};
use crate::bundle::{BUNDLE, BagToWrite};
use crate::credential::presentation::{self, Presentation};
use crate::digest::Digest;
use crate::disk::{self, FileSource, Mode, Pending};
use crate::json;
use crate::path::{PathFault, RelPath, Slug};
use crate::proof::{self, EddsaJcs2022, Options, Purpose, Signer};
use crate::time::{Date, Timestamp};

/// What to bundle.
#[derive(Debug, Clone)]
pub struct Pack<'a> {
    /// Where the bundle goes.
    pub output: &'a Path,
    /// Only what belongs to these placements; `None` is everything.
    pub placements: Option<&'a [Slug]>,
    /// Artifacts and deposits that go in although they are confidential.
    pub include: &'a [Slug],
    /// Whether deposits go in at all.
    pub deposits: bool,
    /// Deposits that stay out.
    pub leave_out: &'a [Slug],
    /// Whether the student has leave in writing to do what the terms forbid.
    pub permitted: bool,
    /// For whom, which makes the signature an answer to them alone.
    pub audience: Option<&'a str>,
    /// What they asked to be answered.
    pub challenge: Option<&'a str>,
    /// When.
    pub created: Timestamp,
}

/// What goes into a bundle and what does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// The sign-offs.
    pub sign_offs: Vec<PackedSignOff>,
    /// The files of artifacts.
    pub files: Vec<PackedFile>,
    /// What others issued.
    pub deposits: Vec<PackedDeposit>,
    /// Everything else below `data/`: placements, stories, notices.
    pub others: Vec<String>,
    /// What stays here, and why.
    pub left_out: Vec<LeftOut>,
    /// Placements whose terms forbid it, with the clauses: they go in because the student has leave.
    pub in_spite_of: Vec<(Slug, Vec<Forbidden>)>,
    /// Files that a sign-off is about and that are not here any more as they were signed: name, sign-off.
    pub missing: Vec<(String, Slug)>,
}

/// A sign-off in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedSignOff {
    /// Its id.
    pub id: Slug,
    /// What the signer's key calls itself.
    pub signer: String,
    /// Title of the placement.
    pub title: String,
}

/// A file of an artifact in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// The artifact.
    pub artifact: Slug,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// Whether a sign-off in the bundle is about it.
    pub signed: bool,
}

/// Something of somebody else's in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedDeposit {
    /// Its id.
    pub id: Slug,
    /// Name of its original, or of the first of them.
    pub name: String,
    /// What it was recognised as.
    pub kind: String,
    /// Length of all its files in bytes.
    pub size: u64,
}

/// Something that stays in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// File name, or path in the portfolio.
    pub name: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why something stays in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyLeftOut {
    /// Confidential until that day, or for good.
    Confidential(Option<Date>),
    /// The student wants it to stay.
    Unwanted,
    /// A deposit that is confidential until that day, or for good; nobody signed for its bytes.
    ConfidentialDeposit(Option<Date>),
    /// It lies in `private/`.
    Private,
    /// It is the gated half of a story; the other half goes.
    Gated,
    /// No record lists it.
    NotRecorded,
    /// It is a link, a device or the like.
    NotAFile,
    /// Its name cannot travel.
    BadName(PathFault),
}

/// A bundle that is complete but for the student's signature; nothing is written yet.
pub struct BundlePlan<'a> {
    pub(super) locked: &'a Locked,
    pub(super) contents: Contents,
    pub(super) payload: Payload,
    pub(super) artifacts: Vec<Slug>,
    pub(super) deposits: Vec<Slug>,
    output: PathBuf,
    created: Timestamp,
    options: Options,
    size: u64,
}

/// A bundle under a temporary name, to be looked at before it gets its own. Dropped, it is gone.
pub struct PendingBundle<'a> {
    pending: Pending,
    len: u64,
    locked: &'a Locked,
    artifacts: Vec<Slug>,
    deposits: Vec<Slug>,
}

impl Locked {
    /// Chooses what goes into a bundle. Nothing is written.
    ///
    /// Left out are confidential artifacts until their day has come, with everything that describes them. Fails
    /// where the terms of a placement forbid it, where a sign-off does not allow to leave a file out, where a file is not as recorded, where there is nothing to bundle, at
    /// the bounds of the format, and when there is no space.
    pub fn plan_bundle(&self, pack: &Pack<'_>) -> Result<BundlePlan<'_>, HolderFault> {
        self.refuse_output(pack.output)?;
        let is_answer = pack.audience.is_some() || pack.challenge.is_some();
        let mut plan = BundlePlan {
            locked: self,
            contents: Contents::default(),
            payload: Payload::default(),
            artifacts: Vec::new(),
            deposits: Vec::new(),
            output: pack.output.to_path_buf(),
            created: pack.created,
            options: Options {
                created: pack.created,
                purpose: if is_answer { Purpose::Authentication } else { Purpose::AssertionMethod },
                domain: pack.audience.map(str::to_owned),
                challenge: pack.challenge.map(str::to_owned),
            },
            size: 0,
        };
        plan.choose(pack)?;
        let contents = &plan.contents;
        if contents.sign_offs.is_empty() && contents.files.is_empty() && contents.deposits.is_empty() {
            return Err(HolderFault::NothingToBundle);
        }
        plan.size = bag::size(&plan.bag()?)?;
        disk::require_space(folder_of(pack.output), plan.size)?;
        Ok(plan)
    }
}

impl Portfolio {
    /// Refuses a place among the records for a file that is to be handed on: it would be taken for one of them.
    ///
    /// # Errors
    /// [`HolderFault::OutputInside`], and what the disk says of its folder.
    pub fn refuse_output(&self, output: &Path) -> Result<(), HolderFault> {
        let folder = disk::real_path(folder_of(output))?;
        match output.file_name() {
            Some(name) if !self.is_own(&folder.join(name)) => Ok(()),
            _ => Err(HolderFault::OutputInside(output.to_path_buf())),
        }
    }
}

impl<'a> BundlePlan<'a> {
    /// What goes in and what does not.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Length of the bundle in bytes, at most.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Signs the bundle with the student's key and writes it under a temporary name beside its own. Its files are
    /// listed as they were recorded and hashed only when the bundle is checked, so that each byte is hashed once:
    /// whoever commits it has checked it first, and asks [`PendingBundle::what_changed`] where it does not hold.
    pub fn write(self, signer: &dyn Signer) -> Result<PendingBundle<'a>, HolderFault> {
        let about = self.locked.about();
        bag::require_key(&about.did, signer)?;
        let mut statement = |manifest_digest: Digest| {
            let mut document = presentation::build(&Presentation {
                holder: about.did.clone(),
                name: about.name.clone(),
                created: self.created,
                manifest_digest,
            });
            proof::sign(&mut document, &self.options, &[&EddsaJcs2022], signer)?;
            Ok(json::pretty(&document).into_bytes())
        };
        let mut pending = Pending::create(&self.output, Mode::Shared)?;
        pending.sweep_abandoned();
        let digests = self.payload.digests();
        let recorded = |path: &RelPath| digests.get(path).copied();
        let written = bag::write(&mut pending, &self.bag()?, &recorded, &mut statement);
        let len = written.map_err(|fault| match fault {
            HolderFault::ChangedMeanwhile => self.locked.what_changed(&self.artifacts, &self.deposits),
            other => other,
        })?;
        // the check of the bundle and the way to the disk go side by side
        pending.settle()?;
        let (artifacts, deposits) = (self.artifacts, self.deposits);
        Ok(PendingBundle { pending, len, locked: self.locked, artifacts, deposits })
    }

    fn bag(&self) -> Result<BagToWrite<'_>, HolderFault> {
        Ok(BagToWrite {
            top: bag::name(Slug::from_title(&self.locked.about().name).as_str())?,
            info: vec![
                ("Bagging-Date", self.created.date().to_string()),
                (
                    "External-Description",
                    format!("Work of {} and what others signed about it", self.name_line()),
                ),
            ],
            payload: self.payload.listed(),
            read_me: letters::BUNDLE_READ_ME,
            profile: BUNDLE,
        })
    }

    /// The student's name on one line, for a file of lines.
    fn name_line(&self) -> String {
        self.locked.about().name.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl PendingBundle<'_> {
    /// Which file is other than recorded, all of them hashed: for the message, after the check did not hold.
    pub fn what_changed(&self) -> Option<HolderFault> {
        match self.locked.what_changed(&self.artifacts, &self.deposits) {
            HolderFault::ChangedMeanwhile => None,
            found => Some(found),
        }
    }

    /// The bytes as they lie on the disk, to be checked before the commit.
    pub fn source(&self) -> Result<FileSource, HolderFault> {
        Ok(self.pending.source()?)
    }

    /// Length in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Never: a bundle has at least its tag files.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Gives the bundle its name. Something that has the name already is replaced only when `replace` says so.
    pub fn commit(self, replace: bool) -> Result<(), HolderFault> {
        if replace {
            self.pending.commit_replace()?
        } else {
            self.pending.commit_new()?
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
