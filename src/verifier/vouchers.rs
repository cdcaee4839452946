//! Vouchers as a check may heed them: read strictly, their signatures found to fit.

use serde_json::Value;

use crate::credential::CredentialFault;
use crate::credential::voucher::{self, Voucher};
use crate::json::{self, JsonFault};
use crate::proof::{self, Expected, ProofFault, ProofState};
use crate::time::Timestamp;

/// A voucher whose signature fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedVoucher {
    voucher: Voucher,
    ends: Option<Timestamp>,
}

/// Why a voucher is not heeded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VoucherFault {
    /// Not JSON as our formats allow it.
    #[error("{0}")]
    Json(JsonFault),
    /// Not a voucher at all.
    #[error("is not a voucher")]
    NotAVoucher,
    /// The form is broken.
    #[error("{} {}", .0.path, .0.fact)]
    Form(CredentialFault),
    /// The key that it names did not sign it as it is.
    #[error("is not signed by the key that it names: {}", .0.as_ref().map_or_else(String::new, ToString::to_string))]
    NotSigned(Option<ProofFault>),
}

impl CheckedVoucher {
    /// Reads a voucher and checks its signature.
    ///
    /// # Errors
    /// [`VoucherFault`]: why nobody should believe it.
    pub fn read(bytes: &[u8]) -> Result<CheckedVoucher, VoucherFault> {
        let document = json::parse(bytes, &json::OURS).map_err(VoucherFault::Json)?;
        CheckedVoucher::from_document(&document)
    }

    fn from_document(document: &Value) -> Result<CheckedVoucher, VoucherFault> {
        if !voucher::is_one(document) {
            return Err(VoucherFault::NotAVoucher);
        }
        let first = |faults: Vec<CredentialFault>| {
            faults.into_iter().next().map_or(VoucherFault::NotAVoucher, VoucherFault::Form)
        };
        let voucher = voucher::read(document).map_err(first)?;
        let set = proof::check(document, &Expected::assertion_by(&voucher.issuer_id));
        if !set.holds() {
            return Err(VoucherFault::NotSigned(set.first_fault().cloned()));
        }
        let held = set.proofs.iter().filter(|outcome| outcome.state == ProofState::Holds);
        let ends = held.filter_map(|outcome| outcome.expires).chain(voucher.valid_until).min();
        Ok(CheckedVoucher { voucher, ends })
    }

    /// What it says.
    pub fn voucher(&self) -> &Voucher {
        &self.voucher
    }

    /// When it ends, by itself or by its signature, whichever is sooner.
    pub fn ends(&self) -> Option<Timestamp> {
        self.ends
    }
}
