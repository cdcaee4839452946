//! The report as one JSON document, version 1: what `verify --json` prints, `schemas/verify-report.schema.json` describes it.
//!
//! Words are those of VCALM, VC 2.0 and EN 319 102-1. Members are only ever added within a version.

mod foreign;

use serde_json::{Map, Value, json};

use super::headline;
use crate::credential::{Claims, Form, Mark};
use crate::digest::Digest;
use crate::time::Timestamp;
use crate::verifier::outcome::first_of;
use crate::verifier::{
    CheckState, CredentialReport, FileState, Finding, Outcome, Policy, ProofOutcome, ProofState, Report,
    SSH_SIGNATURE, Severity,
};

/// The newest version of the envelope that this program writes.
pub const VERSION: u32 = 1;

/// The schema of the envelope: JSON Schema 2020-12.
pub const SCHEMA: &str = include_str!("../../schemas/verify-report.schema.json");

/// The envelope for any number of reports, in the order of the arguments.
pub fn envelope(
    reports: &[&Report],
    policy: &Policy<'_>,
    checked_at: Timestamp,
    program_version: &str,
) -> Value {
    let results = reports.iter().map(|report| result(report, policy)).collect();
    frame(
        results,
        summary(reports),
        first_of(reports.iter().map(|report| report.exit_code(policy))),
        policy,
        checked_at,
        program_version,
    )
}

/// The envelope for a run that never got to a report: one result that was not read, with the reason as its error.
pub fn refusal(
    problem: Value,
    exit: u8,
    policy: &Policy<'_>,
    checked_at: Timestamp,
    program_version: &str,
) -> Value {
    let message = problem.get("title").cloned().unwrap_or_default();
    let result = json!({
        "source": { "name": "" },
        "outcome": "unreadable",
        "indication": null,
        "subIndication": null,
        "message": message,
        "credentials": [],
        "notSigned": [],
        "warnings": [],
        "errors": [problem],
    });
    let counts =
        json!({ "total": 0, "holds": 0, "notEstablished": 0, "notInForce": 0, "failed": 0, "unreadable": 0 });
    frame(vec![result], counts, exit, policy, checked_at, program_version)
}

fn frame(
    results: Vec<Value>,
    summary: Value,
    exit: u8,
    policy: &Policy<'_>,
    checked_at: Timestamp,
    program_version: &str,
) -> Value {
    json!({
        "type": "VerificationReport",
        "reportVersion": "1.0",
        "verifier": { "name": "portfolio", "version": program_version },
        "timeVerified": checked_at.to_string(),
        "policy": asked(policy),
        "network": false,
        "summary": summary,
        "exitCode": exit,
        "results": results,
    })
}

fn asked(policy: &Policy<'_>) -> Value {
    let mut asked = json!({
        "signer": if policy.accept_unknown_signer { "any" } else { "trusted" },
        "files": if policy.require_all_files { "all" } else { "withheld-if-signed-so" },
        "maxStatusAge": policy.max_status_age_days.map(|days| format!("P{days}D")),
        "validationTime": policy.at.to_string(),
    });
    for (name, value) in
        [("about", policy.about), ("domain", policy.audience), ("challenge", policy.challenge)]
    {
        if let Some(value) = value {
            asked[name] = value.into();
        }
    }
    asked
}

fn summary(reports: &[&Report]) -> Value {
    let count = |codes: &[u8]| reports.iter().filter(|report| codes.contains(&class(report.outcome))).count();
    json!({
        "total": reports.len(),
        "holds": count(&[0]),
        "notEstablished": count(&[3]),
        "notInForce": count(&[4]),
        "failed": count(&[1]),
        "unreadable": count(&[7]),
    })
}

/// The exit code of an outcome, with everything unread as 7.
fn class(outcome: Outcome) -> u8 {
    if let Outcome::Unreadable(_) = outcome { 7 } else { outcome.exit_code() }
}

