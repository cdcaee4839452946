//! News that came after the signing: withdrawn, replaced, key lost, or too old to go by.

use portfolio::credential::key_notice::{self, KeyEvent, KeyNotice};
use portfolio::credential::signoff;
use portfolio::credential::withdrawal::{self, Withdrawal};
use portfolio::proof::{EddsaJcs2022, Options, SecretKey, Signer, sign};
use portfolio::verifier::{Code, Indication, NewsFrom, Outcome, TrustList};
use serde_json::{Value, json};

use super::Case;
use super::world::{SIGN_OFF, World, key, moment, sign_at};

const OCTOBER: &str = "2026-10-02T08:00:00Z";

pub const CASES: &[Case] = &[
    Case {
        fault: "withdrawn, as a file says that the reader was sent",
        codes: &[Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            let notice = withdrawn(world, None);
            world.bring(&notice);
            let report = world.report();
            let withdrawn = report.credentials[0].withdrawn.clone().unwrap();
            assert_eq!(withdrawn.reason.as_deref(), Some("later version exists"));
            assert_eq!(
                (withdrawn.on, withdrawn.from),
                (moment(OCTOBER), NewsFrom::File("notice.json".into()))
            );
            assert_eq!(report.credentials[0].checks.status.indication, Indication::Failed);
            report
        },
    },
    Case {
        fault: "withdrawn, as the bundle itself says",
        codes: &[Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            let notice = withdrawn(world, None);
            world.put("data/notices/withdrawn.json", &notice);
            let report = world.report();
            assert_eq!(report.credentials[0].withdrawn.as_ref().unwrap().from, NewsFrom::Bundle);
            report
        },
    },
    Case {
        fault: "withdrawn, as the reader's own list says",
        codes: &[Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            assert_eq!(world.trust.add_notice(withdrawn(world, None)), Ok(true));
            let report = world.report();
            assert_eq!(report.credentials[0].withdrawn.as_ref().unwrap().from, NewsFrom::TrustList);
            report
        },
    },
    Case {
        fault: "withdrawn by a signer that is not known",
        codes: &[Code::SignerUnknown, Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            world.trust = TrustList::default();
            let notice = withdrawn(world, None);
            world.bring(&notice);
            world.report()
        },
    },
    Case {
        fault: "withdrawn, and the holder put a signature of an unknown kind beside the first",
        codes: &[Code::ProofNotSupported, Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            let notice = withdrawn(world, None);
            world.bring(&notice);
            world.alter(|document| {
                let mut other = document["proof"][0].clone();
                other["cryptosuite"] = json!("mldsa-jcs-2031");
                document["proof"].as_array_mut().unwrap().push(other);
            });
            world.report()
        },
    },
    Case {
        fault: "a lone sign-off that was withdrawn",
        codes: &[Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            let notice = withdrawn(world, None);
            world.bring(&notice);
            world.report_on_sign_off(&world.files[SIGN_OFF])
        },
    },
    Case {
        fault: "another sign-off of the same signer withdrawn",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let other = world
                .signed(|document| document["id"] = json!("urn:uuid:11111111-1111-8111-8111-111111111111"));
            let notice = withdrawal_of(&other, &world.mentor, None);
            world.bring(&notice);
            let report = world.report();
            // the signer was heard of then, and did not take this one back
            assert_eq!(report.credentials[0].status_as_of, Some(moment(OCTOBER)));
            report
        },
    },
    Case {
        fault: "a withdrawal by somebody else",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let notice = withdrawal_of(&world.sign_off(), &key(6), None);
            world.bring(&notice);
            world.report()
        },
    },
    Case {
        fault: "a withdrawal in the bundle that names the signer and is signed by another",
        codes: &[Code::NoticeIgnored],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut notice = withdrawn(world, None);
            sign_at(&mut notice, OCTOBER, &key(6));
            world.put("data/notices/withdrawn.json", &notice);
            world.report()
        },
    },
    Case {
        fault: "a notice in the bundle that is no notice",
        codes: &[Code::NoticeIgnored],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.files.insert("data/notices/holiday.json".into(), b"{}".to_vec());
            world.report()
        },
    },
    Case {
        fault: "replaced by a newer statement",
        codes: &[Code::Superseded],
        outcome: Outcome::Superseded,
        exit: 4,
        check: |world| {
            let notice = withdrawn(world, Some("urn:uuid:22222222-2222-8222-8222-222222222222"));
            world.bring(&notice);
            world.report()
        },
    },
    Case {
        fault: "replaced, and later withdrawn without a replacement",
        codes: &[Code::Withdrawn],
        outcome: Outcome::Withdrawn,
        exit: 4,
        check: |world| {
            let replaced = withdrawn(world, Some("urn:uuid:22222222-2222-8222-8222-222222222222"));
            let gone = withdrawn(world, None);
            world.bring(&replaced);
            world.bring(&gone);
            world.report()
        },
    },
    Case {
        fault: "the signer's key reported lost",
        codes: &[Code::KeyLost],
        outcome: Outcome::KeyRevoked,
        exit: 3,
        check: |world| {
            let notice = lost(&world.mentor, "2026-09-01T00:00:00Z");
            world.bring(&notice);
            let report = world.report();
            assert_eq!(
                report.credentials[0].key_lost.as_ref().unwrap().since,
                moment("2026-09-01T00:00:00Z")
            );
            assert_eq!(report.credentials[0].checks.status.indication, Indication::Indeterminate);
            report
        },
    },
    Case {
        fault: "the signer's key reported lost by somebody else",
        codes: &[Code::NoticeIgnored],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut notice = lost(&world.mentor, "2026-09-01T00:00:00Z");
            sign_at(&mut notice, OCTOBER, &key(6));
            world.put("data/notices/lost.json", &notice);
            world.report()
        },
    },
    Case {
        fault: "the signer has another key since",
        codes: &[Code::KeySucceeded],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let notice = succession(&world.mentor, &key(5), OCTOBER);
            world.bring(&notice);
            world.report()
        },
    },
    Case {
        fault: "a succession that the new key alone signed",
        codes: &[Code::NoticeIgnored, Code::AboutAnother],
        outcome: super::UNMET,
        exit: 1,
        check: |world| {
            let mut notice = succession(&world.student, &key(8), OCTOBER);
            sign_at(&mut notice, OCTOBER, &key(8));
            world.put("data/notices/succession.json", &notice);
            world.student = key(8);
            world.report()
        },
    },
    Case {
        fault: "two keys that both want to follow the holder's",
        codes: &[Code::AboutAnother],
        outcome: super::UNMET,
        exit: 1,
        check: |world| {
            world.put("data/notices/one.json", &succession(&world.student, &key(8), OCTOBER));
            world.put("data/notices/two.json", &succession(&world.student, &key(9), OCTOBER));
            world.student = key(8);
            world.report()
        },
    },
    Case {
        fault: "a key that named its successor after it was lost",
        codes: &[Code::AboutAnother],
        outcome: super::UNMET,
        exit: 1,
        check: |world| {
            world.put("data/notices/lost.json", &lost(&world.student, "2026-09-01T00:00:00Z"));
            world.put("data/notices/one.json", &succession(&world.student, &key(8), OCTOBER));
            world.student = key(8);
            world.report()
        },
    },
    Case {
        fault: "no word for longer than was asked for",
        codes: &[Code::StatusTooOld],
        outcome: Outcome::StatusUnknown,
        exit: 3,
        check: |world| {
            world.max_status_age_days = Some(30);
            world.report()
        },
    },
    Case {
        fault: "no word for longer than was asked for, and any signer is taken",
        codes: &[Code::SignerUnknown, Code::StatusTooOld],
        outcome: Outcome::SignerUnknown,
        exit: 3,
        check: |world| {
            world.trust = TrustList::default();
            world.accept_unknown_signer = true;
            world.max_status_age_days = Some(30);
            world.report()
        },
    },
    Case {
        fault: "a status list that is kept elsewhere",
        codes: &[Code::StatusNotSupported],
        outcome: Outcome::StatusUnknown,
        exit: 3,
        check: |world| {
            world.resign(|document| {
                document["credentialStatus"] = json!({
                    "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                    "statusListIndex": "7", "statusListCredential": "https://acme.example/status/1",
                });
            });
            world.report()
        },
    },
];

