//! What is said and how it is spelt: types, members, contexts, numbers and texts of what was correctly signed.

use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022, Signer, Suite, Unsecured};
use serde_json::{Value, json};

use crate::reader::{Reader, theirs};
use crate::school::{badge, edited, options, school, signed, signed_jcs, with_signature};
use crate::world::{SIGN_OFF, World};
use crate::{Case, Row, altered, bundle, case, sign_off, told};

pub const ROWS: &[Row] = &[
    Row { id: "427", cases: unknown_types, elsewhere: &[] },
    Row { id: "428", cases: unknown_members, elsewhere: &[] },
    Row { id: "429", cases: contexts, elsewhere: &[] },
    Row { id: "431", cases: large_numbers, elsewhere: &[] },
    Row {
        id: "432",
        cases: other_numbers,
        elsewhere: &[("tests/json_strict.rs", "our_numbers_are_exact_integers")],
    },
    Row { id: "433", cases: bad_texts, elsewhere: &[] },
    Row { id: "434", cases: the_same_in_other_bytes, elsewhere: &[] },
];

fn unknown_types() -> Vec<Case> {
    let own = |document: &mut Value| document["type"] = json!(["VerifiableCredential", "DegreeCredential"]);
    let more = |document: &mut Value| document["type"].as_array_mut().unwrap().push("Other".into());
    vec![
        case("a sign-off of another kind", "unreadable: credential-not-supported", sign_off(own)),
        case("a sign-off with one more", "failed: credential-form", sign_off(more)),
        case("a badge with one more, over the JSON", "holds", theirs(&signed_jcs(edited(more)))),
        case(
            "a badge with one more, as linked data",
            "failed: foreign-not-covered",
            theirs(&{
                let mut document = signed(badge());
                more(&mut document);
                document
            }),
        ),
    ]
}

fn unknown_members() -> Vec<Case> {
    vec![
        case(
            "at the top of a sign-off",
            "holds: members-not-shown",
            sign_off(|document| document["rank"] = json!("best")),
        ),
        case(
            "in its subject",
            "holds: members-not-shown",
            sign_off(|document| document["credentialSubject"]["mood"] = json!("sunny")),
        ),
        case(
            "in its evidence",
            "holds: members-not-shown",
            sign_off(|document| document["evidence"][0]["pages"] = json!(7)),
        ),
        case(
            "in a badge, over the JSON",
            "holds",
            theirs(&signed_jcs(edited(|document| document["rank"] = json!("best")))),
        ),
    ]
}

fn contexts() -> Vec<Case> {
    let ours = |context: Value| sign_off(|document| document["@context"] = context);
    let of_badge = |context: Value| {
        let mut document = signed(badge());
        document["@context"] = context;
        theirs(&document)
    };
    let (v2, ob) = ("https://www.w3.org/ns/credentials/v2", crate::school::OPEN_BADGES);
    let many: Vec<Value> = std::iter::once(json!(v2)).chain((0..2000).map(|_| json!(ob))).collect();
    let lists = [
        ("an unknown address", json!([v2, "https://evil.example/context"])),
        ("http", json!([v2, ob.replace("https:", "http:")])),
        ("an object", json!([v2, ob, { "x": "urn:x" }])),
        ("@vocab", json!([v2, ob, { "@vocab": "urn:x#" }])),
        ("a list in the list", json!([v2, [ob]])),
        ("2000 entries", json!(many)),
        ("one only", json!([v2])),
        ("a text", json!(v2)),
        ("none", json!([])),
        ("the two in another order", json!([ob, v2])),
    ];
    let mut cases: Vec<Case> = lists
        .iter()
        .map(|(made, list)| {
            case(&format!("{made}, of a sign-off"), "failed: credential-form", ours(list.clone()))
        })
        .collect();
    let of_badges = [
        ("an unknown address", "unreadable: foreign-not-supported", &lists[0].1),
        ("http", "unreadable: foreign-not-supported", &lists[1].1),
        ("a new name for an address that nobody uses", "holds", &lists[2].1),
        ("@vocab", "unreadable: foreign-redefined-words", &lists[3].1),
        ("a list in the list", "failed: foreign-form", &lists[4].1),
        ("2000 entries", "failed: foreign-not-covered", &lists[5].1),
        ("one only", "failed: foreign-not-covered", &lists[6].1),
    ];
    cases.extend(of_badges.into_iter().map(|(made, expected, list)| {
        case(&format!("{made}, of a badge"), expected, of_badge(list.clone()))
    }));
    cases.push(case("a context within, of a badge", "unreadable: foreign-redefined-words", {
        let mut document = signed(badge());
        document["credentialSubject"]["@context"] = json!({ "x": "urn:x" });
        theirs(&document)
    }));
    cases
}

