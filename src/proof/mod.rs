//! How a document is secured: Data Integrity proofs, their cryptosuites, Ed25519 keys and `did:key`.
