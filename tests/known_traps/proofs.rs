//! Who signed what, with which signature: rows about proofs, their sets and their purposes.

use portfolio::proof::others::PinnedBy;
use portfolio::proof::{
    Ed25519Signature2020, EddsaJcs2022, EddsaRdfc2022, Options, SUITES, SecretKey, Signer, Suite, Unsecured,
    sign,
};
use serde_json::{Value, json};

use crate::reader::{Reader, theirs};
use crate::school::{
    badge, badge_token, edited, options, school, sealed, signed, signed_jcs, signed_with, web_token,
    with_signature,
};
use crate::world::{SIGNED, World, addressed, key, moment};
use crate::{Case, Row, altered, bundle, case};

pub const ROWS: &[Row] = &[
    Row {
        id: "T1",
        cases: issuer_is_bound_to_the_key,
        elsewhere: &[("tests/foreign_tokens.rs", "the_key_is_the_issuers_or_nobodys")],
    },
    Row {
        id: "T2",
        cases: key_in_a_fragment,
        elsewhere: &[("tests/keys_of_others.rs", "a_key_is_never_taken_from_a_fragment")],
    },
    Row {
        id: "T3",
        cases: any_proof,
        elsewhere: &[("tests/proof_sets.rs", "one_bad_proof_spoils_a_good_one")],
    },
    Row {
        id: "T5",
        cases: appended_context,
        elsewhere: &[("tests/w3c_eddsa.rs", "no_member_of_the_published_document_can_change")],
    },
    Row {
        id: "T6",
        cases: context_in_the_proof,
        elsewhere: &[("tests/w3c_eddsa.rs", "the_generation_of_august_2024_holds")],
    },
    Row {
        id: "T7",
        cases: hash_order,
        elsewhere: &[("tests/w3c_eddsa.rs", "every_intermediate_value_is_the_published_one")],
    },
    Row {
        id: "T8",
        cases: every_word_of_a_proof,
        elsewhere: &[("tests/proof_sets.rs", "each_word_of_a_proof_is_checked_even_when_it_was_signed")],
    },
    Row {
        id: "T9",
        cases: first_proof,
        elsewhere: &[("tests/peers.rs", "other_verifiers_call_our_sign_off_good_and_a_changed_one_bad")],
    },
    Row { id: "T10", cases: purposes, elsewhere: &[] },
    Row {
        id: "T25",
        cases: thinned_sets,
        elsewhere: &[("tests/w3c_eddsa.rs", "the_linked_data_vectors_hold_link_by_link")],
    },
];

pub fn other() -> SecretKey {
    SecretKey::from_seed(&[8; 32])
}

/// The badge with a signature of these options by another key than the school's.
pub fn by_another(suite: &dyn Suite) -> Value {
    let mut options = options(suite, &badge());
    options["verificationMethod"] = other().public_key().verification_method().into();
    sealed(badge(), options, suite, &other())
}

/// The signatures of two documents on the first.
pub fn both(mut one: Value, another: &Value) -> Value {
    let second = another["proof"][0].clone();
    one["proof"].as_array_mut().unwrap().push(second);
    one
}

fn issuer_is_bound_to_the_key() -> Vec<Case> {
    let method = other().public_key().verification_method();
    let of_another = |header: &mut Value, _: &mut Value| header["kid"] = method.as_str().into();
    let web = Reader::with_document(PinnedBy::Recruiter, |document| {
        document["assertionMethod"][0]["controller"] = "did:web:other.example".into();
    });
    vec![
        case("rdfc by another key", "failed: foreign-by-another", theirs(&by_another(&EddsaRdfc2022))),
        case("jcs by another key", "failed: foreign-by-another", theirs(&by_another(&EddsaJcs2022))),
        case(
            "a token by another key",
            "failed: foreign-by-another",
            Reader::of_the_school().told(badge_token(of_another)),
        ),
        case(
            "a key in the school's document that is another's",
            "failed: foreign-by-another",
            web.told(web_token()),
        ),
        case(
            "another key beside the school's",
            "failed: foreign-by-another",
            theirs(&both(signed(badge()), &by_another(&EddsaRdfc2022))),
        ),
        case(
            "a bundle presented by another key",
            "failed: presentation-by-another",
            bundle(|world| world.presenting.seed = Some(9)),
        ),
    ]
}

