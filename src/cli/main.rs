//! The program: the only code that knows a terminal.

fn main() {}
