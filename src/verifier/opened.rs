//! Step 1, source to opened archive: every byte is accounted for, or nothing is believed.

use crate::bundle::{self, ArchiveFault, Input, Measured, Opened, Threads};
use crate::path::RelPath;

use super::code::Code;
use super::finding::Finding;

/// A bundle whose frame holds, with every file measured: each byte read and hashed once.
pub(super) struct OpenedBundle<'a> {
    opened: Opened<'a>,
    measured: Vec<Measured>,
}

impl<'a> OpenedBundle<'a> {
    /// Opens and measures; what stops that is the one finding.
    pub(super) fn open(
        input: Input<'a>,
        threads: Threads,
        progress: &(dyn Fn(u64) + Sync),
        findings: &mut Vec<Finding>,
    ) -> Option<OpenedBundle<'a>> {
        let opened = match bundle::open(input) {
            Ok(opened) => opened,
            Err(fault) => {
                findings.push(finding(&fault));
                return None;
            }
        };
        for name in opened.litter() {
            findings
                .push(Finding::new(Code::FolderLitter, "left by the operating system").about(name.clone()));
        }
        let measured = opened.measure(threads, progress);
        Some(OpenedBundle { opened, measured })
    }

    /// The archive or folder itself.
    pub(super) fn opened(&self) -> &Opened<'a> {
        &self.opened
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        RelPath::parse(path).is_ok_and(|path| self.opened.entry(&path).is_some())
    }

    /// One whole file, the very bytes that were measured.
    pub(super) fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ArchiveFault> {
        let missing = |_| ArchiveFault::NoSuchFile { path: path.to_owned() };
        self.opened.read(&RelPath::parse(path).map_err(missing)?, limit as u64)
    }

    /// Every file with its digest, in the order of the entries.
    pub(super) fn measured(&self) -> &[Measured] {
        &self.measured
    }
}

/// The finding that a fault of the archive is.
pub(super) fn finding(fault: &ArchiveFault) -> Finding {
    Finding::new(code_of(fault), fault.to_string())
}

fn code_of(fault: &ArchiveFault) -> Code {
    match fault {
        ArchiveFault::NotAnArchive | ArchiveFault::Empty => Code::NotABundle,
        ArchiveFault::Truncated | ArchiveFault::Appended { .. } => Code::ArchiveTruncated,
        ArchiveFault::Repacked { .. } => Code::ArchiveRepacked,
        ArchiveFault::Prepended { .. }
        | ArchiveFault::CountsDisagree { .. }
        | ArchiveFault::Gap { .. }
        | ArchiveFault::Overlap { .. }
        | ArchiveFault::DirectoryDamaged { .. }
        | ArchiveFault::SizesDisagree { .. }
        | ArchiveFault::ForeignHeader { .. }
        | ArchiveFault::HeaderMismatch { .. }
        | ArchiveFault::OutOfOrder { .. } => Code::ArchiveFrame,
        ArchiveFault::Comment { .. }
        | ArchiveFault::ManyDisks
        | ArchiveFault::Zip64
        | ArchiveFault::Compressed { .. }
        | ArchiveFault::Encrypted { .. }
        | ArchiveFault::DataDescriptor { .. }
        | ArchiveFault::ExtraField { .. }
        | ArchiveFault::EntryComment { .. }
        | ArchiveFault::FolderEntry { .. }
        | ArchiveFault::SpecialFile { .. }
        | ArchiveFault::NotAFile { .. } => Code::ArchiveFeature,
        ArchiveFault::BadName { .. } => Code::ArchiveName,
        ArchiveFault::Duplicate { .. } | ArchiveFault::Clash { .. } => Code::ArchiveNameClash,
        ArchiveFault::TooLarge { .. }
        | ArchiveFault::TooManyEntries { .. }
        | ArchiveFault::DirectoryTooLarge { .. }
        | ArchiveFault::DocumentTooLarge { .. } => Code::ArchiveTooLarge,
        ArchiveFault::NoTopFolder { .. } | ArchiveFault::ManyTopFolders { .. } => Code::ArchiveTopFolder,
        ArchiveFault::NoSuchFile { .. }
        | ArchiveFault::ChangedWhileReading { .. }
        | ArchiveFault::Unreadable { .. } => Code::SourceUnreadable,
    }
}
