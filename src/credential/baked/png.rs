//! The credential in a PNG: one uncompressed `iTXt` chunk with the keyword `openbadgecredential` (ISO/IEC 15948, 11.3.3.4).

use super::{BakedFault, CREDENTIAL_BYTES, KEYWORD, PICTURE_BYTES};

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// After the keyword: its end, not compressed, method 0, no language, no translated keyword.
const PLAIN: &[u8; 5] = &[0, 0, 0, 0, 0];
/// Length, type and checksum of a chunk.
const FRAME_BYTES: usize = 12;

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
}

/// The credential baked into a PNG; `None` if it is a sound picture without one.
///
/// # Errors
/// A picture that is damaged, or that holds a credential in more than one place or in another form.
pub fn from_png(picture: &[u8]) -> Result<Option<String>, BakedFault> {
    let mut found = None;
    for chunk in chunks(picture)? {
        if let Some(text) = credential_in(&chunk)?
            && found.replace(text).is_some()
        {
            return Err(BakedFault::Several);
        }
    }
    found.map(|text| String::from_utf8(text.to_vec()).map_err(|_| BakedFault::NotText)).transpose()
}

/// The picture with the credential baked in, right before its end.
///
/// # Errors
/// A picture that is damaged or holds a credential already; a credential that is too large or has a null character.
pub fn into_png(picture: &[u8], credential: &str) -> Result<Vec<u8>, BakedFault> {
    if from_png(picture)?.is_some() {
        return Err(BakedFault::Occupied);
    }
    if credential.len() > CREDENTIAL_BYTES {
        return Err(BakedFault::CredentialTooLarge { found: credential.len() });
    }
    if credential.contains('\0') {
        return Err(BakedFault::NotText);
    }
    let mut body = b"iTXt".to_vec();
    body.extend_from_slice(KEYWORD.as_bytes());
    body.extend_from_slice(PLAIN);
    body.extend_from_slice(credential.as_bytes());
    let length =
        u32::try_from(body.len() - 4).map_err(|_| BakedFault::CredentialTooLarge { found: body.len() })?;
    // A sound picture ends with an empty IEND and nothing after it.
    let (before, end) = picture.split_at(picture.len() - FRAME_BYTES);
    let sum = crc32fast::hash(&body);
    Ok([before, &length.to_be_bytes(), &body, &sum.to_be_bytes(), end].concat())
}

/// Every chunk, each with its checksum compared.
fn chunks(picture: &[u8]) -> Result<Vec<Chunk<'_>>, BakedFault> {
    if picture.len() > PICTURE_BYTES {
        return Err(BakedFault::PictureTooLarge { found: picture.len() });
    }
    let mut rest = picture.strip_prefix(SIGNATURE).ok_or(BakedFault::NotA("a PNG"))?;
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    loop {
        let at = picture.len() - rest.len();
        let truncated = BakedFault::Truncated { at };
        let (length, after) = rest.split_first_chunk::<4>().ok_or(truncated.clone())?;
        let (name, data) = after.split_first_chunk::<4>().ok_or(truncated.clone())?;
        let length = u32::from_be_bytes(*length) as usize;
        let is_first = chunks.is_empty();
        if !name.iter().all(u8::is_ascii_alphabetic) || is_first != (name == b"IHDR") {
            return Err(BakedFault::BadChunk { at });
        }
        let (data, after) = data.split_at_checked(length).ok_or(truncated.clone())?;
        let (sum, after) = after.split_first_chunk::<4>().ok_or(truncated)?;
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(name);
        hasher.update(data);
        if hasher.finalize() != u32::from_be_bytes(*sum) {
            return Err(BakedFault::Checksum { at });
        }
        let is_end = name == b"IEND";
        if is_end && !data.is_empty() {
            return Err(BakedFault::BadChunk { at });
        }
        chunks.push(Chunk { name: *name, data });
        rest = after;
        if is_end {
            break;
        }
    }
    if rest.is_empty() { Ok(chunks) } else { Err(BakedFault::Trailing { count: rest.len() }) }
}

