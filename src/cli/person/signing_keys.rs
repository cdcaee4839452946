//! The keys that could sign here: those in the SSH agent, those kept by this program, the usual SSH key file.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use portfolio::disk;
use portfolio::proof::key::{KEY_FILE_BYTES, inspect, public_from_line};
use portfolio::proof::{KeyFault, PublicKey, SecretKey, SignFault, Signer};
use portfolio::render::escape::quoted;

use crate::person::agent::Agent;
use crate::person::keyring::{Held, Keyring};
use crate::person::passphrase::{self, Source};
use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::key_words::unusable;

const NOTHING_SIGNED: &str = "Nothing was signed.";

/// A key that could sign, and how to reach it. Nothing has been opened.
#[derive(Clone)]
pub struct SigningKey {
    /// Its public half.
    pub public: PublicKey,
    /// Where the private half is.
    place: Place,
}

#[derive(Clone)]
enum Place {
    /// Made a moment ago, and still open.
    Fresh(Fresh),
    Agent {
        comment: String,
    },
    Kept(Box<Held>),
    File {
        path: PathBuf,
        comment: String,
    },
}

/// A key that is open in several places at once.
#[derive(Clone)]
struct Fresh(Rc<SecretKey>);

impl Signer for Fresh {
    fn public_key(&self) -> PublicKey {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        self.0.sign(message)
    }
}

impl SigningKey {
    /// A key that was made a moment ago.
    pub fn fresh(key: SecretKey) -> SigningKey {
        SigningKey { public: key.public_key(), place: Place::Fresh(Fresh(Rc::new(key))) }
    }

    /// A key that this program keeps.
    pub fn kept(held: Held) -> SigningKey {
        SigningKey { public: held.public, place: Place::Kept(Box::new(held)) }
    }

    /// What it is, for a list to choose from.
    pub fn described(&self, world: &World) -> String {
        match &self.place {
            Place::Fresh(_) => "your new key".to_owned(),
            Place::Agent { comment } => {
                format!("your SSH key {} (ED25519, in your SSH agent)", quoted(comment))
            }
            Place::Kept(held) => format!("your key {}, kept by this program", quoted(&held.name)),
            Place::File { path, comment } if comment.is_empty() => {
                format!("your SSH key (ED25519, in {})", home_path(path, world))
            }
            Place::File { path, comment } => {
                format!("your SSH key {} (ED25519, in {})", quoted(comment), home_path(path, world))
            }
        }
    }

    /// Opens it for signing; asks for its passphrase where it has one.
    pub fn open(
        &self,
        source: &Source,
        world: &World,
        screen: &mut Screen,
    ) -> Result<Box<dyn Signer>, Trouble> {
        let (path, name) = match &self.place {
            Place::Fresh(key) => return Ok(Box::new(key.clone())),
            Place::Agent { .. } => {
                let agent = Agent::reach(world).ok_or_else(no_agent)?;
                return Ok(Box::new(agent.signer(self.public)));
            }
            Place::Kept(held) => (&held.path, held.name.clone()),
            Place::File { path, .. } => (path, home_path(path, world)),
        };
        let key: SecretKey = passphrase::unlock(path, &name, source, NOTHING_SIGNED, world, screen)?;
        if key.public_key() != self.public {
            return Err(
                Trouble::new(exit::NO, "key-changed", "the key file changed meanwhile").fact(NOTHING_SIGNED)
            );
        }
        Ok(Box::new(key))
    }
}

/// Every key that could sign here, each once, those that need no passphrase first.
pub fn all(world: &World) -> Result<Vec<SigningKey>, Trouble> {
    let mut keys = in_agent(world);
    for held in Keyring::of(world)?.list()? {
        keys.push(SigningKey::kept(held));
    }
    if let Some(path) = world.home().map(|home| home.join(".ssh").join("id_ed25519"))
        && let Ok(key) = from_file(&path, world)
    {
        keys.push(key);
    }
    let mut once: Vec<SigningKey> = Vec::new();
    for key in keys {
        if once.iter().all(|known| known.public != key.public) {
            once.push(key);
        }
    }
    Ok(once)
}

/// The key with this public half, wherever it is.
pub fn with_public(public: &PublicKey, world: &World) -> Result<Option<SigningKey>, Trouble> {
    Ok(all(world)?.into_iter().find(|key| key.public == *public))
}

