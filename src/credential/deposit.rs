//! `deposit.json`: what a student keeps of somebody else's, when and how it was captured, and what of it is only their word.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Members, Survey};
use crate::digest::Digest;
use crate::path::{RelPath, Slug};
use crate::time::{Date, Timestamp};

/// The newest `formatVersion` of a deposit that this program reads, and the one it writes.
pub const FORMAT: u64 = 1;

/// The record's name beside the bytes it is about.
pub const RECORD: &str = "deposit.json";

/// The most files of one deposit: a bag given as a folder has some, a badge has one and what is kept beside it.
pub const MOST_FILES: usize = 1_000;

/// A deposit as recorded. Every text in it is the student's or a stranger's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// What it is called.
    pub title: String,
    /// What it was recognised as: [`What::as_str`](super::recognise::What::as_str).
    pub kind: String,
    /// What holds the credential in it: [`Carrier::as_str`](super::recognise::Carrier::as_str).
    pub carrier: Option<String>,
    /// What it says of itself.
    pub says: Says,
    /// The placement it belongs to.
    pub placement: Option<Slug>,
    /// That it is not for everybody.
    pub confidential: Option<Confidential>,
    /// Every file, the originals first.
    pub files: Vec<KeptFile>,
    /// How it came here.
    pub captured: Capture,
    /// What a check can tell: `bytes`, `signature`, `status`.
    pub can_be_checked: Vec<String>,
}

/// What the original says of itself, in its own words, which anybody could have written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Says {
    /// Who issued it.
    pub issuer: Option<String>,
    /// About whom.
    pub about: Option<String>,
    /// For what.
    pub name: Option<String>,
}

/// That a deposit is left out of bundles, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidential {
    /// The day on which it opens by itself; without one it stays so.
    pub until: Option<Date>,
}

/// One file of a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its path beside the record.
    pub name: RelPath,
    /// Media type.
    pub media_type: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: Digest,
    /// What it is to the deposit.
    pub role: FileRole,
    /// For a list, the address that the credential gives for it; for keys, whose they are said to be.
    pub of: Option<String>,
    /// When it was taken in, if later than the original.
    pub captured: Option<Timestamp>,
}

/// What a file is to its deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileRole {
    /// The bytes as they came.
    Original,
    /// A copy of a list of what its issuer took back.
    Status,
    /// Keys of its issuer, chosen by the student.
    Keys,
}

/// How something came here: the student's word but for the moment, which is the word of their clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// When.
    pub at: Timestamp,
    /// How, in words.
    pub how: String,
    /// Where it was said to live.
    pub url: Option<String>,
    /// Until when that address was said to last.
    pub expires: Option<Date>,
    /// What the student noted.
    pub note: Option<String>,
}

impl Confidential {
    /// Whether it still is on `today`.
    pub fn holds_on(self, today: Date) -> bool {
        self.until.is_none_or(|until| today < until)
    }
}

impl FileRole {
    /// The stable word in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            FileRole::Original => "original",
            FileRole::Status => "status",
            FileRole::Keys => "keys",
        }
    }
}

impl Deposit {
    /// The files as they came.
    pub fn originals(&self) -> impl Iterator<Item = &KeptFile> {
        self.files.iter().filter(|file| file.role == FileRole::Original)
    }

    /// The members that are nobody's word but the student's, as pointers into the record.
    pub fn own_word(&self) -> Vec<&'static str> {
        let capture = &self.captured;
        let said = [
            ("/captured/at", true),
            ("/captured/how", true),
            ("/captured/url", capture.url.is_some()),
            ("/captured/expires", capture.expires.is_some()),
            ("/captured/note", capture.note.is_some()),
            ("/placement", self.placement.is_some()),
        ];
        said.into_iter().filter(|(_, is_there)| *is_there).map(|(pointer, _)| pointer).collect()
    }
}

