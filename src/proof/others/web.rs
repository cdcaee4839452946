//! `did:web` identifiers: what one looks like, and the address at which its document lies (did:web report, 3.2).
//!
//! Nothing is fetched. The address is derived anew from the identifier whenever it is wanted, and whatever was noted
//! down as the source of a document is only compared with it.

const PREFIX: &str = "did:web:";
/// Longest host name and label (RFC 1035 section 2.3.4).
const HOST_BYTES: usize = 253;
const LABEL_BYTES: usize = 63;

/// The address of a `did:web` document; `None` for anything else, and for an identifier that no address belongs to:
/// with an IP address, with capitals in its host, with an empty or a dot part, with a stray `%`.
pub fn address(did: &str) -> Option<String> {
    let mut parts = did.strip_prefix(PREFIX)?.split(':');
    let host = host(parts.next()?)?;
    let path: Vec<&str> = parts.collect();
    if !path.iter().all(|part| is_path_part(part)) {
        return None;
    }
    match path.len() {
        0 => Some(format!("https://{host}/.well-known/did.json")),
        _ => Some(format!("https://{host}/{}/did.json", path.join("/"))),
    }
}

/// Whether a text names itself a `did:web`, well-formed or not.
pub(super) fn is_named(did: &str) -> bool {
    did.starts_with(PREFIX)
}

/// A host name with its port, whose colon is percent-encoded in the identifier and nowhere else.
fn host(text: &str) -> Option<String> {
    let (name, port) = match text.split_once('%') {
        None => (text, None),
        Some((name, rest)) => (name, Some(rest.strip_prefix("3A").or_else(|| rest.strip_prefix("3a"))?)),
    };
    let labels: Vec<&str> = name.split('.').collect();
    let is_number = labels.last().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if name.len() > HOST_BYTES || is_number || !labels.iter().all(|label| is_label(label)) {
        return None;
    }
    let Some(port) = port else { return Some(name.to_owned()) };
    let number = port.parse::<u16>().ok().filter(|number| *number > 0 && number.to_string() == port)?;
    Some(format!("{name}:{number}"))
}

fn is_label(label: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && label.len() <= LABEL_BYTES
        && label.bytes().all(letters)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_path_part(part: &str) -> bool {
    let mut bytes = part.bytes();
    let mut fits = !matches!(part, "" | "." | "..");
    while let Some(byte) = bytes.next() {
        fits &= match byte {
            b'%' => {
                let hex = [bytes.next(), bytes.next()];
                hex.iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()))
                    // an encoded slash or dot would be another path for whoever decodes it
                    && !matches!(hex, [Some(b'2'), Some(b'f' | b'F' | b'e' | b'E')] | [Some(b'5'), Some(b'c' | b'C')])
            }
            other => other.is_ascii_alphanumeric() || matches!(other, b'-' | b'_' | b'.' | b'~'),
        };
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_examples_of_the_report_lie_where_it_says() {
        for (did, expected) in [
            ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
            ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
            ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
            ("did:web:example.com%3a3000", "https://example.com:3000/.well-known/did.json"),
            ("did:web:example.com:a%20b", "https://example.com/a%20b/did.json"),
        ] {
            assert_eq!(address(did).as_deref(), Some(expected), "{did}");
        }
    }

    #[test]
    fn what_has_no_address_is_refused() {
        for did in [
            "did:web:",
            "did:web::user",
            "did:web:example.com:",
            "did:web:example.com::user",
            "did:web:example.com:..:user",
            "did:web:example.com:a%2Fb",
            "did:web:example.com:a%2eb",
            "did:web:example.com:a%5Cb",
            "did:web:example.com:a%2",
            "did:web:example.com:a%zz",
            "did:web:example.com%2Fuser",
            "did:web:example.com%3A",
            "did:web:example.com%3A0",
            "did:web:example.com%3A080",
            "did:web:example.com%3A65536",
            "did:web:example.com%3A+80",
            "did:web:user@example.com",
            "did:web:Example.com",
            "did:web:.example.com",
            "did:web:-a.example.com",
            "did:web:127.0.0.1",
            "did:web:2130706433",
            "did:web:[::1]",
            "did:web:example.com/user",
            "did:web:example.com?a",
            "did:web:exämple.com",
            "did:WEB:example.com",
            "https://example.com",
        ] {
            assert_eq!(address(did), None, "{did}");
        }
        assert_eq!(address(&format!("did:web:{}.example.com", "a".repeat(64))), None);
    }
}
