//! What one sign-off costs, part by part: read strictly, canonicalise, check a signature of each suite, the first and
//! each beyond it.

#![allow(clippy::unwrap_used, reason = "a measurement stops at the first surprise")]

#[path = "../tests/support/made.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod made;

use divan::{Bencher, black_box};
use portfolio::proof::{self, EddsaJcs2022, EddsaRdfc2022, Expected, Options, Signer, Suite};
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

/// An Open Badge with one signature of the suite, and who made it.
fn badge(suite: &dyn Suite) -> (serde_json::Value, String) {
    let mut value = sign_off();
    value.as_object_mut().unwrap().shift_remove("proof");
    let options = Options::assertion(made::moment("2026-07-24T15:02:40Z"));
    proof::sign(&mut value, &options, &[suite], &made::mentor()).unwrap();
    let controller = made::mentor().public_key().did();
    assert!(proof::check(&value, &Expected::assertion_by(&controller)).holds());
    (value, controller)
}

/// Each badge beyond the first: the contexts are processed.
fn beyond_the_first(bencher: Bencher, suite: &dyn Suite) {
    let (value, controller) = badge(suite);
    bencher.bench_local(|| proof::check(black_box(&value), &Expected::assertion_by(&controller)));
}

/// The first badge of a thread, which processes the contexts; starting the thread is part of the figure.
fn first(bencher: Bencher, suite: &dyn Suite) {
    let (value, controller) = badge(suite);
    bencher.bench_local(|| {
        std::thread::scope(|scope| {
            let checked =
                scope.spawn(|| proof::check(black_box(&value), &Expected::assertion_by(&controller)));
            checked.join().unwrap()
        })
    });
}

#[divan::bench]
fn jcs_first(bencher: Bencher) {
    first(bencher, &EddsaJcs2022);
}

#[divan::bench]
fn jcs_beyond_the_first(bencher: Bencher) {
    beyond_the_first(bencher, &EddsaJcs2022);
}

#[divan::bench]
fn rdfc_first(bencher: Bencher) {
    first(bencher, &EddsaRdfc2022);
}

#[divan::bench]
fn rdfc_beyond_the_first(bencher: Bencher) {
    beyond_the_first(bencher, &EddsaRdfc2022);
}
