//! `placement close`: walks what a placement should leave in the student's hands, and closes it.

use portfolio::holder::{Need, Placement, Standing};
use portfolio::path::Slug;
use portfolio::render::escape::visible;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `placement close` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// The day on which you had the export of your work in hand
    #[arg(long, value_name = "DAY")]
    pub export_on: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "The placement was not closed.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let id = crate::words::answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("placement close", args.waiting, world, UNDONE)?;
    let mut needs = locked.closing(&id).map_err(refused)?;
    let is_missing = |needs: &[(Need, Standing)], wanted: Need| {
        needs.iter().any(|(need, standing)| *need == wanted && *standing == Standing::Missing)
    };
    if args.export_on.is_some() || is_missing(&needs, Need::Export) {
        let question = "The day you got the export of your work (YYYY-MM-DD, Enter if not yet): ";
        let day = answers::given_or_skipped(
            args.export_on.as_deref(),
            question,
            "--export-on",
            answers::day,
            screen,
        )?;
        if let (Some(day), false) = (day, screen.manner.dry_run) {
            let change = |placement: &mut Placement| got_the_export(placement, day);
            locked.change_placement(&id, change).map_err(refused)?;
            needs = locked.closing(&id).map_err(refused)?;
        }
    }
    let missing = needs.iter().filter(|(_, standing)| *standing == Standing::Missing).count();
    if !screen.manner.json && !screen.manner.plain {
        screen.settle();
        walk(&id, &needs, screen);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would close {id}"));
        return Ok(exit::DONE);
    }
    if missing > 0 {
        let things = if missing == 1 { "one thing is".to_owned() } else { format!("{missing} things are") };
        if !screen.agree(&format!("Close {id} although {things} missing"))? {
            return Err(Trouble::stopped(UNDONE));
        }
    }
    let closed = locked.close_placement(&id, world.now().date()).map_err(refused)?;
    tell(&id, &closed, &needs, screen);
    Ok(exit::DONE)
}

fn got_the_export(placement: &mut Placement, day: Date) {
    let answer = placement.terms.export.get_or_insert_with(Default::default);
    answer.met = Some(day);
    if answer.state == portfolio::holder::State::Unknown {
        answer.state = portfolio::holder::State::Yes;
    }
}

/// One row for each, with the command that gets what is missing.
fn walk(id: &Slug, needs: &[(Need, Standing)], screen: &mut Screen) {
    for (need, standing) in needs {
        let (symbol, text) = match standing {
            Standing::InHand(what) => (Symbol::Good, in_hand(*need, what)),
            Standing::NotAgreed => (Symbol::Silent, "not agreed".to_owned()),
            _ => (Symbol::Ask, format!("missing. {}", way(*need, id))),
        };
        let mark = screen.symbol(symbol);
        screen.say_under(&format!("  {mark} {:<14}", title(*need)), "                  ", &text);
    }
    screen.gap();
}

fn title(need: Need) -> &'static str {
    match need {
        Need::Report => "Report",
        Need::Artifact => "Work",
        Need::Credential => "Sign-off",
        Need::Export => "Export",
        Need::VerificationSpec => "How to check",
        Need::Story => "Story",
    }
}

fn in_hand(need: Need, what: &str) -> String {
    match (need, Date::parse(what)) {
        (Need::Export, Ok(day)) => format!("in hand since {}", hold(&day.people())),
        (Need::Artifact, _) => format!("{} added", visible(what)),
        _ => visible(what),
    }
}

fn way(need: Need, id: &Slug) -> String {
    let command = match need {
        Need::Report => format!("portfolio add {id} report.pdf"),
        Need::Artifact => format!("portfolio add {id} FILE --for 1"),
        Need::Credential => format!("portfolio request {id}"),
        Need::Export => format!("portfolio placement close {id} --export-on DAY"),
        Need::VerificationSpec => format!("portfolio offer ask {id} --verification-spec"),
        Need::Story => "portfolio story new reflection --on ID".to_owned(),
    };
    hold(&command)
}

fn tell(id: &Slug, placement: &Placement, needs: &[(Need, Standing)], screen: &mut Screen) {
    if screen.manner.json {
        let list = needs.iter().map(|(need, standing)| {
            let (state, what) = match standing {
                Standing::InHand(what) => ("in-hand", Some(what)),
                Standing::NotAgreed => ("not-agreed", None),
                _ => ("missing", None),
            };
            serde_json::json!({ "need": need.name(), "state": state, "what": what })
        });
        screen.json(&serde_json::json!({
            "type": "PlacementClosed",
            "placement": id.as_str(),
            "closed": placement.closed,
            "needs": list.collect::<Vec<_>>(),
        }));
    } else if screen.manner.plain {
        let on = placement.closed.as_ref().map_or_else(|| "-".to_owned(), |closed| closed.on.to_string());
        let missing = placement.closed.as_ref().map(|closed| closed.missing.join(",")).unwrap_or_default();
        screen.line(&format!("{id}\t{on}\t{}", if missing.is_empty() { "-" } else { &missing }));
    } else {
        screen.line(&format!("Closed {id}."));
    }
}
