//! Points in time and calendar days, as the formats spell them and as people read them.
