//! What a check comes to: one outcome for a bundle or a sign-off, with its standard words and its exit code.
//!
//! Names are those of the report envelope; `indication` and `sub-indication` are the words of EN 319 102-1.
//! The end date of a statement is not the end of a signing certificate, so ETSI's `EXPIRED` is never used.

/// What one bundle or one sign-off came to. [`Ord`] runs from the most to the least important news, so the
/// outcome of many is their minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Changed, or a signature does not fit, or the form is not what was promised.
    Failed(Failure),
    /// Withdrawn by the key that signed it.
    Withdrawn,
    /// Withdrawn by the key that signed it, which names a newer statement in its place.
    Superseded,
    /// Past its own end date.
    Expired,
    /// Before its own first day.
    NotYetValid,
    /// Signed with a key that its owner has since reported lost.
    KeyRevoked,
    /// A file that was signed for is not here, and its absence was not agreed to.
    Incomplete,
    /// Signed by a key that is not on the trust list.
    SignerUnknown,
    /// Whether it still stands cannot be told.
    StatusUnknown,
    /// Not read, so not checked: neither good nor bad.
    Unreadable(Unread),
    /// Unchanged, signed by a key on the trust list, in force.
    Holds,
}

/// Why a check failed, as EN 319 102-1 divides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// Bytes differ from the bytes that were signed.
    Hash,
    /// A signature does not fit the document or the key.
    Signature,
    /// A document or the bag breaks the rules of its format.
    Format,
    /// All fits, but not what was asked for: another person, another audience, another purpose.
    Constraints,
}

/// Why nothing was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// Made by a newer version of the format, or secured in a way this version does not know.
    TooNew,
    /// Damaged, repacked, or not readable from the disk.
    Damaged,
    /// Read, and it carries no sign-off: there is nothing to check.
    NothingToCheck,
}

/// The overall or single indication of EN 319 102-1, with ours for a step that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Indication {
    /// The check was made and passed.
    Passed,
    /// The check was made and cannot decide.
    Indeterminate,
    /// The check was made and failed.
    Failed,
    /// The check was not made; this is never a pass.
    NotEvaluated,
}

/// The reason beside an [`Indication`], in the words of EN 319 102-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubIndication {
    /// The form is broken.
    FormatFailure,
    /// Bytes differ from the signed digest.
    HashFailure,
    /// The signature does not fit.
    SigCryptoFailure,
    /// A condition on the signature is not met.
    SigConstraintsFailure,
    /// No path from this key to one that is trusted; the nearest word ETSI has, there are no certificates here.
    NoCertificateChainFound,
    /// The key was reported lost, and nothing shows what came first.
    RevokedNoPoe,
    /// Newer information may answer it.
    TryLater,
    /// A signed file is not here.
    SignedDataNotFound,
}

impl Outcome {
    /// The stable word in `--json` and `--plain`.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Failed(_) => "failed",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Superseded => "superseded",
            Outcome::Expired => "expired",
            Outcome::NotYetValid => "not-yet-valid",
            Outcome::KeyRevoked => "key-revoked",
            Outcome::Incomplete => "incomplete",
            Outcome::SignerUnknown => "signer-unknown",
            Outcome::StatusUnknown => "status-unknown",
            Outcome::Unreadable(_) => "unreadable",
            Outcome::Holds => "holds",
        }
    }

    /// The overall indication; `None` when nothing was checked. Ended and withdrawn sign-offs have a signature
    /// that passed: what ended is the statement.
    pub fn indication(self) -> Option<&'static str> {
        match self {
            Outcome::Failed(_) => Some("TOTAL-FAILED"),
            Outcome::KeyRevoked | Outcome::Incomplete | Outcome::SignerUnknown | Outcome::StatusUnknown => {
                Some("INDETERMINATE")
            }
            Outcome::Withdrawn
            | Outcome::Superseded
            | Outcome::Expired
            | Outcome::NotYetValid
            | Outcome::Holds => Some("TOTAL-PASSED"),
            Outcome::Unreadable(_) => None,
        }
    }

    /// The reason beside [`Outcome::indication`].
    pub fn sub_indication(self) -> Option<SubIndication> {
        match self {
            Outcome::Failed(failure) => Some(failure.sub_indication()),
            Outcome::KeyRevoked => Some(SubIndication::RevokedNoPoe),
            Outcome::Incomplete => Some(SubIndication::SignedDataNotFound),
            Outcome::SignerUnknown => Some(SubIndication::NoCertificateChainFound),
            Outcome::StatusUnknown => Some(SubIndication::TryLater),
            _ => None,
        }
    }

    /// The exit code of a single result: 0 holds, 1 changed or false or nothing to check, 3 not established,
    /// 4 not in force, 7 cannot be read, 8 too new.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Holds => 0,
            Outcome::Failed(_) | Outcome::Unreadable(Unread::NothingToCheck) => 1,
            Outcome::KeyRevoked | Outcome::Incomplete | Outcome::SignerUnknown | Outcome::StatusUnknown => 3,
            Outcome::Withdrawn | Outcome::Superseded | Outcome::Expired | Outcome::NotYetValid => 4,
            Outcome::Unreadable(Unread::Damaged) => 7,
            Outcome::Unreadable(Unread::TooNew) => 8,
        }
    }
}