/// The record as JSON.
#[must_use]
pub fn build(deposit: &Deposit) -> Value {
    let mut value = json!({ "formatVersion": FORMAT, "title": deposit.title, "kind": deposit.kind });
    if let Some(carrier) = &deposit.carrier {
        value["carrier"] = carrier.as_str().into();
    }
    let mut says = json!({});
    let said = &deposit.says;
    for (name, text) in [("issuer", &said.issuer), ("about", &said.about), ("name", &said.name)] {
        if let Some(text) = text {
            says[name] = text.as_str().into();
        }
    }
    if says.as_object().is_some_and(|says| !says.is_empty()) {
        value["says"] = says;
    }
    if let Some(placement) = &deposit.placement {
        value["placement"] = placement.as_str().into();
    }
    if let Some(confidential) = &deposit.confidential {
        value["confidential"] = match confidential.until {
            Some(until) => json!({ "until": until.to_string() }),
            None => json!({}),
        };
    }
    value["files"] = deposit.files.iter().map(build_file).collect();
    let capture = &deposit.captured;
    let mut captured = json!({ "at": capture.at.to_string(), "how": capture.how });
    if let Some(url) = &capture.url {
        captured["url"] = url.as_str().into();
    }
    if let Some(expires) = capture.expires {
        captured["expires"] = expires.to_string().into();
    }
    if let Some(note) = &capture.note {
        captured["note"] = note.as_str().into();
    }
    value["captured"] = captured;
    value["canBeChecked"] = json!(deposit.can_be_checked);
    value["onlyMyWord"] = json!(deposit.own_word());
    value
}

/// One file as JSON.
#[must_use]
pub fn build_file(file: &KeptFile) -> Value {
    let mut value = json!({
        "name": file.name.as_str(),
        "mediaType": file.media_type,
        "size": file.size,
        "sha256": file.sha256.hex(),
        "role": file.role.as_str(),
    });
    if let Some(of) = &file.of {
        value["of"] = of.as_str().into();
    }
    if let Some(captured) = file.captured {
        value["captured"] = captured.to_string().into();
    }
    value
}

/// Reads a record; members that this version does not know are skipped.
pub fn read(document: &Value) -> Result<Deposit, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.format_version(FORMAT);
        let (title, kind) = (top.text("title"), top.text("kind"));
        let files: Vec<_> = top.objects("files", MOST_FILES).iter().map(read_file).collect();
        if !top.has("files") {
            top.fault("files", Fact::Missing);
        }
        let captured = top.object("captured").and_then(|captured| read_capture(&captured));
        let says = top.optional_object("says").map(|says| {
            let text = |name| says.optional_text(name).map(str::to_owned);
            Says { issuer: text("issuer"), about: text("about"), name: text("name") }
        });
        let confidential =
            top.optional_object("confidential").map(|hidden| Confidential { until: day(&hidden, "until") });
        let deposit = Deposit {
            title: title?.to_owned(),
            kind: kind?.to_owned(),
            carrier: top.optional_text("carrier").map(str::to_owned),
            says: says.unwrap_or_default(),
            placement: placement(&top),
            confidential,
            files: files.into_iter().collect::<Option<_>>()?,
            captured: captured?,
            can_be_checked: super::foreign::texts(top.raw("canBeChecked")),
        };
        if deposit.originals().next().is_none() {
            top.fault("files", Fact::NotA("a list with an original"));
        }
        Some(deposit)
    });
    survey.finish()?;
    found.ok_or_else(|| vec![CredentialFault { path: String::new(), fact: Fact::NotA("a deposit") }])
}

fn placement(top: &Members<'_>) -> Option<Slug> {
    let slug = Slug::parse(top.optional_text("placement")?);
    slug.map_err(|_| top.fault("placement", Fact::NotA("the id of a placement"))).ok()
}

fn day(members: &Members<'_>, name: &'static str) -> Option<Date> {
    let read = Date::parse(members.optional_text(name)?);
    read.map_err(|fault| members.fault(name, Fact::BadDate(fault))).ok()
}

fn read_capture(captured: &Members<'_>) -> Option<Capture> {
    let text = |name| captured.optional_text(name).map(str::to_owned);
    let (at, how) = (captured.moment("at"), captured.text("how"));
    let (url, note, expires) = (text("url"), text("note"), day(captured, "expires"));
    Some(Capture { at: at?, how: how?.to_owned(), url, expires, note })
}

