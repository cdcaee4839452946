//! `placement show` and `placement list`: what is written down.

use portfolio::holder::{Placement, has_drifted};
use portfolio::path::Slug;
use portfolio::render::escape::visible;
use portfolio::time::Date;

use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad, width};
use crate::words::folder_words;

/// What `placement show` is told.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
}

const UNDONE: &str = "Nothing was shown.";

/// Shows one placement.
pub fn show(args: &Show, world: &World, screen: &mut Screen) -> Outcome {
    let id = crate::words::answers::placement_id(&args.name)?;
    let folder = folder_words::find(world, UNDONE)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let placement = folder.placement(&id).map_err(refused)?;
    let log = folder.checkpoints(&id).map_err(refused)?;
    let frozen = folder.frozen_briefs(&id).map_err(refused)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "Placement",
            "id": id.as_str(),
            "placement": placement,
            "frozen": frozen.last().map(|revision| serde_json::json!({
                "revision": revision.record.revision,
                "on": revision.record.frozen.to_string(),
                "sha256": revision.digest.hex(),
                "drifted": has_drifted(&placement, &frozen),
            })),
            "checkpoints": { "count": log.entries.len(), "minutes": log.minutes() },
        }));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        screen.line(&plain(&id, &placement));
        return Ok(exit::DONE);
    }
    screen.say_under(&format!("{0}{id}{0:#}  ", style::HEAD), "  ", &summary(&placement));
    let row = |name: &str, text: &str, screen: &mut Screen| {
        screen.say_under(&format!("  {name:<12}  "), "                ", text);
    };
    row("Title", &visible(&placement.title), screen);
    if let Some(mentor) = &placement.mentor {
        let email = mentor.email.as_ref().map(|email| format!(" <{}>", visible(email))).unwrap_or_default();
        row("Mentor", &format!("{}{email}", visible(&mentor.name)), screen);
    }
    if let Some(role) = &placement.role {
        row("Role", &visible(role), screen);
    }
    if let Some(hours) = placement.hours {
        row("Hours", &hours.to_string(), screen);
    }
    if let Some(pay) = &placement.pay {
        row("Pay", &super::terms::described(pay), screen);
    }
    if !placement.skills.is_empty() {
        let names: Vec<String> = placement.skills.iter().map(|skill| visible(&skill.name)).collect();
        row("Skills", &names.join(", "), screen);
    }
    if !placement.evidence_promised.is_empty() {
        row("Promised", &visible(&placement.evidence_promised.join(", ")), screen);
    }
    for (place, deliverable) in placement.brief.deliverables.iter().enumerate() {
        row(&format!("{}", place + 1), &visible(&deliverable.title), screen);
        if let Some(condition) = &deliverable.accepted_when {
            row("", &format!("accepted when: {}", visible(condition)), screen);
        }
    }
    if let Some(last) = frozen.last() {
        let day = hold(&last.record.frozen.date().people());
        let since = if has_drifted(&placement, &frozen) { ", and changed since" } else { "" };
        row("Brief", &format!("frozen on {day}, revision {}{since}", last.record.revision), screen);
    }
    if !log.entries.is_empty() {
        let broken = if log.breaks.is_empty() { "" } else { "; the log does not hold together" };
        row("Check-ins", &format!("{}, {} min in all{broken}", log.entries.len(), log.minutes()), screen);
    }
    if !placement.terms.is_empty() {
        screen.line("Terms");
        super::terms::rows(&placement.terms, screen);
    }
    if let Some(closed) = &placement.closed {
        row("Closed", &hold(&closed.on.people()), screen);
    }
    Ok(exit::DONE)
}

/// Lists all placements.
pub fn list(world: &World, screen: &mut Screen) -> Outcome {
    let folder = folder_words::find(world, UNDONE)?;
    let all = folder.placements().map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    if screen.manner.json {
        let list: Vec<_> =
            all.iter().map(|(id, p)| serde_json::json!({ "id": id.as_str(), "placement": p })).collect();
        screen.json(&serde_json::json!({ "type": "PlacementList", "placements": list }));
    } else if screen.manner.plain {
        for (id, placement) in &all {
            screen.line(&plain(id, placement));
        }
    } else if all.is_empty() {
        screen.line("There is no placement yet.");
        screen.next("portfolio placement new NAME");
    } else {
        let widest = all.iter().map(|(id, _)| width(id.as_str())).max().unwrap_or(0);
        for (id, placement) in &all {
            let name = pad(id.as_str(), widest);
            screen.say_under(&format!("{name}  "), &" ".repeat(widest + 2), &summary(placement));
        }
    }
    Ok(exit::DONE)
}

/// Where and when: `Acme Retail Ltd, 1 Jun to 24 Jul 2026`.
pub fn summary(placement: &Placement) -> String {
    let place = placement.organisation.as_deref().unwrap_or("organisation not written down");
    let when = match (placement.starts, placement.ends) {
        (Some(starts), Some(ends)) => days(starts, ends),
        (Some(starts), None) => format!("from {}", starts.people()),
        (None, Some(ends)) => format!("until {}", ends.people()),
        (None, None) => "days not written down".to_owned(),
    };
    format!("{}, {when}", visible(place))
}

/// `1 Jun to 24 Jul 2026`, with a year that both ends share said once.
fn days(starts: Date, ends: Date) -> String {
    let (from, to) = (starts.people(), ends.people());
    match (from.rsplit_once(' '), to.rsplit_once(' ')) {
        (Some((day, year)), Some((_, same))) if year == same => format!("{day} to {to}"),
        _ => format!("{from} to {to}"),
    }
}

/// One line for programs: id, title, organisation, first day, last day, mentor, deliverables.
fn plain(id: &Slug, placement: &Placement) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let fields = [
        id.as_str().to_owned(),
        visible(&placement.title),
        placement.organisation.as_deref().map_or_else(|| "-".to_owned(), visible),
        day(placement.starts),
        day(placement.ends),
        placement.mentor.as_ref().map_or_else(|| "-".to_owned(), |mentor| visible(&mentor.name)),
        placement.brief.deliverables.len().to_string(),
    ];
    fields.join("\t")
}
