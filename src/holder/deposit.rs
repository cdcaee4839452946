//! Deposits: what others issued, kept byte for byte beside a record of how it was captured.

mod pack;
mod status;

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::copy::copy_in;
use super::incoming::{FILE_BYTES, safe_name};
use super::records;
use super::{Deposited, HolderFault, Incoming, Locked, Portfolio};
use crate::bundle::is_litter;
use crate::credential::deposit::{self, Capture, Confidential, Deposit, FileRole, KeptFile, RECORD, Says};
use crate::digest::Digest;
use crate::disk::{self, DiskFault, DiskFolder, Kind, Mode, TempFolder};
use crate::path::{FileName, RelPath, Slug};
use crate::source::{Folder, FoundKind, Source};
use crate::time::Timestamp;

pub use status::DepositStatus;

/// Room that the record and what is kept beside an original may need, in bytes.
const BESIDE: u64 = 16 << 20;

/// What is known of something of somebody else's when it is deposited.
#[derive(Debug, Clone)]
pub struct NewDeposit {
    /// What it is called; without one, like the file.
    pub title: Option<String>,
    /// What it was recognised as.
    pub kind: &'static str,
    /// What holds the credential in it.
    pub carrier: Option<&'static str>,
    /// What it says of itself.
    pub says: Says,
    /// Its media type.
    pub media_type: String,
    /// The placement it belongs to.
    pub placement: Option<Slug>,
    /// That bundles leave it out.
    pub confidential: Option<Confidential>,
    /// How it came here.
    pub captured: Capture,
    /// What a check can tell.
    pub can_be_checked: Vec<String>,
    /// What is kept beside it.
    pub beside: Vec<Beside>,
}

/// Something kept beside an original: a list of what its issuer took back, or its issuer's keys.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Which of the two.
    pub role: FileRole,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// The address of the list, or whose keys.
    pub of: Option<String>,
}

impl Portfolio {
    /// Every deposit, by id; a folder without a record is none.
    pub fn deposits(&self) -> Result<Vec<(Slug, Deposit)>, HolderFault> {
        let mut all = Vec::new();
        for id in self.ids("deposits")? {
            match self.deposit_record(&id) {
                Err(HolderFault::NoSuchDeposit(_)) => {}
                found => all.push((id, found?)),
            }
        }
        Ok(all)
    }

    /// One deposit's record.
    pub fn deposit_record(&self, id: &Slug) -> Result<Deposit, HolderFault> {
        let path = self.deposit_folder(id).join(RECORD);
        let value: Value = match records::read(&path) {
            Err(HolderFault::Disk(DiskFault::NotFound(_))) => {
                return Err(HolderFault::NoSuchDeposit(id.clone()));
            }
            found => found?,
        };
        deposit::read(&value).map_err(|faults| records::not_as_expected(&path, &faults))
    }

    /// Where a deposit's record and bytes lie.
    pub fn deposit_folder(&self, id: &Slug) -> PathBuf {
        self.root().join("deposits").join(id.as_str())
    }
}

impl Locked {
    /// Keeps a file, untouched, with its record. Bytes that are here already are [`HolderFault::AlreadyDeposited`].
    pub fn deposit(&self, incoming: &Incoming, new: NewDeposit) -> Result<Deposited, HolderFault> {
        disk::require_space(self.root(), incoming.source().len().saturating_add(BESIDE))?;
        let stage = self.stage()?;
        let original = keep(incoming, stage.path(), RelPath::from(incoming.name().clone()), &new)?;
        self.finish(&stage, incoming.name(), vec![original], new)
    }

    /// Keeps a folder with everything in it, as [`Locked::deposit`] keeps a file.
    pub fn deposit_tree(&self, folder: &Path, new: NewDeposit) -> Result<Deposited, HolderFault> {
        let name = safe_name(folder)?;
        let real = disk::real_path(folder)?;
        if self.is_own(&real) || self.root().starts_with(&real) {
            return Err(HolderFault::OwnFile(folder.to_path_buf()));
        }
        let fault = |e| DiskFault::from_io(folder, e);
        let mut found = DiskFolder::open(folder)?.list().map_err(fault)?;
        found.retain(|found| !is_litter(&found.path));
        let files: Vec<_> = found.iter().filter(|found| found.kind != FoundKind::Folder).collect();
        let over = |what: &str, found, limit| HolderFault::OverLimit { what: what.to_owned(), found, limit };
        if files.len() > deposit::MOST_FILES {
            let what = "files in one deposit";
            return Err(over(what, files.len() as u64, deposit::MOST_FILES as u64));
        }
        let bytes = files.iter().map(|file| file.len).sum::<u64>();
        if bytes > FILE_BYTES {
            return Err(over(&format!("bytes in {name}"), bytes, FILE_BYTES));
        }
        disk::require_space(self.root(), bytes.saturating_add(BESIDE))?;
        let stage = self.stage()?;
        let mut originals = Vec::new();
        for file in files {
            let kept = format!("{name}/{}", file.path);
            let kept = RelPath::parse(&kept).map_err(|fault| HolderFault::BadName { name: kept, fault })?;
            if file.kind == FoundKind::Other {
                let path = folder.join(&file.path);
                let what = disk::kind_of(&path)?.unwrap_or(Kind::Link);
                return Err(DiskFault::NotAFile { path, what }.into());
            }
            let incoming = self.incoming(&folder.join(&file.path))?;
            let mut parent = stage.path().to_path_buf();
            for part in kept.parent().into_iter().flat_map(|parent| parent.split('/')) {
                parent.push(part);
                disk::ensure_folder(&parent, Mode::Shared)?;
            }
            originals.push(keep(&incoming, stage.path(), kept, &new)?);
        }
        self.finish(&stage, &name, originals, new)
    }

