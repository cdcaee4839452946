//! `request`: packs the work of a placement for a mentor to sign.

use portfolio::credential::Claims;
use portfolio::credential::request::Person;
use portfolio::holder::{Ask, RequestPlan, Requested};
use portfolio::path::Slug;
use portfolio::render::escape::visible;
use portfolio::render::naming::{file, first_name, size, someone};
use portfolio::time::span;

use crate::person::own_key;
use crate::person::passphrase::Source;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::working::tell_while;
use crate::terminal::wrap::{hold, pad, width};
use crate::words::answers;
use crate::words::course_text;
use crate::words::disk_words::shown;
use crate::words::folder_words::{self, Waiting};

/// What `request` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio request acme-forecasting\n  \
                         portfolio request acme-forecasting --to \"Priya Nair <priya@acme.example>\"")]
pub struct Args {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub placement: Option<String>,
    /// Whom to ask, if not the mentor of the placement
    #[arg(long, value_name = "PERSON")]
    pub to: Option<String>,
    /// A few words to the mentor, shown before they sign
    #[arg(long, value_name = "TEXT")]
    pub message: Option<String>,
    /// The statement to propose instead of the usual one; {name} is your name
    #[arg(long, value_name = "TEXT")]
    pub statement: Option<String>,
    /// Where your key's passphrase is.
    #[command(flatten)]
    pub passphrase: Source,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "No request was written.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("request", args.waiting, world, UNDONE)?;
    let placement = match &args.placement {
        Some(name) => crate::words::answers::placement_id(name)?,
        None => only_placement(
            &locked.placements().map_err(refused)?.into_iter().map(|(id, _)| id).collect::<Vec<_>>(),
        )?,
    };
    let record = locked.placement(&placement).map_err(refused)?;
    let asked = whom(args, record.mentor.is_some(), screen)?;
    let salt = own_key::salt(world)?;
    let plan = locked
        .plan_request(&Ask {
            placement: &placement,
            to: asked,
            message: args.message.as_deref(),
            statement: args.statement.as_deref(),
            salt: &salt,
            created: world.now(),
        })
        .map_err(refused)?;
    let asked = plan.asked().clone();
    if !screen.manner.json && !screen.manner.quiet {
        show(&plan, &locked.about().email, screen);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would write {} ({} at most)", plan.id(), hold(&size(plan.size()))));
        return Ok(exit::DONE);
    }
    let key = own_key::unlock(&locked.about().did, &args.passphrase, UNDONE, world, screen)?;
    let writing = format!("Writing {} …", size(plan.size()));
    let requested = tell_while(&|| writing.clone(), world, screen, || plan.write(&key)).map_err(refused)?;
    screen.settle();
    tell(&requested, &asked, world, screen);
    Ok(exit::DONE)
}

fn only_placement(known: &[Slug]) -> Result<Slug, Trouble> {
    match known {
        [only] => Ok(only.clone()),
        [] => Err(Trouble::new(exit::NO, "no-placement", "there is no placement yet")
            .fact(UNDONE)
            .hint("write one down: portfolio placement new NAME")),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Trouble::usage("you have several placements, so say which")
                .fact(format!("They are: {}. {UNDONE}", names.join(", "))))
        }
    }
}

fn whom(args: &Args, has_mentor: bool, screen: &mut Screen) -> Result<Option<Person>, Trouble> {
    if args.to.is_none() && has_mentor {
        return Ok(None);
    }
    let question = "Who should sign, name and email: ";
    let (name, email) =
        answers::given_or_asked(args.to.as_deref(), question, "--to", answers::person, screen)?;
    Ok(Some(Person { name, email }))
}

