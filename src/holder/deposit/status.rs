//! What `status` says of deposits: how many, which links end, and what somebody changed by hand.

use std::path::Path;

use super::super::{Differing, HolderFault, Noticed, Portfolio};
use super::pack::differs;
use crate::credential::deposit::{KeptFile, RECORD};
use crate::disk::{DiskFault, FileSource, Kind, Links};
use crate::path::Slug;
use crate::source::Source;
use crate::time::Date;

/// Longer files are compared by their length alone: a look takes no longer than a blink.
const READ_BYTES: u64 = 16 << 20;

/// One deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositStatus {
    /// Its id.
    pub id: Slug,
    /// What it was recognised as.
    pub kind: String,
    /// The placement it belongs to.
    pub placement: Option<Slug>,
    /// Until when the address it came from was said to last.
    pub expires: Option<Date>,
}

impl Portfolio {
    /// Every deposit, and a note on each that is not as recorded.
    pub(in crate::holder) fn deposits_here(
        &self,
        noticed: &mut Vec<Noticed>,
    ) -> Result<Vec<DepositStatus>, HolderFault> {
        let mut all = Vec::new();
        for (name, kind) in self.names("deposits")? {
            let path = format!("deposits/{name}");
            if kind != Kind::Folder {
                noticed.push(Noticed::NotRecorded(path));
                continue;
            }
            let record = Slug::parse(&name).ok().map(|id| (self.deposit_record(&id), id));
            let (record, id) = match record {
                None | Some((Err(HolderFault::NoSuchDeposit(_)), _)) => {
                    noticed.push(Noticed::NoRecord(path));
                    continue;
                }
                Some((record, id)) => (record?, id),
            };
            let folder = self.deposit_folder(&id);
            for file in &record.files {
                if let Some(file) = differing(file, &folder)? {
                    noticed.push(Noticed::DepositDiffers { deposit: id.clone(), file });
                }
            }
            for (name, _) in self.names(&path)? {
                let is_top = |file: &str| file.split('/').next() == Some(&name);
                if name != RECORD && !record.files.iter().any(|file| is_top(file.name.as_str())) {
                    noticed.push(Noticed::NotRecorded(format!("{path}/{name}")));
                }
            }
            let (kind, placement) = (record.kind, record.placement);
            all.push(DepositStatus { id, kind, placement, expires: record.captured.expires });
        }
        Ok(all)
    }
}

/// How a file compares with its record, if it is not as recorded.
fn differing(file: &KeptFile, folder: &Path) -> Result<Option<Differing>, HolderFault> {
    let here = match FileSource::open(&folder.join(file.name.as_str()), Links::Refuse) {
        Ok(here) if here.len() == file.size && file.size > READ_BYTES => return Ok(None),
        Ok(here) => Some(here),
        Err(DiskFault::NotFound(_) | DiskFault::NotAFile { .. }) => None,
        Err(fault) => return Err(fault.into()),
    };
    let found = differs(file, here.as_ref())?;
    Ok((found.here != Some(file.sha256)).then_some(found))
}
