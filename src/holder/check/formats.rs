//! Which schema each record of the folder answers to.

use serde_json::Value;

macro_rules! schemas {
    ($( $name:literal ),+ $(,)?) => {
        /// The schemas of the records, by name, as they are published.
        pub(super) const SCHEMAS: &[(&str, &str)] = &[
            $( ($name, include_str!(concat!("../../../schemas/", $name, ".schema.json"))), )+
        ];
    };
}

schemas! {
    "artifact",
    "brief",
    "checkpoint",
    "deposit",
    "key-notice",
    "move",
    "offer",
    "outcome",
    "placement",
    "portfolio",
    "request",
    "request-record",
    "sign-off",
    "voucher",
    "withdrawal",
}

/// The schema of that name.
pub(super) fn schema(name: &str) -> Option<Value> {
    let (_, text) = SCHEMAS.iter().find(|(known, _)| *known == name)?;
    serde_json::from_str(text).ok()
}
