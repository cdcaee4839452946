//! Dates, status lists and pins: what stood when, and on whose word.

use portfolio::proof::others::PinnedBy;
use portfolio::proof::{EddsaRdfc2022, SecretKey, Signer};
use portfolio::time::Date;
use portfolio::verifier::{TrustEntry, TrustList};
use serde_json::{Value, json};

use crate::reader::{Reader, theirs};
use crate::school::{
    LIST, at_place, badge, base64, bits, edited, gzip, list, options, sealed, signed, web_token,
};
use crate::world::{SIGNED, World, entry, sign_at};
use crate::{Case, Row, bundle, case, sign_off};

pub const ROWS: &[Row] = &[
    Row {
        id: "T13",
        cases: bits_and_their_spelling,
        elsewhere: &[
            ("tests/status_lists.rs", "published_lists_have_the_bits_that_their_fixtures_say"),
            ("tests/status_lists.rs", "the_first_entry_is_the_highest_bit_and_entries_may_have_several"),
        ],
    },
    Row {
        id: "T22",
        cases: stapled,
        elsewhere: &[("tests/foreign_signatures.rs", "what_the_student_brings_makes_nobody_known")],
    },
    Row { id: "420", cases: no_list, elsewhere: &[] },
    Row { id: "421", cases: list_of_another, elsewhere: &[] },
    Row {
        id: "422",
        cases: old_list,
        elsewhere: &[("tests/foreign_reports.rs", "a_list_that_is_older_than_asked_leaves_it_open")],
    },
    Row { id: "423", cases: revoked, elsewhere: &[] },
    Row {
        id: "424",
        cases: wrong_lists,
        elsewhere: &[("tests/status_lists.rs", "an_entry_with_one_thing_wrong_is_named")],
    },
    Row {
        id: "425",
        cases: bombs,
        elsewhere: &[("tests/status_lists.rs", "a_list_with_something_behind_its_end_is_refused")],
    },
    Row { id: "426", cases: trust_that_ended, elsewhere: &[] },
];

const UNUSABLE: &str = "status-unknown: foreign-status-unusable";

fn told(list: Vec<u8>, badge: String) -> String {
    Reader::with_list(list, PinnedBy::Recruiter).told(badge)
}

fn spelt(encoded: impl FnOnce(&[u8]) -> String) -> Vec<u8> {
    let text = encoded(&gzip(&bits(0)));
    list(&bits(0), |document| document["credentialSubject"]["encodedList"] = text.into())
}

fn bits_and_their_spelling() -> Vec<Case> {
    vec![
        case(
            "bit 0 is the highest of the first byte",
            "withdrawn: foreign-revoked",
            told(list(&bits(0x80), |_| ()), at_place("0")),
        ),
        case("and not the lowest", "holds", told(list(&bits(0x01), |_| ()), at_place("0"))),
        case(
            "bit 7 is the lowest",
            "withdrawn: foreign-revoked",
            told(list(&bits(0x01), |_| ()), at_place("7")),
        ),
        case("without the u", UNUSABLE, told(spelt(base64), at_place("0"))),
        case(
            "padded",
            UNUSABLE,
            told(
                spelt(|bytes| format!("u{}", data_encoding::BASE64URL.encode(&[bytes, b"x"].concat()))),
                at_place("0"),
            ),
        ),
        case(
            "in base58",
            UNUSABLE,
            told(spelt(|bytes| format!("z{}", bs58::encode(bytes).into_string())), at_place("0")),
        ),
        case(
            "an index that is a number",
            "holds: foreign-status-form",
            told(list(&bits(0), |_| ()), at_place(json!(0))),
        ),
        case(
            "a list below the least size",
            "holds: foreign-status-form",
            told(list(&[0; 12_500], |_| ()), at_place("0")),
        ),
    ]
}

/// What the student brings shows that things fit together, and clears nothing.
fn stapled() -> Vec<Case> {
    let document = Reader::with_document(PinnedBy::Student, |_| ());
    let own = Reader::with_document(PinnedBy::Recruiter, |_| ());
    let by_thief = list_by(&SecretKey::from_seed(&[9; 32]), 0);
    let ids = json!({ "id": LIST, "revokedCredentials": [] }).to_string().into_bytes();
    let in_ids = signed(edited(|document| {
        document["credentialStatus"] = json!({ "id": LIST, "type": "1EdTechRevocationList" });
        document["@context"]
            .as_array_mut()
            .unwrap()
            .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    }))
    .to_string();
    vec![
        case(
            "the student's document",
            "signer-unknown: foreign-key-pinned-by-student",
            document.told(web_token()),
        ),
        case("the reader's own", "holds", own.told(web_token())),
        case(
            "the student's list, by the thief's key",
            UNUSABLE,
            Reader::with_list(by_thief, PinnedBy::Student).told(at_place("0")),
        ),
        case(
            "the student's list, by the school",
            "holds",
            Reader::with_list(list(&bits(0), |_| ()), PinnedBy::Student).told(at_place("0")),
        ),
        case(
            "the student's list of ids, which nobody signs",
            UNUSABLE,
            Reader::with_list(ids.clone(), PinnedBy::Student).told(&in_ids),
        ),
        case(
            "the reader's own list of ids",
            "holds",
            Reader::with_list(ids, PinnedBy::Recruiter).told(&in_ids),
        ),
    ]
}

/// A list by another key, of an issuer of its own.
fn list_by(key: &SecretKey, first: u8) -> Vec<u8> {
    let mut document: Value = serde_json::from_slice(&list(&bits(first), |_| ())).unwrap();
    document.as_object_mut().unwrap().shift_remove("proof");
    document["issuer"] = key.public_key().did().into();
    let mut options = options(&EddsaRdfc2022, &document);
    options["verificationMethod"] = key.public_key().verification_method().into();
    sealed(document, options, &EddsaRdfc2022, key).to_string().into_bytes()
}

