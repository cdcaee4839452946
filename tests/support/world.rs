//! A good world in memory: a student, a mentor who signed, a bundle, a reader who knows the mentor. Break one thing in it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Cursor;

use portfolio::bundle::{BUNDLE, BagToWrite, Input, Threads, open, write_bag};
use portfolio::credential::draft::{self, DraftFacts};
use portfolio::credential::presentation::{self, Presentation};
use portfolio::credential::signoff::{self, Signing};
use portfolio::credential::{Evidence, Item, Mark};
use portfolio::digest::Digest;
use portfolio::json;
use portfolio::path::{FileName, RelPath};
use portfolio::proof::{EddsaJcs2022, Options, Purpose, SecretKey, Signer, Suite, Unsecured, sign};
use portfolio::source::Source;
use portfolio::time::{Date, Timestamp};
use portfolio::verifier::{Clock, Code, Policy, Report, StatusFile, Subject, TrustEntry, TrustList, verify};
use serde_json::{Map, Value};

pub const SIGN_OFF: &str = "data/credentials/acme-forecasting.json";
pub const REPORT: &str = "data/artifacts/forecast-report/forecast-report.pdf";
pub const NOTES: &str = "data/artifacts/hand-over/hand-over.md";
pub const RECORD: &str = "data/artifacts/forecast-report/artifact.json";
pub const EMAIL: &str = "alex@rivera.example";
pub const SIGNED: &str = "2026-07-24T15:02:40Z";
pub const MADE: &str = "2026-07-25T10:00:00Z";
pub const CHECKED: &str = "2026-11-22T13:05:11Z";

/// The confidential file, which the bundle leaves out.
pub const CODE_BYTES: &[u8] = b"PK\x05\x06 code under NDA";

/// How the holder signs the bundle.
pub struct Presenting {
    pub options: Options,
    /// Changes the presentation before it is signed.
    pub before: fn(&mut Value),
    /// Changes it afterwards.
    pub after: fn(&mut Value),
    /// The key that signs, if not the holder's.
    pub seed: Option<u8>,
    /// The digest that is signed, if not the manifest's.
    pub manifest: Option<Digest>,
}

/// Everything that a check depends on.
pub struct World {
    pub student: SecretKey,
    pub mentor: SecretKey,
    /// The payload of the bundle.
    pub files: BTreeMap<String, Vec<u8>>,
    pub presenting: Presenting,
    pub trust: TrustList,
    pub status: Vec<StatusFile>,
    pub at: Timestamp,
    pub clock: Clock,
    pub require_all_files: bool,
    pub accept_unknown_signer: bool,
    pub about: Option<&'static str>,
    pub audience: Option<&'static str>,
    pub challenge: Option<&'static str>,
    pub max_status_age_days: Option<u32>,
}

pub fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

pub fn moment(text: &str) -> Timestamp {
    Timestamp::parse_ours(text).unwrap()
}

pub fn json_bytes(document: &Value) -> Vec<u8> {
    json::pretty(document).into_bytes()
}

/// Signs, in place of whatever signature there is.
pub fn sign_at(document: &mut Value, created: &str, key: &SecretKey) {
    document.as_object_mut().unwrap().shift_remove("proof");
    sign(document, &Options::assertion(moment(created)), &[&EddsaJcs2022], key).unwrap();
}

/// Signs like [`sign_at`], with the signature's own members changed before they are signed.
pub fn sign_as(
    document: &mut Value,
    created: &str,
    key: &SecretKey,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    sign_at(document, created, key);
    let members = document.as_object().unwrap();
    let mut proof = members["proof"][0].as_object().unwrap().clone();
    proof.shift_remove("proofValue");
    change(&mut proof);
    let hash = EddsaJcs2022.hash(&Unsecured::new(members, Vec::new()), &proof).unwrap();
    let signature = bs58::encode(key.sign(&hash).unwrap()).into_string();
    proof.insert("proofValue".to_owned(), format!("z{signature}").into());
    document["proof"] = Value::Array(vec![proof.into()]);
}

