//! Everything about a bundle that can be checked without asking anybody: a source of bytes and a policy in, a report out.
