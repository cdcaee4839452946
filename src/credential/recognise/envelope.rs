//! Forms in which something can be signed or encrypted, told from their first bytes and not read here.
//!
//! Nobody may say of one that nothing in it is signed, nor that it is: what it holds was not looked at.

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use super::mail::is_secured;
use crate::json;

/// A form that is recognised and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Envelope {
    /// A token whose claims are shown one by one (SD-JWT, RFC 9901).
    SdJwt,
    /// A token or a document that holds no credential as it is read here (JWS, RFC 7515).
    Jws,
    /// An encrypted token or document (JWE, RFC 7516).
    Jwe,
    /// COSE (RFC 9052).
    Cose,
    /// CMS (RFC 5652), and S/MIME around it (RFC 8551).
    Cms,
    /// OpenPGP in its text form (RFC 9580).
    OpenPgp,
    /// A certificate for a key (X.509, RFC 5280).
    Certificate,
}

impl Envelope {
    /// Every one.
    pub const ALL: [Envelope; 7] = [
        Envelope::SdJwt,
        Envelope::Jws,
        Envelope::Jwe,
        Envelope::Cose,
        Envelope::Cms,
        Envelope::OpenPgp,
        Envelope::Certificate,
    ];

    /// The stable word in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Envelope::SdJwt => "sd-jwt",
            Envelope::Jws => "jws",
            Envelope::Jwe => "jwe",
            Envelope::Cose => "cose",
            Envelope::Cms => "cms",
            Envelope::OpenPgp => "openpgp",
            Envelope::Certificate => "certificate",
        }
    }
}

/// The form of the bytes, if it is one of these. A credential that is read here is told before.
pub(super) fn envelope(bytes: &[u8]) -> Option<Envelope> {
    let text = bytes.trim_ascii();
    of_token(text).or_else(|| of_document(text)).or_else(|| of_text(text)).or_else(|| of_binary(bytes))
}

fn of_token(text: &[u8]) -> Option<Envelope> {
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    if !text.starts_with(b"ey") || !text.iter().all(letters) {
        return None;
    }
    let mut parts = text.split(|byte| *byte == b'~');
    let (token, is_alone) = (parts.next()?, parts.next().is_none());
    let header = BASE64URL_NOPAD.decode(token.split(|byte| *byte == b'.').next()?).ok()?;
    let header = json::parse(&header, &json::FOREIGN).ok()?;
    let is_signed = header.get("alg").is_some_and(|name| name.is_string() && name != "none");
    match (token.split(|byte| *byte == b'.').count(), is_alone) {
        (3, true) if is_signed => Some(Envelope::Jws),
        (3, false) if is_signed => Some(Envelope::SdJwt),
        (5, true) if header.get("enc").is_some() => Some(Envelope::Jwe),
        _ => None,
    }
}

/// The JSON forms (RFC 7515 section 7.2, RFC 7516 section 7.2).
fn of_document(text: &[u8]) -> Option<Envelope> {
    if !text.starts_with(b"{") {
        return None;
    }
    let document = json::parse(text, &json::FOREIGN).ok()?;
    let has = |name: &str| document.get(name).is_some_and(Value::is_string);
    let has_list = |name: &str| {
        document.get(name).is_some_and(|list| list.as_array().is_some_and(|list| !list.is_empty()))
    };
    if has("ciphertext")
        && (has("protected") || has_list("recipients") || document.get("unprotected").is_some())
    {
        return Some(Envelope::Jwe);
    }
    let is_signed = has_list("signatures")
        || (has("signature") && (has("protected") || document.get("header").is_some()));
    (has("payload") && is_signed).then_some(Envelope::Jws)
}

/// The forms between two lines of dashes (RFC 7468, RFC 9580 section 6.2), and S/MIME by its header fields.
fn of_text(text: &[u8]) -> Option<Envelope> {
    const FIRST_LINES: [(&[u8], Envelope); 7] = [
        (b"-----BEGIN CMS-----", Envelope::Cms),
        (b"-----BEGIN PKCS7-----", Envelope::Cms),
        (b"-----BEGIN PKCS #7 SIGNED DATA-----", Envelope::Cms),
        (b"-----BEGIN CERTIFICATE-----", Envelope::Certificate),
        (b"-----BEGIN PGP SIGNED MESSAGE-----", Envelope::OpenPgp),
        (b"-----BEGIN PGP SIGNATURE-----", Envelope::OpenPgp),
        (b"-----BEGIN PGP MESSAGE-----", Envelope::OpenPgp),
    ];
    let found = FIRST_LINES.into_iter().find(|(line, _)| text.starts_with(line));
    found.map(|(_, envelope)| envelope).or_else(|| is_secured(text).then_some(Envelope::Cms))
}

fn of_binary(bytes: &[u8]) -> Option<Envelope> {
    if is_cose(bytes) {
        return Some(Envelope::Cose);
    }
    let (tag, inside, _) = der(bytes)?;
    if tag != SEQUENCE {
        return None;
    }
    let (first, content, rest) = der(inside)?;
    // signedData, envelopedData and their like are named by one arc (RFC 5652 section 14)
    const PKCS7: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];
    if first == OBJECT_IDENTIFIER && content.len() == PKCS7.len() + 1 && content.starts_with(&PKCS7) {
        return Some(Envelope::Cms);
    }
    // tbsCertificate begins with its version, then a serial number; an algorithm follows it (RFC 5280 section 4.1)
    const VERSION_3: [u8; 5] = [0xa0, 0x03, 0x02, 0x01, 0x02];
    (first == SEQUENCE && content.starts_with(&VERSION_3) && rest.first() == Some(&SEQUENCE))
        .then_some(Envelope::Certificate)
}

