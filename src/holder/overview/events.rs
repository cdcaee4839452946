//! What happened, told by the records' own dates: each event with whose clock dated it.

use super::super::{Decided, HolderFault, Portfolio};
use crate::path::Slug;
use crate::time::{Date, Timestamp};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// Who says so.
    pub clock: Clock,
    /// What happened.
    pub kind: EventKind,
    /// The placement it belongs to.
    pub placement: Option<Slug>,
    /// What it is about, in the records' words, raw.
    pub words: String,
    /// The record, from the portfolio's own folder.
    pub source: String,
}

/// A moment, or a day where the record knows no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// To the second.
    Exact(Timestamp),
    /// The day.
    Day(Date),
}

/// Whose word a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The clock of the computer that the student worked at.
    Own,
    /// The clock of whoever signed or declined.
    Theirs,
    /// Written down by the student.
    Written,
}

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal; )+) => {
        /// What can happen.
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind {
            $( $(#[doc = $doc])+ $name, )+
        }

        impl EventKind {
            /// The stable name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( EventKind::$name => $word, )+ }
            }
        }
    };
}

kinds! {
    /// The portfolio was made.
    Made = "made";
    /// An offer was written down.
    Offered = "offered";
    /// An offer was accepted.
    Accepted = "accepted";
    /// An offer was declined.
    Refused = "refused";
    /// A placement was written down.
    Recorded = "recorded";
    /// A brief was frozen.
    Frozen = "frozen";
    /// A check-in took place.
    CheckedIn = "checked-in";
    /// A placement was closed.
    Closed = "closed";
    /// A piece of work was added.
    Added = "added";
    /// A piece of work got a new version.
    Replaced = "replaced";
    /// A mentor was asked.
    Asked = "asked";
    /// A mentor signed.
    Signed = "signed";
    /// A mentor declined.
    Declined = "declined";
    /// Something issued by others was deposited.
    Deposited = "deposited";
    /// A story was begun.
    Told = "told";
    /// A next move was written down.
    Planned = "planned";
    /// Something came of a placement.
    CameOfIt = "came-of-it";
}

impl Moment {
    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        match self {
            Moment::Exact(at) => at.date(),
            Moment::Day(day) => day,
        }
    }

    fn end(self) -> Timestamp {
        match self {
            Moment::Exact(at) => at,
            Moment::Day(day) => day.end(),
        }
    }
}

impl Portfolio {
    /// Everything that the records date, the newest first.
    pub fn events(&self) -> Result<Vec<Event>, HolderFault> {
        let about = self.about();
        let mut all = vec![Event {
            at: Moment::Exact(about.created),
            clock: Clock::Own,
            kind: EventKind::Made,
            placement: None,
            words: about.name.clone(),
            source: "portfolio.json".to_owned(),
        }];
        self.placement_events(&mut all)?;
        self.work_events(&mut all)?;
        self.asking_events(&mut all)?;
        self.other_events(&mut all)?;
        // A stable order of what happened at the same moment: as found, which is by room and id.
        all.reverse();
        all.sort_by_key(|event| std::cmp::Reverse(event.at.end()));
        Ok(all)
    }

