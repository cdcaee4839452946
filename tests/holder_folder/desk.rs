//! A portfolio in a temporary folder, with a placement, and ways to look at what lies on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use portfolio::holder::{
    Added, HolderFault, Locked, NewArtifact, NewPlacement, NewPortfolio, Portfolio, Role,
};
use portfolio::path::Slug;
use portfolio::time::{Date, Timestamp};

pub const PDF: &[u8] = b"%PDF-1.7 sample\n";
pub const DID: &str = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

/// A folder with `portfolio/` and `elsewhere/` in it, gone when dropped unless somebody else made it.
pub struct Desk {
    pub room: Room,
}

pub enum Room {
    Own(tempfile::TempDir),
    Given(PathBuf),
}

impl Room {
    pub fn path(&self) -> &Path {
        match self {
            Room::Own(folder) => folder.path(),
            Room::Given(path) => path,
        }
    }
}

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse_ours(text).unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

impl Desk {
    pub fn empty() -> Desk {
        let room = tempfile::tempdir().unwrap();
        fs::create_dir(room.path().join("elsewhere")).unwrap();
        Desk { room: Room::Own(room) }
    }

    /// The same files once more.
    pub fn copy(&self) -> Desk {
        let room = tempfile::tempdir().unwrap();
        let mut files = BTreeMap::new();
        collect(self.room.path(), self.room.path(), &mut files);
        for (path, bytes) in files {
            let path = room.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Desk { room: Room::Own(room) }
    }

    /// The folder of another desk.
    pub fn at(path: &str) -> Desk {
        Desk { room: Room::Given(path.into()) }
    }

    pub fn with_portfolio(did: &str) -> Desk {
        let desk = Desk::empty();
        let new = NewPortfolio {
            name: "Alex Rivera",
            email: "alex@rivera.example",
            did,
            created: at("2026-05-20T09:00:00Z"),
        };
        Portfolio::init(&desk.root(), &new).unwrap();
        desk
    }

    pub fn with_placement(did: &str) -> Desk {
        let desk = Desk::with_portfolio(did);
        let locked = desk.lock();
        let new = NewPlacement {
            id: Some(slug("acme-forecasting")),
            title: "Demand forecasting co-lab".into(),
            organisation: Some("Acme Retail Ltd".into()),
            starts: Some(day("2026-06-01")),
            ends: Some(day("2026-07-24")),
            mentor: Some(("Priya Nair".into(), Some("priya.nair@acme.example".into()))),
            role: None,
            hours: None,
            evidence_promised: vec!["report".into()],
            created: at("2026-05-20T09:00:00Z"),
        };
        locked.new_placement(new).unwrap();
        let brief = [
            ("Forecast report", "error under 12 % on the held-out month"),
            ("Hand-over notes", "another analyst reruns it unaided"),
            ("Model code", "it passes the team's test suite"),
        ];
        let brief = brief.map(|(title, when)| (title.to_owned(), Some(when.to_owned()))).to_vec();
        locked.set_brief(&slug("acme-forecasting"), brief).unwrap();
        drop(locked);
        desk
    }

    pub fn root(&self) -> PathBuf {
        self.room.path().join("portfolio")
    }

    pub fn open(&self) -> Portfolio {
        Portfolio::open(&self.root()).unwrap()
    }

    pub fn lock(&self) -> Locked {
        self.open().lock("portfolio test", at("2026-07-01T00:00:00Z"), None).unwrap()
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.room.path().join("elsewhere").join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn add(&self, path: &Path, new: NewArtifact) -> Result<Added, HolderFault> {
        let locked = self.lock();
        let incoming = locked.incoming(path)?;
        locked.add(&incoming, new, &mut |staged| {
            Ok(format!("%PDF-1.7 made from {} {}\n", staged.file.name, staged.file.sha256).into_bytes())
        })
    }

    /// Every file below the portfolio but the lock's, with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        collect(&self.root(), &self.root(), &mut all);
        all.retain(|path, _| path != ".portfolio/lock" && path != ".portfolio/status.txt");
        all
    }

    /// Names of the files below one folder of the portfolio.
    pub fn names(&self, below: &str) -> Vec<String> {
        self.files().into_keys().filter(|path| path.starts_with(below)).collect()
    }
}

pub fn document(placement: &str, deliverable: u32) -> NewArtifact {
    NewArtifact {
        role: Role::Document,
        media_type: "application/pdf".into(),
        title: None,
        description: None,
        placement: Some(slug(placement)),
        deliverable: Some(deliverable),
        result: None,
        confidential: None,
        replaces: None,
        added: at("2026-07-20T10:00:00Z"),
    }
}

fn collect(root: &Path, folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, all);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            all.insert(name, fs::read(&path).unwrap());
        }
    }
}
