//! A credential made from a request, the marks, a key and a time: pure, and exactly what was shown is what is signed.
//!
//! [`propose`] turns a request and a mentor's marking into a [`Proposal`]. Its text is rendered from the value that
//! [`Proposal::sign`] signs, so nothing can be signed that was not on the screen. The signer's side alone chooses
//! the issuer, the dates and the id; a request cannot set them.

pub mod jwt;
mod notices;
mod vouch;
mod withdraw;

pub use notices::{report_lost, succeed};
pub use vouch::{Vouching, vouch};
pub use withdraw::withdraw;

use serde_json::Value;

use crate::credential::changes::{self, Change};
use crate::credential::claims::Claims;
use crate::credential::request::Request;
use crate::credential::signoff::{self, Signing};
use crate::credential::statement::{self, Detail, Line};
use crate::credential::{CredentialFault, Mark, SignOff};
use crate::digest::Digest;
use crate::json;
use crate::proof::{self, EddsaJcs2022, EddsaRdfc2022, Options, ProofFault, PublicKey, Signer, Suite};
use crate::time::{Date, Timestamp};

/// The longest that a sign-off may be good for, in days: ten years. A request or a slip of the keyboard must not
/// make a statement that outlives everybody's memory of it.
pub const LONGEST_DAYS: i64 = 3_653;

/// How far the request may lie ahead of the signer's clock, in seconds: a day, for clocks set to another zone.
pub const CLOCK_SKEW: i64 = 86_400;

/// The proofs of a sign-off: the one that wallets and the Open Badges validators take comes first, since some look at
/// the first alone; the second can be checked with a page of code.
const SUITES_OF_A_SIGN_OFF: [&dyn Suite; 2] = [&EddsaRdfc2022, &EddsaJcs2022];

/// What a mentor decides.
#[derive(Debug, Clone)]
pub struct Marking {
    /// One mark for each deliverable, in the order of the request.
    pub marks: Vec<Mark>,
    /// The name the mentor signs with.
    pub signer_name: String,
    /// The statement in the mentor's words; `None` keeps the one proposed.
    pub statement: Option<String>,
    /// Results in the mentor's words, by position; `None` keeps the one proposed.
    pub results: Vec<Option<String>>,
    /// The last day on which the sign-off shall hold.
    pub good_until: Option<Date>,
    /// Now, by the mentor's clock.
    pub at: Timestamp,
}

/// A credential that is complete but for its signature.
#[derive(Debug, Clone)]
pub struct Proposal {
    document: Value,
    sign_off: SignOff,
    email: Option<String>,
    draft: Claims,
}

/// Why a request cannot be signed as marked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IssuerFault {
    /// Marks and deliverables do not pair up.
    #[error("there are {items} deliverables and {marks} marks")]
    MarksDoNotFit {
        /// Deliverables in the request.
        items: usize,
        /// Marks given.
        marks: usize,
    },
    /// The signer has no name.
    #[error("the signer has no name")]
    NoName,
    /// The statement says nothing.
    #[error("the statement says nothing")]
    NoStatement,
    /// The end lies before the beginning.
    #[error("it would end on {end}, before it is signed on {today}")]
    EndsBeforeItBegins {
        /// The last day asked for.
        end: Date,
        /// The day of signing.
        today: Date,
    },
    /// The end lies more than [`LONGEST_DAYS`] ahead.
    #[error("it would end on {end}, and {latest} is the latest day allowed")]
    EndsTooLate {
        /// The last day asked for.
        end: Date,
        /// The latest day allowed.
        latest: Date,
    },
    /// The signer's key is the one the sign-off would be about.
    #[error("the key that would sign is the key of the person it is about")]
    SignerIsHolder,
    /// The key that would vouch is the key that is vouched for.
    #[error("the key that would vouch is the key that is vouched for")]
    VouchesForItself,
    /// A key that would take its own place.
    #[error("a key cannot take its own place")]
    FollowsItself,
    /// The request was made after what the signer's clock says is now.
    #[error("the request was made on {made}, and the clock says {now}")]
    ClockBeforeRequest {
        /// Day of the request.
        made: Date,
        /// Day by the signer's clock.
        now: Date,
    },
    /// What would be signed is not a sign-off that could be read back.
    #[error("what would be signed could not be read back: {}", first(.0))]
    NotReadable(Vec<CredentialFault>),
    /// The document is not a sign-off of this key, so this key cannot withdraw it.
    #[error("this sign-off was signed by {issuer}, not by the key at hand")]
    NotTheSigner {
        /// The issuer of the sign-off.
        issuer: String,
    },
    /// The key did not sign.
    #[error(transparent)]
    Proof(#[from] ProofFault),
}

