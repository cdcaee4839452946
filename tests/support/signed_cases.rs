//! Bundles that are whole and signed, each with one thing in it that a signature cannot mend.

use portfolio::proof::{SecretKey, Signer};
use serde_json::{Value, json};

use super::made::{self, Work};

/// Bundles that are whole and signed, each with one thing in it that a signature cannot mend.
/// A good bundle with two documents, the holder's record of them, and a confidential file that was left out.
pub fn good() -> Vec<u8> {
    let report = Work::new("report.pdf", *b"%PDF-1.4 sample\n");
    let notes = Work::new("notes.pdf", *b"%PDF-1.4 other sample\n");
    let code = Work::new("code.zip", *b"PK code").confidential();
    let record = Work::new("artifact.json", *b"{\n  \"title\": \"Report\"\n}\n");
    let sign_off = made::unsigned("Forecasting", &[report.clone(), notes.clone(), code], Some("2029-07-24"));
    made::bundle(
        &[made::signed(sign_off, &made::mentor())],
        &[report, notes, record],
        &made::student(),
        |_| {},
    )
}

/// Each bundle by what is special about it, with the exit code that it must come to.
pub fn all() -> Vec<(&'static str, Vec<u8>, i32)> {
    let (student, mentor) = (made::student(), made::mentor());
    let report = Work::new("report.pdf", *b"%PDF-1.4 sample");
    let code = Work::new("code.zip", *b"PK code").confidential();
    let stranger = SecretKey::from_seed(&[3; 32]);
    let both = [report.clone(), code.clone()];
    let sign_off = |until: Option<&str>| made::signed(made::unsigned("Forecasting", &both, until), &mentor);
    let altered = |edit: &dyn Fn(&mut Value)| {
        let mut document = made::unsigned("Forecasting", &both, None);
        edit(&mut document);
        made::signed(document, &mentor)
    };
    let whole = |sign_off: Value| made::bundle(&[sign_off], &both, &student, |_| {});
    let presented = |edit: fn(&mut Value)| made::bundle(&[sign_off(None)], &both, &student, edit);
    let by_a_stranger = made::signed(made::unsigned("Forecasting", &both, None), &stranger);
    let mut two_proofs = sign_off(None);
    let second = two_proofs["proof"][0].clone();
    two_proofs["proof"].as_array_mut().unwrap().push(second);
    let mut one_bad = two_proofs.clone();
    one_bad["proof"][1]["created"] = "2026-07-25T15:02:40Z".into();
    let mut no_list = sign_off(None);
    no_list["proof"] = no_list["proof"][0].clone();
    vec![
        ("good", whole(sign_off(Some("2029-07-24"))), 0),
        ("no end", whole(sign_off(None)), 0),
        (
            "two sign-offs",
            made::bundle(&[sign_off(None), sign_off(Some("2029-07-24"))], &both, &student, |_| {}),
            0,
        ),
        ("confidential file left out", made::bundle(&[sign_off(None)], &both[..1], &student, |_| {}), 0),
        ("other file left out", made::bundle(&[sign_off(None)], &both[1..], &student, |_| {}), 3),
        ("ended", whole(sign_off(Some("2026-08-24"))), 4),
        (
            "ended, and a file left out",
            made::bundle(&[sign_off(Some("2026-08-24"))], &both[1..], &student, |_| {}),
            4,
        ),
        ("not begun", whole(altered(&|d| d["validFrom"] = "2026-11-24T00:00:00Z".into())), 4),
        (
            "a file that nobody signed for, beside",
            made::bundle(
                &[sign_off(None)],
                &[report.clone(), code.clone(), Work::new("cv.pdf", *b"%PDF-")],
                &student,
                |_| {},
            ),
            0,
        ),
        (
            "another file of the signed name",
            made::bundle(
                &[sign_off(None)],
                &[Work::new("report.pdf", *b"%PDF-1.4 better"), code.clone()],
                &student,
                |_| {},
            ),
            1,
        ),
        ("signed by another key than it names", whole(by_a_stranger), 1),
        ("presented by somebody else", made::bundle(&[sign_off(None)], &both, &stranger, |_| {}), 1),
        ("no sign-off", made::bundle(&[], &both, &student, |_| {}), 1),
        ("unsigned sign-off", whole(made::unsigned("Forecasting", &both, None)), 1),
        ("proof that is no list, as the standard allows", whole(no_list), 0),
        ("the same proof twice", whole(two_proofs), 0),
        ("one proof holds and one fails", whole(one_bad), 1),
        ("a record of another kind", whole(altered(&|d| d["type"] = json!(["VerifiableCredential"]))), 8),
        ("a type more", whole(altered(&|d| d["type"].as_array_mut().unwrap().push("Other".into()))), 1),
        ("another context", whole(altered(&|d| d["@context"][1] = "urn:x".into())), 1),
        (
            "a context more",
            whole(altered(&|d| d["@context"].as_array_mut().unwrap().push("urn:x".into()))),
            1,
        ),
        ("a bad digest", whole(altered(&|d| d["evidence"][0]["digestMultibase"] = "uEi".into())), 1),
        ("a bad date", whole(altered(&|d| d["validFrom"] = "2026-02-30T00:00:00Z".into())), 1),
        (
            "a date with an offset",
            whole(altered(&|d| d["validUntil"] = "2029-07-24T23:59:59+01:00".into())),
            1,
        ),
        ("an unknown signed member", whole(altered(&|d| d["image"] = "urn:x".into())), 0),
        (
            "about somebody else",
            whole(altered(&|d| d["credentialSubject"]["id"] = stranger.public_key().did().into())),
            1,
        ),
        (
            "presentation of another holder",
            presented(|p| p["holder"] = SecretKey::from_seed(&[3; 32]).public_key().did().into()),
            1,
        ),
        (
            "presentation with another type",
            presented(|p| p["type"] = json!(["VerifiablePresentation", "Other"])),
            1,
        ),
        (
            "presentation of another manifest",
            presented(|p| {
                let digest = portfolio::digest::Digest::of(b"another");
                p["verifiableCredential"][0]["relatedResource"][0]["digestMultibase"] =
                    digest.multibase().into();
                p["verifiableCredential"][0]["relatedResource"][0]["id"] = digest.ni().into();
            }),
            1,
        ),
        (
            "presentation with a second cover",
            presented(|p| {
                let cover = p["verifiableCredential"][0].clone();
                p["verifiableCredential"].as_array_mut().unwrap().push(cover);
            }),
            1,
        ),
        (
            "presentation by another issuer",
            presented(|p| {
                p["verifiableCredential"][0]["issuer"] =
                    SecretKey::from_seed(&[3; 32]).public_key().did().into()
            }),
            1,
        ),
    ]
}
