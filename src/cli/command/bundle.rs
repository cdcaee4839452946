//! `bundle`: packs what a recruiter may see into one file, and checks it as a stranger would.

mod strange_eyes;

use std::path::{Path, PathBuf};

use portfolio::holder::{BundlePlan, Contents, LeftOut, Locked, Pack, WhyLeftOut};
use portfolio::path::Slug;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, shell_word, size};
use portfolio::verifier::Report;

use crate::command::permission::{self, Permission};
use crate::person::own_key;
use crate::person::passphrase::Source;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::working::tell_while;
use crate::terminal::wrap::{hold, pad, width};
use crate::words::disk_words::shown;
use crate::words::folder_words::{self, Waiting};
use crate::words::replacing::{may_replace, no_pipe};

/// What `bundle` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio bundle\n  portfolio bundle --placement acme-forecasting -o alex.zip")]
pub struct Args {
    /// Where to write it [default: your name, .zip]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only what belongs to this placement; may be given again
    #[arg(long, value_name = "PLACEMENT")]
    pub placement: Vec<String>,
    /// Put this in although it is confidential
    #[arg(long, value_name = "ID")]
    pub include: Vec<String>,
    /// Leave out everything that others issued
    #[arg(long)]
    pub no_deposits: bool,
    /// Leave out this deposit; may be given again
    #[arg(long, value_name = "DEPOSIT")]
    pub leave_out: Vec<String>,
    /// Make it for one recipient, who asked for that
    #[arg(long = "for", value_name = "AUDIENCE")]
    pub audience: Option<String>,
    /// The words they asked you to answer
    #[arg(long, value_name = "TEXT", requires = "audience")]
    pub challenge: Option<String>,
    #[command(flatten)]
    pub permission: Permission,
    /// Where your key's passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    if let Some(output) = &args.output {
        let undone = "It is checked where it lies before it gets its name. No bundle was written.";
        no_pipe(output, "a bundle", undone)?;
    }
    let locked = folder_words::lock("bundle", args.waiting, world, "No bundle was written.")?;
    let output = match &args.output {
        Some(path) => world.at(path),
        None => world.at(Path::new(&format!("{}.zip", Slug::from_title(&locked.about().name)))),
    };
    let undone = format!("{} was not written; nothing else changed.", shown(&output, world));
    let refused = |fault| folder_words::refusal(fault, world, &undone);
    let slugs = |names: &[String]| {
        names.iter().map(|name| crate::words::answers::placement_id(name)).collect::<Result<Vec<_>, _>>()
    };
    let (placements, include) = (slugs(&args.placement)?, slugs(&args.include)?);
    let leave_out = slugs(&args.leave_out)?;
    let pack = Pack {
        output: &output,
        placements: (!placements.is_empty()).then_some(&placements[..]),
        include: &include,
        deposits: !args.no_deposits,
        leave_out: &leave_out,
        permitted: args.permission.paper.is_some(),
        audience: args.audience.as_deref(),
        challenge: args.challenge.as_deref(),
        created: world.now(),
    };
    let plan = locked.plan_bundle(&pack).map_err(|fault| elsewhere(refused(fault), &output))?;
    let contents = plan.contents().clone();
    if !screen.manner.json && !screen.manner.quiet && !screen.manner.plain {
        show(&contents, screen);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would write {} ({} at most)", shown(&output, world), hold(&size(plan.size()))));
        return Ok(exit::DONE);
    }
    let replace = may_replace(&output, &undone, world, screen)?;
    args.permission.file(&contents.in_spite_of, "bundle", &locked, &undone, world, screen)?;
    let report = write(plan, &locked, args, &output, replace, &undone, world, screen)?;
    tell(&report, &contents, &output, world, screen);
    Ok(exit::DONE)
}

#[expect(clippy::too_many_arguments, reason = "one step of one command, told apart for its length")]
fn write(
    plan: BundlePlan<'_>,
    locked: &Locked,
    args: &Args,
    output: &Path,
    replace: bool,
    undone: &str,
    world: &World,
    screen: &mut Screen,
) -> Result<Report, Trouble> {
    let refused = |fault| elsewhere(folder_words::refusal(fault, world, undone), output);
    let key = own_key::unlock(&locked.about().did, &args.passphrase, undone, world, screen)?;
    let writing = format!("Writing {} …", size(plan.size()));
    let pending = tell_while(&|| writing.clone(), world, screen, || plan.write(&key)).map_err(refused)?;
    drop(key);
    let source = pending.source().map_err(refused)?;
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let asked = (args.audience.as_deref(), args.challenge.as_deref());
    let looked = strange_eyes::look(&name, &source, asked, undone, world, screen);
    let report = looked.map_err(|trouble| pending.what_changed().map_or(trouble, refused))?;
    drop(source);
    pending.commit(replace).map_err(refused)?;
    Ok(report)
}

