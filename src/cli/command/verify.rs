//! `verify`: checks bundles and sign-offs, and says four things apart.

mod bag;

use std::path::{Path, PathBuf};

use portfolio::disk;
use portfolio::json;
use portfolio::render::escape::visible;
use portfolio::render::naming::file;
use portfolio::render::{envelope, headline, plain};
use portfolio::time::{Date, Timestamp};
use portfolio::verifier::outcome::first_of;
use portfolio::verifier::{Clock, Policy, Report, StatusFile, TrustList, limits};

use crate::person::trust_store;
use crate::reading::checking::{self, Checked};
use crate::reading::issuers::Brought;
use crate::reading::{report_page, unread};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// What `verify` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio verify alex-rivera.zip\n  portfolio verify --json *.zip",
    after_help = "Exit codes: 0 holds, 1 changed or nothing to check, 3 not established (unknown\n\
                  signer, missing file), 4 not in force, 7 cannot be read, 8 too new"
)]
pub struct Args {
    /// Bundles, unpacked bundles or sign-offs
    #[arg(value_name = "FILE", required_unless_present_any = ["limits", "json_schema"])]
    files: Vec<PathBuf>,
    /// Judge by this day (YYYY-MM-DD) or moment
    #[arg(long, value_name = "DAY", value_parser = day_or_moment)]
    at: Option<Timestamp>,
    /// Use the trust list in FILE in place of your own
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Take a withdrawal or key notice into account; may be repeated
    #[arg(long, value_name = "FILE")]
    status: Vec<PathBuf>,
    /// Keys of an issuer elsewhere, had from that issuer; may be repeated
    #[arg(long, value_name = "[ISSUER=]FILE")]
    keys: Vec<String>,
    /// A copy of an issuer's list of what it took back; may be repeated
    #[arg(long, value_name = "ADDRESS=FILE")]
    list: Vec<String>,
    /// Files left out with the signer's leave count as missing
    #[arg(long, value_name = "WHAT")]
    require: Option<Required>,
    /// An unknown signer alone does not fail the exit code
    #[arg(long)]
    accept_unknown_signer: bool,
    /// The signed subject must carry this address
    #[arg(long, value_name = "EMAIL")]
    about: Option<String>,
    /// The bundle must be made for this audience
    #[arg(long = "for", value_name = "AUDIENCE")]
    audience: Option<String>,
    /// The bundle must answer this challenge
    #[arg(long, value_name = "TEXT")]
    challenge: Option<String>,
    /// Oldest word on a withdrawal that still counts, in days
    #[arg(long, value_name = "DAYS", value_parser = days)]
    max_status_age: Option<u32>,
    /// Check folders as plain BagIt bags, by their own lists alone
    #[arg(long, conflicts_with_all = ["trust", "status", "keys", "list", "require", "about", "audience", "challenge"])]
    bag: bool,
    /// Show every sign-off of a bundle in full
    #[arg(long)]
    all: bool,
    /// Print every bound of a check and its reason
    #[arg(long, conflicts_with = "files")]
    limits: bool,
    /// Print the schema of --json
    #[arg(long, conflicts_with = "files")]
    json_schema: bool,
}

/// What else a bundle must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Required {
    /// Every file that was signed for, whether or not it may be left out.
    AllFiles,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    if args.json_schema {
        screen.raw(envelope::SCHEMA.as_bytes());
        return Ok(exit::DONE);
    }
    if args.limits {
        print_limits(screen);
        return Ok(exit::DONE);
    }
    if args.bag {
        return bag::run(&args.files, world, screen);
    }
    if args.files.iter().any(|file| file.as_os_str() == "-") {
        return Err(Trouble::usage("a bundle is read from a file, not from a pipe")
            .fact("Its end is looked at before its beginning. Nothing was checked.")
            .hint("save it first, then: portfolio verify FILE"));
    }
    let trust = match &args.trust {
        Some(path) => trust_store::load_from(&world.at(path), world)?,
        None => trust_store::load(world)?,
    };
    let status = status_files(&args.status, world)?;
    let mut brought = Brought::read(&args.keys, &args.list, world)?;
    trust.issuers().iter().filter_map(|issuer| issuer.pin()).for_each(|pin| brought.pins.add(pin));
    let lists = brought.lists();
    let policy = Policy { pins: &brought.pins, lists: &lists, ..policy(args, world, &trust, &status) };
    let mut checked = checking::check_all(&args.files, &policy, world, screen);
    print(args, &mut checked, &policy, world, screen)
}

fn policy<'a>(args: &'a Args, world: &World, trust: &'a TrustList, status: &'a [StatusFile]) -> Policy<'a> {
    Policy {
        clock: if args.at.is_some() { Clock::Chosen } else { Clock::Running },
        status,
        require_all_files: args.require == Some(Required::AllFiles),
        accept_unknown_signer: args.accept_unknown_signer,
        about: args.about.as_deref(),
        audience: args.audience.as_deref(),
        challenge: args.challenge.as_deref(),
        max_status_age_days: args.max_status_age,
        threads: world.threads(),
        ..Policy::new(args.at.unwrap_or(world.now()), trust)
    }
}

