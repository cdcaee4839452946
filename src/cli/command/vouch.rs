//! `vouch`: an organisation says whose key it is that signs for it.

use std::path::PathBuf;

use portfolio::disk::{self, Mode};
use portfolio::issuer::{self, IssuerFault, Vouching};
use portfolio::path::Slug;
use portfolio::proof::PublicKey;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, first_name, shell_word};
use portfolio::time::Date;

use crate::person::passphrase::Source;
use crate::person::signer_key;
use crate::person::signing_keys::{self, SigningKey};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::disk_words::{refusal, shown};
use crate::words::replacing;

const UNDONE: &str = "Nothing was written.";

/// What `vouch` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio vouch did:key:z6Mk… --as \"Priya Nair, Data Lead\"\n  portfolio vouch priya.pub --as \"Priya Nair, Data Lead\" --until 2027-06-30"
)]
pub struct Args {
    /// The key: did:key:…, a public key (.pub), or a sign-off that it signed
    #[arg(value_name = "KEY")]
    whose: PathBuf,
    /// Whose it is: "Name, role"
    #[arg(long = "as", value_name = "WORDS")]
    words: Option<String>,
    /// The last day on which the voucher shall hold (YYYY-MM-DD), or none
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The name of your organisation, as the voucher gives it
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The eight words of that key, as its owner read them out
    #[arg(long = "words", value_name = "WORDS")]
    eight: Option<String>,
    /// Your organisation's key: a key file, `agent`, or the name of a key kept here
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Where to write the voucher
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Source,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let public = the_one_key(args, world, screen)?;
    screen.tell_line(&format!("The key you vouch for: {0}{1}{0:#}", style::CODE, public.fingerprint()));
    signer_key::require_words(&public, args.eight.as_deref(), UNDONE, screen)?;
    let words = answers::given_or_asked(
        args.words.as_deref(),
        "Whose key it is, with the role if you like: ",
        "--as WORDS",
        answers::name,
        screen,
    )?;
    let from = answers::given_or_asked(
        args.from.as_deref(),
        "Your organisation, as the voucher should name it: ",
        "--from NAME",
        answers::name,
        screen,
    )?;
    let until = until(args, screen)?;
    let key = own_key(args, world)?;
    let target = target(args, &words, world)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}.", shown(&target, world)));
        return Ok(exit::DONE);
    }
    let signer = key.open(&args.passphrase, world, screen)?;
    let vouching = Vouching { key: &public, words: &words, issuer_name: &from, until, at: world.now() };
    let bytes = issuer::vouch(&vouching, signer.as_ref()).map_err(cannot_vouch)?;
    disk::write_new(&target, &bytes, Mode::Shared).map_err(|fault| refusal(fault, world, UNDONE))?;
    tell(&words, &shown(&target, world), screen);
    Ok(exit::DONE)
}

fn tell(words: &str, path: &str, screen: &mut Screen) {
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "VoucherWritten", "file": path }));
        return;
    }
    let first = first_name(words.split(',').next().unwrap_or(words).trim());
    screen.settle();
    screen.say(&format!(
        "Wrote {path}. Send it to {first}, or to whoever shows what {first} signed: they take it in with {0}portfolio \
         collect{0:#}. Whoever lets your key vouch then reads {1}, vouched for by you.",
        style::CODE,
        quoted(words)
    ));
    screen.line(&format!("To take it back: portfolio withdraw {}", shell_word(path)));
}

fn the_one_key(args: &Args, world: &World, screen: &mut Screen) -> Result<PublicKey, Trouble> {
    let keys = signer_key::keys_named(&args.whose, UNDONE, world, screen)?;
    match keys.as_slice() {
        [only] => Ok(*only),
        [] => Err(Trouble::new(
            exit::NO,
            "nothing-to-check",
            format!("nobody signed {}", file(&args.whose.to_string_lossy())),
        )
        .fact(format!("No signature in it fits. {UNDONE}"))),
        several => {
            let mut trouble = Trouble::usage(format!("{} keys signed this", several.len()));
            for key in several {
                trouble = trouble.fact(key.did());
            }
            Err(trouble.fact(UNDONE).hint("name the one you mean: portfolio vouch did:key:…"))
        }
    }
}

fn until(args: &Args, screen: &mut Screen) -> Result<Option<Date>, Trouble> {
    let read = |text: &str| match text {
        "none" => Ok(None),
        day => answers::day(day).map(Some),
    };
    let until = answers::given_or_skipped(
        args.until.as_deref(),
        "Good until (YYYY-MM-DD, or none): ",
        "--until DAY",
        read,
        screen,
    )?;
    Ok(until.flatten())
}

/// The key that vouches: the one named, or the only one there is.
fn own_key(args: &Args, world: &World) -> Result<SigningKey, Trouble> {
    if let Some(wanted) = &args.key {
        return signing_keys::named(wanted, world);
    }
    let mut keys = signing_keys::all(world)?;
    match (keys.pop(), keys.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(Trouble::new(exit::NO, "no-key", "there is no key here that could vouch")
            .fact(UNDONE)
            .hint("make one for your organisation: portfolio key new NAME")),
        (Some(_), more) => Err(Trouble::usage(format!("you have {} keys, so say which vouches", more + 1))
            .fact(UNDONE)
            .hint("name it: --key NAME")),
    }
}

fn target(args: &Args, words: &str, world: &World) -> Result<PathBuf, Trouble> {
    let name = || format!("{}.voucher.json", Slug::from_title(words.split(',').next().unwrap_or(words)));
    replacing::unused(args.output.as_deref(), name, "the voucher", UNDONE, world)
}

fn cannot_vouch(fault: IssuerFault) -> Trouble {
    let title = match &fault {
        IssuerFault::VouchesForItself => "a key cannot vouch for itself",
        _ => "this cannot be vouched for",
    };
    Trouble::new(exit::NO, "cannot-vouch", title)
        .fact(format!("Because {}.", visible(&fault.to_string())))
        .fact(UNDONE)
        .because(fault)
}
