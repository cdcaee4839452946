//! Stories: reflections and case studies in Markdown, each tied to a piece of work or a sign-off.
//!
//! A story is `stories/<id>.md`: front matter, the public half, and behind one marker line the half that stays here.
//!
//! ```text
//! ---
//! kind: case-study
//! on: artifact forecast-report
//! title: Halving the forecast error
//! created: 2026-07-24T15:02:40Z
//! ---
//!
//! ## Result
//!
//! The error fell from 14.2 % to 9.8 % [forecast-report].
//!
//! <!-- gated: nothing below this line is public -->
//! ```

mod claims;
mod hand_in;
mod template;

use serde::{Deserialize, Serialize};

use super::{HolderFault, Locked, Portfolio};
use crate::disk::{self, Mode};
use crate::path::Slug;
use crate::time::Timestamp;

pub use claims::{Claim, claims};

/// The line that parts what is public from what is not, as the template writes it. Any comment of one line that
/// begins with the word `gated` does the same.
pub const MARKER: &str = "<!-- gated: nothing below this line is public -->";

/// Longest story in bytes.
pub(super) const STORY_BYTES: u64 = 1 << 20;

/// What a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoryKind {
    /// What I learnt.
    Reflection,
    /// What the problem was and what I did about it.
    CaseStudy,
}

/// What a story is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// A piece of work.
    Artifact(Slug),
    /// A sign-off.
    Credential(Slug),
}

/// A story as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its id.
    pub id: Slug,
    /// What it is.
    pub kind: StoryKind,
    /// What it is about.
    pub on: On,
    /// Its title.
    pub title: String,
    /// When it was begun.
    pub created: Timestamp,
    /// The half that may travel, without front matter.
    pub public: String,
    /// The half that stays here; nothing where there is no marker.
    pub gated: Option<String>,
}

/// What is wrong with the form of a story, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryFault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub fact: String,
}

impl StoryKind {
    /// As it is written in front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            StoryKind::Reflection => "reflection",
            StoryKind::CaseStudy => "case-study",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<StoryKind> {
        [StoryKind::Reflection, StoryKind::CaseStudy].into_iter().find(|kind| kind.as_str() == name)
    }
}

impl On {
    /// The id of what it is about.
    #[must_use]
    pub fn id(&self) -> &Slug {
        match self {
            On::Artifact(id) | On::Credential(id) => id,
        }
    }

    /// What it is: `artifact` or `credential`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            On::Artifact(_) => "artifact",
            On::Credential(_) => "credential",
        }
    }
}

/// Reads a story from its text.
///
/// # Errors
/// The first line of the front matter that cannot be read.
pub fn parse(id: &Slug, text: &str) -> Result<Story, StoryFault> {
    let fault = |line: usize, column: usize, fact: String| StoryFault { line, column, fact };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line.trim_end()) != Some("---") {
        return Err(fault(1, 1, "begins without front matter: a line --- comes first".to_owned()));
    }
    let (mut kind, mut on, mut title, mut created, mut end) = (None, None, None, None, None);
    for (at, line) in lines {
        let line = line.trim_end();
        if line == "---" {
            end = Some(at);
            break;
        }
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(fault(at + 1, 1, "is no line of front matter such as: title: My story".to_owned()));
        };
        let column = name.chars().count() + 2 + value.chars().take_while(|c| *c == ' ').count();
        let (name, value) = (name.trim(), value.trim());
        let wrong = |fact: String| fault(at + 1, column, fact);
        match name {
            "kind" => {
                let read = StoryKind::named(value);
                kind = Some(
                    read.ok_or_else(|| wrong(format!("kind is “{value}”, not reflection or case-study")))?,
                );
            }
            "on" => on = Some(read_on(value).map_err(wrong)?),
            "title" => title = Some(value.to_owned()).filter(|title| !title.is_empty()),
            "created" => {
                let read = Timestamp::parse_ours(value);
                created = Some(read.map_err(|_| {
                    wrong(format!("created is “{value}”, not a moment such as 2026-07-24T15:02:40Z"))
                })?);
            }
            _ => {}
        }
    }
    let Some(end) = end else {
        return Err(fault(1, 1, "has front matter that does not end: a line --- is missing".to_owned()));
    };
    let lacks = |name: &str| fault(end + 1, 1, format!("lacks the line {name}: in its front matter"));
    let (public, gated) = halves(text, end + 1);
    Ok(Story {
        id: id.clone(),
        kind: kind.ok_or_else(|| lacks("kind"))?,
        on: on.ok_or_else(|| lacks("on"))?,
        title: title.ok_or_else(|| lacks("title"))?,
        created: created.ok_or_else(|| lacks("created"))?,
        public,
        gated,
    })
}