fn status_files(paths: &[PathBuf], world: &World) -> Result<Vec<StatusFile>, Trouble> {
    paths.iter().map(|path| status_file(path, world)).collect()
}

/// One notice that the reader brings. One that cannot be heeded stops the check: the reader meant it to count.
pub fn status_file(path: &Path, world: &World) -> Result<StatusFile, Trouble> {
    let full = world.at(path);
    let bytes = disk::read_bounded(&full, json::OURS.bytes as u64)
        .map_err(|fault| refusal(fault, world, "Nothing was checked."))?;
    let name = shown(&full, world);
    StatusFile::read(&name, &bytes).map_err(|fault| {
        Trouble::new(exit::NO, "notice-broken", format!("{} is not news that counts", file(&name)))
            .fact(format!("It {}. Nothing was checked.", visible(&fault.to_string())))
            .hint("ask for the file to be sent again, or check without it")
            .because(fault)
    })
}

fn print(
    args: &Args,
    checked: &mut [Checked],
    policy: &Policy<'_>,
    world: &World,
    screen: &mut Screen,
) -> Outcome {
    let reports: Vec<&Report> = checked.iter().map(|one| &one.report).collect();
    let code = first_of(reports.iter().map(|report| report.exit_code(policy)));
    if screen.manner.json {
        let document = envelope::envelope(&reports, policy, world.now(), env!("CARGO_PKG_VERSION"));
        screen.json(&document);
    } else if screen.manner.plain {
        for report in &reports {
            screen.line(&plain::line(report, policy));
        }
    } else if screen.manner.quiet {
        report_page::print_quiet(&reports, screen);
    } else if let [only] = checked {
        // what others issued has its answers on the page, even where one of them is that it was not checked
        let has_page = only.report.foreign.is_some() || headline::is_by_deposit(&only.report);
        let trouble = match has_page {
            true => None,
            false => unread::trouble(&only.typed, &only.report, only.obstacle.take(), world),
        };
        if let Some(trouble) = trouble {
            screen.trouble(&Trouble { code, ..trouble });
            return Ok(code);
        }
        if let Some(doubt) = unread::clock_doubt(&only.report) {
            screen.trouble(&doubt);
        }
        report_page::print(&only.report, &only.typed, args.at.is_some(), args.all, screen);
    } else {
        report_page::print_table(&reports, screen);
    }
    Ok(code)
}

fn print_limits(screen: &mut Screen) {
    for limit in limits::all() {
        if screen.manner.plain {
            screen.line(&format!("{}\t{}\t{}\t{}", limit.name, limit.value, limit.unit, limit.reason));
            continue;
        }
        let value = format!("{} {}", limit.value, limit.unit);
        screen.say_under("", "    ", &format!("{}: {value}", limit.name));
        screen.say_under("    ", "    ", limit.reason);
    }
}

/// Whether a command line names this command, so that a fault in it can be told as an envelope.
pub fn is_named(words: &[std::ffi::OsString]) -> bool {
    words
        .iter()
        .skip(1)
        .find(|word| !word.to_string_lossy().starts_with('-'))
        .is_some_and(|word| word == "verify")
}

/// Tells a trouble as the envelope does: callers of `verify --json` never have to parse anything else.
pub fn print_refusal(trouble: &Trouble, world: &World, screen: &mut Screen) {
    let trust = TrustList::default();
    let policy = Policy::new(world.now(), &trust);
    let document =
        envelope::refusal(trouble.to_json(), trouble.code, &policy, world.now(), env!("CARGO_PKG_VERSION"));
    screen.json(&document);
}

/// A day counts whole: a sign-off of that day has begun, and one that ends on it has not ended.
fn day_or_moment(text: &str) -> Result<Timestamp, String> {
    Date::parse(text)
        .map(Date::end)
        .or_else(|_| Timestamp::parse_rfc3339(text))
        .map_err(|_| "write it as YYYY-MM-DD, such as 2026-11-22".to_owned())
}

fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    number.parse().map_err(|_| "write it in days, such as 30d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_judged_by_its_end() {
        assert_eq!(day_or_moment("2030-01-15").unwrap().to_string(), "2030-01-15T23:59:59Z");
        assert_eq!(day_or_moment("2030-01-15T10:00:00+02:00").unwrap().to_string(), "2030-01-15T08:00:00Z");
        assert!(day_or_moment("15 Jan 2030").is_err());
    }

    #[test]
    fn an_age_is_in_days() {
        assert_eq!(days("30d"), Ok(30));
        assert_eq!(days("30"), Ok(30));
        assert!(days("30h").is_err());
    }
}
