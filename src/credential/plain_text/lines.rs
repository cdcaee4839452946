//! The lines of a statement, read one after the other; what is wrong is told by its line.

use super::{FIELD_INDENT, FIELD_LABEL, INDENT, LABEL, MARKS, OTHER_FILES, PlainFault, PlainStatement};
use crate::credential::claims::{
    Claims, EVIDENCE_LIMIT, Evidence, HashedEmail, ITEM_LIMIT, Item, SKILL_LIMIT, Skill, Subject,
};
use crate::credential::draft;
use crate::credential::id::is_urn_uuid;
use crate::digest::Digest;
use crate::path::FileName;
use crate::proof::did;
use crate::time::{Date, Timestamp};

/// The lines of a text, taken from the front. What is wrong is wrong at the line that is next.
pub(super) struct Lines<'a> {
    lines: Vec<&'a str>,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text whose first two were looked at.
    pub(super) fn below_the_heading(text: &'a str) -> Self {
        Lines { lines: text.split('\n').collect(), at: 2 }
    }

    /// Everything that stands there, up to the last line.
    pub(super) fn whole(mut self) -> Result<PlainStatement, PlainFault> {
        let statement = self.statement().ok_or_else(|| self.fault())?;
        self.record(statement).ok_or_else(|| self.fault())
    }

    fn fault(&self) -> PlainFault {
        PlainFault::Line { line: self.at.min(self.lines.len().saturating_sub(1)) + 1 }
    }

    fn peek(&self) -> Option<&'a str> {
        self.lines.get(self.at).copied()
    }

    fn gap(&mut self) -> Option<()> {
        self.peek().filter(|line| line.is_empty())?;
        self.at += 1;
        Some(())
    }

    /// The value behind a label, as `read` makes it; the line counts as taken only then.
    fn value<T>(&mut self, label: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let value = self.peek()?.strip_prefix(format!("{label:<LABEL$}").as_str())?;
        let value = read(value)?;
        self.at += 1;
        Some(value)
    }

    /// The same where the line may be absent; one that is there must read.
    fn optional<T>(&mut self, label: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<Option<T>> {
        let is_there = self.peek()?.starts_with(format!("{label:<LABEL$}").as_str());
        if is_there { self.value(label, read).map(Some) } else { Some(None) }
    }

    fn field<T>(&mut self, label: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let value = self.peek()?.strip_prefix(format!("{FIELD_INDENT}{label:<FIELD_LABEL$}").as_str())?;
        let value = read(value)?;
        self.at += 1;
        Some(value)
    }

    /// The words behind the indent, up to the first line of the record.
    fn statement(&mut self) -> Option<String> {
        let mut words = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.is_empty() || line.starts_with(INDENT)) {
            words.push(line.strip_prefix(INDENT).unwrap_or(line));
            self.at += 1;
        }
        (words.pop() == Some("") && !words.is_empty()).then(|| words.join("\n"))
    }

    fn record(&mut self, statement: String) -> Option<PlainStatement> {
        let day = |text: &str| Date::parse(text).ok();
        let name = self.optional("Name", owned)?;
        let title = self.value("Placement", owned)?;
        let organisation = self.optional("Organisation", owned)?;
        let starts = self.optional("First day", day)?;
        let ends = self.optional("Last day", day)?;
        let role = self.optional("Role", owned)?;
        let mut skills = Vec::new();
        while let Some(name) = self.optional("Skill", owned)?.filter(|_| skills.len() < SKILL_LIMIT) {
            skills.push(Skill { name, url: self.optional("described at", owned)? });
        }
        let brief = self.optional("Brief", owned)?;
        let signer = self.value("Signer", owned)?;
        self.gap()?;
        let (mut items, mut evidence) = (Vec::new(), Vec::new());
        while let Some(title) = self.heading(items.len() + 1).filter(|_| items.len() < ITEM_LIMIT) {
            let asked = self.field("asked", owned).unwrap_or_default();
            let result = self.field("result", owned);
            items.push(Item { title: title.to_owned(), asked, result, mark: None });
            self.files(Some(title), &mut evidence)?;
            self.gap()?;
        }
        if self.peek() == Some(OTHER_FILES) {
            self.at += 1;
            self.files(None, &mut evidence)?;
            self.gap()?;
        }
        self.value("Marks", |marks| (marks == MARKS).then_some(()))?;
        let asked_on = self.value("Asked on", |text| Timestamp::parse_ours(text).ok())?;
        let id = self.value("About key", |id| did::parse(id).is_ok().then(|| id.to_owned()))?;
        let email = self.optional("About email", hashed)?;
        let achievement_id = self.value("Record", |id| is_urn_uuid(id).then(|| id.to_owned()))?;
        let claims = Claims {
            description: title.clone(),
            title,
            organisation,
            achievement_id,
            subject: Subject { id, name, email, starts, ends },
            statement,
            role,
            skills,
            criteria: brief
                .map(|words| format!("{words}\n\n{}", draft::criteria(&items)))
                .unwrap_or_default(),
            items,
            evidence,
        };
        Some(PlainStatement { claims, signer, asked_on })
    }

    fn heading(&mut self, number: usize) -> Option<&'a str> {
        let title = self.peek()?.strip_prefix(format!("{number}. ").as_str())?;
        self.at += 1;
        Some(title)
    }

    fn files(&mut self, item: Option<&str>, into: &mut Vec<Evidence>) -> Option<()> {
        while let Some(name) = self.field("file", |name| FileName::parse(name).ok()) {
            let media_type = self.field("type", owned)?;
            let genre = self.field("genre", owned)?;
            let audience = self.field("audience", owned);
            let digest = self.field("sha256", |hex| Digest::from_hex(hex).ok())?;
            let is_new = into.iter().all(|earlier| earlier.digest != digest);
            (is_new && into.len() < EVIDENCE_LIMIT).then_some(())?;
            let (name, item) = (name.to_string(), item.map(str::to_owned));
            into.push(Evidence { name, digest, media_type, genre, audience, item });
        }
        Some(())
    }
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn hashed(text: &str) -> Option<HashedEmail> {
    let (hash, salt) = text.split_once(' ')?;
    Digest::from_hex(hash.strip_prefix("sha256$")?).ok()?;
    Some(HashedEmail { salt: salt.to_owned(), hash: hash.to_owned() })
}
