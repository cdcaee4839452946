//! What the program is built from: nothing that speaks to a network, and nothing that changes how numbers are read.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests stop at the first surprise, reach the disk and print what they counted"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Crates that speak HTTP, TLS, QUIC, DNS or any other protocol over the internet, or that exist to wait for it.
const NETWORK: &[&str] = &[
    "actix-web",
    "async-std",
    "async-tls",
    "attohttpc",
    "awc",
    "aws-lc-rs",
    "axum",
    "boring",
    "bytes-net",
    "c-ares",
    "curl",
    "curl-sys",
    "dns-lookup",
    "domain",
    "h2",
    "h3",
    "hickory-proto",
    "hickory-resolver",
    "http",
    "http-body",
    "httparse",
    "httpdate",
    "hyper",
    "hyper-rustls",
    "hyper-tls",
    "hyper-util",
    "if-addrs",
    "isahc",
    "libssh2-sys",
    "minreq",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "ouroboros-http",
    "polling",
    "quiche",
    "quinn",
    "quinn-proto",
    "reqwest",
    "rustls",
    "rustls-native-certs",
    "rustls-pemfile",
    "rustls-pki-types",
    "rustls-platform-verifier",
    "rustls-webpki",
    "s2n-quic",
    "s2n-tls",
    "schannel",
    "security-framework",
    "smol",
    "smoltcp",
    "socket2",
    "ssh2",
    "surf",
    "tiny_http",
    "tokio",
    "tokio-native-tls",
    "tokio-rustls",
    "tonic",
    "trust-dns-proto",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "warp",
    "webpki",
    "webpki-roots",
    "ws",
];

fn package_file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Every package behind `[dependencies]`, on whatever platform, by the lock file. What only tests use is left out.
fn behind_the_program() -> BTreeSet<String> {
    let manifest = package_file("Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let mut open: Vec<String> =
        section.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name.clone()) {
            open.extend(needs_of(&name));
        }
    }
    reached
}

/// The packages that one package needs, by the lock file: all versions of it together.
fn needs_of(name: &str) -> Vec<String> {
    let lock = package_file("Cargo.lock");
    let heading = format!("name = \"{name}\"");
    let packages: Vec<&str> = lock
        .split("\n[[package]]\n")
        .filter(|package| package.lines().next() == Some(heading.as_str()))
        .collect();
    assert!(!packages.is_empty(), "{name} is not in the lock file");
    // `"syn 2.0.1",` names a version where there are several.
    let listed = packages.iter().flat_map(|package| package.lines());
    listed
        .filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","))
        .map(|need| need.split(' ').next().unwrap().to_owned())
        .collect()
}

/// What `cargo tree` says is built, one package a line, each with its features.
fn tree(arguments: &[&str]) -> Vec<(String, String)> {
    let cargo = std::env::var("CARGO").unwrap();
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--no-dedupe", "--format", "{p}|{f}"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: BTreeSet<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    lines
        .into_iter()
        .map(|line| {
            let (package, features) = line.split_once('|').unwrap();
            (package.split(' ').next().unwrap().to_owned(), features.to_owned())
        })
        .collect()
}

#[test]
fn nothing_behind_the_program_speaks_to_a_network() {
    let behind = behind_the_program();
    for name in ["serde_json", "curve25519-dalek", "lopdf", "windows-sys"] {
        assert!(behind.contains(name), "the lock file was not followed to {name}");
    }
    let known: Vec<_> = behind.iter().filter(|name| NETWORK.contains(&name.as_str())).collect();
    // In a browser build, `wasm-bindgen-futures` takes a channel from tokio; without mio it can open nothing.
    assert_eq!(known, ["tokio"]);
    assert_eq!(needs_of("tokio"), ["pin-project-lite"]);
    let takers: Vec<_> = behind.iter().filter(|name| needs_of(name).contains(&"tokio".to_owned())).collect();
    assert_eq!(takers, ["wasm-bindgen-futures"]);

    // What the list does not know gives itself away by the parts of its name.
    let telling = [
        "http",
        "https",
        "tls",
        "dns",
        "socket",
        "websocket",
        "quic",
        "grpc",
        "smtp",
        "mqtt",
        "ftp",
        "resolver",
    ];
    let named: Vec<_> = behind
        .iter()
        .filter(|name| {
            name.split(['-', '_'])
                .any(|part| telling.contains(&part.trim_end_matches(|c: char| c.is_ascii_digit())))
        })
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

/// What `cargo deny` refuses is what is refused here.
#[test]
fn both_lists_of_what_is_refused_are_one() {
    let listed = package_file(".deny.toml");
    let refused: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.strip_suffix("\" },"))
        .collect();
    assert_eq!(refused, NETWORK);
}

#[test]
fn nothing_built_for_the_tests_speaks_to_a_network_either() {
    let built = tree(&["--edges", "normal,build,dev", "--all-features"]);
    assert!(
        built.iter().any(|(name, _)| name == "jsonschema"),
        "the tests' own dependencies were not listed"
    );
    let found: Vec<_> = built.iter().filter(|(name, _)| NETWORK.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn numbers_are_read_to_the_last_bit_and_magic_members_stay_text() {
    let features: Vec<String> = tree(&["--edges", "normal,build,dev"])
        .into_iter()
        .filter(|(name, _)| name == "serde_json")
        .map(|(_, f)| f)
        .collect();
    assert!(!features.is_empty());
    for features in &features {
        let features: Vec<&str> = features.split(',').collect();
        assert!(features.contains(&"float_roundtrip"), "{features:?}");
        assert!(!features.contains(&"arbitrary_precision"), "breaks canonical forms: {features:?}");
        assert!(!features.contains(&"raw_value"), "gives a member name a meaning of its own: {features:?}");
    }
}

#[test]
fn the_number_of_dependencies_is_known() {
    let count = |arguments: &[&str]| {
        tree(arguments)
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| name != "portfolio-cli")
            .collect::<BTreeSet<_>>()
            .len()
    };
    let program = count(&["--edges", "normal"]);
    let library = count(&["--edges", "normal", "--no-default-features"]);
    println!("dependencies: {program} for the program, {library} for the library alone");
    assert!((20..200).contains(&program), "{program}");
    assert!(library < program && library < 80, "{library}");
}
