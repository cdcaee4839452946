//! The bag: complete and intact in both directions, every fault collected at once (RFC 8493 section 3).

use std::collections::HashMap;

use crate::digest::Digest;
use crate::path::RelPath;

use super::manifest::{self, LineFault};
use super::{ArchiveFault, FORMAT_VERSION, MANIFEST, Measured, Opened, bounds, info};

/// Which kind of bag: the two differ in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The signed file beside the manifest.
    pub statement: &'static str,
}

/// What a holder shows.
pub const BUNDLE: Profile = Profile { statement: "presentation.json" };
/// What a holder asks.
pub const REQUEST: Profile = Profile { statement: "request.json" };

pub(super) const READ_ME: &str = "READ-ME-FIRST.txt";
pub(super) const BAG_INFO: &str = "bag-info.txt";
pub(super) const BAGIT: &str = "bagit.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(super) const PAYLOAD: &str = "data";

impl Profile {
    /// The five files that the tag manifest lists, in its order.
    pub(super) fn tag_files(&self) -> [&'static str; 5] {
        [READ_ME, BAG_INFO, BAGIT, MANIFEST, self.statement]
    }
}

/// What is wrong with a bag. Paths are below the top folder; raw text from a stranger: escape it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BagFault {
    /// A newer format: nothing else was looked at.
    #[error("the bundle has format {found}; this program reads format {FORMAT_VERSION}")]
    TooNew {
        /// Its format.
        found: u64,
    },
    /// Listed in the manifest and not there.
    #[error("{path} is listed and missing")]
    MissingFile {
        /// The file.
        path: RelPath,
    },
    /// There and not listed in the manifest.
    #[error("{path} is there and not listed")]
    UnlistedFile {
        /// The file.
        path: RelPath,
    },
    /// Not the content that is listed.
    #[error("{path} has changed")]
    Changed {
        /// The file.
        path: RelPath,
        /// By the manifest.
        listed: Digest,
        /// Of what is there.
        found: Digest,
    },
    /// A tag file that is not there.
    #[error("{name} is missing")]
    MissingTagFile {
        /// The file.
        name: String,
    },
    /// A file beside `data/` that does not belong there.
    #[error("{path} does not belong in a bundle")]
    StrayTagFile {
        /// The file.
        path: RelPath,
    },
    /// A tag file that is not the content the tag manifest lists.
    #[error("{path} has changed")]
    TagChanged {
        /// The file.
        path: RelPath,
        /// By the tag manifest.
        listed: Digest,
        /// Of what is there.
        found: Digest,
    },
    /// A tag file that the tag manifest does not list.
    #[error("{name} is not listed in {TAG_MANIFEST}")]
    TagNotListed {
        /// The file.
        name: String,
    },
    /// The digests agree and the CRC of the archive does not: the archive itself was written to.
    #[error("the checksum of {path} in the archive is wrong")]
    CrcDisagrees {
        /// The file.
        path: RelPath,
    },
    /// A line of a manifest that is not taken.
    #[error("{name} line {line}: {fault}")]
    BadManifestLine {
        /// Which manifest.
        name: &'static str,
        /// From 1.
        line: usize,
        /// Why.
        fault: LineFault,
    },
    /// `bagit.txt` is not the two lines that it must be.
    #[error("{BAGIT} is not that of a bag of version 1.0")]
    BadBagit,
    /// A line of `bag-info.txt` that is not one label and one value.
    #[error("{BAG_INFO} line {line} is not a label and a value")]
    BadInfoLine {
        /// From 1.
        line: usize,
    },
    /// `bag-info.txt` does not say which format this is.
    #[error("{BAG_INFO} does not say which format this is")]
    NoFormat,
    /// The payload is not of the size or number that is listed.
    #[error("{BAG_INFO} lists a payload of {listed:?} and it is {found}")]
    OxumDisagrees {
        /// As listed; empty if not.
        listed: String,
        /// `octets.count` of what is there.
        found: String,
    },
    /// The bag wants files fetched from elsewhere.
    #[error("the bundle wants files from the network (fetch.txt)")]
    FetchTxt,
    /// A manifest with another digest than SHA-256.
    #[error("{name} is a manifest of a kind that bundles do not have")]
    ForeignManifest {
        /// Its name.
        name: String,
    },
    /// A file could not be read.
    #[error("{fault}")]
    Unreadable {
        /// The file.
        path: RelPath,
        /// Why.
        fault: ArchiveFault,
    },
}

