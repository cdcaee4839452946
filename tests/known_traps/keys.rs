//! Keys and what they are called: spellings of `did:key`, other kinds of key, weak keys, keys of tokens.

use data_encoding::HEXLOWER;
use portfolio::proof::others::PinnedBy;
use portfolio::proof::{EddsaRdfc2022, SecretKey, Signer};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
};
use serde_json::{Value, json};

use crate::reader::{Reader, theirs};
use crate::school::{
    WEB, badge_token, base64, did, edited, multibase, options, school, sealed, signed_with, web_token,
};
use crate::world::World;
use crate::{Case, Row, case, proof_of, sign_off};

pub const ROWS: &[Row] = &[
    Row {
        id: "T16",
        cases: names_of_a_did_key,
        elsewhere: &[("tests/keys_of_others.rs", "a_bare_did_key_is_followed_and_said_to_be_bare")],
    },
    Row {
        id: "T17",
        cases: tokens,
        elsewhere: &[
            ("tests/foreign_tokens.rs", "a_header_with_one_thing_wrong_is_refused_by_its_fact"),
            ("tests/foreign_tokens.rs", "claims_agree_with_the_credential"),
            ("tests/wycheproof.rs", "es256_in_der_never_holds"),
        ],
    },
    Row { id: "383", cases: another_fragment, elsewhere: &[] },
    Row { id: "384", cases: other_spellings_of_a_method, elsewhere: &[] },
    Row {
        id: "385",
        cases: other_kinds_of_key,
        elsewhere: &[("tests/did_key.rs", "keys_of_every_other_kind_are_named_and_refused")],
    },
    Row { id: "386", cases: long_prefix, elsewhere: &[] },
    Row { id: "387", cases: other_bases, elsewhere: &[] },
    Row { id: "388", cases: other_lengths, elsewhere: &[] },
    Row {
        id: "389",
        cases: other_methods,
        elsewhere: &[("tests/offline.rs", "the_whole_journey_opens_no_internet_socket")],
    },
];

pub fn by_method(method: &str) -> String {
    theirs(&signed_with(&EddsaRdfc2022, |options| options["verificationMethod"] = method.into()))
}

fn ours_by_method(method: &str) -> String {
    proof_of(|proof| {
        proof.insert("verificationMethod".into(), json!(method));
    })
}

fn names_of_a_did_key() -> Vec<Case> {
    let (did, key) = (did(), multibase());
    let in_base64 =
        format!("did:key:u{}", base64(&[&[0xED, 0x01][..], school().public_key().as_bytes()].concat()));
    vec![
        case("as it should be", "holds", by_method(&format!("{did}#{key}"))),
        case(
            "without a fragment: there is one key it can mean",
            "holds: foreign-bare-key-name",
            by_method(&did),
        ),
        case("#keys-1", "failed: foreign-key-refused", by_method(&format!("{did}#keys-1"))),
        case("#key-1", "failed: foreign-key-refused", by_method(&format!("{did}#key-1"))),
        case(
            "in base64url",
            "failed: foreign-key-refused",
            by_method(&format!("{in_base64}#{}", &in_base64[8..])),
        ),
    ]
}

fn p256() -> (EcdsaKeyPair, ring::rand::SystemRandom) {
    let random = ring::rand::SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    (EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap(), random)
}

/// The badge as a token by a P-256 key, of the issuer that the key's own text names.
fn es256(der: bool, name: fn(&[u8]) -> (String, String)) -> String {
    let (mut key, random) = p256();
    if der {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
    }
    let (issuer, kid) = name(key.public_key().as_ref());
    let unsigned = badge_token(|header, payload| {
        header["alg"] = "ES256".into();
        header["kid"] = kid.into();
        payload["issuer"]["id"] = issuer.as_str().into();
        payload["iss"] = issuer.into();
    });
    let (text, _) = unsigned.rsplit_once('.').unwrap();
    let signature = key.sign(&random, text.as_bytes()).unwrap();
    format!("{text}.{}", base64(signature.as_ref()))
}

fn as_did_key(point: &[u8]) -> (String, String) {
    let mut bytes = vec![0x80, 0x24, 2 + (point[64] & 1)];
    bytes.extend(&point[1..33]);
    let key = format!("z{}", bs58::encode(bytes).into_string());
    (format!("did:key:{key}"), format!("did:key:{key}#{key}"))
}

