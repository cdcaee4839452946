//! Checking one proof (Data Integrity 1.0 section 4.4), and what is known of it afterwards.

use serde_json::{Map, Value};

use super::did::{DidFault, parse_verification_method};
use super::linked_data::LinkedDataFault;
use super::others::MethodFault;
use super::set::{Links, ProofSet, strings};
use super::suite::{DATA_INTEGRITY, named};
use super::{ProofFault, PublicKey, Purpose, SUITES, Suite, Unsecured};
use crate::time::Timestamp;

/// Longest base58 text of 64 bytes.
const SIGNATURE_TEXT_BYTES: usize = 88;

/// What a document's proofs have to be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Purposes that are accepted.
    pub purposes: &'a [Purpose],
    /// The DID whose own key must sign: the issuer, the holder, or whoever the document speaks for.
    pub controller: &'a str,
    /// Further DIDs that must sign as well, as in a change of keys; a proof by anybody else does not hold.
    pub also: &'a [&'a str],
    /// Must be the proof's one `domain`.
    pub domain: Option<&'a str>,
    /// Must be the proof's `challenge`.
    pub challenge: Option<&'a str>,
}

impl<'a> Expected<'a> {
    /// A statement by one controller, addressed to nobody in particular.
    pub const fn assertion_by(controller: &'a str) -> Self {
        let purposes = &[Purpose::AssertionMethod];
        Expected { purposes, controller, also: &[], domain: None, challenge: None }
    }
}

/// Whether a proof holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofState {
    /// The signature is the expected key's over exactly this document.
    Holds,
    /// It does not hold.
    Fails(ProofFault),
    /// Made with a type or cryptosuite that this program does not know, or over words from a context that is not
    /// built in: nothing is known, good or bad.
    NotSupported,
}

/// What is known of one proof. Texts are raw and, unless the state is [`ProofState::Holds`], anybody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOutcome {
    /// The `cryptosuite`, or the `type` where there is none.
    pub suite: String,
    /// When the signer says it was made.
    pub created: Option<Timestamp>,
    /// When the signer says it ends.
    pub expires: Option<Timestamp>,
    /// `verificationMethod`.
    pub method: String,
    /// The key that the method names.
    pub key: Option<PublicKey>,
    /// `proofPurpose`, if it is one we know.
    pub purpose: Option<Purpose>,
    /// The audiences in `domain`.
    pub domain: Vec<String>,
    /// The `challenge` answered.
    pub challenge: Option<String>,
    /// Whether it holds. Says nothing about `created` and `expires`: when a proof is looked at is the caller's.
    pub state: ProofState,
}

/// Where the key of a proof comes from.
pub trait KeySource {
    /// The Ed25519 key that a verification method names, for a purpose. Its owner is what stands before the `#`.
    ///
    /// # Errors
    /// [`ProofFault::BadMethod`] or [`ProofFault::Method`].
    fn key(&self, method: &str, purpose: &str) -> Result<PublicKey, ProofFault>;
}

/// The keys of our own documents: a `did:key` in its one spelling.
struct OwnKeys;

impl KeySource for OwnKeys {
    fn key(&self, method: &str, _purpose: &str) -> Result<PublicKey, ProofFault> {
        parse_verification_method(method).map_err(ProofFault::BadMethod)
    }
}

/// Checks every proof of a document; total, whatever the document is. The document is what was parsed, never one
/// written again from structs; what a proof that holds covers is this very value without its `proof`.
pub fn check(document: &Value, expected: &Expected) -> ProofSet {
    check_with(document, expected, SUITES, &OwnKeys)
}

