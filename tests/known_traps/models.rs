//! What is read and how: linked data, contexts, digests, dates, shapes, encodings, bags and presentations.

use portfolio::credential::presentation::{self, Presentation};
use portfolio::digest::Digest;
use portfolio::json;
use portfolio::path::RelPath;
use portfolio::proof::{Eddsa2022, EddsaRdfc2022, Options, ProofFault, sign};
use portfolio::render::escape::visible;
use portfolio::render::page::Setting;
use portfolio::render::rows;
use portfolio::verifier::Report;
use serde_json::{Value, json};

use crate::reader::{Reader, theirs};
use crate::school::{badge, badge_1_1, badge_token, edited, options, school, sealed, signed, signed_jcs};
use crate::sheet::Sheet;
use crate::world::{World, moment};
use crate::{Case, Row, bundle, case, sign_off, told};

pub const ROWS: &[Row] = &[
    Row {
        id: "T4",
        cases: data_loss,
        elsewhere: &[("tests/linked_data.rs", "a_member_that_would_be_lost_is_a_fault_of_the_document")],
    },
    Row {
        id: "T11",
        cases: versions_of_contexts,
        elsewhere: &[("tests/linked_data.rs", "the_built_in_contexts_are_the_published_ones")],
    },
    Row { id: "T12", cases: four_spellings_of_a_digest, elsewhere: &[] },
    Row { id: "T14", cases: dates_of_others, elsewhere: &[] },
    Row { id: "T15", cases: lists_and_single_values, elsewhere: &[] },
    Row {
        id: "T18",
        cases: encodings,
        elsewhere: &[("tests/json_strict.rs", "bytes_are_utf_8_without_a_mark")],
    },
    Row {
        id: "T19",
        cases: canonical_json,
        elsewhere: &[
            ("tests/jcs.rs", "writes_the_published_documents_byte_for_byte"),
            ("tests/jcs.rs", "writes_ten_thousand_numbers_as_ecmascript_does"),
        ],
    },
    Row {
        id: "T20",
        cases: percent_signs,
        elsewhere: &[("tests/holder_folder/folder.rs", "a_new_portfolio_is_these_files")],
    },
    Row { id: "T21", cases: presentations, elsewhere: &[] },
    Row {
        id: "T24",
        cases: no_more_than_was_checked,
        elsewhere: &[("tests/tidy/words.rs", "no_sentence_promises_more_than_a_check_can_show")],
    },
];

fn data_loss() -> Vec<Case> {
    let added = |change: fn(&mut Value)| {
        let mut document = signed(badge());
        change(&mut document);
        theirs(&document)
    };
    let cannot_sign = |change: fn(&mut Value)| {
        let signing = sign(
            &mut edited(change),
            &Options::assertion(moment("2026-01-02T00:00:00Z")),
            &[&EddsaRdfc2022],
            &school(),
        );
        matches!(signing, Err(ProofFault::NotLinkedData(_))).to_string()
    };
    let grade = |document: &mut Value| document["grade"] = "A+".into();
    let relative =
        |document: &mut Value| document["evidence"] = json!([{ "id": "report.pdf", "type": ["Evidence"] }]);
    let empty = |document: &mut Value| {
        document["credentialSubject"]["achievement"]["alignment"] =
            json!([{ "id": "", "type": ["Alignment"] }])
    };
    vec![
        case("an undefined word added", "failed: foreign-not-covered", added(grade)),
        case("a relative id added", "failed: foreign-not-covered", added(relative)),
        case("an empty id added", "failed: foreign-not-covered", added(empty)),
        case("signing an undefined word is refused", "true", cannot_sign(grade)),
        case("signing a relative id is refused", "true", cannot_sign(relative)),
        case("signing an empty id is refused", "true", cannot_sign(empty)),
    ]
}

