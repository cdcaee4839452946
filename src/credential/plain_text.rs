//! A sign-off as plain text: what a mentor who has nothing installed reads and signs with `ssh-keygen`.
//!
//! The text holds everything that is bound, in one spelling: it is written from the draft, and read back strictly, by
//! writing it again and comparing every byte. It marks no deliverable and carries no date of signing, because an SSH
//! signature has room for neither. No line of it can be forged by what a student wrote: every value stands behind a
//! label on a line of its own, and the statement stands behind an indent.

mod lines;

use thiserror::Error;

use super::claims::{Claims, Evidence};
use super::draft;
use super::id::urn_uuid;
use super::request::Request;
use super::signoff::{Form, SignOff};
use crate::proof::PublicKey;
use crate::time::{Date, Timestamp};
use lines::Lines;

/// What the signature must be made for: the namespace of `ssh-keygen -Y sign -n`.
pub const NAMESPACE: &str = "portfolio-signoff@v1";

/// Where the statement lies in a request.
pub const PLACE_IN_REQUEST: &str = "data/statement.txt";

/// How the file of a kept statement ends.
pub const STATEMENT_ENDING: &str = ".statement.txt";

/// What `ssh-keygen` puts behind the name of the file that it signs.
pub const SIGNATURE_ENDING: &str = ".sig";

/// The most bytes of a statement: a thousand files with their digests take under 300,000.
pub const STATEMENT_BYTES: usize = 512 * 1024;

/// The newest form of the text that this program reads, and the one it writes.
pub const FORM: u64 = 1;

const HEADING: &str = "Sign-off statement, form ";
/// What the usual statement says of marks, which this form does not carry.
const OF_MARKS: &str = ", and I marked each one against the brief as shown.";
const MARKS: &str = "none; whether an item was met as asked is not said here";
const OTHER_FILES: &str = "Other files";
const LABEL: usize = 14;
const INDENT: &str = "    ";
const FIELD_INDENT: &str = "   ";
const FIELD_LABEL: usize = 10;

/// Who is asked to sign, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The name that the signer is asked under.
    pub signer: &'a str,
    /// When, by the student's clock.
    pub on: Timestamp,
}

/// A statement as read. Whether anybody signed it is for `proof` to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainStatement {
    /// What is claimed about whom and which files; no item is marked.
    pub claims: Claims,
    /// The name of the signer in it.
    pub signer: String,
    /// When it was asked for, by the student's clock.
    pub asked_on: Timestamp,
}

/// Why a text is no statement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PlainFault {
    /// Longer than any.
    #[error("{found} bytes, more than a statement has")]
    TooLong {
        /// The length in bytes.
        found: usize,
    },
    /// It does not begin as one.
    #[error("not a sign-off statement")]
    NotAStatement,
    /// Of a newer form, and so neither good nor bad.
    #[error("a statement of form {found}, and this program reads form {FORM}")]
    TooNew {
        /// The form.
        found: u64,
    },
    /// A line that is not what must stand there.
    #[error("line {line} is not what must stand there")]
    Line {
        /// From 1.
        line: usize,
    },
    /// It says the same in another spelling than the one that is taken.
    #[error("not in the one spelling that a statement has")]
    Spelling,
}

/// The text for what a request asks.
#[must_use]
pub fn of_request(request: &Request) -> Option<String> {
    write(&request.claims, &Asked { signer: &request.asked.name, on: request.created })
}

