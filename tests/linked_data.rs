//! JSON-LD to RDF against published documents: every canonical form, every embedded proof, every built-in context.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/vectors.rs"]
mod vectors;

use std::path::Path;

use portfolio::digest::Digest;
use portfolio::proof::linked_data::known::KNOWN;
use portfolio::proof::linked_data::{Contexts, Processor, to_rdf};
use portfolio::proof::rdf::canonical::canonical;
use portfolio::proof::{EddsaRdfc2022, did};
use serde_json::Value;

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The published contexts, as they stand in the folder of vectors.
fn published() -> Option<Contexts> {
    let folder = vectors::folder("contexts")?;
    let mut contexts = Contexts::default();
    for entry in json(&folder.join("index.json")).as_array().unwrap() {
        let document = json(&folder.join(entry["file"].as_str().unwrap()));
        contexts.add(entry["url"].as_str().unwrap(), document["@context"].clone());
    }
    Some(contexts)
}

fn text(document: &Value, processor: &mut Processor<'_>) -> Result<String, String> {
    let quads = to_rdf(document, processor).map_err(|fault| fault.to_string())?;
    canonical(&quads).map(|canonical| canonical.text).map_err(|fault| fault.to_string())
}

fn unsecured(mut document: Value) -> Value {
    document.as_object_mut().unwrap().remove("proof");
    document
}

#[test]
fn the_w3c_vectors_have_their_published_canonical_forms_and_signatures() {
    let Some(folder) = vectors::folder("vc-di-eddsa/eddsa-rdfc-2022") else { return };
    let contexts = published().unwrap();
    let mut processor = Processor::new(&contexts);
    for folder in [folder.clone(), folder.join("employ")] {
        let file = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let signed = json(&folder.join("signedDataInt.json"));
        let document = text(&unsecured(signed.clone()), &mut processor).unwrap();
        let options = text(&json(&folder.join("proofConfigDataInt.json")), &mut processor).unwrap();
        assert_eq!(document, file("canonDocDataInt.txt"));
        assert_eq!(options, file("proofCanonDataInt.txt"));
        assert_eq!(Digest::of(document.as_bytes()).hex(), file("docHashDataInt.txt"));
        assert_eq!(Digest::of(options.as_bytes()).hex(), file("proofHashDataInt.txt"));
    }
}

#[test]
fn every_published_proof_gives_the_answer_of_the_table() {
    let Some(root) = vectors::folder(".") else { return };
    let contexts = published().unwrap();
    let mut processor = Processor::new(&contexts);
    let table = std::fs::read_to_string(root.join("EXPECTED-signatures.tsv")).unwrap();
    let mut rows = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [file, index, suite, expected] = cells[..4] else { panic!("{row}") };
        if !matches!(suite, "eddsa-rdfc-2022" | "eddsa-2022" | "Ed25519Signature2020") {
            continue;
        }
        let found = signature_holds(&json(&root.join(file)), index.parse().unwrap(), &mut processor);
        assert_eq!(found.map(|holds| holds.to_string()), Ok(expected.to_owned()), "{row}");
        rows += 1;
    }
    assert_eq!(rows, 139);
}

/// Whether the signature of one proof fits, whoever made it: the key is taken from the method's own text, which only
/// a test may do.
fn signature_holds(document: &Value, index: usize, processor: &mut Processor<'_>) -> Result<bool, String> {
    let proofs = document["proof"].as_array().cloned().unwrap_or_else(|| vec![document["proof"].clone()]);
    let mut options = proofs[index].clone();
    let value = options.as_object_mut().unwrap().remove("proofValue").unwrap();
    let method = options["verificationMethod"].as_str().unwrap().to_owned();
    options["@context"] = document["@context"].clone();
    let mut message = Digest::of(text(&options, processor)?.as_bytes()).as_bytes().to_vec();
    let mut covered = unsecured(document.clone());
    if let Some(previous) = options.get("previousProof") {
        let names = |proof: &&Value| previous == &proof["id"] || has(previous, &proof["id"]);
        covered["proof"] = proofs.iter().filter(names).cloned().collect();
    }
    message.extend(Digest::of(text(&covered, processor)?.as_bytes()).as_bytes());
    let key = method.rsplit(['#', ':']).next().unwrap();
    let key = did::parse(&format!("did:key:{key}")).map_err(|fault| fault.to_string())?;
    let mut signature = [0; 64];
    let decoded = bs58::decode(&value.as_str().unwrap()[1..]).onto(&mut signature);
    decoded.map_err(|fault| fault.to_string())?;
    Ok(key.verify(&message, &signature))
}

