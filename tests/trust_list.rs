//! The trust list: what is written is read back, and a list with anything wrong in it is refused whole.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the world")]
mod world;

use portfolio::credential::key_notice::{self, KeyEvent, KeyNotice};
use portfolio::json::JsonFaultKind;
use portfolio::proof::Signer;
use portfolio::proof::did::DidFault;
use portfolio::time::Date;
use portfolio::verifier::limits::TRUST_ENTRIES;
use portfolio::verifier::{NoticeFault, TrustEntry, TrustFault, TrustList};
use serde_json::{Value, json};
use world::{entry, key, moment, sign_at};

/// A list of two keys, one with an end, and the news that a third was lost.
fn list() -> TrustList {
    let mut list = TrustList::default();
    list.add(entry(&key(2))).unwrap();
    list.add(TrustEntry {
        name: "Tom Okafor".to_owned(),
        organisation: Some("Riverside".to_owned()),
        not_after: Some(Date::parse("2027-01-31").unwrap()),
        ..entry(&key(3))
    })
    .unwrap();
    assert_eq!(list.add_notice(lost()), Ok(true));
    list
}

fn lost() -> Value {
    let event = KeyEvent::Lost { since: moment("2026-09-01T00:00:00Z") };
    let created = moment("2026-09-02T00:00:00Z");
    let mut notice = key_notice::build(&KeyNotice { key: key(4).public_key().did(), event, created });
    sign_at(&mut notice, "2026-09-02T00:00:00Z", &key(4));
    notice
}

/// What is said about the good list with one change in it.
fn said(change: impl FnOnce(&mut Value)) -> TrustFault {
    let mut document: Value = serde_json::from_str(&list().to_json()).unwrap();
    change(&mut document);
    TrustList::parse(&serde_json::to_vec(&document).unwrap()).unwrap_err()
}

#[test]
fn what_is_written_is_read_back() {
    let list = list();
    let text = list.to_json();
    let read = TrustList::parse(text.as_bytes()).unwrap();
    assert_eq!(read, list);
    assert_eq!(read.to_json(), text);
    assert_eq!(read.by_key(&key(3).public_key()).unwrap().name, "Tom Okafor");
    assert_eq!(read.by_key(&key(9).public_key()), None);
    assert_eq!(read.notices().count(), 1);
}

#[test]
fn the_file_is_a_small_readable_one() {
    let mut list = TrustList::default();
    list.add(entry(&key(2))).unwrap();
    let did = key(2).public_key().did();
    let expected = format!(
        "{{\n  \"formatVersion\": 1,\n  \"entries\": [\n    {{\n      \"id\": \"{did}\",\n      \
         \"name\": \"Priya Nair, Acme Retail Ltd\",\n      \"added\": \"2026-11-22\",\n      \
         \"basis\": \"phoned the Acme switchboard\"\n    }}\n  ]\n}}\n"
    );
    assert_eq!(list.to_json(), expected);
    assert_eq!(TrustList::default().to_json(), "{\n  \"formatVersion\": 1,\n  \"entries\": []\n}\n");
}

#[test]
fn the_order_of_adding_makes_no_other_file() {
    let (mut one, mut other) = (TrustList::default(), TrustList::default());
    for seed in [2, 3, 5] {
        one.add(entry(&key(seed))).unwrap();
    }
    for seed in [5, 2, 3] {
        other.add(entry(&key(seed))).unwrap();
    }
    assert_eq!(one.to_json(), other.to_json());
}

#[test]
fn a_key_stands_in_it_once_and_a_name_as_often_as_it_has_keys() {
    let mut list = list();
    let again = TrustEntry { name: "Somebody Else".to_owned(), ..entry(&key(2)) };
    assert_eq!(list.add(again), Err(TrustFault::Duplicate(key(2).public_key().did())));
    list.add(entry(&key(5))).unwrap();
    assert_eq!(list.entries().len(), 3);
    let twice = said(|document| {
        let first = document["entries"][0].clone();
        document["entries"].as_array_mut().unwrap().push(first);
    });
    assert!(matches!(twice, TrustFault::Duplicate(_)), "{twice}");
}

#[test]
fn a_key_that_is_taken_out_is_gone() {
    let mut list = list();
    assert_eq!(list.remove(&key(2).public_key()).unwrap().name, "Priya Nair, Acme Retail Ltd");
    assert_eq!(list.remove(&key(2).public_key()), None);
    assert_eq!(list.entries().len(), 1);
}

