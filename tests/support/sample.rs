//! Sample bundles made with the library alone: every name, key, file and date chosen by the test.

use std::io::Cursor;

use portfolio::bundle::{BUNDLE, BagToWrite, Profile, REQUEST, write_bag};
use portfolio::credential::draft::{self, Background};
use portfolio::credential::key_notice::{self, KeyEvent, KeyNotice};
use portfolio::credential::presentation::{self, Presentation};
use portfolio::credential::request::{self, Person, Records, RequestFacts};
use portfolio::credential::{Evidence, Item, Mark, Skill, course};
use portfolio::digest::Digest;
use portfolio::issuer::{self, Marking};
use portfolio::json;
use portfolio::path::{FileName, RelPath};
use portfolio::proof::{self, EddsaJcs2022, Options, SecretKey, Signer};
use portfolio::source::Source;
use portfolio::time::{Date, Timestamp};

/// What goes into a sample sign-off and the bundle around it.
#[derive(Clone)]
pub struct Sample {
    pub student: u8,
    pub mentor: u8,
    pub name: String,
    pub email: String,
    pub title: String,
    pub organisation: String,
    pub signer: String,
    pub statement: String,
    pub signed: Timestamp,
    pub until: Option<Date>,
    pub files: Vec<SampleFile>,
    /// Files beside the artifacts that nobody signed for.
    pub strays: Vec<(String, Vec<u8>)>,
    /// Whether role, hours, skills, a frozen brief and a check-in are signed too.
    pub with_background: bool,
}

/// One file that is signed for.
#[derive(Clone)]
pub struct SampleFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub genre: &'static str,
    pub audience: Option<&'static str>,
    /// The deliverable it belongs to.
    pub item: &'static str,
    /// Whether the bundle carries it.
    pub packed: bool,
}

impl SampleFile {
    pub fn new(name: &str, media_type: &'static str, genre: &'static str) -> SampleFile {
        SampleFile {
            name: name.to_owned(),
            bytes: format!("the bytes of {name}\n").into_bytes(),
            media_type,
            genre,
            audience: None,
            item: "Forecast report",
            packed: true,
        }
    }

    /// For another deliverable.
    pub fn of(self, item: &'static str) -> SampleFile {
        SampleFile { item, ..self }
    }

    /// Left out of the bundle, with the signer's leave.
    pub fn confidential(self) -> SampleFile {
        SampleFile { audience: Some("confidential until 2027-07-24"), packed: false, ..self }
    }
}

impl Sample {
    /// Alex Rivera's bundle of the transcripts: three files signed for, one of them withheld.
    pub fn alex() -> Sample {
        Sample {
            student: 1,
            mentor: 2,
            name: "Alex Rivera".to_owned(),
            email: "alex@rivera.example".to_owned(),
            title: "Demand forecasting co-lab".to_owned(),
            organisation: "Acme Retail Ltd".to_owned(),
            signer: "Priya Nair, Data Lead, Acme Retail Ltd".to_owned(),
            statement: "I supervised this placement. Alex Rivera delivered the items listed, and I marked \
                        each one against the brief as shown."
                .to_owned(),
            signed: Timestamp::parse_ours("2026-07-24T15:02:40Z").unwrap(),
            until: Some(Date::parse("2029-07-24").unwrap()),
            files: vec![
                SampleFile::new("forecast-report.pdf", "application/pdf", "report"),
                SampleFile::new("hand-over.md", "text/markdown", "source").of("Hand-over notes"),
                SampleFile::new("model-code.zip", "application/zip", "attachment")
                    .of("Model code")
                    .confidential(),
            ],
            strays: Vec::new(),
            with_background: false,
        }
    }

    /// The key that presents the bundle.
    pub fn student_key(&self) -> SecretKey {
        SecretKey::from_seed(&[self.student; 32])
    }

    /// The key that signs.
    pub fn mentor_key(&self) -> SecretKey {
        SecretKey::from_seed(&[self.mentor; 32])
    }