fn read_on(value: &str) -> Result<On, String> {
    let wrong = || {
        format!("on is “{value}”, not an artifact or credential with its id: on: artifact forecast-report")
    };
    let (word, id) = value.split_once(char::is_whitespace).ok_or_else(wrong)?;
    let id = Slug::parse(id.trim()).map_err(|_| wrong())?;
    match word {
        "artifact" => Ok(On::Artifact(id)),
        "credential" => Ok(On::Credential(id)),
        _ => Err(wrong()),
    }
}

/// Whether a line parts the halves.
#[must_use]
pub fn is_marker(line: &str) -> bool {
    let inner = line.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim_start().to_lowercase().starts_with("gated"))
}

/// The text behind the first `skipped` lines, parted at the first marker.
fn halves(text: &str, skipped: usize) -> (String, Option<String>) {
    let (mut public, mut gated) = (String::new(), None::<String>);
    for line in text.lines().skip(skipped) {
        match &mut gated {
            None if is_marker(line) => gated = Some(String::new()),
            None => {
                public.push_str(line);
                public.push('\n');
            }
            Some(_) if is_marker(line) => {}
            Some(gated) => {
                gated.push_str(line);
                gated.push('\n');
            }
        }
    }
    let trimmed = |half: String| {
        let half = half.trim_matches('\n');
        if half.is_empty() { String::new() } else { format!("{half}\n") }
    };
    (trimmed(public), gated.map(trimmed))
}

/// The part of a story that may travel: everything before the marker, front matter included.
#[must_use]
pub fn public_part(text: &str) -> String {
    let mut part: String = text.split_inclusive('\n').take_while(|line| !is_marker(line)).collect();
    part.truncate(part.trim_end().len());
    part.push('\n');
    part
}

impl Portfolio {
    /// Every story whose form can be read, by id.
    pub fn stories(&self) -> Result<Vec<Story>, HolderFault> {
        let mut all = Vec::new();
        for (name, kind) in self.names("stories")? {
            let id = name.strip_suffix(".md").and_then(|stem| Slug::parse(stem).ok());
            if let (disk::Kind::File, Some(id)) = (kind, id)
                && let Ok(story) = parse(&id, &self.story_text(&id)?)
            {
                all.push(story);
            }
        }
        Ok(all)
    }

    /// One story.
    ///
    /// # Errors
    /// [`HolderFault::NoSuchStory`], and [`HolderFault::Record`] with the line that cannot be read.
    pub fn story(&self, id: &Slug) -> Result<Story, HolderFault> {
        let path = self.root().join("stories").join(format!("{id}.md"));
        if disk::kind_of(&path)?.is_none() {
            return Err(HolderFault::NoSuchStory(id.clone()));
        }
        parse(id, &self.story_text(id)?).map_err(|fault| HolderFault::Record {
            path,
            line: fault.line,
            column: fault.column,
            fact: fault.fact,
        })
    }

    pub(super) fn story_text(&self, id: &Slug) -> Result<String, HolderFault> {
        let path = self.root().join("stories").join(format!("{id}.md"));
        let bytes = disk::read_bounded(&path, STORY_BYTES)?;
        String::from_utf8(bytes).map_err(|_| HolderFault::Record {
            path,
            line: 0,
            column: 0,
            fact: "is not UTF-8".to_owned(),
        })
    }

