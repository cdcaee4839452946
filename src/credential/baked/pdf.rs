//! The files attached to a PDF, taken out of its embedded file streams (ISO 32000-1, 7.11.4).
//!
//! Which page or list of the document names them is never asked: a credential stands for itself, wherever it lay. So
//! no tree is walked, no object is looked up, and what this costs grows with the bytes alone.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{BakedFault, CREDENTIAL_BYTES, PICTURE_BYTES};

/// The most attached files that are looked at.
const MOST_FILES: usize = 32;
/// The longest dictionary of an attached file that is read.
const DICTIONARY_BYTES: usize = 4096;

/// Every attached file that can be read, in the order of its bytes: plain, or with the one usual compression. An
/// encrypted one, or one longer than any credential, is left out.
///
/// # Errors
/// More bytes than are looked into, or more attached files than any record needs.
pub fn attached(pdf: &[u8]) -> Result<Vec<Vec<u8>>, BakedFault> {
    const MARK: &[u8] = b"/EmbeddedFile";
    if pdf.len() > PICTURE_BYTES {
        return Err(BakedFault::PictureTooLarge { found: pdf.len() });
    }
    let mut files = Vec::new();
    let mut rest = 0;
    while let Some(found) = find(&pdf[rest..], MARK) {
        let at = rest + found;
        rest = at + MARK.len();
        // a longer name, such as /EmbeddedFiles, is something else
        if pdf.get(rest).is_some_and(|byte| is_regular(*byte)) {
            continue;
        }
        let Some((dictionary, body)) = stream_around(pdf, at) else { continue };
        if files.len() == MOST_FILES {
            return Err(BakedFault::Several);
        }
        files.extend(content(dictionary, body));
        rest = pdf.len() - body.len();
    }
    Ok(files)
}

/// The dictionary in which `at` lies, and everything from the first byte of its stream on.
fn stream_around(pdf: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let before = &pdf[at.saturating_sub(DICTIONARY_BYTES)..at];
    let start = before.windows(3).rposition(|window| window == b"obj")? + 3;
    let start = at - before.len() + start;
    let after = &pdf[at..pdf.len().min(at + DICTIONARY_BYTES)];
    let end = at + find(after, b"stream")?;
    let dictionary = &pdf[start..end];
    if find(dictionary, b"endobj").is_some() || !dictionary.trim_ascii().ends_with(b">>") {
        return None;
    }
    let body = &pdf[end + b"stream".len()..];
    Some((dictionary, body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?))
}

fn content(dictionary: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let has = |word: &[u8]| find(dictionary, word).is_some();
    if has(b"/DecodeParms") || has(b"/Crypt") {
        return None;
    }
    match value(dictionary, b"/Filter") {
        None => plain(dictionary, body),
        Some(filter) => {
            let listed = filter.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
            let after = listed.unwrap_or(filter).strip_prefix(b"/FlateDecode")?;
            let ends = match listed {
                // one filter and no second behind it
                Some(_) => after.trim_ascii_start().starts_with(b"]"),
                None => !after.first().is_some_and(|byte| is_regular(*byte)),
            };
            ends.then(|| inflated(body)).flatten()
        }
    }
}

/// What stands behind a key.
fn value<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let at = find(dictionary, key)? + key.len();
    let rest = &dictionary[at..];
    (!rest.first().is_some_and(|byte| is_regular(*byte))).then(|| rest.trim_ascii_start())
}

fn plain(dictionary: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        value(dictionary, b"/Length")?.iter().copied().take_while(u8::is_ascii_digit).collect();
    let told: Option<usize> = std::str::from_utf8(&digits).ok()?.parse().ok();
    let ends = |length: usize| {
        body.get(length..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"endstream"))
    };
    let length = match told.filter(|length| ends(*length)) {
        Some(length) => length,
        // the length stands in an object of its own: the stream ends where it says so
        None => find(&body[..body.len().min(CREDENTIAL_BYTES + 16)], b"endstream")?,
    };
    (length <= CREDENTIAL_BYTES).then(|| body[..length].trim_ascii_end().to_vec())
}

fn inflated(body: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = CREDENTIAL_BYTES as u64 + 1;
    ZlibDecoder::new(body).take(most).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= CREDENTIAL_BYTES).then_some(bytes)
}

/// Neither white space nor a delimiter (ISO 32000-1, 7.2.2).
pub(crate) fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t'
            | b'\n'
            | 0x0c
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn object(dictionary: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("7 0 obj\n<< /Type /EmbeddedFile {dictionary} >>\nstream\n");
        [head.as_bytes(), body, b"\nendstream\nendobj\n"].concat()
    }

    fn packed(body: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(body).unwrap();
        packer.finish().unwrap()
    }

    fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
        [
            b"%PDF-1.7\n1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj\n".as_slice(),
            &objects.concat(),
            b"%%EOF",
        ]
        .concat()
    }

    #[test]
    fn what_is_attached_comes_out_plain_and_packed() {
        let body = b"{\"a\": 1}".as_slice();
        let files = [
            object("/Length 8", body),
            object("/Length 9 0 R", body),
            object("/Length 3", body),
            object("/Filter /FlateDecode /Length 9 0 R", &packed(body)),
            object("/Filter [ /FlateDecode ] /Subtype /application#2Fjson", &packed(body)),
        ];
        assert_eq!(attached(&pdf(&files)).unwrap(), vec![body.to_vec(); 5]);
        assert_eq!(attached(&pdf(&[])).unwrap(), [] as [Vec<u8>; 0]);
    }

    #[test]
    fn what_is_not_read_plainly_is_left_out() {
        let body = b"{}".as_slice();
        for dictionary in [
            "/Filter /LZWDecode",
            "/Filter [/FlateDecode /ASCIIHexDecode]",
            "/Filter /FlateDecode /DecodeParms << >>",
            "/Filter /FlateDecodeX",
        ] {
            assert_eq!(
                attached(&pdf(&[object(dictionary, &packed(body))])).unwrap(),
                [] as [Vec<u8>; 0],
                "{dictionary}"
            );
        }
        let bomb = packed(&vec![b' '; CREDENTIAL_BYTES + 1]);
        assert_eq!(attached(&pdf(&[object("/Filter /FlateDecode", &bomb)])).unwrap(), [] as [Vec<u8>; 0]);
        let many = vec![object("/Length 2", body); MOST_FILES + 1];
        assert_eq!(attached(&pdf(&many)), Err(BakedFault::Several));
        let large = vec![b' '; PICTURE_BYTES + 1];
        assert_eq!(attached(&large), Err(BakedFault::PictureTooLarge { found: PICTURE_BYTES + 1 }));
    }
}
