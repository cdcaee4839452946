//! What to do after a check: one thing, and the command for it where there is one.

use super::answers::{sender, trust_has_ended};
use super::escape::visible;
use super::headline::Facts;
use super::leftovers;
use super::naming::{day, shell_word, short_firm, someone};
use super::page::{Next, Setting};
use crate::verifier::{Code, CredentialReport, Failure, Outcome, Report};

/// One thing worth knowing about the news.
pub(super) fn remark(report: &Report, facts: Facts, setting: &Setting<'_>) -> Option<String> {
    let judged_by = day(report.at.date());
    match facts.outcome {
        Outcome::Failed(Failure::Hash | Failure::Signature) => {
            Some("This can be an innocent edit or re-save, or not. The check cannot tell.".to_owned())
        }
        Outcome::Expired if setting.day_was_named => Some(format!(
            "It remains a record of what the signer said then. You judged it as of {judged_by}."
        )),
        Outcome::Expired => Some("It remains a record of what the signer said then.".to_owned()),
        Outcome::NotYetValid if setting.day_was_named => Some(format!("You judged it as of {judged_by}.")),
        _ => None,
    }
}

/// One thing to do.
pub(super) fn next(
    report: &Report,
    credential: &CredentialReport,
    facts: Facts,
    setting: &Setting<'_>,
) -> Option<Next> {
    let sender = sender(credential);
    let sender = if credential.sign_off.is_some() { sender } else { "the sender".to_owned() };
    let say = |text: String| Some(Next { text, command: None, inline: false });
    match facts.outcome {
        Outcome::Holds => Some(Next {
            text: "Read it:".to_owned(),
            command: Some(format!("portfolio show {}", shell_word(setting.file))),
            inline: true,
        }),
        Outcome::SignerUnknown if trust_has_ended(report) => None,
        Outcome::SignerUnknown => Some(reach(credential, setting)),
        Outcome::Incomplete => {
            say(format!("Ask {sender} for the missing {}, or for the reason.", files(report, credential)))
        }
        // The message before the page says what to do about the clock.
        Outcome::StatusUnknown if clock_is_in_doubt(report) => None,
        Outcome::KeyRevoked | Outcome::StatusUnknown if facts.signer_known => {
            let named = credential.trust.as_ref().map(|entry| entry.name.as_str());
            let named = named.or(credential.vouched.as_ref().map(|vouched| vouched.words.as_str()));
            let signer = named.map(someone).unwrap_or_default();
            let question = if facts.outcome == Outcome::KeyRevoked {
                "whether that signature is theirs"
            } else {
                "whether it still stands"
            };
            say(format!("Ask {signer}, on a number you find yourself, {question}."))
        }
        Outcome::KeyRevoked | Outcome::StatusUnknown => None,
        Outcome::Expired | Outcome::NotYetValid => None,
        Outcome::Superseded => say(format!("Ask {sender} for the later version.")),
        Outcome::Withdrawn => say(format!("Ask {sender} {}.", after_withdrawal(credential))),
        Outcome::Failed(Failure::Constraints) => {
            say(format!("Ask {sender} for a bundle made for what you asked."))
        }
        Outcome::Failed(_) => say(format!("Ask {sender} for a fresh bundle.")),
        Outcome::Unreadable(_) => None,
    }
}

fn clock_is_in_doubt(report: &Report) -> bool {
    report.findings.iter().any(|finding| matches!(finding.code, Code::ClockUnusable | Code::SignedInFuture))
}

fn files(report: &Report, credential: &CredentialReport) -> &'static str {
    if leftovers::missing_files(report, credential).len() == 1 { "file" } else { "files" }
}

fn after_withdrawal(credential: &CredentialReport) -> &'static str {
    let reason = credential.withdrawn.as_ref().and_then(|news| news.reason.as_deref()).unwrap_or_default();
    if reason.to_lowercase().contains("later version") {
        "for the later version"
    } else {
        "what takes its place"
    }
}

/// How to find out who signed: by a way that the bundle did not name.
fn reach(credential: &CredentialReport, setting: &Setting<'_>) -> Next {
    let signed = credential.sign_off.as_ref();
    let claimed = signed.map(|signed| signed.issuer_name.as_str()).unwrap_or_default();
    let name = claimed.split(',').next().unwrap_or_default().trim();
    let organisation = signed.and_then(|signed| signed.claims.organisation.as_deref());
    let whom = if name.is_empty() { "the signer".to_owned() } else { someone(name) };
    let through =
        organisation.map(|firm| format!(" through {}", someone(short_firm(firm)))).unwrap_or_default();
    let list_name = match organisation {
        Some(firm) if !name.is_empty() => format!("{name}, {firm}"),
        _ if !name.is_empty() => name.to_owned(),
        _ => "NAME, ORGANISATION".to_owned(),
    };
    Next {
        text: format!(
            "To learn who signed, reach {whom}{through}, on a number you find yourself. Ask for the key's eight \
             words, then type them in:"
        ),
        command: Some(format!(
            "portfolio trust add {} --as {}",
            shell_word(setting.file),
            shell_word(&visible(&list_name))
        )),
        inline: false,
    }
}
