//! Vouching: one key says whose another key is.

use super::{IssuerFault, SUITES_OF_A_SIGN_OFF, check_end, signed};
use crate::credential::voucher::{self, Voucher};
use crate::proof::{PublicKey, Signer};
use crate::time::{Date, Timestamp};

/// What an organisation says about somebody's key.
#[derive(Debug, Clone, Copy)]
pub struct Vouching<'a> {
    /// The key that is vouched for.
    pub key: &'a PublicKey,
    /// Whose it is: a name, a role.
    pub words: &'a str,
    /// What the key that vouches calls itself.
    pub issuer_name: &'a str,
    /// The last day of it.
    pub until: Option<Date>,
    /// Now, by the clock of whoever vouches.
    pub at: Timestamp,
}

/// Vouches for a key, and gives the bytes of the voucher's file.
pub fn vouch(vouching: &Vouching<'_>, signer: &dyn Signer) -> Result<Vec<u8>, IssuerFault> {
    let (words, issuer_name) = (vouching.words.trim(), vouching.issuer_name.trim());
    if words.is_empty() || issuer_name.is_empty() {
        return Err(IssuerFault::NoName);
    }
    if signer.public_key() == *vouching.key {
        return Err(IssuerFault::VouchesForItself);
    }
    check_end(vouching.until, vouching.at)?;
    let document = voucher::build(&Voucher {
        id: String::new(),
        issuer_id: signer.public_key().did(),
        issuer_name: issuer_name.to_owned(),
        valid_from: vouching.at,
        valid_until: vouching.until.map(Date::end),
        key: vouching.key.did(),
        words: words.to_owned(),
    });
    voucher::read(&document).map_err(IssuerFault::NotReadable)?;
    signed(document, &SUITES_OF_A_SIGN_OFF, vouching.at, signer)
}
