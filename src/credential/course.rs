//! How a placement went, as a request shows it to the mentor: the brief as it was frozen, every revision of it, and
//! the log of check-ins, each record naming the digest of the one before it.
//!
//! The records stand in the request as they lie in the student's folder. A chain that does not hold is a fault, so a
//! mentor never signs for a log that was rewritten.

use serde_json::Value;

use super::fields::{CredentialFault, Fact, Members, Survey};
use crate::digest::Digest;
use crate::json;
use crate::time::{Date, Timestamp};

/// The most check-ins of one placement: more than one a day for years.
pub const CHECK_IN_LIMIT: usize = 1_000;
/// The most revisions of one brief.
pub const REVISION_LIMIT: usize = 100;
/// The most minutes of one check-in: a day.
pub const MINUTE_LIMIT: u32 = 1_440;

/// How a placement went; empty where nothing was frozen and nobody met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// The brief as frozen, the oldest revision first.
    pub briefs: Vec<FrozenBrief>,
    /// The check-ins, the oldest first.
    pub check_ins: Vec<CheckIn>,
}

/// One revision of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenBrief {
    /// When it was frozen, by the student's clock.
    pub frozen: Timestamp,
    /// SHA-256 of the canonical form of its record.
    pub digest: Digest,
    /// Each deliverable and when it is accepted; empty where that is not said.
    pub deliverables: Vec<(String, String)>,
}

/// One check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// On which day.
    pub date: Date,
    /// How long, in minutes.
    pub minutes: u32,
    /// Who was there besides the student.
    pub who: Vec<String>,
    /// What was decided.
    pub decided: Option<String>,
    /// The next step.
    pub next: Option<String>,
    /// SHA-256 of the canonical form of its record.
    pub digest: Digest,
}

impl Course {
    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.briefs.is_empty() && self.check_ins.is_empty()
    }

    /// All minutes of all check-ins.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.check_ins.iter().map(|check_in| check_in.minutes).fold(0, u32::saturating_add)
    }

    /// The sentence of the statement about the check-ins: how many, how long, and the digest that binds the log.
    #[must_use]
    pub fn check_in_words(&self) -> Option<String> {
        let head = self.check_ins.last()?.digest;
        let minutes = self.minutes();
        Some(match self.check_ins.len() {
            1 => format!("We met for one check-in of {minutes} minutes; its record has the SHA-256 {head}."),
            count => format!(
                "We met for {count} check-ins, {minutes} minutes in all; the log of them ends in the SHA-256 {head}."
            ),
        })
    }

    /// The words of the criteria about the frozen brief: on which day, and the digest that binds it.
    #[must_use]
    pub fn brief_words(&self) -> Option<String> {
        let (first, last) = (self.briefs.first()?, self.briefs.last()?);
        let day = |brief: &FrozenBrief| brief.frozen.date().people_long();
        Some(match self.briefs.len() {
            1 => format!("The brief was frozen on {}, SHA-256 {}.", day(first), first.digest),
            count => format!(
                "The brief was frozen on {}, SHA-256 {}. This is revision {count}, frozen on {}, SHA-256 {}.",
                day(first),
                first.digest,
                day(last),
                last.digest
            ),
        })
    }

    /// Reads the two lists of a request as they stand there.
    pub(super) fn read(top: &Members<'_>, survey: &Survey) -> Self {
        let mut course = Course::default();
        let mut before = None;
        let digests = digests(top.raw("briefs"));
        for (place, record) in top.objects("briefs", REVISION_LIMIT).iter().enumerate() {
            record.format_version(1);
            let number = record.count("revision", u32::MAX);
            if number.is_some_and(|number| number as usize != place + 1) {
                record.fault("revision", Fact::NotA("the next number"));
            }
            follows(record, before);
            before = digests.get(place).copied().flatten();
            let frozen = record.moment("frozen");
            let deliverables = record.objects("deliverables", super::claims::ITEM_LIMIT);
            let deliverables = deliverables.iter().filter_map(|one| {
                let accepted = one.optional_text("acceptedWhen").unwrap_or_default().to_owned();
                Some((one.text("title")?.to_owned(), accepted))
            });
            let deliverables = deliverables.collect();
            if let (Some(frozen), Some(digest)) = (frozen, before) {
                course.briefs.push(FrozenBrief { frozen, digest, deliverables });
            }
        }
        let mut before = None;
        let digests = self::digests(top.raw("checkpoints"));
        for (place, record) in top.objects("checkpoints", CHECK_IN_LIMIT).iter().enumerate() {
            record.format_version(1);
            follows(record, before);
            before = digests.get(place).copied().flatten();
            let (date, minutes) = (record.day("date"), record.count("minutes", MINUTE_LIMIT));
            let who = record.texts("who", 100).into_iter().map(str::to_owned).collect();
            let decided = record.optional_text("decided").map(str::to_owned);
            let next = record.optional_text("next").map(str::to_owned);
            if let (Some(date), Some(minutes), Some(digest)) = (date, minutes, before) {
                course.check_ins.push(CheckIn { date, minutes, who, decided, next, digest });
            }
        }
        if let Some(words) = course.check_in_words()
            && !narrative(top).is_some_and(|text| text.contains(&words))
        {
            survey.fault("/draft/credentialSubject/narrative", Fact::Contradicts("/checkpoints"));
        }
        if let Some(words) = course.brief_words()
            && !criteria(top).is_some_and(|text| text.starts_with(&words))
        {
            survey.fault(
                "/draft/credentialSubject/achievement/criteria/narrative",
                Fact::Contradicts("/briefs"),
            );
        }
        course
    }
}

