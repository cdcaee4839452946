//! `placement brief freeze` and `placement brief diff`: the brief as it was on a day, and what changed since.

use portfolio::holder::{BriefChange, Deliverable, Placement, Revision, brief_changes, has_drifted};
use portfolio::path::Slug;
use portfolio::render::escape::visible;

use crate::terminal::error::{Outcome, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::folder_words::{self, Waiting};

/// What `placement brief freeze` is told.
#[derive(Debug, clap::Args)]
pub struct Freeze {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

/// What `placement brief diff` is told.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The placement
    #[arg(value_name = "PLACEMENT")]
    pub name: String,
}

const UNDONE: &str = "The brief was not frozen.";

/// Freezes the brief as it is.
pub fn freeze(args: &Freeze, world: &World, screen: &mut Screen) -> Outcome {
    let id = crate::words::answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let locked = folder_words::lock("placement brief freeze", args.waiting, world, UNDONE)?;
    if screen.manner.dry_run {
        let revisions = locked.frozen_briefs(&id).map_err(refused)?;
        screen.say(&format!("Would write placements/{id}/briefs/{}.json", revisions.len() + 1));
        return Ok(exit::DONE);
    }
    let frozen = locked.freeze_brief(&id, world.now()).map_err(refused)?;
    let all = locked.frozen_briefs(&id).map_err(refused)?;
    let Some(last) = all.last() else { return Ok(exit::DONE) };
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "BriefFrozen",
            "placement": id.as_str(),
            "new": frozen.is_some(),
            "sha256": last.digest.hex(),
            "brief": last.record,
        }));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        screen.line(&plain(&id, last));
        return Ok(exit::DONE);
    }
    let revision = last.record.revision;
    let fact = match (frozen.is_some(), revision) {
        (true, 1) => format!("Froze the brief of {id}."),
        (true, _) => {
            format!("Froze the brief of {id} as revision {revision}. The mentor will be shown what changed.")
        }
        (false, _) => {
            format!("The brief of {id} is as it was frozen on {}.", hold(&last.record.frozen.date().people()))
        }
    };
    screen.say(&fact);
    screen.line(&format!("  sha256 {}", last.digest));
    Ok(exit::DONE)
}

/// One line for programs: placement, revision, when, digest.
fn plain(id: &Slug, revision: &Revision) -> String {
    format!("{id}\t{}\t{}\t{}", revision.record.revision, revision.record.frozen, revision.digest)
}

/// Shows what changed from each revision to the next, and since the last.
pub fn diff(args: &Diff, world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let id = crate::words::answers::placement_id(&args.name)?;
    let refused = |fault| folder_words::refusal(fault, world, undone);
    let folder = folder_words::find(world, undone)?;
    let placement = folder.placement(&id).map_err(refused)?;
    let revisions = folder.frozen_briefs(&id).map_err(refused)?;
    if screen.manner.json {
        screen.json(&as_json(&id, &placement, &revisions));
        return Ok(exit::DONE);
    }
    if screen.manner.plain {
        revisions.iter().for_each(|revision| screen.line(&plain(&id, revision)));
        return Ok(exit::DONE);
    }
    let Some(first) = revisions.first() else {
        screen.line(&format!("The brief of {id} was not frozen yet."));
        screen.next(&format!("portfolio placement brief freeze {id}"));
        return Ok(exit::DONE);
    };
    screen.say(&format!("Revision 1, frozen on {}", hold(&first.record.frozen.date().people())));
    screen.line(&format!("  sha256 {}", first.digest));
    for pair in revisions.windows(2) {
        let [before, now] = pair else { continue };
        let day = hold(&now.record.frozen.date().people());
        screen.say(&format!("Revision {}, frozen on {day}", now.record.revision));
        screen.line(&format!("  sha256 {}", now.digest));
        show(&brief_changes(&before.record.deliverables, &now.record.deliverables), screen);
    }
    if has_drifted(&placement, &revisions) {
        screen.say("Changed since, and not frozen");
        let last = &revisions[revisions.len() - 1].record.deliverables;
        show(&brief_changes(last, &placement.brief.deliverables), screen);
        screen.next(&format!("portfolio placement brief freeze {id}"));
    } else {
        screen.say("Nothing changed since.");
    }
    Ok(exit::DONE)
}

fn show(changes: &[BriefChange], screen: &mut Screen) {
    for change in changes {
        let (number, before, now) = parts(change);
        for (mark, colour, one) in [("-", style::BAD, before), ("+", style::GOOD, now)] {
            if let Some(one) = one {
                let lead = format!("  {colour}{mark}{colour:#} {number}  ");
                screen.say_under(&lead, "       ", &described(one));
            }
        }
    }
}

fn parts(change: &BriefChange) -> (usize, Option<&Deliverable>, Option<&Deliverable>) {
    match change {
        BriefChange::Added { number, now } => (*number, None, Some(now)),
        BriefChange::Removed { number, before } => (*number, Some(before), None),
        BriefChange::Changed { number, before, now } => (*number, Some(before), Some(now)),
    }
}

fn described(deliverable: &Deliverable) -> String {
    match &deliverable.accepted_when {
        Some(when) => format!("{}: {}", visible(&deliverable.title), visible(when)),
        None => visible(&deliverable.title),
    }
}

fn as_json(id: &Slug, placement: &Placement, revisions: &[Revision]) -> serde_json::Value {
    let changes = |before: &[Deliverable], now: &[Deliverable]| {
        let list = brief_changes(before, now);
        let one = |change: &BriefChange| {
            let (number, before, now) = parts(change);
            serde_json::json!({ "number": number, "before": before, "now": now })
        };
        list.iter().map(one).collect::<Vec<_>>()
    };
    let mut before: &[Deliverable] = &[];
    let mut list = Vec::new();
    for (place, revision) in revisions.iter().enumerate() {
        let record = &revision.record;
        let changed = if place == 0 { Vec::new() } else { changes(before, &record.deliverables) };
        list.push(serde_json::json!({
            "revision": record.revision,
            "frozen": record.frozen.to_string(),
            "sha256": revision.digest.hex(),
            "changes": changed,
        }));
        before = &record.deliverables;
    }
    let since =
        if revisions.is_empty() { Vec::new() } else { changes(before, &placement.brief.deliverables) };
    serde_json::json!({ "type": "BriefDiff", "placement": id.as_str(), "revisions": list, "since": since })
}
