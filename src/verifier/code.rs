//! The names of everything that a check can find, each with its step, its weight and a sentence.
//!
//! Errors are about cryptography and form, warnings about signers, status and dates, notes about neither: the
//! division of the VCALM verification response. A code keeps its name for ever; the words beside it may change.

use std::borrow::Cow;

use super::outcome::{Failure, Unread};
use super::step::Step;

/// What a finding does to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// The whole fails, for this reason.
    Fails(Failure),
    /// Nothing can be checked, for this reason.
    Unread(Unread),
    /// Signer, status or dates: the step that found it has judged it.
    Warns,
    /// Worth saying, changes nothing.
    Notes,
}

/// How a finding is sorted in the report envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Listed under `errors`.
    Error,
    /// Listed under `warnings`.
    Warning,
    /// Listed under `warnings`, after them.
    Note,
}

const CHANGED: Weight = Weight::Fails(Failure::Hash);
const MISFIT: Weight = Weight::Fails(Failure::Signature);
const FORM: Weight = Weight::Fails(Failure::Format);
const UNMET: Weight = Weight::Fails(Failure::Constraints);
const DAMAGED: Weight = Weight::Unread(Unread::Damaged);
const TOO_NEW: Weight = Weight::Unread(Unread::TooNew);
const NOTHING: Weight = Weight::Unread(Unread::NothingToCheck);
const WARNS: Weight = Weight::Warns;
const NOTES: Weight = Weight::Notes;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal, $step:ident, $weight:ident; )+) => {
        /// The name of a finding.
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( $(#[doc = $doc])+ $name, )+
        }

        impl Code {
            /// Every code, in the order of the steps.
            pub const ALL: &'static [Code] = &[ $( Code::$name, )+ ];

            /// The stable name, as in the report envelope.
            pub fn as_str(self) -> &'static str {
                match self { $( Code::$name => $word, )+ }
            }

            /// What it means, in a sentence or two.
            pub fn explain(self) -> &'static str {
                match self { $( Code::$name => concat!($($doc),+).trim_ascii_start(), )+ }
            }

            /// The step that finds it.
            pub fn step(self) -> Step {
                match self { $( Code::$name => Step::$step, )+ }
            }

            /// What it does to the answer.
            pub fn weight(self) -> Weight {
                match self { $( Code::$name => $weight, )+ }
            }
        }
    };
}

