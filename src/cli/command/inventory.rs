//! `inventory`: every third party the folder names, what it holds, until when, and how to ask for it.

use portfolio::holder::{Holding, Party, PartyKind};
use portfolio::render::escape::visible;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::folder_words;

/// What `inventory` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio inventory\n  portfolio inventory --email \"Acme Retail Ltd\"")]
pub struct Args {
    /// Print an e-mail that asks for a copy or deletion; with a name to that one alone
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["json", "plain"])]
    pub email: Option<String>,
}

const UNDONE: &str = "Nothing was shown.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let all = folder.parties().map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if let Some(name) = &args.email {
        return email(&all, name, &folder.about().name, &folder.about().email, screen);
    }
    if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "Inventory", "parties": list }));
    } else if screen.manner.plain {
        all.iter().for_each(|party| plain(party, screen));
    } else if all.is_empty() {
        screen.line("This folder names no third party yet.");
    } else {
        for (place, party) in all.iter().enumerate() {
            if place > 0 {
                screen.gap();
            }
            show(party, world.now().date(), screen);
        }
        screen.next("portfolio inventory --email");
    }
    Ok(exit::DONE)
}

fn show(party: &Party, today: Date, screen: &mut Screen) {
    let kind = kind_words(party.kind);
    screen.say_under(&format!("{0}{1}{0:#}   ", style::HEAD, visible(&party.name)), "  ", kind);
    for holding in &party.holds {
        screen.say_under("  Holds  ", "         ", &holding_words(holding, today));
    }
    if party.holds.is_empty() {
        screen.say_under("  Holds  ", "         ", "nothing that is written down here");
    }
    screen.say_under("  Ask    ", "         ", &how_to_ask(party));
}

fn kind_words(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Organisation => "where you worked, or were to work",
        PartyKind::Person => "a person you wrote to",
        PartyKind::Issuer => "issued something to you",
        PartyKind::Host => "where something of yours is said to lie",
    }
}

fn holding_words(holding: &Holding, today: Date) -> String {
    let since = holding.since.map(|day| format!(", since {}", hold(&day.people()))).unwrap_or_default();
    let until = match holding.until {
        Some(day) if day < today => format!(", until {}, which has passed", hold(&day.people())),
        Some(day) => format!(", until {}", hold(&day.people())),
        None => ", until when nobody has said".to_owned(),
    };
    format!("{}{since}{until}", visible(&holding.what))
}

fn how_to_ask(party: &Party) -> String {
    match (&party.emails[..], party.kind) {
        ([], PartyKind::Host) => "no address here; look for privacy or contact on its own pages".to_owned(),
        ([], _) => "no address is written down here".to_owned(),
        (emails, _) => {
            let emails: Vec<String> = emails.iter().map(|email| visible(email)).collect();
            format!("write to {}", emails.join(" or "))
        }
    }
}

/// One letter to each, or to the one that was named: it asks for a copy first, and for deletion of the rest.
fn email(all: &[Party], name: &str, own: &str, own_email: &str, screen: &mut Screen) -> Outcome {
    let named = |party: &&Party| name.is_empty() || party.name.to_lowercase() == name.trim().to_lowercase();
    let to: Vec<&Party> = all.iter().filter(named).filter(|party| !party.holds.is_empty()).collect();
    if to.is_empty() {
        let title = if name.is_empty() {
            "nobody here holds anything".to_owned()
        } else {
            format!("nobody called {} holds anything", portfolio::render::escape::quoted(name))
        };
        return Err(Trouble::new(exit::NO, "no-such-party", title)
            .fact(UNDONE)
            .hint("see who is named here: portfolio inventory"));
    }
    for (place, party) in to.iter().enumerate() {
        if place > 0 {
            screen.gap();
            screen.line("----");
            screen.gap();
        }
        let to = party
            .emails
            .first()
            .map_or_else(|| "(no address is written down)".to_owned(), |email| visible(email));
        screen.line(&format!("To: {to}"));
        screen.line("Subject: What you hold about me");
        screen.gap();
        screen.say(&format!("Hello {},", visible(&party.name)));
        screen.gap();
        screen.say("By my records you may hold the following about me:");
        for holding in &party.holds {
            let since = holding.since.map(|day| format!(", since {}", day.people())).unwrap_or_default();
            screen.say_under("  - ", "    ", &format!("{}{since}", visible(&holding.what)));
        }
        screen.gap();
        screen.say("Please send me a copy of it in a common format, and tell me until when you keep it and whom else you gave it to. Please delete what you do not need any more, and tell me when that is done.");
        screen.gap();
        screen.say(&visible(own));
        screen.say(&visible(own_email));
    }
    Ok(exit::DONE)
}

/// One line for programs for each thing held: name, kind, addresses, what, since, until, record.
fn plain(party: &Party, screen: &mut Screen) {
    let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let emails = if party.emails.is_empty() { "-".to_owned() } else { visible(&party.emails.join(",")) };
    let head = [visible(&party.name), party.kind.as_str().to_owned(), emails].join("\t");
    for holding in &party.holds {
        let fields =
            [visible(&holding.what), day(holding.since), day(holding.until), visible(&holding.source)];
        screen.line(&format!("{head}\t{}", fields.join("\t")));
    }
    if party.holds.is_empty() {
        screen.line(&format!("{head}\t-\t-\t-\t-"));
    }
}

fn as_json(party: &Party) -> serde_json::Value {
    let holds = party.holds.iter().map(|holding| {
        let mut value = serde_json::json!({ "what": holding.what, "source": holding.source });
        for (name, day) in [("since", holding.since), ("until", holding.until)] {
            if let Some(day) = day {
                value[name] = day.to_string().into();
            }
        }
        value
    });
    serde_json::json!({
        "name": party.name,
        "kind": party.kind.as_str(),
        "emails": party.emails,
        "holds": holds.collect::<Vec<_>>(),
    })
}
