//! The SSH agent's socket: asks which keys it holds, and has one of them sign. The key itself never leaves the agent.

use std::cell::RefCell;

use portfolio::proof::agent::{self as messages, AgentFault, AgentKey};
use portfolio::proof::{PublicKey, SignFault, Signer};

use crate::terminal::surroundings::World;

/// An agent that answered.
pub struct Agent {
    wire: RefCell<Wire>,
}

/// A key in the agent, as a signer.
pub struct AgentSigner {
    agent: Agent,
    key: PublicKey,
}

/// Why the agent is of no use.
#[derive(Debug, thiserror::Error)]
pub enum AgentTrouble {
    /// The socket does not work.
    #[error("the SSH agent does not answer: {0}")]
    Socket(#[from] std::io::Error),
    /// Its answer makes no sense, or it refused.
    #[error("{0}")]
    Answer(#[from] AgentFault),
}

impl Agent {
    /// The agent that `SSH_AUTH_SOCK` names; `None` where there is none.
    pub fn reach(world: &World) -> Option<Agent> {
        let socket = world.variable("SSH_AUTH_SOCK")?;
        Wire::connect(socket.as_ref()).ok().map(|wire| Agent { wire: RefCell::new(wire) })
    }

    /// The keys it holds, those of other kinds with the reason.
    pub fn keys(&self) -> Result<Vec<AgentKey>, AgentTrouble> {
        Ok(messages::parse_identities(&self.ask(&messages::request_identities())?)?)
    }

    /// One of its keys as a signer.
    pub fn signer(self, key: PublicKey) -> AgentSigner {
        AgentSigner { agent: self, key }
    }

    fn ask(&self, message: &[u8]) -> Result<Vec<u8>, AgentTrouble> {
        let mut wire = self.wire.borrow_mut();
        wire.send(message)?;
        let mut prefix = [0; 4];
        wire.receive(&mut prefix)?;
        let mut answer = vec![0; messages::answer_length(prefix)?];
        wire.receive(&mut answer)?;
        Ok(answer)
    }
}

impl Signer for AgentSigner {
    fn public_key(&self) -> PublicKey {
        self.key
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        let answer = self.agent.ask(&messages::sign_request(&self.key, message));
        let signature = answer.and_then(|answer| Ok(messages::parse_signature(&answer, &self.key, message)?));
        signature.map_err(|trouble| match trouble {
            AgentTrouble::Answer(AgentFault::Refused) => SignFault::Refused,
            other => SignFault::NoAnswer(other.to_string()),
        })
    }
}

#[cfg(unix)]
use unix::Wire;

#[cfg(unix)]
mod unix {
    use std::io::{self, Read, Write};
    use std::os::unix::net::UnixStream;
    use std::path::Path;
    use std::time::Duration;

    /// How long an agent may take: it may be asking its owner first.
    const PATIENCE: Duration = Duration::from_secs(120);

    /// The open socket.
    pub struct Wire(UnixStream);

    impl Wire {
        pub fn connect(path: &Path) -> io::Result<Wire> {
            let stream = UnixStream::connect(path)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            Ok(Wire(stream))
        }

        pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.0.write_all(bytes)
        }

        pub fn receive(&mut self, bytes: &mut [u8]) -> io::Result<()> {
            self.0.read_exact(bytes)
        }
    }
}

#[cfg(not(unix))]
use elsewhere::Wire;

#[cfg(not(unix))]
mod elsewhere {
    use std::io;
    use std::path::Path;

    /// No socket of this kind on this system.
    pub enum Wire {}

    impl Wire {
        pub fn connect(_path: &Path) -> io::Result<Wire> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub fn send(&mut self, _bytes: &[u8]) -> io::Result<()> {
            match *self {}
        }

        pub fn receive(&mut self, _bytes: &mut [u8]) -> io::Result<()> {
            match *self {}
        }
    }
}