codes! {
    /// Neither an archive, a folder nor a record: there is nothing here that carries a signature.
    NotABundle = "not-a-bundle", Opened, NOTHING;
    /// The bytes could not be read from where they are.
    SourceUnreadable = "source-unreadable", Opened, DAMAGED;
    /// The archive ends too early, or goes on after its own end.
    ArchiveTruncated = "archive-truncated", Opened, DAMAGED;
    /// An ordinary program packed it again; the files may be as they were, but it is not the archive that was made.
    ArchiveRepacked = "archive-repacked", Opened, DAMAGED;
    /// Bytes of the archive belong to no entry or to two, or its two lists of entries disagree.
    ArchiveFrame = "archive-frame", Opened, DAMAGED;
    /// The archive uses what the profile leaves out: compression, encryption, comments, zip64, extra fields, links.
    ArchiveFeature = "archive-feature", Opened, DAMAGED;
    /// The name of an entry is not a safe path.
    ArchiveName = "archive-name", Opened, DAMAGED;
    /// Two entries have names that some system takes for one.
    ArchiveNameClash = "archive-name-clash", Opened, DAMAGED;
    /// More entries or more bytes than the bounds allow.
    ArchiveTooLarge = "archive-too-large", Opened, DAMAGED;
    /// Not exactly one folder at the top.
    ArchiveTopFolder = "archive-top-folder", Opened, DAMAGED;
    /// Made by a newer version of the format: not checked, which is neither good nor bad.
    TooNew = "too-new", Opened, TOO_NEW;
    /// The operating system left its own files beside the bundle's; they are ignored.
    FolderLitter = "folder-litter", Opened, NOTES;

    /// A file that the bag lists is not in it.
    FileAbsent = "file-absent", Complete, CHANGED;
    /// A file is in the bag that no list names.
    FileUnlisted = "file-unlisted", Complete, CHANGED;
    /// One of the bag's own files is not in it.
    TagFileAbsent = "tag-file-absent", Complete, FORM;
    /// One of the bag's own files breaks the rules of RFC 8493 or of the profile.
    BagForm = "bag-form", Complete, FORM;

    /// A file differs from the digest that the bag lists.
    FileChanged = "file-changed", Intact, CHANGED;
    /// One of the bag's own files differs from the digest that the bag lists.
    TagFileChanged = "tag-file-changed", Intact, CHANGED;
    /// A file agrees with its listed digest and not with the archive's own checksum.
    ChecksumDisagrees = "checksum-disagrees", Intact, CHANGED;

    /// The holder's presentation is not JSON as our formats allow it.
    PresentationJson = "presentation-json", Presented, FORM;
    /// The holder's presentation breaks the rules of its format.
    PresentationForm = "presentation-form", Presented, FORM;
    /// The holder's presentation carries no signature.
    PresentationUnsigned = "presentation-unsigned", Presented, MISFIT;
    /// The holder's signature does not fit the presentation.
    PresentationMisfit = "presentation-misfit", Presented, MISFIT;
    /// The presentation is signed, but not by the holder that it names.
    PresentationByAnother = "presentation-by-another", Presented, MISFIT;
    /// The presentation is signed in a way that this version does not know, so it was not checked.
    PresentationNotSupported = "presentation-not-supported", Presented, TOO_NEW;
    /// The holder signed another list of files than the one here.
    PresentationOfOther = "presentation-of-other-files", Presented, CHANGED;
    /// The bundle was made for another audience than the one asked for.
    OtherAudience = "other-audience", Presented, UNMET;
    /// The bundle does not answer the challenge that was asked for.
    OtherChallenge = "other-challenge", Presented, UNMET;
    /// The bundle names an audience, and none was asked for.
    AudienceNamed = "audience-named", Presented, NOTES;
    /// The presentation is older than a sign-off in it.
    PresentedBeforeSigned = "presented-before-signed", Presented, WARNS;
    /// The holder's signature is past its own end date.
    PresentationEnded = "presentation-ended", Presented, WARNS;
    /// The holder's key was reported lost by its owner.
    HolderKeyLost = "holder-key-lost", Presented, WARNS;

    /// A request is not JSON as our formats allow it.
    RequestJson = "request-json", Presented, FORM;
    /// A request breaks the rules of its format, or asks for something that this version does not know.
    RequestForm = "request-form", Presented, FORM;
    /// A request is not signed by whoever it says asks.
    RequestMisfit = "request-misfit", Presented, MISFIT;
    /// Whoever asks signed another list of files than the one here.
    RequestOfOther = "request-of-other-files", Presented, CHANGED;
    /// The draft names another file than the one here, or one that is not here, or leaves one out.
    RequestFiles = "request-files", Presented, CHANGED;

    /// A sign-off is not JSON as our formats allow it.
    CredentialJson = "credential-json", Conforming, FORM;
    /// A sign-off breaks the rules of its format.
    CredentialForm = "credential-form", Conforming, FORM;
    /// A record of a kind that this version does not know, so it was not checked.
    CredentialNotSupported = "credential-not-supported", Conforming, TOO_NEW;
    /// A sign-off carries signed members that this version does not know and does not show.
    MembersNotShown = "members-not-shown", Conforming, NOTES;
    /// More sign-offs, or more bytes of them, than the bounds allow.
    TooManyCredentials = "too-many-credentials", Conforming, FORM;
    /// The same sign-off is here more than once; it counts once.
    CredentialRepeated = "credential-repeated", Conforming, NOTES;
    /// Two different sign-offs carry one id.
    CredentialIdReused = "credential-id-reused", Conforming, WARNS;
    /// A sign-off is about another key than the holder's.
    AboutAnother = "about-another", Conforming, UNMET;
    /// A sign-off is about an earlier key of the holder, and a notice signed by both keys says so.
    AboutEarlierKey = "about-earlier-key", Conforming, NOTES;
    /// A sign-off does not carry the address that was asked for.
    OtherAddress = "other-address", Conforming, UNMET;
    /// The signer and the subject are one key: a statement about oneself, never counted as a sign-off.
    SelfSigned = "self-signed", Conforming, WARNS;
    /// The holder's record of a deposit is missing or cannot be read, or it does not agree with what is here.
    DepositRecord = "deposit-record", Conforming, WARNS;
    /// The record of a deposit is of a newer version than this program reads, so it was not read.
    DepositTooNew = "deposit-too-new", Conforming, TOO_NEW;
    /// A credential inside a deposit is there, but not in the one way that counts, so it was not taken out.
    DepositUnreadable = "deposit-unreadable", Conforming, DAMAGED;
    /// Keys or a list that came beside a deposit cannot be used.
    DepositBeside = "deposit-beside", Conforming, WARNS;
    /// A deposit with nothing signed in it: it is what it is, and no check says more.
    DepositNotSigned = "deposit-not-signed", Conforming, NOTES;
    /// A deposit in a form that can be signed or encrypted and is not read here: nothing is known of it, good or bad.
    DepositNotRead = "deposit-not-read", Conforming, NOTES;
    /// A deposit is the same credential as another one or as a sign-off here; it counts once.
    DepositRepeated = "deposit-repeated", Conforming, NOTES;
    /// More deposits, or more bytes of them, than the bounds allow.
    TooManyDeposits = "too-many-deposits", Conforming, FORM;
    /// No sign-off is here.
    NothingToCheck = "nothing-to-check", Conforming, NOTHING;

    /// A sign-off carries no signature.
    ProofMissing = "proof-missing", Authentic, MISFIT;
    /// A signature does not fit the sign-off.
    ProofMisfit = "proof-misfit", Authentic, MISFIT;
    /// A sign-off is signed by another key than the one it names as its signer.
    ProofByAnother = "proof-by-another", Authentic, MISFIT;
    /// The key named is no key that can be believed: weak, badly spelled, or of a kind not read here.
    ProofKey = "proof-key", Authentic, MISFIT;
    /// The signature was made for another purpose.
    ProofPurpose = "proof-purpose", Authentic, MISFIT;
    /// The signature's own members break the rules of Data Integrity.
    ProofForm = "proof-form", Authentic, MISFIT;
    /// A signature is of a kind that this version does not know, beside one that fits.
    ProofNotSupported = "proof-not-supported", Authentic, NOTES;
    /// It is a statement under an SSH signature and not a badge: it marks nothing and does not say when it was signed.
    SignedStatement = "signed-statement", Authentic, NOTES;
    /// Every signature is of a kind that this version does not know, so the sign-off was not checked.
    ProofsNotSupported = "proofs-not-supported", Authentic, TOO_NEW;

    /// A file differs from the one that was signed.
    EvidenceDiffers = "evidence-differs", Evidence, CHANGED;
    /// A file that was signed for is not here, and the signed statement does not allow leaving it out.
    EvidenceMissing = "evidence-missing", Evidence, WARNS;
    /// A file was left out, as the signed statement allows.
    EvidenceWithheld = "evidence-withheld", Evidence, NOTES;
    /// A file was left out as the signed statement allows, and all files were asked for.
    EvidenceRequired = "evidence-required", Evidence, WARNS;
    /// A signed file is here under another name than the signer saw.
    EvidenceRenamed = "evidence-renamed", Evidence, WARNS;
    /// The holder's own record says that the file here is a later version of the one signed.
    EarlierVersion = "earlier-version", Evidence, WARNS;
    /// A sign-off names no file.
    SignsNoFile = "signs-no-file", Evidence, NOTES;
    /// A file that no sign-off covers.
    NotSigned = "not-signed", Evidence, NOTES;

    /// The key is not on the trust list.
    SignerUnknown = "signer-unknown", Trust, WARNS;
    /// The key is on the trust list, but only for sign-offs made earlier.
    TrustEnded = "trust-ended", Trust, WARNS;
    /// A signer on the trust list, who may vouch for others, says whose key it is.
    Vouched = "vouched-for", Trust, NOTES;
    /// A voucher for the key has ended, or has not begun.
    VoucherNotInTime = "voucher-not-in-time", Trust, WARNS;
    /// A voucher for the key was withdrawn by whoever vouched.
    VoucherWithdrawn = "voucher-withdrawn", Trust, WARNS;
    /// A voucher for the key is by somebody whom the reader does not let vouch.
    VoucherNotHeeded = "voucher-not-heeded", Trust, NOTES;
    /// A voucher in the bundle cannot be read or its signature does not fit; it was not heeded.
    VoucherIgnored = "voucher-ignored", Trust, WARNS;

    /// This computer's clock is not set, so dates cannot be judged.
    ClockUnusable = "clock-unusable", Time, WARNS;
    /// A sign-off was signed before the day from which it holds, by its signer's own dates.
    SignedBeforeStart = "signed-before-start", Time, NOTES;
    /// A sign-off says that it was signed more than a day from now.
    SignedInFuture = "signed-in-future", Time, WARNS;
    /// Past its own end date.
    Expired = "expired", Time, WARNS;
    /// Before its own first day.
    NotYetValid = "not-yet-valid", Time, WARNS;

    /// Withdrawn by the key that signed it.
    Withdrawn = "withdrawn", Status, WARNS;
    /// Replaced by the key that signed it.
    Superseded = "superseded", Status, WARNS;
    /// The key was reported lost by its owner.
    KeyLost = "key-lost", Status, WARNS;
    /// The signer has moved to another key since.
    KeySucceeded = "key-succeeded", Status, NOTES;
    /// The newest word on whether it was withdrawn is older than was asked for.
    StatusTooOld = "status-too-old", Status, WARNS;
    /// A sign-off says where its status is kept, in a form that this version does not read.
    StatusNotSupported = "status-not-supported", Status, WARNS;
    /// A notice in the bundle cannot be read or its signature does not fit; it was not heeded.
    NoticeIgnored = "notice-ignored", Status, WARNS;
}

