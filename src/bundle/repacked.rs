//! Tells a bundle that somebody unpacked and packed again from one that was attacked, and by which program.
//!
//! A packer leaves its habits in every entry, so an archive counts as packed again only if no entry at all still
//! looks like ours. One changed entry among good ones keeps its precise fault.

use super::directory::Listed;
use super::fault::{ArchiveFault, Packer};
use super::frame;

/// Wraps a fault in [`ArchiveFault::Repacked`] where the whole list says so, else hands it back.
pub(super) fn recognise(fault: ArchiveFault, listed: &[Listed<'_>]) -> ArchiveFault {
    if fault.is_unreadable() || listed.iter().any(is_ours) || !listed.iter().any(is_bag_declaration) {
        return fault;
    }
    ArchiveFault::Repacked { by: packer(listed), found: Box::new(fault) }
}

fn is_ours(header: &Listed<'_>) -> bool {
    header.made_by == frame::MADE_BY
        && header.needed == frame::NEEDED
        && header.date == frame::DATE
        && header.time == 0
        && header.external == frame::ATTRIBUTES
}

/// `bagit.txt`, at the top or in any folder, whichever separator the packer used.
fn is_bag_declaration(header: &Listed<'_>) -> bool {
    header.name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next() == Some(b"bagit.txt")
}

/// APPNOTE 4.5.2: extended timestamp, old and new Unix ids of Info-ZIP, NTFS times.
const TIMESTAMP: [u8; 2] = [0x55, 0x54];
const UNIX_OLD: [u8; 2] = [0x55, 0x58];
const UNIX_NEW: [u8; 2] = [0x75, 0x78];
const NTFS: [u8; 2] = [0x0a, 0x00];

fn packer(listed: &[Listed<'_>]) -> Packer {
    let any_name =
        |part: &[u8]| listed.iter().any(|header| header.name.windows(part.len()).any(|w| w == part));
    let all = |test: fn(&Listed<'_>) -> bool| listed.iter().all(test);
    let any_extra = |id: [u8; 2]| listed.iter().any(|header| header.extra.starts_with(&id));
    if any_name(b"__MACOSX/") || any_extra(UNIX_OLD) || all(|header| header.made_by == 0x0315) {
        return Packer::MacOs;
    }
    if any_extra(NTFS) || all(|header| header.made_by & 0xff == 63) {
        return Packer::SevenZip;
    }
    if any_extra(TIMESTAMP) || any_extra(UNIX_NEW) || all(|header| header.made_by == 0x031e) {
        return Packer::InfoZip;
    }
    if all(|header| header.made_by == 0x0314) {
        return Packer::Python;
    }
    // Explorer's zip folders: FAT host, 2.0, archive bit, nothing extra.
    if all(|header| header.made_by == 20 && header.external & !0x3f == 0 && header.extra.is_empty()) {
        return Packer::Windows;
    }
    Packer::Other
}