/// The text for these claims; `None` where a value cannot stand on a line, or says more than can be seen.
#[must_use]
pub fn write(claims: &Claims, asked: &Asked<'_>) -> Option<String> {
    let mut page = Page(format!("{HEADING}{FORM}\n\n"));
    for line in without_marks(&claims.statement).split('\n') {
        match line {
            "" => page.0.push('\n'),
            line if is_plain(line) => page.0.push_str(&format!("{INDENT}{line}\n")),
            _ => return None,
        }
    }
    if claims.statement.trim() != claims.statement || claims.statement.is_empty() {
        return None;
    }
    page.gap();
    let subject = &claims.subject;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    page.optional("Name", subject.name.as_deref())?;
    page.value("Placement", &claims.title)?;
    page.optional("Organisation", claims.organisation.as_deref())?;
    page.optional("First day", day(subject.starts).as_deref())?;
    page.optional("Last day", day(subject.ends).as_deref())?;
    page.optional("Role", claims.role.as_deref())?;
    for skill in &claims.skills {
        page.value("Skill", &skill.name)?;
        page.optional("described at", skill.url.as_deref())?;
    }
    let brief = draft::before_the_list(&claims.criteria, &claims.items)?;
    page.optional("Brief", Some(brief).filter(|words| !words.is_empty()))?;
    page.value("Signer", asked.signer)?;
    for (index, item) in claims.items.iter().enumerate() {
        page.gap();
        page.line(&format!("{}. {}", index + 1, plain(&item.title)?));
        page.field("asked", Some(item.asked.as_str()).filter(|asked| !asked.is_empty()))?;
        page.field("result", item.result.as_deref())?;
        // of two items with one title the first has the files
        let is_first = claims.items.iter().position(|other| other.title == item.title) == Some(index);
        let mine = claims.evidence.iter().filter(|file| file.item.as_ref() == Some(&item.title) && is_first);
        mine.map(|file| page.file(file)).collect::<Option<Vec<()>>>()?;
    }
    let of_no_item =
        |file: &&Evidence| !claims.items.iter().any(|item| Some(&item.title) == file.item.as_ref());
    let others: Vec<&Evidence> = claims.evidence.iter().filter(of_no_item).collect();
    if !others.is_empty() {
        page.gap();
        page.line(OTHER_FILES);
        others.into_iter().map(|file| page.file(file)).collect::<Option<Vec<()>>>()?;
    }
    page.gap();
    page.value("Marks", MARKS)?;
    page.value("Asked on", &asked.on.to_string())?;
    page.value("About key", &subject.id)?;
    if let Some(email) = &subject.email {
        if email.salt.contains(char::is_whitespace) {
            return None;
        }
        page.value("About email", &format!("{} {}", email.hash, email.salt))?;
    }
    page.value("Record", &claims.achievement_id)?;
    Some(page.0).filter(|text| text.len() <= STATEMENT_BYTES)
}

/// Whether a file begins as a statement does.
#[must_use]
pub fn begins_as_one(head: &[u8]) -> bool {
    head.starts_with(HEADING.as_bytes())
}

/// Reads a statement, in its one spelling.
///
/// # Errors
/// The first thing that is not as it must be.
pub fn read(text: &[u8]) -> Result<PlainStatement, PlainFault> {
    if text.len() > STATEMENT_BYTES {
        return Err(PlainFault::TooLong { found: text.len() });
    }
    let text = std::str::from_utf8(text).map_err(|_| PlainFault::NotAStatement)?;
    let form = text.strip_prefix(HEADING).and_then(|rest| rest.lines().next());
    match form.and_then(|form| form.parse().ok()).ok_or(PlainFault::NotAStatement)? {
        FORM => {}
        found if found > FORM => return Err(PlainFault::TooNew { found }),
        _ => return Err(PlainFault::NotAStatement),
    }
    let read = Lines::below_the_heading(text).whole()?;
    let asked = Asked { signer: &read.signer, on: read.asked_on };
    if write(&read.claims, &asked).as_deref() == Some(text) { Ok(read) } else { Err(PlainFault::Spelling) }
}

impl PlainStatement {
    /// The sign-off that it is when this key signed this text. Its `valid_from` is the day it was asked for: it was
    /// not signed before, and the signature does not say when.
    #[must_use]
    pub fn signed_by(self, key: &PublicKey, text: &[u8]) -> SignOff {
        SignOff {
            form: Form::Statement,
            id: urn_uuid("statement", &[text, key.as_bytes()]),
            issuer_id: key.did(),
            issuer_name: self.signer,
            valid_from: self.asked_on,
            valid_until: None,
            claims: self.claims,
            has_status_list: false,
            not_understood: Vec::new(),
        }
    }
}

fn without_marks(statement: &str) -> String {
    statement.replacen(OF_MARKS, ".", 1)
}

/// Text that reads as it stands: on one line, with nothing in it that cannot be seen.
fn plain(text: &str) -> Option<&str> {
    Some(text).filter(|text| is_plain(text))
}

fn is_plain(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    !text.is_empty() && text.trim() == text && !text.contains(unseen)
}

/// The text in the making.
struct Page(String);

