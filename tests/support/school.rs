//! A school that issues badges, and the tools to sign anything in its name.

use std::io::Write as _;

use portfolio::proof::others::{Pin, PinnedBy, Pins};
use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022, SecretKey, Signer, Suite, Unsecured};
use portfolio::time::Date;
use portfolio::verifier::{TrustEntry, TrustList};
use serde_json::{Value, json};

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

/// A trust list with the school on it.
pub fn trust() -> TrustList {
    let mut trust = TrustList::default();
    let entry = TrustEntry {
        key: school().public_key(),
        name: "The school".into(),
        organisation: None,
        added: Date::parse("2026-01-01").unwrap(),
        basis: "met".into(),
        not_after: None,
        may_vouch: false,
    };
    trust.add(entry).unwrap();
    trust
}

/// The school's document as somebody pinned it, changed before it was.
pub fn pinned(by: PinnedBy, edit: impl FnOnce(&mut Value)) -> Pins {
    let mut document = json!({ "id": WEB, "assertionMethod": [{
        "id": format!("{WEB}#1"), "type": "Multikey", "controller": WEB, "publicKeyMultibase": multibase(),
    }] });
    edit(&mut document);
    let mut pins = Pins::default();
    pins.add(Pin::read(document.to_string().as_bytes(), None, by, None).unwrap());
    pins
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
