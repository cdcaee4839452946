//! Keys that sign anything for anybody, and signatures with a second spelling: none is ever accepted.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use portfolio::proof::{EddsaJcs2022, KeyFault, PublicKey, Signer};
use serde_json::Value;

use crate::keys::{by_method, did_of, each_place};
use crate::reader::theirs;
use crate::school::{badge, options, school, sealed, with_signature};
use crate::{Case, Row, case, vectors};

pub const ROWS: &[Row] = &[
    Row {
        id: "T23",
        cases: lenient_signatures,
        elsewhere: &[("tests/ed25519_edge.rs", "no_disputed_signature_is_accepted")],
    },
    Row { id: "390", cases: small_order, elsewhere: &[] },
    Row {
        id: "391",
        cases: mixed_order,
        elsewhere: &[("tests/ed25519_edge.rs", "no_disputed_signature_is_accepted")],
    },
    Row { id: "392", cases: every_pair_of_small_points, elsewhere: &[] },
    Row {
        id: "393",
        cases: speccheck,
        elsewhere: &[("tests/ed25519_edge.rs", "no_disputed_signature_is_accepted")],
    },
    Row { id: "394", cases: wycheproof_counts, elsewhere: &[("tests/wycheproof.rs", "ed25519")] },
];

/// The order of the group, least significant byte first.
const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

fn lenient_signatures() -> Vec<Case> {
    let document = badge();
    let options = options(&EddsaJcs2022, &document);
    let good = sealed(document.clone(), options.clone(), &EddsaJcs2022, &school());
    let value = good["proof"][0]["proofValue"].as_str().unwrap();
    let mut signature: [u8; 64] = bs58::decode(&value[1..]).into_vec().unwrap().try_into().unwrap();
    let order = HEXLOWER.decode(ORDER.as_bytes()).unwrap();
    let mut carry = 0u16;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    vec![
        case("a signature", "holds", theirs(&good)),
        case(
            "the same with s + L",
            "failed: foreign-misfit",
            theirs(&with_signature(document, options, &signature)),
        ),
    ]
}

/// The eight points of small order in their fourteen spellings, least significant byte first.
fn small_points() -> Vec<[u8; 32]> {
    let order_8 = [
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ];
    let mut points: Vec<[u8; 32]> =
        order_8.map(|hex| HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()).into();
    let almost = |low: u8| {
        let mut bytes = [0xFF; 32];
        (bytes[0], bytes[31]) = (low, 0x7F);
        bytes
    };
    let mut one = [0; 32];
    one[0] = 1;
    // y = 1, 0 and -1, and the two that are written too large
    points.extend([one, [0; 32], almost(0xEC), almost(0xED), almost(0xEE)]);
    let signs: Vec<[u8; 32]> = points
        .iter()
        .map(|point| {
            let mut point = *point;
            point[31] |= 0x80;
            point
        })
        .collect();
    points.extend(signs);
    points
}

fn small_order() -> Vec<Case> {
    let mut cases: Vec<Case> = small_points()
        .iter()
        .flat_map(|point| each_place(&HEXLOWER.encode(point), &did_of(&[&[0xED, 0x01][..], point].concat())))
        .collect();
    cases.push(case("how many", "14", small_points().len().to_string()));
    cases
}

/// The keys of mixed order among the twelve disputed cases, where those are at hand.
fn mixed_order() -> Vec<Case> {
    let Some(folder) = vectors::folder("ed25519-edge") else { return Vec::new() };
    let cases: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap();
    let keys: BTreeSet<&str> = cases.iter().map(|case| case["pub_key"].as_str().unwrap()).collect();
    let bytes = |hex: &&str| HEXLOWER.decode(hex.as_bytes()).unwrap();
    let mixed =
        |key: &Vec<u8>| PublicKey::from_bytes(key[..].try_into().unwrap()) == Err(KeyFault::MixedOrder);
    let mut cases = Vec::new();
    for key in keys.iter().map(bytes).filter(mixed) {
        cases.extend(each_place(&HEXLOWER.encode(&key), &did_of(&[&[0xED, 0x01][..], &key].concat())));
    }
    assert_eq!(cases.len(), 6);
    cases
}

/// The published file of 914 is not among the vectors here, so its idea is: every small point as key with every small
/// point as R and s = 0, which a lenient check takes for many messages. None is accepted.
fn every_pair_of_small_points() -> Vec<Case> {
    let points = small_points();
    let mut accepted = 0;
    for key in &points {
        for r in &points {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(r);
            for message in [&b""[..], b"hello", b"another", b"1", b"2", b"3", b"4", b"5"] {
                accepted +=
                    usize::from(PublicKey::from_bytes(key).is_ok_and(|key| key.verify(message, &signature)));
            }
        }
    }
    // and a good key takes none of them either
    let good = school().public_key();
    for r in &points {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(r);
        accepted += usize::from(good.verify(b"hello", &signature));
    }
    vec![case("14 keys, 14 points, 8 messages", "0 accepted", format!("{accepted} accepted"))]
}

fn speccheck() -> Vec<Case> {
    vec![case("a key of small order beside one of the twelve", "failed: foreign-key-refused", {
        let did = did_of(&[&[0xED, 0x01][..], &small_points()[1]].concat());
        by_method(&format!("{did}#{}", &did[8..]))
    })]
}

fn wycheproof_counts() -> Vec<Case> {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let tests = set.test_groups.iter().flat_map(|group| &group.tests);
    let bad = tests.filter(|test| test.result == wycheproof::TestResult::Invalid).count();
    vec![case("how many, and how many bad", "151, 63", format!("{}, {bad}", set.number_of_tests))]
}
