//! What an academy elsewhere issues to Alex: badges in every wrapping, its list of what it took back, its keys.

use std::io::Write as _;

use portfolio::credential::baked::into_png;
use portfolio::proof::{EddsaRdfc2022, Options, SecretKey, Signer, Suite, Unsecured, sign};
use portfolio::render::badge::png;
use portfolio::time::Timestamp;
use serde_json::{Value, json};

/// Where the academy keeps its list.
pub const LIST: &str = "https://skillforge.example/status/7";
/// The academy by its address.
pub const WEB: &str = "did:web:skillforge.example";

/// The academy's key.
pub fn academy() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

/// Its key as an identifier of its own.
pub fn did() -> String {
    academy().public_key().did()
}

/// A badge before anybody signed it.
pub fn unsigned(issuer: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "https://skillforge.example/badges/4711",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": issuer, "type": ["Profile"], "name": "SkillForge Academy" },
        "name": "Data storytelling",
        "validFrom": "2026-07-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject", "hashed": false, "identityHash": "alex@rivera.example",
                "identityType": "emailAddress",
            }],
            "achievement": {
                "id": "https://skillforge.example/achievements/3", "type": ["Achievement"], "name": "Data storytelling",
                "description": "Tells what figures say.", "criteria": { "narrative": "Tell it." },
            },
        },
    })
}

/// Signs as the academy's own key, in place of whatever signature there is.
pub fn signed(mut document: Value) -> Value {
    document.as_object_mut().unwrap().remove("proof");
    let options = Options::assertion(Timestamp::parse_rfc3339("2026-07-02T00:00:00Z").unwrap());
    sign(&mut document, &options, &[&EddsaRdfc2022], &academy()).unwrap();
    document
}

/// A badge by the academy's key, with no list and no end.
pub fn plain() -> Value {
    signed(unsigned(&did()))
}

/// The same with a place in the academy's list.
pub fn listed() -> Value {
    let mut document = unsigned(&did());
    document["credentialStatus"] = json!({
        "id": format!("{LIST}#42"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "42", "statusListCredential": LIST,
    });
    signed(document)
}

/// The academy's list of July; `taken_back` says whether it takes back the badge above.
pub fn list(taken_back: bool) -> Value {
    let mut bits = vec![0_u8; 16_384];
    if taken_back {
        bits[42 / 8] |= 0x80 >> (42 % 8);
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&bits).unwrap();
    let packed = format!("u{}", data_encoding::BASE64URL_NOPAD.encode(&packer.finish().unwrap()));
    signed(json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(),
        "validFrom": "2026-07-20T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": packed,
        },
    }))
}

/// A badge by the academy as its address, signed with the same key.
pub fn by_address() -> Value {
    let mut document = signed(unsigned(WEB));
    let proof = document["proof"][0].as_object_mut().unwrap();
    proof.remove("proofValue");
    proof.insert("verificationMethod".into(), format!("{WEB}#1").into());
    let proof = proof.clone();
    let mut unsecured = document.clone();
    unsecured.as_object_mut().unwrap().remove("proof");
    let unsecured = Unsecured::new(unsecured.as_object().unwrap(), Vec::new());
    let signature = academy().sign(&EddsaRdfc2022.hash(&unsecured, &proof).unwrap()).unwrap();
    document["proof"][0]["proofValue"] = format!("z{}", bs58::encode(signature).into_string()).into();
    document
}

/// What the academy publishes of its keys.
pub fn keys() -> Value {
    let key = did().replace("did:key:", "");
    let method =
        json!({ "id": format!("{WEB}#1"), "type": "Multikey", "controller": WEB, "publicKeyMultibase": key });
    json!({ "id": WEB, "assertionMethod": [method] })
}

/// The badge inside a picture.
pub fn baked(badge: &Value) -> Vec<u8> {
    into_png(&png().unwrap(), &badge.to_string()).unwrap()
}

/// The badge attached to a PDF, packed as most programs pack it.
pub fn attached(badge: &Value) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(badge.to_string().as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> >>\nendobj\n3 0 obj\n\
         << /Type /EmbeddedFile /Subtype /application#2Fjson /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    );
    let tail = b"\nendstream\nendobj\nxref\n0 0\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
    [head.as_bytes(), &packed, tail].concat()
}