/// Reads the records themselves, before there is a request around them.
///
/// # Errors
/// What is wrong with them, as it would be found in a request.
pub fn of_records(briefs: &[Value], checkpoints: &[Value]) -> Result<Course, Vec<CredentialFault>> {
    let mut document = serde_json::Map::new();
    for (name, list) in [("briefs", briefs), ("checkpoints", checkpoints)] {
        if !list.is_empty() {
            document.insert(name.to_owned(), list.into());
        }
    }
    let document = Value::Object(document);
    let (survey, unheard) = (Survey::default(), Survey::default());
    let course = survey.document(&document).map(|top| Course::read(&top, &unheard)).unwrap_or_default();
    let unknown = survey.finish()?;
    if unknown.is_empty() {
        return Ok(course);
    }
    Err(unknown.into_iter().map(CredentialFault::not_understood).collect())
}

/// Whether a record names the one before it, as it is.
fn follows(record: &Members<'_>, before: Option<Digest>) {
    if record.optional_hex("previous") != before {
        record.fault("previous", Fact::NotA("the digest of the record before it"));
    }
}

fn digests(list: Option<&Value>) -> Vec<Option<Digest>> {
    let digest = |record: &Value| json::canonical(record).ok().map(|bytes| Digest::of(&bytes));
    list.and_then(Value::as_array).map(|list| list.iter().map(digest).collect()).unwrap_or_default()
}

fn narrative<'a>(top: &Members<'a>) -> Option<&'a str> {
    top.raw("draft")?.pointer("/credentialSubject/narrative")?.as_str()
}

fn criteria<'a>(top: &Members<'a>) -> Option<&'a str> {
    top.raw("draft")?.pointer("/credentialSubject/achievement/criteria/narrative")?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chained(mut records: Vec<Value>) -> Vec<Value> {
        for place in 1..records.len() {
            let before = Digest::of(&json::canonical(&records[place - 1]).unwrap());
            records[place]["previous"] = before.hex().into();
        }
        records
    }

    fn check_ins() -> Vec<Value> {
        chained(vec![
            json!({ "formatVersion": 1, "date": "2026-06-03", "minutes": 45, "who": ["Priya Nair"] }),
            json!({ "formatVersion": 1, "date": "2026-06-10", "minutes": 30, "decided": "drop July" }),
        ])
    }

    #[test]
    fn a_log_is_told_by_count_minutes_and_head() {
        let course = of_records(&[], &check_ins()).unwrap();
        let head = Digest::of(&json::canonical(&check_ins()[1]).unwrap());
        let expected =
            format!("We met for 2 check-ins, 75 minutes in all; the log of them ends in the SHA-256 {head}.");
        assert_eq!(course.check_in_words(), Some(expected));
        assert_eq!(course.brief_words(), None);
    }

    #[test]
    fn a_rewritten_record_is_found_at_the_one_after_it() {
        let mut log = check_ins();
        log[0]["minutes"] = 60.into();
        let fault = CredentialFault {
            path: "/checkpoints/1/previous".into(),
            fact: Fact::NotA("the digest of the record before it"),
        };
        assert_eq!(of_records(&[], &log), Err(vec![fault]));
        let mut log = check_ins();
        log[1]["mood"] = "sunny".into();
        assert_eq!(
            of_records(&[], &log),
            Err(vec![CredentialFault::not_understood("/checkpoints/1/mood".into())])
        );
    }

    #[test]
    fn a_revised_brief_names_both_days() {
        let brief = |revision: u32, day: &str| {
            json!({ "formatVersion": 1, "revision": revision, "frozen": format!("{day}T09:00:00Z"),
                    "deliverables": [{ "title": "Report" }] })
        };
        let course = of_records(&chained(vec![brief(1, "2026-06-01"), brief(2, "2026-07-03")]), &[]).unwrap();
        let (first, last) = (course.briefs[0].digest, course.briefs[1].digest);
        let expected = format!(
            "The brief was frozen on 1 June 2026, SHA-256 {first}. This is revision 2, frozen on 3 July 2026, \
             SHA-256 {last}."
        );
        assert_eq!(course.brief_words(), Some(expected));
    }
}
