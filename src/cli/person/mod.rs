//! What this computer keeps for a person: keys, the list of known signers, settings.

pub mod agent;
pub mod keyring;
pub mod own_key;
pub mod passphrase;
pub mod settings;
pub mod signer_key;
pub mod signing_keys;
pub mod trust_store;
