//! `demo`: plays the whole journey in a sample folder.
//!
//! The real commands run, in this process, each in its owner's world; only the people are made up.

mod stage;
mod work;

use std::path::{Path, PathBuf};

use portfolio::disk::{self, DiskFault, Mode};
use portfolio::render::naming::shell_word;
use portfolio::time::Timestamp;
use serde_json::json;

use self::stage::{Desk, Stage};
use crate::person::keyring::Keyring;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

pub use self::stage::Run;

/// The passphrase of every sample key.
const PASSPHRASE: &str = "kettle orchard marble";
const PRIYA: &str = "Priya Nair, Data Lead, Acme Retail Ltd";
const REQUEST: &str = "acme-forecasting-for-priya-nair.request.zip";
const REPLY: &str = "acme-forecasting.reply.json";
const BUNDLE: &str = "alex-rivera.zip";

const FIRST_DAY: &str = "2026-06-01T08:30:00Z";
const LAST_WEEK: &str = "2026-07-22T09:12:00Z";
const SIGNING: &str = "2026-07-24T15:02:40Z";
const EVENING: &str = "2026-07-24T18:20:00Z";
const NOVEMBER: &str = "2026-11-22T12:00:00Z";

/// What `demo` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio demo sample\n  portfolio demo sample --json")]
pub struct Args {
    /// The folder to make the sample world in; it must be new or empty
    #[arg(value_name = "DIR", default_value = "sample")]
    sample: PathBuf,
}

/// Runs the command; `run` is how one command line is run.
pub fn run(args: &Args, run: Run, world: &World, screen: &mut Screen) -> Outcome {
    let root = world.at(&args.sample);
    require_room(&root, args, world)?;
    let name = shown(&root, world);
    if !screen.manner.quiet && !screen.manner.json {
        screen.say(&format!(
            "A whole placement, played in the folder {name}: Alex Rivera makes a portfolio, Priya Nair signs, a \
             recruiter who knows neither checks. The people are made up; every command below really runs."
        ));
    }
    let mut stage = Stage::new(world, screen, run);
    let alex = stage.desk(&root, "alex", "portfolio")?;
    let priya = stage.desk(&root, "priya", "inbox")?;
    let recruiter = stage.desk(&root, "recruiter", "inbox")?;
    the_student_works(&mut stage, &alex)?;
    let requests = alex.folder.join("requests").join("acme-forecasting-for-priya-nair");
    stage.hand_over(&requests.join(REQUEST), &priya.folder.join(REQUEST))?;
    the_mentor_signs(&mut stage, &priya)?;
    stage.hand_over(&priya.folder.join(REPLY), &alex.folder.join(REPLY))?;
    the_student_bundles(&mut stage, &alex)?;
    let bundle = stage.hand_over(&alex.folder.join(BUNDLE), &recruiter.folder.join(BUNDLE))?;
    the_recruiter_checks(&mut stage, &recruiter, &words_of(&priya)?)?;
    one_byte_changes(&mut stage, &recruiter, bundle)?;
    let steps = std::mem::take(&mut stage.steps);
    if screen.manner.json {
        screen.json(&json!({ "type": "Demo", "folder": name, "steps": steps }));
    } else {
        what_to_try(&name, screen);
    }
    Ok(exit::DONE)
}

/// The folder must be new or empty: nothing of anybody's is touched.
fn require_room(root: &Path, args: &Args, world: &World) -> Result<(), Trouble> {
    let refused = |fault| refusal(fault, world, "Nothing was written.");
    match disk::list(root) {
        Ok(names) if names.is_empty() => Ok(()),
        Ok(_) => Err(Trouble::new(exit::NO, "not-empty", format!("{} is not empty", shown(root, world)))
            .fact("The sample world needs a folder of its own. Nothing was written.")
            .hint(format!(
                "name a new one: portfolio demo {}-2",
                shell_word(&args.sample.to_string_lossy())
            ))),
        Err(DiskFault::NotFound(_)) => disk::create_folder(root, Mode::Shared).map_err(refused),
        Err(fault) => Err(refused(fault)),
    }
}

fn the_student_works(stage: &mut Stage<'_>, alex: &Desk) -> Result<(), Trouble> {
    stage.scene("1. Alex, the student", "An empty folder, a placement, and three pieces of work.");
    let work = alex.folder.with_file_name("work");
    stage.put(&work.join("forecast-report.md"), work::REPORT.as_bytes())?;
    stage.put(&work.join("hand-over.md"), work::HAND_OVER.as_bytes())?;
    stage.put(&work.join("model-code.zip"), work::MODEL_CODE)?;
    let who = ["Alex Rivera", "alex@rivera.example", PASSPHRASE, PASSPHRASE];
    stage.command(alex, FIRST_DAY, &["init"], &who, exit::DONE)?;
    let place = [
        "Acme Retail Ltd",
        "Demand forecasting co-lab",
        "2026-06-01",
        "2026-07-24",
        "Priya Nair <priya.nair@acme.example>",
        "report",
    ];
    stage.command(alex, FIRST_DAY, &["placement", "new", "acme-forecasting"], &place, exit::DONE)?;
    let brief = [
        "Forecast report",
        "error under 12 % on the held-out month",
        "Hand-over notes",
        "another analyst reruns it unaided",
        "Model code",
        "it passes the team's test suite",
        "",
    ];
    stage.command(alex, FIRST_DAY, &["placement", "brief", "acme-forecasting"], &brief, exit::DONE)?;
    let add = |file: &'static str, number: &'static str, result: &'static str| {
        vec!["add", "acme-forecasting", file, "--for", number, "--result", result]
    };
    stage.command(alex, LAST_WEEK, &add("../work/forecast-report.md", "1", "9.8 %, was 14.2 %"), &[], 0)?;
    stage.command(alex, LAST_WEEK, &add("../work/hand-over.md", "2", "done in 40 min"), &[], 0)?;
    let mut secret = add("../work/model-code.zip", "3", "61 of 64 tests");
    secret.extend(["--confidential", "--until", "2027-07-24"]);
    stage.command(alex, LAST_WEEK, &secret, &[], exit::DONE)?;
    stage.command(alex, LAST_WEEK, &["request", "acme-forecasting"], &[PASSPHRASE], exit::DONE)
}

