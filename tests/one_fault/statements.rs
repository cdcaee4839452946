//! A statement under an SSH signature in the place of a badge, and what can be wrong with it.

use portfolio::credential::draft;
use portfolio::credential::plain_text::{self, Asked, NAMESPACE};
use portfolio::proof::SecretKey;
use portfolio::proof::sshsig::{SshHash, sign};
use portfolio::time::Date;
use portfolio::verifier::{Code, Outcome, Subject, TrustEntry, TrustList, verify};

use super::world::{SIGN_OFF, World, entry, key, moment};
use super::{Case, FORM, MISFIT, NOTHING, TOO_NEW};

const TEXT: &str = "data/credentials/acme-forecasting.statement.txt";
const SIGNATURE: &str = "data/credentials/acme-forecasting.statement.txt.sig";

/// A world with one fault in its statement, which the mentor's key signed for the right purpose.
macro_rules! case {
    ($fault:literal, $codes:expr, $outcome:expr, $exit:literal, $check:expr) => {
        Case {
            fault: $fault,
            codes: $codes,
            outcome: $outcome,
            exit: $exit,
            check: |world| {
                put(world, |text| text, NAMESPACE, |world| &world.mentor);
                let change: fn(&mut World) = $check;
                change(world);
                world.report()
            },
        }
    };
}

pub const CASES: &[Case] = &[
    case!(
        "a statement in place of a badge, which is no fault",
        &[Code::SignedStatement],
        Outcome::Holds,
        0,
        |world| {
            let report = world.report();
            let signed = report.credentials[0].sign_off.as_ref().unwrap();
            assert_eq!(signed.issuer_name, "Priya Nair");
            assert!(signed.claims.items.iter().all(|item| item.mark.is_none()));
            assert_eq!(report.credentials[0].path.as_deref(), Some(TEXT));
            let (text, signature) = (&world.files[TEXT], &world.files[SIGNATURE]);
            let alone = verify("statement.txt", Subject::Statement { text, signature }, &world.policy());
            assert_eq!((alone.outcome, super::found(&alone)), (Outcome::Holds, vec![Code::SignedStatement]));
        }
    ),
    case!("a statement that was changed after it was signed", &[Code::ProofMisfit], MISFIT, 1, |world| {
        let text = String::from_utf8(world.files[TEXT].clone()).unwrap();
        world.files.insert(TEXT.into(), text.replace("14.2 %", "24.2 %").into_bytes());
    }),
    case!("a statement signed for another purpose", &[Code::ProofPurpose], MISFIT, 1, |world| {
        put(world, |text| text, "file", |world| &world.mentor);
    }),
    case!("a statement without a signature", &[Code::ProofMissing], MISFIT, 1, |world| {
        world.files.remove(SIGNATURE);
    }),
    case!("a signature without the statement", &[Code::CredentialForm], FORM, 1, |world| {
        world.files.remove(TEXT);
    }),
    case!("a signature that is damaged", &[Code::ProofForm], MISFIT, 1, |world| {
        world.files.get_mut(SIGNATURE).unwrap().truncate(100);
    }),
    case!("a statement with a line of its own, properly signed", &[Code::CredentialForm], FORM, 1, |world| {
        put(world, |text| text + "Marks         all met\n", NAMESPACE, |world| &world.mentor);
    }),
    case!("a statement of a newer form", &[Code::CredentialNotSupported], TOO_NEW, 8, |world| {
        put(world, |text| text.replacen("form 1", "form 2", 1), NAMESPACE, |world| &world.mentor);
    }),
    case!(
        "a statement signed by the person it is about",
        &[Code::SignedStatement, Code::SelfSigned, Code::NothingToCheck],
        NOTHING,
        1,
        |world| {
            put(world, |text| text, NAMESPACE, |world| &world.student);
        }
    ),
    case!(
        "a statement by a key that is trusted for earlier sign-offs alone",
        &[Code::SignedStatement, Code::TrustEnded],
        Outcome::SignerUnknown,
        3,
        |world| {
            world.trust = TrustList::default();
            // it was asked for in July, and may have been signed on any day since
            let not_after = Date::parse("2026-12-31").ok();
            world.trust.add(TrustEntry { not_after, ..entry(&world.mentor) }).unwrap();
        }
    ),
    case!(
        "the same statement twice, and the badge beside it",
        &[Code::SignedStatement, Code::CredentialRepeated],
        Outcome::Holds,
        0,
        |world| {
            for path in [TEXT, SIGNATURE] {
                let again = path.replace("acme", "bcme");
                world.files.insert(again, world.files[path].clone());
            }
            let badge = world.signed(|_| ());
            world.put(SIGN_OFF, &badge);
            assert_eq!(world.report().sign_offs().count(), 2);
        }
    ),
    case!(
        "a statement about somebody else's key",
        &[Code::SignedStatement, Code::AboutAnother],
        super::UNMET,
        1,
        |world| {
            world.student = key(8);
        }
    ),
    case!("a statement by a weak key", &[Code::ProofKey], MISFIT, 1, |world| {
        // behind the magic, the version, two lengths and the name of the kind: the point of order 1
        let mut point = [0; 32];
        point[0] = 1;
        rewrite(world, 33, &point);
    }),
    case!("a statement by a key of another kind", &[Code::ProofsNotSupported], TOO_NEW, 8, |world| {
        rewrite(world, 18, b"ssh-strange");
    }),
];

/// Puts a statement about the world's files in the place of the badge, changed and then signed.
fn put(
    world: &mut World,
    change: impl FnOnce(String) -> String,
    namespace: &str,
    signer: impl FnOnce(&World) -> &SecretKey,
) {
    let claims = draft::read(&world.draft(&world.evidence())).unwrap();
    let asked = Asked { signer: "Priya Nair", on: moment("2026-07-22T09:00:00Z") };
    let text = change(plain_text::write(&claims, &asked).unwrap());
    let signature = sign(namespace, SshHash::Sha512, text.as_bytes(), signer(world)).unwrap();
    world.files.remove(SIGN_OFF);
    world.files.insert(TEXT.into(), text.into_bytes());
    world.files.insert(SIGNATURE.into(), signature.into_bytes());
}

/// Writes over a part of the signature's own bytes.
fn rewrite(world: &mut World, at: usize, bytes: &[u8]) {
    let good = String::from_utf8(world.files[SIGNATURE].clone()).unwrap();
    let letters: String = good.lines().filter(|line| !line.starts_with('-')).collect();
    let mut blob = data_encoding::BASE64.decode(letters.as_bytes()).unwrap();
    blob[at..at + bytes.len()].copy_from_slice(bytes);
    let letters = data_encoding::BASE64.encode(&blob);
    let armoured = format!("-----BEGIN SSH SIGNATURE-----\n{letters}\n-----END SSH SIGNATURE-----\n");
    world.files.insert(SIGNATURE.into(), armoured.into_bytes());
}
