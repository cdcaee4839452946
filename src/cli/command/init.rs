//! `init`: makes a portfolio and a key, with three questions.

use portfolio::disk;
use portfolio::holder::{HolderFault, NewPortfolio, Portfolio};
use portfolio::render::escape::visible;

use crate::command::key;
use crate::person::keyring::{Held, Keyring};
use crate::person::passphrase::Source;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::answers;
use crate::words::disk_words::shown;
use crate::words::folder_words::{self, refusal};

/// What `init` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio init\n  portfolio init --name \"Alex Rivera\" --email alex@rivera.example"
)]
pub struct Args {
    /// Your name, as sign-offs should show it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Your e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Use this key of yours instead of a new one
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// Where the new key's passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
}

const UNDONE: &str = "No portfolio was made.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    folder_words::require_clock(world, UNDONE)?;
    match Portfolio::find(world.folder()) {
        Err(HolderFault::NoPortfolio { .. }) => {}
        Ok(found) => {
            return Err(refusal(HolderFault::PortfolioExists(found.root().to_owned()), world, UNDONE));
        }
        Err(fault) => return Err(refusal(fault, world, UNDONE)),
    }
    let chosen = args.key.as_deref().map(|name| Keyring::of(world)?.named(name)).transpose()?;
    let name = answers::given_or_asked(
        args.name.as_deref(),
        "Your name, as sign-offs should show it: ",
        "--name",
        answers::name,
        screen,
    )?;
    let email =
        answers::given_or_asked(args.email.as_deref(), "Your email: ", "--email", answers::email, screen)?;
    let (held, new_key) = match chosen {
        Some(held) => (held, false),
        None => (make_key(&name, args, world, screen)?, true),
    };
    let new = NewPortfolio { name: &name, email: &email, did: &held.public.did(), created: world.now() };
    if !screen.manner.dry_run {
        Portfolio::init(world.folder(), &new).map_err(|fault| {
            let stays =
                format!("{UNDONE} The key “{}” is there and can be used: --key {}", held.name, held.name);
            refusal(fault, world, if new_key { &stays } else { UNDONE })
        })?;
    }
    tell(&new, &held, new_key, world, screen);
    Ok(exit::DONE)
}

fn make_key(name: &str, args: &Args, world: &World, screen: &mut Screen) -> Result<Held, Trouble> {
    if args.passphrase.passphrase_file.is_none() {
        screen.settle();
        screen.tell("Now a key, so that records can say they are about you. It stays on this");
        screen.tell("computer and outside this folder, so it can never end up in git.");
    }
    Ok(key::make(name, name, &args.passphrase, "", world, screen)?.0)
}

fn tell(new: &NewPortfolio<'_>, held: &Held, new_key: bool, world: &World, screen: &mut Screen) {
    let folder = visible(&world.folder().to_string_lossy());
    if screen.manner.json {
        let key = serde_json::json!({ "name": held.name, "did": new.did, "new": new_key });
        let portfolio = serde_json::json!({ "folder": folder, "name": new.name, "email": new.email });
        screen.json(&serde_json::json!({ "type": "PortfolioMade", "portfolio": portfolio, "key": key }));
        return;
    }
    screen.settle();
    let made = if screen.manner.dry_run { "Would make" } else { "Made" };
    screen.line(&format!("{made} a portfolio in {0}{folder}{0:#}", style::CODE));
    screen.line("  portfolio.json    your name and email");
    screen.line("  placements/       one folder per placement");
    screen.line("  private/          never bundled; git ignores it, so back it up");
    if new_key {
        let keys = held.path.parent().unwrap_or(&held.path);
        screen.line(&format!("{made} your key in {0}{1}{0:#}", style::CODE, shown(keys, world)));
        screen.line("  Keep a copy somewhere safe: portfolio key backup");
    }
    screen.next("portfolio placement new NAME");
    if !in_git(world) {
        screen.hint("this folder is not in git yet; to keep its history, run: git init");
    }
}

/// Whether git keeps this folder; git itself is never run.
fn in_git(world: &World) -> bool {
    world.folder().ancestors().any(|folder| matches!(disk::kind_of(&folder.join(".git")), Ok(Some(_))))
}
