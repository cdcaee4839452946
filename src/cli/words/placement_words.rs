//! What stands in the way of placements and offers, in people's words.

use portfolio::holder::{ChainBreak, Decided, HolderFault};
use portfolio::render::escape::quoted;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::wrap::hold;
use crate::words::agreed;

/// The error for `fault`, if it is one of these.
pub fn refusal(fault: &HolderFault, undone: &str) -> Option<Trouble> {
    let no = |kind, title: String| Trouble::new(exit::NO, kind, title);
    Some(match fault {
        HolderFault::PlacementExists(id) => {
            no("placement-exists", format!("there is a placement {id} already")).fact(undone)
        }
        HolderFault::NoSuchOffer(id) => {
            no("no-such-offer", format!("there is no offer {}", quoted(id.as_str())))
                .fact(undone)
                .hint("see what there is: portfolio offer list")
        }
        HolderFault::OfferDecided { offer, decided, on } => {
            let how = match decided {
                Decided::Accepted => "accepted",
                Decided::Declined => "declined",
            };
            no("offer-decided", format!("{offer} was {how} on {}", hold(&on.people()))).fact(undone)
        }
        HolderFault::NothingToFreeze(id) => no("nothing-to-freeze", format!("the brief of {id} is empty"))
            .fact(undone)
            .hint(format!("write it down first: portfolio placement brief {id}")),
        HolderFault::BriefRewritten { placement, revision, .. } => no(
            "brief-rewritten",
            format!("revision {revision} of the brief of {placement} does not follow the one before it"),
        )
        .fact(format!("A frozen brief was changed, renamed or taken away. {undone}"))
        .hint("take the folder briefs back from where you keep its history"),
        HolderFault::BriefDrifted(id) => {
            no("brief-drifted", format!("the brief of {id} changed after it was frozen"))
                .fact(format!("A mentor is shown what was frozen and what it is now. {undone}"))
                .hint(format!("freeze it as a new revision: portfolio placement brief freeze {id}"))
        }
        HolderFault::LogBroken { placement, breaks } => {
            let mut trouble = no("log-broken", format!("the check-ins of {placement} do not hold together"));
            for found in breaks.iter().take(3) {
                trouble = trouble.fact(chain_break(found));
            }
            trouble.fact(undone).hint("take the record back as it was from where you keep its history")
        }
        HolderFault::TermsForbid { placement, clauses } => {
            let mut trouble = no("terms-forbid", format!("the terms of {placement} forbid this"));
            for clause in clauses {
                trouble = trouble.fact(agreed::why_forbidden(clause));
            }
            trouble.fact(undone).hint("if you have it in writing that you may: --i-have-permission FILE")
        }
        _ => return None,
    })
}

/// Where a log of check-ins breaks, as a sentence.
pub fn chain_break(found: &ChainBreak) -> String {
    match found {
        ChainBreak::NotHere { name, named, before: Some((before, digest)) } => format!(
            "{name} follows a record {} that is not here: {before} is {} now, so it was changed or another was taken away.",
            short(&named.hex()),
            short(&digest.hex())
        ),
        ChainBreak::NotHere { name, named, before: None } => {
            format!("{name} follows a record {} that is not here: it was taken away.", short(&named.hex()))
        }
        ChainBreak::NoneNamed { name, before: (before, digest) } => {
            format!("{name} names no record before it; {before} is there, with the digest {digest}.")
        }
        ChainBreak::Twice { first, second, .. } => {
            format!("{first} and {second} both follow the same record, so one of them was added elsewhere.")
        }
        ChainBreak::Circle { name } => format!("{name} and those after it follow each other in a circle."),
        _ => "The records do not follow each other.".to_owned(),
    }
}

/// Enough of a digest to tell two apart.
fn short(hex: &str) -> String {
    hex.chars().take(8).collect()
}