fn no_list() -> Vec<Case> {
    let entry = json!({ "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "0", "statusListCredential": LIST });
    vec![
        case(
            "a sign-off that names one",
            "status-unknown: status-not-supported",
            sign_off(|document| document["credentialStatus"] = entry),
        ),
        case(
            "a badge whose list is not here",
            "status-unknown: foreign-status-not-here",
            Reader::of_the_school().told(at_place("0")),
        ),
    ]
}

fn list_of_another() -> Vec<Case> {
    let other = SecretKey::from_seed(&[9; 32]);
    let mut known = Reader::with_list(list_by(&other, 0), PinnedBy::Student);
    known.trust.add(TrustEntry { key: other.public_key(), name: "Another".into(), ..entry(&other) }).unwrap();
    vec![
        case(
            "by a stranger",
            UNUSABLE,
            Reader::with_list(list_by(&other, 0), PinnedBy::Student).told(at_place("0")),
        ),
        case("by somebody that the reader knows", UNUSABLE, known.told(at_place("0"))),
    ]
}

fn old_list() -> Vec<Case> {
    let asked = |days| Reader {
        max_status_age_days: Some(days),
        ..Reader::with_list(list(&bits(0), |_| ()), PinnedBy::Recruiter)
    };
    let ttl = list(&bits(0), |document| document["credentialSubject"]["ttl"] = json!(1000));
    let past = list(&bits(0), |document| document["validUntil"] = "2026-11-02T00:00:00Z".into());
    vec![
        case("21 days old, and 30 allowed", "holds", asked(30).told(at_place("0"))),
        case("21 days old, and 20 allowed", UNUSABLE, asked(20).told(at_place("0"))),
        case("older than it says it may be kept", "holds: foreign-status-old", told(ttl, at_place("0"))),
        case("past its own end", UNUSABLE, told(past, at_place("0"))),
    ]
}

fn revoked() -> Vec<Case> {
    let past = list(&bits(0x80), |document| document["validUntil"] = "2026-11-02T00:00:00Z".into());
    vec![
        case("revoked", "withdrawn: foreign-revoked", told(list(&bits(0x80), |_| ()), at_place("0"))),
        case("revoked, by an old list", "withdrawn: foreign-revoked", told(past, at_place("0"))),
    ]
}

/// A list that cannot be used leaves the question open: it is no fault of the badge.
fn wrong_lists() -> Vec<Case> {
    let good = || list(&bits(0), |_| ());
    let purpose =
        list(&bits(0), |document| document["credentialSubject"]["statusPurpose"] = "suspension".into());
    vec![
        case("for another purpose", UNUSABLE, told(purpose, at_place("0"))),
        case("a place behind the end", UNUSABLE, told(good(), at_place("131072"))),
        case("the last place", "holds", told(good(), at_place("131071"))),
        case("a negative place", UNUSABLE, told(good(), at_place("-1"))),
        case("place 2^64", UNUSABLE, told(good(), at_place("18446744073709551616"))),
        case("place 24 of a list of 3 bytes", UNUSABLE, told(list(&[0; 3], |_| ()), at_place("24"))),
        case(
            "place 23 of a list of 3 bytes",
            "holds: foreign-status-form",
            told(list(&[0; 3], |_| ()), at_place("23")),
        ),
    ]
}

fn bombs() -> Vec<Case> {
    let packed = |bytes: Vec<u8>| spelt(move |_| format!("u{}", base64(&bytes)));
    let two = [gzip(&bits(0)), gzip(&bits(0xFF))].concat();
    vec![
        case("17 MB of zeros", UNUSABLE, told(packed(gzip(&vec![0; 17 << 20])), at_place("0"))),
        case("a second member behind the first", UNUSABLE, told(packed(two), at_place("0"))),
        case(
            "a byte behind the end",
            UNUSABLE,
            told(packed([gzip(&bits(0)), vec![0]].concat()), at_place("0")),
        ),
        case("cut short", UNUSABLE, told(packed(gzip(&bits(0))[..20].to_vec()), at_place("0"))),
    ]
}

/// `created` is the signer's word, so a signature from before the day counts and one from after it does not.
fn trust_that_ended() -> Vec<Case> {
    let until = |day: &'static str| {
        bundle(|world| {
            let mut trust = TrustList::default();
            trust
                .add(TrustEntry { not_after: Some(Date::parse(day).unwrap()), ..entry(&world.mentor) })
                .unwrap();
            world.trust = trust;
        })
    };
    vec![
        case(&format!("signed {SIGNED}, trusted until that day"), "holds", until("2026-07-24")),
        case("trusted until the day before", "signer-unknown: trust-ended", until("2026-07-23")),
        case("the same key, reported lost: dates are its thief's word too", "key-revoked: key-lost", {
            let mut world = World::good();
            let notice = lost(&world);
            world.bring(&notice);
            crate::told(&world.report())
        }),
        case("a badge that was signed before", "holds", theirs(&signed(badge()))),
    ]
}

fn lost(world: &World) -> Value {
    use portfolio::credential::key_notice::{self, KeyEvent, KeyNotice};
    let since = crate::world::moment("2026-09-01T00:00:00Z");
    let key = world.mentor.public_key().did();
    let mut notice = key_notice::build(&KeyNotice { key, event: KeyEvent::Lost { since }, created: since });
    sign_at(&mut notice, "2026-09-01T00:00:00Z", &world.mentor);
    notice
}
