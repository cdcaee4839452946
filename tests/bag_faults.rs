//! The bag: each way in which it can be incomplete, changed or malformed, and the whole list of faults it then gets.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "support/bag.rs"]
mod bag;
#[path = "support/judge.rs"]
mod judge;
#[path = "support/memory_folder.rs"]
mod memory_folder;

use bag::{archive_of, payload, sample};
use judge::{Fault, examined, judged};
use memory_folder::MemoryFolder;
use portfolio::bundle::{ArchiveFault, BUNDLE, BagFault, Input, LineFault, REQUEST, examine, open};
use portfolio::digest::Digest;
use portfolio::path::{PathFault, RelPath};

const REPORT: &str = "data/artifacts/report/report.pdf";

fn path(text: &str) -> RelPath {
    RelPath::parse(text).unwrap()
}

/// The sample, unpacked without its top folder.
fn unpacked() -> MemoryFolder {
    let archive = sample();
    let opened = open(Input::Archive(&archive)).unwrap();
    let files = opened.entries().iter();
    let files =
        files.map(|entry| (entry.path.to_string(), opened.read(&entry.path, 1 << 20).unwrap())).collect();
    MemoryFolder { files, others: Vec::new() }
}

/// Spoils the sample and gives every fault that is then found.
fn faults(spoil: impl FnOnce(&mut MemoryFolder)) -> Vec<BagFault> {
    let mut folder = unpacked();
    spoil(&mut folder);
    examined(Input::Folder(&folder)).unwrap().faults
}

/// What a changed tag file adds: the tag manifest's own complaint.
fn tag_changed(folder: &MemoryFolder, name: &str) -> BagFault {
    let (listed, found) = (Digest::of(&unpacked().files[name]), Digest::of(&folder.files[name]));
    BagFault::TagChanged { path: path(name), listed, found }
}

#[test]
fn an_unpacked_bundle_is_read_like_the_archive() {
    let archive = judged(&sample()).unwrap();
    let folder = unpacked();
    assert_eq!(examined(Input::Folder(&folder)).unwrap(), archive);
    assert_eq!(archive.manifest_digest, Some(Digest::of(&folder.files["manifest-sha256.txt"])));
    let info: Vec<_> = archive.info.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
    assert_eq!(
        info,
        [
            ("Portfolio-Format", "1"),
            ("Payload-Oxum", "1211.4"),
            ("Bagging-Date", "2026-07-24"),
            ("External-Description", "Sample"),
        ]
    );
}

#[test]
fn a_file_that_changed_is_named_with_both_digests() {
    let listed = Digest::of(&payload()[0].1);
    let found = Digest::of(&vec![7; 1200]);
    let changed = BagFault::Changed { path: path(REPORT), listed, found };
    assert!(changed.is_changed() && !changed.is_form() && !changed.is_missing());
    assert_eq!(faults(|folder| folder.edit(REPORT, |bytes| bytes.fill(7))), [changed]);
    // In an archive the same change also breaks the CRC, which is no news then.
    let mut archive = sample();
    let at = archive.windows(4).position(|w| w == [0x2b, 1, 0, 0]).unwrap();
    archive[at] ^= 1;
    let Err(Fault::Bag(faults)) = judged(&archive) else { panic!() };
    assert!(matches!(&faults[..], [BagFault::Changed { path: changed, .. }] if *changed == path(REPORT)));
}

#[test]
fn complete_in_both_directions() {
    let missing = BagFault::MissingFile { path: path(REPORT) };
    assert!(missing.is_missing());
    let oxum = BagFault::OxumDisagrees { listed: "1211.4".to_owned(), found: "11.3".to_owned() };
    assert_eq!(faults(|folder| drop(folder.files.remove(REPORT))), [oxum, missing]);
    let unlisted = BagFault::UnlistedFile { path: path("data/more.pdf") };
    assert!(unlisted.is_form());
    let oxum = BagFault::OxumDisagrees { listed: "1211.4".to_owned(), found: "1214.5".to_owned() };
    let add =
        |folder: &mut MemoryFolder| drop(folder.files.insert("data/more.pdf".to_owned(), b"new".to_vec()));
    assert_eq!(faults(add), [oxum, unlisted]);
}

#[test]
fn all_faults_are_found_at_once() {
    let found = faults(|folder| {
        folder.edit(REPORT, |bytes| bytes[0] ^= 1);
        folder.edit("READ-ME-FIRST.txt", |bytes| bytes[0] ^= 1);
        folder.files.remove("data/credentials/sign-off.json");
        folder.files.insert("data/extra".to_owned(), Vec::new());
        folder.files.insert("meta/x.txt".to_owned(), Vec::new());
        folder.files.remove("presentation.json");
    });
    let kinds: Vec<_> = found.iter().map(|fault| fault.to_string()).collect();
    assert_eq!(
        kinds,
        [
            "bag-info.txt lists a payload of \"1211.4\" and it is 1208.4",
            "presentation.json is missing",
            "meta/x.txt does not belong in a bundle",
            "READ-ME-FIRST.txt has changed",
            "data/artifacts/report/report.pdf has changed",
            "data/credentials/sign-off.json is listed and missing",
            "data/extra is there and not listed",
        ]
    );
}

