//! Vouchers for the keys of mentors: taken in like an answer, kept byte for byte, shown with the sign-offs they are for.

use std::path::PathBuf;

use serde_json::Value;

use super::{Answer, HolderFault, Locked, Portfolio, records};
use crate::credential::voucher::{self, Voucher};
use crate::disk::{self, Mode};
use crate::json;
use crate::path::Slug;
use crate::proof::{self, Expected};

const ROOM: &str = "vouchers";

/// A voucher that is not kept yet; its signature holds.
#[derive(Debug, Clone)]
pub struct TakenVoucher {
    /// What it says.
    pub voucher: Voucher,
    /// Whether a sign-off here is signed by the key that it is about.
    pub is_of_a_signer: bool,
    bytes: Vec<u8>,
}

/// A voucher as kept.
#[derive(Debug, Clone)]
pub struct KeptVoucher {
    /// The name of its file below `vouchers/`.
    pub file_name: String,
    /// The bytes, as they came.
    pub bytes: Vec<u8>,
    /// What it says; that somebody signed it was checked when it was collected.
    pub voucher: Voucher,
}

impl Portfolio {
    /// Every voucher that was kept, by the name of its file.
    pub fn vouchers(&self) -> Result<Vec<KeptVoucher>, HolderFault> {
        let mut kept = Vec::new();
        for (file_name, _) in self.names(ROOM)? {
            if !file_name.ends_with(".json") {
                continue;
            }
            let path = self.root().join(ROOM).join(&file_name);
            let bytes = disk::read_bounded(&path, json::OURS.bytes as u64)?;
            let document = json::parse(&bytes, &json::OURS)
                .map_err(|fault| HolderFault::Json { path: path.clone(), fault })?;
            let voucher =
                voucher::read(&document).map_err(|faults| records::not_as_expected(&path, &faults))?;
            kept.push(KeptVoucher { file_name, bytes, voucher });
        }
        Ok(kept)
    }

    /// Reads a voucher that came. Nothing is written.
    pub(super) fn read_voucher(&self, document: &Value, bytes: &[u8]) -> Result<Answer, HolderFault> {
        let voucher = voucher::read(document).map_err(HolderFault::NotAnAnswer)?;
        let proofs = proof::check(document, &Expected::assertion_by(&voucher.issuer_id));
        if !proofs.holds() {
            return Err(HolderFault::AnswerNotSigned(proofs.first_fault().cloned()));
        }
        if let Some(kept) = self.vouchers()?.into_iter().find(|kept| kept.bytes == bytes) {
            return Ok(Answer::AlreadyKept(format!("{ROOM}/{}", kept.file_name)));
        }
        let is_of_a_signer = self.sign_offs()?.iter().any(|kept| kept.sign_off.issuer_id == voucher.key);
        Ok(Answer::Voucher(Box::new(TakenVoucher { voucher, is_of_a_signer, bytes: bytes.to_vec() })))
    }
}

impl Locked {
    /// Keeps a voucher, byte for byte as it came, and gives the path of its file.
    pub fn keep_voucher(&self, taken: &TakenVoucher) -> Result<PathBuf, HolderFault> {
        let room = self.room(ROOM)?;
        let id = self.free_id(ROOM, &Slug::from_title(&taken.voucher.words))?;
        let path = room.join(format!("{id}.json"));
        disk::write_new(&path, &taken.bytes, Mode::Shared)?;
        Ok(path)
    }
}
