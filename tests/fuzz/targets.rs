//! What must hold for any bytes at all: no panic, one reading, and no alteration that passes.

use std::sync::OnceLock;

use portfolio::bundle::{self, Input};
use portfolio::credential::plain_text::{self, NAMESPACE};
use portfolio::json::{self, Limits};
use portfolio::path::RelPath;
use portfolio::proof::others::{Pin, PinnedBy, Pins};
use portfolio::proof::sshsig::SshSignature;
use portfolio::proof::{self, did};
use portfolio::time::{Date, Timestamp};
use portfolio::verifier::foreign::{Asked, Snapshot, check};
use portfolio::verifier::{self, Clock, Outcome, Policy, Subject, TrustList};

#[path = "../support/made.rs"]
#[allow(dead_code, reason = "each use takes its part")]
pub mod made;
#[path = "../support/memory_folder.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod memory_folder;
#[path = "../support/rezip.rs"]
pub mod rezip;

use made::Work;
use memory_folder::MemoryFolder;

/// A good bundle to spoil.
pub fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let works = [
            Work::new("report.pdf", *b"%PDF-1.4 sample\n"),
            Work::new("code.zip", *b"PK code").confidential(),
        ];
        let sign_off =
            made::signed(made::unsigned("Forecasting", &works, Some("2029-07-24")), &made::mentor());
        made::bundle(&[sign_off], &works[..1], &made::student(), |_| {})
    })
}

/// The exit code where knowing the signer is not asked for.
pub fn verify_says(input: Input<'_>) -> u8 {
    let trust = TrustList::default();
    let at = Timestamp::parse_ours("2026-11-22T00:00:00Z").unwrap();
    let policy = Policy { accept_unknown_signer: true, clock: Clock::Chosen, ..Policy::new(at, &trust) };
    verifier::verify("any", Subject::Bundle(input), &policy).exit_code(&policy)
}

/// A statement that is read has one spelling, and a signature that is read fits no other words.
pub fn ssh_statement(data: &[u8]) {
    if let Ok(signature) = SshSignature::read(data) {
        assert!(signature.check(NAMESPACE, b"words that nobody signed").is_err());
    }
    if let Ok(read) = plain_text::read(data) {
        let asked = plain_text::Asked { signer: &read.signer, on: read.asked_on };
        assert_eq!(plain_text::write(&read.claims, &asked).unwrap().as_bytes(), data);
    }
    let trust = TrustList::default();
    let policy = Policy::new(Timestamp::parse_ours("2026-11-22T00:00:00Z").unwrap(), &trust);
    let report = verifier::verify("any", Subject::Statement { text: data, signature: data }, &policy);
    assert_ne!(report.outcome, Outcome::Holds);
    assert!(verifier::CheckedVoucher::read(data).is_err() || data.starts_with(b"{"));
}

/// An archive that is read is the one archive of its files: not a byte of it is free.
pub fn archive(data: &[u8]) {
    let data = data.to_vec();
    let Ok(opened) = bundle::open(Input::Archive(&data)) else { return };
    let sound = opened.measure(1, &|_| {}).iter().all(|file| file.crc_agrees == Some(true));
    let files: rezip::Files = opened
        .entries()
        .iter()
        .map(|entry| {
            (format!("{}/{}", opened.top(), entry.path), opened.read(&entry.path, u64::MAX).unwrap())
        })
        .collect();
    // A wrong CRC is told apart from a damaged archive, so here alone a byte is not what the files say.
    assert_eq!(rezip::write(&files) == data, sound);
}

/// No other list of files passes than the one that was signed.
pub fn bag_manifest(data: &[u8]) {
    let mut folder = unpacked();
    let signed = std::mem::replace(folder.files.get_mut("manifest-sha256.txt").unwrap(), data.to_vec());
    assert_eq!(verify_says(Input::Folder(&folder)) == 0, signed == data);
}

fn unpacked() -> MemoryFolder {
    let below_top = |(path, body): (String, Vec<u8>)| (path.split_once('/').unwrap().1.to_owned(), body);
    MemoryFolder { files: rezip::read(good()).into_iter().map(below_top).collect(), others: Vec::new() }
}

/// What the strict reader takes, every reader takes, and reads alike.
pub fn json_strict(data: &[u8]) {
    let parsed = json::parse(data, &json::OURS);
    assert_eq!(parsed.is_ok(), json::check(data, &json::OURS).is_ok());
    if let Ok(value) = parsed {
        assert_eq!(serde_json::from_slice::<serde_json::Value>(data).unwrap(), value);
    }
}

/// The canonical form is one: reading it and writing it again changes nothing.
pub fn jcs_roundtrip(data: &[u8]) {
    let limits = Limits { depth: 64, ..json::FOREIGN };
    let Ok(value) = json::parse(data, &limits) else { return };
    let Ok(first) = json::canonical(&value) else { return };
    let again = json::parse(&first, &limits).unwrap();
    assert_eq!(json::canonical(&again).unwrap(), first);
}

