//! Whether a text is an absolute IRI, a keyword, or only looks like one.

/// The keywords of JSON-LD 1.1 (syntax, section 1.7).
const KEYWORDS: [&str; 25] = [
    "@base",
    "@container",
    "@context",
    "@default",
    "@direction",
    "@explicit",
    "@graph",
    "@id",
    "@import",
    "@included",
    "@index",
    "@json",
    "@language",
    "@list",
    "@nest",
    "@none",
    "@prefix",
    "@propagate",
    "@protected",
    "@reverse",
    "@set",
    "@type",
    "@value",
    "@version",
    "@vocab",
];

/// The keyword that the text is.
pub(super) fn keyword(text: &str) -> Option<&'static str> {
    if text.starts_with('@') { KEYWORDS.into_iter().find(|keyword| *keyword == text) } else { None }
}

/// Whether the text is a keyword.
pub(super) fn is_keyword(text: &str) -> bool {
    keyword(text).is_some()
}

/// Whether the text is `@` and letters only, and so reserved for keywords to come.
pub(super) fn looks_like_keyword(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Whether the text is an absolute IRI: a scheme (RFC 3986, section 3.1) and nothing that N-Quads cannot hold.
pub(super) fn is_absolute(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(colon) = bytes.iter().position(|byte| *byte == b':') else { return false };
    let (scheme, rest) = bytes.split_at(colon);
    let in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(in_scheme)
        && !rest.iter().any(|byte| FORBIDDEN[usize::from(*byte)])
}

/// The bytes that no IRI in N-Quads has. A table, for every IRI of a document is looked through several times.
const FORBIDDEN: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0);
    while byte <= b' ' {
        table[byte as usize] = true;
        byte += 1;
    }
    let (others, mut at) = (br#"<>"{}|^`\"#, 0);
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether the text names a blank node.
pub(super) fn is_blank(text: &str) -> bool {
    text.starts_with("_:")
}

/// Whether the text is a language tag in shape (RFC 5646: parts of one to eight letters and digits).
pub(super) fn is_language(text: &str) -> bool {
    let part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic()) && text.split('-').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_iri_has_a_scheme_and_no_space() {
        for text in ["https://example.org/a", "urn:uuid:1", "did:key:z6Mk", "a+b:c"] {
            assert!(is_absolute(text), "{text}");
        }
        for text in
            ["", ":", ":a", "name", "/a", "1a:b", "a b:c", "https://example.org/a b", "https://<x>", "_:b0"]
        {
            assert!(!is_absolute(text), "{text}");
        }
        for byte in (0..=b' ').chain(*br#"<>"{}|^`\"#) {
            assert!(!is_absolute(&format!("urn:{}x", char::from(byte))), "{byte}");
        }
    }
}