    fn placement_events(&self, all: &mut Vec<Event>) -> Result<(), HolderFault> {
        for (id, offer) in self.offers()? {
            let source = format!("private/{id}/offer.json");
            let event = |at, clock, kind, words: &str| Event {
                at,
                clock,
                kind,
                placement: None,
                words: words.to_owned(),
                source: source.clone(),
            };
            all.push(event(Moment::Exact(offer.created), Clock::Own, EventKind::Offered, &offer.title));
            if let Some(decision) = &offer.decision {
                let kind = match decision.outcome {
                    Decided::Accepted => EventKind::Accepted,
                    Decided::Declined => EventKind::Refused,
                };
                all.push(event(Moment::Day(decision.on), Clock::Own, kind, &offer.title));
            }
        }
        for (id, placement) in self.placements()? {
            let event = |at, clock, kind, words: String, source: String| Event {
                at,
                clock,
                kind,
                placement: Some(id.clone()),
                words,
                source,
            };
            let source = || format!("placements/{id}/placement.json");
            let (exact, title) = (Moment::Exact(placement.created), placement.title.clone());
            all.push(event(exact, Clock::Own, EventKind::Recorded, title.clone(), source()));
            for revision in self.frozen_briefs(&id)? {
                let number = revision.record.revision;
                let at = Moment::Exact(revision.record.frozen);
                let source = format!("placements/{id}/briefs/{number}.json");
                all.push(event(at, Clock::Own, EventKind::Frozen, format!("revision {number}"), source));
            }
            for logged in self.checkpoints(&id)?.entries {
                let source = format!("placements/{id}/checkpoints/{}.json", logged.name);
                let words = logged.record.decided.clone().unwrap_or_default();
                let words = format!(
                    "{} min{}{words}",
                    logged.record.minutes,
                    if words.is_empty() { "" } else { ": " }
                );
                let at = Moment::Day(logged.record.date);
                all.push(event(at, Clock::Written, EventKind::CheckedIn, words, source));
            }
            for outcome in self.outcomes(&id)? {
                let source = format!("placements/{id}/outcomes");
                let more = outcome.words.map(|words| format!(": {words}")).unwrap_or_default();
                let words = format!("{}{more}", outcome.kind.as_str());
                let at = Moment::Day(outcome.date);
                all.push(event(at, Clock::Written, EventKind::CameOfIt, words, source));
            }
            if let Some(closed) = &placement.closed {
                all.push(event(Moment::Day(closed.on), Clock::Own, EventKind::Closed, title, source()));
            }
        }
        Ok(())
    }

    fn work_events(&self, all: &mut Vec<Event>) -> Result<(), HolderFault> {
        for (id, artifact) in self.artifacts()? {
            let added = artifact.versions.iter().map(|version| version.added).chain([artifact.added]);
            for (place, at) in added.enumerate() {
                let kind = if place == 0 { EventKind::Added } else { EventKind::Replaced };
                let version = if place == 0 { String::new() } else { format!(", version {}", place + 1) };
                all.push(Event {
                    at: Moment::Exact(at),
                    clock: Clock::Own,
                    kind,
                    placement: artifact.placement.clone(),
                    words: format!("{}{version}", artifact.title),
                    source: format!("artifacts/{id}/artifact.json"),
                });
            }
        }
        Ok(())
    }

    fn asking_events(&self, all: &mut Vec<Event>) -> Result<(), HolderFault> {
        let requests = self.requests()?;
        for stored in &requests {
            let event = |at, clock, kind, words: String| Event {
                at: Moment::Exact(at),
                clock,
                kind,
                placement: Some(stored.record.placement.clone()),
                words,
                source: format!("requests/{}/record.json", stored.id),
            };
            let asked = stored.request.asked.name.clone();
            all.push(event(stored.request.created, Clock::Own, EventKind::Asked, asked));
            for answer in stored.record.answers.iter().filter(|answer| answer.credential.is_none()) {
                let by = answer.by.clone().unwrap_or_default();
                all.push(event(answer.created, Clock::Theirs, EventKind::Declined, by));
            }
        }
        for kept in self.sign_offs()? {
            all.push(Event {
                at: Moment::Exact(kept.sign_off.valid_from),
                clock: Clock::Theirs,
                kind: EventKind::Signed,
                placement: kept.request_in(&requests).map(|stored| stored.record.placement.clone()),
                words: kept.sign_off.issuer_name.clone(),
                source: format!("credentials/{}", kept.file_name()),
            });
        }
        Ok(())
    }

    fn other_events(&self, all: &mut Vec<Event>) -> Result<(), HolderFault> {
        let event = |at, kind, placement, words: &str, source| Event {
            at: Moment::Exact(at),
            clock: Clock::Own,
            kind,
            placement,
            words: words.to_owned(),
            source,
        };
        for deposit in self.deposited()? {
            let (record, source) = (&deposit.record, format!("deposits/{}/deposit.json", deposit.id));
            let (at, kind) = (record.captured.at, EventKind::Deposited);
            all.push(event(at, kind, record.placement.clone(), &record.title, source));
        }
        for story in self.stories()? {
            let source = format!("stories/{}.md", story.id);
            all.push(event(story.created, EventKind::Told, None, &story.title, source));
        }
        for (id, record) in self.move_records()? {
            let source = format!("moves/{id}.json");
            all.push(event(record.created, EventKind::Planned, None, &record.title, source));
        }
        Ok(())
    }
}
