//! The command line: every command by name, and the standard flags that mean the same everywhere.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::Styles;
use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::command::{
    add, bundle, check, checklist, collect, completions, credential, demo, deposit, init, inventory, key,
    log, man, moves, offer, outcome, placement, request, roi, show, sign, skills, status, story,
};
use crate::command::{trust, verify, vouch, withdraw};
use crate::terminal::error::Trouble;
use crate::terminal::manner::{Colour, Manner};
use crate::terminal::palette::style;
use crate::{help_pages, misread};

/// Keeps internship work together, with sign-offs that anyone can check offline.
#[derive(Debug, Parser)]
#[command(
    name = "portfolio",
    bin_name = "portfolio",
    version = concat!(env!("CARGO_PKG_VERSION"), "\nnever uses the network"),
    styles = STYLES,
    disable_help_subcommand = true,
    disable_help_flag = true,
    max_term_width = 80,
    help_template = MAIN_PAGE,
    before_help = "  portfolio init                     make a portfolio in this folder\n  \
                   portfolio verify alex-rivera.zip   check a bundle that someone sent you"
)]
pub struct Line {
    /// The standard flags.
    #[command(flatten)]
    pub standard: Standard,
    /// The command, if any.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags that every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Standard {
    /// Print one JSON document; =1 names its version
    #[arg(long, global = true, num_args = 0..=1, require_equals = true, default_missing_value = "1", value_name = "VERSION")]
    pub json: Option<u32>,
    /// Print one record a line, tab-separated
    #[arg(long, global = true, conflicts_with = "json")]
    pub plain: bool,
    /// Say only what is asked for
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: causes, fingerprints, names of things inside
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Do everything but write
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Answer yes where a question asks yes or no
    #[arg(long, global = true)]
    pub yes: bool,
    /// Never ask; stop and name the flag that answers
    #[arg(long, global = true)]
    pub no_input: bool,
    /// When to colour: auto, always or never
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub color: Colour,
    /// Letters instead of symbols: [ok] [??] [!!] [NO] [--]
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Run as if started in DIR
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Print help
    #[arg(short, long, global = true, action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a portfolio in this folder
    Init(init::Args),
    /// Write down an offer, ask, compare, decide
    Offer(offer::Args),
    /// Write down a placement and what was asked
    Placement(placement::Args),
    /// Add a piece of work
    Add(add::Args),
    /// Keep what others issued to you, before its link dies
    Deposit(deposit::Args),
    /// Show what is there and what comes next
    Status(status::Args),
    /// Look through the whole folder for what is wrong
    Check(check::Args),
    /// Tell what a piece of work was about
    Story(story::Args),
    /// List what your work shows that you can do
    Skills(skills::Args),
    /// Map your next moves to what serves them
    Moves(moves::Args),
    /// Write down what came of a placement
    Outcome(outcome::Args),
    /// Show what your placements were worth
    Roi(roi::Args),
    /// List who holds what about you
    Inventory(inventory::Args),
    /// Show what happened, newest first
    Log(log::Args),
    /// Show the first thirty days of a placement
    Checklist(checklist::Args),
    /// Ask a mentor to sign
    Request(request::Args),
    /// Take in the mentor's answer
    Collect(collect::Args),
    /// Pack what you want to show into one file
    Bundle(bundle::Args),
    /// List your sign-offs; hand one on as a badge
    Credential(credential::Args),
    /// Read a request, then sign or not
    Sign(sign::Args),
    /// Withdraw a sign-off you gave
    Withdraw(withdraw::Args),
    /// Say whose key it is that signs for you
    Vouch(vouch::Args),
    /// Check a bundle or a sign-off
    Verify(verify::Args),
    /// Keep the list of signers you know
    Trust(trust::Args),
    /// Look inside a file without judging it
    Show(show::Args),
    /// Make, list, show, back up, rotate and report your keys
    Key(key::Args),
    /// Play the whole journey in a sample folder
    Demo(demo::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print or write the manual pages
    Man(man::Args),
    /// Explain a command
    Help(HelpArgs),
}

/// Which command to explain.
#[derive(Debug, clap::Args)]
pub struct HelpArgs {
    /// The command, such as `key new`
    #[arg(value_name = "COMMAND")]
    pub words: Vec<String>,
}

const STYLES: Styles = Styles::styled()
    .header(style::HEAD)
    .usage(style::HEAD)
    .literal(style::CODE)
    .placeholder(style::CODE)
    .valid(style::CODE)
    .invalid(style::ASK)
    .error(style::BAD);

const MAIN_PAGE: &str = "{about}\n\nExamples:\n{before-help}\nUsage: {usage}\n\n{all-args}";
/// What the command line asks for.
pub enum Asked {
    /// To run a command.
    Run(Box<Line>),
    /// To print this text: help or the version.
    Print(String),
}

/// Reads the command line, program name first.
pub fn read(words: &[OsString]) -> Result<Asked, Trouble> {
    if let Some(line) = read_verify(words) {
        return Ok(Asked::Run(Box::new(line)));
    }
    // The pages are laid out only where somebody looks at one: a run that can begin needs the bare tree alone.
    if let Ok(line) = Line::try_parse_from(words)
        && !matches!(line.command, Some(Command::Help(_)))
    {
        return Ok(Asked::Run(Box::new(line)));
    }
    let parsed = help_pages::laid_out(tree())
        .try_get_matches_from(words)
        .and_then(|found| Line::from_arg_matches(&found));
    match parsed {
        Ok(Line { command: Some(Command::Help(help)), .. }) => {
            help_pages::page(tree(), &help.words).map(Asked::Print)
        }
        Ok(line) => Ok(Asked::Run(Box::new(line))),
        Err(fault) => match fault.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Ok(Asked::Print(help_pages::printed(&fault.render())))
            }
            _ => Err(misread::trouble(&fault)),
        },
    }
}