fn has(list: &Value, item: &Value) -> bool {
    list.as_array().is_some_and(|list| list.contains(item))
}

/// Published contexts that are not built in, each with its reason.
const NOT_BUILT_IN: [(&str, &str); 2] = [
    (
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        "under it every misspelt member would count as said",
    ),
    ("https://w3id.org/openbadges/v2", "nothing of Open Badges 2.0 is signed as linked data"),
];

#[test]
fn the_built_in_contexts_are_the_published_ones() {
    let Some(folder) = vectors::folder("contexts") else { return };
    let mut left_out = Vec::new();
    let index = json(&folder.join("index.json"));
    for entry in index.as_array().unwrap() {
        let url = entry["url"].as_str().unwrap();
        let Some(known) = KNOWN.get(url) else {
            left_out.push(url);
            continue;
        };
        let document = json(&folder.join(entry["file"].as_str().unwrap()));
        assert!(**known == document["@context"], "{url}");
    }
    assert_eq!(left_out, NOT_BUILT_IN.map(|(url, _)| url));
    assert_eq!(index.as_array().unwrap().len(), 32);
}

/// Every document of the vectors says the same statements under our contexts and under the published ones, or is
/// refused for the same reason.
#[test]
fn every_vector_has_the_same_canonical_form_under_both() {
    let Some(root) = vectors::folder(".") else { return };
    let contexts = published().unwrap();
    let (mut theirs, mut ours) = (Processor::new(&contexts), Processor::new(&KNOWN));
    let (mut same, mut refused) = (0, 0);
    for path in documents_below(&root) {
        let Ok(document) = serde_json::from_slice::<Value>(&std::fs::read(&path).unwrap()) else { continue };
        if document.get("@context").is_none() {
            continue;
        }
        let of_ours = text(&unsecured(document.clone()), &mut ours);
        let of_theirs = text(&unsecured(document.clone()), &mut theirs);
        assert_eq!(of_ours, of_theirs, "{path:?}");
        if of_ours.is_ok() { same += 1 } else { refused += 1 }
    }
    assert_eq!((same, refused), (267, 67), "the same, and refused by both");
}

/// Every JSON file with a context but the contexts themselves.
fn documents_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !matches!(name, "contexts" | "bagit-conformance-suite" | "schema") {
            found.extend(documents_below(&path));
        } else if path.is_file() && (name.ends_with(".json") || name.ends_with(".jsonld")) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_member_that_would_be_lost_is_a_fault_of_the_document() {
    let document = serde_json::json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
        "credentialSubject": { "id": "urn:uuid:1", "grade": "A" },
    });
    let fault = EddsaRdfc2022::canonical(&document).unwrap_err();
    assert_eq!(fault.to_string(), "as linked data: the member grade is not defined by any context");
}

#[test]
fn a_term_may_have_a_colon_in_its_name() {
    let contexts = Contexts::default();
    let mut processor = Processor::new(&contexts);
    let document = serde_json::json!({
        "@context": [
            { "ex": "urn:ex:", "ex:when": { "@id": "ex:when", "@type": "urn:day" } },
            {
                "https://a.example/age": { "@id": "https://a.example/age", "@type": "ex:years" },
                "since": { "@id": "ex:when", "@type": "urn:year" },
            },
        ],
        "@id": "urn:s", "ex:when": "1 May", "https://a.example/age": "7", "since": "2026", "ex:plain": "x",
    });
    let expected = "\
        <urn:s> <https://a.example/age> \"7\"^^<urn:ex:years> .\n\
        <urn:s> <urn:ex:plain> \"x\" .\n\
        <urn:s> <urn:ex:when> \"1 May\"^^<urn:day> .\n\
        <urn:s> <urn:ex:when> \"2026\"^^<urn:year> .\n";
    assert_eq!(text(&document, &mut processor).unwrap(), expected);
}

#[test]
fn a_list_of_contexts_is_short_on_both_sides_of_the_bound() {
    let with = |count: usize| {
        let contexts = vec!["https://www.w3.org/ns/credentials/v2"; count];
        let document = serde_json::json!({
            "@context": contexts, "type": ["VerifiableCredential"], "issuer": "urn:uuid:1",
            "credentialSubject": { "id": "urn:uuid:2" },
        });
        EddsaRdfc2022::canonical(&document).map(|_| ()).map_err(|fault| fault.to_string())
    };
    assert_eq!(with(32), Ok(()));
    let many = |count: usize| Err(format!("as linked data: {count} contexts in one list, more than 32"));
    assert_eq!(with(33), many(33));
    assert_eq!(with(9_000), many(9_000));
}
