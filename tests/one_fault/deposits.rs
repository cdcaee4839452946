//! What is amiss with a deposit: it never makes a good bundle better, and only what is signed in one can make it worse.

use portfolio::credential::deposit::{self, Capture, Deposit, FileRole, KeptFile, RECORD, Says};
use portfolio::digest::Digest;
use portfolio::path::RelPath;
use portfolio::proof::Signer;
use portfolio::verifier::limits::DEPOSITS;
use portfolio::verifier::{Code, Outcome};
use serde_json::{Value, json};

use super::world::{CHECKED, World, json_bytes, moment};
use super::{Case, DAMAGED, FORM, MISFIT, TOO_NEW, badges};

const NAME: &str = "data/deposits/badge";

fn record(files: &[(&str, &[u8], FileRole)]) -> Value {
    let file = |(name, bytes, role): &(&str, &[u8], FileRole)| KeptFile {
        name: RelPath::parse(name).unwrap(),
        media_type: "application/json".to_owned(),
        size: bytes.len() as u64,
        sha256: Digest::of(bytes),
        role: *role,
        of: None,
        captured: None,
    };
    deposit::build(&Deposit {
        title: "badge".to_owned(),
        kind: "capture".to_owned(),
        carrier: None,
        says: Says::default(),
        placement: None,
        confidential: None,
        files: files.iter().map(file).collect(),
        captured: Capture {
            at: moment(CHECKED),
            how: "a file".to_owned(),
            url: None,
            expires: None,
            note: None,
        },
        can_be_checked: vec!["bytes".to_owned()],
    })
}

/// Puts in a deposit of one file, with its record.
fn put(world: &mut World, folder: &str, name: &str, bytes: &[u8]) {
    let record = record(&[(name, bytes, FileRole::Original)]);
    world.put(&format!("{folder}/{RECORD}"), &record);
    world.files.insert(format!("{folder}/{name}"), bytes.to_vec());
}

fn put_badge(world: &mut World, folder: &str, badge: &Value) {
    put(world, folder, "badge.json", badge.to_string().as_bytes());
}

pub const CASES: &[Case] = &[
    Case {
        fault: "a saved web page is deposited",
        codes: &[Code::DepositNotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            put(world, NAME, "page.html", b"<!DOCTYPE html>");
            world.report()
        },
    },
    Case {
        fault: "a token in a form that is not read here is deposited",
        codes: &[Code::DepositNotRead],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            put(world, NAME, "degree.txt", b"eyJhbGciOiJFUzI1NiJ9.e30.AAAA~WyJhIl0~");
            world.report()
        },
    },
    Case {
        fault: "a deposit without its record",
        codes: &[Code::DepositNotSigned, Code::DepositRecord],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert(format!("{NAME}/page.html"), b"<!DOCTYPE html>".to_vec());
            world.report()
        },
    },
    Case {
        fault: "a record about other bytes than those beside it",
        codes: &[Code::DepositNotSigned, Code::DepositRecord],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            put(world, NAME, "page.html", b"<!DOCTYPE html>");
            world.files.insert(format!("{NAME}/page.html"), b"<!DOCTYPE html><b>better</b>".to_vec());
            world.report()
        },
    },
    Case {
        fault: "a record of a later version",
        codes: &[Code::DepositNotSigned, Code::DepositTooNew],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            put(world, NAME, "page.html", b"<!DOCTYPE html>");
            let mut newer = record(&[("page.html", b"", FileRole::Original)]);
            newer["formatVersion"] = 2.into();
            world.put(&format!("{NAME}/{RECORD}"), &newer);
            world.report()
        },
    },
    Case {
        fault: "a picture whose badge is damaged",
        codes: &[Code::DepositUnreadable],
        outcome: DAMAGED,
        exit: 7,
        check: |world| {
            let mut picture = badges::baked(&badges::plain());
            let at = picture.len() - 20;
            picture[at] ^= 1;
            put(world, NAME, "badge.png", &picture);
            world.report()
        },
    },
    Case {
        fault: "keys beside a deposit that are none",
        codes: &[Code::DepositBeside, Code::DepositNotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let (page, keys) = (b"<!DOCTYPE html>".as_slice(), b"{}".as_slice());
            let record =
                record(&[("page.html", page, FileRole::Original), ("keys.json", keys, FileRole::Keys)]);
            world.put(&format!("{NAME}/{RECORD}"), &record);
            world.files.insert(format!("{NAME}/page.html"), page.to_vec());
            world.files.insert(format!("{NAME}/keys.json"), keys.to_vec());
            world.report()
        },
    },
    Case {
        fault: "a list beside a deposit that says for no address",
        codes: &[Code::DepositBeside, Code::DepositNotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let (page, list) = (b"<!DOCTYPE html>".as_slice(), json_bytes(&badges::list(false)));
            let record =
                record(&[("page.html", page, FileRole::Original), ("list.json", &list, FileRole::Status)]);
            world.put(&format!("{NAME}/{RECORD}"), &record);
            world.files.insert(format!("{NAME}/page.html"), page.to_vec());
            world.files.insert(format!("{NAME}/list.json"), list);
            world.report()
        },
    },
    Case {
        fault: "a badge by an issuer that the reader does not know",
        codes: &[],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            put_badge(world, NAME, &badges::plain());
            world.report()
        },
    },
    Case {
        fault: "a badge that was changed",
        codes: &[],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut badge = badges::plain();
            badge["name"] = "Rocket science".into();
            put_badge(world, NAME, &badge);
            world.report()
        },
    },
    Case {
        fault: "a badge that ended",
        codes: &[],
        outcome: Outcome::Expired,
        exit: 4,
        check: |world| {
            let mut badge = badges::unsigned(&badges::did());
            badge["validUntil"] = "2026-08-01T00:00:00Z".into();
            put_badge(world, NAME, &badges::signed(badge));
            world.report()
        },
    },
    Case {
        fault: "one badge alone and again inside a picture",
        codes: &[Code::DepositRepeated],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            put_badge(world, NAME, &badges::plain());
            put(world, "data/deposits/picture", "badge.png", &badges::baked(&badges::plain()));
            world.report()
        },
    },
    Case {
        fault: "a badge that ended, and the same one issued again with another spelling of its id",
        codes: &[Code::DepositRepeated],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            let mut ended = badges::unsigned(&badges::did());
            ended["validUntil"] = "2026-08-01T00:00:00Z".into();
            put_badge(world, NAME, &badges::signed(ended));
            let mut again = badges::unsigned(&badges::did());
            again["id"] = "https://skillforge.example/%62adges/4711".into();
            again["validFrom"] = "2026-08-01T00:00:00Z".into();
            put_badge(world, "data/deposits/again", &badges::signed(again));
            world.report()
        },
    },
    Case {
        fault: "a badge that the student issued",
        codes: &[Code::SelfSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut badge = badges::unsigned(&world.student.public_key().did());
            super::world::sign_at(&mut badge, "2026-07-02T00:00:00Z", &world.student);
            put_badge(world, NAME, &badge);
            world.report()
        },
    },
    Case {
        fault: "a badge of the kind that nobody signs",
        codes: &[Code::DepositNotSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let badge =
                json!({ "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "badge": {} });
            put_badge(world, NAME, &badge);
            world.report()
        },
    },
    Case {
        fault: "more deposits than anybody is given",
        codes: &[Code::TooManyDeposits],
        outcome: FORM,
        exit: 1,
        check: |world| {
            for number in 0..=DEPOSITS {
                world.files.insert(format!("data/deposits/{number}/page.html"), b"x".to_vec());
            }
            world.report()
        },
    },
];
