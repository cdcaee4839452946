//! `placement terms`: what may be done with the work, clause by clause, which bundles and exports keep to.

use portfolio::holder::{Agreed, Clause, Condition, Owner, Placement, State, Terms};
use portfolio::path::Slug;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::someone;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::agreed;
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `placement terms` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// Who owns the work: me, them, shared
    #[arg(long, value_name = "WHO")]
    pub ownership: Option<String>,
    /// What has to happen before it is theirs: nothing, payment, credential
    #[arg(long, value_name = "WHAT")]
    pub depends_on: Option<String>,
    /// The day on which that happened
    #[arg(long, value_name = "DAY")]
    pub met_on: Option<String>,
    /// May you name it in public: yes, no, partly, unknown
    #[arg(long, value_name = "STATE")]
    pub naming: Option<String>,
    /// Is there an export of your work: yes, no, partly, unknown
    #[arg(long, value_name = "STATE")]
    pub export: Option<String>,
    /// The day on which you had the export in hand
    #[arg(long, value_name = "DAY")]
    pub export_on: Option<String>,
    /// What is confidential: nothing, all, or what in a few words
    #[arg(long, value_name = "WHAT")]
    pub confidential: Option<String>,
    /// May you show and use the work again: yes, no, partly, unknown
    #[arg(long, value_name = "STATE")]
    pub reuse: Option<String>,
    /// The day on which what is forbidden opens by itself
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// The words it came in
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Where they stand: "contract page 3", "said by Priya 2026-05-20"
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "The terms were not changed.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let id = crate::words::answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let named = from_flags(args)?;
    let folder = folder_words::find(world, UNDONE)?;
    let placement = folder.placement(&id).map_err(refused)?;
    let unsettled = placement.terms.unsettled();
    if named.is_empty() && (unsettled.is_empty() || !screen.can_ask()) {
        tell(&id, &placement, screen);
        return Ok(exit::DONE);
    }
    let answered = if named.is_empty() { ask(&unsettled, screen)? } else { named };
    let locked = folder_words::lock("placement terms", args.waiting, world, UNDONE)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write placements/{id}/placement.json"));
        return Ok(exit::DONE);
    }
    let change = |placement: &mut Placement| {
        for (clause, answer) in answered {
            let place = placement.terms.answer_mut(clause);
            let merged = merge(place.take(), answer);
            *place = Some(merged);
        }
    };
    let placement = locked.change_placement(&id, change).map_err(refused)?;
    if screen.manner.json || screen.manner.plain {
        tell(&id, &placement, screen);
        return Ok(exit::DONE);
    }
    screen.settle();
    screen.line(&format!("Saved the terms of {id}."));
    warn(&id, &placement, screen);
    let open = placement.terms.unsettled();
    if !open.is_empty() {
        let titles: Vec<String> =
            open.iter().map(|clause| agreed::clause_title(*clause).to_lowercase()).collect();
        screen.say(&format!("Not settled: {}.", titles.join(", ")));
    }
    Ok(exit::DONE)
}

/// The new answer over the old: what was not said again stays, as long as the state is the same.
fn merge(before: Option<Agreed>, now: Agreed) -> Agreed {
    let Some(before) = before.filter(|before| before.state == now.state || now.state == State::Unknown)
    else {
        return now;
    };
    Agreed {
        state: before.state,
        owner: now.owner.or(before.owner),
        depends_on: now.depends_on.or(before.depends_on),
        met: now.met.or(before.met),
        until: now.until.or(before.until),
        words: now.words.or(before.words.clone()),
        source: now.source.or(before.source.clone()),
        ..before
    }
}