/// What the mentor will be asked to sign, as they will read it.
fn show(plan: &RequestPlan<'_>, email: &str, screen: &mut Screen) {
    let asked = plan.asked();
    let address = asked.email.as_ref().map(|email| format!(" <{}>", visible(email))).unwrap_or_default();
    screen.say(&format!("This asks {}{address} to sign:", someone(&asked.name)));
    screen.gap();
    let claims = plan.claims();
    screen.say_under("    ", "    ", &visible(&claims.statement));
    screen.gap();
    screen.say_under(
        "    ",
        "    ",
        &format!("{}, {}", visible(claims.subject.name.as_deref().unwrap_or_default()), visible(email)),
    );
    screen.say_under("    ", "    ", &placement_line(claims));
    if let Some(role) = &claims.role {
        screen.say_under("    ", "    ", &format!("Role: {}", visible(role)));
    }
    if !claims.skills.is_empty() {
        let names: Vec<String> = claims.skills.iter().map(|skill| visible(&skill.name)).collect();
        screen.say_under("    ", "    ", &format!("Skills: {}", names.join(", ")));
    }
    let widest = claims.items.iter().map(|item| width(&visible(&item.title))).max().unwrap_or(0).min(30);
    for (place, item) in claims.items.iter().enumerate() {
        let files = files(claims, Some(&item.title)).unwrap_or_else(|| "nothing added".to_owned());
        let first = format!("      {}  {}   ", place + 1, pad(&visible(&item.title), widest));
        screen.say_under(&first, &" ".repeat(12 + widest), &files);
    }
    if let Some(others) = files(claims, None) {
        screen.say_under("      -  ", "         ", &others);
    }
    for line in &course_text::lines(plan.course()) {
        screen.say_under(&format!("    {}", line.indent), &format!("      {}", line.indent), &line.text);
    }
    screen.gap();
    let first_name = first_name(&asked.name);
    screen.say(&format!(
        "For each item it also says what was asked and the result you gave. {first_name} adds the marks, and can change any of it, before signing."
    ));
    screen.gap();
}

fn placement_line(claims: &Claims) -> String {
    let mut line = visible(&claims.title);
    if let Some(organisation) = &claims.organisation {
        line += &format!(", {}", visible(organisation));
    }
    if let (Some(starts), Some(ends)) = (claims.subject.starts, claims.subject.ends) {
        line += &format!(", {}", span(starts, ends));
    }
    line
}

/// The files for one deliverable, or for none, and which of them may be left out of a bundle.
fn files(claims: &Claims, item: Option<&String>) -> Option<String> {
    let named = |withheld: bool| {
        let mine = claims.evidence.iter().filter(|evidence| evidence.item.as_ref() == item);
        let mine = mine.filter(|evidence| evidence.may_be_withheld() == withheld);
        mine.map(|evidence| file(&evidence.name)).collect::<Vec<_>>().join(", ")
    };
    match (named(false), named(true)) {
        (kept, withheld) if kept.is_empty() && withheld.is_empty() => None,
        (kept, withheld) if withheld.is_empty() => Some(kept),
        (kept, withheld) if kept.is_empty() => Some(format!("{withheld}, may be withheld")),
        (kept, withheld) => Some(format!("{kept}; {withheld}, may be withheld")),
    }
}

fn tell(requested: &Requested, asked: &Person, world: &World, screen: &mut Screen) {
    let (archive, letter) = (shown(&requested.archive, world), shown(&requested.letter, world));
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "RequestWritten",
            "id": requested.id.as_str(),
            "archive": archive,
            "size": requested.len,
            "letter": letter,
        }));
        return;
    }
    if screen.manner.plain {
        screen.line(&format!("{}\t{archive}\t{letter}", requested.id));
        return;
    }
    let folder = requested.archive.parent().unwrap_or(&requested.archive);
    let who = first_name(&asked.name);
    screen.say(&format!(
        "Wrote two files to send to {who}, in {0}{1}{0:#}",
        style::CODE,
        shown(folder, world)
    ));
    let named = |path: &std::path::Path| file(&path.file_name().unwrap_or_default().to_string_lossy());
    let (archive, letter) = (named(&requested.archive), named(&requested.letter));
    let widest = width(&archive).max(width(&letter));
    screen.line(&format!("  {}   {}", pad(&archive, widest), size(requested.len)));
    screen.line(&format!("  {}   the message", pad(&letter, widest)));
    screen.gap();
    screen.line("When the answer comes: portfolio collect FILE");
}