impl Failure {
    /// The reason in the words of EN 319 102-1.
    pub fn sub_indication(self) -> SubIndication {
        match self {
            Failure::Hash => SubIndication::HashFailure,
            Failure::Signature => SubIndication::SigCryptoFailure,
            Failure::Format => SubIndication::FormatFailure,
            Failure::Constraints => SubIndication::SigConstraintsFailure,
        }
    }
}

impl Indication {
    /// The word in the report envelope.
    pub fn as_str(self) -> &'static str {
        match self {
            Indication::Passed => "PASSED",
            Indication::Indeterminate => "INDETERMINATE",
            Indication::Failed => "FAILED",
            Indication::NotEvaluated => "NOT_EVALUATED",
        }
    }
}

impl SubIndication {
    /// The word in the report envelope.
    pub fn as_str(self) -> &'static str {
        match self {
            SubIndication::FormatFailure => "FORMAT_FAILURE",
            SubIndication::HashFailure => "HASH_FAILURE",
            SubIndication::SigCryptoFailure => "SIG_CRYPTO_FAILURE",
            SubIndication::SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
            SubIndication::NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
            SubIndication::RevokedNoPoe => "REVOKED_NO_POE",
            SubIndication::TryLater => "TRY_LATER",
            SubIndication::SignedDataNotFound => "SIGNED_DATA_NOT_FOUND",
        }
    }
}

/// The exit code of several results: the first of 8, 7, 1, 4, 3 that occurs, else 0.
pub fn first_of(codes: impl IntoIterator<Item = u8>) -> u8 {
    let found: Vec<u8> = codes.into_iter().collect();
    [8, 7, 1, 4, 3].into_iter().find(|code| found.contains(code)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_news_comes_first() {
        let order = [
            Outcome::Failed(Failure::Hash),
            Outcome::Failed(Failure::Constraints),
            Outcome::Withdrawn,
            Outcome::Superseded,
            Outcome::Expired,
            Outcome::NotYetValid,
            Outcome::KeyRevoked,
            Outcome::Incomplete,
            Outcome::SignerUnknown,
            Outcome::StatusUnknown,
            Outcome::Unreadable(Unread::TooNew),
            Outcome::Holds,
        ];
        assert!(order.is_sorted());
    }

    #[test]
    fn only_holds_exits_zero() {
        let all = [
            Outcome::Failed(Failure::Format),
            Outcome::Withdrawn,
            Outcome::Superseded,
            Outcome::Expired,
            Outcome::NotYetValid,
            Outcome::KeyRevoked,
            Outcome::Incomplete,
            Outcome::SignerUnknown,
            Outcome::StatusUnknown,
            Outcome::Unreadable(Unread::TooNew),
            Outcome::Unreadable(Unread::Damaged),
            Outcome::Unreadable(Unread::NothingToCheck),
        ];
        let codes: Vec<u8> = all.iter().map(|outcome| outcome.exit_code()).collect();
        assert_eq!(codes, [1, 4, 4, 4, 4, 3, 3, 3, 3, 8, 7, 1]);
        assert_eq!(Outcome::Holds.exit_code(), 0);
    }

    #[test]
    fn several_results_exit_with_the_first_code_of_the_fixed_order() {
        assert_eq!(first_of([0, 3, 4, 1, 7, 8]), 8);
        assert_eq!(first_of([0, 3, 4, 1, 7]), 7);
        assert_eq!(first_of([3, 4, 1, 0]), 1);
        assert_eq!(first_of([3, 4, 0]), 4);
        assert_eq!(first_of([0, 3]), 3);
        assert_eq!(first_of([]), 0);
    }
}