/// Where the disk is full, the way out is another disk.
fn elsewhere(trouble: Trouble, output: &Path) -> Trouble {
    if trouble.kind != "disk-full" {
        return trouble;
    }
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    trouble.hint(format!(
        "write it elsewhere: portfolio bundle -o {}",
        shell_word(&format!("/media/usb/{name}"))
    ))
}

fn show(contents: &Contents, screen: &mut Screen) {
    let rows: Vec<(String, String)> =
        contents.files.iter().map(|packed| (file(&packed.name), size(packed.size))).collect();
    let deposits: Vec<(String, String)> = contents
        .deposits
        .iter()
        .map(|packed| (file(packed.name.split('/').next().unwrap_or_default()), size(packed.size)))
        .collect();
    let left: Vec<(String, String)> =
        contents.left_out.iter().map(|left| (named(left), why(left, contents))).collect();
    let widest = rows
        .iter()
        .chain(&deposits)
        .chain(&left)
        .map(|(name, _)| width(name))
        .max()
        .unwrap_or(0)
        .clamp(20, 40);
    screen.line("Into the bundle");
    for sign_off in &contents.sign_offs {
        screen.say_under("  ", "    ", &format!("the statement signed by {}", quoted(&sign_off.signer)));
    }
    for (name, size) in &rows {
        screen.line(&format!("  {}   {size}", pad(name, widest)));
    }
    for (name, size) in &deposits {
        screen.line(&format!("  {}   {size}, deposited", pad(name, widest)));
    }
    if !contents.others.is_empty() && screen.manner.verbose {
        for name in &contents.others {
            screen.line(&format!("  {}", file(name)));
        }
    }
    if !left.is_empty() {
        screen.line("Left out");
        for (name, why) in &left {
            screen.say_under(&format!("  {}   ", pad(name, widest)), &" ".repeat(widest + 5), why);
        }
    }
    for (name, _) in &contents.missing {
        let mark = screen.symbol(crate::terminal::palette::Symbol::Alert);
        screen.say_under(
            &format!("{mark} "),
            "  ",
            &format!(
                "{} was signed for and is not here as it was. Readers will see that a file is missing.",
                file(name)
            ),
        );
    }
    screen.gap();
}

fn named(left: &LeftOut) -> String {
    match left.why {
        WhyLeftOut::Private => "private/".to_owned(),
        _ => file(&left.name),
    }
}

fn why(left: &LeftOut, contents: &Contents) -> String {
    let fingerprint = if contents.sign_offs.is_empty() { "" } else { "; its fingerprint is in" };
    match &left.why {
        WhyLeftOut::Confidential(Some(until)) => {
            format!("confidential until {}{fingerprint}", hold(&until.people()))
        }
        WhyLeftOut::Confidential(None) => format!("confidential{fingerprint}"),
        WhyLeftOut::ConfidentialDeposit(Some(until)) => {
            format!("confidential until {}", hold(&until.people()))
        }
        WhyLeftOut::ConfidentialDeposit(None) => "confidential".to_owned(),
        WhyLeftOut::Private => "private".to_owned(),
        WhyLeftOut::Gated => "its gated half stays here".to_owned(),
        WhyLeftOut::Unwanted => "as you asked".to_owned(),
        WhyLeftOut::NotRecorded => "in no record".to_owned(),
        WhyLeftOut::NotAFile => "not an ordinary file".to_owned(),
        WhyLeftOut::BadName(fault) => format!("its name cannot travel: {}", visible(&fault.to_string())),
        _ => "not for a bundle".to_owned(),
    }
}

fn tell(report: &Report, contents: &Contents, output: &Path, world: &World, screen: &mut Screen) {
    let path = shown(output, world);
    let length = report.source.len.unwrap_or_default();
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "BundleWritten",
            "file": path,
            "size": length,
            "outcome": report.outcome.as_str(),
            "signOffs": contents.sign_offs.iter().map(|kept| kept.id.as_str()).collect::<Vec<_>>(),
            "files": contents.files.iter().map(|packed| &packed.name).collect::<Vec<_>>(),
            "deposits": contents.deposits.iter().map(|packed| packed.id.as_str()).collect::<Vec<_>>(),
            "inSpiteOf": permission::as_json(&contents.in_spite_of),
            "leftOut": contents.left_out.iter().map(|left| &left.name).collect::<Vec<_>>(),
        }));
        return;
    }
    if screen.manner.plain {
        screen.line(&format!("{path}\t{length}\t{}", report.outcome.as_str()));
        return;
    }
    screen.line(&format!("Wrote {path} ({})", size(length)));
    screen.gap();
    screen.say(&strange_eyes::sentence(report));
    screen.gap();
    let name = shell_word(&output.file_name().unwrap_or_default().to_string_lossy());
    screen.say(&format!("Send it with this line: Check it with “portfolio verify {name}”."));
}
