//! A mentor who answers requests without a terminal: for what a student sees of it.

use portfolio::credential::decline::{self, Decline};
use portfolio::credential::request::{self, Request};
use portfolio::credential::{Mark, SignOff, signoff};
use portfolio::issuer::{Marking, propose};
use portfolio::json;
use portfolio::proof::{SecretKey, Signer};
use portfolio::time::{Date, Timestamp};

use crate::desk::{Desk, NOW};

/// Priya's key, the same in every test.
pub fn key() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

/// The request of this id, as it was sent.
pub fn request(desk: &Desk, id: &str) -> Request {
    let bytes = desk.read(&format!("requests/{id}/request.json"));
    request::read(&json::parse(&bytes, &json::PRESENTATION).unwrap()).unwrap()
}

/// Signs what is asked, with these marks and an end date.
pub fn sign(request: &Request, marks: &[Mark]) -> Vec<u8> {
    let key = key();
    let marking = Marking {
        marks: marks.to_vec(),
        signer_name: "Priya Nair, Data Lead, Acme Retail Ltd".to_owned(),
        statement: None,
        good_until: Some(Date::parse("2029-07-24").unwrap()),
        at: Timestamp::from_unix(NOW),
        results: vec![None; marks.len()],
    };
    propose(request, &marking, &key.public_key()).unwrap().sign(&key).unwrap()
}

/// What was signed, read back.
pub fn read(answer: &[u8]) -> SignOff {
    signoff::read(&json::parse(answer, &json::OURS).unwrap()).unwrap()
}

/// Turns the request down.
pub fn decline(request: &Request) -> Vec<u8> {
    let decline = Decline {
        request: request.id.clone(),
        by: "Priya Nair".to_owned(),
        reason: Some("item 3 needs its tests \u{202e}fixed".to_owned()),
        created: Timestamp::from_unix(NOW),
    };
    json::pretty(&decline::build(&decline)).into_bytes()
}
