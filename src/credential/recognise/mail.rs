//! An e-mail as a mail program saves it: a block of header fields, then anything (RFC 5322).

/// The longest block of header fields that is looked at.
const HEADER_BYTES: usize = 256 * 1024;

/// Whether the bytes begin with header fields that every e-mail has, and with nothing else.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let Some(fields) = fields(bytes) else { return false };
    let has = |wanted: &str| fields.iter().any(|(name, _)| name == wanted);
    let others = ["message-id", "received", "mime-version", "to", "subject", "return-path"];
    let other = fields.iter().filter(|(name, _)| others.contains(&name.as_str())).count();
    has("from") && has("date") && other >= 2
}

/// Whether the bytes begin with header fields of S/MIME (RFC 8551), with or without those of an e-mail.
pub(super) fn is_secured(bytes: &[u8]) -> bool {
    const KINDS: [&[u8]; 3] = [b"multipart/signed", b"application/pkcs7-mime", b"application/x-pkcs7-mime"];
    let is_kind = |(name, value): &(String, &[u8])| {
        let begins =
            |kind: &[u8]| value.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
        name == "content-type" && KINDS.into_iter().any(begins)
    };
    fields(bytes).is_some_and(|fields| fields.iter().any(is_kind))
}

/// The header fields: each name in small letters, with all that follows it. Nothing if a line is no field.
fn fields(bytes: &[u8]) -> Option<Vec<(String, &[u8])>> {
    let mut rest = &bytes[..bytes.len().min(HEADER_BYTES)];
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        if line.is_empty() {
            break;
        }
        let is_folded = matches!(line.first(), Some(b' ' | b'\t')) && !fields.is_empty();
        if !is_folded {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = &line[..colon];
            if name.is_empty() || !name.iter().all(|byte| (b'!'..=b'~').contains(byte)) {
                return None;
            }
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            fields.push((name, rest[colon + 1..].trim_ascii_start()));
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::is_mail;

    #[test]
    fn header_fields_make_an_e_mail() {
        let mail = "Received: from a\r\n by b\r\nFrom: Priya <p@acme.example>\r\nTo: alex@rivera.example\r\n\
                    Date: Fri, 24 Jul 2026 15:02:40 +0000\r\nSubject: Well done\r\n\r\nThe report: it is good.\r\n";
        assert!(is_mail(mail.as_bytes()));
        assert!(is_mail(mail.replace("\r\n", "\n").as_bytes()));
        for other in [
            "From: me\nDate: today\n\nTo: you\nSubject: notes",
            "# Notes\n\nFrom: me\nTo: you\nDate: x\nSubject: y\n",
            " From: me\nTo: you\nDate: x\nSubject: y\n",
            "name: x\nversion: 1\n",
            "",
        ] {
            assert!(!is_mail(other.as_bytes()), "{other}");
        }
    }
}
