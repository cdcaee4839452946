//! `sign`: a mentor reads a request, marks it and signs, or does not.

mod answer;
mod basis;
mod edit;
mod marks;
mod received;
mod signer;

use std::path::PathBuf;

use portfolio::credential::Mark;
use portfolio::credential::statement::Detail;
use portfolio::issuer::{self, IssuerFault, Marking, Proposal};
use portfolio::render::escape::{quoted, visible};
use portfolio::render::layout::{TEXT_COLUMNS, wrap};
use portfolio::render::naming::{short_firm, someone};

use self::edit::Words;
use self::received::Received;
use self::signer::Remembered;
use crate::command::key;
use crate::person::passphrase::Source;
use crate::person::signing_keys::SigningKey;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::{course_text, statement_text};

const NOTHING_SIGNED: &str = "Nothing was signed.";

/// What `sign` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio sign acme-forecasting-for-priya-nair.request.zip\n  portfolio sign acme.request.zip --marks met,partly --dry-run"
)]
pub struct Args {
    /// The request that was sent to you, or its unpacked folder
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A mark for each deliverable: met, partly, not-met or skip
    #[arg(long, value_name = "MARKS", value_delimiter = ',')]
    marks: Option<Vec<String>>,
    /// How you know the work: daily, weekly or output; several with commas
    #[arg(long, value_name = "HOW", value_delimiter = ',')]
    knows: Option<Vec<String>>,
    /// The name to sign with, and your role if you like
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// The key to sign with: a key file, `agent`, `new`, or the name of a key kept here
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// The last day on which the sign-off shall hold (YYYY-MM-DD), or none
    #[arg(long, value_name = "DAY")]
    good_until: Option<String>,
    /// Sign these words in place of the ones proposed
    #[arg(long, value_name = "FILE")]
    statement_file: Option<PathBuf>,
    /// Turn it down, with the reason; an empty one says nothing
    #[arg(long, value_name = "WHY", conflicts_with = "marks")]
    decline: Option<String>,
    /// The fingerprint of the text to sign; --yes needs it
    #[arg(long, value_name = "sha256:…")]
    expect: Option<String>,
    /// Where to write the answer
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Source,
}

/// What the mentor has decided so far.
struct Decided {
    marks: Vec<Mark>,
    name: String,
    key: SigningKey,
    good_until: Option<portfolio::time::Date>,
    words: Words,
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    if screen.manner.yes && args.expect.is_none() && args.decline.is_none() && !screen.manner.dry_run {
        return Err(Trouble::usage("--yes signs only the text that --expect names")
            .fact(format!("A script cannot sign what nobody has seen. {NOTHING_SIGNED}"))
            .hint("see the text and its fingerprint: add --dry-run"));
    }
    let received = Received::open(&args.file, world)?;
    let remembered = Remembered::load(world);
    require_the_person_asked(args, &received, remembered.as_ref())?;
    let target = answer::target(args.output.as_deref(), received.placement(), world)?;
    if let Some(reason) = &args.decline {
        let by = args.name.clone().unwrap_or_else(|| received.checked.request().asked.name.clone());
        return answer::decline(&received, &target, &by, reason, world, screen);
    }
    let before = remembered.as_ref().and_then(|known| known.signed_on(&received.checked.request().id));
    if let Some(on) = before.filter(|_| !screen.manner.dry_run) {
        screen.tell(&format!(
            "You signed this very request already, on {}. Signing again makes a second answer; the first one stands \
             until you withdraw it.",
            on.people()
        ));
    }
    let mut decided = decide(args, &received, remembered.as_ref(), world, screen)?;
    if screen.manner.dry_run {
        return dry_run(&received, &decided, world, screen);
    }
    loop {
        let proposal = propose(&received, &decided, world)?;
        require_expected(args, &proposal)?;
        let asking = !screen.manner.yes;
        if asking {
            show(&received, &proposal, screen);
        }
        let choice = if asking { choice(screen)? } else { Choice::Sign };
        match choice {
            Choice::Sign => {
                answer::sign(proposal, &decided.key, &args.passphrase, &target, &received, world, screen)?;
                let first_time =
                    remembered.as_ref().is_none_or(|known| known.key != decided.key.public.did());
                let request = &received.checked.request().id;
                Remembered::keep(&decided.name, &decided.key, request, world);
                if asking && first_time {
                    speak_of_words(&decided.key, screen);
                }
                return Ok(exit::DONE);
            }
            Choice::Edit => {
                let edited = edit::in_editor(&decided.words, world, screen)?;
                show_changes(&edited, &decided.words, screen);
                decided.words = edited;
            }
            Choice::Decline => {
                let first_name = received.first_name();
                let question = format!("Tell {first_name} why, in a line (Enter to say nothing): ");
                let reason = screen.ask(&question, "--decline WHY")?;
                screen.tell_line("");
                return answer::decline(&received, &target, &decided.name, &reason, world, screen);
            }
            Choice::Quit => return stopped(screen),
        }
    }
}

