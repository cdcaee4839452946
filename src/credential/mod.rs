//! What is said: sign-offs, presentations, withdrawals and notices, parsed strictly and never repaired.
