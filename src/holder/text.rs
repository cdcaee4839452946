//! Records hold typed values as text: how each is written and strictly read.

use std::fmt;

use serde::{Deserialize, Deserializer, Serializer, de};

use crate::digest::Digest;
use crate::path::{FileName, Slug};
use crate::time::{Date, Timestamp};

/// A value with one spelling.
pub(super) trait Text: Sized + fmt::Display {
    /// What a person would call it, for the message when it is none.
    const IS: &'static str;

    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! text {
    ($type:ty, $is:literal, $parse:expr) => {
        impl Text for $type {
            const IS: &'static str = $is;

            fn from_text(text: &str) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text)
            }
        }
    };
}

text!(Timestamp, "a moment such as 2026-07-24T15:02:40Z", |text| Timestamp::parse_ours(text).ok());
text!(Date, "a day such as 2026-07-24", |text| Date::parse(text).ok());
text!(Slug, "an id of lower-case letters, digits and dashes", |text| Slug::parse(text).ok());
text!(FileName, "a safe file name", |text| FileName::parse(text).ok());
text!(Digest, "a SHA-256 digest in lower-case hexadecimal", |text| Digest::from_hex(text).ok());

pub(super) fn serialize<T: Text, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

pub(super) fn deserialize<'de, T: Text, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    T::from_text(&text).ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(&text), &T::IS))
}

/// The same for a member that may be missing.
pub(super) mod optional {
    use serde::{Deserializer, Serializer};

    use super::Text;

    pub(in super::super) fn serialize<T: Text, S: Serializer>(
        value: &Option<T>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => out.collect_str(value),
            None => out.serialize_none(),
        }
    }

    pub(in super::super) fn deserialize<'de, T: Text, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        super::deserialize(from).map(Some)
    }
}
