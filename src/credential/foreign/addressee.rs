//! Whom a badge is about, when it says so by an address: plain, or as a hash with a salt (Open Badges 3.0 section 9.3,
//! and the recipients of Open Badges 2.0).

use serde_json::Value;

use super::{Model, list, text};
use crate::digest::Digest;

/// Most ways of naming one subject that are looked at.
const MOST_IDENTITIES: usize = 32;

/// One way in which a badge names its subject. Texts are raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// What kind of name it is: `emailAddress`, or `email` in the old badges.
    pub kind: String,
    /// Whether the value is a hash of the name.
    pub hashed: bool,
    /// The name, or `sha256$` and the hash.
    pub value: String,
    /// What was appended before hashing; public.
    pub salt: String,
}

/// Whether a badge is about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recognition {
    /// It names the address.
    Yes,
    /// It names none, or others.
    No,
    /// It names an address only by a hash that anybody can make another address fit (`md5$`).
    WeakHash,
}

/// The names of the subject in a document, in its order.
pub(super) fn identities(document: &Value, subjects: &[&Value], model: Model) -> Vec<Identity> {
    let entries: Vec<&Value> = match model {
        Model::OpenBadges2 => list(document.get("recipient")),
        // one subject is one person; of several nobody says which is meant
        Model::Vc1 | Model::Vc2 => match subjects {
            [only] => list(only.get("identifier")),
            _ => Vec::new(),
        },
    };
    entries.into_iter().take(MOST_IDENTITIES).filter_map(|entry| identity(entry, model)).collect()
}

fn identity(entry: &Value, model: Model) -> Option<Identity> {
    let (kind, value) = match model {
        Model::OpenBadges2 => ("type", "identity"),
        Model::Vc1 | Model::Vc2 => ("identityType", "identityHash"),
    };
    Some(Identity {
        kind: text(entry.get(kind))?,
        hashed: entry.get("hashed").and_then(Value::as_bool)?,
        value: text(entry.get(value))?,
        salt: text(entry.get("salt")).unwrap_or_default(),
    })
}

/// Whether the names include this e-mail address, in any case; `id` is the subject's own.
pub(super) fn recognise(identities: &[Identity], id: Option<&str>, email: &str) -> Recognition {
    let email = email.trim();
    let same =
        |text: &str| text.trim().eq_ignore_ascii_case(email) || text.to_lowercase() == email.to_lowercase();
    let addresses = || identities.iter().filter(|one| matches!(one.kind.as_str(), "emailAddress" | "email"));
    let named = id.and_then(|id| id.strip_prefix("mailto:")).is_some_and(same)
        || addresses().any(|one| if one.hashed { fits(one, email) } else { same(&one.value) });
    match named {
        true => Recognition::Yes,
        false if addresses().any(|one| one.hashed && one.value.starts_with("md5$")) => Recognition::WeakHash,
        false => Recognition::No,
    }
}

/// Issuers hash the address as they have it, or in lower case.
fn fits(identity: &Identity, email: &str) -> bool {
    let hash =
        |text: &str| format!("sha256${}", Digest::of(format!("{text}{}", identity.salt).as_bytes()).hex());
    identity.value == hash(email) || identity.value == hash(&email.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The specification's own example.
    fn hashed() -> Value {
        json!({
            "type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "salt": "Kosher",
            "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        })
    }

    fn asked(subject: &Value, email: &str) -> Recognition {
        recognise(&identities(&Value::Null, &[subject], Model::Vc2), subject["id"].as_str(), email)
    }

    #[test]
    fn a_hashed_and_a_plain_address_are_recognised_and_nothing_else_is() {
        let both = json!({ "identifier": [
            { "type": "IdentityObject", "hashed": false, "identityType": "name", "identityHash": "a@b.example" },
            hashed(),
        ] });
        assert_eq!(asked(&both, "a@example.com"), Recognition::Yes);
        assert_eq!(asked(&both, " A@Example.com"), Recognition::Yes);
        assert_eq!(asked(&both, "b@example.com"), Recognition::No);
        // a name of another kind is skipped, whatever it says
        assert_eq!(asked(&both, "a@b.example"), Recognition::No);
        let plain = json!({ "identifier": [
            { "type": "IdentityObject", "hashed": false, "identityType": "emailAddress", "identityHash": "A@b.example" },
        ] });
        assert_eq!(asked(&plain, "a@B.example"), Recognition::Yes);
        assert_eq!(asked(&json!({ "id": "mailto:a@b.example" }), "a@b.example"), Recognition::Yes);
        assert_eq!(asked(&json!({ "id": "did:key:z6Mk" }), "a@b.example"), Recognition::No);
        assert_eq!(asked(&json!({}), ""), Recognition::No);
    }

    #[test]
    fn a_weak_hash_never_counts() {
        let mut weak = hashed();
        // of a@example.com and the salt
        weak["identityHash"] = "md5$6b1b36cbb04b41490bfc0ab2bfa26f86".into();
        assert_eq!(asked(&json!({ "identifier": [weak] }), "a@example.com"), Recognition::WeakHash);
        assert_eq!(asked(&json!({ "identifier": [weak, hashed()] }), "a@example.com"), Recognition::Yes);
    }

    #[test]
    fn a_badge_about_several_is_about_nobody_in_particular() {
        let one = json!({ "identifier": [hashed()] });
        let names = identities(&Value::Null, &[&one, &one], Model::Vc2);
        assert_eq!(recognise(&names, None, "a@example.com"), Recognition::No);
    }

    #[test]
    fn the_recipient_of_an_old_badge_is_read() {
        let badge = |recipient: Value| {
            let document = json!({ "recipient": recipient });
            recognise(&identities(&document, &[], Model::OpenBadges2), None, "a@example.com")
        };
        let hash = hashed()["identityHash"].clone();
        assert_eq!(
            badge(json!({ "type": "email", "hashed": true, "salt": "Kosher", "identity": hash })),
            Recognition::Yes
        );
        assert_eq!(
            badge(json!({ "type": "email", "hashed": false, "identity": "a@example.com" })),
            Recognition::Yes
        );
        assert_eq!(
            badge(json!({ "type": "url", "hashed": false, "identity": "a@example.com" })),
            Recognition::No
        );
        assert_eq!(badge(json!({ "type": "email", "identity": "a@example.com" })), Recognition::No);
    }
}
