//! Which test runs which file, and why some are run by none. A file that nobody accounts for fails, and so does an
//! account of files that are not there.

use std::collections::BTreeSet;
use std::path::Path;

use crate::{files_below, name_below, vectors};

/// What becomes of the files of which one name begins so; the longest beginning counts.
enum Account {
    /// They are run by a test.
    By(&'static str, &'static str),
    /// They are not run, for this reason.
    Not(&'static str),
}

use Account::{By, Not};

const CHECKED: Account = By("tests/published_vectors/checked.rs", "every_document_comes_to_what_is_listed");

const ACCOUNTS: &[(&str, Account)] = &[
    (
        "EXPECTED-signatures.tsv",
        By("tests/foreign_signatures.rs", "every_row_of_the_table_has_its_answer_or_its_reason"),
    ),
    ("README.md", Not("says what the folders are")),
    ("bagit-conformance-suite/", By("tests/recruiter/bags.rs", "the_published_bags_are_told_apart")),
    ("bitstring-status-list/1edtech/", CHECKED),
    (
        "bitstring-status-list/dcc/",
        By("tests/foreign_signatures.rs", "the_consortiums_samples_come_to_what_their_names_say"),
    ),
    ("bitstring-status-list/spec-example-1.json", By("tests/status_lists.rs", "published_entries_are_read")),
    (
        "bitstring-status-list/spec-example-2.json",
        By("tests/status_lists.rs", "published_lists_have_the_bits_that_their_fixtures_say"),
    ),
    ("bitstring-status-list/", CHECKED),
    (
        "cid-multikey/",
        By("tests/keys_of_others.rs", "published_keys_of_controlled_identifiers_are_read_or_named"),
    ),
    ("contexts/", By("tests/linked_data.rs", "the_built_in_contexts_are_the_published_ones")),
    (
        "contexts/history/",
        By("tests/published_vectors/worked.rs", "the_built_in_badge_context_is_the_last_revision"),
    ),
    (
        "dcc-vc-test-fixtures/dids/",
        By("tests/keys_of_others.rs", "the_two_shapes_of_document_in_the_field_are_read"),
    ),
    (
        "dcc-vc-test-fixtures/verifiableCredentials/",
        By("tests/foreign_signatures.rs", "the_consortiums_samples_come_to_what_their_names_say"),
    ),
    ("did-jwk/", By("tests/keys_of_others.rs", "published_did_jwks_are_read_or_refused_by_their_use")),
    ("did-key/", By("tests/did_key.rs", "keys_of_every_other_kind_are_named_and_refused")),
    (
        "did-key/did-key-spec-example-",
        By("tests/did_key.rs", "the_verification_method_of_the_report_is_ours"),
    ),
    ("did-key/ed25519-x25519.json", By("tests/did_key.rs", "a_seed_gives_the_published_did")),
    (
        "did-key/nist-curves.json",
        By("tests/keys_of_others.rs", "published_p256_identifiers_are_their_published_keys"),
    ),
    ("ed25519-edge/cases.json", By("tests/ed25519_edge.rs", "no_disputed_signature_is_accepted")),
    ("ed25519-edge/cases.txt", Not("the same cases as text")),
    ("jcs/", By("tests/jcs.rs", "writes_the_published_documents_byte_for_byte")),
    ("ob3/educredentials-unsigned/", CHECKED),
    ("ob3/impierce-unsigned/", CHECKED),
    (
        "ob3/impl-guide-signed/",
        By(
            "tests/published_vectors/worked.rs",
            "the_guides_badge_and_learner_record_have_their_published_forms",
        ),
    ),
    (
        "ob3/schema/ob_v3p0_achievementcredential_schema.json",
        By("tests/open_badges.rs", "every_sign_off_is_a_badge_by_the_schema"),
    ),
    (
        "ob3/schema/ob_v3p0_achievementcredential_schema_draft4.json",
        Not("the same schema in an older language"),
    ),
    ("ob3/schema/clr_v2p0_clrcredential_schema_draft4.json", Not("no learner record is made here")),
    ("ob3/spec-examples/", CHECKED),
    ("rdf-canon/", By("tests/rdf_canon.rs", "every_graph_has_its_published_canonical_form")),
    (
        "vc-data-model-2.0/input/",
        By("tests/foreign_forms.rs", "the_good_inputs_of_w3c_read_and_the_bad_ones_do_not"),
    ),
    ("vc-data-model-2.0/input/presentation-", CHECKED),
    ("vc-data-model-2.0/validVc.json", CHECKED),
    (
        "vc-di-eddsa/Ed25519Signature2020/",
        By("tests/published_vectors/worked.rs", "w3c_signatures_over_linked_data_are_made_anew_bit_for_bit"),
    ),
    (
        "vc-di-eddsa/eddsa-jcs-2022/",
        By("tests/w3c_eddsa.rs", "every_intermediate_value_is_the_published_one"),
    ),
    (
        "vc-di-eddsa/eddsa-rdfc-2022/",
        By("tests/published_vectors/worked.rs", "w3c_signatures_over_linked_data_are_made_anew_bit_for_bit"),
    ),
    (
        "vc-di-eddsa/employmentAuth.json",
        By("tests/linked_data.rs", "every_vector_has_the_same_canonical_form_under_both"),
    ),
    (
        "vc-di-eddsa/external/",
        By("tests/w3c_eddsa.rs", "the_fediverse_vector_has_a_right_signature_and_no_acceptable_method"),
    ),
    (
        "vc-di-eddsa/history-jcs/2023-05-18_old/",
        By("tests/w3c_eddsa.rs", "the_generation_of_2023_is_not_supported"),
    ),
    (
        "vc-di-eddsa/history-jcs/2024-06-09_no-proof-context/",
        By(
            "tests/w3c_eddsa.rs",
            "the_generation_of_june_2024_has_a_right_signature_and_no_acceptable_method",
        ),
    ),
    (
        "vc-di-eddsa/history-jcs/2024-08-28_no-proof-context/",
        By("tests/w3c_eddsa.rs", "the_generation_of_august_2024_holds"),
    ),
    (
        "vc-di-eddsa/keyPair.json",
        By("tests/w3c_eddsa.rs", "signing_the_published_document_gives_the_published_proof"),
    ),
    (
        "vc-di-eddsa/proof-set-chain/",
        By("tests/published_vectors/worked.rs", "w3c_sets_and_chains_are_made_of_their_published_steps"),
    ),
    (
        "vc-di-eddsa/proof-set-chain/signed",
        By("tests/w3c_eddsa.rs", "the_linked_data_vectors_hold_link_by_link"),
    ),
    (
        "vc-di-eddsa/unsigned.json",
        By("tests/w3c_eddsa.rs", "signing_the_published_document_gives_the_published_proof"),
    ),
    ("vc-jose-cose/", CHECKED),
    (
        "vc-jose-cose/credential-jose-",
        By("tests/foreign_tokens.rs", "published_tokens_hold_by_the_published_keys"),
    ),
];

fn account_of(name: &str) -> Option<usize> {
    if name.ends_with("SOURCES.md") {
        return Some(1);
    }
    let fits = ACCOUNTS.iter().enumerate().filter(|(_, (start, _))| name.starts_with(start));
    fits.max_by_key(|(_, (start, _))| start.len()).map(|(place, _)| place)
}

#[test]
fn every_file_is_run_or_has_its_reason() {
    let Some(root) = vectors::folder(".") else { return };
    let mut used = BTreeSet::new();
    let mut files = 0;
    for path in files_below(&root) {
        let name = name_below(&root, &path);
        used.insert(account_of(&name).unwrap_or_else(|| panic!("nobody accounts for {name}")));
        files += 1;
    }
    let idle: Vec<&str> = ACCOUNTS
        .iter()
        .enumerate()
        .filter(|(place, _)| !used.contains(place))
        .map(|(_, (start, _))| *start)
        .collect();
    assert!(idle.is_empty(), "no such files: {idle:?}");
    assert_eq!(files, 995);
}

#[test]
fn every_test_that_is_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (start, account) in ACCOUNTS {
        match account {
            By(file, name) => {
                let text = std::fs::read_to_string(root.join(file)).unwrap();
                let place =
                    text.find(&format!("fn {name}()")).unwrap_or_else(|| panic!("{file} has no {name}"));
                assert!(text[..place].trim_end().ends_with("#[test]"), "{start}: {file}: {name}");
            }
            Not(reason) => assert!(reason.len() > 10, "{start}"),
        }
    }
}
