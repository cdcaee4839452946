//! The same statement as a VC-JWT (Open Badges 3.0, section 8.2): a new signature, so only its signer can give it.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::IssuerFault;
use crate::credential::signoff;
use crate::proof::{ProofFault, Signer};

/// Signs a sign-off once more, as a compact JWS with `alg` `EdDSA`.
///
/// The payload is the credential without its embedded proofs, with `iss`, `jti`, `sub`, `nbf` and, where it ends, `exp`
/// beside its members; `kid` is the signer's `did:key` verification method, so that nothing has to be looked up. Whether
/// the embedded proofs hold is for the caller to check first.
///
/// # Errors
/// A document that is no sign-off or names another key, and a signer that does not sign.
pub fn sign(document: &Value, signer: &dyn Signer) -> Result<String, IssuerFault> {
    let sign_off = signoff::read(document).map_err(IssuerFault::NotReadable)?;
    let key = signer.public_key();
    if key.did() != sign_off.issuer_id {
        return Err(IssuerFault::NotTheSigner { issuer: sign_off.issuer_id });
    }
    let mut payload = document.clone();
    if let Some(members) = payload.as_object_mut() {
        members.shift_remove("proof");
        members.insert("iss".into(), sign_off.issuer_id.into());
        members.insert("jti".into(), sign_off.id.into());
        members.insert("sub".into(), sign_off.claims.subject.id.into());
        members.insert("nbf".into(), sign_off.valid_from.unix().into());
        if let Some(until) = sign_off.valid_until {
            members.insert("exp".into(), until.unix().into());
        }
    }
    let header = json!({ "alg": "EdDSA", "kid": key.verification_method(), "typ": "JWT" });
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(&payload));
    let signature = signer.sign(signed.as_bytes()).map_err(ProofFault::from)?;
    Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::draft::{self, DraftFacts};
    use crate::credential::signoff::Signing;
    use crate::proof::SecretKey;
    use crate::time::Timestamp;

    fn unsigned(issuer: &SecretKey) -> Value {
        let student = SecretKey::from_seed(&[1; 32]).public_key().did();
        let facts = DraftFacts {
            holder: &student,
            name: "Alex Rivera",
            email: "alex@rivera.example",
            salt: "salt",
            title: "Demand forecasting co-lab",
            organisation: "Acme Retail Ltd",
            starts: None,
            ends: None,
            statement: "I supervised this placement.",
            items: &[],
            evidence: &[],
            created: Timestamp::from_unix(1_784_000_000),
        };
        let draft = draft::build(&facts);
        let signing = Signing {
            issuer_id: &issuer.public_key().did(),
            issuer_name: "Priya Nair",
            valid_from: Timestamp::from_unix(1_784_905_360),
            valid_until: Some(Timestamp::from_unix(1_884_905_360)),
            claims: &draft::read(&draft).unwrap(),
        };
        signoff::build(&draft, &signing)
    }

    fn decoded(part: &str) -> Value {
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_claims_say_what_the_credential_says_and_the_signature_fits() {
        let mentor = SecretKey::from_seed(&[2; 32]);
        let mut document = unsigned(&mentor);
        document["proof"] = json!([{ "type": "DataIntegrityProof" }]);
        let jwt = sign(&document, &mentor).unwrap();
        let [header, payload, signature] = jwt.split('.').collect::<Vec<_>>().try_into().unwrap();
        let kid = mentor.public_key().verification_method();
        assert_eq!(decoded(header), json!({ "alg": "EdDSA", "kid": kid, "typ": "JWT" }));
        let mut claims = decoded(payload);
        let named =
            ["iss", "jti", "sub", "nbf", "exp"].map(|name| claims.as_object_mut().unwrap().remove(name));
        let expected = [
            document["issuer"]["id"].clone(),
            document["id"].clone(),
            document["credentialSubject"]["id"].clone(),
            1_784_905_360_i64.into(),
            1_884_905_360_i64.into(),
        ];
        assert_eq!(named, expected.map(Some));
        document.as_object_mut().unwrap().remove("proof");
        assert_eq!(claims, document);
        let signature: [u8; 64] = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap().try_into().unwrap();
        assert!(mentor.public_key().verify(format!("{header}.{payload}").as_bytes(), &signature));
    }

    #[test]
    fn nobody_says_it_for_the_signer() {
        let document = unsigned(&SecretKey::from_seed(&[2; 32]));
        let student = SecretKey::from_seed(&[1; 32]);
        assert!(matches!(sign(&document, &student), Err(IssuerFault::NotTheSigner { .. })));
        assert!(matches!(sign(&json!({}), &student), Err(IssuerFault::NotReadable(_))));
    }
}
