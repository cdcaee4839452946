//! `deposit`: keeps what others issued, byte for byte, before the links to it die.

mod beside;
mod later;
pub mod looked_at;
mod told;

use std::path::{Path, PathBuf};

use portfolio::credential::deposit::{Capture, Confidential};
use portfolio::holder::{Deposited, Incoming, Locked, NewDeposit};
use portfolio::path::Slug;
use portfolio::render::escape::quoted;
use portfolio::render::naming::{shell_word, size};
use portfolio::render::recognised::described;
use portfolio::time::Date;

use crate::person::trust_store;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting, name_of};

use beside::Brought;
use looked_at::{LookedAt, Stock};

/// What `deposit` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio deposit skillforge-badge.png --for acme-forecasting\n  \
                         portfolio deposit --status list.json     beside the badge that names it")]
pub struct Args {
    /// Badges, letters, pages, bags: files, or a bag as a folder
    #[arg(value_name = "FILE", required_unless_present_any = ["status", "did", "key"])]
    files: Vec<PathBuf>,
    /// The placement it belongs to
    #[arg(long = "for", value_name = "PLACEMENT")]
    placement: Option<String>,
    /// Where it lives on the web
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Until when that link lasts
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// What you want to remember about it; bundles carry it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What it is called, if not like the file
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Bundles leave it out
    #[arg(long)]
    confidential: bool,
    /// Until when it is confidential
    #[arg(long, value_name = "DAY", requires = "confidential")]
    until: Option<String>,
    /// A copy of its issuer's list of what it took back; may be repeated
    #[arg(long, value_name = "FILE")]
    status: Vec<PathBuf>,
    /// Its issuer's published keys (did.json); may be repeated
    #[arg(long, value_name = "FILE")]
    did: Vec<PathBuf>,
    /// A set of its issuer's keys (jwks.json); may be repeated
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// Whether to wait.
    #[command(flatten)]
    waiting: Waiting,
}

const UNDONE: &str = "Nothing was deposited.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let locked = folder_words::lock("deposit", args.waiting, world, UNDONE)?;
    let about = About::read(args, &locked, world)?;
    let trust = trust_store::load(world)?;
    let mut brought = Brought::read(&args.status, &args.did, &args.key, world)?;
    if args.files.is_empty() {
        return later::keep(&locked, brought, &trust, world, screen);
    }
    // Every file is looked at before the first is taken, so that one refusal among ten deposits nothing.
    let mut stocks = Vec::new();
    for path in &args.files {
        stocks.push(Stock::of(&locked, path, world)?);
    }
    for stock in &stocks {
        brought.fit(stock.looked.found.says.as_ref());
    }
    brought.require_used(stocks.iter().map(|stock| stock.looked.found.says.as_ref()), world)?;
    let mut done: Vec<(Deposited, LookedAt)> = Vec::new();
    for stock in stocks {
        let name = stock.name.clone();
        if screen.manner.dry_run {
            screen.say(&format!(
                "Would deposit {} ({})",
                told::heading(&name, &stock.looked),
                hold(&size(stock.len))
            ));
            continue;
        }
        let new = about.of(&stock, &brought);
        let deposited = stock.keep(&locked, new);
        let (deposited, looked) = deposited.map_err(|fault| {
            let undone = undone(done.len());
            folder_words::refusal(fault, world, &undone)
        })?;
        if !screen.manner.json {
            told::tell(&deposited, &looked, &brought, &trust, world, screen);
        }
        done.push((deposited, looked));
    }
    if screen.manner.json && !screen.manner.dry_run {
        let all: Vec<_> = done
            .iter()
            .map(|(deposited, looked)| told::as_json(deposited, looked, &brought, &trust, world))
            .collect();
        screen.json(&serde_json::json!({ "type": "Deposited", "deposits": all }));
    }
    if let [(_, looked)] = done.as_slice()
        && let Some(hint) = told::hint(looked, &args.files[0], &brought, &trust, world)
    {
        screen.hint(&hint);
    }
    Ok(exit::DONE)
}

/// What the person says about everything that is deposited at once.
struct About {
    placement: Option<Slug>,
    capture: Capture,
    title: Option<String>,
    confidential: Option<Confidential>,
}

impl About {
    fn read(args: &Args, folder: &Locked, world: &World) -> Result<About, Trouble> {
        let usage =
            |flag: &str, why: String| Trouble::usage(format!("{flag} cannot be used")).fact(why).fact(UNDONE);
        let day = |text: &Option<String>, flag: &str| -> Result<Option<Date>, Trouble> {
            text.as_deref().map(answers::day).transpose().map_err(|why| usage(flag, why))
        };
        let few = |text: &Option<String>, flag: &str| -> Result<Option<String>, Trouble> {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map(answers::words).transpose().map_err(|why| usage(flag, why))
        };
        let placement = args.placement.as_deref().map(crate::words::answers::placement_id).transpose()?;
        if let Some(id) = &placement {
            folder.placement(id).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
        }
        let url = few(&args.url, "--url")?;
        if let Some(given) = url.as_deref().filter(|url| !is_address(url)) {
            return Err(usage("--url", format!("{} is no address on the web.", quoted(given)))
                .hint("write it as https://…"));
        }
        if args.files.len() > 1 && (args.title.is_some() || url.is_some()) {
            return Err(Trouble::usage("--title and --url are for one file").fact(UNDONE));
        }
        let flags =
            [("--for", placement.is_some()), ("--url", url.is_some()), ("--note", args.note.is_some())];
        if let (true, Some((flag, _))) = (args.files.is_empty(), flags.into_iter().find(|(_, given)| *given))
        {
            return Err(Trouble::usage(format!("{flag} needs a file to deposit")).fact(UNDONE));
        }
        let until = day(&args.until, "--until")?;
        Ok(About {
            placement,
            capture: Capture {
                at: world.now(),
                how: "handed to this program as a file".to_owned(),
                url,
                expires: day(&args.expires, "--expires")?,
                note: few(&args.note, "--note")?,
            },
            title: few(&args.title, "--title")?,
            confidential: args.confidential.then_some(Confidential { until }),
        })
    }

    fn of(&self, stock: &Stock, brought: &Brought) -> NewDeposit {
        let looked = &stock.looked;
        NewDeposit {
            title: self.title.clone(),
            kind: looked.found.what.as_str(),
            carrier: looked.found.what.carrier().map(|carrier| carrier.as_str()),
            says: looked.says(),
            media_type: looked.media_type.clone(),
            placement: self.placement.clone(),
            confidential: self.confidential,
            captured: self.capture.clone(),
            can_be_checked: looked.can_be_checked(),
            beside: brought.of(looked.found.says.as_ref()),
        }
    }
}

/// Looked at only for what would make it no link at all.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| !c.is_whitespace() && !c.is_control()))
}

/// What has not happened when a file among several fails.
fn undone(before: usize) -> String {
    match before {
        0 => UNDONE.to_owned(),
        1 => "The file before it was deposited; this one and those after it were not.".to_owned(),
        more => format!("The {more} files before it were deposited; this one and those after it were not."),
    }
}

/// For `add`: what was handed to it is something that others issued.
pub fn hint_for_add(path: &Path, incoming: &Incoming) -> Option<String> {
    let looked =
        LookedAt::of_incoming(incoming).ok().filter(|looked| looked.found.what.carrier().is_some())?;
    let what = described(looked.found.what, &looked.head);
    let command = format!("portfolio deposit {}", shell_word(&path.to_string_lossy()));
    Some(format!("{} is {what}; what others issued to you is kept with: {command}", name_of(path)))
}