fn read_file(file: &Members<'_>) -> Option<KeptFile> {
    let name = file.text("name").and_then(|name| {
        RelPath::parse(name).map_err(|_| file.fault("name", Fact::NotA("a safe path"))).ok()
    });
    let media_type = file.text("mediaType");
    let size = file.raw("size").and_then(Value::as_u64);
    if size.is_none() {
        file.fault("size", Fact::NotA("a length"));
    }
    let sha256 = file
        .text("sha256")
        .and_then(|text| Digest::from_hex(text).map_err(|_| file.fault("sha256", Fact::BadDigest)).ok());
    let role = match file.text("role") {
        Some("original") => Some(FileRole::Original),
        Some("status") => Some(FileRole::Status),
        Some("keys") => Some(FileRole::Keys),
        Some(_) => {
            file.fault("role", Fact::NotA("what a file can be to a deposit"));
            None
        }
        None => None,
    };
    let of = file.optional_text("of").map(str::to_owned);
    let captured = file.optional_moment("captured");
    Some(KeptFile {
        name: name?,
        media_type: media_type?.to_owned(),
        size: size?,
        sha256: sha256?,
        role: role?,
        of,
        captured,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Deposit {
        let file = |name: &str, role, of: Option<&str>| KeptFile {
            name: RelPath::parse(name).unwrap(),
            media_type: "image/png".to_owned(),
            size: 3,
            sha256: Digest::of(name.as_bytes()),
            role,
            of: of.map(str::to_owned),
            captured: of.map(|_| Timestamp::from_unix(1_784_905_360)),
        };
        Deposit {
            title: "skillforge-badge".to_owned(),
            kind: "open-badge-3.0".to_owned(),
            carrier: Some("png".to_owned()),
            says: Says { issuer: Some("SkillForge Academy".to_owned()), ..Says::default() },
            placement: Slug::parse("acme-forecasting").ok(),
            confidential: Some(Confidential { until: Date::parse("2027-07-24").ok() }),
            files: vec![
                file("skillforge-badge.png", FileRole::Original, None),
                file("status.json", FileRole::Status, Some("https://skillforge.example/list")),
                file("keys.json", FileRole::Keys, Some("did:web:skillforge.example")),
            ],
            captured: Capture {
                at: Timestamp::from_unix(1_784_905_360),
                how: "a file".to_owned(),
                url: Some("https://skillforge.example/b/1".to_owned()),
                expires: Date::parse("2027-01-03").ok(),
                note: Some("after the course".to_owned()),
            },
            can_be_checked: vec!["bytes".to_owned(), "signature".to_owned()],
        }
    }

    #[test]
    fn what_is_built_is_read_back() {
        assert_eq!(read(&build(&sample())).unwrap(), sample());
        let bare = Deposit {
            carrier: None,
            says: Says::default(),
            placement: None,
            confidential: None,
            files: sample().files[..1].to_vec(),
            captured: Capture { url: None, expires: None, note: None, ..sample().captured },
            ..sample()
        };
        assert_eq!(read(&build(&bare)).unwrap(), bare);
        assert_eq!(build(&bare)["onlyMyWord"], json!(["/captured/at", "/captured/how"]));
        assert_eq!(build(&sample())["onlyMyWord"].as_array().unwrap().len(), 6);
    }

    #[test]
    fn each_broken_member_is_named() {
        for (pointer, value, path) in [
            ("/formatVersion", json!(2), "/formatVersion"),
            ("/title", json!(""), "/title"),
            ("/placement", json!("No Slug"), "/placement"),
            ("/files/0/name", json!("../x"), "/files/0/name"),
            ("/files/0/size", json!(-1), "/files/0/size"),
            ("/files/0/sha256", json!("00"), "/files/0/sha256"),
            ("/files/0/role", json!("spare"), "/files/0/role"),
            ("/files/0/role", json!("keys"), "/files"),
            ("/captured/at", json!("today"), "/captured/at"),
            ("/captured/expires", json!("soon"), "/captured/expires"),
            ("/confidential/until", json!(3), "/confidential/until"),
        ] {
            let mut document = build(&sample());
            *document.pointer_mut(pointer).unwrap() = value;
            let faults = read(&document).unwrap_err();
            assert_eq!(faults[0].path, path, "{faults:?}");
        }
        let mut empty = build(&sample());
        empty.as_object_mut().unwrap().remove("files");
        assert_eq!(read(&empty).unwrap_err()[0].path, "/files");
        assert!(read(&json!([])).is_err());
    }
}
