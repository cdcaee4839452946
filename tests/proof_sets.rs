//! What a set of proofs says: each way in which one can be wrong, by the name of the fact, and no way to be right by accident.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use portfolio::proof::did::DidFault;
use portfolio::proof::{
    EddsaJcs2022, Expected, MAX_PROOFS, Options, ProofFault, ProofSet, ProofState, Purpose, SecretKey,
    SignFault, Signer, Suite, Unsecured, check, sign,
};
use portfolio::time::Timestamp;
use serde_json::{Map, Value, json};

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

fn did(seed: u8) -> String {
    key(seed).public_key().did()
}

// One suite is enough here; the vectors try each.
const SUITES: [&dyn Suite; 1] = [&EddsaJcs2022];
fn created() -> Timestamp {
    Timestamp::parse_ours("2026-07-24T15:02:40Z").unwrap()
}

fn unsigned() -> Value {
    json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "issuer": did(1), "name": "Demand forecasting", "marks": [1, 2]})
}

/// The document signed once by each key.
fn signed_by(seeds: &[u8]) -> Value {
    let mut document = unsigned();
    for seed in seeds {
        sign(&mut document, &Options::assertion(created()), &SUITES, &key(*seed)).unwrap();
    }
    document
}

/// A proof with other members, signed again so that only its words are wrong.
fn signed_with(change: impl Fn(&mut Map<String, Value>)) -> Value {
    let mut document = signed_by(&[1]);
    let mut proof = document["proof"][0].as_object().unwrap().clone();
    change(&mut proof);
    document["proof"] = json!([resigned(&document, proof, Vec::new())]);
    document
}

fn resigned(document: &Value, mut proof: Map<String, Value>, previous: Vec<&Value>) -> Value {
    let unsecured = Unsecured::new(document.as_object().unwrap(), previous);
    let signature = key(1).sign(&EddsaJcs2022.hash(&unsecured, &proof).unwrap()).unwrap();
    proof.insert("proofValue".into(), format!("z{}", bs58::encode(signature).into_string()).into());
    proof.into()
}

fn checked(document: &Value) -> ProofSet {
    check(document, &Expected::assertion_by(&did(1)))
}

/// The one fact that keeps the document from holding.
fn fault(document: &Value) -> ProofFault {
    let set = checked(document);
    assert!(!set.holds());
    set.first_fault().unwrap().clone()
}

#[test]
fn what_was_signed_holds_and_says_who_when_and_how() {
    let set = checked(&signed_by(&[1]));
    assert!(set.holds());
    let proof = set.holding().unwrap();
    assert_eq!(
        (proof.suite.as_str(), proof.created, proof.expires),
        ("eddsa-jcs-2022", Some(created()), None)
    );
    assert_eq!((proof.key, proof.purpose), (Some(key(1).public_key()), Some(Purpose::AssertionMethod)));
    assert_eq!(proof.method, key(1).public_key().verification_method());
}

#[test]
fn without_a_proof_nothing_holds() {
    assert_eq!(fault(&unsigned()), ProofFault::NoProof);
    let with = |proof: Value| {
        let mut document = unsigned();
        document["proof"] = proof;
        fault(&document)
    };
    assert_eq!(with(json!([])), ProofFault::NoProof);
    assert_eq!(with(json!(null)), ProofFault::ProofNotAnObject);
    assert_eq!(with(json!("z")), ProofFault::ProofNotAnObject);
    assert_eq!(with(json!([7])), ProofFault::ProofNotAnObject);
    assert_eq!(with(json!({})), ProofFault::MissingMember("type"));
    assert_eq!(fault(&json!([1])), ProofFault::NotAnObject);
}

#[test]
fn one_bad_proof_spoils_a_good_one() {
    let mut document = signed_by(&[1, 1]);
    assert!(checked(&document).holds());
    document["proof"][1]["created"] = "2026-07-25T15:02:40Z".into();
    assert_eq!(fault(&document), ProofFault::SignatureDoesNotFit);
    assert_eq!(checked(&document).proofs[0].state, ProofState::Holds);
}

#[test]
fn another_persons_proof_never_counts_as_the_issuers() {
    let stranger = ProofFault::MethodNotController { expected: did(1), found: did(2) };
    assert_eq!(fault(&signed_by(&[2])), stranger);
    assert_eq!(fault(&signed_by(&[1, 2])), stranger);
}