#[test]
fn a_notice_is_kept_once_and_only_if_it_is_signed() {
    let mut list = list();
    assert_eq!(list.add_notice(lost()), Ok(false));
    let mut forged = lost();
    sign_at(&mut forged, "2026-09-02T00:00:00Z", &key(6));
    assert!(matches!(list.add_notice(forged), Err(NoticeFault::Misfit(_))));
    assert_eq!(list.add_notice(json!({"type": "Holiday"})), Err(NoticeFault::NotANotice));
    assert_eq!(list.notices().count(), 1);
    let mut newer = lost();
    newer["formatVersion"] = json!(2);
    assert!(list.add_notice(newer).unwrap_err().is_too_new());
    let spoiled = said(|document| document["notices"][0]["lostSince"] = json!("2020-01-01T00:00:00Z"));
    assert!(matches!(spoiled, TrustFault::Notice { number: 1, fault: NoticeFault::Misfit(_) }), "{spoiled}");
}

#[test]
fn anything_wrong_refuses_the_whole_list() {
    let json = |bytes: &[u8]| match TrustList::parse(bytes) {
        Err(TrustFault::Json(fault)) => fault.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(json(b""), JsonFaultKind::Empty);
    assert_eq!(json(b"\xef\xbb\xbf{\"formatVersion\": 1, \"entries\": []}"), JsonFaultKind::ByteOrderMark);
    let twice = b"{\"formatVersion\": 1, \"entries\": [], \"entries\": []}";
    assert!(matches!(json(twice), JsonFaultKind::DuplicateMember { .. }));

    let is_form = |fault: TrustFault| assert!(matches!(fault, TrustFault::Form(_)), "{fault}");
    is_form(said(|document| *document = json!([])));
    is_form(said(|document| document["counter"] = json!(1)));
    is_form(said(|document| document["entries"][0]["trusted"] = json!(true)));
    is_form(said(|document| drop(document["entries"][0].as_object_mut().unwrap().shift_remove("basis"))));
    is_form(said(|document| drop(document.as_object_mut().unwrap().shift_remove("entries"))));
    is_form(said(|document| document["formatVersion"] = json!(0)));
    assert_eq!(said(|document| document["formatVersion"] = json!(2)), TrustFault::TooNew { found: 2 });

    let date = said(|document| document["entries"][1]["added"] = json!("yesterday"));
    assert_eq!(date, TrustFault::Date { number: 2, text: "yesterday".to_owned() });
    for name in ["", "  ", "Priya\nNair", "Priya \u{202e}riaN", "\u{1b}[2J"] {
        let fault = said(|document| document["entries"][0]["name"] = json!(name));
        assert_eq!(fault, TrustFault::Name { number: 1 }, "{name:?}");
    }
}

#[test]
fn a_key_that_signs_anything_is_refused() {
    let did = |point: [u8; 32]| {
        let bytes = [&[0xed, 0x01], point.as_slice()].concat();
        format!("did:key:z{}", bs58::encode(bytes).into_string())
    };
    let mut neutral = [0; 32];
    neutral[0] = 1;
    for weak in [did(neutral), did([0; 32]), "did:web:acme.example".to_owned(), "Priya".to_owned()] {
        let fault = said(|document| document["entries"][0]["id"] = json!(weak));
        let TrustFault::Key { number: 1, id, fault } = fault else { panic!("{fault}") };
        assert_eq!(id, weak);
        assert!(!fault.to_string().is_empty());
        if weak.starts_with("did:web") {
            assert!(matches!(fault, DidFault::OtherMethod(_)), "{fault:?}");
        }
    }
}

#[test]
fn the_bound_holds_on_both_sides() {
    let document = |count: usize| {
        let keys = (0..count).map(|number| {
            let mut seed = [7; 32];
            seed[..8].copy_from_slice(&(number as u64).to_le_bytes());
            let did = portfolio::proof::SecretKey::from_seed(&seed).public_key().did();
            json!({"id": did, "name": "A", "added": "2026-01-01", "basis": "b"})
        });
        serde_json::to_vec(&json!({"formatVersion": 1, "entries": keys.collect::<Vec<_>>()})).unwrap()
    };
    assert_eq!(TrustList::parse(&document(TRUST_ENTRIES)).unwrap().entries().len(), TRUST_ENTRIES);
    let over = TrustList::parse(&document(TRUST_ENTRIES + 1)).unwrap_err();
    assert_eq!(over, TrustFault::TooMany { found: TRUST_ENTRIES + 1 });
}

#[test]
fn a_list_that_could_not_be_read_back_is_never_made() {
    let mut list = list();
    let endless = TrustEntry { basis: "x".repeat(8 << 20), ..entry(&key(5)) };
    assert_eq!(list.add(endless), Err(TrustFault::NoRoom));
    assert_eq!(list.entries().len(), 2);
    assert!(TrustList::parse(list.to_json().as_bytes()).is_ok());
}