fn result(report: &Report, policy: &Policy<'_>) -> Value {
    let listed = |wanted: fn(Severity) -> bool| -> Vec<Value> {
        report.findings.iter().filter(|finding| wanted(finding.severity())).map(problem).collect()
    };
    let issued = report.foreign.as_deref();
    let of_others = |failing| issued.map(|issued| foreign::problems(issued, failing)).unwrap_or_default();
    let mut credentials: Vec<Value> =
        report.credentials.iter().map(|one| credential(one, report.at)).collect();
    credentials.extend(issued.and_then(|issued| foreign::entry(issued, report.at)));
    let deposited = |failing| -> Vec<Value> {
        report.deposits.iter().flat_map(|deposit| foreign::problems_of(deposit, failing)).collect()
    };
    let warnings =
        [listed(|severity| severity != Severity::Error), of_others(false), deposited(false)].concat();
    let errors = [listed(|severity| severity == Severity::Error), of_others(true), deposited(true)].concat();
    let mut source = json!({ "name": report.source.name });
    if let Some(len) = report.source.len {
        source["size"] = len.into();
    }
    source["mediaType"] = report.source.media_type.into();
    if let Some(digest) = report.source.digest {
        source["digestSRI"] = digest.sri().into();
    }
    if let Some(digest) = report.source.manifest_digest {
        source["manifestSRI"] = digest.sri().into();
    }
    json!({
        "source": source,
        "outcome": report.outcome.as_str(),
        "indication": report.outcome.indication(),
        "subIndication": report.outcome.sub_indication().map(|sub| sub.as_str()),
        "message": headline::of_report(report),
        "exitCode": report.exit_code(policy),
        "steps": report
            .steps
            .iter()
            .map(|(step, state)| json!({ "step": step.as_str(), "state": state.as_str() }))
            .collect::<Vec<_>>(),
        "holder": report.holder.as_ref().map(|holder| json!({
            "id": holder.did,
            "name": holder.name,
            "created": holder.created.to_string(),
        })),
        "credentials": credentials,
        "deposits": report
            .deposits
            .iter()
            .map(|deposit| foreign::deposited(deposit, report.at))
            .collect::<Vec<_>>(),
        "notSigned": report.not_signed,
        "warnings": warnings,
        "errors": errors,
    })
}

fn problem(finding: &Finding) -> Value {
    let mut problem =
        json!({ "type": finding.code.problem_type(), "title": title(finding), "detail": finding.detail });
    if let Some(about) = &finding.about {
        problem["instance"] = about.as_str().into();
    }
    problem["code"] = finding.code.as_str().into();
    if let Some((signed, found)) = finding.compared {
        problem["signedSRI"] = signed.sri().into();
        problem["foundSRI"] = found.sri().into();
    }
    problem
}

fn title(finding: &Finding) -> &'static str {
    finding.code.explain().trim_end_matches('.')
}

fn credential(report: &CredentialReport, at: Timestamp) -> Value {
    let mut shown = Map::new();
    let signed = report.sign_off.as_ref();
    shown.insert("id".into(), claimed(signed.map(|signed| &signed.id), report.claimed.id.as_ref()));
    let is_statement = signed.is_some_and(|signed| signed.form == Form::Statement);
    let (kind, media_type) = match is_statement {
        true => (json!(["SignedStatement"]), "text/plain"),
        false => (json!(crate::credential::signoff::TYPE), "application/vc"),
    };
    shown.insert("type".into(), kind);
    if let Some(signed) = signed {
        shown.insert("name".into(), signed.claims.title.as_str().into());
    }
    shown.insert("mediaType".into(), media_type.into());
    if let Some(path) = &report.path {
        shown.insert("path".into(), path.as_str().into());
    }
    shown.insert("outcome".into(), report.outcome.as_str().into());
    shown.insert("counts".into(), report.counts.into());
    shown.insert("verified".into(), holds_together(report).into());
    let issuer = claimed(signed.map(|signed| &signed.issuer_id), report.claimed.issuer.as_ref());
    shown.insert("controller".into(), issuer.clone());
    let mut named = json!({ "id": issuer });
    let mut subject = json!({ "id": claimed(signed.map(|signed| &signed.claims.subject.id), report.claimed.subject.as_ref()) });
    if let Some(signed) = signed {
        named["name"] = signed.issuer_name.as_str().into();
        if let Some(name) = &signed.claims.subject.name {
            subject["name"] = name.as_str().into();
        }
    }
    shown.insert("issuer".into(), named);
    shown.insert("credentialSubject".into(), subject);
    if let Some(signed) = signed.filter(|_| holds_together(report)) {
        shown.insert("marks".into(), marks(&signed.claims));
    }
    let checks = &report.checks;
    shown.insert(
        "checks".into(),
        json!({
            "integrity": check(checks.integrity),
            "proof": check(checks.proof),
            "trust": check(checks.trust),
            "status": check(checks.status),
        }),
    );
    shown.insert("proof".into(), report.proofs.iter().map(proof).collect());
    let entry = report.trust.as_ref();
    shown.insert(
        "trust".into(),
        json!({
            "trusted": report.signer_is_known(),
            "name": entry.map(|entry| entry.name.as_str()),
            "organisation": entry.and_then(|entry| entry.organisation.as_deref()),
            "added": entry.map(|entry| entry.added.to_string()),
            "basis": entry.map(|entry| entry.basis.as_str()),
        }),
    );
    if let Some(vouched) = &report.vouched {
        shown["trust"]["vouchedFor"] = json!({
            "as": vouched.words,
            "by": vouched.by.name,
            "organisation": vouched.by.organisation,
            "since": vouched.since.to_string(),
            "until": vouched.until.map(|until| until.to_string()),
        });
    }
    let begins = signed.map(|signed| dated(signed.valid_from, signed.valid_from <= at));
    let ends = signed.and_then(|signed| signed.valid_until).map(|until| dated(until, at <= until));
    shown.insert("validFrom".into(), begins.into());
    shown.insert("validUntil".into(), ends.into());
    shown.insert("credentialStatus".into(), status(report));
    shown.insert("relatedResource".into(), files(report));
    Value::Object(shown)
}

