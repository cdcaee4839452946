//! The whole check in its one order: the bag's steps, then each sign-off's, then the answer.
//!
//! Each arrow of the order is a value that only the step before can make; the answer *holds* takes the last of
//! them, from every sign-off, and the presented bag.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::bundle::{BUNDLE, Input};
use crate::credential::voucher;
use crate::json;
use crate::proof::others::jose;

use super::answer::{AllInForce, Answer};
use super::authentic::{Authentic, Inspected};
use super::binding::{self, Presenter};
use super::code::Code;
use super::complete::Examined;
use super::conforming;
use super::deposits;
use super::evidence::{self, Payload};
use super::finding::Finding;
use super::foreign;
use super::in_force::{self, InForce};
use super::in_time;
use super::intact;
use super::judging::Judging;
use super::news::News;
use super::opened::OpenedBundle;
use super::outcome::{Outcome, Unread};
use super::policy::Policy;
use super::presented;
use super::records;
use super::report::{FileState, Report};
use super::signed_statement;
use super::signer;
use super::step::{Step, StepState};

/// Checks a bundle.
pub(super) fn bundle(name: &str, input: Input<'_>, policy: &Policy<'_>) -> Report {
    let mut answer = Answer::new(name, media_type(input), policy);
    answer.report.source.len = archive_len(input);
    let Some(bundle) =
        OpenedBundle::open(input, policy.threads, policy.progress, &mut answer.report.findings)
    else {
        answer.steps.set(Step::Opened, StepState::Failed);
        return answer.conclude(None);
    };
    answer.steps.set(Step::Opened, StepState::Passed);
    answer.report.source.len.get_or_insert(bundle.measured().iter().map(|file| file.len).sum());

    let examined = Examined::examine(&bundle, &BUNDLE);
    answer.report.source.manifest_digest = examined.report().manifest_digest;
    let complete = examined.complete(&mut answer.steps, &mut answer.report.findings);
    if answer.report.findings.iter().any(|finding| finding.code == Code::TooNew) {
        answer.report.format_found = examined.report().format_version;
        return answer.conclude(None);
    }
    let intact = intact::check(&examined, complete, &mut answer.steps, &mut answer.report.findings);
    let signed =
        presented::check(&bundle, examined.report().manifest_digest, policy, &mut answer.report.findings);
    let presented = presented::present(intact, &signed, &mut answer.steps);

    let carried = records::notices(&bundle, &mut answer.report.findings);
    let vouchers = records::vouchers(&bundle, &mut answer.report.findings);
    let news = News::gather(policy, &carried).with_vouchers(&vouchers);
    let holder = signed.holder;
    if let Some(holder) = &holder {
        answer.hear_of_holder(holder, &news, policy);
    }
    let inspected = records::sign_offs(&bundle, policy.threads, &mut answer.report.findings);
    let counted = inspected.iter().filter(|one| one.judging.report.counts);
    let authentic = counted.filter_map(|one| one.authentic.as_ref());
    let evidence = authentic.flat_map(|authentic| &authentic.sign_off().claims.evidence);
    let payload = Payload::new(&bundle, evidence.map(|evidence| evidence.digest).collect());
    let presenter = Presenter::Bundle(holder.as_ref(), presented.as_ref());
    let mut judged: Vec<Judged> =
        inspected.into_iter().map(|one| judge(one, presenter, Some(&payload), &news, policy)).collect();
    if judged.iter().any(|one| one.judging.report.counts && one.judging.proof_passed()) {
        answer.report.not_signed = payload.not_signed(&told(&judged));
    }
    let not_signed = answer.report.not_signed.iter();
    let named =
        not_signed.map(|path| Finding::new(Code::NotSigned, "no sign-off covers it").about(path.clone()));
    answer.report.findings.extend(named.collect::<Vec<_>>());
    answer.report.holder = holder.clone();
    let known = deposits::Known {
        holder: holder.as_ref().map(|holder| holder.did.as_str()),
        signed: signed_here(&judged),
        news: &news,
    };
    let deposited = deposits::look(&bundle, &known, policy, &mut answer.report.findings);
    let held = presented.as_ref().and_then(|_| match judged.iter().any(|one| one.judging.report.counts) {
        true => all_in_force(&mut judged),
        false => AllInForce::of_deposits(&deposited),
    });
    answer.take_in(judged.into_iter().map(|one| one.judging));
    answer.take_in_deposits(deposited, policy);
    answer.conclude(held)
}

/// Checks a lone sign-off: the same steps without a bag.
pub(super) fn credential(name: &str, bytes: &[u8], policy: &Policy<'_>) -> Report {
    let mut answer = Answer::new(name, "application/vc", policy);
    answer.report.source.len = Some(bytes.len() as u64);
    answer.report.source.digest = Some(crate::digest::Digest::of(bytes));
    without_a_bag(&mut answer);
    let of_others = match looks_like_json(bytes) {
        true => json::parse(bytes, &json::FOREIGN).is_ok_and(|document| foreign::is_of_others(&document)),
        false => jose::is_token(bytes),
    };
    if of_others {
        return foreign::report(answer, bytes, policy);
    }
    let Some(document) = looks_like_json(bytes).then(|| json::parse(bytes, &json::OURS)) else {
        answer.report.findings.push(Finding::new(Code::NotABundle, "neither a bundle nor a record"));
        answer.steps.set(Step::Opened, StepState::Failed);
        return answer.conclude(None);
    };
    answer.steps.set(Step::Opened, StepState::Passed);
    let is_no_sign_off = |document: &Value| !conforming::is_credential(document) || voucher::is_one(document);
    if document.as_ref().is_ok_and(is_no_sign_off) {
        answer.report.findings.push(Finding::new(Code::NothingToCheck, "a record that is no sign-off"));
        return answer.conclude(None);
    }
    alone(answer, records::inspect(None, document), policy)
}

