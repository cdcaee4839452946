//! The streaming check that every document passes before it is parsed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{JsonFault, JsonFaultKind, LARGEST_INTEGER, Limits, Numbers};

/// Up to this many names a linear scan beats a tree; beyond it the tree keeps the work linear.
const SCANNED_NAMES: usize = 16;

/// Checks the bytes and gives them back as text.
pub(super) fn check<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, JsonFault> {
    if bytes.len() > limits.bytes {
        let kind = JsonFaultKind::TooLong { limit: limits.bytes, found: bytes.len() };
        return Err(JsonFault { line: 1, column: 1, kind });
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(JsonFault { line: 1, column: 1, kind: JsonFaultKind::ByteOrderMark });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| located(&bytes[..error.valid_up_to()], JsonFaultKind::NotUtf8))?;
    let mut checker = Checker::new(text, *limits);
    match checker.document() {
        Ok(()) => Ok(text),
        Err(kind) => Err(located(&bytes[..checker.at.min(bytes.len())], kind)),
    }
}

/// The fault behind `before`, valid UTF-8 but perhaps cut inside a character.
fn located(before: &[u8], kind: JsonFaultKind) -> JsonFault {
    let (line, column) = position(before);
    JsonFault { line, column, kind }
}

/// Line and column, from 1, of what follows `before`.
pub(super) fn position(before: &[u8]) -> (usize, usize) {
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    (line, 1 + before[line_start..].iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
}

/// An array or object that is not closed yet.
struct Open<'a> {
    is_object: bool,
    /// Where its names begin in [`Checker::names`].
    first_name: usize,
    /// Its names, once they are many.
    many: Option<BTreeSet<Cow<'a, str>>>,
}

struct Checker<'a> {
    text: &'a str,
    bytes: &'a [u8],
    limits: Limits,
    /// Where the check has come to; after a fault, where the fault is.
    at: usize,
    open: Vec<Open<'a>>,
    names: Vec<Cow<'a, str>>,
    members: usize,
    items: usize,
}

impl<'a> Checker<'a> {
    fn new(text: &'a str, limits: Limits) -> Self {
        let (open, names) = (Vec::with_capacity(8), Vec::with_capacity(32));
        Checker { text, bytes: text.as_bytes(), limits, at: 0, open, names, members: 0, items: 0 }
    }

    fn document(&mut self) -> Result<(), JsonFaultKind> {
        if self.peek_past_space().is_none() {
            return Err(JsonFaultKind::Empty);
        }
        loop {
            if self.value()? {
                continue; // a container was opened and its first value comes next
            }
            loop {
                let next = self.peek_past_space();
                let Some(open) = self.open.last() else {
                    return match next {
                        None => Ok(()),
                        Some(_) => Err(self.marker().unwrap_or(JsonFaultKind::Trailing)),
                    };
                };
                match (next, open.is_object) {
                    (Some(b','), true) => {
                        self.at += 1;
                        self.peek_past_space();
                        self.member_name()?;
                    }
                    (Some(b','), false) => {
                        self.at += 1;
                        self.count_item()?;
                        self.peek_past_space();
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.close();
                        continue;
                    }
                    (_, true) => return Err(self.unexpected("`,` or `}`")),
                    (_, false) => return Err(self.unexpected("`,` or `]`")),
                }
                break;
            }
        }
    }

