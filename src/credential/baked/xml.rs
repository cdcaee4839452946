//! As much XML 1.0 as finding one element takes: tags, attributes, text, namespaces; no document type, no entities.

use super::BakedFault;

/// Deepest nesting that is followed.
const DEPTH: usize = 256;
/// Most attributes of one element: each is compared with those before it.
const ATTRIBUTES: usize = 128;
/// Most namespaces in force at once: each name is looked up among them.
const NAMESPACES: usize = 64;

/// One step through a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name a="b">`; `closed` for `<name/>`.
    Open { name: &'a str, attributes: Vec<(&'a str, String)>, closed: bool },
    /// `</name>`.
    Close { name: &'a str },
    /// Text with its references resolved, or the inside of a CDATA section.
    Text(String),
    /// A comment, or an instruction to some program.
    Aside,
}

/// Walks a document from its front.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { text, at: 0 }
    }

    /// Where the next token begins, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The fault of a document that is not as it should be here.
    pub(super) fn broken(&self) -> BakedFault {
        BakedFault::NotXml { at: self.at }
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, BakedFault> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return Ok(None);
        }
        if rest.starts_with("<![CDATA[") {
            return self.until("<![CDATA[", "]]>").map(|inside| Some(Token::Text(inside.to_owned())));
        }
        if rest.starts_with("<!--") {
            let inside = self.until("<!--", "-->")?;
            return if inside.contains("--") { Err(self.broken()) } else { Ok(Some(Token::Aside)) };
        }
        if rest.starts_with("<?") {
            return self.until("<?", "?>").map(|_| Some(Token::Aside));
        }
        if rest.starts_with("<!") {
            return Err(BakedFault::Declares);
        }
        if rest.starts_with("</") {
            let name = self.until("</", ">")?.trim_end();
            return if is_name(name) { Ok(Some(Token::Close { name })) } else { Err(self.broken()) };
        }
        if rest.starts_with('<') {
            return self.tag().map(Some);
        }
        let raw = rest.split('<').next().unwrap_or_default();
        let text = resolved(raw).filter(|_| !raw.contains("]]>")).ok_or(self.broken())?;
        self.at += raw.len();
        Ok(Some(Token::Text(text)))
    }

    fn until(&mut self, open: &str, close: &str) -> Result<&'a str, BakedFault> {
        let inside = &self.text[self.at + open.len()..];
        let end = inside.find(close).ok_or(self.broken())?;
        self.at += open.len() + end + close.len();
        Ok(&inside[..end])
    }

    fn tag(&mut self) -> Result<Token<'a>, BakedFault> {
        let broken = self.broken();
        let inside = &self.text[self.at + 1..];
        let (name, mut rest) = split_name(inside).ok_or(broken.clone())?;
        let mut attributes: Vec<(&str, String)> = Vec::new();
        loop {
            let trimmed = rest.trim_start_matches(is_space);
            let closed = trimmed.starts_with("/>");
            if closed || trimmed.starts_with('>') {
                let after = &trimmed[if closed { 2 } else { 1 }..];
                self.at = self.text.len() - after.len();
                return Ok(Token::Open { name, attributes, closed });
            }
            // A space parts one attribute from the next.
            let parted = trimmed.len() < rest.len() && attributes.len() < ATTRIBUTES;
            let (attribute, after) = split_name(trimmed).filter(|_| parted).ok_or(broken.clone())?;
            let after = after.trim_start_matches(is_space).strip_prefix('=').ok_or(broken.clone())?;
            let after = after.trim_start_matches(is_space);
            let mark = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(broken.clone())?;
            let (raw, after) = after[1..].split_once(mark).ok_or(broken.clone())?;
            let value = resolved(raw).filter(|_| !raw.contains('<')).ok_or(broken.clone())?;
            if attributes.iter().any(|(known, _)| *known == attribute) {
                return Err(broken);
            }
            attributes.push((attribute, value));
            rest = after;
        }
    }
}

/// The namespaces in force, element by element.
#[derive(Default)]
pub(super) struct Scopes {
    bound: Vec<(String, String)>,
    marks: Vec<(usize, String)>,
}

impl Scopes {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.marks.len()
    }

    /// Enters an element; `false` if that is too deep, or binds too many namespaces.
    pub(super) fn enter(&mut self, name: &str, attributes: &[(&str, String)]) -> bool {
        self.marks.push((self.bound.len(), name.to_owned()));
        for (attribute, value) in attributes {
            let prefix = match *attribute {
                "xmlns" => Some(""),
                other => other.strip_prefix("xmlns:"),
            };
            if let Some(prefix) = prefix {
                self.bound.push((prefix.to_owned(), value.clone()));
            }
        }
        self.marks.len() <= DEPTH && self.bound.len() <= NAMESPACES
    }

    /// Leaves an element; `false` if another one is open.
    pub(super) fn leave(&mut self, name: &str) -> bool {
        let Some((mark, opened)) = self.marks.pop() else { return false };
        self.bound.truncate(mark);
        opened == name
    }

    /// The namespace and local name of an element's name; `None` if its prefix is bound to nothing.
    pub(super) fn expand<'n>(&self, name: &'n str) -> Option<(&str, &'n str)> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let bound = self.bound.iter().rev().find(|(known, _)| known == prefix);
        match bound {
            Some((_, namespace)) => Some((namespace, local)),
            None if prefix.is_empty() => Some(("", local)),
            None => None,
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Splits a name off the front.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| is_space(c) || "/>=<\"'&".contains(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    is_name(name).then_some((name, rest))
}

/// Whether it is a name with at most one prefix.
fn is_name(name: &str) -> bool {
    let starts = |part: &str| part.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let goes_on = |part: &str| part.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
    name.split(':').count() <= 2 && name.split(':').all(|part| starts(part) && goes_on(part))
}

/// Text with the five entities and character references resolved; `None` for any other.
fn resolved(raw: &str) -> Option<String> {
    let mut pieces = raw.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (reference, after) = piece.split_once(';')?;
        let character = match reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = reference.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code).filter(|c| *c != '\0')?
            }
        };
        text.push(character);
        text.push_str(after);
    }
    Some(text)
}
