//! Adding a signer: the eight words heard on the phone are typed in and compared here, never by eye.

use std::path::PathBuf;

use portfolio::proof::PublicKey;
use portfolio::render::answers::known_as;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::file;
use portfolio::verifier::{TrustEntry, TrustList};

use super::undo;
use crate::person::signer_key;
use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;

const UNDONE: &str = "Nothing was added.";

/// What `trust add` is told.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// A bundle, a sign-off or a voucher that the key signed, a public key (.pub), or an issuer elsewhere (did:web:…)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name to show for this key: "Name, Organisation"
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// The eight words, as the signer read them out
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// How you reached the signer, kept as a note
    #[arg(long, value_name = "NOTE")]
    pub basis: Option<String>,
    /// Let this signer say whose key another one is
    #[arg(long)]
    may_vouch: bool,
    /// Which key, where several signed; of an issuer elsewhere the file of its keys
    #[arg(long, value_name = "FINGERPRINT|FILE")]
    pub key: Option<String>,
    /// The fingerprint that the file of an issuer's keys must have
    #[arg(long, value_name = "HEX")]
    pub sha256: Option<String>,
}

/// Runs the command.
pub fn run(args: &Add, world: &World, screen: &mut Screen) -> Outcome {
    let known = trust_store::load(world)?;
    let key = choose(args, &known, world, screen)?;
    screen.tell_line(&format!("The key that signed it: {0}{1}{0:#}", style::CODE, key.fingerprint()));
    if let Some(entry) = known.by_key(&key) {
        return Err(Trouble::new(exit::NO, "signer-known", "this key is on your trust list already")
            .fact(format!("You added it on {} as {}.", entry.added.people(), known_as(entry)))
            .hint(format!("to give it another name, first: {}", undo(entry))));
    }
    signer_key::require_words(&key, args.words.as_deref(), UNDONE, screen)?;
    let (name, organisation) = match &args.name {
        Some(name) => split(name)?,
        None => screen.ask_until(
            "The name to show for this key, and the organisation: ",
            "--as NAME",
            |typed| split(typed).map_err(|trouble| trouble.title),
        )?,
    };
    let basis = match &args.basis {
        Some(basis) => basis.clone(),
        None => screen.ask("How did you reach the signer (kept as a note): ", "--basis NOTE")?,
    };
    let entry = TrustEntry {
        key,
        name,
        organisation,
        added: world.now().date(),
        basis,
        not_after: None,
        may_vouch: args.may_vouch,
    };
    if !screen.manner.dry_run {
        trust_store::change(world, |list| {
            list.add(entry.clone()).map_err(|fault| refused(&fault.to_string()))
        })?;
    }
    screen.tell_line("");
    let added = if screen.manner.dry_run { "Would be added" } else { "Added" };
    screen.say(&format!("{added}. This key is now shown as {}.", known_as(&entry)));
    if entry.may_vouch {
        screen.say("Whoever it vouches for is shown as vouched for by it, and counts as a signer you know.");
    }
    screen.line(&format!("To undo: {0}{1}{0:#}", style::CODE, undo(&entry)));
    Ok(exit::DONE)
}

/// The key in question: the one that signed the file, or the one chosen among several.
fn choose(args: &Add, known: &TrustList, world: &World, screen: &mut Screen) -> Result<PublicKey, Trouble> {
    let mut keys = signer_key::keys_named(&args.file, UNDONE, world, screen)?;
    if let Some(wanted) = &args.key {
        keys.retain(|key| key.fingerprint() == *wanted || key.did() == *wanted);
        return keys.pop().ok_or_else(|| {
            Trouble::new(exit::NO, "not-the-signer", format!("{} did not sign this", quoted(wanted)))
                .fact("Nothing was added.")
        });
    }
    let new: Vec<PublicKey> = keys.iter().filter(|key| known.by_key(key).is_none()).copied().collect();
    match (new.as_slice(), keys.as_slice()) {
        ([only], _) | ([], [only, ..]) => Ok(*only),
        ([], []) => Err(Trouble::new(exit::NO, "nothing-to-check", format!("nobody signed {}", typed(args)))
            .fact("No signature in it fits. Nothing was added.")
            .hint("see why: portfolio verify FILE")),
        (several, _) => {
            let mut trouble = Trouble::usage(format!("{} keys you do not know signed this", several.len()));
            for key in several {
                trouble = trouble.fact(key.fingerprint());
            }
            Err(trouble.fact("Nothing was added.").hint("add one at a time: --key FINGERPRINT"))
        }
    }
}

fn typed(args: &Add) -> String {
    file(&args.file.to_string_lossy())
}

/// A name and what stands after its first comma.
pub fn split(typed: &str) -> Result<(String, Option<String>), Trouble> {
    let typed = typed.trim();
    if typed.is_empty() || visible(typed) != typed {
        return Err(Trouble::usage("a name needs letters that can be seen").fact("Nothing was added."));
    }
    Ok(match typed.split_once(',') {
        Some((name, organisation)) if !name.trim().is_empty() && !organisation.trim().is_empty() => {
            (name.trim().to_owned(), Some(organisation.trim().to_owned()))
        }
        _ => (typed.to_owned(), None),
    })
}

fn refused(why: &str) -> Trouble {
    Trouble::new(exit::NO, "not-added", "this key cannot be added")
        .fact(format!("{}.", visible(why)))
        .fact("The trust list is as it was.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_the_first_comma_is_the_organisation() {
        let both = split("Priya Nair, Acme Retail Ltd").unwrap();
        assert_eq!(both, ("Priya Nair".to_owned(), Some("Acme Retail Ltd".to_owned())));
        assert_eq!(split("Priya Nair").unwrap(), ("Priya Nair".to_owned(), None));
        assert_eq!(split("Priya,").unwrap(), ("Priya,".to_owned(), None));
        assert!(split(" ").is_err());
        assert!(split("Pri\u{202e}ya").is_err());
    }
}
