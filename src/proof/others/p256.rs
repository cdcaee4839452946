//! Points of the curve P-256 (FIPS 186-5): whether a point is on it, and the point that a compressed one stands for.
//!
//! Only public keys come here, so nothing needs constant time, and a key is read once: plain and short beats fast.

/// A number below 2^256, least significant word first.
type Word256 = [u64; 4];

/// The prime 2^256 − 2^224 + 2^192 + 2^96 − 1.
const P: Word256 = [0xFFFF_FFFF_FFFF_FFFF, 0x0000_0000_FFFF_FFFF, 0, 0xFFFF_FFFF_0000_0001];
/// The curve's constant b.
const B: Word256 =
    [0x3BCE_3C3E_27D2_604B, 0x651D_06B0_CC53_B0F6, 0xB3EB_BD55_7698_86BC, 0x5AC6_35D8_AA3A_93E7];
/// (P + 1) / 4: the exponent of a square root, as P is 3 modulo 4.
const ROOT: Word256 = [0, 0x0000_0000_4000_0000, 0x4000_0000_0000_0000, 0x3FFF_FFFF_C000_0000];

/// The uncompressed form of a 33-byte point; `None` if there is no such point.
pub(super) fn uncompressed(point: &[u8; 33]) -> Option<[u8; 65]> {
    let odd = match point[0] {
        2 => false,
        3 => true,
        _ => return None,
    };
    let x = read(&point[1..]).filter(|x| less(x, &P))?;
    let square = right_side(&x);
    let mut y = power(&square, &ROOT);
    if product(&y, &y) != square {
        return None;
    }
    if (y[0] & 1 == 1) != odd {
        y = difference(&P, &y);
    }
    // zero has one root only, and its other spelling is no point
    less(&y, &P).then(|| joined(&x, &y))
}

/// The uncompressed form of two coordinates; `None` if they are not a point.
pub(super) fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Option<[u8; 65]> {
    let (x, y) = (read(x)?, read(y)?);
    let is_point = less(&x, &P) && less(&y, &P) && product(&y, &y) == right_side(&x);
    is_point.then(|| joined(&x, &y))
}

/// x³ − 3x + b
fn right_side(x: &Word256) -> Word256 {
    let cube = product(&product(x, x), x);
    let three = sum(&sum(x, x), x);
    sum(&sum(&cube, &difference(&P, &three)), &B)
}

fn read(bytes: &[u8]) -> Option<Word256> {
    let mut number = [0; 4];
    for (word, bytes) in number.iter_mut().rev().zip(bytes.chunks(8)) {
        *word = u64::from_be_bytes(bytes.try_into().ok()?);
    }
    Some(number)
}

fn joined(x: &Word256, y: &Word256) -> [u8; 65] {
    let mut point = [4; 65];
    for (bytes, word) in point[1..].chunks_mut(8).zip(x.iter().rev().chain(y.iter().rev())) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    point
}

fn less(a: &Word256, b: &Word256) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// a − b, for b ≤ a.
fn difference(a: &Word256, b: &Word256) -> Word256 {
    let mut result = [0; 4];
    let mut borrow = false;
    for (place, word) in result.iter_mut().enumerate() {
        let (once, first) = a[place].overflowing_sub(b[place]);
        let (twice, second) = once.overflowing_sub(u64::from(borrow));
        *word = twice;
        borrow = first || second;
    }
    result
}

/// a + b modulo P, for a and b up to P.
fn sum(a: &Word256, b: &Word256) -> Word256 {
    let mut result = [0; 4];
    let mut carry = false;
    for (place, word) in result.iter_mut().enumerate() {
        let (once, first) = a[place].overflowing_add(b[place]);
        let (twice, second) = once.overflowing_add(u64::from(carry));
        *word = twice;
        carry = first || second;
    }
    if carry {
        // 2^256 − P, added modulo 2^256, is P taken away
        let rest = difference(&[u64::MAX; 4], &P);
        let mut carry = true;
        for (place, word) in result.iter_mut().enumerate() {
            let (once, first) = word.overflowing_add(rest[place]);
            let (twice, second) = once.overflowing_add(u64::from(carry));
            *word = twice;
            carry = first || second;
        }
        return result;
    }
    if less(&result, &P) { result } else { difference(&result, &P) }
}

fn bits(number: &Word256) -> impl Iterator<Item = bool> + '_ {
    number.iter().rev().flat_map(|word| (0..64).rev().map(move |bit| word >> bit & 1 == 1))
}

/// a · b modulo P, by doubling and adding.
fn product(a: &Word256, b: &Word256) -> Word256 {
    let mut result = [0; 4];
    for bit in bits(b) {
        result = sum(&result, &result);
        if bit {
            result = sum(&result, a);
        }
    }
    result
}

fn power(base: &Word256, exponent: &Word256) -> Word256 {
    let mut result = [1, 0, 0, 0];
    for bit in bits(exponent) {
        result = product(&result, &result);
        if bit {
            result = product(&result, base);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The base point of the curve (FIPS 186-5).
    const X: &str = "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296";
    const Y: &str = "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5";

    fn bytes(hex: &str) -> [u8; 32] {
        data_encoding::HEXUPPER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
    }

    fn compressed(sign: u8, x: [u8; 32]) -> [u8; 33] {
        let mut point = [sign; 33];
        point[1..].copy_from_slice(&x);
        point
    }

    #[test]
    fn the_base_point_is_found_from_its_compressed_form() {
        let whole = from_coordinates(&bytes(X), &bytes(Y)).unwrap();
        assert_eq!(uncompressed(&compressed(3, bytes(X))), Some(whole));
        let other = uncompressed(&compressed(2, bytes(X))).unwrap();
        assert_eq!(other[..33], whole[..33]);
        assert_eq!(other[64] & 1, 0);
        assert_ne!(other[33..], whole[33..]);
    }

    #[test]
    fn what_is_no_point_is_refused() {
        let mut y = bytes(Y);
        y[31] ^= 1;
        assert_eq!(from_coordinates(&bytes(X), &y), None);
        assert_eq!(uncompressed(&compressed(4, bytes(X))), None);
        assert_eq!(uncompressed(&compressed(2, [0xFF; 32])), None);
        // P itself, a second spelling of zero
        let mut p = [0; 32];
        p.copy_from_slice(&joined(&P, &P)[1..33]);
        assert_eq!(uncompressed(&compressed(2, p)), None);
        // about half of all numbers are no x of any point
        let found = (0..64u8).filter(|low| {
            let mut x = [0; 32];
            x[31] = *low;
            uncompressed(&compressed(2, x)).is_some()
        });
        let found = found.count();
        assert!((20..45).contains(&found), "{found}");
    }
}
