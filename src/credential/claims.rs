//! What a sign-off claims: who it is about, the statement, each deliverable with its mark, and the files by digest.
//!
//! The same claims stand in a student's draft, without marks, and in the signed credential. Both are the members
//! `name`, `credentialSubject` and `evidence` of an Open Badges 3.0 `OpenBadgeCredential`.

use crate::digest::{Digest, Hasher};
use crate::time::Date;

/// The most files that one credential may bind: more than any placement makes, and a bound on the work of a check.
pub const EVIDENCE_LIMIT: usize = 1_000;
/// The most deliverables in one brief: a mentor marks each by hand.
pub const ITEM_LIMIT: usize = 100;
/// The most skills in one sign-off: a signer reads each.
pub const SKILL_LIMIT: usize = 100;

/// The claims of a draft or of a sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Title of the placement.
    pub title: String,
    /// The organisation as the record gives it; nobody vouches for it but the signer.
    pub organisation: Option<String>,
    /// What the achievement is, in a line.
    pub description: String,
    /// Identifier of the achievement: the same in a draft and in every answer to it.
    pub achievement_id: String,
    /// Who it is about.
    pub subject: Subject,
    /// The statement, word for word.
    pub statement: String,
    /// What the student was there.
    pub role: Option<String>,
    /// What the work shows that the student can do: those with an address first.
    pub skills: Vec<Skill>,
    /// The brief as Markdown, with the day it was frozen where it was.
    pub criteria: String,
    /// The deliverables, in the order of the brief.
    pub items: Vec<Item>,
    /// The files, bound by digest.
    pub evidence: Vec<Evidence>,
}

/// The person a sign-off is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The person's key as `did:key`.
    pub id: String,
    /// The name the person gave.
    pub name: Option<String>,
    /// The e-mail address, hashed with a salt.
    pub email: Option<HashedEmail>,
    /// First day of the placement.
    pub starts: Option<Date>,
    /// Last day of the placement.
    pub ends: Option<Date>,
}

/// An e-mail address that can be compared with a known one and not read (Open Badges 3.0, `IdentityObject`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedEmail {
    /// Text appended before hashing; public.
    pub salt: String,
    /// `sha256$` and the digest in lower-case hex.
    pub hash: String,
}

/// One deliverable of the brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What was to be delivered.
    pub title: String,
    /// When it was to be accepted; empty if the brief does not say.
    pub asked: String,
    /// What came out, in a few words.
    pub result: Option<String>,
    /// The signer's mark; absent in a draft.
    pub mark: Option<Mark>,
}

/// Something that the student can do: an Open Badges 3.0 `Alignment` where a framework describes it at an address,
/// a `tag` where it has a name alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// Where a framework such as ESCO, O*NET or CTDL describes it.
    pub url: Option<String>,
}

/// How a deliverable compares with what was asked, in the signer's eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It did what was asked.
    Met,
    /// It did some of what was asked.
    PartlyMet,
    /// It did not do what was asked.
    NotMet,
    /// The signer did not see it.
    NotObserved,
}

/// One file, bound by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// File name, one part.
    pub name: String,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// Media type, such as `application/pdf`.
    pub media_type: String,
    /// What kind of file it is: `report`, `document`, `source` or `attachment`.
    pub genre: String,
    /// Who may see it; a text that begins `confidential` lets a bundle leave the file out.
    pub audience: Option<String>,
    /// Title of the deliverable it belongs to.
    pub item: Option<String>,
}

impl Mark {
    /// All marks, in the order that a rubric lists them.
    pub const ALL: [Self; 4] = [Self::Met, Self::PartlyMet, Self::NotMet, Self::NotObserved];

    /// The words of the mark, as signed.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartlyMet => "partly met",
            Self::NotMet => "not met",
            Self::NotObserved => "not observed",
        }
    }

    /// The mark that these words name.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.words() == words)
    }
}

impl Claims {
    /// How many deliverables have each mark, in the order of a rubric; marks that none has are left out.
    #[must_use]
    pub fn tally(&self) -> Vec<(Mark, usize)> {
        let count = |mark: Mark| self.items.iter().filter(|item| item.mark == Some(mark)).count();
        Mark::ALL.into_iter().map(|mark| (mark, count(mark))).filter(|(_, count)| *count > 0).collect()
    }

    /// The same in words: `7 met, 1 not met, 2 not observed`; nothing where nothing was marked.
    #[must_use]
    pub fn tally_words(&self) -> Option<String> {
        let counted: Vec<String> =
            self.tally().into_iter().map(|(mark, count)| format!("{count} {}", mark.words())).collect();
        (!counted.is_empty()).then(|| counted.join(", "))
    }
}

impl Evidence {
    /// Whether the signer saw and signed that this file may be left out of a bundle.
    #[must_use]
    pub fn may_be_withheld(&self) -> bool {
        self.audience.as_deref().is_some_and(|audience| audience.starts_with("confidential"))
    }
}

impl HashedEmail {
    /// Hashes `email`, brought to lower case, with `salt` appended.
    #[must_use]
    pub fn of(email: &str, salt: &str) -> Self {
        Self { salt: salt.to_owned(), hash: hashed(email, salt) }
    }

    /// Whether this is the hash of `email`, in any case.
    #[must_use]
    pub fn is_of(&self, email: &str) -> bool {
        self.hash == hashed(email, &self.salt)
    }
}

impl Subject {
    /// Whether the signed subject carries this e-mail address.
    #[must_use]
    pub fn has_email(&self, email: &str) -> bool {
        self.email.as_ref().is_some_and(|hashed| hashed.is_of(email))
    }
}

fn hashed(email: &str, salt: &str) -> String {
    let mut hasher = Hasher::new();
    hasher.update(email.trim().to_lowercase().as_bytes());
    hasher.update(salt.as_bytes());
    format!("sha256${}", hasher.finish().hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_address_is_the_one_of_the_open_badges_example() {
        let hashed = HashedEmail::of("a@example.com", "Kosher");
        assert_eq!(hashed.hash, "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399");
        assert!(hashed.is_of("A@Example.com"));
        assert!(!hashed.is_of("b@example.com"));
    }

    #[test]
    fn only_a_text_that_begins_confidential_lets_a_file_be_left_out() {
        let mut file = Evidence {
            name: "model-code.zip".into(),
            digest: Digest::of(b""),
            media_type: "application/zip".into(),
            genre: "attachment".into(),
            audience: Some("confidential until 2027-07-24".into()),
            item: None,
        };
        assert!(file.may_be_withheld());
        file.audience = Some("not confidential".into());
        assert!(!file.may_be_withheld());
        file.audience = None;
        assert!(!file.may_be_withheld());
    }

    #[test]
    fn every_mark_is_found_by_its_own_words() {
        for mark in Mark::ALL {
            assert_eq!(Mark::from_words(mark.words()), Some(mark));
        }
        assert_eq!(Mark::from_words("Met"), None);
    }
}
