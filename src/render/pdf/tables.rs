//! Whether the numbers in a foreign PDF that its reader takes at their word are small enough to be taken.
//!
//! A cross-reference stream (ISO 32000-1, 7.5.8) says by itself how wide and how many its entries are. Without
//! bounds, a page of text can ask for all the memory there is, so they are looked at before anything is read.

use crate::credential::baked::pdf::is_regular;

/// Most that one stream may unfold to while a document is opened, in bytes: lists of objects, not pictures.
pub(super) const STREAM_BYTES: usize = 8 << 20;
/// Most objects: far more than a report, a thesis or a book of pictures has.
const OBJECTS: u64 = 1_000_000;
/// Most colours in a point, and most bits in each.
const SAMPLES: u64 = 64;

/// Whether the sizes of tables and of the rows they are packed in stay within bounds, wherever they stand.
pub(super) fn are_bounded(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let (name, after) = name(rest);
        let fits = match name.as_slice() {
            b"Size" | b"Index" | b"Columns" => integers(after).iter().all(|number| *number <= OBJECTS),
            b"Colors" | b"BitsPerComponent" => integers(after).iter().all(|number| *number <= SAMPLES),
            b"W" => are_widths(&integers(after)),
            _ => true,
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Three widths, of which not all are nothing: such entries would never come to an end. The widths of the letters of
/// a font have the same name and are let through.
fn are_widths(widths: &[u64]) -> bool {
    let Some(first) = widths.get(..3) else { return true };
    first.iter().all(|width| *width <= OBJECTS) && first.iter().any(|width| *width > 0)
}

/// The name at the beginning, its `#57` undone, as far as a longest name that matters; and what follows it.
fn name(text: &[u8]) -> (Vec<u8>, &[u8]) {
    const LONGEST: usize = b"BitsPerComponent".len();
    let (mut name, mut rest) = (Vec::new(), text);
    while let [byte, after @ ..] = rest {
        if name.len() > LONGEST || !is_regular(*byte) {
            break;
        }
        let escaped = after.get(..2).filter(|_| *byte == b'#').and_then(hexadecimal);
        name.push(escaped.unwrap_or(*byte));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    (name, rest)
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The numbers that follow: one, or those of an array up to its first other part; without their signs. One
/// too long to count is the most.
fn integers(text: &[u8]) -> Vec<u64> {
    let (mut found, mut rest, mut in_array) = (Vec::new(), text, false);
    while let [byte, after @ ..] = rest {
        match byte {
            b'[' if !in_array && found.is_empty() => (in_array, rest) = (true, after),
            b'%' => {
                let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
                rest = rest.get(end..).unwrap_or_default();
            }
            b'+' | b'-' => rest = after,
            b'0'..=b'9' => {
                let end = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                let (digits, after) = rest.split_at(end);
                let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
                found.push(number.unwrap_or(u64::MAX));
                rest = after;
                if !in_array {
                    break;
                }
            }
            byte if is_space(*byte) => rest = after,
            _ => break,
        }
    }
    found
}

/// White space of ISO 32000-1, 7.2.2.
fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_documents_say_is_bounded() {
        for text in [
            "<</Type/XRef/Size 99/Index[0 99]/W[1 2 1]>>",
            "<< /W [ 1 3 0 ] /Index [ 0 1000000 ] >>",
            "<</Type/Font/W[0[500 600]36 65535 1000]>>",
            "<</Type/Font/W 7 0 R/Widths[9999999999]/Sizes 9999999999>>",
            "<</FunctionType 0/Size[255 255 255]>>",
            "/",
            "/W",
            "/#",
            "/W[1 2",
        ] {
            assert!(are_bounded(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_asks_for_too_much_is_not() {
        for text in [
            "<</Type/XRef/Size 1000001/W[1 2 1]>>",
            "<</W[1 99999999999999999999999 1]>>",
            "<</W[0 0 0]/Index[0 5]>>",
            "<</W % all of it\n[ %here\r 9999999 1 1]>>",
            "<</#57[9999999 1 1]>>",
            "<</I#6edex [0 -1 2 +1000001]>>",
            "/Size\0 1000001",
            "<</Predictor 12/Columns 99999999999>>",
            "<</Predictor 12/Colors 65>>",
            "<</BitsPerComponent 128>>",
        ] {
            assert!(!are_bounded(text.as_bytes()), "{text}");
        }
    }
}