fn withdrawn(world: &World, replaced_by: Option<&str>) -> Value {
    withdrawal_of(&world.sign_off(), &world.mentor, replaced_by)
}

fn withdrawal_of(sign_off: &Value, signer: &SecretKey, replaced_by: Option<&str>) -> Value {
    let mut notice = withdrawal::build(&Withdrawal {
        issuer: signer.public_key().did(),
        credential: sign_off["id"].as_str().unwrap().to_owned(),
        credential_digest: signoff::digest(sign_off).unwrap(),
        reason: Some("later version exists".to_owned()),
        replaced_by: replaced_by.map(str::to_owned),
        created: moment(OCTOBER),
    });
    sign_at(&mut notice, OCTOBER, signer);
    notice
}

/// A key's report that it was lost.
pub fn lost(key: &SecretKey, since: &str) -> Value {
    let event = KeyEvent::Lost { since: moment(since) };
    let created = moment("2026-09-02T00:00:00Z");
    let mut notice = key_notice::build(&KeyNotice { key: key.public_key().did(), event, created });
    sign_at(&mut notice, "2026-09-02T00:00:00Z", key);
    notice
}

/// A change of keys that both keys signed.
pub fn succession(old: &SecretKey, new: &SecretKey, created: &str) -> Value {
    let event = KeyEvent::Succeeded { by: new.public_key().did() };
    let mut notice =
        key_notice::build(&KeyNotice { key: old.public_key().did(), event, created: moment(created) });
    let options = Options::assertion(moment(created));
    sign(&mut notice, &options, &[&EddsaJcs2022], old).unwrap();
    sign(&mut notice, &options, &[&EddsaJcs2022], new).unwrap();
    notice
}
