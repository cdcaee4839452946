//! The digests that bags are written in, all of one file in one reading.

use std::io;

use md5::Md5;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

use crate::source::Source;

/// Large enough that calls cost nothing, small enough to stay in the cache.
const CHUNK: usize = 256 * 1024;

/// A digest that is computed here. SHA-1 is not: no bag since 2009 needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// RFC 1321: shows accidents, and no intent.
    Md5,
    /// FIPS 180-4.
    Sha224,
    /// FIPS 180-4.
    Sha256,
    /// FIPS 180-4.
    Sha384,
    /// FIPS 180-4.
    Sha512,
}

impl Algorithm {
    /// By the name in a list's own name (RFC 8493 section 2.4): lower case, no dash.
    pub(super) fn named(name: &str) -> Option<Algorithm> {
        match name.to_ascii_lowercase().as_str() {
            "md5" => Some(Algorithm::Md5),
            "sha224" => Some(Algorithm::Sha224),
            "sha256" => Some(Algorithm::Sha256),
            "sha384" => Some(Algorithm::Sha384),
            "sha512" => Some(Algorithm::Sha512),
            _ => None,
        }
    }

    /// Its name for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha224 => "SHA-224",
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha384 => "SHA-384",
            Algorithm::Sha512 => "SHA-512",
        }
    }

    /// Hex digits of one digest.
    pub(super) fn digits(self) -> usize {
        match self {
            Algorithm::Md5 => 32,
            Algorithm::Sha224 => 56,
            Algorithm::Sha256 => 64,
            Algorithm::Sha384 => 96,
            Algorithm::Sha512 => 128,
        }
    }
}

enum Running {
    Md5(Md5),
    Sha224(Sha224),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

/// Digests of one file, in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums(Vec<(Algorithm, String)>);

impl Sums {
    /// Reads the file once.
    pub(super) fn of(
        source: &dyn Source,
        algorithms: impl Iterator<Item = Algorithm>,
        progress: &dyn Fn(u64),
    ) -> io::Result<Sums> {
        let mut wanted: Vec<Algorithm> = algorithms.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut running: Vec<Running> = wanted.iter().map(|algorithm| Running::new(*algorithm)).collect();
        let mut buffer = vec![0; CHUNK];
        let mut at = 0;
        while at < source.len() {
            let length = usize::try_from(source.len() - at).unwrap_or(CHUNK).min(CHUNK);
            source.read_exact_at(at, &mut buffer[..length])?;
            running.iter_mut().for_each(|one| one.update(&buffer[..length]));
            at += length as u64;
            progress(length as u64);
        }
        Ok(Sums(wanted.into_iter().zip(running.into_iter().map(Running::finish)).collect()))
    }

    pub(super) fn get(&self, algorithm: Algorithm) -> Option<&str> {
        self.0.iter().find(|(found, _)| *found == algorithm).map(|(_, hex)| hex.as_str())
    }
}

impl Running {
    fn new(algorithm: Algorithm) -> Running {
        match algorithm {
            Algorithm::Md5 => Running::Md5(Md5::new()),
            Algorithm::Sha224 => Running::Sha224(Sha224::new()),
            Algorithm::Sha256 => Running::Sha256(Sha256::new()),
            Algorithm::Sha384 => Running::Sha384(Sha384::new()),
            Algorithm::Sha512 => Running::Sha512(Sha512::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Running::Md5(hasher) => hasher.update(bytes),
            Running::Sha224(hasher) => hasher.update(bytes),
            Running::Sha256(hasher) => hasher.update(bytes),
            Running::Sha384(hasher) => hasher.update(bytes),
            Running::Sha512(hasher) => hasher.update(bytes),
        }
    }

    fn finish(self) -> String {
        let bytes = match self {
            Running::Md5(hasher) => hasher.finalize().to_vec(),
            Running::Sha224(hasher) => hasher.finalize().to_vec(),
            Running::Sha256(hasher) => hasher.finalize().to_vec(),
            Running::Sha384(hasher) => hasher.finalize().to_vec(),
            Running::Sha512(hasher) => hasher.finalize().to_vec(),
        };
        data_encoding::HEXLOWER.encode(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_digests_come_from_one_reading() {
        let source = vec![b'a'; CHUNK + 1];
        let all = [Algorithm::Sha512, Algorithm::Md5, Algorithm::Md5];
        let read = std::cell::Cell::new(0);
        let sums = Sums::of(&source, all.into_iter(), &|bytes| read.set(read.get() + bytes)).unwrap();
        assert_eq!(read.get(), source.len() as u64);
        assert_eq!(sums.get(Algorithm::Sha256), None);
        assert_eq!(sums.get(Algorithm::Sha512).map(str::len), Some(128));
        let abc = b"abc".to_vec();
        let sums = Sums::of(&abc, [Algorithm::Md5, Algorithm::Sha224].into_iter(), &|_| ()).unwrap();
        assert_eq!(sums.get(Algorithm::Md5), Some("900150983cd24fb0d6963f7d28e17f72"));
        let known = "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7";
        assert_eq!(sums.get(Algorithm::Sha224), Some(known));
    }
}