impl World {
    pub fn good() -> World {
        let (student, mentor) = (key(1), key(2));
        let mut trust = TrustList::default();
        trust.add(entry(&mentor)).unwrap();
        let files = BTreeMap::from([
            (REPORT.to_owned(), b"%PDF-1.7 forecast report".to_vec()),
            (NOTES.to_owned(), b"# Hand-over\n".to_vec()),
            (RECORD.to_owned(), b"{\"formatVersion\": 1}\n".to_vec()),
        ]);
        let presenting = Presenting {
            options: Options::assertion(moment(MADE)),
            before: |_| (),
            after: |_| (),
            seed: None,
            manifest: None,
        };
        let mut world = World {
            student,
            mentor,
            files,
            presenting,
            trust,
            status: Vec::new(),
            at: moment(CHECKED),
            clock: Clock::Running,
            require_all_files: false,
            accept_unknown_signer: false,
            about: None,
            audience: None,
            challenge: None,
            max_status_age_days: None,
        };
        world.resign(|_| ());
        world
    }

    /// What the student drafts about these files.
    pub fn draft(&self, evidence: &[Evidence]) -> Value {
        let items = [
            item("Forecast report", "error under 12 %", "9.8 %, was 14.2 %"),
            item("Hand-over notes", "another analyst reruns it unaided", "done in 40 min"),
            item("Model code", "", "61 of 64 tests"),
        ];
        let facts = DraftFacts {
            holder: &self.student.public_key().did(),
            name: "Alex Rivera",
            email: EMAIL,
            salt: "c2FsdA",
            title: "Demand forecasting co-lab",
            organisation: "Acme Retail Ltd",
            starts: Some(Date::parse("2026-06-01").unwrap()),
            ends: Some(Date::parse("2026-07-24").unwrap()),
            statement: "I supervised this placement.",
            items: &items,
            evidence,
            created: moment("2026-07-22T09:00:00Z"),
        };
        draft::build(&facts)
    }

    /// The sign-off as the mentor would sign it, about these files.
    pub fn statement(&self, evidence: &[Evidence]) -> Value {
        let drafted = self.draft(evidence);
        let mut claims = draft::read(&drafted).unwrap();
        for (item, mark) in claims.items.iter_mut().zip([Mark::Met, Mark::Met, Mark::PartlyMet]) {
            item.mark = Some(mark);
        }
        signoff::build(
            &drafted,
            &Signing {
                issuer_id: &self.mentor.public_key().did(),
                issuer_name: "Priya Nair, Data Lead, Acme Retail Ltd",
                valid_from: moment(SIGNED),
                valid_until: Some(Date::parse("2029-07-24").unwrap().end()),
                claims: &claims,
            },
        )
    }

    /// The three files as the mentor saw them.
    pub fn evidence(&self) -> Vec<Evidence> {
        let until = Some("confidential until 2027-07-24");
        vec![
            file("forecast-report.pdf", &self.files[REPORT], "application/pdf", "Forecast report", None),
            file("hand-over.md", &self.files[NOTES], "text/markdown", "Hand-over notes", None),
            file("model-code.zip", CODE_BYTES, "application/zip", "Model code", until),
        ]
    }

    /// A sign-off about the files as they are now, changed before the mentor signs it.
    pub fn signed(&self, change: impl FnOnce(&mut Value)) -> Value {
        let mut document = self.statement(&self.evidence());
        change(&mut document);
        sign_at(&mut document, SIGNED, &self.mentor);
        document
    }

    /// Puts such a sign-off into the bundle in place of the one there.
    pub fn resign(&mut self, change: impl FnOnce(&mut Value)) {
        let document = self.signed(change);
        self.put(SIGN_OFF, &document);
    }

    /// Changes the sign-off after it was signed; the holder packs it like that.
    pub fn alter(&mut self, change: impl FnOnce(&mut Value)) {
        let mut document = self.sign_off();
        change(&mut document);
        self.put(SIGN_OFF, &document);
    }

    /// The sign-off that is in the bundle.
    pub fn sign_off(&self) -> Value {
        serde_json::from_slice(&self.files[SIGN_OFF]).unwrap()
    }

    pub fn put(&mut self, path: &str, document: &Value) {
        self.files.insert(path.to_owned(), json_bytes(document));
    }

    /// A notice of a signer, as a file that the reader brings.
    pub fn bring(&mut self, notice: &Value) {
        self.status.push(StatusFile::read("notice.json", &json_bytes(notice)).unwrap());
    }

