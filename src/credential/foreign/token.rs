//! A credential inside a JSON Web Token: which document it is, and whether the token's own claims agree with it
//! (Open Badges 3.0 section 8.2, VC Data Model 1.1 section 6.3.1, VC-JOSE-COSE).

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::{CONTEXT_1, list, texts};
use crate::time::Timestamp;

/// A claim of a token that does not agree with the credential in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClaimFault {
    /// The payload is no JSON object, or its `vc` is none.
    #[error("the payload is not a credential")]
    NotACredential,
    /// `vc` stands around a credential of version 2, or is missing around one of version 1, or `vp` is there.
    #[error("the credential does not stand where its version says")]
    WrongPlace,
    /// A claim that must be there is not.
    #[error("the claim {0} is missing")]
    Missing(&'static str),
    /// A claim that is not what it must be.
    #[error("the claim {0} is not what it must be")]
    Bad(&'static str),
    /// A claim that says something else than the credential.
    #[error("the claim {0} says something else than the credential")]
    Contradicts(&'static str),
}

/// The credential in a payload. Where version 1.1 lets a claim stand for a member, the member is filled in.
///
/// # Errors
/// [`ClaimFault::NotACredential`] and [`ClaimFault::WrongPlace`].
pub fn document_of(payload: &Value) -> Result<Value, ClaimFault> {
    let claims = payload.as_object().ok_or(ClaimFault::NotACredential)?;
    if claims.contains_key("vp") {
        return Err(ClaimFault::WrongPlace);
    }
    let is_first = |document: &Value| {
        let context = document.get("@context").unwrap_or(&Value::Null);
        list(Some(context)).first().is_some_and(|first| *first == CONTEXT_1)
    };
    let Some(inner) = claims.get("vc") else {
        return if is_first(payload) { Err(ClaimFault::WrongPlace) } else { Ok(payload.clone()) };
    };
    let mut document = inner.as_object().cloned().ok_or(ClaimFault::NotACredential)?;
    if !is_first(inner) {
        return Err(ClaimFault::WrongPlace);
    }
    for (member, claim) in [("issuer", "iss"), ("id", "jti")] {
        if let (None, Some(value)) = (document.get(member), claims.get(claim)) {
            document.insert(member.to_owned(), value.clone());
        }
    }
    for (member, claim) in [("issuanceDate", "nbf"), ("expirationDate", "exp")] {
        if let (None, Some(moment)) = (document.get(member), moment(claims, claim)?) {
            document.insert(member.to_owned(), json!(moment.to_string()));
        }
    }
    Ok(Value::Object(document))
}

/// Compares the claims of a token with its credential, and gives the moment at which the token itself ends. `kind` is
/// the header's `typ`.
///
/// # Errors
/// The first [`ClaimFault`].
pub fn check_claims(
    payload: &Value,
    document: &Value,
    kind: Option<&str>,
) -> Result<Option<Timestamp>, ClaimFault> {
    let claims = payload.as_object().ok_or(ClaimFault::NotACredential)?;
    // typ JWT or none is the token of Open Badges, where the claims repeat the credential
    let of_open_badges = kind.is_none_or(|kind| kind.eq_ignore_ascii_case("JWT"));
    let types = texts(document.get("type"));
    let is_badge = types.iter().any(|kind| kind == "OpenBadgeCredential" || kind == "AchievementCredential");
    let required = of_open_badges && is_badge;
    let id = |value: Option<&Value>| match value {
        Some(Value::Object(object)) => object.get("id").cloned(),
        value => value.cloned(),
    };
    let subject =
        list(document.get("credentialSubject")).first().and_then(|subject| subject.get("id").cloned());
    let said = [("iss", id(document.get("issuer"))), ("sub", subject), ("jti", document.get("id").cloned())];
    for (claim, expected) in said {
        match claims.get(claim) {
            None if required => return Err(ClaimFault::Missing(claim)),
            None => {}
            Some(Value::String(_)) if claims.get(claim) == expected.as_ref() => {}
            Some(Value::String(_)) => return Err(ClaimFault::Contradicts(claim)),
            Some(_) => return Err(ClaimFault::Bad(claim)),
        }
    }
    let (begins, ends) = (moment(claims, "nbf")?, moment(claims, "exp")?);
    if of_open_badges {
        if required && begins.is_none() {
            return Err(ClaimFault::Missing("nbf"));
        }
        for (claim, found, names) in
            [("nbf", begins, ["validFrom", "issuanceDate"]), ("exp", ends, ["validUntil", "expirationDate"])]
        {
            let member = names.iter().find_map(|name| document.get(*name)).and_then(Value::as_str);
            let member = member.and_then(|text| Timestamp::parse_rfc3339(text).ok());
            if let (Some(found), Some(member)) = (found, member)
                && found != member
            {
                return Err(ClaimFault::Contradicts(claim));
            }
        }
    }
    Ok(ends)
}

/// A NumericDate (RFC 7519 section 2), its fraction dropped.
fn moment(claims: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, ClaimFault> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    #[expect(clippy::cast_possible_truncation, reason = "a count beyond any calendar is brought to its end")]
    let seconds = value.as_f64().map(|seconds| seconds.floor() as i64).ok_or(ClaimFault::Bad(name))?;
    Ok(Some(Timestamp::from_unix(seconds)))
}
