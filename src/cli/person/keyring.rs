//! The keys a person holds: OpenSSH files in a folder of their own, encrypted, private, never overwritten.

use std::path::{Path, PathBuf};

use portfolio::disk::{self, DiskFault, Mode};
use portfolio::path::Slug;
use portfolio::proof::key::{KEY_FILE_BYTES, LEAST_ROUNDS, inspect, public_from_line, seal};
use portfolio::proof::{PublicKey, SecretKey, Signer};
use portfolio::render::escape::quoted;
use zeroize::Zeroizing;

use crate::person::passphrase::Passphrase;
use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

/// A key in the keyring, not opened.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its name: the file's.
    pub name: String,
    /// The private key file.
    pub path: PathBuf,
    /// Its public half.
    pub public: PublicKey,
    /// Whose it says it is, from the line beside it.
    pub comment: String,
}

/// The folder of keys.
pub struct Keyring<'a> {
    folder: PathBuf,
    world: &'a World,
}

impl<'a> Keyring<'a> {
    /// The keyring of this person; the folder need not exist yet.
    pub fn of(world: &'a World) -> Result<Keyring<'a>, Trouble> {
        let folder = world.keys_folder().ok_or_else(|| {
            Trouble::new(exit::DISK, "no-home", "there is no home folder to keep keys in")
                .hint("say where, with the variable PORTFOLIO_HOME")
        })?;
        Ok(Keyring { folder, world })
    }

    /// Where the keys are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every key, by name. Files that are no key of ours are passed over.
    pub fn list(&self) -> Result<Vec<Held>, Trouble> {
        let names = match disk::list(&self.folder) {
            Err(DiskFault::NotFound(_)) => return Ok(Vec::new()),
            found => found.map_err(|fault| self.refused(fault))?,
        };
        let mut held = Vec::new();
        for named in names {
            let Some(name) = named.name.to_str() else { continue };
            if named.kind == disk::Kind::File && !name.ends_with(".pub") && !name.starts_with('.') {
                held.extend(self.look(name)?);
            }
        }
        Ok(held)
    }

    /// The key of this name.
    pub fn named(&self, name: &str) -> Result<Held, Trouble> {
        let all = self.list()?;
        all.into_iter().find(|held| held.name == name).ok_or_else(|| {
            Trouble::new(exit::NO, "no-such-key", format!("you have no key {}", quoted(name)))
                .fact(format!("Looked in {}.", shown(&self.folder, self.world)))
                .hint("see what there is: portfolio key list")
        })
    }

    /// The named key, or the only one.
    pub fn chosen(&self, name: Option<&str>) -> Result<Held, Trouble> {
        if let Some(name) = name {
            return self.named(name);
        }
        let mut all = self.list()?;
        match (all.pop(), all.len()) {
            (Some(only), 0) => Ok(only),
            (None, _) => Err(Trouble::new(exit::NO, "no-key", "you have no key yet")
                .fact(format!("Looked in {}.", shown(&self.folder, self.world)))
                .hint("make one: portfolio key new NAME")),
            (Some(_), more) => Err(Trouble::usage(format!("you have {} keys, so say which", more + 1))
                .hint("see their names: portfolio key list")),
        }
    }

    /// The key with this public half, if it is here.
    pub fn holder_of(&self, public: &PublicKey) -> Result<Option<Held>, Trouble> {
        Ok(self.list()?.into_iter().find(|held| held.public == *public))
    }

    /// A name that is free: `wanted`, or with a number behind it.
    pub fn free_name(&self, wanted: &str) -> Result<String, Trouble> {
        let slug = Slug::from_title(wanted);
        let mut name = slug.as_str().to_owned();
        for number in 2.. {
            let taken = disk::kind_of(&self.folder.join(&name)).map_err(|fault| self.refused(fault))?;
            if taken.is_none() {
                break;
            }
            name = slug.numbered(number).as_str().to_owned();
        }
        Ok(name)
    }

    /// Keeps a key under `name`, encrypted. A name that is taken stays as it is.
    pub fn keep(
        &self,
        key: &SecretKey,
        name: &str,
        comment: &str,
        passphrase: &Passphrase,
    ) -> Result<Held, Trouble> {
        let salt = self.random()?;
        let check = u32::from_be_bytes(self.random()?);
        let sealed = seal(key, comment, passphrase.bytes(), salt, check, LEAST_ROUNDS).map_err(|fault| {
            Trouble::new(exit::NO, "bad-key-name", "this key cannot be written")
                .fact("No key was made.")
                .because(fault)
        })?;
        let public = key.public_key();
        let path = self.folder.join(name);
        disk::ensure_folder(&self.folder, Mode::Private).map_err(|fault| self.refused(fault))?;
        disk::write_new(&path, sealed.as_bytes(), Mode::Private).map_err(|fault| self.refused(fault))?;
        let line = public.openssh_line(comment) + "\n";
        disk::write_new(&public_path(&path), line.as_bytes(), Mode::Shared)
            .map_err(|fault| self.refused(fault))?;
        Ok(Held { name: name.to_owned(), path, public, comment: comment.to_owned() })
    }

    /// Fresh bytes for a new key.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Trouble> {
        self.world.random().map_err(|cause| {
            Trouble::new(exit::DISK, "no-randomness", "this computer gives no random numbers")
                .fact("No key was made.")
                .because(cause)
        })
    }

    fn look(&self, name: &str) -> Result<Option<Held>, Trouble> {
        let path = self.folder.join(name);
        let Ok(bytes) = disk::read_bounded(&path, KEY_FILE_BYTES as u64) else { return Ok(None) };
        let bytes = Zeroizing::new(bytes);
        let Ok(facts) = inspect(&bytes) else { return Ok(None) };
        let line = disk::read_bounded(&public_path(&path), KEY_FILE_BYTES as u64).ok();
        let comment = line
            .and_then(|line| public_from_line(&String::from_utf8_lossy(&line)).ok())
            .filter(|(public, _)| *public == facts.public)
            .map(|(_, comment)| comment);
        let comment = comment.or(facts.comment).unwrap_or_default();
        Ok(Some(Held { name: name.to_owned(), path, public: facts.public, comment }))
    }

    fn refused(&self, fault: DiskFault) -> Trouble {
        refusal(fault, self.world, "No key was made or changed.")
    }
}

fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}
