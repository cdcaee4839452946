//! The contexts that are built in. W3C's come from the crate `ssi-contexts`; Open Badges 3.0 is in no crate, so its
//! terms are a table of ours, written from the specification.
//!
//! Each is pinned: the tests compare the digest of its canonical form with that of the published file. W3C asks that
//! these contexts be treated as already resolved, so there is never a reason to fetch one.

mod open_badges;
mod table;

use std::sync::LazyLock;

use super::Contexts;

/// The built-in contexts. Each is parsed when a document first names it.
pub static KNOWN: LazyLock<Contexts> = LazyLock::new(|| {
    let mut contexts = Contexts::default();
    for (url, text) in FROM_W3C {
        contexts.add_text(url, text);
    }
    contexts.add_maker(open_badges::URL, || table::context(open_badges::TERMS));
    contexts
});

const FROM_W3C: [(&str, &str); 5] = [
    ("https://www.w3.org/ns/credentials/v2", ssi_contexts::CREDENTIALS_V2),
    ("https://www.w3.org/2018/credentials/v1", ssi_contexts::CREDENTIALS_V1),
    ("https://w3id.org/security/data-integrity/v1", ssi_contexts::W3ID_DATA_INTEGRITY_V1),
    ("https://w3id.org/security/data-integrity/v2", ssi_contexts::W3ID_DATA_INTEGRITY_V2),
    ("https://w3id.org/security/suites/ed25519-2020/v1", ssi_contexts::W3ID_ED2020_V1),
];