/// A sign-off in these bytes, which the mentor signed as it parses elsewhere.
fn written(from: &str, to: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut world = World::good();
    world.resign(change);
    let text = String::from_utf8(world.files[SIGN_OFF].clone()).unwrap();
    assert!(text.contains(from), "{text}");
    world.files.insert(SIGN_OFF.into(), text.replace(from, to).into_bytes());
    told(&world.report())
}

fn badge_written(from: &str, to: &str, suite: &dyn Suite, change: impl FnOnce(&mut Value)) -> String {
    let document = edited(change);
    let options = options(suite, &document);
    let unsecured = Unsecured::new(document.as_object().unwrap(), Vec::new());
    let hash = suite.hash(&unsecured, options.as_object().unwrap()).unwrap();
    let text = with_signature(document, options, &school().sign(&hash).unwrap()).to_string();
    assert!(text.contains(from), "{text}");
    Reader::of_the_school().told(text.replace(from, to))
}

fn large_numbers() -> Vec<Case> {
    let score =
        |document: &mut Value| document["credentialSubject"]["score"] = json!(9_007_199_254_740_991_u64);
    vec![
        case("the largest", "holds: members-not-shown", sign_off(score)),
        case(
            "two more, of a sign-off",
            "failed: credential-json",
            written("9007199254740991", "9007199254740993", score),
        ),
        case(
            "two more, of a badge",
            "failed: credential-json",
            badge_written("9007199254740991", "9007199254740993", &EddsaJcs2022, score),
        ),
    ]
}

fn other_numbers() -> Vec<Case> {
    ["1.0", "1e2", "-0", "4.35000000000000001", "1E2", "0.1", "-0.0"]
        .iter()
        .map(|number| {
            let found = written("\"score\": 7", &format!("\"score\": {number}"), |document| {
                document["credentialSubject"]["score"] = json!(7)
            });
            case(&format!("{number} in a sign-off"), "failed: credential-json", found)
        })
        .chain([
            case(
                "4.35 in a badge",
                "holds",
                theirs(&signed_jcs(edited(|document| document["credentialSubject"]["score"] = json!(4.35)))),
            ),
            case(
                "1e400 in a badge",
                "failed: credential-json",
                badge_written("\"score\":7", "\"score\":1e400", &EddsaJcs2022, |document| {
                    document["credentialSubject"]["score"] = json!(7);
                }),
            ),
        ])
        .collect()
}

fn bad_texts() -> Vec<Case> {
    let mut cases = Vec::new();
    for (made, escape) in [
        ("a lone surrogate", "\\ud800"),
        ("a pair the wrong way round", "\\udc00\\ud800"),
        ("U+0000", "\\u0000"),
    ] {
        let marked = |document: &mut Value| document["name"] = json!("MARK");
        cases.push(case(
            &format!("{made} in a sign-off"),
            "failed: credential-json",
            written("MARK", escape, marked),
        ));
        cases.push(case(
            &format!("{made} in a badge"),
            "failed: credential-json",
            badge_written("MARK", escape, &EddsaRdfc2022, marked),
        ));
    }
    cases
}

fn the_same_in_other_bytes() -> Vec<Case> {
    let mut world = World::good();
    let signed = world.sign_off();
    let members = signed.as_object().unwrap().iter().rev();
    let reversed: serde_json::Map<String, Value> =
        members.map(|(name, value)| (name.clone(), value.clone())).collect();
    let text = Value::Object(reversed).to_string().replace("\"name\"", "\"n\\u0061me\"");
    world.files.insert(SIGN_OFF.into(), text.into_bytes());
    vec![
        case("a sign-off in another order, with escapes, without blanks", "holds", told(&world.report())),
        case(
            "a badge without blanks",
            "holds",
            Reader::of_the_school().told(signed_jcs(badge()).to_string()),
        ),
        case(
            "a badge with many",
            "holds",
            Reader::of_the_school().told(serde_json::to_string_pretty(&signed_jcs(badge())).unwrap()),
        ),
        case(
            "a member twice, spelt in two ways",
            "failed: credential-json",
            bundle(|world| {
                let text = String::from_utf8(world.files[SIGN_OFF].clone()).unwrap();
                let twice = text.replacen("\"name\"", "\"name\": \"MIT\",\n  \"na\\u006de\"", 1);
                world.files.insert(SIGN_OFF.into(), twice.into_bytes());
            }),
        ),
        case(
            "a word changed",
            "failed: proof-misfit",
            altered(|document| document["credentialSubject"]["narrative"] = json!("Another.")),
        ),
    ]
}
