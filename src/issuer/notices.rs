//! News about a key by its owner: that it is lost, or that another one takes its place.

use super::IssuerFault;
use crate::credential::key_notice::{self, KeyEvent, KeyNotice};
use crate::json;
use crate::proof::{self, EddsaJcs2022, Options, Signer};
use crate::time::Timestamp;

/// Reports a key lost, by the key itself, and gives the bytes of the notice's file.
pub fn report_lost(since: Timestamp, at: Timestamp, signer: &dyn Signer) -> Result<Vec<u8>, IssuerFault> {
    notice(KeyEvent::Lost { since }, at, &[signer])
}

/// Names the key that takes another one's place, signed by both, and gives the bytes of the notice's file.
pub fn succeed(old: &dyn Signer, new: &dyn Signer, at: Timestamp) -> Result<Vec<u8>, IssuerFault> {
    let by = new.public_key().did();
    if by == old.public_key().did() {
        return Err(IssuerFault::FollowsItself);
    }
    notice(KeyEvent::Succeeded { by }, at, &[old, new])
}

/// The notice about the key of the first signer, signed by each.
fn notice(event: KeyEvent, at: Timestamp, signers: &[&dyn Signer]) -> Result<Vec<u8>, IssuerFault> {
    let key = signers.first().map(|signer| signer.public_key().did()).unwrap_or_default();
    let mut document = key_notice::build(&KeyNotice { key, event, created: at });
    for signer in signers {
        proof::sign(&mut document, &Options::assertion(at), &[&EddsaJcs2022], *signer)?;
    }
    Ok(json::pretty(&document).into_bytes())
}
