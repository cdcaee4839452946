//! Whom and what a sign-off is about: issuers, holders, subjects, and the files bound to it.

use portfolio::digest::Digest;
use portfolio::proof::Signer;
use portfolio::verifier::TrustEntry;
use serde_json::{Value, json};

use crate::reader::theirs;
use crate::school::{did, edited, signed};
use crate::world::{NOTES, REPORT, SIGN_OFF, SIGNED, World, entry, key, sign_at};
use crate::{Case, Row, bundle, case, sign_off, told};

pub const ROWS: &[Row] = &[
    Row { id: "381", cases: invented_name, elsewhere: &[] },
    Row { id: "382", cases: issuers_of_another_shape, elsewhere: &[] },
    Row { id: "398", cases: about_another, elsewhere: &[] },
    Row { id: "399", cases: stolen, elsewhere: &[] },
    Row { id: "400", cases: without_holder, elsewhere: &[] },
    Row { id: "401", cases: another_holder, elsewhere: &[] },
    Row { id: "402", cases: about_oneself, elsewhere: &[] },
    Row { id: "403", cases: twice, elsewhere: &[] },
    Row {
        id: "404",
        cases: one_name_two_keys,
        elsewhere: &[("tests/trust_list.rs", "a_key_stands_in_it_once_and_a_name_as_often_as_it_has_keys")],
    },
    Row { id: "405", cases: another_path, elsewhere: &[] },
    Row { id: "406", cases: bad_names, elsewhere: &[] },
    Row { id: "407", cases: one_name_two_digests, elsewhere: &[] },
    Row { id: "408", cases: no_file, elsewhere: &[] },
    Row { id: "409", cases: too_many_files, elsewhere: &[] },
    Row { id: "410", cases: other_digests, elsewhere: &[] },
    Row { id: "411", cases: other_spellings_of_a_digest, elsewhere: &[] },
];

/// The signer is named by the reader's own list, whatever the sign-off says.
fn invented_name() -> Vec<Case> {
    let mut world = World::good();
    world.resign(|document| document["issuer"]["name"] = json!("MIT"));
    let report = world.report();
    let named = report.credentials[0].trust.as_ref().map(|entry| entry.name.clone());
    vec![
        case("what it comes to", "holds", told(&report)),
        case("the name that is shown", "Priya Nair, Acme Retail Ltd", named.unwrap_or_default()),
    ]
}

fn issuers_of_another_shape() -> Vec<Case> {
    let shape = |issuer: Value| theirs(&edited(|document| document["issuer"] = issuer));
    let without_id =
        |document: &mut Value| drop(document["issuer"].as_object_mut().unwrap().shift_remove("id"));
    vec![
        case(
            "a list, of a sign-off",
            "failed: credential-form",
            sign_off(|document| document["issuer"] = json!([document["issuer"]])),
        ),
        case("without an id, of a sign-off", "failed: credential-form", sign_off(without_id)),
        case("a list, of a badge", "failed: foreign-form", shape(json!([did()]))),
        case("without an id, of a badge", "failed: foreign-form", shape(json!({ "name": "The school" }))),
        case("an empty text, of a badge", "failed: foreign-form", shape(json!(""))),
        case(
            "a text, of a badge",
            "holds",
            theirs(&signed(edited(|document| document["issuer"] = did().into()))),
        ),
    ]
}

fn about_another() -> Vec<Case> {
    let of_b = json!(key(7).public_key().did());
    vec![case(
        "a friend's",
        "failed: about-another",
        sign_off(|document| document["credentialSubject"]["id"] = of_b),
    )]
}

fn stolen() -> Vec<Case> {
    vec![case("in the thief's own bundle", "failed: about-another", bundle(|world| world.student = key(8)))]
}

fn without_holder() -> Vec<Case> {
    vec![case(
        "no holder",
        "failed: presentation-form",
        bundle(|world| {
            world.presenting.before =
                |document| drop(document.as_object_mut().unwrap().shift_remove("holder"));
        }),
    )]
}

fn another_holder() -> Vec<Case> {
    vec![case(
        "signed by another key",
        "failed: presentation-by-another",
        bundle(|world| world.presenting.seed = Some(9)),
    )]
}

fn about_oneself() -> Vec<Case> {
    vec![case(
        "by a key that the reader even knows",
        "unreadable: nothing-to-check, self-signed",
        bundle(|world| {
            world.trust.add(entry(&world.student)).unwrap();
            let mut own = world.statement(&world.evidence());
            own["issuer"]["id"] = json!(world.student.public_key().did());
            sign_at(&mut own, SIGNED, &world.student);
            world.put(SIGN_OFF, &own);
        }),
    )]
}

fn twice() -> Vec<Case> {
    let mut world = World::good();
    let same = world.sign_off();
    world.put("data/credentials/copy.json", &same);
    let report = world.report();
    vec![
        case("the same sign-off twice", "holds: credential-repeated", told(&report)),
        case("how many count", "1", report.sign_offs().count().to_string()),
    ]
}

/// Both are shown under the one name, so a reader counts one person; nothing here counts people.
fn one_name_two_keys() -> Vec<Case> {
    let mut world = World::good();
    let second = key(9);
    let entry = TrustEntry { key: second.public_key(), ..entry(&world.mentor) };
    world.trust.add(entry).unwrap();
    let mut document = world.statement(&world.evidence());
    document["issuer"]["id"] = json!(second.public_key().did());
    document["credentialSubject"]["narrative"] = json!("Another statement.");
    document["id"] = json!("urn:uuid:22222222-2222-8222-8222-222222222222");
    sign_at(&mut document, SIGNED, &second);
    world.put("data/credentials/second.json", &document);
    let report = world.report();
    let names =
        report.credentials.iter().filter_map(|credential| Some(credential.trust.as_ref()?.name.clone()));
    vec![
        case("what it comes to", "holds", told(&report)),
        case(
            "by whom",
            "Priya Nair, Acme Retail Ltd; Priya Nair, Acme Retail Ltd",
            names.collect::<Vec<_>>().join("; "),
        ),
    ]
}

