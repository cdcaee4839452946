//! `roi`: what each placement was worth, in facts that an employer can look at. No score.

use portfolio::holder::{Outcome as CameOfIt, Paid, State, Worth};
use portfolio::render::escape::visible;
use portfolio::render::layout::{cut_with, padded};
use portfolio::render::naming::someone;

use crate::command::listing::csv;
use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::{COLUMNS, Screen};
use crate::terminal::surroundings::World;
use crate::words::folder_words;

/// What `roi` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio roi\n  portfolio roi --csv > worth.csv")]
pub struct Args {
    /// Print a table for a spreadsheet
    #[arg(long, conflicts_with_all = ["json", "plain"])]
    pub csv: bool,
}

const UNDONE: &str = "Nothing was shown.";
const HEADINGS: [&str; 4] = ["Placement", "Seen", "Checkable", "What came of it"];
const FIELDS: [&str; 14] = [
    "placement",
    "title",
    "organisation",
    "hours",
    "paid",
    "amount",
    "currency",
    "per",
    "named",
    "shown",
    "works",
    "signed_by",
    "signed_until",
    "outcomes",
];

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let all =
        folder.worth(world.now().date()).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if args.csv {
        let rows: Vec<Vec<String>> = all.iter().map(fields).collect();
        screen.raw(csv(&FIELDS, &rows).as_bytes());
    } else if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "Worth", "placements": list }));
    } else if screen.manner.plain {
        all.iter().for_each(|one| screen.line(&fields(one).join("\t")));
    } else if all.is_empty() {
        screen.line("There is no placement yet.");
        screen.next("portfolio placement new NAME");
    } else {
        show(&all, screen);
    }
    Ok(exit::DONE)
}

fn show(all: &[Worth], screen: &mut Screen) {
    let rows: Vec<[String; 4]> =
        all.iter().map(|one| [one.id.to_string(), seen(one), checkable(one), came_of_it(one)]).collect();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| crate::terminal::wrap::width(&row[column]));
        cells.max().unwrap_or(0).max(crate::terminal::wrap::width(HEADINGS[column]))
    };
    // The last column takes what the others leave; a long id gives way before them.
    let (second, third) = (widest(1).min(24), widest(2).min(24));
    let first = widest(0).min(COLUMNS - 6 - second - third - 16);
    let widths = [first, second, third, COLUMNS - 6 - first - second - third];
    let ellipsis = if screen.manner.ascii { "..." } else { "…" };
    let line = |cells: [&str; 4]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| padded(&cut_with(cell, width, ellipsis), width))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    screen.line(&format!("{0}{1}{0:#}", style::HEAD, line(HEADINGS)));
    for row in &rows {
        screen.line(&line([&row[0], &row[1], &row[2], &row[3]]));
    }
    screen.gap();
    for one in all {
        if let Some(paid) = paid(one) {
            screen.say(&paid);
        }
    }
    screen.say("No score is computed: the three columns are what an employer can look at.");
    if screen.manner.verbose {
        for one in all {
            screen.gap();
            screen.line(&format!("{0}{1}{0:#}", style::HEAD, one.id));
            for signed in &one.signed {
                let until =
                    signed.until.map_or_else(|| "no end".to_owned(), |day| format!("until {}", day.people()));
                let text = format!(
                    "signed {} by a key that calls itself {}, {until}",
                    signed.signed.date().people(),
                    portfolio::render::escape::quoted(&signed.signer)
                );
                screen.say_under("  ", "    ", &text);
            }
            for outcome in &one.outcomes {
                let words =
                    outcome.words.as_deref().map(|words| format!(": {}", visible(words))).unwrap_or_default();
                screen.say_under(
                    "  ",
                    "    ",
                    &format!("{} {}{words}", outcome.kind.as_str(), outcome.date.people()),
                );
            }
        }
    }
}

/// `named, 2 of 3 files`.
fn seen(one: &Worth) -> String {
    let named = if one.may_be_named { "named" } else { "not named" };
    match (one.shown, one.works) {
        (_, 0) => format!("{named}, no work yet"),
        (0, _) => format!("{named}, no work"),
        (shown, works) => format!("{named}, {shown} of {works} works"),
    }
}

fn checkable(one: &Worth) -> String {
    let deposits = match one.deposits.len() {
        0 => String::new(),
        1 => ", 1 deposit".to_owned(),
        more => format!(", {more} deposits"),
    };
    let signed = match one.signed.first() {
        None => "no sign-off yet".to_owned(),
        Some(signed) => match signed.until {
            Some(until) => {
                let day = until.people();
                let month = day.split_once(' ').map_or(day.as_str(), |(_, month)| month);
                format!("signed to {month}")
            }
            None => "signed, no end".to_owned(),
        },
    };
    signed + &deposits
}