fn as_did_jwk(point: &[u8]) -> (String, String) {
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": base64(&point[1..33]), "y": base64(&point[33..]) });
    let did = format!("did:jwk:{}", base64(jwk.to_string().as_bytes()));
    (did.clone(), format!("{did}#0"))
}

fn tokens() -> Vec<Case> {
    let school = Reader::of_the_school();
    let told = |edit: &dyn Fn(&mut Value, &mut Value)| {
        school.told(badge_token(|header, payload| edit(header, payload)))
    };
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(crate::school::school().public_key().as_bytes()) });
    let enclosed = |header: &mut Value, payload: &mut Value| {
        *header = json!({ "alg": "EdDSA", "jwk": jwk });
        payload["issuer"]["id"] = "https://school.example".into();
        payload["iss"] = "https://school.example".into();
    };
    let pinned = Reader::with_document(PinnedBy::Recruiter, |_| ());
    vec![
        case("typ JWT", "holds", told(&|_, _| ())),
        case("no typ", "holds", told(&|header, _| drop(header.as_object_mut().unwrap().shift_remove("typ")))),
        case("typ vc+jwt", "holds", told(&|header, _| header["typ"] = "vc+jwt".into())),
        case("typ vc+ld+jwt", "holds", told(&|header, _| header["typ"] = "vc+ld+jwt".into())),
        case("typ vp+jwt", "failed: foreign-token", told(&|header, _| header["typ"] = "vp+jwt".into())),
        case(
            "vc around a credential of version 2",
            "failed: foreign-claims",
            told(&|_, payload| *payload = json!({ "vc": payload.take() })),
        ),
        case(
            "a key that came along, of an https issuer",
            "signer-unknown: foreign-key-not-known",
            told(&enclosed),
        ),
        case("alg none", "failed: foreign-unsigned", told(&|header, _| header["alg"] = "none".into())),
        case("alg HS256", "failed: foreign-unsigned", told(&|header, _| header["alg"] = "HS256".into())),
        case("crit", "failed: foreign-token", told(&|header, _| header["crit"] = json!(["exp"]))),
        case("b64 false", "failed: foreign-token", told(&|header, _| header["b64"] = json!(false))),
        case("the school's document, of the reader's", "holds", pinned.told(web_token())),
        case(
            "ES256 by a did:key",
            "signer-unknown: foreign-signer-not-known",
            school.told(es256(false, as_did_key)),
        ),
        case(
            "ES256 by a did:jwk",
            "signer-unknown: foreign-signer-not-known",
            school.told(es256(false, as_did_jwk)),
        ),
        case("ES256 in DER", "failed: foreign-misfit", school.told(es256(true, as_did_key))),
        case(
            "a fraction of a second beside nbf",
            "holds",
            told(&|_, payload| payload["validFrom"] = "2026-01-01T00:00:00.700Z".into()),
        ),
    ]
}

fn another_fragment() -> Vec<Case> {
    let other = SecretKey::from_seed(&[8; 32]).public_key().did()[8..].to_owned();
    let mentor = World::good().mentor.public_key().did();
    vec![
        case("on a sign-off", "failed: proof-key", ours_by_method(&format!("{mentor}#{other}"))),
        case("on a badge", "failed: foreign-key-refused", by_method(&format!("{}#{other}", did()))),
    ]
}

/// A badge may be named by its bare key (T16); a sign-off has one spelling.
fn other_spellings_of_a_method() -> Vec<Case> {
    let mentor = World::good().mentor.public_key().did();
    let key = &mentor[8..];
    let percent = key.replace("z6", "%7A6");
    let spellings = [
        ("without a fragment", mentor.clone()),
        ("with two fragments", format!("{mentor}#{key}#{key}")),
        ("with a query", format!("{mentor}?v=1#{key}")),
        ("percent-encoded", format!("{mentor}#{percent}")),
        ("percent-encoded before the fragment", format!("did:key:{percent}#{key}")),
    ];
    let ours = spellings.map(|(made, method)| case(made, "failed: proof-key", ours_by_method(&method)));
    let school = did();
    let key = multibase();
    let theirs = [
        ("a badge with two fragments", format!("{school}#{key}#{key}")),
        ("a badge with a query", format!("{school}?v=1#{key}")),
    ]
    .map(|(made, method)| case(made, "failed: foreign-key-refused", by_method(&method)));
    ours.into_iter().chain(theirs).collect()
}

pub fn did_of(bytes: &[u8]) -> String {
    format!("did:key:z{}", bs58::encode(bytes).into_string())
}

