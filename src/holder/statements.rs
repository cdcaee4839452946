//! Statements under an SSH signature: which request one answers, and where the two files of a kept one lie.

use std::path::PathBuf;

use super::{Answer, Collected, HolderFault, KeptSignOff, Portfolio, StoredRequest};
use crate::credential::plain_text::{self, NAMESPACE, SIGNATURE_ENDING, STATEMENT_BYTES, STATEMENT_ENDING};
use crate::disk::{self, DiskFault};
use crate::path::Slug;
use crate::proof::sshsig::{SIGNATURE_FILE_BYTES, SshSignature, SshSignatureFault};

/// The statement of a request, as it was sent.
pub(super) const STATEMENT: &str = "statement.txt";

impl Portfolio {
    /// Reads an SSH signature and finds the request whose statement it signs. Nothing is written.
    pub(super) fn read_signature(&self, bytes: &[u8], earlier: bool) -> Result<Answer, HolderFault> {
        let signature = SshSignature::read(bytes).map_err(HolderFault::SshSignature)?;
        if signature.namespace() != NAMESPACE {
            let (expected, found) = (NAMESPACE.to_owned(), signature.namespace().to_owned());
            return Err(HolderFault::SshSignature(SshSignatureFault::OtherNamespace { expected, found }));
        }
        if signature.key().did() == self.about().did {
            return Err(HolderFault::SignedByOneself);
        }
        let mut requests = self.requests()?;
        requests.sort_by_key(|stored| !stored.is_open());
        for request in requests {
            for text in self.statements_of(&request)? {
                if signature.check(NAMESPACE, &text).is_ok() {
                    return self.answered(request, text, &signature, bytes, earlier);
                }
            }
        }
        Err(HolderFault::NoSuchStatement)
    }

    fn answered(
        &self,
        request: StoredRequest,
        text: Vec<u8>,
        signature: &SshSignature,
        bytes: &[u8],
        earlier: bool,
    ) -> Result<Answer, HolderFault> {
        let read = plain_text::read(&text).map_err(|_| HolderFault::NoSuchStatement)?;
        let sign_off = read.signed_by(signature.key(), &text);
        if let Some(kept) = self.sign_offs()?.into_iter().find(|kept| kept.sign_off.id == sign_off.id) {
            return Ok(Answer::AlreadyKept(format!("credentials/{}", kept.file_name())));
        }
        let files = self.changed_since(&request)?;
        if !earlier && !files.is_empty() {
            return Err(HolderFault::OtherFiles { request: request.id, files, added: Vec::new() });
        }
        let (changes, bytes) = (Vec::new(), bytes.to_vec());
        let collected =
            Collected { request, sign_off, proofs: Vec::new(), changes, bytes, statement: Some(text) };
        Ok(Answer::SignOff(Box::new(collected)))
    }

    /// The statement as it was sent, and as it would be written today.
    fn statements_of(&self, request: &StoredRequest) -> Result<Vec<Vec<u8>>, HolderFault> {
        let path = self.root().join("requests").join(request.id.as_str()).join(STATEMENT);
        let sent = match disk::read_bounded(&path, STATEMENT_BYTES as u64) {
            Err(DiskFault::NotFound(_)) => None,
            read => Some(read?),
        };
        Ok(sent.into_iter().chain(plain_text::of_request(&request.request).map(String::into_bytes)).collect())
    }

    /// Every statement that was kept with its signature.
    pub(super) fn kept_statements(&self) -> Result<Vec<KeptSignOff>, HolderFault> {
        let mut kept = Vec::new();
        for (name, _) in self.names("credentials")? {
            let Some(id) = id_of_signature(&name) else { continue };
            let (text, signature) = self.statement_paths(&id);
            let statement = disk::read_bounded(&text, STATEMENT_BYTES as u64)?;
            let bytes = disk::read_bounded(&signature, SIGNATURE_FILE_BYTES as u64)?;
            let broken = |path: PathBuf, fact: String| HolderFault::Record { path, line: 0, column: 0, fact };
            let read = plain_text::read(&statement).map_err(|fault| broken(text, fault.to_string()))?;
            let found = SshSignature::read(&bytes).map_err(|fault| broken(signature, fault.to_string()))?;
            let sign_off = read.signed_by(found.key(), &statement);
            kept.push(KeptSignOff { id, bytes, statement: Some(statement), sign_off });
        }
        Ok(kept)
    }

    /// Where the text and the signature of a kept statement lie.
    pub(super) fn statement_paths(&self, id: &Slug) -> (PathBuf, PathBuf) {
        let room = self.root().join("credentials");
        let text = format!("{id}{STATEMENT_ENDING}");
        (room.join(&text), room.join(format!("{text}{SIGNATURE_ENDING}")))
    }
}

/// The id of a kept statement, from the name of its signature.
fn id_of_signature(name: &str) -> Option<Slug> {
    let stem = name.strip_suffix(SIGNATURE_ENDING)?.strip_suffix(STATEMENT_ENDING)?;
    Slug::parse(stem).ok()
}

/// The id that a name in the room of sign-offs takes up.
pub(super) fn stem(name: &str) -> &str {
    let signature = name.strip_suffix(SIGNATURE_ENDING).and_then(|text| text.strip_suffix(STATEMENT_ENDING));
    signature.or(name.strip_suffix(".json")).unwrap_or(name)
}

/// Writes the two files, the signature last: a text without one is no sign-off, and is taken up again.
pub(super) fn write(
    (text_path, signature_path): (PathBuf, PathBuf),
    text: &[u8],
    signature: &[u8],
) -> Result<PathBuf, HolderFault> {
    let is_there = match disk::read_bounded(&text_path, STATEMENT_BYTES as u64) {
        Err(DiskFault::NotFound(_)) => false,
        read => read? == text,
    };
    if !is_there {
        disk::write_new(&text_path, text, disk::Mode::Shared)?;
    }
    disk::write_new(&signature_path, signature, disk::Mode::Shared)?;
    Ok(text_path)
}
