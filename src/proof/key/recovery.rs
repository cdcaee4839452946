//! A secret key as 24 words on paper: BIP-39's layout of 32 bytes and a checksum byte.

use thiserror::Error;
use zeroize::Zeroizing;

use super::SecretKey;
use super::words::{WORD_BITS, find, index_at, word};
use crate::digest::Digest;

/// 32 bytes and 8 bits of checksum, 11 bits a word.
const WORDS: usize = 24;

/// Longest word of the list, and a space.
const ROOM: usize = 9;

/// Why words do not give a key back. The words themselves are secret and not repeated here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecoveryFault {
    /// Not 24 words.
    #[error("{found} words where there are {WORDS}")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word that is not in the list.
    #[error("word {position} is not in the list")]
    NotInList {
        /// Which, from 1.
        position: usize,
    },
    /// Every word is in the list, but one of them is wrong or two changed places.
    #[error("the words do not fit together: one is wrong, or two changed places")]
    Checksum,
}

impl SecretKey {
    /// The seed as 24 words with spaces between.
    pub fn recovery_words(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 33]);
        bytes[..32].copy_from_slice(&*self.seed());
        bytes[32] = Digest::of(&bytes[..32]).as_bytes()[0];
        let mut text = Zeroizing::new(String::with_capacity(WORDS * ROOM));
        for index in 0..WORDS {
            if index > 0 {
                text.push(' ');
            }
            text.push_str(word(index_at(&*bytes, index)));
        }
        text
    }

    /// The key of 24 words; letter case and white space do not matter. Show the fingerprint: the checksum misses one
    /// slip in 256.
    ///
    /// # Errors
    /// A word that is not in the list by its position; else the count; else the checksum.
    pub fn from_recovery_words(text: &str) -> Result<Self, RecoveryFault> {
        let mut bytes = Zeroizing::new([0_u8; 33]);
        let mut found = 0;
        for typed in text.split_whitespace() {
            let lower = Zeroizing::new(typed.to_ascii_lowercase());
            found += 1;
            let value = find(&lower).ok_or(RecoveryFault::NotInList { position: found })?;
            for bit in 0..WORD_BITS {
                let place = (found - 1) * WORD_BITS + bit;
                if let Some(byte) = bytes.get_mut(place / 8) {
                    *byte |= u8::from(value >> (WORD_BITS - 1 - bit) & 1 == 1) << (7 - place % 8);
                }
            }
        }
        if found != WORDS {
            return Err(RecoveryFault::Count { found });
        }
        let mut seed = Zeroizing::new([0; 32]);
        seed.copy_from_slice(&bytes[..32]);
        if Digest::of(&*seed).as_bytes()[0] != bytes[32] {
            return Err(RecoveryFault::Checksum);
        }
        Ok(Self::from_seed(&seed))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Signer;
    use super::*;

    #[test]
    fn words_give_the_same_key_back() {
        let key = SecretKey::from_seed(&[7; 32]);
        let words = key.recovery_words();
        assert_eq!(words.split(' ').count(), 24);
        let typed = words.to_uppercase().replace(' ', " \n");
        assert_eq!(
            SecretKey::from_recovery_words(&typed).ok().map(|key| key.public_key()),
            Some(key.public_key())
        );
    }

    /// BIP-39's own first and last samples for 32 bytes.
    #[test]
    fn words_are_those_of_bip_39() {
        let zeros = SecretKey::from_seed(&[0; 32]).recovery_words();
        assert_eq!(*zeros, format!("{}art", "abandon ".repeat(23)));
        let ones = SecretKey::from_seed(&[0xFF; 32]).recovery_words();
        assert_eq!(*ones, format!("{}vote", "zoo ".repeat(23)));
    }

    fn fault(text: &str) -> Option<RecoveryFault> {
        SecretKey::from_recovery_words(text).err()
    }

    #[test]
    fn slips_are_refused_by_their_place() {
        let words = SecretKey::from_seed(&[7; 32]).recovery_words();
        let mut list: Vec<&str> = words.split(' ').collect();
        assert_eq!(fault(&list[..23].join(" ")), Some(RecoveryFault::Count { found: 23 }));
        assert_eq!(fault(&format!("{} zoo", *words)), Some(RecoveryFault::Count { found: 25 }));
        list.swap(4, 9);
        assert_eq!(fault(&list.join(" ")), Some(RecoveryFault::Checksum));
        list[16] = "portfolio";
        assert_eq!(fault(&list.join(" ")), Some(RecoveryFault::NotInList { position: 17 }));
        assert_eq!(fault(&"zoo ".repeat(10_000)), Some(RecoveryFault::Count { found: 10_000 }));
    }
}