fn key_in_a_fragment() -> Vec<Case> {
    let multibase = school().public_key().did()[8..].to_owned();
    let id = "https://school.example/issuer";
    let document = edited(|document| document["issuer"]["id"] = id.into());
    let mut options = options(&EddsaRdfc2022, &document);
    options["verificationMethod"] = format!("{id}#{multibase}").into();
    let anybody = sealed(document, options, &EddsaRdfc2022, &school());
    vec![case(
        "an https issuer with the key behind #",
        "signer-unknown: foreign-key-not-known",
        theirs(&anybody),
    )]
}

fn any_proof() -> Vec<Case> {
    let unknown = |mut document: Value| {
        document["proof"][0]["cryptosuite"] = "mldsa-jcs-2031".into();
        document
    };
    let misfit = signed_with(&EddsaRdfc2022, |options| options["created"] = "2026-01-03T00:00:00Z".into());
    let mut changed = misfit.clone();
    changed["proof"][0]["created"] = "2026-01-04T00:00:00Z".into();
    vec![
        case(
            "one that fits and one that does not",
            "failed: foreign-misfit",
            theirs(&both(signed(badge()), &changed)),
        ),
        case(
            "one that does not and one that fits",
            "failed: foreign-misfit",
            theirs(&both(changed, &signed(badge()))),
        ),
        case(
            "one that fits and one of an unknown kind",
            "holds",
            theirs(&both(signed(badge()), &unknown(misfit.clone()))),
        ),
        case("only one of an unknown kind", "unreadable: foreign-not-supported", theirs(&unknown(misfit))),
        case(
            "an empty list",
            "failed: foreign-unsigned",
            theirs(&edited(|document| document["proof"] = json!([]))),
        ),
        case(
            "an empty list on a sign-off",
            "failed: proof-missing",
            altered(|document| document["proof"] = json!([])),
        ),
    ]
}

fn appended_context() -> Vec<Case> {
    let append = |mut document: Value, more: Value| {
        document["@context"].as_array_mut().unwrap().push(more);
        theirs(&document)
    };
    let known = json!("https://www.w3.org/ns/credentials/examples/v2");
    let unknown = json!("https://evil.example/context");
    let inline = json!({ "name": "urn:evil" });
    vec![
        case(
            "jcs, a known context appended",
            "failed: foreign-signature-refused",
            append(signed_jcs(badge()), known.clone()),
        ),
        case(
            "jcs, an unknown context appended",
            "failed: foreign-signature-refused",
            append(signed_jcs(badge()), unknown.clone()),
        ),
        case(
            "jcs, a context of its own appended",
            "failed: foreign-signature-refused",
            append(signed_jcs(badge()), inline.clone()),
        ),
        case(
            "rdfc, a known context appended: the proof's statements are the same",
            "holds",
            append(signed(badge()), known),
        ),
        case(
            "rdfc, an unknown context appended",
            "unreadable: foreign-not-supported",
            append(signed(badge()), unknown),
        ),
        case(
            "rdfc, a context that redefines a word appended",
            "failed: foreign-not-covered",
            append(signed(badge()), inline),
        ),
        case(
            "a context appended to a sign-off",
            "failed: credential-form",
            altered(|document| {
                document["@context"]
                    .as_array_mut()
                    .unwrap()
                    .push("https://www.w3.org/ns/credentials/examples/v2".into());
            }),
        ),
    ]
}

fn context_in_the_proof() -> Vec<Case> {
    let without =
        signed_with(&EddsaJcs2022, |options| drop(options.as_object_mut().unwrap().shift_remove("@context")));
    let other = signed_with(&EddsaJcs2022, |options| {
        options["@context"] = json!(["https://www.w3.org/ns/credentials/v2", "urn:x"])
    });
    vec![
        case("with the document's", "holds", theirs(&signed_jcs(badge()))),
        case("without, as until 2024", "holds", theirs(&without)),
        case("with another", "failed: foreign-signature-refused", theirs(&other)),
    ]
}

fn hash_order() -> Vec<Case> {
    let cases = [("rdfc", &EddsaRdfc2022 as &dyn Suite), ("jcs", &EddsaJcs2022)].map(|(made, suite)| {
        let document = badge();
        let options = options(suite, &document);
        let unsecured = Unsecured::new(document.as_object().unwrap(), Vec::new());
        let hash = suite.hash(&unsecured, options.as_object().unwrap()).unwrap();
        let swapped = [&hash[32..], &hash[..32]].concat();
        let signature = school().sign(&swapped).unwrap();
        case(made, "failed: foreign-misfit", theirs(&with_signature(document, options, &signature)))
    });
    cases.into()
}