/// Checks a lone statement under an SSH signature: the same steps without a bag.
pub(super) fn statement(name: &str, text: &[u8], signature: &[u8], policy: &Policy<'_>) -> Report {
    let mut answer = Answer::new(name, "text/plain", policy);
    answer.report.source.len = Some(text.len() as u64);
    answer.report.source.digest = Some(crate::digest::Digest::of(text));
    without_a_bag(&mut answer);
    answer.steps.set(Step::Opened, StepState::Passed);
    alone(answer, signed_statement::inspect(None, text, signature), policy)
}

fn without_a_bag(answer: &mut Answer) {
    for step in [Step::Complete, Step::Intact, Step::Presented] {
        answer.steps.set(step, StepState::NotApplicable);
    }
}

/// The later steps of a sign-off that nobody presents.
fn alone(mut answer: Answer, inspected: Inspected, policy: &Policy<'_>) -> Report {
    // only a bundle is made for somebody, or answers a challenge
    let asked = [(Code::OtherAudience, policy.audience), (Code::OtherChallenge, policy.challenge)];
    for (code, _) in asked.iter().filter(|(_, asked)| asked.is_some()) {
        answer.report.findings.push(Finding::new(*code, "a lone sign-off is made for nobody in particular"));
        answer.steps.set(Step::Presented, StepState::Failed);
    }
    let news = News::gather(policy, &[]);
    let mut judged = vec![judge(inspected, Presenter::Nobody, None, &news, policy)];
    let held = all_in_force(&mut judged);
    answer.take_in(judged.into_iter().map(|one| one.judging));
    answer.conclude(held)
}

/// One sign-off after all its steps.
struct Judged {
    judging: Judging,
    in_force: Option<InForce>,
}

fn judge(
    inspected: Inspected,
    presenter: Presenter<'_>,
    payload: Option<&Payload<'_>>,
    news: &News<'_>,
    policy: &Policy<'_>,
) -> Judged {
    let Inspected { mut judging, authentic } = inspected;
    let in_force = authentic
        .as_ref()
        .and_then(|authentic| follow(&mut judging, authentic, presenter, payload, news, policy));
    judging.report.sign_off = authentic.map(Authentic::into_sign_off);
    judging.report.reasons.sort_unstable();
    judging.report.reasons.dedup();
    judging.report.outcome = match (&in_force, judging.report.reasons.first()) {
        (_, Some(reason)) => *reason,
        (Some(_), None) => Outcome::Holds,
        // a bag that does not hold leaves the later questions open
        (None, None) => Outcome::StatusUnknown,
    };
    Judged { judging, in_force }
}

/// Evidence, trust, time, status: each with what the one before made.
fn follow(
    judging: &mut Judging,
    authentic: &Authentic,
    presenter: Presenter<'_>,
    payload: Option<&Payload<'_>>,
    news: &News<'_>,
    policy: &Policy<'_>,
) -> Option<InForce> {
    if !judging.report.counts {
        judging.reason(Outcome::Unreadable(Unread::NothingToCheck));
        return None;
    }
    let standing = binding::bind(judging, authentic, presenter, news, policy);
    let evidenced = evidence::compare(judging, authentic, payload, policy)?;
    let looked_up = signer::look_up(judging, evidenced, &standing?, news, policy);
    let dated = in_time::judge(judging, looked_up, policy);
    let holder = match presenter {
        Presenter::Bundle(holder, _) => holder,
        Presenter::Nobody => None,
    };
    in_force::judge(judging, &dated, news, holder, policy)
}

/// What holds as a whole: every sign-off that counts is in force, and there is one.
fn all_in_force(judged: &mut [Judged]) -> Option<AllInForce> {
    let counted = judged.iter_mut().filter(|one| one.judging.report.counts);
    let each: Option<Vec<InForce>> = counted.map(|one| one.in_force.take()).collect();
    each.and_then(AllInForce::of)
}

/// The sign-offs whose signature fits, by issuer and id, and where they lie.
fn signed_here(judged: &[Judged]) -> HashMap<(String, String), String> {
    let reports = judged.iter().map(|one| &one.judging.report);
    reports
        .filter_map(|report| {
            let signed = report.sign_off.as_ref()?;
            Some(((signed.issuer_id.clone(), signed.id.clone()), report.path.clone()?))
        })
        .collect()
}

/// Files that were already named as other than the signed ones.
fn told(judged: &[Judged]) -> HashSet<String> {
    let files = judged.iter().flat_map(|one| &one.judging.report.files);
    files.filter(|file| file.state == FileState::Mismatch).filter_map(|file| file.path.clone()).collect()
}

fn media_type(input: Input<'_>) -> &'static str {
    match input {
        Input::Archive(_) => "application/zip",
        Input::Folder(_) => "inode/directory",
    }
}

fn archive_len(input: Input<'_>) -> Option<u64> {
    match input {
        Input::Archive(source) => Some(source.len()),
        Input::Folder(_) => None,
    }
}

/// A record begins with a brace, whatever stands before it in white space, and behind a byte-order mark, which is then
/// found to be one.
fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.trim_ascii_start().first() == Some(&b'{')
}
