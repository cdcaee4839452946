//! Eight words that stand for a key, read over the telephone and typed in.

use bip39::Language;
use thiserror::Error;

use super::PublicKey;
use crate::digest::Digest;

/// How many words: 88 bits, out of reach for someone who makes keys until one has the same words.
pub const WORDS: usize = 8;

/// Bits in one word: the list has 2,048.
pub(super) const WORD_BITS: usize = 11;

/// Why typed words are not this key's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WordsFault {
    /// Not eight words.
    #[error("{found} words where there are {WORDS}")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word that is not in the list: a slip of the ear or the finger.
    #[error("word {position}, {word:?}, is not in the list")]
    NotInList {
        /// Which, from 1.
        position: usize,
        /// As typed.
        word: String,
    },
    /// A word of the list that is another one than this key's.
    #[error("word {position} is not this key's")]
    Differs {
        /// Which, from 1.
        position: usize,
    },
}

impl PublicKey {
    /// The first 88 bits of the SHA-256 of the 32 key bytes, 11 bits a word, from BIP-39's English list.
    pub fn words(&self) -> [&'static str; WORDS] {
        let digest = Digest::of(self.as_bytes());
        std::array::from_fn(|index| word(index_at(digest.as_bytes(), index)))
    }

    /// Compares typed words with this key's; letter case and the white space between them do not matter.
    ///
    /// # Errors
    /// The first fact that does not fit.
    pub fn check_words(&self, typed: &str) -> Result<(), WordsFault> {
        let typed: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let numbered = || typed.iter().enumerate().map(|(index, word)| (index + 1, word));
        if let Some((position, word)) = numbered().find(|(_, word)| find(word).is_none()) {
            return Err(WordsFault::NotInList { position, word: word.clone() });
        }
        if typed.len() != WORDS {
            return Err(WordsFault::Count { found: typed.len() });
        }
        let own = self.words();
        match numbered().find(|(position, word)| own[position - 1] != word.as_str()) {
            Some((position, _)) => Err(WordsFault::Differs { position }),
            None => Ok(()),
        }
    }
}

/// The word of an 11-bit number.
pub(super) fn word(index: u16) -> &'static str {
    english()[usize::from(index)]
}

/// The 11-bit number of a word in lower case.
pub(super) fn find(word: &str) -> Option<u16> {
    english().binary_search(&word).ok().and_then(|index| u16::try_from(index).ok())
}

/// The list. Asked for in one place alone: each place brings a copy of its 2,048 texts, which the system lays out
/// anew at every start.
#[inline(never)]
fn english() -> &'static [&'static str; 2048] {
    Language::English.word_list()
}

/// The `index`th group of 11 bits, most significant bit first.
pub(super) fn index_at(bytes: &[u8], index: usize) -> u16 {
    (index * WORD_BITS..(index + 1) * WORD_BITS)
        .fold(0, |value, bit| value << 1 | u16::from(bytes[bit / 8] >> (7 - bit % 8) & 1))
}

#[cfg(test)]
mod tests {
    use super::super::{SecretKey, Signer};
    use super::*;

    fn key() -> PublicKey {
        SecretKey::from_seed(&[7; 32]).public_key()
    }

    #[test]
    fn bits_are_cut_in_elevens() {
        let bytes = [0b0000_0000, 0b0010_0000, 0b0000_1111, 0b1111_1110];
        assert_eq!(index_at(&bytes, 0), 1);
        assert_eq!(index_at(&bytes, 1), 0b11);
        assert_eq!((word(0), word(2047), find("zoo")), ("abandon", "zoo", Some(2047)));
    }

    /// Worked out apart from this code: SHA-256 of the key, its first 88 bits, BIP-39's list.
    #[test]
    fn words_are_the_known_ones() {
        let words = "write annual again trap regular infant ramp replace";
        assert_eq!(key().words().join(" "), words);
        assert_eq!(key().check_words(&words.to_uppercase().replace(' ', "\n  ")), Ok(()));
    }

    #[test]
    fn other_words_are_refused_by_their_place() {
        let with = |position: usize, word: &'static str| {
            let mut words = key().words();
            words[position - 1] = word;
            key().check_words(&words.join(" "))
        };
        assert_eq!(with(3, "zebra"), Err(WordsFault::Differs { position: 3 }));
        assert_eq!(with(8, "zebro"), Err(WordsFault::NotInList { position: 8, word: "zebro".into() }));
        let seven = key().words()[..7].join(" ");
        assert_eq!(key().check_words(&seven), Err(WordsFault::Count { found: 7 }));
        assert_eq!(key().check_words(""), Err(WordsFault::Count { found: 0 }));
    }
}
