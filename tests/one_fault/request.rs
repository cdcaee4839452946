//! Requests with one fault: what a mentor's program must refuse before anything is shown.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io::Cursor;

use portfolio::bundle::{BagToWrite, Input, REQUEST, write_bag};
use portfolio::credential::Evidence;
use portfolio::credential::draft::{self, DraftFacts};
use portfolio::credential::request::{self, Person, RequestFacts};
use portfolio::digest::Digest;
use portfolio::path::{FileName, RelPath};
use portfolio::proof::Signer;
use portfolio::source::Source;
use portfolio::verifier::Code;
use portfolio::verifier::request::check;
use serde_json::{Value, json};

use super::sheet::Sheet;
use super::world::{file, json_bytes, key, moment, sign_at};

const ASKED: &str = "2026-07-22T09:00:00Z";

/// One request with one fault.
pub struct RequestCase {
    pub fault: &'static str,
    /// Every name that is found.
    pub codes: &'static [Code],
    pub spoil: fn(&mut Asking),
}

pub const CASES: &[RequestCase] = &[
    RequestCase {
        fault: "a number with a fraction",
        codes: &[Code::RequestJson],
        spoil: |asking| asking.after = |document| document["score"] = json!(1.5),
    },
    RequestCase {
        fault: "a ready hash to sign",
        codes: &[Code::RequestForm],
        spoil: |asking| asking.before = |document| document["hashToSign"] = json!("00ff"),
    },
    RequestCase {
        fault: "a draft that brings its own issuer and dates",
        codes: &[Code::RequestForm],
        spoil: |asking| {
            asking.before = |document| document["draft"]["validFrom"] = json!("1990-01-01T00:00:00Z")
        },
    },
    RequestCase {
        fault: "a draft about a third person",
        codes: &[Code::RequestForm],
        spoil: |asking| {
            asking.before = |document| {
                document["draft"]["credentialSubject"]["id"] = json!(key(7).public_key().did());
            };
        },
    },
    RequestCase {
        fault: "a newer format",
        codes: &[Code::TooNew],
        spoil: |asking| asking.before = |document| document["formatVersion"] = json!(2),
    },
    RequestCase {
        fault: "not signed",
        codes: &[Code::RequestMisfit],
        spoil: |asking| asking.after = |document| document["proof"] = json!([]),
    },
    RequestCase {
        fault: "signed by another key than the asker's",
        codes: &[Code::RequestMisfit],
        spoil: |asking| asking.seed = 9,
    },
    RequestCase {
        fault: "a result changed after it was signed",
        codes: &[Code::RequestMisfit],
        spoil: |asking| asking.after = |document| document["message"] = json!("Please sign."),
    },
    RequestCase {
        fault: "signed for another list of files",
        codes: &[Code::RequestOfOther],
        spoil: |asking| asking.manifest = Some(Digest::of(b"another manifest")),
    },
    RequestCase {
        fault: "a draft with the digest of another file",
        codes: &[Code::RequestFiles],
        spoil: |asking| asking.evidence[0].digest = Digest::of(b"%PDF-1.7 what you did not see"),
    },
    RequestCase {
        fault: "a draft that names a file that is not here",
        codes: &[Code::RequestFiles],
        spoil: |asking| asking.evidence.push(file("more.pdf", b"more", "application/pdf", "Report", None)),
    },
    RequestCase {
        fault: "a file that the draft does not name",
        codes: &[Code::RequestFiles],
        spoil: |asking| asking.files.push(("data/files/extra.pdf", b"%PDF-1.7 extra".to_vec())),
    },
    RequestCase {
        fault: "a statement to sign with SSH that is not the draft's",
        codes: &[Code::RequestFiles],
        spoil: |asking| asking.files.push(("data/statement.txt", b"I owe you ten euros.\n".to_vec())),
    },
    RequestCase {
        fault: "the signed name on other bytes",
        codes: &[Code::RequestFiles],
        spoil: |asking| asking.evidence[0].name = "thesis.pdf".to_owned(),
    },
    RequestCase {
        fault: "a file altered on the way",
        codes: &[Code::FileChanged, Code::RequestFiles],
        spoil: |asking| {
            asking.on_the_way = |sheet| {
                let entry = sheet.entries.iter_mut().find(|e| e.local.name.ends_with(b"report.pdf")).unwrap();
                entry.data[9] ^= 1;
                let crc = crc32fast::hash(&entry.data);
                entry.both(|header| header.crc = crc);
            };
        },
    },
];