/// Makes the credential that this marking of the request would sign with `key`.
pub fn propose(request: &Request, marking: &Marking, key: &PublicKey) -> Result<Proposal, IssuerFault> {
    let claims = marked(request, marking)?;
    check_dates(request, marking)?;
    let issuer_id = key.did();
    if issuer_id == request.holder {
        return Err(IssuerFault::SignerIsHolder);
    }
    let name = marking.signer_name.trim();
    if name.is_empty() {
        return Err(IssuerFault::NoName);
    }
    let document = signoff::build(
        &request.draft,
        &Signing {
            issuer_id: &issuer_id,
            issuer_name: name,
            valid_from: marking.at,
            valid_until: marking.good_until.map(Date::end),
            claims: &claims,
        },
    );
    let sign_off = signoff::read(&document).map_err(IssuerFault::NotReadable)?;
    let email = request.from.email.clone();
    Ok(Proposal { document, sign_off, email, draft: request.claims.clone() })
}

impl Proposal {
    /// The sign-off as it would be signed, read back from the very document.
    #[must_use]
    pub fn sign_off(&self) -> &SignOff {
        &self.sign_off
    }

    /// The whole text for a person.
    #[must_use]
    pub fn lines(&self, detail: Detail) -> Vec<Line> {
        statement::lines(&self.sign_off, detail, self.email.as_deref())
    }

    /// The fingerprint of the whole text: what a script must name to sign what it has not seen.
    #[must_use]
    pub fn text_digest(&self) -> Digest {
        statement::digest(&self.sign_off, self.email.as_deref())
    }

    /// What differs from the draft.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        changes::between(&self.draft, &self.sign_off)
    }

    /// Signs, and gives the bytes of the answer file.
    pub fn sign(self, signer: &dyn Signer) -> Result<Vec<u8>, IssuerFault> {
        if signer.public_key().did() != self.sign_off.issuer_id {
            return Err(IssuerFault::NotTheSigner { issuer: self.sign_off.issuer_id });
        }
        signed(self.document, &SUITES_OF_A_SIGN_OFF, self.sign_off.valid_from, signer)
    }
}

fn signed(
    mut document: Value,
    suites: &[&dyn Suite],
    created: Timestamp,
    signer: &dyn Signer,
) -> Result<Vec<u8>, IssuerFault> {
    let options = Options::assertion(created);
    proof::sign(&mut document, &options, suites, signer)?;
    Ok(json::pretty(&document).into_bytes())
}

fn marked(request: &Request, marking: &Marking) -> Result<Claims, IssuerFault> {
    let mut claims = request.claims.clone();
    if claims.items.len() != marking.marks.len() {
        return Err(IssuerFault::MarksDoNotFit { items: claims.items.len(), marks: marking.marks.len() });
    }
    for (item, mark) in claims.items.iter_mut().zip(&marking.marks) {
        item.mark = Some(*mark);
    }
    for (item, words) in claims.items.iter_mut().zip(&marking.results) {
        if let Some(words) = words {
            item.result = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        }
    }
    if let Some(statement) = &marking.statement {
        statement.trim().clone_into(&mut claims.statement);
    }
    if claims.statement.is_empty() { Err(IssuerFault::NoStatement) } else { Ok(claims) }
}

fn check_dates(request: &Request, marking: &Marking) -> Result<(), IssuerFault> {
    let today = marking.at.date();
    if marking.at.plus_seconds(CLOCK_SKEW) < request.created {
        return Err(IssuerFault::ClockBeforeRequest { made: request.created.date(), now: today });
    }
    check_end(marking.good_until, marking.at)
}

/// An end lies ahead, and not further than anybody remembers.
fn check_end(end: Option<Date>, at: Timestamp) -> Result<(), IssuerFault> {
    let today = at.date();
    let Some(end) = end else { return Ok(()) };
    if end < today {
        return Err(IssuerFault::EndsBeforeItBegins { end, today });
    }
    let latest = today.start().plus_seconds(LONGEST_DAYS * 86_400).date();
    if end > latest { Err(IssuerFault::EndsTooLate { end, latest }) } else { Ok(()) }
}

