//! A detached signature as `ssh-keygen -Y sign` writes it: text around bytes that begin with `SSHSIG`.

use data_encoding::BASE64;

/// The longest that is taken for one: an RSA key and its signature have some three thousand bytes.
const ARMOUR_BYTES: usize = 16 * 1024;

/// Whether the bytes are one signature and nothing else.
pub(super) fn is_signature(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    if text.len() > ARMOUR_BYTES {
        return false;
    }
    let body = text.strip_prefix(b"-----BEGIN SSH SIGNATURE-----");
    let body = body.and_then(|rest| rest.strip_suffix(b"-----END SSH SIGNATURE-----"));
    let Some(body) = body else { return false };
    let letters: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&letters).is_ok_and(|inside| inside.starts_with(b"SSHSIG"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_and_the_first_letters_make_one() {
        let armour = |inside: &[u8]| {
            format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", BASE64.encode(inside))
        };
        assert!(is_signature(armour(b"SSHSIG\0\0\0\x01").as_bytes()));
        assert!(is_signature(armour(b"SSHSIG\0\0\0\x01").replace('\n', "\r\n").as_bytes()));
        assert!(!is_signature(armour(b"PGP").as_bytes()));
        assert!(!is_signature(b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----"));
        assert!(!is_signature(format!("{}more", armour(b"SSHSIG")).as_bytes()));
        assert!(!is_signature(&vec![b'-'; ARMOUR_BYTES + 1]));
    }
}
