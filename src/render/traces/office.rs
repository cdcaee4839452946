//! Who wrote and who last saved an office document: the core properties inside its archive (ECMA-376 part 2, section
//! 11; OpenDocument 1.3, `meta.xml`).

use std::io::Read;

use super::{Trace, TraceKind};

/// Properties take a kilobyte or two.
const MOST: u64 = 1 << 20;
const CENTRAL: &[u8] = b"PK\x01\x02";
/// Tags that name a person.
const TAGS: [&str; 5] = ["dc:creator", "cp:lastModifiedBy", "meta:initial-creator", "Manager", "Company"];

/// The names in an archive's properties; none where it is no office document.
pub(super) fn of_zip(bytes: &[u8]) -> Vec<Trace> {
    let mut found = Vec::new();
    for name in ["docProps/core.xml", "docProps/app.xml", "meta.xml"] {
        let Some(xml) = entry(bytes, name) else { continue };
        for tag in TAGS {
            if let Some(text) = between(&xml, tag) {
                let trace = Trace::of(TraceKind::DocumentAuthor, text);
                if !found.contains(&trace) {
                    found.push(trace);
                }
            }
        }
    }
    found
}

/// One file of the archive, by its central directory (APPNOTE 4.3.12).
fn entry(bytes: &[u8], name: &str) -> Option<String> {
    let mut at = bytes.windows(4).position(|four| four == CENTRAL)?;
    while bytes.get(at..at + 4) == Some(CENTRAL) {
        let u16_at = |offset: usize| {
            let two: [u8; 2] = bytes.get(at + offset..at + offset + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(two)))
        };
        let u32_at = |offset: usize| {
            let four: [u8; 4] = bytes.get(at + offset..at + offset + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(four) as usize)
        };
        let (name_length, extra, comment) = (u16_at(28)?, u16_at(30)?, u16_at(32)?);
        if bytes.get(at + 46..at + 46 + name_length)? == name.as_bytes() {
            let (method, packed, local) = (u16_at(10)?, u32_at(20)?, u32_at(42)?);
            let lengths = bytes.get(local + 26..local + 30)?;
            let skipped = usize::from(u16::from_le_bytes([lengths[0], lengths[1]]))
                + usize::from(u16::from_le_bytes([lengths[2], lengths[3]]));
            let start = local + 30 + skipped;
            let data = bytes.get(start..start.checked_add(packed)?)?;
            let mut text = Vec::new();
            match method {
                0 => text.extend_from_slice(data.get(..data.len().min(1 << 20))?),
                8 => {
                    flate2::read::DeflateDecoder::new(data).take(MOST).read_to_end(&mut text).ok()?;
                }
                _ => return None,
            }
            return Some(String::from_utf8_lossy(&text).into_owned());
        }
        at += 46 + name_length + extra + comment;
    }
    None
}

fn between(xml: &str, tag: &str) -> Option<String> {
    let (_, after) = xml.split_once(&format!("<{tag}"))?;
    let (_, after) = after.split_once('>')?;
    let (text, _) = after.split_once('<')?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// An archive of one packed file, as office programs write it.
    fn archive(name: &str, text: &str) -> Vec<u8> {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        let data = packer.finish().unwrap();
        let (packed, length) = (u32::try_from(data.len()).unwrap(), u16::try_from(name.len()).unwrap());
        let mut bytes = b"PK\x03\x04\x14\0\x08\0\x08\0".to_vec();
        bytes.extend([0; 16]);
        bytes.extend(length.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(&data);
        bytes.extend(b"PK\x01\x02\x14\0\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0");
        bytes.extend(packed.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(length.to_le_bytes());
        bytes.extend([0; 16]);
        bytes.extend(name.as_bytes());
        bytes
    }

    #[test]
    fn a_document_names_who_wrote_it_and_who_saved_it() {
        let xml = "<cp:coreProperties><dc:creator>Alex Rivera</dc:creator><cp:lastModifiedBy>Priya</cp:lastModifiedBy>";
        let of = |name: &str| Trace::of(TraceKind::DocumentAuthor, name);
        assert_eq!(of_zip(&archive("docProps/core.xml", xml)), [of("Alex Rivera"), of("Priya")]);
        assert_eq!(of_zip(&archive("word/document.xml", xml)), []);
        assert_eq!(of_zip(b"PK\x03\x04"), []);
    }
}
