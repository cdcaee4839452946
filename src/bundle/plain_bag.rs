//! Any BagIt bag at all, checked as RFC 8493 says: complete, and every file as the bag's own lists have it.
//!
//! This is the wide door beside the strict profile: versions from 0.93 on, other digests, other encodings, other line
//! ends. A bag carries no signature, so all it can show is that its files fit its lists. What cannot be checked here
//! is named and never taken for good.

mod fault;
mod listing;
mod sums;
mod tag_text;

use std::collections::BTreeMap;
use std::io;

pub use fault::{BagDoubt, BagFault, BagOddity};
pub use sums::Algorithm;

use listing::{Listing, safe};
use sums::Sums;
use tag_text::{Declaration, TextFault};

use super::folder::is_litter;
use crate::path::RelPath;
use crate::source::{Folder, Found, FoundKind};

/// The largest file of the bag's own that is read, in bytes.
pub const TAG_BYTES: u64 = 16 << 20;

/// One list of the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its name, such as `manifest-sha512.txt`.
    pub name: String,
    /// How many lines of it name a file.
    pub files: usize,
    /// The digest it is written in, if that is computed here.
    pub algorithm: Option<Algorithm>,
}

/// What a bag came to. Names in it are the bag's own and must be escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainReport {
    /// `1.0`, as it declares.
    pub version: Option<String>,
    /// How many files lie below `data/`.
    pub payload_files: usize,
    /// Their length together.
    pub payload_bytes: u64,
    /// Its lists of files, of the payload and of its own files.
    pub lists: Vec<List>,
    /// What is wrong.
    pub faults: Vec<BagFault>,
    /// What could not be checked.
    pub doubts: Vec<BagDoubt>,
    /// What is allowed and better otherwise.
    pub oddities: Vec<BagOddity>,
}

/// Checks the bag that lies right in `folder`. `progress` is told the bytes just read.
///
/// # Errors
/// What the disk says; a bag that is amiss is a report.
pub fn check(folder: &dyn Folder, progress: &dyn Fn(u64)) -> io::Result<PlainReport> {
    let found = folder.list()?;
    let mut bag = Bag {
        folder,
        progress,
        files: BTreeMap::new(),
        composed: BTreeMap::new(),
        report: PlainReport::default(),
    };
    for one in found {
        match one.kind {
            FoundKind::File => {
                bag.composed.insert(RelPath::composed(&one.path), one.path.clone());
                bag.files.insert(one.path.clone(), one);
            }
            FoundKind::Folder => {}
            FoundKind::Other => bag.report.faults.push(BagFault::NotAFile { path: one.path }),
        }
    }
    bag.check()?;
    Ok(bag.report)
}

struct Bag<'a> {
    folder: &'a dyn Folder,
    progress: &'a dyn Fn(u64),
    files: BTreeMap<String, Found>,
    /// The same names by their composed spelling.
    composed: BTreeMap<String, String>,
    report: PlainReport,
}

