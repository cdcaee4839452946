//! The twelve cases of "Taming the many EdDSAs": signatures on which verifiers disagree, all refused here.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/vectors.rs"]
mod vectors;

use data_encoding::HEXLOWER;
use portfolio::proof::{KeyFault, PublicKey};
use serde_json::Value;

#[test]
fn no_disputed_signature_is_accepted() {
    let Some(folder) = vectors::folder("ed25519-edge") else { return };
    let cases: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap();
    let bytes = |case: &Value, name: &str| HEXLOWER.decode(case[name].as_str().unwrap().as_bytes()).unwrap();
    let outcomes: Vec<Result<bool, KeyFault>> = cases
        .iter()
        .map(|case| {
            let key = PublicKey::from_bytes(&bytes(case, "pub_key").try_into().unwrap())?;
            Ok(key.verify(&bytes(case, "message"), &bytes(case, "signature").try_into().unwrap()))
        })
        .collect();
    use KeyFault::{MixedOrder, NotAPoint, SmallOrder};
    let expected = [
        Err(SmallOrder),
        Err(SmallOrder),
        Err(MixedOrder), // the one that strict verification alone accepts
        Err(MixedOrder),
        Err(MixedOrder),
        Err(MixedOrder),
        Ok(false), // s not reduced
        Ok(false), // s not reduced, high bits set
        Err(MixedOrder),
        Err(MixedOrder),
        Err(NotAPoint), // small order in a second spelling
        Err(NotAPoint),
    ];
    assert_eq!(outcomes, expected);
}
