//! `status`: shows what is there and what comes next.

use portfolio::credential::Form;
use portfolio::holder::{DepositStatus, Noticed, PlacementStatus, SignOffState, Status};
use portfolio::path::Slug;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, some_of, someone};
use portfolio::time::Date;

use crate::command::placement::summary;
use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::{Symbol, style};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad};
use crate::words::folder_words;

/// What `status` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio status\n  portfolio status -v      every piece of work by its id")]
pub struct Args {}

const UNDONE: &str = "Nothing was shown.";

/// Runs the command.
pub fn run(_args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let folder = folder_words::find(world, UNDONE)?;
    let status = folder.status(world.now()).map_err(refused)?;
    if screen.manner.json {
        screen.json(&as_json(&status));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        status.placements.iter().for_each(|placement| screen.line(&plain(placement)));
        return Ok(exit::DONE);
    }
    for (place, placement) in status.placements.iter().enumerate() {
        if place > 0 {
            screen.gap();
        }
        show(placement, &status.deposits, world.now().date(), screen);
    }
    if status.placements.is_empty() {
        screen.line("There is no placement yet.");
    }
    if screen.manner.verbose && !status.loose.is_empty() {
        let names: Vec<String> = status.loose.iter().map(ToString::to_string).collect();
        screen.say_under("Of no placement  ", "  ", &names.join(", "));
    }
    let loose = deposited(&status.deposits, None, world.now().date(), screen.manner.verbose);
    if let Some(text) = loose {
        screen.say_under("Deposits of no placement  ", "  ", &text);
    }
    if !status.noticed.is_empty() {
        screen.gap();
        for noticed in &status.noticed {
            let mark = screen.symbol(Symbol::Alert);
            screen.say_under(&format!("{mark} "), "  ", &sentence(noticed));
        }
    }
    if let Some(next) = next(&status) {
        screen.next(&next);
    }
    Ok(exit::DONE)
}

fn show(status: &PlacementStatus, deposits: &[DepositStatus], today: Date, screen: &mut Screen) {
    let week = week(&status.placement, today).map(|week| format!(", {}", hold(&week))).unwrap_or_default();
    let heading = format!("{0}{1}{0:#}   ", style::HEAD, status.id);
    screen.say_under(&heading, "  ", &format!("{}{week}", summary(&status.placement)));
    let row = |name: &str, text: &str, screen: &mut Screen| {
        screen.say_under(&format!("  {} ", pad(name, 14)), "                 ", text);
    };
    let asked = status.deliverables.len();
    let added = status.deliverables.iter().filter(|deliverable| !deliverable.artifacts.is_empty()).count();
    let confidential = status.deliverables.iter().filter(|deliverable| deliverable.confidential).count();
    let text = match (asked, confidential) {
        (0, _) => "not written down".to_owned(),
        (_, 0) => format!("{added} of {asked} added"),
        _ => format!("{added} of {asked} added, {confidential} confidential"),
    };
    row("Deliverables", &text, screen);
    if screen.manner.verbose {
        for (place, deliverable) in status.deliverables.iter().enumerate() {
            let made: Vec<String> = deliverable.artifacts.iter().map(ToString::to_string).collect();
            let made = if made.is_empty() { "nothing yet".to_owned() } else { made.join(", ") };
            row(&format!("  {}", place + 1), &format!("{}: {made}", visible(&deliverable.title)), screen);
        }
    }
    if !status.further.is_empty() {
        let names: Vec<String> = status.further.iter().map(ToString::to_string).collect();
        row("Further work", &names.join(", "), screen);
    }
    let log = status.check_ins;
    if log.held > 0 || log.broken {
        let of = if log.weeks > 0 { format!(" of {}", log.weeks) } else { String::new() };
        let broken = if log.broken { ", the log does not hold: portfolio check" } else { "" };
        row("Check-ins", &format!("{}{of}{broken}", log.held), screen);
    }
    if !status.placement.terms.is_empty() {
        row("Terms", &terms(status), screen);
    }
    if status.drifted {
        row("Brief", "changed since it was frozen", screen);
    }
    row("Sign-off", &sign_off(status), screen);
    if let Some(text) = deposited(deposits, Some(&status.id), today, screen.manner.verbose) {
        row("Deposits", &text, screen);
    }
    if let Some(closed) = &status.placement.closed {
        row("Closed", &hold(&closed.on.people()), screen);
    }
}

