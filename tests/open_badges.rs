//! What we propose and what mentors sign, held against the published JSON Schema of Open Badges 3.0.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not do"
)]

#[path = "support/vectors.rs"]
mod vectors;

use portfolio::credential::course;
use portfolio::credential::draft::{self, Background, DraftFacts};
use portfolio::credential::request::{self, Person, RequestFacts};
use portfolio::credential::{Evidence, Item, Mark, Skill, foreign};
use portfolio::digest::Digest;
use portfolio::issuer::{Marking, Vouching, propose, vouch};
use portfolio::json;
use portfolio::proof::{EddsaRdfc2022, SecretKey, Signer};
use portfolio::time::{Date, Timestamp};
use serde_json::{Value, json};

fn schema() -> Option<jsonschema::Validator> {
    let path = vectors::folder("ob3")?.join("schema/ob_v3p0_achievementcredential_schema.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    Some(jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
}

/// Each fault with its place.
fn faults(schema: &jsonschema::Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn item(title: &str, result: Option<&str>) -> Item {
    let asked = "error under 12 % on the held-out month".to_owned();
    Item { title: title.to_owned(), asked, result: result.map(str::to_owned), mark: None }
}

fn file(name: &str, item: Option<&str>, audience: Option<&str>) -> Evidence {
    Evidence {
        name: name.to_owned(),
        digest: Digest::of(name.as_bytes()),
        media_type: "application/pdf".to_owned(),
        genre: "report".to_owned(),
        audience: audience.map(str::to_owned),
        item: item.map(str::to_owned),
    }
}

/// Drafts from the barest to the fullest.
fn drafts() -> Vec<Value> {
    let holder = SecretKey::from_seed(&[1; 32]).public_key().did();
    let (starts, ends) = (Date::parse("2026-06-01").unwrap(), Date::parse("2026-07-24").unwrap());
    let four = ["Forecast report", "Hand-over notes", "Model code", "Talk"];
    let items: Vec<Item> = four.iter().map(|title| item(title, Some("9.8 %, was 14.2 %"))).collect();
    let evidence = [
        file("report.pdf", Some("Forecast report"), None),
        file("code.zip", None, Some("confidential until 2027-07-24")),
    ];
    let bare = DraftFacts {
        holder: &holder,
        name: "Zoë",
        email: "zoe@example.org",
        salt: "c2FsdA",
        title: "Co-lab",
        organisation: "",
        starts: None,
        ends: None,
        statement: "She did the work.",
        items: &[],
        evidence: &[],
        created: Timestamp::parse_ours("2026-07-21T09:00:00Z").unwrap(),
    };
    let unsaid = [item("Forecast report", None)];
    let facts = [
        bare.clone(),
        DraftFacts { organisation: "Acme Retail Ltd", starts: Some(starts), ..bare.clone() },
        DraftFacts { items: &unsaid, ..bare.clone() },
        DraftFacts { evidence: &evidence[..1], items: &unsaid, ends: Some(ends), ..bare.clone() },
        DraftFacts {
            organisation: "Łódź “x” & Söhne",
            starts: Some(starts),
            ends: Some(ends),
            items: &items,
            evidence: &evidence,
            ..bare
        },
    ];
    let skill = |name: &str, url: Option<&str>| Skill { name: name.into(), url: url.map(Into::into) };
    let skills = [
        skill("data analysis", Some("http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f")),
        skill("SQL", None),
    ];
    let course = course::of_records(
        &[json!({ "formatVersion": 1, "revision": 1, "frozen": "2026-06-01T09:00:00Z",
                  "deliverables": [{ "title": "Forecast report" }] })],
        &[json!({ "formatVersion": 1, "date": "2026-06-03", "minutes": 45 })],
    );
    let course = course.unwrap();
    let background =
        Background { role: Some("analyst"), hours: Some(240), skills: &skills, course: Some(&course) };
    let full = draft::build_with(&facts[4], &background);
    facts.iter().map(draft::build).chain([full]).collect()
}

/// What a mentor signs when asked for `draft`.
fn signed(draft: &Value, good_until: Option<Date>) -> Value {
    let student = SecretKey::from_seed(&[1; 32]).public_key().did();
    let document = request::build(&RequestFacts {
        holder: &student,
        from: &Person { name: "Zoë".to_owned(), email: Some("zoe@example.org".to_owned()) },
        asked: &Person { name: "Priya Nair".to_owned(), email: None },
        message: None,
        created: Timestamp::parse_ours("2026-07-21T09:00:00Z").unwrap(),
        draft,
        manifest_digest: Digest::of(b"manifest"),
    });
    let request = request::read(&document).unwrap();
    let marks: Vec<Mark> = Mark::ALL.into_iter().take(request.claims.items.len()).collect();
    let marking = Marking {
        marks,
        signer_name: "Priya Nair".to_owned(),
        statement: None,
        results: Vec::new(),
        good_until,
        at: Timestamp::parse_ours("2026-07-24T15:02:40Z").unwrap(),
    };
    let mentor = SecretKey::from_seed(&[2; 32]);
    let bytes = propose(&request, &marking, &mentor.public_key()).unwrap().sign(&mentor).unwrap();
    json::parse(&bytes, &json::OURS).unwrap()
}

#[test]
fn a_draft_lacks_nothing_but_what_the_signer_adds() {
    let Some(schema) = schema() else { return };
    for draft in drafts() {
        let lacking =
            ["id", "issuer", "validFrom"].map(|name| format!(": \"{name}\" is a required property"));
        let mut found = faults(&schema, &draft);
        found.sort();
        assert_eq!(found, lacking, "{draft:#}");
    }
}

#[test]
fn every_sign_off_is_a_badge_by_the_schema() {
    let Some(schema) = schema() else { return };
    for draft in drafts() {
        for until in [None, Some(Date::parse("2029-07-24").unwrap())] {
            let sign_off = signed(&draft, until);
            assert_eq!(sign_off["proof"].as_array().unwrap().len(), 2);
            assert_eq!(faults(&schema, &sign_off), Vec::<String>::new(), "{sign_off:#}");
            // and a credential of VC 2.0, by the reader that is held against the W3C's own inputs
            let read = foreign::read(&sign_off).unwrap();
            assert_eq!((read.model, read.kind), (foreign::Model::Vc2, foreign::Kind::OpenBadge));
            assert!(EddsaRdfc2022::canonical(&sign_off).is_ok(), "{sign_off:#}");
        }
    }
}

/// The part of the published schema about endorsements.
fn schema_of_endorsements() -> Option<jsonschema::Validator> {
    let path = vectors::folder("ob3")?.join("schema/ob_v3p0_achievementcredential_schema.json");
    let whole: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let part = json!({
        "$schema": whole["$schema"], "$defs": whole["$defs"], "$ref": "#/$defs/EndorsementCredential",
    });
    Some(jsonschema::options().should_validate_formats(true).build(&part).unwrap())
}

#[test]
fn every_voucher_is_an_endorsement_by_the_schema() {
    let Some(schema) = schema_of_endorsements() else { return };
    let (mentor, firm) = (SecretKey::from_seed(&[2; 32]), SecretKey::from_seed(&[3; 32]));
    let vouched = |until: Option<Date>| {
        let vouching = Vouching {
            key: &mentor.public_key(),
            words: "Priya Nair, Data Lead",
            issuer_name: "Łódź “x” & Söhne",
            until,
            at: Timestamp::parse_ours("2026-07-01T09:00:00Z").unwrap(),
        };
        json::parse(&vouch(&vouching, &firm).unwrap(), &json::OURS).unwrap()
    };
    for until in [None, Some(Date::parse("2027-07-01").unwrap())] {
        let voucher = vouched(until);
        assert_eq!(faults(&schema, &voucher), Vec::<String>::new(), "{voucher:#}");
        let read = foreign::read(&voucher).unwrap();
        assert_eq!((read.model, read.kind), (foreign::Model::Vc2, foreign::Kind::Endorsement));
        assert!(EddsaRdfc2022::canonical(&voucher).is_ok(), "{voucher:#}");
        let mut broken = voucher;
        broken["credentialSubject"]["type"] = json!("Key");
        assert!(!faults(&schema, &broken).is_empty());
    }
}

#[test]
fn the_schema_does_find_faults() {
    let Some(schema) = schema() else { return };
    let good = signed(&drafts()[4], None);
    let broken = |pointer: &str, value: Value| {
        let mut document = good.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        faults(&schema, &document).len()
    };
    assert!(broken("/credentialSubject/achievement/type", json!("Badge")) > 0);
    assert!(broken("/credentialSubject/result/0/type", json!([])) > 0);
    assert!(broken("/credentialSubject/identifier/0/hashed", json!("no")) > 0);
    assert!(broken("/issuer", json!({ "name": "nobody" })) > 0);
    assert!(broken("/validFrom", json!(20_260_724)) > 0);
}
