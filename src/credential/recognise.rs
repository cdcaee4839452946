//! What a file from elsewhere is, told from its bytes alone: a badge, a bag, an e-mail, something signed in a form that
//! is not read here, or nothing but a file.
//!
//! Names and endings are never looked at. What is not surely one of the kinds below is a [`What::Capture`], and nobody
//! calls it more than that. Whether anything in it holds is for [`crate::proof`] to say.

mod bag;
mod envelope;
mod mail;
mod ssh;

use serde_json::Value;

use super::baked::{BakedFault, KEYWORD, NAMESPACE, PICTURE_BYTES, attached, from_png, from_svg};
use super::foreign::{self, Foreign, Kind, Model};
use super::{presentation, signoff};
use crate::json;
use crate::proof::others::jose;

pub use bag::is_bag_listing;
pub use envelope::Envelope;

/// The most bytes that are looked into; a larger file is told from its start alone, and so is a capture.
pub const LOOKED_INTO_BYTES: usize = PICTURE_BYTES;

/// The keyword of a picture with a badge of version 2.0, and its namespace in an SVG (Open Badges Baking 2.0).
const OLD_KEYWORD: &[u8] = b"openbadges\0";
const OLD_NAMESPACE: &[u8] = b"http://openbadges.org";

/// What holds a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// It is the file: a JSON document.
    Json,
    /// It is the file: a compact token.
    Token,
    /// A PNG picture.
    Png,
    /// An SVG picture.
    Svg,
    /// A PDF to which it is attached.
    Pdf,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum What {
    /// A credential, as the file itself or inside it.
    Credential {
        /// What holds it.
        carrier: Carrier,
        /// By which data model.
        model: Model,
        /// What kind of statement.
        kind: Kind,
    },
    /// A picture or PDF with a credential inside that is not there in the one way that counts.
    Spoilt(Carrier),
    /// A picture with a badge of version 2.0 that only says where it was kept.
    HostedBadge(Carrier),
    /// A BagIt bag in an archive (RFC 8493).
    Bag,
    /// An e-mail as it was saved (RFC 5322).
    Mail,
    /// A signature by an SSH key over another file (OpenSSH, PROTOCOL.sshsig).
    SshSignature,
    /// A form in which something can be signed or encrypted, and which is not read here.
    Envelope(Envelope),
    /// A file, and no more is known of it.
    Capture,
}

/// What a file was recognised as, and what was found in it.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// What it is.
    pub what: What,
    /// The credential in it, as it stands there: a JSON document or a token.
    pub record: Option<Vec<u8>>,
    /// What the credential says of itself; `None` if it breaks the rules of its data model.
    pub says: Option<Foreign>,
    /// The credential has the form of a sign-off that a mentor made here.
    pub is_sign_off: bool,
    /// Why the credential inside cannot be taken out.
    pub fault: Option<BakedFault>,
}

impl Recognised {
    fn plainly(what: What) -> Recognised {
        Recognised { what, record: None, says: None, is_sign_off: false, fault: None }
    }

    fn spoilt(carrier: Carrier, fault: BakedFault) -> Recognised {
        Recognised { fault: Some(fault), ..Recognised::plainly(What::Spoilt(carrier)) }
    }
}

/// Tells what the bytes are. Total, and linear in their number.
pub fn recognise(bytes: &[u8]) -> Recognised {
    if bytes.len() > LOOKED_INTO_BYTES {
        return Recognised::plainly(What::Capture);
    }
    if let Some(found) = held(bytes, None) {
        return found;
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return in_picture(bytes, Carrier::Png, from_png(bytes), KEYWORD.as_bytes(), OLD_KEYWORD);
    }
    if looks_like_svg(bytes) {
        return in_picture(bytes, Carrier::Svg, from_svg(bytes), NAMESPACE.as_bytes(), OLD_NAMESPACE);
    }
    if holds(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return in_pdf(bytes);
    }
    let what = if ssh::is_signature(bytes) {
        What::SshSignature
    } else if bag::is_archive(bytes) {
        What::Bag
    } else if mail::is_mail(bytes) {
        What::Mail
    } else {
        envelope::envelope(bytes).map_or(What::Capture, What::Envelope)
    };
    Recognised::plainly(what)
}

