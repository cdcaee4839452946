//! Status lists: the published ones, and lists made here with one thing wrong each.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::io::Write as _;

use portfolio::credential::status_list::{
    ListKind, StatusEntry, StatusFault, StatusList, UNPACKED_BYTES, entries, is_revoked_by_id,
};
use serde_json::{Value, json};

fn packed(bytes: &[u8]) -> String {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    data_encoding::BASE64URL_NOPAD.encode(&encoder.finish().unwrap())
}

fn list(bytes: &[u8]) -> Value {
    json!({
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": format!("u{}", packed(bytes)),
        },
    })
}

fn read(document: &Value) -> Result<StatusList, StatusFault> {
    StatusList::read(document, ListKind::Bitstring)
}

fn entry(index: u64, size: u64) -> StatusEntry {
    StatusEntry {
        kind: ListKind::Bitstring,
        purpose: "revocation".into(),
        list: "https://a.example/list".into(),
        index,
        size,
        index_is_number: false,
    }
}

fn published(path: &str) -> Option<Value> {
    let folder = vectors::folder("bitstring-status-list")?;
    Some(serde_json::from_slice(&std::fs::read(folder.join(path)).unwrap()).unwrap())
}

#[test]
fn published_lists_have_the_bits_that_their_fixtures_say() {
    let Some(dcc) = published("dcc/didkey-ed25519Signature2020/e5WK8CbZ1GjycuPombrj.json") else { return };
    let dcc = read(&dcc).unwrap();
    let set: Vec<u64> = (0..100_000).filter(|place| dcc.value(&entry(*place, 1)) == Ok(1)).collect();
    assert_eq!(set, [2, 6, 8]);
    assert!(dcc.is_short(&entry(0, 1)));
    let out = StatusFault::OutOfRange { index: 100_000, entries: 100_000 };
    assert_eq!(dcc.value(&entry(100_000, 1)), Err(out));

    let one_ed_tech = read(&published("1edtech/testlist").unwrap()).unwrap();
    let set: Vec<u64> = (0..131_072).filter(|place| one_ed_tech.value(&entry(*place, 1)) == Ok(1)).collect();
    assert_eq!(set, [23]);
    assert!(!one_ed_tech.is_short(&entry(0, 1)));
    let credential = published("1edtech/credential-status-revoked.json").unwrap();
    let found = entries(&credential)[0].clone().unwrap();
    assert_eq!((found.index, found.index_is_number), (23, true));
    assert_eq!(one_ed_tech.value(&found), Ok(1));

    let empty = read(&published("spec-example-2.json").unwrap()).unwrap();
    assert!((0..131_072).all(|place| empty.value(&entry(place, 1)) == Ok(0)));
    let missing = published("dcc/didkey-ed25519Signature2020/missingBitStringType.json").unwrap();
    assert_eq!(read(&missing), Err(StatusFault::NotAList));
    let tampered = published("dcc/didkey-ed25519Signature2020/tampered.json").unwrap();
    assert!(matches!(read(&tampered), Err(StatusFault::BadMember("encodedList") | StatusFault::NotPacked)));
}

#[test]
fn published_entries_are_read() {
    let Some(both) = published("spec-example-1.json") else { return };
    let found: Vec<_> = entries(&both).into_iter().map(Result::unwrap).collect();
    let told: Vec<_> = found.iter().map(|entry| (entry.purpose.as_str(), entry.index)).collect();
    assert_eq!(told, [("revocation", 94567), ("suspension", 23452)]);
    assert!(found.iter().all(StatusEntry::takes_back));
}

#[test]
fn the_first_entry_is_the_highest_bit_and_entries_may_have_several() {
    let made = read(&list(&[0b1000_0001, 0b0110_0000])).unwrap();
    let bits: Vec<u64> = (0..16).map(|place| made.value(&entry(place, 1)).unwrap()).collect();
    assert_eq!(bits, [1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0]);
    let pairs: Vec<u64> = (0..8).map(|place| made.value(&entry(place, 2)).unwrap()).collect();
    assert_eq!(pairs, [2, 0, 0, 1, 1, 2, 0, 0]);
    let out = StatusFault::OutOfRange { index: 8, entries: 8 };
    assert_eq!(made.value(&entry(8, 2)), Err(out));
    let far = StatusFault::OutOfRange { index: u64::MAX, entries: 0 };
    assert_eq!(made.value(&entry(u64::MAX, 64)), Err(far));
}

