//! An e-mail as a mail program saves it: a block of header fields, then anything (RFC 5322).

/// The longest block of header fields that is looked at.
const HEADER_BYTES: usize = 256 * 1024;

/// Whether the bytes begin with header fields that every e-mail has, and with nothing else.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER_BYTES)];
    let (mut from, mut date, mut other) = (false, false, 0);
    let mut first = true;
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
        if is_folded && !first {
            continue;
        }
        first = false;
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|byte| (b'!'..=b'~').contains(byte)) {
            return false;
        }
        match name.to_ascii_lowercase().as_slice() {
            b"from" => from = true,
            b"date" => date = true,
            b"message-id" | b"received" | b"mime-version" | b"to" | b"subject" | b"return-path" => other += 1,
            _ => {}
        }
    }
    from && date && other >= 2
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
