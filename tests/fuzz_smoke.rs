//! The fuzz targets, run briefly on spoiled samples: what `cargo fuzz` does for hours, every test run does for a moment.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests stop at the first surprise")]

#[path = "support/badges.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod badges;
#[path = "fuzz/targets.rs"]
mod targets;

use portfolio::proof::Signer;
use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use targets::{good, made, rezip};

/// Some bytes of the sample changed, a piece cut out, a piece doubled.
fn spoiled(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let edits = proptest::collection::vec((any::<Index>(), any::<u8>()), 0..4);
    let piece = || proptest::option::weighted(0.3, (any::<Index>(), 0..40usize));
    (proptest::sample::select(samples), edits, piece(), piece()).prop_map(
        |(mut bytes, edits, cut, doubled)| {
            for (at, byte) in edits.into_iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some((at, length)) = cut.filter(|_| !bytes.is_empty()) {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            if let Some((at, length)) = doubled.filter(|_| !bytes.is_empty()) {
                let at = at.index(bytes.len());
                let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            bytes
        },
    )
}

fn run(target: fn(&[u8]), cases: u32, samples: &[&[u8]]) {
    let samples: Vec<Vec<u8>> = samples.iter().map(|sample| sample.to_vec()).collect();
    samples.iter().for_each(|sample| target(sample));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&spoiled(samples), |bytes| {
        target(&bytes);
        Ok(())
    });
    outcome.unwrap();
}

fn documents() -> Vec<Vec<u8>> {
    rezip::read(good())
        .into_iter()
        .filter(|(path, _)| path.ends_with(".json"))
        .map(|(_, body)| body)
        .collect()
}

#[test]
fn pictures() {
    let svg = portfolio::render::badge::svg("Forecasting");
    let baked = portfolio::credential::baked::into_svg(&svg, "{\"a\": \"b\"}").unwrap();
    let png = portfolio::render::badge::png().unwrap();
    let png_baked = portfolio::credential::baked::into_png(&png, "{}").unwrap();
    run(targets::baked, 1_000, &[svg.as_bytes(), baked.as_bytes(), b""]);
    run(targets::baked, 200, &[&png, &png_baked]);
}

#[test]
fn files_from_elsewhere() {
    let badge = badges::plain();
    let png = badges::baked(&badge);
    let svg = portfolio::credential::baked::into_svg(
        &portfolio::render::badge::svg("Forecasting"),
        &badge.to_string(),
    )
    .unwrap();
    let part = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    let token = format!("{}.{}.AAAA", part("{\"alg\":\"ES256\"}"), part(&badge.to_string()));
    let mail = "From: a\nTo: b\nDate: c\nSubject: d\n\ne\n";
    let signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n";
    let (text, pdf) = (badge.to_string(), badges::attached(&badge));
    let samples =
        [text.as_bytes(), svg.as_bytes(), token.as_bytes(), mail.as_bytes(), signature.as_bytes(), &pdf, b""];
    run(targets::recognise, 1_000, &samples);
    run(targets::recognise, 200, &[&png, good()]);
}

#[test]
fn statements_under_ssh_signatures() {
    let text = "Sign-off statement, form 1\n\n    I saw it.\n\nPlacement     Co-lab\nSigner        Priya\n\n\
                1. Report\n   result    fine\n\nMarks         none; whether an item was met as asked is not said here\n\
                Asked on      2026-07-22T09:00:00Z\n\
                About key     did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH\n\
                Record        urn:uuid:6f1a3c0e-5b7d-8a41-9a55-0e2f6f0c7c11\n";
    portfolio::credential::plain_text::read(text.as_bytes()).unwrap();
    use portfolio::proof::sshsig::{SshHash, sign};
    let signature = sign("portfolio-signoff@v1", SshHash::Sha512, text.as_bytes(), &made::mentor()).unwrap();
    run(targets::ssh_statement, 1_000, &[text.as_bytes(), signature.as_bytes(), b"{}"]);
}

#[test]
fn archives() {
    run(targets::archive, 1_000, &[good(), b"", b"PK\x05\x06"]);
}

#[test]
fn bag_manifests() {
    let files = rezip::read(good());
    let manifest = &files.iter().find(|(path, _)| path.ends_with("/manifest-sha256.txt")).unwrap().1;
    run(targets::bag_manifest, 300, &[manifest]);
}

#[test]
fn json_documents() {
    let documents = documents();
    let mut samples: Vec<&[u8]> = documents.iter().map(Vec::as_slice).collect();
    samples.extend([
        &b"{\"a\":[1,-2,3.5e7,null,true],\"\\u00e9\":\"\\ud83d\\ude02\"}"[..],
        b"[]",
        b"\"\\ud800\"",
        b"{\"a\":1,\"a\":2}",
    ]);
    run(targets::json_strict, 2_000, &samples);
    run(targets::jcs_roundtrip, 2_000, &samples);
}

#[test]
fn short_texts() {
    let did = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH";
    let method = format!("{did}#{}", &did[8..]);
    run(targets::did_key, 2_000, &[did.as_bytes(), method.as_bytes()]);
    run(targets::date, 2_000, &[b"2026-07-24T15:02:40Z", b"2026-07-24", b"data/a b/caf\xc3\xa9.pdf"]);
}

#[test]
fn bundles() {
    run(targets::verify_bundle, 300, &[good(), b"\x00\x10a\x01\x00b"]);
}

#[test]
fn requests() {
    run(targets::request, 300, &[good()]);
}

#[test]
fn key_files() {
    let key = made::student();
    let sealed =
        portfolio::proof::key::seal(&key, "sample", b"six words of a passphrase here", [5; 16], 7, 64)
            .unwrap();
    let line = portfolio::proof::Signer::public_key(&key).openssh_line("sample");
    run(targets::key_file, 500, &[sealed.as_bytes(), line.as_bytes()]);
}

#[test]
fn credentials_of_others() {
    let sign_off = made::signed(made::unsigned("Forecasting", &[], None), &made::mentor());
    let list = serde_json::json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": "https://school.example/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "validFrom": "2026-01-01T00:00:00Z",
        "issuer": made::mentor().public_key().did(),
        "credentialStatus": {
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
            "statusListCredential": "https://school.example/status/1",
        },
        "credentialSubject": {
            "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA",
        },
    });
    let list = made::signed(list, &made::mentor()).to_string();
    let token = b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6a2V5OnoifQ.AAAA";
    let keys = br##"{"id":"did:web:a.example","assertionMethod":[{"id":"#1","type":"Multikey"}]}"##;
    run(targets::foreign, 300, &[sign_off.to_string().as_bytes(), list.as_bytes(), token, keys, b"{}"]);
}
