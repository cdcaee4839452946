//! A lone credential of somebody else's as a report, with what the reader asks of any check.

use serde_json::Value;

use super::{Answer as Told, Asked, ForeignCode, ForeignReport, check};
use crate::credential::foreign::{Model, Recognition, model_of};
use crate::credential::signoff;
use crate::verifier::answer::Answer;
use crate::verifier::code::Code;
use crate::verifier::conforming::is_credential;
use crate::verifier::finding::Finding;
use crate::verifier::news::News;
use crate::verifier::outcome::Outcome;
use crate::verifier::policy::Policy;
use crate::verifier::report::Report;
use crate::verifier::step::{Step, StepState};

/// Whether a document was issued elsewhere. One that has the form or the name of a sign-off never is: news about
/// sign-offs is heeded only where they are checked as such, and their name is part of what is signed.
pub(in crate::verifier) fn is_of_others(document: &Value) -> bool {
    let is_read = match model_of(document) {
        Some(Model::OpenBadges2) => true,
        Some(Model::Vc1 | Model::Vc2) => is_credential(document),
        None => false,
    };
    is_read && !is_named_as_ours(document) && signoff::read(document).is_err()
}

/// Sign-offs are named by a UUID of version 8, and their issuer is an Ed25519 key.
fn is_named_as_ours(document: &Value) -> bool {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    let id = text(document.get("id"));
    let issuer = document.get("issuer");
    let issuer = text(issuer.and_then(|issuer| issuer.get("id")).or(issuer));
    let version = id.strip_prefix("urn:uuid:").and_then(|uuid| uuid.as_bytes().get(14));
    version == Some(&b'8') && issuer.starts_with("did:key:z6mk")
}

/// The report of a check by a policy.
pub(in crate::verifier) fn report(answer: Answer, bytes: &[u8], policy: &Policy<'_>) -> Report {
    let asked = Asked { pins: policy.pins, snapshots: policy.lists, at: policy.at, trust: policy.trust };
    let mut foreign = check(bytes, &asked);
    if foreign.key.is_some() {
        heed(&mut foreign, &News::gather(policy, &[]), policy);
        if policy.audience.is_some() || policy.challenge.is_some() {
            foreign.add(ForeignCode::NotAsAsked, "it is made for nobody in particular");
        }
    }
    ask_about(&mut foreign, policy);
    let Answer { mut report, mut steps } = answer;
    for (step, state) in states(&foreign) {
        steps.set(step, state);
    }
    report.reasons.extend(&foreign.reasons);
    if policy.clock_is_unset() {
        report.findings.push(Finding::new(Code::ClockUnusable, "no clock to judge dates by"));
        report.reasons.push(Outcome::StatusUnknown);
    }
    report.reasons.sort_unstable();
    report.reasons.dedup();
    report.outcome = report.reasons.first().copied().unwrap_or(foreign.outcome);
    report.steps = steps.into_list();
    report.foreign = Some(Box::new(foreign));
    report
}

/// Later news about it and its key, and what the policy asks of the age of a list.
pub(in crate::verifier) fn heed(foreign: &mut ForeignReport, news: &News<'_>, policy: &Policy<'_>) {
    let controller = foreign.key.as_ref().map(|key| key.controller.clone()).unwrap_or_default();
    let id = foreign.credential.as_ref().and_then(|credential| credential.id.clone()).unwrap_or_default();
    if let Some((withdrawal, from)) = news.withdrawal(&id, &controller) {
        foreign
            .add(ForeignCode::Revoked, format!("on {}, word from the {}", withdrawal.created, from.as_str()));
    }
    if let Some((since, from)) = news.lost(&controller) {
        foreign.add(ForeignCode::KeyEnded, format!("lost since {since}, word from the {}", from.as_str()));
    }
    if let (Some(days), Some(as_of)) = (policy.max_status_age_days, foreign.status_as_of)
        && as_of.plus_seconds(i64::from(days) * 86_400) < policy.at
    {
        foreign.add(ForeignCode::StatusUnusable, format!("the copy of its list is of {as_of}"));
    }
}

/// Whether it is about the address asked for. What an unsigned badge says for itself counts for nothing, and against
/// itself it counts.
pub(in crate::verifier) fn ask_about(foreign: &mut ForeignReport, policy: &Policy<'_>) {
    let (Some(email), Some(credential)) = (policy.about, &foreign.credential) else { return };
    let code = match credential.is_about(email) {
        Recognition::Yes => return,
        Recognition::No => ForeignCode::OtherAddress,
        Recognition::WeakHash => ForeignCode::WeakAddress,
    };
    if foreign.key.is_some() || credential.model == Model::OpenBadges2 {
        foreign.add(code, format!("asked for {email}"));
    }
}

/// What it makes of the steps.
pub(in crate::verifier) fn states(foreign: &ForeignReport) -> [(Step, StepState); 7] {
    let state = |told| match told {
        Told::Yes => StepState::Passed,
        Told::No => StepState::Failed,
        Told::CannotTell => StepState::NotAnswered,
    };
    let signed = foreign.key.is_some();
    let trust = match (&foreign.known, signed) {
        (Some(_), _) => StepState::Passed,
        (None, true) => StepState::Undecided,
        (None, false) => StepState::NotAnswered,
    };
    let ended = |reason: &Outcome| matches!(reason, Outcome::Expired | Outcome::NotYetValid);
    let time = match foreign.reasons.iter().any(ended) {
        true => StepState::Failed,
        false if signed => StepState::Passed,
        false => StepState::NotAnswered,
    };
    let form = if foreign.credential.is_some() { StepState::Passed } else { state(foreign.unchanged) };
    [
        (Step::Opened, StepState::Passed),
        (Step::Conforming, form),
        (Step::Authentic, state(foreign.unchanged)),
        (Step::Evidence, StepState::NotApplicable),
        (Step::Trust, trust),
        (Step::Time, time),
        (Step::Status, state(foreign.in_force)),
    ]
}
