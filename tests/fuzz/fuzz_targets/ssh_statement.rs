//! libFuzzer's way into the target `ssh_statement`.

#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code, reason = "each way in takes one target")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::ssh_statement(data));
