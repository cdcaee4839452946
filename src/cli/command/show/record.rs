//! One JSON document in people's words: what it calls itself, and what it says, all of it behind an indent.

use portfolio::credential::decline::{self, Decline};
use portfolio::credential::deposit::{self, Deposit};
use portfolio::credential::key_notice::{self, KeyEvent};
use portfolio::credential::presentation::{self, Presentation};
use portfolio::credential::request::Request;
use portfolio::credential::statement::{self, Detail, Line};
use portfolio::credential::voucher::{self, Voucher};
use portfolio::credential::withdrawal::{self, Withdrawal};
use portfolio::credential::{SignOff, request, signoff};
use portfolio::json::{self, JsonFault};
use portfolio::proof;
use portfolio::render::escape::{quoted, visible};
use portfolio::time::Timestamp;
use serde_json::Value;

use super::deposited;
use super::elsewhere::Elsewhere;
use crate::words::{course_text, statement_text};

/// A document and what it was recognised as.
pub struct Record {
    document: Value,
    what: What,
}

enum What {
    SignOff(Box<SignOff>),
    Request(Box<Request>),
    Presentation(Presentation),
    Decline(Decline),
    Withdrawal(Withdrawal),
    Voucher(Voucher),
    KeyNotice(key_notice::KeyNotice),
    /// How something of somebody else's came here.
    Deposit(Box<Deposit>),
    /// Issued by somebody else.
    Elsewhere(Box<Elsewhere>),
    /// A record of a portfolio or a settings file: its kind for programs, its kind for people.
    Kept(&'static str, &'static str),
    Unknown,
}

impl Record {
    /// Reads a document or a token; of ours what fits, of others what can be said of it, else the JSON.
    pub fn read(bytes: &[u8]) -> Result<Record, JsonFault> {
        if let Some(elsewhere) = Elsewhere::in_token(bytes) {
            let document = elsewhere.document().clone();
            return Ok(Record { document, what: What::Elsewhere(Box::new(elsewhere)) });
        }
        let document = match json::parse(bytes, &json::PRESENTATION) {
            // others may write numbers that ours never have
            Err(fault) => json::parse(bytes, &json::FOREIGN).map_err(|_| fault)?,
            Ok(document) => document,
        };
        let what = recognise(&document);
        Ok(Record { document, what })
    }

    /// The document as parsed.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The stable name of what it is.
    pub fn kind(&self) -> &'static str {
        match &self.what {
            What::SignOff(_) => "sign-off",
            What::Request(_) => "request",
            What::Presentation(_) => "presentation",
            What::Decline(_) => "decline",
            What::Withdrawal(_) => "withdrawal",
            What::Voucher(_) => "voucher",
            What::KeyNotice(_) => "key-notice",
            What::Deposit(_) => "deposit",
            What::Elsewhere(issued) => issued.kind(),
            What::Kept(kind, _) => kind,
            What::Unknown => "unknown",
        }
    }

    /// Whether `verify` has something to say about it.
    pub fn can_be_checked(&self) -> bool {
        matches!(self.what, What::SignOff(_) | What::Elsewhere(_))
    }

    /// What it calls itself, for a heading: a stranger's words are in quotes.
    pub fn described(&self) -> String {
        let on = |moment: Timestamp| moment.date().people();
        match &self.what {
            What::SignOff(signed) => format!(
                "a sign-off of {} by a key that calls itself {}",
                on(signed.valid_from),
                quoted(&signed.issuer_name)
            ),
            What::Request(request) => format!(
                "a request of {} by {} to {}",
                on(request.created),
                quoted(&request.from.name),
                quoted(&request.asked.name)
            ),
            What::Presentation(made) => format!("a bundle of {} by {}", on(made.created), quoted(&made.name)),
            What::Decline(declined) => {
                format!("a refusal to sign, of {} by {}", on(declined.created), quoted(&declined.by))
            }
            What::Withdrawal(news) => format!("a withdrawal of {}", on(news.created)),
            What::Voucher(voucher) => format!(
                "a voucher of {} by a key that calls itself {}",
                on(voucher.valid_from),
                quoted(&voucher.issuer_name)
            ),
            What::KeyNotice(notice) => format!("news of {} about a key", on(notice.created)),
            What::Deposit(record) => deposited::described(record),
            What::Elsewhere(issued) => issued.described(),
            What::Kept(_, words) => (*words).to_owned(),
            What::Unknown => "a JSON document of a kind that is not known here".to_owned(),
        }
    }

    /// The marks of a sign-off, counted.
    pub fn marks(&self) -> Option<String> {
        match &self.what {
            What::SignOff(signed) => signed.claims.tally_words(),
            _ => None,
        }
    }

    /// What it says, line by line.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        let detail = if verbose { Detail::WithFingerprints } else { Detail::Brief };
        match &self.what {
            What::SignOff(signed) => statement_text::lines(&statement::lines(signed, detail, None)),
            What::Request(request) => {
                let mut text =
                    statement::claims_lines(&request.claims, detail, request.from.email.as_deref());
                if let Some(message) = &request.message {
                    text.extend([Line::Blank, Line::Text(message.clone())]);
                }
                let course = course_text::lines(&request.course);
                text.extend((!course.is_empty()).then_some(Line::Blank));
                let mut lines = statement_text::lines(&text);
                let went = course.iter().flat_map(|told| {
                    let rest = format!("    {}", told.indent);
                    crate::terminal::wrap::fill(
                        crate::terminal::screen::COLUMNS,
                        &format!("  {}", told.indent),
                        &rest,
                        &told.text,
                    )
                });
                lines.extend(went);
                lines
            }
            What::Decline(declined) => {
                let reason = declined.reason.as_deref().unwrap_or("No reason is given.");
                statement_text::lines(&[Line::Text(reason.to_owned())])
            }
            What::Withdrawal(news) => statement_text::lines(&withdrawal_text(news)),
            What::Voucher(voucher) => statement_text::lines(&voucher_text(voucher)),
            What::KeyNotice(notice) => statement_text::lines(&notice_text(notice)),
            What::Presentation(made) => {
                statement_text::lines(&[Line::Text(format!("Key {}", fingerprint(&made.holder)))])
            }
            What::Deposit(record) => statement_text::lines(&deposited::lines(record)),
            What::Elsewhere(issued) => statement_text::lines(&issued.lines()),
            What::Kept(..) | What::Unknown => self.as_written(),
        }
    }

    /// The JSON itself, escaped, behind the indent.
    fn as_written(&self) -> Vec<String> {
        let text = serde_json::to_string_pretty(&self.document).unwrap_or_default();
        text.lines().map(|line| format!("    {}", visible(line))).collect()
    }
}

