//! What is kept beside a deposit: copies of lists of what its issuer took back, and its issuer's keys.

use std::path::{Path, PathBuf};

use portfolio::credential::deposit::FileRole;
use portfolio::credential::foreign::Foreign;
use portfolio::credential::recognise::recognise;
use portfolio::disk;
use portfolio::holder::Beside;
use portfolio::json;
use portfolio::proof::others::{Pin, PinFault, PinnedBy, Pins};
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::file;
use portfolio::verifier::foreign::Snapshot;
use serde_json::Value;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

use super::UNDONE;

/// One file brought along, as its own content names it.
struct One {
    path: PathBuf,
    role: FileRole,
    bytes: Vec<u8>,
    /// The list's own address, or whose keys.
    of: Option<String>,
}

/// Everything brought along.
pub struct Brought(Vec<One>);

impl Brought {
    /// Reads them; each must be what its flag says.
    pub fn read(
        status: &[PathBuf],
        did: &[PathBuf],
        key: &[PathBuf],
        world: &World,
    ) -> Result<Brought, Trouble> {
        let lists = status.iter().map(|path| list(path, world));
        let keys = did.iter().chain(key).map(|path| keys(path, world));
        Ok(Brought(lists.chain(keys).collect::<Result<_, _>>()?))
    }

    /// Those that lie beside a deposit already.
    pub fn kept(files: Vec<Beside>) -> Brought {
        let one =
            |file: Beside| One { path: PathBuf::new(), role: file.role, bytes: file.bytes, of: file.of };
        Brought(files.into_iter().map(one).collect())
    }

    /// Gives what names nobody to the issuer of this credential.
    pub fn fit(&mut self, says: Option<&Foreign>) {
        let Some(says) = says else { return };
        for one in self.0.iter_mut().filter(|one| one.of.is_none()) {
            let lists: Vec<&String> = says.status.iter().flatten().map(|entry| &entry.list).collect();
            one.of = match (one.role, lists.as_slice()) {
                (FileRole::Status, [only]) => Some((*only).clone()),
                (FileRole::Keys, _) => says.issuer.id.clone(),
                _ => None,
            };
        }
    }

    fn fits(one: &One, says: Option<&Foreign>) -> bool {
        let Some(says) = says else { return false };
        match one.role {
            FileRole::Status => {
                says.status.iter().flatten().any(|entry| Some(&entry.list) == one.of.as_ref())
            }
            _ => one.of.is_some() && one.of == says.issuer.id,
        }
    }

    /// What belongs beside this credential.
    pub fn of(&self, says: Option<&Foreign>) -> Vec<Beside> {
        let mine = self.0.iter().filter(|one| Brought::fits(one, says));
        mine.map(|one| Beside { role: one.role, bytes: one.bytes.clone(), of: one.of.clone() }).collect()
    }

    /// Refuses what belongs beside none of them.
    pub fn require_used<'a>(
        &self,
        all: impl Iterator<Item = Option<&'a Foreign>> + Clone,
        world: &World,
    ) -> Result<(), Trouble> {
        match self.0.iter().find(|one| !all.clone().any(|says| Brought::fits(one, says))) {
            None => Ok(()),
            Some(stray) => Err(stray.is_of_none(world)),
        }
    }

    /// The keys and lists, as a check takes them.
    pub fn for_check(&self) -> (Pins, Vec<Snapshot<'_>>) {
        let mut pins = Pins::none();
        let mut lists = Vec::new();
        for one in &self.0 {
            match (one.role, &one.of) {
                (FileRole::Keys, of) => {
                    if let Ok(pin) = Pin::read(&one.bytes, of.as_deref(), PinnedBy::Student, None) {
                        pins.add(pin);
                    }
                }
                (_, Some(url)) => {
                    lists.push(Snapshot { url, bytes: &one.bytes, by: PinnedBy::Student, taken: None });
                }
                _ => {}
            }
        }
        (pins, lists)
    }
}

impl One {
    fn is_of_none(&self, world: &World) -> Trouble {
        let name = file(&shown(&world.at(&self.path), world));
        let (title, fact) = match (self.role, &self.of) {
            (FileRole::Status, Some(of)) => {
                ("names another list than this one", format!("This one says it is the list {}.", quoted(of)))
            }
            (FileRole::Status, None) => ("names this list", "It does not say which list it is.".to_owned()),
            (_, Some(of)) => {
                ("is by the owner of these keys", format!("They are the keys of {}.", quoted(of)))
            }
            (_, None) => ("is by the owner of these keys", "They name no owner.".to_owned()),
        };
        Trouble::new(exit::NO, "fits-no-deposit", format!("{name} belongs beside none of them"))
            .fact(format!("No badge there {title}. {fact} {UNDONE}"))
            .hint("name the badge it belongs to as well: portfolio deposit BADGE --status FILE")
    }
}

fn bytes_of(path: &Path, world: &World) -> Result<Vec<u8>, Trouble> {
    disk::read_bounded(&world.at(path), json::FOREIGN.bytes as u64)
        .map_err(|fault| refusal(fault, world, UNDONE))
}

/// A list: signed in one of the ways of credentials, or the plain one of 1EdTech.
fn list(path: &Path, world: &World) -> Result<One, Trouble> {
    let bytes = bytes_of(path, world)?;
    let found = recognise(&bytes);
    let plain =
        json::parse(&bytes, &json::FOREIGN).ok().filter(|value| value.get("revokedCredentials").is_some());
    let of = match (&plain, &found.says) {
        (Some(value), _) => value.get("id").and_then(Value::as_str).map(str::to_owned),
        (None, Some(says)) if found.what.as_str() == "status-list" => says.id.clone(),
        _ => {
            let title =
                format!("{} is no list of what an issuer took back", file(&shown(&world.at(path), world)));
            return Err(Trouble::new(exit::NO, "not-a-list", title)
                .fact(UNDONE)
                .hint("open the address that the badge names for its status, and save that page as it is"));
        }
    };
    Ok(One { path: path.to_path_buf(), role: FileRole::Status, bytes, of })
}

fn keys(path: &Path, world: &World) -> Result<One, Trouble> {
    let bytes = bytes_of(path, world)?;
    let name = file(&shown(&world.at(path), world));
    let holds_secret = json::parse(&bytes, &json::FOREIGN).is_ok_and(|value| has_secret(&value))
        || bytes.windows(11).any(|window| window == b"PRIVATE KEY");
    if holds_secret {
        return Err(Trouble::new(exit::NO, "looks-secret", format!("{name} looks like a private key"))
            .fact(format!("What is deposited can be sent to others, so it is refused. {UNDONE}")));
    }
    let of = match Pin::read(&bytes, None, PinnedBy::Student, None) {
        Ok(pin) => Some(pin.id),
        // a set of keys seldom names its owner: the badge beside it does
        Err(PinFault::NoId) => None,
        Err(fault) => {
            return Err(Trouble::new(exit::NO, "keys-broken", format!("{name} gives no issuer's keys"))
                .fact(format!("Found there: {}. {UNDONE}", visible(&fault.to_string())))
                .hint("save its issuer's published keys again, as they are"));
        }
    };
    Ok(One { path: path.to_path_buf(), role: FileRole::Keys, bytes, of })
}

/// Whether a JWK somewhere in it has its private part; the depth was bounded when it was read.
fn has_secret(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.contains_key("kty") && members.contains_key("d") || members.values().any(has_secret)
        }
        Value::Array(items) => items.iter().any(has_secret),
        _ => false,
    }
}
