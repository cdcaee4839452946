//! One call that opens, measures and examines whatever it is given.

use portfolio::bundle::{ArchiveFault, BUNDLE, BagFault, BagReport, Input, examine, open};

/// What the whole room says about an input.
pub fn examined(input: Input<'_>) -> Result<BagReport, ArchiveFault> {
    let opened = open(input)?;
    let measured = opened.measure(2, &|_| ());
    Ok(examine(&opened, &measured, &BUNDLE))
}

/// The archive's own fault, or the bag's.
#[derive(Debug, PartialEq)]
pub enum Fault {
    Archive(ArchiveFault),
    Bag(Vec<BagFault>),
}

/// Accepts an archive whole, or names what is wrong.
#[expect(clippy::ptr_arg, reason = "a slice is no sized source")]
pub fn judged(archive: &Vec<u8>) -> Result<BagReport, Fault> {
    let report = examined(Input::Archive(archive)).map_err(Fault::Archive)?;
    if report.faults.is_empty() { Ok(report) } else { Err(Fault::Bag(report.faults)) }
}