fn the_mentor_signs(stage: &mut Stage<'_>, priya: &Desk) -> Result<(), Trouble> {
    stage.scene("2. Priya, the mentor", "Alex mailed the request. She reads, marks, reads again, and signs.");
    let answers = [
        "",
        "met",
        "met",
        "partly",
        "",
        PRIYA,
        "1",
        PASSPHRASE,
        PASSPHRASE,
        "2029-07-24",
        "sign",
        PASSPHRASE,
    ];
    stage.command(priya, SIGNING, &["sign", REQUEST], &answers, exit::DONE)
}

fn the_student_bundles(stage: &mut Stage<'_>, alex: &Desk) -> Result<(), Trouble> {
    stage.scene("3. Alex again", "The answer came back; it goes into a bundle with the work.");
    stage.command(alex, EVENING, &["collect", REPLY], &["yes"], exit::DONE)?;
    stage.command(alex, EVENING, &["bundle"], &[PASSPHRASE], exit::DONE)
}

fn the_recruiter_checks(stage: &mut Stage<'_>, recruiter: &Desk, words: &str) -> Result<(), Trouble> {
    stage.scene(
        "4. A recruiter, four months later",
        "Offline, with the bundle and nothing else. The key is a stranger's, and that is said first.",
    );
    stage.command(recruiter, NOVEMBER, &["verify", BUNDLE], &[], exit::NOT_ESTABLISHED)?;
    stage.note("A phone call to Acme's switchboard. Priya reads out the eight words of her key.");
    let add = ["trust", "add", BUNDLE, "--as", "Priya Nair, Acme Retail Ltd"];
    stage.command(recruiter, NOVEMBER, &add, &[words, "phoned the Acme switchboard"], exit::DONE)?;
    stage.command(recruiter, NOVEMBER, &["verify", BUNDLE], &[], exit::DONE)
}

fn one_byte_changes(stage: &mut Stage<'_>, recruiter: &Desk, mut bundle: Vec<u8>) -> Result<(), Trouble> {
    stage.scene("5. One byte", "The same bundle with a single byte of the report changed.");
    let report = bundle.windows(5).position(|window| window == b"%PDF-").unwrap_or_default();
    if let Some(byte) = bundle.get_mut(report + 200) {
        *byte ^= 1;
    }
    stage.put(&recruiter.folder.join("changed.zip"), &bundle)?;
    stage.command(recruiter, NOVEMBER, &["verify", "changed.zip"], &[], exit::NO)
}

/// The eight words of the key that Priya made.
fn words_of(priya: &Desk) -> Result<String, Trouble> {
    let now = Timestamp::from_unix(0);
    let world = World::sample(&priya.folder, &priya.home, now, [0; 32]);
    Ok(Keyring::of(&world)?.chosen(None)?.public.words().join(" "))
}

fn what_to_try(name: &str, screen: &mut Screen) {
    let code = |text: &str| format!("{0}{text}{0:#}", style::CODE);
    let inbox = format!("{name}/recruiter/inbox");
    screen.gap();
    screen.say(&format!("{0}Now you{0:#}", style::HEAD));
    screen.say("Everything is in place to go on with:");
    screen.line(&format!(
        "  {}",
        code(&format!("portfolio show {}", shell_word(&format!("{inbox}/{BUNDLE}"))))
    ));
    screen.line(&format!("  {}", code(&format!("portfolio verify {}/*.zip", shell_word(&inbox)))));
    screen.line(&format!(
        "  {}",
        code(&format!(
            "PORTFOLIO_HOME={} portfolio trust list",
            shell_word(&format!("{name}/recruiter/home"))
        ))
    ));
    screen.say("And without this program, since a bundle is an ordinary ZIP:");
    screen.line(&format!(
        "  {}",
        code(&format!("unzip -q {} -d {name}", shell_word(&format!("{inbox}/{BUNDLE}"))))
    ));
    screen.line(&format!(
        "  {}",
        code(&format!(
            "cd {} && sha256sum -c manifest-sha256.txt",
            shell_word(&format!("{name}/alex-rivera"))
        ))
    ));
    screen.say("Your own portfolio starts in an empty folder, with: portfolio init");
    screen.gap();
    screen.say(&format!(
        "The keys in {name} are samples that anyone can compute, and their passphrase is “{PASSPHRASE}”. Use \
         them for nothing real."
    ));
}
