//! What the folder refuses about stories, moves and outcomes, in people's words.

use portfolio::holder::HolderFault;
use portfolio::render::escape::quoted;

use crate::terminal::error::{Trouble, exit};

/// The error for `fault`, where it is one of these.
pub fn refusal(fault: &HolderFault, undone: &str) -> Option<Trouble> {
    let no = |kind, title: String| Trouble::new(exit::NO, kind, title).fact(undone);
    Some(match fault {
        HolderFault::NoSuchStory(id) => {
            no("no-such-story", format!("there is no story {}", quoted(id.as_str())))
                .hint("see what there is: portfolio story list")
        }
        HolderFault::NoSuchSubject(id) => {
            no("no-such-subject", format!("{} is no piece of work and no sign-off", quoted(id.as_str())))
                .hint("see what there is: portfolio status -v")
        }
        _ => return None,
    })
}