/// A student who asks, and what is spoiled.
pub struct Asking {
    files: Vec<(&'static str, Vec<u8>)>,
    evidence: Vec<Evidence>,
    before: fn(&mut Value),
    after: fn(&mut Value),
    seed: u8,
    manifest: Option<Digest>,
    on_the_way: fn(&mut Sheet),
}

impl Asking {
    fn good() -> Asking {
        let report = b"%PDF-1.7 forecast report".to_vec();
        let until = Some("confidential until 2027-07-24");
        Asking {
            evidence: vec![
                file("report.pdf", &report, "application/pdf", "Report", None),
                file("code.zip", b"PK code", "application/zip", "Code", until),
            ],
            files: vec![("data/files/report.pdf", report), ("data/files/code.zip", b"PK code".to_vec())],
            before: |_| (),
            after: |_| (),
            seed: 1,
            manifest: None,
            on_the_way: |_| (),
        }
    }

    fn document(&self, manifest_digest: Digest) -> Value {
        let holder = key(1).public_key().did();
        let drafted = draft::build(&DraftFacts {
            holder: &holder,
            name: "Alex Rivera",
            email: "alex@rivera.example",
            salt: "c2FsdA",
            title: "Demand forecasting co-lab",
            organisation: "Acme Retail Ltd",
            starts: None,
            ends: None,
            statement: "I supervised this placement.",
            items: &["Report", "Code"].map(|title| portfolio::credential::Item {
                title: title.to_owned(),
                asked: "it works".to_owned(),
                result: None,
                mark: None,
            }),
            evidence: &self.evidence,
            created: moment(ASKED),
        });
        let person = |name: &str| Person { name: name.to_owned(), email: None };
        let mut document = request::build(&RequestFacts {
            created: moment(ASKED),
            from: &person("Alex Rivera"),
            holder: &holder,
            asked: &person("Priya Nair"),
            message: None,
            manifest_digest: self.manifest.unwrap_or(manifest_digest),
            draft: &drafted,
        });
        (self.before)(&mut document);
        sign_at(&mut document, ASKED, &key(self.seed));
        (self.after)(&mut document);
        document
    }

    fn pack(&self) -> Vec<u8> {
        let bag = BagToWrite {
            top: FileName::parse("request").unwrap(),
            info: Vec::new(),
            payload: self
                .files
                .iter()
                .map(|(path, bytes)| (RelPath::parse(path).unwrap(), bytes as &dyn Source))
                .collect(),
            read_me: "Read me first.\n",
            profile: REQUEST,
        };
        let mut out = Cursor::new(Vec::new());
        write_bag(&mut out, &bag, &mut |digest| Ok::<_, Infallible>(json_bytes(&self.document(digest))))
            .unwrap();
        let archive = out.into_inner();
        let opened = portfolio::bundle::open(Input::Archive(&archive)).unwrap();
        let files: Vec<(String, Vec<u8>)> = opened
            .entries()
            .iter()
            .map(|entry| (format!("request/{}", entry.path), opened.read(&entry.path, u64::MAX).unwrap()))
            .collect();
        let mut sheet = Sheet::new(&files);
        (self.on_the_way)(&mut sheet);
        sheet.build()
    }
}

#[test]
fn a_good_request_gives_what_is_asked_and_the_measured_files() {
    let archive = Asking::good().pack();
    let checked = check(Input::Archive(&archive), 1, &|_| ()).unwrap();
    assert_eq!(checked.request().asked.name, "Priya Nair");
    let files: Vec<_> =
        checked.files().iter().map(|file| (file.path.as_str(), file.len, file.evidence.digest)).collect();
    let digest = Digest::of;
    assert_eq!(
        files,
        [
            ("data/files/report.pdf", 24, digest(b"%PDF-1.7 forecast report")),
            ("data/files/code.zip", 7, digest(b"PK code"))
        ]
    );
}

#[test]
fn each_fault_of_a_request_is_found_by_its_name() {
    for case in CASES {
        let mut asking = Asking::good();
        (case.spoil)(&mut asking);
        let findings = check(Input::Archive(&asking.pack()), 1, &|_| ()).unwrap_err();
        let found: BTreeSet<Code> = findings.iter().map(|finding| finding.code).collect();
        let expected: BTreeSet<Code> = case.codes.iter().copied().collect();
        assert_eq!(found, expected, "{}: {findings:?}", case.fault);
    }
}

#[test]
fn a_bundle_is_no_request() {
    let archive = super::World::good().pack();
    let findings = check(Input::Archive(&archive), 1, &|_| ()).unwrap_err();
    assert!(findings.iter().any(|finding| finding.code == Code::TagFileAbsent), "{findings:?}");
}
