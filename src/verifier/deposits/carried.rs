//! What a bundle carries of its deposits: the holder's records, the originals, and the keys and lists beside them.

use std::collections::BTreeMap;

use super::super::code::Code;
use super::super::finding::Finding;
use super::super::foreign::Snapshot;
use super::super::limits::CREDENTIAL_BYTES;
use super::super::opened::OpenedBundle;
use super::super::policy::Policy;
use super::DEPOSITS_FOLDER;
use crate::bundle::Measured;
use crate::credential::CredentialFault;
use crate::credential::deposit::{self, Deposit, FileRole, KeptFile, RECORD};
use crate::json;
use crate::proof::others::{Pin, PinnedBy, Pins};
use crate::time::Timestamp;

/// One deposit as it lies there.
pub(super) struct Carried<'b> {
    /// Below the top folder, without a slash at the end.
    pub(super) folder: String,
    /// The holder's record, if it can be read.
    pub(super) record: Option<Deposit>,
    /// The files as they came; without a record, every file but that.
    pub(super) originals: Vec<&'b Measured>,
}

impl<'b> Carried<'b> {
    /// Every folder below `data/deposits/`, at most `most` of them; what is amiss with a record is named.
    ///
    /// # Errors
    /// How many there are, if there are more; then none was looked at.
    pub(super) fn all(
        bundle: &'b OpenedBundle<'_>,
        most: usize,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Carried<'b>>, usize> {
        let mut folders: BTreeMap<&str, Vec<&Measured>> = BTreeMap::new();
        for file in bundle.measured() {
            let Some(below) = file.path.as_str().strip_prefix(DEPOSITS_FOLDER) else { continue };
            let id = below.split_once('/').map_or(below, |(id, _)| id);
            folders.entry(id).or_default().push(file);
        }
        if folders.len() > most {
            return Err(folders.len());
        }
        let each = |(id, files): (&str, Vec<_>)| {
            Carried::of(bundle, format!("{DEPOSITS_FOLDER}{id}"), &files, findings)
        };
        Ok(folders.into_iter().map(each).collect())
    }

    fn of(
        bundle: &OpenedBundle<'_>,
        folder: String,
        files: &[&'b Measured],
        findings: &mut Vec<Finding>,
    ) -> Carried<'b> {
        let path = format!("{folder}/{RECORD}");
        let mut amiss =
            |code, about: &str, detail: String| findings.push(Finding::new(code, detail).about(about));
        let record = match read_record(bundle, &path) {
            Ok(record) => Some(record),
            Err(Unread::Newer(detail)) => {
                amiss(Code::DepositTooNew, &path, detail);
                None
            }
            Err(Unread::Amiss(detail)) => {
                amiss(Code::DepositRecord, &path, detail);
                None
            }
        };
        let others: Vec<&Measured> =
            files.iter().copied().filter(|file| file.path.as_str() != path).collect();
        let Some(record) = record else { return Carried { folder, record: None, originals: others } };
        let at = |kept: &KeptFile| format!("{folder}/{}", kept.name);
        let mut originals = Vec::new();
        for kept in &record.files {
            match others.iter().find(|file| file.path.as_str() == at(kept)) {
                None => {
                    amiss(Code::DepositRecord, &path, format!("it lists {}, which is not here", kept.name))
                }
                Some(file) => {
                    if file.digest != Some(kept.sha256) {
                        amiss(Code::DepositRecord, &path, format!("it is about another {}", kept.name));
                    }
                    if kept.role == FileRole::Original {
                        originals.push(*file);
                    }
                }
            }
        }
        for file in &others {
            if !record.files.iter().any(|kept| at(kept) == file.path.as_str()) {
                amiss(Code::DepositRecord, file.path.as_str(), "no record lists it".to_owned());
            }
        }
        Carried { folder, record: Some(record), originals }
    }
}

enum Unread {
    Newer(String),
    Amiss(String),
}

fn read_record(bundle: &OpenedBundle<'_>, path: &str) -> Result<Deposit, Unread> {
    let amiss = |fault: &dyn std::fmt::Display| Unread::Amiss(fault.to_string());
    let bytes = bundle.read(path, json::DOCUMENT_BYTES).map_err(|fault| amiss(&fault))?;
    let document = json::parse(&bytes, &json::OURS).map_err(|fault| amiss(&fault))?;
    deposit::read(&document).map_err(|faults| match faults.iter().find(|fault| fault.is_too_new()) {
        Some(newer) => Unread::Newer(newer.to_string()),
        None => Unread::Amiss(faults.first().map(CredentialFault::to_string).unwrap_or_default()),
    })
}

/// The keys and lists that a bundle carries beside its deposits: all the holder's choice.
pub(super) struct Beside {
    /// The reader's keys and these.
    pub(super) pins: Pins,
    lists: Vec<(String, Vec<u8>, Timestamp)>,
}

impl Beside {
    /// Reads them within bounds; what cannot be used is named.
    pub(super) fn read(
        bundle: &OpenedBundle<'_>,
        carried: &[Carried<'_>],
        policy: &Policy<'_>,
        findings: &mut Vec<Finding>,
    ) -> Beside {
        let mut beside = Beside { pins: policy.pins.clone(), lists: Vec::new() };
        let mut room = CREDENTIAL_BYTES;
        for one in carried {
            let Some(record) = &one.record else { continue };
            for kept in record.files.iter().filter(|kept| kept.role != FileRole::Original) {
                let path = format!("{}/{}", one.folder, kept.name);
                let taken = kept.captured.unwrap_or(record.captured.at);
                if let Err(why) = beside.take(bundle, &path, kept, taken, &mut room) {
                    findings.push(Finding::new(Code::DepositBeside, why).about(path));
                }
            }
        }
        // of several copies of one list the newest speaks
        beside.lists.sort_by_key(|(_, _, taken)| std::cmp::Reverse(*taken));
        beside
    }

    fn take(
        &mut self,
        bundle: &OpenedBundle<'_>,
        path: &str,
        kept: &KeptFile,
        taken: Timestamp,
        room: &mut u64,
    ) -> Result<(), String> {
        let bytes = bundle.read(path, json::DOCUMENT_BYTES).map_err(|fault| fault.to_string())?;
        *room =
            room.checked_sub(bytes.len() as u64).ok_or("more bytes of lists and keys than are looked at")?;
        match (kept.role, &kept.of) {
            (FileRole::Keys, of) => {
                let pin = Pin::read(&bytes, of.as_deref(), PinnedBy::Student, Some(taken));
                self.pins.add(pin.map_err(|fault| fault.to_string())?);
            }
            (_, Some(address)) => self.lists.push((address.clone(), bytes, taken)),
            (_, None) => return Err("a list that is kept for no address".to_owned()),
        }
        Ok(())
    }

    /// The reader's lists, then these.
    pub(super) fn lists<'a>(&'a self, policy: &Policy<'a>) -> Vec<Snapshot<'a>> {
        let carried = self.lists.iter().map(|(url, bytes, taken)| Snapshot {
            url,
            bytes,
            by: PinnedBy::Student,
            taken: Some(*taken),
        });
        policy.lists.iter().copied().chain(carried).collect()
    }
}
