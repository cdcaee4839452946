//! What is handed in to be deposited: opened once, looked at, and refused when it is not theirs to give.

use std::io;
use std::path::{Path, PathBuf};

use portfolio::credential::deposit::Says;
use portfolio::credential::recognise::{
    Envelope, LOOKED_INTO_BYTES, Recognised, What, is_bag_listing, recognise,
};
use portfolio::disk::{self, DiskFault, DiskFolder};
use portfolio::holder::{Deposited, HolderFault, Incoming, Locked, NewDeposit};
use portfolio::render::kind::{HEAD_BYTES, Kind, kind_of};
use portfolio::render::naming::shell_word;
use portfolio::source::{Folder, FoundKind, Source};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words;
use crate::words::folder_words::{self, name_of};

use super::UNDONE;

/// What something is.
pub struct LookedAt {
    /// What it was recognised as.
    pub found: Recognised,
    /// Its first bytes.
    pub head: Vec<u8>,
    /// Its media type.
    pub media_type: String,
}

/// Something ready to be kept.
pub struct Stock {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub len: u64,
    /// What it is.
    pub looked: LookedAt,
    what: Handed,
}

enum Handed {
    File(Incoming),
    Tree(PathBuf),
}

impl Stock {
    /// Opens it; a folder is taken only if it is a bag.
    pub fn of(locked: &Locked, path: &Path, world: &World) -> Result<Stock, Trouble> {
        let full = world.at(path);
        let refused = |fault| disk_words::refusal(fault, world, UNDONE);
        if disk::kind_of(&full).map_err(refused)? == Some(disk::Kind::Folder) {
            return Stock::of_folder(path, full, world);
        }
        let incoming = locked.incoming(&full).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
        let (name, len) = (incoming.name().to_string(), incoming.source().len());
        if len == 0 {
            let title = format!("{} is empty", name_of(path));
            return Err(Trouble::new(exit::NO, "empty-file", title).fact(UNDONE));
        }
        let looked =
            LookedAt::of_incoming(&incoming).map_err(|cause| refused(DiskFault::from_io(&full, cause)))?;
        if kind_of(&looked.head) == Kind::LfsPointer {
            return Err(Trouble::new(
                exit::NO,
                "lfs-pointer",
                format!("{} is not the file itself", name_of(path)),
            )
            .fact("It is a Git LFS pointer: three lines that say where the file is.")
            .fact(UNDONE)
            .hint("get the file with: git lfs pull"));
        }
        if looked.found.is_sign_off {
            return Err(sign_off(path));
        }
        Ok(Stock { name, len, looked, what: Handed::File(incoming) })
    }

    fn of_folder(path: &Path, full: PathBuf, world: &World) -> Result<Stock, Trouble> {
        let refused = |fault| disk_words::refusal(fault, world, UNDONE);
        let folder = DiskFolder::open(&full).map_err(refused)?;
        let found = folder.list().map_err(|cause| refused(DiskFault::from_io(&full, cause)))?;
        let files = || found.iter().filter(|found| found.kind == FoundKind::File);
        if !is_bag_listing(files().map(|found| found.path.as_str())) {
            let title = format!("{} is a folder, and no BagIt bag", name_of(path));
            return Err(Trouble::new(exit::NO, "not-a-bag", title)
                .fact(format!("A bag has bagit.txt, a list of its files and data/ in it. {UNDONE}"))
                .hint("deposit its files, or pack the folder into one file and deposit that"));
        }
        let found = Recognised { what: What::Bag, record: None, says: None, is_sign_off: false, fault: None };
        let media_type = "application/octet-stream".to_owned();
        Ok(Stock {
            name: full.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            len: files().map(|found| found.len).sum(),
            looked: LookedAt { found, head: Vec::new(), media_type },
            what: Handed::Tree(full),
        })
    }

    /// Keeps it.
    pub fn keep(self, locked: &Locked, new: NewDeposit) -> Result<(Deposited, LookedAt), HolderFault> {
        let deposited = match &self.what {
            Handed::File(incoming) => locked.deposit(incoming, new),
            Handed::Tree(folder) => locked.deposit_tree(folder, new),
        };
        Ok((deposited?, self.looked))
    }
}

impl LookedAt {
    /// What a file is; of one too large to be looked into, its first bytes alone.
    pub fn of_incoming(incoming: &Incoming) -> io::Result<LookedAt> {
        let source = incoming.source();
        let whole = source.len() <= LOOKED_INTO_BYTES as u64;
        let wanted = if whole { source.len() } else { HEAD_BYTES as u64 };
        let mut bytes = vec![0; usize::try_from(wanted).unwrap_or_default()];
        source.read_exact_at(0, &mut bytes)?;
        Ok(LookedAt::of(&bytes, whole, incoming.name().as_str()))
    }

    /// What these bytes are; only the first of them, if they are not `whole`.
    pub fn of(bytes: &[u8], whole: bool, name: &str) -> LookedAt {
        let found = if whole { recognise(bytes) } else { recognise(&[]) };
        let head = bytes[..bytes.len().min(HEAD_BYTES)].to_vec();
        let media_type = match found.what {
            What::Mail => "message/rfc822",
            What::Envelope(Envelope::SdJwt) => "application/sd-jwt",
            What::Envelope(Envelope::Jws | Envelope::Jwe) if bytes.trim_ascii_start().starts_with(b"{") => {
                "application/jose+json"
            }
            What::Envelope(Envelope::Jws | Envelope::Jwe) => "application/jose",
            What::Envelope(Envelope::Cose) => "application/cose",
            What::Credential { .. } if found.what.carrier().is_some_and(|held| held.as_str() == "json") => {
                "application/json"
            }
            What::Credential { .. } if found.what.carrier().is_some_and(|held| held.as_str() == "token") => {
                "application/jwt"
            }
            _ => match found.what.carrier().map(|held| held.as_str()) {
                Some("svg") => "image/svg+xml",
                _ => kind_of(&head).media_type(name),
            },
        };
        LookedAt { found, head, media_type: media_type.to_owned() }
    }

    /// What it says of itself.
    pub fn says(&self) -> Says {
        let Some(says) = &self.found.says else { return Says::default() };
        let subject = says.subjects.first();
        let title = says.achievement.as_ref().and_then(|achievement| achievement.name.clone());
        Says {
            issuer: filled(says.issuer.name.clone().or_else(|| says.issuer.id.clone())),
            about: filled(subject.and_then(|subject| subject.name.clone().or_else(|| subject.id.clone()))),
            name: filled(title.or_else(|| says.name.clone())),
        }
    }

    /// What a check can tell about it, years later.
    pub fn can_be_checked(&self) -> Vec<String> {
        let has_status = self.found.says.as_ref().is_some_and(|says| !says.status.is_empty());
        let can = [("bytes", true), ("signature", self.found.what.can_be_signed()), ("status", has_status)];
        can.into_iter().filter(|(_, can)| *can).map(|(word, _)| word.to_owned()).collect()
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A sign-off made here has a road of its own.
fn sign_off(path: &Path) -> Trouble {
    let word = shell_word(&path.to_string_lossy());
    Trouble::new(exit::NO, "is-a-sign-off", format!("{} is a sign-off made with this program", name_of(path)))
        .fact(format!("A deposit is for what others issue in other ways. {UNDONE}"))
        .hint(format!("if it answers a request of yours: portfolio collect {word}"))
}