/// How many deposits belong to a placement, or to none, and the first link that ends.
fn deposited(all: &[DepositStatus], of: Option<&Slug>, today: Date, by_id: bool) -> Option<String> {
    let mine: Vec<&DepositStatus> = all.iter().filter(|one| one.placement.as_ref() == of).collect();
    if mine.is_empty() {
        return None;
    }
    let ids: Vec<String> = mine.iter().map(|one| one.id.to_string()).collect();
    let count = if by_id { ids.join(", ") } else { mine.len().to_string() };
    let link = mine.iter().filter_map(|one| Some((one.expires?, &one.id))).min().map(|(day, id)| {
        let ends = if day < today { "ended" } else { "ends" };
        format!("; the link of {id} {ends} on {}", hold(&day.people()))
    });
    Some(count + &link.unwrap_or_default())
}

fn terms(status: &PlacementStatus) -> String {
    let open: Vec<String> = status.unsettled.iter().map(|clause| clause.name().to_owned()).collect();
    if open.is_empty() { "settled".to_owned() } else { format!("open: {}", open.join(", ")) }
}

fn sign_off(status: &PlacementStatus) -> String {
    let newest = status.kept.iter().max_by_key(|kept| kept.signed);
    match &status.sign_off {
        SignOffState::NotAsked => "not asked for".to_owned(),
        SignOffState::Asked { of, on } => {
            format!("asked {} on {}, no answer yet", someone(of), hold(&on.people()))
        }
        SignOffState::Declined { by, reason, on } => {
            let why = reason.as_ref().map(|reason| format!(", giving as reason {}", quoted(reason)));
            format!("{} declined on {}{}", quoted(by), hold(&on.people()), why.unwrap_or_default())
        }
        SignOffState::Signed => newest.map_or_else(
            || "signed".to_owned(),
            |kept| {
                if kept.form == Form::Statement {
                    return format!(
                        "a statement signed with an SSH key that calls itself {}",
                        quoted(&kept.signer)
                    );
                }
                let until = kept.until.map(|until| format!(", good until {}", hold(&until.date().people())));
                let signed = hold(&kept.signed.date().people());
                let until = until.unwrap_or_else(|| ", no end date".to_owned());
                format!("signed {signed} by a key that calls itself {}{until}", quoted(&kept.signer))
            },
        ),
        _ => {
            let names: Vec<String> =
                newest.map(|kept| kept.earlier.iter().map(|name| file(name)).collect()).unwrap_or_default();
            format!("signed, but about an earlier version of {}", some_of(&names))
        }
    }
}

/// `week 8 of 8`, while the placement lasts.
fn week(placement: &portfolio::holder::Placement, today: Date) -> Option<String> {
    let (starts, ends) = (placement.starts?, placement.ends?);
    let weeks = |to: Date| starts.days_until(to).div_euclid(7) + 1;
    (starts <= today && today <= ends).then(|| format!("week {} of {}", weeks(today), weeks(ends)))
}

/// The one command that goes on, for the first placement that needs one.
fn next(status: &Status) -> Option<String> {
    let Some(first) = status.placements.iter().find_map(next_for) else {
        return if status.placements.is_empty() {
            Some("portfolio placement new NAME".to_owned())
        } else {
            None
        };
    };
    Some(first)
}

fn next_for(status: &PlacementStatus) -> Option<String> {
    let id = &status.id;
    if status.placement.closed.is_some() {
        return None;
    }
    if status.deliverables.is_empty() && status.further.is_empty() {
        return Some(format!("portfolio placement brief {id}"));
    }
    let open = status.deliverables.iter().position(|deliverable| deliverable.artifacts.is_empty());
    match (&status.sign_off, open) {
        (SignOffState::Signed, _) => Some("portfolio bundle".to_owned()),
        (SignOffState::Asked { .. }, _) => Some("portfolio collect FILE, when the answer comes".to_owned()),
        (_, Some(place)) => Some(format!("portfolio add {id} FILE --for {}", place + 1)),
        (_, None) => Some(format!("portfolio request {id}")),
    }
}

