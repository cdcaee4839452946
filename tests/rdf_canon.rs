//! RDFC-1.0 against the W3C test suite: every canonical form, every map of labels, and the poison graphs.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not test"
)]

#[path = "support/nquads.rs"]
mod nquads;
#[path = "support/vectors.rs"]
mod vectors;

use portfolio::proof::rdf::canonical::{Poisoned, canonical};

/// Tests that are not run, each with its reason.
const NOT_RUN: [(&str, &str); 1] = [("test075", "asks for SHA-384, which no cryptosuite here uses")];

#[test]
fn every_graph_has_its_published_canonical_form() {
    let Some(folder) = vectors::folder("rdf-canon") else { return };
    let mut run = [0; 3];
    for entry in std::fs::read_dir(folder.join("rdfc10")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(id) = name.strip_suffix("-in.nq") else { continue };
        if NOT_RUN.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let file = |tail: &str| std::fs::read_to_string(folder.join(format!("rdfc10/{id}{tail}")));
        let found = canonical(&nquads::parse(&file("-in.nq").unwrap()));
        let (text, labels) = (file("-rdfc10.nq"), file("-rdfc10map.json"));
        if text.is_err() && labels.is_err() {
            assert_eq!(found, Err(Poisoned), "{id}");
            run[2] += 1;
            continue;
        }
        let found = found.unwrap();
        if let Ok(expected) = text {
            assert_eq!(found.text, expected, "{id}");
            run[0] += 1;
        }
        if let Ok(expected) = labels {
            assert_eq!(found.labels, serde_json::from_str(&expected).unwrap(), "{id}");
            run[1] += 1;
        }
    }
    assert_eq!(run, [63, 20, 1], "canonical forms, maps of labels, poison graphs");
}
