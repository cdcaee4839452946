//! The answer: one small file, new, checked before it is kept.

use std::path::{Path, PathBuf};

use portfolio::credential::decline::{self, Decline};
use portfolio::disk::{self, Mode};
use portfolio::issuer::Proposal;
use portfolio::json;
use portfolio::render::naming::size;
use portfolio::verifier::{self, Outcome as Found, Policy, TrustList};

use super::received::Received;
use crate::person::passphrase::Source;
use crate::person::signing_keys::SigningKey;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::replacing;

const NOTHING_SIGNED: &str = "Nothing was signed.";

/// Where the answer goes. A name that is taken is refused before anybody is asked anything.
pub fn target(output: Option<&Path>, placement: &str, world: &World) -> Result<PathBuf, Trouble> {
    let name = || format!("{placement}.reply.json");
    replacing::unused(output, name, "the answer", NOTHING_SIGNED, world)
}

/// Signs, looks at the result as a stranger would, and writes it.
pub fn sign(
    proposal: Proposal,
    key: &SigningKey,
    source: &Source,
    target: &Path,
    received: &Received,
    world: &World,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    let signer = key.open(source, world, screen)?;
    let bytes = proposal.sign(signer.as_ref()).map_err(|fault| {
        Trouble::new(exit::NO, "not-signed", "the key did not sign").fact(NOTHING_SIGNED).because(fault)
    })?;
    let nobody = TrustList::default();
    let policy = Policy::new(world.now(), &nobody);
    let report = verifier::verify("answer", verifier::Subject::Credential(&bytes), &policy);
    if report.outcome != Found::SignerUnknown {
        return Err(Trouble::new(exit::NO, "not-signed", "what was signed does not hold when checked")
            .fact(format!("It comes to: {}. Nothing was written.", report.outcome.as_str())));
    }
    disk::write_new(target, &bytes, Mode::Shared)
        .map_err(|fault| refusal(fault, world, "The answer was not written."))?;
    let (name, first) = (shown(target, world), received.first_name());
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "Answer", "file": name, "size": bytes.len() }));
    } else {
        if !screen.manner.yes {
            screen.tell_line("");
        }
        screen
            .say(&format!("Signed. Wrote {name} ({}). Send that file to {first}.", size(bytes.len() as u64)));
    }
    Ok(())
}

/// Writes that the mentor declined. It carries no signature.
pub fn decline(
    received: &Received,
    target: &Path,
    by: &str,
    reason: &str,
    world: &World,
    screen: &mut Screen,
) -> Outcome {
    let reason = reason.trim();
    let document = decline::build(&Decline {
        request: received.checked.request().id.clone(),
        by: by.to_owned(),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        created: world.now(),
    });
    if !screen.manner.dry_run {
        disk::write_new(target, json::pretty(&document).as_bytes(), Mode::Shared)
            .map_err(|fault| refusal(fault, world, "Nothing was signed and nothing was written."))?;
    }
    let (name, first) = (shown(target, world), received.first_name());
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "Declined", "file": name }));
        return Ok(exit::DONE);
    }
    let why = if reason.is_empty() { "it says you declined" } else { "it says you declined, and why" };
    let wrote = if screen.manner.dry_run { "Would write" } else { "Wrote" };
    screen.say(&format!(
        "Nothing was signed. {wrote} {name}: {why}. Send it to {first}, or delete it. It carries no signature."
    ));
    Ok(exit::DONE)
}
