//! Step 6, conforming to authentic sign-off: signed by the very key that it names as its signer.

use crate::credential::SignOff;
use crate::credential::plain_text::PlainStatement;
use crate::digest::{Digest, Hasher};
use crate::proof::{self, Expected, ProofFault, ProofSet, ProofState, PublicKey};
use crate::time::Timestamp;

use super::code::Code;
use super::conforming::Conforming;
use super::finding::Finding;
use super::judging::Judging;
use super::outcome::{Failure, Outcome, SubIndication, Unread};
use super::report::CheckState;
use super::step::{Step, StepState};

/// A sign-off whose signature fits: the only thing whose content is shown as said by somebody.
pub(super) struct Authentic {
    sign_off: SignOff,
    key: PublicKey,
    content: Digest,
    signed_at: Timestamp,
    ends_at: Option<Timestamp>,
}

/// One record after the steps that it goes through alone.
pub(super) struct Inspected {
    pub(super) judging: Judging,
    pub(super) authentic: Option<Authentic>,
}

impl Authentic {
    /// Checks every signature: one by the signer's own key must fit, and none that we can check may fail.
    pub(super) fn check(judging: &mut Judging, conforming: Conforming) -> Option<Authentic> {
        let issuer = conforming.unsigned().issuer_id.clone();
        let set = proof::check(conforming.document(), &Expected::assertion_by(&issuer));
        judging.report.proofs.clone_from(&set.proofs);
        for outcome in set.proofs.iter().filter(|outcome| outcome.state == ProofState::NotSupported) {
            judging.found(Finding::new(
                Code::ProofNotSupported,
                format!("a signature of the kind {}", outcome.suite),
            ));
        }
        let key = set.holding().and_then(|outcome| outcome.key).filter(|_| set.holds());
        let Some(key) = key else {
            return refuse(judging, &set);
        };
        let held = || set.proofs.iter().filter(|outcome| outcome.state == ProofState::Holds);
        let (sign_off, content) = conforming.into_parts();
        let signed_at = held().filter_map(|outcome| outcome.created).max().unwrap_or(sign_off.valid_from);
        let ends_at = held().filter_map(|outcome| outcome.expires).chain(sign_off.valid_until).min();
        judging.report.ends = ends_at;
        if !sign_off.not_understood.is_empty() {
            let many = sign_off.not_understood.len();
            judging.found(Finding::new(Code::MembersNotShown, format!("{many} signed members, not shown")));
        }
        pass(judging, &sign_off, key);
        Some(Authentic { sign_off, key, content, signed_at, ends_at })
    }

    /// A statement whose SSH signature was found to fit. It says when it was asked for, not when it was signed.
    pub(super) fn of_statement(
        judging: &mut Judging,
        statement: PlainStatement,
        text: &[u8],
        key: &PublicKey,
    ) -> Authentic {
        let sign_off = statement.signed_by(key, text);
        let mut content = Hasher::new();
        content.update(key.as_bytes());
        content.update(text);
        judging.found(Finding::new(Code::SignedStatement, "without marks, and without a date of signing"));
        pass(judging, &sign_off, *key);
        let signed_at = sign_off.valid_from;
        Authentic { sign_off, key: *key, content: content.finish(), signed_at, ends_at: None }
    }

    /// What was signed.
    pub(super) fn sign_off(&self) -> &SignOff {
        &self.sign_off
    }

    /// What was signed, for the report.
    pub(super) fn into_sign_off(self) -> SignOff {
        self.sign_off
    }

    /// The key that signed.
    pub(super) fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Digest of everything in it but its signatures.
    pub(super) fn content(&self) -> Digest {
        self.content
    }

    /// When it was signed, by the signer's clock; of a statement when it was asked for.
    pub(super) fn signed_at(&self) -> Timestamp {
        self.signed_at
    }

    /// When it ends, by the statement or by its signature, whichever is sooner.
    pub(super) fn ends_at(&self) -> Option<Timestamp> {
        self.ends_at
    }
}

/// The signature fits; whether it counts is another question.
fn pass(judging: &mut Judging, sign_off: &SignOff, key: PublicKey) {
    judging.report.key = Some(key);
    judging.report.checks.proof = CheckState::PASSED;
    judging.report.checks.integrity = CheckState::PASSED;
    judging.steps.set(Step::Authentic, StepState::Passed);
    if sign_off.issuer_id == sign_off.claims.subject.id {
        judging.found(Finding::new(Code::SelfSigned, "the signer and the subject are one key"));
        judging.report.counts = false;
    }
}

/// Nothing from inside the statement is said any more, since any of it may be what changed.
fn refuse(judging: &mut Judging, set: &ProofSet) -> Option<Authentic> {
    let Some(fault) = set.first_fault() else {
        let finding =
            Finding::new(Code::ProofsNotSupported, "no signature of a kind that this version checks");
        judging.found(finding);
        judging.report.counts = false;
        judging.reason(Outcome::Unreadable(Unread::TooNew));
        return None;
    };
    judging.found(Finding::new(code_of(fault), fault.to_string()));
    judging.steps.set(Step::Authentic, StepState::Failed);
    judging.report.checks.integrity = CheckState::failed(SubIndication::SigCryptoFailure);
    judging.report.checks.proof = CheckState::failed(SubIndication::SigCryptoFailure);
    judging.reason(Outcome::Failed(Failure::Signature));
    None
}

fn code_of(fault: &ProofFault) -> Code {
    match fault {
        ProofFault::NoProof => Code::ProofMissing,
        ProofFault::SignatureDoesNotFit => Code::ProofMisfit,
        ProofFault::MethodNotController { .. } => Code::ProofByAnother,
        ProofFault::BadMethod(_) => Code::ProofKey,
        ProofFault::WrongPurpose { .. } => Code::ProofPurpose,
        _ => Code::ProofForm,
    }
}
