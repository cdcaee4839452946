//! Lists and keys brought later: put beside the deposits that they belong to.

use portfolio::credential::deposit::FileRole;
use portfolio::credential::recognise::LOOKED_INTO_BYTES;
use portfolio::disk;
use portfolio::holder::{Beside, Locked};
use portfolio::json;
use portfolio::path::Slug;
use portfolio::render::naming::file;
use portfolio::time::Timestamp;
use portfolio::verifier::TrustList;

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;
use crate::words::folder_words;

use super::beside::Brought;
use super::looked_at::LookedAt;
use super::{UNDONE, told};

/// Keeps what was brought beside the deposits that it belongs to.
pub fn keep(
    locked: &Locked,
    mut brought: Brought,
    trust: &TrustList,
    world: &World,
    screen: &mut Screen,
) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let mut all: Vec<(Slug, LookedAt)> = Vec::new();
    for (id, record) in locked.deposits().map_err(refused)? {
        let mut originals = record.originals();
        let (Some(only), None) = (originals.next(), originals.next()) else { continue };
        let path = locked.deposit_folder(&id).join(only.name.as_str());
        if only.size > LOOKED_INTO_BYTES as u64 {
            continue;
        }
        let bytes = disk::read_bounded(&path, LOOKED_INTO_BYTES as u64)
            .map_err(|fault| refusal(fault, world, UNDONE))?;
        all.push((id, LookedAt::of(&bytes, true, only.name.as_str())));
    }
    if let [(_, only)] = all.as_slice() {
        brought.fit(only.found.says.as_ref());
    }
    brought.require_used(all.iter().map(|(_, looked)| looked.found.says.as_ref()), world)?;
    let mut kept = Vec::new();
    for (id, looked) in &all {
        for beside in brought.of(looked.found.says.as_ref()) {
            if screen.manner.dry_run {
                screen.say(&format!("Would keep a file beside {id}"));
                continue;
            }
            let done = locked.keep_beside(id, beside, world.now()).map_err(refused)?;
            tell(id, done.as_ref().map(|file| file.name.as_str()), screen);
            kept.push((id, done));
        }
        let was_told = kept.iter().any(|(told, _)| *told == id);
        if was_told && told::is_loud(screen) {
            let here = Brought::kept(files_beside(locked, id, world)?);
            told::rows(looked, &here, trust, world, screen);
        }
    }
    if screen.manner.json && !screen.manner.dry_run {
        let all: Vec<_> = kept
            .iter()
            .map(|(id, done)| serde_json::json!({ "id": id.as_str(), "file": done.as_ref().map(|file| file.name.as_str()) }))
            .collect();
        screen.json(&serde_json::json!({ "type": "KeptBeside", "files": all }));
    }
    Ok(exit::DONE)
}

fn tell(id: &Slug, name: Option<&str>, screen: &mut Screen) {
    match name {
        _ if screen.manner.json || screen.manner.quiet => {}
        Some(name) if screen.manner.plain => screen.line(&format!("{id}\t{name}")),
        None if screen.manner.plain => screen.line(&format!("{id}\t-")),
        Some(name) => screen.say(&format!("Kept {} beside {id}.", file(name))),
        None => screen.say(&format!("That very file is beside {id} already. Nothing changed.")),
    }
}

/// Everything that lies beside a deposit now, the newest first.
fn files_beside(locked: &Locked, id: &Slug, world: &World) -> Result<Vec<Beside>, Trouble> {
    let record = locked.deposit_record(id).map_err(|fault| folder_words::refusal(fault, world, ""))?;
    let mut all: Vec<(Timestamp, Beside)> = Vec::new();
    for kept in record.files.iter().filter(|kept| kept.role != FileRole::Original) {
        let path = locked.deposit_folder(id).join(kept.name.as_str());
        let bytes = disk::read_bounded(&path, json::FOREIGN.bytes as u64)
            .map_err(|fault| refusal(fault, world, ""))?;
        let taken = kept.captured.unwrap_or(record.captured.at);
        all.push((taken, Beside { role: kept.role, bytes, of: kept.of.clone() }));
    }
    all.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
    Ok(all.into_iter().map(|(_, beside)| beside).collect())
}
