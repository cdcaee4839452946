//! SHA-256 digests and their four spellings.