fn withdrawal_text(news: &Withdrawal) -> Vec<Line> {
    let mut text = vec![
        Line::Text(format!("Withdraws the sign-off {}", news.credential)),
        Line::Text(format!("Key {}", fingerprint(&news.issuer))),
    ];
    if let Some(reason) = &news.reason {
        text.push(Line::Text(format!("Reason: {reason}")));
    }
    if let Some(newer) = &news.replaced_by {
        text.push(Line::Text(format!("In its place: {newer}")));
    }
    text
}

fn voucher_text(voucher: &Voucher) -> Vec<Line> {
    let until = match voucher.valid_until {
        Some(until) => format!("Good until {}.", until.date().people_long()),
        None => "It names no end date.".to_owned(),
    };
    let mut text = vec![Line::Text(voucher.words.clone()), Line::Blank];
    text.push(Line::Text(format!("Signs with the key {}", fingerprint(&voucher.key))));
    text.push(Line::Text(until));
    text.push(Line::Text(format!("Key {}", fingerprint(&voucher.issuer_id))));
    text
}

fn notice_text(notice: &key_notice::KeyNotice) -> Vec<Line> {
    let key = Line::Text(format!("Key {}", fingerprint(&notice.key)));
    let news = match &notice.event {
        KeyEvent::Lost { since } => format!("Lost since {}", since.date().people()),
        KeyEvent::Succeeded { by } => format!("Followed by the key {}", fingerprint(by)),
    };
    vec![key, Line::Text(news)]
}

fn fingerprint(did: &str) -> String {
    proof::did::parse(did).map_or_else(|_| did.to_owned(), |key| key.fingerprint())
}

fn recognise(document: &Value) -> What {
    let named = |name: &str| {
        document.get("type").is_some_and(|kind| match kind {
            Value::String(text) => text == name,
            Value::Array(list) => list.iter().any(|entry| entry == name),
            _ => false,
        })
    };
    let has = |members: &[&str]| members.iter().all(|member| document.get(member).is_some());
    let read = if named("OpenBadgeCredential") {
        signoff::read(document).ok().map(|signed| What::SignOff(Box::new(signed)))
    } else if named("SignOffRequest") {
        request::read(document).ok().map(|request| What::Request(Box::new(request)))
    } else if named("VerifiablePresentation") {
        presentation::read(document).ok().map(What::Presentation)
    } else if named("Decline") {
        decline::read(document).ok().map(What::Decline)
    } else if named("Withdrawal") {
        withdrawal::read(document).ok().map(What::Withdrawal)
    } else if voucher::is_one(document) {
        voucher::read(document).ok().map(What::Voucher)
    } else if named("KeyNotice") {
        key_notice::read(document).ok().map(What::KeyNotice)
    } else if deposited::is_one(document) {
        deposit::read(document).ok().map(|record| What::Deposit(Box::new(record)))
    } else if has(&["formatVersion", "document", "files"]) {
        Some(What::Kept("artifact", "the record of a piece of work"))
    } else if has(&["formatVersion", "title", "brief"]) {
        Some(What::Kept("placement", "the record of a placement"))
    } else if has(&["formatVersion", "title", "answers"]) {
        Some(What::Kept("offer", "the record of an offer"))
    } else if has(&["formatVersion", "date", "minutes"]) {
        Some(What::Kept("checkpoint", "the record of a check-in"))
    } else if has(&["formatVersion", "revision", "deliverables"]) {
        Some(What::Kept("brief", "a frozen brief"))
    } else if has(&["formatVersion", "did", "email"]) {
        Some(What::Kept("portfolio", "whose portfolio this is"))
    } else if has(&["formatVersion", "entries"]) {
        Some(What::Kept("trust-list", "a list of signers that somebody knows"))
    } else {
        None
    };
    let elsewhere = || Elsewhere::of(document).map(|issued| What::Elsewhere(Box::new(issued)));
    read.or_else(elsewhere).unwrap_or(What::Unknown)
}