/// How many deliverables have each mark.
fn marks(claims: &Claims) -> Value {
    let count = |mark: Mark| claims.items.iter().filter(|item| item.mark == Some(mark)).count();
    json!({
        "met": count(Mark::Met),
        "partlyMet": count(Mark::PartlyMet),
        "notMet": count(Mark::NotMet),
        "notObserved": count(Mark::NotObserved),
    })
}

fn claimed(signed: Option<&String>, claimed: Option<&String>) -> Value {
    signed.or(claimed).map_or_else(String::new, String::clone).into()
}

/// As VCALM has it: no errors of form or cryptography.
fn holds_together(report: &CredentialReport) -> bool {
    report.sign_off.is_some() && !matches!(report.outcome, Outcome::Failed(_) | Outcome::Unreadable(_))
}

fn check(state: CheckState) -> Value {
    json!({ "indication": state.indication.as_str(), "subIndication": state.sub.map(|sub| sub.as_str()) })
}

fn proof(outcome: &ProofOutcome) -> Value {
    let kind = if outcome.suite == SSH_SIGNATURE { "SshSignature" } else { "DataIntegrityProof" };
    let mut shown = json!({ "type": kind, "cryptosuite": outcome.suite });
    if let Some(created) = outcome.created {
        shown["created"] = created.to_string().into();
    }
    shown["verificationMethod"] = outcome.method.as_str().into();
    shown["fingerprint"] = outcome.key.as_ref().map(|key| key.fingerprint()).into();
    shown["verified"] = match &outcome.state {
        ProofState::Holds => true.into(),
        ProofState::Fails(_) => false.into(),
        _ => Value::Null,
    };
    shown
}

fn dated(moment: Timestamp, on_the_right_side: bool) -> Value {
    json!({ "input": moment.to_string(), "verified": on_the_right_side })
}

fn status(report: &CredentialReport) -> Value {
    if report.sign_off.is_none() {
        return json!([]);
    }
    let entry = |purpose: &str, valid: Option<bool>, as_of: Option<Timestamp>, source: &str| {
        json!({
            "type": "SignedNotice",
            "statusPurpose": purpose,
            "valid": valid,
            "asOf": as_of.map(|moment| moment.to_string()),
            "source": source,
        })
    };
    let mut entries = Vec::new();
    match &report.withdrawn {
        Some(news) => {
            let mut withdrawn = entry("revocation", Some(false), Some(news.on), news.from.as_str());
            if let Some(reason) = &news.reason {
                withdrawn["reason"] = reason.as_str().into();
            }
            entries.push(withdrawn);
        }
        None => {
            entries.push(entry("revocation", report.status_as_of.map(|_| true), report.status_as_of, "none"))
        }
    }
    if let Some(news) = &report.key_lost {
        entries.push(entry("key", Some(false), Some(news.since), news.from.as_str()));
    }
    entries.into()
}

fn files(report: &CredentialReport) -> Value {
    let file = |file: &crate::verifier::FileReport| {
        let mut shown = json!({ "id": file.path.as_deref().unwrap_or(&file.name), "name": file.name });
        shown["mediaType"] = file.media_type.as_str().into();
        if let Some(size) = file.size {
            shown["size"] = size.into();
        }
        shown["digestSRI"] = file.digest.sri().into();
        if let (FileState::Mismatch, Some(found)) = (file.state, file.found) {
            shown["foundSRI"] = Digest::sri(&found).into();
        }
        shown["result"] = file.state.as_str().into();
        shown["mayBeWithheld"] = file.may_be_withheld.into();
        shown
    };
    report.files.iter().map(file).collect()
}