/// Steps 1 to 3; what flags already say is not asked.
fn decide(
    args: &Args,
    received: &Received,
    remembered: Option<&Remembered>,
    world: &World,
    screen: &mut Screen,
) -> Result<Decided, Trouble> {
    // A script that has given the marks takes defaults for the rest; a person is asked.
    let asking = !(args.marks.is_some() && (screen.manner.yes || screen.manner.dry_run));
    let claims = &received.checked.request().claims;
    if asking {
        greet(received, screen);
    }
    let marks = match &args.marks {
        Some(words) => marks::given(words, claims)?,
        None => {
            marks::look(received, screen)?;
            how_it_went(received, screen);
            marks::ask(received, screen)?
        }
    };
    let how = basis::given_or_asked(args.knows.as_deref(), asking, screen)?;
    if asking {
        screen.tell_line("Step 3 of 4. You and your key.");
    }
    let name = signer::name(args, remembered, asking, screen)?;
    let key = signer::choose(args, remembered, asking, &name, world, screen)?;
    let good_until = signer::good_until(args, asking, world, screen)?;
    if asking {
        screen.tell_line("");
    }
    let mut words = Words::of(claims);
    words.statement = portfolio::credential::basis::added_to(&words.statement, &how);
    if let Some(path) = &args.statement_file {
        words = edit::from_file(&words, path, world)?;
    }
    Ok(Decided { marks, name, key, good_until, words })
}

fn greet(received: &Received, screen: &mut Screen) {
    let from = &received.checked.request().from;
    let email = from.email.as_deref().map(|email| format!(" <{}>", visible(email))).unwrap_or_default();
    screen.tell(&format!("{}{email} asks you for a sign-off.", quoted(&from.name)));
    screen.tell("Nothing is signed until you type the word sign. Ctrl-C leaves at any time.");
    if let Some(message) = &received.checked.request().message {
        screen.tell(&format!("They write: {}", quoted(message)));
    }
    screen.tell_line("");
}

/// The records of the request: what was asked when, and the check-ins.
fn how_it_went(received: &Received, screen: &mut Screen) {
    let lines = course_text::lines(&received.checked.request().course);
    if lines.is_empty() {
        return;
    }
    screen.tell_line("How it went, by the records in the request.");
    for line in &lines {
        screen.tell_under(line.indent, &format!("{}  ", line.indent), &line.text);
    }
    screen.tell_line("");
}

/// A request for somebody else is not signed by mistake: the name given, or the one used before, must share a word.
fn require_the_person_asked(
    args: &Args,
    received: &Received,
    remembered: Option<&Remembered>,
) -> Result<(), Trouble> {
    let name = args.name.as_deref().or(remembered.map(|known| known.name.as_str()));
    let asked = &received.checked.request().asked;
    let Some(name) = name.filter(|name| !shares_a_word(name, &asked.name)) else { return Ok(()) };
    let email = asked.email.as_deref().map(|email| format!(" <{}>", visible(email))).unwrap_or_default();
    let you = name.split(',').next().unwrap_or(name).trim();
    let shown = asked.name.replace(['"', '\\', '$', '`'], "");
    Err(Trouble::new(exit::NO, "request-for-another", "this request is for someone else")
        .fact(format!("It asks {}{email}. You sign here as {}.", quoted(&asked.name), someone(you)))
        .fact(NOTHING_SIGNED)
        .hint(format!(
            "if you are {}, sign with that name: --as \"{}\"",
            someone(&asked.name),
            visible(&shown)
        )))
}

fn shares_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
        words.map(str::to_lowercase).collect()
    };
    let theirs = words(other);
    theirs.is_empty() || words(one).iter().any(|word| theirs.contains(word))
}

fn propose(received: &Received, decided: &Decided, world: &World) -> Result<Proposal, Trouble> {
    let request = received.checked.request();
    let words = |(index, result): (usize, &String)| {
        let proposed = request.claims.items.get(index).and_then(|item| item.result.as_deref());
        (proposed.unwrap_or_default() != result).then(|| result.clone())
    };
    let marking = Marking {
        marks: decided.marks.clone(),
        signer_name: decided.name.clone(),
        statement: (decided.words.statement != request.claims.statement)
            .then(|| decided.words.statement.clone()),
        results: decided.words.results.iter().enumerate().map(words).collect(),
        good_until: decided.good_until,
        at: world.now(),
    };
    issuer::propose(request, &marking, &decided.key.public).map_err(cannot_sign)
}