    /// What is shown for the key that signs.
    pub fn fingerprint(&self) -> String {
        self.mentor_key().public_key().fingerprint()
    }

    /// What its owner reads out on the phone.
    pub fn words(&self) -> String {
        self.mentor_key().public_key().words().join(" ")
    }

    /// The signed sign-off, byte for byte as an answer file.
    pub fn sign_off(&self) -> Vec<u8> {
        let request = request::read(&self.request_document(Digest::of(b"manifest"))).unwrap();
        let marking = Marking {
            marks: vec![Mark::Met, Mark::Met, Mark::PartlyMet],
            signer_name: self.signer.clone(),
            statement: None,
            results: Vec::new(),
            good_until: self.until,
            at: self.signed,
        };
        let key = self.mentor_key();
        issuer::propose(&request, &marking, &key.public_key()).unwrap().sign(&key).unwrap()
    }

    /// What the student asks, without a signature.
    fn request_document(&self, manifest_digest: Digest) -> serde_json::Value {
        let holder = self.student_key().public_key().did();
        let evidence = |file: &SampleFile| Evidence {
            name: file.name.clone(),
            digest: Digest::of(&file.bytes),
            media_type: file.media_type.into(),
            genre: file.genre.into(),
            audience: file.audience.map(str::to_owned),
            item: Some(file.item.into()),
        };
        let facts = draft::DraftFacts {
            holder: &holder,
            name: &self.name,
            email: &self.email,
            salt: "c2FsdA",
            title: &self.title,
            organisation: &self.organisation,
            starts: Date::parse("2026-06-01").ok(),
            ends: Date::parse("2026-07-24").ok(),
            statement: &self.statement,
            items: &self.items(),
            evidence: &self.files.iter().map(evidence).collect::<Vec<_>>(),
            created: self.signed,
        };
        let (brief, check_in) = (self.brief(), self.check_in());
        let course =
            course::of_records(std::slice::from_ref(&brief), std::slice::from_ref(&check_in)).unwrap();
        let skill = |name: &str, url: Option<&str>| Skill { name: name.into(), url: url.map(Into::into) };
        let skills = [
            skill(
                "data analysis",
                Some("http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f"),
            ),
            skill("SQL", None),
        ];
        let background = match self.with_background {
            true => Background {
                role: Some("data analyst intern"),
                hours: Some(240),
                skills: &skills,
                course: Some(&course),
            },
            false => Background::default(),
        };
        let records = match self.with_background {
            true => Records { briefs: &[brief], checkpoints: &[check_in] },
            false => Records::default(),
        };
        let draft = draft::build_with(&facts, &background);
        let facts = RequestFacts {
            created: self.signed,
            from: &Person { name: self.name.clone(), email: Some(self.email.clone()) },
            holder: &holder,
            asked: &Person { name: "Priya Nair".into(), email: Some("priya.nair@acme.example".into()) },
            message: None,
            manifest_digest,
            draft: &draft,
        };
        request::build_with(&facts, records)
    }

    fn brief(&self) -> serde_json::Value {
        let deliverable = |item: Item| serde_json::json!({ "title": item.title, "acceptedWhen": item.asked });
        let deliverables: Vec<_> = self.items().into_iter().map(deliverable).collect();
        serde_json::json!({ "formatVersion": 1, "revision": 1, "frozen": "2026-06-01T09:00:00Z",
                            "deliverables": deliverables })
    }

    fn check_in(&self) -> serde_json::Value {
        serde_json::json!({ "formatVersion": 1, "date": "2026-06-03", "minutes": 45, "who": [self.signer] })
    }

    fn items(&self) -> Vec<Item> {
        let asked = [
            ("Forecast report", "error under 12 % on the held-out month", "9.8 %, was 14.2 %"),
            ("Hand-over notes", "another analyst reruns it unaided", "done in 40 min"),
            ("Model code", "it passes the team's test suite", "61 of 64 tests"),
        ];
        let item = |(title, asked, result): (&str, &str, &str)| Item {
            title: title.into(),
            asked: asked.into(),
            result: Some(result.into()),
            mark: None,
        };
        asked.into_iter().map(item).collect()
    }

