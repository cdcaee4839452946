//! The whole journey under a system-call trace: no internet socket is opened, at any time, by any process.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not do"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;

use std::process::Command;

use program::{Place, shown};

/// The families of the sockets that a traced command opened, one entry a call.
fn sockets(place: &Place, command: &[&str]) -> Vec<String> {
    let log = place.join("calls.txt");
    let output = place
        .command("strace")
        .args(["--follow-forks", "--trace=socket,socketpair,connect,bind,sendto,sendmsg", "--output"])
        .arg(&log)
        .args(command)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    let calls = std::fs::read_to_string(&log).unwrap();
    assert!(calls.contains("exited with 0"), "the trace is whole: {calls}");
    calls.lines().filter_map(|line| Some(line.split_once("AF_")?.1)).map(family).collect()
}

fn family(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Whether calls can be traced here. Where the build demands everything it is a failure that they cannot.
fn can_trace() -> bool {
    let able = Command::new("strace")
        .args(["--output=/dev/null", "true"])
        .output()
        .is_ok_and(|out| out.status.success());
    if !able {
        assert!(std::env::var_os("CI").is_none(), "strace is missing or may not trace");
        eprintln!(
            "\n*** NOT CHECKED: strace is missing or may not trace, so no system call was looked at ***\n"
        );
    }
    able
}

#[test]
fn the_whole_journey_opens_no_internet_socket() {
    if !can_trace() {
        return;
    }
    let place = Place::new();
    let program = env!("CARGO_BIN_EXE_portfolio");
    let opened = sockets(&place, &[program, "demo", "sample"]);
    assert!(place.join("sample").is_dir(), "the journey ran");
    // Not even a local one: without an agent to ask there is nothing to connect to.
    assert_eq!(opened, [""; 0]);
}

#[test]
fn the_trace_would_show_an_internet_socket() {
    if !can_trace() {
        return;
    }
    let place = Place::new();
    let script =
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM); socket.socket(socket.AF_INET6)";
    let opened = sockets(&place, &["python3", "-c", script]);
    // A launcher before Python may look up names over a local socket.
    let internet: Vec<_> = opened.iter().filter(|family| *family != "UNIX").collect();
    assert_eq!(internet, ["INET", "INET6"]);
}
