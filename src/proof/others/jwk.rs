//! Public keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037).

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::super::key::PublicKey;
use super::p256;
use super::verifying::{LEAST_RSA_BITS, MOST_RSA_BITS, OtherKeyFault, VerifyingKey};

/// The members that only a secret key has.
const SECRET: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Reads a JWK: Ed25519, P-256 or RSA, public, and meant for signatures as far as it says.
///
/// # Errors
/// The first fact that does not fit.
pub fn from_jwk(jwk: &Map<String, Value>) -> Result<VerifyingKey, OtherKeyFault> {
    if SECRET.iter().any(|member| jwk.contains_key(*member)) {
        return Err(OtherKeyFault::Secret);
    }
    let key = match (text(jwk, "kty")?, jwk.get("crv").and_then(Value::as_str)) {
        ("OKP", Some("Ed25519")) => VerifyingKey::Ed25519(PublicKey::from_bytes(&coordinate(jwk, "x")?)?),
        ("EC", Some("P-256")) => {
            let point = p256::from_coordinates(&coordinate(jwk, "x")?, &coordinate(jwk, "y")?);
            VerifyingKey::P256(point.ok_or(OtherKeyFault::NotOnCurve)?)
        }
        ("RSA", _) => rsa(jwk)?,
        (kind, curve) => {
            let name = [Some(kind), curve].into_iter().flatten().collect::<Vec<_>>().join(" ");
            return Err(OtherKeyFault::OtherKind(name));
        }
    };
    if is_for(jwk, &key) { Ok(key) } else { Err(OtherKeyFault::OtherUse) }
}

/// Whether `use`, `key_ops` and `alg` allow this key's signatures to be checked.
fn is_for(jwk: &Map<String, Value>, key: &VerifyingKey) -> bool {
    let is = |name: &str, allowed: &[&str]| {
        jwk.get(name).is_none_or(|value| value.as_str().is_some_and(|value| allowed.contains(&value)))
    };
    let operations = jwk.get("key_ops").is_none_or(|list| {
        list.as_array().is_some_and(|list| list.iter().any(|operation| operation == "verify"))
    });
    let algorithm = key.algorithm().as_str();
    // RFC 9864 gives Ed25519 a name of its own
    let also = if algorithm == "EdDSA" { "Ed25519" } else { algorithm };
    operations && is("use", &["sig"]) && is("alg", &[algorithm, also])
}

fn rsa(jwk: &Map<String, Value>) -> Result<VerifyingKey, OtherKeyFault> {
    let number = |name: &'static str| {
        let bytes = decoded(jwk, name)?;
        if bytes.first().is_none_or(|&first| first == 0) {
            Err(OtherKeyFault::BadMember(name))
        } else {
            Ok(bytes)
        }
    };
    let (modulus, exponent) = (number("n")?, number("e")?);
    let bits = modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    if !(LEAST_RSA_BITS..=MOST_RSA_BITS).contains(&bits) {
        return Err(OtherKeyFault::RsaSize { found: bits });
    }
    Ok(VerifyingKey::Rsa { modulus, exponent })
}

fn coordinate(jwk: &Map<String, Value>, name: &'static str) -> Result<[u8; 32], OtherKeyFault> {
    decoded(jwk, name)?.try_into().map_err(|_| OtherKeyFault::BadMember(name))
}

fn decoded(jwk: &Map<String, Value>, name: &'static str) -> Result<Vec<u8>, OtherKeyFault> {
    BASE64URL_NOPAD.decode(text(jwk, name)?.as_bytes()).map_err(|_| OtherKeyFault::BadMember(name))
}

fn text<'a>(jwk: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, OtherKeyFault> {
    jwk.get(name).and_then(Value::as_str).ok_or(OtherKeyFault::BadMember(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(jwk: Value) -> Result<VerifyingKey, OtherKeyFault> {
        from_jwk(jwk.as_object().unwrap())
    }

    /// The key of RFC 8037 appendix A.2, whose thumbprint is in A.3.
    fn ed25519() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    #[test]
    fn a_thumbprint_is_that_of_the_rfc() {
        let key = read(ed25519()).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn secret_and_other_keys_are_refused_by_their_fact() {
        let with = |name: &str, value: Value| {
            let mut jwk = ed25519();
            jwk[name] = value;
            read(jwk)
        };
        assert_eq!(with("d", "AA".into()), Err(OtherKeyFault::Secret));
        assert_eq!(with("use", "enc".into()), Err(OtherKeyFault::OtherUse));
        assert_eq!(with("alg", "HS256".into()), Err(OtherKeyFault::OtherUse));
        assert_eq!(with("key_ops", json!(["sign"])), Err(OtherKeyFault::OtherUse));
        assert_eq!(with("crv", "X25519".into()), Err(OtherKeyFault::OtherKind("OKP X25519".into())));
        assert_eq!(with("x", "AA==".into()), Err(OtherKeyFault::BadMember("x")));
        assert!(with("key_ops", json!(["verify"])).is_ok());
        let rsa = |n: &str| read(json!({ "kty": "RSA", "n": n, "e": "AQAB" }));
        assert_eq!(rsa(&BASE64URL_NOPAD.encode(&[0xFF; 128])), Err(OtherKeyFault::RsaSize { found: 1024 }));
        assert_eq!(rsa(&BASE64URL_NOPAD.encode(&[0xFF; 2048])), Err(OtherKeyFault::RsaSize { found: 16384 }));
        assert_eq!(rsa("AP8"), Err(OtherKeyFault::BadMember("n")));
        let oct = read(json!({ "kty": "oct", "k": "AA" }));
        assert_eq!(oct, Err(OtherKeyFault::Secret));
    }
}
