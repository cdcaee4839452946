//! `offer ask`: the e-mail that asks what is still unknown.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, Mode};
use portfolio::holder::{Offer, Question};
use portfolio::path::Slug;
use portfolio::render::layout::wrap;

use super::{look, questions};
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::folder_words;
use crate::words::replacing::may_replace;

/// What `offer ask` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The offer, or a placement
    #[arg(value_name = "OFFER")]
    pub name: String,
    /// Ask only how the credential can be carried elsewhere and checked there
    #[arg(long)]
    pub verification_spec: bool,
    /// Where to write it; without one it is printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The questions about the credential itself.
const SPEC: [Question; 4] = [Question::Format, Question::Schema, Question::Verification, Question::Links];
/// Lines of an e-mail stay short, so that answering below each is easy.
const LINE: usize = 72;

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let (id, offer) = asked_about(&args.name, world)?;
    let about = folder_words::find(world, "Nothing was written.")?.about().clone();
    // Asked for by name, the specification is asked for whole: half of one checks nothing.
    let open: Vec<Question> = if args.verification_spec { SPEC.to_vec() } else { offer.unknown() };
    if screen.manner.json {
        let text = letter(&offer, &about.name, &open);
        let asked: Vec<&str> = open.iter().map(|question| question.name()).collect();
        screen.json(&serde_json::json!({ "type": "OfferLetter", "id": id.as_str(), "questions": asked, "text": text }));
        return Ok(exit::DONE);
    }
    if open.is_empty() {
        screen.line(&format!("Nothing about {id} is unknown."));
        screen.next(&format!("portfolio offer accept {id}"));
        return Ok(exit::DONE);
    }
    let text = letter(&offer, &about.name, &open);
    let Some(file) = args.output.as_deref().filter(|file| *file != Path::new("-")) else {
        screen.raw(text.as_bytes());
        return Ok(exit::DONE);
    };
    let output = world.at(file);
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}", shown(&output, world)));
        return Ok(exit::DONE);
    }
    let undone = "The e-mail was not written.";
    let replace = may_replace(&output, undone, world, screen)?;
    let write = if replace { disk::replace } else { disk::write_new };
    write(&output, text.as_bytes(), Mode::Private).map_err(|fault| refusal(fault, world, undone))?;
    screen.say(&format!("Wrote {}. When the answers come: portfolio offer new {id}", shown(&output, world)));
    Ok(exit::DONE)
}

/// The offer of that name, or a placement that was written down without one, as far as it is settled.
fn asked_about(name: &str, world: &World) -> Result<(Slug, Offer), Trouble> {
    let no_offer = match look::found(name, world) {
        Err(trouble) if trouble.kind == "no-such-offer" => trouble,
        found => return found,
    };
    let id = crate::words::answers::placement_id(name)?;
    let Ok(placement) = folder_words::find(world, "Nothing was written.")?.placement(&id) else {
        return Err(no_offer);
    };
    let (terms, carried) = (placement.terms, placement.portability);
    let known = [
        (Question::Ownership, terms.ownership),
        (Question::Naming, terms.naming),
        (Question::Export, terms.export),
        (Question::Confidentiality, terms.confidentiality),
        (Question::Reuse, terms.reuse),
        (Question::Format, carried.format),
        (Question::Schema, carried.schema),
        (Question::Verification, carried.verification),
        (Question::Links, carried.links),
        (Question::Pay, placement.pay),
    ];
    let answers =
        known.into_iter().filter_map(|(question, answer)| Some((question.name().to_owned(), answer?)));
    let offer = Offer {
        format_version: placement.format_version,
        title: placement.title,
        organisation: placement.organisation,
        role: placement.role,
        starts: placement.starts,
        ends: placement.ends,
        mentor: placement.mentor,
        answers: answers.collect(),
        decision: None,
        created: placement.created,
        other: Default::default(),
    };
    Ok((id, offer))
}

/// The letter as plain text, a question a paragraph.
fn letter(offer: &Offer, from: &str, open: &[Question]) -> String {
    let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
    let to = offer.mentor.as_ref().map(|mentor| first(&mentor.name));
    let greeting = to.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
    let only_spec = open.iter().all(|question| SPEC.contains(question));
    let (subject, opening) = if only_spec {
        (
            "how your credential can be checked",
            "I would like to keep and show the credential for years, so please tell me how it can be checked without an account with you:",
        )
    } else {
        ("a few questions before I accept", "thank you for the offer. Before I accept, please tell me:")
    };
    let mut text = format!("Subject: {}: {subject}\n\n{greeting}\n\n", offer.title);
    let mut paragraph = |lead: &str, words: &str| {
        let rest = " ".repeat(lead.len());
        for (place, line) in wrap(words, LINE - lead.len()).iter().enumerate() {
            text.push_str(if place == 0 { lead } else { &rest });
            text.push_str(line);
            text.push('\n');
        }
        text.push('\n');
    };
    paragraph("", opening);
    for (place, question) in open.iter().enumerate() {
        paragraph(&format!("{:>2}. ", place + 1), questions::sentence(*question));
    }
    paragraph("", "A line to each is enough, and “not decided yet” is an answer too.");
    text + &format!("Thank you,\n{}\n", first(from))
}