    /// What the id names: a piece of work before a sign-off.
    pub fn story_subject(&self, id: &Slug) -> Result<On, HolderFault> {
        match self.artifact(id) {
            Ok(_) => Ok(On::Artifact(id.clone())),
            Err(HolderFault::NoSuchArtifact(_)) => {
                let here = self.sign_offs()?.into_iter().any(|kept| kept.id == *id);
                if here {
                    Ok(On::Credential(id.clone()))
                } else {
                    Err(HolderFault::NoSuchSubject(id.clone()))
                }
            }
            Err(fault) => Err(fault),
        }
    }
}

impl Locked {
    /// Writes a new story from the template of its kind.
    ///
    /// # Errors
    /// What it is about must be here: [`HolderFault::NoSuchSubject`].
    pub fn new_story(
        &self,
        kind: StoryKind,
        on: &On,
        title: Option<&str>,
        created: Timestamp,
    ) -> Result<Story, HolderFault> {
        let about = match on {
            On::Artifact(id) => self.artifact(id)?.title,
            On::Credential(id) => {
                let kept = self.sign_offs()?.into_iter().find(|kept| kept.id == *id);
                kept.ok_or_else(|| HolderFault::NoSuchSubject(id.clone()))?.sign_off.claims.title
            }
        };
        let title = title.map_or(about, str::to_owned);
        let wanted = Slug::from_title(&format!("{}-{}", on.id(), kind.as_str()));
        let id = self.free_id("stories", &wanted)?;
        let text = template::write(kind, on, &title, created);
        let path = self.room("stories")?.join(format!("{id}.md"));
        disk::write_new(&path, text.as_bytes(), Mode::Shared)?;
        self.story(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_ours(text).unwrap()
    }

    #[test]
    fn what_the_template_writes_is_read_again() {
        for kind in [StoryKind::Reflection, StoryKind::CaseStudy] {
            let on = On::Artifact(id("forecast-report"));
            let text = template::write(kind, &on, "Halving the error: how", at("2026-07-24T15:02:40Z"));
            let story = parse(&id("s"), &text).unwrap();
            assert_eq!((story.kind, &story.on, story.title.as_str()), (kind, &on, "Halving the error: how"));
            assert_eq!(story.created, at("2026-07-24T15:02:40Z"));
            assert!(story.gated.is_some());
            assert_eq!(text.lines().filter(|line| is_marker(line)).count(), 1);
            assert_eq!(claims(&text), []);
        }
    }

    #[test]
    fn the_first_marker_parts_and_what_follows_never_travels() {
        let text = "---\nkind: reflection\non: credential acme\ntitle: T\ncreated: 2026-07-24T15:02:40Z\n---\n\nOpen.\n\n\
                    <!-- Gated -->\nClosed.\n<!-- gated: again -->\nStill closed.\n";
        let story = parse(&id("s"), text).unwrap();
        assert_eq!(story.public, "Open.\n");
        assert_eq!(story.gated.as_deref(), Some("Closed.\nStill closed.\n"));
        assert!(public_part(text).ends_with("---\n\nOpen.\n"));
        assert_eq!(public_part("only open"), "only open\n");
    }

    #[test]
    fn a_fault_in_front_matter_has_its_place() {
        let fault = |text: &str| parse(&id("s"), text).unwrap_err();
        let place = |fault: StoryFault| (fault.line, fault.column);
        assert_eq!(place(fault("# Story\n")), (1, 1));
        assert_eq!(place(fault("---\nkind: reflection\n")), (1, 1));
        assert_eq!(place(fault("---\nkind: essay\n---\n")), (2, 7));
        assert_eq!(place(fault("---\nkind: reflection\non:   forecast\n---\n")), (3, 7));
        assert_eq!(place(fault("---\nno colon\n---\n")), (2, 1));
        let lacking = fault("---\nkind: reflection\non: artifact a\n---\n");
        assert_eq!(lacking.fact, "lacks the line title: in its front matter");
        assert_eq!(place(lacking), (4, 1));
    }
}
