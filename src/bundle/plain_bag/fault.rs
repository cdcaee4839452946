//! What can be amiss with a bag, what cannot be checked about it, and what is allowed and better otherwise.

/// Something wrong: the bag is not complete, or not as its lists have it, or no bag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BagFault {
    /// No `bagit.txt`.
    #[error("bagit.txt is not here")]
    NoDeclaration,
    /// `bagit.txt` is not the two lines that it must be.
    #[error("line {line} of bagit.txt is not as it must be")]
    BadDeclaration {
        /// Which line, from 1.
        line: usize,
    },
    /// No list of the files below `data/`.
    #[error("no list of the files below data/ is here")]
    NoManifest,
    /// A list that is no text in the encoding that `bagit.txt` declares.
    #[error("{list} is not text in the encoding that bagit.txt declares")]
    NotText {
        /// Which list.
        list: String,
    },
    /// A line that is none of a list.
    #[error("line {line} of {list} is not as it must be")]
    BadLine {
        /// Which list.
        list: String,
        /// Which line, from 1.
        line: usize,
    },
    /// A listed path that would lead out of the bag, or to where the list has no say.
    #[error("{list} names {path}, which is not where it may look")]
    OutOfBag {
        /// Which list.
        list: String,
        /// The path as it stands there.
        path: String,
    },
    /// One path twice in one list, with one digest or with two.
    #[error("{list} names {path} twice")]
    Repeated {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// A listed file that is not here.
    #[error("{path} is not here, and {list} names it")]
    Missing {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// A file below `data/` that a list does not name.
    #[error("{path} is here, and {list} does not name it")]
    Unlisted {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// A file with another digest than the listed one.
    #[error("{path} is not the file that {list} names")]
    Changed {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// `Payload-Oxum` counts otherwise.
    #[error("bag-info.txt counts {told}, and {found} is here")]
    Oxum {
        /// What it says.
        told: String,
        /// Bytes, a dot, files.
        found: String,
    },
    /// A link, a device or the like.
    #[error("{path} is not an ordinary file")]
    NotAFile {
        /// Where.
        path: String,
    },
}

/// Something that cannot be checked here: neither good nor bad.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BagDoubt {
    /// An encoding that is not read here.
    #[error("its lists are written in {name}, which is not read here")]
    Encoding {
        /// As declared.
        name: String,
    },
    /// A digest that is not computed here.
    #[error("{list} is in a digest that is not computed here")]
    Digest {
        /// Which list.
        list: String,
    },
    /// A file that would have to be fetched.
    #[error("{path} is not here: fetch.txt says to get it from the network")]
    ToFetch {
        /// Which file.
        path: String,
    },
    /// A file of the bag's own that is longer than is read.
    #[error("{path} is longer than is read here")]
    TooLarge {
        /// Which file.
        path: String,
    },
}

/// Something that is allowed, and that other tools or other disks may stumble over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BagOddity {
    /// A path that begins with `./`, or has a `*` before it as md5sum writes.
    #[error("{list} spells paths as other tools do")]
    Spelling {
        /// Which list.
        list: String,
    },
    /// One path twice in one list with one digest, before version 1.0.
    #[error("{list} names {path} twice, with one digest")]
    Repeated {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// Two paths that some disks take for one.
    #[error("{list} names {path} and another that some disks take for the same")]
    Clash {
        /// Which list.
        list: String,
        /// The path.
        path: String,
    },
    /// No list of the bag's own files, which is allowed.
    #[error("no list covers the bag's own files")]
    NoTagList,
    /// A file beside `data/` that no list covers.
    #[error("{path} is in no list, so nothing is known about it")]
    NotListed {
        /// Which file.
        path: String,
    },
}

impl BagFault {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            BagFault::NoDeclaration => "bag-no-declaration",
            BagFault::BadDeclaration { .. } => "bag-declaration",
            BagFault::NoManifest => "bag-no-list",
            BagFault::NotText { .. } => "bag-not-text",
            BagFault::BadLine { .. } => "bag-line",
            BagFault::OutOfBag { .. } => "bag-path",
            BagFault::Repeated { .. } => "bag-listed-twice",
            BagFault::Missing { .. } => "bag-file-absent",
            BagFault::Unlisted { .. } => "bag-file-unlisted",
            BagFault::Changed { .. } => "bag-file-changed",
            BagFault::Oxum { .. } => "bag-count",
            BagFault::NotAFile { .. } => "bag-not-a-file",
        }
    }
}

impl BagDoubt {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            BagDoubt::Encoding { .. } => "bag-encoding-not-read",
            BagDoubt::Digest { .. } => "bag-digest-not-computed",
            BagDoubt::ToFetch { .. } => "bag-to-fetch",
            BagDoubt::TooLarge { .. } => "bag-file-too-large",
        }
    }
}

impl BagOddity {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            BagOddity::Spelling { .. } => "bag-spelling",
            BagOddity::Repeated { .. } => "bag-listed-again",
            BagOddity::Clash { .. } => "bag-name-clash",
            BagOddity::NoTagList => "bag-no-tag-list",
            BagOddity::NotListed { .. } => "bag-file-not-covered",
        }
    }
}
