//! Who signed a credential of somebody else's: by embedded proofs or as a token, always with the issuer's own key.

use serde_json::Value;

use super::finding::{ForeignCode, ForeignFinding};
use crate::credential::foreign::{self, Foreign, Model};
use crate::json;
use crate::proof::others::jose::{self, JoseFault, Jws};
use crate::proof::others::{
    KnownKeys, MethodFault, Pins, Retrieved, hidden_member, redefined_term, retrieve,
};
use crate::proof::{Expected, ProofFault, ProofOutcome, ProofSet, ProofState, SUITES_OF_OTHERS, check_with};
use crate::time::Timestamp;

/// What was found out about a document and its signature.
#[derive(Debug, Default)]
pub(super) struct Signature {
    /// The document, once it could be read as one.
    pub(super) document: Option<Value>,
    /// What it says, once its form holds.
    pub(super) credential: Option<Foreign>,
    /// Its embedded proofs.
    pub(super) proofs: Vec<ProofOutcome>,
    /// The algorithm of the token.
    pub(super) algorithm: Option<String>,
    /// The issuer's key, only if the signature holds.
    pub(super) key: Option<Retrieved>,
    /// When the signer says it was signed.
    pub(super) signed: Option<Timestamp>,
    /// When the signature itself ends.
    pub(super) ends: Option<Timestamp>,
    /// What was found.
    pub(super) findings: Vec<ForeignFinding>,
}

impl Signature {
    pub(super) fn find(&mut self, code: ForeignCode, detail: impl ToString) {
        self.findings.push(ForeignFinding { code, detail: detail.to_string() });
    }

    /// Reads and checks whatever the bytes are.
    pub(super) fn of(bytes: &[u8], pins: &Pins, at: Timestamp) -> Self {
        let mut this = Signature::default();
        let text = bytes.trim_ascii_start();
        if text.starts_with(b"{") {
            match json::parse(bytes, &json::FOREIGN) {
                Ok(document) => this.embedded(document, pins, at),
                Err(fault) => {
                    let place = format!("line {}, column {}: {}", fault.line, fault.column, fault.kind);
                    this.find(ForeignCode::Json, place);
                }
            }
        } else if jose::is_token(text) {
            match jose::read(text) {
                Ok(token) => this.token(&token, pins, at),
                Err(fault @ (JoseFault::Unsigned | JoseFault::SharedSecret(_))) => {
                    this.find(ForeignCode::Unsigned, fault);
                }
                Err(fault) => this.find(ForeignCode::Token, fault),
            }
        } else {
            this.find(ForeignCode::NotACredential, "no credential");
        }
        this
    }

    /// Reads what it says; `None` after a finding.
    fn read(&mut self, document: &Value) -> Option<String> {
        if foreign::model_of(document).is_none() {
            self.find(ForeignCode::NotACredential, "a record that is no credential of a kind read here");
            return None;
        }
        match foreign::read(document) {
            Err(faults) => {
                for fault in faults {
                    self.find(ForeignCode::Form, format!("{} {}", fault.path, fault.fact));
                }
                None
            }
            Ok(read) => {
                let issuer = read.issuer.id.clone();
                self.credential = Some(read);
                issuer
            }
        }
    }

    fn embedded(&mut self, document: Value, pins: &Pins, at: Timestamp) {
        let issuer = self.read(&document);
        if self.credential.as_ref().is_some_and(|read| read.model == Model::OpenBadges2) {
            self.find(ForeignCode::NotSigned, "an Open Badge of version 2.0");
        } else if let Some(issuer) = issuer {
            let expected = Expected::assertion_by(&issuer);
            let set = check_with(&document, &expected, SUITES_OF_OTHERS, &KnownKeys { pins, at });
            self.judge(&set, &document, pins, at);
            self.proofs = set.proofs;
        }
        self.document = Some(document);
    }

    fn judge(&mut self, set: &ProofSet, document: &Value, pins: &Pins, at: Timestamp) {
        match &set.fault {
            Some(ProofFault::NoProof) => return self.find(ForeignCode::Unsigned, "no signature"),
            Some(fault) => return self.find(ForeignCode::Refused, fault),
            None => {}
        }
        for proof in &set.proofs {
            if let ProofState::Fails(fault) = &proof.state {
                self.find(code_of(fault), fault);
            }
        }
        let holding: Vec<_> = set.proofs.iter().filter(|proof| proof.state == ProofState::Holds).collect();
        if !set.holds() {
            if self.findings.is_empty() {
                let suites: Vec<_> = set.proofs.iter().map(|proof| proof.suite.as_str()).collect();
                self.find(ForeignCode::NotSupported, suites.join(", "));
            }
            return;
        }
        // a proof over the JSON itself leaves no word uncovered
        if !holding.iter().any(|proof| proof.suite == "eddsa-jcs-2022") && !self.says_plainly(document) {
            return;
        }
        self.signed = holding.iter().filter_map(|proof| proof.created).max();
        self.ends = holding.iter().filter_map(|proof| proof.expires).min();
        let purpose = "assertionMethod";
        self.key = holding.first().and_then(|proof| retrieve(&proof.method, purpose, pins, at).ok());
    }