/// As the issuer of a sign-off, as the key of its signature, and as both of a badge.
pub fn each_place(made: &str, did: &str) -> Vec<Case> {
    let method = format!("{did}#{}", did.rsplit(':').next().unwrap());
    let document = edited(|document| document["issuer"]["id"] = did.into());
    let mut options = options(&EddsaRdfc2022, &document);
    options["verificationMethod"] = method.as_str().into();
    let badge = sealed(document, options, &EddsaRdfc2022, &school());
    vec![
        case(
            &format!("{made}, the issuer of a sign-off"),
            "failed: credential-form",
            sign_off(|document| document["issuer"]["id"] = did.into()),
        ),
        case(&format!("{made}, the key of a sign-off"), "failed: proof-key", ours_by_method(&method)),
        case(
            &format!("{made}, the issuer and key of a badge"),
            "failed: foreign-key-refused",
            theirs(&badge),
        ),
    ]
}

fn other_kinds_of_key() -> Vec<Case> {
    let kinds: [(&str, [u8; 2], usize); 4] = [
        ("P-256", [0x80, 0x24], 33),
        ("secp256k1", [0xE7, 0x01], 33),
        ("X25519", [0xEC, 0x01], 32),
        ("RSA", [0x85, 0x24], 270),
    ];
    let each = kinds.iter().flat_map(|(name, prefix, length)| {
        let did = did_of(&[&prefix[..], &vec![2; *length]].concat());
        each_place(name, &did)
    });
    each.collect()
}

fn long_prefix() -> Vec<Case> {
    each_place(
        "0xed as three bytes",
        &did_of(&[&[0xED, 0x81, 0x00][..], school().public_key().as_bytes()].concat()),
    )
}

fn other_bases() -> Vec<Case> {
    let bytes = [&[0xED, 0x01][..], school().public_key().as_bytes()].concat();
    let spellings = [
        ("base16", format!("did:key:f{}", HEXLOWER.encode(&bytes))),
        ("base64url", format!("did:key:u{}", base64(&bytes))),
    ];
    let mut cases: Vec<Case> = spellings.iter().flat_map(|(made, did)| each_place(made, did)).collect();
    let upper = did().replace("did:key", "DID:KEY");
    cases.push(case(
        "capitals, the issuer of a sign-off",
        "failed: credential-form",
        sign_off(|document| document["issuer"]["id"] = upper.as_str().into()),
    ));
    cases.push(case(
        "capitals, the key of a badge",
        "failed: foreign-by-another",
        by_method(&format!("{upper}#{}", multibase())),
    ));
    cases
}

fn other_lengths() -> Vec<Case> {
    [0, 31, 33]
        .iter()
        .flat_map(|length| {
            each_place(&format!("{length} bytes"), &did_of(&[&[0xED, 0x01][..], &vec![9; *length]].concat()))
        })
        .collect()
}

/// A `did:web` is read from what the reader pinned and a `did:jwk` is its own document; nothing is ever fetched.
fn other_methods() -> Vec<Case> {
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(school().public_key().as_bytes()) });
    let did_jwk = format!("did:jwk:{}", base64(jwk.to_string().as_bytes()));
    let of = |issuer: &str, fragment: &str| {
        let document = edited(|document| document["issuer"]["id"] = issuer.into());
        let mut options = options(&EddsaRdfc2022, &document);
        options["verificationMethod"] = format!("{issuer}#{fragment}").into();
        theirs(&sealed(document, options, &EddsaRdfc2022, &school()))
    };
    let mut cases: Vec<Case> = [WEB, "did:ion:EiClkZMDxPKqC9c", "did:example:1", &did_jwk]
        .iter()
        .map(|issuer| {
            case(
                &format!("{issuer} of a sign-off"),
                "failed: credential-form",
                sign_off(|document| document["issuer"]["id"] = (*issuer).into()),
            )
        })
        .collect();
    let unknown = "signer-unknown: foreign-key-not-known";
    cases.push(case("did:web of a badge", unknown, of(WEB, "1")));
    cases.push(case("did:ion of a badge", unknown, of("did:ion:EiClkZMDxPKqC9c", "1")));
    cases.push(case(
        "did:web without an address",
        "failed: foreign-key-refused",
        of("did:web:10.0.0.1", "1"),
    ));
    cases.push(case("did:jwk of a badge, of a known key", "holds", of(&did_jwk, "0")));
    cases.push(case(
        "did:jwk of a badge, another fragment",
        "failed: foreign-key-refused",
        of(&did_jwk, "1"),
    ));
    cases
}
