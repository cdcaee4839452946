//! What a recruiter sees: whole screens and exit codes of `verify`, `trust` and `show` at 80 columns.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not look at"
)]
#![cfg(unix)]

#[path = "../support/badges.rs"]
mod badges;
#[path = "../support/sample.rs"]
#[allow(dead_code, reason = "other tests need the rest of it")]
mod sample;
#[path = "../support/terminal.rs"]
mod terminal;
#[path = "../support/vectors.rs"]
mod vectors;

mod adversarial;
mod bad_news;
mod bags;
mod demo;
mod deposits;
mod elsewhere;
mod elsewhere_asked;
mod envelope;
mod issuers;
mod many;
mod show;
mod trust;
mod unread;
mod verify;

use portfolio::bundle::{self, Input};
use sample::Sample;
use terminal::Desk;

/// 22 November 2026, the day on which the recruiter looks.
const NOVEMBER: i64 = 1_795_348_800;

/// The recruiter's desk, with Alex's bundle on it.
fn desk(sample: &Sample) -> Desk {
    let mut desk = Desk::new();
    desk.set_clock(NOVEMBER);
    desk.put("alex-rivera.zip", sample.bundle());
    desk
}

/// Puts the sample's signer on the trust list, as after a phone call.
fn trust(desk: &Desk, sample: &Sample) {
    let added = desk.run(&[
        "trust",
        "add",
        "alex-rivera.zip",
        "--as",
        "Priya Nair, Acme Retail Ltd",
        "--words",
        &sample.words(),
        "--basis",
        "phoned the Acme switchboard",
    ]);
    assert_eq!(added.code, 0, "{}", added.page());
}

/// Unpacks a bundle where it lies.
fn unpack(desk: &Desk, name: &str) {
    let archive = desk.read(name);
    let opened = bundle::open(Input::Archive(&archive)).unwrap();
    for entry in opened.entries() {
        let bytes = opened.read(&entry.path, 1 << 20).unwrap();
        desk.put(&format!("{}/{}", opened.top(), entry.path), bytes);
    }
}

/// Compares the whole page, with the usual mentor's key for `{KEY}`.
#[track_caller]
fn expect(desk: &Desk, words: &[&str], page: &str) {
    let shown = desk.run(words).page();
    let page = page.replace("{KEY}", &Sample::alex().fingerprint());
    assert_eq!(shown, page, "{words:?} printed:\n{shown}\nand not:\n{page}");
}