/// The text of a chunk that has the keyword; `None` for any other chunk.
fn credential_in<'a>(chunk: &Chunk<'a>) -> Result<Option<&'a [u8]>, BakedFault> {
    let is_text = matches!(&chunk.name, b"iTXt" | b"tEXt" | b"zTXt");
    let Some(after) = chunk.data.strip_prefix(KEYWORD.as_bytes()).filter(|_| is_text) else {
        return Ok(None);
    };
    match (&chunk.name, after) {
        (_, [other, ..]) if *other != 0 => Ok(None),
        (b"zTXt", _) | (b"iTXt", [0, 1, ..]) => Err(BakedFault::Compressed),
        (b"iTXt", _) => {
            let text = after.strip_prefix(PLAIN).ok_or(BakedFault::BadForm)?;
            if text.len() > CREDENTIAL_BYTES {
                return Err(BakedFault::CredentialTooLarge { found: text.len() });
            }
            Ok(Some(text))
        }
        _ => Err(BakedFault::BadForm),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIAL: &str = "{\n  \"name\": \"Zoë ]]> <&\"\n}\n";

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let body = [name.as_slice(), data].concat();
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes(), body.as_slice(), &crc32fast::hash(&body).to_be_bytes()].concat()
    }

    fn picture(between: &[&[u8]]) -> Vec<u8> {
        let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        let pixels = chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1]);
        [SIGNATURE.as_slice(), &head, &between.concat(), &pixels, &chunk(b"IEND", b"")].concat()
    }

    fn text(name: &[u8; 4], after: &[u8]) -> Vec<u8> {
        chunk(name, &[KEYWORD.as_bytes(), after].concat())
    }

    #[test]
    fn what_goes_in_comes_out() {
        let baked = into_png(&picture(&[]), CREDENTIAL).unwrap();
        assert_eq!(from_png(&baked).unwrap().as_deref(), Some(CREDENTIAL));
        assert_eq!(from_png(&picture(&[])).unwrap(), None);
        assert_eq!(into_png(&baked, CREDENTIAL), Err(BakedFault::Occupied));
        let large = "x".repeat(CREDENTIAL_BYTES + 1);
        assert_eq!(
            into_png(&picture(&[]), &large),
            Err(BakedFault::CredentialTooLarge { found: CREDENTIAL_BYTES + 1 })
        );
        assert_eq!(into_png(&picture(&[]), "a\0b"), Err(BakedFault::NotText));
    }

    #[test]
    fn exactly_one_plain_chunk_counts() {
        let plain = text(b"iTXt", b"\0\0\0\0\0{}");
        assert_eq!(from_png(&picture(&[&plain])).unwrap().as_deref(), Some("{}"));
        assert_eq!(from_png(&picture(&[&plain, &plain])), Err(BakedFault::Several));
        assert_eq!(from_png(&picture(&[&text(b"iTXt", b"\0\x01\0\0\0x")])), Err(BakedFault::Compressed));
        assert_eq!(from_png(&picture(&[&text(b"zTXt", b"\0\0x")])), Err(BakedFault::Compressed));
        assert_eq!(from_png(&picture(&[&text(b"tEXt", b"\0{}")])), Err(BakedFault::BadForm));
        assert_eq!(from_png(&picture(&[&text(b"iTXt", b"\0\0\0en\0\0{}")])), Err(BakedFault::BadForm));
        assert_eq!(from_png(&picture(&[&text(b"iTXt", b"\0\0\0\0\0\xff")])), Err(BakedFault::NotText));
        assert_eq!(from_png(&picture(&[&text(b"iTXt", b"s\0\0\0\0\0{}")])), Ok(None));
        let large = [b"\0\0\0\0\0".as_slice(), &vec![b' '; CREDENTIAL_BYTES + 1]].concat();
        assert_eq!(
            from_png(&picture(&[&text(b"iTXt", &large)])),
            Err(BakedFault::CredentialTooLarge { found: CREDENTIAL_BYTES + 1 })
        );
    }

    #[test]
    fn a_damaged_picture_gives_nothing() {
        let sound = into_png(&picture(&[]), CREDENTIAL).unwrap();
        for length in 0..sound.len() {
            assert!(from_png(&sound[..length]).is_err(), "{length}");
        }
        for at in 0..sound.len() {
            let mut changed = sound.clone();
            changed[at] ^= 1;
            assert!(from_png(&changed).is_err(), "{at}");
        }
        assert_eq!(from_png(b"GIF89a"), Err(BakedFault::NotA("a PNG")));
        assert_eq!(from_png(&[sound.as_slice(), b"x"].concat()), Err(BakedFault::Trailing { count: 1 }));
        let mut summed = sound.clone();
        let at = sound.len() - FRAME_BYTES - 1;
        summed[at] ^= 1;
        assert!(matches!(from_png(&summed), Err(BakedFault::Checksum { .. })));
        let headless = [SIGNATURE.as_slice(), &chunk(b"IEND", b"")].concat();
        assert_eq!(from_png(&headless), Err(BakedFault::BadChunk { at: 8 }));
        let huge = vec![0; PICTURE_BYTES + 1];
        assert_eq!(from_png(&huge), Err(BakedFault::PictureTooLarge { found: PICTURE_BYTES + 1 }));
    }
}