impl Bag<'_> {
    fn check(&mut self) -> io::Result<()> {
        let payload = self.files.values().filter(|file| file.path.starts_with("data/"));
        self.report.payload_files = payload.clone().count();
        self.report.payload_bytes = payload.map(|file| file.len).sum();
        let Some(declaration) = self.declaration()? else { return Ok(()) };
        self.report.version = Some(declaration.version.clone());
        let lists = self.lists(&declaration)?;
        let (payload, tags): (Vec<Listing>, Vec<Listing>) =
            lists.into_iter().partition(|list| list.of_payload);
        if payload.is_empty() {
            self.report.faults.push(BagFault::NoManifest);
        }
        let to_fetch = self.fetched_elsewhere(&declaration)?;
        self.info(&declaration)?;
        self.complete(&payload, &declaration, &to_fetch);
        self.tags_listed(&tags);
        self.intact(payload.iter().chain(&tags))
    }

    /// The two lines of `bagit.txt` (section 2.1.1), which are UTF-8 whatever they declare.
    fn declaration(&mut self) -> io::Result<Option<Declaration>> {
        let Some(bytes) = self.read("bagit.txt")? else {
            self.report.faults.push(BagFault::NoDeclaration);
            return Ok(None);
        };
        match tag_text::declaration(&bytes) {
            Ok(declaration) => Ok(Some(declaration)),
            Err(TextFault::Encoding(name)) => {
                self.report.doubts.push(BagDoubt::Encoding { name });
                Ok(None)
            }
            Err(TextFault::Line(line)) => {
                self.report.faults.push(BagFault::BadDeclaration { line });
                Ok(None)
            }
        }
    }

    /// Every manifest, read; those in a digest that is not computed here are named.
    fn lists(&mut self, declaration: &Declaration) -> io::Result<Vec<Listing>> {
        let names: Vec<String> = self.files.keys().filter(|name| listing::is_list(name)).cloned().collect();
        let mut lists = Vec::new();
        for name in names {
            let Some(bytes) = self.read(&name)? else { continue };
            let Some(text) = declaration.encoding.decode(&bytes) else {
                self.report.faults.push(BagFault::NotText { list: name });
                continue;
            };
            let list = Listing::read(&name, &text, &mut self.report);
            self.report.lists.push(List { name, files: list.entries.len(), algorithm: list.algorithm });
            if list.algorithm.is_none() {
                self.report.doubts.push(BagDoubt::Digest { list: list.name.clone() });
            }
            lists.push(list);
        }
        Ok(lists)
    }

    /// The files that the bag says must be had from elsewhere (section 2.2.3). Nothing is fetched.
    fn fetched_elsewhere(&mut self, declaration: &Declaration) -> io::Result<Vec<String>> {
        const LIST: &str = "fetch.txt";
        let Some(bytes) = self.read(LIST)? else { return Ok(Vec::new()) };
        let Some(text) = declaration.encoding.decode(&bytes) else {
            self.report.faults.push(BagFault::NotText { list: LIST.to_owned() });
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for (at, line) in tag_text::lines(&text) {
            let mut parts = line.splitn(3, [' ', '\t']);
            let path = parts.nth(2).map(|path| listing::unescaped(path.trim_start_matches([' ', '\t'])));
            match path {
                None => self.report.faults.push(BagFault::BadLine { list: LIST.to_owned(), line: at }),
                Some(path) => match safe(&path).filter(|path| path.starts_with("data/")) {
                    Some(path) => names.push(path),
                    None => self.report.faults.push(BagFault::OutOfBag { list: LIST.to_owned(), path }),
                },
            }
        }
        Ok(names)
    }

    /// `Payload-Oxum` of `bag-info.txt` (section 2.2.2): bytes, a dot, files.
    fn info(&mut self, declaration: &Declaration) -> io::Result<()> {
        const INFO: &str = "bag-info.txt";
        let Some(bytes) = self.read(INFO)? else { return Ok(()) };
        let Some(text) = declaration.encoding.decode(&bytes) else {
            self.report.faults.push(BagFault::NotText { list: INFO.to_owned() });
            return Ok(());
        };
        for (at, line) in tag_text::lines(&text).filter(|(_, line)| !line.starts_with([' ', '\t'])) {
            let Some((label, value)) = line.split_once(':') else {
                self.report.faults.push(BagFault::BadLine { list: INFO.to_owned(), line: at });
                continue;
            };
            if !label.eq_ignore_ascii_case("Payload-Oxum") {
                continue;
            }
            let found = format!("{}.{}", self.report.payload_bytes, self.report.payload_files);
            if value.trim() != found {
                self.report.faults.push(BagFault::Oxum { told: value.trim().to_owned(), found });
            }
        }
        Ok(())
    }

    /// Every listed file is here, and every file below `data/` is listed: in each list from version 1.0 on, in one
    /// before that.
    fn complete(&mut self, payload: &[Listing], declaration: &Declaration, to_fetch: &[String]) {
        for list in payload {
            for (path, _) in &list.entries {
                if self.find(path).is_some() {
                    continue;
                }
                if to_fetch.contains(path) {
                    self.doubt(BagDoubt::ToFetch { path: path.clone() });
                } else {
                    let (list, path) = (list.name.clone(), path.clone());
                    self.report.faults.push(BagFault::Missing { list, path });
                }
            }
        }
        let listed: Vec<std::collections::BTreeSet<String>> = payload
            .iter()
            .map(|list| list.entries.iter().filter_map(|(path, _)| self.find(path)).collect())
            .collect();
        for path in self.files.keys().filter(|path| path.starts_with("data/")) {
            let mut without = payload.iter().zip(&listed).filter(|(_, here)| !here.contains(path)).peekable();
            let is_missed = match declaration.lists_agree() {
                true => without.peek().is_some(),
                false => without.clone().count() == payload.len(),
            };
            if is_missed && let Some((list, _)) = without.next() {
                let (list, path) = (list.name.clone(), path.clone());
                self.report.faults.push(BagFault::Unlisted { list, path });
            }
        }
    }

    /// A file of the bag's own that no list of those covers is allowed, and unprotected.
    fn tags_listed(&mut self, tags: &[Listing]) {
        for list in tags {
            for (path, _) in &list.entries {
                if self.find(path).is_none() {
                    let (list, path) = (list.name.clone(), path.clone());
                    self.report.faults.push(BagFault::Missing { list, path });
                }
            }
        }
        if tags.is_empty() {
            return self.report.oddities.push(BagOddity::NoTagList);
        }
        for path in self.files.keys().filter(|path| !path.starts_with("data/") && !is_litter(path)) {
            let is_listed = tags.iter().any(|list| list.entries.iter().any(|(listed, _)| listed == path));
            if !is_listed && !path.starts_with("tagmanifest-") {
                self.report.oddities.push(BagOddity::NotListed { path: path.clone() });
            }
        }
    }

    /// Every listed file that is here is read once, for all its lists together.
    fn intact<'l>(&mut self, lists: impl Iterator<Item = &'l Listing>) -> io::Result<()> {
        let mut wanted: BTreeMap<String, Vec<(&Listing, &str)>> = BTreeMap::new();
        for list in lists.filter(|list| list.algorithm.is_some()) {
            for (path, digits) in &list.entries {
                if let Some(here) = self.find(path) {
                    wanted.entry(here).or_default().push((list, digits));
                }
            }
        }
        for (path, lists) in wanted {
            let algorithms = lists.iter().filter_map(|(list, _)| list.algorithm);
            let found = Sums::of(&*self.folder.open(&path)?, algorithms, self.progress)?;
            for (list, digits) in lists {
                let here = list.algorithm.and_then(|algorithm| found.get(algorithm));
                if here.is_none_or(|here| !here.eq_ignore_ascii_case(digits)) {
                    let (list, path) = (list.name.clone(), path.clone());
                    self.report.faults.push(BagFault::Changed { list, path });
                }
            }
        }
        Ok(())
    }

    /// The file of this name, or of this name in another normal form.
    fn find(&self, path: &str) -> Option<String> {
        if self.files.contains_key(path) {
            return Some(path.to_owned());
        }
        self.composed.get(&RelPath::composed(path)).cloned()
    }

    fn doubt(&mut self, doubt: BagDoubt) {
        if !self.report.doubts.contains(&doubt) {
            self.report.doubts.push(doubt);
        }
    }

    /// One of the bag's own files; `None` if it is not here.
    fn read(&mut self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(found) = self.files.get(path) else { return Ok(None) };
        if found.len > TAG_BYTES {
            self.report.doubts.push(BagDoubt::TooLarge { path: path.to_owned() });
            return Ok(None);
        }
        let source = self.folder.open(path)?;
        let mut bytes = vec![0; usize::try_from(source.len()).unwrap_or_default()];
        source.read_exact_at(0, &mut bytes)?;
        Ok(Some(bytes))
    }
}
