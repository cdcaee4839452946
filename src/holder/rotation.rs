//! Moving the portfolio to another key: the news that both keys signed is kept, and travels in every later bundle.

use std::path::PathBuf;

use serde_json::Value;

use super::folder::RECORD;
use super::{About, HolderFault, Locked, Portfolio, records};
use crate::credential::key_notice::{self, KeyEvent};
use crate::disk::{self, Mode};
use crate::json;
use crate::path::Slug;
use crate::proof::{self, Expected};

const ROOM: &str = "notices";
/// The most keys before the present one that are followed back.
const EARLIER_KEYS: usize = 8;

impl Portfolio {
    /// Whether a key is the portfolio's, or was before a change of keys that both keys signed.
    pub(super) fn is_own_key(&self, did: &str) -> Result<bool, HolderFault> {
        if did == self.about().did {
            return Ok(true);
        }
        let changes = self.changes_of_keys()?;
        let mut key = self.about().did.clone();
        for _ in 0..EARLIER_KEYS {
            match changes.iter().find(|(_, by)| *by == key) {
                Some((earlier, _)) if earlier == did => return Ok(true),
                Some((earlier, _)) => key = earlier.clone(),
                None => break,
            }
        }
        Ok(false)
    }

    /// Every change of keys that is kept here and signed by both: the key before, the key after.
    fn changes_of_keys(&self) -> Result<Vec<(String, String)>, HolderFault> {
        let mut changes = Vec::new();
        for (name, _) in self.names(ROOM)?.into_iter().filter(|(name, _)| name.ends_with(".json")) {
            let path = self.root().join(ROOM).join(name);
            let bytes = disk::read_bounded(&path, json::OURS.bytes as u64)?;
            changes.extend(json::parse(&bytes, &json::OURS).ok().and_then(|document| change_in(&document)));
        }
        Ok(changes)
    }
}

fn change_in(document: &Value) -> Option<(String, String)> {
    let notice = key_notice::read(document).ok()?;
    let KeyEvent::Succeeded { by } = notice.event else { return None };
    let expected = Expected { also: &[&by], ..Expected::assertion_by(&notice.key) };
    proof::check(document, &expected).holds().then_some((notice.key, by.clone()))
}

impl Locked {
    /// Keeps the news of a change of keys and makes the portfolio that of the new key, in this order: an interrupted
    /// change leaves the old key in its place.
    pub fn move_to_key(&self, notice: &[u8], did: &str) -> Result<PathBuf, HolderFault> {
        let id = self.free_id(ROOM, &Slug::from_title("key rotated"))?;
        let path = self.room(ROOM)?.join(format!("{id}.json"));
        disk::write_new(&path, notice, Mode::Shared)?;
        let about = About { did: did.to_owned(), ..self.about().clone() };
        records::rewrite(&self.root().join(RECORD), &about)?;
        Ok(path)
    }
}
