//! Canonical JSON against the data published with RFC 8785, and against itself.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/vectors.rs"]
mod vectors;

use portfolio::digest::{Digest, Hasher};
use portfolio::json::{self, FOREIGN};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Map, Value, json};

#[test]
fn writes_the_published_documents_byte_for_byte() {
    let Some(folder) = vectors::folder("jcs") else { return };
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let input = std::fs::read(folder.join(format!("input/{name}.json"))).unwrap();
        let canonical = json::canonical(&json::parse(&input, &FOREIGN).unwrap()).unwrap();
        let expected = std::fs::read(folder.join(format!("output/{name}.json"))).unwrap();
        assert_eq!(String::from_utf8(canonical.clone()), String::from_utf8(expected), "{name}");
        let hex = std::fs::read_to_string(folder.join(format!("outhex/{name}.txt"))).unwrap();
        let bytes: Vec<u8> =
            hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        assert_eq!(canonical, bytes, "{name}");
    }
}

/// Significant digits of the thirds in the published sequence, from 10^21 down to 10^-28.
const THIRDS: [&str; 50] = [
    "35", "3", "36", "4", "4", "4", "4", "4", "44", "4", "44", "4", "4", "4", "36", "35", "3", "36", "3",
    "3", "36", "35", "3", "3", "35", "3", "35", "33", "35", "34", "34", "3", "35", "3", "34", "34", "32",
    "3", "35", "33", "34", "3", "33", "3", "33", "34", "35", "3", "3", "38",
];

/// The doubles of the sequence whose lines the authors of RFC 8785 publish checksums of: edge cases, the 2,000 smallest
/// normal numbers, then a chain of SHA-256 from 32 zero bytes.
fn published_sequence() -> impl Iterator<Item = f64> {
    let third = |(place, end): (usize, &&str)| {
        let exponent = 21 - i32::try_from(place).unwrap();
        format!("3.33333333333333{end}e{exponent}").parse::<f64>().unwrap()
    };
    let thirds: Vec<f64> = THIRDS.iter().enumerate().map(third).collect();
    let near_five = |zeros: usize| format!("5.{}6e-6", "0".repeat(zeros)).parse::<f64>().unwrap();
    let smallest_normal = 0x0010_0000_0000_0000;
    let mut edges = vec![0.0, -0.0, 5e-324, -5e-324];
    edges.extend(thirds.iter().map(|third| -third));
    edges.extend(&thirds);
    edges.push(10.0);
    edges.extend((0..10).map(|place| format!("5e-{place}").parse::<f64>().unwrap()));
    edges.extend((1..15).map(near_five));
    edges.extend([5e-6, 1.0, -1.0]);
    let below_one = |ulps: u64| f64::from_bits(1.0_f64.to_bits() - ulps);
    edges.extend([-below_one(6), -below_one(5), below_one(6), below_one(5), below_one(4), below_one(2)]);
    edges.extend([-below_one(1), -below_one(1), below_one(1), below_one(1)]);
    edges.extend([0.299_999_999_999_999_93, 0.3, 0.300_000_000_000_000_04]);
    edges.extend([0, 3, 1].map(|ulps| f64::from_bits(smallest_normal - ulps)));
    edges.extend([f64::MAX, -f64::MAX, 9_007_199_254_740_992.0, -9_007_199_254_740_992.0]);
    edges.extend([0x4430_0000_0000_0000, 0x44b5_2d02_c7e1_4af5].map(f64::from_bits));
    edges.extend([0x44b5_2d02_c7e1_4af6, 0x44b5_2d02_c7e1_4af7].map(f64::from_bits));
    edges.extend([0x444b_1ae4_d6e2_ef4e, 0x444b_1ae4_d6e2_ef4f, 0x444b_1ae4_d6e2_ef50].map(f64::from_bits));
    edges.extend([0x3eb0_c6f7_a0b5_ed8c, 0x3eb0_c6f7_a0b5_ed8d].map(f64::from_bits));
    edges.extend((0x41b3_de43_5555_5553..=0x41b3_de43_5555_5557).map(f64::from_bits));
    edges.extend([0xbecb_f647_612f_3696, 0x4314_3ff3_c1cb_0959].map(f64::from_bits));
    assert_eq!(edges.len(), 168);
    let chain = std::iter::successors(Some(Digest::of(&[0; 32])), |block| Some(Digest::of(block.as_bytes())));
    let random = chain
        .flat_map(|block| {
            let words = block.as_bytes().chunks_exact(8);
            words.map(|word| f64::from_le_bytes(word.try_into().unwrap())).collect::<Vec<_>>()
        })
        .filter(|double| double.is_finite() && *double != 0.0);
    edges.into_iter().chain((0..2000).map(move |next| f64::from_bits(smallest_normal + next))).chain(random)
}

#[test]
fn writes_ten_thousand_numbers_as_ecmascript_does() {
    let mut hasher = Hasher::new();
    for (index, double) in published_sequence().take(10_000).enumerate() {
        let text = String::from_utf8(json::canonical(&json!(double)).unwrap()).unwrap();
        hasher.update(format!("{:x},{text}\n", double.to_bits()).as_bytes());
        let published = match index + 1 {
            1_000 => "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
            10_000 => "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
            _ => continue,
        };
        assert_eq!(hasher.clone().finish().hex(), published, "after {} lines", index + 1);
    }
}

/// RFC 8785 section 3.2.3's own pitfall: above U+FFFF sorts before U+E000 and on.
#[test]
fn sorts_by_utf_16_units() {
    let value = json!({"\u{FB33}": 1, "\u{1F602}": 2, "\u{10FFFF}": 3, "\u{D7FF}": 4, "é": 5, "z": 6, "zz": 7, "": 8});
    let canonical = String::from_utf8(json::canonical(&value).unwrap()).unwrap();
    let expected =
        "{\"\":8,\"z\":6,\"zz\":7,\"é\":5,\"\u{D7FF}\":4,\"\u{1F602}\":2,\"\u{10FFFF}\":3,\"\u{FB33}\":1}";
    assert_eq!(canonical, expected);
}

#[test]
fn escapes_what_must_be_escaped_and_nothing_else() {
    let value = json!("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{1f}\u{7f}\u{2028}é😂");
    let canonical = String::from_utf8(json::canonical(&value).unwrap()).unwrap();
    assert_eq!(canonical, "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\u{7f}\u{2028}é😂\"");
}

#[test]
fn a_member_can_be_left_out_at_the_top_only() {
    let value = json!({"proof": 1, "b": {"proof": 2}});
    let canonical = json::canonical_without(value.as_object().unwrap(), "proof").unwrap();
    assert_eq!(canonical, br#"{"b":{"proof":2}}"#);
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..6)
        .prop_map(|chars| chars.into_iter().filter(|c| *c != '\0').collect())
}

fn any_document() -> impl Strategy<Value = Value> {
    let finite = any::<f64>().prop_filter("JSON has no others", |double| double.is_finite());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        finite.prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any_text(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn the_canonical_form_is_its_own(document in any_document()) {
        let once = json::canonical(&document).unwrap();
        let again = json::canonical(&json::parse(&once, &FOREIGN).unwrap()).unwrap();
        assert_eq!(once, again);
    }

    #[test]
    fn member_order_and_white_space_do_not_matter(document in any_document()) {
        let pretty = json::pretty(&document);
        let parsed = json::parse(pretty.as_bytes(), &FOREIGN).unwrap();
        assert_eq!(json::canonical(&parsed).unwrap(), json::canonical(&document).unwrap());
    }
}