#[test]
fn two_controllers_can_both_be_asked_for() {
    let (one, two) = (did(1), did(2));
    let both = |document: &Value| {
        check(document, &Expected { also: &[&two], ..Expected::assertion_by(&one) }).holds()
    };
    assert!(both(&signed_by(&[1, 2])));
    assert!(both(&signed_by(&[2, 1])));
    assert!(!both(&signed_by(&[1])));
    assert!(!both(&signed_by(&[2])));
    assert!(!both(&signed_by(&[1, 2, 3])));
}

#[test]
fn an_unknown_suite_counts_neither_way() {
    let unknown = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdf-2022", "proofPurpose": "assertionMethod"});
    let legacy = json!({"type": "Ed25519Signature2020", "proofValue": "z"});
    let mut document = signed_by(&[1]);
    document["proof"].as_array_mut().unwrap().extend([unknown.clone(), legacy.clone()]);
    let set = checked(&document);
    assert!(set.holds());
    assert_eq!(
        (&set.proofs[1].state, &set.proofs[2].state),
        (&ProofState::NotSupported, &ProofState::NotSupported)
    );
    assert_eq!(
        (set.proofs[1].suite.as_str(), set.proofs[2].suite.as_str()),
        ("eddsa-rdf-2022", "Ed25519Signature2020")
    );
    document["proof"] = json!([unknown, legacy]);
    let set = checked(&document);
    assert!(!set.holds());
    assert_eq!(set.first_fault(), None);
}

#[test]
fn proofs_are_counted() {
    assert!(checked(&signed_by(&[1; MAX_PROOFS])).holds());
    let mut document = signed_by(&[1; MAX_PROOFS]);
    let more = ProofFault::TooManyProofs { found: MAX_PROOFS + 1 };
    assert_eq!(sign(&mut document, &Options::assertion(created()), &SUITES, &key(1)), Err(more.clone()));
    assert_eq!(document["proof"].as_array().unwrap().len(), MAX_PROOFS);
    let extra = document["proof"][0].clone();
    document["proof"].as_array_mut().unwrap().push(extra);
    assert_eq!(fault(&document), more);
}

#[test]
fn each_word_of_a_proof_is_checked_even_when_it_was_signed() {
    let with = |name: &'static str, value: Value| {
        fault(&signed_with(|proof| drop(proof.insert(name.into(), value.clone()))))
    };
    let without = |name: &'static str| fault(&signed_with(|proof| drop(proof.remove(name))));
    assert_eq!(with("type", "Signature".into()), ProofFault::WrongType { found: "Signature".into() });
    assert_eq!(without("type"), ProofFault::MissingMember("type"));
    assert_eq!(without("cryptosuite"), ProofFault::MissingMember("cryptosuite"));
    assert_eq!(with("cryptosuite", 7.into()), ProofFault::BadMember("cryptosuite"));
    assert_eq!(
        with("proofPurpose", "authentication".into()),
        ProofFault::WrongPurpose { found: "authentication".into() }
    );
    assert_eq!(without("proofPurpose"), ProofFault::MissingMember("proofPurpose"));
    assert_eq!(with("created", "yesterday".into()), ProofFault::BadCreated { found: "yesterday".into() });
    assert_eq!(
        with("expires", "2026-02-30T00:00:00Z".into()),
        ProofFault::BadExpires { found: "2026-02-30T00:00:00Z".into() }
    );
    assert_eq!(with("created", json!(["2026-07-24T15:02:40Z"])), ProofFault::BadMember("created"));
    assert_eq!(with("domain", json!([7])), ProofFault::BadMember("domain"));
    assert_eq!(with("challenge", 7.into()), ProofFault::BadMember("challenge"));
    assert_eq!(with("id", 7.into()), ProofFault::BadMember("id"));
    assert_eq!(without("verificationMethod"), ProofFault::MissingMember("verificationMethod"));
    assert_eq!(with("verificationMethod", did(1).into()), ProofFault::BadMethod(DidFault::NoFragment));
    let other = did(2);
    let fragment = format!("{}#{}", did(1), &other[8..]);
    let found = other[8..].to_owned();
    assert_eq!(
        with("verificationMethod", fragment.into()),
        ProofFault::BadMethod(DidFault::OtherFragment { found })
    );
    let expired =
        signed_with(|proof| drop(proof.insert("expires".into(), "2026-08-01T00:00:00+02:00".into())));
    let set = checked(&expired);
    assert!(set.holds(), "when a proof ends is the caller's to weigh");
    assert_eq!(set.proofs[0].expires, Some(Timestamp::parse_ours("2026-07-31T22:00:00Z").unwrap()));
    let unknown = signed_with(|proof| drop(proof.insert("nonce".into(), "7".into())));
    assert!(checked(&unknown).holds());
}