#[test]
fn every_tag_file_is_needed_and_no_other_is_taken() {
    for name in ["READ-ME-FIRST.txt", "bagit.txt", "presentation.json", "tagmanifest-sha256.txt"] {
        let missing = BagFault::MissingTagFile { name: name.to_owned() };
        assert_eq!(faults(|folder| drop(folder.files.remove(name))), [missing]);
    }
    let missing = BagFault::MissingTagFile { name: "bag-info.txt".to_owned() };
    assert_eq!(faults(|folder| drop(folder.files.remove("bag-info.txt"))), [missing]);
    let missing = BagFault::MissingTagFile { name: "manifest-sha256.txt".to_owned() };
    assert_eq!(faults(|folder| drop(folder.files.remove("manifest-sha256.txt"))), [missing]);
    let foreign = |name: &str| BagFault::ForeignManifest { name: name.to_owned() };
    for (name, fault) in [
        ("fetch.txt", BagFault::FetchTxt),
        ("manifest-sha512.txt", foreign("manifest-sha512.txt")),
        ("manifest-md5.txt", foreign("manifest-md5.txt")),
        ("tagmanifest-sha1.txt", foreign("tagmanifest-sha1.txt")),
        ("notes.txt", BagFault::StrayTagFile { path: path("notes.txt") }),
        ("request.json", BagFault::StrayTagFile { path: path("request.json") }),
        ("sub/bagit.txt", BagFault::StrayTagFile { path: path("sub/bagit.txt") }),
    ] {
        assert_eq!(faults(|folder| drop(folder.files.insert(name.to_owned(), Vec::new()))), [fault]);
    }
}

#[test]
fn a_request_differs_in_its_statement_alone() {
    let archive = archive_of(&payload(), REQUEST);
    let opened = open(Input::Archive(&archive)).unwrap();
    let measured = opened.measure(1, &|_| ());
    assert_eq!(examine(&opened, &measured, &REQUEST).faults, []);
    assert_eq!(
        examine(&opened, &measured, &BUNDLE).faults,
        [
            BagFault::MissingTagFile { name: "presentation.json".to_owned() },
            BagFault::StrayTagFile { path: path("request.json") },
            BagFault::BadManifestLine {
                name: "tagmanifest-sha256.txt",
                line: 5,
                fault: LineFault::OutOfPlace("request.json".to_owned()),
            },
            BagFault::TagNotListed { name: "presentation.json".to_owned() },
        ]
    );
}

#[test]
fn a_manifest_line_is_taken_in_one_spelling_only() {
    let digits = Digest::of(&payload()[0].1).hex();
    let cases = [
        (digits.clone(), digits.to_uppercase(), LineFault::NotADigest),
        (format!("{digits}  "), format!("{digits} "), LineFault::NotTwoSpaces),
        (format!("{digits}  "), format!("{digits} *"), LineFault::NotTwoSpaces),
        (REPORT.to_owned(), "data/../bagit.txt".to_owned(), LineFault::BadPath(PathFault::DotPart)),
        (REPORT.to_owned(), "/etc/passwd".to_owned(), LineFault::BadPath(PathFault::Absolute)),
        (REPORT.to_owned(), "bagit.txt".to_owned(), LineFault::OutOfPlace("bagit.txt".to_owned())),
    ];
    for (from, to, fault) in cases {
        let mut folder = unpacked();
        folder.replace("manifest-sha256.txt", &from, &to);
        let expected = [
            tag_changed(&folder, "manifest-sha256.txt"),
            BagFault::BadManifestLine { name: "manifest-sha256.txt", line: 1, fault },
            BagFault::UnlistedFile { path: path(REPORT) },
        ];
        assert_eq!(examined(Input::Folder(&folder)).unwrap().faults, expected);
    }
}

