//! Doubles as ECMAScript writes them (RFC 8785 section 3.2.2.3).

use std::fmt::Write;

/// Room for the longest `{:e}` of a double: sign, 17 digits, point, `e-308`.
const LONGEST: usize = 32;

/// No double has more decimal digits than 767.
const MOST_DIGITS: usize = 767;

/// Appends a finite double: the shortest digits that read back as the same double, laid out as ECMAScript's
/// `Number::toString` does.
pub(super) fn write_double(out: &mut Vec<u8>, double: f64) {
    if double == 0.0 {
        out.push(b'0'); // minus zero as well
        return;
    }
    if double < 0.0 {
        out.push(b'-');
    }
    let mut text = Text { bytes: [0; LONGEST], len: 0 };
    // Rust's `{:e}` gives the shortest digits, and of those the closest, just as ECMAScript asks; only the layout differs.
    let written = write!(text, "{:e}", double.abs());
    debug_assert!(written.is_ok(), "a double in scientific form fits");
    let text = &text.bytes[..text.len];
    let split = text.iter().position(|&byte| byte == b'e').unwrap_or(text.len());
    let exponent = parse_exponent(text.get(split + 1..).unwrap_or_default());
    let mut digits = [0; LONGEST];
    let mut count = 0;
    for &byte in text[..split].iter().filter(|&&byte| byte != b'.') {
        digits[count] = byte;
        count += 1;
    }
    let digits = &mut digits[..count];
    break_tie(double.abs(), digits);
    lay_out(out, digits, exponent + 1);
}

/// A double halfway between two shortest texts takes the even one in ECMAScript; Rust does not say which it takes.
fn break_tie(double: f64, digits: &mut [u8]) {
    let Some((last, first)) = digits.split_last_mut() else { return };
    if *last % 2 == 0 {
        return;
    }
    let exact = |places: usize| format!("{double:.places$e}").replace('.', "");
    let count = first.len() + 1;
    // One digit more than the shortest ends in 5 in a tie, and then nothing but zeros follows.
    if exact(count).as_bytes().get(count) != Some(&b'5') {
        return;
    }
    let all = exact(MOST_DIGITS);
    let all = all.split('e').next().unwrap_or_default().as_bytes();
    let is_tie = all.starts_with(first) && all[count + 1..].iter().all(|&digit| digit == b'0');
    if is_tie {
        let below = all[count - 1];
        *last = below + below % 2;
    }
}

/// ECMAScript Number::toString steps 6 to 12: `digits` are the k digits, the value is 0.digits × 10^n.
fn lay_out(out: &mut Vec<u8>, digits: &[u8], n: i32) {
    let k = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    match n {
        _ if k <= n && n <= 21 => {
            out.extend_from_slice(digits);
            zeros(out, n - k);
        }
        1..=21 => {
            let (whole, fraction) = digits.split_at(n.unsigned_abs() as usize);
            out.extend_from_slice(whole);
            out.push(b'.');
            out.extend_from_slice(fraction);
        }
        -5..=0 => {
            out.extend_from_slice(b"0.");
            zeros(out, -n);
            out.extend_from_slice(digits);
        }
        _ => {
            out.push(digits[0]);
            if k > 1 {
                out.push(b'.');
                out.extend_from_slice(&digits[1..]);
            }
            out.extend_from_slice(if n > 0 { b"e+" } else { b"e-" });
            out.extend_from_slice((n - 1).unsigned_abs().to_string().as_bytes());
        }
    }
}

fn zeros(out: &mut Vec<u8>, count: i32) {
    out.resize(out.len() + count.unsigned_abs() as usize, b'0');
}

fn parse_exponent(text: &[u8]) -> i32 {
    let (sign, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    sign * digits.iter().fold(0, |value, &digit| value * 10 + i32::from(digit - b'0'))
}

/// A few characters without an allocation.
struct Text {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let room = self.bytes.get_mut(self.len..self.len + text.len()).ok_or(std::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(bits: u64) -> String {
        let mut out = Vec::new();
        write_double(&mut out, f64::from_bits(bits));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_the_samples_of_rfc_8785_appendix_b() {
        let samples = [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ];
        for (bits, expected) in samples {
            assert_eq!(written(bits), expected, "{bits:016x}");
        }
    }

    #[test]
    fn writes_each_layout_on_both_sides_of_its_border() {
        for text in
            ["1", "100", "123456789012345680000", "1e+21", "1.5", "0.001", "0.0000015", "1.5e-7", "-7.25"]
        {
            assert_eq!(written(text.parse::<f64>().unwrap().to_bits()), text);
        }
    }
}
