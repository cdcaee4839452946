//! Faults in the form of a sign-off and in whose it is.

use portfolio::proof::Signer;
use portfolio::verifier::{Code, Outcome};
use serde_json::{Value, json};

use super::later_news::succession;
use super::world::{SIGN_OFF, SIGNED, World, entry, key, sign_at};
use super::{Case, FORM, NOTHING, TOO_NEW, UNMET};

pub const CASES: &[Case] = &[
    Case {
        fault: "a member twice in a sign-off",
        codes: &[Code::CredentialJson],
        outcome: FORM,
        exit: 1,
        check: |world| {
            let text = String::from_utf8(world.files[SIGN_OFF].clone()).unwrap();
            let twice = text.replacen("\"name\"", "\"name\": \"MIT\",\n  \"na\\u006de\"", 1);
            world.files.insert(SIGN_OFF.into(), twice.into_bytes());
            world.report()
        },
    },
    Case {
        fault: "a number that two readers may read as two numbers, signed",
        codes: &[Code::CredentialJson],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| document["credentialSubject"]["score"] = json!(1.5));
            world.report()
        },
    },
    Case {
        fault: "a context put behind the signed ones",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            let more = json!("https://example.org/v1");
            world.alter(|document| document["@context"].as_array_mut().unwrap().push(more));
            world.report()
        },
    },
    Case {
        fault: "an issuer without an id, signed",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| drop(document["issuer"].as_object_mut().unwrap().shift_remove("id")));
            world.report()
        },
    },
    Case {
        fault: "an issuer that somebody would have to look up on the network",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| document["issuer"]["id"] = json!("did:web:acme.example"));
            world.report()
        },
    },
    Case {
        fault: "an issuer whose key signs anything for anybody",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            // the neutral point of the curve: one signature fits every message
            let mut bytes = vec![0xed, 0x01, 0x01];
            bytes.extend([0; 31]);
            let weak = format!("did:key:z{}", bs58::encode(bytes).into_string());
            world.resign(|document| document["issuer"]["id"] = json!(weak));
            world.report()
        },
    },
    Case {
        fault: "an end before the beginning, signed",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| document["validUntil"] = json!("2026-07-01T00:00:00Z"));
            world.report()
        },
    },
    Case {
        fault: "the 30th of February, signed",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| document["validFrom"] = json!("2026-02-30T00:00:00Z"));
            world.report()
        },
    },
    Case {
        fault: "a digest of another algorithm, signed",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.resign(|document| {
                document["evidence"][0]["digestMultibase"] = json!("uERTaOaPuXmtLDTJVv--VYBiQr9gHCQ")
            });
            world.report()
        },
    },
    Case {
        fault: "longer than any sign-off may be",
        codes: &[Code::CredentialForm],
        outcome: FORM,
        exit: 1,
        check: |world| {
            world.files.get_mut(SIGN_OFF).unwrap().extend(vec![b' '; 1 << 20]);
            world.report()
        },
    },
    Case {
        fault: "a credential of a kind that is not known, alone",
        codes: &[Code::CredentialNotSupported],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            world.resign(|document| document["type"] = json!(["VerifiableCredential", "DegreeCredential"]));
            world.report_on_sign_off(&world.files[SIGN_OFF])
        },
    },
    Case {
        fault: "a credential of a kind that is not known, beside a good one",
        codes: &[Code::CredentialNotSupported],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            let degree = world
                .signed(|document| document["type"] = json!(["VerifiableCredential", "DegreeCredential"]));
            world.put("data/credentials/degree.json", &degree);
            let report = world.report();
            assert_eq!(report.credentials[0].outcome, Outcome::Holds);
            report
        },
    },
    Case {
        fault: "a sign-off in another form than JSON",
        codes: &[Code::CredentialNotSupported],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            world.files.insert("data/credentials/badge.jwt".into(), b"eyJ.eyJ.x".to_vec());
            world.report()
        },
    },
    Case {
        fault: "a signed member that is not understood",
        codes: &[Code::MembersNotShown],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.resign(|document| document["rank"] = json!("best"));
            world.report()
        },
    },
    Case {
        fault: "more sign-offs than the bound",
        codes: &[Code::TooManyCredentials, Code::NothingToCheck],
        outcome: FORM,
        exit: 1,
        check: |world| {
            for number in 0..1_000 {
                world.files.insert(format!("data/credentials/{number:04}.json"), b"{}".to_vec());
            }
            world.report()
        },
    },
    Case {
        fault: "one sign-off twice",
        codes: &[Code::CredentialRepeated],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let same = world.sign_off();
            world.put("data/credentials/copy.json", &same);
            let report = world.report();
            assert_eq!(report.credentials.len(), 1);
            report
        },
    },
    Case {
        fault: "two sign-offs with one id",
        codes: &[Code::CredentialIdReused],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let id = world.sign_off()["id"].clone();
            let other = world.signed(|document| {
                document["credentialSubject"]["narrative"] = json!("Another statement.");
                document["id"] = id;
            });
            world.put("data/credentials/other.json", &other);
            world.report()
        },
    },
    Case {
        fault: "a friend's sign-off",
        codes: &[Code::AboutAnother],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.resign(|document| document["credentialSubject"]["id"] = json!(key(7).public_key().did()));
            world.report()
        },
    },
    Case {
        fault: "a stolen sign-off in the thief's own bundle",
        codes: &[Code::AboutAnother],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.student = key(8);
            world.report()
        },
    },
    Case {
        fault: "about the key before this one, as both keys say",
        codes: &[Code::AboutEarlierKey],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let notice = succession(&world.student, &key(8), "2026-07-25T09:00:00Z");
            world.put("data/notices/succession.json", &notice);
            world.student = key(8);
            world.report()
        },
    },
    Case {
        fault: "another e-mail address than the one asked for",
        codes: &[Code::OtherAddress],
        outcome: UNMET,
        exit: 1,
        check: |world| {
            world.about = Some("dana@okafor.example");
            world.report()
        },
    },
    Case {
        fault: "signed by the student, whom the reader trusts",
        codes: &[Code::SelfSigned, Code::NothingToCheck],
        outcome: NOTHING,
        exit: 1,
        check: |world| {
            world.trust.add(entry(&key(1))).unwrap();
            let own = self_signed(world);
            world.put(SIGN_OFF, &own);
            world.report()
        },
    },
    Case {
        fault: "a statement about oneself beside a good sign-off",
        codes: &[Code::SelfSigned],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let own = self_signed(world);
            world.put("data/credentials/own.json", &own);
            let report = world.report();
            assert_eq!(report.sign_offs().count(), 1);
            report
        },
    },
    Case {
        fault: "no sign-off at all",
        codes: &[Code::NothingToCheck],
        outcome: NOTHING,
        exit: 1,
        check: |world| {
            world.files.remove(SIGN_OFF);
            world.report()
        },
    },
    Case {
        fault: "a record that is no sign-off, alone",
        codes: &[Code::NothingToCheck],
        outcome: NOTHING,
        exit: 1,
        check: |world| world.report_on_sign_off(br#"{"type": "Decline", "formatVersion": 1}"#),
    },
];

fn self_signed(world: &World) -> Value {
    let mut own = world.statement(&world.evidence());
    own["issuer"]["id"] = json!(world.student.public_key().did());
    sign_at(&mut own, SIGNED, &world.student);
    own
}
