//! Every bound of a check, with its reason: what `verify --limits` prints.
//!
//! A bound lives where it is enforced; this is the list of all of them, and the home of the verifier's own.

use crate::bundle::bounds;
use crate::credential::baked;
use crate::credential::claims::{EVIDENCE_LIMIT, ITEM_LIMIT};
use crate::credential::status_list;
use crate::proof::others;
use crate::{json, path, proof, time};

/// The most sign-offs in one bundle: years of placements for a person, and a bound on signatures to check.
pub const CREDENTIALS: usize = 1_000;

/// The most bytes of sign-offs and notices in one bundle: keeps what a hostile bundle can make us hold in bounds.
pub const CREDENTIAL_BYTES: u64 = 16 << 20;

/// The most deposits in one bundle: what a person is given in a working life, and a bound on signatures to check.
pub const DEPOSITS: usize = 1_000;

/// The most notices in one bundle.
pub const NOTICES: usize = 1_000;

/// The most keys in a trust list, and the most notices beside them.
pub const TRUST_ENTRIES: usize = 1_000;

/// How a trust list is read: longer than a record of ours, and no more members than its entries and notices have.
pub const TRUST_LIST: json::Limits = json::Limits { members: 100_000, ..json::PRESENTATION };

/// The most successions that are followed from one key to the next.
pub const SUCCESSIONS: usize = 8;

/// A running clock before this moment, 2020-01-01T00:00:00Z, is not set: this program is younger.
pub const CLOCK_FLOOR: i64 = 1_577_836_800;

/// How far ahead of a running clock a signing date may be before one of the two clocks is in doubt, in seconds.
pub const CLOCK_DOUBT: i64 = 24 * 60 * 60;

/// How far two honest clocks may differ, in seconds.
pub const CLOCK_SKEW: i64 = 10 * 60;

/// One bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What is bounded.
    pub name: &'static str,
    /// The most that is taken.
    pub value: u64,
    /// In what unit.
    pub unit: &'static str,
    /// Why there, in a few words.
    pub reason: &'static str,
}

/// Every bound, in the order in which a check meets them.
pub fn all() -> Vec<Limit> {
    let limit = |name, value: u64, unit, reason| Limit { name, value, unit, reason };
    vec![
        limit("bundle", bounds::ARCHIVE_BYTES, "bytes", "what 32-bit sizes reach, since zip64 is refused"),
        limit(
            "files in a bundle",
            bounds::ENTRIES as u64,
            "files",
            "few enough to compare all names in memory",
        ),
        limit("path", path::PATH_BYTES as u64, "bytes", "every system can hold it"),
        limit("part of a path", path::PART_BYTES as u64, "bytes", "every file system can hold it"),
        limit("folders in a path", path::DEPTH as u64, "parts", "deeper than any bundle that is written"),
        limit("manifest", bounds::MANIFEST_BYTES, "bytes", "as many lines as files, with the longest paths"),
        limit(
            "JSON document",
            json::DOCUMENT_BYTES as u64,
            "bytes",
            "a sign-off with a thousand files is under half",
        ),
        limit(
            "picture with a sign-off inside",
            baked::PICTURE_BYTES as u64,
            "bytes",
            "a badge as it is drawn has a few thousandths of it",
        ),
        limit(
            "sign-off in a picture",
            baked::CREDENTIAL_BYTES as u64,
            "bytes",
            "no more than a document of its own may have",
        ),
        limit("presentation", json::PRESENTATION_BYTES as u64, "bytes", "grows with what it lists"),
        limit("depth of JSON", json::DEPTH as u64, "levels", "our deepest record uses nine"),
        limit(
            "members of JSON",
            json::MEMBERS as u64,
            "members",
            "keeps a parsed document within a few megabytes",
        ),
        limit("integer in JSON", json::LARGEST_INTEGER, "", "beyond it two texts have one signature"),
        limit(
            "sign-offs in a bundle",
            CREDENTIALS as u64,
            "files",
            "years of placements; each costs a signature check",
        ),
        limit("sign-offs together", CREDENTIAL_BYTES, "bytes", "bounds what a hostile bundle makes us hold"),
        limit("deposits in a bundle", DEPOSITS as u64, "deposits", "each costs a signature check"),
        limit("notices in a bundle", NOTICES as u64, "files", "each costs a signature check"),
        limit("files in a sign-off", EVIDENCE_LIMIT as u64, "files", "more than any placement makes"),
        limit("deliverables in a sign-off", ITEM_LIMIT as u64, "items", "a mentor marks each by hand"),
        limit(
            "signatures on a document",
            proof::MAX_PROOFS as u64,
            "signatures",
            "two kinds, and room for six more",
        ),
        limit(
            "token",
            others::jose::TOKEN_BYTES as u64,
            "bytes",
            "the largest document in base64, and its signature",
        ),
        limit(
            "issuers with keys of theirs here",
            others::MOST_PINS as u64,
            "files",
            "one for each that anybody knows",
        ),
        limit("bits of an RSA key", others::MOST_RSA_BITS as u64, "bits", "nobody signs with more"),
        limit(
            "status list, unpacked",
            status_list::UNPACKED_BYTES as u64,
            "bytes",
            "a hundred thousand bytes can unpack to a hundred million",
        ),
        limit(
            "status entries of a badge",
            status_list::MOST_ENTRIES as u64,
            "entries",
            "one for each purpose",
        ),
        limit("keys in a trust list", TRUST_ENTRIES as u64, "keys", "a large organisation's signers"),
        limit(
            "successions of a key",
            SUCCESSIONS as u64,
            "steps",
            "a key that changes yearly, for a studentship",
        ),
        limit("first year", u64::from(time::FIRST_YEAR.unsigned_abs()), "", "older than any sign-off"),
        limit(
            "last year",
            u64::from(time::LAST_YEAR.unsigned_abs()),
            "",
            "later dates are a mistake or a trick",
        ),
        limit(
            "difference of two clocks",
            CLOCK_SKEW.unsigned_abs(),
            "seconds",
            "honest clocks differ by minutes",
        ),
        limit(
            "signing date ahead of the clock",
            CLOCK_DOUBT.unsigned_abs(),
            "seconds",
            "more is a wrong clock, here or there",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_is_named_once_with_a_reason() {
        let limits = all();
        let names: std::collections::BTreeSet<_> = limits.iter().map(|limit| limit.name).collect();
        assert_eq!(names.len(), limits.len());
        assert!(limits.iter().all(|limit| limit.value > 0 && limit.reason.len() > 10));
    }
}