impl Page {
    fn gap(&mut self) {
        self.0.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn value(&mut self, label: &str, value: &str) -> Option<()> {
        self.line(&format!("{label:<LABEL$}{}", plain(value)?));
        Some(())
    }

    fn optional(&mut self, label: &str, value: Option<&str>) -> Option<()> {
        value.map_or(Some(()), |value| self.value(label, value))
    }

    fn field(&mut self, label: &str, value: Option<&str>) -> Option<()> {
        if let Some(value) = value {
            self.line(&format!("{FIELD_INDENT}{label:<FIELD_LABEL$}{}", plain(value)?));
        }
        Some(())
    }

    fn file(&mut self, file: &Evidence) -> Option<()> {
        self.field("file", Some(&file.name))?;
        self.field("type", Some(&file.media_type))?;
        self.field("genre", Some(&file.genre))?;
        self.field("audience", file.audience.as_deref())?;
        self.field("sha256", Some(&file.digest.hex()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::claims::{HashedEmail, Skill};
    use super::super::sample;
    use super::*;
    use crate::digest::Digest;

    fn asked() -> Asked<'static> {
        Asked { signer: "Priya Nair", on: sample::moment("2026-07-22T09:00:00Z") }
    }

    fn text() -> String {
        write(&draft::read(&sample::draft()).unwrap(), &asked()).unwrap()
    }

    #[test]
    fn the_text_holds_everything_that_is_bound() {
        let expected = format!(
            "Sign-off statement, form 1\n\n    \
             I supervised this placement. Alex Rivera delivered the items listed.\n\n\
             Name          Alex Rivera\n\
             Placement     Demand forecasting co-lab\n\
             Organisation  Acme Retail Ltd\n\
             First day     2026-06-01\n\
             Last day      2026-07-24\n\
             Signer        Priya Nair\n\n\
             1. Forecast report\n   \
             asked     error under 12 % on the held-out month\n   \
             result    9.8 %, was 14.2 %\n   \
             file      forecast-report.pdf\n   \
             type      application/pdf\n   \
             genre     report\n   \
             sha256    {}\n\n\
             2. Model code\n   \
             result    61 of 64 tests\n   \
             file      model-code.zip\n   \
             type      application/pdf\n   \
             genre     report\n   \
             audience  confidential until 2027-07-24\n   \
             sha256    {}\n\n\
             Marks         none; whether an item was met as asked is not said here\n\
             Asked on      2026-07-22T09:00:00Z\n\
             About key     {}\n\
             About email   {} c2FsdA\n\
             Record        {}\n",
            Digest::of(b"report"),
            Digest::of(b"code"),
            sample::STUDENT,
            HashedEmail::of("alex@rivera.example", "c2FsdA").hash,
            sample::claims().achievement_id,
        );
        assert_eq!(text(), expected);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut claims = draft::read(&sample::draft()).unwrap();
        for loose in [false, true] {
            if loose {
                claims.evidence[0].item = None;
                claims.statement = "Alex did this.\n\nAll of it.".into();
                (claims.organisation, claims.subject.email, claims.subject.ends) = (None, None, None);
                claims.role = Some("data analyst intern".into());
                let skill =
                    |name: &str, url: Option<&str>| Skill { name: name.into(), url: url.map(Into::into) };
                claims.skills = vec![skill("SQL", Some("https://example.org/sql")), skill("Talks", None)];
                claims.criteria = format!("The brief was frozen.\n\n{}", claims.criteria);
            }
            let read = read(write(&claims, &asked()).unwrap().as_bytes()).unwrap();
            assert_eq!((read.signer.as_str(), read.asked_on), (asked().signer, asked().on));
            assert_eq!((&read.claims.items, &read.claims.subject), (&claims.items, &claims.subject));
            assert_eq!((&read.claims.role, &read.claims.skills), (&claims.role, &claims.skills));
            assert_eq!(read.claims.criteria.starts_with("The brief was frozen."), loose);
            let mut files = claims.evidence.clone();
            files.rotate_left(usize::from(loose));
            assert_eq!(read.claims.evidence, files);
        }
    }

    #[test]
    fn one_spelling_is_taken_and_the_rest_is_named() {
        let said = |from: &str, to: &str| {
            let changed = text().replacen(from, to, 1);
            assert_ne!(changed, text());
            read(changed.as_bytes()).unwrap_err()
        };
        assert_eq!(said("form 1", "form 2"), PlainFault::TooNew { found: 2 });
        assert_eq!(said("Sign-off", "Sign off"), PlainFault::NotAStatement);
        assert_eq!(said("Signer  ", "Siegner "), PlainFault::Line { line: 10 });
        assert_eq!(said("none; whether", "all; whether"), PlainFault::Line { line: 28 });
        assert_eq!(said("2. Model", "3. Model"), PlainFault::Line { line: 20 });
        assert_eq!(said("Name          Alex", "Name          Alex\u{200b}"), PlainFault::Spelling);
        assert_eq!(said("    I supervised", "    I supervised  \r"), PlainFault::Spelling);
        assert_eq!(read((text() + "More\n").as_bytes()), Err(PlainFault::Spelling));
        assert_eq!(read(&[0xff]), Err(PlainFault::NotAStatement));
    }

    #[test]
    fn words_that_could_forge_a_line_make_no_statement() {
        let mut claims = draft::read(&sample::draft()).unwrap();
        claims.items[0].result = Some("fine\nMarks         all met".into());
        assert_eq!(write(&claims, &asked()), None);
        claims.items[0].result = Some("\u{202e}enif".into());
        assert_eq!(write(&claims, &asked()), None);
        claims.items[0].result = None;
        assert_eq!(write(&claims, &Asked { signer: " ", ..asked() }), None);
        assert!(write(&claims, &asked()).is_some());
    }
}
