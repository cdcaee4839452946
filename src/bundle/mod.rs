//! What a sign-off travels in: a BagIt bag in a plain, stored-only zip, written and read.