/// A key has one spelling.
pub fn did_key(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(key) = did::parse(text) {
        assert_eq!(key.did(), text);
    }
    if let Ok(key) = did::parse_verification_method(text) {
        assert_eq!(key.verification_method(), text);
    }
}

/// Any file is something, the same thing twice, and what is taken out of it is no longer than a credential may be.
pub fn recognise(data: &[u8]) {
    use portfolio::credential::baked::CREDENTIAL_BYTES;
    use portfolio::credential::recognise::{Carrier, What, recognise};
    let found = recognise(data);
    assert_eq!(recognise(data).what, found.what);
    assert_eq!(found.record.is_some(), matches!(found.what, What::Credential { .. }));
    assert_eq!(found.fault.is_some(), matches!(found.what, What::Spoilt(_)));
    assert!(found.says.is_none() || found.record.is_some());
    match (found.what.carrier(), found.record) {
        (Some(Carrier::Json | Carrier::Token), record) => assert_eq!(record.as_deref(), Some(data)),
        (_, Some(record)) => assert!(record.len() <= CREDENTIAL_BYTES),
        (_, None) => {}
    }
}

/// A picture gives a credential from one place or none, and takes one only where there is none.
pub fn baked(data: &[u8]) {
    use portfolio::credential::baked::{BakedFault, from_png, from_svg, into_png, into_svg};
    match from_png(data) {
        Ok(None) => assert_eq!(from_png(&into_png(data, "{}").unwrap()), Ok(Some("{}".to_owned()))),
        Ok(Some(_)) => assert_eq!(into_png(data, "{}"), Err(BakedFault::Occupied)),
        Err(_) => assert!(into_png(data, "{}").is_err()),
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    match (from_svg(data), into_svg(text, "{}")) {
        (Ok(None), Ok(baked)) => assert_eq!(from_svg(baked.as_bytes()), Ok(Some("{}".to_owned()))),
        (Ok(None), Err(fault)) => assert!(matches!(fault, BakedFault::NotXml { .. })),
        (Ok(Some(_)), baked) => assert_eq!(baked, Err(BakedFault::Occupied)),
        (Err(_), baked) => assert!(baked.is_err()),
    }
}

/// A date of ours has one spelling, and so has a path.
pub fn date(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(moment) = Timestamp::parse_ours(text) {
        assert_eq!(moment.to_string(), text);
        assert_eq!(Timestamp::parse_rfc3339(text), Ok(moment));
    }
    if let Ok(day) = Date::parse(text) {
        assert_eq!(day.to_string(), text);
        assert!(day.start() <= day.end());
    }
    if let Ok(path) = RelPath::parse(text) {
        assert_eq!(path.as_str(), text);
        assert!(!path.parts().any(|part| matches!(part, "" | "." | "..")));
    }
}

/// Only the good bundle passes. The bytes are a bundle, or edits to the good one: place, place, byte.
pub fn verify_bundle(data: &[u8]) {
    let data = data.to_vec();
    assert_eq!(verify_says(Input::Archive(&data)) == 0, data == good());
    let mut edited = good().to_vec();
    for edit in data.chunks_exact(3) {
        let at = usize::from(edit[0]) << 8 | usize::from(edit[1]);
        if let Some(byte) = edited.get_mut(at) {
            *byte = edit[2];
        }
    }
    assert_eq!(verify_says(Input::Archive(&edited)) == 0, edited == good());
}

/// A request is read or refused with reasons.
pub fn request(data: &[u8]) {
    let data = data.to_vec();
    if let Err(findings) = verifier::request::check(Input::Archive(&data), 1, &|_| {}) {
        assert!(!findings.is_empty());
    }
}

/// A key file is read or refused; what is read says which key it is.
pub fn key_file(data: &[u8]) {
    let facts = proof::key::inspect(data);
    if let Ok(key) = proof::key::open_openssh(data, None) {
        assert_eq!(proof::Signer::public_key(&key).did(), facts.unwrap().public.did());
    }
    if let Ok((key, comment)) = std::str::from_utf8(data)
        .map_err(drop)
        .and_then(|text| proof::key::public_from_line(text).map_err(drop))
    {
        let line = key.openssh_line(&comment);
        assert_eq!(proof::key::public_from_line(&line).unwrap().0.did(), key.did());
    }
}

/// Nothing that strangers sent makes a signer known, and no list of theirs stops a check.
pub fn foreign(data: &[u8]) {
    let trust = TrustList::default();
    let at = Timestamp::parse_ours("2026-11-22T00:00:00Z").unwrap();
    let mut pins = Pins::none();
    if let Ok(pin) = Pin::read(data, None, PinnedBy::Student, None) {
        pins.add(pin);
    }
    let by = PinnedBy::Student;
    let snapshots = [Snapshot { url: "https://school.example/status/1", bytes: data, by, taken: None }];
    let report = check(data, &Asked { pins: &pins, snapshots: &snapshots, at, trust: &trust });
    assert!(report.outcome != Outcome::Holds && report.known.is_none() && !report.findings.is_empty());
}
