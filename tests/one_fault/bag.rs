//! Faults of the archive, the folder and the bag: what happens to a bundle on its way.

use std::io;

use portfolio::bundle::Input;
use portfolio::digest::Digest;
use portfolio::source::Source;
use portfolio::verifier::{Code, Outcome, Report, Subject, verify};

use super::memory_folder::MemoryFolder;
use super::sheet::Sheet;
use super::world::{NOTES, REPORT, SIGN_OFF, World};
use super::{CHANGED, Case, DAMAGED, FORM, NOTHING, TOO_NEW, swap_in};

pub const CASES: &[Case] = &[
    Case {
        fault: "a picture instead of a bundle",
        codes: &[Code::NotABundle],
        outcome: NOTHING,
        exit: 1,
        check: |world| {
            world.report_on(&b"\xff\xd8\xff\xe0 JFIF, forty bytes of a picture of a sheet".to_vec())
        },
    },
    Case {
        fault: "a picture given as a sign-off",
        codes: &[Code::NotABundle],
        outcome: NOTHING,
        exit: 1,
        check: |world| world.report_on_sign_off(b"\xff\xd8\xff\xe0 JFIF"),
    },
    Case {
        fault: "cut off half way",
        codes: &[Code::ArchiveTruncated],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            let mut archive = world.pack();
            archive.truncate(archive.len() / 2);
            world.report_on(&archive)
        },
    },
    Case {
        fault: "bytes put behind the end",
        codes: &[Code::ArchiveTruncated],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            let mut archive = world.pack();
            archive.extend(b"\n");
            world.report_on(&archive)
        },
    },
    Case {
        fault: "packed again by another program",
        codes: &[Code::ArchiveRepacked],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            rewritten(world, |sheet| {
                for entry in &mut sheet.entries {
                    entry
                        .both(|header| (header.made_by, header.time, header.date) = (0x031e, 0x7a51, 0x5cf8));
                }
            })
        },
    },
    Case {
        fault: "a gap between two entries",
        codes: &[Code::ArchiveFrame],
        outcome: DAMAGED,
        exit: 7,
        check: |world| rewritten(world, |sheet| sheet.entries[1].before = b"hidden".to_vec()),
    },
    Case {
        fault: "one entry compressed",
        codes: &[Code::ArchiveFeature],
        outcome: DAMAGED,
        exit: 7,
        check: |world| rewritten(world, |sheet| sheet.entries[3].both(|header| header.method = 8)),
    },
    Case {
        fault: "a name that leads out of the folder",
        codes: &[Code::ArchiveName],
        outcome: DAMAGED,
        exit: 7,
        check: |world| rewritten(world, |sheet| sheet.entries[3].rename(b"alex-rivera/data/../../x")),
    },
    Case {
        fault: "two names that differ in case alone",
        codes: &[Code::ArchiveNameClash],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            world.files.insert("data/stories/b.md".into(), b"1".to_vec());
            world.files.insert("data/stories/c.md".into(), b"2".to_vec());
            rewritten(world, |sheet| {
                let at = sheet.entries.iter().position(|e| e.local.name.ends_with(b"stories/b.md")).unwrap();
                sheet.entries[at].rename(b"alex-rivera/data/stories/C.md");
            })
        },
    },
    Case {
        fault: "more entries than the bound",
        codes: &[Code::ArchiveTooLarge],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            let files: Vec<(String, Vec<u8>)> =
                (0..10_001).map(|number| (format!("alex-rivera/data/{number:05}"), Vec::new())).collect();
            world.report_on(&Sheet::new(&files).build())
        },
    },
    Case {
        fault: "two folders at the top",
        codes: &[Code::ArchiveTopFolder],
        outcome: DAMAGED,
        exit: 7,
        check: |world| rewritten(world, |sheet| sheet.entries[0].rename(b"alex/READ-ME-FIRST.txt")),
    },
    Case {
        fault: "a disk that fails in the middle of a file",
        codes: &[Code::SourceUnreadable],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            let archive = world.pack();
            let pdf = &world.files[REPORT];
            let from = archive.windows(pdf.len()).position(|bytes| bytes == pdf).unwrap() as u64;
            let failing = Failing { archive, from, to: from + pdf.len() as u64 };
            verify("b.zip", Subject::Bundle(Input::Archive(&failing)), &world.policy())
        },
    },
    Case {
        fault: "a newer format",
        codes: &[Code::TooNew],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            let report = edited(world, |files| {
                replace(files, "bag-info.txt", "Portfolio-Format: 1", "Portfolio-Format: 3");
            });
            assert_eq!(report.format_found, Some(3));
            report
        },
    },
    Case {
        fault: "unpacked on a Mac and looked at in Finder",
        codes: &[Code::FolderLitter],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut files: std::collections::BTreeMap<_, _> = world.entries().into_iter().collect();
            files.insert("alex-rivera/.DS_Store".into(), b"\0\0\0\x01Bud1".to_vec());
            let folder = MemoryFolder { files, others: Vec::new() };
            verify("alex-rivera", Subject::Bundle(Input::Folder(&folder)), &world.policy())
        },
    },
    Case {
        fault: "a listed file taken out",
        codes: &[Code::FileAbsent, Code::BagForm, Code::EvidenceMissing],
        outcome: CHANGED,
        exit: 1,
        check: |world| edited(world, |files| files.retain(|(path, _)| !path.ends_with("hand-over.md"))),
    },
    Case {
        fault: "a file slipped in",
        codes: &[Code::FileUnlisted, Code::BagForm, Code::NotSigned],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            edited(world, |files| {
                files.push(("alex-rivera/data/artifacts/cv.pdf".into(), b"%PDF-1.7 cv".to_vec()));
                files.sort();
            })
        },
    },
    Case {
        fault: "the presentation taken out",
        codes: &[Code::TagFileAbsent],
        outcome: FORM,
        exit: 1,
        check: |world| edited(world, |files| files.retain(|(path, _)| !path.ends_with("presentation.json"))),
    },
    Case {
        fault: "no payload size in bag-info.txt, and the tag manifest made to fit",
        codes: &[Code::BagForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            edited(world, |files| {
                swap_in(files, "bag-info.txt", b"Portfolio-Format: 1\n".to_vec());
            })
        },
    },
    Case {
        fault: "one letter of the PDF",
        codes: &[Code::FileChanged, Code::EvidenceDiffers],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            let report = edited(world, |files| replace(files, "forecast-report.pdf", "forecast", "Forecast"));
            let differs =
                report.findings.iter().find(|finding| finding.code == Code::EvidenceDiffers).unwrap();
            assert_eq!(differs.about.as_deref(), Some("forecast-report.pdf"));
            let (signed, here) = differs.compared.unwrap();
            assert_eq!(signed, Digest::of(&world.files[REPORT]));
            assert_eq!(here, Digest::of(b"%PDF-1.7 Forecast report"));
            report
        },
    },
    Case {
        fault: "one letter of the sign-off",
        codes: &[Code::FileChanged, Code::ProofMisfit],
        outcome: CHANGED,
        exit: 1,
        check: |world| edited(world, |files| replace(files, SIGN_OFF, "14.2 %", "94.2 %")),
    },
    Case {
        fault: "one letter of the read-me",
        codes: &[Code::TagFileChanged],
        outcome: CHANGED,
        exit: 1,
        check: |world| edited(world, |files| replace(files, "READ-ME-FIRST.txt", "Read", "read")),
    },
    Case {
        fault: "a checksum of the archive itself",
        codes: &[Code::ChecksumDisagrees],
        outcome: CHANGED,
        exit: 1,
        check: |world| {
            rewritten(world, |sheet| {
                let at = sheet.entries.iter().position(|e| e.local.name.ends_with(NOTES.as_bytes())).unwrap();
                sheet.entries[at].both(|header| header.crc ^= 1);
            })
        },
    },
];

/// Packs the good files through a sheet with one change.
fn rewritten(world: &World, change: fn(&mut Sheet)) -> Report {
    let mut sheet = Sheet::new(&world.entries());
    change(&mut sheet);
    world.report_on(&sheet.build())
}

/// Edits the finished bundle's files and packs them as a bundle is packed.
fn edited(world: &World, change: fn(&mut Vec<(String, Vec<u8>)>)) -> Report {
    let mut files = world.entries();
    change(&mut files);
    world.report_on(&Sheet::new(&files).build())
}

fn replace(files: &mut [(String, Vec<u8>)], name: &str, from: &str, to: &str) {
    let (path, bytes) = files.iter_mut().find(|(path, _)| path.ends_with(name)).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

/// An archive of which one part cannot be read.
struct Failing {
    archive: Vec<u8>,
    from: u64,
    to: u64,
}

impl Source for Failing {
    fn len(&self) -> u64 {
        Source::len(&self.archive)
    }

    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        if offset < self.to && offset + buffer.len() as u64 > self.from {
            return Err(io::Error::other("the disk failed"));
        }
        self.archive.read_exact_at(offset, buffer)
    }
}