#[test]
fn a_list_with_one_thing_wrong_is_named() {
    let changed = |name: &str, value: Value| {
        let mut document = list(&[0; 16]);
        document["credentialSubject"][name] = value;
        read(&document)
    };
    let good = packed(&[0; 16]);
    let bad = Err(StatusFault::BadMember("encodedList"));
    assert_eq!(changed("encodedList", good.clone().into()), bad);
    assert_eq!(changed("encodedList", format!("u{good}=").into()), bad);
    assert_eq!(changed("encodedList", 7.into()), bad);
    assert_eq!(changed("encodedList", "uAAAA".into()), Err(StatusFault::NotPacked));
    assert_eq!(changed("type", "Other".into()), Err(StatusFault::NotAList));
    let other = changed("statusPurpose", json!(["suspension"])).unwrap().value(&entry(0, 1));
    let found = vec!["suspension".to_owned()];
    assert_eq!(other, Err(StatusFault::OtherPurpose { expected: "revocation".into(), found }));
    let bomb = list(&vec![0; UNPACKED_BYTES + 1]);
    assert!(bomb.to_string().len() < 40_000);
    assert_eq!(read(&bomb), Err(StatusFault::TooLarge));
    assert!(read(&list(&vec![0; UNPACKED_BYTES])).is_ok());
    let mut dated = list(&[0]);
    dated["validUntil"] = "soon".into();
    assert_eq!(read(&dated), Err(StatusFault::BadMember("validUntil")));
}

#[test]
fn an_entry_with_one_thing_wrong_is_named() {
    let with = |name: &str, value: Value| {
        let mut status = json!({
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
            "statusListCredential": "https://a.example/list",
        });
        status[name] = value;
        entries(&json!({ "credentialStatus": status })).remove(0).map(|entry| entry.index)
    };
    assert_eq!(with("id", "https://a.example/list#7".into()), Ok(7));
    for index in
        [json!("-1"), json!("+1"), json!("1e3"), json!(-1), json!(1.5), json!(null), json!("9".repeat(30))]
    {
        assert_eq!(with("statusListIndex", index), Err(StatusFault::BadMember("statusListIndex")));
    }
    assert_eq!(with("statusPurpose", json!(null)), Err(StatusFault::BadMember("statusPurpose")));
    assert_eq!(with("statusSize", json!(0)), Err(StatusFault::BadMember("statusSize")));
    assert_eq!(with("statusListCredential", json!({})), Err(StatusFault::BadMember("statusListCredential")));
    assert_eq!(with("type", "Other".into()), Err(StatusFault::OtherKind("Other".into())));
    let many: Vec<Value> = (0..17).map(|_| json!({})).collect();
    assert_eq!(
        entries(&json!({ "credentialStatus": many })),
        [Err(StatusFault::BadMember("credentialStatus"))]
    );
}

#[test]
fn the_predecessor_is_read() {
    let mut old = list(&[0b0100_0000]);
    old["type"] = json!(["VerifiableCredential", "StatusList2021Credential"]);
    old["credentialSubject"]["type"] = "StatusList2021".into();
    old["credentialSubject"]["encodedList"] = packed(&[0b0100_0000]).into();
    let read = StatusList::read(&old, ListKind::StatusList2021).unwrap();
    assert_eq!((read.value(&entry(0, 1)), read.value(&entry(1, 1))), (Ok(0), Ok(1)));
}

/// The names of its members: the specification's, and those that 1EdTech's own validator looks for.
#[test]
fn a_list_of_ids_is_read_under_both_names_and_only_for_its_issuer() {
    let entries =
        json!([{ "id": "urn:a", "revocationReason": "x" }, { "id": "urn:b", "revoked": false }, "urn:c"]);
    for name in ["revokedCredentials", "revokedCredential"] {
        for issuer in [json!("https://a.example"), json!({ "id": "https://a.example", "type": "Profile" })] {
            let mut ids = json!({ "id": "https://a.example/list", "issuer": issuer });
            ids[name] = entries.clone();
            let revoked = |id: &str| is_revoked_by_id(&ids, "https://a.example", id);
            assert_eq!((revoked("urn:a"), revoked("urn:b")), (Ok(true), Ok(false)));
            assert_eq!((revoked("urn:c"), revoked("urn:d")), (Ok(true), Ok(false)));
            let other = Err(StatusFault::OfAnother { found: "https://a.example".into() });
            assert_eq!(is_revoked_by_id(&ids, "https://b.example", "urn:a"), other);
        }
    }
    let both = json!({ "revokedCredentials": ["urn:a"], "revokedCredential": ["urn:b"] });
    assert_eq!(is_revoked_by_id(&both, "https://a.example", "urn:a"), Ok(true));
    assert_eq!(is_revoked_by_id(&both, "https://a.example", "urn:b"), Ok(true));
    for bad in [
        json!({}),
        json!({ "revokedCredentials": "urn:a" }),
        json!({ "revokedCredentials": [], "revokedCredential": 7 }),
    ] {
        assert_eq!(is_revoked_by_id(&bad, "https://a.example", "urn:a"), Err(StatusFault::NotAList), "{bad}");
    }
}

/// What stands behind the end of a packed list is read by some and not by others.
#[test]
fn a_list_with_something_behind_its_end_is_refused() {
    let member = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    for behind in [member(&[0xFF; 16]), vec![0], b"more".to_vec()] {
        let both = [member(&[0; 16]), behind].concat();
        let mut document = list(&[]);
        document["credentialSubject"]["encodedList"] =
            format!("u{}", data_encoding::BASE64URL_NOPAD.encode(&both)).into();
        assert_eq!(read(&document), Err(StatusFault::NotPacked));
    }
}
