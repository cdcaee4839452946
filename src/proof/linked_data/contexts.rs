//! The known contexts, by URL: nothing else is ever looked up. Each is kept as its members, and a member is made when
//! somebody asks for it, since one document uses few of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, OnceLock};

use serde_json::{Map, Value};

/// The contexts that are known, by URL. Each must be without fault: a term that no document uses is never looked at.
#[derive(Default)]
pub struct Contexts {
    known: HashMap<String, LazyLock<Known, Maker>>,
}

type Maker = Box<dyn FnOnce() -> Known + Send>;

/// One known context.
#[derive(Debug, Clone)]
pub(super) enum Known {
    /// A value, whatever its form.
    Whole(Arc<Value>),
    /// An object whose members are still text.
    Parts(Arc<Parts>),
}

/// A context in its members.
#[derive(Debug)]
pub(super) struct Parts {
    members: BTreeMap<&'static str, Member>,
    whole: OnceLock<Arc<Value>>,
}

/// One member of a known context, read when somebody asks for it.
#[derive(Debug)]
pub(super) struct Member {
    text: &'static str,
    read: fn(&'static str) -> Definition,
    made: OnceLock<Definition>,
}

/// What a member says.
#[derive(Debug, Default)]
pub(super) struct Definition {
    /// All of it but the context that holds inside its values.
    pub(super) own: Value,
    /// That context, whose members nobody may ever ask for.
    pub(super) scoped: Option<Known>,
}

impl Member {
    /// A member that `read` makes of its text.
    pub(super) fn of(text: &'static str, read: fn(&'static str) -> Definition) -> Self {
        Self { text, read, made: OnceLock::new() }
    }

    fn made(&self) -> &Definition {
        self.made.get_or_init(|| (self.read)(self.text))
    }
}

impl Definition {
    fn whole(&self) -> Value {
        let mut whole = self.own.clone();
        if let (Value::Object(members), Some(scoped)) = (&mut whole, &self.scoped) {
            members.insert("@context".to_owned(), (**scoped.value()).clone());
        }
        whole
    }
}

impl Parts {
    pub(super) fn of(members: BTreeMap<&'static str, Member>) -> Self {
        Self { members, whole: OnceLock::new() }
    }

    fn whole(&self) -> &Arc<Value> {
        self.whole.get_or_init(|| {
            let value = |(name, member): (&&str, &Member)| ((*name).to_owned(), member.made().whole());
            Arc::new(self.members.iter().map(value).collect::<Map<_, _>>().into())
        })
    }
}

impl Contexts {
    /// Adds the value of the member `@context` of the document that the URL names.
    pub fn add(&mut self, url: &str, context: Value) {
        self.insert(url, || Known::Whole(Arc::new(context)));
    }

    /// Adds a context that is made when it is first named.
    pub fn add_maker(&mut self, url: &str, make: impl FnOnce() -> Value + Send + 'static) {
        self.insert(url, || Known::Whole(Arc::new(make())));
    }

    /// Adds a context in its members, found when it is first named.
    pub(super) fn add_parts(&mut self, url: &str, find: impl FnOnce() -> Parts + Send + 'static) {
        self.insert(url, || Known::Parts(Arc::new(find())));
    }

    /// Adds the text of a whole context document.
    pub fn add_text(&mut self, url: &str, text: &'static str) {
        self.insert(url, move || match members(text) {
            Some(members) => Known::parts(members),
            None => Known::Whole(Arc::new(read_json(text).get("@context").cloned().unwrap_or_default())),
        });
    }

    fn insert(&mut self, url: &str, make: impl FnOnce() -> Known + Send + 'static) {
        self.known.insert(url.to_owned(), LazyLock::new(Box::new(make)));
    }

    /// The URLs that are known, in no order.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The value of `@context` that a URL names, if it is known.
    #[must_use]
    pub fn get(&self, url: &str) -> Option<&Arc<Value>> {
        self.find(url).map(Known::value)
    }

    pub(super) fn find(&self, url: &str) -> Option<&Known> {
        self.known.get(url).map(|made| &**made)
    }
}

impl Known {
    pub(super) fn parts(members: BTreeMap<&'static str, Member>) -> Self {
        Self::Parts(Arc::new(Parts::of(members)))
    }

    /// The whole of it.
    pub(super) fn value(&self) -> &Arc<Value> {
        match self {
            Self::Whole(value) => value,
            Self::Parts(parts) => parts.whole(),
        }
    }

    /// Where it lies in memory, which tells it from every other that is kept.
    pub(super) fn place(&self) -> usize {
        match self {
            Self::Whole(value) => Arc::as_ptr(value) as usize,
            Self::Parts(parts) => Arc::as_ptr(parts) as usize,
        }
    }

    /// Its members, if it is one object.
    pub(super) fn members(&self) -> Option<Members<'_>> {
        match self {
            Self::Whole(value) => value.as_object().map(Members::Made),
            Self::Parts(parts) => Some(Members::Text(&parts.members)),
        }
    }
}

/// The members of a local context, all made or each when somebody asks for it.
#[derive(Clone, Copy)]
pub(super) enum Members<'a> {
    Made(&'a Map<String, Value>),
    Text(&'a BTreeMap<&'static str, Member>),
}

