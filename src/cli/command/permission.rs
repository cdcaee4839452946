//! `--i-have-permission`: doing what the terms forbid, with the paper that allows it deposited as the reason.

use std::path::{Path, PathBuf};

use portfolio::credential::deposit::{Capture, Confidential};
use portfolio::disk::DiskFault;
use portfolio::holder::{Forbidden, HolderFault, Locked, NewDeposit, Portfolio, Use};
use portfolio::path::Slug;
use portfolio::render::escape::visible;

use crate::command::deposit::looked_at::LookedAt;
use crate::terminal::error::Trouble;
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::agreed;
use crate::words::disk_words;
use crate::words::folder_words::{self, Waiting};

/// Leave to do what the terms forbid.
#[derive(Debug, Clone, clap::Args)]
pub struct Permission {
    /// The paper that lets you do what the terms forbid: deposited as the reason
    #[arg(long = "i-have-permission", value_name = "FILE")]
    pub paper: Option<PathBuf>,
}

impl Permission {
    /// Deposits the paper for each placement whose terms are overridden, and says so.
    pub fn file(
        &self,
        overridden: &[(Slug, Vec<Forbidden>)],
        purpose: &str,
        locked: &Locked,
        undone: &str,
        world: &World,
        screen: &mut Screen,
    ) -> Result<(), Trouble> {
        let Some(paper) = &self.paper else { return Ok(()) };
        if overridden.is_empty() {
            screen.tell("The terms forbid nothing of this, so your paper was not deposited.");
        }
        for (id, clauses) in overridden {
            let refused = |fault| folder_words::refusal(fault, world, undone);
            let deposit = deposited(locked, &world.at(paper), id, undone, world)?;
            locked.note_permission(id, &deposit, purpose, clauses, world.now().date()).map_err(refused)?;
            if screen.manner.json || screen.manner.quiet || screen.manner.plain {
                continue;
            }
            let mark = screen.symbol(Symbol::Alert);
            screen.say(&format!("In spite of the terms of {id}, on the word of the deposit {deposit}"));
            for clause in clauses {
                screen.say_under(&format!("  {mark} "), "    ", &agreed::why_forbidden(clause));
            }
        }
        Ok(())
    }

    /// Refuses what the terms of these placements forbid on this day, or deposits the paper that allows it.
    pub fn require(
        &self,
        placements: &[Slug],
        what: Use,
        undone: &str,
        world: &World,
        screen: &mut Screen,
    ) -> Result<(), Trouble> {
        let refused = |fault: HolderFault| folder_words::refusal(fault, world, undone);
        if placements.is_empty() {
            return Ok(());
        }
        let folder = folder_words::find(world, undone)?;
        let mut overridden = Vec::new();
        for id in placements {
            let clauses = forbidden(&folder, id, what, world).map_err(refused)?;
            if clauses.is_empty() {
                continue;
            }
            if self.paper.is_none() {
                return Err(refused(HolderFault::TermsForbid { placement: id.clone(), clauses }));
            }
            overridden.push((id.clone(), clauses));
        }
        if self.paper.is_none() || screen.manner.dry_run {
            return Ok(());
        }
        let locked = folder_words::lock("credential export", Waiting::default(), world, undone)?;
        self.file(&overridden, "export", &locked, undone, world, screen)
    }
}

/// The paper as a deposit, left out of bundles; one that is there already is not deposited again.
fn deposited(
    locked: &Locked,
    paper: &Path,
    placement: &Slug,
    undone: &str,
    world: &World,
) -> Result<Slug, Trouble> {
    let refused = |fault| folder_words::refusal(fault, world, undone);
    let incoming = locked.incoming(paper).map_err(refused)?;
    let looked = LookedAt::of_incoming(&incoming)
        .map_err(|cause| disk_words::refusal(DiskFault::from_io(paper, cause), world, undone))?;
    let captured = Capture {
        at: world.now(),
        how: "handed in with --i-have-permission".to_owned(),
        url: None,
        expires: None,
        note: Some(format!("Leave to do what the terms of {placement} forbid.")),
    };
    let new = NewDeposit {
        title: None,
        kind: looked.found.what.as_str(),
        carrier: looked.found.what.carrier().map(|carrier| carrier.as_str()),
        says: looked.says(),
        media_type: looked.media_type.clone(),
        placement: Some(placement.clone()),
        confidential: Some(Confidential { until: None }),
        captured,
        can_be_checked: looked.can_be_checked(),
        beside: Vec::new(),
    };
    match locked.deposit(&incoming, new) {
        Ok(done) => Ok(done.id),
        Err(HolderFault::AlreadyDeposited { deposit }) => Ok(deposit),
        Err(fault) => Err(refused(fault)),
    }
}

fn forbidden(folder: &Portfolio, id: &Slug, what: Use, world: &World) -> Result<Vec<Forbidden>, HolderFault> {
    match folder.placement(id) {
        Err(HolderFault::NoSuchPlacement(_)) => Ok(Vec::new()),
        found => Ok(found?.terms.forbids(what, world.now().date())),
    }
}

/// The clauses as a program reads them.
pub fn as_json(overridden: &[(Slug, Vec<Forbidden>)]) -> serde_json::Value {
    let one = |(id, clauses): &(Slug, Vec<Forbidden>)| {
        let clauses: Vec<&str> = clauses.iter().map(|clause| clause.clause.name()).collect();
        serde_json::json!({ "placement": visible(id.as_str()), "clauses": clauses })
    };
    overridden.iter().map(one).collect()
}
