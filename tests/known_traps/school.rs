//! A school that issues badges, a reader who knows it, and the tools to sign anything in its name.

use std::io::Write as _;

use portfolio::proof::others::{Pin, PinnedBy, Pins};
use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022, SecretKey, Signer, Suite, Unsecured};
use portfolio::time::Timestamp;
use portfolio::verifier::foreign::Snapshot;
use portfolio::verifier::{Policy, Subject, TrustList, verify};
use serde_json::{Value, json};

use crate::{told, world};

pub const LIST: &str = "https://school.example/status/1";
pub const WEB: &str = "did:web:school.example";
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

pub fn school() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

pub fn did() -> String {
    school().public_key().did()
}

/// What the key is written as, without `did:key:`.
pub fn multibase() -> String {
    did()[8..].to_owned()
}

/// What a reader has at hand.
pub struct Reader {
    pub pins: Pins,
    pub lists: Vec<(Vec<u8>, PinnedBy)>,
    pub trust: TrustList,
    pub max_status_age_days: Option<u32>,
}

impl Reader {
    /// One who knows the school.
    pub fn of_the_school() -> Reader {
        let mut trust = TrustList::default();
        trust.add(world::entry(&school())).unwrap();
        Reader { pins: Pins::default(), lists: Vec::new(), trust, max_status_age_days: None }
    }

    pub fn with_list(bytes: Vec<u8>, by: PinnedBy) -> Reader {
        Reader { lists: vec![(bytes, by)], ..Reader::of_the_school() }
    }

    /// One who has the school's document from `by`.
    pub fn with_document(by: PinnedBy, edit: impl FnOnce(&mut Value)) -> Reader {
        let mut document = json!({ "id": WEB, "assertionMethod": [{
            "id": format!("{WEB}#1"), "type": "Multikey", "controller": WEB, "publicKeyMultibase": multibase(),
        }] });
        edit(&mut document);
        let mut pins = Pins::default();
        pins.add(Pin::read(document.to_string().as_bytes(), None, by, None).unwrap());
        Reader { pins, ..Reader::of_the_school() }
    }

    pub fn told(&self, bytes: impl AsRef<[u8]>) -> String {
        let lists: Vec<_> = self
            .lists
            .iter()
            .map(|(bytes, by)| Snapshot { url: LIST, bytes, by: *by, taken: None })
            .collect();
        let at = Timestamp::parse_ours(world::CHECKED).unwrap();
        let policy = Policy {
            pins: &self.pins,
            lists: &lists,
            max_status_age_days: self.max_status_age_days,
            ..Policy::new(at, &self.trust)
        };
        told(&verify("badge.json", Subject::Credential(bytes.as_ref()), &policy))
    }
}

/// What the reader who knows the school finds in a document.
pub fn theirs(document: &Value) -> String {
    Reader::of_the_school().told(document.to_string())
}

pub fn badge() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", OPEN_BADGES],
        "id": "urn:uuid:11111111-1111-4111-8111-111111111111",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Welding",
        "issuer": { "id": did(), "type": ["Profile"], "name": "The school" },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:22222222-2222-4222-8222-222222222222", "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:33333333-3333-4333-8333-333333333333", "type": ["Achievement"], "name": "Welding",
                "description": "Can weld.", "criteria": { "narrative": "Weld." },
            },
        },
    })
}

/// A badge of the earlier data model.
pub fn badge_1_1() -> Value {
    let mut document = badge();
    document["@context"] = json!([
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "https://w3id.org/security/data-integrity/v2",
    ]);
    let from = document.as_object_mut().unwrap().shift_remove("validFrom").unwrap();
    document["issuanceDate"] = from;
    document
}

pub fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let mut document = badge();
    edit(&mut document);
    document
}

/// A signature's own members, before it is made.
pub fn options(suite: &dyn Suite, document: &Value) -> Value {
    let mut options = json!({
        "type": suite.proof_type(), "created": "2026-01-02T00:00:00Z", "proofPurpose": "assertionMethod",
        "verificationMethod": school().public_key().verification_method(),
    });
    if suite.proof_type() == "DataIntegrityProof" {
        options["cryptosuite"] = suite.name().into();
    }
    if suite.keeps_context() {
        options["@context"] = document["@context"].clone();
    }
    options
}

/// The document with a signature over exactly these options.
pub fn sealed(document: Value, options: Value, suite: &dyn Suite, key: &SecretKey) -> Value {
    let unsecured = Unsecured::new(document.as_object().unwrap(), Vec::new());
    let hash = suite.hash(&unsecured, options.as_object().unwrap());
    let hash = hash.unwrap_or_else(|fault| panic!("{fault}: {document}"));
    with_signature(document, options, &key.sign(&hash).unwrap())
}

pub fn with_signature(mut document: Value, mut options: Value, signature: &[u8; 64]) -> Value {
    options["proofValue"] = format!("z{}", bs58::encode(signature).into_string()).into();
    document["proof"] = json!([options]);
    document
}

/// Signed as most badges are.
pub fn signed(document: Value) -> Value {
    let options = options(&EddsaRdfc2022, &document);
    sealed(document, options, &EddsaRdfc2022, &school())
}

/// Signed over the JSON itself.
pub fn signed_jcs(document: Value) -> Value {
    let options = options(&EddsaJcs2022, &document);
    sealed(document, options, &EddsaJcs2022, &school())
}

/// A badge signed with other words in its signature.
pub fn signed_with(suite: &dyn Suite, change: impl FnOnce(&mut Value)) -> Value {
    let document = badge();
    let mut options = options(suite, &document);
    change(&mut options);
    sealed(document, options, suite, &school())
}

pub fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

/// A token by the school, whatever its header says.
pub fn token(header: &Value, payload: &Value) -> String {
    let text =
        format!("{}.{}", base64(header.to_string().as_bytes()), base64(payload.to_string().as_bytes()));
    let signature = school().sign(text.as_bytes()).unwrap();
    format!("{text}.{}", base64(&signature))
}

/// The badge as a token, header and claims changed before it is signed.
pub fn badge_token(edit: impl FnOnce(&mut Value, &mut Value)) -> String {
    let mut payload = badge();
    payload["iss"] = payload["issuer"]["id"].clone();
    payload["sub"] = payload["credentialSubject"]["id"].clone();
    payload["jti"] = payload["id"].clone();
    payload["nbf"] = json!(1_767_225_600);
    let mut header =
        json!({ "alg": "EdDSA", "kid": school().public_key().verification_method(), "typ": "JWT" });
    edit(&mut header, &mut payload);
    token(&header, &payload)
}

/// The same, of a school that is known by its address.
pub fn web_token() -> String {
    badge_token(|header, payload| {
        header["kid"] = format!("{WEB}#1").into();
        payload["issuer"]["id"] = WEB.into();
        payload["iss"] = WEB.into();
    })
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A status list of these bytes, changed before the school signs it.
pub fn list(bytes: &[u8], edit: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(), "validFrom": "2026-11-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": format!("u{}", base64(&gzip(bytes))),
        },
    });
    edit(&mut document);
    signed(document).to_string().into_bytes()
}

/// A list of the least size with this first byte.
pub fn bits(first: u8) -> Vec<u8> {
    let mut bytes = vec![0; 16_384];
    bytes[0] = first;
    bytes
}

/// A badge whose status is kept at a place of the list.
pub fn at_place(index: impl Into<Value>) -> String {
    let index = index.into();
    let document = edited(|document| {
        document["credentialStatus"] = json!({
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index,
            "statusListCredential": LIST,
        });
    });
    signed(document).to_string()
}
