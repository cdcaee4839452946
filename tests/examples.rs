//! The files in `examples` are what the program makes in its sample world, to the byte, and they still check.
//!
//! `UPDATE_EXAMPLES=1 cargo test --test examples` writes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise and reach the disk"
)]

#[path = "support/badges.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod badges;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::path::{Path, PathBuf};

use program::{Place, shown};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// Each example's name, and where it comes from in the sample world.
const MADE: [(&str, &str); 7] = [
    ("alex-rivera.zip", "sample/recruiter/inbox/alex-rivera.zip"),
    ("sign-off.json", "sample/priya/inbox/acme-forecasting.reply.json"),
    ("trust.json", "sample/recruiter/home/trust.json"),
    ("forecast-report.pdf", "sample/alex/portfolio/artifacts/forecast-report/forecast-report.pdf"),
    ("hand-over.md", "sample/alex/work/hand-over.md"),
    ("withdrawal.json", "sample/priya/inbox/acme-forecasting-withdrawn.json"),
    ("decline.json", "sample/priya/inbox/decline.json"),
];

/// The sample world, in which Priya also withdraws what she signed, and declines what she was asked.
fn world() -> Place {
    let place = Place::with_sample();
    std::fs::write(place.join("passphrase"), "kettle orchard marble\n").unwrap();
    let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(place.join("passphrase"), owner_only).unwrap();
    let withdraw = ["withdraw", "acme-forecasting.reply.json", "--yes", "--reason", "a later version exists"];
    let withdraw = [&withdraw[..], &["--passphrase-file", "../../../passphrase"]].concat();
    let request = "acme-forecasting-for-priya-nair.request.zip";
    let decline = [
        "sign",
        request,
        "--decline",
        "item 3 needs its tests fixed",
        "--as",
        "Priya Nair",
        "-o",
        "decline.json",
    ];
    for line in [&withdraw[..], &decline] {
        let mut command = place.command(env!("CARGO_BIN_EXE_portfolio"));
        let home = place.join("sample/priya/home");
        let output = command
            .args(line)
            .current_dir(place.join("sample/priya/inbox"))
            .env("PORTFOLIO_HOME", home)
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", shown(&output));
    }
    place
}

/// What an academy elsewhere issued: a badge inside a picture, and its list of what it took back.
#[test]
fn the_badge_of_the_examples_is_the_academys() {
    let list = serde_json::to_string_pretty(&badges::list(false)).unwrap() + "\n";
    for (name, made) in [
        ("skillforge-badge.png", badges::baked(&badges::listed())),
        ("skillforge-list.jsonld", list.into_bytes()),
    ] {
        let example = examples().join(name);
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            std::fs::write(&example, &made).unwrap();
        }
        assert_eq!(std::fs::read(&example).unwrap(), made, "{name} is stale");
    }
}

#[test]
fn the_examples_are_what_the_program_makes() {
    let place = world();
    let mut stale = Vec::new();
    for (name, made) in MADE {
        let made = std::fs::read(place.join(made)).unwrap();
        let example = examples().join(name);
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            std::fs::write(&example, &made).unwrap();
        } else if std::fs::read(&example).ok() != Some(made) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "no longer what the program makes: {stale:?}");
}

#[test]
fn the_examples_check_as_they_should() {
    let place = Place::new();
    let example = |name: &str| examples().join(name).to_str().unwrap().to_owned();
    let trust = example("trust.json");
    let cases = [
        (vec![example("alex-rivera.zip")], 3, "? Unchanged and signed, but by a key you do not know."),
        (
            vec![example("alex-rivera.zip"), "--trust".into(), trust.clone()],
            0,
            "✓ Signed by someone you trust, and unchanged since.",
        ),
        (
            vec![example("sign-off.json"), "--trust".into(), trust.clone()],
            0,
            "✓ Signed by someone you trust, and unchanged since.",
        ),
        (
            vec![
                example("alex-rivera.zip"),
                "--trust".into(),
                trust,
                "--status".into(),
                example("withdrawal.json"),
            ],
            4,
            "✗ Withdrawn by the signer on 22 Nov 2026.",
        ),
    ];
    for (arguments, code, headline) in cases {
        let output = place.portfolio([&["verify".to_owned()][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{}", shown(&output));
        assert_eq!(
            String::from_utf8_lossy(&output.stdout).lines().next(),
            Some(headline),
            "{}",
            shown(&output)
        );
    }
}
