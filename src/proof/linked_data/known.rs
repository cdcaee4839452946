//! The contexts that are built in. W3C's come from the crate `ssi-contexts`, where its file is the published one; the
//! others are in no crate, so their terms are tables of ours, written from the specifications.
//!
//! Each is pinned: the tests compare it with the published file. W3C asks that these contexts be treated as already
//! resolved, so there is never a reason to fetch one. `undefined-terms/v2` is left out on purpose: under it every
//! misspelt member would count as said. So is that of Open Badges 2.0, where nothing is signed as linked data.

mod citizenship;
mod clr;
mod dcc;
mod open_badges;
mod open_badges_earlier;
mod security;
mod table;

use std::sync::LazyLock;

use super::Contexts;

/// The built-in contexts. Each is made when a document first names it.
pub static KNOWN: LazyLock<Contexts> = LazyLock::new(|| {
    let mut contexts = Contexts::default();
    for (url, text) in FROM_A_CRATE {
        contexts.add_text(url, text);
    }
    contexts.add_parts(open_badges::URL, || table::parts(open_badges::TERMS));
    contexts.add_maker(open_badges_earlier::URL_3_0_2, open_badges_earlier::context_3_0_2);
    contexts.add_maker(open_badges_earlier::URL_3_0_1, open_badges_earlier::context_3_0_1);
    contexts.add_maker(open_badges::EXTENSIONS_URL, || {
        table::context(open_badges::EXTENSIONS, table::Style::Bare)
    });
    contexts.add_maker(clr::URL, || table::context(clr::TERMS, table::Style::Bare));
    contexts.add_maker(clr::FIRST_URL, clr::first_context);
    contexts.add_maker(citizenship::URL, || table::context(citizenship::TERMS, table::Style::ProtectedTerms));
    contexts.add_maker(dcc::URL, || table::context(dcc::TERMS, table::Style::Protected));
    for (url, tables) in security::TABLES {
        contexts.add_maker(url, || table::context(&tables.concat(), table::Style::Protected));
    }
    contexts
});

const FROM_A_CRATE: [(&str, &str); 15] = [
    ("https://www.w3.org/ns/credentials/v2", ssi_contexts::CREDENTIALS_V2),
    ("https://www.w3.org/2018/credentials/v1", ssi_contexts::CREDENTIALS_V1),
    ("https://w3id.org/security/data-integrity/v1", ssi_contexts::W3ID_DATA_INTEGRITY_V1),
    ("https://w3id.org/security/data-integrity/v2", ssi_contexts::W3ID_DATA_INTEGRITY_V2),
    ("https://w3id.org/security/suites/ed25519-2020/v1", ssi_contexts::W3ID_ED2020_V1),
    ("https://w3id.org/vc/status-list/2021/v1", ssi_contexts::STATUS_LIST_2021_V1),
    ("https://w3id.org/vc-revocation-list-2020/v1", ssi_contexts::REVOCATION_LIST_2020_V1),
    ("https://www.w3.org/ns/did/v1", ssi_contexts::DID_V1),
    ("https://w3id.org/security/suites/jws-2020/v1", ssi_contexts::W3ID_JWS2020_V1),
    ("https://www.w3.org/2018/credentials/examples/v1", ssi_contexts::CREDENTIALS_EXAMPLES_V1),
    ("https://www.w3.org/ns/credentials/examples/v2", ssi_contexts::CREDENTIALS_EXAMPLES_V2),
    ("https://w3id.org/security/v1", ssi_contexts::SECURITY_V1),
    ("https://w3id.org/security/v2", ssi_contexts::SECURITY_V2),
    (
        "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json",
        ssi_contexts::JFF_VC_EDU_PLUGFEST_2022,
    ),
    ("https://purl.imsglobal.org/spec/ob/v3p0/context.json", ssi_contexts::JFF_VC_EDU_PLUGFEST_2022_2),
];
