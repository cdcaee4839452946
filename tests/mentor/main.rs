//! What a mentor sees: whole screens and exit codes of `sign` and `withdraw` at 80 columns.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say what they could not look at"
)]
#![cfg(unix)]

#[path = "../support/sample.rs"]
#[allow(dead_code, reason = "other tests need the rest of it")]
mod sample;
#[path = "../support/terminal.rs"]
mod terminal;

mod agent;
mod refusals;
mod scripted;
mod sign;
mod withdraw;

use sample::Sample;
use terminal::Desk;

/// The request's file name in the transcripts.
const REQUEST: &str = "acme-forecasting-for-priya-nair.request.zip";
/// The name that Priya signs with.
const PRIYA: &str = "Priya Nair, Data Lead, Acme Retail Ltd";

/// Priya's desk, with Alex's request on it.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put(REQUEST, Sample::alex().request());
    desk
}

/// The same, with an SSH key of hers that needs no passphrase.
fn desk_with_ssh_key() -> Desk {
    let desk = desk();
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "priya@acme-laptop", "-f"])
        .arg(desk.at("priya_key"))
        .status()
        .unwrap();
    assert!(made.success());
    desk
}

/// The fingerprint that OpenSSH prints for a key file.
fn fingerprint(desk: &Desk, name: &str) -> String {
    let listed = std::process::Command::new("ssh-keygen").arg("-lf").arg(desk.at(name)).output().unwrap();
    String::from_utf8(listed.stdout).unwrap().split(' ').nth(1).unwrap().to_owned()
}