fn versions_of_contexts() -> Vec<Case> {
    let with = |mut document: Value, context: &str| {
        document["@context"][1] =
            format!("https://purl.imsglobal.org/spec/ob/v3p0/context-{context}.json").into();
        theirs(&signed(document))
    };
    let draft = {
        let options = options(&Eddsa2022, &badge());
        theirs(&sealed(badge(), options, &Eddsa2022, &school()))
    };
    let mut swapped = signed(badge());
    swapped["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json".into();
    let mut unknown = signed(badge());
    unknown["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json".into();
    vec![
        case("3.0.2", "holds", with(badge(), "3.0.2")),
        case("3.0.1, of version 1.1", "holds", with(badge_1_1(), "3.0.1")),
        case("3.0.3 signed, 3.0.1 named", "failed: foreign-not-covered", theirs(&swapped)),
        case(
            "one that is not built in: neither good nor bad",
            "unreadable: foreign-not-supported",
            theirs(&unknown),
        ),
        case("the draft name of the suite", "holds", draft),
    ]
}

/// One digest, four printers; where one spelling is asked for, the others are refused.
fn four_spellings_of_a_digest() -> Vec<Case> {
    let digest = Digest::of(b"a@example.comKosher");
    let hex = "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
    let sri = format!("sha256-{}", data_encoding::BASE64.encode(digest.as_bytes()));
    let with = |text: String| sign_off(|document| document["evidence"][0]["digestMultibase"] = json!(text));
    vec![
        case("hex", hex, digest.hex()),
        case("multibase begins uEi", "uEi", &digest.multibase()[..3]),
        case("and reads back", hex, Digest::from_multibase(&digest.multibase()).unwrap().hex()),
        case("hex where multibase belongs", "failed: credential-form", with(digest.hex())),
        case("a link's form where multibase belongs", "failed: credential-form", with(sri)),
        case(
            "an identity's form where multibase belongs",
            "failed: credential-form",
            with(format!("sha256${hex}")),
        ),
    ]
}

fn dates_of_others() -> Vec<Case> {
    let from = |text: &str| theirs(&signed_jcs(edited(|document| document["validFrom"] = text.into())));
    let until = |text: &str| theirs(&signed_jcs(edited(|document| document["validUntil"] = text.into())));
    let mut old = badge_1_1();
    old["expirationDate"] = "2026-02-01T00:00:00Z".into();
    let mut without = badge_1_1();
    without.as_object_mut().unwrap().shift_remove("issuanceDate");
    vec![
        case("issuanceDate, of version 1.1", "holds", theirs(&signed(badge_1_1()))),
        case("expirationDate, of version 1.1", "expired: foreign-expired", theirs(&signed(old))),
        case("version 1.1 without issuanceDate", "failed: foreign-form", theirs(&without)),
        case("no offset: it is UTC", "holds", from("2026-11-22T13:05:11")),
        case(
            "no offset, a second later",
            "not-yet-valid: foreign-not-yet-valid",
            from("2026-11-22T13:05:12"),
        ),
        case("an offset is applied", "holds", from("2026-11-22T15:05:11+02:00")),
        case("24:00:00", "holds", from("2026-01-01T24:00:00Z")),
        case("twelve digits of a second", "holds", from("2026-01-01T00:00:00.123456789012Z")),
        case("the year 10000", "holds", until("10000-01-01T00:00:00Z")),
        case("a second 60", "failed: foreign-form", from("2026-01-01T00:00:60Z")),
        case(
            "a fraction beside nbf",
            "holds",
            Reader::of_the_school()
                .told(badge_token(|_, payload| payload["validFrom"] = "2026-01-01T00:00:00.5Z".into())),
        ),
        case(
            "another second than nbf",
            "failed: foreign-claims",
            Reader::of_the_school()
                .told(badge_token(|_, payload| payload["validFrom"] = "2026-01-01T00:00:01Z".into())),
        ),
    ]
}

fn lists_and_single_values() -> Vec<Case> {
    let single = |mut document: Value| {
        document["proof"] = document["proof"][0].clone();
        theirs(&document)
    };
    let shaped = |change: fn(&mut Value)| {
        let document = edited(change);
        [signed(document.clone()), signed_jcs(document)].map(|document| theirs(&document)).join(", ")
    };
    let both = "holds, holds";
    vec![
        case("one signature, no list", "holds", single(signed(badge()))),
        case("one signature over the JSON, no list", "holds", single(signed_jcs(badge()))),
        case(
            "the subject in a list",
            both,
            shaped(|document| document["credentialSubject"] = json!([document["credentialSubject"]])),
        ),
        case(
            "the issuer as text",
            both,
            shaped(|document| document["issuer"] = document["issuer"]["id"].clone()),
        ),
        case(
            "types as text",
            both,
            shaped(|document| document["credentialSubject"]["type"] = "AchievementSubject".into()),
        ),
        case("one shape signed, another shown: over the JSON", "failed: foreign-misfit", {
            let mut document = signed_jcs(badge());
            document["credentialSubject"] = json!([document["credentialSubject"]]);
            theirs(&document)
        }),
        case("one shape signed, another shown: the same statements", "holds", {
            let mut document = signed(badge());
            document["credentialSubject"] = json!([document["credentialSubject"]]);
            theirs(&document)
        }),
    ]
}

fn encodings() -> Vec<Case> {
    let school = Reader::of_the_school();
    let named = |name: &str| signed(edited(|document| document["name"] = name.into())).to_string();
    let text = named("Ångström");
    let latin = text
        .chars()
        .flat_map(|c| if (c as u32) < 256 { vec![c as u32 as u8] } else { c.to_string().into_bytes() });
    let mangled = String::from_utf8_lossy(text.as_bytes()).replace("Å", "Ã…");
    vec![
        case("UTF-8", "holds", school.told(&text)),
        case(
            "with a mark in front",
            "failed: credential-json",
            school.told([b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ),
        case("in Latin-1", "failed: credential-json", school.told(latin.collect::<Vec<u8>>())),
        case("read as Latin-1 by somebody on the way", "failed: foreign-misfit", school.told(mangled)),
        case("decomposed, as it was signed", "holds", school.told(named("A\u{30a}ngstro\u{308}m"))),
        case(
            "composed on the way",
            "failed: foreign-misfit",
            school.told(named("A\u{30a}").replace("A\u{30a}", "Å")),
        ),
    ]
}

fn canonical_json() -> Vec<Case> {
    let text = |value: &Value| String::from_utf8(json::canonical(value).unwrap()).unwrap();
    let document = json!({ "\u{FB33}": 1, "\u{1F602}": 2, "a": 3 });
    let read: Value =
        json::parse(b"[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]", &json::FOREIGN)
            .unwrap();
    vec![
        case("sorted by UTF-16 units", "{\"a\":3,\"\u{1F602}\":2,\"\u{FB33}\":1}", text(&document)),
        case("numbers to the last bit", "[333333333.3333333,1e+30,4.5,0.002,1e-27]", text(&read)),
        case(
            "a badge with such members",
            "holds",
            theirs(&signed_jcs(edited(|badge| badge["extra"] = document))),
        ),
    ]
}

fn percent_signs() -> Vec<Case> {
    let refused = |path: &str| RelPath::parse(path).is_err().to_string();
    vec![
        case("% in a name", "true", refused("data/a%25b.pdf")),
        case("a line end in a name", "true", refused("data/a\nb.pdf")),
        case("a backslash in a name", "true", refused("data/a\\b.pdf")),
        case("line ends changed on the way", "failed: bag-form, evidence-differs, file-changed", {
            let world = World::good();
            let mut files = world.entries();
            let notes = files.iter_mut().find(|(path, _)| path.ends_with("hand-over.md")).unwrap();
            notes.1 = b"# Hand-over\r\n".to_vec();
            told(&world.report_on(&Sheet::new(&files).build()))
        }),
    ]
}

/// Ours names the list of files by its digest and embeds no credential, so no context leaks in or out.
fn presentations() -> Vec<Case> {
    let built = presentation::build(&Presentation {
        holder: "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z".into(),
        name: "Alex".into(),
        created: moment("2026-07-25T10:00:00Z"),
        manifest_digest: Digest::of(b""),
    });
    let cover = &built["verifiableCredential"][0];
    let theirs_in = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "verifiableCredential": [signed(badge())],
    });
    vec![
        case(
            "what is in it",
            "1 of type [\"VerifiableCredential\"]",
            format!("{} of type {}", built["verifiableCredential"].as_array().unwrap().len(), cover["type"]),
        ),
        case("its contexts", "[\"https://www.w3.org/ns/credentials/v2\"]", built["@context"].to_string()),
        case(
            "its ids are addresses",
            "true",
            (built["id"].as_str().unwrap().starts_with("urn:uuid:")
                && cover["id"].as_str().unwrap().starts_with("urn:uuid:"))
            .to_string(),
        ),
        case("a presentation with a badge inside, alone", "unreadable: nothing-to-check", theirs(&theirs_in)),
        case(
            "a token of a presentation",
            "failed: foreign-claims",
            Reader::of_the_school().told(badge_token(|_, payload| *payload = json!({ "vp": theirs_in }))),
        ),
        case(
            "a bundle whose presentation embeds another credential",
            "failed: presentation-form",
            bundle(|world| {
                world.presenting.before = |document| {
                    let cover = document["verifiableCredential"][0].clone();
                    document["verifiableCredential"].as_array_mut().unwrap().push(cover);
                };
            }),
        ),
    ]
}

fn no_more_than_was_checked() -> Vec<Case> {
    let refresh = signed(edited(|document| {
        document["refreshService"] =
            json!({ "id": "https://a.example/1", "type": "1EdTechCredentialRefresh" });
        document["@context"]
            .as_array_mut()
            .unwrap()
            .push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    }));
    let world = World::good();
    let words = page(&world.report());
    vec![
        case("a newer copy that was not asked for", "holds: foreign-refresh-not-tried", theirs(&refresh)),
        case("what no check can show", "true", words.contains("really signed").to_string()),
        case("whose word the date is", "true", words.contains("that the statement is true").to_string()),
    ]
}

fn page(report: &Report) -> String {
    let setting = Setting { with_next_step: false, ..Setting::default() };
    visible(&rows::page(report, &setting).cannot_show.unwrap_or_default())
}