/// What the flags say, clause by clause; nothing where there are none.
fn from_flags(args: &Args) -> Result<Vec<(Clause, Agreed)>, Trouble> {
    let wrong =
        |flag: &str, why: String| Trouble::usage(format!("{flag} cannot be used")).fact(why).fact(UNDONE);
    let state = |flag: &str, text: &str| {
        agreed::read_state(text)
            .ok_or_else(|| wrong(flag, "A state is yes, no, partly or unknown.".to_owned()))
    };
    let day = |flag: &str, given: &Option<String>| {
        given.as_deref().map(answers::day).transpose().map_err(|why| wrong(flag, why))
    };
    let mut found = Vec::new();
    let met = day("--met-on", &args.met_on)?;
    if args.ownership.is_some() || args.depends_on.is_some() || met.is_some() {
        let read = |text: &String| owner(text).map_err(|why| wrong("--ownership", why));
        let owner = args.ownership.as_ref().map(read).transpose()?;
        let read = |text: &String| condition(text).map_err(|why| wrong("--depends-on", why));
        let depends_on = args.depends_on.as_ref().map(read).transpose()?;
        let answer = Agreed { state: State::Yes, owner, depends_on, met, ..Agreed::default() };
        found.push((Clause::Ownership, answer));
    }
    if let Some(text) = &args.naming {
        found.push((Clause::Naming, Agreed { state: state("--naming", text)?, ..Agreed::default() }));
    }
    let in_hand = day("--export-on", &args.export_on)?;
    if args.export.is_some() || in_hand.is_some() {
        let state = args.export.as_ref().map(|text| state("--export", text)).transpose()?;
        let state = state.unwrap_or(State::Yes);
        found.push((Clause::Export, Agreed { state, met: in_hand, ..Agreed::default() }));
    }
    if let Some(text) = &args.confidential {
        let answer = confidential(text).map_err(|why| wrong("--confidential", why))?;
        found.push((Clause::Confidentiality, answer));
    }
    if let Some(text) = &args.reuse {
        found.push((Clause::Reuse, Agreed { state: state("--reuse", text)?, ..Agreed::default() }));
    }
    let source =
        args.source.as_deref().map(agreed::read_source).transpose().map_err(|why| wrong("--source", why))?;
    let words = args.words.as_deref().map(answers::words).transpose().map_err(|why| wrong("--words", why))?;
    let until = day("--until", &args.until)?;
    let closing = found.iter().filter(|(clause, answer)| may_end(*clause, answer)).count();
    if until.is_some() && closing != 1 {
        let why = "It is for one clause that forbids something: --naming no, --confidential or --reuse no.";
        return Err(wrong("--until", why.to_owned()));
    }
    if (words.is_some() && found.len() != 1) || (source.is_some() && found.is_empty()) {
        return Err(wrong("--words or --source", "Name the clause that they are about.".to_owned()));
    }
    for (clause, answer) in &mut found {
        if may_end(*clause, answer) {
            answer.until = until;
        }
        answer.words = words.clone().or(answer.words.take());
        answer.source.clone_from(&source);
    }
    Ok(found)
}

/// Whether a clause forbids something, so that it can open on a day.
fn may_end(clause: Clause, answer: &Agreed) -> bool {
    match clause {
        Clause::Naming | Clause::Reuse => answer.state == State::No,
        Clause::Confidentiality => matches!(answer.state, State::Yes | State::Partly),
        Clause::Ownership | Clause::Export => false,
    }
}