fn first(faults: &[CredentialFault]) -> String {
    faults.first().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::request::{self, Person, RequestFacts};
    use crate::credential::{Evidence, Item, draft};
    use crate::proof::SecretKey;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_ours(text).unwrap()
    }

    fn sample_request() -> Request {
        let student = SecretKey::from_seed(&[1; 32]).public_key().did();
        let items =
            [Item { title: "Report".into(), asked: String::new(), result: Some("9 %".into()), mark: None }];
        let evidence = [Evidence {
            name: "report.pdf".into(),
            digest: Digest::of(b"report"),
            media_type: "application/pdf".into(),
            genre: "report".into(),
            audience: None,
            item: Some("Report".into()),
        }];
        let facts = draft::DraftFacts {
            holder: &student,
            name: "Alex Rivera",
            email: "alex@rivera.example",
            salt: "c2FsdA",
            title: "Co-lab",
            organisation: "Acme Retail Ltd",
            starts: None,
            ends: None,
            statement: "Alex did this.",
            items: &items,
            evidence: &evidence,
            created: at("2026-07-22T09:00:00Z"),
        };
        let document = request::build(&RequestFacts {
            created: facts.created,
            from: &Person { name: "Alex Rivera".into(), email: Some("alex@rivera.example".into()) },
            holder: &student,
            asked: &Person { name: "Priya Nair".into(), email: None },
            message: None,
            manifest_digest: Digest::of(b"manifest"),
            draft: &draft::build(&facts),
        });
        request::read(&document).unwrap()
    }

    fn marking() -> Marking {
        Marking {
            marks: vec![Mark::Met],
            signer_name: "Priya Nair".into(),
            statement: None,
            results: Vec::new(),
            good_until: Some(Date::parse("2029-07-24").unwrap()),
            at: at("2026-07-24T15:02:40Z"),
        }
    }

    fn mentor() -> SecretKey {
        SecretKey::from_seed(&[2; 32])
    }

    fn proposed(change: impl FnOnce(&mut Marking)) -> Result<Proposal, IssuerFault> {
        let mut marking = marking();
        change(&mut marking);
        propose(&sample_request(), &marking, &mentor().public_key())
    }

    #[test]
    fn what_was_shown_is_what_was_signed() {
        let proposal = proposed(|_| {}).unwrap();
        let shown = proposal.sign_off().clone();
        let signed = json::parse(&proposal.sign(&mentor()).unwrap(), &json::OURS).unwrap();
        assert_eq!(signoff::read(&signed).unwrap(), shown);
        let expected = proof::Expected::assertion_by(&shown.issuer_id);
        assert!(proof::check(&signed, &expected).holds());
    }

    #[test]
    fn the_fingerprint_of_the_text_is_that_of_the_words_and_not_of_the_hour() {
        let first = proposed(|_| {}).unwrap().text_digest();
        assert_eq!(first, proposed(|m| m.at = at("2026-07-25T00:00:00Z")).unwrap().text_digest());
        assert_ne!(first, proposed(|m| m.marks = vec![Mark::NotMet]).unwrap().text_digest());
    }

    #[test]
    fn a_reworded_result_is_a_change() {
        let proposal = proposed(|m| m.results = vec![Some("about 10 %".into())]).unwrap();
        let change = &proposal.changes()[0];
        assert_eq!((change.about.as_str(), change.now.as_deref()), ("Result of item 1", Some("about 10 %")));
    }

    #[test]
    fn each_reason_not_to_sign_has_its_name() {
        assert!(matches!(
            proposed(|m| m.marks.clear()),
            Err(IssuerFault::MarksDoNotFit { items: 1, marks: 0 })
        ));
        assert!(matches!(proposed(|m| m.signer_name = "  ".into()), Err(IssuerFault::NoName)));
        assert!(matches!(proposed(|m| m.statement = Some(" ".into())), Err(IssuerFault::NoStatement)));
        let day = |text| Some(Date::parse(text).unwrap());
        assert!(matches!(
            proposed(|m| m.good_until = day("2026-07-23")),
            Err(IssuerFault::EndsBeforeItBegins { .. })
        ));
        assert!(matches!(
            proposed(|m| m.good_until = day("2036-07-25")),
            Err(IssuerFault::EndsTooLate { .. })
        ));
        assert!(proposed(|m| m.good_until = day("2036-07-24")).is_ok());
        assert!(matches!(
            proposed(|m| m.at = at("2026-07-21T08:59:59Z")),
            Err(IssuerFault::ClockBeforeRequest { .. })
        ));
        let student = SecretKey::from_seed(&[1; 32]).public_key();
        assert!(matches!(propose(&sample_request(), &marking(), &student), Err(IssuerFault::SignerIsHolder)));
    }

    #[test]
    fn only_the_key_that_was_shown_signs_and_only_the_signer_withdraws() {
        let other = SecretKey::from_seed(&[3; 32]);
        assert!(matches!(proposed(|_| {}).unwrap().sign(&other), Err(IssuerFault::NotTheSigner { .. })));
        let signed = proposed(|_| {}).unwrap().sign(&mentor()).unwrap();
        let signed = json::parse(&signed, &json::OURS).unwrap();
        let now = at("2026-10-02T08:00:00Z");
        assert!(matches!(withdraw(&signed, None, None, now, &other), Err(IssuerFault::NotTheSigner { .. })));
        let bytes = withdraw(&signed, Some("later version exists"), None, now, &mentor()).unwrap();
        let withdrawal = json::parse(&bytes, &json::OURS).unwrap();
        let read = crate::credential::withdrawal::read(&withdrawal).unwrap();
        assert_eq!(Some(read.credential_digest), signoff::digest(&signed));
        let expected = proof::Expected::assertion_by(&read.issuer);
        assert!(proof::check(&withdrawal, &expected).holds());
    }
}
