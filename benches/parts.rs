//! What one sign-off costs, part by part: read strictly, canonicalise, check the signature.

#![allow(clippy::unwrap_used, reason = "a measurement stops at the first surprise")]

#[path = "../tests/support/made.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod made;

use divan::{Bencher, black_box};
use portfolio::proof::{self, Expected, Signer};
use portfolio::{credential, json};

fn main() {
    divan::main();
}

fn sign_off() -> serde_json::Value {
    let works = [
        made::Work::new("report.pdf", *b"%PDF-1.4 sample"),
        made::Work::new("code.zip", *b"PK").confidential(),
    ];
    made::signed(made::unsigned("Forecasting", &works, Some("2029-07-24")), &made::mentor())
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let text = json::pretty(&sign_off());
    bencher.bench(|| json::parse(black_box(text.as_bytes()), &json::OURS).unwrap());
}

#[divan::bench]
fn check_only(bencher: Bencher) {
    let text = json::pretty(&sign_off());
    bencher.bench(|| json::check(black_box(text.as_bytes()), &json::OURS).unwrap());
}

#[divan::bench]
fn canonicalise(bencher: Bencher) {
    let value = sign_off();
    bencher.bench(|| json::canonical(black_box(&value)).unwrap());
}

#[divan::bench]
fn read_as_a_sign_off(bencher: Bencher) {
    let value = sign_off();
    bencher.bench(|| credential::signoff::read(black_box(&value)).unwrap());
}

#[divan::bench]
fn check_the_signature(bencher: Bencher) {
    let value = sign_off();
    let controller = made::mentor().public_key().did();
    let expected = Expected::assertion_by(&controller);
    assert!(proof::check(&value, &expected).holds());
    bencher.bench(|| proof::check(black_box(&value), &expected));
}