/// The credential that the bytes are, whatever holds them; `None` if they are none.
fn held(bytes: &[u8], inside: Option<Carrier>) -> Option<Recognised> {
    let text = bytes.trim_ascii_start();
    if text.starts_with(b"{") {
        let carrier = inside.unwrap_or(Carrier::Json);
        return match json::parse(bytes, &json::FOREIGN) {
            Ok(document) => of_document(&document, bytes, carrier),
            // a credential that two readers could read in two ways is still handed over as one
            Err(_) => holds(bytes, b"\"VerifiableCredential\"").then(|| Recognised {
                record: Some(bytes.to_vec()),
                ..Recognised::plainly(What::Credential { carrier, model: Model::Vc2, kind: Kind::Other })
            }),
        };
    }
    if !jose::is_token(text) {
        return None;
    }
    let carrier = inside.unwrap_or(Carrier::Token);
    let payload = text.split(|byte| *byte == b'.').nth(1)?;
    let payload = data_encoding::BASE64URL_NOPAD.decode(payload).ok()?;
    let payload = json::parse(&payload, &json::FOREIGN).ok()?;
    of_document(&foreign::document_of(&payload).ok()?, bytes, carrier)
}

fn of_document(document: &Value, bytes: &[u8], carrier: Carrier) -> Option<Recognised> {
    let model = foreign::model_of(document)?;
    let types = foreign::texts(document.get("type"));
    let named = if model == Model::OpenBadges2 { "Assertion" } else { "VerifiableCredential" };
    if !types.iter().any(|kind| kind == named) || presentation::read(document).is_ok() {
        return None;
    }
    Some(Recognised {
        record: Some(bytes.to_vec()),
        says: foreign::read(document).ok(),
        is_sign_off: signoff::read(document).is_ok(),
        ..Recognised::plainly(What::Credential { carrier, model, kind: foreign::kind_of(&types, model) })
    })
}

/// `marks` is what a picture with a credential mentions somewhere, `old` what one of version 2.0 does.
fn in_picture(
    bytes: &[u8],
    carrier: Carrier,
    found: Result<Option<String>, BakedFault>,
    marks: &[u8],
    old: &[u8],
) -> Recognised {
    match found {
        Ok(Some(record)) => {
            let inside = held(record.as_bytes(), Some(carrier));
            inside.unwrap_or_else(|| Recognised::spoilt(carrier, BakedFault::BadForm))
        }
        // a damaged picture that never had a credential is a picture and no more
        Err(fault) if holds(bytes, marks) => Recognised::spoilt(carrier, fault),
        _ if holds(bytes, old) => Recognised::plainly(What::HostedBadge(carrier)),
        _ => Recognised::plainly(What::Capture),
    }
}

/// The one credential among the files attached to a PDF; the others are nobody's business here.
fn in_pdf(bytes: &[u8]) -> Recognised {
    let files = match attached(bytes) {
        Ok(files) => files,
        Err(fault) => return Recognised::spoilt(Carrier::Pdf, fault),
    };
    let mut found: Vec<Recognised> = files.iter().filter_map(|file| held(file, Some(Carrier::Pdf))).collect();
    let first = found.first().and_then(|first| first.record.clone());
    if found.iter().all(|one| one.record == first) {
        found.truncate(1);
    }
    match found.len() {
        0 => Recognised::plainly(What::Capture),
        1 => found.remove(0),
        _ => Recognised::spoilt(Carrier::Pdf, BakedFault::Several),
    }
}

/// Whether text begins as an SVG does: the root may come after comments.
fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<") && holds(head, b"<svg")
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

impl Carrier {
    /// The stable word in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Carrier::Json => "json",
            Carrier::Token => "token",
            Carrier::Png => "png",
            Carrier::Svg => "svg",
            Carrier::Pdf => "pdf",
        }
    }
}