fn sentence(noticed: &Noticed) -> String {
    match noticed {
        Noticed::FileDiffers { artifact, file: differing } if differing.here.is_none() => {
            format!("{} of {artifact} is gone.", file(&differing.name))
        }
        Noticed::FileDiffers { artifact, file: differing } => {
            let when =
                differing.changed.map(|day| format!(" on {}", hold(&day.people()))).unwrap_or_default();
            format!("{} of {artifact} changed{when}, after you added it.", file(&differing.name))
        }
        Noticed::DepositDiffers { deposit, file: differing } if differing.here.is_none() => {
            format!("{} of the deposit {deposit} is gone.", file(&differing.name))
        }
        Noticed::DepositDiffers { deposit, file: differing } => {
            let when =
                differing.changed.map(|day| format!(" on {}", hold(&day.people()))).unwrap_or_default();
            format!(
                "{} of the deposit {deposit} changed{when}, after it was deposited.",
                file(&differing.name)
            )
        }
        Noticed::NotRecorded(path) => format!("{} is in no record, so it is not bundled.", file(path)),
        Noticed::NoRecord(path) => format!("{} has no record that can be read under that name.", file(path)),
        Noticed::NoSuchPlacement { artifact, placement } => {
            format!("{artifact} was made in {placement}, which is not there. Was it renamed?")
        }
        Noticed::NoSuchDeliverable { artifact, deliverable } => {
            format!("{artifact} is for deliverable {deliverable}, which the brief does not have.")
        }
        Noticed::NoSuchArtifact { request, artifact } => {
            format!("The request {request} is about {artifact}, which is not there. Was it renamed?")
        }
        Noticed::SignOffGone { request, credential } => {
            format!("The sign-off {credential}, an answer to {request}, is gone.")
        }
        _ => "Something is not as the records say.".to_owned(),
    }
}

/// One line for programs: id, state of the sign-off, deliverables added, deliverables asked.
fn plain(status: &PlacementStatus) -> String {
    let added = status.deliverables.iter().filter(|deliverable| !deliverable.artifacts.is_empty()).count();
    format!("{}\t{}\t{added}\t{}", status.id, state_word(&status.sign_off), status.deliverables.len())
}

fn state_word(state: &SignOffState) -> &'static str {
    match state {
        SignOffState::NotAsked => "not-asked",
        SignOffState::Asked { .. } => "asked",
        SignOffState::Declined { .. } => "declined",
        SignOffState::Signed => "signed",
        _ => "earlier-version",
    }
}

fn as_json(status: &Status) -> serde_json::Value {
    let ids = |ids: &[portfolio::path::Slug]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let placements = status.placements.iter().map(|placement| {
        let deliverables = placement.deliverables.iter().map(|deliverable| {
            serde_json::json!({
                "title": deliverable.title,
                "artifacts": ids(&deliverable.artifacts),
                "confidential": deliverable.confidential,
            })
        });
        let kept = placement.kept.iter().map(|kept| {
            serde_json::json!({
                "id": kept.id.as_str(),
                "form": kept.form.as_str(),
                "signer": kept.signer,
                "validFrom": kept.signed.to_string(),
                "validUntil": kept.until.map(|until| until.to_string()),
                "earlier": kept.earlier,
            })
        });
        serde_json::json!({
            "id": placement.id.as_str(),
            "title": placement.placement.title,
            "deliverables": deliverables.collect::<Vec<_>>(),
            "further": ids(&placement.further),
            "checkIns": {
                "held": placement.check_ins.held,
                "weeks": placement.check_ins.weeks,
                "broken": placement.check_ins.broken,
            },
            "unsettled": placement.unsettled.iter().map(|clause| clause.name()).collect::<Vec<_>>(),
            "briefDrifted": placement.drifted,
            "closed": placement.placement.closed.is_some(),
            "signOff": state_word(&placement.sign_off),
            "signOffs": kept.collect::<Vec<_>>(),
        })
    });
    let mut value = serde_json::json!({
        "type": "Status",
        "placements": placements.collect::<Vec<_>>(),
        "loose": ids(&status.loose),
        "deposits": status.deposits.iter().map(deposit_json).collect::<Vec<_>>(),
        "noticed": status.noticed.iter().map(sentence).collect::<Vec<_>>(),
    });
    if let Some(next) = next(status) {
        value["next"] = next.into();
    }
    value
}

fn deposit_json(one: &DepositStatus) -> serde_json::Value {
    let mut value = serde_json::json!({ "id": one.id.as_str(), "kind": one.kind });
    if let Some(placement) = &one.placement {
        value["placement"] = placement.as_str().into();
    }
    if let Some(day) = one.expires {
        value["linkEnds"] = day.to_string().into();
    }
    value
}