/// The key that `--key` names: `agent`, a key file or its public half, a key kept here by its name, a fingerprint.
pub fn named(wanted: &str, world: &World) -> Result<SigningKey, Trouble> {
    if wanted == "agent" {
        return the_one_in_the_agent(world);
    }
    if wanted.starts_with("SHA256:") {
        let found = all(world)?.into_iter().find(|key| key.public.fingerprint() == wanted);
        return found.ok_or_else(|| no_such_key(wanted));
    }
    let path = world.at(Path::new(&expanded(wanted, world)));
    if disk::kind_of(&path).ok().flatten().is_some() {
        return from_file(&path, world);
    }
    Keyring::of(world)?
        .list()?
        .into_iter()
        .find(|held| held.name == wanted)
        .map(SigningKey::kept)
        .ok_or_else(|| no_such_key(wanted))
}

fn no_such_key(wanted: &str) -> Trouble {
    Trouble::new(exit::NO, "no-such-key", format!("there is no key {}", quoted(wanted)))
        .fact(format!("It is neither a file, nor a key kept here, nor in the SSH agent. {NOTHING_SIGNED}"))
        .hint("leave out --key to pick another one or make a new one")
}

fn no_agent() -> Trouble {
    Trouble::new(exit::NO, "no-agent", "there is no SSH agent that answers")
        .fact(format!("SSH_AUTH_SOCK names none. {NOTHING_SIGNED}"))
        .hint("name the key's file instead: --key FILE")
}

fn in_agent(world: &World) -> Vec<SigningKey> {
    let keys = Agent::reach(world).and_then(|agent| agent.keys().ok()).unwrap_or_default();
    let usable = |key: portfolio::proof::agent::AgentKey| {
        Some(SigningKey { public: key.key.ok()?, place: Place::Agent { comment: key.comment } })
    };
    keys.into_iter().filter_map(usable).collect()
}

fn the_one_in_the_agent(world: &World) -> Result<SigningKey, Trouble> {
    if Agent::reach(world).is_none() {
        return Err(no_agent());
    }
    let mut keys = in_agent(world);
    match (keys.pop(), keys.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(Trouble::new(exit::NO, "no-such-key", "your SSH agent holds no Ed25519 key")
            .fact(NOTHING_SIGNED)
            .hint("put one in: ssh-add ~/.ssh/id_ed25519")),
        (Some(last), _) => {
            keys.push(last);
            let mut trouble = Trouble::usage(format!("your SSH agent holds {} Ed25519 keys", keys.len()));
            for key in &keys {
                trouble = trouble.fact(format!("{} {}", key.public.fingerprint(), key.described(world)));
            }
            Err(trouble.fact(NOTHING_SIGNED).hint("name one by its fingerprint: --key SHA256:…"))
        }
    }
}

/// A key file; of a public half, the private one in the agent or beside it.
fn from_file(path: &Path, world: &World) -> Result<SigningKey, Trouble> {
    let bytes = disk::read_bounded(path, KEY_FILE_BYTES as u64)
        .map_err(|fault| refusal(fault, world, NOTHING_SIGNED))?;
    let bytes = zeroize::Zeroizing::new(bytes);
    match inspect(&bytes) {
        Ok(facts) => {
            let comment = facts.comment.or_else(|| comment_beside(path)).unwrap_or_default();
            Ok(SigningKey { public: facts.public, place: Place::File { path: path.to_owned(), comment } })
        }
        Err(KeyFault::PublicOnly) => from_public(path, &bytes, world),
        Err(fault) => Err(unusable(path, &fault, world, NOTHING_SIGNED)),
    }
}

fn from_public(path: &Path, bytes: &[u8], world: &World) -> Result<SigningKey, Trouble> {
    let (public, _) = public_from_line(String::from_utf8_lossy(bytes).trim())
        .map_err(|fault| unusable(path, &fault, world, NOTHING_SIGNED))?;
    if let Some(key) = in_agent(world).into_iter().find(|key| key.public == public) {
        return Ok(key);
    }
    let private = path.with_extension("");
    match from_file(&private, world) {
        Ok(key) if key.public == public && private != path => Ok(key),
        _ => Err(unusable(path, &KeyFault::PublicOnly, world, NOTHING_SIGNED)),
    }
}

fn comment_beside(path: &Path) -> Option<String> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".pub");
    let line = disk::read_bounded(Path::new(&beside), KEY_FILE_BYTES as u64).ok()?;
    public_from_line(String::from_utf8_lossy(&line).trim()).ok().map(|(_, comment)| comment)
}

/// A leading `~` as a shell would expand it, for answers that no shell has seen.
fn expanded(typed: &str, world: &World) -> String {
    match (typed.strip_prefix("~/"), world.home()) {
        (Some(rest), Some(home)) => home.join(rest).to_string_lossy().into_owned(),
        _ => typed.to_owned(),
    }
}

fn home_path(path: &Path, world: &World) -> String {
    match world.home().and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(near) => format!("~/{}", portfolio::render::escape::visible(&near.to_string_lossy())),
        None => shown(path, world),
    }
}
