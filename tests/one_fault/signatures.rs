//! Faults of the signatures on a sign-off: forged, pasted, weak, for another purpose, not known.

use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022, Options, Signer, Suite, sign};
use portfolio::verifier::{Code, Outcome};
use serde_json::{Value, json};

use super::world::{CODE_BYTES, SIGN_OFF, SIGNED, World, file, key, moment, sign_as, sign_at};
use super::{Case, MISFIT, TOO_NEW};

pub const CASES: &[Case] = &[
    Case {
        fault: "no signature",
        codes: &[Code::ProofMissing],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| drop(document.as_object_mut().unwrap().shift_remove("proof")));
            world.report()
        },
    },
    Case {
        fault: "an empty list of signatures",
        codes: &[Code::ProofMissing],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| document["proof"] = json!([]));
            world.report()
        },
    },
    Case {
        fault: "a mark changed, and packed anew by the holder",
        codes: &[Code::ProofMisfit],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| document["credentialSubject"]["result"][0]["value"] = json!("1.0 %"));
            world.report()
        },
    },
    Case {
        fault: "the signature of another sign-off by the same mentor",
        codes: &[Code::ProofMisfit],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let other = world
                .signed(|document| document["credentialSubject"]["narrative"] = json!("Something else."));
            world.alter(|document| document["proof"] = other["proof"].clone());
            world.report()
        },
    },
    Case {
        fault: "one good signature and one that does not fit",
        codes: &[Code::ProofMisfit],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let other = world
                .signed(|document| document["credentialSubject"]["narrative"] = json!("Something else."));
            let bad = other["proof"][0].clone();
            world.alter(|document| document["proof"].as_array_mut().unwrap().push(bad));
            world.report()
        },
    },
    Case {
        fault: "the mentor named, an impostor's key",
        codes: &[Code::ProofByAnother],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = world.statement(&world.evidence());
            sign_at(&mut document, SIGNED, &key(6));
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "the mentor named and signing, and an impostor beside",
        codes: &[Code::ProofByAnother],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = world.sign_off();
            let options = Options::assertion(moment(SIGNED));
            sign(&mut document, &options, &[&EddsaJcs2022], &key(6)).unwrap();
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a method whose fragment is another key",
        codes: &[Code::ProofKey],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let method = format!("{}#{}", world.mentor.public_key().did(), &key(6).public_key().did()[8..]);
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, SIGNED, &world.mentor, |proof| {
                proof.insert("verificationMethod".into(), json!(method));
            });
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a method without a fragment",
        codes: &[Code::ProofKey],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let did = world.mentor.public_key().did();
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, SIGNED, &world.mentor, |proof| {
                proof.insert("verificationMethod".into(), json!(did));
            });
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a signature made to log in somewhere",
        codes: &[Code::ProofPurpose],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, SIGNED, &world.mentor, |proof| {
                proof.insert("proofPurpose".into(), json!("authentication"));
            });
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a signature over fewer contexts than the sign-off has",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, SIGNED, &world.mentor, |proof| {
                proof.insert("@context".into(), json!(["https://www.w3.org/ns/credentials/v2"]));
            });
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a known suite under another type",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| document["proof"][0]["type"] = json!("Ed25519Signature2020"));
            world.report()
        },
    },
    Case {
        fault: "a signature that builds on one that is not here",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| document["proof"][0]["previousProof"] = json!("urn:uuid:0"));
            world.report()
        },
    },
    Case {
        fault: "nine signatures",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            world.alter(|document| {
                let one = document["proof"][0].clone();
                document["proof"] = json!(vec![one; 9]);
            });
            world.report()
        },
    },
    Case {
        fault: "a signature dated the 32nd",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = world.statement(&world.evidence());
            sign_as(&mut document, SIGNED, &world.mentor, |proof| {
                proof.insert("created".into(), json!("2026-07-32T00:00:00Z"));
            });
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "a second signature of a kind that is not known",
        codes: &[Code::ProofNotSupported],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            world.alter(|document| {
                let mut other = document["proof"][0].clone();
                other["cryptosuite"] = json!("mldsa-jcs-2031");
                document["proof"].as_array_mut().unwrap().push(other);
            });
            world.report()
        },
    },
    Case {
        fault: "only a signature of a kind that is not known",
        codes: &[Code::ProofNotSupported, Code::ProofsNotSupported],
        outcome: TOO_NEW,
        exit: 8,
        check: |world| {
            world.alter(|document| document["proof"][0]["cryptosuite"] = json!("mldsa-jcs-2031"));
            world.report()
        },
    },
    Case {
        fault: "a good sign-off and a forged one",
        codes: &[Code::ProofByAnother],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut forged = world.statement(&[file("cv.pdf", CODE_BYTES, "application/pdf", "CV", None)]);
            sign_at(&mut forged, SIGNED, &key(6));
            world.put("data/credentials/forged.json", &forged);
            let report = world.report();
            assert_eq!(report.credentials[0].outcome, Outcome::Holds);
            report
        },
    },
    Case {
        fault: "signed twice, as linked data and as it stands, and all is well",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let document = signed_with(world, &[&EddsaRdfc2022, &EddsaJcs2022]);
            world.put(SIGN_OFF, &document);
            let report = world.report();
            assert_eq!(report.credentials[0].proofs.len(), 2);
            report
        },
    },
    Case {
        fault: "the linked data changed under both signatures",
        codes: &[Code::ProofMisfit],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = signed_with(world, &[&EddsaRdfc2022, &EddsaJcs2022]);
            document["credentialSubject"]["result"][0]["value"] = json!("1.0 %");
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "one signature taken away, and a word added that linked data would drop",
        codes: &[Code::ProofForm],
        outcome: MISFIT,
        exit: 1,
        check: |world| {
            let mut document = signed_with(world, &[&EddsaRdfc2022]);
            document["credentialSubject"]["grade"] = json!("A+");
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
    Case {
        fault: "one signature taken away, and the files in another order: the same statement",
        codes: &[],
        outcome: Outcome::Holds,
        exit: 0,
        check: |world| {
            let mut document = signed_with(world, &[&EddsaRdfc2022]);
            document["evidence"].as_array_mut().unwrap().reverse();
            world.put(SIGN_OFF, &document);
            world.report()
        },
    },
];

/// The good sign-off with these signatures by the mentor.
fn signed_with(world: &World, suites: &[&dyn Suite]) -> Value {
    let mut document = world.statement(&world.evidence());
    sign(&mut document, &Options::assertion(moment(SIGNED)), suites, &world.mentor).unwrap();
    document
}
