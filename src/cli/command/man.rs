//! `man`: the manual pages, printed or written into a folder.

use std::path::PathBuf;

use clap_mangen::Man;
use portfolio::disk::{self, Mode};

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// What `man` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio man | man -l -\n  portfolio man --dir ~/.local/share/man/man1")]
pub struct Args {
    /// The command to print the page of, such as `key new`
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub words: Vec<String>,
    /// Write the pages of all commands into DIR
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// What every page ends with.
const PROMISES: &str = r#".SH EXIT STATUS
0 done. 1 the answer is no. 2 wrong option. 3 not established: a signer you do not know, a file missing.
4 not in force: ended or withdrawn. 5 stopped. 6 another command is working there. 7 cannot read or write.
8 newer than this program. 101 a fault of the program. 130, 141 interrupted.
.SH FILES
.TP
.I $PORTFOLIO_HOME
moves keys, trust list and settings. Without it keys are in
.I $XDG_DATA_HOME/portfolio/keys
and the others in
.IR $XDG_CONFIG_HOME/portfolio .
.TP
.I settings.json
.B {"hints": false}
turns hints off.
.SH ENVIRONMENT
NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM=dumb decide on colour; ACCESSIBLE keeps lines from being redrawn;
SOURCE_DATE_EPOCH stands for the clock in what is written.
.SH NOTES
The text for people may change in any release; what --json and --plain print may not. Of ETSI EN 319 102-1 the word
NO_CERTIFICATE_CHAIN_FOUND is used for a key that nothing you trust leads to; there are no certificates here.
The program never uses the network.
"#;

/// Prints or writes the pages of the command `tree`.
pub fn run(args: &Args, mut tree: clap::Command, world: &World, screen: &mut Screen) -> Outcome {
    tree.build();
    let Some(folder) = &args.dir else {
        let mut command = &tree;
        for word in &args.words {
            command = command.find_subcommand(word).ok_or_else(|| {
                let shown = portfolio::render::escape::quoted(word);
                Trouble::usage(format!("{shown} is not a command")).fact("Nothing was printed.")
            })?;
        }
        screen.raw(&page(command)?);
        return Ok(exit::DONE);
    };
    let mut pages = Vec::new();
    collect(&tree, &mut pages)?;
    let folder = world.at(folder);
    let failed = |fault| refusal(fault, world, "Not all pages were written.");
    if !screen.manner.dry_run {
        disk::ensure_folder(&folder, Mode::Shared).map_err(failed)?;
        for (name, bytes) in &pages {
            disk::replace(&folder.join(name), bytes, Mode::Shared).map_err(failed)?;
        }
    }
    let wrote = if screen.manner.dry_run { "Would write" } else { "Wrote" };
    screen.say(&format!("{wrote} {} pages into {}", pages.len(), shown(&folder, world)));
    Ok(exit::DONE)
}

fn collect(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<(), Trouble> {
    pages.push((format!("{}.1", name_of(command)), page(command)?));
    command.get_subcommands().try_for_each(|inner| collect(inner, pages))
}

fn name_of(command: &clap::Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let plain = command.clone().before_help(None::<&str>).version(None::<&str>).disable_version_flag(true);
    let man =
        Man::new(plain).title(name_of(command)).source(format!("portfolio {}", env!("CARGO_PKG_VERSION")));
    let written = (|| {
        man.render_title(&mut bytes)?;
        man.render_name_section(&mut bytes)?;
        man.render_synopsis_section(&mut bytes)?;
        if !examples.is_empty() {
            bytes.extend_from_slice(format!(".SH EXAMPLES\n.nf\n{}\n.fi\n", roff(&examples)).as_bytes());
        }
        man.render_description_section(&mut bytes)?;
        man.render_options_section(&mut bytes)?;
        if command.has_subcommands() {
            man.render_subcommands_section(&mut bytes)?;
        }
        std::io::Result::Ok(())
    })();
    written
        .map_err(|cause| Trouble::new(exit::BUG, "manual", "the manual could not be made").because(cause))?;
    bytes.extend_from_slice(PROMISES.as_bytes());
    Ok(bytes)
}

/// Text in which nothing is a request to the formatter.
fn roff(text: &str) -> String {
    let escaped = text.replace('\\', r"\e").replace('-', r"\-");
    let lines = escaped
        .lines()
        .map(|line| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}
