//! When: signatures and statements that ended, are to come, or are dated in a way that nobody can read.

use portfolio::proof::{EddsaJcs2022, EddsaRdfc2022};
use serde_json::json;

use crate::reader::theirs;
use crate::school::{edited, signed, signed_jcs, signed_with};
use crate::world::{SIGN_OFF, moment, sign_at};
use crate::{Case, Row, bundle, case, proof_of, sign_off};

pub const ROWS: &[Row] = &[
    Row { id: "415", cases: ended_signature, elsewhere: &[] },
    Row { id: "416", cases: from_next_century, elsewhere: &[] },
    Row { id: "417", cases: ended, elsewhere: &[] },
    Row { id: "418", cases: out_of_order, elsewhere: &[] },
    Row { id: "419", cases: bad_dates, elsewhere: &[] },
];

fn ended_signature() -> Vec<Case> {
    let until = "2026-10-01T00:00:00Z";
    vec![
        case(
            "of a sign-off",
            "expired: expired",
            proof_of(|proof| drop(proof.insert("expires".into(), json!(until)))),
        ),
        case(
            "of a badge",
            "expired: foreign-expired",
            theirs(&signed_with(&EddsaRdfc2022, |options| options["expires"] = until.into())),
        ),
    ]
}

fn from_next_century() -> Vec<Case> {
    let later = "2099-01-01T00:00:00Z";
    let made = bundle(|world| {
        let mut document = world.signed(|_| ());
        sign_at(&mut document, later, &world.mentor);
        world.put(SIGN_OFF, &document);
    });
    vec![
        case(
            "a sign-off made then: the clock is in doubt",
            "status-unknown: presented-before-signed, signed-in-future",
            made,
        ),
        case(
            "a sign-off that begins then",
            "not-yet-valid: not-yet-valid, signed-before-start",
            sign_off(|document| {
                document["validFrom"] = json!(later);
                document["validUntil"] = json!("2100-01-01T00:00:00Z");
            }),
        ),
        case(
            "a badge made then",
            "not-yet-valid: foreign-not-yet-valid",
            theirs(&signed_with(&EddsaJcs2022, |options| options["created"] = later.into())),
        ),
        case(
            "a badge that begins then",
            "not-yet-valid: foreign-not-yet-valid",
            theirs(&signed(edited(|document| document["validFrom"] = later.into()))),
        ),
        case(
            "a clock ten minutes behind",
            "holds",
            bundle(|world| world.at = moment("2026-07-24T14:52:40Z")),
        ),
        case(
            "and a second more",
            "not-yet-valid: not-yet-valid",
            bundle(|world| world.at = moment("2026-07-24T14:52:39Z")),
        ),
    ]
}

fn ended() -> Vec<Case> {
    let until = |until: &'static str| sign_off(move |document| document["validUntil"] = json!(until));
    let of_badge =
        |until: &'static str| theirs(&signed(edited(|document| document["validUntil"] = until.into())));
    vec![
        case("a sign-off in the past", "expired: expired", until("2026-08-24T23:59:59Z")),
        case("a sign-off before it begins", "failed: credential-form", until("2026-07-01T00:00:00Z")),
        case("a badge in the past", "expired: foreign-expired", of_badge("2026-02-01T00:00:00Z")),
        case("a badge before it begins", "failed: foreign-form", of_badge("2025-02-01T00:00:00Z")),
    ]
}

/// Both are said, and neither is a fault.
fn out_of_order() -> Vec<Case> {
    let early = bundle(|world| {
        let mut document = world.signed(|_| ());
        sign_at(&mut document, "2026-07-20T00:00:00Z", &world.mentor);
        world.put(SIGN_OFF, &document);
    });
    let packed = bundle(|world| {
        let mut document = world.signed(|document| document["validFrom"] = json!("2026-08-01T00:00:00Z"));
        sign_at(&mut document, "2026-08-01T00:00:00Z", &world.mentor);
        world.put(SIGN_OFF, &document);
    });
    vec![
        case("signed before it begins", "holds: signed-before-start", early),
        case("packed before it was signed", "holds: presented-before-signed", packed),
    ]
}

fn bad_dates() -> Vec<Case> {
    let mut cases = Vec::new();
    let fraction = format!("2026-07-24T15:02:40.{}Z", "1".repeat(1000));
    for text in [
        "2026-07-24T15:02:40",
        "2026-07-24T24:00:00Z",
        "2026-07-24T15:02:60Z",
        "0000-07-24T15:02:40Z",
        "10000-07-24T15:02:40Z",
        "2026-07-24T15:02:40+99:00",
        &fraction,
        "2026-07-24t15:02:40z",
        "2026-02-30T00:00:00Z",
        "2026-07-24",
        "",
        "1999-07-24T15:02:40Z",
        "2200-01-01T00:00:00Z",
    ] {
        let made: String = text.chars().take(40).collect();
        cases.push(case(
            &format!("a sign-off from {made:?}"),
            "failed: credential-form",
            sign_off(|document| {
                document["validFrom"] = json!(text);
                document.as_object_mut().unwrap().shift_remove("validUntil");
            }),
        ));
    }
    for text in [
        "2026-02-30T00:00:00Z",
        "2026-07-24T15:02:60Z",
        "2026-07-24T15:02:40+99:00",
        "2026-07-24",
        "soon",
        "",
    ] {
        cases.push(case(
            &format!("a badge from {text:?}"),
            "failed: foreign-form",
            theirs(&signed_jcs(edited(|document| {
                document["validFrom"] = json!(text);
            }))),
        ));
    }
    for text in ["2026-07-32T00:00:00Z", "", "yesterday"] {
        cases.push(case(
            &format!("a signature of {text:?}"),
            "failed: proof-form",
            proof_of(|proof| drop(proof.insert("created".into(), json!(text)))),
        ));
    }
    cases
}