/// The same by other suites and with keys from elsewhere.
pub fn check_with(
    document: &Value,
    expected: &Expected,
    suites: &[&'static dyn Suite],
    keys: &dyn KeySource,
) -> ProofSet {
    let Some(members) = document.as_object() else {
        return ProofSet::faulty(ProofFault::NotAnObject);
    };
    let proofs = match ProofSet::members(members) {
        Ok(proofs) => proofs,
        Err(fault) => return ProofSet::faulty(fault),
    };
    let links = Links::of(&proofs);
    let mut outcomes: Vec<ProofOutcome> = proofs
        .iter()
        .enumerate()
        .map(|(index, proof)| {
            let mut outcome = described(proof);
            outcome.state = links.previous(index).map_or_else(ProofState::Fails, |previous| {
                let previous = previous.into_iter().map(|index| proofs[index]).collect();
                state(proof, &mut outcome, &Unsecured::new(members, previous), expected, suites, keys)
            });
            outcome
        })
        .collect();
    links.settle(&mut outcomes);
    ProofSet::new(outcomes, expected)
}

/// What a proof says of itself, before anything is checked.
fn described(proof: &Value) -> ProofOutcome {
    let text = |name: &str| proof.get(name).and_then(Value::as_str);
    let moment = |name: &str| text(name).and_then(|text| Timestamp::parse_rfc3339(text).ok());
    let method = text("verificationMethod").unwrap_or_default();
    ProofOutcome {
        suite: text("cryptosuite").or_else(|| text("type")).unwrap_or_default().to_owned(),
        created: moment("created"),
        expires: moment("expires"),
        method: method.to_owned(),
        key: None,
        purpose: text("proofPurpose").and_then(Purpose::named),
        domain: strings(proof.get("domain")).unwrap_or_default(),
        challenge: text("challenge").map(str::to_owned),
        state: ProofState::NotSupported,
    }
}

fn state(
    proof: &Value,
    outcome: &mut ProofOutcome,
    document: &Unsecured,
    expected: &Expected,
    suites: &[&'static dyn Suite],
    keys: &dyn KeySource,
) -> ProofState {
    let Some(members) = proof.as_object() else {
        return ProofState::Fails(ProofFault::ProofNotAnObject);
    };
    match suite_of(members, suites) {
        Ok(None) => ProofState::NotSupported,
        Ok(Some(suite)) => match checked(members, suite, outcome, document, expected, keys) {
            Ok(()) => ProofState::Holds,
            Err(ProofFault::NotLinkedData(LinkedDataFault::UnknownContext(_))) => ProofState::NotSupported,
            Err(fault) => ProofState::Fails(fault),
        },
        Err(fault) => ProofState::Fails(fault),
    }
}

/// The suite of a proof; `None` for one we do not know.
fn suite_of(
    proof: &Map<String, Value>,
    suites: &[&'static dyn Suite],
) -> Result<Option<&'static dyn Suite>, ProofFault> {
    let kind = text(proof, "type")?;
    let suite = match proof.get("cryptosuite").and_then(Value::as_str) {
        Some(name) => named(suites, name),
        None if kind == DATA_INTEGRITY => return text(proof, "cryptosuite").map(|_| None),
        None => named(suites, kind).filter(|suite| suite.proof_type() == kind),
    };
    match suite {
        Some(suite) if suite.proof_type() != kind => Err(ProofFault::WrongType { found: kind.to_owned() }),
        suite => Ok(suite),
    }
}

fn checked(
    proof: &Map<String, Value>,
    suite: &dyn Suite,
    outcome: &mut ProofOutcome,
    document: &Unsecured,
    expected: &Expected,
    keys: &dyn KeySource,
) -> Result<(), ProofFault> {
    let key = key_of(proof, expected, outcome, keys)?;
    check_words(proof, outcome, expected)?;
    check_context(proof, document)?;
    let signature = signature(text(proof, "proofValue")?)?;
    let hash = suite.hash(document, proof)?;
    if key.verify(&hash, &signature) { Ok(()) } else { Err(ProofFault::SignatureDoesNotFit) }
}

/// The key, which must belong to a DID that was asked for (Controlled Identifiers section 3.3: for `did:key` the
/// document is the DID itself, so the method's controller is what stands before the `#`).
fn key_of(
    proof: &Map<String, Value>,
    expected: &Expected,
    outcome: &mut ProofOutcome,
    keys: &dyn KeySource,
) -> Result<PublicKey, ProofFault> {
    let method = text(proof, "verificationMethod")?;
    let controller = method.split('#').next().unwrap_or_default();
    let wanted = controller == expected.controller || expected.also.contains(&controller);
    let purpose = proof.get("proofPurpose").and_then(Value::as_str).unwrap_or_default();
    let key = keys.key(method, purpose).map_err(|fault| match fault {
        ProofFault::BadMethod(DidFault::OtherMethod(_) | DidFault::NotADid)
        | ProofFault::Method(MethodFault::NotPinned { .. })
            if !wanted =>
        {
            let expected = expected.controller.to_owned();
            ProofFault::MethodNotController { expected, found: controller.to_owned() }
        }
        fault => fault,
    })?;
    outcome.key = Some(key);
    if wanted {
        return Ok(key);
    }
    let expected = expected.controller.to_owned();
    Err(ProofFault::MethodNotController { expected, found: controller.to_owned() })
}

/// Purpose, audience, challenge and dates.
fn check_words(
    proof: &Map<String, Value>,
    outcome: &ProofOutcome,
    expected: &Expected,
) -> Result<(), ProofFault> {
    let purpose = text(proof, "proofPurpose")?;
    if !expected.purposes.iter().any(|accepted| accepted.as_str() == purpose) {
        return Err(ProofFault::WrongPurpose { found: purpose.to_owned() });
    }
    let domain = strings(proof.get("domain")).ok_or(ProofFault::BadMember("domain"))?;
    if let Some(wanted) = expected.domain
        && domain != [wanted]
    {
        return Err(ProofFault::WrongDomain { expected: wanted.to_owned(), found: domain });
    }
    let challenge = optional_text(proof, "challenge")?;
    if let Some(wanted) = expected.challenge
        && challenge != Some(wanted)
    {
        let found = challenge.map(str::to_owned);
        return Err(ProofFault::WrongChallenge { expected: wanted.to_owned(), found });
    }
    if let (Some(found), None) = (optional_text(proof, "created")?, outcome.created) {
        return Err(ProofFault::BadCreated { found: found.to_owned() });
    }
    if let (Some(found), None) = (optional_text(proof, "expires")?, outcome.expires) {
        return Err(ProofFault::BadExpires { found: found.to_owned() });
    }
    Ok(())
}

/// The suite's text lets a document add contexts behind the signed ones; here the two are equal, or the proof is from
/// before proofs kept a context and signs the document's own.
fn check_context(proof: &Map<String, Value>, document: &Unsecured) -> Result<(), ProofFault> {
    let Some(signed) = proof.get("@context") else { return Ok(()) };
    let found = document.context();
    if found == Some(signed) {
        return Ok(());
    }
    let list = |context: &Value| match context {
        Value::Array(list) => list.clone(),
        single => vec![single.clone()],
    };
    match found {
        Some(found) if list(found).starts_with(&list(signed)) => Err(ProofFault::ContextExtended),
        _ => Err(ProofFault::ContextDiffers),
    }
}

/// 64 bytes in base58btc multibase; the length and the alphabet leave one spelling.
fn signature(text: &str) -> Result<[u8; 64], ProofFault> {
    let encoded = text
        .strip_prefix('z')
        .filter(|encoded| encoded.len() <= SIGNATURE_TEXT_BYTES)
        .ok_or(ProofFault::BadProofValue)?;
    let bytes = bs58::decode(encoded).into_vec().map_err(|_| ProofFault::BadProofValue)?;
    bytes.try_into().map_err(|_| ProofFault::BadProofValue)
}

fn text<'a>(proof: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, ProofFault> {
    optional_text(proof, name)?.ok_or(ProofFault::MissingMember(name))
}

fn optional_text<'a>(
    proof: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a str>, ProofFault> {
    match proof.get(name) {
        None => Ok(None),
        Some(value) => value.as_str().map(Some).ok_or(ProofFault::BadMember(name)),
    }
}
