//! The program: the only code that knows a terminal.

mod args;
mod command;
mod help_pages;
mod misread;
mod person;
mod reading;
mod terminal;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use args::{Asked, Command, Line};
use command::{
    add, bundle, check, checklist, collect, completions, credential, demo, deposit, init, inventory, key,
    log, man, moves, offer, outcome, placement, request, roi, show, sign, skills, start, status, story,
    trust, verify, vouch, withdraw,
};
use person::settings;
use terminal::error::{Outcome, exit};
use terminal::manner::{Colour, Manner};
use terminal::screen::Screen;
use terminal::surroundings::World;
use terminal::{error, surroundings};

/// For musl, whose own allocator has one lock for all threads.
#[cfg(target_env = "musl")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(report_a_bug));
    surroundings::leave_no_core();
    let mut screen = Screen::of_this_process();
    let code = match World::of_this_process() {
        Ok(world) => run(std::env::args_os().collect(), &world, &mut screen),
        Err(cause) => {
            let trouble = error::Trouble::new(exit::DISK, "no-folder", "the current folder cannot be found");
            screen.trouble(&trouble.because(cause));
            exit::DISK
        }
    };
    ExitCode::from(code)
}

/// Runs one command line, program name first, and returns the exit code. Re-entrant: `demo` calls it with a
/// world and a screen of its own.
pub fn run(words: Vec<OsString>, world: &World, screen: &mut Screen) -> u8 {
    screen.adopt(early_manner(&words), world);
    let code = match args::read(&words) {
        Ok(Asked::Run(line)) => begin(*line, world, screen),
        Ok(Asked::Print(text)) => {
            screen.line(&text);
            Ok(exit::DONE)
        }
        Err(trouble) => Err(trouble),
    };
    let code = code.unwrap_or_else(|trouble| {
        if screen.manner.json && verify::is_named(&words) {
            verify::print_refusal(&trouble, world, screen);
        } else {
            screen.trouble(&trouble);
        }
        trouble.code
    });
    screen.finish(code)
}

fn begin(line: Line, world: &World, screen: &mut Screen) -> Outcome {
    let moved = line.standard.folder.as_ref().map(|folder| world.moved_to(folder));
    let world = moved.as_ref().unwrap_or(world);
    let manner = line.standard.manner()?;
    screen.adopt(Manner { hints: settings::load(world)?.hints, ..manner }, world);
    match &line.command {
        None => start::run(screen),
        Some(command) => dispatch(command, world, screen),
    }
}

fn dispatch(command: &Command, world: &World, screen: &mut Screen) -> Outcome {
    match command {
        Command::Init(args) => init::run(args, world, screen),
        Command::Offer(args) => offer::run(args, world, screen),
        Command::Placement(args) => placement::run(args, world, screen),
        Command::Add(args) => add::run(args, world, screen),
        Command::Deposit(args) => deposit::run(args, world, screen),
        Command::Status(args) => status::run(args, world, screen),
        Command::Check(args) => check::run(args, world, screen),
        Command::Story(args) => story::run(args, world, screen),
        Command::Skills(args) => skills::run(args, world, screen),
        Command::Moves(args) => moves::run(args, world, screen),
        Command::Outcome(args) => outcome::run(args, world, screen),
        Command::Roi(args) => roi::run(args, world, screen),
        Command::Inventory(args) => inventory::run(args, world, screen),
        Command::Log(args) => log::run(args, world, screen),
        Command::Checklist(args) => checklist::run(args, world, screen),
        Command::Request(args) => request::run(args, world, screen),
        Command::Collect(args) => collect::run(args, world, screen),
        Command::Bundle(args) => bundle::run(args, world, screen),
        Command::Credential(args) => credential::run(args, world, screen),
        Command::Sign(args) => sign::run(args, world, screen),
        Command::Withdraw(args) => withdraw::run(args, world, screen),
        Command::Vouch(args) => vouch::run(args, world, screen),
        Command::Verify(args) => verify::run(args, world, screen),
        Command::Trust(args) => trust::run(args, world, screen),
        Command::Show(args) => show::run(args, world, screen),
        Command::Key(args) => key::run(args, world, screen),
        Command::Demo(args) => demo::run(args, run, world, screen),
        Command::Completions(args) => completions::run(args, args::tree(), screen),
        Command::Man(args) => man::run(args, args::tree(), world, screen),
        Command::Help(_) => start::run(screen),
    }
}

/// The standard flags that matter before the command line has been understood: a fault in it must already be
/// told in the form that was asked for.
fn early_manner(words: &[OsString]) -> Manner {
    let given = |flag: &str| words.iter().take_while(|word| *word != "--").any(|word| word == flag);
    let colour = match words.iter().filter_map(|word| word.to_str()?.strip_prefix("--color=")).next_back() {
        Some("always") => Colour::Always,
        Some("never") => Colour::Never,
        _ => Colour::Auto,
    };
    let quiet = given("-q") || given("--quiet");
    Manner {
        json: given("--json") || given("--json=1"),
        quiet,
        ascii: given("--ascii"),
        colour,
        hints: true,
        ..Manner::default()
    }
}

/// What a person sees when the program itself is wrong. Nothing that was read is repeated.
fn report_a_bug(fault: &std::panic::PanicHookInfo<'_>) {
    let place = fault.location().map(ToString::to_string).unwrap_or_else(|| "an unknown place".to_owned());
    let version = env!("CARGO_PKG_VERSION");
    let _ = writeln!(
        std::io::stderr(),
        "error: this is a fault in portfolio itself\n  Version {version} stopped at {place}.\n  \
         A file that was being written has not taken its place; nothing else changed.\n\
         hint: please report the lines above; they hold nothing from your files and no\n  secret"
    );
}
