//! Step 4, intact bag to presented bag: the holder signed this very list of files, for this audience.

use crate::bundle::{ArchiveFault, BUNDLE};
use crate::credential::presentation;
use crate::digest::Digest;
use crate::json;
use crate::proof::{self, Expected, ProofFault, ProofOutcome, Purpose, did};

use super::code::Code;
use super::finding::Finding;
use super::intact::IntactBag;
use super::judging::Steps;
use super::opened::{self, OpenedBundle};
use super::policy::Policy;
use super::report::HolderReport;
use super::step::{Step, StepState};

/// An intact bag that its holder signed as a whole.
pub(super) struct Presented<'e> {
    _intact: IntactBag<'e>,
}

/// What became of the presentation by itself, whatever the bag is like.
pub(super) struct Signed {
    /// Who signed it; only if the signature fits.
    pub(super) holder: Option<HolderReport>,
    fits_bag: bool,
}

/// Reads and checks the presentation; every fault is found whether or not the bag is intact.
pub(super) fn check(
    bundle: &OpenedBundle<'_>,
    manifest: Option<Digest>,
    policy: &Policy<'_>,
    findings: &mut Vec<Finding>,
) -> Signed {
    let at = BUNDLE.statement;
    let before = findings.len();
    let holder = read(bundle, manifest, policy, findings);
    for finding in &mut findings[before..] {
        finding.about.get_or_insert_with(|| at.to_owned());
    }
    let is_faultless = findings[before..].iter().all(|finding| finding.code == Code::AudienceNamed);
    Signed { fits_bag: is_faultless && holder.is_some(), holder }
}

/// The presented bag: only an intact one, with a presentation that fits it.
pub(super) fn present<'e>(
    intact: Option<IntactBag<'e>>,
    signed: &Signed,
    steps: &mut Steps,
) -> Option<Presented<'e>> {
    steps.set(
        Step::Presented,
        match (signed.fits_bag, &intact) {
            (false, _) => StepState::Failed,
            (true, Some(_)) => StepState::Passed,
            (true, None) => StepState::NotAnswered,
        },
    );
    intact.filter(|_| signed.fits_bag).map(|intact| Presented { _intact: intact })
}

fn read(
    bundle: &OpenedBundle<'_>,
    manifest: Option<Digest>,
    policy: &Policy<'_>,
    findings: &mut Vec<Finding>,
) -> Option<HolderReport> {
    let bytes = match bundle.read(BUNDLE.statement, json::PRESENTATION_BYTES) {
        Ok(bytes) => bytes,
        // its absence is a fault of the bag, found with the others there
        Err(ArchiveFault::NoSuchFile { .. }) => return None,
        Err(fault) => {
            findings.push(opened::finding(&fault));
            return None;
        }
    };
    let document = match json::parse(&bytes, &json::PRESENTATION) {
        Ok(document) => document,
        Err(fault) => {
            findings.push(Finding::new(Code::PresentationJson, fault.to_string()));
            return None;
        }
    };
    let presentation = match presentation::read(&document) {
        Ok(presentation) => presentation,
        Err(faults) => {
            let form = |fault: &crate::credential::CredentialFault| {
                Finding::new(Code::PresentationForm, fault.to_string())
            };
            findings.extend(faults.iter().map(form));
            return None;
        }
    };
    if manifest.is_some_and(|manifest| manifest != presentation.manifest_digest) {
        let other = Finding::new(Code::PresentationOfOther, "the holder signed another list of files");
        findings.push(
            other.comparing(presentation.manifest_digest, manifest.unwrap_or(presentation.manifest_digest)),
        );
    }
    let is_addressed = policy.audience.is_some() || policy.challenge.is_some();
    let purposes: &[Purpose] = if is_addressed {
        &[Purpose::Authentication]
    } else {
        &[Purpose::AssertionMethod, Purpose::Authentication]
    };
    let expected = Expected {
        purposes,
        domain: policy.audience,
        challenge: policy.challenge,
        ..Expected::assertion_by(&presentation.holder)
    };
    let set = proof::check(&document, &expected);
    let Some(held) = set.holding().filter(|_| set.holds()) else {
        findings.push(match set.first_fault() {
            Some(fault) => Finding::new(code_of(fault, policy), fault.to_string()),
            None => Finding::new(
                Code::PresentationNotSupported,
                "signed in a way that this version does not check",
            ),
        });
        return None;
    };
    let audience = audience(held);
    if let Some(named) = audience.as_ref().filter(|_| policy.audience.is_none()) {
        findings.push(Finding::new(Code::AudienceNamed, format!("made for {named}")));
    }
    Some(HolderReport {
        key: did::parse(&presentation.holder).ok()?,
        did: presentation.holder,
        name: presentation.name,
        created: presentation.created,
        expires: held.expires,
        audience,
    })
}

fn audience(held: &ProofOutcome) -> Option<String> {
    (!held.domain.is_empty()).then(|| held.domain.join(", "))
}

fn code_of(fault: &ProofFault, policy: &Policy<'_>) -> Code {
    match fault {
        ProofFault::NoProof => Code::PresentationUnsigned,
        ProofFault::MethodNotController { .. } => Code::PresentationByAnother,
        ProofFault::WrongDomain { .. } => Code::OtherAudience,
        ProofFault::WrongChallenge { .. } => Code::OtherChallenge,
        // a bundle made for nobody in particular, where an audience or an answer was asked for
        ProofFault::WrongPurpose { .. } if policy.audience.is_some() => Code::OtherAudience,
        ProofFault::WrongPurpose { .. } if policy.challenge.is_some() => Code::OtherChallenge,
        _ => Code::PresentationMisfit,
    }
}