fn cannot_sign(fault: IssuerFault) -> Trouble {
    let title = match &fault {
        IssuerFault::SignerIsHolder => "this is the key of the person who asks".to_owned(),
        IssuerFault::ClockBeforeRequest { made, .. } => {
            format!("this request was made on {}, a day that is still to come here", made.people())
        }
        _ => "this cannot be signed".to_owned(),
    };
    let fact = match &fault {
        IssuerFault::SignerIsHolder => "Nobody can sign off their own work.".to_owned(),
        other => format!("Because {}.", visible(&other.to_string())),
    };
    Trouble::new(exit::NO, "cannot-sign", title).fact(fact).fact(NOTHING_SIGNED).because(fault)
}

fn require_expected(args: &Args, proposal: &Proposal) -> Result<(), Trouble> {
    let Some(expected) = &args.expect else { return Ok(()) };
    let found = proposal.text_digest().hex();
    if expected.strip_prefix("sha256:").unwrap_or(expected).eq_ignore_ascii_case(&found) {
        return Ok(());
    }
    Err(Trouble::new(exit::NO, "other-text", "this is not the text that you expect")
        .fact(format!("It is sha256:{found}"))
        .fact(NOTHING_SIGNED)
        .hint("read it again: add --dry-run"))
}

/// Step 4: the whole text, made from the very value that is signed.
fn show(received: &Received, proposal: &Proposal, screen: &mut Screen) {
    screen.tell(&format!("{0}Step 4 of 4.{0:#} This is what you would sign, word for word:", style::HEAD));
    screen.tell_line("");
    for line in statement_text::lines(&proposal.lines(detail(screen))) {
        screen.tell_line(&line);
    }
    screen.tell_line("");
    let count = received.checked.files().len();
    let prints = match count {
        0 => "It names no file.".to_owned(),
        1 => "The fingerprint of the file is signed with it (see it with -v).".to_owned(),
        _ => format!("The fingerprints of the {count} files are signed with it (list them with -v)."),
    };
    screen.tell(&prints);
    let firm = proposal.sign_off().claims.organisation.as_deref().map(|firm| someone(short_firm(firm)));
    let firm = firm.unwrap_or_else(|| "your organisation".to_owned());
    for line in wrap(
        &format!(
            "Signing says: these are my words, about exactly these files. It does not say that {firm} agrees. Once \
             sent it cannot be called back, but you can withdraw it later with: portfolio withdraw"
        ),
        TEXT_COLUMNS,
    ) {
        screen.tell_line(&line);
    }
    screen.tell_line("");
}

fn detail(screen: &Screen) -> Detail {
    if screen.manner.verbose { Detail::WithFingerprints } else { Detail::Brief }
}

enum Choice {
    Sign,
    Edit,
    Decline,
    Quit,
}

fn choice(screen: &mut Screen) -> Result<Choice, Trouble> {
    screen.ask_until("Type sign, edit, decline or quit: ", "--yes --expect sha256:…", |typed| {
        match typed.to_lowercase().as_str() {
            "sign" => Ok(Choice::Sign),
            "edit" => Ok(Choice::Edit),
            "decline" => Ok(Choice::Decline),
            "quit" => Ok(Choice::Quit),
            _ => Err("Please type one of the four words.".to_owned()),
        }
    })
}

fn show_changes(edited: &Words, before: &Words, screen: &mut Screen) {
    screen.tell_line("");
    let (count, lines) = edited.changes_from(before);
    match count {
        0 => screen.tell("You changed nothing."),
        1 => screen.tell("You changed 1 line:"),
        more => screen.tell(&format!("You changed {more} lines:")),
    }
    for line in lines {
        screen.tell_line(&line);
    }
    screen.tell_line("");
}

fn stopped(screen: &mut Screen) -> Outcome {
    screen.tell("Nothing was signed and nothing was written.");
    Ok(exit::STOPPED)
}

/// Prints the text and its fingerprint; the last line is for a script to take.
fn dry_run(received: &Received, decided: &Decided, world: &World, screen: &mut Screen) -> Outcome {
    let proposal = propose(received, decided, world)?;
    let digest = proposal.text_digest().hex();
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "SignPreview", "text": format!("sha256:{digest}") }));
        return Ok(exit::DONE);
    }
    for line in statement_text::lines(&proposal.lines(Detail::WithFingerprints)) {
        screen.line(&line);
    }
    screen.gap();
    screen.line(&format!("Text: sha256:{digest}"));
    Ok(exit::DONE)
}

fn speak_of_words(key: &SigningKey, screen: &mut Screen) {
    screen.tell_line("");
    screen.tell(
        "One more thing. People who check this will ask whether the key is yours. Keep its eight words where you \
         can read them out on the phone:",
    );
    screen.tell_line(&format!("    {0}{1}{0:#}", style::CODE, key::spoken(&key.public.words())));
    screen.tell(
        "They are not secret. But say them yourself: do not agree to a list that somebody reads to you.",
    );
}