    /// Adds a list or keys to a deposit; `None` if those very bytes are beside it already. Members of the record that
    /// this version does not know stay as they are.
    pub fn keep_beside(
        &self,
        id: &Slug,
        beside: Beside,
        captured: Timestamp,
    ) -> Result<Option<KeptFile>, HolderFault> {
        let record = self.deposit_record(id)?;
        if record
            .files
            .iter()
            .any(|file| file.role == beside.role && file.sha256 == Digest::of(&beside.bytes))
        {
            return Ok(None);
        }
        let folder = self.deposit_folder(id);
        let path = folder.join(RECORD);
        let mut value: Value = records::read(&path)?;
        let file = KeptFile { captured: Some(captured), ..write_beside(&folder, &record.files, &beside)? };
        if let Some(files) = value.get_mut("files").and_then(Value::as_array_mut) {
            files.push(deposit::build_file(&file));
        }
        records::rewrite(&path, &value)?;
        Ok(Some(file))
    }

    fn finish(
        &self,
        stage: &TempFolder,
        name: &FileName,
        originals: Vec<KeptFile>,
        new: NewDeposit,
    ) -> Result<Deposited, HolderFault> {
        if let Some(placement) = &new.placement {
            self.placement(placement)?;
        }
        self.refuse_again(&originals)?;
        let mut files = originals;
        for beside in &new.beside {
            files.push(write_beside(stage.path(), &files, beside)?);
        }
        let record = Deposit {
            title: new.title.unwrap_or_else(|| stem(name).to_owned()),
            kind: new.kind.to_owned(),
            carrier: new.carrier.map(str::to_owned),
            says: new.says,
            placement: new.placement,
            confidential: new.confidential,
            files,
            captured: new.captured,
            can_be_checked: new.can_be_checked,
        };
        records::write_new(&stage.path().join(RECORD), &deposit::build(&record))?;
        self.room("deposits")?;
        let id = self.free_id("deposits", &Slug::from_title(&record.title))?;
        // The one rename that makes it part of the portfolio.
        disk::move_folder(stage.path(), &self.deposit_folder(&id))?;
        Ok(Deposited { id, record })
    }

    fn refuse_again(&self, originals: &[KeptFile]) -> Result<(), HolderFault> {
        let digests = |files: &mut dyn Iterator<Item = &KeptFile>| {
            let mut all: Vec<Digest> = files.map(|file| file.sha256).collect();
            all.sort_unstable();
            all
        };
        let wanted = digests(&mut originals.iter());
        for (deposit, record) in self.deposits()? {
            if digests(&mut record.originals()) == wanted {
                return Err(HolderFault::AlreadyDeposited { deposit });
            }
        }
        Ok(())
    }
}

fn keep(incoming: &Incoming, stage: &Path, name: RelPath, new: &NewDeposit) -> Result<KeptFile, HolderFault> {
    if name.folded().split('/').next() == Some(RECORD) {
        return Err(HolderFault::NameTaken(name.to_string()));
    }
    let (size, sha256) = copy_in(incoming.source(), &stage.join(name.as_str()), Mode::Shared)?;
    let media_type = new.media_type.clone();
    Ok(KeptFile { name, media_type, size, sha256, role: FileRole::Original, of: None, captured: None })
}

/// Writes what is kept beside an original, under a name that none of `taken` has.
fn write_beside(folder: &Path, taken: &[KeptFile], beside: &Beside) -> Result<KeptFile, HolderFault> {
    let is_json = beside.bytes.trim_ascii_start().starts_with(b"{");
    let (ending, media_type) =
        if is_json { ("json", "application/json") } else { ("jwt", "application/jwt") };
    let tops: Vec<String> = taken.iter().map(|file| file.name.folded()).collect();
    let is_free = |name: &String| !tops.iter().any(|top| top.split('/').next() == Some(name));
    let role = beside.role.as_str();
    let numbered = (1..).map(|number| match number {
        1 => format!("{role}.{ending}"),
        _ => format!("{role}-{number}.{ending}"),
    });
    let name = numbered.into_iter().find(is_free).unwrap_or_default();
    let name = RelPath::parse(&name).map_err(|fault| HolderFault::BadName { name, fault })?;
    disk::write_new(&folder.join(name.as_str()), &beside.bytes, Mode::Shared)?;
    Ok(KeptFile {
        name,
        media_type: media_type.to_owned(),
        size: beside.bytes.len() as u64,
        sha256: Digest::of(&beside.bytes),
        role: beside.role,
        of: beside.of.clone(),
        captured: None,
    })
}

fn stem(name: &FileName) -> &str {
    let text = name.as_str();
    name.extension().map_or(text, |extension| &text[..text.len() - extension.len() - 1])
}
