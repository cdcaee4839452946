//! PNG pictures: most go into a PDF as they are stored; those with transparency are unpacked first.

use super::ink::Turn;
use super::raster::{Picture, PictureFault, bounded, image, name, object};
use crate::render::kind::Kind;
use printpdf::{DictItem, ExternalStream};
use std::collections::BTreeMap;
use std::io::Cursor;

pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    let header = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = header.size();
    let alpha = matches!(header.color_type, png::ColorType::GrayscaleAlpha | png::ColorType::Rgba);
    let as_stored = !header.interlaced && !alpha;
    bounded(width, height)?;
    let see_through = chunks(bytes).any(|(tag, _)| tag == b"tRNS");
    if !as_stored || see_through {
        decoder.set_transformations(png::Transformations::normalize_to_color8());
    }
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let stream = if as_stored && !see_through { stored(bytes, &mut reader)? } else { unpacked(&mut reader)? };
    Ok(Picture { width, height, turn: Turn::default(), object: object(stream, width, height) })
}

/// The compressed rows as they are, once all of them were seen to unpack.
fn stored(bytes: &[u8], reader: &mut png::Reader<Cursor<&[u8]>>) -> Result<ExternalStream, PictureFault> {
    let mut rows = 0;
    while reader.next_row().map_err(damaged)?.is_some() {
        rows += 1;
    }
    reader.finish().map_err(damaged)?;
    let info = reader.info();
    let (width, height) = info.size();
    if rows != height {
        return Err(PictureFault::Damaged { kind: Kind::Png, reason: format!("{rows} of {height} rows") });
    }
    let bits = info.bit_depth as u8;
    let (colours, count) = match (info.color_type, &info.palette) {
        (png::ColorType::Grayscale, _) => (name("DeviceGray"), 1),
        (png::ColorType::Indexed, Some(palette)) => {
            let last = i64::try_from(palette.len() / 3).unwrap_or(1) - 1;
            let table = DictItem::Bytes(palette.to_vec());
            (DictItem::Array(vec![name("Indexed"), name("DeviceRGB"), DictItem::Int(last), table]), 1)
        }
        _ => (name("DeviceRGB"), 3),
    };
    let data = chunks(bytes).filter(|(tag, _)| *tag == b"IDAT").flat_map(|(_, data)| data).copied().collect();
    // PNG's own row filters (ISO 32000-1, 7.4.4.4).
    let filters = BTreeMap::from([
        ("Predictor".to_owned(), DictItem::Int(15)),
        ("Colors".to_owned(), DictItem::Int(count)),
        ("BitsPerComponent".to_owned(), DictItem::Int(bits.into())),
        ("Columns".to_owned(), DictItem::Int(width.into())),
    ]);
    let more = vec![("Filter", name("FlateDecode")), ("DecodeParms", DictItem::Dict { map: filters })];
    Ok(image(width, height, bits, colours, more, data))
}

/// Colours and transparency taken apart, eight bits each.
fn unpacked(reader: &mut png::Reader<Cursor<&[u8]>>) -> Result<ExternalStream, PictureFault> {
    let size = reader.output_buffer_size().unwrap_or(0);
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    reader.finish().map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    let (colours, count, alpha) = match frame.color_type {
        png::ColorType::Grayscale => ("DeviceGray", 1, false),
        png::ColorType::GrayscaleAlpha => ("DeviceGray", 1, true),
        png::ColorType::Rgba => ("DeviceRGB", 3, true),
        png::ColorType::Rgb | png::ColorType::Indexed => ("DeviceRGB", 3, false),
    };
    let mut more = Vec::new();
    if alpha {
        let mask: Vec<u8> = pixels.iter().skip(count).step_by(count + 1).copied().collect();
        let mut kept = 0;
        for at in 0..pixels.len() {
            if at % (count + 1) != count {
                pixels[kept] = pixels[at];
                kept += 1;
            }
        }
        pixels.truncate(kept);
        if mask.iter().any(|a| *a != u8::MAX) {
            let mask = image(frame.width, frame.height, 8, name("DeviceGray"), Vec::new(), mask);
            more.push(("SMask", DictItem::Stream { stream: mask }));
        }
    }
    Ok(image(frame.width, frame.height, 8, name(colours), more, pixels))
}

/// The chunks of a PNG file (ISO/IEC 15948, 5.3): type and data.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk::<4>()?) as usize;
        let tag = rest.get(4..8)?;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        rest = rest.get(length + 12..).unwrap_or_default();
        Some((tag, data))
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is the shape map_err asks for")]
fn damaged(error: png::DecodingError) -> PictureFault {
    PictureFault::Damaged { kind: Kind::Png, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::render::pdf::raster::{MOST_PIXELS, PictureFault};
    use printpdf::DictItem;

    fn png(colour: png::ColorType, depth: png::BitDepth, width: u32, height: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == png::ColorType::Indexed {
            encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
        }
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    }

    #[test]
    fn plain_pictures_keep_their_bytes() {
        let cases = [
            (png::ColorType::Grayscale, png::BitDepth::Sixteen, vec![7; 4 * 2 * 2]),
            (png::ColorType::Rgb, png::BitDepth::Eight, vec![9; 4 * 2 * 3]),
            (png::ColorType::Indexed, png::BitDepth::One, vec![0b1010_0000; 2]),
        ];
        for (colour, depth, data) in cases {
            let picture = read(&png(colour, depth, 4, 2, &data)).unwrap();
            let dict = &picture.object.stream.dict;
            assert_eq!((picture.width, picture.height), (4, 2));
            assert!(dict.contains_key("DecodeParms") && !dict.contains_key("SMask"), "{colour:?}");
            assert_eq!(dict["BitsPerComponent"], DictItem::Int(i64::from(depth as u8)));
        }
    }

    #[test]
    fn transparency_is_kept_apart() {
        let bytes = png(png::ColorType::Rgba, png::BitDepth::Eight, 2, 1, &[1, 2, 3, 4, 5, 6, 7, 8]);
        let picture = read(&bytes).unwrap();
        assert_eq!(picture.object.stream.content, [1, 2, 3, 5, 6, 7]);
        let DictItem::Stream { stream } = &picture.object.stream.dict["SMask"] else { panic!("a mask") };
        assert_eq!(stream.content, [4, 8]);
        let opaque = png(png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, 1, 1, &[9, 255]);
        assert!(!read(&opaque).unwrap().object.stream.dict.contains_key("SMask"));
    }

    #[test]
    fn half_a_picture_is_damaged() {
        let bytes = png(png::ColorType::Rgb, png::BitDepth::Eight, 64, 64, &[9; 64 * 64 * 3]);
        let fault = read(&bytes[..bytes.len() / 2]).unwrap_err();
        assert!(matches!(fault, PictureFault::Damaged { .. }), "{fault}");
    }

    #[test]
    fn a_huge_picture_is_refused_before_it_is_unpacked() {
        let mut bytes = png(png::ColorType::Grayscale, png::BitDepth::Eight, 1, 1, &[0]);
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let crc = crc32fast::hash(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        let expected = PictureFault::TooLarge { width: 65_536, height: 65_536, limit: MOST_PIXELS };
        assert_eq!(read(&bytes).unwrap_err(), expected);
    }
}