    /// The request that is sent to the mentor.
    pub fn request(&self) -> Vec<u8> {
        let key = self.student_key();
        let files = self.files.iter().map(|file| (format!("data/files/{}", file.name), file.bytes.clone()));
        bag("acme-forecasting-for-priya-nair", REQUEST, &files.collect::<Vec<_>>(), &|manifest_digest| {
            let mut document = self.request_document(manifest_digest);
            proof::sign(&mut document, &Options::assertion(self.signed), &[&EddsaJcs2022], &key).unwrap();
            document
        })
    }

    /// A withdrawal of the sign-off by its signer.
    pub fn withdrawal(&self, reason: &str, at: &str) -> Vec<u8> {
        let document = json::parse(&self.sign_off(), &json::OURS).unwrap();
        let at = Timestamp::parse_ours(at).unwrap();
        let reason = Some(reason).filter(|reason| !reason.is_empty());
        issuer::withdraw(&document, reason, None, at, &self.mentor_key()).unwrap()
    }

    /// A withdrawal that names the sign-off of `newer` in this one's place.
    pub fn replacement(&self, newer: &Sample, at: &str) -> Vec<u8> {
        let document = json::parse(&self.sign_off(), &json::OURS).unwrap();
        let newer = json::parse(&newer.sign_off(), &json::OURS).unwrap();
        let at = Timestamp::parse_ours(at).unwrap();
        issuer::withdraw(&document, None, newer["id"].as_str(), at, &self.mentor_key()).unwrap()
    }

    /// The signer's own report that the key is lost.
    pub fn key_lost(&self, since: &str) -> Vec<u8> {
        let since = Timestamp::parse_ours(since).unwrap();
        let key = self.mentor_key();
        let event = KeyEvent::Lost { since };
        let mut document =
            key_notice::build(&KeyNotice { key: key.public_key().did(), event, created: since });
        proof::sign(&mut document, &Options::assertion(since), &[&EddsaJcs2022], &key).unwrap();
        json::pretty(&document).into_bytes()
    }

    /// The bundle.
    pub fn bundle(&self) -> Vec<u8> {
        bundle_of(self, &[self.sign_off()])
    }
}

/// A bundle of the sample's files with these sign-offs in it.
pub fn bundle_of(sample: &Sample, sign_offs: &[Vec<u8>]) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> = sample.strays.clone();
    for (index, sign_off) in sign_offs.iter().enumerate() {
        files.push((format!("data/credentials/sign-off-{}.json", index + 1), sign_off.clone()));
    }
    for file in sample.files.iter().filter(|file| file.packed) {
        files.push((format!("data/artifacts/work/{}", file.name), file.bytes.clone()));
    }
    let key = sample.student_key();
    bag("alex-rivera", BUNDLE, &files, &|manifest_digest| {
        let mut document = presentation::build(&Presentation {
            holder: key.public_key().did(),
            name: sample.name.clone(),
            created: sample.signed,
            manifest_digest,
        });
        proof::sign(&mut document, &Options::assertion(sample.signed), &[&EddsaJcs2022], &key).unwrap();
        document
    })
}

fn bag(
    top: &str,
    profile: Profile,
    files: &[(String, Vec<u8>)],
    statement: &dyn Fn(Digest) -> serde_json::Value,
) -> Vec<u8> {
    let payload = files.iter().map(|(path, bytes)| (RelPath::parse(path).unwrap(), bytes as &dyn Source));
    let bag = BagToWrite {
        top: FileName::parse(top).unwrap(),
        info: Vec::new(),
        payload: payload.collect(),
        read_me: "Look at it with: portfolio show\n",
        profile,
    };
    let mut out = Cursor::new(Vec::new());
    let mut made = |digest| Ok::<_, std::convert::Infallible>(json::pretty(&statement(digest)).into_bytes());
    write_bag(&mut out, &bag, &mut made).unwrap();
    out.into_inner()
}
