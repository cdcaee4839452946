//! Reads what others issued, without repairing it: Open Badges 3.0 and 2.0, and credentials of VC 1.1 and 2.0.
//!
//! What is read here is only what the document says of itself. Whether anybody signed it is for [`crate::proof`].

mod addressee;
mod conforms;
mod same;
mod token;

use serde_json::Value;

use super::fields::{CredentialFault, Fact};
use super::status_list::{self, StatusEntry, StatusFault};
use crate::time::Timestamp;

pub use addressee::{Identity, Recognition};
pub use conforms::faults;
pub use token::{ClaimFault, check_claims, document_of};

/// The context that a credential of VC Data Model 2.0 begins with.
pub const CONTEXT_2: &str = "https://www.w3.org/ns/credentials/v2";
/// The context that a credential of VC Data Model 1.1 begins with.
pub const CONTEXT_1: &str = "https://www.w3.org/2018/credentials/v1";
/// The context of Open Badges 2.0.
const OPEN_BADGES_2: &str = "https://w3id.org/openbadges/v2";

/// By which data model a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// VC Data Model 1.1.
    Vc1,
    /// VC Data Model 2.0.
    Vc2,
    /// Open Badges 2.0: a page at its issuer says whether it stands, and nothing in it is signed.
    OpenBadges2,
}

/// What kind of statement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An Open Badge.
    OpenBadge,
    /// A comprehensive learner record.
    LearnerRecord,
    /// A statement about another statement or its issuer.
    Endorsement,
    /// A list of the status of others.
    StatusList,
    /// Another credential.
    Other,
}

/// A name for someone, as the document gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// An address or a DID.
    pub id: Option<String>,
    /// The name beside it, which nobody has checked.
    pub name: Option<String>,
}

/// What was achieved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Achievement {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// What had to be done for it.
    pub criteria: Option<String>,
}

/// A credential of somebody else's, as it reads. Texts are raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// By which data model.
    pub model: Model,
    /// What kind of statement.
    pub kind: Kind,
    /// Its types, in its order.
    pub types: Vec<String>,
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Who says it.
    pub issuer: Party,
    /// About whom; usually one.
    pub subjects: Vec<Party>,
    /// The other names of the one it is about.
    pub identities: Vec<Identity>,
    /// For what, if it is a badge.
    pub achievement: Option<Achievement>,
    /// From when.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Option<Timestamp>,
    /// Where its status is kept.
    pub status: Vec<Result<StatusEntry, StatusFault>>,
    /// It may be had anew from its issuer.
    pub has_refresh: bool,
    /// How many statements of others about it came along.
    pub endorsements: usize,
}

/// Reads a credential.
///
/// # Errors
/// Every rule of its data model that it breaks.
pub fn read(document: &Value) -> Result<Foreign, Vec<CredentialFault>> {
    let model = model_of(document).ok_or_else(|| {
        let fact = Fact::NotThis { expected: "the context of a credential that is read here" };
        vec![CredentialFault { path: "/@context".into(), fact }]
    })?;
    let faults = faults(document, model);
    if !faults.is_empty() {
        return Err(faults);
    }
    let moment = |name: &str| {
        document.get(name).and_then(Value::as_str).and_then(|text| Timestamp::parse_rfc3339(text).ok())
    };
    let (from, until) = match model {
        Model::Vc1 => ("issuanceDate", "expirationDate"),
        Model::Vc2 => ("validFrom", "validUntil"),
        Model::OpenBadges2 => ("issuedOn", "expires"),
    };
    let types = texts(document.get("type"));
    let subjects =
        list(document.get(if model == Model::OpenBadges2 { "recipient" } else { "credentialSubject" }));
    Ok(Foreign {
        model,
        kind: kind_of(&types, model),
        types,
        id: text(document.get("id")),
        name: words(document.get("name")),
        issuer: party(document.get("issuer")),
        achievement: achievement(document, &subjects, model),
        identities: addressee::identities(document, &subjects, model),
        subjects: subjects.into_iter().map(recipient).collect(),
        valid_from: moment(from),
        valid_until: moment(until),
        status: status_list::entries(document),
        has_refresh: document.get("refreshService").is_some(),
        endorsements: list(document.get("endorsement")).len() + list(document.get("endorsementJwt")).len(),
    })
}

impl Foreign {
    /// Whether it says that it is about this e-mail address.
    pub fn is_about(&self, email: &str) -> Recognition {
        let id = match &self.subjects[..] {
            [only] => only.id.as_deref(),
            _ => None,
        };
        addressee::recognise(&self.identities, id, email)
    }
}

/// The data model that a document's first context names.
pub fn model_of(document: &Value) -> Option<Model> {
    let context = document.get("@context")?;
    let first = context.as_array().and_then(|list| list.first()).unwrap_or(context);
    match first.as_str()? {
        CONTEXT_1 => Some(Model::Vc1),
        CONTEXT_2 => Some(Model::Vc2),
        OPEN_BADGES_2 => Some(Model::OpenBadges2),
        _ => None,
    }
}

pub(super) fn kind_of(types: &[String], model: Model) -> Kind {
    let has = |wanted: &[&str]| types.iter().any(|found| wanted.contains(&found.as_str()));
    if model == Model::OpenBadges2 || has(&["OpenBadgeCredential", "AchievementCredential"]) {
        Kind::OpenBadge
    } else if has(&["ClrCredential"]) {
        Kind::LearnerRecord
    } else if has(&["EndorsementCredential"]) {
        Kind::Endorsement
    } else if has(&["BitstringStatusListCredential", "StatusList2021Credential"]) {
        Kind::StatusList
    } else {
        Kind::Other
    }
}

fn party(value: Option<&Value>) -> Party {
    match value {
        Some(Value::String(id)) => Party { id: Some(id.clone()), name: None },
        Some(object) => Party { id: text(object.get("id")), name: words(object.get("name")) },
        None => Party::default(),
    }
}

/// A subject; one without a name goes by what identifies it in clear (Open Badges 3.0, IdentityObject; 2.0, Identity).
fn recipient(value: &Value) -> Party {
    let named = party(Some(value));
    let in_clear = |entry: &&Value| entry.get("hashed").and_then(Value::as_bool) != Some(true);
    let identity = list(value.get("identifier")).into_iter().find(in_clear);
    let identity = identity.and_then(|entry| text(entry.get("identityHash")));
    let address = || Some(value).filter(in_clear).and_then(|value| text(value.get("identity")));
    Party { name: named.name.or(identity).or_else(address), ..named }
}

fn achievement(document: &Value, subjects: &[&Value], model: Model) -> Option<Achievement> {
    let value = match model {
        Model::OpenBadges2 => document.get("badge"),
        Model::Vc1 | Model::Vc2 => subjects.iter().find_map(|subject| subject.get("achievement")),
    };
    let value = *list(value).first()?;
    let criteria = value.get("criteria");
    Some(Achievement {
        name: words(value.get("name")),
        description: words(value.get("description")),
        criteria: criteria
            .and_then(|criteria| words(criteria.get("narrative")).or_else(|| text(Some(criteria)))),
    })
}

/// One value or a list of them; an absent one is an empty list.
pub(super) fn list(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(single) => vec![single],
    }
}

pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    list(value).into_iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

/// A text, or the first of several in different languages.
fn words(value: Option<&Value>) -> Option<String> {
    let first = *list(value).first()?;
    first.as_str().or_else(|| first.get("@value").and_then(Value::as_str)).map(str::to_owned)
}
