//! Bundles made with the library alone, by keys that everybody knows, so that a test can say exactly what was signed.

use std::io::{Cursor, Seek, Write};

use portfolio::bundle::{self, BagToWrite};
use portfolio::credential::claims::{Evidence, Item, Mark};
use portfolio::credential::draft::{self, DraftFacts};
use portfolio::credential::presentation::{self, Presentation};
use portfolio::credential::signoff::{self, Signing};
use portfolio::digest::Digest;
use portfolio::path::{FileName, RelPath};
use portfolio::proof::{self, EddsaJcs2022, EddsaRdfc2022, Options, SecretKey, Signer, Suite};
use portfolio::source::Source;
use portfolio::time::{Date, Timestamp};
use serde_json::Value;

/// The student's key.
pub fn student() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

/// The mentor's key.
pub fn mentor() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

pub fn moment(text: &str) -> Timestamp {
    Timestamp::parse_ours(text).unwrap()
}

/// One file of the work.
#[derive(Clone)]
pub struct Work {
    pub name: String,
    pub bytes: Vec<u8>,
    pub audience: Option<String>,
}

/// A file as a sign-off names it.
pub struct Signed<'a> {
    pub name: &'a str,
    pub digest: Digest,
    pub audience: Option<&'a str>,
}

impl Work {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Work {
        Work { name: name.to_owned(), bytes: bytes.into(), audience: None }
    }

    pub fn confidential(self) -> Work {
        Work { audience: Some("confidential until 2027-07-24".to_owned()), ..self }
    }
}

/// A sign-off for these works, without proof: `title` tells one from another.
pub fn unsigned(title: &str, works: &[Work], until: Option<&str>) -> Value {
    let named = works.iter().map(|Work { name, bytes, audience }| {
        let (digest, audience) = (Digest::of(bytes), audience.as_deref());
        Signed { name, digest, audience }
    });
    unsigned_for(title, &named.collect::<Vec<_>>(), until)
}

/// The same, for files that are named and not held.
pub fn unsigned_for(title: &str, files: &[Signed<'_>], until: Option<&str>) -> Value {
    let evidence: Vec<Evidence> = files
        .iter()
        .map(|file| Evidence {
            name: file.name.to_owned(),
            digest: file.digest,
            media_type: "application/pdf".to_owned(),
            genre: "report".to_owned(),
            audience: file.audience.map(str::to_owned),
            item: Some("Report".to_owned()),
        })
        .collect();
    let item =
        |mark| Item { title: "Report".to_owned(), asked: "it is there".to_owned(), result: None, mark };
    let draft = draft::build(&DraftFacts {
        holder: &student().public_key().did(),
        name: "Alex Rivera",
        email: "alex@rivera.example",
        salt: "c2FsdA",
        title,
        organisation: "Acme Retail Ltd",
        starts: Some(Date::parse("2026-06-01").unwrap()),
        ends: Some(Date::parse("2026-07-24").unwrap()),
        statement: &draft::STATEMENT.replace("{name}", "Alex Rivera"),
        items: &[item(None)],
        evidence: &evidence,
        created: moment("2026-07-22T09:00:00Z"),
    });
    let mut claims = draft::read(&draft).unwrap();
    claims.items[0].mark = Some(Mark::Met);
    signoff::build(
        &draft,
        &Signing {
            issuer_id: &mentor().public_key().did(),
            issuer_name: "Priya Nair, Data Lead, Acme Retail Ltd",
            valid_from: moment("2026-07-24T15:02:40Z"),
            valid_until: until.map(|day| Date::parse(day).unwrap().end()),
            claims: &claims,
        },
    )
}

/// The document with a proof by `key`.
pub fn signed(document: Value, key: &SecretKey) -> Value {
    signed_by(document, key, &[&EddsaJcs2022])
}

/// The document with both proofs, as `sign` makes them.
pub fn signed_twice(document: Value, key: &SecretKey) -> Value {
    signed_by(document, key, &[&EddsaRdfc2022, &EddsaJcs2022])
}

fn signed_by(mut document: Value, key: &SecretKey, suites: &[&dyn Suite]) -> Value {
    proof::sign(&mut document, &Options::assertion(moment("2026-07-24T15:02:40Z")), suites, key).unwrap();
    document
}

/// A bundle of these sign-offs and files, presented by `holder`. `present` may alter the presentation before it is
/// signed.
pub fn bundle(
    sign_offs: &[Value],
    works: &[Work],
    holder: &SecretKey,
    present: impl Fn(&mut Value),
) -> Vec<u8> {
    let files: Vec<(&str, &dyn Source)> =
        works.iter().map(|work| (work.name.as_str(), &work.bytes as &dyn Source)).collect();
    let mut out = Cursor::new(Vec::new());
    bundle_to(&mut out, sign_offs, &files, holder, present);
    out.into_inner()
}

/// The same, with files of any length, written to `out`.
pub fn bundle_to(
    out: impl Write + Seek,
    sign_offs: &[Value],
    files: &[(&str, &dyn Source)],
    holder: &SecretKey,
    present: impl Fn(&mut Value),
) {
    let credentials: Vec<Vec<u8>> =
        sign_offs.iter().map(|value| portfolio::json::pretty(value).into_bytes()).collect();
    let path = |text: String| RelPath::parse(&text).unwrap();
    let mut payload: Vec<(RelPath, &dyn Source)> = Vec::new();
    for (number, bytes) in credentials.iter().enumerate() {
        payload.push((path(format!("data/credentials/sign-off-{number}.json")), bytes));
    }
    for (name, source) in files {
        payload.push((path(format!("data/artifacts/work/{name}")), *source));
    }
    let bag = BagToWrite {
        top: FileName::parse("alex-rivera").unwrap(),
        info: vec![("Bagging-Date", "2026-08-01".to_owned())],
        payload,
        read_me: "A sample.\n",
        profile: bundle::BUNDLE,
    };
    let mut statement = |manifest_digest| {
        let mut value = presentation::build(&Presentation {
            holder: holder.public_key().did(),
            name: "Alex Rivera".to_owned(),
            created: moment("2026-08-01T10:00:00Z"),
            manifest_digest,
        });
        present(&mut value);
        let value = signed(value, holder);
        Ok::<_, std::convert::Infallible>(portfolio::json::pretty(&value).into_bytes())
    };
    bundle::write_bag(out, &bag, &mut statement).unwrap();
}
