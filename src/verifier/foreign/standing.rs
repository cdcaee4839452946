//! Whether a credential of somebody else's still stands, by copies of the lists that its issuer keeps.

use serde_json::Value;

use super::finding::{ForeignCode, ForeignFinding};
use super::signature::Signature;
use super::{Asked, Snapshot};
use crate::credential::foreign::Foreign;
use crate::credential::status_list::{ListKind, StatusEntry, StatusFault, StatusList, is_revoked_by_id};
use crate::json;
use crate::proof::others::PinnedBy;
use crate::time::Timestamp;

/// What the lists say.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The oldest moment for which a list answered.
    pub(super) as_of: Option<Timestamp>,
    /// What was found.
    pub(super) findings: Vec<ForeignFinding>,
}

impl Standing {
    pub(super) fn of(credential: &Foreign, asked: &Asked<'_>) -> Self {
        let mut this = Standing::default();
        for entry in &credential.status {
            match entry {
                Err(fault @ StatusFault::OtherKind(_)) => this.find(ForeignCode::StatusNotSupported, fault),
                Err(fault) => this.find(ForeignCode::StatusUnusable, fault),
                Ok(entry) if entry.takes_back() => this.look_up(credential, entry, asked),
                Ok(_) => {}
            }
        }
        this
    }

    fn find(&mut self, code: ForeignCode, detail: impl ToString) {
        self.findings.push(ForeignFinding { code, detail: detail.to_string() });
    }

    fn look_up(&mut self, credential: &Foreign, entry: &StatusEntry, asked: &Asked<'_>) {
        let of_this =
            |by: PinnedBy| asked.snapshots.iter().find(move |copy| copy.url == entry.list && copy.by == by);
        let Some(copy) = of_this(PinnedBy::Recruiter).or_else(|| of_this(PinnedBy::Student)) else {
            return self.find(ForeignCode::StatusNotHere, &entry.list);
        };
        let looked = match entry.kind {
            ListKind::Revoked => self.by_id(credential, copy),
            ListKind::Bitstring | ListKind::StatusList2021 => self.by_bit(credential, entry, copy, asked),
        };
        if let Err(why) = looked {
            self.find(ForeignCode::StatusUnusable, why);
        }
    }

    /// 1EdTech's list is not signed: naming the credential is enough against it, and only the reader's own copy
    /// speaks for it.
    fn by_id(&mut self, credential: &Foreign, copy: &Snapshot<'_>) -> Result<(), String> {
        let document = json::parse(copy.bytes, &json::FOREIGN).map_err(|fault| fault.kind.to_string())?;
        let id = credential.id.as_deref().ok_or("the credential has no id")?;
        let issuer = credential.issuer.id.as_deref().unwrap_or_default();
        match is_revoked_by_id(&document, issuer, id) {
            Ok(true) => self.find(ForeignCode::Revoked, copy.url),
            Ok(false) if copy.by == PinnedBy::Student => {
                return Err("a list that is not signed and came with the credential".into());
            }
            Ok(false) => self.date(copy.taken),
            Err(fault) => return Err(fault.to_string()),
        }
        Ok(())
    }

    fn by_bit(
        &mut self,
        credential: &Foreign,
        entry: &StatusEntry,
        copy: &Snapshot<'_>,
        asked: &Asked<'_>,
    ) -> Result<(), String> {
        let signature = Signature::of(copy.bytes, asked.pins, asked.at);
        if signature.key.is_none() {
            let why = signature.findings.first().map(|finding| finding.detail.clone());
            return Err(why.unwrap_or_else(|| "its signature does not hold".into()));
        }
        let document = signature.document.as_ref().unwrap_or(&Value::Null);
        let issuer = signature.credential.as_ref().and_then(|list| list.issuer.id.clone());
        let list = StatusList::read(document, entry.kind).map_err(|fault| fault.to_string())?;
        let by_issuer = issuer == credential.issuer.id;
        if !by_issuer && copy.by == PinnedBy::Student {
            return Err(format!("signed by {}, not by the issuer", issuer.unwrap_or_default()));
        }
        let value = list.value(entry).map_err(|fault| fault.to_string())?;
        let ended = list.valid_until.is_some_and(|until| asked.at > until);
        let not_yet = list.valid_from.is_some_and(|from| asked.at < from);
        // what was revoked stays revoked, however old the list
        if value != 0 && !not_yet && entry.purpose == "revocation" {
            self.find(ForeignCode::Revoked, copy.url);
            return Ok(());
        }
        if ended || not_yet {
            return Err("a list for another time".into());
        }
        if value != 0 {
            self.find(ForeignCode::Suspended, copy.url);
            return Ok(());
        }
        if list.id.as_deref() != Some(copy.url) {
            if copy.by == PinnedBy::Student {
                return Err("a list with another address than the one asked for".into());
            }
            self.find(ForeignCode::StatusForm, "the list gives itself another address");
        }
        if list.is_short(entry) {
            self.find(ForeignCode::StatusForm, "the list is shorter than the specification asks");
        }
        if entry.index_is_number {
            self.find(ForeignCode::StatusForm, "the place in the list is a number, not text");
        }
        let spoken = list.valid_from.max(signature.signed);
        let kept = list.ttl.and_then(|ttl| i64::try_from(ttl / 1000).ok());
        if let (Some(spoken), Some(kept)) = (spoken, kept)
            && spoken.plus_seconds(kept) < asked.at
        {
            self.find(ForeignCode::StatusOld, format!("of {spoken}"));
        }
        self.date(spoken);
        Ok(())
    }

    fn date(&mut self, spoken: Option<Timestamp>) {
        self.as_of = match (self.as_of, spoken) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}
