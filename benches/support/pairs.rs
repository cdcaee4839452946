//! Two commands run turn about in one run: only the ratio of the two is worth reporting.

use std::process::{Command, Stdio};
use std::time::Instant;

/// The line above the ratios.
pub fn heading(what: &str, ours: &str, theirs: &str) {
    println!("{what:<44} {:>6}   {:<12} {ours:>12} {theirs:>12}", "ratio", "to reach");
}

/// Seconds that a command takes from start to end; it must end well.
pub fn seconds(command: &mut Command) -> f64 {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let taken = start.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?}: {status}");
    taken
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Runs both turn about and prints how the first compares with the second.
pub fn compare(
    what: &str,
    goal: &str,
    pairs: usize,
    ours: &mut dyn FnMut() -> f64,
    theirs: &mut dyn FnMut() -> f64,
) {
    ours();
    theirs();
    let taken: Vec<(f64, f64)> = (0..pairs)
        .map(|turn| {
            if turn % 2 == 0 {
                (ours(), theirs())
            } else {
                let other = theirs();
                (ours(), other)
            }
        })
        .collect();
    let ratio = median(taken.iter().map(|(ours, theirs)| ours / theirs).collect());
    let (ours, theirs) = taken.into_iter().unzip();
    let (ours, theirs): (Vec<f64>, Vec<f64>) = (ours, theirs);
    let (ours, theirs) = (median(ours) * 1e3, median(theirs) * 1e3);
    println!("{what:<44} {ratio:>6.2}   {goal:<12} {ours:>9.2} ms {theirs:>9.2} ms   {pairs} pairs");
}
