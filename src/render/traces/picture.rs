//! What a camera or a program noted in a picture: Exif (CIPA DC-008), and the texts of a PNG.

use super::{Trace, TraceKind};

/// Tags of Exif that name a maker, a program or a person.
const NAMES: [(u16, &str); 6] = [
    (0x010F, "camera maker"),
    (0x0110, "camera"),
    (0x0131, "program"),
    (0x013B, "artist"),
    (0x8298, "copyright"),
    (0x010E, "description"),
];
/// The tag that leads to the place where it was taken.
const GPS: u16 = 0x8825;
/// More entries than any camera writes.
const MOST: usize = 500;

/// A JPEG's application segments (ITU-T T.81, B.1).
pub(super) fn of_jpeg(bytes: &[u8]) -> Vec<Trace> {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(segment) = bytes.get(at + 4..at + 2 + length) else { break };
        if *marker == 0xDA {
            break;
        }
        if let (0xE1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return of_exif(tiff);
        }
        at += 2 + length;
    }
    Vec::new()
}

/// A PNG's `eXIf` and text chunks (PNG third edition, 11.3).
pub(super) fn of_png(bytes: &[u8]) -> Vec<Trace> {
    let mut found = Vec::new();
    let mut at = 8;
    while let Some([a, b, c, d, kind @ ..]) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some(data) = bytes.get(at + 8..(at + 8).saturating_add(length)) else { break };
        match kind {
            b"eXIf" => found.extend(of_exif(data)),
            b"tEXt" | b"iTXt" => {
                let mut parts = data.splitn(2, |byte| *byte == 0);
                let key = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
                let text = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
                let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace()).replace('\0', " ");
                if ["Author", "Software", "Copyright", "Source", "Comment"].contains(&key.as_str()) {
                    found
                        .push(Trace::of(TraceKind::PictureOrigin, format!("{}: {text}", key.to_lowercase())));
                }
            }
            _ => {}
        }
        at += 12 + length;
    }
    found
}

/// The entries of the first directory (TIFF 6.0, section 2).
fn of_exif(tiff: &[u8]) -> Vec<Trace> {
    let little = tiff.starts_with(b"II");
    let u16_at = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let u32_at = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize)
    };
    let mut found = Vec::new();
    let Some(first) = u32_at(4) else { return found };
    let count = usize::from(u16_at(first).unwrap_or(0)).min(MOST);
    for entry in (0..count).map(|place| first + 2 + place * 12) {
        let (Some(tag), Some(length), Some(value)) = (u16_at(entry), u32_at(entry + 4), u32_at(entry + 8))
        else {
            break;
        };
        if tag == GPS {
            found.push(Trace::of(TraceKind::PicturePlace, "where it was taken"));
        }
        if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == tag) {
            let at = if length <= 4 { entry + 8 } else { value };
            let text = tiff.get(at..at.saturating_add(length)).unwrap_or_default();
            let text = String::from_utf8_lossy(text)
                .trim_matches(|c: char| c == '\0' || c.is_whitespace())
                .to_owned();
            if !text.is_empty() {
                found.push(Trace::of(TraceKind::PictureOrigin, format!("{name}: {text}")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory with a camera's name and a way to a place.
    fn exif() -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend([0x10, 0x01, 2, 0, 6, 0, 0, 0, 38, 0, 0, 0]);
        tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend([0, 0, 0, 0]);
        tiff.extend(b"Phone\0");
        tiff
    }

    #[test]
    fn a_photograph_names_its_camera_and_its_place() {
        let expected = [
            Trace::of(TraceKind::PictureOrigin, "camera: Phone"),
            Trace::of(TraceKind::PicturePlace, "where it was taken"),
        ];
        let segment = [b"Exif\0\0".as_slice(), &exif()].concat();
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE1], length.as_slice(), &segment, &[0xFF, 0xDA, 0, 2]].concat();
        assert_eq!(of_jpeg(&jpeg), expected);
        let chunk = |kind: &[u8], data: &[u8]| {
            [&u32::try_from(data.len()).unwrap().to_be_bytes(), kind, data, &[0; 4]].concat()
        };
        let text = chunk(b"tEXt", b"Author\0Alex");
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"eXIf", &exif()), &text].concat();
        let author = Trace::of(TraceKind::PictureOrigin, "author: Alex");
        assert_eq!(of_png(&png), [&expected[..], &[author]].concat());
    }

    #[test]
    fn a_cut_picture_leaves_no_trace_and_no_panic() {
        let tiff = exif();
        for end in 0..tiff.len() {
            of_exif(&tiff[..end]);
        }
        assert_eq!(of_jpeg(b"\xFF\xD8\xFF\xE1\xFF\xFF"), []);
        assert_eq!(of_png(b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFtEXt"), []);
    }
}
