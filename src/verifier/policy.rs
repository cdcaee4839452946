//! What the reader asks of a bundle and brings along: the day to judge by, the trust list, status files, demands.

use crate::bundle::Threads;
use crate::proof::others::Pins;
use crate::time::Timestamp;

use super::foreign::Snapshot;
use super::notices::StatusFile;
use super::trust::TrustList;

/// Everything that a check depends on besides the bytes. Nothing else is read: no clock, no disk, no network.
#[derive(Clone, Copy)]
pub struct Policy<'a> {
    /// The moment to judge dates by.
    pub at: Timestamp,
    /// Where `at` came from.
    pub clock: Clock,
    /// The keys that the reader knows.
    pub trust: &'a TrustList,
    /// Notices that the reader was sent or keeps; they go before the bundle's own.
    pub status: &'a [StatusFile],
    /// The keys of issuers elsewhere that the reader, or the sender, pinned.
    pub pins: &'a Pins,
    /// Copies of the lists where issuers elsewhere keep what they took back.
    pub lists: &'a [Snapshot<'a>],
    /// A file left out with the signer's leave counts as missing.
    pub require_all_files: bool,
    /// An unknown signer alone does not make the exit code other than 0; the outcome stays what it is.
    pub accept_unknown_signer: bool,
    /// Each sign-off must carry this e-mail address (Open Badges 3.0, recipient identification).
    pub about: Option<&'a str>,
    /// The bundle must be made for this audience (Data Integrity `domain`).
    pub audience: Option<&'a str>,
    /// The bundle must answer this challenge.
    pub challenge: Option<&'a str>,
    /// The newest word on a withdrawal may be this old, in days.
    pub max_status_age_days: Option<u32>,
    /// How many files and sign-offs to work on at once.
    pub threads: Threads,
    /// Called with the bytes just read, from any thread; a screen may show how far it is.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Where the moment to judge by came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// This computer's clock, which may be wrong: before [`limits::CLOCK_FLOOR`](super::limits::CLOCK_FLOOR) it is
    /// not set, and a signing date far ahead of it puts it in doubt.
    Running,
    /// The reader chose the day.
    Chosen,
}

impl<'a> Policy<'a> {
    /// The plain policy: judge by this computer's clock, demand nothing beyond a signer that is known.
    pub fn new(at: Timestamp, trust: &'a TrustList) -> Policy<'a> {
        Policy {
            at,
            clock: Clock::Running,
            trust,
            status: &[],
            pins: const { &Pins::none() },
            lists: &[],
            require_all_files: false,
            accept_unknown_signer: false,
            about: None,
            audience: None,
            challenge: None,
            max_status_age_days: None,
            threads: Threads::Exactly(1),
            progress: &|_| {},
        }
    }

    /// Whether the clock that `at` came from is plainly not set.
    pub fn clock_is_unset(&self) -> bool {
        self.clock == Clock::Running && self.at.unix() < super::limits::CLOCK_FLOOR
    }
}