fn owner(text: &str) -> Result<Owner, String> {
    match text.to_lowercase().as_str() {
        "me" => Ok(Owner::Me),
        "them" => Ok(Owner::Them),
        "shared" => Ok(Owner::Shared),
        _ => Err("One of: me, them, shared.".to_owned()),
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    match text.to_lowercase().as_str() {
        "nothing" => Ok(Condition::Nothing),
        "payment" => Ok(Condition::Payment),
        "credential" => Ok(Condition::Credential),
        _ => Err("One of: nothing, payment, credential.".to_owned()),
    }
}

/// `nothing`, `all`, or what it is in a few words.
fn confidential(text: &str) -> Result<Agreed, String> {
    Ok(match text.to_lowercase().as_str() {
        "nothing" | "no" => Agreed { state: State::No, ..Agreed::default() },
        "all" | "everything" | "yes" => Agreed { state: State::Yes, ..Agreed::default() },
        _ => Agreed { state: State::Partly, words: Some(answers::name(text)?), ..Agreed::default() },
    })
}

/// The questions of the clauses that are open; what is skipped stays open.
fn ask(open: &[Clause], screen: &mut Screen) -> Result<Vec<(Clause, Agreed)>, Trouble> {
    let mut answered = Vec::new();
    for clause in open {
        if let Some(answer) = ask_one(*clause, screen)? {
            answered.push((*clause, answer));
        }
    }
    if !answered.is_empty() {
        let question = "  Where does it say so (contract page 3, e-mail 2026-05-18, said by Priya\n  2026-05-20; Enter for nowhere): ";
        let source = answers::given_or_skipped(None, question, "--source", agreed::read_source, screen)?;
        for (_, answer) in &mut answered {
            answer.source.clone_from(&source);
        }
    }
    Ok(answered)
}

fn ask_one(clause: Clause, screen: &mut Screen) -> Result<Option<Agreed>, Trouble> {
    let state =
        |text: &str| agreed::read_state(text).ok_or_else(|| "Please type yes, no or partly.".to_owned());
    let plain = |state: State| (state != State::Unknown).then(|| Agreed { state, ..Agreed::default() });
    let until = |screen: &mut Screen| {
        answers::given_or_skipped(
            None,
            "  Until (YYYY-MM-DD, Enter for no end): ",
            "--until",
            answers::day,
            screen,
        )
    };
    Ok(match clause {
        Clause::Ownership => {
            let question = "  Who owns the work (me, them, shared): ";
            let Some(owner) = answers::given_or_skipped(None, question, "--ownership", owner, screen)? else {
                return Ok(None);
            };
            let depends_on = match owner {
                Owner::Me => None,
                _ => {
                    let question = "  Does that depend on something (nothing, payment, credential): ";
                    answers::given_or_skipped(None, question, "--depends-on", condition, screen)?
                }
            };
            Some(Agreed { state: State::Yes, owner: Some(owner), depends_on, ..Agreed::default() })
        }
        Clause::Naming | Clause::Reuse => {
            let (question, flag) = match clause {
                Clause::Naming => ("  May you name it in public (yes, no, partly): ", "--naming"),
                _ => ("  May you show and use the work again (yes, no, partly): ", "--reuse"),
            };
            let mut answer = plain(screen.ask_until(question, flag, state)?);
            if let Some(answer) = answer.as_mut().filter(|answer| answer.state == State::No) {
                answer.until = until(screen)?;
            }
            answer
        }
        Clause::Export => plain(screen.ask_until(
            "  Export of your work at the end (yes, no, partly): ",
            "--export",
            state,
        )?),
        Clause::Confidentiality => {
            let question = "  What is confidential: nothing, all, or what in a few words: ";
            let answer = answers::given_or_skipped(None, question, "--confidential", confidential, screen)?;
            match answer {
                Some(answer) if answer.state != State::No => {
                    let question = "  Confidential until (YYYY-MM-DD, Enter for no end): ";
                    let until = answers::given_or_skipped(None, question, "--until", answers::day, screen)?;
                    Some(Agreed { until, ..answer })
                }
                answer => answer,
            }
        }
    })
}

/// What is easily overlooked.
fn warn(id: &Slug, placement: &Placement, screen: &mut Screen) {
    let Some(ownership) = &placement.terms.ownership else { return };
    let firm = placement
        .organisation
        .as_deref()
        .map_or_else(|| "theirs".to_owned(), |name| format!("{}'s", someone(name)));
    let (thing, keep) = match ownership.depends_on {
        Some(Condition::Payment) if ownership.met.is_none() => ("you are paid", "a record of payment"),
        Some(Condition::Credential) if ownership.met.is_none() => {
            ("you have the credential", "the credential")
        }
        _ => return,
    };
    let mark = screen.symbol(Symbol::Alert);
    screen.say_under(
        &format!("  {mark}  "),
        "     ",
        &format!("The work becomes {firm} only once {thing}. Keep {keep} in private/{id}/."),
    );
}

/// The terms as they are.
fn tell(id: &Slug, placement: &Placement, screen: &mut Screen) {
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "Terms",
            "placement": id.as_str(),
            "terms": placement.terms,
            "unsettled": placement.terms.unsettled().iter().map(|clause| clause.name()).collect::<Vec<_>>(),
        }));
        return;
    }
    if screen.manner.plain {
        for clause in Clause::ALL {
            screen.line(&plain(id, clause, &placement.terms));
        }
        return;
    }
    rows(&placement.terms, screen);
    if !placement.terms.unsettled().is_empty() {
        screen.hint(&format!("settle one by itself: portfolio placement terms {id} --naming yes"));
    }
}

/// One line for programs: placement, clause, state, until, words, source.
fn plain(id: &Slug, clause: Clause, terms: &Terms) -> String {
    let answer = terms.answer(clause);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let fields = [
        id.to_string(),
        clause.name().to_owned(),
        agreed::state_word(terms.state(clause)).to_owned(),
        or_dash(answer.and_then(|answer| answer.until).map(|until: Date| until.to_string())),
        or_dash(answer.and_then(|answer| answer.words.as_deref().map(visible))),
        or_dash(
            answer
                .and_then(|answer| answer.source.as_ref())
                .map(|origin| agreed::source(origin).replace('\u{a0}', " ")),
        ),
    ];
    fields.join("\t")
}

/// The clauses as rows, unknown ones in sight.
pub fn rows(terms: &Terms, screen: &mut Screen) {
    for clause in Clause::ALL {
        let (symbol, text) = match terms.answer(clause).filter(|answer| answer.state != State::Unknown) {
            Some(answer) => (None, described(answer)),
            None => (Some(Symbol::Ask), "unknown".to_owned()),
        };
        let mark = symbol.map_or_else(|| " ".to_owned(), |symbol| screen.symbol(symbol));
        let title = agreed::clause_title(clause);
        screen.say_under(&format!("  {mark} {title:<14}"), "                  ", &text);
    }
}

/// `no, until 1 Jan 2027: “…” (contract, page 3)`.
pub fn described(answer: &Agreed) -> String {
    let mut text = agreed::gist(answer);
    if let Some(met) = answer.met {
        text += &format!(", done on {}", hold(&met.people()));
    }
    if let Some(words) = &answer.words {
        text += &format!(": {}", quoted(words));
    }
    if let Some(origin) = &answer.source {
        text += &format!(" ({})", agreed::source(origin));
    }
    text
}