impl BagFault {
    /// Whether something listed is not there: RFC 8493 calls the bag incomplete.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::MissingFile { .. } | Self::MissingTagFile { .. })
    }

    /// Whether bytes differ from what is listed.
    pub fn is_changed(&self) -> bool {
        matches!(self, Self::Changed { .. } | Self::TagChanged { .. } | Self::CrcDisagrees { .. })
    }

    /// Whether the bag is not made as a bundle is made: neither missing, changed, too new nor unreadable.
    pub fn is_form(&self) -> bool {
        let other = matches!(self, Self::TooNew { .. } | Self::Unreadable { .. });
        !(self.is_missing() || self.is_changed() || other)
    }
}

/// What an examination found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BagReport {
    /// All faults: the bag is sound if there are none.
    pub faults: Vec<BagFault>,
    /// Every line of the payload manifest that could be read, in its order.
    pub manifest: Vec<(RelPath, Digest)>,
    /// The digest of the payload manifest as it is, which the holder's statement must name.
    pub manifest_digest: Option<Digest>,
    /// The lines of `bag-info.txt`, in their order.
    pub info: Vec<(String, String)>,
    /// The format that `bag-info.txt` names.
    pub format_version: Option<u64>,
}

/// Compares a measured bag with its manifests, both ways. `measured` is what [`Opened::measure`] gave.
pub fn examine(opened: &Opened<'_>, measured: &[Measured], profile: &Profile) -> BagReport {
    let by_path = measured.iter().map(|one| (one.path.as_str(), one)).collect();
    let mut bag = Examination { opened, by_path, report: BagReport::default() };
    bag.examine_info();
    if let Some(found) = bag.report.format_version.filter(|found| *found > FORMAT_VERSION) {
        bag.report.faults = vec![BagFault::TooNew { found }];
        return bag.report;
    }
    bag.examine_tag_files(profile);
    bag.examine_payload();
    for one in measured {
        if let Some(fault) = &one.fault {
            bag.report.faults.push(BagFault::Unreadable { path: one.path.clone(), fault: fault.clone() });
        }
        if one.crc_agrees == Some(false) && !bag.is_known_changed(&one.path) {
            bag.report.faults.push(BagFault::CrcDisagrees { path: one.path.clone() });
        }
    }
    bag.report
}

struct Examination<'e> {
    opened: &'e Opened<'e>,
    by_path: HashMap<&'e str, &'e Measured>,
    report: BagReport,
}

