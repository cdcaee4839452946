//! A signer on nobody's list, and vouchers for the key: heeded one level deep, in their time, and as they were signed.

use portfolio::issuer::{self, Vouching};
use portfolio::json;
use portfolio::proof::{SecretKey, Signer};
use portfolio::time::{Date, Timestamp};
use portfolio::verifier::{Code, Outcome, TrustEntry, TrustList};
use serde_json::Value;

use super::world::{World, entry, key, moment, sign_at};
use super::{Case, UNMET};

const VOUCHER: &str = "data/vouchers/priya-nair.json";
const SECOND: &str = "data/vouchers/acme-retail.json";

/// A world in which the mentor is known by Acme's word alone, with one thing changed.
macro_rules! case {
    ($fault:literal, $codes:expr, $outcome:expr, $exit:literal, $change:expr) => {
        Case {
            fault: $fault,
            codes: $codes,
            outcome: $outcome,
            exit: $exit,
            check: |world| {
                world.trust = list(true, None);
                let voucher = vouched(&acme(), &world.mentor, None);
                world.files.insert(VOUCHER.into(), voucher);
                let change: fn(&mut World) = $change;
                change(world);
                world.report()
            },
        }
    };
}

pub const CASES: &[Case] = &[
    case!("a signer vouched for, which is no fault", &[Code::Vouched], Outcome::Holds, 0, |world| {
        let report = world.report();
        let vouched = report.credentials[0].vouched.as_ref().unwrap();
        assert_eq!((vouched.words.as_str(), vouched.by.name.as_str()), ("Priya Nair, Data Lead", "Acme"));
        assert_eq!(report.credentials[0].trust, None);
    }),
    case!(
        "a voucher that has ended",
        &[Code::VoucherNotInTime, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| put(world, vouched(&acme(), &world.mentor, Date::parse("2026-10-31").ok()))
    ),
    case!(
        "a voucher that has not begun",
        &[Code::VoucherNotInTime, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| put(world, vouched_at(&acme(), &world.mentor, None, moment("2027-01-01T00:00:00Z")))
    ),
    case!("a voucher on its last day", &[Code::Vouched], Outcome::Holds, 0, |world| {
        put(world, vouched(&acme(), &world.mentor, Date::parse("2026-11-22").ok()));
    }),
    case!(
        "a voucher by a key that is listed and may not vouch",
        &[Code::VoucherNotHeeded, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| world.trust = list(false, None)
    ),
    case!(
        "a voucher by somebody whom nobody knows",
        &[Code::VoucherNotHeeded, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| put(world, vouched(&key(8), &world.mentor, None))
    ),
    case!(
        "a voucher of the second level: Acme vouches for a key that vouches for the mentor",
        &[Code::VoucherNotHeeded, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            put(world, vouched(&key(8), &world.mentor, None));
            world.files.insert(SECOND.into(), vouched(&acme(), &key(8), None));
        }
    ),
    case!(
        "a voucher that was changed after it was signed",
        &[Code::VoucherIgnored, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            let mut document: Value = serde_json::from_slice(&world.files[VOUCHER]).unwrap();
            document["credentialSubject"]["endorsementComment"] = "Priya Nair, Managing Director".into();
            world.put(VOUCHER, &document);
        }
    ),
    case!(
        "a voucher that names Acme and is signed by another",
        &[Code::VoucherIgnored, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            let mut document: Value = serde_json::from_slice(&world.files[VOUCHER]).unwrap();
            sign_at(&mut document, "2026-07-01T09:00:00Z", &key(8));
            world.put(VOUCHER, &document);
        }
    ),
    case!(
        "a voucher with a member that nobody knows",
        &[Code::VoucherIgnored, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            let mut document: Value = serde_json::from_slice(&world.files[VOUCHER]).unwrap();
            document["credentialSubject"]["mayVouch"] = true.into();
            sign_at(&mut document, "2026-07-01T09:00:00Z", &acme());
            world.put(VOUCHER, &document);
        }
    ),
    case!("a voucher for somebody else's key", &[Code::SignerUnknown], Outcome::SignerUnknown, 3, |world| {
        put(world, vouched(&acme(), &key(8), None))
    }),
    case!(
        "a voucher that was withdrawn",
        &[Code::VoucherWithdrawn, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            let document = json::parse(&world.files[VOUCHER], &json::OURS).unwrap();
            let at = moment("2026-10-02T08:00:00Z");
            let notice = issuer::withdraw(&document, None, None, at, &acme()).unwrap();
            world.bring(&serde_json::from_slice(&notice).unwrap());
        }
    ),
    case!(
        "a voucher by a key since reported lost",
        &[Code::VoucherNotHeeded, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| {
            let notice = super::later_news::lost(&acme(), "2026-09-01T00:00:00Z");
            world.bring(&notice);
        }
    ),
    case!(
        "a voucher made after the reader's trust in whoever vouches ended",
        &[Code::VoucherNotHeeded, Code::SignerUnknown],
        Outcome::SignerUnknown,
        3,
        |world| world.trust = list(true, Date::parse("2026-06-30").ok())
    ),
    case!(
        "a signer whom the reader trusts for earlier sign-offs alone, and who is vouched for",
        &[Code::TrustEnded],
        Outcome::SignerUnknown,
        3,
        |world| {
            let not_after = Date::parse("2026-01-01").ok();
            world.trust.add(TrustEntry { not_after, ..entry(&world.mentor) }).unwrap();
        }
    ),
    case!("two vouchers, one of them not heeded", &[Code::Vouched], Outcome::Holds, 0, |world| {
        world.files.insert("data/vouchers/a.json".into(), vouched(&key(8), &world.mentor, None));
    }),
    case!("a signer vouched for, and a sign-off about another", &[Code::AboutAnother], UNMET, 1, |world| {
        world.student = key(9);
    }),
    case!(
        "a signer vouched for whose key was reported lost",
        &[Code::Vouched, Code::KeyLost],
        Outcome::KeyRevoked,
        3,
        |world| {
            let notice = super::later_news::lost(&world.mentor, "2026-09-01T00:00:00Z");
            world.bring(&notice);
        }
    ),
];

fn acme() -> SecretKey {
    key(7)
}

/// The reader's list: Acme alone.
fn list(may_vouch: bool, not_after: Option<Date>) -> TrustList {
    let mut list = TrustList::default();
    let name = "Acme".to_owned();
    list.add(TrustEntry { name, may_vouch, not_after, ..entry(&acme()) }).unwrap();
    list
}

fn put(world: &mut World, voucher: Vec<u8>) {
    world.files.insert(VOUCHER.into(), voucher);
}

fn vouched(by: &SecretKey, for_key: &SecretKey, until: Option<Date>) -> Vec<u8> {
    vouched_at(by, for_key, until, moment("2026-07-01T09:00:00Z"))
}

fn vouched_at(by: &SecretKey, for_key: &SecretKey, until: Option<Date>, at: Timestamp) -> Vec<u8> {
    let (key, words) = (&for_key.public_key(), "Priya Nair, Data Lead");
    issuer::vouch(&Vouching { key, words, issuer_name: "Acme Retail Ltd", until, at }, by).unwrap()
}
