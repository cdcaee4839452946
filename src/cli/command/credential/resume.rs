//! The portfolio as JSON Resume: what its records say, without what is confidential today.

use portfolio::credential::Form;
use portfolio::holder::{Artifact, HolderFault, Placement, Portfolio};
use portfolio::json;
use portfolio::path::Slug;
use portfolio::render::escape::quoted;
use portfolio::render::resume::{self, Resume, SignedFor, Work, json_resume};
use portfolio::time::Date;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::folder_words;

/// The error for a sign-off that was named: a résumé is about all of them.
pub fn of_all(which: &str, undone: &str) -> Trouble {
    Trouble::usage("json-resume is about the whole portfolio")
        .fact(format!("It takes no sign-off, and {} was named. {undone}", quoted(which)))
        .hint("leave it out: portfolio credential export --as json-resume")
}

/// The placements that a résumé names.
pub fn placements(world: &World, undone: &str) -> Result<Vec<Slug>, Trouble> {
    let all = folder_words::find(world, undone)?.placements();
    let all = all.map_err(|fault| folder_words::refusal(fault, world, undone))?;
    Ok(all.into_iter().map(|(id, _)| id).collect())
}

/// The résumé as a JSON document.
pub fn write(world: &World, undone: &str) -> Result<Vec<u8>, Trouble> {
    let folder = folder_words::find(world, undone)?;
    let resume = gather(&folder, world).map_err(|fault| folder_words::refusal(fault, world, undone))?;
    if resume.placements.is_empty() && resume.works.is_empty() {
        return Err(Trouble::new(exit::NO, "nothing-to-export", "there is nothing to write a résumé of yet")
            .fact(undone)
            .hint("write down a placement: portfolio placement new NAME"));
    }
    Ok(json::pretty(&json_resume(&resume)).into_bytes())
}

fn gather(folder: &Portfolio, world: &World) -> Result<Resume, HolderFault> {
    let today = world.now().date();
    let placements = folder.placements()?;
    let open: Vec<Artifact> = folder
        .artifacts()?
        .into_iter()
        .map(|(_, artifact)| artifact)
        .filter(|artifact| !is_confidential(artifact, today))
        .collect();
    let sign_offs = folder.sign_offs()?.into_iter().map(|kept| SignedFor {
        title: kept.sign_off.claims.title,
        signer: kept.sign_off.issuer_name,
        signed: (kept.sign_off.form == Form::Badge).then(|| kept.sign_off.valid_from.date()),
    });
    let about = folder.about();
    Ok(Resume {
        name: about.name.clone(),
        email: about.email.clone(),
        placements: placements.iter().map(|(id, placement)| worked(id, placement, &open)).collect(),
        works: open.iter().map(|artifact| made(artifact, &placements)).collect(),
        sign_offs: sign_offs.collect(),
        written: Some(world.now()),
    })
}

fn is_confidential(artifact: &Artifact, today: Date) -> bool {
    artifact.confidential.as_ref().is_some_and(|confidential| confidential.holds_on(today))
}

fn worked(id: &Slug, placement: &Placement, open: &[Artifact]) -> resume::Placement {
    let mine = open.iter().filter(|artifact| artifact.placement.as_ref() == Some(id));
    let results = mine.filter_map(|artifact| {
        let place = artifact.deliverable.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        let asked = place.and_then(|place| placement.brief.deliverables.get(place));
        let title = asked.map_or(artifact.title.as_str(), |asked| asked.title.as_str());
        Some(format!("{title}: {}", artifact.result.as_ref()?))
    });
    resume::Placement {
        title: placement.title.clone(),
        organisation: placement.organisation.clone(),
        starts: placement.starts,
        ends: placement.ends,
        results: results.collect(),
    }
}

fn made(artifact: &Artifact, placements: &[(Slug, Placement)]) -> Work {
    let placement = placements.iter().find(|(id, _)| artifact.placement.as_ref() == Some(id));
    let placement = placement.map(|(_, placement)| placement);
    Work {
        title: artifact.title.clone(),
        description: artifact.description.clone(),
        result: artifact.result.clone(),
        organisation: placement.and_then(|placement| placement.organisation.clone()),
        days: placement.map_or((None, None), |placement| (placement.starts, placement.ends)),
    }
}