impl<'a> Members<'a> {
    /// A member; without the context that [`Members::scoped`] gives.
    pub(super) fn get(self, name: &str) -> Option<&'a Value> {
        match self {
            Self::Made(map) => map.get(name),
            Self::Text(members) => members.get(name).map(|member| &member.made().own),
        }
    }

    /// The context inside a member that is kept apart from it.
    pub(super) fn scoped(self, name: &str) -> Option<&'a Known> {
        match self {
            Self::Made(_) => None,
            Self::Text(members) => members.get(name)?.made().scoped.as_ref(),
        }
    }

    /// A member with all that it holds.
    pub(super) fn whole(self, name: &str) -> Option<Value> {
        match self {
            Self::Made(map) => map.get(name).cloned(),
            Self::Text(members) => members.get(name).map(|member| member.made().whole()),
        }
    }

    /// The name as it stands in the context, if it is there.
    pub(super) fn own_name(self, name: &str) -> Option<&'a str> {
        match self {
            Self::Made(map) => map.get_key_value(name).map(|(name, _)| name.as_str()),
            Self::Text(members) => members.get_key_value(name).map(|(name, _)| *name),
        }
    }

    /// Every name.
    pub(super) fn names(self) -> Vec<&'a str> {
        match self {
            Self::Made(map) => map.keys().map(String::as_str).collect(),
            Self::Text(members) => members.keys().copied().collect(),
        }
    }

    /// Whether a name has a colon in it.
    pub(super) fn has_colons(self) -> bool {
        let has_colon = |name: &str| name.bytes().any(|byte| byte == b':');
        match self {
            Self::Made(map) => map.keys().any(|name| has_colon(name)),
            Self::Text(members) => members.keys().any(|name| has_colon(name)),
        }
    }
}

fn read_json(text: &'static str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The members of the object `@context` in a context document; nothing if it is no object, or no plain one.
fn members(text: &'static str) -> Option<BTreeMap<&'static str, Member>> {
    let (_, context) = text.split_once("\"@context\"")?;
    terms(context.trim_start().strip_prefix(':')?)
}

/// The members of a context, by the text of an object.
fn terms(object: &'static str) -> Option<BTreeMap<&'static str, Member>> {
    let mut terms = BTreeMap::new();
    for (name, value) in apart(object)? {
        if terms.insert(name, Member::of(value, definition)).is_some() {
            return None;
        }
    }
    Some(terms)
}

/// A definition, with the context in it left as text.
fn definition(text: &'static str) -> Definition {
    let Some(parts) = apart(text) else { return Definition { own: read_json(text), scoped: None } };
    let (mut own, mut scoped) = (Map::new(), None);
    for (name, value) in parts {
        if name == "@context" {
            let whole = || Known::Whole(Arc::new(read_json(value)));
            scoped = Some(terms(value).map_or_else(whole, Known::parts));
        } else {
            own.insert(name.to_owned(), read_json(value));
        }
    }
    Definition { own: own.into(), scoped }
}

/// The names and values of the object that the text begins with; nothing if it begins with no object or no plain one.
fn apart(text: &'static str) -> Option<Vec<(&'static str, &'static str)>> {
    let mut rest = text.trim_start().strip_prefix('{')?.trim_start();
    let mut members = Vec::new();
    loop {
        let (name, after) = rest.strip_prefix('"')?.split_once('"')?;
        let value = after.trim_start().strip_prefix(':')?;
        let (value, after) = value.split_at(value_end(value)?);
        if name.contains('\\') || value.trim().is_empty() {
            return None;
        }
        members.push((name, value));
        rest = match after.split_at_checked(1)? {
            (",", rest) => rest.trim_start(),
            ("}", _) => return Some(members),
            _ => return None,
        };
    }
}

/// Where the value that the text begins with ends: at the comma or bracket behind it. Only finds the place, for these
/// texts are ours and a value is read when somebody asks for it.
fn value_end(text: &str) -> Option<usize> {
    let (mut depth, mut bytes) = (0_usize, text.bytes().enumerate());
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => loop {
                match bytes.next()?.1 {
                    b'"' => break,
                    b'\\' => _ = bytes.next(),
                    _ => {}
                }
            },
            b'{' | b'[' => depth += 1,
            b',' | b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_context_document_falls_into_its_members() {
        let text =
            r#"{ "@context" : { "a": "urn:a", "b" : {"@id":"urn:b", "@context": { "x": "urn:}" } } } }"#;
        let found = members(text).unwrap();
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(found["a"].made().whole(), json!("urn:a"));
        assert_eq!(found["b"].made().own, json!({ "@id": "urn:b" }));
        assert_eq!(found["b"].made().whole(), json!({ "@id": "urn:b", "@context": { "x": "urn:}" } }));
        for other in [
            r#"{"@context":["urn:a"]}"#,
            r#"{"@context":{"a":1,"a":2}}"#,
            r#"{"@context":{"a":}}"#,
            r#"{"@context":{"a":[1}"#,
            r#"{"@context":{"a":"\"}"#,
            "{}",
        ] {
            assert!(members(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_value_ends_where_its_brackets_and_quotes_close() {
        for (value, rest) in
            [("1", "}"), (r#""a,b}\",]""#, ","), (r#"{"a":[1,{}],"b":"]"}"#, ", "), (" [] ", "]")]
        {
            assert_eq!(value_end(&format!("{value}{rest}")), Some(value.len()), "{value}");
        }
        for open in ["1", "[1", r#"{"a":1"#, r#""a"#, r#""a\"#] {
            assert_eq!(value_end(open), None, "{open}");
        }
    }
}
