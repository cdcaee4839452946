//! The bundle as a stranger sees it: checked by the very verifier, knowing nobody.

use std::sync::atomic::{AtomicU64, Ordering};

use portfolio::bundle::Input;
use portfolio::credential::recognise::What;
use portfolio::disk::FileSource;
use portfolio::render::escape::visible;
use portfolio::render::naming::{size, some_of, someone};
use portfolio::source::Source;
use portfolio::verifier::outcome::Unread;
use portfolio::verifier::{
    CredentialReport, DepositReport, Outcome, Policy, Report, Severity, Subject, TrustList, verify,
};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::working::tell_while;
use crate::words::folder_words::capital;

/// Checks the finished bundle before it gets its name. One that would not stand is not handed out.
pub fn look(
    name: &str,
    source: &FileSource,
    asked: (Option<&str>, Option<&str>),
    undone: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<Report, Trouble> {
    let nobody = TrustList::default();
    let read = AtomicU64::new(0);
    let progress = |bytes: u64| {
        read.fetch_add(bytes, Ordering::Relaxed);
    };
    let policy = Policy {
        audience: asked.0,
        challenge: asked.1,
        threads: world.threads(),
        progress: &progress,
        ..Policy::new(world.now(), &nobody)
    };
    let far = || format!("Checking {} of {} …", size(read.load(Ordering::Relaxed)), size(source.len()));
    let report =
        tell_while(&far, world, screen, || verify(name, Subject::Bundle(Input::Archive(source)), &policy));
    if let Some(broken) = report.deposits.iter().find(|deposit| is_broken(deposit)) {
        return Err(would_not_stand(broken, undone));
    }
    let by_deposit = report.deposits.iter().any(|deposit| deposit.outcome() == Some(report.outcome));
    let stands = match report.outcome {
        Outcome::Failed(_) => false,
        // what this program does not check, another may
        Outcome::Unreadable(unread) => unread == Unread::NothingToCheck || by_deposit,
        _ => true,
    };
    if stands {
        return Ok(report);
    }
    let errors = report.findings.iter().filter(|finding| finding.severity() == Severity::Error);
    let facts: Vec<String> = errors.map(|finding| visible(&finding.detail)).collect();
    Err(Trouble::new(exit::NO, "own-check-failed", "the bundle did not pass its own check")
        .fact(format!("{}. {undone}", capital(&some_of(&facts))))
        .hint("see whether a file or a sign-off in the folder was changed: portfolio status"))
}

/// Whether a deposit is not as its issuer made it, whoever looks.
fn is_broken(deposit: &DepositReport) -> bool {
    matches!(deposit.what, What::Spoilt(_)) || matches!(deposit.outcome(), Some(Outcome::Failed(_)))
}

fn would_not_stand(deposit: &DepositReport, undone: &str) -> Trouble {
    let id = deposit.folder.rsplit('/').next().unwrap_or_default();
    let found = deposit.check.iter().flat_map(|check| &check.findings);
    let why = found.map(|finding| finding.code.explain()).next();
    let why = why.unwrap_or("The badge in it is damaged, so it cannot be taken out.");
    Trouble::new(exit::NO, "deposit-broken", format!("the deposit {id} would not stand with any reader"))
        .fact(format!("{why} {undone}"))
        .hint(format!("get it again from its issuer, or leave it out: portfolio bundle --leave-out {id}"))
}

/// What a stranger will see, in a sentence, and what the student may do about it.
pub fn sentence(report: &Report) -> String {
    let sign_offs: Vec<&CredentialReport> = report.sign_offs().collect();
    if sign_offs.is_empty() && report.deposits.iter().any(|deposit| deposit.counts) {
        return "What a stranger will see: work that you put together and signed yourself, what others issued to you, and no sign-off by a mentor."
            .to_owned();
    }
    if sign_offs.is_empty() {
        return "What a stranger will see: work that you put together and signed yourself, and no sign-off by anybody else."
            .to_owned();
    }
    let is_one = sign_offs.len() == 1;
    let mut seen = vec!["unchanged".to_owned(), "signed".to_owned()];
    seen.push(if is_one {
        "by a key they do not know".to_owned()
    } else {
        "by keys they do not know".to_owned()
    });
    let mut text = format!("What a stranger will see: {}.", seen.join(", "));
    for reason in &report.reasons {
        text += match reason {
            Outcome::Incomplete => " A file that was signed for is missing.",
            Outcome::Expired => " A statement has ended by its own date.",
            Outcome::NotYetValid => " A statement has not begun by its own date.",
            Outcome::Withdrawn => " A statement was withdrawn by its signer.",
            Outcome::Superseded => " A statement was replaced by its signer.",
            Outcome::KeyRevoked => " A key was reported lost by its owner.",
            _ => "",
        };
    }
    let mut names: Vec<String> = Vec::new();
    for sign_off in sign_offs.iter().filter_map(|report| report.sign_off.as_ref()) {
        let name = sign_off.issuer_name.split(',').next().unwrap_or_default().trim();
        let name = someone(name);
        let name = if is_one && !name.starts_with('“') {
            name.split(' ').next().unwrap_or_default().to_owned()
        } else {
            name
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let (about, tell) = if is_one { ("the key", "them") } else { ("their keys", "them") };
    text + &format!(
        " They will want to ask {} about {about}, so tell {tell} to expect a call.",
        some_of(&names)
    )
}
