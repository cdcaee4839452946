//! A good draft and a good sign-off for the tests of this room, to break one thing in.

use serde_json::Value;

use super::claims::{Claims, Evidence, Item, Mark};
use super::draft::{self, DraftFacts};
use super::signoff::{self, Signing};
use crate::digest::Digest;
use crate::time::{Date, Timestamp};

pub(super) const STUDENT: &str = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH";
pub(super) const MENTOR: &str = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

pub(super) fn moment(text: &str) -> Timestamp {
    Timestamp::parse_ours(text).unwrap()
}

pub(super) fn item(title: &str, asked: &str, result: &str) -> Item {
    Item { title: title.into(), asked: asked.into(), result: Some(result.into()), mark: None }
}

pub(super) fn file(name: &str, bytes: &[u8], item: &str, audience: Option<&str>) -> Evidence {
    Evidence {
        name: name.into(),
        digest: Digest::of(bytes),
        media_type: "application/pdf".into(),
        genre: "report".into(),
        audience: audience.map(Into::into),
        item: Some(item.into()),
    }
}

pub(super) fn draft() -> Value {
    draft::build(&DraftFacts {
        holder: STUDENT,
        name: "Alex Rivera",
        email: "alex@rivera.example",
        salt: "c2FsdA",
        title: "Demand forecasting co-lab",
        organisation: "Acme Retail Ltd",
        starts: Some(Date::parse("2026-06-01").unwrap()),
        ends: Some(Date::parse("2026-07-24").unwrap()),
        statement: &draft::STATEMENT.replace("{name}", "Alex Rivera"),
        items: &[
            item("Forecast report", "error under 12 % on the held-out month", "9.8 %, was 14.2 %"),
            item("Model code", "", "61 of 64 tests"),
        ],
        evidence: &[
            file("forecast-report.pdf", b"report", "Forecast report", None),
            file("model-code.zip", b"code", "Model code", Some("confidential until 2027-07-24")),
        ],
        created: moment("2026-07-22T09:00:00Z"),
    })
}

pub(super) fn claims() -> Claims {
    let mut claims = draft::read(&draft()).unwrap();
    for (item, mark) in claims.items.iter_mut().zip([Mark::Met, Mark::PartlyMet]) {
        item.mark = Some(mark);
    }
    claims
}

pub(super) fn sign_off() -> Value {
    signoff::build(
        &draft(),
        &Signing {
            issuer_id: MENTOR,
            issuer_name: "Priya Nair, Data Lead, Acme Retail Ltd",
            valid_from: moment("2026-07-24T15:02:40Z"),
            valid_until: Some(Date::parse("2029-07-24").unwrap().end()),
            claims: &claims(),
        },
    )
}