fn every_word_of_a_proof() -> Vec<Case> {
    let more = |suite, name: &'static str, value: &'static str| {
        signed_with(suite, |options| options[name] = value.into())
    };
    let without = |mut document: Value, name: &str| {
        document["proof"][0].as_object_mut().unwrap().shift_remove(name);
        theirs(&document)
    };
    let jcs: &dyn Suite = &EddsaJcs2022;
    let rdfc: &dyn Suite = &EddsaRdfc2022;
    vec![
        case("jcs with an unknown word, signed", "holds", theirs(&more(jcs, "nickname", "x"))),
        case(
            "the same, taken away",
            "failed: foreign-misfit",
            without(more(jcs, "nickname", "x"), "nickname"),
        ),
        case("rdfc with an id, signed", "holds", theirs(&more(rdfc, "id", "urn:uuid:9"))),
        case("the same, taken away", "failed: foreign-misfit", without(more(rdfc, "id", "urn:uuid:9"), "id")),
        case(
            "rdfc with an end, taken away",
            "failed: foreign-misfit",
            without(more(rdfc, "expires", "2026-02-01T00:00:00Z"), "expires"),
        ),
        case(
            "jcs with an end, taken away",
            "failed: foreign-misfit",
            without(more(jcs, "expires", "2026-02-01T00:00:00Z"), "expires"),
        ),
        case("rdfc with an unknown word, added", "failed: foreign-not-covered", {
            let mut document = signed(badge());
            document["proof"][0]["nickname"] = "x".into();
            theirs(&document)
        }),
    ]
}

fn first_proof() -> Vec<Case> {
    let mut document = World::good().statement(&World::good().evidence());
    sign(&mut document, &Options::assertion(moment(SIGNED)), SUITES, &key(2)).unwrap();
    let order: Vec<&str> =
        document["proof"].as_array().unwrap().iter().map(|p| p["cryptosuite"].as_str().unwrap()).collect();
    vec![
        case("a sign-off", "eddsa-rdfc-2022, eddsa-jcs-2022", order.join(", ")),
        case("a badge with jcs first", "holds", theirs(&both(signed_jcs(badge()), &signed(badge())))),
        case("a badge with rdfc first", "holds", theirs(&both(signed(badge()), &signed_jcs(badge())))),
    ]
}

fn purposes() -> Vec<Case> {
    let purpose = |purpose: &'static str| {
        theirs(&signed_with(&EddsaRdfc2022, |options| options["proofPurpose"] = purpose.into()))
    };
    let presented = |options: fn() -> Options, asked: bool| {
        bundle(|world| {
            world.presenting.options = options();
            world.challenge = asked.then_some("42");
        })
    };
    vec![
        case(
            "a badge made for authentication",
            "failed: foreign-signature-refused",
            purpose("authentication"),
        ),
        case(
            "a badge made for delegation",
            "failed: foreign-signature-refused",
            purpose("capabilityDelegation"),
        ),
        case("a bundle for nobody", "holds", presented(|| Options::assertion(moment(SIGNED)), false)),
        case(
            "a bundle for nobody, and a challenge asked",
            "failed: other-challenge",
            presented(|| Options::assertion(moment(SIGNED)), true),
        ),
        case("a bundle that answers the challenge", "holds", presented(|| addressed(None, Some("42")), true)),
    ]
}

fn thinned_sets() -> Vec<Case> {
    let two = both(signed(badge()), &signed_jcs(badge()));
    let mut one = two.clone();
    one["proof"].as_array_mut().unwrap().pop();
    let chained = signed_with(&EddsaJcs2022, |options| options["previousProof"] = "urn:uuid:8".into());
    vec![
        case("both signatures", "holds", theirs(&two)),
        case("one taken away: nobody can tell", "holds", theirs(&one)),
        case(
            "one that builds on a signature that was taken away",
            "failed: foreign-signature-refused",
            theirs(&chained),
        ),
        case(
            "a legacy signature beside",
            "holds",
            theirs(&{
                let mut document = badge();
                document["@context"]
                    .as_array_mut()
                    .unwrap()
                    .push("https://w3id.org/security/suites/ed25519-2020/v1".into());
                let legacy = sealed(
                    document.clone(),
                    options(&Ed25519Signature2020, &document),
                    &Ed25519Signature2020,
                    &school(),
                );
                both(signed(document), &legacy)
            }),
        ),
    ]
}
