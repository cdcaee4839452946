//! `offer new`: writes an offer down, question by question, with the words of each answer and where they stand.

use std::path::PathBuf;

use portfolio::holder::{Agreed, FORMAT, Mentor, Offer, Origin, Question, State};
use portfolio::path::Slug;
use portfolio::time::Date;

use super::questions;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::agreed;
use crate::words::answers;
use crate::words::disk_words::shown;
use crate::words::folder_words::{self, Waiting};

/// What `offer new` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// Its short name here, such as acme-forecasting
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The paper itself, to be filed in private/ and never shared
    #[arg(long, value_name = "FILE")]
    pub offer: Option<PathBuf>,
    /// Organisation
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// Title of the placement
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What you would be there
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// First day
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Who to ask: "Priya Nair <priya@acme.example>"
    #[arg(long, value_name = "PERSON")]
    pub mentor: Option<String>,
    /// An answer: "naming=yes; the words; contract page 3"; again for each
    #[arg(long, value_name = "KEY=ANSWER")]
    pub answer: Vec<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was written.";

/// Runs the command.
pub fn run(args: &New, world: &World, screen: &mut Screen) -> Outcome {
    let id = answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("offer new", args.waiting, world, UNDONE)?;
    let before = locked.offers().map_err(refused)?.into_iter().find(|(known, _)| *known == id);
    let before = before.map(|(_, offer)| offer);
    if let Some(made) = before.as_ref().and_then(|offer| offer.decision.as_ref()) {
        let decided =
            portfolio::holder::HolderFault::OfferDecided { offer: id, decided: made.outcome, on: made.on };
        return Err(refused(decided));
    }
    let given = flags(args)?;
    let mut offer = before.unwrap_or_else(|| blank(&id, world));
    facts(args, &mut offer, screen)?;
    answers::days_in_order(offer.starts, offer.ends, UNDONE)?;
    // A script that answers by flags leaves the rest unknown.
    if given.is_empty() && screen.can_ask() {
        ask_open(&mut offer, screen)?;
    }
    for (question, answer) in given {
        put(&mut offer, question, answer);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would write private/{id}/offer.json"));
        return Ok(exit::DONE);
    }
    let filed = match &args.offer {
        Some(paper) => Some(locked.file_offer(&id, &world.at(paper)).map_err(refused)?),
        None => None,
    };
    let path = locked.write_offer(&id, &offer).map_err(refused)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "OfferWritten", "id": id.as_str(), "offer": offer }));
        return Ok(exit::DONE);
    }
    screen.settle();
    if let Some(paper) = filed {
        screen.say(&format!(
            "Filed the offer as {}. It is never shared unless you add it yourself.",
            shown(&paper, world)
        ));
    }
    screen.line(&format!("Wrote {}", shown(&path, world)));
    match offer.unknown().len() {
        0 => {
            screen.line("Every question is answered.");
            screen.next(&format!("portfolio offer accept {id}"));
        }
        open => {
            let questions = if open == 1 { "question is" } else { "questions are" };
            screen.line(&format!("{open} {questions} still unknown."));
            screen.next(&format!("portfolio offer ask {id}"));
        }
    }
    Ok(exit::DONE)
}

fn blank(id: &Slug, world: &World) -> Offer {
    Offer {
        format_version: FORMAT,
        title: id.as_str().to_owned(),
        organisation: None,
        role: None,
        starts: None,
        ends: None,
        mentor: None,
        answers: Default::default(),
        decision: None,
        created: world.now(),
        other: Default::default(),
    }
}

fn flags(args: &New) -> Result<Vec<(Question, Agreed)>, Trouble> {
    let read = |text: &String| {
        questions::read_flag(text)
            .map_err(|why| Trouble::usage("--answer cannot be used").fact(why).fact(UNDONE))
    };
    args.answer.iter().map(read).collect()
}

/// Where and when, from a flag, from what is there, or from a question.
fn facts(args: &New, offer: &mut Offer, screen: &mut Screen) -> Result<(), Trouble> {
    let asks = args.answer.is_empty();
    let is_new = offer.title == args.name;
    let mut text = |given: &Option<String>, had: bool, question: &str, flag: &str| {
        if given.is_none() && (had || !asks) {
            return Ok(None);
        }
        answers::given_or_skipped(given.as_deref(), question, flag, answers::name, screen)
    };
    let organisation =
        text(&args.organisation, offer.organisation.is_some(), "  Organisation: ", "--organisation")?;
    let title = text(&args.title, !is_new, "  Title of the placement: ", "--title")?;
    let role = text(&args.role, offer.role.is_some(), "  What you would be there: ", "--role")?;
    let mut day = |given: &Option<String>, had: Option<Date>, question: &str, flag: &str| {
        if given.is_none() && (had.is_some() || !asks) {
            return Ok(had);
        }
        Ok(answers::given_or_skipped(given.as_deref(), question, flag, answers::day, screen)?.or(had))
    };
    offer.starts = day(&args.from, offer.starts, "  First day (YYYY-MM-DD): ", "--from")?;
    offer.ends = day(&args.to, offer.ends, "  Last day (YYYY-MM-DD): ", "--to")?;
    if args.mentor.is_some() || (offer.mentor.is_none() && asks) {
        let question = "  Who to ask, name and email: ";
        let mentor =
            answers::given_or_skipped(args.mentor.as_deref(), question, "--mentor", answers::person, screen)?;
        if let Some((name, email)) = mentor {
            offer.mentor = Some(Mentor { name, email, other: Default::default() });
        }
    }
    offer.organisation = organisation.or(offer.organisation.take());
    offer.title = title.unwrap_or_else(|| offer.title.clone());
    offer.role = role.or(offer.role.take());
    Ok(())
}

/// Every question that is unknown; Enter leaves it so. A source is offered again for the next answer.
fn ask_open(offer: &mut Offer, screen: &mut Screen) -> Result<(), Trouble> {
    let open = offer.unknown();
    if open.is_empty() {
        return Ok(());
    }
    screen.tell(&format!("{} questions. Press Enter where nobody has said: it stays unknown.", open.len()));
    let mut last: Option<(String, Origin)> = None;
    for question in open {
        let line = format!("  {}", questions::prompt(question));
        let mut answer = screen.ask_until(&line, "--answer", |typed| questions::read(question, typed))?;
        if answer.state == State::Unknown {
            continue;
        }
        let words =
            answers::given_or_skipped(None, "    In which words: ", "--answer", answers::words, screen)?;
        answer.words = words.filter(|words| !words.is_empty());
        let again = last.as_ref().map(|(typed, _)| format!("[{typed}]"));
        let again = again.unwrap_or_else(|| "(such as contract page 3)".to_owned());
        let typed =
            screen.ask_until(&format!("    Said where {again}: "), "--answer", |typed| match typed {
                "" => Ok(None),
                typed => agreed::read_source(typed).map(|origin| Some((typed.to_owned(), origin))),
            })?;
        if let Some(said) = typed {
            last = Some(said);
        }
        answer.source = last.as_ref().map(|(_, origin)| origin.clone());
        put(offer, question, answer);
    }
    Ok(())
}

/// Puts an answer in place of an earlier one, whose unknown members stay.
fn put(offer: &mut Offer, question: Question, answer: Agreed) {
    let other = offer.answers.remove(question.name()).map(|before| before.other).unwrap_or_default();
    offer.answers.insert(question.name().to_owned(), Agreed { other, ..answer });
}