const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// The tag and content of the element that DER begins with, and what follows it (X.690 section 8.1). An indefinite
/// length, which BER allows, counts as all that is there.
fn der(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (len, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x80 => (rest.len(), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0_usize, |len, byte| (len << 8) | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, after) = rest.split_at_checked(len)?;
    Some((tag, content, after))
}

/// A tagged COSE message of one or several signers (RFC 9052 section 2): its four parts begin with a byte string.
fn is_cose(bytes: &[u8]) -> bool {
    const SELF_DESCRIBED: &[u8] = &[0xd9, 0xd9, 0xf7];
    const TOKEN: &[u8] = &[0xd8, 0x3d];
    let bytes = bytes.strip_prefix(SELF_DESCRIBED).unwrap_or(bytes);
    let bytes = bytes.strip_prefix(TOKEN).unwrap_or(bytes);
    let parts = [&[0xd2, 0x84][..], &[0xd8, 0x62, 0x84]].into_iter().find_map(|tag| bytes.strip_prefix(tag));
    parts.and_then(<[u8]>::first).is_some_and(|first| (0x40..=0x5b).contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> String {
        BASE64URL_NOPAD.encode(text.as_bytes())
    }

    fn word(bytes: impl AsRef<[u8]>) -> Option<&'static str> {
        envelope(bytes.as_ref()).map(Envelope::as_str)
    }

    #[test]
    fn tokens_are_told_by_their_parts_and_their_header() {
        let (header, claims) = (part(r#"{"alg":"ES256"}"#), part(r#"{"vct":"urn:degree"}"#));
        let token = format!("{header}.{claims}.AAAA");
        assert_eq!(word(&token), Some("jws"));
        assert_eq!(word(format!("{token}~WyJhIl0~")), Some("sd-jwt"));
        assert_eq!(word(format!("{token}~WyJhIl0~{token}\n")), Some("sd-jwt"));
        let encrypted = part(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
        assert_eq!(word(format!("{encrypted}.AAAA.AAAA.AAAA.AAAA")), Some("jwe"));
        let unsigned = part(r#"{"alg":"none"}"#);
        for other in [
            format!("{unsigned}.{claims}."),
            format!("{header}.{claims}"),
            format!("{header}.a.b.c.d"),
            "ey.a.b".into(),
        ] {
            assert_eq!(word(&other), None, "{other}");
        }
    }

    #[test]
    fn documents_are_told_by_their_members() {
        let protected = part(r#"{"alg":"ES256"}"#);
        for (document, expected) in [
            (format!(r#"{{"payload":"e30","protected":"{protected}","signature":"AAAA"}}"#), Some("jws")),
            (
                format!(
                    r#"{{"payload":"e30","signatures":[{{"protected":"{protected}","signature":"AA"}}]}}"#
                ),
                Some("jws"),
            ),
            (r#"{"protected":"e30","iv":"AA","ciphertext":"AA","tag":"AA"}"#.into(), Some("jwe")),
            (r#"{"payload":"e30","signatures":[]}"#.into(), None),
            (r#"{"signature":"AA"}"#.into(), None),
            ("{}".into(), None),
        ] {
            assert_eq!(word(&document), expected, "{document}");
        }
    }

    #[test]
    fn armour_and_secured_mail_are_told_by_their_first_lines() {
        assert_eq!(
            word("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
            Some("certificate")
        );
        assert_eq!(word("-----BEGIN PKCS7-----\nMIIB\n"), Some("cms"));
        assert_eq!(word("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n"), Some("openpgp"));
        assert_eq!(word("-----BEGIN PUBLIC KEY-----\n"), None);
        let signed = "MIME-Version: 1.0\nContent-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\";\n micalg=sha-256\n\nThis is\n";
        assert_eq!(word(signed), Some("cms"));
        assert_eq!(word(signed.replace('\n', "\r\n")), Some("cms"));
        assert_eq!(word("Content-Type: text/plain\n\nContent-Type: multipart/signed\n"), None);
        assert_eq!(word("Notes on mail\nContent-Type: multipart/signed\n\n"), None);
    }

    #[test]
    fn binary_forms_are_told_by_their_first_elements() {
        let cms =
            [&[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02][..], &[0xa0, 0]]
                .concat();
        assert_eq!(word(&cms), Some("cms"));
        assert_eq!(word(&cms[..14]), None);
        let certificate = [0x30, 0x09, 0x30, 0x05, 0xa0, 0x03, 0x02, 0x01, 0x02, 0x30, 0x00];
        assert_eq!(word(certificate), Some("certificate"));
        assert_eq!(word([0x30, 0x03, 0x02, 0x01, 0x02]), None);
        assert_eq!(word([0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26]), Some("cose"));
        assert_eq!(word([0xd9, 0xd9, 0xf7, 0xd8, 0x62, 0x84, 0x40]), Some("cose"));
        assert_eq!(word([0xd2, 0x84, 0x01]), None);
        for damaged in [&[0x30][..], &[0x30, 0x85, 1, 1, 1, 1, 1], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[]]
        {
            assert_eq!(word(damaged), None);
        }
    }
}
