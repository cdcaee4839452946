//! Step 2, opened archive to complete bag: every file that is listed is here, and every file here is listed.

use crate::bundle::{BagFault, BagReport, Profile, examine};

use super::code::Code;
use super::finding::Finding;
use super::judging::Steps;
use super::opened::OpenedBundle;
use super::step::{Step, StepState};

/// A bag as examined, whatever came of it: what the manifest lists, and every fault at once.
pub(super) struct Examined {
    report: BagReport,
}

/// A bag in which nothing is missing, nothing is stray and every tag file has its form.
pub(super) struct CompleteBag<'e> {
    _examined: &'e Examined,
}

impl Examined {
    /// Compares what is listed with what was measured.
    pub(super) fn examine(bundle: &OpenedBundle<'_>, profile: &Profile) -> Examined {
        Examined { report: examine(bundle.opened(), bundle.measured(), profile) }
    }

    /// What the examination found.
    pub(super) fn report(&self) -> &BagReport {
        &self.report
    }

    /// The complete bag, if it is one.
    pub(super) fn complete(&self, steps: &mut Steps, findings: &mut Vec<Finding>) -> Option<CompleteBag<'_>> {
        let found: Vec<Finding> =
            self.report.faults.iter().map(finding).filter(|found| found.step() <= Step::Complete).collect();
        let is_complete = found.is_empty();
        steps.set(Step::Complete, if is_complete { StepState::Passed } else { StepState::Failed });
        findings.extend(found);
        is_complete.then_some(CompleteBag { _examined: self })
    }
}

/// The finding that a fault of the bag is.
pub(super) fn finding(fault: &BagFault) -> Finding {
    let said = |code| Finding::new(code, fault.to_string());
    match fault {
        BagFault::TooNew { .. } => said(Code::TooNew),
        BagFault::Unreadable { path, .. } => said(Code::SourceUnreadable).about(path.as_str()),
        BagFault::MissingFile { path } => said(Code::FileAbsent).about(path.as_str()),
        BagFault::UnlistedFile { path } | BagFault::StrayTagFile { path } => {
            said(Code::FileUnlisted).about(path.as_str())
        }
        BagFault::Changed { path, listed, found } => {
            said(Code::FileChanged).about(path.as_str()).comparing(*listed, *found)
        }
        BagFault::TagChanged { path, listed, found } => {
            said(Code::TagFileChanged).about(path.as_str()).comparing(*listed, *found)
        }
        BagFault::CrcDisagrees { path } => said(Code::ChecksumDisagrees).about(path.as_str()),
        BagFault::MissingTagFile { name } => said(Code::TagFileAbsent).about(name),
        BagFault::TagNotListed { name } | BagFault::ForeignManifest { name } => {
            said(Code::BagForm).about(name)
        }
        BagFault::BadManifestLine { name, .. } => said(Code::BagForm).about(*name),
        BagFault::BadBagit => said(Code::BagForm).about("bagit.txt"),
        BagFault::BadInfoLine { .. } | BagFault::NoFormat | BagFault::OxumDisagrees { .. } => {
            said(Code::BagForm).about("bag-info.txt")
        }
        BagFault::FetchTxt => said(Code::BagForm).about("fetch.txt"),
    }
}
