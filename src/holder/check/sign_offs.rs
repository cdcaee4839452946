//! Sign-offs: whether what they say is what was signed, about whom, and until when.

use serde_json::Value;

use super::{Check, CheckCode};
use crate::credential::plain_text::{self, NAMESPACE, SIGNATURE_ENDING, STATEMENT_ENDING};
use crate::credential::{SignOff, signoff};
use crate::disk::{self, Kind};
use crate::holder::requests::KeptSignOff;
use crate::holder::{HolderFault, statements};
use crate::path::Slug;
use crate::proof::sshsig::{SIGNATURE_FILE_BYTES, SshSignature};
use crate::proof::{self, Expected};

impl Check<'_> {
    /// Badges, and statements with their signatures beside them.
    pub(super) fn sign_offs(&mut self) -> Result<(), HolderFault> {
        for (name, kind) in self.portfolio.names("credentials")? {
            let path = format!("credentials/{name}");
            let id = Slug::parse(statements::stem(&name).trim_end_matches(STATEMENT_ENDING));
            match id {
                Ok(id) if kind == Kind::File && name.ends_with(".json") => self.sign_off(id, &path),
                Ok(id) if kind == Kind::File && name.ends_with(SIGNATURE_ENDING) => self.statement(id, &path),
                Ok(id) if kind == Kind::File && name.ends_with(STATEMENT_ENDING) => {
                    if !self.portfolio.has_sign_off(&id) {
                        let fact = "is a statement without the signature that belongs beside it";
                        self.find(CheckCode::NotRecorded, path, fact);
                    }
                }
                _ => {
                    let fact = format!("is {kind} of that name; here are sign-offs, named by an id");
                    self.find(CheckCode::OutOfPlace, path, fact);
                }
            }
        }
        Ok(())
    }

    /// A statement that was signed with `ssh-keygen`.
    fn statement(&mut self, id: Slug, path: &str) {
        self.done.records += 1;
        let (text, signature) = self.portfolio.statement_paths(&id);
        let bytes = disk::read_bounded(&text, plain_text::STATEMENT_BYTES as u64);
        let signed = disk::read_bounded(&signature, SIGNATURE_FILE_BYTES as u64);
        let (bytes, signed) = match (bytes, signed) {
            (Ok(bytes), Ok(signed)) => (bytes, signed),
            (Err(fault), _) | (_, Err(fault)) => {
                return self.find(CheckCode::NotReadable, path, super::reading::disk_words(&fault));
            }
        };
        let signature = match SshSignature::read(&signed) {
            Ok(signature) => signature,
            Err(fault) => return self.find(CheckCode::NotAsSchema, path, fault.to_string()),
        };
        if let Err(fault) = signature.check(NAMESPACE, &bytes) {
            let fact = format!("is not on the statement beside it: {fault}");
            self.find(CheckCode::SignatureMisfit, path, fact);
        }
        match plain_text::read(&bytes) {
            Ok(read) => {
                let sign_off = read.signed_by(signature.key(), &bytes);
                self.subject_and_end(path, None, &sign_off);
                let kept = KeptSignOff { id, bytes: signed, statement: Some(bytes), sign_off };
                self.here.sign_offs.push(kept);
            }
            Err(fault) => self.find(CheckCode::NotAsSchema, path, fault.to_string()),
        }
    }

    fn subject_and_end(&mut self, path: &str, record: Option<&super::reading::Record>, sign_off: &SignOff) {
        let place = |members: &[&str]| record.map_or((0, 0), |record| record.place(members));
        if sign_off.claims.subject.id != self.portfolio.about().did {
            let fact = format!("is about {}, not about this portfolio's key", sign_off.claims.subject.id);
            self.find_at(CheckCode::OtherSubject, path, place(&["credentialSubject", "id"]), fact);
        }
        if let Some(until) = sign_off.valid_until.filter(|until| *until < self.now) {
            let fact = format!("held until {}", until.date());
            self.find_at(CheckCode::SignOffEnded, path, place(&["validUntil"]), fact);
        }
    }

    fn sign_off(&mut self, id: Slug, path: &str) {
        let Some(record) = self.record(path, "sign-off") else { return };
        let issuer = record.value.pointer("/issuer/id").and_then(Value::as_str).unwrap_or_default();
        let proofs = proof::check(&record.value, &Expected::assertion_by(issuer));
        if !proofs.holds() {
            let fact = proofs.first_fault().map_or_else(
                || "has no signature that this program knows".to_owned(),
                |fault| format!("is not what was signed: {fault}"),
            );
            self.find_at(CheckCode::SignatureMisfit, path, record.place(&["proof"]), fact);
        }
        let sign_off = match signoff::read(&record.value) {
            Ok(sign_off) => sign_off,
            Err(faults) => return self.faults(path, &faults),
        };
        self.subject_and_end(path, Some(&record), &sign_off);
        self.here.sign_offs.push(KeptSignOff { id, bytes: record.bytes, statement: None, sign_off });
    }
}
