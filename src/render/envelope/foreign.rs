//! What somebody else issued, as an entry of the envelope: alone, or as a deposit of a bundle.

use serde_json::{Value, json};

use crate::credential::foreign::Party;
use crate::time::Timestamp;
use crate::verifier::foreign::{Answer, ForeignFinding, ForeignReport, Known};
use crate::verifier::{DepositReport, Outcome, ProofState, Unread};

/// The findings as problems of the envelope: those that fail it, and the others.
pub(super) fn problems(report: &ForeignReport, failing: bool) -> Vec<Value> {
    let fails = |finding: &&ForeignFinding| {
        let outcome = finding.code.outcome();
        matches!(outcome, Some(Outcome::Failed(_) | Outcome::Unreadable(Unread::NothingToCheck))) == failing
    };
    let problem = |finding: &ForeignFinding| {
        let code = finding.code.as_str();
        json!({
            "type": format!("tag:portfolio,2026:{code}"),
            "title": finding.code.explain().trim_end_matches('.'),
            "detail": finding.detail,
            "code": code,
        })
    };
    report.findings.iter().filter(fails).map(problem).collect()
}

/// The findings about a deposit, each with where it lies.
pub(super) fn problems_of(deposit: &DepositReport, failing: bool) -> Vec<Value> {
    let mut problems = deposit.check.as_ref().map(|check| problems(check, failing)).unwrap_or_default();
    for problem in &mut problems {
        problem["instance"] = deposit.path.as_str().into();
    }
    problems
}

/// A deposit: what it is by its bytes, what its holder says of it, and the entry of what is signed in it.
pub(super) fn deposited(deposit: &DepositReport, at: Timestamp) -> Value {
    let capture = deposit.record.as_ref().map(|record| {
        json!({
            "at": record.captured.at.to_string(),
            "how": record.captured.how,
            "url": record.captured.url,
            "expires": record.captured.expires.map(|day| day.to_string()),
            "note": record.captured.note,
            "placement": record.placement.as_ref().map(ToString::to_string),
        })
    });
    let mut credential = deposit.check.as_ref().and_then(|check| entry(check, at));
    if let Some(entry) = &mut credential {
        entry["path"] = deposit.path.as_str().into();
        entry["counts"] = deposit.counts.into();
    }
    json!({
        "path": deposit.path,
        "kind": deposit.what.as_str(),
        "carrier": deposit.what.carrier().map(|carrier| carrier.as_str()),
        "files": deposit.files,
        "size": deposit.len,
        "digestSRI": deposit.digest.map(|digest| digest.sri()),
        "counts": deposit.counts,
        "sameAs": deposit.same_as,
        "outcome": deposit.outcome().map(|outcome| outcome.as_str()),
        "capture": capture,
        "credential": credential,
    })
}

/// The entry of the envelope.
pub(super) fn entry(report: &ForeignReport, at: Timestamp) -> Option<Value> {
    let credential = report.credential.as_ref()?;
    let check = |answer| match answer {
        Answer::Yes => json!({ "indication": "PASSED", "subIndication": null }),
        Answer::No => {
            json!({ "indication": "FAILED", "subIndication": report.outcome.sub_indication().map(|sub| sub.as_str()) })
        }
        Answer::CannotTell => json!({ "indication": "NOT_EVALUATED", "subIndication": null }),
    };
    let party = |party: &Party| {
        let mut shown = json!({ "id": party.id.clone().unwrap_or_default() });
        if let Some(name) = &party.name {
            shown["name"] = name.as_str().into();
        }
        shown
    };
    let fingerprint = report.key.as_ref().and_then(|found| found.key.ed25519()).map(|key| key.fingerprint());
    let mut proofs: Vec<Value> = report
        .proofs
        .iter()
        .map(|proof| {
            json!({
                "type": if proof.suite == "Ed25519Signature2020" { &proof.suite } else { "DataIntegrityProof" },
                "cryptosuite": proof.suite, "verificationMethod": proof.method,
                "fingerprint": proof.key.as_ref().map(|key| key.fingerprint()),
                "verified": match proof.state {
                    ProofState::Holds => Some(true),
                    ProofState::Fails(_) => Some(false),
                    ProofState::NotSupported => None,
                },
            })
        })
        .collect();
    if let Some(algorithm) = &report.algorithm {
        proofs.push(json!({
            "type": "JsonWebSignature", "cryptosuite": algorithm, "verificationMethod": "",
            "fingerprint": fingerprint, "verified": match report.unchanged {
                Answer::Yes => Some(true),
                Answer::No => Some(false),
                Answer::CannotTell => None,
            },
        }));
    }
    let listed = match &report.known {
        Some(Known::Listed(entry)) => {
            Some((&entry.name, entry.organisation.as_ref(), entry.added, &entry.basis))
        }
        Some(Known::Issuer(entry)) => {
            Some((&entry.name, entry.organisation.as_ref(), entry.added, &entry.basis))
        }
        _ => None,
    };
    let trust = if report.known.is_some() { Answer::Yes } else { Answer::CannotTell };
    let dated = |moment: Timestamp, fits: bool| json!({ "input": moment.to_string(), "verified": fits });
    let taken_back = report.reasons.contains(&Outcome::Withdrawn);
    let status: Vec<Value> = credential
        .status
        .iter()
        .flatten()
        .map(|entry| {
            let valid = match (taken_back, report.status_as_of) {
                (true, _) => Some(false),
                (false, Some(_)) if report.in_force == Answer::Yes => Some(true),
                _ => None,
            };
            json!({
                "type": "StatusList", "statusPurpose": entry.purpose, "valid": valid,
                "asOf": report.status_as_of.map(|as_of| as_of.to_string()),
                "source": if valid.is_some() { "file" } else { "none" },
            })
        })
        .collect();
    Some(json!({
        "id": credential.id.clone().unwrap_or_default(),
        "type": credential.types,
        "name": credential.name.clone().unwrap_or_default(),
        "mediaType": if report.algorithm.is_some() { "application/vc+jwt" } else { "application/vc" },
        "outcome": report.outcome.as_str(),
        "counts": false,
        "verified": report.unchanged == Answer::Yes && !matches!(report.outcome, Outcome::Failed(_)),
        "controller": credential.issuer.id.clone().unwrap_or_default(),
        "issuer": party(&credential.issuer),
        "credentialSubject": party(credential.subjects.first().unwrap_or(&Party::default())),
        "checks": {
            "integrity": check(report.unchanged), "proof": check(report.unchanged),
            "trust": check(trust), "status": check(report.in_force),
        },
        "proof": proofs,
        "trust": {
            "trusted": report.known.is_some(),
            "name": listed.map(|(name, ..)| name),
            "organisation": listed.and_then(|(_, organisation, ..)| organisation),
            "added": listed.map(|(_, _, added, _)| added.to_string()),
            "basis": listed.map(|(.., basis)| basis),
        },
        "validFrom": credential.valid_from.map(|from| dated(from, from <= at)),
        "validUntil": credential.valid_until.map(|until| dated(until, at <= until)),
        "credentialStatus": status,
        "relatedResource": [],
    }))
}