#[test]
fn a_signature_has_one_spelling() {
    let value = |value: &str| {
        let mut document = signed_by(&[1]);
        document["proof"][0]["proofValue"] = value.into();
        fault(&document)
    };
    let good = signed_by(&[1])["proof"][0]["proofValue"].as_str().unwrap().to_owned();
    for bad in [
        "",
        "z",
        "uAAAA",
        &good[1..],
        &format!("z1{}", &good[1..]),
        &format!("{good}1"),
        &good[..60],
        "z0OIl",
    ] {
        assert_eq!(value(bad), ProofFault::BadProofValue, "{bad}");
    }
    let mut document = signed_by(&[1]);
    document["proof"][0].as_object_mut().unwrap().remove("proofValue");
    assert_eq!(fault(&document), ProofFault::MissingMember("proofValue"));
}

#[test]
fn the_signed_context_is_the_documents_own() {
    let context = |change: fn(&mut Value)| {
        let mut document = signed_by(&[1]);
        change(&mut document);
        fault(&document)
    };
    let extended =
        |document: &mut Value| document["@context"].as_array_mut().unwrap().push("https://x.example".into());
    assert_eq!(context(extended), ProofFault::ContextExtended);
    let single = |document: &mut Value| document["@context"] = document["@context"][0].clone();
    assert_eq!(context(single), ProofFault::ContextExtended);
    let prefixed = |document: &mut Value| {
        document["@context"].as_array_mut().unwrap().insert(0, "https://x.example".into())
    };
    assert_eq!(context(prefixed), ProofFault::ContextDiffers);
    let gone = |document: &mut Value| drop(document.as_object_mut().unwrap().remove("@context"));
    assert_eq!(context(gone), ProofFault::ContextDiffers);
    // from before proofs kept a context: the document's own is under the signature
    let mut old = signed_with(|proof| drop(proof.remove("@context")));
    assert!(checked(&old).holds());
    extended(&mut old);
    assert_eq!(fault(&old), ProofFault::SignatureDoesNotFit);
}

#[test]
fn audience_and_challenge_are_asked_for_by_the_checker() {
    let mut document = unsigned();
    let options = Options {
        purpose: Purpose::Authentication,
        domain: Some("acme.example".into()),
        challenge: Some("7f3a".into()),
        ..Options::assertion(created())
    };
    sign(&mut document, &options, &SUITES, &key(1)).unwrap();
    let (one, purposes) = (did(1), [Purpose::AssertionMethod, Purpose::Authentication]);
    let ask = |domain, challenge| {
        let set = check(
            &document,
            &Expected { purposes: &purposes, domain, challenge, ..Expected::assertion_by(&one) },
        );
        (set.holds(), set.first_fault().cloned())
    };
    assert_eq!(ask(None, None), (true, None));
    assert_eq!(ask(Some("acme.example"), Some("7f3a")), (true, None));
    let found = vec!["acme.example".to_owned()];
    let domain = ProofFault::WrongDomain { expected: "other.example".into(), found };
    assert_eq!(ask(Some("other.example"), None), (false, Some(domain)));
    let challenge = ProofFault::WrongChallenge { expected: "1".into(), found: Some("7f3a".into()) };
    assert_eq!(ask(Some("acme.example"), Some("1")), (false, Some(challenge)));
    let plain = signed_by(&[1]);
    let set = check(&plain, &Expected { challenge: Some("1"), ..Expected::assertion_by(&one) });
    assert_eq!(set.first_fault(), Some(&ProofFault::WrongChallenge { expected: "1".into(), found: None }));
    let outcome =
        &check(&document, &Expected { purposes: &purposes, ..Expected::assertion_by(&one) }).proofs[0];
    assert_eq!(
        (outcome.domain.as_slice(), outcome.challenge.as_deref()),
        (["acme.example".to_owned()].as_slice(), Some("7f3a"))
    );
}

/// A chain: each named proof is signed over the document and the proofs that its `previousProof` names.
fn chain(links: &[(&str, Value, &[usize])]) -> Value {
    let mut document = unsigned();
    let template = signed_by(&[1])["proof"][0].as_object().unwrap().clone();
    let mut proofs: Vec<Value> = Vec::new();
    for (id, previous, on) in links {
        let mut proof = template.clone();
        proof.insert("id".into(), (*id).into());
        if !previous.is_null() {
            proof.insert("previousProof".into(), previous.clone());
        }
        let covered = on.iter().map(|&place| &proofs[place]).collect();
        let proof = resigned(&document, proof, covered);
        proofs.push(proof);
    }
    document["proof"] = proofs.into();
    document
}

