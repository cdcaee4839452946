//! The sign-off that is meant: one of the portfolio by its id, or one in a file, as a signer has it.

use std::path::Path;

use portfolio::credential::plain_text::STATEMENT_ENDING;
use portfolio::credential::{SignOff, signoff};
use portfolio::disk;
use portfolio::holder::Portfolio;
use portfolio::path::Slug;
use portfolio::render::escape::quoted;
use portfolio::{json, proof};
use serde_json::Value;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::folder_words;

/// A sign-off whose signature fits.
pub struct Chosen {
    /// A short name for the files that are made of it.
    pub id: String,
    /// The bytes, as they came.
    pub text: String,
    /// The document.
    pub document: Value,
    /// What it says.
    pub sign_off: SignOff,
    /// The placement it is about, where it is kept in the portfolio.
    pub placement: Option<Slug>,
}

/// The sign-off that `which` names, with its signature checked: one that was changed is not handed on.
pub fn find(which: &str, world: &World, undone: &str) -> Result<Chosen, Trouble> {
    let (id, bytes) =
        if is_file(which, world) { from_file(which, world, undone)? } else { kept(which, world, undone)? };
    let not_one = || {
        Trouble::new(exit::NO, "not-a-sign-off", format!("{} is not a sign-off", quoted(which)))
            .fact(undone)
            .hint("name one of: portfolio credential list")
    };
    let document = json::parse(&bytes, &json::OURS).map_err(|fault| not_one().because(fault))?;
    let sign_off = signoff::read(&document).map_err(|_| not_one())?;
    let text = String::from_utf8(bytes).map_err(|fault| not_one().because(fault))?;
    if !proof::check(&document, &proof::Expected::assertion_by(&sign_off.issuer_id)).holds() {
        return Err(Trouble::new(
            exit::NO,
            "does-not-fit",
            format!("the signature on {} does not fit", quoted(which)),
        )
        .fact(format!("It is not as it was signed, so it is not handed on. {undone}"))
        .hint("take the file back as it came from the signer"));
    }
    let placement = placement_of(&sign_off, world);
    Ok(Chosen { id, text, document, sign_off, placement })
}

/// The placement whose request the sign-off answers; none where it is nobody's here.
fn placement_of(sign_off: &SignOff, world: &World) -> Option<Slug> {
    let requests = Portfolio::find(world.folder()).ok()?.requests().ok()?;
    let achievement = &sign_off.claims.achievement_id;
    let asked = requests.into_iter().find(|asked| asked.request.claims.achievement_id == *achievement)?;
    Some(asked.record.placement)
}

/// An id has small letters, digits and hyphens; anything else is a file, and so is a name that only a file has.
fn is_file(which: &str, world: &World) -> bool {
    Slug::parse(which).is_err()
        || (Portfolio::find(world.folder()).is_err()
            && disk::kind_of(&world.at(Path::new(which))).ok().flatten().is_some())
}

fn from_file(which: &str, world: &World, undone: &str) -> Result<(String, Vec<u8>), Trouble> {
    let path = world.at(Path::new(which));
    let bytes =
        disk::read_bounded(&path, json::OURS.bytes as u64).map_err(|fault| refusal(fault, world, undone))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("sign-off");
    Ok((stem.to_owned(), bytes))
}

fn kept(which: &str, world: &World, undone: &str) -> Result<(String, Vec<u8>), Trouble> {
    let folder = folder_words::find(world, undone)?;
    let path = folder.root().join("credentials").join(format!("{which}.json"));
    let statement = path.with_file_name(format!("{which}{STATEMENT_ENDING}"));
    if disk::kind_of(&statement).ok().flatten().is_some() {
        return Err(Trouble::new(
            exit::NO,
            "not-a-badge",
            format!("{} is a statement, not a badge", quoted(which)),
        )
        .fact(format!("It is a text under an SSH signature, which other software does not read. {undone}"))
        .hint("hand on the two files as they are: the text and its .sig"));
    }
    if disk::kind_of(&path).ok().flatten().is_none() {
        return Err(Trouble::new(
            exit::NO,
            "no-such-sign-off",
            format!("there is no sign-off {}", quoted(which)),
        )
        .fact(format!("Looked for {}. {undone}", shown(&path, world)))
        .hint("see what there is: portfolio credential list"));
    }
    let bytes =
        disk::read_bounded(&path, json::OURS.bytes as u64).map_err(|fault| refusal(fault, world, undone))?;
    Ok((which.to_owned(), bytes))
}
