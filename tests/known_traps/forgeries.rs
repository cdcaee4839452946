//! Signatures that were forged, pasted, stripped or bent: what each comes to.

use portfolio::proof::others::PinnedBy;
use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022, Options, SUITES, sign};
use serde_json::{Value, json};

use crate::proofs::by_another;
use crate::reader::{Reader, theirs};
use crate::school::{WEB, badge, edited, options, school, sealed, signed, signed_with};
use crate::world::{SIGN_OFF, SIGNED, World, key, moment, sign_at};
use crate::{Case, Row, altered, bundle, case, proof_of};

pub const ROWS: &[Row] = &[
    Row { id: "380", cases: impostor, elsewhere: &[] },
    Row { id: "395", cases: authentication_of_a_sign_off, elsewhere: &[] },
    Row { id: "396", cases: assertion_of_a_presentation, elsewhere: &[] },
    Row { id: "397", cases: pasted, elsewhere: &[] },
    Row {
        id: "412",
        cases: two_mentors,
        elsewhere: &[("tests/proof_sets.rs", "another_persons_proof_never_counts_as_the_issuers")],
    },
    Row { id: "413", cases: stripped, elsewhere: &[] },
    Row { id: "414", cases: circles, elsewhere: &[] },
    Row { id: "430", cases: prefix_of_the_context, elsewhere: &[] },
];

fn impostor() -> Vec<Case> {
    let forged = bundle(|world| {
        let mut document = world.statement(&world.evidence());
        sign_at(&mut document, SIGNED, &key(6));
        world.put(SIGN_OFF, &document);
    });
    vec![
        case("the mentor named, an impostor's key", "failed: proof-by-another", forged),
        case(
            "the school named, an impostor's key",
            "failed: foreign-by-another",
            theirs(&by_another(&EddsaRdfc2022)),
        ),
    ]
}

fn authentication_of_a_sign_off() -> Vec<Case> {
    vec![case(
        "a sign-off",
        "failed: proof-purpose",
        proof_of(|proof| {
            proof.insert("proofPurpose".into(), json!("authentication"));
        }),
    )]
}

/// The design gave the presentation another purpose than the list of bad inputs: `assertionMethod`, unless it is made
/// for somebody.
fn assertion_of_a_presentation() -> Vec<Case> {
    let made = |world: &mut World| world.presenting.options = Options::assertion(moment(SIGNED));
    vec![
        case("made for nobody", "holds", bundle(made)),
        case(
            "made for nobody, and an audience asked",
            "failed: other-audience",
            bundle(|world| {
                made(world);
                world.audience = Some("acme.example");
            }),
        ),
    ]
}

fn pasted() -> Vec<Case> {
    let world = World::good();
    let other =
        world.signed(|document| document["credentialSubject"]["narrative"] = json!("Something else."));
    vec![
        case(
            "on a sign-off",
            "failed: proof-misfit",
            altered(|document| document["proof"] = other["proof"].clone()),
        ),
        case(
            "on a badge",
            "failed: foreign-misfit",
            theirs(&{
                let mut document = signed(badge());
                document["proof"] =
                    signed(edited(|document| document["name"] = "Diving".into()))["proof"].clone();
                document
            }),
        ),
    ]
}

fn two_mentors() -> Vec<Case> {
    let second = bundle(|world| {
        let mut document = world.sign_off();
        sign(&mut document, &Options::assertion(moment(SIGNED)), &[&EddsaJcs2022], &key(6)).unwrap();
        world.put(SIGN_OFF, &document);
    });
    vec![case("the mentor and another", "failed: proof-by-another", second)]
}

/// It cannot be noticed, so nothing is ever said about all signers; the one that is there is checked.
fn stripped() -> Vec<Case> {
    let world = World::good();
    let mut document = world.statement(&world.evidence());
    sign(&mut document, &Options::assertion(moment(SIGNED)), SUITES, &key(2)).unwrap();
    let left = |place: usize| {
        let mut document = document.clone();
        document["proof"].as_array_mut().unwrap().remove(place);
        crate::told(&world.report_on_sign_off(document.to_string().as_bytes()))
    };
    vec![case("only jcs left", "holds", left(0)), case("only rdfc left", "holds", left(1))]
}

fn circles() -> Vec<Case> {
    let with = |id: Option<&'static str>, on: Value| {
        proof_of(|proof| {
            proof.extend(id.map(|id| ("id".to_owned(), json!(id))));
            proof.insert("previousProof".into(), on);
        })
    };
    vec![
        case("an absent id", "failed: proof-form", with(None, json!("urn:uuid:8"))),
        case("itself", "failed: proof-form", with(Some("urn:uuid:8"), json!("urn:uuid:8"))),
        case(
            "itself and an absent one",
            "failed: proof-form",
            with(Some("urn:uuid:8"), json!(["urn:uuid:8", "urn:uuid:9"])),
        ),
        case("a number", "failed: proof-form", with(None, json!(8))),
        case(
            "a circle of two",
            "failed: proof-form",
            altered(|document| {
                let mut second = document["proof"][0].clone();
                document["proof"][0]["id"] = "urn:uuid:8".into();
                document["proof"][0]["previousProof"] = "urn:uuid:9".into();
                second["id"] = "urn:uuid:9".into();
                second["previousProof"] = "urn:uuid:8".into();
                document["proof"].as_array_mut().unwrap().push(second);
            }),
        ),
        case(
            "an absent id, on a badge by an address",
            "failed: foreign-signature-refused",
            Reader::with_document(PinnedBy::Recruiter, |_| ()).told({
                let document = edited(|document| document["issuer"]["id"] = WEB.into());
                let mut options = options(&EddsaJcs2022, &document);
                options["verificationMethod"] = format!("{WEB}#1").into();
                options["previousProof"] = "urn:uuid:8".into();
                sealed(document, options, &EddsaJcs2022, &school()).to_string()
            }),
        ),
    ]
}

fn prefix_of_the_context() -> Vec<Case> {
    let first = json!(["https://www.w3.org/ns/credentials/v2"]);
    vec![
        case(
            "on a sign-off",
            "failed: proof-form",
            proof_of(|proof| {
                proof.insert("@context".into(), first.clone());
            }),
        ),
        case(
            "on a badge",
            "failed: foreign-signature-refused",
            theirs(&signed_with(&EddsaJcs2022, |options| options["@context"] = first)),
        ),
    ]
}