#[test]
fn a_tag_manifest_that_leaves_something_out() {
    let found = faults(|folder| {
        folder.edit("tagmanifest-sha256.txt", |bytes| {
            let start = bytes.windows(8).position(|w| w == b"manifest").unwrap() - 66;
            let end = start + bytes[start..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
            bytes.drain(start..end);
        });
    });
    assert_eq!(found, [BagFault::TagNotListed { name: "manifest-sha256.txt".to_owned() }]);
}

#[test]
fn the_declarations_are_exact() {
    for text in [
        "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n",
        "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
        "",
    ] {
        let mut folder = unpacked();
        folder.edit("bagit.txt", |bytes| *bytes = text.as_bytes().to_vec());
        let expected = [BagFault::BadBagit, tag_changed(&folder, "bagit.txt")];
        assert_eq!(examined(Input::Folder(&folder)).unwrap().faults, expected);
    }
    for (from, to, fault) in [
        ("Portfolio-Format: 1", "Portfolio-Format: one", BagFault::NoFormat),
        ("Portfolio-Format: 1", "Portfolio-Format: 0", BagFault::NoFormat),
        ("Portfolio-Format: 1", "Format: 1", BagFault::NoFormat),
    ] {
        let mut folder = unpacked();
        folder.replace("bag-info.txt", from, to);
        let expected = [fault, tag_changed(&folder, "bag-info.txt")];
        assert_eq!(examined(Input::Folder(&folder)).unwrap().faults, expected);
    }
    let mut folder = unpacked();
    folder.replace("bag-info.txt", "Bagging-Date: ", "Payload-Oxum: ");
    let expected = [
        BagFault::BadInfoLine { line: 3 },
        BagFault::NoFormat,
        BagFault::OxumDisagrees { listed: String::new(), found: "1211.4".to_owned() },
        tag_changed(&folder, "bag-info.txt"),
    ];
    assert_eq!(examined(Input::Folder(&folder)).unwrap().faults, expected);
}

#[test]
fn a_newer_format_is_too_new_and_nothing_else() {
    let newer = |folder: &mut MemoryFolder| {
        folder.replace("bag-info.txt", "Portfolio-Format: 1", "Portfolio-Format: 3");
        folder.files.insert("novelty.txt".to_owned(), Vec::new());
        folder.edit(REPORT, Vec::clear);
    };
    let too_new = BagFault::TooNew { found: 3 };
    assert!(!too_new.is_form() && !too_new.is_changed() && !too_new.is_missing());
    assert_eq!(faults(newer), [too_new]);
}

#[test]
fn litter_is_noted_and_links_are_refused() {
    let mut folder = unpacked();
    for name in [".DS_Store", "data/Thumbs.db", "data/artifacts/desktop.ini", "__MACOSX/._data"] {
        folder.files.insert(name.to_owned(), b"litter".to_vec());
    }
    let opened = open(Input::Folder(&folder)).unwrap();
    assert_eq!(
        opened.litter(),
        [".DS_Store", "__MACOSX/._data", "data/Thumbs.db", "data/artifacts/desktop.ini"]
    );
    assert_eq!(examined(Input::Folder(&folder)).unwrap().faults, []);
    folder.others.push("data/link.pdf".to_owned());
    let fault = ArchiveFault::NotAFile { path: "data/link.pdf".to_owned() };
    assert_eq!(open(Input::Folder(&folder)).err(), Some(fault));
    assert_eq!(open(Input::Folder(&MemoryFolder::default())).err(), Some(ArchiveFault::Empty));
}

#[test]
fn a_folder_around_the_bundle_will_do_and_decomposed_names_too() {
    let inner = unpacked();
    let files = inner.files.iter().map(|(name, bytes)| {
        (format!("alex-rivera/{}", name.replace("été", "e\u{301}te\u{301}")), bytes.clone())
    });
    let mut outer = MemoryFolder { files: files.collect(), others: Vec::new() };
    outer.files.insert(".DS_Store".to_owned(), Vec::new());
    let opened = open(Input::Folder(&outer)).unwrap();
    assert_eq!((opened.top(), opened.entries().len()), ("alex-rivera", 10));
    assert_eq!(examined(Input::Folder(&outer)).unwrap(), examined(Input::Folder(&inner)).unwrap());
    // Something beside it makes it no bundle's folder: everything then counts, and nothing is where it should be.
    outer.files.insert("other.txt".to_owned(), Vec::new());
    assert_eq!(open(Input::Folder(&outer)).unwrap().top(), "");
}

#[test]
fn a_name_in_a_folder_that_is_refused() {
    for (name, fault) in [
        ("data/CON.pdf", PathFault::WindowsDevice("CON".to_owned())),
        ("data/a\u{fffd}b", PathFault::NotUtf8),
        ("data/a\u{202e}b", PathFault::Hidden('\u{202e}')),
    ] {
        let mut folder = unpacked();
        folder.files.insert(name.to_owned(), Vec::new());
        let fault = ArchiveFault::BadName { name: name.to_owned(), fault };
        assert_eq!(open(Input::Folder(&folder)).err(), Some(fault));
    }
    let mut folder = unpacked();
    folder.files.insert("data/Artifacts/x".to_owned(), Vec::new());
    let (one, other) = ("data/Artifacts".to_owned(), "data/artifacts".to_owned());
    assert_eq!(open(Input::Folder(&folder)).err(), Some(ArchiveFault::Clash { one, other }));
}
