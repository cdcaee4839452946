//! The bounds of a bundle, each with its reason.

/// Longest archive: one byte less than what 32-bit sizes and offsets reach, since zip64 is refused.
pub const ARCHIVE_BYTES: u64 = u32::MAX as u64;
/// Most files in one bundle: a working life of placements, and few enough to compare all names in memory.
pub const ENTRIES: usize = 10_000;
/// Longest list at the end of an archive: 10,000 entries with the longest names take half of it.
pub const DIRECTORY_BYTES: u64 = 16 << 20;
/// Longest manifest: 10,000 lines with the longest paths.
pub const MANIFEST_BYTES: u64 = 8 << 20;
/// Longest `bag-info.txt`, `bagit.txt` and read-me: a page or two of text.
pub const TAG_BYTES: u64 = 64 << 10;
/// Longest `presentation.json` or `request.json` that is written.
pub const STATEMENT_BYTES: u64 = 8 << 20;

/// Bytes read at once: fits the second-level cache, so that the CRC and the digest both find them there, and touches
/// few fresh pages, which are a good part of what a small bundle costs.
pub(super) const READ_BYTES: usize = 64 << 10;
/// Bytes that one thread reads and another hashes: many, since waking the other costs as much as hashing several pages,
/// and for a large file more than the first core keeps to itself, which the second would have to fetch from it.
pub(super) const HANDED_BYTES: std::ops::RangeInclusive<usize> = 512 << 10..=2 << 20;
/// Bytes that are copied before they are hashed: a copy fetches them from another core far faster than a digest does.
pub(super) const NEAR_BYTES: usize = 16 << 10;
/// Small documents up to this length are kept while they are measured, and so read from the disk once only.
pub(super) const KEEP_BYTES: u64 = 64 << 10;
/// All kept documents together: well below the memory promised.
pub(super) const KEEP_TOTAL_BYTES: u64 = 8 << 20;
/// Below this much work a second thread costs more than it brings.
pub(super) const THREADS_FROM_BYTES: u64 = 4 << 20;