    /// The bundle's bytes.
    pub fn pack(&self) -> Vec<u8> {
        let bag = BagToWrite {
            top: FileName::parse("alex-rivera").unwrap(),
            info: vec![("Bagging-Date", "2026-07-25".to_owned())],
            payload: self
                .files
                .iter()
                .map(|(path, bytes)| (RelPath::parse(path).unwrap(), bytes as &dyn Source))
                .collect(),
            read_me: "Read me first.\n",
            profile: BUNDLE,
        };
        let mut out = Cursor::new(Vec::new());
        let mut statement = |digest| Ok::<_, Infallible>(json_bytes(&self.presentation(digest)));
        write_bag(&mut out, &bag, &mut statement).unwrap();
        out.into_inner()
    }

    fn presentation(&self, manifest: Digest) -> Value {
        let mut document = presentation::build(&Presentation {
            holder: self.student.public_key().did(),
            name: "Alex Rivera".to_owned(),
            created: moment(MADE),
            manifest_digest: self.presenting.manifest.unwrap_or(manifest),
        });
        (self.presenting.before)(&mut document);
        let other = self.presenting.seed.map(key);
        let signer: &dyn Signer = other.as_ref().unwrap_or(&self.student);
        sign(&mut document, &self.presenting.options, &[&EddsaJcs2022], signer).unwrap();
        (self.presenting.after)(&mut document);
        document
    }

    /// Every file of the bundle with its path in the archive, in order.
    pub fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let archive = self.pack();
        let opened = open(Input::Archive(&archive)).unwrap();
        let whole = |path: &RelPath| opened.read(path, u64::MAX).unwrap();
        opened
            .entries()
            .iter()
            .map(|entry| (format!("alex-rivera/{}", entry.path), whole(&entry.path)))
            .collect()
    }

    pub fn policy(&self) -> Policy<'_> {
        Policy {
            clock: self.clock,
            status: &self.status,
            require_all_files: self.require_all_files,
            accept_unknown_signer: self.accept_unknown_signer,
            about: self.about,
            audience: self.audience,
            challenge: self.challenge,
            max_status_age_days: self.max_status_age_days,
            threads: Threads::Exactly(2),
            ..Policy::new(self.at, &self.trust)
        }
    }

    /// Packs and checks.
    pub fn report(&self) -> Report {
        self.report_on(&self.pack())
    }

    /// Checks these bytes as a bundle.
    #[allow(clippy::ptr_arg, reason = "a source of bytes has a known size, and a slice has none")]
    pub fn report_on(&self, archive: &Vec<u8>) -> Report {
        verify("alex-rivera.zip", Subject::Bundle(Input::Archive(archive)), &self.policy())
    }

    /// Checks these bytes as a lone sign-off.
    pub fn report_on_sign_off(&self, bytes: &[u8]) -> Report {
        verify("sign-off.json", Subject::Credential(bytes), &self.policy())
    }
}

pub fn entry(signer: &SecretKey) -> TrustEntry {
    TrustEntry {
        key: signer.public_key(),
        name: "Priya Nair, Acme Retail Ltd".to_owned(),
        organisation: None,
        added: Date::parse("2026-11-22").unwrap(),
        basis: "phoned the Acme switchboard".to_owned(),
        not_after: None,
        may_vouch: false,
    }
}

/// An authentication by the holder, addressed to somebody.
pub fn addressed(domain: Option<&str>, challenge: Option<&str>) -> Options {
    Options {
        created: moment(MADE),
        purpose: Purpose::Authentication,
        domain: domain.map(str::to_owned),
        challenge: challenge.map(str::to_owned),
    }
}

/// The names of everything found, each once, in order.
pub fn codes(report: &Report) -> Vec<Code> {
    let mut codes: Vec<Code> = report.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn item(title: &str, asked: &str, result: &str) -> Item {
    Item { title: title.into(), asked: asked.into(), result: Some(result.into()), mark: None }
}

pub fn file(name: &str, bytes: &[u8], media_type: &str, item: &str, audience: Option<&str>) -> Evidence {
    Evidence {
        name: name.into(),
        digest: Digest::of(bytes),
        media_type: media_type.into(),
        genre: "document".into(),
        audience: audience.map(Into::into),
        item: Some(item.into()),
    }
}
