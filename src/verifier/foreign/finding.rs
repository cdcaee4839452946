//! The names of everything that a check of somebody else's credential can find, and what each does to the answer.

use crate::verifier::outcome::{Failure, Outcome, Unread};

/// One fact found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFinding {
    /// Its name.
    pub code: ForeignCode,
    /// The fact in plain words, a stranger's text possibly within; it must be escaped before it is shown.
    pub detail: String,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal, $outcome:expr; )+) => {
        /// The name of a finding about somebody else's credential.
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ForeignCode {
            $( $(#[doc = $doc])+ $name, )+
        }

        impl ForeignCode {
            /// Every code, in the order of the questions.
            pub const ALL: &'static [ForeignCode] = &[ $( ForeignCode::$name, )+ ];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $( ForeignCode::$name => $word, )+ }
            }

            /// What it means, in a sentence or two.
            pub fn explain(self) -> &'static str {
                match self { $( ForeignCode::$name => concat!($($doc),+).trim_ascii_start(), )+ }
            }

            /// What the credential comes to for it; `None` for what is only worth saying.
            pub fn outcome(self) -> Option<Outcome> {
                match self { $( ForeignCode::$name => $outcome, )+ }
            }
        }
    };
}

const FORM: Option<Outcome> = Some(Outcome::Failed(Failure::Format));
const MISFIT: Option<Outcome> = Some(Outcome::Failed(Failure::Signature));
const UNMET: Option<Outcome> = Some(Outcome::Failed(Failure::Constraints));
const NOTHING: Option<Outcome> = Some(Outcome::Unreadable(Unread::NothingToCheck));
const NOT_READ: Option<Outcome> = Some(Outcome::Unreadable(Unread::TooNew));
const UNKNOWN: Option<Outcome> = Some(Outcome::SignerUnknown);
const OPEN: Option<Outcome> = Some(Outcome::StatusUnknown);

codes! {
    /// Neither a credential nor a token that carries one.
    NotACredential = "foreign-not-a-credential", NOTHING;
    /// It is not JSON in the one reading that every reader shares.
    Json = "foreign-json", FORM;
    /// A token whose header or parts break the rules.
    Token = "foreign-token", FORM;
    /// A token whose claims and whose credential say different things.
    Claims = "foreign-claims", FORM;
    /// It breaks the rules of its data model.
    Form = "foreign-form", FORM;
    /// A badge of the kind that is not signed: only its issuer's page could tell whether it stands.
    NotSigned = "foreign-kind-not-signed", NOTHING;

    /// It carries no signature.
    Unsigned = "foreign-unsigned", MISFIT;
    /// The signature does not fit: it was changed, or another key signed it.
    Misfit = "foreign-misfit", MISFIT;
    /// It is signed, but not by the issuer that it names.
    ByAnother = "foreign-by-another", MISFIT;
    /// The signature breaks the rules of its kind, or was made for another purpose.
    Refused = "foreign-signature-refused", MISFIT;
    /// Some of it is in words that no signature of this kind covers.
    NotCovered = "foreign-not-covered", FORM;
    /// It says something that decides in words that a reader would not see.
    Hidden = "foreign-hidden-words", FORM;
    /// It gives known words a meaning of its own, so it was not judged.
    Redefined = "foreign-redefined-words", NOT_READ;
    /// It is signed in a way that this version does not know, so it was not checked.
    NotSupported = "foreign-not-supported", NOT_READ;

    /// No keys of its issuer are known here, so the signature was not checked.
    KeyNotKnown = "foreign-key-not-known", UNKNOWN;
    /// The issuer's document does not list the key, or not for this.
    KeyRefused = "foreign-key-refused", MISFIT;
    /// The issuer has ended the key or taken it back.
    KeyEnded = "foreign-key-ended", Some(Outcome::KeyRevoked);
    /// The issuer's keys came with the credential: the two fit together, and that is all it shows.
    KeyFromStudent = "foreign-key-pinned-by-student", UNKNOWN;
    /// The signer is not one that the reader knows.
    SignerNotKnown = "foreign-signer-not-known", UNKNOWN;
    /// The reader trusts the key only for signatures made earlier.
    TrustEnded = "foreign-trust-ended", UNKNOWN;
    /// The reader has had the issuer's keys for more than a year; the issuer may have others since.
    PinOld = "foreign-pin-old", None;
    /// The key is named by a bare identifier; there is one key it can mean.
    BareKeyName = "foreign-bare-key-name", None;

    /// Past its own end date.
    Expired = "foreign-expired", Some(Outcome::Expired);
    /// Before its own first day.
    NotYetValid = "foreign-not-yet-valid", Some(Outcome::NotYetValid);
    /// Its issuer has taken it back.
    Revoked = "foreign-revoked", Some(Outcome::Withdrawn);
    /// Its issuer has suspended it.
    Suspended = "foreign-suspended", Some(Outcome::Withdrawn);
    /// It says where its status is kept, and there is no copy of that list here.
    StatusNotHere = "foreign-status-not-here", OPEN;
    /// The list of its status cannot be used: it is changed, not of its time, or somebody else's.
    StatusUnusable = "foreign-status-unusable", OPEN;
    /// It keeps its status in a form that this version does not read.
    StatusNotSupported = "foreign-status-not-supported", OPEN;
    /// The copy of the list is older than the list says it may be kept.
    StatusOld = "foreign-status-old", None;
    /// The list or the place in it is not quite as the specification says; its meaning is plain.
    StatusForm = "foreign-status-form", None;
    /// It does not carry the address that was asked for.
    OtherAddress = "foreign-other-address", UNMET;
    /// It carries an address only as a hash that anybody can make another address fit.
    WeakAddress = "foreign-weak-address", UNMET;
    /// It was issued for anybody to see, and an audience or an answer to a challenge was asked for.
    NotAsAsked = "foreign-not-as-asked", UNMET;
    /// A newer copy may be had from its issuer; none was asked for.
    RefreshNotTried = "foreign-refresh-not-tried", None;
    /// Statements of others about it came along; they were not checked.
    EndorsementsNotChecked = "foreign-endorsements-not-checked", None;
}
