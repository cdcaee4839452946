//! An unpacked bundle held in memory, to be spoiled one file at a time.

use std::collections::BTreeMap;
use std::io;

use portfolio::source::{Folder, Found, FoundKind, Source};

/// Files by their path, and names that are no files.
#[derive(Clone, Default)]
pub struct MemoryFolder {
    pub files: BTreeMap<String, Vec<u8>>,
    pub others: Vec<String>,
}

impl MemoryFolder {
    pub fn edit(&mut self, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.files.get_mut(path).unwrap());
    }

    /// Replaces one text in a file by another.
    pub fn replace(&mut self, path: &str, from: &str, to: &str) {
        self.edit(path, |bytes| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(text.contains(from), "{path} has no {from:?}");
            *bytes = text.replacen(from, to, 1).into_bytes();
        });
    }
}

impl Folder for MemoryFolder {
    fn list(&self) -> io::Result<Vec<Found>> {
        let mut found = BTreeMap::new();
        for (path, bytes) in &self.files {
            found.insert(path.clone(), (FoundKind::File, bytes.len() as u64));
            for (at, _) in path.match_indices('/') {
                found.insert(path[..at].to_owned(), (FoundKind::Folder, 0));
            }
        }
        found.extend(self.others.iter().map(|path| (path.clone(), (FoundKind::Other, 0))));
        Ok(found.into_iter().map(|(path, (kind, len))| Found { path, kind, len }).collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Source>> {
        let bytes = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.clone()))
    }
}