/// Reads a line of `verify`, which scripts run by the thousand, with its own branch of the tree alone. Whatever does
/// not fit is for the whole tree to read and to explain.
fn read_verify(words: &[OsString]) -> Option<Line> {
    let command = words.iter().skip(1).find(|word| !word.as_encoded_bytes().starts_with(b"-"));
    command.filter(|word| *word == "verify")?;
    let branch = verify::Args::augment_args(clap::Command::new("verify"));
    let tree = Standard::augment_args(clap::Command::new("portfolio")).subcommand(branch);
    let found = tree.disable_help_flag(true).try_get_matches_from(words).ok()?;
    Line::from_arg_matches(&found).ok()
}

/// The command tree with every option in sight: for completions and manual pages.
pub fn tree() -> clap::Command {
    Line::command()
}

impl Standard {
    /// The flags as the screen takes them.
    pub fn manner(&self) -> Result<Manner, Trouble> {
        if let Some(version) = self.json.filter(|version| *version != 1) {
            let title = format!("--json={version} is newer than this program");
            let mut trouble = Trouble::usage(title).fact("This program prints version 1. Nothing was done.");
            trouble.code = crate::terminal::error::exit::TOO_NEW;
            return Err(trouble);
        }
        Ok(Manner {
            json: self.json.is_some(),
            plain: self.plain,
            quiet: self.quiet,
            verbose: self.verbose,
            dry_run: self.dry_run,
            yes: self.yes,
            no_input: self.no_input,
            ascii: self.ascii,
            colour: self.color,
            hints: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<Asked, Trouble> {
        let words: Vec<OsString> =
            std::iter::once("portfolio").chain(words.iter().copied()).map(Into::into).collect();
        read(&words)
    }

    #[test]
    fn the_tree_is_sound() {
        tree().debug_assert();
    }

    #[test]
    fn a_file_in_place_of_a_command_is_answered_and_not_run() {
        let trouble = read_words(&["bundle.zip"]).err().unwrap();
        assert_eq!(trouble.code, 2);
        assert_eq!(trouble.hint.as_deref(), Some("did you mean `portfolio verify bundle.zip`?"));
        let trouble = read_words(&["acme.request.zip"]).err().unwrap();
        assert_eq!(trouble.hint.as_deref(), Some("did you mean `portfolio sign acme.request.zip`?"));
        let trouble = read_words(&["stauts"]).err().unwrap();
        assert_eq!(trouble.hint.as_deref(), Some("did you mean `portfolio status`?"));
    }

    #[test]
    fn every_page_fits_a_screen() {
        fn look(command: &clap::Command, words: &[String]) {
            let text = help_pages::page(tree(), words).unwrap();
            let plain = anstream::adapter::strip_str(&text).to_string();
            // The first page names every command.
            let most = if words.is_empty() { 64 } else { 50 };
            assert!(plain.lines().count() <= most, "{words:?} takes {} lines", plain.lines().count());
            for line in plain.lines() {
                assert!(crate::terminal::wrap::width(line) <= 80, "{words:?}: {line}");
            }
            for inner in command.get_subcommands() {
                let words: Vec<String> = words.iter().cloned().chain([inner.get_name().to_owned()]).collect();
                look(inner, &words);
            }
        }
        look(&tree(), &[]);
    }

    #[test]
    fn a_line_of_verify_reads_the_same_by_its_own_branch() {
        for words in [
            "portfolio verify a.zip b.zip --json --require all-files --at 2026-11-22",
            "portfolio -C verify verify --quiet - --about a@b.example",
            "portfolio --plain verify a.zip --trust t.json --status s.json --accept-unknown-signer",
        ] {
            let words: Vec<OsString> = words.split(' ').map(Into::into).collect();
            let whole = Line::try_parse_from(&words).unwrap();
            assert_eq!(format!("{:?}", read_verify(&words).unwrap()), format!("{whole:?}"));
        }
        for words in [
            "portfolio status",
            "portfolio -C verify status",
            "portfolio verify --help",
            "portfolio verify --no",
        ] {
            let words: Vec<OsString> = words.split(' ').map(Into::into).collect();
            assert!(read_verify(&words).is_none(), "{words:?}");
        }
    }

    #[test]
    fn a_newer_json_is_not_guessed_at() {
        let Ok(Asked::Run(line)) = read_words(&["--json=2", "status"]) else { panic!("not read") };
        assert_eq!(line.standard.manner().unwrap_err().code, 8);
    }
}
