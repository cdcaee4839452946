//! Names in an archive: each bad one by its fault, and names that fall together.

use portfolio::bundle::ArchiveFault;
use portfolio::path::PathFault;

use crate::{PDF, said};

fn renamed(name: &[u8]) -> Result<(), ArchiveFault> {
    said(|sheet| sheet.entries[PDF].rename(name))
}

#[test]
fn a_name_that_is_refused() {
    let deep = format!("alex-rivera/{}", vec!["d"; 17].join("/"));
    let long_part = format!("alex-rivera/data/{}", "n".repeat(256));
    let long = format!("alex-rivera/data/{}", vec!["n".repeat(200); 3].join("/"));
    let cases: Vec<(&[u8], PathFault)> = vec![
        (b"/etc/passwd", PathFault::Absolute),
        (b"../evil.pdf", PathFault::DotPart),
        (b"alex-rivera/../evil.pdf", PathFault::DotPart),
        (b"alex-rivera/data/./x", PathFault::DotPart),
        (b"alex-rivera//x", PathFault::EmptyPart),
        (b"alex-rivera/data//x", PathFault::EmptyPart),
        (b"alex-rivera/data\\x.pdf", PathFault::Reserved('\\')),
        (b"alex-rivera/data/C:x.pdf", PathFault::Reserved(':')),
        (b"C:/data/x", PathFault::Reserved(':')),
        (b"alex-rivera/data/x.pdf:stream", PathFault::Reserved(':')),
        (b"alex-rivera/data/50%25", PathFault::Reserved('%')),
        (b"alex-rivera/data/what?.pdf", PathFault::Reserved('?')),
        (b"alex-rivera/data/a\nb", PathFault::Control('\n')),
        (b"alex-rivera/data/a\0b", PathFault::Control('\0')),
        (b"alex-rivera/data/a\x1b[31m", PathFault::Control('\u{1b}')),
        (b"alex-rivera/data/a\xe2\x80\xaefdp.exe", PathFault::Hidden('\u{202e}')),
        (b"alex-rivera/data/a\xe2\x80\x8bb", PathFault::Hidden('\u{200b}')),
        (b"alex-rivera/data/CON", PathFault::WindowsDevice("CON".to_owned())),
        (b"alex-rivera/data/nul.pdf", PathFault::WindowsDevice("nul".to_owned())),
        (b"alex-rivera/lpt1/x.pdf", PathFault::WindowsDevice("lpt1".to_owned())),
        (b"alex-rivera/data/x.", PathFault::TrailingDotOrSpace),
        (b"alex-rivera/data/x ", PathFault::TrailingDotOrSpace),
        (b"alex-rivera/data/ x", PathFault::LeadingSpace),
        (b"alex-rivera/data/-x", PathFault::LeadingDash),
        (b"alex-rivera/~/x", PathFault::Tilde),
        (b"alex-rivera/.git/hooks", PathFault::DotGit),
        (b"alex-rivera/data/REPORT~1.PDF", PathFault::Tilde),
        (b"alex-rivera/data/e\xcc\x81t\xc3\xa9.csv", PathFault::NotNormalised),
        (b"alex-rivera/data/\xff.pdf", PathFault::NotUtf8),
        (b"alex-rivera/data/\xc0\xaf", PathFault::NotUtf8),
        (b"alex-rivera/data/\xed\xa0\x80", PathFault::NotUtf8),
        (b"alex-rivera/data/a\xef\xbc\x8fb", PathFault::Separator('\u{ff0f}')),
        (b"", PathFault::Empty),
        (deep.as_bytes(), PathFault::TooDeep { depth: 17 }),
        (long_part.as_bytes(), PathFault::PartTooLong { bytes: 256 }),
        (long.as_bytes(), PathFault::TooLong { bytes: 607 }),
    ];
    for (name, fault) in cases {
        let name_text = String::from_utf8_lossy(name).into_owned();
        assert_eq!(renamed(name), Err(ArchiveFault::BadName { name: name_text, fault }));
    }
}

#[test]
fn a_name_whose_encoding_is_not_declared() {
    let path = "alex-rivera/data/artifacts/report/été.csv".to_owned();
    let field = "general purpose bit flag";
    let fault = ArchiveFault::ForeignHeader { path, field, found: 0, expected: 0x800 };
    assert_eq!(said(|sheet| sheet.entries[PDF + 1].both(|header| header.flags = 0)), Err(fault));
}

#[test]
fn names_that_are_one_on_some_system() {
    let clash =
        |one: &str, other: &str| Err(ArchiveFault::Clash { one: one.to_owned(), other: other.to_owned() });
    assert_eq!(
        renamed("alex-rivera/data/artifacts/report/ÉTÉ.csv".as_bytes()),
        clash("data/artifacts/report/ÉTÉ.csv", "data/artifacts/report/été.csv")
    );
    assert_eq!(
        renamed("alex-rivera/data/artifacts/report/ｅ\u{301}té.csv".as_bytes()),
        clash("data/artifacts/report/ｅ\u{301}té.csv", "data/artifacts/report/été.csv")
    );
    assert_eq!(renamed(b"alex-rivera/data/Artifacts/x"), clash("data/Artifacts", "data/artifacts"));
    assert_eq!(renamed(b"alex-rivera/data/credentials"), clash("data/credentials", "data/credentials"));
}

#[test]
fn one_top_folder_and_files_only() {
    let folder = |name: &str| Err(ArchiveFault::FolderEntry { path: name.to_owned() });
    assert_eq!(renamed(b"alex-rivera/"), folder("alex-rivera/"));
    assert_eq!(renamed(b"alex-rivera/data/"), folder("alex-rivera/data/"));
    assert_eq!(renamed(b"loose.pdf"), Err(ArchiveFault::NoTopFolder { path: "loose.pdf".to_owned() }));
    let (one, other) = ("alex-rivera".to_owned(), "__MACOSX".to_owned());
    assert_eq!(renamed(b"__MACOSX/._report.pdf"), Err(ArchiveFault::ManyTopFolders { one, other }));
    let (one, other) = ("alex-rivera".to_owned(), "Alex-Rivera".to_owned());
    assert_eq!(renamed(b"Alex-Rivera/data/x"), Err(ArchiveFault::ManyTopFolders { one, other }));
}