#[test]
fn a_chain_covers_the_proofs_it_builds_on() {
    let mut document = chain(&[
        ("urn:a", Value::Null, &[]),
        ("urn:b", "urn:a".into(), &[0]),
        ("urn:c", json!(["urn:b", "urn:a"]), &[0, 1]),
    ]);
    assert!(checked(&document).holds());
    // another good proof of the same words in the place of the first one: what built on it does not fit any more
    let other = chain(&[("urn:a", json!([]), &[])])["proof"][0].clone();
    document["proof"][0] = other;
    let set = checked(&document);
    assert_eq!(set.proofs[0].state, ProofState::Holds);
    assert_eq!(set.proofs[1].state, ProofState::Fails(ProofFault::SignatureDoesNotFit));
    assert!(!set.holds());
}

#[test]
fn a_proof_counts_only_with_those_it_builds_on() {
    let mut document = chain(&[
        ("urn:a", Value::Null, &[]),
        ("urn:b", "urn:a".into(), &[0]),
        ("urn:c", "urn:b".into(), &[1]),
    ]);
    document["proof"][0]["cryptosuite"] = "unknown-suite".into();
    let first = document["proof"][0].clone();
    let members = document["proof"][1].as_object().unwrap().clone();
    document["proof"][1] = resigned(&document, members, vec![&first]);
    let (second, members) = (document["proof"][1].clone(), document["proof"][2].as_object().unwrap().clone());
    document["proof"][2] = resigned(&document, members, vec![&second]);
    let states: Vec<ProofState> = checked(&document).proofs.into_iter().map(|proof| proof.state).collect();
    let broken = |on: &str| ProofState::Fails(ProofFault::PreviousProofDoesNotHold(on.into()));
    assert_eq!(states, [ProofState::NotSupported, broken("urn:a"), broken("urn:b")]);
}

#[test]
fn what_previous_proof_names_is_there_once_and_does_not_lead_back() {
    let unknown = chain(&[("urn:a", "urn:gone".into(), &[])]);
    assert_eq!(fault(&unknown), ProofFault::PreviousProofUnknown("urn:gone".into()));
    let itself = chain(&[("urn:a", "urn:a".into(), &[])]);
    assert_eq!(fault(&itself), ProofFault::PreviousProofCircular);
    let circle = chain(&[("urn:a", "urn:b".into(), &[]), ("urn:b", "urn:a".into(), &[0])]);
    assert_eq!(fault(&circle), ProofFault::PreviousProofCircular);
    let twice = chain(&[("urn:a", Value::Null, &[]), ("urn:a", Value::Null, &[])]);
    assert_eq!(fault(&twice), ProofFault::DuplicateProofId("urn:a".into()));
    let odd = chain(&[("urn:a", json!({"id": "urn:b"}), &[])]);
    assert_eq!(fault(&odd), ProofFault::BadMember("previousProof"));
}

#[test]
fn any_change_of_the_signed_value_is_found_and_none_of_its_spelling() {
    let document = signed_by(&[1]);
    for changed in ["Demand forecastinG", "Demand  forecasting", "Demand forecasting\u{200b}", ""] {
        let mut other = document.clone();
        other["name"] = changed.into();
        assert_eq!(fault(&other), ProofFault::SignatureDoesNotFit, "{changed:?}");
    }
    let mut added = document.clone();
    added["image"] = Value::Null;
    assert_eq!(fault(&added), ProofFault::SignatureDoesNotFit);
    let mut reordered = Map::new();
    reordered.extend(document.as_object().unwrap().clone().into_iter().rev());
    assert!(checked(&reordered.into()).holds());
}

#[test]
fn a_single_proof_becomes_the_first_of_a_list() {
    let mut document = signed_by(&[1]);
    document["proof"] = document["proof"][0].take();
    assert!(checked(&document).holds());
    sign(&mut document, &Options::assertion(created()), &SUITES, &key(1)).unwrap();
    assert_eq!(document["proof"].as_array().unwrap().len(), 2);
    assert!(checked(&document).holds());
}

struct Declines;

impl Signer for Declines {
    fn public_key(&self) -> portfolio::proof::PublicKey {
        key(1).public_key()
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignFault> {
        Err(SignFault::Refused)
    }
}

#[test]
fn a_signer_who_declines_leaves_the_document_alone() {
    let mut document = unsigned();
    let suites: [&dyn Suite; 1] = [&EddsaJcs2022];
    let outcome = sign(&mut document, &Options::assertion(created()), &suites, &Declines);
    assert_eq!(outcome, Err(ProofFault::NotSigned(SignFault::Refused)));
    assert_eq!(document, unsigned());
}
