//! File names and paths that cannot be bad: a name from outside is text, a safe one is a type of its own.
//!
//! A [`RelPath`] or [`FileName`] can only be made by `parse`, which refuses and never repairs, so holding one
//! means that it can be unpacked on Linux, macOS and Windows without leaving its folder, hiding what it is, or
//! falling on top of another name.

use std::fmt;

mod rules;
mod slug;

pub use slug::Slug;

/// Longest path, in bytes: what every common file system and archive tool still takes below a home folder.
pub const PATH_BYTES: usize = 512;
/// Longest part of a path, in bytes: `NAME_MAX` of the common file systems.
pub const PART_BYTES: usize = 255;
/// Most parts in a path: ours have at most five, and recursion elsewhere must not be a stranger's choice.
pub const DEPTH: usize = 16;

/// Why a name or path is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFault {
    /// Nothing at all.
    #[error("the name is empty")]
    Empty,
    /// The whole path is over [`PATH_BYTES`].
    #[error("the path is {bytes} bytes long, over {PATH_BYTES}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// One part is over [`PART_BYTES`].
    #[error("a name is {bytes} bytes long, over {PART_BYTES}")]
    PartTooLong {
        /// Its length.
        bytes: usize,
    },
    /// More parts than [`DEPTH`].
    #[error("the path is {depth} folders deep, over {DEPTH}")]
    TooDeep {
        /// Number of parts.
        depth: usize,
    },
    /// It begins with `/`.
    #[error("the path is absolute")]
    Absolute,
    /// Two separators meet, or one stands last.
    #[error("the path has an empty part")]
    EmptyPart,
    /// A part is `.` or `..`, or becomes dots alone under NFKC.
    #[error("the path has a part of dots alone")]
    DotPart,
    /// A separator inside one part, plain or by compatibility, such as `U+FF0F`.
    #[error("the name holds U+{:04X}, which some systems read as a folder separator", u32::from(*.0))]
    Separator(char),
    /// A control character, line ends included.
    #[error("the name holds the control character U+{:04X}", u32::from(*.0))]
    Control(char),
    /// A character that shows nothing or turns the text around: bidi controls, zero-width, fillers, unassigned.
    #[error("the name holds the invisible character U+{:04X}", u32::from(*.0))]
    Hidden(char),
    /// One of `% \ : < > | ? * "`, which Windows or a bag tool reads otherwise.
    #[error("the name holds \u{201c}{0}\u{201d}, which not every system takes")]
    Reserved(char),
    /// A device of Windows, also with an extension.
    #[error("\u{201c}{0}\u{201d} is the name of a device on Windows")]
    WindowsDevice(String),
    /// A part ends in a dot or in white space, which Windows drops.
    #[error("a name ends in a dot or a space")]
    TrailingDotOrSpace,
    /// A part begins with white space.
    #[error("a name begins with a space")]
    LeadingSpace,
    /// A part begins with `-` and would be read as an option.
    #[error("a name begins with a dash")]
    LeadingDash,
    /// A part begins with `~`, or holds `~` before a digit as short names on Windows do.
    #[error("a name holds a tilde where systems give it a meaning")]
    Tilde,
    /// A part is `.git` in any case.
    #[error("the path goes into a .git folder")]
    DotGit,
    /// The text is not in Unicode normalisation form C.
    #[error("the name is not in Unicode normalisation form C")]
    NotNormalised,
    /// The bytes are not UTF-8.
    #[error("the name is not UTF-8")]
    NotUtf8,
}

/// One safe name: a file or a folder, no separator in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// Takes a name exactly as it stands, or says why not.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        if text.is_empty() {
            return Err(PathFault::Empty);
        }
        if text.contains('/') {
            return Err(PathFault::Separator('/'));
        }
        rules::check_part(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last dot, if there is a dot and something on both sides of it.
    pub fn extension(&self) -> Option<&str> {
        self.0.rsplit_once('.').filter(|(stem, ext)| !stem.is_empty() && !ext.is_empty()).map(|(_, ext)| ext)
    }
}

/// A safe path below some folder: parts with `/` between, ordered by their bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