    fn says_plainly(&mut self, document: &Value) -> bool {
        let by_model: &[&str] = match self.credential.as_ref().map(|read| read.model) {
            Some(Model::Vc1) => &["issuanceDate", "expirationDate"],
            _ => &["validFrom", "validUntil"],
        };
        let deciding = [&["issuer", "credentialSubject", "credentialStatus"], by_model].concat();
        match hidden_member(document, &deciding) {
            Ok(None) => {}
            Ok(Some(member)) => {
                self.find(ForeignCode::Hidden, format!("{member} is not where a reader looks for it"));
                return false;
            }
            Err(fault) => {
                self.find(ForeignCode::NotCovered, fault);
                return false;
            }
        }
        if let Some(term) = redefined_term(document) {
            self.find(ForeignCode::Redefined, format!("{term} has a meaning of its own"));
            return false;
        }
        true
    }

    fn token(&mut self, token: &Jws, pins: &Pins, at: Timestamp) {
        self.algorithm = Some(token.algorithm.clone());
        let payload = match json::parse(&token.payload, &json::FOREIGN) {
            Ok(payload) => payload,
            Err(fault) => {
                return self.find(ForeignCode::Json, format!("column {}: {}", fault.column, fault.kind));
            }
        };
        let document = match foreign::document_of(&payload) {
            Ok(document) => document,
            Err(fault) => return self.find(ForeignCode::Claims, fault),
        };
        let Some(issuer) = self.read(&document) else {
            if self.credential.as_ref().is_some_and(|read| read.model == Model::OpenBadges2) {
                self.find(ForeignCode::NotSupported, "an Open Badge of version 2.0 in a token");
            }
            return;
        };
        match foreign::check_claims(&payload, &document, token.kind.as_deref()) {
            Ok(ends) => self.ends = ends,
            Err(fault) => self.find(ForeignCode::Claims, fault),
        }
        self.document = Some(document);
        if !token.is_supported() {
            return self.find(ForeignCode::NotSupported, &token.algorithm);
        }
        let found = match token.key_of(&issuer, pins, at) {
            Ok(found) => found,
            Err(fault @ MethodFault::NotPinned { .. }) => {
                // the key that came along can still show that the token was changed
                return match token.enclosed.as_ref().map(|key| token.verify(key)) {
                    Some(Err(fault)) => self.find(ForeignCode::Misfit, fault),
                    Some(Ok(())) => {
                        self.find(ForeignCode::KeyNotKnown, "signed with the key that it carries")
                    }
                    None => self.find(ForeignCode::KeyNotKnown, fault),
                };
            }
            Err(fault) => return self.find(code_of(&ProofFault::Method(fault.clone())), fault),
        };
        match token.verify(&found.key) {
            Ok(()) if self.findings.is_empty() => self.key = Some(found),
            Ok(()) => {}
            Err(fault @ JoseFault::SignatureDoesNotFit) => self.find(ForeignCode::Misfit, fault),
            Err(fault) => self.find(ForeignCode::Token, fault),
        }
    }
}

fn code_of(fault: &ProofFault) -> ForeignCode {
    match fault {
        ProofFault::SignatureDoesNotFit => ForeignCode::Misfit,
        ProofFault::MethodNotController { .. } => ForeignCode::ByAnother,
        ProofFault::Method(MethodFault::NotPinned { .. }) => ForeignCode::KeyNotKnown,
        ProofFault::Method(MethodFault::Revoked { .. } | MethodFault::Ended { .. }) => ForeignCode::KeyEnded,
        ProofFault::Method(MethodFault::OtherController { .. }) => ForeignCode::ByAnother,
        ProofFault::Method(_) | ProofFault::BadMethod(_) => ForeignCode::KeyRefused,
        ProofFault::NotLinkedData(_) | ProofFault::PoisonedGraph | ProofFault::NotCanonical(_) => {
            ForeignCode::NotCovered
        }
        _ => ForeignCode::Refused,
    }
}
