//! What somebody else issued, in people's words: what for, about whom, by whom, until when, and how it is secured.

use portfolio::credential::foreign::{self, Foreign, Identity, Kind, Model, Party};
use portfolio::credential::statement::Line;
use portfolio::json;
use portfolio::proof::did;
use portfolio::proof::others::jose::{self, Jws};
use portfolio::render::escape::quoted;
use portfolio::time::Timestamp;
use serde_json::Value;

/// A credential of others as it reads, and everything around it that tells how it is secured.
pub struct Elsewhere {
    credential: Foreign,
    document: Value,
    token: Option<Jws>,
}

impl Elsewhere {
    /// The credential in a document, if it is one of a kind that is read here.
    pub fn of(document: &Value) -> Option<Elsewhere> {
        let credential = foreign::read(document).ok()?;
        Some(Elsewhere { credential, document: document.clone(), token: None })
    }

    /// The credential in a token.
    pub fn in_token(bytes: &[u8]) -> Option<Elsewhere> {
        let text = bytes.trim_ascii();
        let token = jose::is_token(text).then(|| jose::read(text).ok()).flatten()?;
        let payload = json::parse(&token.payload, &json::FOREIGN).ok()?;
        let document = foreign::document_of(&payload).ok()?;
        Some(Elsewhere { token: Some(token), ..Elsewhere::of(&document)? })
    }

    /// The document as it was found in the file.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The stable name of what it is.
    pub fn kind(&self) -> &'static str {
        match self.credential.kind {
            Kind::OpenBadge => "open-badge",
            Kind::LearnerRecord => "learner-record",
            Kind::Endorsement => "endorsement",
            Kind::StatusList => "status-list",
            Kind::Other => "credential",
        }
    }

    /// What it calls itself, for a heading.
    pub fn described(&self) -> String {
        let what = match self.credential.kind {
            Kind::OpenBadge => "a badge",
            Kind::LearnerRecord => "a learner record",
            Kind::Endorsement => "a statement about another statement or its issuer",
            Kind::StatusList => "a list of what its issuer took back",
            Kind::Other => "a statement",
        };
        let on = self.credential.valid_from.map(|from| format!(" of {}", from.date().people()));
        let by = match (&self.credential.issuer.name, &self.credential.issuer.id) {
            (Some(name), _) => format!(" by an issuer that calls itself {}", quoted(name)),
            (None, Some(id)) => format!(" by {}", quoted(id)),
            (None, None) => String::new(),
        };
        format!("{what}{}{by}", on.unwrap_or_default())
    }

    /// What it says, line by line; raw.
    pub fn lines(&self) -> Vec<Line> {
        let credential = &self.credential;
        let achievement = credential.achievement.as_ref();
        let title = achievement.and_then(|it| it.name.clone()).or_else(|| credential.name.clone());
        let mut lines: Vec<Line> = [title, achievement.and_then(|it| it.description.clone())]
            .into_iter()
            .flatten()
            .map(Line::Text)
            .collect();
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        let mut field = |label, value: Option<String>| {
            lines.extend(value.map(|value| Line::Field { label, value }));
        };
        field("asked", achievement.and_then(|it| it.criteria.clone()));
        for subject in &credential.subjects {
            // a name that is one of the identities stands below, with what it is
            let is_told = |name: &String| credential.identities.iter().any(|one| one.value == *name);
            let name = subject.name.clone().filter(|name| !is_told(name));
            field("about", named(&Party { name, ..subject.clone() }));
        }
        for identity in &credential.identities {
            field("about", Some(known_by(identity)));
        }
        field("issuer", named(&credential.issuer));
        field("from", credential.valid_from.map(day));
        field("until", Some(credential.valid_until.map_or_else(|| "no end is named".to_owned(), day)));
        for secured in self.secured() {
            field("secured", Some(secured));
        }
        for entry in &credential.status {
            field(
                "status",
                Some(entry.as_ref().map_or_else(ToString::to_string, |entry| entry.list.clone())),
            );
        }
        lines
    }

    /// How it says that it is secured, one line for each signature. Nothing of it was checked.
    fn secured(&self) -> Vec<String> {
        if let Some(token) = &self.token {
            let key = token.key_id.as_ref().map(|key| format!(", by the key {key}"));
            return vec![format!("a token, signed with {}{}", token.algorithm, key.unwrap_or_default())];
        }
        if self.credential.model == Model::OpenBadges2 {
            return vec![self.old_badge()];
        }
        let proofs = match self.document.get("proof") {
            None => Vec::new(),
            Some(Value::Array(list)) => list.iter().collect(),
            Some(single) => vec![single],
        };
        if proofs.is_empty() {
            return vec!["not signed".to_owned()];
        }
        proofs.into_iter().map(signature).collect()
    }

    /// An Open Badge of version 2.0 stands on a page of its issuer's, or in a token that was made from it.
    fn old_badge(&self) -> String {
        let text = |pointer: &str| self.document.pointer(pointer).and_then(Value::as_str);
        match text("/verification/type").or_else(|| text("/verify/type")) {
            Some("signed" | "SignedBadge") => {
                "not signed here; the signed badge is a token of its own".to_owned()
            }
            _ => match self.credential.id.as_deref() {
                Some(id) => format!("not signed; its issuer keeps it at {id}"),
                None => "not signed; its issuer keeps it on a page of its own".to_owned(),
            },
        }
    }
}

fn signature(proof: &Value) -> String {
    let text = |name: &str| proof.get(name).and_then(Value::as_str);
    let kind = text("cryptosuite").or_else(|| text("type")).unwrap_or("unknown");
    let made = text("created").and_then(|text| Timestamp::parse_rfc3339(text).ok());
    let made = made.map(|made| format!(" of {}", made.date().people()));
    let key = text("verificationMethod").map(|method| match did::parse_verification_method(method) {
        Ok(key) => format!(", by key {}", key.fingerprint()),
        Err(_) => format!(", by the key {method}"),
    });
    format!("a signature of the kind {kind}{}{}", made.unwrap_or_default(), key.unwrap_or_default())
}

fn named(party: &Party) -> Option<String> {
    match (&party.name, &party.id) {
        (Some(name), Some(id)) => Some(format!("{name}, {}", called(id))),
        (one, other) => one.clone().or_else(|| other.as_deref().map(called)),
    }
}

/// A key by its fingerprint, as everywhere else.
fn called(id: &str) -> String {
    did::parse(id).map_or_else(|_| id.to_owned(), |key| format!("key {}", key.fingerprint()))
}

fn known_by(identity: &Identity) -> String {
    let kind = match identity.kind.as_str() {
        "emailAddress" | "email" => "e-mail address",
        other => other,
    };
    match identity.hashed {
        true => format!("somebody whose {kind} is hidden behind a hash"),
        false => format!("{} ({kind})", identity.value),
    }
}

fn day(moment: Timestamp) -> String {
    moment.date().people_long()
}