impl Examination<'_> {
    /// A tag file's bytes; its absence and unreadability are reported elsewhere, its length here.
    fn read(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        match self.opened.read_named(name, limit) {
            Ok(bytes) => Some(bytes),
            Err(
                fault @ (ArchiveFault::DocumentTooLarge { .. } | ArchiveFault::ChangedWhileReading { .. }),
            ) => {
                if let Some(measured) = self.by_path.get(name) {
                    self.report.faults.push(BagFault::Unreadable { path: measured.path.clone(), fault });
                }
                None
            }
            Err(_) => None,
        }
    }

    fn examine_info(&mut self) {
        let Some(bytes) = self.read(BAG_INFO, bounds::TAG_BYTES) else { return };
        match info::parse(&bytes) {
            Ok(pairs) => self.report.info = pairs,
            Err(line) => self.report.faults.push(BagFault::BadInfoLine { line }),
        }
        let value = |label| {
            self.report.info.iter().find(|(found, _)| found == label).map(|(_, value)| value.as_str())
        };
        let format = value(info::FORMAT).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        self.report.format_version = format.and_then(|text| text.parse().ok()).filter(|version| *version > 0);
        if self.report.format_version.is_none() {
            self.report.faults.push(BagFault::NoFormat);
        }
        let payload: Vec<u64> = self
            .opened
            .entries()
            .iter()
            .filter(|entry| entry.path.is_below(PAYLOAD))
            .map(|entry| entry.len)
            .collect();
        let found = info::oxum(payload.iter().sum(), payload.len());
        let listed = value(info::OXUM).unwrap_or_default().to_owned();
        if listed != found {
            self.report.faults.push(BagFault::OxumDisagrees { listed, found });
        }
    }

    fn examine_tag_files(&mut self, profile: &Profile) {
        let known = profile.tag_files();
        for name in known.into_iter().chain([TAG_MANIFEST]) {
            if !self.by_path.contains_key(name) {
                self.report.faults.push(BagFault::MissingTagFile { name: name.to_owned() });
            }
        }
        for entry in self.opened.entries() {
            let name = entry.path.as_str();
            if entry.path.is_below(PAYLOAD) || name == TAG_MANIFEST || known.contains(&name) {
                continue;
            }
            self.report.faults.push(match name {
                "fetch.txt" => BagFault::FetchTxt,
                name if is_manifest(name) => BagFault::ForeignManifest { name: name.to_owned() },
                _ => BagFault::StrayTagFile { path: entry.path.clone() },
            });
        }
        if self.read(BAGIT, bounds::TAG_BYTES).is_some_and(|bytes| bytes != info::BAGIT) {
            self.report.faults.push(BagFault::BadBagit);
        }
        let Some(bytes) = self.read(TAG_MANIFEST, bounds::TAG_BYTES) else { return };
        let listed = self.lines(TAG_MANIFEST, &bytes, |path| known.contains(&path.as_str()));
        for name in known {
            match listed.iter().find(|(path, _)| path.as_str() == name) {
                None => self.report.faults.push(BagFault::TagNotListed { name: name.to_owned() }),
                Some((path, listed)) => {
                    if let Some(found) = self.digest(name).filter(|found| found != listed) {
                        let (path, listed) = (path.clone(), *listed);
                        self.report.faults.push(BagFault::TagChanged { path, listed, found });
                    }
                }
            }
        }
    }

    fn examine_payload(&mut self) {
        self.report.manifest_digest = self.digest(MANIFEST);
        let Some(bytes) = self.read(MANIFEST, bounds::MANIFEST_BYTES) else { return };
        let listed = self.lines(MANIFEST, &bytes, |path| path.is_below(PAYLOAD));
        for (path, listed) in &listed {
            match self.by_path.get(path.as_str()).map(|measured| measured.digest) {
                None => self.report.faults.push(BagFault::MissingFile { path: path.clone() }),
                Some(Some(found)) if found != *listed => {
                    let (path, listed) = (path.clone(), *listed);
                    self.report.faults.push(BagFault::Changed { path, listed, found });
                }
                Some(_) => {}
            }
        }
        for entry in self.opened.entries().iter().filter(|entry| entry.path.is_below(PAYLOAD)) {
            if listed.binary_search_by(|(path, _)| path.cmp(&entry.path)).is_err() {
                self.report.faults.push(BagFault::UnlistedFile { path: entry.path.clone() });
            }
        }
        self.report.manifest = listed;
    }

    fn lines(
        &mut self,
        name: &'static str,
        bytes: &[u8],
        belongs: impl Fn(&RelPath) -> bool,
    ) -> Vec<(RelPath, Digest)> {
        let lines = manifest::parse(bytes, belongs);
        let faults = lines.faults.into_iter();
        self.report.faults.extend(faults.map(|(line, fault)| BagFault::BadManifestLine {
            name,
            line,
            fault,
        }));
        lines.listed
    }

    fn digest(&self, name: &str) -> Option<Digest> {
        self.by_path.get(name).and_then(|measured| measured.digest)
    }

    fn is_known_changed(&self, path: &RelPath) -> bool {
        self.report.faults.iter().any(|fault| match fault {
            BagFault::Changed { path: changed, .. } | BagFault::TagChanged { path: changed, .. } => {
                changed == path
            }
            _ => false,
        })
    }
}

/// `manifest-ALGORITHM.txt` or `tagmanifest-ALGORITHM.txt` (RFC 8493 2.1.3 and 2.2.1).
fn is_manifest(name: &str) -> bool {
    let algorithm = name.strip_prefix("tag").unwrap_or(name).strip_prefix("manifest-");
    algorithm.and_then(|rest| rest.strip_suffix(".txt")).is_some_and(|algorithm| !algorithm.contains('/'))
}
