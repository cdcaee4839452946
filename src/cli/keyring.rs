//! The keys a person holds: OpenSSH files in a folder of their own, encrypted and private.