    /// Passes one scalar or empty container and says `false`, or the start of a container with content and says
    /// `true`; then the check stands at that container's first value.
    fn value(&mut self) -> Result<bool, JsonFaultKind> {
        match self.bytes.get(self.at) {
            Some(b'"') => self.string().map(|_| false),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| false),
            Some(b'{') => {
                self.enter(true)?;
                if self.peek_past_space() == Some(b'}') {
                    self.close();
                    return Ok(false);
                }
                self.member_name()?;
                Ok(true)
            }
            Some(b'[') => {
                self.enter(false)?;
                if self.peek_past_space() == Some(b']') {
                    self.close();
                    return Ok(false);
                }
                self.count_item()?;
                Ok(true)
            }
            _ => {
                for word in ["true", "false", "null"] {
                    if self.bytes[self.at..].starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok(false);
                    }
                }
                Err(self.unexpected("a value"))
            }
        }
    }

    fn enter(&mut self, is_object: bool) -> Result<(), JsonFaultKind> {
        if self.open.len() == self.limits.depth {
            return Err(JsonFaultKind::TooDeep { limit: self.limits.depth });
        }
        self.at += 1;
        self.open.push(Open { is_object, first_name: self.names.len(), many: None });
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(closed) = self.open.pop() {
            self.names.truncate(closed.first_name);
        }
    }

    fn count_item(&mut self) -> Result<(), JsonFaultKind> {
        self.items += 1;
        if self.items > self.limits.members {
            return Err(JsonFaultKind::TooManyMembers { limit: self.limits.members });
        }
        Ok(())
    }

    /// Passes a name and its colon, and stands at the value.
    fn member_name(&mut self) -> Result<(), JsonFaultKind> {
        let start = self.at;
        if self.bytes.get(start) != Some(&b'"') {
            return Err(self.unexpected("a member name in quotes"));
        }
        let escaped = self.string()?;
        let raw = &self.text[start + 1..self.at - 1];
        let name = if escaped { Cow::Owned(self.unescaped(start)?) } else { Cow::Borrowed(raw) };
        self.members += 1;
        let fault = if self.members > self.limits.members {
            Some(JsonFaultKind::TooManyMembers { limit: self.limits.members })
        } else {
            self.remember(name)
        };
        if let Some(fault) = fault {
            self.at = start;
            return Err(fault);
        }
        if self.peek_past_space() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        self.peek_past_space();
        Ok(())
    }

    /// Notes a name of the innermost object, unless that object has it already.
    fn remember(&mut self, name: Cow<'a, str>) -> Option<JsonFaultKind> {
        let open = self.open.last_mut()?;
        let known = match &mut open.many {
            Some(many) => !many.insert(name.clone()),
            None if self.names[open.first_name..].contains(&name) => true,
            None => {
                self.names.push(name.clone());
                if self.names.len() - open.first_name > SCANNED_NAMES {
                    open.many = Some(self.names.drain(open.first_name..).collect());
                }
                false
            }
        };
        known.then(|| JsonFaultKind::DuplicateMember { name: name.into_owned() })
    }

    /// The text of the string at `start`, whose escapes were checked already.
    fn unescaped(&self, start: usize) -> Result<String, JsonFaultKind> {
        serde_json::from_str(&self.text[start..self.at]).map_err(|_| JsonFaultKind::BadEscape)
    }

    /// Passes a string; says whether it holds an escape.
    fn string(&mut self) -> Result<bool, JsonFaultKind> {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(0) => return Err(JsonFaultKind::NulCharacter),
                Some(&control) if control < 0x20 => {
                    return Err(JsonFaultKind::ControlCharacter(control.into()));
                }
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return Err(JsonFaultKind::UnclosedString);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonFaultKind> {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match self.escaped_unit(self.at)? {
                0 => return Err(JsonFaultKind::NulCharacter),
                0xDC00..=0xDFFF => return Err(JsonFaultKind::LoneSurrogate),
                0xD800..=0xDBFF => {
                    let low = self.bytes.get(self.at + 6..self.at + 8) == Some(b"\\u".as_slice())
                        && (0xDC00..=0xDFFF).contains(&self.escaped_unit(self.at + 6)?);
                    if !low {
                        return Err(JsonFaultKind::LoneSurrogate);
                    }
                    self.at += 12;
                }
                _ => self.at += 6,
            },
            _ => return Err(JsonFaultKind::BadEscape),
        }
        Ok(())
    }

    /// The four hex digits of the `\u` at `start`.
    fn escaped_unit(&self, start: usize) -> Result<u32, JsonFaultKind> {
        let digits = self.bytes.get(start + 2..start + 6).ok_or(JsonFaultKind::BadEscape)?;
        digits.iter().try_fold(0, |unit, &digit| {
            let digit = char::from(digit).to_digit(16).ok_or(JsonFaultKind::BadEscape)?;
            Ok(unit * 16 + digit)
        })
    }

    fn number(&mut self) -> Result<(), JsonFaultKind> {
        let start = self.at;
        let negative = self.bytes[start] == b'-';
        self.at += usize::from(negative);
        let digits_start = self.at;
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1, // no digit may follow a leading zero: what follows is refused as no `,`
            _ => self.digits()?,
        }
        let digits = &self.text[digits_start..self.at];
        let mut integer = true;
        if self.bytes.get(self.at) == Some(&b'.') {
            integer = false;
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            integer = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        match self.number_fault(text, digits, integer) {
            None => Ok(()),
            Some(fault) => {
                self.at = start;
                Err(fault)
            }
        }
    }

    /// What is wrong with a number that the grammar allows.
    fn number_fault(&self, text: &str, digits: &str, integer: bool) -> Option<JsonFaultKind> {
        let small = digits.len() <= 16 && digits.parse().is_ok_and(|value: u64| value <= LARGEST_INTEGER);
        let owned = || text.to_owned();
        match self.limits.numbers {
            Numbers::ExactIntegers if !integer => Some(JsonFaultKind::NotAnInteger { text: owned() }),
            Numbers::ExactIntegers if text == "-0" => Some(JsonFaultKind::MinusZero { text: owned() }),
            _ if integer && small => None,
            Numbers::ExactIntegers => Some(JsonFaultKind::InexactNumber { text: owned() }),
            Numbers::Any => {
                let double: f64 = text.parse().ok()?;
                if double.is_infinite() {
                    Some(JsonFaultKind::NotFinite)
                } else if integer && double.to_string() != text {
                    Some(JsonFaultKind::InexactNumber { text: owned() })
                } else {
                    None
                }
            }
        }
    }

    /// Passes one digit or more.
    fn digits(&mut self) -> Result<(), JsonFaultKind> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    fn peek_past_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn unexpected(&self, expected: &'static str) -> JsonFaultKind {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.marker().unwrap_or(JsonFaultKind::Syntax { expected, found })
    }

    /// A line that `git merge` left where a token should be.
    fn marker(&self) -> Option<JsonFaultKind> {
        let starts_line = self.at == 0 || self.bytes[self.at - 1] == b'\n';
        ["<<<<<<<", "=======", ">>>>>>>"]
            .into_iter()
            .find(|marker| starts_line && self.bytes[self.at..].starts_with(marker.as_bytes()))
            .map(|marker| JsonFaultKind::ConflictMarker { marker })
    }
}