impl Code {
    /// How a finding with this name is sorted in the report envelope.
    pub fn severity(self) -> Severity {
        match self.weight() {
            Weight::Fails(_) | Weight::Unread(Unread::Damaged | Unread::NothingToCheck) => Severity::Error,
            Weight::Unread(Unread::TooNew) | Weight::Warns => Severity::Warning,
            Weight::Notes => Severity::Note,
        }
    }

    /// The `type` of its problem object (RFC 9457): the W3C's address where VC 2.0 section 7.3 has one, else a
    /// tag of our own.
    pub fn problem_type(self) -> Cow<'static, str> {
        match self {
            Code::PresentationJson | Code::RequestJson | Code::CredentialJson => PARSING_ERROR.into(),
            Code::PresentationForm | Code::RequestForm | Code::CredentialForm | Code::ProofForm => {
                MALFORMED_VALUE_ERROR.into()
            }
            Code::StatusNotSupported => STATUS_RETRIEVAL_ERROR.into(),
            _ if matches!(self.weight(), Weight::Fails(Failure::Hash | Failure::Signature)) => {
                CRYPTOGRAPHIC_SECURITY_ERROR.into()
            }
            other => format!("tag:portfolio,2026:{}", other.as_str()).into(),
        }
    }
}

const PARSING_ERROR: &str = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
const MALFORMED_VALUE_ERROR: &str = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
const CRYPTOGRAPHIC_SECURITY_ERROR: &str = "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
const STATUS_RETRIEVAL_ERROR: &str = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_kebab_case_and_used_once() {
        let mut seen = BTreeSet::new();
        for code in Code::ALL {
            let name = code.as_str();
            assert!(name.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase()), "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
    }

    #[test]
    fn each_is_explained_in_whole_sentences() {
        for code in Code::ALL {
            let text = code.explain();
            assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{}: {text}", code.as_str());
        }
    }

    #[test]
    fn codes_stand_in_the_order_of_the_steps() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.step()));
    }

    #[test]
    fn the_w3c_addresses_are_used_where_they_exist() {
        assert!(Code::FileChanged.problem_type().ends_with("#CRYPTOGRAPHIC_SECURITY_ERROR"));
        assert!(Code::CredentialJson.problem_type().ends_with("#PARSING_ERROR"));
        assert!(Code::CredentialForm.problem_type().ends_with("#MALFORMED_VALUE_ERROR"));
        assert_eq!(Code::SignerUnknown.problem_type(), "tag:portfolio,2026:signer-unknown");
    }
}