impl What {
    /// The stable word in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Credential { model: Model::OpenBadges2, .. } | What::HostedBadge(_) => "open-badge-2.0",
            What::Credential { kind, .. } => match kind {
                Kind::OpenBadge => "open-badge-3.0",
                Kind::LearnerRecord => "learner-record",
                Kind::Endorsement => "endorsement",
                Kind::StatusList => "status-list",
                Kind::Other => "statement",
            },
            What::Spoilt(_) => "unreadable",
            What::Bag => "bag",
            What::Mail => "e-mail",
            What::SshSignature => "ssh-signature",
            What::Envelope(envelope) => envelope.as_str(),
            What::Capture => "capture",
        }
    }

    /// What holds the credential, if one is there.
    pub fn carrier(self) -> Option<Carrier> {
        match self {
            What::Credential { carrier, .. } | What::Spoilt(carrier) | What::HostedBadge(carrier) => {
                Some(carrier)
            }
            _ => None,
        }
    }

    /// Whether a signature can be looked for in it.
    pub fn can_be_signed(self) -> bool {
        matches!(self, What::Credential { model: Model::Vc1 | Model::Vc2, .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::baked::{into_png, into_svg};
    use serde_json::json;

    fn badge() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": { "id": "did:web:skillforge.example", "name": "SkillForge Academy" },
            "credentialSubject": { "type": ["AchievementSubject"], "identifier": [
                { "type": "IdentityObject", "hashed": false, "identityHash": "alex@rivera.example", "identityType": "emailAddress" } ] },
        })
    }

    fn word(bytes: &[u8]) -> (&'static str, Option<&'static str>) {
        let what = recognise(bytes).what;
        (what.as_str(), what.carrier().map(Carrier::as_str))
    }

    #[test]
    fn a_badge_is_found_in_whatever_holds_it() {
        let text = badge().to_string();
        assert_eq!(word(text.as_bytes()), ("open-badge-3.0", Some("json")));
        let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let token = format!("{}.{}.AAAA\n", part(&json!({ "alg": "ES256" })), part(&badge()));
        assert_eq!(word(token.as_bytes()), ("open-badge-3.0", Some("token")));
        let png = include_bytes!("recognise/dot.png");
        assert_eq!(word(png), ("capture", None));
        let baked = into_png(png, &token).unwrap();
        assert_eq!(word(&baked), ("open-badge-3.0", Some("png")));
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(word(svg.as_bytes()), ("capture", None));
        let baked = into_svg("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", &text).unwrap();
        assert_eq!(word(baked.as_bytes()), ("open-badge-3.0", Some("svg")));
        let says = recognise(text.as_bytes()).says.unwrap();
        assert_eq!(says.subjects[0].name.as_deref(), Some("alex@rivera.example"));
    }

    #[test]
    fn a_badge_that_cannot_be_taken_out_is_said_to_be_there() {
        let png = include_bytes!("recognise/dot.png");
        assert_eq!(word(&into_png(png, "a note").unwrap()), ("unreadable", Some("png")));
        let mut damaged = into_png(png, &badge().to_string()).unwrap();
        let end = damaged.len() - 20;
        damaged[end] ^= 1;
        assert_eq!(word(&damaged), ("unreadable", Some("png")));
        let twice = r#"{"type":["VerifiableCredential"],"type":["VerifiableCredential"]}"#;
        assert_eq!(word(twice.as_bytes()), ("statement", Some("json")));
        assert!(recognise(twice.as_bytes()).says.is_none());
    }

    #[test]
    fn older_and_other_documents_are_told_apart() {
        let old = json!({ "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "badge": "https://a.example/b" });
        assert_eq!(word(old.to_string().as_bytes()), ("open-badge-2.0", Some("json")));
        let class = json!({ "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass" });
        assert_eq!(word(class.to_string().as_bytes()), ("capture", None));
        let mut earlier = badge();
        earlier["@context"][0] = foreign::CONTEXT_1.into();
        earlier["type"] = json!(["VerifiableCredential", "UniversityDegreeCredential"]);
        assert_eq!(word(earlier.to_string().as_bytes()), ("statement", Some("json")));
        assert_eq!(word(b"{\"name\": \"resume\"}"), ("capture", None));
        let token = b"eyJhbGciOiJFUzI1NiJ9.e30.AAAA";
        assert_eq!(word(token), ("jws", None));
        assert_eq!(word(b"[]"), ("capture", None));
        assert_eq!(word(b""), ("capture", None));
        assert_eq!(word(&vec![b'{'; LOOKED_INTO_BYTES + 1]), ("capture", None));
    }
}
