//! What the folder refuses of deposits, in people's words.

use portfolio::holder::{Differing, HolderFault};
use portfolio::render::escape::quoted;
use portfolio::render::naming::{file, some_of};

use crate::terminal::error::{Trouble, exit};

/// The error for `fault`, if it is about a deposit; `undone` says what therefore did not happen.
pub fn refusal(fault: &HolderFault, undone: &str) -> Option<Trouble> {
    Some(match fault {
        HolderFault::NoSuchDeposit(id) => {
            Trouble::new(exit::NO, "no-such-deposit", format!("there is no deposit {}", quoted(id.as_str())))
                .fact(undone)
                .hint("see what there is: portfolio status -v")
        }
        HolderFault::AlreadyDeposited { deposit } => Trouble::new(
            exit::NO,
            "already-deposited",
            format!("these very bytes are deposited already, as {deposit}"),
        )
        .fact(undone)
        .hint("to keep a list or keys beside it: portfolio deposit --status FILE, or --did FILE"),
        HolderFault::DepositDiffers { deposit, files } => differing(deposit.as_str(), files).fact(undone),
        _ => return None,
    })
}

fn differing(deposit: &str, files: &[Differing]) -> Trouble {
    let names: Vec<String> = files.iter().map(|differing| file(&differing.name)).collect();
    let gone = files.iter().all(|differing| differing.here.is_none());
    let verb = if files.len() == 1 { "is" } else { "are" };
    let fact = if gone { "missing" } else { "not as deposited" };
    Trouble::new(exit::NO, "deposit-differs", format!("{} of {deposit} {verb} {fact}", some_of(&names)))
        .hint(format!("put the old file back, or leave it out: portfolio bundle --leave-out {deposit}"))
}
