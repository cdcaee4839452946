//! File names and paths that cannot be bad: one type for a name from outside, another for a safe one.
