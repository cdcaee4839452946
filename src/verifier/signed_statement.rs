//! Steps 5 and 6 for a statement under an SSH signature: read in its one spelling, signed by the key that it comes with.
//!
//! The signature names its key and nothing else, so the key is the signer; from there on it goes the way of every
//! sign-off.

use crate::credential::plain_text::{self, NAMESPACE, PlainFault, PlainStatement};
use crate::proof::sshsig::{SshSignature, SshSignatureFault};
use crate::proof::{KeyFault, ProofFault, ProofOutcome, ProofState};

use super::authentic::{Authentic, Inspected};
use super::code::Code;
use super::finding::Finding;
use super::judging::Judging;
use super::outcome::{Failure, Outcome, SubIndication, Unread};
use super::report::CheckState;
use super::step::{Step, StepState};

/// What such a signature is called among the kinds of signatures.
pub const SSH_SIGNATURE: &str = "sshsig";

/// Reads a statement and checks the signature on it.
pub(super) fn inspect(path: Option<&str>, text: &[u8], signature: &[u8]) -> Inspected {
    let mut judging = Judging::start(path);
    let authentic =
        conforming(&mut judging, text).and_then(|read| authentic(&mut judging, read, text, signature));
    Inspected { judging, authentic }
}

fn conforming(judging: &mut Judging, text: &[u8]) -> Option<PlainStatement> {
    match plain_text::read(text) {
        Ok(read) => {
            judging.report.claimed.subject = Some(read.claims.subject.id.clone());
            judging.steps.set(Step::Conforming, StepState::Passed);
            Some(read)
        }
        Err(fault @ PlainFault::TooNew { .. }) => {
            not_checked(judging, Code::CredentialNotSupported, &fault.to_string());
            None
        }
        Err(fault) => {
            judging.found(Finding::new(Code::CredentialForm, fault.to_string()));
            judging.steps.set(Step::Conforming, StepState::Failed);
            judging.report.checks.integrity = CheckState::failed(SubIndication::FormatFailure);
            judging.reason(Outcome::Failed(Failure::Format));
            None
        }
    }
}

fn authentic(
    judging: &mut Judging,
    read: PlainStatement,
    text: &[u8],
    signature: &[u8],
) -> Option<Authentic> {
    let found = SshSignature::read(signature);
    let checked = match &found {
        Ok(found) => found.check(NAMESPACE, text),
        Err(fault) => Err(fault.clone()),
    };
    if let Ok(found) = &found {
        judging.report.proofs = vec![outcome(found, &checked)];
    }
    match (found, checked) {
        (Ok(found), Ok(())) => Some(Authentic::of_statement(judging, read, text, found.key())),
        (_, Err(fault)) => refuse(judging, &fault),
        (Err(fault), Ok(())) => refuse(judging, &fault),
    }
}

fn outcome(signature: &SshSignature, checked: &Result<(), SshSignatureFault>) -> ProofOutcome {
    ProofOutcome {
        suite: SSH_SIGNATURE.to_owned(),
        created: None,
        expires: None,
        method: signature.key().verification_method(),
        key: Some(*signature.key()),
        purpose: None,
        domain: vec![signature.namespace().to_owned()],
        challenge: None,
        state: match checked {
            Ok(()) => ProofState::Holds,
            Err(_) => ProofState::Fails(ProofFault::SignatureDoesNotFit),
        },
    }
}

/// A kind of key or of signature that is not known here is neither good nor bad; the rest does not fit.
fn refuse(judging: &mut Judging, fault: &SshSignatureFault) -> Option<Authentic> {
    let code = match fault {
        SshSignatureFault::Key(KeyFault::OtherAlgorithm { .. })
        | SshSignatureFault::OtherVersion { .. }
        | SshSignatureFault::Reserved
        | SshSignatureFault::OtherHash { .. } => {
            not_checked(judging, Code::ProofsNotSupported, &fault.to_string());
            return None;
        }
        SshSignatureFault::Key(_) => Code::ProofKey,
        SshSignatureFault::OtherNamespace { .. } => Code::ProofPurpose,
        SshSignatureFault::DoesNotFit => Code::ProofMisfit,
        _ => Code::ProofForm,
    };
    judging.found(Finding::new(code, fault.to_string()));
    judging.steps.set(Step::Authentic, StepState::Failed);
    judging.report.checks.integrity = CheckState::failed(SubIndication::SigCryptoFailure);
    judging.report.checks.proof = CheckState::failed(SubIndication::SigCryptoFailure);
    judging.reason(Outcome::Failed(Failure::Signature));
    None
}

fn not_checked(judging: &mut Judging, code: Code, detail: &str) {
    judging.found(Finding::new(code, detail));
    judging.report.counts = false;
    judging.reason(Outcome::Unreadable(Unread::TooNew));
}