fn came_of_it(one: &Worth) -> String {
    if one.outcomes.is_empty() {
        return "not written down".to_owned();
    }
    one.outcomes.iter().map(outcome_words).collect::<Vec<_>>().join("; ")
}

fn outcome_words(outcome: &CameOfIt) -> String {
    let more = outcome.words.as_deref().map(|words| format!(": {}", visible(words))).unwrap_or_default();
    format!("{}{more}", outcome.kind.as_str())
}

/// `Paid: 2,400 GBP for 120 h at acme-forecasting.`
fn paid(one: &Worth) -> Option<String> {
    let hours = one.hours.map(|hours| format!(" for {hours} h")).unwrap_or_default();
    let at = someone(one.id.as_str());
    let at = at.trim_matches(['“', '”']);
    match &one.pay {
        Some(Paid { state: State::No, .. }) => Some(format!("Not paid{hours} at {at}.")),
        Some(Paid { amount: Some(amount), currency, per, .. }) => {
            let currency =
                currency.as_deref().map(|currency| format!(" {}", visible(currency))).unwrap_or_default();
            let per = per.as_deref().filter(|per| *per != "placement");
            let per = per.map(|per| format!(" per {}", visible(per))).unwrap_or_default();
            Some(format!("Paid: {}{currency}{per}{hours} at {at}.", grouped(amount)))
        }
        Some(Paid { state: State::Yes | State::Partly, .. }) => {
            Some(format!("Paid, the amount is not written down{hours}, at {at}."))
        }
        _ if one.hours.is_some() => Some(format!("Worked{hours} at {at}; pay is not written down.")),
        _ => None,
    }
}

/// `2400` as `2,400`; what is no plain number stays.
fn grouped(amount: &str) -> String {
    let (whole, rest) = amount.split_once('.').map_or((amount, None), |(whole, rest)| (whole, Some(rest)));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return visible(amount);
    }
    let mut made = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            made.push(',');
        }
        made.push(digit);
    }
    rest.map_or(made.clone(), |rest| format!("{made}.{}", visible(rest)))
}

fn state_word(state: State) -> &'static str {
    match state {
        State::Unknown => "unknown",
        State::Yes => "yes",
        State::No => "no",
        State::Partly => "partly",
    }
}

/// One record of text for spreadsheets and programs, in the order of the headings.
fn fields(one: &Worth) -> Vec<String> {
    let text = |text: Option<&str>| text.map(visible).unwrap_or_default();
    let pay = one.pay.as_ref();
    let newest = one.signed.first();
    let outcomes = one.outcomes.iter().map(|outcome| format!("{} {}", outcome.date, outcome.kind.as_str()));
    vec![
        one.id.to_string(),
        visible(&one.title),
        text(one.organisation.as_deref()),
        one.hours.map(|hours| hours.to_string()).unwrap_or_default(),
        pay.map_or("unknown", |pay| state_word(pay.state)).to_owned(),
        text(pay.and_then(|pay| pay.amount.as_deref())),
        text(pay.and_then(|pay| pay.currency.as_deref())),
        text(pay.and_then(|pay| pay.per.as_deref())),
        if one.may_be_named { "yes" } else { "no" }.to_owned(),
        one.shown.to_string(),
        one.works.to_string(),
        text(newest.map(|signed| signed.signer.as_str())),
        newest.and_then(|signed| signed.until).map(|until| until.to_string()).unwrap_or_default(),
        outcomes.collect::<Vec<_>>().join("; "),
    ]
}

fn as_json(one: &Worth) -> serde_json::Value {
    let mut value = serde_json::json!({
        "id": one.id.as_str(),
        "title": one.title,
        "mayBeNamed": one.may_be_named,
        "shown": one.shown,
        "works": one.works,
        "signed": one.signed.iter().map(|signed| {
            let mut value = serde_json::json!({
                "id": signed.id.as_str(), "signer": signed.signer, "validFrom": signed.signed.to_string(),
            });
            if let Some(until) = signed.until {
                value["until"] = until.to_string().into();
            }
            value
        }).collect::<Vec<_>>(),
        "deposits": one.deposits.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "outcomes": one.outcomes,
    });
    if let Some(organisation) = &one.organisation {
        value["organisation"] = organisation.as_str().into();
    }
    if let Some(hours) = one.hours {
        value["hours"] = hours.into();
    }
    if let Some(pay) = &one.pay {
        let mut paid = serde_json::json!({ "state": state_word(pay.state) });
        for (name, text) in [("amount", &pay.amount), ("currency", &pay.currency), ("per", &pay.per)] {
            if let Some(text) = text {
                paid[name] = text.as_str().into();
            }
        }
        value["pay"] = paid;
    }
    value
}
