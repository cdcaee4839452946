//! JPEG pictures: the coded picture as it is; what a camera wrote about its owner and the place stays out.

use super::ink::Turn;
use super::raster::{Picture, PictureFault, bounded, image, name, object};
use crate::render::kind::Kind;
use printpdf::DictItem;

/// What the segments of a JPEG file told (ITU-T T.81, annex B).
#[derive(Default)]
struct Told {
    frame: Option<Frame>,
    turn: Turn,
    adobe: bool,
    scanned: bool,
}

struct Frame {
    width: u32,
    height: u32,
    components: u8,
}

pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let mut told = Told::default();
    let mut kept = bytes[..2].to_vec();
    let mut at = 2;
    loop {
        let (marker, start) = marker_at(bytes, at)?;
        if marker == 0xd9 {
            kept.extend([0xff, 0xd9]);
            break;
        }
        let length = bytes.get(start..start + 2).ok_or_else(ends_early)?;
        let end = start + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = bytes.get(start + 2..end).ok_or_else(ends_early)?;
        told.hear(marker, segment)?;
        // APP1 and the like hold place, camera and owner; colour needs only JFIF, ICC and Adobe's.
        if !matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe) {
            kept.extend([0xff, marker]);
            kept.extend(&bytes[start..end]);
        }
        at = end;
        if marker == 0xda {
            let scan = end_of_scan(bytes, at)?;
            kept.extend(&bytes[at..scan]);
            at = scan;
            told.scanned = true;
        }
    }
    told.picture(kept)
}

impl Told {
    fn hear(&mut self, marker: u8, segment: &[u8]) -> Result<(), PictureFault> {
        match marker {
            0xc0..=0xc2 => {
                let [bits, h1, h0, w1, w0, components, ..] = *segment else { return Err(ends_early()) };
                if bits != 8 {
                    return Err(unusual(&format!("{bits} bits a sample")));
                }
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                if width == 0 || height == 0 {
                    return Err(unusual("it does not say its size at the start"));
                }
                bounded(width.into(), height.into())?;
                self.frame = Some(Frame { width: width.into(), height: height.into(), components });
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(unusual("lossless, hierarchical or arithmetic coding"));
            }
            0xe1 => self.turn = segment.strip_prefix(b"Exif\0\0").and_then(orientation).unwrap_or_default(),
            0xee => self.adobe |= segment.starts_with(b"Adobe"),
            _ => {}
        }
        Ok(())
    }

    fn picture(self, content: Vec<u8>) -> Result<Picture, PictureFault> {
        let Some(frame) = self.frame.filter(|_| self.scanned) else {
            return Err(PictureFault::Damaged {
                kind: Kind::Jpeg,
                reason: "there is no picture in it".into(),
            });
        };
        let mut more = vec![("Filter", name("DCTDecode"))];
        let colours = match frame.components {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            4 => "DeviceCMYK",
            n => return Err(unusual(&format!("{n} colours"))),
        };
        if frame.components == 4 && self.adobe {
            // Adobe's programs store ink upside down: 255 is none.
            let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec();
            more.push(("Decode", DictItem::Array(inverted)));
        }
        let stream = image(frame.width, frame.height, 8, name(colours), more, content);
        let object = object(stream, frame.width, frame.height);
        let sideways = self.turn.quarters % 2 == 1;
        let (width, height) =
            if sideways { (frame.height, frame.width) } else { (frame.width, frame.height) };
        Ok(Picture { width, height, turn: self.turn, object })
    }
}

/// The next marker and where its segment starts.
fn marker_at(bytes: &[u8], at: usize) -> Result<(u8, usize), PictureFault> {
    let mut at = at;
    if bytes.get(at) != Some(&0xff) {
        let reason =
            if at >= bytes.len() { return Err(ends_early()) } else { format!("byte {at} is no marker") };
        return Err(PictureFault::Damaged { kind: Kind::Jpeg, reason });
    }
    while bytes.get(at) == Some(&0xff) {
        at += 1;
    }
    bytes.get(at).map(|marker| (*marker, at + 1)).ok_or_else(ends_early)
}