impl RelPath {
    /// Takes a path exactly as it stands, or says why not.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        if text.is_empty() {
            return Err(PathFault::Empty);
        }
        if text.starts_with('/') {
            return Err(PathFault::Absolute);
        }
        if text.len() > PATH_BYTES {
            return Err(PathFault::TooLong { bytes: text.len() });
        }
        let mut depth = 0;
        for part in text.split('/') {
            if part.is_empty() {
                return Err(PathFault::EmptyPart);
            }
            rules::check_part(part)?;
            depth += 1;
        }
        if depth > DEPTH {
            return Err(PathFault::TooDeep { depth });
        }
        Ok(Self(text.to_owned()))
    }

    /// Takes the bytes of a path, which must be UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PathFault> {
        Self::parse(std::str::from_utf8(bytes).map_err(|_| PathFault::NotUtf8)?)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts, outermost first.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// Everything before the last part; `None` for a path of one part.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(parent, _)| parent)
    }

    /// This path with one more part; it may become too long or too deep.
    pub fn join(&self, name: &FileName) -> Result<Self, PathFault> {
        Self::parse(&format!("{}/{}", self.0, name.0))
    }

    /// Whether it lies somewhere inside `folder`, which is spelled without a final `/`.
    pub fn is_below(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The key under which two paths clash on a system that ignores case or width: NFKC and full case folding.
    pub fn folded(&self) -> String {
        Self::fold(&self.0)
    }

    /// The text of a path in Unicode normalisation form C, as two disks may spell one name.
    pub fn composed(text: &str) -> String {
        rules::composed(text)
    }

    /// [`RelPath::folded`] for the text of a path, such as a folder's.
    pub fn fold(text: &str) -> String {
        rules::fold(text)
    }
}

impl From<FileName> for RelPath {
    fn from(name: FileName) -> Self {
        Self(name.0)
    }
}

macro_rules! text_type {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = PathFault;

            fn from_str(text: &str) -> Result<Self, PathFault> {
                Self::parse(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }
    };
}

text_type!(FileName);
text_type!(RelPath);
text_type!(Slug);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_paths_stay_as_they_are() {
        for text in [
            "data/files/forecast-report.pdf",
            "READ-ME-FIRST.txt",
            "Zeugnis Müller.pdf",
            "отчёт.pdf",
            "報告（最終）.pdf",
            ".gitignore",
            "a~b",
            "com10.txt",
            "console",
            "été/10…20.csv",
        ] {
            assert_eq!(RelPath::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn each_bad_path_names_its_fault() {
        let long = "x".repeat(PART_BYTES + 1);
        let many = vec!["x"; DEPTH + 1].join("/");
        let wide = vec!["y".repeat(200); 3].join("/");
        let cases = [
            ("", PathFault::Empty),
            ("/etc/passwd", PathFault::Absolute),
            ("a//b", PathFault::EmptyPart),
            ("a/", PathFault::EmptyPart),
            ("a/./b", PathFault::DotPart),
            ("../a", PathFault::DotPart),
            (long.as_str(), PathFault::PartTooLong { bytes: PART_BYTES + 1 }),
            (many.as_str(), PathFault::TooDeep { depth: DEPTH + 1 }),
            (wide.as_str(), PathFault::TooLong { bytes: 602 }),
        ];
        for (text, fault) in cases {
            assert_eq!(RelPath::parse(text), Err(fault), "{text}");
        }
        assert_eq!(RelPath::from_bytes(b"a\xff"), Err(PathFault::NotUtf8));
        assert_eq!(FileName::parse("a/b"), Err(PathFault::Separator('/')));
    }

    #[test]
    fn the_bounds_hold_on_both_sides() {
        assert!(RelPath::parse(&"x".repeat(PART_BYTES)).is_ok());
        assert!(RelPath::parse(&vec!["x"; DEPTH].join("/")).is_ok());
        let full = format!("{}/{}/x", "y".repeat(254), "z".repeat(PATH_BYTES - 257));
        assert_eq!(full.len(), PATH_BYTES);
        assert!(RelPath::parse(&full).is_ok());
        let over = PathFault::TooLong { bytes: PATH_BYTES + 1 };
        assert_eq!(RelPath::parse(&format!("{full}x")), Err(over));
    }

    #[test]
    fn parts_parents_and_folders() {
        let path = RelPath::parse("data/files/a.tar.gz").unwrap();
        assert_eq!(path.parts().collect::<Vec<_>>(), ["data", "files", "a.tar.gz"]);
        assert_eq!((path.file_name(), path.parent()), ("a.tar.gz", Some("data/files")));
        assert!(path.is_below("data") && path.is_below("data/files") && !path.is_below("dat"));
        let joined = path.join(&FileName::parse("b").unwrap()).unwrap();
        assert_eq!(joined.as_str(), "data/files/a.tar.gz/b");
        assert_eq!(FileName::parse("a.tar.gz").unwrap().extension(), Some("gz"));
        assert_eq!(FileName::parse(".profile").unwrap().extension(), None);
    }
}
