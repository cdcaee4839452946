//! The names of everything that `check` can find, each with its weight and a sentence.
//!
//! A name stays for ever; the sentence beside it may change.

/// What a finding does to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckWeight {
    /// It could not be looked at: newer than this program.
    Newer,
    /// It could not be looked at: the disk refused.
    Unread,
    /// The folder contradicts itself or its formats.
    Wrong,
    /// A bundle would tell something that it need not.
    Leak,
    /// A record says something that its document does not.
    Absent,
    /// Worth knowing; nothing is wrong.
    Note,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal, $weight:ident; )+) => {
        /// The name of something that `check` found.
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CheckCode {
            $( $(#[doc = $doc])+ $name, )+
        }

        impl CheckCode {
            /// Every one.
            pub const ALL: &'static [CheckCode] = &[ $( CheckCode::$name, )+ ];

            /// The stable name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( CheckCode::$name => $word, )+ }
            }

            /// What it means, in a sentence or two.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $( CheckCode::$name => concat!($($doc),+).trim_ascii_start(), )+ }
            }

            /// What it does to the answer.
            #[must_use]
            pub fn weight(self) -> CheckWeight {
                match self { $( CheckCode::$name => CheckWeight::$weight, )+ }
            }
        }
    };
}

codes! {
    /// The record is no JSON as this program takes it.
    NotJson = "not-json", Wrong;
    /// The record is not as its schema says.
    NotAsSchema = "not-as-schema", Wrong;
    /// The record contradicts itself.
    Contradiction = "contradiction", Wrong;
    /// The record has a newer format than this program knows, so it was not looked at.
    TooNew = "too-new", Newer;
    /// The disk did not let this program read it.
    NotReadable = "not-readable", Unread;
    /// The record has the line ends of Windows. It reads the same, but some program changes files here.
    RecordLineEnds = "record-line-ends", Note;
    /// A folder lacks the record that says what it holds.
    RecordMissing = "record-missing", Wrong;
    /// Nothing of that name or kind belongs in this place.
    OutOfPlace = "out-of-place", Note;
    /// A file lies in the folder of a record that does not list it.
    NotRecorded = "not-recorded", Note;

    /// A file that a record lists is not there.
    FileMissing = "file-missing", Wrong;
    /// A file has other bytes than the record lists.
    FileChanged = "file-changed", Wrong;
    /// A file differs from its record in its line ends alone: a program for Windows, or git, rewrote them.
    FileLineEnds = "file-line-ends", Wrong;

    /// A record names a placement that is not there.
    NoSuchPlacement = "no-such-placement", Wrong;
    /// A record names a deliverable that the brief does not have.
    NoSuchDeliverable = "no-such-deliverable", Wrong;
    /// A record names a piece of work that is not there.
    NoSuchArtifact = "no-such-artifact", Wrong;
    /// A record names a sign-off that is not there.
    NoSuchSignOff = "no-such-sign-off", Wrong;
    /// A record names something as evidence that is not there.
    NoSuchEvidence = "no-such-evidence", Wrong;

    /// No signature of a sign-off fits what it says: it changed after it was signed.
    SignatureMisfit = "signature-misfit", Wrong;
    /// A sign-off is about another key than the portfolio's.
    OtherSubject = "other-subject", Wrong;
    /// A sign-off answers no request that is here, so no placement shows it.
    SignOffAlone = "sign-off-alone", Note;
    /// A sign-off is about files that are not here any more as they were signed.
    EarlierVersion = "earlier-version", Note;
    /// A sign-off does not hold any more: its last day has passed.
    SignOffEnded = "sign-off-ended", Note;

    /// A frozen brief does not follow the revision before it: one was changed or taken away.
    BriefRewritten = "brief-rewritten", Wrong;
    /// The brief is another than the one that was frozen last.
    BriefDrift = "brief-drift", Note;
    /// A check-in names one before it that is not here as it was: the log was changed.
    CheckpointChain = "checkpoint-chain", Wrong;
    /// The terms of a placement leave a question open.
    TermsUnsettled = "terms-unsettled", Note;
    /// The address that something was captured from does not last any more.
    LinkExpired = "link-expired", Note;

    /// The front matter of a story cannot be read.
    StoryForm = "story-form", Wrong;
    /// A story has more than one line that parts what is public from what is not.
    StoryParted = "story-parted", Wrong;
    /// A line of a story claims a number and names no evidence for it.
    ClaimWithoutEvidence = "claim-without-evidence", Wrong;

    /// A PDF names its author, and it is not the student.
    PdfAuthor = "pdf-author", Leak;
    /// A PDF names the program that made it.
    PdfProgram = "pdf-program", Leak;
    /// An office document names who wrote it or saved it last, and it is not the student.
    DocumentAuthor = "document-author", Leak;
    /// A picture says where it was taken.
    PicturePlace = "picture-place", Leak;
    /// A picture names its camera, its owner or the program that made it.
    PictureOrigin = "picture-origin", Leak;
    /// A file holds a path of somebody's computer.
    PathInText = "path-in-text", Leak;
    /// A file holds an e-mail address.
    EmailInText = "email-in-text", Leak;

    /// The title of a piece of work is not in its PDF.
    TitleNotInPdf = "title-not-in-pdf", Absent;
    /// The student's name, or the organisation's, is not in the PDF.
    NameNotInPdf = "name-not-in-pdf", Absent;
    /// A day that the record names is not in the PDF.
    DateNotInPdf = "date-not-in-pdf", Absent;
    /// A number that the record names is not in the PDF.
    NumberNotInPdf = "number-not-in-pdf", Absent;
    /// The text of a PDF could not be read, so nothing was compared.
    PdfNotRead = "pdf-not-read", Note;
}

#[cfg(test)]
mod tests {
    use super::CheckCode;

    #[test]
    fn every_code_has_one_name_and_a_sentence() {
        let mut names: Vec<&str> = CheckCode::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        for code in CheckCode::ALL {
            assert!(code.explain().ends_with('.'), "{}", code.as_str());
        }
    }
}