/// Where the coded data that starts at `at` ends: at a marker that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8], at: usize) -> Result<usize, PictureFault> {
    let mut at = at;
    loop {
        at += bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0xff)).ok_or_else(ends_early)?;
        match bytes.get(at + 1).ok_or_else(ends_early)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}

/// The orientation (Exif 2.32, tag 0x0112) from the TIFF block of an Exif segment.
fn orientation(tiff: &[u8]) -> Option<Turn> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    };
    let long = |at: usize| {
        let four = *tiff.get(at..)?.first_chunk::<4>()?;
        Some(if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    };
    let directory = long(4)? as usize;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries).map(|i| directory + 2 + 12 * i).find(|at| short(*at) == Some(0x0112))?;
    let (quarters, mirrored) = match short(entry + 8)? {
        2 => (0, true),
        3 => (2, false),
        4 => (2, true),
        5 => (3, true),
        6 => (1, false),
        7 => (1, true),
        8 => (3, false),
        _ => (0, false),
    };
    Some(Turn { quarters, mirrored })
}

fn ends_early() -> PictureFault {
    PictureFault::Damaged { kind: Kind::Jpeg, reason: "it ends too early".into() }
}

fn unusual(reason: &str) -> PictureFault {
    PictureFault::Unusual { kind: Kind::Jpeg, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::render::kind::Kind;
    use crate::render::pdf::ink::Turn;
    use crate::render::pdf::raster::PictureFault;

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], data].concat()
    }

    /// The frame of a JPEG file, 3 pixels across and 2 down, with `extra` segments first.
    fn jpeg(extra: &[u8], components: u8) -> Vec<u8> {
        let frame = segment(0xc0, &[8, 0, 2, 0, 3, components]);
        let scan = [segment(0xda, &[0]), vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]].concat();
        [&[0xff, 0xd8], extra, &frame, &scan, &[0xff, 0xd9], b"trailing"].concat()
    }

    #[test]
    fn the_coded_picture_is_kept_and_what_surrounds_it_is_not() {
        let about = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0Athens");
        let jfif = segment(0xe0, b"JFIF\0");
        let bytes = jpeg(&[about, segment(0xfe, b"comment"), jfif.clone()].concat(), 3);
        let picture = read(&bytes).unwrap();
        assert_eq!((picture.width, picture.height, picture.turn), (3, 2, Turn::default()));
        let mut expected = jpeg(&jfif, 3);
        expected.truncate(expected.len() - b"trailing".len());
        assert_eq!(picture.object.stream.content, expected);
    }

    #[test]
    fn a_camera_held_sideways_is_heard() {
        let tiff = [&b"II*\0\x08\0\0\0\x01\0"[..], &[0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]].concat();
        let exif = segment(0xe1, &[b"Exif\0\0", &tiff[..]].concat());
        let picture = read(&jpeg(&exif, 1)).unwrap();
        assert_eq!(picture.turn, Turn { quarters: 1, mirrored: false });
        assert_eq!((picture.width, picture.height), (2, 3));
    }

    #[test]
    fn faults_say_which() {
        let whole = jpeg(&[], 3);
        let damaged = |reason: &str| PictureFault::Damaged { kind: Kind::Jpeg, reason: reason.into() };
        assert_eq!(read(&whole[..whole.len() - 12]).unwrap_err(), damaged("it ends too early"));
        assert_eq!(read(b"\xff\xd8\xff\xd9").unwrap_err(), damaged("there is no picture in it"));
        assert_eq!(read(b"\xff\xd8\x00\x01").unwrap_err(), damaged("byte 2 is no marker"));
        let unusual = PictureFault::Unusual { kind: Kind::Jpeg, reason: "2 colours".into() };
        assert_eq!(read(&jpeg(&[], 2)).unwrap_err(), unusual);
    }
}
