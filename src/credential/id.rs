//! Identifiers derived from what they name, so that the same content gets the same id and no randomness is needed.

use crate::digest::Hasher;

/// A `urn:uuid:` of version 8 (RFC 9562, section 5.8): the first 128 bits of a SHA-256 over `kind` and the parts,
/// each preceded by its length, with the version and variant bits set.
#[must_use]
pub fn urn_uuid(kind: &str, parts: &[&[u8]]) -> String {
    let mut hasher = Hasher::new();
    for part in std::iter::once(kind.as_bytes()).chain(parts.iter().copied()) {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finish();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Whether the text is `urn:uuid:` and a UUID in lower case.
#[must_use]
pub fn is_urn_uuid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    uuid.len() == 36
        && uuid.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_every_part_and_on_where_parts_end() {
        let id = urn_uuid("achievement", &[b"ab", b"c"]);
        assert!(is_urn_uuid(&id), "{id}");
        assert_eq!(&id[23..24], "8", "version 8");
        assert_eq!(id, urn_uuid("achievement", &[b"ab", b"c"]));
        assert_ne!(id, urn_uuid("achievement", &[b"a", b"bc"]));
        assert_ne!(id, urn_uuid("sign-off", &[b"ab", b"c"]));
    }

    #[test]
    fn one_spelling_of_a_uuid_is_taken() {
        assert!(is_urn_uuid("urn:uuid:6f1a3c0e-5b7d-4a41-9a55-0e2f6f0c7c11"));
        for text in [
            "urn:uuid:6F1A3C0E-5b7d-4a41-9a55-0e2f6f0c7c11",
            "6f1a3c0e-5b7d-4a41-9a55-0e2f6f0c7c11",
            "urn:uuid:6f1a",
        ] {
            assert!(!is_urn_uuid(text), "{text}");
        }
    }
}
