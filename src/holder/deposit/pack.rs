//! Deposits on their way into a bundle: the bytes as they came, what is kept beside them, and a record that says so.

use super::super::bag;
use super::super::files::day_of;
use super::super::pack::{BundlePlan, LeftOut, Pack, PackedDeposit, WhyLeftOut};
use super::super::{Differing, HolderFault, Portfolio, copy};
use crate::credential::deposit::{self, Deposit, KeptFile, RECORD};
use crate::disk::{DiskFault, FileSource, Links};
use crate::json;
use crate::path::Slug;
use crate::source::Source;

impl BundlePlan<'_> {
    /// Puts in the deposits that are wanted; the others are named with the reason.
    pub(in crate::holder) fn add_deposits(&mut self, pack: &Pack<'_>) -> Result<(), HolderFault> {
        for id in pack.leave_out {
            self.locked.deposit_record(id)?;
        }
        for id in self.locked.ids("deposits")? {
            let record = match self.locked.deposit_record(&id) {
                Err(HolderFault::NoSuchDeposit(_)) => {
                    let name = format!("deposits/{id}");
                    self.contents.left_out.push(LeftOut { name, why: WhyLeftOut::NotRecorded });
                    continue;
                }
                found => found?,
            };
            let belongs = |only: &[Slug]| record.placement.as_ref().is_some_and(|id| only.contains(id));
            if !pack.placements.is_none_or(belongs) {
                continue;
            }
            let hidden = record.confidential.filter(|hidden| hidden.holds_on(pack.created.date()));
            let why = match hidden {
                _ if !pack.deposits || pack.leave_out.contains(&id) => Some(WhyLeftOut::Unwanted),
                Some(hidden) if !pack.include.contains(&id) => {
                    Some(WhyLeftOut::ConfidentialDeposit(hidden.until))
                }
                _ => None,
            };
            match why {
                Some(why) => {
                    let names = record.originals().map(|file| file.name.file_name().to_owned());
                    self.contents.left_out.extend(names.map(|name| LeftOut { name, why: why.clone() }));
                }
                None => self.add_deposit(&id, &record)?,
            }
        }
        Ok(())
    }

    fn add_deposit(&mut self, id: &Slug, record: &Deposit) -> Result<(), HolderFault> {
        let folder = ["data", "deposits", id.as_str()];
        let sources = self.locked.open_deposit(id, record)?;
        for (file, source) in record.files.iter().zip(sources) {
            let place = bag::path(&[folder.as_slice(), &[file.name.as_str()]].concat())?;
            self.payload.add_file(place, file.sha256, source);
        }
        // Members unknown here may be notes to oneself.
        let shown = json::pretty(&deposit::build(record));
        self.payload.add_document(bag::path(&[folder.as_slice(), &[RECORD]].concat())?, shown.into_bytes());
        self.contents.deposits.push(PackedDeposit {
            id: id.clone(),
            name: record.originals().next().map(|file| file.name.to_string()).unwrap_or_default(),
            kind: record.kind.clone(),
            size: record.files.iter().map(|file| file.size).sum(),
        });
        self.deposits.push(id.clone());
        Ok(())
    }
}

impl Portfolio {
    /// Opens the files of a deposit; a missing one, or one of another length, is [`HolderFault::DepositDiffers`].
    fn open_deposit(&self, id: &Slug, record: &Deposit) -> Result<Vec<FileSource>, HolderFault> {
        let folder = self.deposit_folder(id);
        let (mut sources, mut files) = (Vec::new(), Vec::new());
        for file in &record.files {
            match FileSource::open(&folder.join(file.name.as_str()), Links::Refuse) {
                Ok(source) if source.len() == file.size => sources.push(source),
                Ok(source) => files.push(differs(file, Some(&source))?),
                Err(DiskFault::NotFound(_)) => files.push(differs(file, None)?),
                Err(fault) => return Err(fault.into()),
            }
        }
        if files.is_empty() {
            Ok(sources)
        } else {
            Err(HolderFault::DepositDiffers { deposit: id.clone(), files })
        }
    }

    /// Fails where a file is not the one that was deposited, every byte of it read.
    pub(in crate::holder) fn require_deposit_as_recorded(&self, id: &Slug) -> Result<(), HolderFault> {
        let record = self.deposit_record(id)?;
        let mut files = Vec::new();
        for (source, file) in self.open_deposit(id, &record)?.iter().zip(&record.files) {
            let found = differs(file, Some(source))?;
            if found.here != Some(file.sha256) {
                files.push(found);
            }
        }
        if files.is_empty() {
            Ok(())
        } else {
            Err(HolderFault::DepositDiffers { deposit: id.clone(), files })
        }
    }
}

pub(super) fn differs(file: &KeptFile, here: Option<&FileSource>) -> Result<Differing, HolderFault> {
    let digest = here.map(copy::digest_of).transpose()?;
    let changed =
        here.filter(|_| digest != Some(file.sha256)).and_then(|source| day_of(source.stat().modified));
    Ok(Differing { name: file.name.to_string(), wanted: file.sha256, here: digest, changed })
}
