//! The JSON Canonicalization Scheme, RFC 8785: one text for one value.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::number::write_double;
use super::{JsonFaultKind, LARGEST_INTEGER};

/// Values deeper than this were not parsed by us; the writer recurses, so it stops.
const DEPTH: usize = 128;

/// The canonical form of a value: UTF-8, no white space, members in UTF-16 order, numbers as ECMAScript writes them.
///
/// # Errors
/// [`JsonFaultKind::TooDeep`] beyond 128 levels, which nothing that [`parse`](super::parse) gave has.
pub fn canonical(value: &Value) -> Result<Vec<u8>, JsonFaultKind> {
    let mut out = Vec::with_capacity(1024);
    write_value(&mut out, value, DEPTH)?;
    Ok(out)
}

/// The canonical form of an object as if it had no member `left_out` at its top.
///
/// # Errors
/// As [`canonical`].
pub fn canonical_without(object: &Map<String, Value>, left_out: &str) -> Result<Vec<u8>, JsonFaultKind> {
    let mut out = Vec::with_capacity(1024);
    write_object(&mut out, object, Some(left_out), DEPTH)?;
    Ok(out)
}

fn write_value(out: &mut Vec<u8>, value: &Value, depth: usize) -> Result<(), JsonFaultKind> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(out, number)?,
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            let depth = deeper(depth)?;
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_value(out, item, depth)?;
            }
            out.push(b']');
        }
        Value::Object(object) => write_object(out, object, None, depth)?,
    }
    Ok(())
}

fn write_object(
    out: &mut Vec<u8>,
    object: &Map<String, Value>,
    left_out: Option<&str>,
    depth: usize,
) -> Result<(), JsonFaultKind> {
    let depth = deeper(depth)?;
    let mut members: Vec<(&str, &Value)> = object
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .filter(|(name, _)| Some(*name) != left_out)
        .collect();
    members.sort_unstable_by(|(a, _), (b, _)| utf16_order(a, b));
    out.push(b'{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(out, name);
        out.push(b':');
        write_value(out, value, depth)?;
    }
    out.push(b'}');
    Ok(())
}

fn deeper(depth: usize) -> Result<usize, JsonFaultKind> {
    depth.checked_sub(1).ok_or(JsonFaultKind::TooDeep { limit: DEPTH })
}

/// Names in the order of their UTF-16 code units (section 3.2.3), decided on the UTF-8 bytes: the two orders differ only
/// where a character above U+FFFF (first byte F0 to F4) meets one from U+E000 on (EE, EF); UTF-16 puts the former first.
fn utf16_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((&a, &b)) if a >= 0xEE && b >= 0xEE => (a ^ 0x10).cmp(&(b ^ 0x10)),
        Some((a, b)) => a.cmp(b),
        None => a.len().cmp(&b.len()),
    }
}

fn write_number(out: &mut Vec<u8>, number: &Number) -> Result<(), JsonFaultKind> {
    if let Some(integer) = number.as_i64().filter(|integer| integer.unsigned_abs() <= LARGEST_INTEGER) {
        let text = integer.to_string();
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    let double = number.as_f64().filter(|double| double.is_finite()).ok_or(JsonFaultKind::NotFinite)?;
    write_double(out, double);
    Ok(())
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.push(b'"');
    let mut copied = 0;
    for (index, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[copied..index]);
        copied = index + 1;
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0A => b'n',
            0x0C => b'f',
            0x0D => b'r',
            _ => {
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    out.extend_from_slice(&bytes[copied..]);
    out.push(b'"');
}
