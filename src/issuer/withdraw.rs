//! Taking back: a note by the very key that signed, about a sign-off or a voucher.

use serde_json::Value;

use super::{IssuerFault, signed};
use crate::credential::withdrawal::{self, Withdrawal};
use crate::credential::{signoff, voucher};
use crate::proof::{EddsaJcs2022, Signer};
use crate::time::Timestamp;

/// Withdraws a sign-off or a voucher by the key that signed it, and gives the bytes of the withdrawal file.
pub fn withdraw(
    document: &Value,
    reason: Option<&str>,
    replaced_by: Option<&str>,
    at: Timestamp,
    signer: &dyn Signer,
) -> Result<Vec<u8>, IssuerFault> {
    let (credential, signed_by) = match voucher::is_one(document) {
        true => voucher::read(document).map(|voucher| (voucher.id, voucher.issuer_id)),
        false => signoff::read(document).map(|sign_off| (sign_off.id, sign_off.issuer_id)),
    }
    .map_err(IssuerFault::NotReadable)?;
    let issuer = signer.public_key().did();
    if signed_by != issuer {
        return Err(IssuerFault::NotTheSigner { issuer: signed_by });
    }
    let Some(credential_digest) = signoff::digest(document) else {
        return Err(IssuerFault::NotReadable(Vec::new()));
    };
    let withdrawal = Withdrawal {
        issuer,
        credential,
        credential_digest,
        reason: reason.map(str::to_owned),
        replaced_by: replaced_by.map(str::to_owned),
        created: at,
    };
    signed(withdrawal::build(&withdrawal), &[&EddsaJcs2022], at, signer)
}