/// The design binds a file by its name and digest; where it lies in the bundle may change, its name may not.
fn another_path() -> Vec<Case> {
    let moved = |to: &'static str| {
        bundle(|world| {
            let bytes = world.files.remove(REPORT).unwrap();
            world.files.insert(to.into(), bytes);
        })
    };
    vec![
        case("under another name", "holds: evidence-renamed", moved("data/artifacts/forecast-report/cv.pdf")),
        case("in another folder", "holds", moved("data/artifacts/other/forecast-report.pdf")),
    ]
}

fn bad_names() -> Vec<Case> {
    ["../x", "a/b", "/etc/passwd", "C:x", "e\u{301}.pdf", "a\u{202e}b", "CON", "x.", ""]
        .iter()
        .map(|name| {
            let named = |document: &mut Value| document["evidence"][0]["name"] = json!(name);
            case(&format!("{name:?}"), "failed: credential-form", sign_off(named))
        })
        .collect()
}

/// A sign-off names files and not paths, and two works may each have a file of one name: each digest is looked for by
/// itself, so neither can stand for the other. One digest twice is refused.
fn one_name_two_digests() -> Vec<Case> {
    let same =
        |document: &mut Value| document["evidence"][1]["name"] = document["evidence"][0]["name"].clone();
    let digest = |document: &mut Value| document["evidence"][1] = document["evidence"][0].clone();
    vec![
        case("the same name twice, both here", "holds: evidence-renamed", sign_off(same)),
        case(
            "the same name twice, one here",
            "incomplete: evidence-missing",
            bundle(|world| {
                world.resign(same);
                world.files.remove(NOTES);
            }),
        ),
        case("the same digest twice", "failed: credential-form", sign_off(digest)),
    ]
}

fn no_file() -> Vec<Case> {
    vec![case(
        "no evidence",
        "holds: not-signed, signs-no-file",
        sign_off(|document| drop(document.as_object_mut().unwrap().shift_remove("evidence"))),
    )]
}

fn too_many_files() -> Vec<Case> {
    let many = |count: u32| {
        bundle(|world| {
            let entries: Vec<Value> = (0..count)
                .map(|number| {
                    let digest = Digest::of(&number.to_be_bytes());
                    json!({ "id": digest.ni(), "type": ["Evidence"], "name": format!("{number}.pdf"), "genre": "report",
                            "digestMultibase": digest.multibase(), "mediaType": "application/pdf" })
                })
                .collect();
            // what is refused for its size need not be signed
            world.alter(|document| document["evidence"] = entries.into());
        })
    };
    vec![
        case("one more than the bound", "failed: credential-form", many(1001)),
        case("so many that it is longer than any sign-off", "failed: credential-form", many(5_000)),
    ]
}

fn with_digest(digest: &str) -> String {
    sign_off(|document| document["evidence"][0]["digestMultibase"] = json!(digest))
}

fn other_digests() -> Vec<Case> {
    let multibase = |bytes: &[u8]| format!("u{}", crate::school::base64(bytes));
    let cut = [&[0x12, 0x04][..], &[7; 4]].concat();
    [
        ("SHA-1", multibase(&[&[0x11, 20][..], &[7; 20]].concat())),
        ("MD5", multibase(&[&[0xD5, 0x01, 16][..], &[7; 16]].concat())),
        ("SHA-384", multibase(&[&[0x20, 48][..], &[7; 48]].concat())),
        ("SHA-256 cut to four bytes", multibase(&cut)),
        ("SHA-256 that says it is longer", multibase(&[&[0x12, 33][..], &[7; 32]].concat())),
        ("the bytes themselves", multibase(&[0x00, 0x03, 1, 2, 3])),
        ("nothing", String::new()),
        ("a multibase of nothing", "u".to_owned()),
    ]
    .iter()
    .map(|(made, digest)| case(made, "failed: credential-form", with_digest(digest)))
    .collect()
}

fn other_spellings_of_a_digest() -> Vec<Case> {
    let digest = Digest::of(b"%PDF-1.7 forecast report");
    let multihash = [&[0x12, 0x20][..], digest.as_bytes()].concat();
    [
        ("hex", digest.hex()),
        ("upper-case hex", digest.hex().to_uppercase()),
        ("base58", format!("z{}", bs58::encode(&multihash).into_string())),
        ("base16", format!("f{}", data_encoding::HEXLOWER.encode(&multihash))),
        ("padded base64url", format!("U{}", data_encoding::BASE64URL.encode(&multihash))),
        ("base64", format!("m{}", data_encoding::BASE64_NOPAD.encode(&multihash))),
        ("as a link has it", format!("sha256-{}", data_encoding::BASE64.encode(digest.as_bytes()))),
        ("as an identity has it", format!("sha256${}", digest.hex())),
        ("with a blank behind", format!("{} ", digest.multibase())),
    ]
    .iter()
    .map(|(made, digest)| case(made, "failed: credential-form", with_digest(digest)))
    .chain([case("as it should be", "holds", with_digest(&digest.multibase()))])
    .collect()
}
